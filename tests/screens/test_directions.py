"""Languages written from the right: letters joined and in order, the screen mirrored, and what must not be."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.faces import Choice, Frame, Line, ListFace, TapFace, TilesFace, Touch, TypeFace, VoteFace
from kiosk.screens import keys, pictures, typeset
from kiosk.screens.keyboard import KeyCap
from kiosk.screens.pieces import Picture, Words
from kiosk.screens.touchables import Tile
from kiosk.tongue import DIRECTING, fill, speak, speaking

PLAIN = some.text(some.sampled_from("ابتسلام لا عليكم (Jo) 12:30 [a] €−+«» ،؟ـيّ"), max_size=30)


@pytest.fixture(autouse=True)
def _english_again() -> Any:
    yield
    speak("en")


def bare(text: str) -> list[str]:
    """The letters of a text, whatever their form and order; brackets without their side."""
    plain = unicodedata.normalize("NFKD", text.translate(DIRECTING))
    return sorted(plain.translate(str.maketrans(")]»", "([«")).replace(" ", ""))


@given(PLAIN, some.booleans())
def test_nothing_is_lost_by_shaping(text: str, leftward: bool) -> None:
    """A letter of somebody's name would be missing."""
    assert bare(typeset.seen(typeset.shaped(text), leftward=leftward)) == bare(text)


def test_arabic_letters_are_joined_and_run_from_the_right() -> None:
    """A word would be a row of single letters, back to front."""
    shown = typeset.seen(typeset.shaped("سلام"), leftward=True)
    assert [unicodedata.name(char).rsplit(" ", 2)[-2:] for char in shown][-1] == ["INITIAL", "FORM"]
    assert unicodedata.normalize("NFKC", shown)[::-1].replace("ال", "لا") == "سلام"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("א ב", "ב א"),
        ("אב (גד) 12:30", "12:30 (דג) בא"),
        ("אב Jo Wen", "Jo Wen בא"),
        ("Jo and Wen.", "Jo and Wen."),
    ],
)
def test_mixed_lines_are_seen_in_order(text: str, shown: str) -> None:
    """Figures and Latin names would be read backwards. In Hebrew, to see it without the joining."""
    assert typeset.seen(text, leftward=True) == shown


def test_a_number_after_an_arabic_name_stays_behind_it() -> None:
    """ "Amina gave أحمد 1 h" would say "gave 1 أحمد h"."""
    with speaking("en"):
        text = fill("{giver} gave {receiver} {time}", {"giver": "Amina", "receiver": "אב", "time": "1 h"})
        assert typeset.fit(text, "regular", [24], (800, 40)).lines == (f"Amina gave בא 1{typeset.NBSP}h",)


def test_a_sign_stands_left_of_its_figure() -> None:
    """A debt would look like a sum with a dash behind it."""
    with speaking("ar"):
        (line,) = typeset.fit("−45 א", "regular", [24], (800, 40)).lines
    assert line == "א −45"


def arabic(**more: Any) -> Frame:
    return Frame(title="أهلا", language="ar", **more)


def middle(widget: Any) -> float:
    """Where somebody sees it, from the left of the window."""
    return float(widget.to_window(*widget.center)[0])


def tiles(language: str) -> TilesFace:
    choices = tuple(Choice(key=key, words=key) for key in ("one", "two", "three"))
    return TilesFace(frame=Frame(title="Which?", language=language), choices=choices)


def test_the_screen_is_mirrored_and_a_finger_finds_what_it_sees(play: Callable[..., Any], finger: Any) -> None:
    """Touching the first tile, at the right, would choose the last."""
    for language, expected in (("en", ["one", "two", "three"]), ("ar", ["three", "two", "one"]), ("en", None)):
        on = play(tiles(language))
        shown = sorted((each for each in on.stage.walk() if isinstance(each, Tile) and each.choice), key=middle)
        assert [each.choice.key for each in shown][:3] == (expected or ["one", "two", "three"])
        finger.tap(middle(shown[0]), shown[0].center_y)
        assert on.said == [Touch("choose", shown[0].choice.key)]


def test_the_answers_of_a_vote_stay_in_the_order_of_the_buttons(play: Callable[..., Any]) -> None:
    """The button under "yes" on the screen would be the one that abstains."""
    shapes = (("yes", "circle"), ("no", "square"), ("abstain", "triangle"))
    choices = tuple(Choice(key=f"press:{key}", words=key, icon=icon) for key, icon in shapes)
    on = play(VoteFace(frame=arabic(), question="؟", pressed=1, people=4, words="", choices=choices))
    shown = sorted((each for each in on.stage.walk() if isinstance(each, Tile) and each.choice), key=middle)
    assert [each.choice.key for each in shown] == ["press:yes", "press:no", "press:abstain"]


def test_keys_stay_where_they_are_on_every_keyboard(play: Callable[..., Any]) -> None:
    """Nobody would find a letter; and Arabic could not be typed."""
    on = play(TypeFace(frame=arabic(), label="x", text="", longest=40, ready=False))
    caps = [each for each in on.stage.walk() if isinstance(each, KeyCap)]
    top = max(cap.center_y for cap in caps)
    row = sorted((cap for cap in caps if cap.center_y == top), key=middle)
    assert "".join(cap.does for cap in row) == "ضصثقفغعهخحج"


@pytest.mark.parametrize("tall", [False, True])
def test_every_page_of_keys_leads_on(tall: bool) -> None:
    """Somebody would be caught among the accents."""
    for home in keys.HOMES:
        page: keys.Page = home
        met = {page}
        for _ in range(3):
            page = keys.after(page, keys.ACCENTS, home)
            met.add(page)
        assert keys.after(page, keys.TURN, home) in (home, "figures")
        assert len(met) >= 3
        for each in met:
            assert keys.layout(each, tall, home)


def test_arrows_turn_and_clocks_do_not(play: Callable[..., Any]) -> None:
    """The way back would point onward."""
    on = play(TapFace(frame=arabic(dots=(1, 3)), prompt="الشارة", icon="clock"))
    turned = {each._last[0]: each._turn.x for each in on.stage.walk() if isinstance(each, Picture) and each._last}
    assert (turned["arrow-left"], turned["clock"]) == (1, -1)  # -1: turned back, so as it always is


def test_what_is_short_in_english_fits_in_arabic(play: Callable[..., Any]) -> None:
    """Words would end in "…"."""
    line = Line(key="a", who="Jo ← أمينة", amount="1 س 30 د", work="رعاية أطفال", when="اليوم 14:30", sign="−")
    face = ListFace(frame=arabic(), lines=(line,) * 4, words="متعادل")
    for size in ((800, 480), (720, 1280)):
        on = play(face, size)
        assert pictures.measure(on.stage) == []
        assert all(not each.lost for each in on.stage.walk() if isinstance(each, Words))
