"""What one would look at in a made-up shop that has a year behind it: its pages as pictures, and its sheets.

Nothing is tapped and nothing is written: the record is read as it lies there, on the evening of its last day.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.amounts import Handle, Moment
from kiosk.clock import SIMULATED
from kiosk.counted import Counted
from kiosk.events import Entry, HoursSwapped
from kiosk.faces import Face, ReportFace, WallFace
from kiosk.figures import Audit
from kiosk.periods import before, quarter_of
from kiosk.reports import gathered
from kiosk.reports import potluck as looked_back
from kiosk.reports.autopsy import SAID, autopsy
from kiosk.rules.concentration import quarter
from kiosk.settings import Settings
from kiosk.state import State, restore
from kiosk.store import NoRecordError, Reader
from kiosk.tongue import speaking
from kiosk.tour.playing import draw
from kiosk.views.contents import face
from kiosk.views.report import ROWS_ON_WALL, first_pages, pages_of
from kiosk.views.scene import Scene
from kiosk.visit.assumption_places import Autopsy, OneRoutine
from kiosk.visit.duty_places import Duties, OneDuty
from kiosk.visit.jar_places import JarMore, JarPlace, ProposalPlace, Receipts, Reserves, Shelf
from kiosk.visit.number_places import CharterNumber, CharterPage, Numbers, OneNumber, SaidNumbers
from kiosk.visit.places import BoardPlace, Home, Idle, MyEntries, OneEntry, People, Place, Visit
from kiosk.visit.potluck_places import Potluck
from kiosk.visit.report_places import ReportPlace, Sort
from kiosk.words import local

NUMBERS_OF_AN_EVENING = 4
"""How many of a potluck's numbers are looked at."""

A_NUMBER = "hard_limit"
"""The number of the charter that is looked at more closely: how far a balance may go."""


class Look(NamedTuple):
    """A picture's name, where somebody stands, and who they are ("" for nobody)."""

    picture: str
    place: Place
    who: Handle = ""


def is_made_up(folder: Path) -> bool:
    """Whether the record in a folder is a made-up year's. Raises the StoreErrors but that there is none."""
    try:
        with Reader.open(folder) as reader:
            founded = next(reader.entries(), None)
    except NoRecordError:
        return False
    return founded is not None and founded.moment.boot == SIMULATED


def look_around(folder: Path, settings: Settings, data: Path) -> int:
    """Leave pictures of a made-up shop in a folder, one subfolder a size, and its sheets. Gives the exit code.

    data: where its record lies. Raises OSError and the StoreErrors.
    """
    sys.stderr.write(f"kiosk: looking around in the made-up shop of {data}; nothing is changed there\n")
    with Reader.open(data) as reader, speaking(settings.shop.language):
        shop = Shop(reader, settings)
        draw(list(shop.faces()), folder)
        shop.print_sheets(folder)
    return 0


