"""Duties at the kiosk and in the circle, with badges and buttons. Without this they stay with whoever has them."""

from itertools import pairwise

import pytest
from by_hand import Kiosk

from kiosk.commands import StartLeave
from kiosk.demo import MEMBERS
from kiosk.events import (
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    Entry,
)
from kiosk.faces import (
    AskFace,
    ClosingFace,
    Doing,
    DutiesFace,
    HomeFace,
    OutcomeFace,
    RowsFace,
    TapFace,
    TilesFace,
    Touch,
    TroubleFace,
    TypeFace,
    WallFace,
)
from kiosk.reports.minutes import minutes
from kiosk.reports.present import present, present_lines
from kiosk.views.duties import turnover_alarms
from kiosk.views.lines import sentence
from kiosk.views.scene import Scene

DAY = 24 * 3600
MINUTES = "taking minutes"


@pytest.fixture
def kiosk(tmp_path):
    return Kiosk(tmp_path)


def begin(kiosk, duty=MINUTES, how="order", term="week", hands=("Wen", "Ada", "Priya")):
    for key in ("duties", "begin", f"begin:{duty}", f"how:{how}", f"term:{term}"):
        kiosk.touch(key)
    for name in hands:
        kiosk.tap(name)
    kiosk.touch("ok")


def shown(kiosk, kind, words=""):
    face = kiosk.faces[-1]
    assert isinstance(face, kind), face
    assert words in repr(face), face
    return face


def last(kiosk):
    return kiosk.core.state, list(kiosk.store.store.entries(after=0))[-1].event


def hand_over(kiosk, one, other, duty=MINUTES):
    for key in ("duties", f"duty:{duty}", "hand over"):
        kiosk.touch(key)
    kiosk.tap(one)
    kiosk.tap(other)


def test_a_duty_begins_by_many_hands(kiosk):
    kiosk.touch("duties")
    assert "No duty goes round yet" in shown(kiosk, DutiesFace).empty
    kiosk.touch("begin")
    kiosk.touch(f"begin:{MINUTES}")
    assert [choice.words for choice in shown(kiosk, TilesFace).choices] == [
        "in turn",
        "by lot",
        "by approval",
    ]
    kiosk.touch("how:order")
    kiosk.touch("term:week")
    assert shown(kiosk, TapFace).dots == 3
    for name in ("Wen", "Ada", "Priya"):
        kiosk.tap(name)
    shown(kiosk, TroubleFace, "Taking minutes goes round from now on.")
    assert last(kiosk)[1] == DutyBegan(MINUTES, "order", "week", ("Wen", "Ada", "Priya"))


def test_a_duty_of_the_shops_own_is_a_verb(kiosk):
    for key in ("duties", "begin", "write"):
        kiosk.touch(key)
    kiosk.house.live_once(Touch("type", "Treasurer"))
    kiosk.touch("typed")
    said = shown(kiosk, TypeFace).frame.said
    assert said.words == "“Treasurer” is a title, and nobody here has one"
    assert said.mend == "Say what is done instead: keeping the jar."
    kiosk.house.live_once(Touch("type", "watering the plants"))
    kiosk.touch("typed")
    shown(kiosk, TilesFace, "Watering the plants: who comes next?")


def test_what_goes_round_already_is_not_offered_again(kiosk):
    begin(kiosk)
    kiosk.touch("duties")
    kiosk.touch("begin")
    assert f"begin:{MINUTES}" not in [choice.key for choice in shown(kiosk, TilesFace).choices]


@pytest.mark.parametrize("taps", [("Amina", "Wen"), ("Wen", "Amina")])
def test_two_taps_in_either_order_hand_it_over(kiosk, taps):
    begin(kiosk)
    hand_over(kiosk, *taps)
    shown(kiosk, TroubleFace, "Taking minutes: Amina, until Sun 27 Sep.")
    assert last(kiosk)[1] == DutyHandedOver(MINUTES, "Amina", "", "2026-09-27", (), witness="Wen")
    kiosk.touch("ok")
    hand_over(kiosk, *(("Amina", "Jo") if taps[0] == "Amina" else ("Jo", "Amina")))
    assert last(kiosk)[1] == DutyHandedOver(MINUTES, "Jo", "Amina", "2026-10-04")
    kiosk.touch("ok")
    kiosk.touch("duties")
    (row,) = shown(kiosk, DutiesFace).rows
    assert (row.holder, row.next, row.until, row.late) == ("Jo", "Tomek", "until Sun 4 Oct", False)


