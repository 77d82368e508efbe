"""What leaves the kiosk as a file: whoever reads it years later finds the same names, and what is behind each."""

import csv
import io
import json
import re

import pypdfium2
import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_shop import NOVEMBER, a_small_shop, kept_in
from typer.testing import CliRunner

from kiosk import figures
from kiosk.__main__ import app
from kiosk.amounts import EntryId
from kiosk.command_line import BAD_USE
from kiosk.figures.numbers import MOST, UnreadableError, in_short, spelled_out
from kiosk.reports.paper import new_paper
from kiosk.reports.plain_report import as_lines
from kiosk.reports.report_files import COLUMNS, as_csv, as_json
from kiosk.reports.report_sheet import BOTTOM, KEPT, Block, Sheet, begin, print_report, stack
from kiosk.store import Reader
from kiosk.tongue import speaking

runner = CliRunner()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return kept_in(tmp_path_factory.mktemp("shop") / "data")


def asked(folder, *words):
    return runner.invoke(app, [*words, "--data", str(folder)])


def audit_of(period=NOVEMBER):
    return figures.audit(a_small_shop()[0].entries, period)


def test_the_audit_of_a_month_is_printed_with_what_is_not_in_it_named_at_the_end(small):
    lines = asked(small, "report", "audit", "--period", NOVEMBER).stdout.splitlines()
    assert lines[0] == "Autonomy audit: November 2026"
    assert any(re.search(r"for one another: cooking +1 h 30 +\[.{4}/4,5\]", line) for line in lines)
    assert any(re.search(r"share of the commons +33 % +45 min of 2 h 15", line) for line in lines)
    assert lines[-1] == "Nothing in the record: Decisions looked at again."


def test_without_a_period_it_is_the_last_whole_month_and_quarter(small):
    for report in ("audit", "ledger"):
        done = asked(small, "report", report)
        assert done.exit_code == 0
        assert done.stdout.startswith(f"Autonomy {report}: ")


@pytest.mark.parametrize(
    ("report", "period"), [("audit", "2026-Q4"), ("ledger", "2026-11"), ("audit", "last month")]
)
def test_a_period_that_is_none_is_one_line_that_says_how_one_is_written(small, report, period):
    done = asked(small, "report", report, "--period", period)
    assert done.exit_code == BAD_USE
    assert done.stderr.count("\n") == 1
    assert "2026-" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("audit", "--period", "2031-01"), "the record ends in 2026-12; say --period 2026-12"),
        (("potluck", "--period", "2031-01"), "the record ends in 2026-12; say --period 2026-12"),
        (("ledger", "--period", "2031-Q1"), "the record ends in 2026-Q4; say --period 2026-Q4"),
        (("autopsy", "--period", "2031-Q1"), "the record ends in 2026-Q4; say --period 2026-Q4"),
        (("audit", "--period", "2019-01"), "the record begins in 2026-10 only; say --period 2026-10"),
    ],
)
def test_where_the_record_says_nothing_it_is_said_where_it_does(small, words, told):
    """Without this somebody who looks at another year's record would take it for empty."""
    done = asked(small, "report", *words)
    assert done.exit_code == 0
    assert done.stderr == f"kiosk: {told}\n"
    assert asked(small, "report", "audit", "--period", NOVEMBER).stderr == ""


def test_a_sheet_that_was_written_says_where_it_lies(small, tmp_path):
    done = asked(small, "report", "audit", "--period", NOVEMBER, "--pdf", str(tmp_path / "audit.pdf"))
    assert done.stderr == f"the sheet is in {tmp_path / 'audit.pdf'}\n"


def test_an_unknown_section_is_one_line_that_names_those_there_are(small):
    done = asked(small, "record", "--of", "2026-11/hour")
    assert done.exit_code == BAD_USE
    assert done.stderr.count("\n") == 1
    assert "hours, share, goods" in done.stderr


