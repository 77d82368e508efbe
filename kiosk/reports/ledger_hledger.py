"""The books as a journal for hledger (https://hledger.org/hledger.html#journal): `kiosk export hledger`.

A journal has no quotes: what a name or a sentence may hold is decided here, so that nothing that somebody wrote is
ever read as anything but a name or a sentence.
"""

from collections.abc import Iterator, Mapping
from unicodedata import category

from kiosk.reports.plain import one_line
from kiosk.reports.postings import Account, Booking, Books, Commodity, Posting, Shelf, euros

PLACES: Mapping[Shelf, str] = {
    "hours": "hours",
    "neighbours": "neighbours",
    "jar": "assets:jar",
    "funds": "assets:funds",
    "reserves": "assets:reserves",
    "set aside": "assets:set aside",
    "coins": "income:coins",
    "by hand": "income:by hand",
    "wages": "income:wages",
    "differences": "income:differences",
    "projects": "expenses:projects",
    "from reserves": "expenses:from reserves",
    "returned": "expenses:returned",
}
"""Where each kind of account stands."""

_SIGNS = "-'’.,&/+()"
"""What may stand in a name beside letters, accents, digits and single spaces."""

_DESCRIPTION = str.maketrans({";": ",", "|": "/"})
"""A comment would begin at `;`, and a note at `|`."""

_COMMENT = str.maketrans({":": "\u2236", "[": "(", "]": ")"})
"""`word:` would be a tag, `date:` even a day, and so would a day in brackets. The ratio sign looks like a colon."""


def journal(books: Books) -> Iterator[str]:
    """The journal, a line each."""
    yield f"; {_comment(books.title)}"
    yield "; Made from the record. MIN are minutes of work swapped, given is more and got is less; EUR is money."
    yield "; Each transaction has the number of its entry in brackets. ! marks a clock that could not be trusted."
    yield "decimal-mark ."
    yield "commodity 1000. MIN"
    yield "commodity 1000.00 EUR"
    yield from (f"account {account_name(account)}" for account in books.accounts)
    for booking in books.bookings:
        yield ""
        yield from _transaction(booking)
    if books.bookings and books.standing:
        yield ""
        yield from _standing(books)


def _transaction(booking: Booking) -> Iterator[str]:
    if not booking.postings:
        yield f"; {booking.day} {_code(booking)} {_comment(booking.told)}"
        return
    mark = "*" if booking.sure else "!"
    yield f"{booking.day} {mark} {_code(booking)} {one_line(booking.told).translate(_DESCRIPTION)}"
    if not booking.sure:
        yield "    ; clock:may be wrong"
    if booking.countered:
        yield f"    ; takes-back:{_number(booking.countered)}"
    if booking.note:
        yield f"    ; {_comment(booking.note)}"
    yield from map(_posting, booking.postings)


def _posting(posting: Posting) -> str:
    about = f"  ; {_comment(posting.about)}" if posting.about else ""
    return f"    {account_name(posting.account)}  {_amount(posting.amount, posting.account.commodity)}{about}"


def _standing(books: Books) -> Iterator[str]:
    """The balances that the kiosk has itself, asserted: the journal is refused where they are others."""
    yield f"{books.bookings[-1].day} * what the kiosk says that there is"
    for account, count in books.standing:
        nothing = _amount(0, account.commodity)
        yield f"    {account_name(account)}  {nothing} = {_amount(count, account.commodity)}"


def account_name(account: Account) -> str:
    """The account's name in the journal; different accounts never have the same."""
    place = PLACES[account.shelf]
    return place if account.name is None else f"{place}:{component(account.name)}"


def component(name: str) -> str:
    """A name as a part of an account's name: as it is, but for signs that hledger could take for its own.

    Those become %XX for each byte of their UTF-8, as in a web address (RFC 3986): two names never become one.
    """
    return "".join(sign if _stands(name, place) else _escaped(sign) for place, sign in enumerate(name)) or "%"


def _stands(name: str, place: int) -> bool:
    sign = name[place]
    if sign == " ":  # two of them would end an account's name
        return 0 < place < len(name) - 1 and name[place - 1] != " "
    kind = category(sign)[0]
    return kind in "LN" or sign in _SIGNS or (kind == "M" and place > 0)


def _escaped(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "surrogatepass"))


def _amount(count: int, commodity: Commodity) -> str:
    return f"{count} MIN" if commodity == "MIN" else f"{euros(count)} EUR"


def _code(booking: Booking) -> str:
    return f"({_number(booking.id)})"


def _number(name: str) -> str:
    """An entry's name; a bracket in it would end the code."""
    return "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "/-_") else _escaped(sign) for sign in name
    )


def _comment(text: str) -> str:
    return one_line(text).translate(_COMMENT)
