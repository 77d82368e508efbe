"""A bad wire between kiosk and badge reader: noise, cuts, damage, delay. Nobody is taken for somebody else."""

from collections.abc import Iterator

import pytest

from hardware.plugged import LineTiming
from hardware.pn532 import Pn532Reader, Pn532Timing
from hardware.pretend.ear import Ear
from hardware.pretend.pn532 import CORRUPTIONS, PretendPn532
from hardware.signals import CardGone, CardSeen, DeviceState

QUICK = Pn532Timing(poll=0.02, rest=0.002, ack=0.3, answer=0.15, first_acks=(0.3, 0.5, 1.5))
SOON = LineTiming(first_retry=0.05, longest_retry=0.2, look_every=0.05)

A = bytes.fromhex("04A1B2C3")
B = bytes.fromhex("047BCB51962280")
NOISE = bytes.fromhex("00 FF 00 FF FF 00 FF D5 55 00 FF")
CARD_ANSWER_LENGTH = 19


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
    return sum(command[:1] == b"\x4a" for command in chip.commands)


def tap_works(chip: PretendPn532, ear: Ear, uid: bytes) -> None:
    before = len(ear.all(CardSeen))
    chip.tap(uid)
    assert ear.wait_for(CardSeen, before + 1).uid == uid


@pytest.mark.parametrize("length", range(1, 12))
def test_behaviour_5_noise_around_every_frame_hides_no_card(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear, length: int
) -> None:
    """Behaviour 5: one to eleven stray bytes before, between and behind."""
    chip.surround(NOISE[:length], NOISE[-length:], NOISE[:length])
    tap_works(chip, ear, A)


def test_behaviour_5_bytes_that_come_one_by_one_say_the_same(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear
) -> None:
    """Behaviour 5: a slow bridge changes nothing."""
    chip.trickle()
    tap_works(chip, ear, A)
    chip.away()
    ear.wait_for(CardGone)
    assert len(ear.all(CardSeen)) == 1


def test_noise_between_the_looks_is_forgotten(reader: Pn532Reader, chip: PretendPn532, ear: Ear) -> None:
    chip.garbage(bytes.fromhex("0000FF0CF4D54B0101000408049EB36E66A9"))  # a card nobody asked for
    chip.garbage()
    tap_works(chip, ear, A)


@pytest.mark.parametrize("what", CORRUPTIONS)
def test_behaviour_6_a_damaged_answer_is_counted_and_the_next_look_works(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear, what: str
) -> None:
    """Behaviour 6: bad checksums, wrong sender, wrong code, impossible lengths."""
    errors = reader.status().errors
    chip.corrupt(what)
    ear.wait_until(lambda: chip.spent and reader.status().errors > errors, "the error counted")
    tap_works(chip, ear, A)


@pytest.mark.parametrize("fault", ["nack", "error_frame"])
def test_behaviour_6_a_chip_that_does_not_understand_is_asked_again(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear, fault: str
) -> None:
    """Behaviour 6: NACK and the error frame."""
    errors = reader.status().errors
    getattr(chip, fault)()
    ear.wait_until(lambda: chip.spent and reader.status().errors > errors, "the error counted")
    tap_works(chip, ear, A)
    assert ear.wait_for_state(DeviceState.READY) is not None
    assert reader.status().state is DeviceState.READY


@pytest.mark.parametrize("length", range(CARD_ANSWER_LENGTH - 1))
def test_behaviour_7_an_answer_cut_after_any_byte_changes_nothing_and_is_asked_for_again(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear, length: int
) -> None:
    """Behaviour 7: the running command is aborted, no card is seen or gone, and the next look is whole."""
    tap_works(chip, ear, A)
    chip.cut(length)
    ear.wait_until(lambda: chip.spent, "the answer cut off")
    ear.wait_until(lambda: b"" in chip.commands, "the abort")
    assert [type(signal) for signal in ear.heard[1:]] == [CardSeen]
    tap_works(chip, ear, B)


def test_behaviour_8_a_late_answer_is_not_taken_for_the_current_one(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear
) -> None:
    """Behaviour 8: whoever was there before the command was aborted is not there now."""
    chip.tap(A)
    ear.wait_for(CardSeen)
    chip.away()
    ear.wait_for(CardGone)
    chip.answer_next(bytes.fromhex("4B 01 01 0044 00 07") + B)
    chip.late()
    ear.wait_until(lambda: chip.spent, "the late answer")
    enough = looks(chip) + 5
    ear.wait_until(lambda: looks(chip) >= enough, "five more looks")
    assert [seen.uid for seen in ear.all(CardSeen)] == [A]
    tap_works(chip, ear, A)


def test_behaviour_9_a_chip_that_acknowledges_and_then_is_silent_does_not_hang_the_reader(
    reader: Pn532Reader, chip: PretendPn532, ear: Ear
) -> None:
    """Behaviour 9: the reader notices, says it is lost, and recovers."""
    chip.silence_after_ack()
    ear.wait_for_state(DeviceState.LOST)
    chip.speak()
    ear.wait_for_state(DeviceState.READY, 2)
    tap_works(chip, ear, A)
