"""Neighbours as witnesses. If this failed, a shop could write its past anew and nobody would ever know; or one that
did not would be called a liar, and no hours would be swapped with it any more."""

from itertools import pairwise

from archipelago import DAY, Shore, talk
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.amounts import BadgeHash
from kiosk.commands import MendFork, PassSeals, Refusal, ShowTemplate, WriteLetter
from kiosk.events import Entry, FarForkSeen, ForkMended, LetterWritten, SealForkSeen
from kiosk.letters import Cosigned, Doubted, Mended, News, Passed, SealShown, SealsPassed, TemplateShown
from kiosk.post import segments
from kiosk.rules.witness import FAR_FORKS, seal_due, to_pass
from kiosk.sealing.checkpoint import Checkpoint, open_seal, seal
from kiosk.sealing.cosignature import cosigned
from kiosk.sealing.note import Signer
from kiosk.state import FarSeal, apply, document, fold, restore, size_of
from kiosk.state.folding import TABLES, Touched
from kiosk.state.witness import BROUGHT
from kiosk.template import Template, write_template

LIMIT = 5 * 60


def pair() -> tuple[Shore, Shore]:
    here, there = Shore("Canal Street", 10), Shore("Mill Lane", 11)
    here.link(there, LIMIT)
    there.link(here, LIMIT)
    talk(here, there)
    return here, there


def seals(here: Shore, there: Shore) -> None:
    """Both show their seals, and are each other's witness."""
    for one in (here, there):
        one.show()
    talk(here, there)
    for one in (here, there):
        one.cosign()
    talk(here, there)


STEPS = st.lists(
    st.tuples(st.sampled_from(["show", "cosign", "close", "carry", "again", "offer", "news"]), st.booleans()),
    max_size=40,
)


def play(steps: list[tuple[str, bool]], here: Shore, there: Shore) -> None:
    for what, from_here in steps:
        one, other = (here, there) if from_here else (there, here)
        match what:
            case "show":
                one.show()
            case "cosign":
                one.cosign()
            case "close":
                one.close(other)
            case "carry":
                one.hear_all(other)
            case "again":
                for text in other.sent.get(one.name, [])[-2:]:
                    one.take(text)
            case "offer":
                one.offer(other, 15)
            case "news":
                one.ask(WriteLetter("", News("We bake"), one.hands[:2]))


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_no_honest_shop_is_doubted_and_in_the_end_each_is_the_others_witness(steps):
    here, there = pair()
    play(steps, here, there)
    seals(here, there)
    for one, other in ((here, there), (there, here)):
        known = one.state.neighbours[other.name]
        assert not known.two_stories
        assert not known.doubts
        assert known.witnessed
        made = cosigned(known.witnessed, [other.signer.verifier])
        assert [each.witness for each in made] == [other.signer.verifier]
        assert open_seal(known.witnessed, [one.signer.verifier])[0].size == size_of(known.shown[-1].text)


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_the_record_alone_and_the_documents_alone_lead_to_the_same(steps):
    here, there = pair()
    play(steps, here, there)
    assert fold(here.entries) == here.state
    names = [
        Touched(table, name)
        for table in TABLES
        for name in (getattr(here.state, table) if table in ("neighbours", "shops") else ())
    ]
    tables: dict[str, dict[str, object]] = {}
    for name in names:
        tables.setdefault(name.table, {})[name.name] = document(here.state, name)
    again = restore(tables)
    assert (again.neighbours, again.shops) == (here.state.neighbours, here.state.shops)


def rewritten(there: Shore, here: Shore) -> Shore:
    """The same shop with one letter of its past changed, that goes on as if nothing were."""
    twin = there.copied()
    changed = twin.entries[3]
    twin.entries[3] = type(changed)(changed.device, changed.number, changed.moment, twin.entries[2].event)
    return twin


def test_a_past_that_was_changed_is_seen_in_both_shops_and_nobody_cosigns_it():
    here, there = pair()
    seals(here, there)
    liar = rewritten(there, here)
    liar.ask(WriteLetter("", News("All is well"), liar.hands[:2]))
    liar.show()
    assert liar.close(here)
    here.hear_all(liar)
    known = here.state.neighbours[there.name]
    assert known.seal_fork is not None
    seen = here.find(known.seal_fork).entry.event
    assert isinstance(seen, SealForkSeen)
    assert {open_seal(text, [there.signer.verifier])[0].origin for text in (seen.known, seen.shown)} == {
        there.signer.name
    }
    assert here.cosign() == 0
    assert here.offer(there, 15).code == "fork"
    here.close(there)
    liar.hear_all(here)
    doubt = liar.state.neighbours[here.name].doubts["seals"]
    assert (doubt.letter.known, doubt.letter.shown) == (seen.known, seen.shown)
    assert isinstance(liar.show(), Refusal), "whom it has told two stories is shown no third"


