"""One person, one ballot, whichever kiosk of the house they go to: also while the server that keeps the claims is
killed, stopped, or has lost all it kept. Where it is not sure there is no ballot."""

import os
import random
import shutil
import signal
import threading

from .conftest import House, eventually

PEOPLE = 2_000
ROUND = "k1/17"


def race(house: House, people: list[str], hurt: threading.Event) -> dict[str, list[str]]:
    """Everybody goes to every kiosk, at the same time; who hears nothing tries again. Where each got a ballot."""
    got: dict[str, list[str]] = {person: [] for person in people}
    half = threading.Barrier(len(house.rooms) * 4)

    def stand_in_line(kiosk: int, part: int) -> None:
        wire = house.rooms[kiosk].wire
        assert wire is not None
        mine = people[part::4]
        for at in range(0, len(mine), 20):
            block = mine[at : at + 20]
            random.Random(kiosk).shuffle(block)
            for person in block:
                while (answer := wire.ballot(ROUND, person)) == "unheard":
                    hurt.wait(0.05)
                if answer == "won":
                    got[person].append(house.rooms[kiosk].device)
            if at <= len(mine) // 2 < at + 20:
                half.wait()
                if kiosk == part == 0:
                    hurt.set()

    places = [(kiosk, part) for kiosk in range(len(house.rooms)) for part in range(4)]
    lines = [threading.Thread(target=stand_in_line, args=place) for place in places]
    for each in lines:
        each.start()
    for each in lines:
        each.join()
    return got


def test_two_thousand_people_at_two_kiosks_and_the_server_killed_in_the_middle(house):
    building = house()
    first, second = building.open()
    assert first.open_round(ROUND) == "won"
    people = [f"p{number}" for number in range(PEOPLE)]
    hurt, killed = threading.Event(), []

    def kill() -> None:
        hurt.wait()
        killed.append(building.server)
        os.kill(building.server, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    got = race(building, people, hurt)
    killer.join()
    assert {person for person in people if len(got[person]) != 1} == set()
    assert {kiosk for (kiosk,) in got.values()} == {"k1", "k2"}
    assert building.server not in (0, *killed)
    for person in random.Random(1).sample(people, 50):
        again = {"k1": first.ballot(ROUND, person), "k2": second.ballot(ROUND, person)}
        assert again == {"k1": "lost", "k2": "lost"} | {got[person][0]: "won"}


def test_a_server_that_hangs_gives_no_ballot_and_afterwards_the_one_that_was_asked_for_first(house):
    building = house()
    first, second = building.open()
    assert first.open_round(ROUND) == "won"
    assert first.ballot(ROUND, "ada") == "won"
    os.kill(building.server, signal.SIGSTOP)
    try:
        assert first.ballot(ROUND, "bo") == "unheard"
    finally:
        os.kill(building.server, signal.SIGCONT)
    eventually(lambda: first.is_open and second.is_open)
    answers = [second.ballot(ROUND, "bo"), first.ballot(ROUND, "bo")]
    assert sorted(answers) == ["lost", "won"]
    assert second.ballot(ROUND, "ada") == "lost"


def test_whoever_walked_off_goes_on_at_the_same_kiosk_and_at_no_other(house):
    first, second = house().open()
    assert second.open_round(ROUND) == "won"
    assert [first.ballot(ROUND, "ada"), first.ballot(ROUND, "ada")] == ["won", "won"]
    assert second.ballot(ROUND, "ada") == "lost"
    assert [second.ballot(ROUND, "bo"), second.open_round(ROUND)] == ["won", "won"]


def test_where_nobody_marked_the_round_as_open_there_is_no_ballot(house):
    first, second = house().open()
    assert first.ballot(ROUND, "ada") == "unheard"
    assert first.open_round("k1/18") == "won"
    assert second.ballot(ROUND, "ada") == "unheard"
    assert second.ballot("k1/18", "ada") == "won"


def test_a_store_that_was_wiped_lets_nobody_vote_twice_in_the_round_that_is_open(house):
    building = house()
    first, second = building.open()
    assert first.open_round(ROUND) == "won"
    assert [first.ballot(ROUND, "ada"), second.ballot(ROUND, "bo")] == ["won", "won"]
    before = first.generation()
    building.wipe()
    assert first.generation() == second.generation() != before
    people = ("ada", "bo", "cy")
    assert {kiosk.ballot(ROUND, person) for kiosk in (first, second) for person in people} == {"unheard"}
    assert second.open_round("k2/5") == "won"
    assert first.ballot("k2/5", "ada") == "won"


def test_a_store_that_was_put_back_to_an_earlier_day_lets_nobody_vote_twice(house, tmp_path):
    building = house()
    first, second = building.open()
    assert first.open_round(ROUND) == "won"
    assert first.ballot(ROUND, "ada") == "won"
    assert second.ballot(ROUND, "di") == "won"

    os.kill(building.server, signal.SIGSTOP)
    shutil.copytree(building.keeper.folder / "js", tmp_path / "kept")
    os.kill(building.server, signal.SIGCONT)
    assert [first.ballot(ROUND, "bo"), second.ballot(ROUND, "cy")] == ["won", "won"]

    def put_back() -> None:
        shutil.rmtree(building.keeper.folder / "js")
        shutil.copytree(tmp_path / "kept", building.keeper.folder / "js")

    building.kill(put_back)
    assert {first.ballot(ROUND, "cy"), second.ballot(ROUND, "bo")} <= {"unheard", "lost"}


def test_what_was_claimed_is_thrown_away_once_the_vote_is_over(house):
    building = house()
    first, second = building.open()
    assert first.open_round(ROUND) == "won"
    assert [second.ballot(ROUND, "ada"), first.open_round("k1/170")] == ["won", "won"]
    assert second.ballot("k1/170", "ada") == "won"
    for wire in (first, second):
        wire.close_round(ROUND)
    eventually(lambda: second.ballot(ROUND, "ada") == "unheard")
    assert first.ballot("k1/170", "ada") == "lost"
