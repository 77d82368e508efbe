"""What shops share, at the kiosk: by touch and badges on one side, by the same rules on the other. What is lost
if this fails: a neighbour's word in a strike, their share of an order, or that nothing goes out in their name
without their hands."""

from datetime import timedelta

import pytest
from archipelago import BEGAN, Shore, badge_of, talk
from by_hand import Kiosk

from kiosk.amounts import BadgeHash, EntryId
from kiosk.commands import (
    CloseRound,
    CloseSegment,
    JoinOrder,
    Leave,
    LinkNeighbour,
    OfferSwap,
    OpenRound,
    Refusal,
    RevokeBadge,
    SeekCircle,
    SendTotals,
    TakeSegment,
    WriteLetter,
)
from kiosk.core import Booked
from kiosk.demo import UIDS
from kiosk.events import Counts, LetterWritten, MemberLeft
from kiosk.faces import (
    BoardFace,
    ClosingFace,
    EntryFace,
    ListFace,
    MoneyFace,
    ShelfFace,
    TapFace,
    TilesFace,
    TypeFace,
    WallFace,
)
from kiosk.letters import (
    Answer,
    Brought,
    CallUp,
    News,
    OrderCall,
    OrderTotal,
    Pledge,
    RingAgreed,
    RingCleared,
    RingDropped,
    RingSought,
    TakenOff,
    Visitor,
    Wanted,
)
from kiosk.post import Street, segments
from kiosk.post_office import PostOffice
from kiosk.sealing.note import Signer
from kiosk.state import restore
from kiosk.store import Store
from kiosk.visit.ground import Answered
from kiosk.words import local

US, MILL = "Canal Street", "Mill Lane"


class Across(Kiosk):
    """A kiosk with a neighbour across the street, which goes by the real rules; letters are carried at once."""

    def __init__(self, folder):
        with Store.open(folder) as store:
            self.signer = Signer(f"commons-kiosk/{store.device}", b"c" * 32)
        super().__init__(folder, street=Street(me=self.signer.name))
        self.mill = Shore(MILL, 11)
        self.mill.ms = self.clock.now().wall - BEGAN
        card = Shore.card.fget(self)
        hands = tuple(self.badge(name) for name in ("Amina", "Jo", "Tomek", "Sara"))
        self.ask(LinkNeighbour(self.mill.card, 600, hands, self.signer.name))
        self.mill.must(LinkNeighbour(card, 600, self.mill.hands, self.mill.signer.name))
        self.carry()

    @property
    def name(self):
        return US

    def badge(self, name):
        return self.key.hash("nfc", UIDS[name])

    def ask(self, command):
        booked = self.core.handle(command)
        assert isinstance(booked, Booked), booked
        return booked.entries

    def carry(self):
        """All letters of both sides, until nothing more comes of it."""
        for _ in range(3):
            self.exchange(self.mill)

    def exchange(self, shop):
        self.core.handle(CloseSegment(shop.name, self.signer.name))
        ours = self.core.state.neighbours[shop.name]
        for _, text in segments(ours, shop.state.neighbours[US].taken, self.store.find, self.signer):
            assert not isinstance(shop.take(text), Refusal)
        closed = shop.ask(CloseSegment(US, shop.signer.name))
        if not isinstance(closed, Refusal):
            self.ask(TakeSegment(shop.text_of(closed[-1].event), self.signer.name))

    def they_write(self, letter, people=3):
        to = US if isinstance(letter, Answer | Brought | OrderTotal) else ""
        entries = self.mill.must(WriteLetter(to, letter, self.mill.hands[:people]))
        self.carry()
        return entries[0].id

    def go(self, who, *keys):
        """To what is shared, and on."""
        self.wait(61)
        self.tap(who)
        for key in ("neighbours", "between", *keys):
            self.touch(key)
        return self.faces[-1]

    def says(self, words):
        assert words in str(self.faces[-1]), self.faces[-1]
        return self.faces[-1]

    def in_days(self, days):
        return (local(self.clock.now()).date() + timedelta(days=days)).isoformat()


