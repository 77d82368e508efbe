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

from msgspec.structs import replace

from kiosk import tongue
from kiosk.amounts import EntryId, Handle, Moment
from kiosk.asked import HOUSE_THREAD
from kiosk.ballot_box import Answer
from kiosk.booths import Booths
from kiosk.box import Box
from kiosk.by_buttons import ByButtons
from kiosk.claiming import Claiming
from kiosk.commands import (
    AddKiosk,
    AttachPhoto,
    CloseFriday,
    Command,
    NoteProgram,
    PutInPlace,
    Refusal,
    TakeCoin,
    TakeEntries,
    VoidRound,
)
from kiosk.commands import Found as FoundShop
from kiosk.core import Core
from kiosk.counted import Counted
from kiosk.events import CircleClosed, Found, FridayClosed
from kiosk.exchanging import Exchanging
from kiosk.faces import Alarm, Face, Said, Touch
from kiosk.figures import Audit
from kiosk.invited import Invited
from kiosk.looking_back import LookingBack
from kiosk.on_screen import FOR_ANOTHER_KIOSK, OnScreen
from kiosk.open_vote import COUNTS_BALLOTS, OpenVote, counts_are_told
from kiosk.outward import Cue, Light, Outward
from kiosk.owing import Owing
from kiosk.post import ALONE, Street
from kiosk.reading_aloud import ReadingAloud
from kiosk.rules.approvals import vote_of, vote_open
from kiosk.rules.copies import Copies
from kiosk.rules.friday import too_few_ballots
from kiosk.seal_key import Sealed, SealKeyError
from kiosk.settings import Read
from kiosk.store.errors import StoreDamagedError, StoreError
from kiosk.template import Template
from kiosk.traces import trace
from kiosk.troubles import Troubles
from kiosk.views.alarms import alarms
from kiosk.views.card import not_kept
from kiosk.views.contents import face
from kiosk.views.plain import wall_without
from kiosk.views.potluck import told
from kiosk.views.scene import Scene, device_alarms
from kiosk.views.seal import seal_hangs
from kiosk.visit.booth import counted_there, nobody_hears
from kiosk.visit.checking_up import of_the_test
from kiosk.visit.checkup_places import Tryout
from kiosk.visit.circle_places import Booth, Outcome
from kiosk.visit.ending import IN_CIRCLE, IN_VOTE
from kiosk.visit.ground import Answered, Surroundings
from kiosk.visit.hearing import (
    ANSWERS,
    CoinHeard,
    DeviceTold,
    Heard,
    HeldTogether,
    LabelSeen,
    LetterScanned,
    Misread,
    Pressed,
    PressedTwo,
    Released,
    SheetSeen,
    Tapped,
)
from kiosk.visit.housing import offered, waiting
from kiosk.visit.places import IDLE, CopyOffered, Idle, NoBadge, Seal, Visit, leave, say, start
from kiosk.visit.step import Tick, step
from kiosk.visit.voting import TRIES_AGAIN, BoxTold
from kiosk.visit.walking import walked

log = logging.getLogger(__name__)

SEALED_AFTER = (CircleClosed, FridayClosed)
"""After these the record is sealed, for everybody to photograph."""

NO_CLAIMS = Refusal(
    "no claims", "This kiosk can’t settle yet who writes when. Whoever tends it looks at kiosk doctor."
)
"""What is said instead of letting in another kiosk, which could then stop this one."""

NOT_ALL_THERE = Refusal(
    "booth unheard",
    "The kiosk “{kiosk}” does not answer. Nothing is counted without the ballots there: wait, or stop this vote "
    "and take it again.",
)
"""What is said where a vote can't be counted yet."""

MEANT = Touch | Tapped | LabelSeen | LetterScanned | SheetSeen | Misread | Pressed | PressedTwo | HeldTogether
"""What people do on purpose. While the kiosk writes nobody can see what it would be meant for."""

JUST_APPEARED = 400
"""Milliseconds after another screen was shown in which a button is not yet meant for it: the three tenths of a
second in which a finger isn't, and the tenth that a press takes to be told."""

ANSWERS_WITHIN = 1.5
"""Seconds after which another kiosk that asks is told nothing, and asks again."""

A_RESULT_STAYS = 1_400
"""The same for what came of a vote: a press too many, made when all were in, does not take it away unread."""


