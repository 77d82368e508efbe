"""One step of a visit: something is heard, the visit goes on, and perhaps something is asked of the house."""

from collections.abc import Callable, Mapping

import msgspec

from kiosk.amounts import JAR, EntryId, Handle
from kiosk.commands import (
    AddBadge,
    AnswerUpdate,
    AttachPhoto,
    BeginDuty,
    CloseApproval,
    CloseFriday,
    CloseRound,
    Command,
    Counter,
    DropClock,
    EndDuty,
    EndLeave,
    Found,
    HandOver,
    Join,
    Leave,
    NameWork,
    NewBadge,
    PostNotice,
    PutInPlace,
    Return,
    RevokeBadge,
    ServeCommons,
    StartClock,
    StartLeave,
    Swap,
    TakeCoin,
    TakeDownNotice,
    Undo,
    VoidRound,
)
from kiosk.events import DutyHandedOver, HoursCountered, MemberLeft, WorkNamed, duty_called
from kiosk.faces import Said, Touch
from kiosk.figures.numbers import Behind
from kiosk.state import WORK
from kiosk.tongue import later, phrase, plural
from kiosk.visit import (
    amending,
    assuming,
    between,
    booth,
    checking_up,
    circling,
    copies,
    duties,
    entries,
    friday,
    housing,
    jar,
    lending,
    letter_taps,
    neighbours,
    noticing,
    numbering,
    people,
    potluck,
    reading,
    swapping,
    tongues,
    voting,
)
from kiosk.visit.assumption_places import (
    Gathered,
)
from kiosk.visit.checkup_places import Tryout
from kiosk.visit.circle_keys import keys
from kiosk.visit.circle_places import IN_CIRCLE, Booth, Gathering, Voting
from kiosk.visit.duty_places import Duties, HandingOver, OneDuty
from kiosk.visit.friday_places import MakeSeed
from kiosk.visit.ground import DOUBLE_READ, Answered, Step, Surroundings, object_to, owner
from kiosk.visit.guests import guest_of, welcome
from kiosk.visit.hearing import (
    ANSWERS,
    CoinHeard,
    Heard,
    HeldTogether,
    LabelSeen,
    LetterScanned,
    Misread,
    Pressed,
    PressedTwo,
    SheetSeen,
    Tapped,
)
from kiosk.visit.jar_places import (
    JarPlace,
    ProposalPlace,
    ReceiptWords,
    Shelf,
    Showing,
    in_circle,
)
from kiosk.visit.neighbour_places import (
    Neighbours,
)
from kiosk.visit.number_places import Numbers
from kiosk.visit.places import (
    NOWHERE,
    USUAL,
    BoardPlace,
    CopyHands,
    Dial,
    Errand,
    Founding,
    Hands,
    Home,
    Idle,
    MyEntries,
    NameWorkPlace,
    NoBadge,
    People,
    Seal,
    Together,
    Told,
    Tongues,
    Visit,
    back,
    go,
    leave,
    say,
    start,
)
from kiosk.visit.staying import waits
from kiosk.visit.voting import BoxTold
from kiosk.words import balance, capital, duration, duty_word, money, names, refusal, work_word

SAID = 6_000
"""Milliseconds a sentence lies over the screen."""

SEEN = 1_500
"""Milliseconds until people see that a vote is to be stopped; whoever presses before has pressed nothing."""


class Tick(msgspec.Struct, frozen=True):
    """Time has passed."""


TAPS: Mapping[type, Callable[..., Step]] = {
    **swapping.TAPS,
    **entries.TAPS,
    **noticing.TAPS,
    **people.TAPS,
    **circling.TAPS,
    **voting.TAPS,
    **booth.TAPS,
    **duties.TAPS,
    **jar.TAPS,
    **copies.TAPS,
    **checking_up.TAPS,
    **numbering.TAPS,
    **amending.TAPS,
    **assuming.TAPS,
    **potluck.TAPS,
    **neighbours.TAPS,
    **between.TAPS,
    **housing.TAPS,
}
"""What a badge means, place by place; elsewhere it opens a visit of its own."""

