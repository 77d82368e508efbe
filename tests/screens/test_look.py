"""The look itself: contrasts, sizes, letters."""

import itertools
import re
from pathlib import Path

import pytest

from kiosk.screens import icons, keys, theme, typeset, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Words, spans
from kiosk.screens.samples import ARABIC, SAMPLES
from kiosk.screens.touchables import LOOKS
from kiosk.state import WORK

KIOSK = Path(__file__).parents[2] / "kiosk"


@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [
        (theme.INK, theme.PAPER, 7),
        (theme.INK, theme.CARD, 7),
        (theme.CARD, theme.INK, 7),
        (theme.LINE, theme.INK, 7),
        (theme.CARD, theme.HOURS, 7),
        (theme.HOURS, theme.CARD, 7),
        (theme.SOFT, theme.PAPER, 4.5),
        (theme.SOFT, theme.CARD, 4.5),
        (theme.HOURS, theme.PAPER, 4.5),
        (theme.CARD, theme.DONE, 4.5),
        (theme.CARD, theme.ALARM, 4.5),
        (theme.ASH, theme.INK, 7),
        (theme.ALARM, theme.CARD, 4.5),
        (theme.INK, theme.GLASS, 7),
        (theme.INK, theme.FULL, 7),
        (theme.INK, theme.SURFACE, 7),
        (theme.INK, theme.COIN, 7),
    ],
)
def test_contrast(ink: theme.Colour, paper: theme.Colour, least: float) -> None:
    """Someone with low vision could not read it. On the alarm's red, where 6.3 is the most, words are semibold."""
    assert theme.contrast(ink, paper) >= least


@pytest.mark.parametrize("look", LOOKS)
def test_what_can_be_touched_is_readable(look: str) -> None:
    """A button whose words are hard to read."""
    assert theme.contrast(LOOKS[look].ink, LOOKS[look].fill) >= (4.5 if look == "unable" else 7)
    assert theme.contrast(LOOKS[look].soft, LOOKS[look].fill) >= 4.5


def test_contrast_is_measured_as_the_standard_says() -> None:
    """All contrasts above would mean nothing. Black on white is 21, and #767676 on white the classic 4.54."""
    white = theme.colour("#FFFFFF")
    assert theme.contrast(theme.colour("#000000"), white) == pytest.approx(21)
    assert theme.contrast(theme.colour("#767676"), white) == pytest.approx(4.54, abs=0.01)


def test_the_alarm_red_is_used_for_alarms_alone() -> None:
    """Red on a mistake would make the red of an alarm mean nothing."""
    users = {
        path.name
        for path in (KIOSK / "screens").iterdir()
        if path.suffix in (".py", ".kv") and "ALARM" in path.read_text()
    }
    jar = {"areas_jar.py", "shelf.py"}  # a tool that is overdue
    duties = {"areas_circle.py", "duties.kv", "duties.py"}  # one that has not turned
    trying = {"tryout.py"}  # a button that sticks, which is an alarm as well
    thrones = {"routines.kv", "routines.py"}  # one person does nearly all of it
    others = jar | duties | trying | thrones
    assert users - {"samples.py"} == {"theme.py", "areas.kv", "frame.kv", "dock.py"} | others


def test_a_screen_has_few_sizes_of_type() -> None:
    """Each size costs memory for as long as the kiosk runs, and Kivy never gives it back."""
    used = set()
    for path in (KIOSK / "screens").glob("*.kv"):
        if path.name != "dock.kv":
            used |= {
                int(step)
                for steps in re.findall(r"steps: ([\d, ]+)", path.read_text())
                for step in re.findall(r"\d+", steps)
            }
    assert used <= set(theme.STEPS)
    assert min(used) == 20


@pytest.mark.parametrize(
    ("size", "scale"), [((800, 480), 1), ((1280, 720), 1.5), ((720, 1280), 1.5), ((1024, 600), 1.25)]
)
def test_the_scale_follows_the_screen(size: tuple[int, int], scale: float) -> None:
    """Everything would be small in a corner, or larger than the panel."""
    assert theme.screen(*size).scale == pytest.approx(scale)


# --- letters ------------------------------------------------------------------------------------------------


def everything_said() -> str:
    """All text of the samples, of the screens themselves and of the keyboard."""
    keyboard = (
        key.does
        for page in ("letters", "figures", "accents", "more accents")
        for tall in (False, True)
        for row in keys.layout(page, tall)
        for key in row
    )
    typed = "".join(key + key.upper() for key in keyboard if len(key) == 1)
    own = "".join(wording.WORDS.values())
    return repr(tuple(SAMPLES.values())) + own + typed


def test_no_letter_is_an_empty_box() -> None:
    """Somebody's name would be a row of boxes."""
    said = set(everything_said()) - {"\n"}
    assert {"→", "·", "−", "’", "“", "Ł", "ß", *ARABIC} <= said
    assert typeset.clean("".join(said).replace("?", "")).find("?") == -1


@pytest.mark.parametrize("odd", ["🥐", "\u4f60", "\u202e"])
def test_what_no_font_holds_is_never_an_empty_box(odd: str) -> None:
    """A name sent by a phone could break the screen, or turn the words around it back to front."""
    assert typeset.clean(f"a{odd}b") in ("a?b", "ab")


def test_text_of_people_is_never_markup() -> None:
    """Somebody named [b]Jo[/b] would change how the screen looks."""
    setting = typeset.fit("[b]Jo[/b] & <i>", "regular", [24], (800, 100))
    assert setting.lines == ("[b]Jo[/b] & <i>",)


