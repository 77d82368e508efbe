"""The vote in progress, around its ballot box: what goes in, and how little may be known of it outside.

What is pressed goes into the box and comes out with the closing alone; all else that is said of it is how many have
pressed, which candidate is up, and when the buttons rest.
"""

from collections.abc import Sequence
from typing import Literal, cast

from msgspec.structs import replace

from kiosk.amounts import EntryId, Handle
from kiosk.ballot_box import Answer, Approvals, Begun, ShowOfHands, Taken, remember
from kiosk.commands import (
    CloseApproval,
    CloseFriday,
    CloseRound,
    Command,
    Hush,
    OpenApproval,
    OpenFriday,
    OpenRound,
)
from kiosk.faces import Touch
from kiosk.outward import Light
from kiosk.rules.approvals import Approving, approving, vote_of
from kiosk.rules.votes import counts_told, total, unanimous
from kiosk.state import State
from kiosk.visit.circle_places import Booth, Voting
from kiosk.visit.hearing import ANSWERS, Heard, Pressed
from kiosk.visit.places import Place
from kiosk.visit.step import Tick
from kiosk.visit.voting import BoxTold

OPENS_BOOTH, COUNTS_BALLOTS = (OpenApproval, OpenFriday), (CloseApproval, CloseFriday)
"""Commands that open a round of approvals, and those that its ballots are sealed with."""


