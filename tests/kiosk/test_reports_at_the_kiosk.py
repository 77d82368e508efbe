"""The page that the shop reads aloud from: everybody turns it, and sees what is behind each figure."""

import time
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from by_hand import Kiosk
from small_shop import NOVEMBER, a_small_shop, kept_in
from typer.testing import CliRunner

from kiosk import figures, periods
from kiosk.__main__ import app
from kiosk.amounts import Moment
from kiosk.chart import Bar, BarChart, Piece
from kiosk.counted import Counted, called, read_charts, read_counted, write_counted
from kiosk.drawn import Drawn, Job
from kiosk.events import ReportHeld
from kiosk.faces import ListFace, ReportFace, TapFace, Touch, TroubleFace, WallFace
from kiosk.figures import Span
from kiosk.reckoning import Reckoning
from kiosk.state import fold
from kiosk.tongue import LANGUAGES, speaking
from kiosk.views.charts import charts
from kiosk.views.contents import face
from kiosk.views.report import HANGS, ROWS_ON_WALL, TURN, TURNS_OF_THE_WALL, pages_of, report_on_wall
from kiosk.views.scene import Scene
from kiosk.visit.places import IDLE
from kiosk.wall.sheet import sheet_of
from kiosk.words import local


def counted_of(entries, month, quarter):
    trend = figures.audits(entries, (periods.before(month), month))
    return Counted(trend[-1], trend, figures.ledger(entries, quarter), trend, len(entries))


@pytest.fixture
def kiosk(tmp_path):
    """The demo shop, with its own last month counted."""
    kiosk = Kiosk(tmp_path, counted=lambda: kiosk.counted)
    today = local(kiosk.clock.now()).date()
    entries = tuple(kiosk.store.store.entries())
    # As if all of it had been done last month.
    kiosk.counted = counted_of(entries, periods.month_of(today), periods.quarter_of(today))
    yield kiosk
    kiosk.store.store.close()


def back(kiosk):
    kiosk.clock.ms += 1_000
    kiosk.house.live_once(Touch("back"))


def at_the_reports(kiosk):
    kiosk.tap("Amina")
    kiosk.touch("people")
    kiosk.touch("reports")
    return kiosk.faces[-1]


def test_a_figure_leads_to_its_entries_and_each_to_its_own_page(kiosk):
    page = at_the_reports(kiosk)
    assert isinstance(page, ReportFace)
    row = next(row for row in page.told.rows if row.strong)
    kiosk.touch(row.key)
    behind = kiosk.faces[-1]
    assert isinstance(behind, ListFace)
    assert all(line.who and "/" not in line.who for line in behind.lines)
    kiosk.touch(behind.lines[0].key)
    assert "gave" in kiosk.faces[-1].words
    back(kiosk)
    back(kiosk)
    assert kiosk.faces[-1] == page


def test_its_pages_go_round_both_ways_and_the_quarter_is_one_touch_away(kiosk):
    first = at_the_reports(kiosk)
    of_all = first.page[1]
    kiosk.touch("page:-1")
    assert kiosk.faces[-1].page == (of_all, of_all)
    kiosk.touch("page:1")
    assert kiosk.faces[-1] == first
    kiosk.touch("chart")
    assert not kiosk.faces[-1].told.rows
    assert kiosk.faces[-1].told.chart == first.told.chart
    kiosk.touch("report:ledger")
    assert kiosk.faces[-1].told.head.startswith("Autonomy ledger")


def test_before_it_is_counted_the_page_says_so(kiosk):
    kiosk.counted = None
    shown = at_the_reports(kiosk)
    assert isinstance(shown, TroubleFace)
    assert shown.words == "Still counting"


def test_two_badges_say_that_it_was_read_aloud_and_then_nobody_is_asked_again(kiosk):
    today = local(kiosk.clock.now()).date()
    kiosk.counted = counted_of(
        tuple(kiosk.store.store.entries()), periods.month_of(today), periods.before(periods.quarter_of(today))
    )
    kiosk.clock.ms += 32 * 24 * 3_600_000
    page = at_the_reports(kiosk)
    (key,) = (choice.key for choice in page.choices if choice.key.startswith("held:"))
    kiosk.touch(key)
    assert isinstance(kiosk.faces[-1], TapFace)
    kiosk.tap("Jo")
    held = list(kiosk.store.store.entries())[-1].event
    assert held == ReportHeld("audit", kiosk.counted.audit.period, ("Amina", "Jo"))
    page = at_the_reports(kiosk)
    assert not [choice for choice in page.choices if choice.key.startswith("held:")]


