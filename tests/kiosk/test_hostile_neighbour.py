"""A neighbour whose signatures are good and whose letters are not. What is lost if this fails is a kiosk that
stands still, a witness that never was, an order under another's name, or hours that count twice."""

from datetime import UTC, datetime

import pytest
from archipelago import BEGAN, DAY, Shore, badge_of, talk
from kiosks import on_disk
from msgspec.structs import replace

from kiosk import letterbox
from kiosk.amounts import BadgeHash, EntryId
from kiosk.commands import JoinOrder, Refusal, SendTotals, TakeSegment, WriteLetter
from kiosk.events import Entry
from kiosk.letters import (
    Answer,
    AnyLetter,
    BalanceNote,
    CallUp,
    Cosigned,
    Farewell,
    Limit,
    News,
    Offer,
    OrderCall,
    OrderTotal,
    Posted,
    RingAgreed,
    RingDropped,
    RingSought,
    TemplateShown,
    Visitor,
    Wanted,
    write_segment,
)
from kiosk.post_office import REST, PostOffice
from kiosk.rules.neighbours import AT_ONCE
from kiosk.rules.rings import MOST_OF_ONE
from kiosk.rules.witness import seal_due
from kiosk.state import Neighbour, Touched, apply, document, fold, restore
from kiosk.state.neighbour import A_DAY, came_lately
from kiosk.state.neighbours import VISITORS
from kiosk.store import RECORD_FILE, Store
from kiosk.store.record import said_of_itself
from kiosk.store.sqlite_file import SQLiteFile
from kiosk.visit.ground import Answered


def pair() -> tuple[Shore, Shore]:
    us, them = Shore("Canal Street", 10), Shore("Mill Lane", 11)
    us.link(them)
    them.link(us)
    talk(us, them)
    return us, them


def day(days: int) -> str:
    return datetime.fromtimestamp((BEGAN + days * DAY) / 1000, UTC).date().isoformat()


def bring(us: Shore, them: Shore, *letters: AnyLetter, at: int = BEGAN, ids: tuple[int, ...] = ()):
    """What they sign comes here, whatever it says. ids: the numbers of the letters."""
    known = us.state.neighbours[them.name]
    names = ids or tuple(range(900, 900 + len(letters)))
    posted = [Posted(EntryId(f"{them.device}/{name}"), at, each) for name, each in zip(names, letters, strict=True)]
    return us.take(write_segment(them.signer, us.signer.name, known.taken + 1, known.taken_hash, posted))


def of(us: Shore, them: Shore) -> Neighbour:
    return us.state.neighbours[them.name]


# --- what is no letter ------------------------------------------------------------------------------------


def test_a_cosignature_that_was_never_made_does_not_pass_under_the_name_of_one_that_was():
    us, them = pair()
    us.show()
    talk(us, them)
    them.cosign()
    good = next(
        entry.event.letter for entry in them.entries if isinstance(getattr(entry.event, "letter", None), Cosigned)
    )
    forged = Cosigned(good.text.partition("\n\n")[0] + "\n\n— of.everybody.else AAAA\n")
    bring(us, them, good, forged, ids=(900, 900))
    assert "everybody" not in of(us, them).witnessed


@pytest.mark.parametrize("at", [2**53 - 1, 253_402_300_800_000])
def test_news_of_after_the_last_year_that_a_calendar_has_never_reaches_a_screen(at):
    us, them = pair()
    bring(us, them, News("We bake on Sundays now."), at=at)
    for told in of(us, them).news:
        datetime.fromtimestamp(told.at / 1000, UTC).astimezone()


@pytest.mark.parametrize(
    "letter",
    [Limit(10**300), BalanceNote(-(10**70), 1, 1), Offer("Ada", "Jo", 10**70, "repair", "2026-12-10")],
)
def test_a_number_that_nobody_can_write_down_again_is_no_letter(letter):
    us, them = pair()
    before = us.state
    assert isinstance(bring(us, them, letter), Refusal)
    assert us.state == before


