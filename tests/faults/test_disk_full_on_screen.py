"""The card is full, or the box stumbles: nothing is booked that is not kept, and the next person can go on."""

from by_hand import Kiosk

from kiosk.faces import BookedFace, DialFace, WallFace


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
    assert "The card is full" in face.frame.said.mend
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
