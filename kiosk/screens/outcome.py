"""What came of a vote: in a word, with the counts where they are told, and what it means now."""

from typing import Any

from kiosk.faces import OutcomeFace, Share
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece
from kiosk.screens.screen import Poster, load

LABEL = 30
"""Units of height of the words below a bar."""


class Seal(Piece):
    """Carried: a tick on green. Waits to be voted once more: a ring. Anything else: a soft disc."""

    def say(self, how: str, box: Box) -> None:
        """Draws it."""
        self.put(box)
        self.ids.disc.fill = {"carried": theme.DONE, "waits": theme.PAPER}.get(how, theme.LINE)
        self.ids.disc.edge = theme.INK if how == "waits" else theme.NOTHING
        self.ids.disc.edge_width = 6 if box.w > self.u(40) else 4
        self.ids.disc.put(box)
        self.ids.picture.say("check" if how == "carried" else "", box.middle(box.w * 0.6, box.w * 0.6))


class Column(Piece):
    """One answer: its shape, how many, its words, and its share as a bar."""

    def say(self, share: Share, box: Box, *, below: bool) -> None:
        """Draws it. below: the words have their own line, where it is narrow."""
        self.put(box)
        ids, size = self.ids, self.u(40)
        foot, box = box.cut_bottom(self.u(LABEL) if below else 0, self.u(8) if below else 0)
        line, bar = box.cut_top(self.u(64), self.u(12))
        picture, rest = line.cut_left(size, self.u(16))
        ids.picture.say(share.icon, picture.middle(size, size))
        wide = ids.count.fitted(str(share.count), (rest.w, rest.h)).width + 1
        count, words = rest.cut_left(wide, self.u(12))
        ids.count.say(str(share.count), count)
        ids.words.say(share.words, foot if below else words)
        track = bar.cut_top(self.u(16))[0]
        ids.track.put(track)
        ids.bar.put(track._replace(w=track.w * share.count / max(1, share.of)))


class OutcomeScreen(Poster[OutcomeFace]):
    """The word is the largest; the counts stand where the answers stood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = Crowd[Column](self, Column)

    def draw(self, face: OutcomeFace, box: Box) -> None:
        """Draws it."""
        rest = self._foot(face, box)
        high = self.u(92 + (LABEL + 8 if self.tall else 0)) if face.counts else 0
        counts, rest = rest.cut_bottom(high, self.u(24) if high else 0)
        columns = self.columns.keep(len(face.counts))
        for column, share, place in zip(columns, face.counts, counts.columns(3, self.u(theme.GAP)), strict=False):
            column.say(share, place, below=self.tall)
        rest = self._word(face, rest if self.tall else self.with_head(rest))._replace(w=box.w)
        self.ids.question.say(face.question, rest)

    def _word(self, face: OutcomeFace, box: Box) -> Box:
        """The word, and its seal; gives what is left below. It is largest where no counts are told."""
        words, size = self.ids.words, self.u(64)
        words.steps = [72, 48, 38, 30] if face.counts else [128, 72, 48, 38, 30]
        words.lines = [1] * (len(words.steps) - 2) + [2, 2]
        high = words.fitted(face.words, (box.w - size - self.u(24), self.u(160))).height
        place, rest = box.cut_top(max(high, self.u(72)), self.u(8))
        seal, text = place.cut_left(size, self.u(24))
        self.ids.seal.say(face.how, seal.middle(size, size))
        self.ids.words.say(face.words, text)
        return rest

    def _foot(self, face: OutcomeFace, box: Box) -> Box:
        """What it means and when it is looked at again, beside the way on; gives what is left."""
        ids = self.ids
        if self.tall:
            text, rest = ids.ways.cut(face.choices, box, self.choose, gap=24), box
        else:
            ways, text = box.cut_right(self.u(200), self.u(32))
            ids.ways.cut(face.choices, ways, self.choose)
            rest = box
        again = ids.again.high(face.again, text.w)
        meaning = ids.meaning.high(face.meaning, text.w)
        gap = self.u(4) if again else 0
        high = max(meaning + gap + again, 0 if self.tall else self.u(80))
        place = text.cut_bottom(high)[0]
        block = place if self.tall else place.middle(place.w, meaning + gap + again)
        upper, lower = block.cut_top(meaning, gap)
        ids.meaning.say(face.meaning, upper)
        ids.again.say(face.again, lower)
        return Box(rest.x, place.top + self.u(24), rest.w, max(0, rest.top - place.top - self.u(24)))


load(__file__)
