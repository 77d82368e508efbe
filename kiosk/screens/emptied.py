"""The jar at zero, and all that left it, to the last cent."""

from typing import Any

from kiosk.faces import EmptiedFace, Gone
from kiosk.screens import jar, squares, theme, turner, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece, Words
from kiosk.screens.screen import Errand, load
from kiosk.screens.turner import turns_by_button

__all__ = ["EmptiedScreen", "jar", "squares", "turner"]

ROWS = 4
"""What left the jar, on one page."""

SIGN = 16
"""Units between two parts of a sum, for the sign."""

TWO_LINES = 60
"""Units of height that two lines of what it was for take."""

PICTURES = {"spent": "check", "handed on": "arrow-right", "returned": "people"}


class GoneLine(Piece):
    """Money that has left: what for, who has it, how much."""

    def needs(self, gone: Gone, wide: float) -> float:
        """How high it must be at that width for all of it to be read, in pixels."""
        ids, inner = self.ids, wide - self.u(28 + 14)
        beside = inner - ids.amount.wide(gone.amount) - self.u(16)
        if self._in_line(gone, beside):
            return float(ids.words.high(gone.words, beside) + ids.told.high(gone.told, beside))
        return float(ids.words.high(gone.words, inner) + max(self.u(32), ids.told.high(gone.told, beside)))

    def say(self, gone: Gone, box: Box) -> None:
        """Draws it: the amount beside the words, or under them where they are long."""
        self.put(box)
        ids, size = self.ids, self.u(28)
        place, rest = box.cut_left(size, self.u(14))
        ids.picture.ink = theme.DONE if gone.how == "spent" else theme.INK
        ids.picture.say(gone.icon or PICTURES[gone.how], place.middle(size, size))
        wide = ids.amount.wide(gone.amount)
        if self._in_line(gone, rest.w - wide - self.u(16)):
            amount, rest = rest.cut_right(wide, self.u(16))
            upper, lower = self._parted(gone, rest, rest.w, 0)
        else:
            upper, rest = self._parted(gone, rest, rest.w - wide - self.u(16), self.u(32))
            amount, lower = rest.cut_right(wide, self.u(16))
        ids.amount.say(gone.amount, amount)
        ids.words.say(gone.words, upper)
        ids.told.say(gone.told, lower)

    def _in_line(self, gone: Gone, wide: float) -> bool:
        """Whether what it was for has room beside the amount, in two lines."""
        setting = self.ids.words.fitted(gone.words, (wide, self.u(TWO_LINES)))
        return not setting.cut and len(setting.lines) <= 2

    def _parted(self, gone: Gone, box: Box, told_wide: float, least: float) -> tuple[Box, Box]:
        """Where the words are, and what is under them."""
        ids = self.ids
        room = box.h - ids.words.high("Hg", box.w)
        low = ids.told.fitted(gone.told, (told_wide, room)).height if gone.told else 0
        line = ids.told.high("Hg", box.w) if gone.told else 0
        high = ids.words.fitted(gone.words, (box.w, box.h - max(line, least))).height
        low = max(min(low, box.h - high), least)  # rather all of what it was for than all that is told of it
        return box.middle(box.w, high + low).cut_top(high)


class Term(Piece):
    """A part of the sum, and what it is: above each other, or at both ends of a line."""

    def say(self, words: str, amount: str, box: Box, *, piled: bool) -> None:
        """Draws it."""
        self.put(box)
        ids = self.ids
        ids.words.across, ids.amount.across = ("center", "center") if piled else ("left", "right")
        if piled:
            high = ids.amount.high(amount, box.w)
            upper, lower = box.middle(box.w, high + ids.words.high(words, box.w)).cut_top(high)
        else:
            upper, lower = box.cut_right(ids.amount.wide(amount), self.u(12))
        ids.amount.say(amount, upper)
        ids.words.say(words, lower)