def test_the_table_has_every_figure_and_the_entries_it_comes_from(small):
    rows = list(
        csv.DictReader(io.StringIO(asked(small, "report", "audit", "--period", NOVEMBER, "--csv", "-").stdout))
    )
    assert tuple(rows[0]) == COLUMNS
    named = {(row["section"], row["key"], row["what"], row["unit"]): row for row in rows}
    bread = named["goods", "made", "bread", "loaves"]
    assert (bread["value"], bread["per"], bread["measure"]) == ("400", "1", "units")
    share = named["share", "share", "", ""]
    assert (share["value"], share["per"]) == ("45", "135")
    with Reader.open(small) as reader:
        behind = [
            reader.find(name).entry.event
            for name in spelled_out(named["hours", "swapped", "cooking", ""]["entries"])
        ]
    assert [event.receivers[0].minutes for event in behind] == [60, 30]


def test_the_names_in_a_file_are_the_same_in_every_language_and_its_words_are_not():
    audit = audit_of()
    english, german = {}, {}
    for told, language in ((english, "en"), (german, "de")):
        with speaking(language):
            told.update(json.loads(as_json(audit, "Our shop")), table=as_csv(audit))
    assert english["table"] == german["table"]
    for one, other in zip(english["sections"], german["sections"], strict=True):
        assert one["key"] == other["key"]
        assert [each["key"] for each in one["figures"]] == [each["key"] for each in other["figures"]]
        assert [each["value"] for each in one["figures"]] == [each["value"] for each in other["figures"]]


def test_a_ledger_as_a_file_has_all_its_columns(small):
    told = json.loads(asked(small, "report", "ledger", "--period", "2026-Q4", "--json", "-").stdout)
    assert [month["period"] for month in told["months"]] == ["2026-10", "2026-11", "2026-12"]
    assert (told["whole"]["period"], told["before"]["period"], told["so_far"]["period"]) == (
        "2026-Q4",
        "2026-Q3",
        "so far",
    )
    rows = list(
        csv.DictReader(io.StringIO(asked(small, "report", "ledger", "--period", "2026-Q4", "--csv", "-").stdout))
    )
    assert {row["period"] for row in rows} == {"2026-10", "2026-11", "2026-12", "2026-Q4", "2026-Q3", "so far"}


def test_what_somebody_called_their_goods_is_never_run_by_a_spreadsheet():
    book, _ = a_small_shop()
    nasty = '=HYPERLINK("http://example.org")'
    entries = [
        figures_entry if "bread" not in repr(figures_entry.event) else _renamed(figures_entry, nasty)
        for figures_entry in book.entries
    ]
    rows = list(csv.DictReader(io.StringIO(as_csv(figures.audit(entries, NOVEMBER)))))
    assert any(row["what"] == f"'{nasty}" for row in rows)
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())


def _renamed(entry, what):
    import msgspec

    return msgspec.structs.replace(entry, event=msgspec.structs.replace(entry.event, what=what))


def test_the_entries_behind_a_section_are_found_by_the_command_on_the_sheet(small):
    behind = asked(small, "record", "--of", f"{NOVEMBER}/won").stdout.splitlines()
    assert len(behind) == 2
    numbers = ",".join(line.split("  ")[0].rpartition("/")[2] for line in behind)
    device = behind[0].partition("/")[0]
    assert asked(small, "record", "--entries", f"{device}/{numbers}").stdout.splitlines() == behind
    for words in (("--of", "2026-11/nothing"), ("--of", "november/won"), ("--entries", "17")):
        done = asked(small, "record", *words)
        assert done.exit_code == BAD_USE
        assert done.stderr.count("\n") == 1


entry_names = st.builds(
    lambda kiosk, number: EntryId(f"{kiosk}/{number}"), st.sampled_from(["k3f9", "x2"]), st.integers(1, 60)
)


@given(st.lists(entry_names, max_size=40))
def test_numbers_of_entries_in_short_name_just_those_entries(names):
    assert sorted(spelled_out(in_short(names)) if names else []) == sorted(set(names))


@pytest.mark.parametrize(
    "text", ["", "17", "k3f9/", "k3f9/1-", "k3f9/1;2", "../1", f"k3f9/1-{MOST + 1}", "k3f9/1 x"]
)
def test_a_text_that_names_no_entries_says_so(text):
    with pytest.raises(UnreadableError):
        spelled_out(text)


