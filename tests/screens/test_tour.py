"""The tour through the real house: every screen it passes is legible, whole, and large enough to touch."""

import pytest

from kiosk.screens.pictures import laid_out, measure
from kiosk.settings import Settings
from kiosk.tour import SIZES, walk


@pytest.fixture(scope="module")
def passed():
    """Every face the tour comes past, by the name of its picture."""
    return dict(walk(Settings()))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_that_the_tour_comes_past_is_cut_off_or_too_small_to_touch(passed, size):
    called = {id(face): name for name, face in passed.items()}
    faults = {
        called[id(face)]: found for face, stage in laid_out(passed.values(), size) if (found := measure(stage))
    }
    assert not faults
    assert len(passed) > 35
