"""A day's swaps on a poster: scanned in any order, by tired people, and perhaps made by hostile ones."""

import hashlib
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.letters.codes import HEAD, Pieces, as_codes, base45, from_base45, is_code, put_together, scan
from kiosk.sealing.note import Bad

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=4000)


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0")],
)
def test_the_examples_of_rfc_9285(data, text):
    assert base45(data) == text
    assert from_base45(text) == data


@given(st.binary(max_size=300))
def test_bytes_come_back(data):
    assert from_base45(base45(data)) == data


@settings(deadline=None)
@given(TEXTS, st.randoms())
def test_a_segment_comes_back_in_whatever_order_its_codes_are_scanned(text, dice):
    codes = list(as_codes(text) or ())
    scanned = codes + dice.sample(codes, dice.randint(0, len(codes)))
    dice.shuffle(scanned)
    pieces = Pieces()
    for code in scanned:
        assert is_code(code)
        taken = scan(pieces, code)
        assert isinstance(taken, Pieces)
        pieces = taken
    assert not pieces.missing()
    assert put_together(pieces) == text


def test_what_is_missing_is_told():
    codes = as_codes("".join(hashlib.sha256(bytes([i])).hexdigest() for i in range(60)))
    assert codes is not None
    assert len(codes) > 2
    pieces = scan(Pieces(), codes[1])
    assert isinstance(pieces, Pieces)
    assert pieces.missing() == (1, *range(3, len(codes) + 1))
    assert isinstance(put_together(pieces), Bad)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_other_code_is_taken_for_letters(text):
    assert isinstance(scan(Pieces(), text), Bad)
    assert isinstance(scan(Pieces(), f"{HEAD}:{text}"), Bad)


def test_a_code_that_would_grow_without_end_is_refused_before_it_does():
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = base45(packing.compress(b"0" * 30_000_000) + packing.flush())
    parts = [packed[place : place + 900] for place in range(0, len(packed), 900)]
    pieces = Pieces("00000000", len(parts), dict(enumerate(parts, 1)))
    tracemalloc.start()
    assert isinstance(put_together(pieces), Bad)
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()
