"""A change of the charter at the kiosk, across two circles: put together, voted, voted again, and held by hands."""

import pytest
from by_hand import Kiosk

from kiosk.events import CharterChange, CharterChanged, RoundClosed, RoundOpened
from kiosk.faces import AskFace, RowsFace, ShelfFace, TapFace
from kiosk.rules.charter import NUMBERS, changeable, name_words, sensible, value_of
from kiosk.state import State
from kiosk.tongue import phrase, speaking
from kiosk.visit.amending import further
from kiosk.visit.circle_places import ChangeDial
from kiosk.words import capital

FIVE = ("Amina", "Jo", "Tomek", "Sara", "Priya")


@pytest.fixture
def kiosk(tmp_path):
    return Kiosk(tmp_path)


def shown(kiosk):
    return str(kiosk.faces[-1])


def newest(kiosk, kind):
    return next(each.event for each in reversed(list(kiosk.store.store.entries())) if isinstance(each.event, kind))


def pick(kiosk, number, spoken="en"):
    """In the circle: a new question, about a number of the charter, this one."""
    with speaking(spoken):
        title = phrase("Which number is to be another?")
    kiosk.press("no", "yes")
    assert isinstance(kiosk.faces[-1], RowsFace)
    last = 1 + len(kiosk.core.state.heard.words)
    kiosk.touch(f"row:{last}")
    assert kiosk.faces[-1].frame.title == title
    kiosk.touch(f"row:{changeable(kiosk.core.state).index(number)}")
    assert isinstance(kiosk.faces[-1], AskFace)


def vote(kiosk, *presses):
    """By the buttons: counts told, in a month, the other side says nothing; then these presses."""
    kiosk.press("no", "yes", "yes", "no")
    kiosk.wait(2)
    kiosk.press(*presses)
    kiosk.wait(5)


def test_a_number_is_changed_across_two_circles(kiosk):
    kiosk.gather(*FIVE)
    pick(kiosk, "soft_limit")
    assert "10 h" in kiosk.faces[-1].question
    kiosk.press("abstain")
    assert "That is what it is now" in shown(kiosk)
    kiosk.press("no", "no")
    assert kiosk.faces[-1].question == "8 h"
    kiosk.press("abstain")
    vote(kiosk, *["yes"] * 5)
    opened = newest(kiosk, RoundOpened)
    assert opened.question == "Hours at which the kiosk warns: 8 h, not 10 h?"
    assert opened.change == CharterChange("soft_limit", 600, 480)
    assert "voted once more" in shown(kiosk)
    kiosk.press("yes")
    kiosk.close()
    assert "Decided, and not yet so" not in shown(kiosk)

    kiosk.wait(24 * 3600)
    kiosk.gather(*FIVE)
    kiosk.touch("row:2")
    assert "Vote again?" in shown(kiosk)
    kiosk.press("yes", "no")
    kiosk.wait(2)
    kiosk.press(*["yes"] * 5)
    kiosk.wait(5)
    assert newest(kiosk, RoundClosed).outcome == "carried"
    assert "It holds once three of you have tapped for it" in shown(kiosk)
    kiosk.press("yes")
    kiosk.close()
    assert kiosk.core.state.charter.soft_limit == 600
    assert "Decided, and not yet so: Hours at which the kiosk warns: 8 h" in shown(kiosk)

    kiosk.tap("Wen")
    kiosk.touch("numbers")
    kiosk.touch("charter")
    (waiting,) = kiosk.faces[-1].choices
    kiosk.touch(waiting.key)
    assert isinstance(kiosk.faces[-1], TapFace)
    kiosk.tap("Jo")
    kiosk.tap("Jo")
    assert "Now somebody else" in shown(kiosk)
    kiosk.tap("Luís")
    assert "From now on, hours at which the kiosk warns: 8 h." in shown(kiosk)
    assert newest(kiosk, CharterChanged).hands == ("Wen", "Jo", "Luís")
    assert kiosk.core.state.charter.soft_limit == 480
    kiosk.touch("ok")
    assert kiosk.faces[-1].soft == 480
    assert "Decided, and not yet so" not in shown(kiosk)

    kiosk.tap("Wen")
    for key in ("numbers", "charter", "page:1", "number:soft_limit"):
        kiosk.touch(key)
    assert isinstance(kiosk.faces[-1], ShelfFace)
    (line,) = kiosk.faces[-1].lines
    assert line.name == "8 h, before 10 h"
    kiosk.touch(line.key)
    assert "by the hands of Wen, Jo and Luís" in shown(kiosk)
    assert kiosk.faces[-1].line.note == "Hours at which the kiosk warns: 8 h, not 10 h?"


def test_anybody_may_read_the_charter_without_a_badge(kiosk):
    for key in ("people", "charter"):
        kiosk.touch(key)
    face = kiosk.faces[-1]
    assert isinstance(face, ShelfFace)
    assert face.lines[0].told == "3 badges · since we began"
    assert face.choices == ()


def test_the_question_is_written_in_the_shops_language(kiosk, tmp_path):
    """Whoever opened the circle in another language would otherwise write it into the record for all."""
    german = Kiosk(tmp_path / "german", language="de")
    german.gather(*FIVE)
    pick(german, "soft_limit", "de")
    german.press("yes", "abstain")
    vote(german, "yes", "no", "yes", "yes", "yes")
    question = newest(german, RoundOpened).question
    assert "11" in question
    with speaking("de"):
        assert question.startswith(capital(name_words("soft_limit")))


@pytest.mark.parametrize("number", ["hands", "step", "undo", "unlikely", "hard_limit"])
@pytest.mark.parametrize("way", [1, -1])
def test_the_dial_comes_to_every_value_and_round(number, way):
    """Without this some values could be said in the record and chosen by nobody."""
    state = State()
    now = value_of(state.charter, number)
    wanted = {now, *sensible(number, state)}
    seen, place = set(), ChangeDial(number, now)
    for _ in range(len(wanted)):
        place = ChangeDial(number, further(state, place, way).after)  # as whoever rests between two touches
        seen.add(place.after)
    assert seen == wanted


@pytest.mark.parametrize("number", changeable(State()))
def test_the_dial_is_at_its_end_in_few_touches(number):
    state = State()
    most, place = max(sensible(number, state)), ChangeDial(number, NUMBERS[number].values[0])
    touches = 0
    while place.after < most:
        place, touches = further(state, place, 1), touches + 1
        assert touches < 40
