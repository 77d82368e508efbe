"""The reflection potluck: what was said, to be read from every chair; then one number after another, as large as it
goes."""

from typing import Any

from kiosk.faces import PotluckFace
from kiosk.screens import theme, typeset, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Words
from kiosk.screens.screen import Poster, load

STEPS, LINES = [38, 30, 24, 20], [1, 2, 2, 4]
"""Units, and lines at each of them: how large something that was said may be."""


class PotluckScreen(Poster[PotluckFace]):
    """The question, or what the number is of; below it what was said, or the number; the three buttons."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = Crowd[Words](self, lambda: Words(weight="semibold", steps=STEPS, lines=LINES))

    def draw(self, face: PotluckFace, box: Box) -> None:
        """Draws the part of the evening that is on."""
        ids, gap = self.ids, self.u(theme.GAP)
        box = self._title(face, box)
        ids.ways.stand = "stack" if self.tall else "only"
        rest: Box = ids.ways.cut(face.choices, box, self.choose, 24)
        ids.head.steps = [38, 30, 24] if face.value else [72, 48, 38, 30, 24]
        high = ids.head.fitted(face.head, (rest.w, rest.h * 0.3)).height
        place, rest = rest.cut_top(high, gap)
        ids.head.say(face.head, place)
        self._number(face, rest)
        self._sayings(face, rest)
        ids.empty.say(face.empty if not face.sayings and not face.value else "", rest)

    def _title(self, face: PotluckFace, box: Box) -> Box:
        """Which evening it is and how far, softly, in the first line; gives what is left."""
        title = self.ids.title
        words = f"{face.frame.title} · {wording.page(*face.at)}" if face.at[1] else face.frame.title
        if not self.tall:
            title.say(words, self.head)
            return box
        place, rest = box.cut_top(title.high(words, box.w), self.u(theme.GAP))
        title.say(words, place)
        return rest

    def _number(self, face: PotluckFace, box: Box) -> None:
        """The number, as large as it goes; below it what it is, what it is a part of, and where it comes from."""
        ids, small = self.ids, self.u(8)
        for name, said in (("entries", face.entries), ("more", face.more), ("words", face.words)):
            text = said if face.value else ""
            high = ids[name].fitted(text, (box.w, box.h * 0.3)).height if text else 0
            place, box = box.cut_bottom(high, small if high else 0)
            ids[name].say(text, place)
        ids.value.say(face.value, box)

    def _sayings(self, face: PotluckFace, box: Box) -> None:
        """As many as have room, the latest at the top; the others are counted."""
        gap, needs = self.u(12), [self._need(text, box.w) for text in face.sayings]
        shown = len(needs)
        while shown > 1 and sum(needs[:shown]) + gap * shown + self._left_needs(face, shown, box.w) > box.h:
            shown -= 1
        lines = [*face.sayings[:shown], *([wording.more(len(needs) - shown)] if shown < len(needs) else [])]
        heights = [self._need(text, box.w) for text in lines]
        cells = box.piled(heights, self.u(72), gap)
        for words, text, cell in zip(self.said.keep(len(lines)), lines, cells, strict=False):
            words.say(text, cell)

    def _left_needs(self, face: PotluckFace, shown: int, wide: float) -> float:
        return self._need(wording.more(len(face.sayings)), wide) if shown < len(face.sayings) else 0

    def _need(self, text: str, wide: float) -> float:
        """How high a saying is at least, in pixels."""
        sizes = [self.u(STEPS[-1])]
        return typeset.fit(text, "semibold", sizes, (wide, 100_000), (LINES[-1],)).height


load(__file__)
