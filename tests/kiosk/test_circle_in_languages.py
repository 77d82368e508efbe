"""The circle's and the duties' own words: on the screen in the language spoken, in the record as they ever were."""

import pytest
from by_hand import Kiosk

from kiosk import tongue
from kiosk.demo import MEMBERS
from kiosk.events import DutyBegan, Voiced
from kiosk.faces import DutiesFace, RowsFace
from kiosk.rules.duties import KNOWN, OF_A_FUND
from kiosk.tongue import speaking
from kiosk.visit.rows import SAID_ALOUD, STARTERS, voiced
from kiosk.words import duty_word, next_one


@pytest.fixture
def kiosk(tmp_path):
    return Kiosk(tmp_path, language=tongue.MARKED)


def events(kiosk, kind):
    return [entry.event for entry in kiosk.store.store.entries(after=0) if isinstance(entry.event, kind)]


@pytest.mark.parametrize("duty", sorted({*KNOWN, *OF_A_FUND}))
def test_a_duty_of_the_house_is_said_in_the_language_spoken(duty):
    """Half a screen would stay English."""
    assert duty_word(duty) == duty
    with speaking(tongue.MARKED):
        assert duty_word(duty) == f"⟦{duty}⟧"
        assert f"⟦{duty}⟧ (Garden)" in duty_word(f"{duty} (Garden)")
        assert duty in next_one(duty)


@pytest.mark.parametrize("duty", ["watering the plants", "watering (Garden)", "taking minutes slowly", ""])
def test_a_duty_of_the_shops_own_is_said_as_it_was_written(duty):
    """Somebody's words would be changed."""
    with speaking(tongue.MARKED):
        assert duty_word(duty) == duty


def test_a_duty_is_kept_in_the_same_words_whatever_is_spoken(kiosk):
    """The same duty would go round twice, once in each language."""
    for key in ("duties", "begin", "begin:taking minutes", "how:order", "term:week"):
        kiosk.touch(key)
    for name in ("Wen", "Ada", "Priya"):
        kiosk.tap(name)
    kiosk.touch("ok")
    assert [each.duty for each in events(kiosk, DutyBegan)] == ["taking minutes"]
    kiosk.touch("duties")
    face = kiosk.faces[-1]
    assert isinstance(face, DutiesFace)
    assert [(row.key, row.duty) for row in face.rows] == [("duty:taking minutes", "⟦taking minutes⟧")]
    assert face.rows[0].until == "⟦begins now⟧"


def test_what_is_picked_is_kept_in_the_same_words_whatever_is_spoken(kiosk):
    """The same obstacle, voiced in two languages, would never be seen to come again and again."""
    kiosk.hold()
    for name in MEMBERS[:2]:
        kiosk.tap(name)
    kiosk.press("yes", "yes")
    face = kiosk.faces[-1]
    assert isinstance(face, RowsFace)
    assert [row.words for row in face.rows] == [f"⟦{each}⟧" for each in STARTERS[:3]]
    kiosk.press("yes", "no", "yes")
    (said,) = events(kiosk, Voiced)
    assert {said.priority, said.obstacle} <= set(STARTERS)
    assert all("⟦" in text for heard in kiosk.faces[-1].heard for text in heard)


def test_what_somebody_wrote_is_said_as_it_was_written():
    """A word of theirs that the catalogues happen to have would be turned into another."""
    with speaking(tongue.MARKED):
        assert voiced("done") == "done"
        assert voiced(SAID_ALOUD) == f"⟦{SAID_ALOUD}⟧"
