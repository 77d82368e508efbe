"""Hours: who works for whom, when in the week, and what is taken back; and the board of needs and offers."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial

from msgspec import Struct

from kiosk.amounts import STEP, Handle
from kiosk.commands import (
    Counter,
    DropClock,
    NameWork,
    PostNotice,
    ServeCommons,
    StartClock,
    Swap,
    TakeDownNotice,
    Undo,
)
from kiosk.events import Entry
from kiosk.rules.hours import room
from kiosk.simulating.clock import is_workday
from kiosk.simulating.shop import Shop, often, weighed
from kiosk.simulating.words import COMMONS, NAMED_WORK, NEEDS, NOTES, OFFERS, SERVED
from kiosk.state import Notice

Doing = tuple[int, Callable[[], None]]
"""A minute of the day, and what happens then."""


class Rhythm(Struct, frozen=True):
    """How a kind of work goes through a week. week: weights from Monday to Sunday. least, most: minutes."""

    week: tuple[int, int, int, int, int, int, int]
    least: int
    most: int


RHYTHMS: Mapping[str, Rhythm] = {
    "repair": Rhythm((2, 4, 2, 4, 2, 3, 1), 30, 150),
    "childcare": Rhythm((2, 2, 3, 4, 6, 3, 2), 60, 240),
    "translation": Rhythm((2, 2, 5, 2, 1, 0, 0), 30, 120),
    "bookkeeping": Rhythm((5, 2, 1, 1, 2, 0, 0), 45, 180),
    "cooking": Rhythm((2, 2, 2, 2, 4, 2, 2), 45, 150),
    "care": Rhythm((2, 2, 2, 2, 2, 2, 2), 60, 180),
    "driving": Rhythm((2, 2, 2, 3, 4, 2, 1), 30, 120),
    "teaching": Rhythm((1, 4, 4, 2, 1, 1, 0), 45, 120),
    "other": Rhythm((2, 2, 2, 2, 2, 1, 1), 15, 120),
}
"""The house's kinds of work; those that the shop named go as the last one."""

SWAPS_A_WEEK = 0.9
"""Swaps that somebody gives in a week, on average."""

COMMONS_A_WEEK = 0.2
"""How often somebody works for the shop itself in a week, on average."""

OPENS, SHUTS = 10 * 60, 17 * 60 + 30
"""Minutes of the day between which people swap."""

UNDONE, COUNTERED, CLOCKED, FROM_NOTICE = 0.03, 0.02, 0.06, 0.4
"""How likely a swap is taken back at once, or later; is clocked; or starts from a notice, where one fits."""


