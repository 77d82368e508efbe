"""The test of what arrives: it shows everything, tells nobody's number, and books nothing but a coin."""

from pathlib import Path
from typing import Any

import pytest
from by_hand import Kiosk

from hardware.debounce import Debouncer
from hardware.signals import ButtonReleased, CardSeen, CodeScanned
from kiosk.amounts import Moment
from kiosk.badge_key import BadgeKey
from kiosk.box import Box, Checked, Machine
from kiosk.commands import NewBadge
from kiosk.demo import MEMBERS, UIDS
from kiosk.events import CoinFell
from kiosk.faces import ListFace, TroubleFace, TryoutFace, WallFace
from kiosk.rules.copies import Copies
from kiosk.visit.hearing import (
    Freed,
    HeldTogether,
    LabelSeen,
    Misread,
    Pressed,
    PressedTwo,
    Released,
    Stuck,
    Tapped,
    hear,
)


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    kiosk = Kiosk(tmp_path)
    kiosk.touch("people")
    kiosk.touch("checkup")
    return kiosk


@pytest.fixture
def trying(kiosk: Kiosk) -> Kiosk:
    kiosk.touch("try")
    return kiosk


def shown(kiosk: Kiosk, heard: Any) -> TryoutFace:
    kiosk.clock.ms += 1_500
    kiosk.house.live_once(heard)
    face = kiosk.faces[-1]
    assert isinstance(face, TryoutFace)
    return face


CARD = Machine(free=10**10, size=10**11)
NO_BATTERY = Machine(free=10**10, size=10**11, battery=False)
CHECKED = Checked(Moment(0, 0, ""), entries=1, faults=0)


@pytest.mark.parametrize(
    ("box", "said"),
    [
        (Box(machine=CARD, checked=CHECKED), "All is well."),
        (Box(machine=NO_BATTERY, checked=CHECKED), "Nothing to mend; one could be better."),
        (Box(machine=NO_BATTERY), "Nothing to mend; 2 could be better."),
        (Box(), "One thing to mend."),
    ],
)
def test_all_is_well_is_said_only_where_nothing_could_be_better(tmp_path: Path, box: Box, said: str) -> None:
    """Nobody would look at the lines below it, which say what could be."""
    kiosk = Kiosk(tmp_path, box=lambda: box, copies=lambda: Copies(None, True, kiosk.clock.now()))
    kiosk.wait(20)
    kiosk.touch("people")
    kiosk.touch("checkup")
    face = kiosk.faces[-1]
    assert isinstance(face, ListFace)
    assert face.words == said


def test_a_button_lights_its_shape_until_it_is_let_go(trying: Kiosk) -> None:
    """Two wires that were swapped, or soldered together, would be found in the first vote."""
    down = shown(trying, Pressed("no"))
    assert down.down == ("no",)
    assert "no" in down.words
    up = shown(trying, Released("no", held=310))
    assert up.down == ()
    assert "0.3 s" in up.words


def test_a_worn_contact_and_a_stuck_button_are_told(trying: Kiosk) -> None:
    shown(trying, Pressed("yes"))
    assert "chattered 14 times" in shown(trying, Released("yes", held=200, bounces=14)).words
    stuck = shown(trying, Stuck("abstain"))
    assert stuck.stuck == ("abstain",)
    freed = shown(trying, Freed("abstain"))
    assert freed.stuck == ()
    assert "counts again" in freed.words


def test_a_badge_says_whether_it_is_known_and_never_whose_it_is(trying: Kiosk) -> None:
    """Whoever stands behind would learn whose badge lies there; and a number that is shown can be copied."""
    face = shown(trying, Tapped(NewBadge(trying.key.hash("nfc", UIDS["Amina"]), "tag")))
    assert face.words == "A badge that is known here"
    stranger = shown(trying, Tapped(NewBadge(trying.stranger, "tag")))
    assert stranger.words == "A badge that is nobody’s here"
    assert "phone" in shown(trying, Tapped(NewBadge(trying.key.hash("nfc", b"\x08abc"), "tag", random=True))).words
    told = repr(trying.faces)
    assert UIDS["Amina"].hex() not in told.lower()
    assert str(trying.key.hash("nfc", UIDS["Amina"])) not in told
    assert all(face.frame.who == "" for face in trying.faces if isinstance(face, TryoutFace))


def test_a_code_says_its_kind_and_how_long_it_is(trying: Kiosk) -> None:
    """A scanner that cuts codes off, or adds signs to them, could not be told from a bad card."""
    key = BadgeKey(bytes(32))
    code = "https://example.org/free-coffee"
    face = shown(trying, hear(CodeScanned(device="code scanner", at=0.0, text=code), key))
    assert f"{len(code)} signs" in face.words
    assert "example" not in repr(face)
    assert "label" in shown(trying, LabelSeen("AAAA", 12)).words
    assert "can’t be read" in shown(trying, Misread("unreadable code")).words
    assert "Two badges" in shown(trying, Misread("two cards")).words


