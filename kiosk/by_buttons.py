"""A screen walked with the three buttons: what a press does to it, and what is marked on the face that follows."""

from msgspec.structs import replace

from kiosk.faces import Face, Touch
from kiosk.views.appearing import what_it_is
from kiosk.views.ways import marked_on, ways
from kiosk.visit.places import NOWHERE, Visit
from kiosk.visit.walking import follow, press


class ByButtons:
    """Knows, from a press until the next face, whether that press has moved the mark."""

    def __init__(self) -> None:
        self._moved = False

    def press(self, visit: Visit, button: str, shown: Face | None, now: int) -> tuple[Visit, Touch | None]:
        """The visit after a press, and the touch that it stands for, if any. now: monotonic milliseconds."""
        found = ways(shown, visit.letters) if shown is not None else ()
        after, touch = press(visit, button, found, now)
        self._moved = touch is None
        return after, touch

    def marked(self, visit: Visit, before: Face | None, shown: Face) -> Visit:
        """Another screen is walked from its beginning; on the same one whatever was marked stays so."""
        if visit.at == NOWHERE or before is None:
            return visit
        moved, self._moved = self._moved, False
        if what_it_is(before) != what_it_is(shown):
            return replace(visit, at=0, letters="")
        return visit if moved else follow(visit, marked_on(before), ways(shown, visit.letters))
