"""Faces as somebody hears them: amounts for the ear in every language, no signs, every kind of face."""

import re

import pytest
from by_hand import Kiosk
from hypothesis import given
from hypothesis import strategies as some

from kiosk import tongue, words
from kiosk.faces import Face, TilesFace, Touch, TypeFace, WallFace
from kiosk.screens.samples import SAMPLES
from kiosk.tongue import LANGUAGES, aloud, speaking
from kiosk.views.aloud import READ, heard, news, sentences
from kiosk.views.ways import ways
from kiosk.visit.circle_keys import keys
from kiosk.visit.places import IDLE
from kiosk.visit.walking import LETTERS, press, walked

HEARD = {
    "en": ("2 hours 30", "12 euros 50"),
    "es": ("2 horas 30 minutos", "12 euros 50"),
    "fr": ("2 heures 30", "12 euros 50"),
    "de": ("2 Stunden 30", "12 Euro 50"),
    "pl": ("2 godziny 30 minut", "12 euro 50"),
    "ar": ("ساعتان 30 دقيقة", "12 يورو 50"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_and_sums_are_said_as_they_are_heard(language: str) -> None:
    """ "Two h thirty" and "euro twelve point five oh" would be all that somebody hears of what they owe."""
    with speaking(language):
        seen = words.duration(150), words.money(1250)
        with aloud():
            assert (words.duration(150), words.money(1250)) == HEARD[language]
            assert "h" not in words.duration(120).split()
        assert tuple(map(words.as_heard, (each.translate(tongue.DIRECTING) for each in seen))) == HEARD[language]


def test_small_and_odd_amounts() -> None:
    with aloud():
        assert [words.duration(each) for each in (1, 45, 60, 61, 65, 720)] == [
            "one minute",
            "45 minutes",
            "one hour",
            "one hour one minute",
            "one hour 5 minutes",
            "12 hours",
        ]
        assert [words.money(each) for each in (0, 1, 50, 100, 105, -250)] == [
            "0 cents",
            "1 cent",
            "50 cents",
            "1 euro",
            "1 euro 5 cents",
            "minus 2 euros 50",
        ]


@given(some.integers(0, 10_000_000), some.integers(1, 100_000), some.sampled_from(sorted(LANGUAGES)))
def test_what_was_written_for_the_eye_is_heard_the_same(cents: int, minutes: int, language: str) -> None:
    """A sentence that was put together before would say another amount than the screen."""
    with speaking(language):
        seen = f"{words.money(cents)}, {words.duration(minutes)}".translate(tongue.DIRECTING)
        with aloud():
            assert words.as_heard(seen) == f"{words.money(cents)}, {words.duration(minutes)}"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_face_is_read_in_words_alone(name: str) -> None:
    """Whoever listens would hear the names of signs, or nothing at all."""
    told = sentences(SAMPLES[name])
    assert told
    assert not re.search(r"[→←·+<>\[\]{}|●■▲“”…✓]", " ".join(told))
    assert all(each.endswith((".", "?", "!", ":", "؟")) for each in told)


def test_every_kind_of_face_is_read() -> None:
    """A screen would be silent."""
    assert set(READ) == set(Face.__args__)


@pytest.mark.parametrize("text", ["[[o h]] there", "a [[x", "|^_ ⟦b⟧", "<break/>"])
def test_what_people_wrote_is_never_a_command_to_the_voice(text: str) -> None:
    """In double brackets the program hears the names of its own sounds."""
    assert not set("[]<>|^") & set(heard(text))


def test_only_what_is_new_is_said_on_the_same_screen() -> None:
    before = ("Amina gave repair.", "one hour.", "now the one who got it taps.")
    now = ("Amina gave repair.", "one hour 15.", "now the one who got it taps.")
    assert news(before, now, another=False) == ("one hour 15.",)
    assert news(before, now, another=True) == now


@pytest.mark.parametrize("name", [name for name, face in SAMPLES.items() if not isinstance(face, WallFace)])
def test_everything_that_can_be_touched_can_be_walked_to(name: str) -> None:
    """Whoever can't use the screen could not do what others do."""
    face = SAMPLES[name]
    found = {way.touch for way in ways(face)}
    for list_of in ("choices", "tiles", "extra", "lines", "rows", "needs", "offers"):
        for each in getattr(face, list_of, ()):
            assert not getattr(each, "able", True) or Touch("choose", each.key) in found
    assert all(way.words for way in ways(face))


@given(some.lists(some.sampled_from(["yes", "no", "abstain"]), max_size=25))
def test_walking_never_takes_what_is_not_marked(buttons: list[str]) -> None:
    """A press would do something else than what was read aloud."""
    visit, face = IDLE, SAMPLES["tiles-pages"]
    assert isinstance(face, TilesFace)
    for button in buttons:
        found = ways(face, visit.letters)
        marked = found[visit.at] if visit.at >= 0 else None
        visit, touch = press(visit, button, found, 0)
        assert touch in (None, Touch("back"), marked.touch if marked else None)
        assert 0 <= visit.at < len(found)


def test_any_word_can_be_written_with_three_buttons() -> None:
    """Somebody's name would have to be typed by another hand."""
    face = SAMPLES["type"]
    assert isinstance(face, TypeFace)
    for language in LANGUAGES:
        with speaking(language):
            groups = [each.touch.value.removeprefix(LETTERS) for each in ways(face) if LETTERS in each.touch.value]
            typed = {way.touch.value.casefold() for group in groups for way in ways(face, group)}
        assert len(typed) >= 40


def test_the_buttons_walk_everywhere_but_where_they_mean_something(tmp_path) -> None:
    """In a vote a press would be read aloud as a choice, or choose something else."""
    kiosk = Kiosk(tmp_path)
    place = kiosk.house._visit.place
    assert walked(place)
    assert not any(keys(place))


def test_a_ballot_is_heard_alike_whichever_button_was_pressed(tmp_path) -> None:
    """Whoever listens would know how somebody voted."""
    runs = []
    for button in ("yes", "no", "abstain"):
        told: list[str] = []
        kiosk = Kiosk(tmp_path / button, say=lambda text, _, told=told: told.append(text), voice="always")
        kiosk.gather("Amina", "Jo", "Sara", "Tomek")
        kiosk.ask()
        before = len(told)
        kiosk.press(button, button, button)
        kiosk.wait(0.4)
        runs.append(told[before:])
    assert runs[0] == runs[1] == runs[2]
    assert len(runs[0]) == 3
