"""Every kind of face in every situation, drawn at every size: nothing cut off, nothing too small for a finger.

A picture of what is wrong lands in build/pictures/<size>/ for people to look at; `make pictures` draws all.
"""

from pathlib import Path

import msgspec
import pytest
from kivy.uix.label import Label

from kiosk.faces import Alarm, Face, Said, TypeFace, WallFace
from kiosk.screens import pictures
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Words
from kiosk.screens.said import Sheet
from kiosk.screens.samples import LONG_NAME, SAMPLES, TYPE, WALL
from kiosk.screens.touchables import Touchable

FOLDER = Path(__file__).parents[2] / "build" / "pictures"
SIZES = ((800, 480), (1280, 720), (720, 1280))
WALL_SIZE, WALL_INCHES = (1920, 1080), 10.0


def drawn(name: str, face: Face, size: tuple[int, int], inches: float = pictures.PANEL) -> list[pictures.Fault]:
    stage = pictures.staged(face, size)
    faults = pictures.measure(stage, inches)
    if faults:
        folder = FOLDER / f"{size[0]}x{size[1]}"
        folder.mkdir(parents=True, exist_ok=True)
        pictures.save(stage, folder / f"{name}.png")
    return faults


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_is_cut_off_and_every_finger_hits(size: tuple[int, int]) -> None:
    """Someone with low vision or a large thumb could not use a screen where this fails.

    On every panel; one after another on one stage, as a kiosk shows them.
    """
    called = {id(face): name for name, face in SAMPLES.items()}
    wrong = [
        called[id(face)] for face, stage in pictures.laid_out(SAMPLES.values(), size) if pictures.measure(stage)
    ]
    assert {name: drawn(name, SAMPLES[name], size) for name in wrong} == {}


@pytest.mark.parametrize("name", [name for name, face in SAMPLES.items() if isinstance(face, WallFace)])
def test_the_wall_on_a_large_screen(name: str) -> None:
    """The wall would be cut off on the large screen it is made for."""
    assert drawn(name, SAMPLES[name], WALL_SIZE, WALL_INCHES) == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("page", ["figures", "accents", "more accents"])
def test_every_page_of_the_keyboard(page: str, size: tuple[int, int]) -> None:
    """Somebody whose name has an accent could not hit its key."""
    stage = pictures.staged(TYPE, size)
    stage.screen.page = page
    stage.screen.show_face(TYPE, stage.box)
    pictures.turn()
    assert pictures.measure(stage) == []


def test_every_kind_of_face_has_samples() -> None:
    """A screen that no sample shows would never be looked at."""
    assert {type(face) for face in SAMPLES.values()} == set(Face.__args__)


def test_a_picture_holds_what_was_drawn(tmp_path: Path) -> None:
    """All the other pictures could be empty paper, and nobody would be told."""
    from PIL import Image

    drawn_path = tmp_path / "wall.png"
    pictures.picture(WALL, (800, 480), drawn_path)
    image = Image.open(drawn_path).convert("RGB")
    shades = {shade for _, shade in image.getcolors(1_000_000)}
    assert image.size == (800, 480)
    assert {(0xF5, 0xEF, 0xE2), (0xFF, 0xFB, 0xF2), (0x1D, 0x1B, 0x18), (0x0B, 0x5C, 0x6B)} <= shades


# --- the measure itself: it must see what is wrong ------------------------------------------------------------


def test_measure_sees_words_that_do_not_fit() -> None:
    """Cut-off words would pass all the tests above."""
    stage = pictures.staged(WALL, (800, 480))
    words = Words(steps=[24], lines=[1])
    stage.add_widget(words)
    words.say("a sentence that is much too long for its box", Box(300, 200, 90, 30))
    found = [fault for fault in pictures.measure(stage) if fault.words.startswith("a sentence")]
    assert "cut off" in {fault.what for fault in found}