def test_what_is_said_of_far_too_many_hours_is_left_out():
    us, them = pair()
    before = of(us, them)
    bring(us, them, Limit(-60), Limit(10**40), BalanceNote(10**12, 1, 1))
    assert of(us, them).theirs == before.theirs
    assert of(us, them).differs == before.differs


def test_a_name_of_theirs_is_a_name():
    us, them = pair()
    before = of(us, them).visitors
    bring(
        us,
        them,
        Visitor("a\u202eb", BadgeHash("x")),
        Visitor("A" * 5000, BadgeHash("y")),
        Visitor("Zed", BadgeHash("z" * 5000)),
    )
    assert of(us, them).visitors == before


def test_ten_thousand_visitors_don_t_fill_the_card():
    us, them = pair()
    for part in range(2):
        bring(us, them, *(Visitor(f"Z{part}{n}", BadgeHash(f"b{part}.{n}")) for n in range(400)))
    assert len(of(us, them).visitors) == VISITORS


def test_the_words_of_a_template_don_t_turn_the_direction_of_our_text():
    us, them = pair()
    bring(us, them, TemplateShown("00", "all \u202eis\nwell" + "!" * 3000))
    words = of(us, them).template_words
    assert words.isprintable()
    assert len(words) <= 160


def test_an_order_without_a_proper_day_is_not_open_for_ever():
    us, them = pair()
    bring(us, them, OrderCall("flour", "sacks", "2026-W01-1"))
    assert not of(us, them).calls


def test_nobody_fills_the_card_for_ever():
    us, them = pair()
    full = replace(of(us, them), came=AT_ONCE + A_DAY)
    us.state = replace(us.state, neighbours={them.name: full})
    refused = bring(us, them, News("more"))
    assert isinstance(refused, Refusal)
    assert refused.code == "later"
    us.ms += 2 * DAY
    assert not isinstance(bring(us, them, News("more")), Refusal)
    assert 0 < came_lately(of(us, them), us.now()) <= AT_ONCE
    us.ms += 60 * DAY
    assert came_lately(of(us, them), us.now()) == 0


def test_nobody_writes_ten_thousand_letters_through_us():
    us, them, third = Shore("Canal Street", 10), Shore("Mill Lane", 11), Shore("Dock Road", 12)
    for other in (them, third):
        us.link(other)
        other.link(us)
        talk(us, other)
    assert not isinstance(us.offer(third, 120), Refusal)
    talk(us, third)
    assert not isinstance(them.offer(us, 120), Refusal)
    talk(them, us)
    before = len(of(us, third).waiting)
    asked = [RingSought(f"k{n}/1", 60, (them.signer.name,)) for n in range(200)]
    bring(us, them, *asked, RingSought("k" * 4000, 60, (them.signer.name,)))
    assert before < len(of(us, third).waiting) <= before + 20
    assert not any(len(each) > 100 for each in us.state.shared.seen)


# --- orders and calls -------------------------------------------------------------------------------------


def test_an_order_stays_as_it_was_called():
    us, them = pair()
    bring(us, them, OrderCall("flour", "sacks", day(9), 500), ids=(900,))
    bring(us, them, OrderCall("flour", "sacks", day(99), 50_000), ids=(900,))
    assert [call.cents for call in of(us, them).calls.values()] == [500]