TOUCHES: Mapping[type, Callable[..., Step]] = {
    **swapping.TOUCHES,
    **entries.TOUCHES,
    **noticing.TOUCHES,
    **people.TOUCHES,
    **circling.TOUCHES,
    **voting.TOUCHES,
    **booth.TOUCHES,
    **duties.TOUCHES,
    **jar.TOUCHES,
    **friday.TOUCHES,
    **tongues.TOUCHES,
    **copies.TOUCHES,
    **checking_up.TOUCHES,
    **numbering.TOUCHES,
    **amending.TOUCHES,
    **reading.TOUCHES,
    **assuming.TOUCHES,
    **potluck.TOUCHES,
    **neighbours.TOUCHES,
    **between.TOUCHES,
    **housing.TOUCHES,
}
"""What a touch means, place by place."""


def step(visit: Visit, heard: Heard | Touch | Tick | Answered | BoxTold, around: Surroundings) -> Step:
    """The visit after what was heard, and the command it leads to, if any."""
    if not isinstance(heard, Answered):
        # Also when nothing ticked for a while: nobody's touch may act for somebody who has long gone.
        visit = _time_passes(visit, around)
    match heard:
        case Tick():
            visit = circling.sees_photos(visit, around)
            return _ticked(visit, around)
        case BoxTold():
            return Step(_told(visit if heard.by_itself else _alive(visit, around, quiet=True), heard, around))
        case Answered(command=TakeCoin()):
            # A coin is no sign of life of whoever left their visit open.
            return Step(_answer(visit, heard, around))
        case Answered():
            return Step(_alive(_answer(visit, heard, around), around))
        case Tapped(badge=badge):
            return _tapped(visit, badge, around)
        case Touch():
            return _touched(_alive(visit, around, quiet=True), heard, around)
        case CoinHeard(cents=cents, pulses=pulses):
            return Step(visit, TakeCoin(cents=cents, pulses=pulses))
        case _ if isinstance(visit.place, Tryout):
            return checking_up.arrives(_alive(visit, around, quiet=True), visit.place, heard)
        case LabelSeen(label=label):
            return _label(_alive(visit, around, quiet=True), label, around)
        case LetterScanned() | SheetSeen() if isinstance(visit.place, Voting | Booth):
            return Step(visit)  # an open vote does not so much as blink
        case SheetSeen(behind=behind):
            return _sheet(_alive(visit, around, quiet=True), behind, around)
        case LetterScanned(text=text):
            return neighbours.scanned(_alive(visit, around, quiet=True), text, around)
        case Misread(what=what):
            return _misread(_alive(visit, around), around, what=what)
        case Pressed(button=button):
            return _pressed(visit, button, around)
        case PressedTwo():
            return voting.pressed_two(_alive(visit, around), around)
        case HeldTogether():
            return Step(_held(_alive(visit, around, quiet=True), around))
    return Step(visit)


def _told(visit: Visit, heard: BoxTold, around: Surroundings) -> Visit:
    if isinstance(visit.place, Booth):
        return booth.told(visit, visit.place, heard, around)
    return voting.told(visit, heard, around)


def _ticked(visit: Visit, around: Surroundings) -> Step:
    if isinstance(visit.place, Booth):
        return booth.tick(visit, visit.place, around)
    return voting.tick(visit, around)


def _alive(visit: Visit, around: Surroundings, *, quiet: bool = False) -> Visit:
    """A sign of life; a sentence that lay over the screen is taken away (quiet), or stays."""
    said = None if quiet else visit.said
    return msgspec.structs.replace(visit, touched=around.now.mono, said=said)


def _time_passes(visit: Visit, around: Surroundings) -> Visit:
    if visit.said is not None and around.now.mono - visit.said_at >= SAID:
        visit = msgspec.structs.replace(visit, said=None)
    if isinstance(visit.place, Idle) and not visit.wished:
        return visit
    if around.now.mono - visit.touched >= waits(visit):
        return leave(visit)
    return visit


# --- badges -----------------------------------------------------------------------------------------------


