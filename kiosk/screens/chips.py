"""Who is there: a chip with a name for each, or dots where there are many; and what was said, as flowing words."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from kivy.graphics import BorderImage, Color
from kivy.properties import ColorProperty, ListProperty

from kiosk.screens import theme, typeset
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Picture, Piece, Slab, Words
from kiosk.screens.shapes import disc

How = Literal["done", "now", "to come"]
"""Somebody whose turn is over (filled, with a tick), whose turn it is (edged in ink), or who is still to come."""

Person = tuple[str, How]

SIZES = ((24, 48), (20, 40))
"""Units: the type on a chip, and how high that is; the larger where there is room."""

BETWEEN = 8
"""Units between chips, and between dots at least."""

DOTS = (32, 24, 16)
"""Units: how large dots may be."""


class Chip(Slab):
    """A name in a round shape."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(radius=32, **kwargs)
        self._words, self._tick = Words(), Picture(ink=theme.CARD)
        self.add_widget(self._words)
        self.add_widget(self._tick)

    def wide(self, person: Person, step: int) -> int:
        """How much room it takes, in pixels."""
        name, how = person
        self._words.steps = [step]
        return self._words.wide(name, _weight(how)) + self.u(24) + (self.u(step + 4) if how == "done" else 0)

    def say(self, person: Person, step: int, box: Box) -> None:
        """Draws it."""
        name, how = person
        self.put(box)
        self.fill = theme.INK if how == "done" else theme.PAPER
        self.edge = {"done": theme.INK, "now": theme.INK, "to come": theme.LINE}[how]
        self.edge_width = 3
        self._words.steps, self._words.weight = [step], _weight(how)
        self._words.ink = theme.CARD if how == "done" else theme.INK
        inner = box.inset(self.u(12), 0)
        size = self.u(step)
        tick, text = inner.cut_right(size if how == "done" else 0, self.u(4) if how == "done" else 0)
        self._tick.say("check" if how == "done" else "", tick.middle(size, size))
        self._words.say(name, text)


def _weight(how: How) -> typeset.Weight:
    return "semibold" if how == "now" else "regular"


class Chips(Piece):
    """Chips in rows, as they come; `fit` says whether and how they have room."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.chips = Crowd[Chip](self, Chip)

    def fit(self, people: Sequence[Person], room: tuple[float, float]) -> "Laid | None":
        """How they lie in a room (width, height) of pixels, as large as may be; None when they do not fit."""
        if not people:
            return Laid(SIZES[0][0], 0, ())
        for step, high in SIZES:
            laid = self._laid(people, step, high, room[0])
            if laid is not None and laid.high <= room[1] + 1:
                return laid
        return None

    def _laid(self, people: Sequence[Person], step: int, high: int, wide: float) -> "Laid | None":
        """At one size; None where a name alone is wider than the room."""
        sample = self.chips.keep(max(1, len(self.chips)))[0]
        x, y = 0.0, 0.0
        boxes = []
        for person in people:
            each = sample.wide(person, step)
            if x and x + each > wide:
                x, y = 0.0, y + self.u(high + BETWEEN)
            if each > wide:
                return None
            boxes.append(Box(x, y, each, self.u(high)))
            x += each + self.u(BETWEEN)
        return Laid(step, y + self.u(high), tuple(boxes))

    def say(self, people: Sequence[Person], laid: "Laid | None", box: Box) -> None:
        """Draws them from the upper left corner of the box; nothing for None."""
        self.put(box)
        self.chips.keep(len(people) if laid else 0)
        for chip, person, place in zip(self.chips, people, laid.boxes if laid else (), strict=False):
            chip.say(
                person, laid.step if laid else 20, Box(box.x + place.x, box.top - place.y - place.h, *place[2:])
            )


class Laid(NamedTuple):
    """How chips lie: the size of their type in units, how high all are in pixels, each one's box from the top."""

    step: int
    high: float
    boxes: tuple[Box, ...]


