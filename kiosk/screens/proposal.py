"""One proposal for the jar, whole, and what can be done with it."""

from typing import Any

from kiosk.faces import ProposalFace
from kiosk.screens import jar, theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece
from kiosk.screens.screen import Errand, load

__all__ = ["ProposalScreen", "jar"]


class Fact(Piece):
    """Who does what: the name, and under it what it is."""

    def fits(self, fact: tuple[str, str], wide: float) -> bool:
        """Whether it needs only a line for each."""
        return bool(self.ids.who.wide(fact[1]) <= wide and self.ids.what.wide(fact[0]) <= wide)

    def high(self, fact: tuple[str, str], wide: float) -> float:
        """How high it would be, in pixels."""
        return float(self.ids.who.high(fact[1], wide) + self.ids.what.high(fact[0], wide))

    def say(self, fact: tuple[str, str], box: Box) -> None:
        """Draws it."""
        self.put(box)
        upper, lower = box.cut_top(self.ids.who.high(fact[1], box.w))
        self.ids.who.say(fact[1], upper)
        self.ids.what.say(fact[0], lower)


class ProposalScreen(Errand[ProposalFace]):
    """The title above; price, who, what was said against it; the jar with this one's mark beside them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = Crowd[Fact](self, Fact)

    def title(self, face: ProposalFace) -> str:
        """The proposal's own."""
        return face.title

    def draw(self, face: ProposalFace, box: Box) -> None:
        """Draws the proposal."""
        ids = self.ids
        rest = ids.ways.cut(face.choices, box, self.choose)
        if self.tall:
            glass, rest = rest.cut_top(min(self.u(180), rest.h * 0.3), self.u(20))
            glass, price = glass.cut_left(self.u(150), self.u(24))
            self._price(face, price)
        else:
            narrow = rest.cut_left(self.u(168), self.u(24))
            # Rather no jar than half of what was said.
            glass, rest = narrow if self._needs(face, narrow[1].w) <= rest.h else (Box(0, 0, 0, 0), rest)
            price, rest = rest.cut_top(ids.price.high(face.price, rest.w), self.u(8))
            self._price(face, price)
        ids.glass.show(glass.w > 0)
        if glass.w:
            ids.glass.say(face.glass, glass)
        self._words(face, self._facts(face, rest))

    def _needs(self, face: ProposalFace, wide: float) -> float:
        """How high all of it would be at a width, where the screen lies."""
        ids, gap = self.ids, self.u(8)
        words = ids.words.high(face.words, wide)
        against = ids.downside.high(face.downside, wide - self.u(32))
        said = sum(high + gap for high in (words, against + 2 * gap if against else 0) if high)
        return float(ids.price.high(face.price, wide) + 2 * gap + self._facts_high(face, wide) + said)

    def _price(self, face: ProposalFace, box: Box) -> None:
        """The price, and beside it (or below) its kind and whether it stands."""
        ids = self.ids
        about = f"{face.sort} · {face.told}" if face.sort else face.told
        if self.tall:
            high = ids.price.high(face.price, box.w)
            price, told = box.middle(box.w, high + ids.told.high(about, box.w)).cut_top(high)
        else:
            price, told = box.cut_left(ids.price.fitted(face.price, (box.w, box.h)).width + 1, self.u(20))
        size = self.u(28) if face.icon and not self.tall else 0
        place, told = told.cut_left(size, self.u(10) if size else 0)
        ids.picture.say(face.icon if size else "", place.middle(size, size))
        ids.price.say(face.price, price)
        ids.told.say(about, told)

    def _across(self, face: ProposalFace, wide: float) -> int:
        """How many facts stand side by side: as many as need no second line for a name; two at least."""
        facts = self.facts.keep(len(face.facts))
        for across in range(min(4, len(facts)), 1, -1):
            column = self._column(across, wide)
            if all(fact.fits(words, column) for fact, words in zip(facts, face.facts, strict=True)):
                return across
        return min(2, len(facts)) or 1

    def _column(self, across: int, wide: float) -> float:
        return Box(0, 0, wide, 1).columns(across, self.u(theme.GAP))[0].w

    def _facts_high(self, face: ProposalFace, wide: float) -> float:
        """How high the facts are, at a width."""
        across = self._across(face, wide)
        facts, column = self.facts.keep(len(face.facts)), self._column(across, wide)
        high = max((fact.high(words, column) for fact, words in zip(facts, face.facts, strict=True)), default=0)
        rows = -(-len(facts) // across)
        return rows * high + max(0, rows - 1) * self.u(theme.GAP)

    def _facts(self, face: ProposalFace, box: Box) -> Box:
        """Who does what, side by side; gives what is left."""
        across, high = self._across(face, box.w), self._facts_high(face, box.w)
        mine, rest = box.cut_top(high, self.u(8 if high else 0))
        cells = mine.grid(across, -(-len(self.facts) // across), self.u(theme.GAP)) if high else []
        for fact, words, cell in zip(self.facts, face.facts, cells, strict=False):
            fact.say(words, cell)
        return rest

    def _words(self, face: ProposalFace, box: Box) -> None:
        """What was said besides, and what was said against it: that on a card of its own."""
        ids, pad = self.ids, self.u(8)
        ids.card.show(bool(face.downside))
        text = box.w - self.u(32)
        low = min(ids.downside.high(face.downside, text) + 2 * pad, box.h) if face.downside else 0
        high = ids.words.fitted(face.words, (box.w, box.h - low - pad)).height if face.words else 0
        if high > box.h - low - pad:
            high = 0
        words, rest = box.cut_top(high, pad if high else 0)
        ids.words.say(face.words if high else "", words)
        card, _ = rest.cut_top(low)
        ids.card.put(card)
        ids.downside.say(face.downside, card.inset(self.u(16), pad))


load(__file__)
