"""One vote at two kiosks of a shop: everybody once, whichever they go to; the sum right, or nothing at all."""

import gc
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from two_houses import DUTY, TwoHouses

from kiosk.ballot_box import Approvals
from kiosk.commands import (
    AddKiosk,
    ArgueDownside,
    CountJar,
    GiveMoney,
    OpenCircle,
    OpenFriday,
    ProposeProject,
    SecondProject,
    Voice,
)
from kiosk.demo import MEMBERS, UIDS
from kiosk.events import ApprovalClosed, FridayClosed, RoundVoided
from kiosk.faces import BallotFace, WallFace
from kiosk.sealing.note import Signer
from kiosk.visit.hearing import Pressed
from kiosk.visit.step import Tick

HERE = MEMBERS[:5]
UP = ("Amina", "Jo", "Tomek", "Sara", "Priya")


@pytest.fixture
def both(tmp_path: Path) -> TwoHouses:
    """A round that is open upstairs, with a box by the door too."""
    both = TwoHouses(tmp_path)
    both.open_round(*HERE)
    both.upstairs.touch("also:k3")
    both.wait(2)
    return both


def approve(both: TwoHouses, kiosk: object, who: str, *wanted: str) -> None:
    kiosk.clock.ms += 5_000
    both.wait(1)
    kiosk.tap(who, after=0)
    kiosk.press(*("yes" if each in wanted else "no" for each in UP))


def ended(both: TwoHouses) -> object:
    both.settle()
    events = [entry.event for entry in both.upstairs.store.store.entries()]
    return next(event for event in reversed(events) if isinstance(event, ApprovalClosed | RoundVoided))


def test_everybody_votes_where_they_like_and_the_sum_is_written(both: TwoHouses):
    assert isinstance(both.door.faces[-1], BallotFace)
    approve(both, both.upstairs, "Amina", "Jo")
    approve(both, both.door, "Jo", "Sara")
    approve(both, both.door, "Tomek", "Sara")
    both.wait(2)
    assert both.upstairs.faces[-1].voted == both.door.faces[-1].voted == (3, 5)
    approve(both, both.upstairs, "Sara", "Jo")
    approve(both, both.door, "Priya", "Sara", "Tomek")
    assert both.upstairs.core.state.circle.approval is not None
    both.until(lambda: both.upstairs.core.state.circle.approval is None)
    assert ended(both) == ApprovalClosed(ended(both).round, DUTY, 5, "Sara", fund=ended(both).fund)
    both.tell_door()
    both.wait(2)
    assert isinstance(both.door.faces[-1], WallFace)
    assert both.door.other.state.duties[DUTY].coming == both.upstairs.core.state.duties[DUTY].coming == "Sara"


def test_who_has_voted_at_one_kiosk_has_voted(both: TwoHouses):
    approve(both, both.door, "Jo", "Sara")
    both.upstairs.tap("Jo")
    assert "begun at another kiosk" in both.shown[0]
    approve(both, both.upstairs, "Sara", "Jo")
    both.wait(1)
    both.door.tap("Sara", after=0)
    assert "begun at another kiosk" in both.shown[1]
    both.wait(2)
    assert both.door.faces[-1].voted == (2, 5)


def test_a_box_that_can_not_be_fetched_holds_the_counting_up_and_nothing_is_lost(both: TwoHouses):
    for who in ("Jo", "Tomek", "Priya"):
        approve(both, both.door, who, "Sara")
    approve(both, both.upstairs, "Amina", "Jo")
    both.wait(2)
    both.claims.cut_off = {"k3"}
    both.upstairs.hold()
    both.upstairs.clock.ms += 2_000
    both.upstairs.press("yes")
    assert "Nothing is counted without the ballots there" in both.shown[0]
    assert "“by the door”" in both.shown[0]
    both.wait(10)
    assert both.upstairs.core.state.circle.approval is not None
    assert "Nothing is heard of the kiosk" in both.shown[0]
    both.claims.cut_off = set()
    approve(both, both.upstairs, "Sara", "Jo")
    both.until(lambda: both.upstairs.core.state.circle.approval is None)
    assert ended(both).coming == "Sara"
    assert ended(both).ballots == 5


def test_an_answer_that_was_lost_on_the_way_is_given_again(both: TwoHouses):
    for who in ("Jo", "Tomek", "Priya"):
        approve(both, both.door, who, "Sara")
    for who in ("Amina", "Sara"):
        approve(both, both.upstairs, who, "Jo")
    both.wait(1)
    both.claims.deaf = {both.device}
    both.wait(8)
    assert both.upstairs.core.state.circle.approval is not None
    assert both.door.house._booths.handed_over
    both.claims.deaf = set()
    both.until(lambda: both.upstairs.core.state.circle.approval is None)
    assert ended(both).ballots == 5
    assert ended(both).coming == "Sara"


