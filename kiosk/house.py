"""The inbox and the thread behind it: whatever is heard is taken one at a time, and the screen is told.

Devices and fingers only put something into the inbox. Everything that judges, writes and folds happens in
this one thread, so a slow card never freezes the screen, and no two things happen at once.
"""

import contextlib
import logging
import queue
import secrets
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Literal, TypeVar, cast

from msgspec.structs import replace

from kiosk import tongue
from kiosk.amounts import EntryId, Handle, Moment
from kiosk.ballot_box import Answer, Approvals, Begun, ShowOfHands, Taken, remember
from kiosk.box import Box
from kiosk.commands import (
    AddKiosk,
    AttachPhoto,
    CloseApproval,
    CloseFriday,
    CloseRound,
    Command,
    Hush,
    NoteProgram,
    OpenApproval,
    OpenFriday,
    OpenRound,
    PutInPlace,
    Refusal,
    TakeCoin,
    VoidRound,
)
from kiosk.commands import Found as FoundShop
from kiosk.core import Booked, Core
from kiosk.counted import Counted
from kiosk.events import CircleClosed, Found, FridayClosed
from kiosk.faces import Alarm, Face, Said, Touch
from kiosk.figures import Audit
from kiosk.invited import Invited
from kiosk.patience import Patience
from kiosk.post import ALONE, Street
from kiosk.rules.approvals import approving, vote_open
from kiosk.rules.copies import Copies
from kiosk.rules.votes import counts_told, total, unanimous
from kiosk.seal_key import Sealed, SealKeyError
from kiosk.settings import Read
from kiosk.store.errors import StoreDamagedError, StoreError
from kiosk.template import Template
from kiosk.tongue import later
from kiosk.traces import trace
from kiosk.views import DeviceTrouble, Scene, alarms, face, seal_hangs
from kiosk.views.aloud import Reader, sentences
from kiosk.views.appearing import what_it_is
from kiosk.views.card import CARD, card_state, not_kept
from kiosk.views.plain import said_over, wall_without
from kiosk.views.potluck import told
from kiosk.views.scene import device_alarms
from kiosk.views.ways import marked_on, ways
from kiosk.visit import IDLE, Answered, Heard, Surroundings, Tick, Visit, step
from kiosk.visit.checking_up import of_the_test
from kiosk.visit.checkup_places import Tryout
from kiosk.visit.circle_places import Booth, Outcome, Voting
from kiosk.visit.hearing import (
    ANSWERS,
    CoinHeard,
    DeviceTold,
    HeldTogether,
    LabelSeen,
    LetterScanned,
    Misread,
    Pressed,
    PressedTwo,
    Released,
    Tapped,
)
from kiosk.visit.housing import offered, waiting
from kiosk.visit.places import NOWHERE, CopyOffered, Idle, NoBadge, Place, Seal, leave, say, start
from kiosk.visit.potluck_places import Potluck
from kiosk.visit.tongues import is_read
from kiosk.visit.voting import TRIES_AGAIN, BoxTold
from kiosk.visit.walking import follow, press, walked

log = logging.getLogger(__name__)

T = TypeVar("T")

Cue = Literal["heard", "done", "not possible", "vote"]
"""What the sounder says; "vote" is the same for all three buttons."""

Light = Literal["off", "press", "rest"]
"""The three lamps in the buttons, always all alike: no vote, press now, the buttons rest."""

OPENS_BOOTH, COUNTS_BALLOTS = (OpenApproval, OpenFriday), (CloseApproval, CloseFriday)
"""Commands that open a round of approvals, and those that its ballots are sealed with."""

SEALED_AFTER = (CircleClosed, FridayClosed)
"""After these the record is sealed, for everybody to photograph."""

RECORD = "record"
"""Stands among the devices that are not well when an entry can't be read."""

KIOSK = "kiosk"
"""Stands there once something of the kiosk's own went wrong, until it is started again."""

THREAD = "house"
"""The name of its thread."""

MOST_FAULTS = 100
"""Different ones that are logged in one run: what fails all the time must not fill the card."""

SLOW = 0.3
"""Seconds of writing after which people are told that it goes on."""

WRITING = Said(
    words=later("Writing it down …"),
    mend=later("The memory card is slow just now. One moment."),
    icon="clock",
    tone="plain",
)
STILL = Said(
    words=later("Still writing …"),
    mend=later("That did not count. Try again when this is gone."),
    icon="clock",
    tone="plain",
)

