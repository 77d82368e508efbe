"""The books as a file for beancount: `kiosk export beancount`.

The language: https://beancount.github.io/docs/beancount_language_syntax.html. A part of an account's name begins
with a capital or a digit there, and holds letters, digits and dashes. Names are written so that they stay readable
and two of them never become one; under each account stands the real name.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import groupby
from unicodedata import category, ucd_3_2_0

from kiosk.amounts import COMMONS
from kiosk.reports.plain import one_line
from kiosk.reports.postings import Account, Booking, Books, Commodity, Posting, Shelf, euros

PLACES: Mapping[Shelf, str] = {
    "hours": "Equity:Hours",
    "neighbours": "Equity:Neighbours",
    "jar": "Assets:Jar",
    "funds": "Assets:Funds",
    "reserves": "Assets:Reserves",
    "set aside": "Assets:SetAside",
    "coins": "Income:Coins",
    "by hand": "Income:ByHand",
    "wages": "Income:Wages",
    "differences": "Income:Differences",
    "projects": "Expenses:Projects",
    "from reserves": "Expenses:FromReserves",
    "returned": "Expenses:Returned",
}
"""Where each kind of account stands."""


def ledger(books: Books) -> Iterator[str]:
    """The file, a line each."""
    yield "; Made from the record. MIN are minutes of work swapped, given is more and got is less; EUR is money."
    yield "; Each transaction says the number of its entry. ! marks a clock that could not be trusted."
    yield f"option {_quoted('title')} {_quoted(books.title)}"
    yield f"option {_quoted('operating_currency')} {_quoted('EUR')}"
    if not books.bookings:
        return
    first = books.bookings[0].day
    for account in books.accounts:
        yield ""
        yield f"{first} open {account_name(account)} {account.commodity}"
        if account.name is not None:
            yield f"  name: {_quoted(account.name)}"
    for booking in books.bookings:
        yield ""
        yield from _directive(booking)
    yield from _standing(books)


def _directive(booking: Booking) -> Iterator[str]:
    if booking.on is not None:
        yield f"{booking.day} note {account_name(booking.on)} {_quoted(booking.told)}"
        yield f"  entry: {_quoted(booking.id)}"
        return
    yield f"{booking.day} {'*' if booking.sure else '!'} {_quoted(booking.told)}"
    yield f"  entry: {_quoted(booking.id)}"
    if not booking.sure:
        yield f"  clock: {_quoted('may be wrong')}"
    if booking.countered:
        yield f"  takes-back: {_quoted(booking.countered)}"
    if booking.note:
        yield f"  note: {_quoted(booking.note)}"
    for posting in booking.postings:
        yield from _posting(posting)


def _posting(posting: Posting) -> Iterator[str]:
    yield f"  {account_name(posting.account)}  {_amount(posting.amount, posting.account.commodity)}"
    if posting.about:
        yield f"    for: {_quoted(posting.about)}"


def _standing(books: Books) -> Iterator[str]:
    """The balances that the kiosk has itself, as the day after begins: bean-check says where they differ."""
    after = books.bookings[-1].day + timedelta(days=1)
    yield ""
    for account, count in books.standing:
        yield f"{after} balance {account_name(account)}  {_exactly(count, account.commodity)}"


def account_name(account: Account) -> str:
    """The account's name in the file; different accounts never have the same."""
    place = PLACES[account.shelf]
    return place if account.name is None else f"{place}:{component(_as_usual(account.shelf, account.name))}"


def _as_usual(shelf: Shelf, name: str) -> str:
    """The name as it would need least change: people begin with a capital, other things don't and get one here.

    Every name has a way back: what begins with a capital gets a small letter, a space becomes the stroke.
    """
    match shelf:
        case "hours":
            return _COMMONS.get(name, name)
        case "set aside":
            return _turned(name.translate(_STROKE))
    return _turned(name)


_COMMONS = {COMMONS: COMMONS.capitalize(), COMMONS.capitalize(): COMMONS}
_STROKE = str.maketrans({"/": " ", " ": "/"})


def _turned(name: str) -> str:
    """The name with its first letter large where it was small and small where it was large."""
    first, turned = name[:1], name[:1].swapcase()
    return turned + name[1:] if len(turned) == 1 and turned.swapcase() == first else name


def component(name: str) -> str:
    """A name as a part of an account's name, with a way back for every name.

    Letters and digits stay. Between them a space is one dash and a dash two; whatever else stands there is three
    dashes, its UTF-8 in hex and another dash. What can't begin a part has X and four dashes before it.
    """
    written = "".join(run if kept else _dashes(run) for kept, run in _runs(name))
    return written if name and _stands(name[0]) and category(name[0]) in ("Lu", "Nd") else f"X----{written}"


def _runs(name: str) -> Iterator[tuple[bool, str]]:
    return ((kept, "".join(signs)) for kept, signs in groupby(name, _stands))


def _dashes(run: str) -> str:
    if run in _SHORT:
        return _SHORT[run]
    return f"---{run.encode('utf-8', 'surrogatepass').hex()}-"


_SHORT = {" ": "-", "-": "--"}


def _stands(sign: str) -> bool:
    """Letters and digits that every beancount knows; version 2 has an old list of its own."""
    kinds = {_kind(category(sign)), _kind(ucd_3_2_0.category(sign))}
    return sign <= "\uffff" and kinds in ({"L"}, {"Nd"})


def _kind(name: str) -> str:
    return "L" if name[0] == "L" else name


def _amount(count: int, commodity: Commodity) -> str:
    return f"{count} MIN" if commodity == "MIN" else f"{euros(count)} EUR"


def _exactly(count: int, commodity: Commodity) -> str:
    """An amount to be asserted: by itself beancount would let a cent pass."""
    return f"{count if commodity == 'MIN' else euros(count)} ~ 0 {commodity}"


def _quoted(text: str) -> str:
    escaped = one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
