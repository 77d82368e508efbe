"""One entry, whole, and what can be done with it."""

from kiosk.faces import EntryFace
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.screen import Errand, load


class EntryScreen(Errand[EntryFace]):
    """The amount, the sentence, the note; the ways to take it back below."""

    def draw(self, face: EntryFace, box: Box) -> None:
        """Draws the entry."""
        ids, gap = self.ids, self.u(theme.GAP)
        box = self.ids.ways.cut(face.choices, box, self.choose)
        line, rest = box.cut_top(self.u(88), self.u(8))
        size = self.u(64)
        place, text = line.cut_left(size if face.line.icon else 0, self.u(20) if face.line.icon else 0)
        ids.picture.say(face.line.icon, place.middle(size, size))
        most = text.w - ids.amount.wide(f"{face.line.sign}{face.line.amount}") - gap
        mark_wide = min(most, ids.mark.fitted(face.line.mark, (most, line.h)).width + 1) if face.line.mark else 0
        mark, text = text.cut_right(mark_wide, gap if mark_wide else 0)
        ids.amount.say(f"{face.line.sign}{face.line.amount}", text)
        ids.mark.say(face.line.mark, mark)
        note = f"“{face.line.note}”" if face.line.note else ""
        note_high = ids.note.fitted(note, (rest.w, rest.h * 0.5)).height if note else 0
        high = ids.words.fitted(face.words, (rest.w, rest.h - note_high - gap)).height
        place, rest = rest.cut_top(high, gap)
        ids.words.say(face.words, place)
        ids.note.say(note, rest)


load(__file__)