NO_CLAIMS = Refusal(
    "no claims", "This kiosk can’t settle yet who writes when. Whoever tends it looks at kiosk doctor."
)
"""What is said instead of letting in another kiosk, which could then stop this one."""

MEANT = Touch | Tapped | LabelSeen | LetterScanned | Misread | Pressed | PressedTwo | HeldTogether
"""What people do on purpose. While the kiosk writes nobody can see what it would be meant for."""

ASKS, HOLDS = "abstain", 2_000
"""The button that is held by whoever wants to be read to, and for how many milliseconds."""

JUST_APPEARED = 400
"""Milliseconds after another screen was shown in which a button is not yet meant for it: the three tenths of a
second in which a finger isn't, and the tenth that a press takes to be told."""

A_RESULT_STAYS = 1_400
"""The same for what came of a vote: a press too many, made when all were in, does not take it away unread."""

WELL = ("ready", "starting", "stopped")
"""States of a device that are no alarm."""


class House:
    """Takes what is heard, keeps the visit, and shows faces.

    show: called with each new face, from the house's thread. cue: called with what is to be heard. told_alarms:
    called with all that is wrong, whenever that changes, and first with what is wrong at the start. let_coins_in:
    called with False while a coin that fell could not be written down. light: called with how the three button
    lamps are to be. alive: called every fifteen seconds at least while the house lives. view: makes the faces.
    draw: a random whole number below the one given. photos: which photos of the whiteboard wait. keep_photo: called
    with one that was attached. copies: how it stands with copies of the record; put_in_place: called when the hands
    for one are complete, and gives why not, or None: then this house is over, and what still falls is given to
    take_along, which writes it into the copy. sealing: makes the checkpoint of all
    that is on the disk, signed. language: the shop's, spoken where a visit has none of its own. box: how the box
    is. try_out: called with a lamp or a tone that is to be tried ("lamp:yes", "tone:done"). say: called with what
    is to be read aloud, and in which language, instead of what is being read; with "" for silence. voice: when it
    is read aloud; size: by how many steps type is larger, where nobody has chosen. audit: what the record tells of
    a month. counted: what was counted of the last month and quarter. street: what there is for the neighbours.
    invited: a kiosk that wants to be let in.

    The ballot box is here and nowhere else: what is pressed while a vote is open goes into it, and a visit only
    hears that one more has pressed, or which candidate is up.
    """

    def __init__(
        self,
        core: Core,
        shop: str,
        *,
        show: Callable[[Face], None],
        cue: Callable[[Cue], None] = lambda _: None,
        told_alarms: Callable[[tuple[Alarm, ...]], None] = lambda _: None,
        let_coins_in: Callable[[bool], None] = lambda _: None,
        light: Callable[[Light], None] = lambda _: None,
        view: Callable[[Visit, Scene], Face] = face,
        alive: Callable[[], None] = lambda: None,
        draw: Callable[[int], int] = secrets.randbelow,
        photos: Callable[[], tuple[str, ...]] = tuple,
        keep_photo: Callable[[str], None] = lambda _: None,
        copies: Callable[[], Copies] = Copies,
        put_in_place: Callable[[PutInPlace], Refusal | None] = lambda _: None,
        take_along: Callable[[Sequence[TakeCoin]], None] = lambda _: None,
        box: Callable[[], Box] = Box,
        try_out: Callable[[str], None] = lambda _: None,
        sealing: Callable[[Moment], Sealed] | None = None,
        template: Callable[[], Template | None] = lambda: None,
        counted: Callable[[], Counted | None] = lambda: None,
        language: str = tongue.ENGLISH,
        say: Callable[[str, str], None] = lambda _words, _language: None,
        voice: Read = "off",
        size: int = 0,
        audit: Callable[[str], Audit | None] = lambda _: None,
        street: Street = ALONE,
        invited: Callable[[], Invited | None] = lambda: None,
    ) -> None:
        self._core = core
        self._shop = shop
        self._language = language
        self._voice, self._size = voice, size
        self._reader = Reader(say)
        self._audit = audit
        self._street = street
        self._look_at_invited, self._invited, self._invited_shown = invited, invited(), ""
        self._audited: tuple[str, Audit | None] | None = None
        self._hold_asks = False
        self._moved = False
        self._show = show
        self._view = view
        self._cue = self._outward("a tone", cue)
        self._told_alarms = self._outward("word of the alarms", told_alarms)
        self._wrong: tuple[object, ...] | None = None
        self._let_coins_in = self._outward("the coin gate", let_coins_in)
        self._light = self._outward("the lamps", light)
        self._alive = alive
        self._draw = draw
        self._photos = photos
        self._keep_photo = keep_photo
        self._look, self._put_in_place, self._take_along = copies, put_in_place, take_along
        self._copies, self._copy_shown, self._over = Copies(), "", False
        self._look_at_box, self._try_out, self._how = box, try_out, Box()
        self._appeared = 0
        self._sealing = sealing
        self._template = template
        self._counted = counted
        self._hanging: Sealed | None = None
        self._box: ShowOfHands | Approvals | None = None
        self._voids_at = 0
        self._hush = Hush()
        self._lit: Light = "off"
        self._owed: list[TakeCoin] = []
        self._unnoted: tuple[str, str] | None = None
        self._gate_open = True
        self._writes_at = 0
        self._stumbled_over: set[str] = set()
        self._put_off: deque[Heard | Touch | Tick | Callable[[], None] | None] = deque()
        self._patience = Patience(SLOW, lambda: self._lay_over(WRITING))
        self._inbox: queue.Queue[Heard | Touch | Tick | Callable[[], None] | None] = queue.Queue(maxsize=1000)
        self._visit = IDLE
        self._devices: dict[str, DeviceTrouble] = {}
        self._shown: Face | None = None
        self._thread = threading.Thread(target=self._live, name=THREAD, daemon=True)

    @property
    def quiet(self) -> bool:
        """Whether nobody is here and no vote is open; from any thread, for what can wait."""
        return isinstance(self._visit.place, Idle) and self._box is None and self._core.state.circle is None

    @property
    def founded(self) -> bool:
        """Whether there is a shop; from any thread."""
        return self._core.state.founded is not None

    @property
    def voting(self) -> bool:
        """Whether a vote is open; from any thread."""
        return self._box is not None or self._vote_open()

    def ask(self, question: Callable[[], None]) -> None:
        """Call this in the house's thread, after all that was heard before."""
        self._inbox.put(question)

    def book(self, command: Command, answered: Callable[[Answered], None]) -> None:
        """Ask for something that nobody at the kiosk asked for: letters come and go. Called back in this thread."""

        def in_turn() -> None:
            answered(self._ask(command))
            self._tell()

        self._inbox.put(in_turn)

    def hear(self, heard: Heard | Touch | Tick) -> None:
        """Put something into the inbox; from any thread. With a thousand waiting it is dropped, but for a coin."""
        if isinstance(heard, CoinHeard):
            self._inbox.put(heard)  # a coin that fell is never dropped, whoever has to wait
            return
        if isinstance(heard, MEANT) and self._is_told_to_wait():
            return
        try:
            self._inbox.put_nowait(heard)
        except queue.Full:
            log.warning("the inbox is full; dropped %s", type(heard).__name__)

    def start(self) -> None:
        """Begin to live: show the first face and wait for what is heard."""
        self._patience.start()
        self._thread.start()

    @property
    def lives(self) -> bool:
        """Whether anybody is served."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Finish what was begun and end; may be called twice."""
        if self._thread.is_alive():
            self._inbox.put(None)
            self._thread.join(timeout=10)
            self._patience.stop()

    def live_once(self, heard: Heard | Touch | Tick) -> None:
        """Take one thing and show what it leads to. Whatever goes wrong, the next person can go on."""
        if self._over:
            self._answer(lambda: self._see_off(heard))
            return
        try:
            with tongue.speaking(self._visit.language or self._language):
                self._take(heard)
            self._tell()
        except Exception as error:
            self._stumble(f"something went wrong with {type(heard).__name__}", error)
            self._begin_again()

    def _stumble(self, over: str, error: Exception) -> None:
        """What went wrong is logged once, by its place in the program, and is an alarm."""
        told = f"{over}: {trace(error)}"
        if told not in self._stumbled_over and len(self._stumbled_over) < MOST_FAULTS:
            self._stumbled_over.add(told)
            log.error("%s", told)
            self._device_told(DeviceTold(device=KIOSK, state="stumbled", detail=told))

    def _outward(self, what: str, do: Callable[[T], None]) -> Callable[[T], None]:
        """Something for the devices. One that fails is an alarm, and no reason to send anybody away."""

        def guarded(said: T) -> None:
            try:
                do(said)
            except Exception as error:
                self._stumble(f"{what} failed", error)

        return guarded

    def _begin_again(self) -> None:
        """Back to the wall, saying so; should even that fail, a plainer wall. What is heard next is taken."""
        said = Said(words="Something went wrong here", mend="Nothing that was booked is lost. Please tap again.")
        try:
            self._visit = say(leave(self._visit), said, self._core.now().mono)
            self._tell()
        except Exception as error:
            self._stumble("the wall can't be shown", error)
            self._answer(self._tell_plainly)

    def _tell_plainly(self) -> None:
        """A wall that asks nothing of the state, so that people can see that the kiosk lives and what is wrong."""
        with tongue.speaking(self._language):
            self._show_new(wall_without(self._core.now(), self._shop, self._devices))
            plain = Scene(self._core.state, self._core.now(), self._find, self._shop, self._devices)
            self._warn(device_alarms(plain))

    def _show_new(self, shown: Face) -> None:
        if shown != self._shown:
            if self._shown is None or what_it_is(shown) != what_it_is(self._shown):
                self._appeared = self._core.now().mono
            self._shown = shown
            self._show(shown)

    def _lay_over(self, said: Said) -> None:
        """While the house's own thread writes: over what is shown, from another thread."""
        try:
            with self._patience.lock:
                if self._patience.tried and self._shown is not None:
                    self._show(said_over(self._shown, said))
        except Exception as error:
            log.error("it can't be said that the card is slow: %s", trace(error))

    def _is_told_to_wait(self) -> bool:
        """While the card takes long, whoever touches or taps sees that it did not count."""
        with self._patience.lock:
            if self._patience.tried:
                self._lay_over(STILL)
                return True
        return False

    def _after_waiting(self) -> None:
        """What was meant for the screen that was there before is dropped; coins and devices are not."""
        if not self._patience.slow:
            return
        self._shown = None
        waiting = [*self._put_off]
        self._put_off.clear()
        with contextlib.suppress(queue.Empty):
            while True:
                waiting.append(self._inbox.get_nowait())
        self._put_off.extend(each for each in waiting if not isinstance(each, MEANT))

    def begin(self) -> None:
        """After a power cut a vote that was open is void; that is written down and said."""
        if self._box is not None or not self._vote_open():
            return
        self._voids_at = self._core.now().mono + TRIES_AGAIN
        answered = self._ask(VoidRound("power cut"))
        if answered.entries:
            self._visit = start(self._visit, Outcome(answered.entry))
            self._visit = replace(self._visit, touched=self._core.now().mono)

    def note_program(self, known: str, runs: str) -> None:
        """At the start: write down that another program runs than before. known: where the record says of none.

        In the house's thread. With an ill card it is written as soon as it can be.
        """
        self._unnoted = None
        if self._ask(NoteProgram(known, runs)).failed:
            self._unnoted = (known, runs)
        self._tell()

    def _vote_open(self) -> bool:
        return vote_open(self._core.state)

    def seal_again(self) -> None:
        """After a start: what hung on the wall as a seal hangs there again, of all that is in the record now."""
        if seal_hangs(self._scene()):
            self._seal()

    def _seal(self) -> None:
        """Make the checkpoint of this moment; never while a vote is open, so that it can't depend on one."""
        if self._sealing is None or self._vote_open():
            return
        try:
            self._hanging = self._sealing(self._core.now())
        except (SealKeyError, OSError, StoreError) as trouble:
            log.warning("the record could not be sealed: %s", trouble)
            self._hanging = None

    def _live(self) -> None:
        self._answer(self.begin)
        self._answer(self.seal_again)
        self.live_once(Tick())
        while (heard := self._next()) is not None:
            if callable(heard):
                self._answer(heard)
            else:
                self.live_once(heard)

    def _answer(self, question: Callable[[], None]) -> None:
        try:
            question()
        except Exception as error:
            log.error("a question to the house failed: %s", trace(error))

    def _next(self) -> Heard | Touch | Tick | Callable[[], None] | None:
        """What was heard, or a tick: often while somebody is here, seldom while nobody is; None to end."""
        self._alive()
        if self._put_off:
            return self._put_off.popleft()
        idle = isinstance(self._visit.place, Idle) and self._visit.said is None and CARD not in self._devices
        to_the_minute = 60 - self._core.now().wall / 1000 % 60
        try:
            return self._inbox.get(timeout=min(15.0, to_the_minute) if idle else 0.5)
        except queue.Empty:
            return Tick()

    def _take(self, heard: Heard | Touch | Tick) -> None:
        if isinstance(heard, DeviceTold):
            self._device_told(heard)
            return
        if isinstance(heard, Released) and self._asks_to_be_read_to(heard):
            heard = Touch("choose", "voice")
        if of_the_test(heard) and not isinstance(self._visit.place, Tryout):
            return
        if isinstance(heard, Tick):
            self._time_passes()
            self._look_at_copies()
            self._look_who_waits()
            self._how = self._look_at_box()
        answer = self._vote_in(heard)
        if answer is not None:
            self._press(answer)
            return
        if isinstance(heard, Pressed) and self._just_appeared():
            return
        if isinstance(heard, PressedTwo | HeldTogether):
            self._take_back()
        heard = self._by_buttons(heard)
        before = self._visit
        booked = self._walk(heard)
        self._rest_after(before)
        self._sound(heard, before, booked=booked)

    def _time_passes(self) -> None:
        """What could not be written down is tried again; a ballot that nobody goes on with is forgotten."""
        now = self._core.now().mono
        if CARD in self._devices and now >= self._writes_at:
            self._try_card()
        if self._owed:
            self._book_owed()
        if self._unnoted and CARD not in self._devices:
            self.note_program(*self._unnoted)
        if now >= self._voids_at:
            self.begin()
        if isinstance(self._box, Approvals) and self._box.leave(now):
            self._hear_box(_says(self._box, "left"))
        if isinstance(self._box, ShowOfHands):
            self._box.settle(now)

    def _look_at_copies(self) -> None:
        """A copy that lies ready is shown once by itself when nobody is here; later people find the way to it."""
        try:
            self._copies = self._look()
        except StoreError:
            return  # a record that can't be read is said elsewhere
        offered = self._copies.offered
        if offered is not None and offered.root != self._copy_shown and self.quiet:
            self._copy_shown = offered.root
            self._visit = replace(start(self._visit, CopyOffered()), touched=self._core.now().mono)

    def _look_who_waits(self) -> None:
        """A kiosk that wants to be let in is shown once by itself when nobody is here."""
        self._invited = waiting(self._look_at_invited(), self._core.state)
        if self._invited is not None and self._invited.device != self._invited_shown and self.quiet:
            self._invited_shown = self._invited.device
            self._visit = replace(offered(self._visit, self._invited), touched=self._core.now().mono)

    def _just_appeared(self) -> bool:
        """Whether a press was meant for the screen before this one. In the test whatever arrives is shown."""
        place = self._visit.place
        rests = A_RESULT_STAYS if isinstance(place, Outcome) else JUST_APPEARED
        return self._core.now().mono - self._appeared < rests and not isinstance(place, Tryout)

    def _by_buttons(self, heard: Heard | Touch | Tick) -> Heard | Touch | Tick:
        """Where the buttons have no meaning of their own, a press walks through what can be touched."""
        idle = isinstance(self._visit.place, Idle)
        if isinstance(heard, Pressed):
            self._hold_asks = idle and heard.button == ASKS and self._visit.voice != "on"
        if not isinstance(heard, Pressed) or heard.button not in ANSWERS or not walked(self._visit.place):
            return heard
        found = ways(self._shown, self._visit.letters) if self._shown is not None else ()
        self._visit, touch = press(self._visit, heard.button, found, self._core.now().mono)
        self._moved = touch is None
        return touch or Tick()

    def _asks_to_be_read_to(self, released: Released) -> bool:
        """Whoever can't see the screen holds the triangle for two seconds when nobody is here."""
        asks = self._hold_asks and released.button == ASKS and released.held >= HOLDS
        return asks and isinstance(self._visit.place, Idle) and self._voice != "off"

    def _exchange(self, command: PutInPlace) -> Answered:
        """Another record takes the place of this one; from then on nothing is written into this one any more."""
        try:
            refused = self._put_in_place(command)
        except StoreError as trouble:
            return Answered(command=command, failed=str(trouble))
        if refused is None:
            self._over = True
            self._let_coins_in(False)
            self._answer(self._give_along)
        return Answered(command=command, refusal=refused)

    def _see_off(self, heard: Heard | Touch | Tick) -> None:
        """Once a copy is decided on, only money still counts: what fell goes into the copy, tried until it is."""
        if isinstance(heard, CoinHeard):
            self._owed.append(TakeCoin(cents=heard.cents, pulses=heard.pulses))
        self._give_along()

    def _give_along(self) -> None:
        if self._owed:
            self._take_along(tuple(self._owed))
            self._owed.clear()

    def _take_back(self) -> None:
        """A hand that comes down on several buttons, one a moment before the others, has pressed none."""
        if isinstance(self._box, ShowOfHands) and self._box.take_back(self._core.now().mono):
            self._hear_box(_says(self._box, "counted"))

    def _rest_after(self, before: Visit) -> None:
        """When a vote goes on after all, the button that said so is not a press."""
        was, now = before.place, self._visit.place
        stopped = isinstance(was, Voting) and was.stopping and isinstance(now, Voting) and not now.stopping
        if stopped and isinstance(self._box, ShowOfHands):
            self._box.rest(self._core.now().mono)

    def _vote_in(self, heard: Heard | Touch | Tick) -> Answer | None:
        """What was pressed, on a button or on the screen, while a vote is open and not being stopped."""
        place = self._visit.place
        if not isinstance(place, Voting | Booth) or place.stopping or self._box is None:
            return None
        pressed = heard.button if isinstance(heard, Pressed) else ""
        if isinstance(heard, Touch) and heard.verb == "choose":
            pressed = heard.value.removeprefix("press:") if heard.value.startswith("press:") else ""
        return cast(Answer, pressed) if pressed in ANSWERS else None

    def _press(self, answer: Answer) -> None:
        """Into the box; from here on nobody knows which of the three it was."""
        assert self._box is not None
        taken = self._box.press(answer, self._core.now().mono)
        self._hear_box(_says(self._box, taken))
        self._cue("vote" if taken in ("counted", "dropped") else "not possible")

    def _begin_ballot(self, handle: Handle) -> None:
        """One badge, one ballot: the box opens it, or says why not."""
        if isinstance(self._box, Approvals):
            begun = self._box.begin(handle, self._core.now().mono)
            self._hear_box(_says(self._box, begun))

    def _hear_box(self, said: BoxTold) -> None:
        self._visit = step(self._visit, said, self._around()).visit

    def _sealed(self, command: Command) -> Command:
        """What was pressed goes with the counting, and with nothing else; a founding takes a template over."""
        if isinstance(command, FoundShop):
            return replace(command, template=self._template())
        if isinstance(command, AddKiosk):
            return replace(command, claims=self._core.turns.generation())
        if isinstance(command, CloseRound) and isinstance(self._box, ShowOfHands):
            return CloseRound(self._box.count(), self._hush)
        if isinstance(command, COUNTS_BALLOTS) and isinstance(self._box, Approvals):
            return replace(command, ballots=self._box.ballots())
        return command

    def _round_went_on(self, command: Command, told: bool | None) -> None:
        """A new round has a new box; one that ended has none. told: whether its counts were; None for no round."""
        circle = self._core.state.circle
        approvals = approving(self._core.state)
        if not self._vote_open():
            self._box = None
        elif isinstance(command, OpenRound) and circle is not None and circle.round is not None:
            self._box = ShowOfHands(len(circle.round.roll), self._core.now().mono)
        elif isinstance(command, OPENS_BOOTH) and approvals is not None:
            self._box = Approvals(approvals.candidates, approvals.roll)
        if isinstance(command, CloseRound):
            if told is False and total(command.ballots):
                self._hush = remember(self._hush, unanimous=unanimous(command.ballots))
            if not self._core.state.dissent.hidden:
                self._hush = Hush()

    def _told(self, command: Command) -> bool | None:
        circle = self._core.state.circle
        if not isinstance(command, CloseRound) or circle is None or circle.round is None:
            return None
        return counts_told(circle.round, command.ballots, self._core.state)

    def _shine(self) -> None:
        """The three lamps are always alike: lit while one may press, dark while they rest or wait for a badge."""
        place, box = self._visit.place, self._box
        light: Light = "off"
        if isinstance(place, Voting | Booth) and box is not None and not box.full and not place.stopping:
            waiting = isinstance(box, Approvals) and box.up is None
            light = "rest" if waiting or self._core.now().mono < place.rests else "press"
        if light != self._lit:
            self._lit = light
            self._light(light)

    def _walk(self, heard: Heard | Touch | Tick) -> bool:
        """The step, the command it leads to, and the step after the answer. True when something was booked."""
        before = self._visit.place
        taken = step(self._visit, heard, self._around())
        self._visit = taken.visit
        if taken.forgets and isinstance(self._box, Approvals):
            self._box.forget()
        if taken.begins:
            self._begin_ballot(taken.begins)
        if taken.tries:
            self._try_out(taken.tries)
        answered = self._ask(taken.command) if taken.command is not None else None
        if answered is not None:
            self._visit = step(self._visit, answered, self._around()).visit
        if isinstance(self._visit.place, Seal) and not isinstance(before, Seal):
            self._seal()
        self._say_so_far(before)
        return answered is not None and bool(answered.entries)

    def _say_so_far(self, before: Place) -> None:
        """Whoever comes back to an open vote is told how many have pressed; nobody's ballot is open there."""
        place = self._visit.place
        if not isinstance(place, Voting | Booth) or type(before) is type(place) or self._box is None:
            return
        if isinstance(self._box, Approvals):
            self._box.forget()
        self._hear_box(_says(self._box, "so far"))

    def _ask(self, asked: Command) -> Answered:
        """Ask the core; what a vote came to is known to it alone, and not to whoever asked."""
        command = self._sealed(asked)
        told = self._told(command)
        answered = self._judge(command)
        if answered.entries:
            self._round_went_on(command, told)
        if answered.refusal is not None and answered.refusal.code == "lot" and isinstance(self._box, Approvals):
            self._box.shut()
        if answered.entries and isinstance(command, AttachPhoto):
            self._keep_photo(command.photo)
        if any(isinstance(entry.event, SEALED_AFTER) for entry in answered.entries):
            self._seal()
        return replace(answered, command=asked)

    def _judge(self, command: Command) -> Answered:
        if isinstance(command, AddKiosk) and not command.claims:
            return Answered(command=command, refusal=NO_CLAIMS)
        if isinstance(command, PutInPlace):
            return self._exchange(command)
        try:
            with self._patience.waiting():
                verdict: Booked | Refusal = self._core.handle(command)
        except StoreError as trouble:
            log.warning("could not write %s: %s", type(command).__name__, trouble)
            self._card_is_ill(trouble)
            if isinstance(command, TakeCoin):
                self._owe(command)
            return Answered(command=command, failed=not_kept(trouble))
        except Exception:
            if isinstance(command, TakeCoin):
                self._owe(command)
            raise
        finally:
            self._after_waiting()
        if isinstance(verdict, Refusal):
            return Answered(command=command, refusal=verdict)
        self._card_is_well()
        return Answered(command=command, entries=verdict.entries)

    def _owe(self, coin: TakeCoin) -> None:
        """A coin that fell is never refused: it is kept in mind until it is written, and no other is let in."""
        self._owed.append(coin)
        self._gate(open_it=False)

    def _book_owed(self) -> None:
        try:
            with self._patience.waiting():
                while self._owed:
                    self._core.handle(self._owed[0])
                    self._owed.pop(0)
        except StoreError as trouble:
            self._card_is_ill(trouble)
            return
        except Exception as error:
            self._stumble("a coin that fell can’t be written down yet", error)
            return
        finally:
            self._after_waiting()
        self._card_is_well()

    def _try_card(self) -> None:
        try:
            with self._patience.waiting():
                self._core.record.try_writing()
        except StoreError as trouble:
            self._card_is_ill(trouble)
        else:
            self._card_is_well()
        finally:
            self._after_waiting()

    def _card_is_ill(self, trouble: StoreError) -> None:
        """An alarm, and no coin is let in, until something can be written again; that is tried by itself."""
        self._writes_at = self._core.now().mono + TRIES_AGAIN
        self._device_told(DeviceTold(device=CARD, state=card_state(trouble), detail=str(trouble)))
        self._gate(open_it=False)

    def _card_is_well(self) -> None:
        if CARD in self._devices:
            self._device_told(DeviceTold(device=CARD, state="ready", detail=""))
        self._gate(open_it=not self._owed)

    def _gate(self, *, open_it: bool) -> None:
        if open_it != self._gate_open:
            self._gate_open = open_it
            self._let_coins_in(open_it)

    def _find(self, entry_id: EntryId) -> Found | None:
        """An entry to be shown; one that can't be read is an alarm, and the rest goes on without it."""
        try:
            return self._core.record.find(entry_id)
        except StoreDamagedError as trouble:
            if RECORD not in self._devices:
                log.warning("%s", trouble)
                told = DeviceTold(
                    device=RECORD, state="fault", detail=f"Entry {entry_id} is not as it was written."
                )
                self._device_told(told)
            return None
        except StoreError as trouble:
            if CARD not in self._devices:
                log.warning("%s", trouble)
                self._card_is_ill(trouble)
            return None

    def _around(self) -> Surroundings:
        core = self._core
        shut = isinstance(self._box, Approvals) and self._box.is_shut
        return Surroundings(
            core.state,
            core.now(),
            self._find,
            self._draw,
            self._photos,
            shut,
            self._copies,
            self._size,
            self._voice,
            len(told(self._looked_back_at())),
            self._language,
            self._street.me,
            self._invited,
        )

    def _tell(self) -> None:
        self._shine()
        scene = self._scene()
        shown = self._marked(self._view(self._visit, scene), scene)
        if scene.devices is not self._devices:  # an entry could not be read just now; show that too
            shown = self._view(self._visit, scene._replace(devices=self._devices))
            scene = scene._replace(devices=self._devices)
        self._show_new(shown)
        self._read(shown, scene)
        try:
            with tongue.speaking(self._language):
                wrong = alarms(scene)
        except Exception as error:
            # The visit that goes on has nothing to do with it.
            self._stumble("the alarms can't be put together", error)
            wrong = device_alarms(scene._replace(devices=self._devices))
        self._warn(wrong)

    def _marked(self, shown: Face, scene: Scene) -> Face:
        """Another screen is walked from its beginning; on the same one whatever was marked stays so."""
        before = self._shown
        if self._visit.at == NOWHERE or before is None:
            return shown
        if what_it_is(before) != what_it_is(shown):
            now = replace(self._visit, at=0, letters="")
        elif self._moved:
            now = self._visit
        else:
            with tongue.speaking(self._visit.language or self._language):
                now = follow(self._visit, marked_on(before), ways(shown, self._visit.letters))
        self._moved = False
        if now == self._visit:
            return shown
        self._visit = now
        return self._view(now, scene)

    def _read(self, shown: Face, scene: Scene) -> None:
        """Aloud, where that is wished: what is new on the screen. Silence when the visit is over."""
        try:
            if not is_read(self._visit, self._voice):
                self._reader.hush()
                return
            with tongue.aloud():
                heard = self._view(self._visit, scene)
                with tongue.speaking(self._visit.language or self._language):
                    self._reader.read(what_it_is(shown), sentences(heard), tongue.language())
        except Exception as error:
            self._stumble("it can't be read aloud", error)

    def _looked_back_at(self) -> Audit | None:
        """What the record tells of the month that the potluck is about; read once, when it begins."""
        place = self._visit.place
        if isinstance(place, Idle):
            self._audited = None
        if not isinstance(place, Potluck):
            return None
        if self._audited is None or self._audited[0] != place.period:
            try:
                found = self._audit(place.period)
            except (StoreError, ValueError) as trouble:
                log.warning("the numbers of %s can’t be read: %s", place.period, trouble)
                found = None
            self._audited = (place.period, found)
        return self._audited[1]

    def _scene(self) -> Scene:
        core = self._core
        language = self._language
        return Scene(
            core.state,
            core.now(),
            self._find,
            self._shop,
            self._devices,
            self._copies,
            self._hanging,
            language,
            self._how,
            self._size,
            self._voice,
            self._looked_back_at(),
            self._counted(),
            self._street,
            self._invited,
            core.record.device,
        )

    def _warn(self, now: tuple[Alarm, ...]) -> None:
        """What is wrong goes out when it differs; not merely because another minute has passed."""
        wrong = tuple((each.words, each.mend, each.detail) for each in now)
        if wrong != self._wrong:
            self._wrong = wrong
            self._told_alarms(now)

    def _device_told(self, told: DeviceTold) -> None:
        devices = {name: trouble for name, trouble in self._devices.items() if name != told.device}
        if told.state not in WELL:
            known = self._devices.get(told.device)
            since = known.since if known else self._core.now()
            devices[told.device] = DeviceTrouble(told.device, told.state, told.detail, since)
        self._devices = devices

    def _sound(self, heard: Heard | Touch | Tick, before: Visit, *, booked: bool) -> None:
        after = self._visit
        if booked:
            self._cue("done")
        elif isinstance(heard, Misread) or _objected(before, after):
            self._cue("not possible")
        elif isinstance(heard, Tapped):
            self._cue("heard")


def _says(box: ShowOfHands | Approvals, what: Taken | Begun | Literal["left", "so far"]) -> BoxTold:
    """What a box says to the visit: how many have pressed, and how far a ballot is; nothing of what was pressed."""
    up = box.up if isinstance(box, Approvals) else None
    return BoxTold(what, box.pressed, box.rests, up)


def _objected(before: Visit, after: Visit) -> bool:
    if isinstance(after.place, NoBadge) and not isinstance(before.place, NoBadge):
        return True
    return after.said is not None and after.said is not before.said and after.said.tone == "trouble"
