"""The end of the circle as a poster: what was decided, and who does what."""

from collections.abc import Sequence
from typing import Any

from kiosk.faces import ClosingFace, Decided, Doing
from kiosk.screens import outcome, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece
from kiosk.screens.screen import Poster, load
from kiosk.tongue import phrase

__all__ = ["ClosingScreen", "outcome"]

SIZES = (30, 24, 20)
"""Units: how large the lists may be set."""


class DecidedLine(Piece):
    """One decision: its seal, its words, what came of it."""

    step = 24

    def high(self, thing: Decided, wide: float, step: int) -> float:
        """How high it would be at a size of type, in pixels."""
        self._at(step)
        text = wide - self.u(40 + 16)
        return float(self.ids.words.high(thing.words, text) + self.ids.more.high(thing.more, text))

    def say(self, thing: Decided, box: Box, step: int) -> None:
        """Draws it."""
        self.put(box)
        self._at(step)
        size = self.u(32)
        place, text = box.cut_left(self.u(40), self.u(16))
        line = self.ids.words.high("H", text.w)
        seal = place.cut_top(line)[0].middle(size, size)
        self.ids.seal.say(thing.how, seal)
        upper, lower = text.cut_top(self.ids.words.high(thing.words, text.w))
        self.ids.words.say(thing.words, upper)
        self.ids.more.say(thing.more, lower)

    def _at(self, step: int) -> None:
        self.ids.words.steps, self.ids.more.steps = [step], [24 if step == 30 else 20]


class DoingLine(Piece):
    """Who, large; below it what, and by when."""

    def high(self, thing: Doing, wide: float, step: int) -> float:
        """How high it would be at a size of type, in pixels."""
        self._at(step)
        return float(self.ids.who.high(thing.who, wide) + self.ids.words.high(_sentence(thing), wide))

    def say(self, thing: Doing, box: Box, step: int) -> None:
        """Draws it."""
        self.put(box)
        self._at(step)
        upper, lower = box.cut_top(self.ids.who.high(thing.who, box.w))
        self.ids.who.say(thing.who, upper)
        self.ids.words.say(_sentence(thing), lower)

    def _at(self, step: int) -> None:
        self.ids.who.steps = {30: [48, 38, 30, 24], 24: [38, 30, 24], 20: [30, 24, 20]}[step]
        self.ids.words.steps = [step]


def _sentence(thing: Doing) -> str:
    return phrase("{task}, {due}", task=thing.words, due=thing.by)


class Lines(Piece):
    """Like things one under the other, below a quiet heading."""

    GAP, HEAD = 16, 40

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lines: Crowd[Any] = Crowd(self, self.one)

    @property
    def heading(self) -> str:
        """What stands above them."""
        raise NotImplementedError

    def one(self) -> Piece:
        """A new line."""
        raise NotImplementedError

    def step_in(self, things: Sequence[Any], room: tuple[float, float]) -> int:
        """The largest size at which all have room (width, height in pixels)."""
        free = room[1] - self.u(self.HEAD)
        return next((step for step in SIZES if self._high(things, room[0], step) <= free), SIZES[-1])

    def _high(self, things: Sequence[Any], wide: float, step: int) -> float:
        sample = self.lines.keep(max(1, len(self.lines)))[0]
        highs = [float(sample.high(thing, wide, step)) for thing in things]
        return sum(highs) + self.u(self.GAP) * max(0, len(things) - 1)

    def high(self, things: Sequence[Any], wide: float, step: int) -> float:
        """How high they are with their heading, in pixels."""
        return self.u(self.HEAD) + self._high(things, wide, step)

    def say(self, things: Sequence[Any], box: Box, step: int) -> None:
        """Draws them; nothing at all where there are none."""
        self.put(box)
        lines = self.lines.keep(len(things))
        place, rest = box.cut_top(self.u(self.HEAD))
        self.ids.heading.say(phrase(self.heading) if things else "", place)
        for line, thing in zip(lines, things, strict=True):
            cell, rest = rest.cut_top(line.high(thing, rest.w, step), self.u(self.GAP))
            line.say(thing, cell, step)


class DecidedList(Lines):
    """What was decided."""

    heading = wording.WORDS["DECIDED"]

    def one(self) -> Piece:
        """A new line."""
        return DecidedLine()


class DoingList(Lines):
    """Who does what."""

    heading = wording.WORDS["WHO_DOES_WHAT"]

    def one(self) -> Piece:
        """A new line."""
        return DoingLine()


class ClosingScreen(Poster[ClosingFace]):
    """Which circle it was, large; decisions at the left, tasks at the right, or one below the other."""

    def draw(self, face: ClosingFace, box: Box) -> None:
        """Draws it."""
        ids = self.ids
        rest = self._foot(face, self._head(face, box))
        ids.empty.say(face.empty, rest)
        both = bool(face.decided and face.doing)
        if self.tall:
            self._below(face, rest)
            return
        left, right = rest.columns(2, self.u(48)) if both else (rest, rest)
        step = min(
            ids.decided.step_in(face.decided, (left.w, left.h)), ids.doing.step_in(face.doing, (right.w, right.h))
        )
        ids.decided.say(face.decided, left, step)
        ids.doing.say(face.doing, right, step)

    def _below(self, face: ClosingFace, box: Box) -> None:
        """Decisions, then tasks, at the largest size at which both have room."""
        ids, gap = self.ids, self.u(32)
        step = next(
            (
                step
                for step in SIZES
                if ids.decided.high(face.decided, box.w, step) + gap + ids.doing.high(face.doing, box.w, step)
                <= box.h
            ),
            SIZES[-1],
        )
        high = ids.decided.high(face.decided, box.w, step) if face.decided else 0
        upper, lower = box.cut_top(high, gap if high else 0)
        ids.decided.say(face.decided, upper, step)
        ids.doing.say(face.doing, lower, step)

    def _head(self, face: ClosingFace, box: Box) -> Box:
        """Which circle, how many, how long; gives what is left."""
        ids = self.ids
        if self.tall:
            place = self.with_head(box).cut_top(self.u(64 + 40))[0]
            upper, lower = place.cut_top(self.u(64))
            ids.facts.across = "left"
        else:
            place = self.head
            wide = ids.facts.fitted(face.facts, (place.w * 0.5, place.h)).width + 1
            lower, upper = place.cut_right(wide, self.u(24))
            ids.facts.across = "right"
        ids.title.say(face.frame.title, upper)
        ids.facts.say(face.facts, lower)
        return box._replace(h=place.y - self.u(24 if self.tall else 16) - box.y)

    def _foot(self, face: ClosingFace, box: Box) -> Box:
        """The ways on, and which page it is; gives what is left."""
        ids = self.ids
        rest: Box = ids.ways.cut(face.choices, box, self.choose)
        foot = box.cut_bottom(self.u(ids.ways.high))[0]
        several = face.page[1] > 1
        place = self.kept(foot.columns(3, self.u(16)), foot)[2]  # beside the button, which stays at its side
        ids.page.say(wording.page(*face.page) if several else "", place)
        return rest


load(__file__)