class House:
    """Takes what is heard, keeps the visit, and shows faces.

    show: called with each new face, from the house's thread. cue: called with what is to be heard. told_alarms:
    called with all that is wrong, whenever that changes, and first with what is wrong at the start.
    let_coins_in: called with False while a coin that fell could not be written down. light: called with how the
    three button lamps are to be. alive: called every fifteen seconds at least while the house lives. view:
    makes the faces. draw: a random whole number below the one given. photos: which photos of the whiteboard
    wait. keep_photo: called with one that was attached. copies: how it stands with copies of the record;
    put_in_place: called when the hands for one are complete, and gives why not, or None: then this house is
    over, and what still falls is given to take_along, which writes it into the copy. sealing: makes the
    checkpoint of all that is on the disk, signed. language: the shop's, spoken where a visit has none of its
    own. box: how the box is. try_out: called with a lamp or a tone that is to be tried ("lamp:yes",
    "tone:done"). say: called with what is to be read aloud, and in which language, instead of what is being
    read; with "" for silence. voice: when it is read aloud; size: by how many steps type is larger, where
    nobody has chosen. audit: what the record tells of a month. counted: what was counted of the last month and
    quarter. street: what there is for the neighbours. invited: a kiosk that wants to be let in.

    The ballot box is in `open_vote` and nowhere else: what is pressed while a vote is open goes into it, and a
    visit only hears that one more has pressed, or which candidate is up.
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
        self._view = view
        self._troubles = Troubles(core.now)
        self._out = Outward(
            cue=cue,
            light=light,
            let_coins_in=let_coins_in,
            told_alarms=told_alarms,
            failed=self._troubles.stumble,
        )
        self._screen = OnScreen(show, lambda: core.now().mono, self._drop_what_was_meant)
        self._owing = Owing(
            core,
            waiting=self._screen.waiting,
            told=self._troubles.told,
            gate=self._out.gate,
            stumbled=self._troubles.stumble,
        )
        self._vote = OpenVote()
        self._claiming, self._booths = Claiming(core), Booths(core, self._ask_unless_full)
        self._aloud = ReadingAloud(say, voice)
        self._back = LookingBack(audit)
        self._street = street
        self._look_at_invited, self._invited, self._invited_shown = invited, invited(), ""
        self._by_buttons = ByButtons()
        self._alive = alive
        self._draw = draw
        self._photos = photos
        self._keep_photo = keep_photo
        self._exchanging, self._take_along = Exchanging(copies, put_in_place), take_along
        self._look_at_box, self._try_out, self._how = box, try_out, Box()
        self._sealing = sealing
        self._template = template
        self._counted = counted
        self._hanging: Sealed | None = None
        self._voids_at = 0
        self._put_off: deque[Heard | Touch | Tick | Callable[[], None] | None] = deque()
        self._inbox: queue.Queue[Heard | Touch | Tick | Callable[[], None] | None] = queue.Queue(maxsize=1000)
        self._visit = IDLE
        self._thread = threading.Thread(target=self._live, name=HOUSE_THREAD, daemon=True)

    @property
    def quiet(self) -> bool:
        """Whether nobody is here and no vote is open; from any thread, for what can wait."""
        return isinstance(self._visit.place, Idle) and not self._vote.has_box and self._core.state.circle is None

    @property
    def founded(self) -> bool:
        """Whether there is a shop; from any thread."""
        return self._core.state.founded is not None

    @property
    def voting(self) -> bool:
        """Whether a vote is open; from any thread."""
        return self._vote.has_box or vote_open(self._core.state)

    def ask(self, question: Callable[[], None]) -> None:
        """Call this in the house's thread, after all that was heard before."""
        self._inbox.put(question)

    def _ask_unless_full(self, question: Callable[[], None]) -> None:
        """The same for what is no loss, as it is asked again. The house's own thread must not wait for room."""
        with contextlib.suppress(queue.Full):
            self._inbox.put_nowait(question)

    def book(self, command: Command, answered: Callable[[Answered], None]) -> None:
        """Ask for something that nobody at the kiosk asked for: letters come and go. Called back in this thread."""

        def in_turn() -> None:
            answered(self._asked_from_outside(command))
            self._tell()

        self._inbox.put(in_turn)

    def _asked_from_outside(self, command: Command) -> Answered:
        """Whoever asked waits for an answer, also where what came from elsewhere is more than we can understand."""
        try:
            return self._ask(command)
        except Exception as error:
            self._troubles.stumble(f"something went wrong with {type(command).__name__}", error)
            return Answered(command=command, failed=tongue.phrase("Something went wrong here"))

    def answer(self, device: str, question: bytes) -> bytes | None:
        """What another kiosk of the shop asks about a vote; None for nothing. From any thread but the house's."""
        told: queue.Queue[bytes | None] = queue.Queue()

        def in_turn() -> None:
            try:
                told.put(self._answered_other(device, question))
            finally:
                told.put(None)
            self._tell()

        self._inbox.put(in_turn)
        try:
            return told.get(timeout=ANSWERS_WITHIN)
        except queue.Empty:
            return None

    def _answered_other(self, device: str, question: bytes) -> bytes | None:
        answer = self._booths.answer(device, question, self._vote, free=self._free)
        with tongue.speaking(self._visit.language or self._language):
            self._come_to_vote()
        return answer

    @property
    def _free(self) -> bool:
        """Whether nobody stands here."""
        return isinstance(self._visit.place, Idle)

    def hear(self, heard: Heard | Touch | Tick) -> None:
        """Put something into the inbox; from any thread. With a thousand waiting it is dropped, but for a coin."""
        if isinstance(heard, CoinHeard):
            self._inbox.put(heard)  # a coin that fell is never dropped, whoever has to wait
            return
        if isinstance(heard, MEANT) and self._screen.tells_to_wait():
            return
        try:
            self._inbox.put_nowait(heard)
        except queue.Full:
            log.warning("the inbox is full; dropped %s", type(heard).__name__)

    def start(self) -> None:
        """Begin to live: show the first face and wait for what is heard."""
        self._screen.start()
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
            self._screen.stop()

    def live_once(self, heard: Heard | Touch | Tick) -> None:
        """Take one thing and show what it leads to. Whatever goes wrong, the next person can go on."""
        if self._exchanging.over:
            self._answer(lambda: self._see_off(heard))
            return
        try:
            with tongue.speaking(self._visit.language or self._language):
                self._take(heard)
            self._tell()
        except Exception as error:
            self._troubles.stumble(f"something went wrong with {type(heard).__name__}", error)
            self._begin_again()

    def _begin_again(self) -> None:
        """Back to the wall, saying so; should even that fail, a plainer wall. What is heard next is taken."""
        said = Said(words="Something went wrong here", mend="Nothing that was booked is lost. Please tap again.")
        try:
            self._visit = say(leave(self._visit), said, self._core.now().mono)
            self._tell()
        except Exception as error:
            self._troubles.stumble("the wall can't be shown", error)
            self._answer(self._tell_plainly)

    def _tell_plainly(self) -> None:
        """A wall that asks nothing of the state, so that people can see that the kiosk lives and what is wrong."""
        with tongue.speaking(self._language):
            devices = self._troubles.devices
            self._screen.show(wall_without(self._core.now(), self._shop, devices))
            plain = Scene(self._core.state, self._core.now(), self._find, self._shop, devices)
            self._out.warn(device_alarms(plain))

    def _drop_what_was_meant(self) -> None:
        """What was meant for the screen that was there before is dropped; coins and devices are not."""
        waiting = [*self._put_off]
        self._put_off.clear()
        with contextlib.suppress(queue.Empty):
            while True:
                waiting.append(self._inbox.get_nowait())
        self._put_off.extend(each for each in waiting if not isinstance(each, MEANT))

    def begin(self) -> None:
        """After a power cut a vote that was open is void; that is written down and said."""
        opened = vote_of(self._core.state)
        if self._vote.has_box or opened is None or not self._core.takes(opened):
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
        self._owing.note(NoteProgram(known, runs))
        self._tell()

    def seal_again(self) -> None:
        """After a start: what hung on the wall as a seal hangs there again, of all that is in the record now."""
        if seal_hangs(self._scene()):
            self._seal()

    def _seal(self) -> None:
        """Make the checkpoint of this moment; never while a vote is open, so that it can't depend on one."""
        if self._sealing is None or vote_open(self._core.state):
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
        idle = isinstance(self._visit.place, Idle) and self._visit.said is None and not self._owing.card_ill
        idle = idle and not self._booths.there
        to_the_minute = 60 - self._core.now().wall / 1000 % 60
        try:
            return self._inbox.get(timeout=min(15.0, to_the_minute) if idle else 0.5)
        except queue.Empty:
            return Tick()

    def _take(self, heard: Heard | Touch | Tick) -> None:
        if isinstance(heard, DeviceTold):
            self._troubles.told(heard)
            return
        if isinstance(heard, Released) and self._aloud.asked_for(heard, self._visit):
            heard = Touch("choose", "voice")
        if of_the_test(heard) and not isinstance(self._visit.place, Tryout):
            return
        if isinstance(heard, Tick):
            self._time_passes()
            self._look_at_copies()
            self._look_who_waits()
            self._how = self._look_at_box()
        answer = self._vote.answer_in(heard, self._visit.place)
        if answer is not None:
            self._press(answer)
            return
        if isinstance(heard, Pressed) and self._just_appeared():
            return
        if isinstance(heard, PressedTwo | HeldTogether):
            self._hear_box(self._vote.take_back(self._core.now().mono))
        heard = self._walked(heard)
        before = self._visit
        booked = self._walk(heard)
        self._vote.rest_after(before.place, self._visit.place, self._core.now().mono)
        self._sound(heard, before, booked=booked)

    def _time_passes(self) -> None:
        """What could not be written down is tried again; a ballot that nobody goes on with is forgotten."""
        now = self._core.now().mono
        self._owing.pass_time(now)
        if now >= self._voids_at:
            self.begin()
        self._hear_box(self._vote.pass_time(now))
        self._booths.look(now, self._vote.inside, self._heard_elsewhere)
        self._come_to_vote()

    # --- a vote at several kiosks ---

    def _heard_elsewhere(self) -> None:
        """More have voted at another kiosk; or what they voted is lost, and the vote void."""
        with tongue.speaking(self._visit.language or self._language):
            if self._booths.lost:
                self._void_what_is_lost()
            else:
                self._vote.count_elsewhere(self._booths.inside)
                self._say_how_far()

    def _say_how_far(self) -> None:
        now = self._core.now().mono
        if isinstance(self._visit.place, Booth):
            self._visit = replace(self._visit, touched=now)
            self._hear_box(self._vote.changed_elsewhere(now))

    def _void_what_is_lost(self) -> None:
        """As after a power cut here; where that is refused it is tried again in a while."""
        now = self._core.now().mono
        if now < self._voids_at:
            return
        self._voids_at = now + TRIES_AGAIN
        answered = self._ask(VoidRound("power cut"))
        if answered.entries:
            self._visit = replace(start(self._visit, Outcome(answered.entry)), touched=self._core.now().mono)

    def _come_to_vote(self) -> None:
        """Where another kiosk's vote has a box here, it is on the screen for as long as that kiosk is heard."""
        opened, now = self._booths.here, self._core.now().mono
        if opened is None or not self._vote.has_box:
            return
        handed, place = self._booths.handed_over, self._visit.place
        over = handed or self._booths.is_silent(now)
        if over and isinstance(place, Booth):
            self._vote.forget()
            name = self._core.state.kiosk_called(opened.rpartition("/")[0])
            said = counted_there(name) if handed else nobody_hears(name)
            self._visit = say(leave(self._visit), said, now)
        elif not over and self._free:
            self._visit = replace(start(self._visit, Booth(opened, guest=True)), touched=now)
            self._hear_box(self._vote.so_far(Idle(), self._visit.place))
        elif isinstance(place, Booth) and place.voted != self._vote.pressed:
            self._say_how_far()

    def _open_booth_at(self, device: str) -> None:
        """Take ballots at another kiosk too; what came of it is said."""
        with self._screen.waiting(FOR_ANOTHER_KIOSK):
            opened = self._booths.open_at(device, self._core.now().mono)
        told = self._vote.changed_elsewhere(0)
        self._hear_box(replace(told, taken=opened) if told is not None else None)

    def _fetched(self, command: Command) -> Command | Refusal:
        """Before a vote is counted: what was voted at other kiosks. Nothing is counted without it."""
        friday = self._core.state.friday
        if not isinstance(command, COUNTS_BALLOTS) or not self._booths.there:
            return command
        if isinstance(command, CloseFriday) and friday is not None:
            charter = self._core.state.charter
            few = too_few_ballots(self._vote.pressed, len(friday.roll), charter)
            if few is not None:
                return few
        for device in self._booths.there:
            with self._screen.waiting(FOR_ANOTHER_KIOSK):
                ballots = self._booths.fetch(device, self._vote.fits)
            if ballots == "unheard":
                name = self._core.state.kiosk_called(device)
                return replace(NOT_ALL_THERE, facts={"kiosk": name})
            if ballots == "lost":
                return VoidRound("power cut")
            self._vote.take_in(ballots)
            self._vote.count_elsewhere(self._booths.inside)
        return command

    def _look_at_copies(self) -> None:
        """A copy that lies ready is shown once by itself when nobody is here."""
        self._exchanging.look()
        if self.quiet and self._exchanging.offers_another():
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
        return self._screen.appeared_within(rests) and not isinstance(place, Tryout)

    def _walked(self, heard: Heard | Touch | Tick) -> Heard | Touch | Tick:
        """Where the buttons have no meaning of their own, a press walks through what can be touched."""
        if isinstance(heard, Pressed):
            self._aloud.pressed(heard, self._visit)
        if not isinstance(heard, Pressed) or heard.button not in ANSWERS or not walked(self._visit.place):
            return heard
        now = self._core.now().mono
        self._visit, touch = self._by_buttons.press(self._visit, heard.button, self._screen.face, now)
        return touch or Tick()

    def _exchange(self, command: PutInPlace) -> Answered:
        answered = self._exchanging.put(command)
        if self._exchanging.over:
            self._out.shut_gate_for_good()
            self._answer(self._give_along)
        return answered

    def _see_off(self, heard: Heard | Touch | Tick) -> None:
        """Once a copy is decided on, only money still counts: what fell goes into the copy, tried until it is."""
        if isinstance(heard, CoinHeard):
            self._owing.owe(TakeCoin(cents=heard.cents, pulses=heard.pulses))
        self._give_along()

    def _give_along(self) -> None:
        self._owing.hand_over(self._take_along)

    def _press(self, answer: Answer) -> None:
        """Into the box, and the tone for it, which is the same for all three."""
        told = self._vote.press(answer, self._core.now().mono)
        self._hear_box(told)
        self._cue("vote" if told.taken in ("counted", "dropped") else "not possible")

    def _begin_ballot(self, handle: Handle) -> None:
        """One badge, one ballot: the box opens it, or says why not."""
        begun = self._vote.begin(handle, self._core.now().mono)
        opens = begun is not None and begun.taken == "open"
        asked = self._booths.is_asked(self._core.now().mono)
        with self._screen.waiting(FOR_ANOTHER_KIOSK):
            refused = (self._claiming.ballot(handle) if asked else "unheard") if opens else ""
        self._hear_box(self._vote.not_begun(refused) if refused else begun)

    def _hear_box(self, said: BoxTold | None) -> None:
        if said is not None:
            self._visit = step(self._visit, said, self._around()).visit

    def _cue(self, cue: Cue) -> None:
        self._out.sound(cue)

    def _shine(self) -> None:
        self._out.shine(self._vote.light(self._visit.place, self._core.now().mono))

    def _walk(self, heard: Heard | Touch | Tick) -> bool:
        """The step, the command it leads to, and the step after the answer. True when something was booked."""
        before = self._visit.place
        taken = step(self._visit, heard, self._around())
        self._visit = taken.visit
        if taken.forgets:
            self._vote.forget()
        if taken.begins:
            self._begin_ballot(taken.begins)
        if taken.also:
            self._open_booth_at(taken.also)
        if taken.tries:
            self._try_out(taken.tries)
        answered = self._ask(taken.command) if taken.command is not None else None
        if answered is not None:
            self._visit = step(self._visit, answered, self._around()).visit
        if isinstance(self._visit.place, Seal) and not isinstance(before, Seal):
            self._seal()
        self._hear_box(self._vote.so_far(before, self._visit.place))
        return answered is not None and bool(answered.entries)

    def _ask(self, asked: Command) -> Answered:
        """Ask the core; what a vote came to is known to it alone, and not to whoever asked."""
        fetched = self._fetched(asked)
        if isinstance(fetched, Refusal):
            return Answered(command=asked, refusal=fetched)
        asked = fetched
        command = self._vote.with_ballots(asked)
        if isinstance(command, FoundShop):
            command = replace(command, template=self._template())
        if isinstance(command, AddKiosk):
            command = replace(command, claims=self._core.turns.generation())
        told = counts_are_told(command, self._core.state)
        answered = self._judge(command)
        if answered.entries:
            self._vote.went_on(command, told, self._core.state, self._core.now().mono)
            self._claiming.follow()
            self._booths.follow()
        if isinstance(command, TakeEntries):
            self._leave_what_ended()
        if answered.refusal is not None and answered.refusal.code == "lot":
            self._vote.shut()
        if answered.entries and isinstance(command, AttachPhoto):
            self._keep_photo(command.photo)
        if any(isinstance(entry.event, SEALED_AFTER) for entry in answered.entries):
            self._seal()
        return replace(answered, command=asked)

    def _leave_what_ended(self) -> None:
        """Where another kiosk ended what is on the screen here, it goes back to the wall."""
        circle = self._core.state.circle
        ended = circle is None and isinstance(self._visit.place, IN_CIRCLE)
        if ended or (isinstance(self._visit.place, IN_VOTE) and not self._vote.has_box):
            words = tongue.phrase("This went on at another kiosk")
            self._visit = say(leave(self._visit), Said(words=words, icon="info"), self._core.now().mono)

    def _judge(self, command: Command) -> Answered:
        if isinstance(command, AddKiosk) and not command.claims:
            return Answered(command=command, refusal=NO_CLAIMS)
        if isinstance(command, PutInPlace):
            return self._exchange(command)
        try:
            verdict = self._owing.ask(command)
        except StoreError as trouble:
            return Answered(command=command, failed=not_kept(trouble))
        if isinstance(verdict, Refusal):
            return Answered(command=command, refusal=verdict)
        return Answered(command=command, entries=verdict.entries)

    def _find(self, entry_id: EntryId) -> Found | None:
        """An entry to be shown; one that can't be read is an alarm, and the rest goes on without it."""
        try:
            return self._core.record.find(entry_id)
        except StoreDamagedError as trouble:
            self._troubles.not_as_written(entry_id, trouble)
            return None
        except StoreError as trouble:
            if not self._owing.card_ill:
                log.warning("%s", trouble)
                self._owing.card_is_ill(trouble)
            return None

    def _around(self) -> Surroundings:
        core = self._core
        return Surroundings(
            core.state,
            core.now(),
            self._find,
            self._draw,
            self._photos,
            self._vote.is_shut,
            self._exchanging.copies,
            self._size,
            self._voice,
            len(told(self._back.at(self._visit.place))),
            self._language,
            self._street.me,
            core.record.device,
            self._invited,
        )

    def _tell(self) -> None:
        self._shine()
        scene = self._scene()
        shown = self._marked(self._view(self._visit, scene), scene)
        if scene.devices is not self._troubles.devices:  # an entry could not be read just now; show that too
            scene = scene._replace(devices=self._troubles.devices)
            shown = self._view(self._visit, scene)
        self._screen.show(shown)
        self._read(shown, scene)
        try:
            with tongue.speaking(self._language):
                wrong = alarms(scene)
        except Exception as error:
            # The visit that goes on has nothing to do with it.
            self._troubles.stumble("the alarms can't be put together", error)
            wrong = device_alarms(scene._replace(devices=self._troubles.devices))
        self._out.warn(wrong)

    def _marked(self, shown: Face, scene: Scene) -> Face:
        """The face with what the buttons have marked on it."""
        with tongue.speaking(self._visit.language or self._language):
            now = self._by_buttons.marked(self._visit, self._screen.face, shown)
        if now == self._visit:
            return shown
        self._visit = now
        return self._view(now, scene)

    def _read(self, shown: Face, scene: Scene) -> None:
        """Aloud, where that is wished: what is new on the screen. Silence when the visit is over."""
        try:
            language = self._visit.language or self._language
            self._aloud.read(self._visit, shown, lambda: self._view(self._visit, scene), language)
        except Exception as error:
            self._troubles.stumble("it can't be read aloud", error)

    def _scene(self) -> Scene:
        core = self._core
        language = self._language
        return Scene(
            core.state,
            core.now(),
            self._find,
            self._shop,
            self._troubles.devices,
            self._exchanging.copies,
            self._hanging,
            language,
            self._how,
            self._size,
            self._voice,
            self._back.at(self._visit.place),
            self._counted(),
            self._street,
            self._invited,
            core.record.device,
            self._booths.told(core.now().mono),
        )

    def _sound(self, heard: Heard | Touch | Tick, before: Visit, *, booked: bool) -> None:
        after = self._visit
        if booked:
            self._cue("done")
        elif isinstance(heard, Misread) or _objected(before, after):
            self._cue("not possible")
        elif isinstance(heard, Tapped):
            self._cue("heard")


def _objected(before: Visit, after: Visit) -> bool:
    if isinstance(after.place, NoBadge) and not isinstance(before.place, NoBadge):
        return True
    return after.said is not None and after.said is not before.said and after.said.tone == "trouble"
