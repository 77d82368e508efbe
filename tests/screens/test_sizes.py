"""Three sizes of type: larger words where they have room, nothing cut off by it; and the ring of the buttons."""

import msgspec
import pytest

from kiosk.faces import Face, Marked, Touch, WallFace
from kiosk.screens import pictures, theme
from kiosk.screens.mark import Mark
from kiosk.screens.pieces import Words
from kiosk.screens.samples import SAMPLES

MAIN = (
    "wall",
    "wall-jar-forty",
    "home",
    "home-full",
    "tiles",
    "dial-several",
    "tap-hands",
    "booked",
    "list",
    "entry",
    "board",
    "duties",
    "type-name",
    "trouble",
    "jar",
    "money-most",
    "proposal-long",
    "gather",
    "speak-thirty",
    "rows",
    "vote",
    "outcome",
    "closing",
    "ballot",
    "frozen-full",
    "counting",
    "emptied-returned",
    "potluck",
    "potluck-number",
)
UPRIGHT = ("wall", "home", "tiles", "list", "speak", "potluck-much")
STAYS = ("dial-several", "money-most", "proposal-long", "speak-thirty", "ballot")
"""So full that all of it stays as it is."""


def with_frame(face: Face, **more: object) -> Face:
    if isinstance(face, WallFace):
        return msgspec.structs.replace(face, **more)
    return msgspec.structs.replace(face, frame=msgspec.structs.replace(face.frame, **more))


def sizes(stage: object) -> dict[str, int]:
    return {
        str(each.text): each.setting.size for each in pictures.seen(stage) if isinstance(each, Words) and each.text
    }


@pytest.mark.parametrize(
    ("name", "panel"),
    [*((name, (800, 480)) for name in MAIN), *((name, (720, 1280)) for name in UPRIGHT)],
    ids=lambda each: each if isinstance(each, str) else f"{each[0]}x{each[1]}",
)
def test_larger_words_are_larger_and_nothing_is_cut_off(name: str, panel: tuple[int, int]) -> None:
    """Someone with low vision would choose a size and lose half a sentence, or see no difference."""
    usual = sizes(pictures.staged(SAMPLES[name], panel))
    stage = pictures.staged(with_frame(SAMPLES[name], size=2), panel)
    assert pictures.measure(stage) == []
    now = sizes(stage)
    assert not {words for words in usual.keys() & now.keys() if now[words] < usual[words]}
    grown = [words for words in usual.keys() & now.keys() if now[words] > usual[words]]
    assert grown or name in STAYS


def test_type_grows_by_steps_and_not_beyond_what_helps() -> None:
    assert theme.above(20, 1) == (24,)
    assert theme.above(20, 2) == (24, 30)
    assert theme.above(38, 2) == (48,)
    assert theme.above(48, 2) == ()
    assert theme.grown((24, 20), (1, 2), 1) == ((30, 1), (24, 2), (20, 2))


def test_the_usual_size_comes_back() -> None:
    """The next visitor would get the last one’s size."""
    face = SAMPLES["tiles"]
    stage = pictures.staged(face, (800, 480))
    before = sizes(stage)
    stage.show(with_frame(face, size=2))
    pictures.turn()
    assert sizes(stage) != before
    stage.show(face)
    pictures.turn()
    assert sizes(stage) == before


@pytest.mark.parametrize(("touch", "ringed"), [(Touch("choose", "work:care"), True), (Touch("turn", "60"), False)])
def test_what_the_circle_takes_is_ringed_or_named(touch: Touch, ringed: bool) -> None:
    """Whoever walks with the buttons would not see what they take."""
    stage = pictures.staged(with_frame(SAMPLES["tiles"], marked=Marked(touch, "one hour more")), (800, 480))
    mark = next(each for each in stage.walk() if isinstance(each, Mark))
    assert bool(mark.ids.words.text) != ringed
    assert bool(mark._ring.points) == ringed
    stage.show(SAMPLES["tiles"])
    assert not [each for each in stage.walk() if isinstance(each, Mark)]
