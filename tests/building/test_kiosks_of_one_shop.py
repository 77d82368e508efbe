"""Two real kiosks of one shop over a real wire: whatever is done at either, both say the same in the end."""

import random
import shutil
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from kiosks import HANDS, badge_of
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.commands import AddKiosk, Join, NewBadge, Swap, TakeCoin
from kiosk.events import Entry, TurnPassed
from kiosk.invitation import Invitation, NoInvitation, complete, join, prepare
from kiosk.open_building import FOLDER, as_wire, identity_here
from kiosk.reports.verifying import verify
from kiosk.store import Reader
from kiosk.visit.hearing import Tapped

from .conftest import eventually
from .real import Real, founded, joined, patiently


def swap(giver: str, receiver: str, minutes: int = 15) -> Swap:
    return Swap(badge_of(giver), (badge_of(receiver),), minutes, "repair")


def newcomer(name: str) -> Join:
    return Join(name, NewBadge(badge_of(name), "tag"), HANDS)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Real]:
    kiosk = Real(tmp_path / "first", f"127.0.0.1:{free_port()}")
    founded(kiosk)
    assert kiosk.code(swap("Ada", "Ben", 60)) == ""
    eventually(lambda: kiosk.together.generation() != "")
    yield kiosk
    kiosk.stop()


@pytest.fixture
def pair(first: Real, tmp_path: Path) -> Iterator[tuple[Real, Real]]:
    first.invite(tmp_path / "stick", "upstairs")
    second = joined(tmp_path / "stick", tmp_path / "second")
    yield first, second
    second.stop()


def agree(first: Real, second: Real) -> bool:
    return first.shared() == second.shared()


def test_a_new_kiosk_begins_with_a_stick_and_both_say_the_same_from_then_on(pair):
    first, second = pair
    assert second.state.balance("Ada") == 60
    assert agree(first, second)
    assert second.code(swap("Ben", "Cy", 30)) == ""
    assert first.code(TakeCoin(200, 2)) == ""
    assert patiently(second, newcomer("Dora"), time.sleep) == ""
    assert patiently(first, newcomer("Emil"), time.sleep) == ""
    assert patiently(first, newcomer("Dora"), time.sleep) != ""
    eventually(lambda: agree(first, second))
    assert second.state.members["Emil"].standing == "here"
    assert second.state.funds["jar"].cents == 200
    eventually(lambda: [each.reached for each in (*first.together.look(), *second.together.look())] == [True] * 2)


def test_what_was_booked_while_the_wire_was_cut_is_caught_up_and_nothing_comes_twice(pair):
    first, second = pair
    assert patiently(second, newcomer("Dora"), time.sleep) == ""
    first.stop()
    assert second.code(newcomer("Emil")) == "unheard"
    for turn in range(5):
        assert second.code(swap("Dora", "Ben", 15 + 15 * turn)) == ""
        assert second.code(TakeCoin(100, 1)) == ""
    first.start()
    dice = random.Random(1)
    for turn in range(12):
        here = dice.choice((first, second))
        assert here.code(TakeCoin(50, 1)) == ""
        if turn % 4 == 1:
            first.kill_server()
        if turn % 4 == 3:
            assert patiently(here, newcomer(f"N{turn}"), time.sleep) == ""
    eventually(lambda: agree(first, second))
    assert first.state.funds["jar"].cents == 5 * 100 + 12 * 50
    assert {f"N{turn}" for turn in (3, 7, 11)} <= set(second.state.members)
    for kiosk in (first, second):
        assert sum(account.minutes for account in kiosk.state.accounts.values()) == 0
        with Reader.open(kiosk.folder) as reader:
            assert verify(reader).faults == ()


def told(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["building", *words])
    return done.exit_code, done.output


def test_many_hands_at_the_screen_let_in_who_was_invited_and_the_stick_keeps_no_key(first, tmp_path):
    settings, stick, data = tmp_path / "box.toml", tmp_path / "stick", tmp_path / "second"
    settings.write_text(f'[building]\nlisten = "{first.listen}"\n')
    own = ("--settings", str(settings), "--data", str(first.folder))
    assert told("invite", str(stick), "--name", "upstairs", *own)[0] == 2
    with ThreadPoolExecutor(1) as beside:
        asked = beside.submit(told, "invite", str(stick), "--name", "upstairs", "--here", "by the door", *own)
        eventually(lambda: first.shows("“upstairs” wants to be a kiosk of the shop"))
        assert told("join", str(stick), "--data", str(data))[0] == 1
        for name, words in (("Ada", "Ada"), ("Ben", "The kiosk “upstairs” is one of ours.")):
            first.house.hear(Tapped(NewBadge(badge_of(name), "tag")))
            eventually(lambda words=words: first.shows(words))
        code, words = asked.result(20)
    assert (code, "1 batches are on the stick" in words) == (0, True), words
    code, words = told("join", str(stick), "--data", str(data))
    assert (code, "This is “upstairs” now" in words) == (0, True), words
    assert not list(stick.rglob("*.key"))
    second = Real(data)
    try:
        assert patiently(second, newcomer("Dora"), time.sleep) == ""
        eventually(lambda: agree(first, second))
        code, words = told("list", *own)
        assert "“by the door” is this one." in words
        assert told("join", str(stick), "--data", str(data))[0] == 1
    finally:
        second.stop()


