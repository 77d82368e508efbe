"""The places of the jar and of the shelf, each with what has been begun there. Frozen; forgotten when left."""

from msgspec import Struct

from kiosk.amounts import JAR, BadgeHash, EntryId, Handle

Tap = tuple[Handle, BadgeHash]
"""Who tapped, and with which badge."""


# --- what is being put together ---------------------------------------------------------------------------


class Draft(Struct, frozen=True):
    """A proposal. sort: its kind. tool: the label of the broken tool it is about."""

    fund: str = JAR
    title: str = ""
    cents: int = 0
    sort: str = ""
    tool: str = ""


class Giving(Struct, frozen=True):
    """Money put in by hand: one gives, another sees it."""

    fund: str = JAR


class Slicing(Struct, frozen=True):
    """A slice of the wages. each: person by person; else one sum.

    slices: those who are in, with their cents. now: who says how much just now.
    """

    fund: str = JAR
    each: bool = False
    slices: tuple[tuple[Handle, BadgeHash, int], ...] = ()
    now: Tap | None = None


class Counting(Struct, frozen=True):
    """A count by hand. in_circle: the circle waits for it, and goes on when it is booked."""

    fund: str = JAR
    in_circle: bool = False


class Parting(Struct, frozen=True):
    """A fund being parted in the circle. name: of the part whose cents are asked for. parts: what is settled.

    equal: cents of the parts that still want a name, where all are equal.
    """

    fund: str
    name: str = ""
    parts: tuple[tuple[str, int], ...] = ()
    equal: tuple[int, ...] = ()


class Spending(Struct, frozen=True):
    """Money of a reserve, as a decision says. The first to tap gets it; the others are the hands."""

    reserve: str
    decision: EntryId
    cents: int = 0
    words: str = ""


class Resting(Struct, frozen=True):
    """Where the rest of a fund goes, being decided by many hands."""

    fund: str
    rest_to: str


class Showing(Struct, frozen=True):
    """What became of money that somebody got. in_circle: the circle goes on when it is booked."""

    purchase: EntryId
    words: str = ""
    in_circle: bool = False


class Shelving(Struct, frozen=True):
    """A tool being put on the shelf, by two badges."""

    label: str
    name: str = ""


class Breaking(Struct, frozen=True):
    """A tool that does not work: what is wrong with it."""

    tool: str
    words: str = ""


class Mending(Struct, frozen=True):
    """A broken tool that works again."""

    tool: str


class Removing(Struct, frozen=True):
    """A tool that leaves the shelf for good: where it went."""

    tool: str
    words: str = ""


Sum = Draft | Giving | Slicing | Counting | Parting | Spending
"""What asks for an amount of money."""

Badged = Spending | Resting | Showing | Shelving | Breaking | Mending | Removing
"""What waits for badges once it is put together."""

Worded = Draft | Spending | Shelving | Breaking | Removing
"""What asks for words."""


# --- places -----------------------------------------------------------------------------------------------


class JarPlace(Struct, frozen=True):
    """A jar's own page; page counts from 0."""

    fund: str = JAR
    page: int = 0


class MoneyIn(Struct, frozen=True):
    """How money comes in: by hand, or as a slice of the wages."""

    fund: str = JAR


class JarMore(Struct, frozen=True):
    """What is done seldom: the count, receipts, reserves, where the rest goes, other jars."""

    fund: str = JAR


class Jars(Struct, frozen=True):
    """Which jar, where there are several; page counts from 0."""

    page: int = 0


class ProposalPlace(Struct, frozen=True):
    """One proposal, and what can be done with it."""

    project: EntryId


class WantsSecond(Struct, frozen=True):
    """A proposal waits for a second badge. fresh: it was made a moment ago."""

    project: EntryId
    fresh: bool = False


class ChooseSort(Struct, frozen=True):
    """What kind of project; page counts from 0."""

    draft: Draft
    page: int = 0


class NameSort(Struct, frozen=True):
    """Writing a new kind of project."""

    draft: Draft
    text: str = ""


class WhoCarries(Struct, frozen=True):
    """Who carries it out taps. other: first the proposer taps, then whoever carries it out."""

    draft: Draft
    other: bool = False


class SaidIn(Struct, frozen=True):
    """Writing the words of something: a title, a name, what is wrong, where it went."""

    what: Worded
    text: str = ""


class HowMuch(Struct, frozen=True):
    """How much money. taps: who has agreed to just this amount, where badges book it."""

    what: Sum
    cents: int = 0
    taps: tuple[Tap, ...] = ()


class Slices(Struct, frozen=True):
    """Slices of the wages, one by one: the next one taps. witness: one is in alone, so somebody else sees it."""

    slicing: Slicing
    witness: bool = False


class Taps(Struct, frozen=True):
    """Badges are waited for, one after another; with the last one it is booked."""

    what: Badged
    taps: tuple[Tap, ...] = ()


class Receipts(Struct, frozen=True):
    """Money for which nothing has been shown yet; page counts from 0."""

    page: int = 0


class ReceiptWords(Struct, frozen=True):
    """What became of it: picked, or written (text is not None)."""

    showing: Showing
    at: int = 0
    text: str | None = None


class Reserves(Struct, frozen=True):
    """What the shop keeps beside its jars; page counts from 0."""

    page: int = 0


class WhichDecision(Struct, frozen=True):
    """Which carried decision opens a reserve; page counts from 0."""

    reserve: str
    page: int = 0


class ChooseRest(Struct, frozen=True):
    """Where the rest of a fund goes; page counts from 0."""

    fund: str
    page: int = 0


class NamePart(Struct, frozen=True):
    """What a part is for: its name is picked, or written (text is not None)."""

    what: Parting
    at: int = 0
    text: str | None = None


class Parts(Struct, frozen=True):
    """A fund being parted: what is settled, and what is left."""

    what: Parting


class PartPeople(Struct, frozen=True):
    """How many people look after each part."""

    what: Parting
    at: int = 0


class Shelf(Struct, frozen=True):
    """The shared tools; page counts from 0."""

    page: int = 0


class NewTool(Struct, frozen=True):
    """A new tool's label is waited for."""


class OneTool(Struct, frozen=True):
    """One tool: a badge takes it or brings it back."""

    tool: str


JarsPlace = (
    JarPlace
    | MoneyIn
    | JarMore
    | Jars
    | ProposalPlace
    | WantsSecond
    | ChooseSort
    | NameSort
    | WhoCarries
    | SaidIn
    | HowMuch
    | Slices
    | Taps
    | Receipts
    | ReceiptWords
    | Reserves
    | WhichDecision
    | ChooseRest
    | NamePart
    | Parts
    | PartPeople
    | Shelf
    | NewTool
    | OneTool
)


def in_circle(place: object) -> bool:
    """Whether the circle waits for what is done here."""
    what = getattr(place, "what", None) or getattr(place, "showing", None)
    return bool(getattr(what, "in_circle", False)) or isinstance(what, Parting)
