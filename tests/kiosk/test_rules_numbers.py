"""Numbers said aloud: two badges and a source each; what is wrong is countered once, never changed."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.amounts import BadgeHash, EntryId
from kiosk.commands import (
    CounterNumber,
    FinishTask,
    NoteReform,
    OpenCircle,
    Refusal,
    SayNumber,
    TakeTask,
    WinConcession,
)
from kiosk.events import ConcessionWon, NumberCountered, NumberSaid, ReformNoted, TaskDone
from kiosk.state import fold, restore
from kiosk.views.lines import sentence

ADA, BEN, CY = (BadgeHash(name) for name in ("ada", "ben", "cy"))
TODAY = date(2026, 11, 2)


def said(what="bread", amount=120, unit="loaves", **more):
    other = {"measure": "made", "since": "2026-10-26", "until": "2026-11-01", "source": "the order book"}
    return SayNumber(
        **{**other, "what": what, "amount": amount, "unit": unit, "teller": ADA, "witness": BEN, **more}
    )


def won(**more):
    first = {"what": "longer breaks", "action": "a sit-in", "cents": 900_00, "day": "2026-10-30", "until": ""}
    return WinConcession(**{**first, "source": "the notice", "teller": ADA, "witness": BEN, **more})


def noted(**more):
    first = {"what": "a day off", "by": "the council", "cents": 40_00, "day": "2026-10-30", "until": "2027-10-29"}
    return NoteReform(**{**first, "source": "the paper", "teller": ADA, "witness": BEN, **more})


def test_a_number_is_written_down_with_its_source_and_two_names(shop):
    event = shop.done(said()).event
    assert event == NumberSaid(
        "made", "bread", 120, "loaves", "2026-10-26", "2026-11-01", "the order book", "Ada", "Ben"
    )
    shop.done(said("repair", 90, "", measure="hours", source="the roster"))
    shop.done(said("bread", 30, measure="taken"))
    assert shop.done(won()).event == ConcessionWon(
        "longer breaks", "a sit-in", 900_00, "2026-10-30", "", "the notice", "Ada", "Ben"
    )
    assert isinstance(shop.done(noted()).event, ReformNoted)
    assert len(shop.state.spoken.latest) == 5
    assert fold(shop.entries) == shop.state
    assert restore(shop.tables) == shop.state


def test_hours_have_no_unit_of_the_shop(shop):
    assert shop.done(said("repair", 90, "loaves", measure="hours")).event.unit == ""


@pytest.mark.parametrize("ask", [said, won, noted])
def test_nobody_says_a_number_alone(shop, ask):
    assert shop.refused(ask(witness=ADA)) == "second badge"
    assert shop.refused(ask(witness=BadgeHash("nobody's"))) == "unknown badge"
    assert shop.refused(ask(teller=BadgeHash("nobody's"))) == "unknown badge"


@pytest.mark.parametrize("ask", [said, won, noted])
def test_a_number_without_a_source_is_a_rumour(shop, ask):
    assert shop.refused(ask(source="  ")) == "no words"
    assert shop.refused(ask(source="x" * 81)) == "words too long"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (said(amount=0), "amount"),
        (said(amount=-3), "amount"),
        (said(amount=100_000_001), "amount"),
        (said(amount=True), "amount"),
        (said("repair", 6_000_001, "", measure="hours"), "amount"),
        (said("ironing", 60, "", measure="hours"), "unknown work"),
        (said(until="2026-11-03"), "to come"),
        (said(since="2026-11-02", until="2026-11-01"), "backwards"),
        (said(since="2026-08-01"), "long"),
        (said(since="2024-10-01", until="2024-10-07"), "old"),
        (said(since="yesterday"), "no day"),
        (said(until="20261101"), "no day"),
        (said(what="<b>"), "name signs"),
        (said(unit=""), "name too short"),
        (won(cents=-1), "worth"),
        (won(cents=100_000_000_01), "worth"),
        (won(day="2026-11-03"), "to come"),
        (won(until="2026-10-01"), "backwards"),
        (won(until="never"), "no day"),
        (won(what=""), "no words"),
        (noted(by=""), "no words"),
        (noted(day="1999-01-01"), "old"),
        (noted(until="2996-01-01"), "far"),
    ],
)
def test_what_nobody_can_have_counted_is_refused_with_a_sentence(shop, asked, code):
    assert shop.refused(asked) == code


def test_goods_are_called_as_they_were_before(shop):
    """Without this "bread" and "Bread" would be two goods, and neither of their sums true."""
    shop.done(said("Bread", unit="Loaves"))
    assert shop.done(said("bread", 7, "loaves")).event.what == "Bread"
    assert shop.state.spoken.goods == (("Bread", "Loaves"),)


def test_the_same_number_said_twice_is_one(shop):
    shop.done(said())
    assert shop.refused(said(teller=BEN, witness=CY, source="another book")) == "already booked"
    shop.done(said(amount=121))
    assert shop.refused(said()) == "already booked"
    shop.restart(seconds=1)
    assert shop.refused(said()) == "already booked"
    shop.wait(30)
    shop.done(said())


def test_a_number_that_was_countered_can_be_said_anew_at_once(shop):
    wrong = shop.done(said()).id
    shop.done(CounterNumber(wrong, "the wrong week", BEN, CY))
    shop.done(said())


def test_a_wrong_number_is_countered_once_and_stays(shop):
    wrong = shop.done(said())
    before = list(shop.entries)
    assert shop.refused(CounterNumber(wrong.id, "counted twice", BEN, BEN)) == "second badge"
    assert shop.refused(CounterNumber(wrong.id, "", BEN, CY)) == "no words"
    counter = shop.done(CounterNumber(wrong.id, "counted twice", BEN, CY))
    assert counter.event == NumberCountered(wrong.id, "counted twice", "Ben", "Cy")
    assert shop.entries[: len(before)] == before
    assert wrong.id in shop.state.spoken.latest
    assert shop.refused(CounterNumber(wrong.id, "counted twice", BEN, CY)) == "taken back"
    assert shop.refused(CounterNumber(counter.id, "was right", BEN, CY)) == "no such number"
    assert shop.refused(CounterNumber(EntryId("k1/999"), "no idea", BEN, CY)) == "no entry"
    assert shop.refused(CounterNumber(EntryId("k1/1"), "no shop", BEN, CY)) == "no such number"


def test_a_record_says_numbers_in_words(shop):
    assert sentence(shop.done(said())) == (
        "Made under self-management from 2026-10-26 to 2026-11-01, bread: 120 loaves (the order book); "
        "Ada said so, and Ben."
    )
    assert "repair: 36 h" in sentence(shop.done(said("repair", 36 * 60, "", measure="hours")))
    assert sentence(shop.done(said("bread", 4, measure="taken"))).startswith("Taken by the owners from")
    assert sentence(shop.done(won())) == (
        "The owners gave way on 2026-10-30: longer breaks, by a sit-in; "
        "worth € 900.00, for good, say Ada and Ben (the notice)."
    )
    assert "boasts of; until 2027-10-29, say" in sentence(shop.done(noted(cents=0)))
    wrong = shop.done(CounterNumber(shop.entries[-1].id, "not so", BEN, CY))
    assert sentence(wrong) == "Ben and Cy said that k1/7 was wrong and counts no more: not so."


def test_a_task_may_say_how_long_it_took(shop):
    shop.done(OpenCircle(ADA, (BEN, CY), 0))
    tasks = [shop.done(TakeTask(ADA, f"shelf {each}", "2026-11-09")).id for each in range(3)]
    assert shop.refused(FinishTask(tasks[0], ADA, 20)) == "length"
    assert shop.refused(FinishTask(tasks[0], ADA, -15)) == "length"
    assert shop.refused(FinishTask(tasks[0], ADA, 200 * 60 + 15)) == "length"
    done = shop.done(FinishTask(tasks[0], ADA, 90))
    assert done.event == TaskDone(tasks[0], "Ada", 90)
    assert sentence(done).endswith("is done; it took 1 h 30.")
    assert shop.done(FinishTask(tasks[1], minutes=45)).event.minutes == 45
    assert shop.done(FinishTask(tasks[2], ADA)).event == TaskDone(tasks[2], "Ada")


# --- properties -------------------------------------------------------------------------------------------

PEOPLE = st.sampled_from((ADA, BEN, CY, BadgeHash("nobody's")))
DAYS = st.integers(-800, 5).map(lambda away: (TODAY + timedelta(days=away)).isoformat())
WORDS = st.sampled_from(("bread", "Bread", "repair", "the book", "", "x" * 200, "a\u202eb", "12"))
NUMBERS = st.builds(
    SayNumber,
    measure=st.sampled_from(("hours", "made", "taken")),
    what=WORDS,
    amount=st.integers(-1, 200) | st.just(10**12),
    unit=WORDS,
    since=DAYS,
    until=DAYS | st.just("soon"),
    source=WORDS,
    teller=PEOPLE,
    witness=PEOPLE,
)
WINS = st.builds(
    WinConcession,
    what=WORDS,
    action=WORDS,
    cents=st.integers(-1, 10**12),
    day=DAYS,
    until=DAYS | st.just(""),
    source=WORDS,
    teller=PEOPLE,
    witness=PEOPLE,
)
COUNTERS = st.builds(
    CounterNumber,
    number=st.integers(1, 12).map(lambda number: EntryId(f"k1/{number}")),
    reason=WORDS,
    teller=PEOPLE,
    witness=PEOPLE,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(st.tuples(NUMBERS | WINS | COUNTERS | COUNTERS, st.integers(0, 20)), max_size=20))
def test_a_number_is_never_changed_and_countered_at_most_once(open_shop, asked):
    shop = open_shop().founded()
    good = said()
    for at, (command, seconds) in enumerate([(good, 11), *asked]):
        before = list(shop.entries)
        shop.wait(seconds)
        answer = shop.ask(command)
        assert shop.entries[: len(before)] == before, at
        if not isinstance(answer, Refusal):
            (event,) = answer
            assert event.teller != event.witness
    countered = [entry.event.number for entry in shop.entries if isinstance(entry.event, NumberCountered)]
    assert len(set(countered)) == len(countered)
    spoken = {entry.id for entry in shop.entries if isinstance(entry.event, NumberSaid | ConcessionWon)}
    assert set(countered) <= spoken
    assert restore(shop.tables) == shop.state == fold(shop.entries)