class Hours:
    """Swaps and work for the commons, the board, and what is taken back."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._dice = shop.dice_for("hours")
        self._skills: dict[Handle, tuple[str, ...]] = {}
        self._doubtful: list[Entry] = []
        self._named = 0

    def day(self) -> Iterator[Doing]:
        """What happens with hours today, at which minute."""
        self._name_work()
        people = len(self._shop.at_work)
        if people < 2:
            return
        share = people / 5 if is_workday(self._shop.today) else people / 8
        for _ in range(often(self._dice, SWAPS_A_WEEK * share)):
            yield self._some_time(), self._swap
        for _ in range(often(self._dice, COMMONS_A_WEEK * share)):
            yield self._some_time(), self._serve
        if self._dice.random() < CLOCKED * share:
            yield self._dice.randint(OPENS, 14 * 60), self._start_clock
        for _ in range(often(self._dice, share / 9)):
            yield self._some_time(), self._post
        if self._dice.random() < 0.1:
            yield self._some_time(), self._take_down
        if self._doubtful:
            yield OPENS, self._take_back
        for member in self._shop.state.present():
            if member.clock is not None and member.handle in self._shop.at_work:
                yield OPENS - 30, partial(self._end_clock, member.handle)

    def _some_time(self) -> int:
        return self._dice.randint(OPENS, SHUTS)

    # -- swaps -------------------------------------------------------------------------------------------------

    def _swap(self) -> None:
        notice = self._notice_at_hand() if self._dice.random() < FROM_NOTICE else None
        work = notice.work if notice else self._work()
        pair = self._pair(work, notice)
        if pair is None:
            return
        giver, receivers = pair
        minutes = self._minutes(work, giver, receivers)
        if not minutes:
            return
        note = self._dice.choice(NOTES.get(work, ("",)))
        shop = self._shop
        swap = Swap(
            shop.badge(giver),
            shop.badges(receivers),
            minutes,
            work,
            note,
            notice=notice.id if notice else None,
        )
        self._regret(shop.must(swap))

    def _regret(self, swapped: Entry) -> None:
        """Some are undone at once by one of the two; of some it turns out later that they were wrong."""
        chance = self._dice.random()
        if chance < UNDONE:
            self._shop.clock.wait(40)
            giver = getattr(swapped.event, "giver", "")
            self._shop.must(Undo(swapped.id, self._shop.badge(giver)))
        elif chance < UNDONE + COUNTERED:
            self._doubtful.append(swapped)

    def _work(self) -> str:
        kinds = [each for each in self._shop.state.work() if each not in self._shop.bosses.unswapped]
        day = self._shop.today.weekday()
        return weighed(self._dice, kinds, [_rhythm(each).week[day] for each in kinds])

    def _pair(self, work: str, notice: Notice | None) -> tuple[Handle, tuple[Handle, ...]] | None:
        """Who gives and who gets: rather those who have got much, and those who have given much."""
        offers = notice is not None and notice.side == "offer"
        owner = notice.handle if notice else ""
        givers = [owner] if offers else [each for each in self._able(work) if each != owner]
        givers = [each for each in givers if self._room(each, giving=True)]
        if not givers:
            return None
        giver = self._drawn(givers, sign=-1)
        getters = [owner] if owner and not offers else [each for each in self._shop.at_work if each != giver]
        getters = [each for each in getters if self._room(each, giving=False)]
        if not getters:
            return None
        first = self._drawn(getters, sign=1)
        others = [each for each in getters if each != first]
        several = work == "childcare" and self._dice.random() < 0.2
        return giver, (first, *self._dice.sample(others, min(len(others), 2 if several else 0)))

    def _drawn(self, people: list[Handle], sign: int) -> Handle:
        weights = [2.0 ** (sign * self._shop.state.balance(each) / 240) for each in people]
        return weighed(self._dice, people, weights)

    def _room(self, handle: Handle, *, giving: bool) -> int:
        left = room(self._shop.state, handle)
        return max(0, (left.gives_minutes if giving else left.gets_minutes) - 45) // STEP

    def _minutes(self, work: str, giver: Handle, receivers: tuple[Handle, ...]) -> int:
        """In steps, and within everybody's room; 0 where there is none."""
        rhythm = _rhythm(work)
        wished = self._dice.randint(rhythm.least // STEP, rhythm.most // STEP)
        most = min(self._room(giver, giving=True), *(self._room(each, giving=False) for each in receivers))
        return min(wished, most) * STEP

    def _able(self, work: str) -> list[Handle]:
        """Who of those at work can do it; each can do three kinds, so that of each kind some can."""
        return [each for each in self._shop.at_work if work in self._can(each)]

    def _can(self, handle: Handle) -> tuple[str, ...]:
        if handle not in self._skills:
            kinds = (*NOTES, *NAMED_WORK)
            number = len(self._skills)
            self._skills[handle] = tuple(kinds[(number * step + step) % len(kinds)] for step in (1, 3, 7, 9))
        return self._skills[handle]

    # -- the commons -------------------------------------------------------------------------------------------

    def _serve(self) -> None:
        people = self._shop.some(self._dice, 2)
        work, note = self._dice.choice(COMMONS)
        if len(people) < 2 or work not in self._shop.state.work() or work in self._shop.bosses.unswapped:
            return
        giver, witness = people
        minutes = STEP * min(self._dice.randint(1, 6), self._room(giver, giving=True))
        if minutes:
            badge, seen = self._shop.badge(giver), self._shop.badge(witness)
            self._regret(self._shop.must(ServeCommons(badge, seen, minutes, work, note)))

    def _name_work(self) -> None:
        """The shop's own words: one in its second week, one in its third month."""
        due = (8, 75)
        if self._named < len(due) and self._shop.days_gone >= due[self._named] and self._shop.at_work:
            (handle,) = self._shop.some(self._dice, 1)
            self._shop.must(NameWork(self._shop.badge(handle), NAMED_WORK[self._named]))
            self._named += 1

    # -- clocks ------------------------------------------------------------------------------------------------

    def _start_clock(self) -> None:
        able = [each for each in self._shop.at_work if self._shop.state.members[each].clock is None]
        if able:
            self._shop.must(StartClock(self._shop.badge(self._dice.choice(able)), self._work()))

    def _end_clock(self, handle: Handle) -> None:
        """Whoever started it says for whom it was; or it comes to nothing."""
        clock = self._shop.state.members[handle].clock
        others = [each for each in self._shop.at_work if each != handle and self._room(each, giving=False)]
        if clock is None:
            return
        badge = self._shop.badge(handle)
        receiver = self._dice.choice(others or [handle])
        minutes = self._minutes(clock.work, handle, (receiver,)) if others else 0
        if minutes:
            self._shop.must(Swap(badge, self._shop.badges((receiver,)), minutes, clock.work, clocked=True))
        else:
            self._shop.must(DropClock(badge))

    def evening(self) -> None:
        """Who ran a clock ends it before going home; one in ten forgets."""
        for member in self._shop.state.present():
            if member.clock is not None and member.handle in self._shop.at_work and self._dice.random() < 0.9:
                self._end_clock(member.handle)

    # -- mistakes ----------------------------------------------------------------------------------------------

    def _take_back(self) -> None:
        """With the badges of all it names, once they are all here; else by many hands."""
        left: list[Entry] = []
        for swapped in self._doubtful:
            named = _named(swapped)
            if all(each in self._shop.at_work for each in named):
                badges = self._shop.badges(named)
            elif self._shop.days_since(swapped.moment) > 5 and len(self._shop.at_work) > len(named) + 3:
                badges = self._shop.hands(self._dice, but=named)
            else:
                left.append(swapped)
                continue
            self._shop.must(Counter(swapped.id, self._dice.choice(SERVED), badges))
        self._doubtful = left

    # -- the board ---------------------------------------------------------------------------------------------

    def _notice_at_hand(self) -> Notice | None:
        """One that hangs, of somebody who is at work."""
        today = self._shop.today.isoformat()
        hanging = [
            each
            for each in self._shop.state.notices.values()
            if each.until >= today
            and each.handle in self._shop.at_work
            and each.work not in self._shop.bosses.unswapped
        ]
        return self._dice.choice(hanging) if hanging else None

    def _post(self) -> None:
        side = weighed(self._dice, ("need", "offer"), (3, 2))
        work, words = self._dice.choice(NEEDS if side == "need" else OFFERS)
        able = [each for each in self._shop.at_work if self._on_board(each) < 3]
        if not able or work in self._shop.bosses.unswapped:
            return
        until = self._shop.today + timedelta(days=self._dice.choice((3, 7, 14, 30)))
        badge = self._shop.badge(self._dice.choice(able))
        self._shop.must(PostNotice(badge, "need" if side == "need" else "offer", work, words, until.isoformat()))

    def _on_board(self, handle: Handle) -> int:
        return sum(each.handle == handle for each in self._shop.state.notices.values())

    def _take_down(self) -> None:
        today = self._shop.today.isoformat()
        hanging = [
            each
            for each in self._shop.state.notices.values()
            if each.until >= today and each.handle in self._shop.at_work
        ]
        if hanging:
            notice = self._dice.choice(hanging)
            self._shop.must(TakeDownNotice(self._shop.badge(notice.handle), notice.id))


def _rhythm(work: str) -> Rhythm:
    return RHYTHMS.get(work, RHYTHMS["other"])


def _named(entry: Entry) -> tuple[Handle, ...]:
    """All whom an entry of hours names."""
    event = entry.event
    receivers = tuple(each.handle for each in getattr(event, "receivers", ()))
    witness = getattr(event, "witness", "")
    return tuple(each for each in (getattr(event, "giver", ""), *receivers, witness) if each)
