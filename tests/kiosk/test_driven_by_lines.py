"""A line that a driving program got wrong is answered with how to say it, and the next one counts."""

import io
import json

import pytest

from kiosk.devices import open_devices
from kiosk.drive import Driver
from kiosk.settings import Settings


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("drop x", "a coin is a number of cents"),
        ("drop", "a coin is a number of cents"),
        ("drop -50", "a coin is a number of cents"),
        ("scan", "a scan is one of"),
        ("tap", "a badge is one of"),
        ("press", "there are yes, no, abstain"),
        ("hold perhaps", "there are yes, no, abstain"),
        ("unplug", "there are badge reader, code scanner"),
        ("wait long", "a wait is a number of seconds"),
    ],
)
def test_a_line_that_is_wrong_is_answered_with_how_to_say_it(line, how):
    """Whoever writes such a program would sit before silence, or before the words of Python."""
    _, hands = open_devices(Settings(), pretend=True)
    out = io.StringIO()
    Driver(lambda _: None, hands.words(), lambda: None, source=io.StringIO(f"{line}\n"), out=out).run()
    hands.close()
    (answer,) = out.getvalue().splitlines()
    assert how in json.loads(answer)["refused"]
