"""Whose turn it is to write: one kiosk after another, each turn once, and none while somebody may have written what
the others have not heard of."""

import asyncio
import os
import shutil
import signal
import threading

import pytest

from .conftest import Room, eventually


def take(room: Room) -> str:
    assert room.wire is not None
    return room.wire.take(room.turn + 1)


def test_each_turn_is_won_once_and_only_by_who_knows_the_one_before(house):
    building = house()
    building.open()
    here, there = building.rooms
    assert take(here) == "won"
    assert [take(there), take(here)] == ["lost", "won"]
    here.turn = 1
    assert take(there) == "lost"
    there.turn = 1
    assert take(there) == "won"
    assert there.wire is not None
    assert here.wire is not None
    assert [here.wire.holder(1), here.wire.holder(2), here.wire.holder(3)] == ["k2", "k2", ""]


def test_two_hundred_turns_that_both_want_and_the_server_killed_in_the_middle(house):
    building = house()
    building.open()
    won: dict[int, list[str]] = {}
    lock = threading.Lock()

    def want(room: Room) -> None:
        while room.turn < 200:
            number = room.turn + 1
            if take(room) == "won":
                with lock:
                    won.setdefault(number, []).append(room.device)
                    for each in building.rooms:
                        each.turn = number
                if number == 100:
                    os.kill(building.server, signal.SIGKILL)

    wanting = [threading.Thread(target=want, args=(room,)) for room in building.rooms]
    for each in wanting:
        each.start()
    for each in wanting:
        each.join()
    assert sorted(won) == list(range(1, 201))
    assert [number for number, kiosks in won.items() if len(kiosks) != 1] == []


def test_after_the_store_was_wiped_no_turn_is_given_before_all_have_said_how_far_they_are(house):
    building = house()
    building.open()
    here, there = building.rooms
    assert take(there) == "won"
    there.turn = 1
    assert there.wire is not None
    there.close()
    building.wipe()
    assert take(here) == "unheard"
    again = there.open(building.where(there))
    eventually(lambda: again.is_open)
    assert take(here) == "lost"
    assert take(there) == "won"
    here.turn = there.turn = 2
    assert take(here) == "won"


def test_a_kiosk_that_was_added_just_now_is_not_waited_for(house):
    building = house()
    here, there = building.rooms
    here.house = [here.card]
    first = here.open(building.where(here))
    eventually(lambda: first.is_open)
    here.house = [here.card, there.added_in(first.generation())]
    eventually(lambda: first.is_open and first.take(1) == "won")


def test_a_store_that_was_put_back_to_an_earlier_day_gives_no_turn(house, tmp_path):
    building = house()
    building.open()
    here, there = building.rooms
    assert take(here) == "won"
    here.turn = there.turn = 1
    os.kill(building.server, signal.SIGSTOP)
    shutil.copytree(here.folder / "js", tmp_path / "kept")
    os.kill(building.server, signal.SIGCONT)
    assert take(there) == "won"
    here.turn = there.turn = 2

    def put_back() -> None:
        shutil.rmtree(here.folder / "js")
        shutil.copytree(tmp_path / "kept", here.folder / "js")

    building.kill(put_back)
    assert {take(here), take(there)} == {"unheard"}


def test_a_turn_that_was_won_and_never_written_is_passed_on(house):
    building = house()
    building.open()
    here, there = building.rooms
    assert take(here) == "won"
    eventually(lambda: here.passed == [1])
    there.turn = 1
    assert take(there) == "won"


def test_what_a_kiosk_had_won_that_was_removed_is_free(house):
    building = house(3)
    building.open()
    here, there, third = building.rooms
    assert take(third) == "won"
    third.close()
    assert take(here) == "lost"
    for room in (here, there):
        room.house = room.house[:2]
    eventually(lambda: here.wire.is_open and there.wire.is_open and take(here) == "won")
    assert take(there) == "lost"


def test_the_turn_of_a_kiosk_that_is_taken_off_goes_to_one_of_those_who_take_it_off(house):
    """If both had it the other would never again be believed: two entries in one turn."""
    building = house(3)
    building.open()
    here, there, third = building.rooms
    assert take(third) == "won"
    third.turn = 1
    assert take(third) == "won"
    third.close()
    assert take(here) == "lost"
    assert there.wire.take(1, "k3") == "won"
    assert here.wire.take(1, "k3") == "lost"


def test_a_turn_that_another_one_wrote_is_not_taken_for_that_of_the_kiosk_that_is_taken_off(house):
    building = house(3)
    building.open()
    here, there, third = building.rooms
    assert take(there) == "won"
    here.takes = False
    there.wrote.append("first")
    there.turn = third.turn = 1
    eventually(lambda: third.heard.get("k2") == ["first"])
    assert take(third) == "won"
    third.close()
    assert here.wire.take(1, "k3") == "lost"


def test_the_keeper_of_the_claims_is_taken_off_by_three_when_it_is_gone(house, tmp_path):
    """It never says how far it was."""
    building = house(3)
    building.open()
    gone, here, there = building.rooms
    assert take(here) == "won"
    here.turn = there.turn = 1
    building.close()
    building.rooms = [here, there, gone]
    for room in (here, there):
        room.open(building.where(room))
        eventually(lambda room=room: room.wire.is_open)
    assert take(here) == "unheard"
    assert here.wire.take(2, "k1") == "won"
    here.turn = 2
    assert take(there) == "lost"
    for room in (here, there):
        room.house = [here.card, there.card]
    there.turn = 2
    eventually(lambda: take(there) == "won")


def test_a_kiosk_that_hears_nothing_says_so_and_takes_no_turn(house):
    building = house()
    there = building.rooms[1]
    there.open(building.where(there))
    assert [take(there), there.wire.holder(1), there.wire.generation()] == ["unheard", None, ""]
    building.keeper.open(building.where(building.keeper))
    eventually(lambda: take(there) == "won")


BRACKETS = b'{"more":' + b"[" * 50_000 + b"]" * 50_000 + b"}"


@pytest.mark.parametrize("said", [b'{"number":9007199254740993,"device":"k2"}', b"9" * 40, BRACKETS, b"\xff\xfe"])
def test_a_turn_that_follows_nothing_stops_nobody(house, said):
    """Or one kiosk says a number, and no other ever writes again."""
    building = house()
    first, second = building.open()
    here, there = building.rooms
    assert take(here) == "won"
    here.turn = there.turn = 1
    asyncio.run_coroutine_threadsafe(second._client.publish("turn", said), second._loop).result(5)
    asyncio.run_coroutine_threadsafe(second._client.flush(), second._loop).result(5)
    eventually(lambda: take(here) == "won")
    assert first.holder(2) == "k1"
    assert take(there) == "lost"


def test_a_turn_that_is_far_ahead_is_waited_for_while_anything_is_missing(house):
    building = house()
    first, second = building.open()
    here, there = building.rooms
    here.takes = False
    there.wrote.append("something")
    eventually(lambda: "k2" in first._heard and first._heard["k2"][1].last == 1)
    said = b'{"number":9007199254740993,"device":"k2"}'
    asyncio.run_coroutine_threadsafe(second._client.publish("turn", said), second._loop).result(5)
    asyncio.run_coroutine_threadsafe(second._client.flush(), second._loop).result(5)
    assert take(here) == "lost"


def test_lines_that_end_leave_nothing_in_the_log_that_nobody_can_mend(house, caplog):
    building = house()
    building.open()
    building.kill()
    building.close()
    assert "eof_received" not in caplog.text
