"""The potluck and the autopsy on paper and as files: whoever was not there finds what was said, and each number."""

import csv
import io
import json
import re
from datetime import UTC

import pypdfium2
import pytest
import zxingcpp
from msgspec.structs import replace
from small_shop import NOVEMBER, a_small_shop, number, swap
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.events import (
    BenefitSaid,
    CircleOpened,
    HoursCountered,
    InversionReviewed,
    InversionStarted,
    PotluckSaid,
    ReportHeld,
    read_entry,
    write_entry,
)
from kiosk.reports import gathered
from kiosk.reports.autopsy import autopsy
from kiosk.reports.meeting_sheet import print_autopsy, print_potluck
from kiosk.reports.plain_report import as_lines
from kiosk.reports.potluck import potluck
from kiosk.reports.report_sheet import print_report
from kiosk.store import Reader, Store
from kiosk.tongue import speaking
from kiosk.views.report import pages_of

TWO = ("Jo", "Amina")
NASTY = "=WEBSERVICE(1)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The small shop's record up to the 29th; then a potluck, the audit, and what came after both."""
    folder = tmp_path_factory.mktemp("shop") / "data"
    book, names = a_small_shop()
    del book.entries[-4:]
    book.add("2026-11-29", PotluckSaid(NOVEMBER, "success", "bread for all"))
    book.add("2026-11-29", PotluckSaid(NOVEMBER, "success", "bread for others"))
    book.add("2026-11-29", PotluckSaid(NOVEMBER, "failure", NASTY))
    book.add("2026-11-29", PotluckSaid("2026-10", "failure", "not this month"))
    book.add("2026-11-29", ReportHeld("potluck", NOVEMBER, TWO))
    book.add("2026-11-30", swap(45))
    book.add("2026-12-01", ReportHeld("audit", NOVEMBER, TWO))
    book.add("2026-12-02", number("made", "bread", 50, "loaves", until="2026-11-28"))
    book.add("2026-12-02", swap(15))
    book.add("2026-12-02", HoursCountered(names["soup"], {"Jo": -60, "Amina": 60}, "a slip", "hands", TWO))
    with Store.open(folder) as store:
        own = f'"{store.device}/'.encode()
        renamed = [read_entry(write_entry(entry).replace(b'"k/', own)) for entry in book.entries]
        store.append([replace(entry, device=store.device) for entry in renamed], {})
    return folder


def asked(folder, *words):
    done = CliRunner().invoke(app, ["report", *words, "--period", NOVEMBER, "--data", str(folder)])
    assert done.exit_code == 0, done.output
    return done.stdout


def written(print_it, report, folder, language="en"):
    """All that is written on a sheet, the codes on it, and its pages as a printer without colours shows them."""
    with speaking(language):
        print_it(report, "Canal Street Bakery", folder / "sheet.pdf")
    document = pypdfium2.PdfDocument(folder / "sheet.pdf")
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    pages = [page.render(scale=2.5).to_pil().convert("L") for page in document]
    return words, [code.text for page in pages for code in zxingcpp.read_barcodes(page)], pages


def assert_the_edges_are_white(pages):
    for page in pages:
        wide, high = page.size
        for edge in ((0, 0, 20, high), (wide - 20, 0, wide, high), (0, 0, wide, 20), (0, high - 20, wide, high)):
            assert page.crop(edge).getextrema() == (255, 255)


# --- the potluck ------------------------------------------------------------------------------------------


def test_what_went_well_is_before_what_went_wrong_and_then_come_the_numbers_of_that_evening(folder):
    """A swap after it would make it look as if other numbers had been read."""
    lines = asked(folder, "potluck").splitlines()
    assert lines[0] == "Reflection potluck: November 2026"
    assert "It was held on Sunday 29 November 2026, say Jo and Amina." in lines
    parts = [lines.index(each) for each in ("What went well?", "What went wrong?", "Hours under self-management")]
    assert parts == sorted(parts)
    assert [line.split("  [")[0] for line in lines if "Bread for" in line] == [
        "  Bread for all",
        "  Bread for others",
    ]
    assert not any("not this month" in line.casefold() for line in lines)
    assert any(re.search(r"all together +11 h 45 ", line) for line in lines), "the swap of the 30th is not in it"
    assert "3 entries came after it was held." in lines, "the swap, the bread, and what took the soup back"


