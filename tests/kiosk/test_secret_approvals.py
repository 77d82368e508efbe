"""Attacks on a round of approvals. Each has a control: a leaky kiosk on which the same attack must succeed."""

import gc
import secrets
import shutil
import sqlite3
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from by_hand import Kiosk
from leaky import Blinking, Noting, Whispering, seen_and_heard
from msgspec.structs import replace
from thief import Dice, seen_on_disk

from kiosk.ballot_box import Approvals, ShowOfHands
from kiosk.commands import BeginDuty
from kiosk.core import Booked, Core
from kiosk.demo import MEMBERS, UIDS
from kiosk.events import ApprovalClosed
from kiosk.house import House
from kiosk.visit.circle_places import Booth

DUTY = "taking minutes"
UP = ("Amina", "Jo", "Tomek", "Sara", "Priya")
"""Who is up, in the order in which they come up, and who votes."""

Ballots = tuple[tuple[str, str], ...]
"""Who voted, one after another, and a letter for each candidate: y, n or a."""


BUTTONS = {"y": "yes", "n": "no", "a": "abstain"}


class Hesitating(House):
    """Lets the buttons rest longer after a yes."""

    def _press(self, answer: Any) -> None:
        super()._press(answer)
        if answer == "yes" and isinstance(self._visit.place, Booth):
            place = self._visit.place
            self._visit = replace(self._visit, place=replace(place, rests=place.rests + 500))


class Remembering(House):
    """Keeps who has voted beyond the round."""

    def _begin_ballot(self, handle: Any) -> None:
        super()._begin_ballot(handle)
        self.guests = [*getattr(self, "guests", []), self._visit.heard]


