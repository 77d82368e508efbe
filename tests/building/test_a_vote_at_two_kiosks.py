"""A round of approvals at two real kiosks over a real wire, with what happens to wires, servers and boxes."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kiosks import HANDS, PEOPLE, badge_of

from kiosk.commands import BeginDuty, Join, NewBadge, OpenApproval, OpenCircle, Voice
from kiosk.events import ApprovalClosed, RoundVoided
from kiosk.faces import BallotFace, Touch
from kiosk.visit.hearing import HeldTogether, Pressed, Tapped

from .conftest import eventually
from .real import Real, founded, joined, patiently

DUTY = "taking minutes"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Real, Real]]:
    """A round that was opened at the first, among four people, with a box at the second too."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{asked.getsockname()[1]}"
    first = Real(tmp_path / "first", at)
    founded(first)
    eventually(lambda: first.together.generation() != "")
    first.invite(tmp_path / "stick", "upstairs")
    second = joined(tmp_path / "stick", tmp_path / "second")
    badges = tuple(badge_of(who) for who in PEOPLE)
    opening = [Join("Dora", NewBadge(badge_of("Dora"), "tag"), HANDS), BeginDuty(DUTY, "approval", "week", HANDS)]
    opening += [OpenCircle(badges[0], badges, 3), *[Voice()] * len(badges), OpenApproval(DUTY)]
    for command in opening:
        assert patiently(first, command, time.sleep) == ""
    first.house.hear(HeldTogether())
    eventually(lambda: votes(first))
    eventually(lambda: open_round(second) is not None)
    first.house.hear(Touch("choose", f"also:{second.device}"))
    eventually(lambda: votes(second) and second.house._booths.is_asked(second.core.now().mono))
    yield first, second
    second.stop()
    first.stop()


def votes(kiosk: Real) -> bool:
    return isinstance(kiosk.faces[-1], BallotFace)


def open_round(kiosk: Real) -> object:
    return kiosk.state.circle.approval if kiosk.state.circle else None


def approve(kiosk: Real, who: str, *wanted: str) -> None:
    """As somebody does who stands there, and tries again where it does not work at once."""
    deadline = time.monotonic() + 20
    while kiosk.faces[-1].frame.who != who:
        assert time.monotonic() < deadline, kiosk.faces[-1]
        kiosk.house.hear(Tapped(NewBadge(badge_of(who), "tag")))
        time.sleep(1.1)
    for each in open_round(kiosk).candidates:
        kiosk.house.hear(Pressed("yes" if each in wanted else "no"))
        time.sleep(1.1)


def at_once(*votings: tuple[Real, str, str]) -> None:
    standing = [threading.Thread(target=approve, args=each) for each in votings]
    for each in standing:
        each.start()
    for each in standing:
        each.join()


def ended(kiosk: Real) -> ApprovalClosed | RoundVoided:
    events = [entry.event for entry in kiosk.store.entries()]
    return next(each for each in reversed(events) if isinstance(each, ApprovalClosed | RoundVoided))


def test_each_has_one_ballot_and_the_sum_is_right_also_where_the_server_is_killed(pair):
    first, second = pair
    at_once((first, "Ada", "Ben"), (second, "Ben", "Cy"))
    killer = threading.Timer(1.5, first.kill_server)
    killer.start()
    at_once((second, "Cy", "Cy"), (first, "Dora", "Cy"))
    killer.join()
    eventually(lambda: open_round(first) is None)
    assert ended(first) == ApprovalClosed(ended(first).round, DUTY, 4, "Cy", fund=ended(first).fund)
    eventually(lambda: open_round(second) is None and not votes(second))
    assert second.state.duties[DUTY].coming == "Cy"


def test_a_kiosk_that_is_switched_off_is_waited_for_and_where_its_box_is_gone_the_vote_is_void(pair):
    first, second = pair
    at_once((first, "Ada", "Ben"), (second, "Ben", "Cy"))
    eventually(lambda: first.faces[-1].voted == (2, 4))
    second.stop()
    first.house.hear(HeldTogether())
    time.sleep(2)
    first.house.hear(Touch("choose", "close"))
    eventually(lambda: first.shows("Nothing is counted without the ballots there"))
    assert open_round(first) is not None
    second.start()
    eventually(lambda: open_round(first) is None)
    assert isinstance(ended(first), RoundVoided)
    eventually(lambda: open_round(second) is None)
