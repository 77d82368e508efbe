"""Every screen in every language: nothing cut off, nothing over anything else, nothing too small for a finger.

Two sources: the faces that the house itself makes on the tour, played in each language, and the samples, with what
they say taken from the catalogues. They are laid out and measured, not drawn; `make pictures LANGUAGES=all` draws.
"""

import os
from collections.abc import Mapping

import pytest

from kiosk.faces import Face, WallFace
from kiosk.screens import pictures
from kiosk.screens.samples import SAMPLES
from kiosk.tongue import ENGLISH, LANGUAGES, language, speak

from .said_in import said_in
from .tour_by_hand import Tour

PANEL, UPRIGHT = (800, 480), (720, 1280)
WALL, WALL_INCHES = (1920, 1080), 10.0
OTHERS = tuple(each for each in LANGUAGES if each != ENGLISH)
EXTREMES = ("ar", "pl")
"""Written from the right with the letters that are hardest to set, and with the longest words: these see all of
the tour and a third of the samples; each of the others a third of the tour and a sixth of the samples."""


@pytest.fixture(scope="module")
def passed() -> Mapping[str, Mapping[str, Face]]:
    """Every face of the tour, by language and by the name of its picture."""
    tour = Tour()
    return {ENGLISH: tour.english, **{each: dict(tour.walked(each)) for each in OTHERS}}


@pytest.fixture(autouse=True)
def _english_again() -> object:
    yield
    speak(ENGLISH)


def faults(faces: Mapping[str, Face], size: tuple[int, int], inches: float = pictures.PANEL) -> dict[str, object]:
    """What is wrong, by the name of the picture."""
    names = {id(face): name for name, face in faces.items()}
    return {
        names[id(face)]: found
        for face, stage in pictures.laid_out(faces.values(), size)
        if (found := pictures.measure(stage, inches))
    }


def some_of(faces: Mapping[str, Face], place: int, each: int = 3) -> Mapping[str, Face]:
    """Every third face (or so), others at each place, so that all languages together see all faces.

    With KIOSK_EVERY_LANGUAGE set all of them, everywhere: that takes minutes.
    """
    if "KIOSK_EVERY_LANGUAGE" in os.environ:
        return faces
    return {name: face for number, (name, face) in enumerate(faces.items()) if number % each == place % each}


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_tour_on_the_small_panel(spoken: str, passed: Mapping[str, Mapping[str, Face]]) -> None:
    """Somebody could not read the end of a sentence, or would hit the wrong button."""
    assert len(passed[spoken]) > 130
    place = tuple(LANGUAGES).index(spoken)
    some = passed[spoken] if spoken in EXTREMES else some_of(passed[spoken], place)
    assert faults(some, PANEL) == {}


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_some_of_the_tour_on_an_upright_panel(spoken: str, passed: Mapping[str, Mapping[str, Face]]) -> None:
    """The same, where it is narrow."""
    assert faults(some_of(passed[spoken], tuple(LANGUAGES).index(spoken), 6), UPRIGHT) == {}


@pytest.mark.parametrize("spoken", OTHERS)
def test_samples_on_the_small_panel(spoken: str) -> None:
    """What a shop seldom has, such as forty alarms, would be cut off in some language."""
    some = some_of(SAMPLES, OTHERS.index(spoken), 3 if spoken in EXTREMES else 6)
    assert faults({name: said_in(face, spoken) for name, face in some.items()}, PANEL) == {}


@pytest.mark.parametrize("spoken", EXTREMES)
def test_some_samples_on_an_upright_panel(spoken: str) -> None:
    """The same, where it is narrow."""
    some = some_of(SAMPLES, OTHERS.index(spoken), 6)
    assert faults({name: said_in(face, spoken) for name, face in some.items()}, UPRIGHT) == {}


@pytest.mark.parametrize("spoken", OTHERS)
def test_walls_on_a_large_screen(spoken: str, passed: Mapping[str, Mapping[str, Face]]) -> None:
    """Whoever passes could not read the wall from afar."""
    walls = {name: face for name, face in passed[spoken].items() if isinstance(face, WallFace)}
    samples = {name: said_in(face, spoken) for name, face in SAMPLES.items() if isinstance(face, WallFace)}
    every = walls | samples
    some = every if spoken in EXTREMES else some_of(every, OTHERS.index(spoken))
    assert faults(some, WALL, WALL_INCHES) == {}


def test_samples_are_said_in_the_language() -> None:
    """The samples would be English in every language, and prove nothing."""
    german = repr(said_in(SAMPLES["wall-circle-alarm"], "de"))
    assert "Kinderbetreuung" in german
    assert "childcare'," not in german.replace("icon='childcare'", "").replace("work:childcare", "")
    assert language() == ENGLISH


def test_what_people_wrote_stays_as_it_is() -> None:
    """A name or a title that happens to be a word of the catalogues would be another in each language."""
    assert "Konstantinopolitanischer" in repr(said_in(SAMPLES["wall-circle"], "ar"))
    assert "Canal Street Bakery" in repr(said_in(SAMPLES["wall"], "pl"))