def _tapped(visit: Visit, badge: NewBadge, around: Surroundings) -> Step:
    now = around.now.mono
    if badge.hash == visit.heard and now - visit.heard_at < DOUBLE_READ:
        return Step(msgspec.structs.replace(visit, heard_at=now))
    heard = msgspec.structs.replace(visit, heard=badge.hash, heard_at=now, touched=now, said=None)
    if around.state.founded is None and not isinstance(heard.place, Founding | CopyHands):
        heard = start(heard, Founding())
    wanted = TAPS.get(type(heard.place)) or (circling.comes_late if in_circle(heard.place) else None)
    if wanted is not None:
        return wanted(heard, heard.place, badge, around)
    return Step(_welcome(heard, badge, around))


def _welcome(visit: Visit, badge: NewBadge, around: Surroundings) -> Visit:
    """A badge where no badge was waited for: its own visit begins, and whatever lay open is dropped."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        guest = guest_of(badge, around)
        return start(visit, welcome(guest) if guest else member)
    if visit.who not in ("", member.handle):
        # That was somebody else's.
        visit = msgspec.structs.replace(visit, language="", voice="", size=USUAL, at=NOWHERE)
    home = start(visit, Home(), member.handle, badge.hash)
    if member.clock is None:
        return home
    measured = swapping.begin_from_clock(home, member, around)
    asked = isinstance(measured.place, Dial) and measured.place.errand.old
    return measured if asked else home


def _label(visit: Visit, label: str, around: Surroundings) -> Step:
    """A tool's label; before there is a shop it is a code that means nothing yet."""
    if around.state.founded is None:
        return _misread(visit, around, what="foreign code")
    return lending.label_seen(visit, label, around)


def _sheet(visit: Visit, behind: Behind, around: Surroundings) -> Step:
    """A code of a sheet; before there is a shop it means nothing yet."""
    if around.state.founded is None:
        return _misread(visit, around, what="foreign code")
    return reading.sheet_seen(visit, behind, around)


def _misread(visit: Visit, around: Surroundings, *, what: str) -> Step:
    said, mended, icon = _MISREAD[what]
    words, mend = phrase(said), phrase(mended)
    if isinstance(visit.place, Idle):
        return Step(start(visit, NoBadge(words=words, mend=mend, icon=icon)))
    return object_to(visit, around, words, mend, icon)


_MISREAD: Mapping[str, tuple[str, str, str]] = {
    "two cards": (
        later("Two badges at once"),
        later("One badge, please. Take the other one out of the wallet."),
        "two-cards",
    ),
    "foreign code": (
        later("This code is not a badge of ours"),
        later("Show the card that this kiosk’s shop printed."),
        "card",
    ),
    "unreadable code": (
        later("This code can’t be read"),
        later("Hold the card flat and still, a hand’s width away."),
        "card",
    ),
}


def _pressed(visit: Visit, button: str, around: Surroundings) -> Step:
    """In the circle the three buttons are the screen's three ways; a vote's presses never come here.

    Where they have no meaning of their own they walk, and what they take comes here as a touch (`walking`).
    """
    if getattr(visit.place, "stopping", False) and around.now.mono - visit.touched < SEEN:
        return Step(visit)
    here = _alive(visit, around, quiet=True)
    key = keys(visit.place)[ANSWERS.index(button)] if button in ANSWERS else ""
    known = TOUCHES.get(type(visit.place))
    if key and known is not None:
        return known(here, visit.place, Touch("choose", key), around)
    words, mend = phrase("That button does nothing just now"), phrase("The others do: the screen says what.")
    return Step(say(_alive(visit, around), Said(words=words, mend=mend, tone="plain"), around.now.mono))


def _held(visit: Visit, around: Surroundings) -> Visit:
    """All three held: the circle opens, or the vote is to be stopped."""
    if around.state.founded is None or isinstance(visit.place, (Gathering, *IN_CIRCLE)):
        return voting.held(visit)
    return circling.enter(visit, around)


# --- touches ----------------------------------------------------------------------------------------------


