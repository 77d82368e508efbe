"""Looking at an audit or a ledger: turn its pages, see the entries behind a figure, say that it was read aloud.

And at a sheet of one: its codes lead to the same entries.
"""

import json
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.commands import HoldReport
from kiosk.faces import Touch
from kiosk.figures.numbers import Behind
from kiosk.tongue import phrase
from kiosk.visit.assumption_places import Gathered
from kiosk.visit.ground import Step, Surroundings, object_to
from kiosk.visit.lending import OPEN, READ_AGAIN
from kiosk.visit.places import OneEntry, Visit, go, start, turn
from kiosk.visit.report_places import BehindFigure, OnSheet, ReportPlace
from kiosk.visit.tapping import visitor

LOOKING = (ReportPlace, BehindFigure, OnSheet, OneEntry)
"""Places where somebody only looks, and may look at something else at once."""


def report_touched(visit: Visit, place: ReportPlace, touch: Touch, around: Surroundings) -> Step:
    """Another page, the other report, or what is behind a figure."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=place.page + int(way))))
        case ["chart"]:
            return Step(turn(visit, replace(place, chart=not place.chart)))
        case ["report", "audit" | "ledger" as sort]:
            return Step(turn(visit, ReportPlace(sort)))
        case ["held", period]:
            return Step(go(visit, Gathered(HoldReport(place.sort, period, ()), 2, visitor(visit))))
        case ["figure", name]:
            return _behind(visit, place, name)
    return Step(visit)


def _behind(visit: Visit, place: ReportPlace, name: str) -> Step:
    try:
        section, key, what, unit = (str(part) for part in json.loads(name))
    except (ValueError, TypeError):
        return Step(visit)
    return Step(go(visit, BehindFigure(place.sort, (section, key, what, unit))))


def behind_touched(visit: Visit, place: BehindFigure | OnSheet, touch: Touch, around: Surroundings) -> Step:
    """Another page, or one of the entries."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=max(0, place.page + int(way)))))
        case ["entry", entry]:
            return Step(go(visit, OneEntry(EntryId(entry))))
    return Step(visit)


def sheet_seen(visit: Visit, behind: Behind, around: Surroundings) -> Step:
    """The code of a sheet before the scanner: what it names is shown, to anybody."""
    code, now = str(behind), around.now.mono
    again = code == visit.label and now - visit.label_at < READ_AGAIN
    visit = replace(visit, label=code, label_at=now)
    if again:
        return Step(visit)
    if not isinstance(visit.place, (*OPEN, *LOOKING)):
        words, mend = phrase("First what is on the screen"), phrase("Then hold the sheet there again.")
        return object_to(visit, around, words, mend, "list")
    known = tuple(name for name in behind.entries if around.find(name) is not None)
    return Step(start(visit, OnSheet(behind, known), visit.who, visit.badge))


TOUCHES: Mapping[type, Callable[..., Step]] = {
    ReportPlace: report_touched,
    BehindFigure: behind_touched,
    OnSheet: behind_touched,
}
