"""A vote where the shop has another kiosk: one ballot for each person, and none without an answer."""

from pathlib import Path

import pytest
from by_hand import Kiosk
from kiosks import Claims
from kiosks import Kiosk as Other

from kiosk.commands import (
    AddKiosk,
    BeginDuty,
    CloseCircle,
    Command,
    JoinBuilding,
    OpenApproval,
    OpenCircle,
    RemoveKiosk,
    TakeEntries,
    Voice,
)
from kiosk.core import Booked
from kiosk.demo import MEMBERS, UIDS
from kiosk.events import Entry, KioskRemoved, RoundVoided
from kiosk.faces import BallotFace, WallFace
from kiosk.sealing.note import Signer
from kiosk.visit.ground import Answered
from kiosk.visit.places import Idle
from kiosk.visit.step import Tick

HERE = MEMBERS[:5]


class Pair:
    """A kiosk with buttons, and another one of the same shop upstairs."""

    def __init__(self, folder: Path) -> None:
        self.claims = Claims()
        self.kiosk = Kiosk(folder)
        self.device = self.kiosk.store.device
        self.signer = Signer(f"commons-kiosk/{self.device}", bytes(32))
        self.hands = tuple(self.kiosk.key.hash("nfc", UIDS[name]) for name in MEMBERS[:3])
        self.kiosk.core.turns = self.claims.of(self.device)
        self.other = Other("k3", self.kiosk.clock, self.claims)
        me = str(self.signer.verifier)
        self.book(AddKiosk("k3", "upstairs", self.other.key, self.hands, "by the door", me))
        self.book(BeginDuty("taking minutes", "approval", "week", self.hands))
        self.other.must(JoinBuilding(self.device, me))
        self.tell_other()

    def book(self, command: Command) -> None:
        assert isinstance(self.kiosk.core.handle(command), Booked)

    def tell_other(self) -> None:
        known = self.other.state.taken[self.device].number
        for batch in self.kiosk.store.batches(known, self.signer):
            self.other.must(TakeEntries(batch.text))

    def tell_here(self) -> None:
        """As the wire does it."""
        known = self.kiosk.core.state.taken.get("k3")
        for batch in self.other.says(known.number if known else 0):
            self.kiosk.house.book(TakeEntries(batch.text), lambda _: None)
        while not self.kiosk.house._inbox.empty():
            self.kiosk.house._answer(self.kiosk.house._inbox.get())

    def open_round(self) -> None:
        self.kiosk.gather(*HERE)
        self.kiosk.press("no", "no", "yes", "yes")
        assert isinstance(self.kiosk.faces[-1], BallotFace)

    @property
    def shown(self) -> str:
        return repr(self.kiosk.faces[-1])


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def test_a_ballot_that_was_begun_at_another_kiosk_is_none_here(pair: Pair):
    pair.open_round()
    opened = pair.kiosk.core.state.circle.approval.id
    pair.claims.begun[(opened, "Jo")] = "k3"
    pair.kiosk.tap("Jo")
    assert "begun at another kiosk" in pair.shown
    pair.kiosk.press("yes", "yes", "yes", "yes", "yes")
    assert pair.kiosk.faces[-1].voted == (0, 5)
    pair.kiosk.tap("Sara")
    pair.kiosk.press(*["yes"] * 5)
    assert pair.kiosk.faces[-1].voted == (1, 5)


def test_without_an_answer_there_is_no_ballot_and_with_one_it_goes_on(pair: Pair):
    pair.open_round()
    pair.claims.cut_off = {pair.device}
    pair.kiosk.tap("Jo")
    assert "No ballot can be taken just now" in pair.shown
    pair.kiosk.press("yes")
    assert pair.kiosk.faces[-1].voted == (0, 5)
    pair.claims.cut_off = set()
    pair.kiosk.tap("Jo")
    pair.kiosk.press(*["yes"] * 5)
    assert pair.kiosk.faces[-1].voted == (1, 5)


def test_whoever_walked_off_begins_again_at_the_same_kiosk(pair: Pair):
    pair.open_round()
    pair.kiosk.tap("Jo")
    pair.kiosk.tap("Sara")
    pair.kiosk.tap("Jo")
    pair.kiosk.press(*["yes"] * 5)
    assert pair.kiosk.faces[-1].voted == (1, 5)


def test_a_start_does_not_end_a_vote_that_another_kiosk_takes(pair: Pair):
    badges = tuple(pair.kiosk.key.hash("nfc", UIDS[name]) for name in HERE)
    pair.other.must(OpenCircle(badges[0], badges, 3))
    for _ in range(len(HERE)):
        pair.other.must(Voice())
    pair.other.must(OpenApproval("taking minutes"))
    pair.tell_here()
    pair.kiosk.house.begin()
    assert pair.kiosk.core.state.circle.approval is not None
    pair.kiosk.hold()
    assert "This vote is taken at the kiosk “upstairs”" in pair.shown
    assert isinstance(pair.kiosk.house._visit.place, Idle)
    pair.book(RemoveKiosk("k3", pair.hands))
    assert pair.kiosk.core.state.circle.approval is None
    events = [entry.event for entry in pair.kiosk.store.store.entries()]
    assert isinstance(events[-1], RoundVoided)


def test_a_circle_that_was_closed_at_the_other_kiosk_is_left_here_too(pair: Pair):
    pair.kiosk.gather(*HERE)
    pair.tell_other()
    pair.other.must(CloseCircle())
    pair.tell_here()
    assert isinstance(pair.kiosk.faces[-1], WallFace)
    assert "another kiosk" in pair.shown


def test_an_entry_of_another_kiosk_that_means_nothing_here_is_answered_and_shown(pair: Pair):
    """Or the thread that fetches from all the others waits for the answer."""
    told: list[Answered] = []
    record = pair.other.record
    gone, turn = KioskRemoved("k9", pair.hands), pair.other.state.turn + 1
    record.append([Entry("k3", record.next_number, pair.other.clock.now(), gone, 1, turn)], {})
    *well, bad = pair.other.says()
    for batch in well:
        pair.book(TakeEntries(batch.text))
    pair.kiosk.house.book(TakeEntries(bad.text), told.append)
    pair.kiosk.house._answer(pair.kiosk.house._inbox.get())
    assert told[0].failed
    assert pair.kiosk.core.state.taken["k3"].number < bad.first
    pair.kiosk.house.live_once(Tick())
    assert "stumbled" in pair.shown


def test_nothing_is_asked_where_the_shop_has_one_kiosk(tmp_path: Path):
    kiosk = Kiosk(tmp_path)
    kiosk.core.turns = Unasked()
    kiosk.gather(*HERE)
    assert kiosk.core.state.circle is not None


class Unasked:
    """Whoever asks it waits for nobody."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(name)