def _touched(visit: Visit, touch: Touch, around: Surroundings) -> Step:
    writing = isinstance(visit.place, MakeSeed) and visit.place.text is not None and touch.verb == "back"
    if isinstance(visit.place, Voting | Booth | MakeSeed) and touch.verb in ("home", "back") and not writing:
        # Nobody walks out of an open vote: the way out is to stop it, and that is asked about.
        return Step(voting.held(visit))
    if touch.verb == "home":
        return Step(leave(visit))
    if touch.verb == "back":
        return Step(back(visit))
    if touch.verb == "stay":
        return Step(visit)
    if touch.value == "language" and isinstance(visit.place, tongues.OFFERED):
        return Step(go(visit, Tongues()))
    if touch.value in ("size", "voice") and isinstance(visit.place, tongues.OFFERED):
        return Step(tongues.changed(visit, touch.value, around))
    known = TOUCHES.get(type(visit.place))
    if known is not None:
        return known(visit, visit.place, touch, around)
    match visit.place:
        case Idle():
            return Step(_wall_touched(visit, touch, around))
        case Home():
            return _home_touched(visit, touch, around)
        case NoBadge(badge=badge) if touch.value == "people":
            return Step(start(visit, People(badge=badge)))
        case NoBadge() | Told():
            return Step(leave(visit))
    return Step(visit)


def _wall_touched(visit: Visit, touch: Touch, around: Surroundings) -> Visit:
    if touch.value == "copy":
        return copies.enter(visit, around).visit
    if around.state.founded is None:
        return start(visit, Founding())
    match touch.value.split(":", 1):
        case ["work", work]:
            return swapping.begin(start(visit, Idle()), _errand(work, around), around)
        case ["board"]:
            return go(visit, BoardPlace())
        case ["people"]:
            return go(visit, People())
        case ["duties"]:
            return go(visit, Duties())
        case ["seal"]:
            return go(visit, Seal())
        case ["numbers"]:
            return go(visit, Numbers())
        case ["neighbours"]:
            return go(visit, Neighbours())
        case ["duty", duty] if duty in around.state.duties:
            return go(visit, OneDuty(duty))
        case ["jar", *_] | ["tools"] | ["project", *_]:
            return _to_the_jar(visit, touch, around)
        case ["notice", notice]:
            return noticing.board_touched(visit, BoardPlace(), _chosen(key=f"notice:{notice}"), around).visit
    return visit


def _chosen(*, key: str) -> Touch:
    """As if this had been touched."""
    return Touch("choose", key)


def _to_the_jar(visit: Visit, touch: Touch, around: Surroundings) -> Visit:
    """The jar, one of its daughters, a proposal for it, or the shelf."""
    match touch.value.split(":", 1):
        case ["jar", name] if name in around.state.funds:
            return go(visit, JarPlace(name))
        case ["project", name] if name in around.state.projects:
            return go(visit, ProposalPlace(EntryId(name)))
        case ["tools"]:
            return go(visit, Shelf())
        case ["receipt", name] if name in around.state.purchases:
            return go(visit, ReceiptWords(Showing(EntryId(name))))
        case ["jar"]:
            return go(visit, JarPlace())
    return visit


def _errand(work: str, around: Surroundings) -> Errand:
    """A swap of this kind; behind "something else" are the words that the shop added, where there are any."""
    return Errand(work="" if work == WORK[-1] and around.state.named_work else work)


def _home_touched(visit: Visit, touch: Touch, around: Surroundings) -> Step:
    member = around.state.members[visit.who]
    match touch.value.split(":", 1):
        case ["swap"]:
            errand = Errand(giver=visit.who, badge=visit.badge)
            return Step(swapping.begin(visit, errand, around))
        case ["clock"]:
            return Step(swapping.begin_from_clock(visit, member, around))
        case ["board"]:
            return Step(go(visit, BoardPlace()))
        case ["entries"]:
            return Step(go(visit, MyEntries()))
        case ["people"]:
            return Step(go(visit, People()))
        case ["duties"]:
            return Step(go(visit, Duties()))
        case ["numbers"]:
            return Step(go(visit, Numbers()))
        case ["jar"] | ["tools"] | ["receipt", _]:
            return Step(_to_the_jar(visit, touch, around))
        case ["potluck"]:
            return Step(go(visit, potluck.enter(around)))
        case ["neighbours"]:
            return Step(go(visit, Neighbours()))
        case ["circle"]:
            return Step(circling.enter(visit, around, visit.who, visit.badge))
        case ["back again"]:
            return Step(visit, EndLeave(badge=visit.badge))
        case ["undo", entry]:
            return Step(visit, Undo(entry=EntryId(entry), badge=visit.badge))
    return Step(visit)