@pytest.fixture
def kiosk(tmp_path):
    across = Across(tmp_path)
    yield across
    assert restore(across.store.store.tables()) == across.core.state
    across.store.store.close()


def letters(kiosk, kind):
    written = [e.event for e in kiosk.store.store.entries() if isinstance(e.event, LetterWritten)]
    return [event for event in written if isinstance(event.letter, kind)]


# --- strike fund ------------------------------------------------------------------------------------------


def pledge(kiosk, digits, *more, to=""):
    kiosk.go("Amina", "fund", "pledge", f"to:{to}")
    kiosk.digits(digits)
    for key in (*more, "typed"):
        kiosk.touch(key)
    assert isinstance(kiosk.faces[-1], TapFace)
    kiosk.tap("Jo")
    assert not letters(kiosk, Pledge) or letters(kiosk, Pledge)[-1].letter.cents != int(digits)
    kiosk.tap("Sara")
    kiosk.says("Pledged.")
    kiosk.carry()


def test_many_hands_pledge_and_the_neighbour_may_count_on_it(kiosk):
    pledge(kiosk, "30000")
    pledge(kiosk, "6000", "monthly", to=MILL)
    [there] = kiosk.mill.state.neighbours.values()
    assert (there.promised["all"].cents, there.promised["you"].cents) == (30000, 6000)
    assert there.promised["you"].monthly
    kiosk.they_write(Pledge(15000))
    face = kiosk.go("Jo", "fund")
    assert isinstance(face, ShelfFace)
    kiosk.says("All shops together: € 450.00 and € 60.00 a month.")
    kiosk.says("Mill Lane: € 150.00")


def test_a_pledge_is_taken_back_as_it_was_given(kiosk):
    pledge(kiosk, "30000")
    kiosk.go("Amina", "fund", "pledge", "to:")
    kiosk.says("€ 300.00")
    kiosk.digits("")
    kiosk.touch("typed")
    for name in ("Jo", "Sara"):
        kiosk.tap(name)
    kiosk.says("Nothing is pledged any more.")
    kiosk.carry()
    assert kiosk.mill.state.neighbours[US].promised["all"].cents == 0


def test_a_call_up_is_answered_with_many_hands_and_what_is_given_is_pledged_no_more(kiosk):
    pledge(kiosk, "30000")
    pledge(kiosk, "5000", to=MILL)
    call = kiosk.they_write(CallUp(50000, "three weeks without wages", kiosk.in_days(7)))
    kiosk.wait(61)
    assert isinstance(kiosk.faces[-1], WallFace)
    assert "Mill Lane needs € 500.00" in str(kiosk.faces[-1].news)
    kiosk.go("Amina", "fund", f"call:{call}")
    assert isinstance(kiosk.faces[-1], EntryFace)
    kiosk.touch("give")
    assert kiosk.faces[-1].amount == "€ 350.00"
    kiosk.digits("20000")
    kiosk.touch("typed")
    for name in ("Jo", "Sara"):
        kiosk.tap(name)
    kiosk.says("Mill Lane hears of it.")
    kiosk.carry()
    assert kiosk.mill.state.shared.asked[call].answers[US].cents == 20000
    [there] = kiosk.mill.state.neighbours.values()
    assert (there.promised["all"].cents, there.promised["you"].cents) == (15000, 0)

    # Then somebody brings it over, and another saw it.
    kiosk.go("Tomek", "fund", f"give:{call}")
    kiosk.tap("Wen")
    kiosk.says("It was brought over.")
    kiosk.carry()
    assert kiosk.mill.state.shared.asked[call].answers[US].brought == 20000
    kiosk.go("Tomek", "fund")
    assert f"give:{call}" not in str(kiosk.faces[-1])


