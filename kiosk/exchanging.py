"""A copy of the record that lies ready, and what is so once it has taken the place of this record."""

from collections.abc import Callable

from kiosk.commands import PutInPlace, Refusal
from kiosk.rules.copies import Copies
from kiosk.store.errors import StoreError
from kiosk.visit.ground import Answered


class Exchanging:
    """Knows what lies ready; and once another record is decided on, that this one is over.

    look: how it stands with copies; it may raise StoreError. put_in_place: called when the hands for one are
    complete, and gives why not, or None.
    """

    def __init__(self, look: Callable[[], Copies], put_in_place: Callable[[PutInPlace], Refusal | None]) -> None:
        self._look = look
        self._put_in_place = put_in_place
        self._shown = ""
        self.copies = Copies()
        self.over = False

    def look(self) -> None:
        """See what lies ready now; where the record can't be read, that is said elsewhere."""
        try:
            self.copies = self._look()
        except StoreError:
            return

    def offers_another(self) -> bool:
        """Whether a copy lies ready that was not shown by itself before; later people find the way to it."""
        offered = self.copies.offered
        if offered is None or offered.root == self._shown:
            return False
        self._shown = offered.root
        return True

    def put(self, command: PutInPlace) -> Answered:
        """Another record takes the place of this one; from then on nothing is written into this one any more."""
        try:
            refused = self._put_in_place(command)
        except StoreError as trouble:
            return Answered(command=command, failed=str(trouble))
        self.over = refused is None
        return Answered(command=command, refusal=refused)