def test_while_two_stories_are_open_nothing_of_theirs_is_cosigned():
    here, there = pair()
    there.show()
    talk(here, there)
    liar = rewritten(there, here)
    liar.show()
    liar.close(here)
    here.hear_all(liar)
    assert here.state.neighbours[there.name].cosigned == 0
    assert here.cosign() == 0


def test_a_record_that_was_put_back_is_seen_too():
    here, there = pair()
    seals(here, there)
    copy = there.copied()
    for _ in range(3):
        there.ask(WriteLetter("", News("We bake"), there.hands[:2]))
    there.show()
    talk(here, there)
    assert not here.state.neighbours[there.name].two_stories
    copy.show()
    copy.close(here)
    here.take(copy.sent[here.name][-1])
    assert here.state.neighbours[there.name].fork is not None


def test_hours_offered_while_two_stories_are_open_do_not_count():
    here, there = pair()
    seals(here, there)
    liar = rewritten(there, here)
    liar.show()
    liar.offer(here, 60)
    liar.close(here)
    here.hear_all(liar)
    here.close(there)
    assert here.has(there) == 0
    liar.hear_all(here)
    assert liar.has(here) == 0
    assert not liar.state.neighbours[here.name].offers


# --- the way back -----------------------------------------------------------------------------------------


def test_many_hands_in_both_shops_say_that_the_new_seal_goes_on():
    here, there = pair()
    seals(here, there)
    liar = rewritten(there, here)
    liar.show()
    liar.close(here)
    here.hear_all(liar)
    here.close(there)
    liar.hear_all(here)
    assert liar.mend(here, "seals", "ours", "shown").code == "they first"
    assert here.ask(mending(there, here.hands[:1])).code == "more hands"
    assert not isinstance(here.mend(there, "seals", "theirs", "shown"), Refusal)
    here.close(there)
    liar.hear_all(here)
    assert liar.mend(here, "seals", "ours", "known").code == "they first"
    assert not isinstance(liar.mend(here, "seals", "ours", "shown"), Refusal)
    for each in (here, liar):
        assert any(isinstance(entry.event, ForkMended) and len(entry.event.hands) == 3 for entry in each.entries)
    for _ in range(2):
        seals(here, liar)
    assert here.state.neighbours[there.name].mends["seals"].both
    assert not here.state.neighbours[there.name].two_stories
    assert size_of(liar.state.neighbours[here.name].witnessed) > size_of(
        here.find(forked(here)).entry.event.shown
    ), "and is cosigned again"


def forked(here: Shore) -> str:
    return next(entry.id for entry in here.entries if isinstance(entry.event, SealForkSeen))


def mending(other: Shore, hands: tuple[BadgeHash, ...]):
    return MendFork(other.name, "seals", "theirs", "shown", hands)


def put_back() -> tuple[Shore, Shore]:
    """There was put back to a copy, and goes on from it with another letter than the one that was read."""
    here, there = pair()
    seals(here, there)
    copy = there.copied()
    there.offer(here, 60)
    talk(here, there)
    assert (here.has(there), there.has(here)) == (60, -60)
    copy.ms += DAY
    copy.hear_all(here)
    copy.offer(here, 30)
    copy.close(here)
    here.take(copy.sent[here.name][-1])
    assert here.state.neighbours[there.name].fork is not None
    here.close(there)
    copy.hear_all(here)
    return here, copy


def go_on(here: Shore, there: Shore) -> None:
    here.hear_all(there)
    talk(here, there)
    assert not here.state.neighbours[there.name].two_stories
    assert not there.state.neighbours[here.name].doubts
    before = here.has(there)
    here.offer(there, 45)
    talk(here, there)
    assert here.has(there) == before - 45, "and hours are swapped again"


def test_letters_go_on_from_the_one_that_was_known_and_none_is_lost():
    here, there = put_back()
    here.must(mending_letters(here, there, "known"))
    here.close(there)
    there.hear_all(here)
    assert not isinstance(there.mend(here, "letters", "ours", "known"), Refusal)
    there.sent[here.name] = [*here_knows(here, there)]
    there.close(here)
    go_on(here, there)
    assert here.state.neighbours[there.name].mends["letters"].both
    assert here.has(there) == 60 + 30 - 45, "what was read stays, and the letter nobody had read came too"
    for _, text in segments(there.state.neighbours[here.name], 0, there.find, there.signer):
        assert here.take(text).code == "known", "what is carried again tells no third story"