def test_it_can_be_given_up_instead_and_taken_again(both: TwoHouses):
    approve(both, both.door, "Jo", "Sara")
    both.claims.asked = lambda _by, _device, _question: None
    both.upstairs.hold()
    both.upstairs.clock.ms += 2_000
    both.upstairs.press("no")
    assert isinstance(ended(both), RoundVoided)
    both.tell_door()
    assert both.door.other.state.circle.approval is None
    assert not both.door.house._vote.has_box


def test_a_box_that_is_gone_with_the_power_makes_the_vote_void(both: TwoHouses):
    approve(both, both.door, "Jo", "Sara")
    both.wait(2)
    both.door.start()
    both.wait(3)
    assert isinstance(ended(both), RoundVoided)
    assert "The power was cut." in both.shown[0]


def test_a_box_that_is_gone_is_found_out_while_it_is_counted_too(both: TwoHouses):
    approve(both, both.door, "Jo", "Sara")
    approve(both, both.upstairs, "Amina", "Jo")
    approve(both, both.upstairs, "Sara", "Jo")
    both.door.start()
    both.upstairs.hold()
    both.upstairs.clock.ms += 2_000
    both.upstairs.press("yes")
    assert isinstance(ended(both), RoundVoided)


def test_where_the_first_kiosk_is_not_heard_no_ballot_begins_and_the_screen_is_free_again(both: TwoHouses):
    both.claims.asked = lambda _by, _device, _question: None
    both.wait(4)
    assert isinstance(both.door.faces[-1], BallotFace)
    both.wait(6)
    assert isinstance(both.door.faces[-1], WallFace)
    assert "Nothing is heard" in both.shown[1]
    both.claims.asked = both._asked
    both.wait(2)
    assert isinstance(both.door.faces[-1], BallotFace)
    approve(both, both.door, "Jo", "Sara")
    assert both.door.faces[-1].voted == (1, 5)


def test_a_kiosk_that_said_yes_and_was_not_heard_takes_no_ballot(tmp_path: Path):
    """The one that opened the vote does not know of that box, and would not count it."""
    both = TwoHouses(tmp_path)
    both.open_round(*HERE)
    both.claims.deaf = {both.device}
    both.upstairs.touch("also:k3")
    assert "does not answer" in both.shown[0]
    both.claims.deaf = set()
    both.door.tap("Jo")
    assert both.door.house._vote.inside == 0
    both.door.press(*["yes"] * 5)
    assert both.door.house._vote.inside == 0
    both.wait(10)
    assert isinstance(both.door.faces[-1], WallFace)
    both.upstairs.touch("also:k3")
    both.wait(2)
    approve(both, both.door, "Jo", "Sara")
    assert both.door.faces[-1].voted == (1, 5)


def test_nobody_is_disturbed_who_stands_at_the_other_kiosk(tmp_path: Path):
    both = TwoHouses(tmp_path)
    both.open_round(*HERE)
    both.door.tap("Jo")
    shown = both.door.faces[-1]
    both.upstairs.touch("also:k3")
    assert "Somebody is at that kiosk" in both.shown[0]
    assert both.door.faces[-1] == shown


def test_the_vote_is_stopped_only_where_it_was_opened(both: TwoHouses):
    both.door.hold()
    assert "stopped where it was opened" in both.shown[1]
    both.door.touch("void")
    both.upstairs.clock.ms += 30 * 60_000
    both.wait(2)
    assert isinstance(ended(both), RoundVoided)
    assert not any(isinstance(entry.event, RoundVoided) for entry in both.door.other.record.written)


def test_nothing_of_one_box_alone_is_left_anywhere(both: TwoHouses):
    """Not in what goes over, not in either memory once it is counted, and the record has the sum."""
    others = ids_of_boxes()
    approve(both, both.door, "Jo", "Sara", "Priya")
    for who in ("Amina", "Sara", "Tomek"):
        approve(both, both.upstairs, who, "Jo")
    both.wait(2)
    both.upstairs.hold()
    both.upstairs.clock.ms += 2_000
    both.upstairs.press("yes")
    assert ended(both).ballots == 4
    assert not any(b"ballots" in each for each in both.carried)
    assert both.door.house._vote.inside == 0
    both.tell_door()
    assert both.door.house._booths.here is None
    assert ids_of_boxes() <= others


