"""How long it was: the amount between − and +, the giver's balance with the room left, and who taps next."""

from functools import partial
from typing import Any

from kivy.clock import Clock

from kiosk.amounts import STEP
from kiosk.faces import DialFace, Touch
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Tile, Touchable

BEFORE_REPEAT, BETWEEN = 0.5, 0.15
"""Seconds a finger rests on − or + until it counts on, and between two steps then."""

LEAST_AMOUNT = 52
"""Units of height below which the amount would no longer be the largest thing."""


class Turn(Touchable):
    """− or +. It acts when the finger comes down, and again while it rests."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._again: Any = None

    def say(self, icon: str, able: bool, box: Box) -> None:
        """Draws it."""
        self.able = able
        self.put(box)
        size = self.u(48)
        self.ids.picture.ink = self.now.ink
        self.ids.picture.say(icon, box.middle(size, size))
        if not able:
            self._rest()

    def on_touch_down(self, touch: Any) -> bool:
        """Kivy says a finger came down: one step at once."""
        if not super().on_touch_down(touch):
            return False
        self._step(0)
        self._again = Clock.schedule_once(self._repeat, BEFORE_REPEAT)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Kivy says the finger left: no more steps."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self.pressed = False
        self._rest()
        return True

    def _step(self, _: float) -> None:
        if self.pressed and self.able and self.touched is not None and self.get_root_window() is not None:
            self.touched()

    def _repeat(self, _: float) -> None:
        self._step(0)
        if self.pressed and self.get_root_window() is not None:
            self._again = Clock.schedule_once(self._repeat, BETWEEN)

    def _rest(self) -> None:
        if self._again is not None:
            self._again.cancel()
            self._again = None


class DialScreen(Errand[DialFace]):
    """The amount is the largest thing; the strip below says who taps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = Crowd[Tile](self, lambda: Tile(stand="only", picture=24, steps=[20]))
        self._turn_by(STEP)

    def _turn_by(self, by: int) -> None:
        """What one touch of less and more turns it by."""
        for turn, minutes in ((self.ids.less, -by), (self.ids.more, by)):
            turn.says = Touch("turn", str(minutes))
            turn.touched = partial(self.say, turn.says)

    def draw(self, face: DialFace, box: Box) -> None:
        """Draws the dial."""
        self._turn_by(face.step)
        gap = self.u(theme.GAP)
        rest = self._foot(face, box)
        rest = self._extra(face, rest)
        if self.tall:
            turns, rest = rest.cut_bottom(self.u(96), gap)
            less, more = turns.columns(2, gap)
        else:
            less, rest = rest.cut_left(self.u(88), gap)
            more, rest = rest.cut_right(self.u(88), gap)
        self.ids.less.say("minus", face.less, less)
        self.ids.more.say("plus", face.more, more)
        self.ids.card.put(rest)
        self._card(face, rest.inset(self.u(12), self.u(8)))

    def _foot(self, face: DialFace, box: Box) -> Box:
        """Who taps now, and with several receivers the touch that books; gives what is left."""
        gap = self.u(theme.GAP)
        prompt, book = self.ids.prompt, self.ids.book
        prompt.fill = theme.INK if face.book else theme.HOURS
        high = self.u(theme.TOUCH + (16 if self.tall else 0))
        place, rest = box.cut_bottom(high, gap)
        book.show(face.book is not None)
        if face.book is not None:
            if self.tall:
                booking, place = place, rest.cut_bottom(high, gap)[0]
                rest = rest.cut_bottom(high, gap)[1]
            else:
                booking, place = place.cut_right(place.w * 0.42, gap)
            book.say(face.book, booking, self.choose)
        prompt.say("badge", face.prompt, place)
        return rest

    def _extra(self, face: DialFace, box: Box) -> Box:
        """Ways aside: in a line, or two by two; gives what is left."""
        self.extra.keep(len(face.extra))
        if not face.extra:
            return box
        gap, high = self.u(theme.GAP), self.u(theme.TOUCH)
        across = 2 if self.tall else len(face.extra)
        down = -(-len(face.extra) // across)
        line, rest = box.cut_bottom(down * high + (down - 1) * gap, gap)
        for tile, choice, cell in zip(self.extra, face.extra, line.grid(across, down, gap), strict=False):
            tile.say(choice, cell, self.choose)
        return rest

    def under_title(self, face: DialFace) -> str:
        """Who has tapped so far, and each one's part."""
        return " · ".join(f"{who} {part}" for who, part in face.taken)

    def _card(self, face: DialFace, box: Box) -> None:
        """From below: a warning, the room left, the bar; the amount takes the rest."""
        ids, small = self.ids, self.u(8)
        room_words = face.bar.words
        if face.warning and self._amount_high(face, box) < self.u(LEAST_AMOUNT):
            room_words = ""  # the warning says what it says, and more
        for name, text in (("warning", face.warning), ("room", room_words)):
            high = ids[name].high(text, box.w)
            place, box = box.cut_bottom(high, small if high else 0)
            ids[name].say(text, place)
        tight = self._amount_high(face, box) < self.u(LEAST_AMOUNT)
        place, box = box.cut_bottom(self.u(20), self.u(6 if tight else 14))
        ids.bar.say(face.bar, place.inset(self.u(8), 0))
        ids.amount.say(face.amount, box)

    def _amount_high(self, face: DialFace, box: Box) -> float:
        """What is left for the amount when everything is said."""
        said = self.ids.warning.high(face.warning, box.w) + self.ids.room.high(face.bar.words, box.w)
        return box.h - float(said) - self.u(8 + 8 + 20 + 14)


load(__file__)