def test_letters_go_on_from_the_one_that_was_shown_and_nothing_counts_twice():
    here, there = put_back()
    here.must(mending_letters(here, there, "shown"))
    here.close(there)
    there.hear_all(here)
    assert not isinstance(there.mend(here, "letters", "ours", "shown"), Refusal)
    go_on(here, there)
    assert here.has(there) == 60 + 30 - 45


def mending_letters(here: Shore, there: Shore, goes_on):
    return MendFork(there.name, "letters", "theirs", goes_on, here.hands)


def here_knows(here: Shore, there: Shore) -> list[str]:
    """As many as were taken: what lies in between is never sent again."""
    return [""] * here.state.neighbours[there.name].taken


def test_an_offer_that_was_read_is_not_counted_again_after_the_mending():
    here, there = pair()
    seals(here, there)
    there.offer(here, 60)
    copy = there.copied()
    there.close(here)
    here.hear_all(there)
    assert here.has(there) == 60
    copy.ask(WriteLetter("", News("We bake"), copy.hands[:2]))
    copy.close(here)
    here.take(copy.sent[here.name][-1])
    here.must(mending_letters(here, there, "shown"))
    assert here.has(there) == 60


# --- passing on -------------------------------------------------------------------------------------------


def street(count: int) -> list[Shore]:
    shops = [Shore(f"Shop {number}", 20 + number) for number in range(count)]
    for one, other in pairwise(shops):
        one.link(other, LIMIT)
        other.link(one, LIMIT)
        talk(one, other)
    return shops


def a_day(shops: list[Shore]) -> None:
    for each in shops:
        each.ms += DAY
        each.show()
        each.ask(PassSeals())
    for one, other in pairwise(shops):
        talk(one, other)


def test_the_seal_of_one_comes_to_all_in_the_street():
    shops = street(4)
    for _ in range(4):
        a_day(shops)
    first = shops[0].signer
    far = shops[3].state.shops[first.name]
    assert far.key == str(first.verifier)
    assert open_seal(far.text, [first.verifier])[0].origin == first.name
    assert all(each.signer.name not in each.state.shops for each in shops), "nobody needs to be told of themselves"
    assert all(fold(each.entries) == each.state for each in shops)
    assert {name: far.passed for name, far in shops[1].state.shops.items()}[first.name]
    assert not any(each.key == str(first.verifier) for each in to_pass(shops[1].state, shops[1].now())), "weekly"


def stranger(number: int, size: int = 9, root: int = 0) -> Passed:
    signer = Signer(f"commons-kiosk/s{number}", (number + 1000).to_bytes(32, "big"))
    return Passed(str(signer.verifier), seal(Checkpoint(signer.name, size, bytes([root]) * 32), signer))


def tell(there: Shore, here: Shore, *told: Passed) -> None:
    """There writes what its rules would never let out."""
    there.ms += 60_000
    _write(there, SealsPassed(told))
    there.close(here)
    here.hear_all(there)


def _write(there: Shore, letter) -> None:
    entry = Entry(there.device, len(there.entries) + 1, there.now(), LetterWritten("", letter))
    there.entries.append(entry)
    there.state = apply(there.state, entry).state


def test_two_seals_of_a_far_shop_that_cannot_both_be_true_are_kept_and_go_no_further():
    here, there = pair()
    tell(there, here, stranger(1))
    tell(there, here, stranger(1, root=1))
    far = here.state.shops["commons-kiosk/s1"]
    seen = here.find(far.fork).entry.event
    assert isinstance(seen, FarForkSeen)
    assert (seen.known, seen.shown) == (stranger(1).text, stranger(1, root=1).text)
    assert not any("/s1+" in each.key for each in to_pass(here.state, here.now()))


def test_a_forged_seal_spoils_the_letter_it_comes_in():
    here, there = pair()
    good = stranger(2)
    tell(there, here, stranger(1), Passed(good.key, good.text.replace("\n9\n", "\n8\n")))
    assert not here.state.shops


def test_another_key_for_a_known_name_changes_nothing():
    here, there = pair()
    tell(there, here, stranger(1))
    twin = Signer("commons-kiosk/s1", b"x" * 32)
    forged = Passed(str(twin.verifier), seal(Checkpoint(twin.name, 99, bytes(32)), twin))
    tell(there, here, forged)
    assert here.state.shops["commons-kiosk/s1"].key == stranger(1).key
    assert not any(isinstance(entry.event, FarForkSeen) for entry in here.entries)