def ids_of_boxes() -> set[int]:
    """Of all boxes in memory; by their very type, as a weak reference to nothing has no class."""
    gc.collect()
    return {id(each) for each in gc.get_objects() if type(each) is Approvals}


def test_only_the_kiosk_that_opened_a_vote_is_told_anything(both: TwoHouses):
    approve(both, both.door, "Jo", "Sara")
    questions = [each for each in both.carried if b"how far" in each]
    assert both.door.house._answered_other("k4", questions[-1]) is None
    assert both.door.house._answered_other(both.device, b"what is in the box?") is None
    assert both.door.house._answered_other(both.device, b'{"more":' + b"[" * 50_000) is None
    assert (
        both.door.house._answered_other(both.device, b'{"type": "hand over", "vote": "k9/1", "booth": ""}') is None
    )
    assert both.door.house._vote.inside == 1


def test_a_show_of_hands_stays_in_its_room(tmp_path: Path):
    both = TwoHouses(tmp_path)
    both.upstairs.gather(*HERE)
    both.upstairs.ask()
    assert both.upstairs.core.state.circle.round is not None
    both.tell_door()
    both.upstairs.touch("also:k3")
    both.wait(2)
    assert isinstance(both.door.faces[-1], WallFace)
    assert not both.carried
    assert "also" not in both.shown[0]


def test_on_a_friday_each_ballot_stays_whole(tmp_path: Path):
    """Two who approve of one each have another share than one who approves of both: sums are not enough."""
    both = TwoHouses(tmp_path)
    kiosk = both.upstairs
    kiosk.wait(4 * 24 * 3600)
    badges = tuple(kiosk.key.hash("nfc", UIDS[name]) for name in MEMBERS)
    both.book(GiveMoney(badges[0], badges[1], 12000))
    for title, who in (("oven seal", badges[2]), ("second mixer", badges[3])):
        both.book(ProposeProject(who, title, 12000, "other"))
        both.book(SecondProject(f"{both.device}/{kiosk.store.next_number - 1}", badges[7]))
    both.book(OpenCircle(badges[0], badges, 3))
    for command in (*[Voice()] * len(badges), CountJar(12000, badges[:2])):
        both.book(command)
    seal, mixer = sorted(kiosk.core.state.projects)
    for command in (ArgueDownside(seal), ArgueDownside(mixer), OpenFriday("totals")):
        kiosk.house.book(command, lambda _: None)
    both.settle()
    both.tell_door()
    kiosk.hold()
    kiosk.touch("also:k3")
    both.wait(2)
    ballots = ("yn", "yn", "yn", "ny", "yn", "ny", "nn", "nn")
    for place, (who, presses) in enumerate(zip(MEMBERS, ballots, strict=True)):
        here = (kiosk, both.door)[place % 2]
        both.wait(1)
        here.tap(who, after=0)
        here.press(*("yes" if each == "y" else "no" for each in presses))
    both.until(lambda: kiosk.core.state.friday is None)
    (closed,) = [each.event for each in kiosk.store.store.entries() if isinstance(each.event, FridayClosed)]
    assert [each.project for each in closed.funded] == [seal]
    assert {each.project: each.ballots for each in closed.approvals} == {seal: 4, mixer: 2}
    assert closed.nothing == 2


def door_says(both: TwoHouses, instead: Callable[[bytes], bytes]) -> None:
    """By the door somebody has another program."""

    def asked(by: str, device: str, question: bytes) -> bytes | None:
        answer = both._asked(by, device, question)
        return instead(answer) if answer else None

    both.claims.asked = asked


def test_what_passes_says_nothing_of_a_ballot_by_its_length(tmp_path: Path):
    """Whoever holds the server between the kiosks, or listens to the air, sees how long it is."""
    long = set()
    for wanted in ((), UP):
        folder = tmp_path / f"{len(wanted)}"
        folder.mkdir()
        both = TwoHouses(folder)
        both.open_round(*HERE)
        both.upstairs.touch("also:k3")
        both.wait(2)
        for who in ("Jo", "Tomek", "Sara"):
            approve(both, both.door, who, *wanted)
        both.wait(1)
        both.upstairs.hold()
        both.upstairs.clock.ms += 2_000
        both.upstairs.press("yes")
        assert ended(both).ballots == 3
        long.add(next(len(each) for each in reversed(both.carried) if b"handed over" in each))
    assert len(long) == 1


