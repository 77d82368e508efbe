"""Frames of the badge reader: what is published is read, what is damaged is never taken for a badge."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.pn532_frames import (
    ACK,
    ERROR,
    FROM_HOST,
    LONGEST_DATA,
    NACK,
    TAIL_SILENCE,
    Frame,
    FrameParser,
    Kind,
    Piece,
    Target,
    UnreadableTargetsError,
    framed,
    targets_in,
)

MIFARE = "00 00 FF 0C F4 D5 4B 01 01 00 04 08 04 9E B3 6E 66 A9 00"
NOT_A_FRAMES_BYTES = [0x00, 0xFF, 0xD5, 0x55, 0x01, 0xFE, 0x7F]  # no frame can be made of these alone

noise = st.lists(st.sampled_from(NOT_A_FRAMES_BYTES), max_size=40).map(bytes)
answers = st.binary(min_size=1, max_size=LONGEST_DATA - 1)


def pieces_of(data: bytes, *, tfi: int = 0xD5) -> list[Piece]:
    """All that is in these bytes, once silence has followed."""
    parser = FrameParser(tfi=tfi)
    return parser.feed(data, now=0.0) + parser.tick(now=TAIL_SILENCE)


def frames_of(data: bytes, *, tfi: int = 0xD5) -> list[Frame]:
    return [piece for piece in pieces_of(data, tfi=tfi) if isinstance(piece, Frame)]


def data_of(data: bytes, *, tfi: int = 0xD5) -> list[bytes]:
    return [frame.data for frame in frames_of(data, tfi=tfi) if frame.kind is Kind.DATA]


FROM_CHIP_FRAMES = [
    ("0000FF02FED5151600", "15"),  # SAMConfiguration
    ("0000FF06FAD50332010607E800", "0332010607"),  # firmware 1.6
    ("0000FF0CF4D54B0101000408049EB36E66A900", "4B0101000408049EB36E66"),
    ("0000FF0CF4D54B0101000408046E8AE2B04400", "4B0101000408046E8AE2B0"),
    ("0000FF0FF1D54B010100440007047BCB51962280C000", "4B010100440007047BCB51962280"),
    ("0000FF0FF1D54B01010044000704A035B2BC2B80A100", "4B01010044000704A035B2BC2B80"),
    ("0000FF0FF1D54B010100440007041122334455662A00", "4B0101004400070411223344 5566"),
    ("0000FF0CF4D54B01010004080404A1B2C3B400", "4B01010004080404A1B2C3"),
    ("0000FF03FDD54B00E000", "4B00"),  # no card
    ("0000FF05FBD5013435368B00", "01343536"),  # Diagnose
    ("0000FF04FCD50700002400", "070000"),  # ReadRegister
    ("0000FF02FED5111A00", "11"),  # SetSerialBaudRate
    (
        "0000FF18E8D54B020100040804 04A1B2C3 0200440007 047BCB51962280 9300",
        "4B020100040804 04A1B2C3 0200440007 047BCB51962280",
    ),
    ("0000FF12EED54B0101034400 0A 04112233445566778899 8C00", "4B01010344000A04112233445566778899"),
    ("0000FF03FDD54101E900", "4101"),  # InDataExchange: card gone
]

FROM_HOST_FRAMES = [
    ("0000FF03FDD414011700", "1401"),
    ("0000FF05FBD4140100001700", "14010000"),
    ("0000FF05FBD4140114010200", "14011401"),
    ("0000FF02FED4022A00", "02"),
    ("0000FF06FAD43205FF0101F400", "3205FF0101"),
    ("0000FF04FCD4320100F900", "320100"),
    ("0000FF04FCD4320101F800", "320101"),
    ("0000FF04FCD44A0100E100", "4A0100"),
    ("0000FF04FCD44A0200E000", "4A0200"),
    ("0000FF05FBD440013004B700", "40013004"),
    ("0000FF03FDD45200DA00", "5200"),
    ("0000FF03FDD416100600", "1610"),
    ("0000FF05FBD4003132339600", "00313233"),
    ("0000FF09F7D44A010100FFFF0000E200", "4A010100FFFF0000"),
]


@pytest.mark.parametrize(("wire", "data"), FROM_CHIP_FRAMES)
def test_answers_published_by_others_are_read(wire: str, data: str) -> None:
    assert data_of(bytes.fromhex(wire)) == [bytes.fromhex(data)]


@pytest.mark.parametrize(("wire", "data"), FROM_HOST_FRAMES)
def test_commands_are_built_as_others_publish_them(wire: str, data: str) -> None:
    """A command with one wrong byte would leave the reader mute."""
    assert framed(bytes.fromhex(data)) == bytes.fromhex(wire)
    assert data_of(bytes.fromhex(wire), tfi=FROM_HOST) == [bytes.fromhex(data)]


def test_a_whole_conversation_as_published_is_read() -> None:
    wire = bytes.fromhex("0000FF00FF00 0000FF02FED5151600 0000FF00FF00 0000FF06FAD50332010607E800")
    kinds = [frame.kind for frame in frames_of(wire)]
    assert kinds == [Kind.ACK, Kind.DATA, Kind.ACK, Kind.DATA]


def test_a_wake_up_before_a_command_does_not_hide_it() -> None:
    wire = bytes.fromhex("55550000000000000000000000000000 FF03FDD414011700")
    assert data_of(wire, tfi=FROM_HOST) == [bytes.fromhex("1401")]


@pytest.mark.parametrize(("wire", "kind"), [(ACK, Kind.ACK), (NACK, Kind.NACK), (ERROR, Kind.ERROR)])
def test_the_short_frames_are_told_apart(wire: bytes, kind: Kind) -> None:
    assert [frame.kind for frame in pieces_of(wire) if isinstance(frame, Frame)] == [kind]


@pytest.mark.parametrize(
    ("wire", "what"),
    [
        ("0000FF05FBD5013435368A00", "data checksum, as nfcpy publishes it"),
        ("0000FF04FBD5013435368B00", "length checksum, as nfcpy publishes it"),
        ("0000FF05FBD4013435368C00", "from a host, not from the chip"),
        ("0000FF0000D54B00E000", "length zero"),
        ("0000FFFFFF7FFF82D54B00E000", "length beyond the longest"),
        ("0000FF01FFD52B00", "no code"),
        ("0000FF027E7F017F00", "error frame of the wrong length"),
    ],
)
def test_behaviour_6_a_damaged_answer_is_refused(wire: str, what: str) -> None:
    """Behaviour 6: nobody is taken for somebody else because the line was bad."""
    pieces = pieces_of(bytes.fromhex(wire))
    assert pieces, what
    assert not any(isinstance(piece, Frame) for piece in pieces), what


@pytest.mark.parametrize("bit", range(19 * 8))
def test_no_single_bit_makes_another_badge(bit: int) -> None:
    wire = bytearray.fromhex(MIFARE)
    wire[bit // 8] ^= 1 << bit % 8
    assert data_of(bytes(wire)) in ([], data_of(bytes.fromhex(MIFARE)))


def test_behaviour_7_an_answer_cut_anywhere_is_no_answer_and_hides_no_later_one() -> None:
    """Behaviour 7: after a cut answer and a silence, the next one is read."""
    whole = bytes.fromhex(MIFARE)
    for length in range(len(whole) - 1):  # the last byte is padding; the answer is whole without it
        parser = FrameParser()
        assert not [p for p in parser.feed(whole[:length], now=0.0) if isinstance(p, Frame)]
        assert not [p for p in parser.tick(now=TAIL_SILENCE) if isinstance(p, Frame)]
        assert [p.kind for p in parser.feed(whole, now=1.0) if isinstance(p, Frame)] == [Kind.DATA], length


def test_a_start_that_goes_on_for_ever_is_bounded() -> None:
    """A kiosk hangs for years; noise must not fill its memory."""
    parser = FrameParser()
    for moment in range(50):
        parser.feed(bytes.fromhex("00 FF FF FF 01 08 F7 D5") + bytes(range(1, 90)) * 3, now=float(moment))
        assert parser.waiting <= LONGEST_DATA + 8


def test_a_frame_waits_for_its_end_without_being_dropped_too_early() -> None:
    whole = bytes.fromhex(MIFARE)
    parser = FrameParser()
    assert parser.feed(whole[:9], now=0.0) == []
    assert parser.tick(now=TAIL_SILENCE * 0.9) == []
    assert [p.kind for p in parser.feed(whole[9:], now=0.09) if isinstance(p, Frame)] == [Kind.DATA]


def test_a_frame_carries_the_moment_of_its_last_byte() -> None:
    whole = bytes.fromhex(MIFARE)
    parser = FrameParser()
    parser.feed(whole[:9], now=4.0)
    [frame] = parser.feed(whole[9:], now=4.05)
    assert frame.at == 4.05


def test_a_frame_behind_a_false_start_is_found_once_silence_proves_it_false() -> None:
    false_start = bytes.fromhex("00 FF 20 E0 D5")
    whole = bytes.fromhex(MIFARE)
    parser = FrameParser()
    assert parser.feed(false_start + whole, now=0.0) == []
    assert [p.kind for p in parser.tick(now=TAIL_SILENCE) if isinstance(p, Frame)] == [Kind.DATA]
    assert parser.waiting == 0


def test_clear_forgets_half_a_frame() -> None:
    parser = FrameParser()
    parser.feed(bytes.fromhex(MIFARE)[:9], now=0.0)
    parser.clear()
    assert parser.feed(bytes.fromhex(MIFARE)[9:], now=0.0) == []


@pytest.mark.parametrize("size", [0, 265])
def test_a_frame_that_no_chip_could_take_is_not_built(size: int) -> None:
    with pytest.raises(ValueError, match=str(size)):
        framed(bytes(size))


def test_the_longest_frame_a_chip_sends_is_read_and_one_byte_more_is_none() -> None:
    """UM0701-02: 264 bytes behind TFI; what claims more is noise."""
    assert data_of(framed(bytes(264), tfi=0xD5)) == [bytes(264)]
    longer = bytes.fromhex("00 00 FF FF FF 01 0A F5 D5") + bytes(265) + bytes.fromhex("2B 00")
    assert data_of(longer) == []


@given(answers)
@settings(deadline=None)
def test_whatever_is_framed_is_read_back(data: bytes) -> None:
    assert data_of(framed(data, tfi=0xD5)) == [data]


@given(before=noise, data=answers, after=noise)
@settings(deadline=None)
def test_behaviour_5_noise_neither_hides_nor_makes_an_answer(before: bytes, data: bytes, after: bytes) -> None:
    """Behaviour 5: a first tap beside a humming motor still counts, and hum alone is nobody."""
    assert data_of(before + framed(data, tfi=0xD5) + after) == [data]


@given(junk=st.binary(max_size=60), cuts=st.lists(st.integers(0, 200), max_size=12), data=answers)
@settings(deadline=None)
def test_it_does_not_matter_in_what_pieces_the_line_brings_it(junk: bytes, cuts: list[int], data: bytes) -> None:
    wire = junk + ACK + junk + framed(data, tfi=0xD5) + junk
    parser = FrameParser()
    edges = [0, *sorted(min(cut, len(wire)) for cut in cuts), len(wire)]
    found: list[Piece] = []
    for start, end in itertools.pairwise(edges):
        found += parser.feed(wire[start:end], now=0.0)
    assert found + parser.tick(now=TAIL_SILENCE) == pieces_of(wire)


# -- what an answer says about cards


def targets(text: str) -> tuple[Target, ...]:
    return targets_in(bytes.fromhex(text))


@pytest.mark.parametrize(
    "uid", ["9EB36E66", "047BCB51962280", "04112233445566778899"], ids=["4 bytes", "7 bytes", "10 bytes"]
)
def test_behaviour_11_numbers_of_4_7_and_10_bytes_are_cards(uid: str) -> None:
    """Behaviour 11: every kind of badge sold can be used."""
    number = bytes.fromhex(uid)
    answer = bytes((1, 1, 0x00, 0x04, 0x08, len(number))) + number
    assert targets_in(answer) == (Target(number),)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("", "missing"),
        ("03", "two were asked for"),
        ("01", "cut off"),
        ("01 01 0004 08", "cut off"),
        ("01 01 0004 08 00", "0 bytes"),
        ("01 01 0004 08 05 0102030405", "5 bytes"),
        ("01 01 0004 08 08 0102030405060708", "8 bytes"),
        ("01 01 0004 08 0B 0102030405060708090A0B", "11 bytes"),
        ("01 01 0004 08 07 01020304", "shorter"),
        ("01 01 0004 08 04 00000000", "nothing but"),
        ("01 01 0004 08 07 FFFFFFFFFFFFFF", "nothing but"),
        ("02 01 0004 08 04 04A1B2C3", "cut off"),
        ("01 01 0004 20 04 04A1B2C3 09 7880", "ATS"),
        ("01 01 0004 20 04 04A1B2C3 00", "ATS"),
    ],
)
def test_behaviour_11_an_impossible_card_is_refused(answer: str, why: str) -> None:
    """Behaviour 11: a half-read number is nobody's badge."""
    with pytest.raises(UnreadableTargetsError, match=why):
        targets(answer)


