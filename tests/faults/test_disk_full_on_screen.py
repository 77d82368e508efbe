"""The card is full, or the box stumbles: nothing is booked that is not kept, and the next person can go on."""

from by_hand import Kiosk

from kiosk.faces import BoardFace, BookedFace, DialFace, Touch, WallFace
from kiosk.visit.hearing import CoinHeard


def test_a_full_card_books_nothing_says_so_and_goes_on_when_there_is_room(tmp_path):
    kiosk = Kiosk(tmp_path)
    before = kiosk.core.state
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    kiosk.store.full = True
    kiosk.tap("Wen")
    face = kiosk.faces[-1]
    assert isinstance(face, DialFace)
    assert face.frame.said is not None
    assert "The memory card is full" in face.frame.said.mend
    assert kiosk.core.state == before
    kiosk.store.full = False
    kiosk.tap("Wen")
    assert isinstance(kiosk.faces[-1], BookedFace)
    assert kiosk.core.state.balance("Priya") == before.balance("Priya") + 60


def test_a_fault_of_ours_ends_the_visit_and_not_the_kiosk(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    kiosk.store.stumbles = True
    kiosk.tap("Wen")
    face = kiosk.faces[-1]
    assert isinstance(face, WallFace)
    assert face.said is not None
    assert face.said.words == "Something went wrong here"
    kiosk.store.stumbles = False
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    kiosk.tap("Wen")
    assert isinstance(kiosk.faces[-1], BookedFace)


def test_a_coin_that_falls_on_a_full_card_is_booked_when_there_is_room_and_no_other_is_let_in(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.store.full = True
    kiosk.house.live_once(CoinHeard(cents=50, pulses=5))
    assert kiosk.gate == [False]
    assert kiosk.core.state.funds["jar"].cents == 0
    kiosk.store.full = False
    kiosk.wait(1)
    assert kiosk.core.state.funds["jar"].cents == 50
    assert kiosk.gate == [False, True]
    kiosk.wait(1)
    assert kiosk.core.state.funds["jar"].cents == 50


def test_an_entry_that_was_altered_is_an_alarm_and_the_kiosk_lives_on(tmp_path):
    kiosk = Kiosk(tmp_path)
    newest = kiosk.core.state.board.latest[-1]
    kiosk.store.damaged = newest
    kiosk.wait(1)
    wall = kiosk.faces[-1]
    assert isinstance(wall, WallFace)
    assert newest in repr(wall.alarms)
    assert len(wall.recent) > 0
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    kiosk.tap("Wen")
    assert isinstance(kiosk.faces[-1], BookedFace)


def test_a_screen_that_fails_does_not_silence_the_house(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.house.start()
    kiosk.blind = True
    kiosk.house.hear(Touch("choose", "people"))
    kiosk.house.ask(kiosk.stumble)
    kiosk.settle()
    kiosk.blind = False
    kiosk.house.hear(Touch("home"))
    kiosk.house.hear(Touch("choose", "board"))
    kiosk.settle()
    kiosk.house.stop()
    assert isinstance(kiosk.faces[-1], BoardFace)
