"""What was booked: one sentence, both balances, and undo while there is time."""

from typing import Any

from kiosk.faces import Bar, BookedFace
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Tile, Touchable


class NamedBar(Piece):
    """A name, the balance as a bar, and the balance in words."""

    def say(self, name: str, bar: Bar, box: Box, name_wide: float, words_wide: float) -> None:
        """Draws it: in one line, or the bar below where there is height for it."""
        self.put(box)
        if box.h > self.u(56):
            upper, lower = box.cut_top(self.u(32), self.u(6))
            name_box, words_box = upper.cut_left(box.w - words_wide - self.u(16), self.u(16))
            self.ids.name.say(name, name_box)
            self.ids.words.say(bar.words, words_box)
            self.ids.bar.say(bar, lower.cut_top(self.u(16))[0])
            return
        left, rest = box.cut_left(name_wide, self.u(16))
        right, middle = rest.cut_right(words_wide, self.u(16))
        self.ids.name.say(name, left)
        self.ids.bar.say(bar, middle.middle(middle.w, self.u(16)))
        self.ids.words.say(bar.words, right)


class UndoTile(Touchable):
    """Undo, with the time left as an arc that empties."""

    def say(self, words: str, left: int, of: int, box: Box) -> None:
        """Draws it. left, of: seconds."""
        self.put(box)
        inner = box.inset(self.u(16), self.u(8))
        size = self.u(52)
        place, text = inner.cut_left(size, self.u(16))
        circle = place.middle(size, size)
        self.ids.ring.say(left / max(1, of), circle)
        self.ids.picture.say("undo", circle.middle(self.u(24), self.u(24)))
        upper, lower = text.rows(2, 0)
        self.ids.words.say(words, upper)
        self.ids.left.say(f"{left // 60}:{left % 60:02d}", lower)


class BookedScreen(Errand[BookedFace]):
    """The tick and the sentence, the balances, the undo."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bars = Crowd[NamedBar](self, NamedBar)
        self.choices = Crowd[Tile](self, lambda: Tile(stand="only", steps=[30, 24, 20]))

    def draw(self, face: BookedFace, box: Box) -> None:
        """Draws the receipt."""
        rest = self._bars(face, self._foot(face, box))
        size = self.u(112)
        if self.tall:
            place, text = rest.cut_top(size, self.u(24))
            place = place._replace(w=size)
            self.ids.words.along = "top"
        else:
            place, text = rest.cut_left(size, self.u(28))
            place = place.middle(size, size)
            self.ids.words.along = "middle"
        self.ids.disc.put(place)
        self.ids.picture.say(face.icon, place.middle(self.u(72), self.u(72)))
        self.ids.words.say(face.words, text)

    def _foot(self, face: BookedFace, box: Box) -> Box:
        """Undo and the way on; gives what is left."""
        gap = self.u(theme.GAP)
        line, rest = box.cut_bottom(self.u(80), gap)
        undo = self.ids.undo
        undo.show(face.undo is not None)
        self.choices.keep(len(face.choices))
        cells = line.columns(max(2, len(face.choices) + (face.undo is not None)), gap)
        if face.undo is not None:
            undo.chooses(face.undo.key, self.choose)
            undo.say(face.undo.words, face.undo_left, face.undo_of, cells.pop(0))
        for tile, choice, cell in zip(self.choices, face.choices, reversed(cells), strict=False):
            tile.say(choice, cell, self.choose)
        return rest

    def _bars(self, face: BookedFace, box: Box) -> Box:
        """The balances below the sentence; gives what is left."""
        self.bars.keep(len(face.bars))
        if not face.bars:
            return box
        high = self.u(76 if self.tall else 40)
        place, rest = box.cut_bottom(high * len(face.bars), self.u(theme.GAP))
        sample = self.bars[0].ids
        most = place.w * (0.3 if self.tall else 0.36)
        names = min(most, max(sample.name.fitted(name, (10_000, high)).width for name, _ in face.bars) + 1)
        words = max(sample.words.fitted(bar.words, (10_000, high)).width for _, bar in face.bars) + 1
        for bar, (name, balance), row in zip(self.bars, face.bars, place.rows(len(face.bars), 0), strict=True):
            bar.say(name, balance, row, names, min(words, place.w * 0.35))
        return rest


load(__file__)
