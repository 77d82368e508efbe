"""An approval round: one badge, then yes or no to each candidate. Never what was pressed."""

from typing import Any

from kiosk.faces import BallotFace
from kiosk.screens import chips, wording
from kiosk.screens.boxes import Box
from kiosk.screens.screen import Poster, Say, load

__all__ = ["BallotScreen", "chips"]


class BallotScreen(Poster[BallotFace]):
    """Black paper, as in a vote; the candidate's name is the largest, or the badge mark while one is awaited."""

    black = True

    def __init__(self, say: Say, scale: float, **kwargs: Any) -> None:
        super().__init__(say, scale, **kwargs)
        self.around.stops = True

    def draw(self, face: BallotFace, box: Box) -> None:
        """Draws it from the foot."""
        ids = self.ids
        # What waits may offer another kiosk, whose name may be long; the three answers have their places.
        ids.ways.least = (1 if self.tall else 2) if face.waiting else 3
        ids.ways.stand = "stack" if self.tall and not face.waiting else "only"
        ids.ways.high = 120 if self.tall else 96
        rest = self._voted(face, ids.ways.cut(face.choices, box, self.choose, gap=24))
        ids.mark.show(face.waiting)
        if face.waiting:
            rest = self._mark(rest)
        title, rest = self._title(face, rest)
        ids.title.say(face.title, title)
        self._candidate(face, rest)

    def _mark(self, box: Box) -> Box:
        """Where the badge goes; gives what is left."""
        size = self.u(240)
        gap = self.u(24)
        if self.tall:
            place, rest = box.cut_bottom(size, gap)
        else:
            place, rest = box.cut_right(size, gap)
        self.ids.mark.say("badge", "", place)
        return rest

    def _title(self, face: BallotFace, box: Box) -> tuple[Box, Box]:
        """Where the title goes, and what is left below it."""
        whole = box if self.tall else self.with_head(box)
        high = self.ids.title.fitted(face.title, (whole.w, self.u(144))).height
        place = whole.cut_top(high)[0]
        return place, box._replace(h=min(box.top, place.y - self.u(16)) - box.y)

    def _candidate(self, face: BallotFace, box: Box) -> None:
        """Which of how many, the name, and a softer line."""
        ids = self.ids
        at = wording.turn(*face.at) if face.at[1] else ""
        line, rest = box.cut_top(ids.at.high(at, box.w))
        ids.at.say(at, line)
        hint = ids.hint.fitted(face.hint, (rest.w, max(rest.h * 0.4, self.u(56)))).height if face.hint else 0
        words = face.words or (wording.NEXT_BADGE if face.waiting else "")
        high = ids.words.fitted(words, (rest.w, rest.h - hint - self.u(8))).height if words else 0
        upper, lower = rest.cut_top(high, self.u(8))
        ids.words.say(words, upper)
        ids.hint.say(face.hint, lower.cut_top(hint)[0])

    def _voted(self, face: BallotFace, box: Box) -> Box:
        """A dot for each who may vote; gives what is left above."""
        ids = self.ids
        done, of_all = face.voted
        if not of_all:
            ids.voted.say("", box)
            ids.dots.say(0, 0, box)
            return box
        words = wording.voted(done, of_all)
        wide = ids.voted.wide(words)
        dots_wide = box.w if self.tall else box.w - wide - self.u(24)
        high = max(ids.dots.high(of_all, (dots_wide, self.u(40))), self.u(32))
        line, rest = box.cut_bottom(high + (self.u(40) if self.tall else 0), self.u(24))
        if self.tall:
            text, dots = line.cut_top(self.u(32), self.u(8))
        else:
            dots, text = line.cut_left(dots_wide, self.u(24))
        ids.voted.say(words, text)
        ids.dots.say(done, of_all, dots)
        return rest


load(__file__)
