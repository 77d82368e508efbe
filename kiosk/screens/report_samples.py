"""Samples of a report's pages: as they usually are, with long words, and with nothing on them."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.chart import Bar, BarChart, DotChart, Key, LineChart, Piece, Tick
from kiosk.faces import Choice, Face, Frame, Line, ListFace, Reckoned, ReportFace, ReportPage

LONG = "Reparatur der großen Knetmaschine einschließlich Einbau"

KINDS = BarChart(
    name="kinds",
    title="Our hours, by kind of work",
    tint="hours",
    keys=(Key("full", "for one another"), Key("hatched", "for the commons")),
    bars=(
        Bar("bookkeeping", (Piece("full", 2190, "36 h 30"),)),
        Bar("cooking", (Piece("full", 840), Piece("hatched", 60, "15 h"))),
        Bar(LONG, (Piece("full", 780, "13 h"),)),
    ),
    spans=(2400, 2400, 2400),
    ticks=(Tick(0, "0"), Tick(1200, "20 h"), Tick(2400, "40 h")),
)
SHARE = LineChart(
    name="share",
    title="Share of our hours that goes to the commons",
    tint="hours",
    points=(("Sep", 90, "9 %"), ("Oct", None, ""), ("Nov", 333, "33 %")),
    ticks=(Tick(0, "0"), Tick(200, "20 %"), Tick(400, "40 %")),
)
TURNS = DotChart(
    name="turnover",
    title="Which duties turned",
    tint="ink",
    note="How often in the month; an empty ring: not once.",
    columns=("Sep", "Oct", "Nov"),
    rows=(("Taking minutes", (4, 4, 5)), ("Watering the plants", (None, 1, 0))),
)
PAGE = ReportPage(
    head="Autonomy audit: November 2026",
    title="Hours under self-management",
    rows=(
        Reckoned("all together", "123 h 15", key="figure:all", strong=True),
        Reckoned("for one another: bookkeeping", "36 h 30", key="figure:one"),
        Reckoned("for the commons: cooking", "14 h", key="figure:two"),
    ),
    chart=KINDS,
    page=(1, 28),
)
LONG_PAGE = ReportPage(
    head="Autonomy ledger: October to December 2026",
    late="12 entries came after it was held.",
    title="The share of our hours that goes to the commons",
    note="Hours for the commons ÷ (hours for one another + hours for the commons).",
    rows=(
        Reckoned(f"made by us: {LONG}", "98,765 crates", "October: 4 crates · so far: 98,765 crates", "f:1"),
        Reckoned("worth together", "€ 98,765,432.10", key="f:2", strong=True),
        Reckoned("share of the commons", "under 1 %", "15 min of 4,321 h", "f:3"),
    ),
    chart=SHARE,
    page=(28, 36),
)
EMPTY_PAGE = ReportPage(
    head="Autonomy audit: November 2026", title="Nothing yet", none="The record tells nothing of these days."
)
CHOICES = (
    Choice("chart", "the picture", "board"),
    Choice("report:ledger", "the quarter", "list"),
    Choice("held:2026-11", "read aloud: two tap", "people", tone="strong"),
)


def _face(page: ReportPage, choices: tuple[Choice, ...] = CHOICES) -> ReportFace:
    return ReportFace(Frame(title=page.title, who="Amina"), page, page.page, choices)


SHEET = ListFace(
    frame=Frame(title="From the sheet: 12 entries"),
    lines=(
        Line("entry:1", "Jo gave the commons 45 min of repair; Amina saw it.", "", "", "Mon 9 Nov", "list"),
        Line(
            "entry:2",
            "What the commons had got was borne by all 9 who are here: 15 min each.",
            "",
            "",
            "Sun",
            "list",
        ),
        Line(
            "entry:3",
            f"Made for us: 98,765 crates of {LONG}, from the order book, say Jo and Amina.",
            "",
            "",
            "Sat",
            "list",
        ),
    ),
    page=(1, 4),
)

REPORTS: Mapping[str, Face] = {
    "sheet-scanned": SHEET,
    "sheet-of-others": replace(
        SHEET, lines=(), page=(1, 1), empty="The record has no such entries. The sheet may be of another shop."
    ),
    "report": _face(PAGE),
    "report-long": _face(LONG_PAGE, CHOICES[:2]),
    "report-picture": _face(replace(PAGE, rows=())),
    "report-duties": _face(replace(PAGE, title="Duties that turned", rows=(), chart=TURNS)),
    "report-empty": _face(EMPTY_PAGE, CHOICES[-2:]),
}
REPORT_WALLS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "wall-report": ("circle", {"report": PAGE}),
    "wall-report-long": ("plain", {"report": LONG_PAGE}),
    "wall-report-alarms": ("forty alarms", {"report": PAGE}),
}
"""Walls while it is a report's turn."""
