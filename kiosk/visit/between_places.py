"""The places of what shops share besides hours. Frozen; forgotten when the visit ends."""

from typing import Literal

from msgspec import Struct

from kiosk.amounts import EntryId
from kiosk.letters import AnyLetter, CallUp, News, OrderCall, Wanted
from kiosk.visit.jar_places import Tap


class Between(Struct, frozen=True):
    """All that shops share: the strike fund, orders, the boards, news, circles of debt."""


class Fund(Struct, frozen=True):
    """The strike fund: what is called up, and what is pledged; page counts from 0."""

    page: int = 0


class PledgeWhom(Struct, frozen=True):
    """For all neighbours, or for one alone; page counts from 0."""

    page: int = 0


class PledgeSum(Struct, frozen=True):
    """How much is held ready. to: for one neighbour alone; "" for all."""

    to: str
    cents: int = 0
    monthly: bool = False


class CallSum(Struct, frozen=True):
    """How much is called up."""

    cents: int = 0


class OneCallUp(Struct, frozen=True):
    """A neighbour's call-up, and what can be answered."""

    shop: str
    call: EntryId


class AnswerSum(Struct, frozen=True):
    """How much of it comes from us."""

    shop: str
    call: EntryId
    cents: int


class OneAsked(Struct, frozen=True):
    """A call-up of ours: what each neighbour answered; page counts from 0."""

    call: EntryId
    page: int = 0


class Orders(Struct, frozen=True):
    """Joint orders; page counts from 0."""

    page: int = 0


class OneOrder(Struct, frozen=True):
    """One of them: how many does somebody take? shop: who called it; "" for us. amount: None until it is chosen."""

    order: EntryId
    shop: str
    amount: int | None = None


class OrderList(Struct, frozen=True):
    """Who takes how much of it; page counts from 0."""

    order: EntryId
    shop: str
    page: int = 0


Worded = CallUp | OrderCall | Wanted | News
"""Letters in which there is something to write."""


class Saying(Struct, frozen=True):
    """Writing the words of a letter, or the unit of an order."""

    letter: Worded
    part: Literal["words", "unit"] = "words"
    text: str = ""


class WhichUnit(Struct, frozen=True):
    """In what an order is counted."""

    letter: OrderCall


class UnitPrice(Struct, frozen=True):
    """What one costs; may be left at nothing."""

    letter: OrderCall


class HowLong(Struct, frozen=True):
    """Until when."""

    letter: CallUp | OrderCall | Wanted


class Boards(Struct, frozen=True):
    """Tools and needs of all shops; page counts from 0."""

    page: int = 0


class OneHung(Struct, frozen=True):
    """Something of ours on the neighbours' boards."""

    wanted: EntryId


class Tell(Struct, frozen=True):
    """What can be made public: decisions, and reports that were held; page counts from 0."""

    page: int = 0


class Circles(Struct, frozen=True):
    """Circles of debt; page counts from 0."""

    page: int = 0


class OneCircle(Struct, frozen=True):
    """One of them, and what can be answered."""

    ring: str


class LetterTaps(Struct, frozen=True):
    """A letter is whole; as many badges as it takes."""

    to: str
    letter: AnyLetter
    taps: tuple[Tap, ...] = ()


BetweenPlace = (
    Between
    | Fund
    | PledgeWhom
    | PledgeSum
    | CallSum
    | OneCallUp
    | AnswerSum
    | OneAsked
    | Orders
    | OneOrder
    | OrderList
    | Saying
    | WhichUnit
    | UnitPrice
    | HowLong
    | Boards
    | OneHung
    | Tell
    | Circles
    | OneCircle
    | LetterTaps
)

PUT_TOGETHER = (PledgeWhom, PledgeSum, CallSum, AnswerSum, Saying, WhichUnit, UnitPrice, HowLong)
"""Places where a letter is being put together, before badges say it."""
