"""The badge reader on its wire: the real driver against a chip that speaks the real bytes.

Behaviours are numbered as in the hardware notes; those of a bad or taken line are in tests/faults.
"""

from collections.abc import Iterator

import pytest

from hardware.plugged import LineTiming
from hardware.pn532 import Pn532Reader, Pn532Timing
from hardware.pretend.ear import Ear
from hardware.pretend.pn532 import PretendCard, PretendPn532
from hardware.signals import CardGone, CardsAmbiguous, CardSeen, DeviceState

QUICK = Pn532Timing(poll=0.02, rest=0.002, ack=0.3, answer=0.3, first_acks=(0.3, 0.5, 1.5))
SOON = LineTiming(first_retry=0.05, longest_retry=0.2, look_every=0.05)

A = bytes.fromhex("04A1B2C3")
B = bytes.fromhex("047BCB51962280")
TEN = bytes.fromhex("04112233445566778899")
PHONE = bytes.fromhex("08112233")


@pytest.fixture
def chip() -> Iterator[PretendPn532]:
    with PretendPn532() as chip:
        yield chip


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def reader(chip: PretendPn532, ear: Ear) -> Iterator[Pn532Reader]:
    reader = Pn532Reader(chip.path, timing=QUICK, line_timing=SOON)
    reader.start(ear)
    ear.wait_for_state(DeviceState.READY)
    yield reader
    reader.stop()


def looks(chip: PretendPn532) -> int:
    """How often it was asked for cards."""
    return sum(command[:1] == b"\x4a" for command in chip.commands)


def wait_for_looks(chip: PretendPn532, ear: Ear, more: int) -> None:
    """Until it was asked so many times more."""
    enough = looks(chip) + more
    ear.wait_until(lambda: looks(chip) >= enough, f"{more} more looks")


def test_it_wakes_the_chip_makes_sure_what_it_is_and_keeps_it_from_thinking_for_ever(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear
) -> None:
    """Behaviour 9, first half: the chip is told to give up looking for a card after a few tries."""
    wait_for_looks(chip, ear, 1)
    assert [command[:2].hex() for command in chip.commands[:4]] == ["1401", "02", "3205", "4a02"]
    retries = chip.commands[2][4]
    assert retries < 0xFF
    assert ear.heard[0] == ear.wait_for_state(DeviceState.READY)
    assert reader.status().detail == "PN532, firmware 1.6"


def test_a_card_is_seen_and_gone(reader: Pn532Reader, chip: PretendPn532, ear: Ear) -> None:
    chip.tap(A)
    seen = ear.wait_for(CardSeen)
    chip.away()
    gone = ear.wait_for(CardGone)
    assert (seen.uid, seen.tech, seen.random, seen.device) == (A, "nfc", False, "badge reader")
    assert gone.uid == A
    assert seen.at < gone.at


@pytest.mark.parametrize("uid", [A, B, TEN], ids=["4 bytes", "7 bytes", "10 bytes"])
def test_behaviour_11_every_length_of_number_is_seen_whole(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear, uid: bytes
) -> None:
    """Behaviour 11: every kind of badge sold can be used."""
    chip.tap(uid)
    assert ear.wait_for(CardSeen).uid == uid


@pytest.mark.parametrize("uid", [b"", b"\x01" * 5, b"\x01" * 8, bytes(4), b"\xff" * 7])
def test_behaviour_11_impossible_numbers_are_counted_and_nobody_and_the_next_card_works(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear, uid: bytes
) -> None:
    """Behaviour 11: a card that cannot be is no member, and stops nobody else."""
    chip.tap(PretendCard(uid))
    ear.wait_until(lambda: reader.status().errors > 0, "an error counted")
    chip.tap(A)
    assert ear.wait_for(CardSeen).uid == A


def test_behaviour_12_a_phone_is_seen_as_random(reader: Pn532Reader, chip: PretendPn532, ear: Ear) -> None:
    """Behaviour 12: a made-up number says so, and its long introduction does not confuse the reader."""
    chip.tap(PHONE)
    seen = ear.wait_for(CardSeen)
    assert (seen.uid, seen.random) == (PHONE, True)


