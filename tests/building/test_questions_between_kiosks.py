"""Who asks and who answers is signed: nobody on the way, and no third kiosk, can ask or answer for another."""

import asyncio

import msgspec
import pytest

from kiosk.sealing.envelope import key_pair, seal, unseal
from kiosk.sealing.note import Signer
from kiosk.wire.asking import answer, question, read_answer, read_question
from kiosk.wire.copies import Writing, read_far

K1, K2, K3 = (Signer(f"commons-kiosk/k{number}", bytes([number]) * 32) for number in (1, 2, 3))
KEYS = {"k1": K1.verifier, "k2": K2.verifier, "k3": K3.verifier}


def test_a_question_and_its_answer_come_over():
    asked = question("k1", "k2", b"how far?", K1)
    assert read_question(asked, "k2", KEYS.get) == ("k1", b"how far?")
    assert read_answer(answer(asked, b"three", K2), asked, K2.verifier) == b"three"


def test_nobody_asks_for_another_and_nobody_listens_in_for_another():
    asked = question("k1", "k2", b"hand over", K3)
    assert read_question(asked, "k2", KEYS.get) is None
    assert read_question(question("k1", "k2", b"hand over", K1), "k3", KEYS.get) is None
    assert read_question(question("k9", "k2", b"hand over", K1), "k2", KEYS.get) is None


BRACKETS = b'{"more":' + b"[" * 50_000 + b"]" * 50_000 + b"}"


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b"[]", b'{"by": 1}', BRACKETS])
def test_what_is_no_question_and_no_answer_is_none(raw):
    assert read_question(raw, "k2", KEYS.get) is None
    assert read_answer(raw, b"asked", K2.verifier) is None


def test_an_answer_belongs_to_its_question_and_to_whoever_was_asked():
    first, again = question("k1", "k2", b"how far?", K1), question("k1", "k2", b"how far?", K1)
    assert read_answer(answer(first, b"three", K2), again, K2.verifier) is None
    assert read_answer(answer(first, b"three", K3), first, K2.verifier) is None
    assert read_answer(answer(first, b"three", K2), first, None) is None
    changed = msgspec.json.decode(answer(first, b"three", K2)) | {"body": "bm9uZQ=="}
    assert read_answer(msgspec.json.encode(changed), first, K2.verifier) is None


def test_what_is_sealed_is_opened_by_one_key_only():
    secret, public = key_pair()
    other, _ = key_pair()
    sealed = seal(b"five ballots", public)
    assert unseal(sealed, secret) == b"five ballots"
    assert unseal(sealed, other) is None
    assert unseal(sealed[:-1], secret) is None
    assert seal(b"five ballots", b"no key") is None


@pytest.mark.parametrize("raw", [None, b"", b"{}", b'{"last":1,"taken":{"\xff":1}}', BRACKETS])
def test_how_far_a_kiosk_is_may_be_anything_and_is_then_not_known(raw):
    """It is kept, and read whenever a session begins: what can't be read would end them all, for ever."""
    assert read_far(raw) is None


@pytest.mark.parametrize("has", [-7, 10**12, 10**40])
def test_a_kiosk_that_says_that_it_has_more_of_us_than_there_is_makes_nobody_wait_for_it(has):
    writing = Writing("k1", lambda _: [])
    asyncio.run(writing.put(None, has, 3))
    assert writing.end <= 3
