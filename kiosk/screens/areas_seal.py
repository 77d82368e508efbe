"""What hangs on the wall for some time after a circle: the seal of the record, and the poster of a Friday."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from kiosk.faces import PosterOnWall, Priced, SealOnWall, WallFace
from kiosk.screens import squares, wording
from kiosk.screens.areas import NOTHING_TO_SAY, Area, Heights
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece
from kiosk.screens.screen import load
from kiosk.screens.squares import across
from kiosk.screens.touchables import Touchable

__all__ = ["FridayPoster", "SealHung", "squares"]


class SealCard(Touchable):
    """The card under the seal; a touch opens its page."""


class SealHung(Area):
    """The seal: a code that a phone can read from where one stands, and beside it what it is."""

    SQUARE, EDGE, LEAST, ROOMY = 2.6, 8, 72, 104
    SOON, LATER = 0.5, 3.5

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose: Callable[[str], None] | None = None

    def side(self, seal: SealOnWall) -> int:
        """How wide and high the code is, in pixels: three a square at least."""
        return across(seal.code, "L") * max(3, int(self.SQUARE * self.scale))

    def _parts(self, seal: SealOnWall, box: Box) -> tuple[Box, Box]:
        """The code and the words: side by side, or under each other where nothing fits beside the code."""
        inner = box.inset(self.u(self.EDGE))
        side = self.side(seal)
        if inner.w - side >= self.u(self.LEAST + 8):
            code, text = inner.cut_left(side, self.u(8))
            return code, text._replace(w=text.w - self.u(4))
        code, text = inner.cut_top(side, self.u(4))
        return code, text.inset(self.u(8), 0)

    def _words(self, seal: SealOnWall, code: Box, text: Box) -> str:
        """What it is; short where it stands under the code, or beside it with little room."""
        beside = text.x > code.x + self.u(8)
        return seal.words if beside and text.w >= self.u(self.ROOMY) else wording.PHOTOGRAPH

    def heights(self, face: WallFace, wide: float) -> Heights:
        """As high as the code, and as the words where they stand under it."""
        if face.seal is None:
            return NOTHING_TO_SAY
        high = self.side(face.seal) + 2 * self.u(self.EDGE)
        code, text = self._parts(face.seal, Box(0, 0, wide, high))
        words = self.ids.words.high(self._words(face.seal, code, text), text.w)
        if text.x <= code.x + self.u(8):
            high += words + self.u(8)
        else:
            told = self.ids.told.high(face.seal.told, text.w)
            high = max(high, words + told + 2 * self.u(self.EDGE))
        return high, high

    def say(self, face: WallFace, box: Box) -> None:
        """Draws it; of the words as many as there is room for."""
        seal = face.seal
        if seal is None:
            return
        self.put(box)
        ids, choose, key = self.ids, self.choose, seal.key
        ids.card.touched = ids.card.says = None
        if choose is not None and key:
            ids.card.chooses(key, choose)
        ids.card.put(box)
        code, text = self._parts(seal, box)
        ids.code.say(seal.code, code)
        said = [("words", self._words(seal, code, text))]
        more = (("told", seal.told), ("why", seal.why))
        said += [(name, words) for name, words in more if not ids[name].fitted(words, (text.w, text.h)).cut]
        highs = {name: ids[name].high(words, text.w) for name, words in said}
        while len(said) > 1 and sum(highs[name] for name, _ in said) > text.h:
            said.pop()
        text = text.middle(text.w, min(text.h, sum(highs[name] for name, _ in said)))
        for name in ("words", "told", "why"):
            words = dict(said).get(name, "")
            place, text = text.cut_top(highs[name] if words else 0)
            ids[name].say(words, place)


class PricedLine(Piece):
    """What was bought, or where money went: the words, the price, and a softer line. piled: the price below."""

    def high(self, priced: Priced, wide: float, *, told: bool, piled: bool = False) -> float:
        """How high it would be, in pixels."""
        ids = self.ids
        ids.words.lines = [1, 4] if piled else [1, 2]
        price = ids.price.wide(priced.price) + self.u(12)
        low = ids.told.high(priced.told, wide) if told else 0
        words = ids.words.high(priced.words, wide if piled else wide - price)
        return float(words + low + (ids.price.high(priced.price, wide) if piled else 0))

    def say(self, priced: Priced, box: Box, *, told: bool, piled: bool = False) -> None:
        """Draws it."""
        self.put(box)
        ids = self.ids
        more = priced.told if told else ""
        ids.words.lines, ids.price.across = ([1, 4], "left") if piled else ([1, 2], "right")
        price, rest = ids.price.wide(priced.price), box
        if piled:
            high = min(ids.words.high(priced.words, rest.w), rest.h - ids.price.high(priced.price, rest.w))
            words, rest = rest.cut_top(high)
            place, rest = rest.cut_top(ids.price.high(priced.price, rest.w))
        else:
            words = rest._replace(w=rest.w - price - self.u(12))
            line, rest = rest.cut_top(min(rest.h, ids.words.high(priced.words, words.w)))
            words = words._replace(y=line.y, h=line.h)
            place = line.cut_right(price)[0].cut_top(ids.price.high(priced.price, price))[0]
        ids.words.say(priced.words, words)
        ids.price.say(priced.price, place)
        ids.told.say(more, rest)


class _Detail(NamedTuple):
    """How much of the poster is said: on which day, who gave it away, and of how many things a word more."""

    day: bool
    who: bool
    told: int


LEAST = _Detail(day=False, who=False, told=0)


class FridayPoster(Area):
    """The poster of a Friday: what was given away, what for, where the rest went, and the figures as a code.

    beside: where the code is, when that is not below (or beside) the words.
    """

    rank = 1.5
    SQUARE, GAP, WIDE, BAR = 2.6, 8, 400, 12

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.beside: Box | None = None
        self.bought = Crowd[PricedLine](self, PricedLine)
        self.rest = Crowd[PricedLine](self, PricedLine)
        self.sample = PricedLine()
        self.add_widget(self.sample)

    def side(self, poster: PosterOnWall) -> int:
        """How wide and high the code is, in pixels."""
        return across(poster.code) * max(3, int(self.SQUARE * self.scale))

    def _apart(self, poster: PosterOnWall) -> float:
        """How wide the code is where it stands at the side, with its words below."""
        return max(float(self.side(poster)), float(self.ids.code_words.wide(poster.code_words)))

    def _is_wide(self, wide: float) -> bool:
        return wide >= self.u(self.WIDE)

    def _lines(self, poster: PosterOnWall) -> tuple[Priced, ...]:
        return poster.bought or (Priced(wording.NOTHING_BOUGHT, ""),)

    def _details(self, poster: PosterOnWall) -> Iterator[_Detail]:
        """From all to the least."""
        yield from (_Detail(True, True, count) for count in range(len(self._lines(poster)), -1, -1))
        yield _Detail(True, False, 0)
        yield LEAST

    def _head_high(self, poster: PosterOnWall, wide: float, detail: _Detail) -> float:
        head = sum(self.ids[name].high(words, wide) for name, words in _said(poster, detail))
        return float(head + self.u(self.BAR + 2 * self.GAP))

    def _highs(self, lines: tuple[Priced, ...], wide: float, told: int, *, piled: bool = False) -> list[float]:
        """How high each would be, with the gap below it."""
        sample, gap = self.sample, self.u(self.GAP)
        return [sample.high(each, wide, told=place < told, piled=piled) + gap for place, each in enumerate(lines)]

    def _high(self, poster: PosterOnWall, wide: float, detail: _Detail, lines: tuple[Priced, ...]) -> float:
        """How high so much of it would be."""
        side = self.side(poster)
        apart = self._is_wide(wide) and self.beside is None
        text = wide - self._apart(poster) - self.u(24) if apart else wide
        high = self._head_high(poster, text, detail) + sum(self._highs(lines, text, detail.told))
        if self.beside is None and not apart:
            return high + side
        high += sum(self._highs(poster.rest, text, 0))
        if self.beside is not None:
            return high
        return max(high, float(side + self.ids.code_words.high(poster.code_words, self._apart(poster))))

    def heights(self, face: WallFace, wide: float) -> Heights:
        """The sum, the first thing and the code; or all of it."""
        poster = face.poster
        if poster is None:
            return NOTHING_TO_SAY
        lines = self._lines(poster)
        more = self.u(28) if len(lines) > 1 else 0
        least = self._high(poster, wide, LEAST, lines[:1]) + more
        return least, max(least, self._high(poster, wide, _Detail(True, True, len(lines)), lines))

    def say(self, face: WallFace, box: Box) -> None:
        """Draws as much as there is room for."""
        poster = face.poster
        if poster is None:
            return
        self.put(box)
        lines = self._lines(poster)
        fitting = (each for each in self._details(poster) if self._high(poster, box.w, each, lines) <= box.h + 1)
        detail = next(fitting, LEAST)
        free = max(0.0, box.h - self._high(poster, box.w, detail, lines))
        text, rest = self._code(poster, box)
        text = self._head(poster, text, detail)
        spare = 0.0 if rest else self._spared(poster, lines, text)
        text = self._bought(lines, text, detail, spare, air=min(free / (len(lines) + 1), self.u(3 * self.GAP)))
        self._rest(poster, rest or text, piled=rest is not None)

    def _spared(self, poster: PosterOnWall, lines: tuple[Priced, ...], box: Box) -> float:
        """What is kept for where the rest went: as much of it as leaves room for the first that was bought."""
        rest, first = self._highs(poster.rest, box.w, 0), self._highs(lines[:1], box.w, 0)[0]
        more = self.u(28) if len(lines) > 1 else 0
        while rest and sum(rest) + first + more > box.h:
            rest.pop()
        return sum(rest)

    def _code(self, poster: PosterOnWall, box: Box) -> tuple[Box, Box | None]:
        """The code of the figures; gives the room for the text, and the room for the rest where that is another."""
        ids, side = self.ids, self.side(poster)
        text, rest, said = box, None, "center"
        if self.beside is not None:
            code, below = self.beside.cut_top(side)
        elif self._is_wide(box.w):
            mine, text = box.cut_right(self._apart(poster), self.u(24))
            code, below = mine.cut_top(side)
        else:
            mine, text = box.cut_bottom(side)
            code, below = mine.cut_left(side, self.u(12))
            below, rest = below.cut_bottom(ids.code_words.high(poster.code_words, below.w), self.u(self.GAP))
            said = "left"
        words = below.cut_top(ids.code_words.high(poster.code_words, below.w))[0]
        ids.code_words.across = said
        ids.code.say(poster.code, code)
        ids.code_words.say(poster.code_words, words)
        return text, rest

    def _head(self, poster: PosterOnWall, box: Box, detail: _Detail) -> Box:
        """Which Friday, how much, by how many, and how much of it was spent; gives what is left."""
        ids = self.ids
        for name, words in _said(poster, detail):
            place, box = box.cut_top(ids[name].high(words, box.w))
            ids[name].say(words, place)
        place, box = box.cut_top(self.u(self.BAR + self.GAP), self.u(self.GAP))
        bar = place.cut_bottom(self.u(self.BAR))[0]
        ids.all.put(bar)
        ids.spent.put(bar.cut_left(bar.w * poster.spent / 1000)[0])
        return box

    def _bought(self, lines: tuple[Priced, ...], box: Box, detail: _Detail, spare: float, air: float) -> Box:
        """As many as there is room for, and how many there are besides; gives what is left. air: above each."""
        gap = self.u(self.GAP)
        highs = self._highs(lines, box.w, detail.told)
        room = box.h - spare + gap
        count = _fitting(highs, room)
        if count < len(lines):
            count = _fitting(highs, room - self.u(28))
        if not count and room > self.u(28 + 28):
            highs[0], count = room - self.u(28), 1  # a very long title is cut rather than left out
        for place, line in enumerate(self.bought.keep(count)):
            cell, box = box.cut_top(air)[1].cut_top(highs[place] - gap, gap)
            line.say(lines[place], cell, told=place < detail.told)
        more = wording.more(len(lines) - count) if 0 < count < len(lines) else ""
        foot, rest = box.cut_top(self.u(28) if more else 0)
        self.ids.more.say(more, foot)
        return rest

    def _rest(self, poster: PosterOnWall, box: Box, *, piled: bool) -> None:
        """Where the rest went, as far as there is room."""
        gap = self.u(self.GAP)
        highs = self._highs(poster.rest, box.w, 0, piled=piled)
        count = _fitting(highs, box.h + gap)
        if not count and highs and box.h > self.u(56):
            highs[0], count = box.h + gap, 1
        for place, line in enumerate(self.rest.keep(count)):
            cell, box = box.cut_top(highs[place] - gap, gap)
            line.say(poster.rest[place], cell, told=False, piled=piled)


def _said(poster: PosterOnWall, detail: _Detail) -> tuple[tuple[str, str], ...]:
    """The lines above the bar."""
    day, who = poster.day if detail.day else "", poster.who if detail.who else ""
    return (("head", poster.head), ("day", day), ("sum", poster.sum), ("who", who))


def _fitting(highs: list[float], room: float) -> int:
    """How many, from the first, have room together."""
    count, used = 0, 0.0
    while count < len(highs) and used + highs[count] <= room + 1:
        used += highs[count]
        count += 1
    return count


load(__file__)
