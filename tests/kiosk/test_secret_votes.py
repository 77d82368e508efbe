"""Attacks on the secret vote. Each has a control: a leaky kiosk on which the same attack must succeed."""

import itertools
import secrets
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from by_hand import Kiosk
from leaky import Blinking, Noting, Whispering, seen_and_heard
from thief import Dice, seen_on_disk

from kiosk.demo import MEMBERS
from kiosk.house import House

PEOPLE = MEMBERS[:5]


@pytest.fixture(autouse=True)
def dice(monkeypatch: pytest.MonkeyPatch) -> Dice:
    dice = Dice()
    monkeypatch.setattr(secrets, "token_bytes", dice.throw)
    return dice


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop in the middle of a circle, with what needs doing on the screen."""
    folder = tmp_path_factory.mktemp("prepared")
    Kiosk(folder).store.store.close()
    return folder


class Run:
    """A vote in a copy of the prepared shop: what can be seen while it is open, and after."""

    def __init__(self, prepared: Path, folder: Path, presses: tuple[str, ...], caplog: Any, **how: Any) -> None:
        shutil.copytree(prepared, folder)
        Noting.notes = folder
        caplog.clear()
        kiosk = Kiosk(folder, how.get("house", House))
        kiosk.gather(*PEOPLE)
        kiosk.ask(counts=how.get("counts", True))
        kiosk.press(*presses)
        self.open = (seen_on_disk(folder), *seen_and_heard(kiosk, caplog))
        kiosk.wait(7)
        self.closed = (seen_on_disk(folder), *seen_and_heard(kiosk, caplog))
        kiosk.store.store.close()


ONE_WAY = ("yes", "no", "yes", "abstain", "yes")
OTHER_WAYS = (("no", "yes", "abstain", "yes", "yes"), ("abstain", "yes", "yes", "yes", "no"))


@pytest.fixture
def attack(prepared: Path, tmp_path: Path, caplog: Any, dice: Dice) -> Callable[..., list[Run]]:
    """The same circle several times, differing only in what was pressed."""

    def run(*presses: tuple[str, ...], **how: Any) -> list[Run]:
        found = []
        for place, each in enumerate(presses):
            dice.random.seed(0)
            found.append(Run(prepared, tmp_path / str(place), each, caplog, **how))
        return found

    return run


def test_who_pressed_what_leaves_no_trace_on_disk_screen_lamp_sounder_or_log(attack):
    first, *others = attack(ONE_WAY, *OTHER_WAYS)
    for other in others:
        assert other.open == first.open
        assert other.closed == first.closed


def test_while_it_is_open_not_even_the_totals_show(attack):
    yes, no = attack(("yes",) * 5, ("no",) * 5)
    assert yes.open == no.open
    assert yes.closed != no.closed


def test_five_to_nothing_and_three_to_two_leave_the_same_where_only_the_outcome_is_told(attack):
    first, second = attack(("yes",) * 5, ("yes", "no", "yes", "no", "yes"), counts=False)
    assert first.closed == second.closed


@pytest.mark.parametrize("leaky", [Whispering, Blinking, Noting])
def test_a_leaky_kiosk_is_found_out(attack, leaky):
    """The control: without it the attack above might be blind."""
    first, second = attack(ONE_WAY, OTHER_WAYS[0], house=leaky)
    assert first.open != second.open


def test_no_file_holds_the_time_of_a_press(prepared, tmp_path, caplog):
    times = press_times(prepared, tmp_path / "tight", caplog, House)
    assert not times
    assert press_times(prepared, tmp_path / "leaky", caplog, Noting), "the control was not found out"


def press_times(prepared: Path, folder: Path, caplog: Any, house: type[House]) -> list[str]:
    """Times of presses found in any file, to the second, as digits in milliseconds or as a text of the time."""
    shutil.copytree(prepared, folder)
    Noting.notes = folder
    kiosk = Kiosk(folder, house)
    kiosk.gather(*PEOPLE)
    kiosk.ask()
    kiosk.wait(2)
    walls = []
    for answer in ONE_WAY:
        kiosk.press(answer)
        walls.append(kiosk.clock.now().wall)
    kiosk.wait(7)
    kiosk.store.store.close()
    everything = b"".join(path.read_bytes() for path in folder.iterdir())
    return [str(wall) for wall in walls if str(wall)[:-3].encode() in everything]


def test_the_order_of_presses_is_in_no_column(prepared, tmp_path, caplog):
    """Without this a table with one row a press could be read in the order in which it grew."""
    Run(prepared, tmp_path / "run", ONE_WAY, caplog)
    (file,) = [path for path in (tmp_path / "run").iterdir() if path.read_bytes()[:6] == b"SQLite"]
    with sqlite3.connect(file) as database:
        rows = [line for line in database.iterdump() if "abstain" in line]
    assert len(rows) == 1, "one entry holds the three counts, and nothing else knows an answer"
    assert '"yes":3' in rows[0].replace(" ", "")


def test_every_button_gets_the_same_light_tone_words_and_delay(attack):
    seen = [run.open[1:] for run in attack(*(((button,) * 3) for button in ("yes", "no", "abstain")))]
    assert all(a == b for a, b in itertools.pairwise(seen))
    assert seen[0][1].count("vote") == 3
