"""An assumption autopsy as people walk it: by touch and by the three buttons, in the circle and beside it."""

from by_hand import Kiosk

from kiosk.demo import MEMBERS
from kiosk.events import BenefitSaid
from kiosk.faces import RoutineFace, RowsFace, TapFace, TroubleFace, WallFace
from kiosk.state import fold, restore

DAY = 24 * 3600


def words(alarms):
    return [alarm.words for alarm in alarms]


def with_a_boss(folder):
    """Amina opens a circle on each of a dozen days of autumn, and always with her badge."""
    kiosk = Kiosk(folder)
    kiosk.wait(14 * DAY)
    for _ in range(12):
        opened(kiosk)
        kiosk.close()
        kiosk.wait(DAY)
    return kiosk


def opened(kiosk):
    kiosk.tap("Amina")
    kiosk.touch("circle")
    kiosk.tap("Jo")
    kiosk.touch("begin")
    kiosk.touch("pass")
    kiosk.touch("pass")


def about(kiosk, routine):
    """The row of a routine on the page that is shown, after walking to it with the buttons."""
    for _ in range(20):
        row = next(each for each in kiosk.faces[-1].routines if each.marked)
        if row.words == routine:
            return row
        kiosk.press("no")
    raise AssertionError(f"{routine} is not on the list")


def test_a_hidden_throne_is_on_the_wall_until_somebody_else_opens_or_it_is_turned_round(tmp_path):
    kiosk = with_a_boss(tmp_path)
    wall = kiosk.faces[-1]
    assert isinstance(wall, WallFace)
    (alarm,) = [each for each in wall.alarms if "Amina" in each.words]
    assert alarm.words == "Opening the circle: Amina, 12 of 12 times"
    assert alarm.since == "since Wed 1 Jul"
    assert "somebody else do it" in alarm.mend
    assert not alarm.pressing


def test_who_does_what_is_seen_from_the_duties_without_a_badge_and_each_routine_has_its_picture(tmp_path):
    kiosk = with_a_boss(tmp_path)
    kiosk.touch("duties")
    kiosk.touch("routines")
    face = kiosk.faces[-1]
    assert isinstance(face, RowsFace)
    assert face.words == "October to December 2026, so far"
    row = about(kiosk, "Opening the circle")
    assert (row.circles, row.told, row.throne) == ((1000,), "done 12 times, as if one person did it", True)
    kiosk.press("yes")
    one = kiosk.faces[-1]
    assert isinstance(one, RoutineFace)
    assert one.bars == (("Amina", 1000, "12 of 12"),)
    assert one.throne
    kiosk.touch("benefit")
    kiosk.touch("row:1")
    assert isinstance(kiosk.faces[-1], TapFace), "whoever says it is there with a badge"
    kiosk.tap("Jo")
    assert kiosk.faces[-1].answers == ("whoever does it",)
    newest = kiosk.store.find(f"{kiosk.store.device}/{kiosk.store.next_number - 1}")
    assert newest.entry.event == BenefitSaid("2026-Q4", "opening the circle", "whoever does it")


def test_a_whole_autopsy_in_the_circle_with_the_buttons_alone_and_its_experiment_reviewed_at_its_date(tmp_path):
    kiosk = with_a_boss(tmp_path)
    kiosk.wait(73 * DAY)  # 29 December: the quarter is nearly over
    opened(kiosk)
    for _ in range(20):
        if "take assumptions apart" in next(each.words for each in kiosk.faces[-1].rows if each.tone == "strong"):
            break
        kiosk.press("no")
    kiosk.press("yes")
    about(kiosk, "Opening the circle")
    kiosk.press("yes", "yes", "no", "yes")  # this one; who benefits?; the next answer; that one
    assert kiosk.faces[-1].answers == ("whoever does it",)
    assert kiosk.faces[-1].frame.said.words == "Noted, without a name"
    kiosk.press("no", "yes", "yes")  # turn it round; each time somebody else; for two weeks
    assert isinstance(kiosk.faces[-1], TapFace)
    for name in ("Amina", "Jo", "Sara"):
        kiosk.tap(name)
    assert "turned round until" in str(kiosk.faces[-1]).lower()
    kiosk.press("abstain")
    about(kiosk, "We are through: it was held")
    kiosk.press("yes")
    kiosk.tap("Amina")
    kiosk.tap("Jo")
    assert kiosk.core.state.held["autopsy"] == ("2026-Q4",)
    kiosk.close()
    wall = kiosk.faces[-1]
    assert "Opening the circle" not in str(wall.alarms), "it is being turned round"
    assert any(point.words == "Turned round: opening the circle" for point in wall.decided)
    kiosk.wait(14 * DAY)
    assert "What came of it? opening the circle: each time somebody else" in words(kiosk.faces[-1].alarms)
    kiosk.gather("Sara", "Tomek")
    for _ in range(20):
        if "what came of it" in next(each.words for each in kiosk.faces[-1].rows if each.tone == "strong"):
            break
        kiosk.press("no")
    kiosk.press("yes", "no", "yes")  # this one; others can do it too
    kiosk.press("yes")  # it is over
    kiosk.tap("Sara")
    kiosk.tap("Tomek")
    assert kiosk.core.state.inversions == {}
    assert kiosk.faces[-1].frame.said.words == "Done, and off the list"
    kiosk.close()
    assert not [each for each in words(kiosk.faces[-1].alarms) if "What came" in each]
    assert restore(kiosk.store.store.tables()) == kiosk.core.state
    assert fold(kiosk.store.store.entries()) == kiosk.core.state


def test_two_badges_say_that_a_report_was_held_and_one_does_not(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.wait(105 * DAY)
    kiosk.tap("Jo")
    kiosk.touch("duties")
    kiosk.touch("routines")
    about(kiosk, "We are through: it was held")
    kiosk.press("yes")
    kiosk.tap("Jo")
    assert kiosk.faces[-1].frame.said.words == "Jo has tapped"
    assert not kiosk.core.state.held
    kiosk.tap("Sara")
    assert isinstance(kiosk.faces[-1], TroubleFace)
    assert kiosk.core.state.held == {"autopsy": ("2026-Q4",)}


def test_late_reports_are_on_the_wall_one_line_each(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.wait(116 * DAY)
    found = [each for each in kiosk.faces[-1].alarms if "is late" in each.words]
    assert words(found) == [
        "The autonomy audit of December 2026 is late, and 2 more before",
        "The reflection potluck of December 2026 is late, and 2 more before",
        "The autonomy ledger of October to December 2026 is late",
        "The assumption autopsy of October to December 2026 is late",
    ]
    assert {each.since for each in found} == {"by Thu 7 Jan", "by Thu 14 Jan"}


def test_nobody_is_asked_for_more_than_stands_on_the_screen(tmp_path):
    """Wherever one is, the way back leads out again, and nothing is booked."""
    kiosk = with_a_boss(tmp_path)
    before = kiosk.store.next_number
    kiosk.tap(MEMBERS[1])
    kiosk.touch("duties")
    kiosk.touch("routines")
    about(kiosk, "Opening the circle")
    kiosk.press("yes", "no", "no", "yes", "no", "yes")
    assert isinstance(kiosk.faces[-1], TapFace)
    assert kiosk.faces[-1].names == (MEMBERS[1],)
    kiosk.press(*["abstain"] * 3)
    assert isinstance(kiosk.faces[-1], RoutineFace)
    kiosk.press("abstain")
    assert isinstance(kiosk.faces[-1], RowsFace)
    assert kiosk.store.next_number == before