def test_a_figure_that_is_none_shows_an_empty_list_and_not_a_fault(kiosk):
    at_the_reports(kiosk)
    for name in ("figure:nonsense", 'figure:["hours"]', 'figure:["no","such","figure",""]', "figure:7"):
        kiosk.touch(name)
        assert isinstance(kiosk.faces[-1], ReportFace | ListFace)
        if isinstance(kiosk.faces[-1], ListFace):
            back(kiosk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_and_every_chart_is_said_in_every_language(language):
    entries = a_small_shop()[0].entries
    with speaking(language):
        for report in (figures.audit(entries, NOVEMBER), figures.ledger(entries, "2026-Q4")):
            trend = figures.audits(entries, ("2026-10", NOVEMBER))
            for page in pages_of(report, trend):
                assert page.title
                assert all(
                    row.words and row.value and "{" not in row.words + row.value + row.more for row in page.rows
                )


# --- on the wall ------------------------------------------------------------------------------------------


def at(day, turn):
    """The moment of a turn in the middle of a day."""
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000)
    whole = TURN * (TURNS_OF_THE_WALL + 1)
    return Moment(noon // whole * whole + turn * TURN, 0, "a")


def scene_at(day, turn, counted):
    return Scene(fold(()), at(day, turn), lambda _: None, "Our shop", {}, counted=counted)


def test_in_the_first_week_a_report_takes_turns_with_the_wall_and_then_no_more():
    counted = counted_of(a_small_shop()[0].entries, NOVEMBER, "2026-Q3")
    first = date(2026, 12, 2)
    turns = [report_on_wall(scene_at(first, turn, counted)) for turn in range(3 * (TURNS_OF_THE_WALL + 1))]
    shown = [page for page in turns if page is not None]
    assert len(shown) == 3
    assert len({page.title for page in shown}) == 3
    later = counted.audit.last + HANGS + timedelta(days=1)
    assert all(report_on_wall(scene_at(later, turn, counted)) is None for turn in range(6))


def test_the_page_for_browsers_is_sent_the_figures_and_only_the_name_of_a_drawing_that_is_there():
    counted = counted_of(a_small_shop()[0].entries, NOVEMBER, "2026-Q3")
    pages = pages_of(counted.audit, counted.audit_trend, ROWS_ON_WALL)
    page = next(page for page in pages if page.chart is not None)
    wall = WallFace("Our shop", "Monday", "12:00", "tap", "", "", 600, 300, report=page)
    sheet = sheet_of(wall, {called(page.chart)})
    assert sheet.chart == called(page.chart)
    assert sheet.face.report.chart is None
    assert sheet_of(wall).chart == ""


# --- the programs beside the kiosk ------------------------------------------------------------------------


def test_what_is_kept_for_the_kiosk_is_what_was_counted(tmp_path):
    folder = kept_in(tmp_path / "data")
    done = CliRunner().invoke(app, ["report", "keep", "--data", str(folder), "--language", "en"])
    assert done.exit_code == 0, done.output
    counted = read_counted(folder)
    month = periods.before(periods.month_of(datetime.now().astimezone().date()))
    assert counted.audit.period == month
    assert counted.ledger.period == periods.before(periods.quarter_of(datetime.now().astimezone().date()))
    assert msgspec.json.decode(msgspec.json.encode(counted), type=Counted) == counted
    drawn = {
        called(page.chart) for page in pages_of(counted.audit, counted.audit_trend, ROWS_ON_WALL) if page.chart
    }
    assert drawn <= set(read_charts(folder))
    (folder / "reports.json").write_bytes(b'{"audit": 3}')
    assert read_counted(folder) is None


def test_it_is_counted_again_when_the_record_has_grown_or_a_month_is_over(tmp_path):
    folder = kept_in(tmp_path / "data")
    numbers, days = [1], [date(2026, 12, 1)]
    assert Reckoning(folder, lambda: numbers[0], "en", today=lambda: days[0]).due()
    counted = counted_of(a_small_shop()[0].entries, NOVEMBER, "2026-Q3")
    write_counted(folder, msgspec.structs.replace(counted, number=1))
    reckoning = Reckoning(folder, lambda: numbers[0], "en", today=lambda: days[0])
    assert not reckoning.due()
    numbers[0] = 2
    assert reckoning.due()
    numbers[0], days[0] = 1, date(2027, 1, 1)
    assert reckoning.due()


def test_a_chart_is_drawn_by_another_program_at_just_its_size():
    from PIL import Image

    chart = BarChart(
        "kinds", "Hours", "hours", bars=(Bar("cooking", (Piece("hatched", 90, "1 h 30"),)),), spans=(120,)
    )
    drawn = Drawn(idle=0.1)
    job = Job(chart, 300, 120, 20, "en")
    deadline = time.monotonic() + 60
    while (path := drawn.picture(job)) is None:
        assert time.monotonic() < deadline, "it was not drawn"
        time.sleep(0.1)
    with Image.open(path) as picture:
        assert picture.size == (300, 120)
        assert picture.convert("L").getextrema()[0] < 60
    drawn.close()
    assert not path.exists()


def test_charts_are_none_where_there_is_nothing_to_draw_and_say_why():
    audit = figures.audit((), "2031-01")
    for chart in charts(audit, (audit,)):
        assert chart.none
    assert Span.of("2031-01").first == date(2031, 1, 1)
    assert face(IDLE, Scene(fold(()), at(date(2031, 2, 1), 0), lambda _: None, "Our shop", {}))
