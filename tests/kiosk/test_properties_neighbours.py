"""Two shops that swap hours across the street, whatever is late, comes twice or never: what they would lose if this
failed is hours, or the trust that both books say the same."""

from archipelago import Shore, badge_of, talk, visiting
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.amounts import BadgeHash
from kiosk.commands import LinkNeighbour, Refusal, UnlinkNeighbour, WriteLetter
from kiosk.letters import Visitor
from kiosk.state import fold

LIMIT = 5 * 60


def pair() -> tuple[Shore, Shore]:
    here, there = Shore("Canal Street", 10), Shore("Mill Lane", 11)
    here.link(there, LIMIT)
    there.link(here, LIMIT)
    talk(here, there)
    return here, there


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("offer"), st.booleans(), st.sampled_from([-180, -60, -15, 15, 60, 180])),
        st.tuples(st.just("close"), st.booleans(), st.booleans()),
        st.tuples(st.just("carry"), st.booleans(), st.integers(0, 3)),
        st.tuples(st.just("again"), st.booleans(), st.integers(0, 3)),
    ),
    max_size=30,
)


def play(steps: list[tuple[str, bool, int]], here: Shore, there: Shore) -> None:
    for what, from_here, how in steps:
        one, other = (here, there) if from_here else (there, here)
        if what == "offer":
            one.offer(other, how)
        elif what == "close":
            one.close(other, note=bool(how))
        elif what == "carry":
            for text in one.sent.get(other.name, [])[other.state.neighbours[one.name].taken :][:how]:
                assert not isinstance(other.take(text), Refusal)
        else:
            for text in one.sent.get(other.name, [])[: how + 1]:
                other.take(text)


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_once_everything_has_come_both_books_say_the_same(steps):
    here, there = pair()
    play(steps, here, there)
    talk(here, there, note=True)
    assert here.has(there) + there.has(here) == 0
    assert not here.state.neighbours[there.name].offers
    assert not there.state.neighbours[here.name].offers


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_at_every_moment_hours_sum_to_zero_and_no_limit_is_passed(steps):
    here, there = pair()
    for step in steps:
        play([step], here, there)
        for one, other in ((here, there), (there, here)):
            assert sum(account.minutes for account in one.state.accounts.values()) == 0
            assert abs(one.has(other)) <= LIMIT


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_an_honest_balance_note_never_differs(steps):
    here, there = pair()
    for step in steps:
        play([step], here, there)
        assert here.state.neighbours[there.name].differs == 0
        assert there.state.neighbours[here.name].differs == 0


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_no_honest_shop_is_ever_taken_for_one_with_two_stories(steps):
    here, there = pair()
    play(steps, here, there)
    assert here.state.neighbours[there.name].fork is None
    assert there.state.neighbours[here.name].fork is None


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_a_segment_made_again_from_the_record_is_the_same_to_the_byte(steps):
    here, there = pair()
    play(steps, here, there)
    closed = [e.event for e in here.entries if type(e.event).__name__ == "SegmentClosed"]
    assert [here.text_of(event) for event in closed] == here.sent[there.name]


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_the_record_alone_leads_to_the_same_neighbours(steps):
    here, there = pair()
    play(steps, here, there)
    assert fold(here.entries) == here.state


def test_a_shop_that_tells_two_stories_is_found_out_and_nothing_new_is_agreed():
    here, there = pair()
    before = list(there.entries)
    twin = Shore("Mill Lane", 11)
    twin.entries, twin.state, twin.sent = before, fold(before), {k: list(v) for k, v in there.sent.items()}
    twin.ms = there.ms
    there.offer(here, 60)
    there.close(here)
    twin.offer(here, 180)
    twin.close(here)
    here.hear_all(there)
    assert not isinstance(here.take(twin.sent[here.name][-1]), Refusal)
    assert here.state.neighbours[there.name].fork is not None
    refused = here.offer(there, 15)
    assert isinstance(refused, Refusal)
    assert refused.code == "fork"


def test_nobody_parts_while_hours_are_owed():
    here, there = pair()
    here.offer(there, 60)
    talk(here, there)
    assert (here.has(there), there.has(here)) == (-60, 60)
    refused = here.ask(UnlinkNeighbour(there.name, here.hands))
    assert isinstance(refused, Refusal)
    assert refused.code == "not at zero"
    here.offer(there, -60)
    talk(here, there)
    here.must(UnlinkNeighbour(there.name, here.hands))
    talk(here, there)
    assert there.state.neighbours[here.name].parted


def test_what_is_missing_in_between_is_asked_for_and_nothing_is_taken():
    here, there = pair()
    for _ in range(2):
        here.offer(there, 15)
        here.close(there)
    refused = there.take(here.sent[there.name][-1])
    assert isinstance(refused, Refusal)
    assert refused.code == "gap"
    assert not isinstance(there.take(here.sent[there.name][-2]), Refusal)
    assert not isinstance(there.take(here.sent[there.name][-1]), Refusal)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([-180, -60, -15, 15, 60, 180]), max_size=12))
def test_what_one_shop_may_offer_while_nobody_hears_it_is_all_accepted_later(offers):
    here, there = pair()
    taken = [minutes for minutes in offers if not isinstance(here.offer(there, minutes), Refusal)]
    talk(here, there)
    assert here.has(there) == -sum(taken)


def test_shops_that_parted_and_link_again_go_on_with_one_chain():
    """Otherwise the first letter after that would look like a second story, and no hours could be swapped again."""
    here, there = pair()
    for one, other in ((here, there), (there, here)):
        one.must(UnlinkNeighbour(other.name, one.hands))
    talk(here, there)
    for one, other in ((here, there), (there, here)):
        one.must(LinkNeighbour(other.card, LIMIT, one.hands, one.signer.name))
    for one, other in ((here, there), (there, here)):
        one.sent[f"{other.name} 2"] = one.sent[other.name]
    here.name, there.name = f"{here.name} 2", f"{there.name} 2"
    for one, other in ((here, there), (there, here)):
        for who in one.people:
            one.must(WriteLetter(other.name, Visitor("", BadgeHash(visiting(who))), (badge_of(who),)))
    talk(here, there)
    here.offer(there, 60)
    talk(here, there)
    assert (here.has(there), there.has(here)) == (-60, 60)
    assert here.state.neighbours[there.name].fork is None
    assert there.state.neighbours[here.name].fork is None
