"""What hangs on the wall after a Friday: everybody reads what was bought, why the rest was not, and that all came
to zero; in black and white, from a few steps away."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from kiosk.amounts import EntryId
from kiosk.events import FridayClosed, FridayOpened, HandedOn
from kiosk.reports.fridays import Item, Told
from kiosk.reports.paper import SHEET_HEIGHT, SHEET_WIDTH
from kiosk.reports.poster import MARGIN, print_poster
from kiosk.tongue import LANGUAGES, phrase, right_to_left, speaking
from kiosk.views.poster import figures

SCALE = 2.5
MILLIMETRE = SCALE * 72 / 25.4

TITLE = (
    "Reparatur der großen Knetmaschine einschließlich Lagerwechsel, Dichtungen, Anfahrt und Donaudampfschifffahrt"
)

ORDINARY = Told(
    shop="Canal Street Bakery",
    headline="The jar, Friday 12",
    day="Friday 4 December 2026",
    cents=41250,
    who="8 of us gave it away, to the last cent.",
    bought=(
        Item("oven seal", 12000, "Jo carries it out, receipt by Friday 11 December."),
        Item("printing the zine", 12000, "Amina carries it out, receipt by Friday 11 December."),
    ),
    others=(
        Item("dental, loan", 18000, "5 approve it; they hold € 51.60 too little."),
        Item("second mixer", 26000),
    ),
    rest=(Item("to the reserve: strike reserve", 17250),),
    spent=24000,
    handed_on=17250,
    returned=0,
    entry=EntryId("k3f9/345"),
    figures="Friday 12 of jar: 412.50 EUR = 240.00 spent + 172.50 handed on + 0.00 returned; entry k3f9/345",
)


OPENED = FridayOpened(
    circle=1, number=12, roll=("Jo",), projects=(), cents=41250, rest_to="strike reserve", detail="outcome"
)
CLOSED = FridayClosed(
    round=EntryId("k3f9/340"),
    ballots=8,
    funded=(),
    spent=24000,
    rest=17250,
    due="2026-12-11",
    detail="outcome",
    floor=2,
    handed_on=(HandedOn("reserve", "strike reserve", 17250),),
)


def sheets(told: Told, folder: Path) -> tuple[list[Image.Image], str]:
    """The sheets as a printer without colours shows them, and all that is written on them."""
    print_poster(told, folder / "poster.pdf")
    document = pypdfium2.PdfDocument(folder / "poster.pdf")
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return [page.render(scale=SCALE).to_pil().convert("L") for page in document], words.replace("\r\n", "\n")


def part(sheet: Image.Image, x: float, y: float, width: float, height: float) -> Image.Image:
    edges = (x, y, x + width, y + height)
    return sheet.crop((*(round(edge * MILLIMETRE) for edge in edges),))


def is_blank(piece: Image.Image) -> bool:
    return piece.getextrema() == (255, 255)


def keeps_its_margins(sheet: Image.Image) -> bool:
    """Printers leave the edges white, and so does the poster."""
    edge = MARGIN - 2
    return all(
        is_blank(piece)
        for piece in (
            part(sheet, 0, 0, edge, SHEET_HEIGHT),
            part(sheet, SHEET_WIDTH - edge, 0, edge, SHEET_HEIGHT),
            part(sheet, 0, 0, SHEET_WIDTH, edge),
            part(sheet, 0, SHEET_HEIGHT - edge, SHEET_WIDTH, edge),
        )
    )


def test_everything_that_was_decided_is_on_it(tmp_path):
    """Without this somebody would have to ask who was there."""
    (sheet,), words = sheets(ORDINARY, tmp_path)
    for item in (*ORDINARY.bought, *ORDINARY.others, *ORDINARY.rest):
        assert item.title in words
        assert f"€ {item.cents // 100}.{item.cents % 100:02d}" in words
    for said in ("Canal Street Bakery", "4 December 2026", "Jo carries it out", "€ 51.60 too little", "k3f9/345"):
        assert said in words
    assert keeps_its_margins(sheet)


def test_a_phone_reads_the_figures_off_the_wall(tmp_path):
    """Without this nobody could compare the poster with the record without typing."""
    (sheet,), _ = sheets(ORDINARY, tmp_path)
    assert [code.text for code in zxingcpp.read_barcodes(sheet)] == [ORDINARY.figures]


def test_the_sum_is_the_largest_thing(tmp_path):
    """Without this the poster would be a form."""
    print_poster(ORDINARY, tmp_path / "poster.pdf")
    page = pypdfium2.PdfDocument(tmp_path / "poster.pdf")[0]
    sizes = {}
    for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        left, bottom, right, top = thing.get_bounds()
        sizes[round(top - bottom)] = sizes.get(round(top - bottom), 0) + right - left
    largest = max(sizes)
    assert largest > 2 * sorted(sizes)[-2]
    assert "€ 412.50" in page.get_textpage().get_text_bounded()


def bar_of(sheet: Image.Image) -> Image.Image:
    """The row of pixels through the middle of the bar, the first thing that is as wide as the margins let it."""
    for y in range(sheet.height):
        left, right = round((MARGIN + 1) * MILLIMETRE), round((SHEET_WIDTH - MARGIN - 1) * MILLIMETRE)
        if all(sheet.getpixel((x, y)) < 140 for x in range(left, right)):
            return part(sheet, MARGIN, y / MILLIMETRE + 3, SHEET_WIDTH - 2 * MARGIN, 3)
    raise AssertionError("there is no bar")


def test_the_bar_tells_its_parts_apart_without_colour(tmp_path):
    """Without this a copy in black and white would show one grey block."""
    third = ORDINARY._replace(cents=300, spent=100, handed_on=100, returned=100)
    (sheet,), _ = sheets(third, tmp_path)
    bar = bar_of(sheet)
    pieces = [bar.crop((bar.width * n // 3 + 12, 0, bar.width * (n + 1) // 3 - 12, bar.height)) for n in range(3)]
    lightest_and_darkest = [piece.getextrema() for piece in pieces]
    assert lightest_and_darkest[0][0] == lightest_and_darkest[0][1] < 200
    assert lightest_and_darkest[1][0] < 80
    assert lightest_and_darkest[1][1] == 255
    assert lightest_and_darkest[2] == (255, 255)


def test_a_cent_in_a_large_jar_is_still_seen_in_the_bar(tmp_path):
    """Without this the smallest part would be lost to the eye, and the sum would look wrong."""
    odd = ORDINARY._replace(cents=9_876_543, spent=9_876_542, handed_on=0, returned=1)
    (sheet,), _ = sheets(odd, tmp_path)
    bar = bar_of(sheet)
    assert is_blank(bar.crop((bar.width - 9, 0, bar.width - 4, bar.height)))


@pytest.mark.parametrize("count", [0, 1, 6, 12, 30])
def test_every_project_is_on_a_sheet_however_many_and_long_they_are(tmp_path, count):
    """Without this the thirteenth project would have been voted on and never told."""
    full = ORDINARY._replace(
        bought=tuple(Item(f"{n} {TITLE}", 9_876_543, ORDINARY.bought[0].more) for n in range(count)),
        others=tuple(Item(f"other {n}", 100 + n) for n in range(count)),
    )
    drawn, words = sheets(full, tmp_path)
    for n in range(count):
        assert f"{n} Reparatur der großen" in words
        assert f"other {n}\n" in words.replace(" €", "\n€")
    assert words.count("collected") == 1
    assert all(keeps_its_margins(sheet) for sheet in drawn)
    assert [code.text for code in zxingcpp.read_barcodes(drawn[-1])] == [full.figures]
    if len(drawn) > 1:
        assert f"sheet 2 of {len(drawn)}" in words


def test_nothing_bought_is_said(tmp_path):
    """Without this an empty list would look like a fault of the printer."""
    _, words = sheets(ORDINARY._replace(bought=(), spent=0, returned=24000), tmp_path)
    assert "Nothing this time" in words


def test_an_arabic_name_spoils_neither_its_line_nor_the_price(tmp_path):
    """Without this the price beside an Arabic title is a row of wrong letters: fpdf2 forgets which are chosen."""
    arabic = Item("إصلاح ختم الفرن الكبير", 12_345, "أمينة بنت محمد carries it out.")
    drawn, words = sheets(ORDINARY._replace(bought=(arabic,)), tmp_path)
    assert "123.45" in words  # which side of it the € is on is up to whoever copies text that runs both ways
    assert "carries it out" in words
    assert keeps_its_margins(drawn[0])


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_it_speaks_the_shops_language_and_a_phone_still_reads_it(tmp_path, spoken):
    """Without this half of the wall would be in a language that nobody chose, or the code too fine for a phone."""
    with speaking(spoken):
        said = ORDINARY._replace(figures=figures(OPENED, CLOSED, ORDINARY.entry))
        (drawn,), words = sheets(said, tmp_path)
        titles = [phrase("Bought"), phrase("Not this time"), phrase("The rest")]
    if not right_to_left(spoken):  # joined letters are copied as they are drawn
        assert all(title in words for title in titles)
    assert ("Bought" in words) == (spoken == "en")
    assert "412" in words
    assert keeps_its_margins(drawn)
    assert [code.text for code in zxingcpp.read_barcodes(drawn)] == [said.figures]


def test_a_name_written_the_other_way_leaves_no_sign_of_it(tmp_path):
    """Without this dots would stand around every Arabic name: what keeps it apart on a screen has no letter."""
    said = phrase("{name} carries it out, receipt by {day}.", name="أمينة", day="Friday 11 December")
    _, words = sheets(ORDINARY._replace(bought=(Item("oven seal", 100, said),)), tmp_path)
    assert "…" not in words


def test_letters_that_cannot_be_printed_are_left_open(tmp_path):
    """Without this a title would be a row of empty boxes."""
    _, words = sheets(ORDINARY._replace(bought=(Item("修理 mixer 漢字", 100),)), tmp_path)
    assert "… mixer …" in words


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        print_poster(ORDINARY, tmp_path / "nowhere" / "poster.pdf")
