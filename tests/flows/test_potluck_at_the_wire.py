"""The reflection potluck in a circle, at the wire: badges as frames, presses as edges on pins."""

from fingers import Fingers
from msgspec.structs import replace

from kiosk.events import PotluckSaid, ReportHeld
from kiosk.faces import PotluckFace, RowsFace, SpeakFace, TapFace
from kiosk.periods import after, last_day, month_of
from kiosk.reports.gathered import audit_of
from kiosk.words import local

from .conftest import Walk

DAY = 24 * 3600


def test_the_circle_is_led_through_the_evening_with_badges_and_buttons(tmp_path):
    """At the end of the month nobody would know what comes next, or that it was held."""
    walk = Walk(tmp_path / "data", audit=audit_of(tmp_path / "data"))
    fingers = Fingers(walk)
    try:
        walk.found("Amina", "Jo", "Sara")
        today = local(walk.clock.now()).date()
        month = after(month_of(today))
        walk.wait((last_day(month) - today).days * DAY)
        walk.choose("work:repair").tap("Amina").tap("Jo").choose("done").wait(60)
        fingers.hold_all()
        for name in ("Amina", "Jo", "Sara"):
            walk.wait(3).tap(name)
        fingers.press("yes", SpeakFace, "One priority")
        for speaker in walk.core.state.circle.order[1:]:
            fingers.press("no", SpeakFace, f"speaker='{speaker}'")
        fingers.press("no", RowsFace, "What needs doing")
        while not marked(walk).startswith("look back"):
            fingers.press("no", RowsFace, strong_after(marked(walk), walk))
        fingers.press("yes", PotluckFace, "What went well?")
        fingers.press("yes", RowsFace, "What went well?")
        fingers.press("yes", PotluckFace, "Too few hands")
        fingers.press("no", PotluckFace, "What went wrong?")
        shown = fingers.press("no", PotluckFace, "Hours under self-management")
        assert (shown.value, shown.at[0]) == ("1 h", 1)
        for number in range(2, shown.at[1] + 1):
            fingers.press("yes", PotluckFace, f"at=({number}, ")
        fingers.press("yes", PotluckFace, "That was")
        fingers.press("yes", TapFace, "of you tap")
        walk.wait(3).tap("Jo").wait(3).tap("Sara").sees(RowsFace, "What needs doing")
        events = [entry.event for entry in walk.store.entries()]
        assert PotluckSaid(month, "success", "too few hands") in events
        assert ReportHeld("potluck", month, ("Jo", "Sara")) in events
    finally:
        fingers.close()
        walk.end()


def marked(walk):
    """What the circle button would take."""
    return next(row.words for row in walk.sees(RowsFace).rows if row.tone == "strong")


def strong_after(words, walk):
    """How the next row looks once it is marked."""
    rows = walk.sees(RowsFace).rows
    place = next(number for number, row in enumerate(rows) if row.words == words)
    return repr(replace(rows[place + 1], tone="strong"))