def test_nothing_is_booked_or_opened_by_what_is_tried(trying: Kiosk) -> None:
    """Trying the buttons would open a circle, or begin a visit in somebody's name."""
    before = trying.core.state
    for heard in (Pressed("yes"), PressedTwo(), HeldTogether(), Misread("two cards"), LabelSeen("AAAA", 9)):
        shown(trying, heard)
    trying.tap("Jo")
    assert isinstance(trying.faces[-1], TryoutFace)
    assert trying.core.state == before


def test_a_coin_is_real_money_also_here(trying: Kiosk) -> None:
    """Whoever tries the slot would lose it, or the jar would hold more than the record says."""
    face = shown(trying, Pressed("yes"))
    trying.drop(50)
    face = trying.faces[-1]
    assert isinstance(face, TryoutFace)
    assert face.words.startswith("A coin of € 0.50. It is real")
    assert list(trying.store.entries())[-1].event == CoinFell(cents=50, pulses=1)
    trying.drop(None)
    assert trying.core.state.funds["jar"].unknown == 1


def test_lamps_and_tones_are_tried_one_by_one(tmp_path: Path) -> None:
    """A lamp that is dead would be found when the room waits for it."""
    tried: list[str] = []
    kiosk = Kiosk(tmp_path, try_out=tried.append)
    for key in ("people", "checkup", "try", *["lamp"] * 5, *["tone"] * 4):
        kiosk.touch(key)
    assert tried == [
        "lamp:yes", "lamp:no", "lamp:abstain", "lamp:alarm", "lamp:yes",
        "tone:heard", "tone:done", "tone:not possible", "tone:vote",
    ]  # fmt: skip


def test_it_ends_by_itself_after_twenty_seconds_without_anything(trying: Kiosk) -> None:
    """The next one's badge would open nothing."""
    for _ in range(3):
        trying.wait(15)
        shown(trying, Released("yes", held=100))
    trying.wait(21)
    assert isinstance(trying.faces[-1], WallFace)


def test_it_is_not_to_be_had_while_a_circle_is_open(tmp_path: Path) -> None:
    """The buttons belong to the vote."""
    kiosk = Kiosk(tmp_path)
    kiosk.gather(*MEMBERS[:3])
    kiosk.touch("home")
    kiosk.touch("people")
    kiosk.touch("checkup")
    kiosk.touch("try")
    assert not isinstance(kiosk.faces[-1], TryoutFace)


def test_letting_go_of_a_button_means_nothing_elsewhere(tmp_path: Path) -> None:
    """A release would say to a vote, or to its screen, what a press may not."""
    kiosk = Kiosk(tmp_path)
    kiosk.wait(1)
    seen = len(kiosk.faces)
    for heard in (Released("yes", 100), Stuck("no"), Freed("no")):
        kiosk.house.live_once(heard)
    assert len(kiosk.faces) == seen


def test_how_the_kiosk_is_can_be_read_row_by_row(kiosk: Kiosk) -> None:
    face = kiosk.faces[-1]
    assert isinstance(face, ListFace)
    assert face.lines[0].key == "try"
    kiosk.touch(face.lines[1].key)
    one = kiosk.faces[-1]
    assert isinstance(one, TroubleFace)
    assert one.mend
    kiosk.touch("ok")
    assert isinstance(kiosk.faces[-1], ListFace)


def test_behaviour_26_a_button_does_not_count_on_a_screen_that_has_just_appeared(tmp_path: Path) -> None:
    """Behaviour 26: it was meant for the one before."""
    kiosk = Kiosk(tmp_path)
    kiosk.gather(*MEMBERS[:3])
    kiosk.press("no", "yes")
    before = kiosk.faces[-1]
    kiosk.clock.ms += 200
    kiosk.house.live_once(Pressed("yes"))
    assert kiosk.faces[-1] == before
    kiosk.clock.ms += 300
    kiosk.house.live_once(Pressed("yes"))
    assert kiosk.faces[-1] != before


def test_a_release_says_how_often_the_contact_chattered() -> None:
    """A switch that wears out shows it long before it presses twice."""
    judge = Debouncer(["yes"])
    judge.begin(0.0)
    for edge in range(9):
        judge.edge("yes", edge % 2 == 0, 1.0 + edge * 0.001)
    said = [*judge.tick(1.4), *judge.edge("yes", False, 1.5), *judge.tick(3.0)]
    assert [each.bounces for each in said if isinstance(each, ButtonReleased)] == [8]


def test_a_badge_on_the_wire_is_no_number_to_the_house() -> None:
    seen = CardSeen(device="badge reader", at=0.0, uid=b"\x04\x01\x02\x03")
    assert b"\x04\x01\x02\x03".hex() not in repr(hear(seen, BadgeKey(bytes(32))))