def test_behaviour_13_two_cards_at_once_choose_nobody(reader: Pn532Reader, chip: PretendPn532, ear: Ear) -> None:
    """Behaviour 13: no login with two cards; after one is taken away the other works."""
    chip.tap([A, B])
    ear.wait_for(CardsAmbiguous)
    wait_for_looks(chip, ear, 5)
    assert ear.all(CardSeen) == []
    chip.tap(B)
    assert ear.wait_for(CardSeen).uid == B
    assert len(ear.all(CardsAmbiguous)) == 1


def test_behaviour_14_a_card_left_lying_is_seen_once_and_at_every_look(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear
) -> None:
    """Behaviour 14: the field is reset after each look, else the chip finds a card only every second time."""
    chip.tap(A)
    ear.wait_for(CardSeen)
    wait_for_looks(chip, ear, 10)
    after_seen = [command.hex() for command in chip.commands]
    first_reset = after_seen.index("5200")
    assert after_seen[first_reset : first_reset + 4] == ["5200", "320100", "320101", "4a0200"]
    assert len(ear.all(CardSeen)) == 1
    assert ear.all(CardGone) == []


def test_behaviour_15_a_swapped_card_is_gone_before_the_next_is_seen(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear
) -> None:
    """Behaviour 15: what B does is never booked to A."""
    chip.tap(A)
    ear.wait_for(CardSeen)
    chip.tap(B)
    ear.wait_for(CardSeen, 2)
    cards = [signal for signal in ear.heard if isinstance(signal, (CardSeen, CardGone))]
    assert [(type(signal), signal.uid) for signal in cards] == [(CardSeen, A), (CardGone, A), (CardSeen, B)]


def test_a_card_is_said_before_the_field_is_reset(chip: PretendPn532) -> None:
    """Who taps waits for the screen, not for the chip's housekeeping."""
    given_when_seen: list[tuple[bytes, ...]] = []
    ear = Ear()

    def listen(signal: object) -> None:
        if isinstance(signal, CardSeen):
            given_when_seen.append(chip.commands)
            ear(signal)

    reader = Pn532Reader(chip.path, timing=QUICK, line_timing=SOON)
    chip.tap(A)
    reader.start(listen)
    ear.wait_for(CardSeen)
    reader.stop()
    assert given_when_seen[0][-1].hex() == "4a0200"


def test_another_chip_is_not_taken_for_a_badge_reader(ear: Ear) -> None:
    """Somebody plugs the wrong board in: the kiosk says so, and does not guess."""
    with PretendPn532(ic=0x07) as chip:
        reader = Pn532Reader(chip.path, timing=QUICK, line_timing=SOON)
        reader.start(ear)
        fault = ear.wait_for_state(DeviceState.FAULT)
        reader.stop()
    assert "not a PN532" in fault.detail
    assert "07 01 06 07" in fault.detail


def test_a_listener_that_fails_does_not_stop_the_reader(chip: PretendPn532, ear: Ear) -> None:
    """A fault in the house must not make the reader deaf."""

    def listen(signal: object) -> None:
        if isinstance(signal, CardSeen):
            ear(signal)
        raise RuntimeError("the listener stumbles")

    reader = Pn532Reader(chip.path, timing=QUICK, line_timing=SOON)
    reader.start(listen)
    chip.tap(A)
    ear.wait_for(CardSeen)
    chip.tap(B)
    assert ear.wait_for(CardSeen, 2).uid == B
    reader.stop()


def test_after_stop_it_is_silent_lets_go_of_the_port_and_can_start_again(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear
) -> None:
    reader.stop()
    reader.stop()
    heard = len(ear.heard)
    assert reader.status().state is DeviceState.STOPPED
    assert not chip.heard
    chip.tap(A)
    assert len(ear.heard) == heard
    reader.start(ear)
    assert ear.wait_for(CardSeen).uid == A


def test_stopping_before_starting_is_harmless(chip: PretendPn532) -> None:
    reader = Pn532Reader(chip.path)
    reader.stop()
    assert reader.status().state is DeviceState.STOPPED
