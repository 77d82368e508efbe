"""Minutes that read as if a person had written them. Without them somebody has to keep the list again."""

import re

from by_hand import Kiosk
from typer.testing import CliRunner

from kiosk import tongue
from kiosk.__main__ import app
from kiosk.demo import MEMBERS
from kiosk.reports.minutes import minutes
from kiosk.tongue import speaking


def test_the_minutes_of_a_circle(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.hold()
    for name in MEMBERS[:5]:
        kiosk.tap(name)
    kiosk.press("yes", "yes", "yes", "no", "yes", *["no"] * 4)
    kiosk.press("yes", "yes", "yes")
    kiosk.tap("Jo")
    kiosk.wait(7)
    kiosk.ask()
    kiosk.press("yes", "no", "yes", "abstain", "yes")
    kiosk.wait(7)
    kiosk.press("yes", "abstain", "yes")
    told = minutes(kiosk.store.store.entries(after=0))
    text = "\n".join(told)
    assert "Circle 1, Monday 21 September 2026" in told[0]
    assert "5 of us were there: Amina, Jo, Tomek, Sara and Priya." in text
    assert "too few hands comes first, supplies is in the way." in text
    assert "passed." in text
    assert "“as it was said aloud” Amina argued against it. 3 said yes, 1 no, 1 abstained. It was carried." in text
    assert "We look at it again on Thursday 22 October." in text
    assert "Jo: as it was said aloud, by Tuesday 22 September." in text
    assert "It ended at" in told[-1]


def test_no_counts_where_only_the_outcome_is_told(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.gather(*MEMBERS[:5])
    kiosk.ask(counts=False)
    kiosk.press("yes", "no", "yes", "abstain", "yes")
    kiosk.wait(7)
    text = "\n".join(minutes(kiosk.store.store.entries(after=0)))
    assert "It was carried." in text
    assert "said yes" not in text
    assert "The circle is still open." in text


def test_a_circle_that_never_was_has_no_minutes(tmp_path):
    kiosk = Kiosk(tmp_path)
    assert minutes(kiosk.store.store.entries(after=0)) is None
    kiosk.gather("Amina", "Jo")
    assert minutes(kiosk.store.store.entries(after=0), 2) is None


def test_every_word_of_the_minutes_is_in_the_language_spoken(tmp_path):
    """Minutes in two languages can be read by nobody but those who speak both."""
    kiosk = Kiosk(tmp_path)
    kiosk.gather(*MEMBERS[:5])
    kiosk.press("yes", "yes", "yes")
    kiosk.tap("Jo")
    kiosk.wait(7)
    kiosk.ask()
    kiosk.press("yes", "no", "yes", "abstain", "yes")
    kiosk.wait(7)
    kiosk.close()
    with speaking(tongue.MARKED):
        text = "\n".join(minutes(kiosk.store.store.entries(after=0)))
    while "⟦" in text:
        text = re.sub("⟦[^⟦⟧]*⟧", "", text)
    assert not text.strip()


def test_minutes_are_printed_in_the_shops_language(tmp_path):
    """Whoever reads the kiosk in their own language would read its minutes in another."""
    kiosk = Kiosk(tmp_path / "data")
    kiosk.gather("Amina", "Jo")
    settings = tmp_path / "kiosk.toml"
    settings.write_text('[shop]\nlanguage = "de"\n')
    printed = CliRunner().invoke(app, ["minutes", "--settings", str(settings), "--data", str(tmp_path / "data")])
    assert "Montag, 21. September 2026" in printed.stdout
