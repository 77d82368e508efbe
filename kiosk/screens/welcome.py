"""Before there is a shop: how it begins."""

from kiosk.faces import WelcomeFace
from kiosk.screens import hands, theme
from kiosk.screens.boxes import Box
from kiosk.screens.screen import Errand, load

__all__ = ["WelcomeScreen", "hands"]


class WelcomeScreen(Errand[WelcomeFace]):
    """One invitation, and a circle for each badge that it takes."""

    def may_leave(self, face: WelcomeFace) -> bool:
        """Before the first badge there is nothing to leave."""
        return face.frame.leave and face.dots_filled > 0

    def draw(self, face: WelcomeFace, box: Box) -> None:
        """Draws it."""
        gap = self.u(theme.GAP)
        box = self.ids.ways.cut(face.choices, box, self.choose)
        mark, rest = box.cut_bottom(self.u(240), gap) if self.tall else box.cut_right(self.u(240), self.u(32))
        self.ids.mark.say("badge", "", mark)
        size = 88
        high = self.ids.hands.high(face.dots, True, size, rest.w)
        place, rest = rest.cut_bottom(high, gap)
        self.ids.hands.say(face.dots_filled, face.dots, face.names, place, size)
        self.ids.words.say(face.words, rest)


load(__file__)
