"""What a count comes to: figures in sections, each with the entries it comes from. Whole numbers only."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from msgspec import Struct

from kiosk import periods
from kiosk.amounts import EntryId
from kiosk.figures.wording import LINES, TITLES

Measure = Literal["minutes", "cents", "units", "times", "people", "days", "share"]
"""What a figure is in. units: the shop's own, see `Figure.unit`. share: an exact part of a whole, from 0 to 1."""

Standing = Literal["part", "sum", "beside"]
"""part: one of those that the sum is of. sum: of all parts. beside: something else about them."""


class Name(NamedTuple):
    """Names a figure for ever, whatever the language: the same in every period, so that periods stand side by side.

    what: which of several, in the shop's own words (a kind of work, goods, an action, a duty); "" for the only one.
    unit: of goods, the shop's own word for one.
    """

    section: str
    key: str
    what: str = ""
    unit: str = ""


class Figure(Struct, frozen=True):
    """One number, what it is in, and the entries it comes from, the oldest first.

    value: whole minutes, cents, units, times, people or days; None where there is nothing to take a median or a
    share of. per: 1, but of a share the whole that it is a part of, and 2 of a median that is half a person.
    """

    section: str
    key: str
    measure: Measure
    standing: Standing
    value: int | None
    per: int = 1
    what: str = ""
    unit: str = ""
    entries: tuple[EntryId, ...] = ()

    @property
    def name(self) -> Name:
        """What it is called for ever."""
        return Name(self.section, self.key, self.what, self.unit)

    @property
    def exact(self) -> Fraction | None:
        """The value as the number that it is."""
        return None if self.value is None else Fraction(self.value, self.per)

    @property
    def words(self) -> str:
        """What it is, in English, with {what} and {unit} to be filled in (`kiosk.views.figures` says it)."""
        return LINES[self.section, self.key]


class Section(Struct, frozen=True):
    """Figures that belong together."""

    key: str
    figures: tuple[Figure, ...]

    @property
    def title(self) -> str:
        """What it is about, in English."""
        return TITLES[self.key]

    @property
    def empty(self) -> bool:
        """Whether the record tells nothing for it."""
        return not any(figure.value for figure in self.figures)


class Span(Struct, frozen=True):
    """Days that are counted. period: what they are called; first, last: both counted."""

    period: str
    first: date
    last: date

    @classmethod
    def of(cls, period: str) -> "Span":
        """A month or a quarter. Raises ValueError, naming it, for what is neither."""
        return cls(period, periods.first_day(period), periods.last_day(period))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


SO_FAR = "so far"
"""What the span from the first entry to the end of a quarter is called."""


class Audit(Struct, frozen=True):
    """What the record tells of some days. doubtful: its entries whose moment is by a clock that may be wrong.

    late: its entries that were written after it had been read aloud; what was read then did not count them.
    """

    period: str
    first: date
    last: date
    sections: tuple[Section, ...]
    doubtful: tuple[EntryId, ...] = ()
    late: tuple[EntryId, ...] = ()

    def figures(self) -> Iterator[Figure]:
        """All of them, in the order of the sheet."""
        for section in self.sections:
            yield from section.figures

    def section(self, key: str) -> Section:
        """The one of this key. Raises KeyError for none such."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def find(self, name: Name) -> Figure | None:
        """The figure of this name; None where the record tells nothing of it in these days."""
        return next((figure for figure in self.figures() if figure.name == name), None)

    def value(self, section: str, key: str, what: str = "", unit: str = "") -> int:
        """What a figure comes to; 0 where the record tells nothing of it."""
        found = self.find(Name(section, key, what, unit))
        return found.value or 0 if found else 0


class Row(NamedTuple):
    """One figure in all columns of a ledger; None where a column has none."""

    name: Name
    figures: tuple[Figure | None, ...]

    @property
    def some(self) -> Figure:
        """One that is there, for its words and what it is in."""
        return next(figure for figure in self.figures if figure is not None)


class Ledger(Struct, frozen=True):
    """A quarter: its months, the whole of it, the quarter before, and all from the first entry to its end.

    so_far: its figures name no entries, as they come from all.
    """

    period: str
    months: tuple[Audit, ...]
    whole: Audit
    before: Audit
    so_far: Audit

    @property
    def columns(self) -> tuple[Audit, ...]:
        """As they stand side by side."""
        return (*self.months, self.whole, self.before, self.so_far)

    def rows(self, section: str) -> tuple[Row, ...]:
        """A section's figures side by side, in the order of the sheet."""
        columns = [{figure.name: figure for figure in each.section(section).figures} for each in self.columns]
        # What is only in the running total was no matter of these two quarters.
        names = dict.fromkeys(name for column in columns[:-1] for name in column)
        order = {key: place for place, (of, key) in enumerate(LINES) if of == section}
        ordered = sorted(names, key=lambda name: (order[name.key], name.what, name.unit))
        return tuple(Row(name, tuple(column.get(name) for column in columns)) for name in ordered)
