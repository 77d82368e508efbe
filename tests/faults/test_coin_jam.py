"""A coin jams, or a wire rattles: the acceptor is shut, named, and comes back by itself.

Behaviour 29 of the hardware notes; all that can be judged without a wire is in tests/hardware.
"""

from collections.abc import Iterator

import pytest

from hardware.pretend.ear import Ear
from hardware.pretend.pins import PretendPins
from hardware.rig import CoinSettings, Rig, RigSettings, open_rig
from hardware.signals import CoinDropped, CoinUnidentified, DeviceState

SETTINGS = RigSettings(coin_acceptor=CoinSettings(inhibit_pin=24, nominal_ms=25, settle=0.05))


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def pins() -> Iterator[PretendPins]:
    with PretendPins(SETTINGS) as pins:
        yield pins


@pytest.fixture
def rig(pins: PretendPins, ear: Ear) -> Iterator[Rig]:
    rig = open_rig(SETTINGS, pin_factory=pins.pin_factory)
    yield rig
    rig.stop()


def test_a_jammed_coin_shuts_the_acceptor_until_it_is_out(rig: Rig, pins: PretendPins, ear: Ear) -> None:
    rig.start(ear)
    ear.wait_until(lambda: pins.taking_coins, "the gate to open")
    pins.jam()
    change = ear.wait_for_state(DeviceState.FAULT)
    assert change.detail.startswith("coin acceptor: the coin line has been on for more than a second")
    assert not pins.taking_coins
    pins.unjam()
    ear.wait_for_state(DeviceState.READY, 2)
    pins.drop(50)
    assert ear.wait_for(CoinDropped).cents == 50
    assert ear.all(CoinUnidentified) == []


def test_a_line_that_is_on_from_the_start_is_a_fault_from_the_start(rig: Rig, pins: PretendPins, ear: Ear) -> None:
    """Behaviour 27: not a coin, and not an acceptor that swallows coins."""
    pins.jam()
    rig.start(ear)
    ear.wait_for_state(DeviceState.FAULT)
    assert not pins.taking_coins
    assert ear.all(CoinDropped) == []


def test_a_rattling_wire_gives_nobody_money(rig: Rig, pins: PretendPins, ear: Ear) -> None:
    rig.start(ear)
    ear.wait_until(lambda: pins.taking_coins, "the gate to open")
    pins.pulses([(0.003, 0.004)] * 30)
    pins.pulses([(0.025, 0.4)])
    assert ear.wait_for(CoinUnidentified).pulses == 1
    assert ear.all(CoinDropped) == []
    assert rig.status()["coin acceptor"].errors >= 1
