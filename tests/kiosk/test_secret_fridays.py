"""Attacks on the ballots of a Friday. Each has a control: a leaky kiosk on which the same attack must succeed."""

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

from kiosk.commands import CountJar, GiveMoney, ProposeProject, SecondProject
from kiosk.core import Booked
from kiosk.demo import MEMBERS, UIDS
from kiosk.events import FridayClosed
from kiosk.house import House

FOUR, FIVE = MEMBERS[:4], MEMBERS[:5]
"""Among four only what is bought is told; among five the totals may be."""

BUTTONS = {"y": "yes", "n": "no", "a": "abstain"}


@pytest.fixture(autouse=True)
def dice(monkeypatch: pytest.MonkeyPatch) -> Dice:
    dice = Dice()
    monkeypatch.setattr(secrets, "token_bytes", dice.throw)
    return dice


def book(kiosk: Kiosk, command: Any) -> Any:
    answer = kiosk.core.handle(command)
    assert isinstance(answer, Booked), answer
    kiosk.clock.ms += 20_000
    return answer.entries[-1].id


def propose(kiosk: Kiosk, title: str, cents: int) -> None:
    amina, jo = (kiosk.key.hash("nfc", UIDS[name]) for name in MEMBERS[:2])
    book(kiosk, SecondProject(book(kiosk, ProposeProject(amina, title, cents, "other")), jo))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with three hundred euros, counted, and three things that stand."""
    folder = tmp_path_factory.mktemp("prepared")
    kiosk = Kiosk(folder)
    amina, jo = (kiosk.key.hash("nfc", UIDS[name]) for name in MEMBERS[:2])
    book(kiosk, GiveMoney(amina, jo, 30000))
    for title, cents in (("a bench", 9000), ("a tree", 9500), ("a boat", 29000)):
        propose(kiosk, title, cents)
    book(kiosk, CountJar(30000, (amina, jo)))
    kiosk.store.store.close()
    return folder


def to_the_vote(kiosk: Kiosk, people: tuple[str, ...], *, totals: bool, projects: int = 3) -> None:
    kiosk.clock.ms += 1_000_000
    kiosk.gather(*people)
    kiosk.press("no", "no", "yes", *["no"] * totals, "yes", *["no"] * projects, "yes")


class Run:
    """A Friday in a copy of the prepared shop: what can be seen while it is open, and after."""

    def __init__(self, prepared: Path, folder: Path, ballots: tuple[str, ...], caplog: Any, house: Any) -> None:
        shutil.copytree(prepared, folder)
        self.folder = Noting.notes = folder
        caplog.clear()
        people = FIVE[: len(ballots)]
        kiosk = Kiosk(folder, house)
        to_the_vote(kiosk, people, totals=len(people) == len(FIVE))
        for who, presses in zip(people, ballots, strict=True):
            kiosk.tap(who)
            kiosk.press(*(BUTTONS[each] for each in presses))
        self.open = (seen_on_disk(folder), *seen_and_heard(kiosk, caplog))
        kiosk.wait(7)
        kiosk.press("yes", "yes", "yes")
        self.closed = (seen_on_disk(folder), *seen_and_heard(kiosk, caplog))
        self.friday = [each.event for each in kiosk.store.store.entries() if isinstance(each.event, FridayClosed)]
        kiosk.store.store.close()


@pytest.fixture
def attack(prepared: Path, tmp_path: Path, caplog: Any, dice: Dice) -> Callable[..., list[Run]]:
    """The same circle several times, differing only in the ballots."""

    def run(*ballots: tuple[str, ...], house: type[House] = House) -> list[Run]:
        found = []
        for place, each in enumerate(ballots):
            dice.random.seed(0)
            found.append(Run(prepared, tmp_path / f"{house.__name__} {place}", each, caplog, house))
        return found

    return run


def test_whose_ballot_is_whose_leaves_no_trace_on_disk_screen_lamp_sounder_or_log(attack):
    first, other = attack(("ynn", "yyn", "nay", "yyn", "nnn"), ("nnn", "nay", "yyn", "ynn", "yyn"))
    assert first.friday
    assert first.open == other.open
    assert first.closed == other.closed


def test_no_and_abstain_are_the_same_on_a_ballot(attack):
    first, other = attack(("ynn", "yyn", "nay", "yyn", "nnn"), ("yan", "yya", "nay", "yyn", "aaa"))
    assert first.open == other.open
    assert first.closed == other.closed


def test_while_it_is_open_nothing_shows_what_anybody_approves_of(attack):
    everything, nothing = attack(("yyy",) * 5, ("nnn",) * 5)
    assert everything.open == nothing.open
    assert everything.closed != nothing.closed


def test_among_few_the_record_is_the_same_however_it_came_to_the_same_purchases(attack):
    """Four who all want both, or by turns: with totals told one could work out who was against."""
    all_of_them, by_turns = attack(("yyn",) * 4, ("yyn", "ynn", "yyn", "nyn"))
    assert [each.title for each in all_of_them.friday[0].funded] == ["a bench", "a tree"]
    assert all_of_them.friday == by_turns.friday
    assert all_of_them.closed == by_turns.closed


def test_among_few_nothing_tells_in_which_order_things_were_bought(attack):
    """What more approve of is bought first: its order would be that of approvals, without numbers."""
    bench_first, tree_first = attack(("ynn", "yyn", "yyn", "yyn"), ("yyn", "yyn", "nyn", "yyn"))
    assert len(bench_first.friday[0].funded) == 2
    assert bench_first.friday == tree_first.friday
    assert bench_first.closed == tree_first.closed


@pytest.mark.parametrize("leaky", [Whispering, Blinking, Noting])
def test_a_leaky_kiosk_is_found_out(attack, leaky):
    """The control: without it the attacks above might be blind."""
    first, other = attack(("ynn", "yyn", "nay", "yyn", "nnn"), ("nnn", "nay", "yyn", "ynn", "yyn"), house=leaky)
    assert first.open != other.open


def test_a_tie_lays_no_ballot_open_while_the_room_makes_its_seed(prepared, tmp_path):
    """Who is asked for a seed is told that something is level, and no more: not which, and not by whom."""
    seen = []
    ways = (("nnnyn", "nnnyn", "nnnny", "nnnny", "nnnyy"), ("nnnyy", "nnnyn", "nnnny", "ynnyn", "nnnny"))
    for place, ballots in enumerate(ways):
        folder = tmp_path / f"tie {place}"
        shutil.copytree(prepared, folder)
        kiosk = Kiosk(folder)
        kiosk.clock.ms += 900_000
        propose(kiosk, "a stone", 20000)
        propose(kiosk, "a cart", 20000)
        to_the_vote(kiosk, FIVE, totals=False, projects=5)
        for who, presses in zip(FIVE, ballots, strict=True):
            kiosk.tap(who)
            kiosk.press(*(BUTTONS[each] for each in presses))
        kiosk.wait(7)
        assert "Some projects are level" in repr(kiosk.faces[-1])
        seen.append((kiosk.faces[-1], tuple(kiosk.heard), tuple(kiosk.lit)))
        kiosk.store.store.close()
    assert seen[0] == seen[1]


def test_the_record_holds_no_ballot_unless_the_circle_wanted_it(attack):
    (run,) = attack(("ynn", "yyn", "nay", "yyn", "nnn"))
    (file,) = [path for path in run.folder.iterdir() if path.read_bytes()[:6] == b"SQLite"]
    with sqlite3.connect(file) as database:
        (line,) = [line for line in database.iterdump() if "friday closed" in line]
    assert '"cast":[]' in line.replace(" ", "")
    assert not [name for name in FIVE if name in line]