def test_nobody_has_to_give_and_nobody_gives_twice(kiosk):
    call = kiosk.they_write(CallUp(50000, "a strike", kiosk.in_days(7)))
    kiosk.go("Amina", "fund", f"call:{call}", "not now")
    for name in ("Jo", "Sara"):
        kiosk.tap(name)
    kiosk.carry()
    assert kiosk.mill.state.shared.asked[call].answers[US].cents == 0
    again = kiosk.core.handle(
        WriteLetter(MILL, Answer(call, True, cents=100), tuple(kiosk.badge(n) for n in ("Amina", "Jo", "Sara")))
    )
    assert isinstance(again, Refusal)
    assert again.code == "no call"


def test_whoever_needs_it_calls_it_up_and_sees_what_comes(kiosk):
    kiosk.go("Amina", "fund", "call up")
    kiosk.digits("50000")
    kiosk.touch("typed")
    kiosk.write("a month without pay")
    kiosk.touch("week")
    for name in ("Jo", "Sara"):
        kiosk.tap(name)
    kiosk.says("Called up.")
    kiosk.carry()
    [call] = kiosk.core.state.shared.asked
    assert call in kiosk.mill.state.neighbours[US].called_up
    kiosk.they_write(Answer(call, True, cents=15000))
    kiosk.go("Amina", "fund", f"asked:{call}")
    assert isinstance(kiosk.faces[-1], ListFace)
    kiosk.says("€ 150.00")
    kiosk.they_write(Brought(call, 15000), people=2)
    kiosk.go("Amina", "fund")
    kiosk.says("€ 150.00 comes, € 150.00 is here")


# --- joint orders -----------------------------------------------------------------------------------------


def test_each_says_how_much_and_one_total_goes_over_once_the_order_has_closed(kiosk):
    order = kiosk.they_write(OrderCall("work gloves", "pairs", kiosk.in_days(3), 250), people=2)
    kiosk.go("Amina", "orders", f"order:{order}:{MILL}")
    assert isinstance(kiosk.faces[-1], MoneyFace)
    kiosk.digits("4")
    kiosk.says("€ 10.00 in all")
    kiosk.touch("typed")
    kiosk.says("Amina: 4 pairs of work gloves.")
    # At the wall the badge alone says who; and what is said again counts anew.
    kiosk.wait(61)
    for key in ("people", "neighbours", "between", "orders", f"order:{order}:{MILL}"):
        kiosk.touch(key)
    kiosk.digits("6")
    kiosk.tap("Jo")
    kiosk.go("Amina", "orders", f"order:{order}:{MILL}")
    assert kiosk.faces[-1].amount == "4 pairs"
    kiosk.digits("3")
    kiosk.touch("typed")
    assert isinstance(kiosk.core.handle(SendTotals()), Refusal)
    kiosk.clock.ms += 4 * 86_400_000
    kiosk.ask(SendTotals())
    assert isinstance(kiosk.core.handle(SendTotals()), Refusal)
    kiosk.carry()
    assert kiosk.mill.state.neighbours[US].totals == {order: 9}
    late = kiosk.core.handle(JoinOrder(order, MILL, 1, kiosk.badge("Sara")))
    assert isinstance(late, Refusal)
    kiosk.go("Amina", "orders", f"order:{order}:{MILL}")
    kiosk.says("All of us together: 9 pairs, € 22.50. Mill Lane has our total.")


def test_an_order_of_ours_adds_up_all_shops(kiosk):
    kiosk.go("Amina", "orders", "call an order")
    assert isinstance(kiosk.faces[-1], TypeFace)
    kiosk.write("flour from the mill")
    kiosk.touch("unit:0")
    kiosk.write("120")
    kiosk.touch("week")
    kiosk.tap("Jo")
    kiosk.says("The order is open.")
    kiosk.carry()
    [order] = kiosk.core.state.called
    kiosk.mill.must(JoinOrder(order, US, 20, badge_of(kiosk.mill.people[0])))
    kiosk.go("Sara", "orders", f"order:{order}:")
    kiosk.digits("12")
    kiosk.touch("typed")
    kiosk.clock.ms += 8 * 86_400_000
    kiosk.mill.ms += 8 * 86_400_000
    kiosk.mill.must(SendTotals())
    kiosk.carry()
    kiosk.go("Sara", "orders", f"order:{order}:")
    kiosk.says("All shops together: 32 kilos, € 38.40.")


