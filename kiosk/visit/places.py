"""The places a visit can be at, each with what has been begun there. Frozen; forgotten when the visit ends."""

from typing import Literal

import msgspec
from msgspec import Struct

from kiosk.amounts import JAR, BadgeHash, EntryId, Handle
from kiosk.commands import NewBadge
from kiosk.events import How, Term
from kiosk.faces import Said, Voice
from kiosk.visit.assumption_places import AssumptionPlace
from kiosk.visit.between_places import BetweenPlace
from kiosk.visit.checkup_places import CheckupPlace
from kiosk.visit.circle_places import CirclePlace
from kiosk.visit.duty_places import DutyPlace
from kiosk.visit.jar_places import JarsPlace
from kiosk.visit.kiosk_places import KioskPlace
from kiosk.visit.neighbour_places import NeighbourPlace
from kiosk.visit.number_places import NumberPlace
from kiosk.visit.potluck_places import PotluckPlace
from kiosk.visit.report_places import ReadingPlace

NOBODY = BadgeHash("")
"""Stands where a badge will be once somebody taps."""


USUAL, NOWHERE = -1, -1
"""The size of type that the settings name; and that nothing is marked, because nobody has pressed a button yet."""


class Errand(Struct, frozen=True):
    """A swap being put together.

    clocked: measured by the running clock; old: it ran too long to be believed, and
    nobody has said yet how long it was. mode: who taps next: the one
    receiver, one of several, or the witness of work for the commons.
    """

    work: str = ""
    giver: Handle = ""
    badge: BadgeHash = NOBODY
    minutes: int = 60
    mode: Literal["one", "several", "commons"] = "one"
    receivers: tuple[tuple[Handle, BadgeHash], ...] = ()
    note: str = ""
    clocked: bool = False
    old: bool = False
    notice: EntryId | None = None


class Care(Struct, frozen=True):
    """Something that needs many hands, being put together.

    what: let somebody in, add a badge, revoke one, let somebody return, let somebody go; let a duty begin or end;
    attach a photo; answer for an update. subject: the person concerned, or the photo. badge: the new badge. lost:
    the badge to revoke. hands: badges tapped so far. duty, how, term, fund: of the duty that begins; of one that
    ends what it is called.
    """

    what: Literal[
        "join", "add", "revoke", "return", "leave", "counter", "begin duty", "end duty", "photo", "update"
    ]
    subject: Handle = ""
    badge: NewBadge | None = None
    lost: BadgeHash | None = None
    hands: tuple[tuple[Handle, BadgeHash], ...] = ()
    entry: EntryId | None = None
    reason: str = ""
    duty: str = ""
    how: How = "order"
    term: Term = "week"
    fund: str = JAR


class Posting(Struct, frozen=True):
    """A need or an offer being put up."""

    side: Literal["need", "offer"]
    work: str = ""
    words: str = ""


class Idle(Struct, frozen=True):
    """Nobody is here; the wall is shown."""


class Founding(Struct, frozen=True):
    """The shop is being founded: (name, badge) of those who are in; pending: the badge being named."""

    founders: tuple[tuple[Handle, NewBadge], ...] = ()
    pending: NewBadge | None = None
    text: str = ""


class Home(Struct, frozen=True):
    """A member's own page."""


class ChooseWork(Struct, frozen=True):
    """What kind of work: for a swap, or for a need or offer. page counts from 0."""

    errand: Errand | None = None
    posting: Posting | None = None
    page: int = 0


class NameWorkPlace(Struct, frozen=True):
    """Writing a new word for a kind of work."""

    back_to: ChooseWork
    text: str = ""


class AskGiver(Struct, frozen=True):
    """A swap begun by touch: the one who gave taps first."""

    errand: Errand


class Dial(Struct, frozen=True):
    """How long; the next badge books it (or joins the receivers)."""

    errand: Errand


class WriteNote(Struct, frozen=True):
    """Writing a note for the swap on the dial."""

    errand: Errand
    text: str = ""


class Done(Struct, frozen=True):
    """Something was booked; shown with undo where there is one. by: the badges that booked it."""

    entry: EntryId
    by: tuple[BadgeHash, ...]


class MyEntries(Struct, frozen=True):
    """What I booked; page counts from 0."""

    page: int = 0


class OneEntry(Struct, frozen=True):
    """One entry of mine."""

    entry: EntryId


class WhyCounter(Struct, frozen=True):
    """Why an entry is taken back. together: with the badges of all it names; else by many hands."""

    entry: EntryId
    together: bool


class WriteReason(Struct, frozen=True):
    """Writing the reason in one's own words."""

    entry: EntryId
    together: bool
    text: str = ""


class Together(Struct, frozen=True):
    """Collecting the badges of all that an entry names, to take it back."""

    entry: EntryId
    reason: str
    badges: tuple[tuple[Handle, BadgeHash], ...] = ()


class BoardPlace(Struct, frozen=True):
    """Needs and offers; page counts from 0."""

    page: int = 0


class OneNotice(Struct, frozen=True):
    """One need or offer."""

    notice: EntryId


class AskPoster(Struct, frozen=True):
    """A need or an offer begun by touch: whose is it?"""

    posting: Posting


class WriteNotice(Struct, frozen=True):
    """Writing the words of a need or an offer."""

    posting: Posting
    text: str = ""


class UntilWhen(Struct, frozen=True):
    """How long it hangs there."""

    posting: Posting


