"""The reflection potluck: what was said, to be read from every chair; then one number after another, as large as it
goes."""

from typing import Any

from kiosk.faces import PotluckFace
from kiosk.screens import theme, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Words
from kiosk.screens.screen import Poster, load

MOST = 6
"""Things that were said that are drawn at most, the latest; the others are counted."""


class PotluckScreen(Poster[PotluckFace]):
    """The question, or what the number is of; below it what was said, or the number; the three buttons."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = Crowd[Words](self, lambda: Words(weight="semibold", steps=[38, 30, 24, 20], lines=[1, 2, 2, 3]))

    def draw(self, face: PotluckFace, box: Box) -> None:
        """Draws the part of the evening that is on."""
        ids, gap = self.ids, self.u(theme.GAP)
        box = self._title(face, box)
        ids.ways.stand = "stack" if self.tall else "only"
        rest: Box = ids.ways.cut(face.choices, box, self.choose, 24)
        high = ids.head.fitted(face.head, (rest.w, rest.h * 0.3)).height
        place, rest = rest.cut_top(high, gap)
        ids.head.say(face.head, place)
        self._number(face, rest)
        self._sayings(face, rest)
        ids.empty.say(face.empty if not face.said and not face.value else "", rest)

    def _title(self, face: PotluckFace, box: Box) -> Box:
        """Which evening it is, softly, in the first line; gives what is left."""
        title = self.ids.title
        if not self.tall:
            title.say(face.frame.title, self.head)
            return box
        place, rest = box.cut_top(title.high(face.frame.title, box.w), self.u(theme.GAP))
        title.say(face.frame.title, place)
        return rest

    def _number(self, face: PotluckFace, box: Box) -> None:
        """The number, as large as it goes; below it what it is, what it is a part of, and where it comes from."""
        ids, small = self.ids, self.u(8)
        texts = (("at", self._at(face)), ("entries", face.entries), ("more", face.more), ("words", face.words))
        for name, said in texts:
            text = said if face.value else ""
            high = ids[name].fitted(text, (box.w, box.h * 0.3)).height if text else 0
            place, box = box.cut_bottom(high, small if high else 0)
            ids[name].say(text, place)
        ids.value.say(face.value, box)

    def _at(self, face: PotluckFace) -> str:
        return wording.page(*face.at) if face.at[1] else ""

    def _sayings(self, face: PotluckFace, box: Box) -> None:
        """As many as have room, the latest at the top."""
        gap, most = self.u(12), min(MOST, max(1, int(box.h // self.u(56))))
        shown = face.said if len(face.said) <= most else face.said[: most - 1]
        left = len(face.said) - len(shown)
        lines = [*shown, *([wording.more(left)] if left else [])]
        cells = box.rows(max(len(lines), 3), gap)
        for words, text, cell in zip(self.said.keep(len(lines)), lines, cells, strict=False):
            words.say(text, cell)


load(__file__)