def test_whoever_calls_an_order_under_the_name_of_another_gets_nothing_of_it():
    us, them, third = Shore("Canal Street", 10), Shore("Mill Lane", 11), Shore("Dock Road", 12)
    for other in (them, third):
        us.link(other)
        other.link(us)
        talk(us, other)
    bring(us, them, OrderCall("flour", "sacks", day(9)), ids=(900,))
    order = EntryId(f"{them.device}/900")
    us.must(JoinOrder(order, them.name, 3, badge_of(us.people[0])))
    known = of(us, third)
    stolen = Posted(order, BEGAN, OrderCall("gold", "bars", day(9)))
    us.take(write_segment(third.signer, us.signer.name, known.taken + 1, known.taken_hash, [stolen]))
    us.must(JoinOrder(order, third.name, 7, badge_of(us.people[1])))
    assert [us.state.shared.ordered(order, each.name).total for each in (them, third)] == [3, 7]
    us.ms += 11 * DAY
    us.must(SendTotals())
    totals = [entry.event for entry in us.entries if isinstance(getattr(entry.event, "letter", None), OrderTotal)]
    assert {(each.to, each.letter.amount) for each in totals} == {(them.name, 3), (third.name, 7)}


def test_whoever_calls_an_order_first_under_the_name_of_another_does_not_close_that_one():
    us, them, third = Shore("Canal Street", 10), Shore("Mill Lane", 11), Shore("Dock Road", 12)
    for other in (them, third):
        us.link(other)
        other.link(us)
        talk(us, other)
    order, known = EntryId(f"{them.device}/900"), of(us, third)
    first = Posted(order, BEGAN, OrderCall("gold", "bars", day(9)))
    us.take(write_segment(third.signer, us.signer.name, known.taken + 1, known.taken_hash, [first]))
    us.must(JoinOrder(order, third.name, 1, badge_of(us.people[1])))
    bring(us, them, OrderCall("flour", "sacks", day(9)), ids=(900,))
    us.must(JoinOrder(order, them.name, 3, badge_of(us.people[0])))
    assert [us.state.shared.ordered(order, each.name).total for each in (third, them)] == [1, 3]


def test_an_order_of_which_nobody_takes_anything_is_answered_too_and_once():
    us, them = pair()
    bring(us, them, OrderCall("flour", "sacks", day(2)))
    assert isinstance(us.ask(SendTotals()), Refusal)
    us.ms += 4 * DAY
    (sent,) = us.must(SendTotals())
    assert sent.event.letter == OrderTotal(EntryId(f"{them.device}/900"), 0)
    assert isinstance(us.ask(SendTotals()), Refusal)


def test_totals_of_many_orders_go_over_once_each():
    us, them = pair()
    third = Shore("Dock Road", 12)
    us.link(third)
    third.link(us)
    talk(us, third)
    for other in (them, third):
        bring(us, other, *(OrderCall(f"thing {n}", "sacks", day(2)) for n in range(60)))
        bring(us, other, OrderCall("late", "sacks", day(30)), ids=(800,))
    us.ms += 4 * DAY
    assert len(us.must(SendTotals())) == 118
    us.must(JoinOrder(EntryId(f"{third.device}/800"), third.name, 1, badge_of(us.people[0])))
    assert isinstance(us.ask(SendTotals()), Refusal)


def test_what_was_promised_to_one_shop_is_not_written_over_by_another():
    us, them = pair()
    third = Shore("Dock Road", 12)
    us.link(third)
    third.link(us)
    talk(us, third)
    bring(us, them, CallUp(5000, "bread", day(9)), ids=(900,))
    call = EntryId(f"{them.device}/900")
    us.must(WriteLetter(them.name, Answer(call, True, cents=5000), us.hands))
    known = of(us, third)
    again = Posted(call, BEGAN, CallUp(100, "roses", day(9)))
    us.take(write_segment(third.signer, us.signer.name, known.taken + 1, known.taken_hash, [again]))
    assert isinstance(us.ask(WriteLetter(third.name, Answer(call, True, cents=100), us.hands)), Refusal)
    assert us.state.shared.giving[call].shop == them.name