class People(Struct, frozen=True):
    """What can be done about people and badges. badge: one that was just tapped and is nobody's."""

    badge: NewBadge | None = None


class WhichMember(Struct, frozen=True):
    """Whom it concerns; page counts from 0."""

    care: Care
    page: int = 0


class WriteHandle(Struct, frozen=True):
    """Writing the name of somebody new."""

    care: Care
    text: str = ""


class WhichBadge(Struct, frozen=True):
    """Which of somebody's badges is lost."""

    care: Care


class LayNewBadge(Struct, frozen=True):
    """Waiting for the badge that is to be somebody's."""

    care: Care


class Hands(Struct, frozen=True):
    """Collecting many hands."""

    care: Care


class Seal(Struct, frozen=True):
    """The seal of the record, to be photographed. witnessed: the newest one that a neighbour has signed."""

    witnessed: bool = False


class SureToLeave(Struct, frozen=True):
    """About to leave the shop for good."""


class NoBadge(Struct, frozen=True):
    """A badge that opens nothing was tapped, or no badge at all. badge: set when it could become somebody's."""

    words: str
    mend: str
    icon: str = "info"
    badge: NewBadge | None = None


class Tongues(Struct, frozen=True):
    """Choosing the language of this visit."""


class Told(Struct, frozen=True):
    """Something was done that is no swap: said in one sentence, then home."""

    words: str
    icon: str = "check"


class CopyOffered(Struct, frozen=True):
    """A copy of the record lies ready, and is looked at."""


class CopyHands(Struct, frozen=True):
    """Collecting many hands to put a copy in place. root: which. hands: (name here, name there, badge) so far."""

    root: str
    hands: tuple[tuple[Handle, Handle, NewBadge], ...] = ()


class CopyDecided(Struct, frozen=True):
    """The hands are complete; the kiosk starts again on the copy."""


Place = (
    Idle
    | Founding
    | Home
    | ChooseWork
    | NameWorkPlace
    | AskGiver
    | Dial
    | WriteNote
    | Done
    | MyEntries
    | OneEntry
    | WhyCounter
    | WriteReason
    | Together
    | BoardPlace
    | OneNotice
    | AskPoster
    | WriteNotice
    | UntilWhen
    | People
    | WhichMember
    | WriteHandle
    | WhichBadge
    | LayNewBadge
    | Hands
    | Seal
    | SureToLeave
    | NoBadge
    | Told
    | Tongues
    | CopyOffered
    | CopyHands
    | CopyDecided
    | CheckupPlace
    | CirclePlace
    | DutyPlace
    | JarsPlace
    | NumberPlace
    | ReadingPlace
    | AssumptionPlace
    | PotluckPlace
    | NeighbourPlace
    | BetweenPlace
    | KioskPlace
)


class Visit(Struct, frozen=True):
    """Who stands here, where they are, and the way back.

    who, badge: whose visit it is ("" when nobody has tapped). trail: the places to step back to.
    said: laid over the place until the next touch or tap, or for six seconds. touched: milliseconds on the
    monotonic clock at the last sign of life; heard: the badge last tapped, and when, so that a double read
    does nothing; label: the same for a tool's label. language: chosen for this visit; "" for the shop's. size: by
    how many steps type is larger; voice: whether it is read aloud; both as the settings say until they are chosen.
    at: which of the things that can be touched is marked, where it is walked with the buttons. letters: those that
    are open, while somebody writes with the buttons.
    """

    place: Place = Idle()
    who: Handle = ""
    badge: BadgeHash = NOBODY
    trail: tuple[Place, ...] = ()
    said: Said | None = None
    said_at: int = 0
    touched: int = 0
    heard: BadgeHash = NOBODY
    heard_at: int = 0
    label: str = ""
    label_at: int = 0
    language: str = ""
    size: int = USUAL
    voice: Voice = ""
    at: int = NOWHERE
    letters: str = ""

    @property
    def wished(self) -> bool:
        """Whether anything was chosen for it before anybody tapped."""
        return bool(self.language or self.voice) or self.size != USUAL or self.at != NOWHERE


IDLE = Visit()


def go(visit: Visit, place: Place) -> Visit:
    """One place further, with the way back kept."""
    return msgspec.structs.replace(visit, place=place, trail=(*visit.trail, visit.place), said=None)


def turn(visit: Visit, place: Place) -> Visit:
    """The same place with something changed; the way back stays as it was."""
    return msgspec.structs.replace(visit, place=place, said=None)


def start(visit: Visit, place: Place, who: Handle = "", badge: BadgeHash = NOBODY) -> Visit:
    """A new way that begins here: nothing to step back to."""
    return msgspec.structs.replace(visit, place=place, trail=(), said=None, who=who, badge=badge)


def back(visit: Visit) -> Visit:
    """One step back, or out. Back at the wall nobody is here any more: whose visit it was is forgotten too."""
    if not visit.trail or isinstance(visit.trail[-1], Idle):
        return leave(visit)
    return msgspec.structs.replace(visit, place=visit.trail[-1], trail=visit.trail[:-1], said=None)


def leave(visit: Visit) -> Visit:
    """The visit ends; nothing begun is kept, except which badge and label were last heard (for double reads)."""
    return Visit(heard=visit.heard, heard_at=visit.heard_at, label=visit.label, label_at=visit.label_at)


def say(visit: Visit, said: Said, now: int) -> Visit:
    """Lay a sentence over the place. now: milliseconds on the monotonic clock."""
    return msgspec.structs.replace(visit, said=said, said_at=now)