def test_a_badge_on_the_page_of_a_duty_is_the_first_of_the_two_taps(kiosk):
    begin(kiosk)
    kiosk.touch("duties")
    kiosk.touch(f"duty:{MINUTES}")
    kiosk.tap("Amina")
    assert shown(kiosk, TapFace).prompt == "Now somebody else taps"
    kiosk.tap("Amina")
    shown(kiosk, TapFace, "Amina has tapped")
    kiosk.tap("Wen")
    assert last(kiosk)[0].duties[MINUTES].holder == "Amina"


def test_from_ones_own_page_one_tap_is_done_already(kiosk):
    begin(kiosk)
    hand_over(kiosk, "Amina", "Wen")
    kiosk.touch("ok")
    kiosk.tap("Jo")
    kiosk.touch("duties")
    kiosk.touch(f"duty:{MINUTES}")
    kiosk.touch("hand over")
    assert shown(kiosk, TapFace).prompt == "Now Amina taps"
    kiosk.tap("Amina")
    assert last(kiosk)[1].coming == "Jo"


def test_whose_turn_it_is_not_is_told_whose_it_is_and_both_may_try_again(kiosk):
    begin(kiosk)
    hand_over(kiosk, "Amina", "Wen")
    kiosk.touch("ok")
    hand_over(kiosk, "Tomek", "Amina")
    said = shown(kiosk, TapFace).frame.said
    assert said.words == "Jo comes next, not Tomek"
    assert said.mend == "If Jo is not here, say so on the screen first."
    kiosk.tap("Jo")
    kiosk.tap("Amina")
    assert last(kiosk)[1].coming == "Jo"


def test_somebody_who_is_not_here_is_skipped_and_the_record_says_so(kiosk):
    begin(kiosk)
    hand_over(kiosk, "Amina", "Wen")
    kiosk.touch("ok")
    for key in ("duties", f"duty:{MINUTES}", "not here"):
        kiosk.touch(key)
    assert "Tomek comes next" in shown(kiosk, TilesFace).words
    kiosk.touch("hand over")
    kiosk.tap("Tomek")
    kiosk.tap("Amina")
    assert last(kiosk)[1].skipped == ("Jo",)
    kiosk.touch("ok")
    kiosk.touch("duties")
    assert shown(kiosk, DutiesFace).rows[0].next == "Jo"


def test_whoever_was_skipped_is_not_skipped_again_by_word_alone(kiosk):
    begin(kiosk)
    hand_over(kiosk, "Amina", "Wen")
    kiosk.touch("ok")
    for key in ("duties", f"duty:{MINUTES}", "not here", "hand over"):
        kiosk.touch(key)
    kiosk.tap("Tomek")
    kiosk.tap("Amina")
    kiosk.touch("ok")
    for key in ("duties", f"duty:{MINUTES}", "not here"):
        kiosk.touch(key)
    said = shown(kiosk, TilesFace, "Jo comes next").frame.said
    assert (said.words, said.mend) == ("Jo was passed over last time", "Now it waits for Jo, or for the circle.")


def test_a_lot_is_drawn_by_a_badge(kiosk):
    begin(kiosk, how="lot")
    kiosk.touch("duties")
    assert (shown(kiosk, DutiesFace).rows[0].next, kiosk.faces[-1].rows[0].note) == ("", "not drawn yet")
    kiosk.touch(f"duty:{MINUTES}")
    kiosk.tap("Amina")
    shown(kiosk, TilesFace, "It is not known yet who comes next")
    kiosk.touch("draw")
    kiosk.tap("Amina")
    event = last(kiosk)[1]
    assert event == DutyDrawn(MINUTES, "Ada", MEMBERS, by="Amina")
    shown(kiosk, TilesFace, "Ada is drawn")
    kiosk.touch("hand over")
    kiosk.tap("Ada")
    kiosk.tap("Wen")
    assert last(kiosk)[0].duties[MINUTES].holder == "Ada"