def test_the_post_office_sends_the_total_by_itself(kiosk, tmp_path):
    order = kiosk.they_write(OrderCall("work gloves", "pairs", kiosk.in_days(1)), people=2)
    kiosk.ask(JoinOrder(order, MILL, 9, kiosk.badge("Amina")))

    def book(command, answered):
        booked = kiosk.core.handle(command)
        refused = booked if isinstance(booked, Refusal) else None
        answered(Answered(command, () if refused else booked.entries, refused))

    office = PostOffice(
        tmp_path / "post", kiosk.signer.name, book=book, state=lambda: kiosk.core.state, now=kiosk.clock.now
    )
    office.look()
    assert not letters(kiosk, OrderTotal)
    kiosk.clock.ms += 2 * 86_400_000
    office.look()
    office.look()
    assert [each.letter for each in letters(kiosk, OrderTotal)] == [OrderTotal(order, 9)]


def test_a_clock_that_nobody_trusts_closes_no_order(kiosk):
    order = kiosk.they_write(OrderCall("gloves", "pairs", kiosk.in_days(1)), people=2)
    kiosk.ask(JoinOrder(order, MILL, 2, kiosk.badge("Amina")))
    kiosk.clock.ms += 9 * 86_400_000
    kiosk.tap("Amina")
    kiosk.touch("swap")
    kiosk.ask(
        JoinOrder(kiosk.they_write(OrderCall("rope", "metres", kiosk.in_days(9)), 2), MILL, 1, kiosk.badge("Jo"))
    )
    kiosk.clock.ms -= 5 * 86_400_000
    assert isinstance(kiosk.core.handle(SendTotals()), Refusal)


# --- boards and news --------------------------------------------------------------------------------------


def test_what_hangs_between_the_shops_comes_off_again_at_both(kiosk):
    kiosk.they_write(Wanted("offer", "Seats in the van", kiosk.in_days(5)), people=2)
    kiosk.go("Amina", "boards", "need")
    kiosk.write("A drill press for two days")
    kiosk.touch("week")
    kiosk.tap("Jo")
    kiosk.says("It hangs on the boards of all neighbours.")
    kiosk.carry()
    [wanted] = kiosk.mill.state.neighbours[US].board.values()
    assert wanted.words == "A drill press for two days"
    face = kiosk.go("Sara", "boards")
    assert isinstance(face, BoardFace)
    assert ([each.who for each in face.needs], [each.who for each in face.offers]) == (["we"], [MILL])
    for key in (face.needs[0].key, "take off"):
        kiosk.touch(key)
    kiosk.says("It is off the boards.")
    kiosk.carry()
    assert not kiosk.mill.state.neighbours[US].board
    assert letters(kiosk, TakenOff)[-1].hands == ("Sara",)


def test_news_go_out_with_many_hands_only(kiosk):
    kiosk.go("Amina", "tell", "write")
    kiosk.write("We stop at noon on Friday")
    kiosk.tap("Jo")
    assert not letters(kiosk, News)
    kiosk.tap("Sara")
    kiosk.says("The neighbours hear of it.")
    kiosk.carry()
    assert [each.words for each in kiosk.mill.state.neighbours[US].news] == ["We stop at noon on Friday"]


def test_what_the_circle_has_decided_is_told_from_its_last_page(kiosk):
    kiosk.gather("Amina", "Jo", "Tomek", "Sara", "Priya")
    kiosk.ask(OpenRound("We bake with one oven until the new year", "counts", "", kiosk.in_days(30)))
    kiosk.ask(CloseRound(Counts(3, 1, 1)))
    for key in ("close", "close"):
        kiosk.touch(key)
    assert isinstance(kiosk.faces[-1], ClosingFace)
    assert [choice.key for choice in kiosk.faces[-1].choices][-1] == "tell"
    kiosk.press("abstain")
    face = kiosk.faces[-1]
    assert isinstance(face, ShelfFace)
    assert (face.lines[0].name, face.lines[0].told) == (
        "We bake with one oven until the new year",
        "touch to tell them",
    )
    kiosk.touch(face.lines[0].key)
    for name in ("Jo", "Sara", "Wen"):
        kiosk.tap(name)
    kiosk.says("The neighbours hear of it.")
    kiosk.carry()
    [told] = kiosk.mill.state.neighbours[US].news
    assert (told.words, told.of) == ("We bake with one oven until the new year", "decision")
    kiosk.go("Amina", "tell")
    kiosk.says("they know it")