class Shop:
    """A made-up shop on the evening of its last day."""

    def __init__(self, reader: Reader, settings: Settings) -> None:
        self._reader = reader
        self._settings = settings
        self.state: State = restore(reader.tables())
        self._now: Moment = next(reader.entries(reader.last_number - 1)).moment
        self._today = local(self._now).date()
        self._counted: Counted = gathered.counted(reader, self._today)

    def faces(self) -> Iterator[tuple[str, Face]]:
        """The name of each picture and its face."""
        wall = self._face(Look("", Idle()))
        yield "wall", wall
        yield from ((look.picture, self._face(look)) for look in self._looks())
        if isinstance(wall, WallFace):
            yield from self._reports_on(wall)

    def _face(self, look: Look) -> Face:
        audit: Audit | None = self._counted.month(look.place.period) if isinstance(look.place, Potluck) else None
        scene = Scene(
            self.state,
            self._now,
            self._reader.find,
            self._settings.shop.name,
            {},
            language=self._settings.shop.language,
            audit=audit,
            counted=self._counted,
        )
        return face(Visit(place=look.place, who=look.who, touched=self._now.mono), scene)

    def _looks(self) -> Iterator[Look]:
        who = self._busiest()
        yield Look("my-page", Home(), who)
        yield Look("what-i-booked", MyEntries(), who)
        latest = self._latest(("hours swapped",))
        if latest is not None and isinstance(latest.event, HoursSwapped):
            yield Look("a-swap", OneEntry(latest.id), latest.event.giver)
        yield Look("needs-and-offers", BoardPlace())
        yield from self._jar()
        yield Look("tools", Shelf())
        yield Look("duties", Duties())
        yield from (Look(f"duty-{place}", OneDuty(name)) for place, name in enumerate(self.state.duties, 1))
        yield Look("numbers", Numbers(), who)
        yield Look("numbers-said", SaidNumbers(), who)
        said = self._latest(("number said",))
        if said is not None:
            yield Look("one-number", OneNumber(said.id), who)
        yield Look("charter", CharterPage(), who)
        yield Look("charter-one", CharterNumber(A_NUMBER), who)
        yield Look("people", People(), who)
        yield from self._routines()
        yield from self._potluck()
        yield from self._report("audit")
        yield from self._report("ledger")

    def _busiest(self) -> Handle:
        """Whoever has most to show of those who belong to the shop."""
        accounts = self.state.accounts
        here = [member.handle for member in self.state.present()]
        return max(here, key=lambda handle: abs(accounts[handle].minutes) if handle in accounts else 0)

    def _latest(self, kinds: tuple[str, ...]) -> Entry | None:
        return next(self._reader.of_kinds_back(kinds, self._reader.last_number), None)

    def _jar(self) -> Iterator[Look]:
        for place, fund in enumerate(self.state.funds):
            yield Look(f"jar-{fund}" if place else "jar", JarPlace(fund))
        yield Look("jar-more", JarMore())
        project = next(iter(self.state.projects), None)
        if project is not None:
            yield Look("jar-proposal", ProposalPlace(project))
        yield Look("jar-receipts", Receipts())
        yield Look("jar-reserves", Reserves())

    def _routines(self) -> Iterator[Look]:
        running = quarter_of(self._today)
        for period in (running, before(running)):
            looked = quarter(self.state, period)
            yield Look(f"autopsy-{period}", Autopsy(period))
            yield from (
                Look(f"autopsy-{period}-{place}", OneRoutine(period, each.routine))
                for place, each in enumerate(looked.routines[:2], 1)
            )

    def _potluck(self) -> Iterator[Look]:
        month = self._counted.audit.period
        yield Look("potluck-successes", Potluck(month, "success"))
        yield Look("potluck-failures", Potluck(month, "failure"))
        for at in range(NUMBERS_OF_AN_EVENING):
            yield Look(f"potluck-number-{at + 1}", Potluck(month, "figures", at))

    def _report(self, sort: Sort) -> Iterator[Look]:
        """The first page of each section; of an audit also its chart."""
        first = self._face(Look("", ReportPlace(sort)))
        pages = first.page[1] if isinstance(first, ReportFace) else 0
        seen: set[str] = set()
        for page in range(pages):
            shown = self._face(Look("", ReportPlace(sort, page)))
            if not isinstance(shown, ReportFace) or shown.told.title in seen:
                continue
            seen.add(shown.told.title)
            yield Look(f"{sort}-{len(seen):02}", ReportPlace(sort, page))
            if shown.told.chart is not None and sort == "audit":
                yield Look(f"{sort}-{len(seen):02}-picture", ReportPlace(sort, page, chart=True))

    def _reports_on(self, wall: WallFace) -> Iterator[tuple[str, Face]]:
        """What takes turns with a large wall in the first week of a month and of a quarter."""
        counted = self._counted
        for name, pages in (
            ("audit", pages_of(counted.audit, counted.audit_trend, ROWS_ON_WALL)),
            ("ledger", pages_of(counted.ledger, counted.ledger_trend, ROWS_ON_WALL)),
        ):
            for place, page in enumerate(first_pages(pages), 1):
                yield f"wall-{name}-{place:02}", replace(wall, report=page)

    def print_sheets(self, folder: Path) -> None:
        """The four reports on paper."""
        from kiosk.reports.meeting_sheet import print_autopsy, print_potluck
        from kiosk.reports.report_sheet import print_report

        counted, name, reader = self._counted, self._settings.shop.name, self._reader
        month, period = counted.audit.period, counted.ledger.period
        print_report(counted.audit, counted.audit_trend, name, folder / f"audit-{month}.pdf")
        print_report(counted.ledger, counted.ledger_trend, name, folder / f"ledger-{period}.pdf")
        print_potluck(looked_back.potluck(reader, month), name, folder / f"potluck-{month}.pdf")
        told = autopsy(self.state, reader.of_kinds(SAID, 0), period)
        print_autopsy(told, name, folder / f"autopsy-{period}.pdf")
        sys.stderr.write(f"kiosk: audit, ledger, potluck and autopsy as sheets (PDF) in {folder}\n")