class Dots(Piece):
    """A dot for each, those who have done it filled; the one whose turn it is edged in ink."""

    ink = ColorProperty(theme.INK)
    track = ColorProperty(theme.SOFT)
    paper = ColorProperty(theme.PAPER)
    sizes = ListProperty(DOTS)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._last: object = None

    def size_in(self, count: int, room: tuple[float, float]) -> int:
        """How large they can be in a room (width, height), in pixels."""
        return next(
            (size for size in map(self.u, self.sizes) if self._high(count, size, room[0]) <= room[1] + 1), 0
        )

    def high(self, count: int, room: tuple[float, float]) -> int:
        """How high they are there, in pixels."""
        return self._high(count, self.size_in(count, room) or self.u(self.sizes[-1]), room[0])

    def _high(self, count: int, size: int, wide: float) -> int:
        rows = -(-count // self._across(size, wide))
        return rows * size + max(0, rows - 1) * self._gap(size)

    def _across(self, size: int, wide: float) -> int:
        return max(1, int((wide + self._gap(size)) // (size + self._gap(size))))

    def _gap(self, size: int) -> int:
        return max(self.u(BETWEEN), size // 3)

    def say(self, filled: int, count: int, box: Box, now: int | None = None) -> None:
        """Draws them from the upper left corner. now: which one's turn it is, from 0."""
        box = box.whole()
        self.put(box)
        if (filled, count, box, now) == self._last:
            return
        self._last = (filled, count, box, now)
        self.canvas.clear()
        if not count:
            return
        size = self.size_in(count, (box.w, box.h)) or self.u(self.sizes[-1])
        rows = -(-count // self._across(size, box.w))
        across, step = -(-count // rows), size + self._gap(size)
        with self.canvas:
            for index in range(count):
                row, column = divmod(index, across)
                place = Box(box.x + column * step, box.top - row * step - size, size, size)
                self._dot(place, full=index < filled, ink=index < filled or index == now)

    def _dot(self, place: Box, *, full: bool, ink: bool) -> None:
        Color(*(self.ink if ink else self.track))
        _disc(place)
        if not full:
            Color(*self.paper)
            _disc(place.inset(max(2, self.u(3))))


def _disc(place: Box) -> None:
    radius = max(1, int(place.w / 2))
    BorderImage(texture=disc(radius), border=(radius,) * 4, pos=(place.x, place.y), size=(place.w, place.h))


class Run(NamedTuple):
    """Words of one weight that stand beside each other: where they begin, and how wide they are, in pixels."""

    text: str
    weight: typeset.Weight
    x: float
    wide: int


class Flow(Piece):
    """Words of two weights in one text, wrapped. Takes as many of the newest as there is room for."""

    step = 24

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.runs = Crowd[Words](self, lambda: Words(steps=[self.step]))

    @property
    def line(self) -> int:
        """How high one line is, in pixels."""
        size = self.u(self.step)
        return typeset.extent("Hg", typeset.font_of("Hg", "regular"), size)[1]

    def fit(self, heard: Sequence[tuple[str, str]], room: tuple[float, float]) -> list[list[Run]]:
        """The lines of the newest pairs (heavy, regular) that fit in a room (width, height) of pixels."""
        most = int((room[1] + 1) // self.line)
        for first in range(len(heard)):
            lines = flowed(pieces_of(heard[first:]), self.u(self.step), room[0])
            if len(lines) <= most:
                return lines
        return []

    def say(self, lines: Sequence[Sequence[Run]], box: Box) -> None:
        """Draws lines that `fit` made, from the top of the box."""
        self.put(box)
        runs = [(run, row) for row, line in enumerate(lines) for run in line]
        for words, (run, row) in zip(self.runs.keep(len(runs)), runs, strict=True):
            words.steps, words.weight = [self.step], run.weight
            high = max(self.line, words.high(run.text, 100_000))  # other scripts reach further up and down
            low = box.top - (row + 1) * self.line - (high - self.line) / 2
            words.say(run.text, Box(round(box.x + run.x), low, run.wide + 4, high))


def pieces_of(heard: Sequence[tuple[str, str]]) -> list[tuple[str, typeset.Weight]]:
    """Priorities heavy and obstacles regular, with a dot after each but the last."""
    said: list[tuple[str, typeset.Weight]] = []
    for priority, obstacle in heard:
        said += [(typeset.clean(priority), "semibold")] if priority else []
        said += [(typeset.clean(obstacle), "regular")] if obstacle else []
    dotted = [(f"{text}{typeset.NBSP}·", weight) for text, weight in said[:-1]]
    return [*dotted, *said[-1:]]


def flowed(pieces: Sequence[tuple[str, typeset.Weight]], size: int, wide: float) -> list[list[Run]]:
    """Pieces of text one after another in lines of a width, in pixels. Words too long for a line are broken."""
    lines: list[list[Run]] = [[]]
    for text, weight in pieces:
        font = typeset.font_of(text, weight)
        words = " ".join(typeset.broken(word, font, size, int(wide)) for word in text.split(" ")).split(" ")
        for place, word in enumerate(words):
            if not (place and _joined(lines[-1], word, font, size, wide)):
                _begun(lines, word, weight, font, size, wide)
    return [line for line in lines if line]


def _joined(line: list[Run], word: str, font: str, size: int, wide: float) -> bool:
    """Puts a word to the run at the end of the line, if it has room there."""
    longer = f"{line[-1].text} {word}"
    needs = typeset.extent(longer, font, size)[0]
    if line[-1].x + needs > wide:
        return False
    line[-1] = line[-1]._replace(text=longer, wide=needs)
    return True


def _begun(lines: list[list[Run]], word: str, weight: typeset.Weight, font: str, size: int, wide: float) -> None:
    """Begins a run with a word: on this line, or on the next."""
    needs, space = typeset.extent(word, font, size)[0], typeset.extent(" ", font, size)[0]
    x = lines[-1][-1].x + lines[-1][-1].wide + space if lines[-1] else 0.0
    if x and x + needs > wide:
        lines.append([])
        x = 0.0
    lines[-1].append(Run(word, weight, x, needs))
