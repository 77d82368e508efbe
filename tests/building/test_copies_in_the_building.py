"""What one kiosk wrote comes to the others: all of it, in order, whoever was away, killed or wiped meanwhile."""

import os
import signal

from .conftest import House, Room, eventually


def write(room: Room, count: int) -> None:
    room.wrote.extend(f"{room.device}:{len(room.wrote) + at}" for at in range(count))


def agree(building: House) -> bool:
    return all(
        there.heard.get(here.device, []) == here.wrote
        for here in building.rooms
        for there in building.rooms
        if here is not there
    )


def test_three_kiosks_hear_of_each_other_while_the_server_is_killed_again_and_again(house):
    building = house(3)
    building.open()
    for turn in range(4):
        for room in building.rooms:
            write(room, 5 + turn)
        if turn:
            building.kill()
    eventually(lambda: agree(building))


def test_what_was_written_while_nobody_was_there_comes_later(house):
    building = house()
    here, there = building.rooms
    write(here, 30)
    write(there, 30)
    building.open()
    eventually(lambda: agree(building))


def test_a_kiosk_that_was_away_gets_what_another_wrote_that_is_away_now(house):
    building = house(3)
    building.open()
    _, second, third = building.rooms
    write(second, 3)
    eventually(lambda: agree(building))
    third.close()
    write(second, 9)
    eventually(lambda: building.keeper.heard["k2"] == second.wrote)
    second.close()
    third.open(building.where(third))
    eventually(lambda: third.heard["k2"] == second.wrote)


def test_a_wiped_store_is_filled_again_and_nothing_comes_twice(house):
    building = house()
    building.open()
    here, there = building.rooms
    write(here, 20)
    eventually(lambda: agree(building))
    there.takes = False
    write(here, 20)
    eventually(lambda: there.wire.reached("k1") is not None)
    building.wipe()
    there.takes = True
    write(here, 5)
    write(there, 5)
    eventually(lambda: agree(building))


def test_batches_that_were_cut_otherwise_before_leave_no_gap(house):
    building = house()
    building.open()
    here, there = building.rooms
    for _ in range(6):
        write(here, 1)
        eventually(lambda: agree(building))
    there.heard["k1"] = there.heard["k1"][:3]
    write(here, 4)
    eventually(lambda: agree(building))


def test_who_hangs_is_not_reached_after_a_while_and_is_again_when_it_goes_on(house):
    building = house()
    first, second = building.open()
    eventually(lambda: (second.reached("k1") or 99) < 2)
    os.kill(building.server, signal.SIGSTOP)
    eventually(lambda: not second.is_open and second.reached("k1") > 2)
    os.kill(building.server, signal.SIGCONT)
    eventually(lambda: second.is_open and second.reached("k1") < 2)
    assert first.ask("k2", b"how many?") == b"from k2: how many?"


def test_a_question_goes_from_memory_to_memory_and_is_kept_nowhere(house):
    building = house()
    first, second = building.open()
    assert second.ask("k1", b"THE TOTALS") == b"from k1: THE TOTALS"
    assert first.ask("k3", b"nobody is there") is None
    for path in building.keeper.folder.rglob("*"):
        assert path.is_dir() or b"THE TOTALS" not in path.read_bytes()