# --- who swaps there --------------------------------------------------------------------------------------


def swaps_there(kiosk, name):
    kiosk.ask(WriteLetter(MILL, Visitor("", BadgeHash(f"guest badge of {name}")), (kiosk.badge(name),)))
    kiosk.carry()
    assert name in kiosk.mill.state.neighbours[US].visitors.values()


def test_i_swap_there_is_taken_back_with_a_touch(kiosk):
    swaps_there(kiosk, "Amina")
    kiosk.wait(61)
    kiosk.tap("Amina")
    for key in ("neighbours", f"neighbour:{MILL}", "no more"):
        kiosk.touch(key)
    kiosk.says("you swap there no more")
    kiosk.carry()
    assert not kiosk.mill.state.neighbours[US].visitors


def test_a_badge_that_is_lost_opens_nothing_at_the_neighbours_either(kiosk):
    swaps_there(kiosk, "Wen")
    hands = tuple(kiosk.badge(name) for name in ("Amina", "Jo", "Sara"))
    kiosk.ask(RevokeBadge("Wen", kiosk.badge("Wen"), hands))
    kiosk.carry()
    assert not kiosk.mill.state.neighbours[US].visitors
    swaps_there(kiosk, "Priya")
    left = kiosk.ask(Leave("Priya", (kiosk.badge("Priya"),)))
    assert isinstance(left[-1].event, MemberLeft)
    kiosk.carry()
    assert not kiosk.mill.state.neighbours[US].visitors
    refused = kiosk.mill.ask(OfferSwap(US, badge_of(kiosk.mill.people[0]), "guest badge of Priya", 60, "repair"))
    assert isinstance(refused, Refusal)


# --- circles of debt --------------------------------------------------------------------------------------


class Round(Across):
    """Two neighbours that are neighbours of each other too: we owe Mill Lane, it owes Old Dairy, which owes us."""

    def __init__(self, folder):
        self.others = ()
        super().__init__(folder)
        self.dairy = Shore("Old Dairy", 12)
        self.dairy.ms = self.mill.ms
        hands = tuple(self.badge(name) for name in ("Amina", "Jo", "Sara"))
        self.ask(LinkNeighbour(self.dairy.card, 600, hands, self.signer.name))
        self.dairy.must(LinkNeighbour(Shore.card.fget(self), 600, self.dairy.hands, self.dairy.signer.name))
        self.others = (self.mill, self.dairy)
        self.mill.link(self.dairy)
        self.dairy.link(self.mill)
        self.carry()
        for shop in self.others:
            self.ask(WriteLetter(shop.name, Visitor("", BadgeHash("Amina goes out")), (self.badge("Amina"),)))
        self.carry()
        self.mill.must(OfferSwap(US, badge_of(self.mill.people[0]), "Amina goes out", 120, "repair"))
        self.dairy.offer(self.mill, 90)
        self.dairy.must(OfferSwap(US, badge_of(self.dairy.people[0]), "Amina goes out", -240, "repair"))
        self.carry()

    def carry(self):
        for _ in range(5):
            for shop in self.others or (self.mill,):
                self.exchange(shop)
            if self.others:
                talk(self.mill, self.dairy)

    def owed(self):
        has = {
            shop.name: self.core.state.balance(self.core.state.neighbours[shop.name].account)
            for shop in self.others
        }
        return (*has.values(), self.mill.has(self.dairy))


@pytest.fixture
def round_(tmp_path):
    kiosk = Round(tmp_path)
    yield kiosk
    assert restore(kiosk.store.store.tables()) == kiosk.core.state
    kiosk.store.store.close()