def test_two_cards_are_both_listed_also_behind_a_phones_long_introduction() -> None:
    plain = targets("02 01 0004 08 04 04A1B2C3 02 0044 00 07 047BCB51962280")
    phone_first = targets("02 01 0004 20 04 08A1B2C3 05 78807002 02 0044 00 07 047BCB51962280")
    assert [target.uid.hex() for target in plain] == ["04a1b2c3", "047bcb51962280"]
    assert [target.uid.hex() for target in phone_first] == ["08a1b2c3", "047bcb51962280"]


def test_no_card_is_no_card() -> None:
    assert targets("00") == ()


@pytest.mark.parametrize(
    ("uid", "random"), [("08112233", True), ("04112233", False), ("08112233445566", False), ("80112233", False)]
)
def test_behaviour_12_a_phones_made_up_number_is_known_as_such(uid: str, random: bool) -> None:
    """Behaviour 12: a phone that shows a new number each time must not be enrolled as a badge."""
    assert Target(bytes.fromhex(uid)).random is random


@given(st.binary(max_size=40))
@settings(deadline=None)
def test_no_answer_at_all_breaks_the_reader(answer: bytes) -> None:
    try:
        found = targets_in(answer)
    except UnreadableTargetsError:
        return
    assert all(len(target.uid) in (4, 7, 10) for target in found)