def test_a_duty_ends_by_many_hands(kiosk):
    begin(kiosk)
    for key in ("duties", f"duty:{MINUTES}", "end"):
        kiosk.touch(key)
    for name in MEMBERS[:3]:
        kiosk.tap(name)
    shown(kiosk, TroubleFace, "Taking minutes goes round no more.")
    assert last(kiosk)[1] == DutyEnded(MINUTES, MEMBERS[:3])


def test_walking_away_in_the_middle_books_nothing_and_leaves_no_badge_behind(kiosk):
    begin(kiosk)
    for key in ("duties", f"duty:{MINUTES}", "hand over"):
        kiosk.touch(key)
    kiosk.tap("Amina")
    kiosk.wait(61)
    shown(kiosk, WallFace)
    kiosk.tap("Wen")
    shown(kiosk, HomeFace)
    assert last(kiosk)[0].duties[MINUTES].holder == ""


# --- from outside -----------------------------------------------------------------------------------------


def test_other_programs_are_told_who_has_what_and_who_comes_next(kiosk):
    begin(kiosk)
    begin(kiosk, "facilitating", how="lot", term="month")
    hand_over(kiosk, "Amina", "Wen")
    kiosk.wait(10 * DAY)
    told = present(kiosk.core.state, kiosk.core.now())
    first, second = told["duties"]
    assert first["since"].startswith("2026-09-21T")
    assert first == {
        "duty": MINUTES,
        "fund": "jar",
        "how": "order",
        "term": "week",
        "holder": "Amina",
        "since": first["since"],
        "until": "2026-09-27",
        "next": "Jo",
        "never_held": list(MEMBERS[1:]),
        "overdue_days": 4,
    }
    assert (second["holder"], second["until"], second["next"], second["overdue_days"]) == (None, None, None, 10)
    lines = list(present_lines(told))
    assert "duty: taking minutes: Amina → Jo (until 2026-09-27, 4 days over)" in lines
    assert "duty: facilitating: nobody → not known yet (10 days over)" in lines


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (
            DutyBegan(MINUTES, "lot", "month", ("Amina", "Jo")),
            "A duty goes round by lot, every month: taking minutes; by the hands of Amina and Jo.",
        ),
        (
            DutyEnded(MINUTES, ("Amina", "Jo")),
            "A duty goes round no more: taking minutes; by the hands of Amina and Jo.",
        ),
        (
            DutyDrawn(MINUTES, "Jo", ("Jo", "Wen"), "Amina", ("Ada",)),
            "Amina drew the lot for taking minutes: Jo, among Jo and Wen; not there, and first next time: Ada.",
        ),
        (
            DutyHandedOver("sweeping", "Jo", "Amina", "2026-11-30", ("Ada",), "Wen"),
            "Sweeping went from Amina to Jo, until 2026-11-30; Wen saw it; not there, and first next time: Ada.",
        ),
        (DutyHandedOver(MINUTES, "Jo", "", "2026-11-30"), "Taking minutes went to Jo, until 2026-11-30."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_record_tells_it_in_a_sentence(kiosk, event, words):
    assert sentence(Entry("k1", 9, kiosk.core.now(), event)) == words


# --- in the circle ----------------------------------------------------------------------------------------


def at_the_agenda(kiosk, *names):
    kiosk.gather(*names)
    return [choice.words for choice in shown(kiosk, RowsFace, "What needs doing?").rows]


def test_the_circle_hands_over_with_badges_and_buttons_alone(kiosk):
    begin(kiosk)
    hand_over(kiosk, "Amina", "Wen")
    kiosk.touch("ok")
    kiosk.wait(6 * DAY)
    assert at_the_agenda(kiosk, "Amina", "Jo", "Tomek") == [
        "a new task",
        "a question to vote on",
        "hand over: taking minutes",
    ]
    kiosk.press("no", "no", "yes")
    assert shown(kiosk, TapFace).prompt == "Jo and Amina tap"
    kiosk.press("abstain")
    shown(kiosk, RowsFace, "What needs doing?")
    kiosk.press("yes")
    kiosk.tap("Amina")
    kiosk.wait(300)
    kiosk.tap("Jo")
    face = shown(kiosk, RowsFace, "What needs doing?")
    assert face.frame.said.words == "Taking minutes: Jo, until Sun 4 Oct"
    assert len(face.rows) == 2
    kiosk.press("abstain", "yes")
    assert shown(kiosk, ClosingFace).doing == (Doing("Jo", "taking minutes", "until Sun 4 Oct"),)
    told = "\n".join(minutes(kiosk.store.store.entries(after=0)))
    assert "Which duties went round. Taking minutes went from Amina to Jo, until Sunday 4 October." in told


def test_before_its_last_day_the_circle_is_not_asked_about_a_duty(kiosk):
    begin(kiosk)
    hand_over(kiosk, "Amina", "Wen")
    kiosk.touch("ok")
    assert len(at_the_agenda(kiosk, "Amina", "Jo", "Tomek")) == 2


def test_whoever_is_not_in_the_circle_is_skipped_and_the_minutes_say_so(kiosk):
    begin(kiosk)
    hand_over(kiosk, "Amina", "Wen")
    kiosk.touch("ok")
    kiosk.wait(9 * DAY)
    at_the_agenda(kiosk, "Tomek", "Wen")
    kiosk.press("no", "no", "yes")
    assert shown(kiosk, TapFace).prompt == "Tomek and somebody else tap"
    kiosk.tap("Tomek")
    kiosk.tap("Wen")
    assert last(kiosk)[1] == DutyHandedOver(MINUTES, "Tomek", "Amina", "2026-10-04", ("Jo",), witness="Wen")
    told = "\n".join(minutes(kiosk.store.store.entries(after=0)))
    assert "Not there, and first next time: Jo." in told
    assert "with Wen as the witness" in told


def test_the_circle_draws_a_lot_and_hands_over(kiosk):
    begin(kiosk, how="lot", term="month")
    at_the_agenda(kiosk, "Amina", "Jo", "Tomek")
    kiosk.press("no", "no", "yes")
    shown(kiosk, TapFace, "Whoever draws the lot taps")
    kiosk.tap("Jo")
    face = shown(kiosk, TapFace, "Jo is drawn")
    assert face.prompt == "Jo and somebody else tap"
    assert last(kiosk)[1].among == ("Amina", "Jo", "Tomek")
    kiosk.tap("Tomek")
    kiosk.tap("Jo")
    shown(kiosk, RowsFace, "Taking minutes: Jo")
    kiosk.press("abstain", "yes")
    assert "The lot for taking minutes fell on Jo." in "\n".join(minutes(kiosk.store.store.entries(after=0)))


def test_whom_the_circle_approves_of_is_handed_the_duty_in_the_same_circle(kiosk):
    begin(kiosk, how="approval")
    rows = at_the_agenda(kiosk, "Amina", "Jo", "Tomek")
    assert rows[2:] == ["Taking minutes: who is next?"]
    kiosk.press("no", "no", "yes")
    shown(kiosk, AskFace, "Amina, Jo and Tomek")
    kiosk.press("yes")
    for name in ("Amina", "Jo", "Tomek"):
        kiosk.tap(name)
        kiosk.press("no", "yes" if name != "Tomek" else "no", "no")
    kiosk.wait(7)
    shown(kiosk, OutcomeFace, "Jo is next")
    kiosk.press("yes")
    assert [row.words for row in shown(kiosk, RowsFace).rows][2:] == ["hand over: taking minutes"]
    kiosk.press("no", "no", "yes")
    kiosk.tap("Jo")
    kiosk.tap("Amina")
    assert last(kiosk)[0].duties[MINUTES].holder == "Jo"


def test_at_the_kiosk_a_duty_by_approval_leads_to_the_circle_that_is_open(kiosk):
    begin(kiosk, how="approval")
    kiosk.touch("duties")
    kiosk.touch(f"duty:{MINUTES}")
    assert "ask" not in [choice.key for choice in shown(kiosk, TilesFace).choices]
    kiosk.house.live_once(Touch("home"))
    at_the_agenda(kiosk, "Amina", "Jo", "Tomek")
    kiosk.house.live_once(Touch("home"))
    for key in ("duties", f"duty:{MINUTES}", "ask"):
        kiosk.touch(key)
    shown(kiosk, AskFace, "Taking minutes: who is next?")


def test_in_the_circle_people_take_their_time(kiosk):
    begin(kiosk)
    at_the_agenda(kiosk, "Amina", "Jo")
    kiosk.press("no", "no", "yes")
    kiosk.wait(15 * 60)
    shown(kiosk, TapFace, "Amina and somebody else tap")


# --- no turnover ------------------------------------------------------------------------------------------


def alarms(kiosk):
    return turnover_alarms(Scene(kiosk.core.state, kiosk.core.now(), lambda _: None, "Canal Street", {}))


def test_no_turnover_is_an_alarm_that_says_what_mends_it(kiosk):
    begin(kiosk, "tending the kiosk")
    hand_over(kiosk, "Amina", "Wen", "tending the kiosk")
    kiosk.touch("ok")
    assert alarms(kiosk) == ()
    kiosk.wait(6 * DAY + 9 * DAY)
    (alarm,) = alarms(kiosk)
    assert alarm.words == "Tending the kiosk has not turned for 9 days: Amina to Jo"
    assert alarm.since == "since Sun 27 Sep"
    assert alarm.mend == "Both tap at the kiosk. 7 of you have never had it."
    kiosk.touch("duties")
    assert (kiosk.faces[-1].rows[0].late, kiosk.faces[-1].rows[0].until) == (True, "9 days late")
    kiosk.touch("duty:tending the kiosk")
    assert "Amina has it longer than until Sun 27 Sep" in shown(kiosk, TilesFace).words
    kiosk.tap("Jo")
    kiosk.tap("Wen")
    assert alarms(kiosk) == ()


def test_the_alarm_names_those_few_who_never_had_it(kiosk):
    begin(kiosk, "tending the kiosk", term="day")
    for coming, witness in pairwise(MEMBERS[:7]):
        hand_over(kiosk, coming, witness, "tending the kiosk")
        kiosk.touch("ok")
        kiosk.wait(2 * DAY)
    kiosk.wait(3 * DAY)
    (alarm,) = alarms(kiosk)
    assert alarm.mend == "Both tap at the kiosk. Wen and Ada have never had it."


@pytest.mark.parametrize(
    ("how", "mend"),
    [
        ("order", "Amina and somebody else tap at the kiosk."),
        ("lot", "Draw the lot at the kiosk."),
        ("approval", "The circle says who: put it to the buttons."),
    ],
)
def test_a_duty_that_nobody_has_is_an_alarm_too(kiosk, how, mend):
    begin(kiosk, how=how)
    kiosk.wait(DAY)
    assert alarms(kiosk) == ()
    kiosk.wait(DAY)
    (alarm,) = alarms(kiosk)
    assert (alarm.words, alarm.mend) == ("Taking minutes has been nobody’s for 2 days", mend)


def test_when_all_are_away_the_alarm_does_not_ask_for_what_cannot_be(kiosk):
    begin(kiosk)
    hand_over(kiosk, "Amina", "Wen")
    for name in MEMBERS[1:]:
        badge = next(badge for badge, owned in kiosk.core.state.badges.items() if owned.handle == name)
        kiosk.core.handle(StartLeave(badge))
    kiosk.wait(10 * DAY)
    (alarm,) = alarms(kiosk)
    assert alarm.words.endswith(": Amina; nobody else is here")
    assert alarm.mend.startswith("It turns as soon as somebody else is here.")