def test_as_files_it_has_the_words_and_each_number_with_its_entries(folder):
    told = json.loads(asked(folder, "potluck", "--json", "-"))
    assert [each["words"] for each in told["successes"]] == ["bread for all", "bread for others"]
    assert (told["report"], told["period"], told["hands"]) == ("potluck", NOVEMBER, ["Jo", "Amina"])
    assert all(figure["entries"] for section in told["sections"] for figure in section["figures"])
    rows = list(csv.DictReader(io.StringIO(asked(folder, "potluck", "--csv", "-"))))
    said = [(row["key"], row["what"]) for row in rows if row["section"] == "said"]
    assert said == [("success", "bread for all"), ("success", "bread for others"), ("failure", f"'{NASTY}")]
    assert all(row["entries"] for row in rows)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_sheet_of_the_potluck_leads_to_what_was_said_and_to_each_number(folder, tmp_path, language):
    with Reader.open(folder) as reader:
        report = potluck(reader, NOVEMBER)
    words, codes, pages = written(print_potluck, report, tmp_path, language)
    assert "400" in words
    assert any(f"/{report.said[0].number},{report.said[1].number}'" in code for code in codes)
    assert len(codes) == 2 + len(report.numbers.sections)
    assert_the_edges_are_white(pages)


def test_a_month_without_a_potluck_says_so(folder, tmp_path):
    with Reader.open(folder) as reader:
        report = potluck(reader, "2031-01")
    words, codes, _ = written(print_potluck, report, tmp_path)
    assert (words.count("Nothing was noted."), codes) == (2, [])
    assert "It was not held yet." in words
    assert "The record tells no numbers of this month." in words


# --- after an audit was held ------------------------------------------------------------------------------


def test_an_audit_says_how_many_entries_came_after_it_was_held(folder, tmp_path):
    """The numbers that were read aloud would change, and nobody would know."""
    with Reader.open(folder) as reader:
        (audit,) = gathered.audits(reader, (NOVEMBER,), UTC)
        (december,) = gathered.audits(reader, ("2026-12",), UTC)
    found = [name.rpartition("/")[2] for name in audit.late]
    assert len(found) == 2, "the bread, and what took the soup back; the swap of December is none of it"
    assert not december.late
    line = "2 entries came after it was held."
    assert line in as_lines(audit)
    assert {page.late for page in pages_of(audit, (audit,))} == {line}
    assert line in written(lambda report, *rest: print_report(report, (report,), *rest), audit, tmp_path)[0]
    assert len(json.loads(asked(folder, "audit", "--json", "-"))["late"]) == 2


# --- the autopsy ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_sheet_of_an_autopsy_says_who_did_what_who_benefits_and_what_was_turned_round(shop, tmp_path, language):
    for circle, by in enumerate(("Ada", "Ada", "Ada", "Ben"), start=1):
        shop.write(CircleOpened(circle, by, ("Ada", "Ben"), ("Ada", "Ben"), 300))
    shop.write(BenefitSaid("2026-Q4", "opening the circle", "whoever does it"))
    begun = shop.write(InversionStarted("2026-Q4", "opening the circle", "by lot", "2026-12-20", ("Ada", "Ben")))
    shop.write(InversionReviewed(begun.id, "nobody minds", "", ("Ada", "Ben")))
    report = autopsy(shop.state, shop.entries, "2026-Q4")
    words, codes, pages = written(print_autopsy, report, tmp_path, language)
    assert codes == [f"kiosk record --entries '{begun.id}'"]
    assert_the_edges_are_white(pages)
    if language == "en":
        for said in ("Assumption autopsy: October to December 2026", "Ada 3, Ben 1", "whoever does it", "by lot"):
            assert said in words
        assert "What came of it: nobody minds" in words
