"""The wall page speaks the shop's language, and runs as it is written."""

from pathlib import Path

import pytest

from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.demo import settle_in
from kiosk.faces import WallFace
from kiosk.store import Store
from kiosk.tongue import again, speaking
from kiosk.wall.outlook import Outlook
from kiosk.wall.sheet import kit, more_words
from kiosk.wall.site import FILES, spoken_page, version


@pytest.mark.parametrize(("spoken", "way", "nothing"), [("de", "ltr", "Der Kiosk ist"), ("ar", "rtl", "الكشك")])
def test_the_page_says_its_own_words(spoken: str, way: str, nothing: str) -> None:
    """Before the first news it would speak English, and an Arabic wall begin at the wrong side."""
    path, _ = FILES["/"]
    with speaking(spoken):
        page = spoken_page(path).decode()
    assert f'<html lang="{spoken}" dir="{way}">' in page
    assert nothing in page


def test_the_wall_is_seen_in_the_shops_language(tmp_path: Path) -> None:
    """The screen in the corridor would say it in English, whatever the kiosk speaks."""
    now = SystemClock().now()
    with Store.open(tmp_path) as store:
        settle_in(store, BadgeKey.of(tmp_path, may_make=True), now)
    with speaking("de"):
        shown = Outlook(tmp_path, "Holzwerk").look().face
        said = kit("1")
    assert isinstance(shown, WallFace)
    assert shown.language == "de"
    assert shown.sum_words == "Die einen gaben, andere bekamen: Summe 0"
    assert said.words["recent"] == "Gerade getauscht"


def test_another_language_loads_the_page_anew() -> None:
    """A page that stays open would keep the words of before."""
    with speaking("ar"):
        arabic = version()
    assert arabic != version()


def test_how_many_more_is_said_by_the_number() -> None:
    """ "and 0 more" would stand where two are hidden."""
    assert more_words()["other"] == "and {n} more"
    with speaking("ar"):
        assert len(more_words()) == 6


def test_a_fault_told_in_english_is_said_again() -> None:
    """Why no copy is made would stay English on a German wall."""
    with speaking("de"):
        assert again("Entry k3/4 is not as it was written.", ("Entry {entry} is not as it was written.",)) == (
            "Eintrag k3/4 ist nicht so, wie er geschrieben wurde."
        )
        assert again("the driver stumbled", ()) == "the driver stumbled"