def test_a_new_neighbour_hears_of_what_is_still_open():
    us, them = pair()
    us.must(WriteLetter("", OrderCall("flour", "sacks", day(9)), us.hands[:2]))
    us.must(WriteLetter("", Wanted("need", "a drill press", day(9)), us.hands[:2]))
    us.must(WriteLetter("", CallUp(5000, "a month without pay", day(9)), us.hands))
    us.must(WriteLetter("", Wanted("need", "gone by then", day(1)), us.hands[:2]))
    us.must(WriteLetter(them.name, Wanted("need", "for them alone", day(9)), us.hands[:2]))
    us.ms += 3 * DAY
    third = Shore("Dock Road", 12)
    us.link(third)
    third.link(us)
    talk(us, third)
    heard = of(third, us)
    assert [each.what for each in heard.calls.values()] == ["flour"]
    assert [each.words for each in heard.board.values()] == ["a drill press"]
    assert [each.cents for each in heard.called_up.values()] == [5000]
    (order,) = heard.calls
    third.must(JoinOrder(order, us.name, 4, badge_of(third.people[0])))
    third.ms += 20 * DAY
    third.must(SendTotals())
    talk(us, third)
    assert of(us, third).totals == {order: 4}
    assert us.state == fold(us.entries)


# --- hours ------------------------------------------------------------------------------------------------


def test_an_answer_to_an_offer_that_was_lost_settles_no_other_one():
    us, them = pair()
    copy = us.copied()
    us.offer(them, 60)
    us.close(them)
    them.hear_all(us)
    them.close(us)
    copy.ms += 5 * 60_000
    assert not isinstance(copy.offer(them, 180), Refusal)
    (offer,) = of(copy, them).offers
    assert offer in of(us, them).offers
    copy.hear_all(them)
    assert copy.has(them) == 0
    assert offer in of(copy, them).offers
    assert copy.state == fold(copy.entries)


def test_who_has_said_farewell_gets_no_hours_with_the_same_letter():
    us, them = pair()
    bring(us, them, Farewell(), Offer("Ada11", us.people[0], 60, "repair", day(9)))
    assert of(us, them).parted
    assert us.has(them) == 0


# --- bad luck with clocks ---------------------------------------------------------------------------------


def test_a_clock_that_was_years_ahead_once_does_not_stop_our_seals_for_years():
    us, _ = pair()
    us.ms += 5000 * DAY
    us.show()
    us.ms -= 5000 * DAY
    back = replace(us.now(), boot="after a start")
    assert seal_due(us.state, back)


def test_hours_that_were_tapped_while_the_clock_was_years_behind_still_count():
    us, them = pair()
    us.ms -= 900 * DAY
    us.trusted = False
    assert not isinstance(us.offer(them, 60), Refusal)
    talk(us, them)
    assert us.has(them) == -60
    assert them.has(us) == 60


def test_letters_that_can_t_be_taken_yet_don_t_keep_the_kiosk_busy(tmp_path):
    us, them = pair()
    for _ in range(3):
        them.tell(us)
        them.close(us)
    texts = them.sent[us.name][of(us, them).taken :]
    asked, clock = [], [us.now()]

    def book(command, answered):
        asked.append(command)
        done = us.ask(command)
        refused = done if isinstance(done, Refusal) else None
        answered(Answered(command, () if refused else done, refused))

    office = PostOffice(tmp_path, us.signer.name, book=book, state=lambda: us.state, now=lambda: clock[-1])
    first = of(us, them).taken + 1
    for place in (1, 2):
        letterbox.lay(tmp_path, first + place, texts[place])
    office.look()
    before = len(asked)
    clock.append(replace(clock[-1], mono=clock[-1].mono + 1000))
    office.look()
    assert not any(isinstance(each, TakeSegment) for each in asked[before:])
    clock.append(replace(clock[-1], mono=clock[-1].mono + REST))
    letterbox.lay(tmp_path, first, texts[0])
    office.look()
    assert of(us, them).taken == first + 2
    assert not list(letterbox.lying(tmp_path))