class EmptiedScreen(Errand[EmptiedFace]):
    """The empty jar and the code at the left; what left it beside them; the sum below."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = Crowd[GoneLine](self, GoneLine)
        self.terms = Crowd[Term](self, Term)
        self.signs = Crowd[Words](self, lambda: Words(weight="heavy", steps=[24], across="center"))

    def draw(self, face: EmptiedFace, box: Box) -> None:
        """Draws what became of it."""
        if self.tall:
            rest = self._sums(face, self._foot(face, box))
            mine, rest = rest.cut_top(self.u(168), self.u(16))
            glass, code = mine.columns(2, self.u(24)) if face.code else (mine, mine)
        else:
            mine, rest = box.cut_left(self.u(168), self.u(28))
            code, glass = mine.cut_bottom(mine.h * 0.6, self.u(12)) if face.code else (mine, mine)
            rest = self._sums(face, self._foot(face, rest))
        self.ids.glass.say(face.glass, glass)
        self._code(face, code)
        high = min(self.u(96), rest.h / max(3, len(face.gone)))
        rows = list(zip(self.rows.keep(len(face.gone)), face.gone, strict=True))
        needs = [row.needs(gone, rest.w) for row, gone in rows]
        for (row, gone), place in zip(rows, rest.piled(needs, high, 0), strict=True):
            row.say(gone, place)

    def _foot(self, face: EmptiedFace, box: Box) -> Box:
        """What can be touched, and the pages; gives what is left."""
        paged, by_button = face.page[1] > 1, turns_by_button(face.choices)
        if self.tall:
            box = self.ids.ways.cut(face.choices, box, self.choose)
        slim = self.tall and by_button
        line, rest = box.cut_bottom(self.u(32 if slim else theme.TOUCH), self.u(8 if slim else theme.GAP))
        left = self.ids.turner.along(face.page, line, self.choose, by_button=by_button)
        if not self.tall:
            self.ids.ways.cut(face.choices, left, self.choose)
        return rest if paged or (face.choices and not self.tall) else box

    def _code(self, face: EmptiedFace, box: Box) -> None:
        ids = self.ids
        words = face.code_words if face.code else ""
        place, rest = box.cut_bottom(ids.code_words.high(words, box.w), self.u(4) if words else 0)
        ids.code.say(face.code, rest)
        ids.code_words.say(words, place)

    def _sums(self, face: EmptiedFace, box: Box) -> Box:
        """What was spent, and handed on, and returned, is what was collected; gives what is left."""
        terms = [*face.sums, (wording.COLLECTED, face.collected)]
        pieces, signs = self.terms.keep(len(terms)), self.signs.keep(0 if self.tall else len(terms) - 1)
        self.ids.stroke.show(self.tall)
        if self.tall:
            # As one adds up on paper: one under the other, and a stroke above the last.
            mine, rest = box.cut_bottom(self.u(32) * len(terms), self.u(12))
            for piece, (words, amount), cell in zip(pieces, terms, mine.rows(len(terms), 0), strict=True):
                piece.say(words, amount, cell, piled=False)
            self.ids.stroke.put(Box(mine.x, mine.y + self.u(32), mine.w, self.u(2)))
            return rest
        line, rest = box.cut_bottom(self.u(58), self.u(12))
        for piece, (words, amount), cell in zip(pieces, terms, self._parts(terms, line), strict=True):
            piece.say(words, amount, cell, piled=True)
        for place, sign in enumerate(signs):
            at = pieces[place].box
            last = place == len(signs) - 1
            sign.say("=" if last else "+", Box(at.right, at.y, self.u(SIGN), at.h))
        return rest

    def _parts(self, terms: list[tuple[str, str]], line: Box) -> list[Box]:
        """As wide as each needs to be, and all a little wider, with a sign between them."""
        gap, sample = self.u(SIGN), self.terms[0].ids
        needs = [max(sample.amount.wide(amount), sample.words.wide(words)) for words, amount in terms]
        more = (line.w - gap * (len(terms) - 1) - sum(needs)) / len(terms)
        cells = []
        for need in needs:
            cell, line = line.cut_left(need + more, gap)
            cells.append(cell)
        return cells


load(__file__)