def test_a_kiosk_where_nobody_keeps_the_claims_lets_no_other_in(tmp_path):
    alone = Real(tmp_path / "alone")
    founded(alone)
    add = AddKiosk("k2", "upstairs", alone.signer.verifier.name, HANDS, "here", str(alone.signer.verifier))
    assert alone.code(add) == "no claims"
    assert alone.code(newcomer("Dora")) == ""
    alone.stop()


@pytest.mark.parametrize("cut", ["invitation.json", "badge.key", "wire.key", "000001.txt"])
def test_a_stick_that_is_not_whole_begins_nothing_and_says_so(first, tmp_path, cut):
    stick, data = tmp_path / "stick", tmp_path / "second"
    first.invite(stick, "upstairs")
    place = stick / "commons-kiosk-building" / cut
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2])
    assert isinstance(join(stick, data), NoInvitation)
    place.write_bytes(whole)
    assert isinstance(join(stick, data), Invitation)
    with Reader.open(data) as reader:
        assert verify(reader).faults == ()


def test_a_kiosk_that_was_put_back_from_a_copy_says_that_the_other_knows_more(pair, tmp_path):
    """It would go on and be believed by nobody, and nothing on its own screen would tell."""
    first, second = pair
    eventually(lambda: agree(first, second))
    second.stop()
    shutil.copytree(second.folder, tmp_path / "copy")
    second.start()
    assert second.code(TakeCoin(200, 2)) == ""
    eventually(lambda: agree(first, second))
    second.stop()
    shutil.rmtree(second.folder)
    shutil.copytree(tmp_path / "copy", second.folder)
    second.start()
    eventually(lambda: [each.knows_more for each in second.together.look()] == [True])
    assert [each.knows_more for each in first.together.look()] == [False]
    written = second.store.last_number
    assert {second.code(swap("Ben", "Cy")), second.code(newcomer("Dora"))} == {"put back"}
    assert second.store.last_number == written
    assert second.code(TakeCoin(200, 2)) == ""
    assert first.code(swap("Ben", "Cy")) == ""


def test_a_batch_that_cannot_be_read_is_said_of_the_kiosk_that_sent_it(pair):
    first, second = pair
    assert second.code(TakeCoin(200, 2)) == ""
    eventually(lambda: agree(first, second))
    (batch,) = list(second.store.batches(0, second.signer))[-1:]
    assert first.together._ground.take(batch.text.replace("coin", "newer")) == "taken"
    assert [each.unread for each in first.together.look()] == [True]
    assert second.code(TakeCoin(50, 1)) == ""
    eventually(lambda: agree(first, second))
    eventually(lambda: [each.unread for each in first.together.look()] == [False])


def test_a_link_that_lies_on_the_stick_is_not_followed(first, tmp_path):
    stick, precious = tmp_path / "stick", tmp_path / "precious"
    precious.write_text("ours")
    us = identity_here(first.folder / FOLDER, first.device, first.signer, first.listen)
    invited = prepare(stick, "upstairs", "by the door", str(first.signer.verifier), as_wire(us, first.listen))
    (stick / "commons-kiosk-building" / "000001.txt").symlink_to(precious)
    with Reader.open(first.folder) as reader, pytest.raises(OSError, match="exists"):
        complete(stick, invited, reader, first.folder, first.signer)
    assert precious.read_text() == "ours"


def test_what_can_never_be_taken_is_seen_to_wait(pair):
    """A turn that nobody heard of stands before it: each time it is “later”."""
    first, second = pair
    eventually(lambda: agree(first, second))
    assert [each.behind for each in first.together.look()] == [0]
    made_up = Entry(second.device, second.store.next_number, second.core.now(), TurnPassed(), 1, 99)
    second.store.append([made_up], {})
    eventually(lambda: [each.behind >= 2 for each in first.together.look()] == [True])
