"""Counting entries into the figures of several spans of days at once, in one go from the oldest to the newest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

from kiosk.amounts import EntryId
from kiosk.events import CircleOpened, ConcessionWon, Entry, takes_back
from kiosk.figures.figure import Audit, Figure, Measure, Name, Section, Span, Standing
from kiosk.figures.parts import Known, Part, counts_on, holds_on, parts_of, people_there, remember, undone_part
from kiosk.figures.wording import LINES, TITLES

_MINUTES = ("hours", "share")
_CENTS = ("moved", "given", "bought")
_BESIDE = frozenset(
    {
        ("won", "holding"),
        ("reforms", "holding"),
        ("moved", "unknown"),
        ("counts", "counted"),
        ("circles", "people"),
        ("votes", "part"),
        ("dissent", "noes"),
        ("reviews", "stands"),
        ("duties", "late"),
        ("share", "share"),
        ("share", "borne"),
    }
)
_SHARES = (("share", "share"), ("votes", "part"), ("dissent", "noes"))
_OTHER: Mapping[tuple[str, str], Measure] = {
    ("goods", "made"): "units",
    ("goods", "taken"): "units",
    ("won", "worth"): "cents",
    ("won", "all"): "cents",
    ("reforms", "worth"): "cents",
    ("reforms", "all"): "cents",
    ("moved", "unknown"): "times",
    ("counts", "difference"): "cents",
    ("circles", "people"): "people",
    ("people", "came"): "people",
    ("people", "back"): "people",
    ("people", "left"): "people",
    ("duties", "late"): "days",
    ("undone", "hours"): "minutes",
}

_SUMMED = ("hours", "won", "reforms", "moved", "given", "bought", "votes", "duties")
"""Sections with a sum, and what it is the sum of: all parts that are in what the sum is in."""


def _measure(section: str, key: str) -> Measure:
    if (section, key) in _SHARES:
        return "share"
    if (section, key) in _OTHER:
        return _OTHER[section, key]
    return "minutes" if section in _MINUTES else "cents" if section in _CENTS else "times"


def _standing(section: str, key: str) -> Standing:
    return "sum" if key == "all" else "beside" if (section, key) in _BESIDE else "part"


class _Pile:
    """What has come together for one figure so far."""

    __slots__ = ("amount", "entries", "per")

    def __init__(self) -> None:
        self.amount = 0
        self.per = 0
        self.entries: dict[EntryId, None] = {}


class _Tally:
    """The figures of one span as they grow. named: whether each keeps the entries that it comes from."""

    def __init__(self, span: Span, *, named: bool) -> None:
        self.span = span
        self._named = named
        self._piles: dict[Name, _Pile] = {}
        self._circles: dict[int, int] = {}
        self._doubtful: list[EntryId] = []

    def add(self, entry: Entry, part: Part, *others: EntryId) -> None:
        """One part more, of an entry and others that belong to it."""
        pile = self._piles.setdefault(Name(part.section, part.key, part.what, part.unit), _Pile())
        pile.amount += part.amount
        pile.per += part.per
        if self._named:
            pile.entries.update(dict.fromkeys((entry.id, *others)))

    def doubt(self, entry: Entry) -> None:
        """An entry of this span was written by a clock that may be wrong."""
        if self._named and not entry.moment.trusted and (not self._doubtful or self._doubtful[-1] != entry.id):
            self._doubtful.append(entry.id)

    def there(self, entry: Entry, circle: int, people: int) -> None:
        """So many more were at a circle."""
        self._circles[circle] = self._circles.get(circle, 0) + people
        self.add(entry, Part("circles", "people", 0))

    def audit(self) -> Audit:
        """All figures, in the order of the sheet."""
        figures = [self._figure(name) for name in self._names()]
        sections = tuple(
            Section(key, tuple(figure for figure in figures if figure.section == key)) for key in TITLES
        )
        return Audit(self.span.period, self.span.first, self.span.last, sections, tuple(self._doubtful))

    def _names(self) -> Iterator[Name]:
        """Those that something was added to, and all that there is only one of, so that nothing is missing."""
        for section, key in LINES:
            if "{" not in LINES[section, key]:
                yield Name(section, key)
                continue
            yield from sorted(name for name in self._piles if (name.section, name.key) == (section, key))

    def _figure(self, name: Name) -> Figure:
        pile = self._piles.get(name, _Pile())
        value, per, entries = self._value(name, pile)
        return Figure(
            section=name.section,
            key=name.key,
            measure=_measure(name.section, name.key),
            standing=_standing(name.section, name.key),
            value=value,
            per=per,
            what=name.what,
            unit=name.unit,
            entries=tuple(entries),
        )

    def _value(self, name: Name, pile: _Pile) -> tuple[int | None, int, Iterable[EntryId]]:
        if name.key == "all":
            return self._sum(name.section)
        if name[:2] == ("share", "share"):
            return self._share()
        if name[:2] == ("circles", "people"):
            return *_median(self._circles.values()), pile.entries
        if name[:2] in _SHARES:
            return (pile.amount, pile.per, pile.entries) if pile.per else (None, 1, ())
        return pile.amount, 1, pile.entries

    def _sum(self, section: str) -> tuple[int, int, Iterable[EntryId]]:
        """Of those parts of a section that are in the same."""
        measure = _measure(section, "all")
        summed = [
            pile
            for name, pile in self._piles.items()
            if name.section == section
            and _standing(section, name.key) == "part"
            and _measure(section, name.key) == measure
        ]
        entries = dict.fromkeys(entry for pile in summed for entry in pile.entries)
        return sum(pile.amount for pile in summed), 1, sorted(entries, key=_place)

    def _share(self) -> tuple[int | None, int, Iterable[EntryId]]:
        """Hours for the commons ÷ (hours for one another + hours for the commons).

        That is 1 − FIC, the factor of individual consumption of Workers Control, FIC = (L − (Po + Ro)) / (L + Lo),
        with L the hours for one another, Lo those for the commons, and what the commons uses up (Po, Ro) left
        out: here nothing has a price in hours.
        """
        each, commons = (self._piles.get(Name("share", key), _Pile()) for key in ("each", "commons"))
        whole = each.amount + commons.amount
        entries = sorted({*each.entries, *commons.entries}, key=_place)
        return (commons.amount, whole, entries) if whole else (None, 1, ())


def _place(entry: EntryId) -> tuple[str, int]:
    """By kiosk, and there in the order of the record."""
    device, _, number = entry.rpartition("/")
    return device, int(number)


def _median(people: Iterable[int]) -> tuple[int | None, int]:
    """The middle one; between the two in the middle where there are two, which can be half a person."""
    row = sorted(people)
    if not row:
        return None, 1
    middle = len(row) // 2
    if len(row) % 2:
        return row[middle], 1
    twice = row[middle - 1] + row[middle]
    return (twice // 2, 1) if twice % 2 == 0 else (twice, 2)


class Counter:
    """Counts entries, the oldest first, into spans of days.

    taken: which entries were taken back, and by which; these count nowhere but as taken back. zone: of the room's
    clock, None for the machine's own. nameless: spans whose figures don't say which entries they come from.
    """

    def __init__(
        self,
        spans: Sequence[Span],
        taken: Mapping[EntryId, EntryId],
        zone: tzinfo | None = None,
        nameless: Sequence[Span] = (),
    ) -> None:
        self._tallies = [_Tally(span, named=span not in nameless) for span in spans]
        self._taken = taken
        self._zone = zone
        self._known = Known({}, {})
        self._circles: dict[int, tuple[_Tally, ...]] = {}

    def add(self, entry: Entry) -> None:
        """One entry more."""
        day = counts_on(entry, self._zone)
        meant = [tally for tally in self._tallies if day in tally.span]
        if meant:
            self._count(entry, meant)
        self._there(entry, meant)
        remember(entry, self._known)

    def _count(self, entry: Entry, meant: Sequence[_Tally]) -> None:
        by = self._taken.get(entry.id)
        undone = undone_part(entry.event) if by is not None else None
        parts = (undone,) if undone else tuple(parts_of(entry, self._known, self._zone))
        for tally in meant:
            for part in parts:
                tally.add(entry, part, *([by] if undone and by else []))
            if not undone and holds_on(entry.event, tally.span.last):
                section = "won" if isinstance(entry.event, ConcessionWon) else "reforms"
                tally.add(entry, Part(section, "holding", 1))
            if parts:
                tally.doubt(entry)

    def _there(self, entry: Entry, meant: Sequence[_Tally]) -> None:
        """Whoever comes late belongs to the day that the circle began on."""
        said = people_there(entry.event)
        if said is None:
            return
        number, people = said
        if isinstance(entry.event, CircleOpened):
            self._circles[number] = tuple(meant)
        for tally in self._circles.get(number, ()):
            tally.there(entry, number, people)

    def audits(self) -> tuple[Audit, ...]:
        """What each span came to, in the order they were named in."""
        return tuple(tally.audit() for tally in self._tallies)


def taken_back(entries: Iterable[Entry]) -> dict[EntryId, EntryId]:
    """Which entries others took back, and which did."""
    found: dict[EntryId, EntryId] = {}
    for entry in entries:
        target = takes_back(entry.event)
        if target is not None:
            found.setdefault(target, entry.id)
    return found