class OpenVote:
    """The box while a vote is open, and between votes how quiet the rounds were of which no count is told."""

    def __init__(self) -> None:
        self._box: ShowOfHands | Approvals | None = None
        self._hush = Hush()
        self._of: EntryId | None = None

    @property
    def has_box(self) -> bool:
        """Whether there is a box to press into."""
        return self._box is not None

    @property
    def is_shut(self) -> bool:
        """Whether no ballot is taken any more, since something is known of those inside."""
        return isinstance(self._box, Approvals) and self._box.is_shut

    # --- what goes in ---

    def answer_in(self, heard: Heard | Touch | Tick, place: Place) -> Answer | None:
        """What was pressed, on a button or on the screen, while a vote is open and not being stopped."""
        if not isinstance(place, Voting | Booth) or place.stopping or self._box is None:
            return None
        pressed = heard.button if isinstance(heard, Pressed) else ""
        if isinstance(heard, Touch) and heard.verb == "choose":
            pressed = heard.value.removeprefix("press:") if heard.value.startswith("press:") else ""
        return cast(Answer, pressed) if pressed in ANSWERS else None

    def press(self, answer: Answer, now: int) -> BoxTold:
        """Into the box; from here on nobody knows which of the three it was. now: monotonic milliseconds."""
        assert self._box is not None
        return _says(self._box, self._box.press(answer, now))

    def begin(self, handle: Handle, now: int) -> BoxTold | None:
        """One badge, one ballot: the box opens it, or says why not; None where there are no ballots."""
        return _says(self._box, self._box.begin(handle, now)) if isinstance(self._box, Approvals) else None

    def not_begun(self, why: Literal["voted elsewhere", "unheard"]) -> BoxTold:
        """The ballot that was just opened is none: the other kiosks don't let it be."""
        assert self._box is not None
        self.forget()
        return replace(_says(self._box, "left"), taken=why)

    def take_back(self, now: int) -> BoxTold | None:
        """A hand that comes down on several buttons, one a moment before the others, has pressed none."""
        taken = isinstance(self._box, ShowOfHands) and self._box.take_back(now)
        return _says(self._box, "counted") if taken and self._box is not None else None

    def forget(self) -> None:
        """The ballot that lies open is nobody's any more."""
        if isinstance(self._box, Approvals):
            self._box.forget()

    def shut(self) -> None:
        """Take no ballot any more."""
        if isinstance(self._box, Approvals):
            self._box.shut()

    def rest_after(self, was: Place, now: Place, mono: int) -> None:
        """When a vote goes on after all, the button that said so is not a press. mono: milliseconds."""
        stopped = isinstance(was, Voting) and was.stopping and isinstance(now, Voting) and not now.stopping
        if stopped and isinstance(self._box, ShowOfHands):
            self._box.rest(mono)

    def pass_time(self, now: int) -> BoxTold | None:
        """Forget a ballot that nobody goes on with, which is to be said, and which press was the last."""
        if isinstance(self._box, ShowOfHands):
            self._box.settle(now)
        left = isinstance(self._box, Approvals) and self._box.leave(now)
        return _says(self._box, "left") if left and self._box is not None else None

    # --- where other kiosks have a box of the same vote ---

    @property
    def inside(self) -> int:
        """How many ballots lie in the box that is here."""
        return self._box.inside if isinstance(self._box, Approvals) else 0

    @property
    def pressed(self) -> int:
        """How many have voted, here and elsewhere."""
        return self._box.pressed if self._box is not None else 0

    def open_too(self, approvals: Approving) -> None:
        """Have a box too, of a vote that was opened at another kiosk."""
        self._box, self._of = Approvals(approvals.candidates, approvals.roll), approvals.id

    def count_elsewhere(self, count: int) -> None:
        """How many ballots lie in the other boxes."""
        if isinstance(self._box, Approvals):
            self._box.count_elsewhere(count)

    def hand_over(self, *, level: bool) -> tuple[int, ...]:
        """Shut and empty it; see `Approvals.hand_over`."""
        return self._box.hand_over(level=level) if isinstance(self._box, Approvals) else ()

    def fits(self, ballots: Sequence[int]) -> bool:
        """Whether these can have been in another box of this vote."""
        return isinstance(self._box, Approvals) and self._box.fits(ballots)

    def take_in(self, ballots: Sequence[int]) -> None:
        """What was in another box."""
        if isinstance(self._box, Approvals):
            self._box.take_in(ballots)

    def changed_elsewhere(self, now: int) -> BoxTold | None:
        """How it stands, where it stands otherwise at another kiosk. now: when that was heard, as elsewhere."""
        if self._box is None:
            return None
        told = _says(self._box, "so far")
        return replace(told, rests=max(told.rests, now))

    # --- what may be known ---

    def so_far(self, before: Place, place: Place) -> BoxTold | None:
        """Whoever comes back to an open vote is told how many have pressed; nobody's ballot is open there."""
        if not isinstance(place, Voting | Booth) or type(before) is type(place) or self._box is None:
            return None
        self.forget()
        return _says(self._box, "so far")

    def light(self, place: Place, now: int) -> Light:
        """The three lamps are always alike: lit while one may press, dark while they rest or wait for a badge."""
        box = self._box
        if not isinstance(place, Voting | Booth) or box is None or box.full or place.stopping:
            return "off"
        waiting = isinstance(box, Approvals) and box.up is None
        return "rest" if waiting or now < place.rests else "press"

    # --- how it begins and ends ---

    def with_ballots(self, command: Command) -> Command:
        """What was pressed goes with the counting, and with nothing else."""
        if isinstance(command, CloseRound) and isinstance(self._box, ShowOfHands):
            return CloseRound(self._box.count(), self._hush)
        if isinstance(command, COUNTS_BALLOTS) and isinstance(self._box, Approvals):
            return replace(command, ballots=self._box.ballots())
        return command

    def went_on(self, command: Command, told: bool | None, state: State, now: int) -> None:
        """A new round has a new box; one that ended has none. told: whether its counts were; None for no round."""
        approvals, opened = approving(state), vote_of(state)
        if opened != self._of:
            # Another kiosk may have ended it, and begun one of its own.
            self._box, self._of = None, opened
        if opened is None:
            self._box = None
        elif isinstance(command, OpenRound) and state.circle is not None and state.circle.round is not None:
            self._box = ShowOfHands(len(state.circle.round.roll), now)
        elif isinstance(command, OPENS_BOOTH) and approvals is not None:
            self._box = Approvals(approvals.candidates, approvals.roll)
        if isinstance(command, CloseRound):
            if told is False and total(command.ballots):
                self._hush = remember(self._hush, unanimous=unanimous(command.ballots))
            if not state.dissent.hidden:
                self._hush = Hush()


def counts_are_told(command: Command, state: State) -> bool | None:
    """Whether the counts of the round that a command closes are told; None where it closes none."""
    if not isinstance(command, CloseRound) or state.circle is None or state.circle.round is None:
        return None
    return counts_told(state.circle.round, command.ballots, state)


def _says(box: ShowOfHands | Approvals, what: Taken | Begun | Literal["left", "so far"]) -> BoxTold:
    """What a box says to the visit: how many have pressed, and how far a ballot is; nothing of what was pressed."""
    up = box.up if isinstance(box, Approvals) else None
    return BoxTold(what, box.pressed, box.rests, up)