def test_a_hostile_neighbour_fills_neither_the_list_nor_the_wall():
    here, there = pair()
    made_up = {
        f"commons-kiosk/m{number}": FarSeal("", "", 1, here.now(), there.name) for number in range(BROUGHT - 5)
    }
    here.state = replace(here.state, shops=made_up)
    for first in (0, 15):
        tell(there, here, *(stranger(number) for number in range(first, first + 15)))
    assert len(here.state.shops) == BROUGHT


def test_so_many_far_forks_are_kept_and_no_more():
    here, there = pair()
    for root in (0, 1):
        tell(there, here, *(stranger(number, root=root) for number in range(FAR_FORKS + 5)))
    assert sum(1 for each in here.state.shops.values() if each.fork) == FAR_FORKS


def test_garbage_for_a_seal_is_no_seal_and_no_fork():
    here, there = pair()
    seals(here, there)
    before = here.state.neighbours[there.name].seal
    for text in (
        "",
        "x" * 1400,
        before.replace("\n\n", "\n"),
        seal(Checkpoint("else", 3, bytes(32)), there.signer),
    ):
        _write(there, SealShown(text, ("not base64!",), 3))
        _write(there, Cosigned(text))
    there.close(here)
    here.hear_all(there)
    known = here.state.neighbours[there.name]
    assert (known.seal, known.two_stories) == (before, False)


# --- when -------------------------------------------------------------------------------------------------


def test_a_seal_is_shown_once_a_day_and_not_more_often():
    here, there = pair()
    assert seal_due(here.state, here.now())
    seals(here, there)
    assert not seal_due(here.state, here.now())
    here.ms += DAY
    assert seal_due(here.state, here.now())


def test_all_that_saw_the_same_get_one_letter():
    here, _ = pair()
    third = Shore("Old Dairy", 12)
    assert len(here.show()) == 1
    here.link(third)
    assert len(here.show()) == 2, "one begins anew"
    (entry,) = here.show()
    assert entry.event.to == ""


def test_the_neighbours_hear_what_changed_in_a_template():
    here, there = pair()
    first = Template(numbers={"hands": 3})
    for template in (first, Template(numbers={"hands": 5})):
        here.must(ShowTemplate(write_template(template).decode()))
        assert here.ask(ShowTemplate(write_template(template).decode())).code == "nothing new"
    talk(here, there)
    known = there.state.neighbours[here.name]
    assert known.template_words == "hands: 5 there, 3 here"
    assert "5" in known.template_text


# --- whatever comes ---------------------------------------------------------------------------------------

WORDS = st.one_of(st.text(max_size=80), st.sampled_from(["", "a\n1\nAA==\n", "a\n" + "9" * 1400 + "\nAA==\n"]))
NUMBERS = st.one_of(st.integers(-3, 9), st.sampled_from([10**9, 10**18, 10**40]))
LETTERS = st.one_of(
    st.builds(SealShown, WORDS, st.lists(WORDS, max_size=3).map(tuple), NUMBERS),
    st.builds(Cosigned, WORDS),
    st.builds(SealsPassed, st.lists(st.builds(Passed, WORDS, WORDS), max_size=3).map(tuple)),
    st.builds(Doubted, st.sampled_from(["seals", "letters"]), WORDS, WORDS, NUMBERS),
    st.builds(
        Mended,
        st.sampled_from(["seals", "letters"]),
        st.sampled_from(["known", "shown"]),
        NUMBERS,
        st.one_of(WORDS, st.just("0" * 64)),
        st.lists(st.one_of(WORDS, st.just("0" * 16)), max_size=3).map(tuple),
    ),
    st.builds(TemplateShown, WORDS, WORDS, WORDS),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LETTERS, max_size=8), st.booleans())
def test_no_letter_of_a_hostile_neighbour_makes_it_stumble(letters, first):
    """It would stumble again each second, and nothing of anybody's would be taken any more."""
    here, there = pair()
    if first:
        seals(here, there)
    for letter in letters:
        _write(there, letter)
    there.close(here)
    here.hear_all(there)
    here.show()
    for of in ("seals", "letters"):
        for whose in ("theirs", "ours"):
            for side in ("known", "shown"):
                here.mend(there, of, whose, side)
    here.show()
    here.cosign()
    here.close(there)
    assert document(here.state, Touched("neighbours", there.name))
    assert fold(here.entries) == here.state
