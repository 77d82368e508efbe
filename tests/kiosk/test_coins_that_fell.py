"""A coin that fell has happened: it is written down whoever stands there, and loses nobody their errand."""

from by_hand import Kiosk

from kiosk.events import CoinFell
from kiosk.faces import DialFace, WallFace
from kiosk.state import State, fold
from kiosk.visit.hearing import CoinHeard


def test_a_coin_in_the_middle_of_a_swap_is_thanked_for_and_the_swap_goes_on(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    kiosk.house.live_once(CoinHeard(cents=50, pulses=5))
    face = kiosk.faces[-1]
    assert isinstance(face, DialFace)
    assert face.frame.said is not None
    assert face.frame.said.words == "€ 0.50 for the commons"
    assert kiosk.core.state.funds["jar"].cents == 50


def test_a_coin_nobody_knows_is_kept_as_unknown_and_never_rounded(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.house.live_once(CoinHeard(cents=None, pulses=3))
    [*_, newest] = kiosk.store.entries()
    assert newest.event == CoinFell(cents=None, pulses=3)
    jar = kiosk.core.state.funds["jar"]
    assert (jar.cents, jar.unknown) == (0, 1)
    assert fold(kiosk.store.entries(), State()) == kiosk.core.state


def test_a_coin_does_not_keep_the_visit_of_somebody_open_who_has_gone(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.tap("Priya")
    kiosk.wait(15)
    kiosk.house.live_once(CoinHeard(cents=50, pulses=5))
    kiosk.wait(6)
    assert isinstance(kiosk.faces[-1], WallFace)


def test_a_coin_is_written_down_later_also_after_a_fault_of_our_own(tmp_path):
    """It has fallen; whatever went wrong, it is somebody's money."""
    kiosk = Kiosk(tmp_path)
    kiosk.store.stumbles = True
    kiosk.house.live_once(CoinHeard(cents=100, pulses=10))
    assert kiosk.gate[-1] is False, "no other coin is let in meanwhile"
    kiosk.wait(10)
    kiosk.store.stumbles = False
    kiosk.wait(10)
    assert kiosk.core.state.funds["jar"].cents == 100
    assert kiosk.gate[-1] is True
