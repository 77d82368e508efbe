"""What the holder of a card can count on: the kiosk knows it, and takes nothing else for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import SECRET_BYTES, new_code, read_code, write_code

CODE = write_code(bytes(range(SECRET_BYTES)))


@given(st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES))
def test_a_code_says_its_secret(secret: bytes) -> None:
    """Without this a member's card would be a stranger's."""
    assert read_code(write_code(secret)) == secret


def test_cards_in_use_stay_good() -> None:
    """The form of the code is on paper in people's pockets; it can't change any more."""
    assert CODE == "CK1-AAAQEAYEAUDAOCAJBIFQYDIOB4-T3OF"
    assert read_code("CK1-AAAQEAYEAUDAOCAJBIFQYDIOB4-T3OF") == bytes(range(16))


def test_no_two_cards_are_alike() -> None:
    """Without this two people would be one."""
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(read_code(code) for code in codes)


@pytest.mark.parametrize("text", [f"  {CODE}\t", CODE.lower(), f"{CODE}\n"])
def test_a_scanner_may_add_spaces_or_small_letters(text: str) -> None:
    """Without this a scanner set up a little differently would lock everybody out."""
    assert read_code(text) == bytes(range(16))


@given(st.integers(0, len(CODE) - 1), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789- é"))
def test_one_misread_sign_is_noticed(place: int, sign: str) -> None:
    """Without this a scratch on a card could open somebody else's account."""
    misread = CODE[:place] + sign + CODE[place + 1 :]
    assert misread == CODE or read_code(misread) is None


@given(st.text(max_size=60))
def test_whatever_else_is_shown_is_no_card(text: str) -> None:
    """A poster, a shop's loyalty card or a web address must open nothing and break nothing."""
    assert read_code(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        CODE[:-1],
        CODE + "A",
        CODE.replace("CK1", "CK2"),
        CODE.replace("-", ""),
        CODE.replace("CK1-", "CK1-=", 1),
        write_code(b"\x90" * SECRET_BYTES).replace("S", "ſ"),
        CODE.replace("4", "٤"),
        f"{CODE} {CODE}",
    ],
)
def test_what_is_nearly_a_code_is_none(text: str) -> None:
    """Without this there would be several codes for one card, and a revoked one could come back as another."""
    assert read_code(text) is None


def test_unused_bits_at_the_end_are_not_taken() -> None:
    """Base32 leaves two bits over at the end of 16 bytes; a code that sets them is not the one that was printed."""
    import base64
    import hashlib

    body = CODE.rsplit("-", 1)[0][:-1] + "5"
    forged = f"{body}-{base64.b32encode(hashlib.sha256(body.encode()).digest()).decode()[:4]}"
    assert read_code(forged) is None


@pytest.mark.parametrize("length", [0, 15, 17])
def test_a_secret_of_another_length_is_refused(length: int) -> None:
    """Without this a short secret could be guessed."""
    with pytest.raises(ValueError, match="16 bytes"):
        write_code(bytes(length))
