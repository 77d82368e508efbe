"""What the kiosk says over a screen: what was not possible, and what to do. Any touch takes it away."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.faces import Said, Touch
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.frame import BAND
from kiosk.screens.pieces import Piece
from kiosk.screens.screen import load
from kiosk.screens.theme import Colour

PAINTED: Mapping[str, tuple[Colour, Colour]] = {
    "trouble": (theme.INK, theme.CARD),
    "done": (theme.DONE, theme.CARD),
    "plain": (theme.CARD, theme.INK),
}
"""The sheet and its words, by tone. What is not possible is ink: the alarm's red is not for people's mistakes."""

ON_BLACK = (theme.CARD, theme.INK)
"""The same where the paper is black: the sheet is what the paper was."""


class Sheet(Piece):
    """A sheet at the foot of the screen, and a veil over the rest."""

    def __init__(self, say: Callable[[Touch], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._say = say

    def draw(self, said: Said, screen: Box, *, black: bool = False, band: bool = False) -> None:
        """Draws it, as high as its words need. black: what is under it is black. band: with alarms at its foot."""
        ids = self.ids
        screen = screen.cut_bottom(self.u(BAND) if band else 0)[1]
        self.put(screen)
        ids.veil.put(screen)
        fill, ink = ON_BLACK if black and said.tone == "trouble" else PAINTED[said.tone]
        ids.slab.fill, ids.words.ink, ids.mend.ink, ids.picture.ink = fill, ink, ink, ink
        room = screen.inset(self.u(theme.GAP)).inset(self.u(32))
        size = self.u(88) if said.icon else 0
        wide = room.w if self.height > self.width else room.w - size - self.u(32)
        mend_high = ids.mend.fitted(said.mend, (wide, room.h * 0.4)).height if said.mend else 0
        high = ids.words.fitted(said.words, (wide, room.h - mend_high - self.u(16))).height
        self._place(said, screen, size, high, mend_high)

    def _place(self, said: Said, screen: Box, size: int, high: int, mend_high: int) -> None:
        ids, gap = self.ids, self.u(12) if mend_high else 0
        text_high = high + gap + mend_high
        upright = screen.h > screen.w
        content = size + self.u(24) + text_high if upright else max(size, text_high)
        outer = screen.inset(self.u(theme.GAP))
        slab, _ = outer.cut_bottom(max(content + self.u(64), outer.h * (0.4 if upright else 0.45)))
        ids.slab.put(slab)
        inner = slab.inset(self.u(32)).middle(slab.w - self.u(64), content)
        picture, text = inner.cut_top(size, self.u(24)) if upright else inner.cut_left(size, self.u(32))
        ids.picture.say(said.icon, Box(picture.x, inner.top - size, size, size))
        text = text if upright else text.middle(text.w, text_high)
        upper, lower = text.cut_top(high, gap)
        ids.words.say(said.words, upper)
        ids.mend.say(said.mend, lower)

    def on_touch_down(self, touch: Any) -> bool:
        """Kivy says a finger came down: the sheet is read, and the screen under it hears nothing."""
        del touch
        self._say(Touch("stay"))
        return True


load(__file__)