# --- answers ----------------------------------------------------------------------------------------------


def _answer(visit: Visit, answered: Answered, around: Surroundings) -> Visit:
    if answered.failed:
        said = Said(words=phrase("This can’t be kept just now"), mend=answered.failed, icon="warning")
        closing = isinstance(answered.command, CloseRound | CloseApproval | CloseFriday | VoidRound)
        return say(_not_kept(visit, around) if closing else visit, said, around.now.mono)
    if answered.refusal is not None:
        return _refused(visit, answered, around)
    if isinstance(answered.command, PutInPlace):
        return copies.after(visit, answered)
    return _booked(visit, answered.command, answered, around)


def _not_kept(visit: Visit, around: Surroundings) -> Visit:
    if isinstance(visit.place, Booth):
        return booth.not_kept(visit, visit.place, around)
    return voting.not_kept(visit, around)


def _refused(visit: Visit, answered: Answered, around: Surroundings) -> Visit:
    assert answered.refusal is not None
    of_neighbours = neighbours.refused(visit, answered)
    if of_neighbours is not None:
        return of_neighbours
    wants_a_lot = friday.refused(visit, answered.command, answered.refusal.code)
    if wants_a_lot is not None:
        return wants_a_lot
    code = answered.refusal.code
    # Where another kiosk was waited for, nobody asks again at each tick.
    unheard = code in ("unheard", "booth unheard")
    if unheard or (isinstance(answered.command, CloseFriday) and code != "too few ballots"):
        visit = _not_kept(visit, around)
    words, mend = refusal(answered.refusal)
    said = Said(words=words, mend=mend)
    given = housing.given_back(neighbours.given_back(_without_last_hand(visit)))
    return say(letter_taps.given_back(given), said, around.now.mono)


def _without_last_hand(visit: Visit) -> Visit:
    """After a refusal the badges collected are given back, so that the errand can be tried again."""
    match visit.place:
        case Hands(care=care):
            empty = msgspec.structs.replace(care, hands=())
            return msgspec.structs.replace(visit, place=Hands(empty))
        case CopyHands(root=root):
            return msgspec.structs.replace(visit, place=CopyHands(root))
        case Together(badges=badges) as place:
            return msgspec.structs.replace(visit, place=msgspec.structs.replace(place, badges=badges[:1]))
        case HandingOver() as place:
            return msgspec.structs.replace(visit, place=msgspec.structs.replace(place, first=None))
        case Gathered() as place:
            return msgspec.structs.replace(visit, place=msgspec.structs.replace(place, taps=()))
    return visit


def _booked(visit: Visit, command: Command, answered: Answered, around: Surroundings) -> Visit:
    in_booth = booth.after(visit, answered, around) or friday.after(visit, answered, around)
    goes_on = in_booth or voting.after(visit, answered, around) or circling.after(visit, command, around)
    goes_on = goes_on or duties.after(visit, answered, around) or jar.after(visit, answered, around)
    goes_on = goes_on or assuming.after(visit, answered, around) or potluck.after(visit, answered, around)
    goes_on = goes_on or neighbours.after(visit, answered)
    if goes_on is not None:
        return goes_on
    match command:
        case TakeCoin(cents=cents) if isinstance(visit.place, Tryout):
            return checking_up.coin_arrives(_alive(visit, around), visit.place, cents)
        case TakeCoin(cents=cents):
            return _thanked(visit, cents, around)
        case Swap() | ServeCommons():
            return swapping.after_booking(visit, command, answered.entry)
        case NameWork() if isinstance(visit.place, NameWorkPlace):
            asked, chosen = back(visit), _chosen(key=f"work:{_named(answered)}")
            return swapping.work_chosen(asked, visit.place.back_to, chosen, around).visit
        case _:
            words, icon = told(command, answered, around)
            return start(visit, Told(words=words, icon=icon), visit.who, visit.badge)


