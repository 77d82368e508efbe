"""A whole autopsy at the wire, over a power cut: the list, an experiment, and what came of it on its date."""

from datetime import date, timedelta

from kiosk.events import BenefitSaid, InversionReviewed, InversionStarted, ReportHeld
from kiosk.faces import ClosingFace, GatherFace, RoutineFace, RowsFace, TapFace, WallFace
from kiosk.periods import after, last_day, quarter_of
from kiosk.state import fold
from kiosk.words import local, period_word

DAY = 24 * 3600
OPENING = "opening the circle"


def today(shop):
    return local(shop.clock.now()).date()


def wait_until(shop, day):
    return shop.wait((day - today(shop)).days * DAY)


def circle(shop):
    """Amina opens it with her badge, Jo comes; both pass."""
    shop.wait(61).tap("Amina").choose("circle").sees(GatherFace)
    shop.tap("Jo").choose("begin").choose("pass").choose("pass")
    return shop.sees(RowsFace, "What needs doing?")


def take_up(shop, words):
    """Walk the list of the circle to where these words stand, and take that."""
    for _ in range(8):
        found = [row.key for row in shop.face.rows if words in row.words]
        if found:
            return shop.choose(found[0])
        shop.choose("page:1")
    raise AssertionError(f"{words!r} is not on the list of the circle")


def last(shop):
    return list(shop.store.entries(after=shop.store.next_number - 2))[-1].event


def test_an_autopsy_is_held_and_what_it_turned_round_is_asked_about_on_its_day(shop):
    quarter = after(quarter_of(today(shop)))
    wait_until(shop, last_day(quarter) - timedelta(days=3))
    circle(shop)
    take_up(shop, "take assumptions apart").sees(RowsFace, "Who does what?")
    assert [row.words for row in shop.face.routines] == [
        "Opening the circle",
        "We are through: it was held",
        "Last quarter",
    ]
    shop.choose("row:0").sees(RoutineFace, "Done once, as if one person did it")
    shop.choose("benefit").choose("write").write("those who live near").sees(RoutineFace, "those who live near")
    assert last(shop) == BenefitSaid(quarter, OPENING, "those who live near")
    shop.choose("invert").choose("row:0").choose("row:0").sees(TapFace, "2 of you tap")
    shop.tap("a stranger").sees(TapFace, "nobody’s yet")
    shop.wait(3).tap("Sara").wait(3).tap("Jo").sees(RoutineFace, "Turned round until")
    until = date.fromisoformat(last(shop).until)
    assert last(shop) == InversionStarted(
        quarter, OPENING, "each time somebody else", until.isoformat(), ("Sara", "Jo")
    )
    held = [row.key for row in shop.choose("back").sees(RowsFace).routines if "it was held" in row.words]
    shop.choose(held[0]).sees(TapFace, "2 of you tap")
    shop.wait(3).tap("Sara").wait(3).tap("Jo").sees(RowsFace, "What needs doing?")
    assert last(shop) == ReportHeld("autopsy", quarter, ("Sara", "Jo"))
    shop.choose("close").choose("close").sees(ClosingFace, "The assumption autopsy was held")
    shop.restart()
    shop.sees(WallFace, "Turned round: opening the circle")
    wait_until(shop, until)
    shop.sees(WallFace, "What came of it? opening the circle")
    circle(shop)
    take_up(shop, "what came of it").choose("row:3").choose("row:1").sees(TapFace, "It goes on until")
    shop.wait(3).tap("Sara").wait(3).tap("Jo").sees(RowsFace, "What needs doing?")
    again = date.fromisoformat(last(shop).until)
    assert isinstance(last(shop), InversionReviewed)
    assert last(shop).words == "it came back to the same person"
    shop.choose("close").choose("close").choose("done")
    wait_until(shop, again)
    circle(shop)
    take_up(shop, "what came of it").choose("row:1").choose("row:0").sees(TapFace, "It is over")
    shop.wait(3).tap("Sara").wait(3).tap("Amina").sees(RowsFace)
    shop.choose("close").choose("close").choose("done")
    wall = shop.sees(WallFace)
    assert "Turned round" not in repr(wall.decided)
    assert "What came of it?" not in repr(wall.alarms)
    assert fold(shop.store.entries()) == shop.core.state


def test_a_late_report_hangs_on_the_wall_until_it_is_held(shop):
    quarter = after(quarter_of(today(shop)))
    wait_until(shop, last_day(quarter) + timedelta(days=14))
    late = [each.words for each in shop.sees(WallFace).alarms if "autopsy" in each.words]
    assert len(late) == 1
    assert period_word(quarter) not in late[0], "its last day is today"
    shop.wait(DAY)
    late = [each.words for each in shop.sees(WallFace).alarms if "autopsy" in each.words]
    assert len(late) == 1
    assert period_word(quarter) in late[0]
    shop.choose("duties").choose("routines").choose("row:0").sees(TapFace, "was held")
    shop.tap("Amina").wait(3).tap("Jo")
    assert last(shop) == ReportHeld("autopsy", quarter, ("Amina", "Jo"))
    assert period_word(quarter) not in repr(shop.choose("ok").sees(WallFace).alarms[-1:])