def test_an_arabic_name_in_an_english_sentence_has_one_font_for_both() -> None:
    """Half the sentence would be boxes."""
    assert "arabic" in typeset.font_of(f"{ARABIC} → Jo", "semibold")
    assert typeset.font_of("Łódź → Jo", "regular").endswith("regular.ttf")
    assert typeset.font_of("Ирина", "regular") == "DejaVuSans"


def test_every_picture_that_is_asked_for_is_drawn() -> None:
    """A tile would show the picture of something else."""
    sources = [*(KIOSK / "views").glob("*.py"), *(KIOSK / "visit").glob("*.py"), *(KIOSK / "screens").glob("*.py")]
    asked = {name for path in sources for name in re.findall(r'icon="([a-z-]+)"', path.read_text())}
    assert len(asked) > 15
    assert asked | set(WORK) <= set(icons.NAMES)


def test_pictures_differ() -> None:
    """Two kinds of work would look the same."""
    drawings = {}
    for name in icons.NAMES:
        texture = typeset.picture_of(icons.letter(name), str(typeset.FONTS / "icons.ttf"), 48)
        assert texture.size == (48, 48), name
        drawings[name] = texture.pixels
    assert len(set(drawings.values())) == len(icons.NAMES)


def test_figures_are_of_one_width() -> None:
    """A countdown would jitter at every second."""
    font = str(typeset.FONTS / "semibold.ttf")
    assert len({typeset.extent(figure * 10, font, 48)[0] for figure in "0123456789"}) == 1


# --- setting type -------------------------------------------------------------------------------------------


def fit(text: str, wide: float, high: float = 1000, lines: tuple[int, ...] = (3,)) -> typeset.Setting:
    return typeset.fit(text, "regular", [48, 30, 20], (wide, high), lines)


def test_the_largest_size_that_fits_is_taken() -> None:
    """Words would be smaller than they need to be, or spill."""
    assert fit("Jo", 400).size == 48
    assert fit("somebody who reads it to me twice", 300, high=150).size == 30
    assert not fit("somebody who reads it to me twice", 300, high=150).cut


def test_lines_are_of_like_length() -> None:
    """A headline would end in one lonely word."""
    first, second = typeset.fit("The one who gave taps", "heavy", [48], (420, 300), (2,)).lines
    assert abs(len(first) - len(second)) <= 5


def test_an_amount_and_an_arrow_are_never_torn_apart() -> None:
    """ "1" at the end of a line and "h 30" on the next."""
    for wide in range(90, 400, 10):
        lines = typeset.fit("Amina gave Jo 1 h 30 and 45 min → Sara", "regular", [20], (wide, 900), (20,)).lines
        assert not any(line.endswith(("1", "h", "45", "→")) for line in lines), lines


def test_a_sum_of_money_is_never_torn_apart() -> None:
    """ "€" at the end of a line and "274.00" on the next."""
    for wide in range(110, 400, 10):
        lines = typeset.fit("Expected € 274.20, counted € 274.00", "regular", [20], (wide, 900), (20,)).lines
        assert not any(line.endswith("€") for line in lines), lines


def test_a_long_word_is_broken_with_a_hyphen_before_anything_is_lost() -> None:
    """The end of a German word would be missing."""
    setting = fit("Straßenverkehrsgenehmigungsbehörde", 120, lines=(9,))
    assert not setting.cut
    assert "".join(line.removesuffix("-") for line in setting.lines) == "Straßenverkehrsgenehmigungsbehörde"


def test_what_is_lost_is_said_to_be() -> None:
    """Words cut off without a sign."""
    setting = fit("a sentence that is much too long", 100, high=30, lines=(1,))
    assert setting.cut
    assert setting.lines[-1].endswith("…")


def test_no_line_is_wider_than_its_room() -> None:
    """Words would run over the edge of their card."""
    for wide, text in itertools.product(
        (60, 137, 300), ("bookkeeping and care", "Konstantinopolitanischer", "a b c d e f g")
    ):
        setting = fit(text, wide, lines=(12,))
        assert max(typeset.extent(line, setting.font, setting.size)[0] for line in setting.lines) <= wide


def test_words_in_a_box_are_set_once() -> None:
    """A still screen would draw again and again."""
    words = Words(steps=[24])
    before = Words.drawn
    for _ in range(3):
        words.say("still", Box(0, 0, 100, 40))
    assert Words.drawn == before + 1
    words.say("moved", Box(0, 0, 100, 40))
    assert Words.drawn == before + 2


# --- shapes -------------------------------------------------------------------------------------------------


def test_boxes_are_cut_without_losing_a_pixel() -> None:
    """Parts of a screen would overlap, or leave holes."""
    whole = Box(10, 20, 300, 200)
    top, rest = whole.cut_top(50, 10)
    assert (top, rest) == (Box(10, 170, 300, 50), Box(10, 20, 300, 140))
    left, right = whole.cut_left(100, 20)
    assert (left.right + 20, right.right) == (right.x, whole.right)
    cells = whole.grid(3, 2, 10)
    assert (cells[0].x, cells[0].top, cells[-1].right, cells[-1].y) == (10, 220, 310, 20)
    assert len(cells) == 6


@pytest.mark.parametrize(
    ("now", "after", "expected"),
    [
        (60, None, [(0, 60, 1.0)]),
        (-60, None, [(-60, 0, 1.0)]),
        (60, 90, [(60, 90, 0.45), (0, 60, 1.0)]),
        (-60, 30, [(-60, 30, 0.45), (0, 0, 1.0)]),
        (-60, -30, [(-60, -30, 0.45), (-30, 0, 1.0)]),
    ],
)
def test_a_balance_is_drawn_from_the_middle(
    now: int, after: int | None, expected: list[tuple[int, int, float]]
) -> None:
    """Who gave would look like who got, or a booking like none."""
    from kiosk.faces import Bar

    assert spans(Bar(now, 600, 1200, "", after)) == expected
