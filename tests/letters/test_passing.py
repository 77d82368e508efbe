"""Seals go from shop to shop. If this failed, a shop could rewrite its past and nobody far away would know."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.letters.passing import Known, Seal, looked_at, merge, untold
from kiosk.sealing.checkpoint import Checkpoint, seal
from kiosk.sealing.note import Bad, Signer

KEYS = [Signer(f"commons-kiosk/k{n}", bytes([n]) * 32) for n in range(1, 6)]


def made(who: int, size: int, root: int = 0) -> Seal:
    signer = KEYS[who]
    read = looked_at(str(signer.verifier), seal(Checkpoint(signer.name, size, bytes([root]) * 32), signer))
    assert isinstance(read, Seal)
    return read


ALL = {(who, size): made(who, size) for who in range(5) for size in range(1, 6)}
TOLD = st.lists(st.sampled_from(sorted(ALL)).map(ALL.__getitem__), max_size=30)


@settings(deadline=None)
@given(TOLD, st.randoms())
def test_in_whatever_order_and_however_often_it_comes_to_the_same(told, dice):
    shuffled = told + dice.sample(told, len(told) // 2)
    dice.shuffle(shuffled)
    assert dict(merge(Known(), told).known.seals) == dict(merge(Known(), shuffled).known.seals)


@settings(deadline=None)
@given(TOLD, TOLD)
def test_nothing_that_is_known_is_ever_forgotten_for_something_older(first, second):
    before = merge(Known(), first).known
    after = merge(before, second).known
    assert all(after.seals[name].size >= known.size for name, known in before.seals.items())


def test_two_seals_of_one_size_that_say_different_things_are_a_proof_and_go_no_further():
    one, other = made(0, 7, root=1), made(0, 7, root=2)
    known = merge(Known(), [one]).known
    merged = merge(known, [other])
    assert merged.known == known
    assert merged.fresh == ()
    assert merged.doubts == ((one, other),)


def test_another_key_for_a_name_that_is_known_is_not_believed():
    twin = Signer(KEYS[0].name, bytes([99]) * 32)
    forged = looked_at(str(twin.verifier), seal(Checkpoint(twin.name, 9, bytes(32)), twin))
    assert isinstance(forged, Seal)
    known = merge(Known(), [made(0, 7)]).known
    merged = merge(known, [forged])
    assert (merged.known, merged.fresh) == (known, ())
    assert len(merged.doubts) == 1


def test_a_seal_of_another_or_one_that_was_altered_is_refused():
    good = made(0, 7)
    assert isinstance(looked_at(good.key, good.text.replace("\n7\n", "\n8\n")), Bad)
    assert isinstance(looked_at(str(KEYS[1].verifier), good.text), Bad)
    foreign = seal(Checkpoint(KEYS[1].name, 7, bytes(32)), KEYS[0])
    assert isinstance(looked_at(good.key, foreign), Bad)


def test_what_was_told_is_not_told_again_and_a_letter_holds_only_so_many():
    known = merge(Known(), [made(who, 3) for who in range(5)]).known
    first = untold(known, {}, most=3)
    assert len(first) == 3
    told = {each.name: each.size for each in first}
    assert len(untold(known, told, most=3)) == 2


def test_a_street_of_shops_hears_everything_once():
    shops = [merge(Known(), [made(who, 1)]).known for who in range(5)]
    told: dict[tuple[int, int], dict[str, int]] = {}
    carried = 0
    links = [(here, here + 1) for here in range(4)]
    for _ in range(6):
        random.Random(1).shuffle(links)
        for here, there in links:
            for one, other in ((here, there), (there, here)):
                seals = untold(shops[one], told.setdefault((one, other), {}))
                carried += len(seals)
                told[one, other] |= {each.name: each.size for each in seals}
                told.setdefault((other, one), {}).update({each.name: each.size for each in seals})
                shops[other] = merge(shops[other], seals).known
    assert all(len(known.seals) == 5 for known in shops)
    assert carried == 5 * 4


def test_a_name_that_is_no_kiosks_or_a_seal_that_is_long_goes_no_further():
    """It would come to every shop there is, and onto somebody's screen."""
    for signer, more in (
        (Signer("commons-kiosk/\u202ekiosk", b"n" * 32), ()),
        (Signer("else.example/k1", b"n" * 32), ()),
        (Signer("commons-kiosk/k1", b"n" * 32), ("x" * 500,)),
    ):
        text = seal(Checkpoint(signer.name, 7, bytes(32), more), signer)
        assert isinstance(looked_at(str(signer.verifier), text), Bad)