def test_measure_sees_a_label_larger_than_its_box() -> None:
    """A plain Kivy label that spills over its edge would pass."""
    stage = pictures.staged(WALL, (800, 480))
    label = Label(
        text="Bäckereifachverkäuferin", font_size=40, size_hint=(None, None), size=(80, 30), pos=(10, 440)
    )
    label.texture_update()
    stage.add_widget(label)
    found = {fault.what for fault in pictures.measure(stage) if fault.words == "Bäckereifachverkäuferin"}
    assert {"cut off", "outside"} <= found


def test_measure_sees_targets_too_small_and_too_near() -> None:
    """Buttons that a finger misses, or hits two of, would pass."""
    stage = pictures.staged(TYPE, (800, 480))
    for x in (10, 45):
        target = Touchable(touched=stage.clear_widgets)
        stage.screen.add_widget(target)
        target.put(Box(x, 440, 36, 36))
    faults = {(fault.what, fault.words) for fault in pictures.measure(stage)}
    assert ("too small", "no words") in faults
    assert ("crowded", "no words") in faults


def test_measure_sees_words_over_words() -> None:
    """Two sentences on top of each other would pass."""
    stage = pictures.staged(msgspec.structs.replace(TYPE, label="What do you need?"), (800, 480))
    words = Words(steps=[30])
    stage.screen.add_widget(words)
    title = stage.screen.around.ids.title
    words.say("over the title", title.box)
    assert any(fault.what == "overlaps" and "over the title" in fault for fault in pictures.measure(stage))


def test_a_full_field_shows_the_end_of_what_is_written() -> None:
    """Whoever writes a long note would not see the letters they are typing."""
    long = f"{LONG_NAME} " * 9 + "last"
    face = TypeFace(frame=TYPE.frame, label="A note", text=long, longest=400, ready=True)
    shown = pictures.staged(face, (800, 480)).screen.ids.text.text
    assert shown.startswith("…")
    assert shown.endswith("last")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_steps_of_an_errand_lie_beside_the_ways_out(size: tuple[int, int]) -> None:
    """On an upright panel the steps of a proposal ran under "back" and "leave"."""
    face = msgspec.structs.replace(TYPE, frame=msgspec.structs.replace(TYPE.frame, dots=(2, 5), back=True))
    around = pictures.staged(face, size).screen.around.ids
    for way in (around.back, around.home):
        assert around.dots.right <= way.x or way.right <= around.dots.x


def read_on(face: Face, size: tuple[int, int]) -> list[str]:
    """All words that are seen."""
    return [str(each.text) for each in pictures.seen(pictures.staged(face, size)) if isinstance(each, Words)]


def test_the_large_wall_heads_its_duties_and_counts_what_has_no_room() -> None:
    """ "Amina → Jo" would read like a gift of hours, and one of many things decided like all of them."""
    read = read_on(SAMPLES["wall-circle"], WALL_SIZE)
    assert "Duties" in read
    assert "Decided · and 1 more" in read


def test_an_upright_wall_says_how_many_balances_it_leaves_out() -> None:
    """Two names would look like the whole shop."""
    read = read_on(SAMPLES["wall-jar-quarter"], (720, 1280))
    assert "Amina" in read
    assert "and 6 more" in read


def test_what_is_said_leaves_the_band_of_what_is_wrong_free() -> None:
    """Half a red line would be all that is seen of what is wrong."""
    face = SAMPLES["dial"]
    said, alarm = (
        Said("This can’t be kept just now", "Put the card back in."),
        Alarm("The memory card is not there"),
    )
    frame = msgspec.structs.replace(face.frame, said=said, alarms=(alarm,))
    stage = pictures.staged(msgspec.structs.replace(face, frame=frame), (800, 480))
    sheet = next(each for each in pictures.seen(stage) if isinstance(each, Sheet))
    assert sheet.ids.slab.y >= stage.screen.around.ids.band.top
    assert sheet.ids.veil.y >= stage.screen.around.ids.band.top
