"""What the wall says of the jar and of the shelf: how full it is, when it is shared out, which tools are out."""

from collections.abc import Callable
from typing import Any

from kiosk.faces import JarOnWall, WallFace
from kiosk.screens import jar, theme, wording
from kiosk.screens.areas import NOTHING_TO_SAY, Area, Heights, Listed
from kiosk.screens.areas_circle import PointLine
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Piece
from kiosk.screens.screen import load
from kiosk.screens.touchables import Touchable
from kiosk.tongue import right_to_left

__all__ = ["JarColumn", "JarLine", "Out", "jar"]


class JarCard(Touchable):
    """A card with the jar on it; a touch opens the jar's page."""

    def lay(self, on_wall: JarOnWall, box: Box, choose: Callable[[str], None] | None) -> None:
        """Takes its place, and a touch where there is something to open."""
        key = on_wall.key
        self.touched = self.says = None
        if choose is not None and key:
            self.chooses(key, choose)
        self.put(box)


class JarColumn(JarCard):
    """The jar as a column of the large wall: the sum, when it is shared out, the jar itself, the proposals."""

    def say(self, on_wall: JarOnWall, box: Box, choose: Callable[[str], None] | None) -> None:
        """Draws it."""
        self.lay(on_wall, box, choose)
        ids, inner = self.ids, box.inset(self.u(20), self.u(20))
        for name, text, gap in (
            ("fund", on_wall.fund, 0),
            ("sum", on_wall.glass.sum, 0),
            ("what", on_wall.what, 16),
        ):
            high = ids[name].high(text, inner.w)
            place, inner = inner.cut_top(high, self.u(gap) if high else 0)
            ids[name].say(text, place)
        high = ids.foot.high(on_wall.foot, inner.w)
        place, inner = inner.cut_bottom(high, self.u(16) if high else 0)
        ids.foot.say(on_wall.foot, place)
        ids.glass.say(on_wall.glass, inner, on_wall.fund)


class JarLine(Area):
    """The jar in a line: small, with its sum and when it is shared out."""

    rank = 1

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose: Callable[[str], None] | None = None

    def _parts(self, box: Box) -> tuple[Box, Box]:
        inner = box.inset(self.u(8))
        return inner.cut_left(min(inner.h * 0.8, box.w * 0.165), self.u(10))

    def heights(self, face: WallFace, wide: float) -> Heights:
        """As high as the sum, and when it is shared out."""
        if face.jar is None:
            return NOTHING_TO_SAY
        text = self._parts(Box(0, 0, wide, self.u(88)))[1]
        low = self.ids.what.high(self._what(face.jar), text.w)
        line = self.u(30 if right_to_left() else 24)  # what stands above and below letters needs more in Arabic
        return min(low, line) + self.u(36 + 12), max(
            low + self._sum_high(face.jar, text.w) + self.u(16), self.u(88)
        )

    def _sum_high(self, on_wall: JarOnWall, wide: float) -> float:
        return float(self.ids.sum.high(on_wall.glass.sum, wide))

    def _what(self, on_wall: JarOnWall) -> str:
        return " · ".join(part for part in (on_wall.fund, on_wall.what) if part)

    def say(self, face: WallFace, box: Box) -> None:
        """Draws it."""
        on_wall = face.jar
        if on_wall is None:
            return
        self.put(box)
        ids = self.ids
        ids.card.lay(on_wall, box, self.choose)
        glass, text = self._parts(box)
        ids.glass.say(on_wall.glass, glass, on_wall.fund)
        what = self._what(on_wall)
        if ids.what.high(what, text.w) + self.u(36 + 12) > box.h:  # in one line, where there is no room for two
            what = next((each for each in (what, on_wall.what, on_wall.fund) if ids.what.wide(each) <= text.w), "")
        low = min(ids.what.high(what, text.w), text.h - self.u(30))
        high = ids.sum.fitted(on_wall.glass.sum, (text.w, text.h - low)).height
        upper, lower = text.middle(text.w, high + low).cut_top(high)
        ids.sum.say(on_wall.glass.sum, upper)
        ids.what.say(what, lower)


class Out(Listed):
    """Which tools are out, and with whom; one that is overdue has the warning before it."""

    rank = 4
    heading = wording.WORDS["WHAT_IS_OUT"]

    def one(self) -> Piece:
        """A new row."""
        return PointLine()

    def count(self, face: WallFace) -> int:
        """How many there are."""
        return len(face.tools)

    def high(self, line: PointLine, face: WallFace, index: int, wide: float) -> float:
        """How high one of them is, in pixels."""
        return line.high(face.tools[index], wide)

    def tell(self, line: PointLine, face: WallFace, index: int, box: Box) -> None:
        """Draws one."""
        line.say(face.tools[index], box)
        if face.tools[index].mark == "warning":
            line.ids.picture.ink = theme.ALARM


load(__file__)
