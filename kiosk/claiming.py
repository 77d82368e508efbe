"""One ballot for each person in the whole building: claimed before it begins, and without an answer it doesn't.

Only that a claim was made goes out, never what is pressed.
"""

from typing import Literal

from kiosk.amounts import EntryId, Handle
from kiosk.core import Core
from kiosk.rules.approvals import approving


class Claiming:
    """What the house asks the other kiosks about a vote by badge; nothing, where there are none."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._known: EntryId | None = None
        self._bound = False

    def follow(self) -> None:
        """A vote by badge may have begun or ended: bind it to the claims that are kept, or let them go."""
        opened = approving(self._core.state)
        now = opened.id if opened is not None else None
        if now == self._known:
            return
        if self._known is not None and self._core.others:
            self._core.turns.close_round(self._known)
        self._known, self._bound = now, False
        self._bind()

    def ballot(self, handle: Handle) -> Literal["", "voted elsewhere", "unheard"]:
        """Claim somebody's ballot; "" when it may begin."""
        if not self._core.others:
            return ""
        if self._known is None:
            return "unheard"
        if not self._bind():
            return "unheard"
        claimed = self._core.turns.ballot(self._known, handle)
        if claimed == "won":
            return ""
        return "voted elsewhere" if claimed == "lost" else "unheard"

    def _bind(self) -> bool:
        """Once for each vote, where it was opened; where nobody is heard it is tried again with the next ballot."""
        if self._known is not None and not self._core.takes(self._known):
            return True
        if self._known is not None and self._core.others and not self._bound:
            self._bound = self._core.turns.open_round(self._known) == "won"
        return self._bound