def test_news_is_from_when_it_came_at_the_latest():
    """Or whoever dates it a year ahead heads the wall for a year."""
    us, them = pair()
    bring(us, them, News("We bake on Sundays now."), at=BEGAN + 300 * DAY)
    (told,) = of(us, them).news
    assert told.at == of(us, them).heard.wall
    bring(us, them, News("And on Mondays."), at=BEGAN)
    assert of(us, them).news[-1].at == BEGAN


def test_a_kiosk_that_took_news_from_the_future_before_it_was_updated_folds_it_anew(tmp_path):
    """Else the news stays where it was, and the present is not what its own record folds to."""
    us, them = pair()
    later = BEGAN + 300 * DAY
    bring(us, them, News("We bake on Sundays now."), at=later)
    (told,) = of(us, them).news
    before = replace(of(us, them), news=(replace(told, at=later),))
    as_it_was = replace(us.state, neighbours={them.name: before})
    touched = dict.fromkeys(each for entry in us.entries for each in touches(us.entries, entry))
    with on_disk(tmp_path / "data", us.device) as store:
        store.append(us.entries, {name: document(as_it_was, name) for name in touched})
    with SQLiteFile(tmp_path / "data" / RECORD_FILE) as file:
        file.commit([said_of_itself({"present": f"{len(us.entries)} in shape 7"})])
    with Store.open(tmp_path / "data") as store:
        assert restore(store.tables()) == us.state


def touches(entries: list[Entry], one: Entry) -> tuple[Touched, ...]:
    return apply(fold(entries[: one.number - 1]), one).touched


def between_two() -> tuple[Shore, Shore, Shore]:
    """The second is owed by us, and the third owes us: circles of debt can go through us."""
    us, them, third = Shore("Canal Street", 10), Shore("Mill Lane", 11), Shore("Dock Road", 12)
    for other in (them, third):
        us.link(other)
        other.link(us)
        talk(us, other)
    assert not isinstance(us.offer(third, 120), Refusal)
    talk(us, third)
    assert not isinstance(them.offer(us, 120), Refusal)
    talk(them, us)
    return us, them, third


def asks_us_in(us: Shore, them: Shore, third: Shore, name: int) -> RingAgreed:
    route, shops = tuple(each.signer.name for each in (them, us, third)), (them.name, us.name, third.name)
    return RingAgreed(f"k{name}/1", 15, route, shops)


def open_rings(us: Shore, stage: str) -> int:
    return sum(each.stage == stage for each in us.state.shared.rings.values())


@pytest.mark.parametrize("at_once", [False, True])
def test_one_neighbour_does_not_take_all_the_room_for_circles_of_debt(at_once):
    us, them, _ = shops = between_two()
    asked = [asks_us_in(*shops, name) for name in range(MOST_OF_ONE + 3)]
    for letters in [asked] if at_once else [[each] for each in asked]:
        bring(us, them, *letters, ids=tuple(range(900, 900 + len(letters))))
    assert open_rings(us, "asked") == MOST_OF_ONE
    sent_back = [getattr(entry.event, "letter", None) for entry in us.entries]
    assert [each.ring for each in sent_back if isinstance(each, RingDropped)] == ["k5/1", "k6/1", "k7/1"]
    assert us.state == fold(us.entries)


def test_what_was_agreed_to_before_there_was_such_a_limit_is_still_agreed_to():
    """Or the hours that were struck off come back with an update, or the kiosk can't read its own record."""
    us, them, third = shops = between_two()
    for name in range(MOST_OF_ONE + 3):
        bring(us, them, asks_us_in(*shops, name), ids=(900 + name,))
    as_it_was = [each for each in us.entries if not isinstance(getattr(each.event, "letter", None), RingDropped)]
    us.entries = [replace(each, number=place) for place, each in enumerate(as_it_was, 1)]
    us.state = fold(us.entries)
    for name in range(MOST_OF_ONE + 3):
        us.must(WriteLetter(third.name, asks_us_in(*shops, name), us.hands))
    assert open_rings(us, "agreed") == MOST_OF_ONE + 3
    assert us.state == fold(us.entries)
