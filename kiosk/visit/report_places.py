"""Where somebody stands who looks at what the shop reads aloud about itself."""

from typing import Literal

from msgspec import Struct

from kiosk.amounts import EntryId
from kiosk.figures.numbers import Behind

Sort = Literal["audit", "ledger"]


class ReportPlace(Struct, frozen=True):
    """The latest audit, or the latest ledger. page counts from 0. chart: where there is one it has all the room."""

    sort: Sort = "audit"
    page: int = 0
    chart: bool = False


class BehindFigure(Struct, frozen=True):
    """The entries that a figure comes from. name: its section, key, what and unit. page counts from 0."""

    sort: Sort
    name: tuple[str, str, str, str]
    page: int = 0


class OnSheet(Struct, frozen=True):
    """What a code on a sheet of paper names. known: which of the entries that it names there are. page from 0."""

    behind: Behind
    known: tuple[EntryId, ...] = ()
    page: int = 0


ReadingPlace = ReportPlace | BehindFigure | OnSheet
