"""What the record tells of the month that a potluck looks back at."""

import logging
from collections.abc import Callable

from kiosk.figures import Audit
from kiosk.store.errors import StoreError
from kiosk.visit.places import Idle, Place
from kiosk.visit.potluck_places import Potluck

log = logging.getLogger(__name__)


class LookingBack:
    """Asks for a month until it has it, so that no number changes in the middle of an evening; and forgets it when
    everybody has gone.

    audit: what was counted of a month, answered at once: the house waits for it, so it must not read the record for
    it. None while it is not counted. It may raise StoreError or ValueError.
    """

    def __init__(self, audit: Callable[[str], Audit | None]) -> None:
        self._audit = audit
        self._found: tuple[str, Audit] | None = None

    def at(self, place: Place) -> Audit | None:
        """The month's numbers where there is a potluck; None elsewhere, and where they can't be read."""
        if isinstance(place, Idle):
            self._found = None
        if not isinstance(place, Potluck):
            return None
        if self._found is None or self._found[0] != place.period:
            audit = self._read(place.period)
            self._found = (place.period, audit) if audit is not None else None
        return self._found[1] if self._found else None

    def _read(self, period: str) -> Audit | None:
        try:
            return self._audit(period)
        except (StoreError, ValueError) as trouble:
            log.warning("the numbers of %s can’t be read: %s", period, trouble)
            return None
