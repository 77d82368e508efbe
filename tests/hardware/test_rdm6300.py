"""The reader of 125 kHz tags: its checksum is really checked, a tag held there is one tag."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.plugged import LineTiming
from hardware.pretend.ear import Ear
from hardware.pretend.rdm6300 import PretendRdm6300
from hardware.rdm6300 import FRAME_LENGTH, Rdm6300Reader, TagParser, tag_frame
from hardware.signals import CardGone, CardSeen, DeviceState

TAG = bytes.fromhex("62E3086CED")
OTHER = bytes.fromhex("01000734E0")
DATASHEET = bytes.fromhex("02 3632453330383643 4544 3038 03")
PRINTED = bytes.fromhex("02 3031303030373334 4530 4432 03")
SOON = LineTiming(first_retry=0.05, longest_retry=0.2, look_every=0.05)

tags = st.binary(min_size=5, max_size=5).filter(lambda uid: set(uid) not in ({0x00}, {0xFF}))


def tags_in(data: bytes) -> list[bytes]:
    return TagParser().feed(data)


@pytest.mark.parametrize(("wire", "uid"), [(DATASHEET, TAG), (PRINTED, OTHER)])
def test_published_frames_are_read_and_built(wire: bytes, uid: bytes) -> None:
    assert tags_in(wire) == [uid]
    assert tag_frame(uid) == wire


def test_the_number_printed_on_the_tag_is_the_number_read() -> None:
    assert int.from_bytes(tags_in(PRINTED)[0][2:], "big") == 472288


@pytest.mark.parametrize("place", range(FRAME_LENGTH))
def test_behaviour_17_no_changed_character_makes_a_tag(place: int) -> None:
    """Behaviour 17: with an unchecked checksum a scratched line would log in somebody else."""
    for byte in set(range(256)) - {DATASHEET[place]}:
        changed = DATASHEET[:place] + bytes((byte,)) + DATASHEET[place + 1 :]
        same_digit = bytes((byte,)).lower() == DATASHEET[place : place + 1].lower()
        assert tags_in(changed) == ([TAG] if same_digit else []), changed


@given(tags, st.data())
@settings(deadline=None)
def test_behaviour_17_two_swapped_digits_make_no_other_tag_unless_the_checksum_says_so(
    uid: bytes, data: st.DataObject
) -> None:
    wire = bytearray(tag_frame(uid))
    place = data.draw(st.integers(1, 12))
    digit = data.draw(st.sampled_from(list(b"0123456789ABCDEF")))
    changed = wire[place] != digit
    wire[place] = digit
    assert tags_in(bytes(wire)) == ([] if changed else [uid])


@pytest.mark.parametrize("uid", [bytes(5), b"\xff" * 5])
def test_a_number_of_nothing_is_no_tag(uid: bytes) -> None:
    """A shorted coil must not become a member."""
    assert tags_in(tag_frame(uid)) == []


def test_characters_that_are_no_digits_are_refused_even_if_the_sum_is_right() -> None:
    assert tags_in(DATASHEET.replace(b"6", b"G")) == []
    assert tags_in(b"\x02" + "６2E3086CED08".encode() + b"\x03") == []


noise = st.binary(max_size=20).map(lambda data: data.replace(b"\x02", b"\x03"))


@given(noise, tags, noise, tags)
@settings(deadline=None)
def test_noise_hides_no_tag(before: bytes, one: bytes, between: bytes, other: bytes) -> None:
    assert tags_in(before + tag_frame(one) + between + tag_frame(other)) == [one, other]


@given(tags, st.integers(1, FRAME_LENGTH - 1))
@settings(deadline=None)
def test_a_tag_cut_off_does_not_hide_the_next(uid: bytes, length: int) -> None:
    assert tags_in(tag_frame(TAG)[:length] + tag_frame(uid)) == [uid]


@given(st.lists(tags, max_size=4), st.binary(max_size=10), st.lists(st.integers(0, 80), max_size=8))
@settings(deadline=None)
def test_it_does_not_matter_in_what_pieces_the_line_brings_it(
    uids: list[bytes], junk: bytes, cuts: list[int]
) -> None:
    wire = junk + b"".join(tag_frame(uid) for uid in uids) + junk
    edges = [0, *sorted(min(cut, len(wire)) for cut in cuts), len(wire)]
    parser = TagParser()
    found = [tag for start, end in itertools.pairwise(edges) for tag in parser.feed(wire[start:end])]
    assert found == tags_in(wire)


def test_refused_beginnings_are_counted() -> None:
    parser = TagParser()
    parser.feed(DATASHEET[:-3] + b"09\x03")
    assert parser.rejected == 1


@pytest.mark.parametrize("uid", [b"", b"1234", b"123456"])
def test_a_frame_is_built_for_five_bytes_only(uid: bytes) -> None:
    with pytest.raises(ValueError, match="five bytes"):
        tag_frame(uid)


def test_behaviour_17_a_tag_held_there_is_one_tag_and_one_swapped_in_is_another() -> None:
    """Behaviour 17, on the wire: the reader repeats itself about fifteen times a second."""
    ear = Ear()
    with PretendRdm6300() as wire:
        reader = Rdm6300Reader(wire.path, presence=2.0, line_timing=SOON)
        reader.start(ear)
        ear.wait_for_state(DeviceState.READY)
        wire.tap(TAG)
        seen = ear.wait_for(CardSeen)
        wire.tap(OTHER)
        ear.wait_for(CardSeen, 2)
        wire.away()
        ear.wait_for(CardGone, 2)
        reader.stop()
    assert (seen.uid, seen.tech) == (TAG, "em4100")
    told = [(type(signal), signal.uid) for signal in ear.heard if isinstance(signal, (CardSeen, CardGone))]
    assert told == [(CardSeen, TAG), (CardGone, TAG), (CardSeen, OTHER), (CardGone, OTHER)]


def test_a_bad_line_is_counted_and_the_tag_still_read() -> None:
    ear = Ear()
    with PretendRdm6300() as wire:
        reader = Rdm6300Reader(wire.path, presence=2.0, line_timing=SOON)
        reader.start(ear)
        ear.wait_for_state(DeviceState.READY)
        wire.garbage(b"\x02GARBAGE\x03")
        ear.wait_until(lambda: reader.status().errors > 0, "the error counted")
        wire.tap(TAG)
        assert ear.wait_for(CardSeen).uid == TAG
        reader.stop()