@pytest.fixture(autouse=True)
def dice(monkeypatch: pytest.MonkeyPatch) -> Dice:
    dice = Dice()
    monkeypatch.setattr(secrets, "token_bytes", dice.throw)
    return dice


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with a duty that goes by approvals."""
    folder = tmp_path_factory.mktemp("prepared")
    kiosk = Kiosk(folder)
    hands = tuple(kiosk.key.hash("nfc", UIDS[name]) for name in MEMBERS[:3])
    assert isinstance(kiosk.core.handle(BeginDuty(DUTY, "approval", "week", hands)), Booked)
    kiosk.store.store.close()
    return folder


class Run:
    """A round in a copy of the prepared shop: what can be seen while it is open, and after."""

    def __init__(self, prepared: Path, folder: Path, ballots: Ballots, caplog: Any, house: type[House]) -> None:
        shutil.copytree(prepared, folder)
        self.folder = Noting.notes = folder
        caplog.clear()
        kiosk = Kiosk(folder, house)
        kiosk.gather(*UP)
        kiosk.press("no", "no", "yes", "yes")
        for who, answers in ballots:
            kiosk.tap(who)
            for each in answers:
                kiosk.press(BUTTONS[each])
                kiosk.wait(0.7)
                kiosk.wait(0.6)
        self.open = (seen_on_disk(folder), *seen_and_heard(kiosk, caplog))
        kiosk.wait(7)
        if len(ballots) < len(UP):
            kiosk.hold()
            kiosk.press("yes")
        self.closed = (seen_on_disk(folder), *seen_and_heard(kiosk, caplog))
        self.entries = tuple(kiosk.store.store.entries(after=0))
        kiosk.store.store.close()

    @property
    def next_one(self) -> str:
        return next(each.event.coming for each in self.entries if isinstance(each.event, ApprovalClosed))

    def but_for(self, name: str) -> list[str]:
        """All that is known after closing, with the name of whoever is next left out; their letters are told."""
        faces, heard, lit, messages = self.closed[1:]
        return [repr(each).replace(name, "whoever") for each in (self.entries[-1], faces[-1], heard, lit, messages)]


def dealt(*answers: str, people: tuple[str, ...] = UP) -> Ballots:
    return tuple(zip(people, answers, strict=True))


ONE_WAY = dealt("nnyna", "nyynn", "annny", "nnyyn", "nnyan")
DEALT_OTHERWISE = dealt("nnyan", "nnyna", "nyynn", "annny", "nnyyn")


@pytest.fixture
def attack(prepared: Path, tmp_path: Path, caplog: Any, dice: Dice) -> Callable[..., list[Run]]:
    """The same circle several times, differing only in the ballots."""

    def run(*ballots: Ballots, house: type[House] = House) -> list[Run]:
        found = []
        for place, each in enumerate(ballots):
            dice.random.seed(0)
            found.append(Run(prepared, tmp_path / f"{house.__name__} {place}", each, caplog, house))
        return found

    return run


def test_whose_ballot_is_whose_leaves_no_trace_on_disk_screen_lamp_sounder_or_log(attack):
    first, other = attack(ONE_WAY, DEALT_OTHERWISE)
    assert first.open == other.open
    assert first.closed == other.closed


def test_while_it_is_open_nothing_shows_whom_anybody_approves_of(attack):
    everybody, nobody, somebody = attack(dealt(*["yyyyy"] * 5), dealt(*["nnnnn"] * 5), ONE_WAY)
    assert everybody.open == nobody.open == somebody.open


def test_where_the_same_one_is_next_everything_is_the_same(attack):
    """Approved of by all or by just one more than another: nobody can tell, also not from the record."""
    clear, close = attack(dealt(*["nnynn"] * 5), dealt("nnynn", "nnynn", "nnyny", "nnnny", "ynaan"))
    assert clear.next_one == close.next_one == "Tomek"
    assert clear.closed == close.closed


def test_where_somebody_else_is_next_only_their_name_differs(attack):
    one, other = attack(dealt(*["nnynn"] * 5), dealt(*["nnnny"] * 5))
    assert (one.next_one, other.next_one) == ("Tomek", "Priya")
    assert one.but_for("Tomek") == other.but_for("Priya")
    assert one.entries[:-1] == other.entries[:-1]


@pytest.mark.parametrize("leaky", [Whispering, Blinking, Noting])
def test_a_leaky_kiosk_is_found_out(attack, leaky):
    """The control: without it the attacks above might be blind."""
    first, other = attack(ONE_WAY, DEALT_OTHERWISE, house=leaky)
    assert first.open != other.open


def test_who_has_voted_is_not_on_the_disk(attack):
    """Four of five vote, not the same four: what is kept is the same, to the byte."""
    ballots = ("nnynn", "nnyny", "ynynn", "nnnan")
    without_jo = dealt(*ballots, people=("Amina", "Tomek", "Sara", "Priya"))
    without_sara = dealt(*ballots, people=("Amina", "Jo", "Tomek", "Priya"))
    first, other = attack(without_jo, without_sara)
    assert (first.open[0], first.closed[0]) == (other.open[0], other.closed[0])
    assert first.closed[4] == other.closed[4], "the log"
    leaky, more_leaky = attack(without_jo, without_sara, house=Noting)
    assert leaky.closed[0] != more_leaky.closed[0]


def test_who_came_when_is_not_on_the_disk(attack):
    in_order, in_disorder = attack(ONE_WAY, tuple(reversed(ONE_WAY)))
    assert in_order.closed[0] == in_disorder.closed[0]
    leaky, more_leaky = attack(ONE_WAY, tuple(reversed(ONE_WAY)), house=Noting)
    assert leaky.closed[0] != more_leaky.closed[0]


def test_no_file_holds_the_time_of_a_badge_or_a_press(prepared, tmp_path):
    assert not times_kept(prepared, tmp_path / "tight", House)
    assert times_kept(prepared, tmp_path / "leaky", Noting), "the control was not found out"


def times_kept(prepared: Path, folder: Path, house: type[House]) -> list[int]:
    """Moments of taps and presses found in any file, to the second."""
    Noting.notes = folder
    kiosk = begun(prepared, folder, house)
    kiosk.wait(2)
    walls = []
    for who, answers in ONE_WAY:
        kiosk.tap(who)
        walls.append(kiosk.clock.now().wall)
        for each in answers:
            kiosk.press(BUTTONS[each])
            walls.append(kiosk.clock.now().wall)
    kiosk.wait(7)
    kiosk.store.store.close()
    everything = b"".join(path.read_bytes() for path in folder.iterdir())
    return [wall for wall in walls if str(wall)[:-3].encode() in everything]


def test_the_record_holds_no_ballot(attack):
    """Without this a row for each ballot could be read in the order in which the table grew."""
    (run,) = attack(ONE_WAY)
    (file,) = [path for path in run.folder.iterdir() if path.read_bytes()[:6] == b"SQLite"]
    with sqlite3.connect(file) as database:
        lines = [line for line in database.iterdump() if "approval closed" in line]
    assert len(lines) == 1
    assert not [name for name in UP if name in lines[0] and name != run.next_one]


@pytest.mark.parametrize("end", ["counted", "void"])
def test_no_badge_outlives_the_round(prepared, tmp_path, end):
    """Without this whoever reads the memory of a kiosk that hangs on the wall could say who has voted."""
    assert not badges_kept(prepared, tmp_path / "tight", House, end)
    assert badges_kept(prepared, tmp_path / "leaky", Remembering, end), "the control was not found out"


def test_no_badge_is_kept_once_its_ballot_has_dropped(prepared, tmp_path):
    for place, house in enumerate((House, Remembering)):
        kiosk = begun(prepared, tmp_path / str(place), house)
        for who, answers in ONE_WAY[:2]:
            kiosk.tap(who)
            kiosk.press(*(BUTTONS[each] for each in answers))
        assert bool(badges_in(kiosk)) == (house is Remembering)
        kiosk.store.store.close()


@pytest.mark.parametrize("end", ["yes", "no"])
def test_no_box_outlives_its_round(prepared, tmp_path, end):
    kiosk = begun(prepared, tmp_path / "approvals", House)
    for who, answers in ONE_WAY[:4]:
        kiosk.tap(who)
        kiosk.press(*(BUTTONS[each] for each in answers))
    assert boxes(kiosk)
    kiosk.hold()
    kiosk.press(end)
    assert not boxes(kiosk)
    kiosk.press("yes")
    kiosk.ask()
    kiosk.press("yes", "no", "yes")
    assert boxes(kiosk)
    kiosk.hold()
    kiosk.press(end)
    assert not boxes(kiosk)
    kiosk.store.store.close()


def boxes(kiosk: Kiosk) -> list[object]:
    return [each for each in held_by(kiosk.house) if isinstance(each, Approvals | ShowOfHands)]


def begun(prepared: Path, folder: Path, house: type[House]) -> Kiosk:
    """A round that has just been opened."""
    shutil.copytree(prepared, folder)
    kiosk = Kiosk(folder, house)
    kiosk.gather(*UP)
    kiosk.press("no", "no", "yes", "yes")
    return kiosk


def badges_kept(prepared: Path, folder: Path, house: type[House], end: str) -> set[str]:
    """Whose badges the house still holds when a round has ended, somewhere other than in the list of all badges."""
    kiosk = begun(prepared, folder, house)
    for who, answers in ONE_WAY[:4]:
        kiosk.tap(who)
        kiosk.press(*(BUTTONS[each] for each in answers))
    kiosk.tap("Priya")
    kiosk.hold()
    kiosk.press("yes" if end == "counted" else "no")
    kiosk.store.store.close()
    return badges_in(kiosk)


def badges_in(kiosk: Kiosk) -> set[str]:
    hashes = {kiosk.key.hash("nfc", UIDS[name]): name for name in UP}
    return {hashes[each] for each in held_by(kiosk.house) if isinstance(each, str) and each in hashes}


def held_by(house: House) -> Iterator[object]:
    """Everything that hangs on the house itself: not the record and its present, not functions and their kind."""
    seen: set[int] = set()
    apart = type | types.ModuleType | types.FunctionType | types.MethodType | Core
    open_ = [value for name, value in vars(house).items() if name != "_thread"]
    while open_:
        thing = open_.pop()
        if id(thing) in seen or isinstance(thing, apart):
            continue
        seen.add(id(thing))
        yield thing
        open_ += gc.get_referents(thing)


def test_every_button_gets_the_same_light_tone_words_and_delay(attack):
    ways = [dealt(*[letter * 5] * 3, people=UP[:3]) for letter in "yna"]
    first, second, third = [run.open[1:] for run in attack(*ways)]
    assert first == second == third
    assert first[1].count("vote") == 15
    hasty, slow = [run.open[1:] for run in attack(ways[0], ways[1], house=Hesitating)]
    assert hasty != slow