def agrees(shop):
    [(name, ring)] = shop.state.shared.rings.items()
    shop.must(WriteLetter(ring.debtor, RingAgreed(name, 0, ring.route, ring.shops), shop.hands))


def test_a_circle_of_debt_is_found_agreed_by_all_and_struck_off(round_):
    assert round_.owed() == (120, -240, 90)
    round_.go("Amina", "circles", "look")
    round_.says("Asked.")
    round_.carry()
    face = round_.go("Amina", "circles")
    assert face.lines[0].name == "we → Mill Lane → Old Dairy → we"
    round_.touch(face.lines[0].key)
    round_.says("Up to 1 h 30 is struck off each debt")
    round_.touch("agree")
    for name in ("Jo", "Sara"):
        round_.tap(name)
    round_.says("We have agreed.")
    round_.carry()
    agrees(round_.dairy)
    round_.carry()
    assert round_.owed() == (120, -240, 90)
    agrees(round_.mill)
    round_.carry()
    assert round_.owed() == (30, -150, 0)
    assert not round_.dairy.state.neighbours[US].differs


def test_a_circle_that_another_shop_found_hangs_on_the_wall_until_we_have_answered(round_):
    round_.mill.must(SeekCircle(badge_of(round_.mill.people[0]), round_.mill.signer.name))
    round_.carry()
    agrees(round_.mill)
    round_.carry()
    round_.wait(61)
    assert "A circle of debt waits for our word" in str(round_.faces[-1].news)
    face = round_.go("Amina", "circles")
    assert face.lines[0].name == "we → Mill Lane → Old Dairy → we"
    for key in (face.lines[0].key, "drop"):
        round_.touch(key)
    for name in ("Jo", "Sara"):
        round_.tap(name)
    round_.says("Nothing has moved.")
    round_.carry()
    assert round_.owed() == (120, -240, 90)
    assert [ring.stage for ring in round_.mill.state.shared.rings.values()] == ["dropped"]


def test_the_kiosk_says_why_there_is_no_circle(kiosk):
    kiosk.go("Amina", "circles", "look")
    kiosk.says("A circle goes through one shop that owes us and one that we owe")


def test_without_neighbours_the_page_says_what_they_are_good_for(tmp_path):
    alone = Kiosk(tmp_path / "alone")
    for key in ("people", "neighbours"):
        alone.touch(key)
    face = alone.faces[-1]
    assert isinstance(face, TilesFace)
    assert face.choices[0].key == "card"
    alone.touch(face.choices[2].key)
    assert "First link with a shop" in str(alone.faces[-1])
    alone.store.store.close()


def test_what_a_neighbour_writes_that_makes_no_sense_is_on_no_screen(kiosk):
    """Signed by a neighbour whose kiosk was tampered with: taken, kept as proof, and left out."""
    for letter in (
        CallUp(50000, "x", "tomorrow"),
        CallUp(-1, "x", kiosk.in_days(3)),
        OrderCall("x", "y", "2026-13-45"),
        Wanted("offer", "x", ""),
        Pledge(10**15),
        Answer(EntryId("k1/1"), True, cents=-5),
        News("a\u202eb\n\nc" + "d" * 3000),
        RingSought("r", 10**9, ("a", "b"), ("x" * 5000,)),
        RingAgreed("r", -7, ("a",) * 50, ()),
        RingCleared("r", 10**9),
        RingDropped("r"),
    ):
        kiosk.mill.write_as_it_is(letter, US)
    kiosk.carry()
    mill = kiosk.core.state.neighbours[MILL]
    assert [mill.called_up, mill.calls, mill.board, mill.promised] == [{}, {}, {}, {}]
    assert [each.words for each in mill.news] == ["abc" + "d" * 157]
    assert not kiosk.core.state.shared.rings
    for page in ("fund", "orders", "boards", "circles", "tell"):
        kiosk.go("Amina", page)
    kiosk.wait(61)
    assert isinstance(kiosk.faces[-1], WallFace)