# --- on paper ---------------------------------------------------------------------------------------------


def sheets(report, trend, folder, language="en"):
    """The sheets as a printer without colours shows them, and all that is written on them as text."""
    with speaking(language):
        print_report(report, trend, "Canal Street Bakery", folder / "sheet.pdf")
    document = pypdfium2.PdfDocument(folder / "sheet.pdf")
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return [page.render(scale=2.5).to_pil().convert("L") for page in document], words.replace("\r\n", "\n")


def test_the_sheet_of_an_audit_says_each_figure_with_its_entries_and_a_code_that_leads_to_them(tmp_path):
    audit = audit_of()
    pages, words = sheets(audit, (audit,), tmp_path)
    for said in ("for one another: cooking", "1 h 30", "k/4, 5", "€ 62.00", "sheet 1 of", "taken by the owners"):
        assert said in words
    codes = [code.text for page in pages for code in zxingcpp.read_barcodes(page)]
    assert len(codes) == sum(not section.empty for section in audit.sections)
    assert "kiosk record --entries 'k/4,5,7,12,35'" in codes
    assert all(len(code) <= 120 for code in codes)


def test_the_sheet_of_an_empty_month_says_that_nothing_is_there(tmp_path):
    audit = figures.audit((), "2031-01")
    pages, words = sheets(audit, (audit,), tmp_path)
    assert len(pages) == 1
    assert "Nothing in the record:" in words


def test_the_sheet_of_a_ledger_has_its_columns_side_by_side(tmp_path):
    ledger = figures.ledger(a_small_shop()[0].entries, "2026-Q4")
    pages, words = sheets(ledger, ledger.months, tmp_path)
    assert "so far" in words
    assert re.search(r"for one another: cooking\s+2 h\s+1 h 30\s+15 min\s+3 h 45\s+–\s+3 h 45", words)
    codes = {code.text for page in pages for code in zxingcpp.read_barcodes(page)}
    assert "kiosk record --of 2026-Q4/hours" in codes


@given(st.lists(st.integers(4, 40), min_size=1, max_size=40), st.integers(30, 240))
@example([4, 16, 40, 40, 40], 127)
@settings(max_examples=25, deadline=None)
def test_rows_that_go_on_on_another_sheet_are_never_alone_there_nor_the_first_under_their_title(highs, y):
    """Without this a sum would stand on a sheet of its own, where nobody knows what it is the sum of."""
    sheet = Sheet(new_paper(), "")
    sheet.y = float(y)
    on: list[tuple[int, float]] = []

    def draw(high):
        on.append((sheet.paper.page, sheet.y + high))
        sheet.y += high

    blocks = [Block(high, lambda high=high: draw(high)) for high in highs]
    began = begin(sheet, "A title", "", blocks)
    stack(sheet, blocks, began)
    pages = [page for page, _ in on]
    assert pages == sorted(pages)
    assert all(below <= BOTTOM for _, below in on)
    assert pages[:KEPT] == [began.page] * len(pages[:KEPT])
    assert pages[-KEPT:] == [pages[-1]] * len(pages[-KEPT:])


def test_long_words_and_arabic_stay_on_the_paper(tmp_path):
    book, _ = a_small_shop()
    long = "Reparatur der großen Knetmaschine einschließlich Lagerwechsel, Dichtungen, Anfahrt und Einbau"
    entries = [_renamed(entry, long) if "bread" in repr(entry.event) else entry for entry in book.entries]
    audit = figures.audit(entries, NOVEMBER)
    pages, _ = sheets(audit, (audit,), tmp_path, "ar")
    for page in pages:
        wide, high = page.size
        for edge in ((0, 0, 20, high), (wide - 20, 0, wide, high), (0, 0, wide, 20), (0, high - 20, wide, high)):
            assert page.crop(edge).getextrema() == (255, 255)


def test_the_same_report_in_plain_lines_leaves_no_sign_of_direction_in_a_terminal():
    with speaking("ar"):
        text = "\n".join(as_lines(audit_of()))
    assert not set(text) & {"\u2066", "\u2067", "\u2068", "\u2069"}
