"""How much money: a large amount, steps up and down, and digits to type it with."""

from collections import deque
from functools import partial
from typing import Any

from kiosk.faces import MoneyFace, Touch
from kiosk.screens import keys, theme
from kiosk.screens.boxes import Box
from kiosk.screens.dial import Turn
from kiosk.screens.keyboard import GAP, KeyCap
from kiosk.screens.keys import Key
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Tile
from kiosk.words import bare_price

PAD = (
    *(Key(digit, digit) for digit in "123456789"),
    Key("00", "00"),
    Key("0", "0"),
    Key(keys.RUBOUT, "keyboard-backspace"),
)
"""The digits as a telephone has them; 00 makes whole euros of them."""


class Step(Turn):
    """So much less, or so much more; it goes on while the finger rests on it."""

    def tell(self, words: str, able: bool, box: Box) -> None:
        """Draws it."""
        self.say("", able, box)
        self.ids.words.ink = self.now.ink
        self.ids.words.say(words, box.inset(self.u(4), 0))


class MoneyScreen(Errand[MoneyFace]):
    """The amount is the largest thing; the digits are beside it, or below where the screen stands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = Crowd[Step](self, lambda: Step(look="plain"))
        self.caps = Crowd[KeyCap](self, KeyCap)
        self.extra = Crowd[Tile](self, lambda: Tile(stand="only", picture=24, steps=[24, 20]))
        self.digits = ""
        self._said: deque[str] = deque(maxlen=64)
        self._heard: MoneyFace | None = None

    def draw(self, face: MoneyFace, box: Box) -> None:
        """Draws the amount and what changes it."""
        if face is not self._heard:
            self._heard = face
            self._hear(face)
        rest = self._foot(face, box)
        if self.tall:
            most = theme.TOUCH if face.warning or face.extra or face.names else 80
            pad, rest = rest.cut_bottom(self.u(4 * most + 3 * GAP), self.u(theme.GAP))
        else:
            pad, rest = rest.cut_right(self.u(248), self.u(24))
        self._pad(pad)
        self._steps(face, rest)

    def _foot(self, face: MoneyFace, box: Box) -> Box:
        """Who taps, and the touch that takes the amount; ways aside beside them, or above. Gives what is left."""
        ids, gap = self.ids, self.u(theme.GAP)
        high = self.u(theme.TOUCH + (8 if self.tall else 0))
        ids.prompt.show(bool(face.prompt))
        ids.book.show(face.book is not None)
        main, aside = bool(face.prompt) + (face.book is not None), len(face.extra)
        cells, aside_cells = [], []
        if main and (self.tall or not aside):
            line, box = box.cut_bottom(high, gap)
            cells = line.columns(main, gap)
            if main > 1 and self.tall:
                right, left = line.cut_right(self.u(184), gap)
                cells = [left, right]
        if aside:
            line, box = box.cut_bottom(high, gap)
            aside_cells = line.columns(max(2, aside + main - len(cells)), gap)
        cells = cells or aside_cells[aside:]
        for tile, choice, cell in zip(self.extra.keep(aside), face.extra, aside_cells, strict=False):
            tile.say(choice, cell, self.choose)
        ids.prompt.picture = 36 if main > 1 and self.tall else 48
        if face.prompt:
            ids.prompt.fill = theme.INK if face.book else theme.HOURS
            ids.prompt.say("badge", face.prompt, cells[0])
        if face.book is not None:
            ids.book.say(face.book, cells[-1], self.choose)
        return box

    def _steps(self, face: MoneyFace, box: Box) -> None:
        """Down at the left, up at the right, the largest outside; the amount above."""
        gap = self.u(theme.GAP)
        line, rest = box.cut_bottom(self.u(theme.TOUCH), gap)
        cents = [*(-step for step in reversed(face.steps)), *face.steps]
        for step, change, cell in zip(
            self.steps.keep(len(cents)), cents, line.columns(len(cents), gap), strict=True
        ):
            step.says = Touch("turn", str(change))
            step.touched = partial(self.say, step.says)
            step.tell(_signed(change, face), face.more if change > 0 else face.less, cell)
        self.ids.card.put(rest)
        self._amount(face, rest.inset(self.u(12), self.u(12)))

    def _amount(self, face: MoneyFace, box: Box) -> None:
        ids, small = self.ids, self.u(8)
        names = " · ".join(f"✓ {name}" for name in face.names)
        high = ids.names.high(names, box.w)
        place, box = box.cut_top(high, small if high else 0)
        ids.names.say(names, place)
        for name, text in (("warning", face.warning), ("words", face.words)):
            high = ids[name].high(text, box.w)
            place, box = box.cut_bottom(high, small if high else 0)
            ids[name].say(text, place)
        size = self.u(40) if face.icon and box.h > self.u(150) else 0
        place, box = box.cut_top(size, small if size else 0)
        ids.picture.say(face.icon if size else "", place.middle(size, size))
        ids.amount.say(face.amount, box.inset(self.u(12), self.u(4)))

    # --- digits -------------------------------------------------------------------------------------------

    def _hear(self, face: MoneyFace) -> None:
        """Takes over the face's digits, unless they are some we said a moment ago and have typed on since."""
        if face.digits in self._said:
            while self._said.popleft() != face.digits:
                pass
            return
        self._said.clear()
        self.digits = face.digits

    def _pad(self, box: Box) -> None:
        cells = self.kept(box.grid(3, 4, self.u(GAP)), box)
        for cap, key, cell in zip(self.caps.keep(len(PAD)), PAD, cells, strict=True):
            cap.say(key, key.shown, False, cell, self._press(key))
            cap.look = "plain"

    def _press(self, key: Key) -> Any:
        return lambda: self._write(self.digits[:-1] if key.does == keys.RUBOUT else self.digits + key.does)

    def _write(self, digits: str) -> None:
        """Says the digits as they now stand; more than allowed are not taken."""
        digits = digits.lstrip("0")
        face = self.face
        if face is None or len(digits) > face.longest or digits == self.digits:
            self.say(Touch("stay"))
            return
        self.digits = digits
        self._said.append(digits)
        self.say(Touch("type", digits))

    def key(self, name: str) -> bool:
        """A key of a real keyboard that is no letter."""
        if name == "backspace":
            self._write(self.digits[:-1])
        elif name == "enter":
            if self.face is not None and self.face.book is not None and self.face.book.able:
                self.choose(self.face.book.key)
        else:
            return False
        return True

    def typed(self, text: str) -> None:
        """Digits from a real keyboard."""
        if text.isascii() and text.isdigit():
            self._write(self.digits + text)


def _signed(change: int, face: MoneyFace) -> str:
    """A step as it stands on its tile: "+ 0.50", "− 5", "+ 15 min"."""
    called = dict(zip(face.steps, face.step_words, strict=False)).get(abs(change)) or bare_price(abs(change))
    return f"{'+' if change > 0 else '−'} {called}"


load(__file__)