def test_a_kiosk_that_says_that_all_have_voted_does_not_end_the_vote_before_they_have(both: TwoHouses):
    approve(both, both.upstairs, "Amina", "Jo")
    approve(both, both.door, "Sara", "Sara")
    door_says(both, lambda answer: answer.replace(b'"inside":1', b'"inside":4'))
    both.until(lambda: both.upstairs.core.state.circle.approval is None)
    assert isinstance(ended(both), RoundVoided)


def test_a_count_that_can_not_be_is_none(both: TwoHouses):
    approve(both, both.door, "Sara", "Sara")
    door_says(both, lambda answer: answer.replace(b'"inside":1', b'"inside":-3'))
    both.wait(3)
    assert both.upstairs.faces[-1].voted == (0, 5)
    both.claims.asked = lambda by, device, question: both._asked(
        by, device, question.replace(b'"elsewhere":0', b'"elsewhere":-9')
    )
    both.wait(3)
    assert both.door.faces[-1].voted == (1, 5)


def test_a_kiosk_that_is_off_does_not_keep_another_one_from_taking_ballots(tmp_path: Path):
    both = TwoHouses(tmp_path)
    key = str(Signer("commons-kiosk/k4", b"4" * 32).verifier)
    both.book(AddKiosk("k4", "in the yard", key, both.hands, "upstairs", str(both.signer.verifier)))
    both.open_round(*HERE)
    assert "also:k3" in both.shown[0]
    both.claims.asked = lambda _by, _device, _question: None
    both.upstairs.touch("also:k3")
    assert "also:k4" in both.shown[0]
    both.upstairs.touch("also:k4")
    assert "also:k3" in both.shown[0]


def test_what_waits_for_another_kiosk_is_said_and_what_is_pressed_meanwhile_is_for_no_candidate(both: TwoHouses):
    """Else whoever grows impatient approves of a name that they have not seen."""
    here = both.upstairs.house
    here._screen.start()
    began, asked = both.claims.of(both.device).ballot, []

    def slowly(opened: str, handle: str) -> str:
        here._inbox.put(Pressed("yes"))
        until = time.monotonic() + 5
        while time.monotonic() < until and "One moment" not in both.shown[0]:
            time.sleep(0.02)
        asked.append(both.shown[0])
        return began(opened, handle)

    both.upstairs.core.turns.ballot = slowly
    both.upstairs.tap("Amina")
    here._screen.stop()
    assert "One moment" in asked[0]
    assert "memory card" not in asked[0]
    while (heard := here._next()) != Tick():
        here.live_once(heard)
    assert both.upstairs.faces[-1].at == (1, 5)


def test_an_answer_finds_no_room_and_the_house_goes_on(both: TwoHouses):
    """Where the inbox is full the house would wait for itself, for ever."""
    house = both.upstairs.house
    both.claims.asked = lambda _by, _device, _question: None
    both.upstairs.clock.ms += 6_000
    while not house._inbox.full():
        house._inbox.put_nowait(Tick())
    ticking = threading.Thread(target=house.live_once, args=(Tick(),), daemon=True)
    ticking.start()
    ticking.join(5)
    assert not ticking.is_alive()
    while not house._inbox.empty():
        house._inbox.get()
    both.claims.asked = both._asked
    both.wait(8)
    approve(both, both.door, "Jo", "Sara")
    both.wait(2)
    assert both.upstairs.faces[-1].voted == (1, 5)


def test_what_is_not_heard_is_not_asked_for_without_end(both: TwoHouses):
    """Each time the screen stands still for seconds."""
    approve(both, both.door, "Jo", "Sara")
    both.wait(2)
    both.door.start()
    took = []
    both.upstairs.core.turns.take = lambda number, _without="", /: took.append(number) or "unheard"
    both.wait(20)
    assert 2 <= len(took) <= 3


def test_a_counting_that_is_not_heard_is_not_tried_without_end(both: TwoHouses):
    for who in UP:
        approve(both, both.upstairs, who, "Jo")
    took = []
    both.upstairs.core.turns.take = lambda number, _without="", /: took.append(number) or "unheard"
    both.wait(20)
    assert 2 <= len(took) <= 3


def test_a_question_that_somebody_sends_once_more_keeps_no_box_open(both: TwoHouses):
    """Who holds the way between two kiosks could else have people vote where nobody hears it."""
    both.wait(2)
    again = [each for each in both.carried if b"how far" in each][-1]
    both.claims.asked = lambda _by, _device, _question: None
    for _ in range(10):
        both.wait(1)
        assert both.door.house._answered_other(both.device, again) is None
    assert isinstance(both.door.faces[-1], WallFace)
    both.claims.asked = both._asked
    both.wait(2)
    assert isinstance(both.door.faces[-1], BallotFace)