def _named(answered: Answered) -> str:
    """The word for a kind of work as it was booked, which may be tidier than it was typed."""
    event = answered.entries[-1].event
    return event.work if isinstance(event, WorkNamed) else ""


def _thanked(visit: Visit, cents: int | None, around: Surroundings) -> Visit:
    """A coin interrupts nobody: a sentence over whatever is shown."""
    if cents is None:
        words, mend = phrase("This coin is not known here"), phrase("It is written down; the next count tells.")
        said = Said(words=words, mend=mend, icon="jar")
    else:
        holds = jar.sum_words(around.state, JAR)
        words = phrase("{money} for the commons", money=money(cents))
        said = Said(words=words, mend=phrase("Thank you. {holds}", holds=holds), icon="jar", tone="done")
    return say(visit, said, around.now.mono)


def told(command: Command, answered: Answered, around: Surroundings) -> tuple[str, str]:
    """What was done, in one sentence, with its picture."""
    state = around.state
    match command:
        case Found(founders=founders):
            return phrase("{names} founded the shop.", names=names([handle for handle, _ in founders])), "people"
        case Join(handle=handle):
            return phrase("Welcome, {name}.", name=handle), "person-add"
        case Return(handle=handle):
            return phrase("Welcome back, {name}.", name=handle), "person-add"
        case AddBadge(handle=handle):
            return phrase("{name} has one more badge.", name=handle), "badge"
        case RevokeBadge(handle=handle):
            return phrase("{name}’s lost badge opens nothing any more.", name=handle), "badge-lost"
        case StartLeave():
            return phrase("Good time away. Nothing is taken from your hours meanwhile."), "away"
        case EndLeave():
            return phrase("Good to have you back."), "back-again"
        case Leave(handle=handle):
            event = answered.entries[-1].event
            minutes = event.minutes if isinstance(event, MemberLeft) else 0
            return _has_left(handle, minutes), "door"
        case Undo() | Counter():
            return _taken_back(answered), "undo"
        case StartClock(work=work):
            return phrase("The clock runs: {work}. Tap again when it is done.", work=work_word(work)), "clock"
        case DropClock():
            return phrase("The clock is off. Nothing was booked."), "clock-off"
        case PostNotice():
            return phrase("It hangs on the board."), "board"
        case TakeDownNotice():
            return phrase("It is off the board."), "board"
        case NameWork(work=work):
            return phrase("{work} is a kind of work here now.", work=capital(work)), "plus"
        case AttachPhoto():
            return phrase("The photo belongs to the circle now."), "check"
        case AnswerUpdate():
            program = state.program
            return phrase("{name} answers for the new program.", name=program.by if program else ""), "check"
        case BeginDuty(duty=duty, fund=fund):
            called = capital(duty_word(duty_called(duty, fund)))
            return phrase("{duty} goes round from now on.", duty=called), "check"
        case EndDuty(duty=duty):
            return phrase("{duty} goes round no more.", duty=capital(duty_word(duty))), "check"
        case HandOver():
            event = answered.entries[-1].event
            return f"{duties.handed_over(event)}." if isinstance(event, DutyHandedOver) else "", "check"
    about_it = jar.told(answered, around) or numbering.told(answered) or amending.told(answered)
    about_it = about_it or assuming.told(command) or neighbours.told(command, answered, around)
    about_it = about_it or between.told(command, answered, around)
    about_it = about_it or housing.told(command, around)
    if about_it:
        return about_it
    here = len(state.present())
    return plural("Done. The shop has {n} members.", "Done. The shop has {n} members.", here), "check"


def _has_left(handle: Handle, minutes: int) -> str:
    """The last word to somebody who leaves, and where their balance went."""
    if not minutes:
        return phrase("{name} has left. All the best.", name=handle)
    return phrase(
        "{name} has left. All the best. The balance, {balance}, went to the commons.",
        name=handle,
        balance=balance(minutes),
    )


def _taken_back(answered: Answered) -> str:
    event = answered.entries[-1].event
    if not isinstance(event, HoursCountered):
        return phrase("Taken back.")
    minutes = sum(value for value in event.moves.values() if value > 0)
    return phrase("{time} taken back.", time=duration(minutes))
