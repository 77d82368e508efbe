"""A segment may come from anybody, on a stick that was found in the street. What is not signed by a neighbour and
whole to the byte is refused with a sentence, and nothing of it is believed."""

import tracemalloc

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.amounts import EntryId
from kiosk.letters import (
    BEGINNING,
    Card,
    News,
    Offer,
    Posted,
    Segment,
    Wire,
    read_card,
    read_segment,
    write_card,
    write_segment,
)
from kiosk.letters.segment import LONGEST, MOST, fitting
from kiosk.sealing.note import Bad, Signer, sign

OURS = Signer("commons-kiosk/k1", bytes(32))
THEIRS = Signer("commons-kiosk/k2", bytes([1]) * 32)
LETTERS = (
    Posted(EntryId("k1/7"), 1_793_620_800_000, Offer("Ada", "Jo", 60, "repair", "2026-12-10")),
    Posted(EntryId("k1/9"), 1_793_620_900_000, News("We bake on Sundays now.", "decision")),
)
TEXT = write_segment(OURS, THEIRS.name, 1, BEGINNING, LETTERS)


def why(raw: bytes | str) -> str:
    read = read_segment(raw, OURS.verifier)
    assert isinstance(read, Bad), read
    assert read.why.isprintable()
    return read.why


def test_what_was_written_is_read():
    read = read_segment(TEXT, OURS.verifier)
    assert isinstance(read, Segment)
    assert (read.sender, read.to, read.number, read.previous) == (OURS.name, THEIRS.name, 1, BEGINNING)
    assert tuple(line.posted for line in read.lines) == LETTERS


def test_every_flipped_bit_is_found():
    raw = TEXT.encode()
    for place in range(len(raw)):
        for bit in range(8):
            changed = raw[:place] + bytes([raw[place] ^ 1 << bit]) + raw[place + 1 :]
            read = read_segment(changed, OURS.verifier)
            if isinstance(read, Segment):  # Base64 and a second spelling of the same signature say the same
                assert read == read_segment(TEXT, OURS.verifier)


def test_another_key_of_the_same_name_signs_nothing():
    forged = write_segment(Signer(OURS.name, bytes([9]) * 32), THEIRS.name, 1, BEGINNING, LETTERS)
    assert why(forged) == "nobody known has signed it"


def test_who_signs_must_be_who_it_says_it_is_from():
    text = TEXT.partition("\n\n")[0].replace("from commons-kiosk/k1", "from commons-kiosk/k2") + "\n"
    assert "another shop" in why(sign(text, OURS))


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "[]",
        '{"id":"k1/7","at":1,"letter":[]}',
        '{"id":"../../etc/passwd","at":1,"letter":{"letter":"news","words":"x"}}',
        '{"id":"k1/7","at":-1,"letter":{"letter":"news","words":"x"}}',
        '{"id":"k1/7","at":1,"letter":{"letter":"news","words":7}}',
        '{"id":"k1/7","at":1,"letter":{"letter":"offer","ours":"Ada","theirs":"Jo","minutes":1e300}}',
        '{"id":"k1/7","at":1,"letter":' + '{"a":' * 2000 + "1" + "}" * 2000 + "}",
        '{"id":"k1/7","at":1,"letter":{"letter":"news","words":"' + "x" * 9000 + '"}}',
    ],
)
def test_a_letter_that_is_none_spoils_the_whole_segment(line):
    head = TEXT.split("\n")[:5]
    text = "".join(f"{each}\n" for each in (*head, line, "end 1"))
    assert why(sign(text, OURS))


def test_a_kind_of_letter_that_is_newer_than_the_kiosk_is_kept_and_named():
    head = TEXT.split("\n")[:5]
    line = '{"id":"k1/7","at":1,"letter":{"letter":"garden party","when":"2027-05-01"}}'
    read = read_segment(sign("".join(f"{each}\n" for each in (*head, line, "end 1")), OURS), OURS.verifier)
    assert isinstance(read, Segment)
    assert [(each.kind, each.posted) for each in read.lines] == [("garden party", None)]


def test_a_newer_way_of_writing_is_told_as_such():
    text = TEXT.partition("\n\n")[0].replace("segment/1", "segment/2") + "\n"
    assert "newer" in why(sign(text, OURS))


@settings(deadline=None)
@given(st.binary(max_size=2000) | st.text(max_size=500))
def test_whatever_lies_on_a_stick_is_refused_in_a_sentence(raw):
    assert why(raw)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.text(max_size=8), st.integers(0, 40)), max_size=4))
def test_a_segment_that_was_cut_and_pasted_is_refused(cuts):
    text = TEXT
    for place, put, taken in cuts:
        text = text[:place] + put + text[place + taken :]
    read = read_segment(text, OURS.verifier)
    assert isinstance(read, Bad) or read == read_segment(TEXT, OURS.verifier)


def test_four_gigabytes_are_not_looked_at():
    tracemalloc.start()
    huge = memoryview(bytes(LONGEST + 1))
    assert "longer" in why(bytes(huge))
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_what_does_not_fit_waits_for_the_next_one():
    long = [Posted(EntryId(f"k1/{n}"), 1, News("x" * 110)) for n in range(1, 1000)]
    first = fitting(OURS.name, THEIRS.name, long)
    assert 0 < first <= MOST
    assert len(write_segment(OURS, THEIRS.name, 10**9, BEGINNING, long[:first]).encode()) <= LONGEST


def test_letters_keep_to_their_words_for_ever():
    """What is out with neighbours can't be taken back: the very bytes are written down here."""
    written = msgspec.json.encode(LETTERS[0], order="deterministic")
    assert written == (
        b'{"id":"k1/7","at":1793620800000,"letter":{"letter":"offer","ours":"Ada","theirs":"Jo",'
        b'"minutes":60,"work":"repair","until":"2026-12-10","note":""}}'
    )


def test_a_card_is_read_only_if_its_own_key_signed_it():
    wire = Wire("U" + "A" * 55, "MIIB" * 40, "10.0.0.11:7422")
    card = write_card("Canal Street", OURS, wire)
    assert read_card(card) == Card("Canal Street", OURS.verifier, wire)
    assert isinstance(read_card(card.replace("10.0.0.11", "10.0.0.12")), Bad)
    assert isinstance(read_card(card.replace("Canal", "Banal")), Bad)
    assert isinstance(read_card(TEXT), Bad)
