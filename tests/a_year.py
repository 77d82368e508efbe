"""A made-up year of a made-up shop, through the real rules: the same seed always gives the same year.

Swaps, work for the commons, things taken back, people who leave and come back, coins, gifts, wages, counts with
differences, Fridays of every kind, a jar that is split, reserves that are spent, a clock that is lost.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from kiosk.amounts import JAR, BadgeHash, EntryId, Moment
from kiosk.commands import (
    ArgueDownside,
    CloseCircle,
    CloseFriday,
    CloseRound,
    Command,
    Counter,
    CountJar,
    DecideRest,
    EndFund,
    EndLeave,
    GiveMoney,
    Join,
    Leave,
    NewBadge,
    OpenCircle,
    OpenFriday,
    OpenRound,
    ProposeProject,
    Refusal,
    Return,
    SecondProject,
    ServeCommons,
    ShowReceipt,
    SliceWages,
    SpendReserve,
    SplitFund,
    StartLeave,
    Swap,
    TakeCoin,
    Undo,
    VoidRound,
    WithdrawProject,
)
from kiosk.commands import Found as FoundShop
from kiosk.core import Booked, Core, Record
from kiosk.events import BACK_TO_MEMBERS, NEXT_PROJECT, Counts, Entry, Found, HoursCountered, Slice
from kiosk.rules.projects import standing
from kiosk.state import State, Touched

FIRST = date(2026, 2, 2)
"""A Monday."""

PEOPLE = (
    "Amina",
    "Jo",
    "Zoë O’Neil",
    "أمينة بنت محمد",
    "Jean-Luc",
    "łukasz 2",
    "Βασιλική",
    "2 Jo",
    "dr. x",
    "Ōe",
    "Priya",
    "Wen",
)

SORTS = ("tool repair", "dental", "printing", "Hardship", "Kneten & Öfen (groß)", "зубной")

TITLES = (
    "oven seal",
    "Reparatur der Knetmaschine; mit Anfahrt",
    'a zine called "No gods"',
    "second mixer: used",
    "إصلاح الفرن",
    "include the neighbours, 50 % off",
    "Zahnarzt, Darlehen [2026-09-01]",
    "{bikes} | boots",
)

COINS = (5, 10, 20, 50, 100, 200)


class Pages:
    """A record that is a list; what the core needs of a store, without a disk."""

    device = "k1"

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    @property
    def next_number(self) -> int:
        return len(self.entries) + 1

    def append(self, entries: Sequence[Entry], documents: Mapping[Touched, dict[str, Any] | None]) -> None:
        self.entries.extend(entries)

    def find(self, entry_id: EntryId) -> Found | None:
        number = int(entry_id.rpartition("/")[2])
        if not 1 <= number <= len(self.entries):
            return None
        back = (
            entry.id
            for entry in self.entries
            if isinstance(entry.event, HoursCountered) and entry.event.countered == entry_id
        )
        return Found(self.entries[number - 1], next(back, None))


class Hands:
    """A clock that is moved by hand, and may be lost."""

    def __init__(self) -> None:
        self.then = datetime(FIRST.year, FIRST.month, FIRST.day, 12)
        self.mono = 0
        self.run = 1
        self.lost = False

    def now(self) -> Moment:
        wall = self.mono if self.lost else round(self.then.timestamp() * 1000)
        return Moment(wall=wall, mono=self.mono, boot=f"run {self.run}", trusted=not self.lost)

    def go_to(self, day: date) -> None:
        then = datetime(day.year, day.month, day.day, 12)
        self.wait((then - self.then).total_seconds())

    def wait(self, seconds: float) -> None:
        self.then += timedelta(seconds=seconds)
        self.mono += round(seconds * 1000)

    def restart(self, *, lost: bool) -> None:
        self.run += 1
        self.lost = lost


class Year:
    """A year as it is lived. Afterwards everything is in the record."""

    def __init__(self, record: Record, seed: int = 1) -> None:
        self.dice = Random(seed)
        self.clock = Hands()
        self.core = Core(record, State(), self.clock)
        self.badges = {name: BadgeHash(f"badge of {name}") for name in PEOPLE}
        self.badges_made = 0

    @property
    def state(self) -> State:
        return self.core.state

    # -- asking --------------------------------------------------------------------------------------------

    def may(self, command: Command) -> Entry | None:
        """Ask for something that may be refused; its entry, if it was not."""
        self.clock.wait(40)
        answer = self.core.handle(command)
        return answer.entries[-1] if isinstance(answer, Booked) else None

    def must(self, command: Command) -> Entry:
        """Ask for something that is not refused, or the year is no year."""
        self.clock.wait(40)
        answer = self.core.handle(command)
        assert isinstance(answer, Booked), f"{command}: {answer.code if isinstance(answer, Refusal) else answer}"
        return answer.entries[-1]

    def here(self) -> list[str]:
        return [member.handle for member in self.state.present() if member.standing == "here"]

    def some(self, count: int, *, but: Sequence[str] = ()) -> tuple[BadgeHash, ...]:
        """Badges of different people who are here."""
        people = [name for name in self.here() if name not in but]
        return tuple(self.badges[name] for name in self.dice.sample(people, count))

    def fresh(self, name: str) -> NewBadge:
        self.badges_made += 1
        self.badges[name] = BadgeHash(f"badge {self.badges_made} of {name}")
        return NewBadge(self.badges[name], "tag", random=False)

    # -- the year ------------------------------------------------------------------------------------------

    def live(self, weeks: int = 52) -> "Year":
        """All of it."""
        self.begin()
        for week in range(weeks):
            monday = FIRST + timedelta(weeks=week)
            for day in range(5):
                self.clock.go_to(monday + timedelta(days=day))
                self.ordinary_day()
                if day == 1:
                    self.proposals(JAR)
            self.special(week)
            for fund in tuple(self.state.funds):
                if fund == JAR or week % 2:
                    self.friday(fund, week)
        return self

    def begin(self) -> None:
        self.must(TakeCoin(50, 2))
        self.must(FoundShop(tuple((name, self.fresh(name)) for name in PEOPLE[:3])))
        for name in PEOPLE[3:]:
            self.must(Join(name, self.fresh(name), self.some(min(3, self.state.hands_needed()))))

    def ordinary_day(self) -> None:
        for _ in range(self.dice.randint(1, 3)):
            giver, *receivers = self.some(self.dice.choice((2, 2, 2, 3, 5)))
            note = self.dice.choice(("", "with thanks", 'for "free"; really', "tags: date:2020-01-01"))
            swapped = self.may(Swap(giver, tuple(receivers), self.dice.randrange(15, 195, 15), self.a_work(), note))
            if swapped and self.dice.random() < 0.1:
                self.must(Undo(swapped.id, giver))
            elif swapped and self.dice.random() < 0.1:
                self.clock.wait(1200)
                self.must(Counter(swapped.id, "it was another day", (giver, *receivers)))
        if self.dice.random() < 0.4:
            giver, witness = self.some(2)
            self.may(ServeCommons(giver, witness, self.dice.randrange(15, 135, 15), "cleaning"))
            self.may(ServeCommons(giver, witness, self.dice.randrange(15, 135, 15), "other", "swept the yard"))
        for _ in range(self.dice.randint(0, 4)):
            known = self.dice.random() < 0.95
            fund = self.dice.choice(tuple(self.state.funds))
            self.must(TakeCoin(self.dice.choice(COINS) if known else None, self.dice.randint(1, 9), fund))
        if self.dice.random() < 0.2:
            giver, witness = self.some(2)
            self.must(
                GiveMoney(giver, witness, self.dice.randint(1, 60_00), self.dice.choice(tuple(self.state.funds)))
            )

    def a_work(self) -> str:
        return self.dice.choice(self.state.work())

    def proposals(self, fund: str) -> None:
        for _ in range(self.dice.randint(0, 3)):
            proposer, carrier, seconder = self.some(3)
            proposed = self.may(
                ProposeProject(
                    badge=proposer,
                    title=self.dice.choice(TITLES),
                    cents=self.dice.randint(1_00, 140_00),
                    sort=self.dice.choice(SORTS),
                    carrier=carrier,
                    fund=fund,
                )
            )
            if proposed and self.dice.random() < 0.9:
                self.must(SecondProject(proposed.id, seconder))

    # -- what does not happen every week -------------------------------------------------------------------

    def special(self, week: int) -> None:
        """What happens in some weeks, before Friday's circle."""
        if week % 4 == 3:
            self.wages(200_00 if week != 23 else 1_500_00)
        places = {
            2: NEXT_PROJECT,
            12: BACK_TO_MEMBERS,
            16: "hardship",
            26: "bread",
            30: NEXT_PROJECT,
            40: "Kasse für später",
            49: NEXT_PROJECT,
        }
        if week in places:
            self.must(DecideRest(places[week], self.some(3)))
        if week == 6:
            self.must(StartLeave(self.badges["Wen"]))
        if week == 9:
            self.must(EndLeave(self.badges["Wen"]))
        if week == 10:
            self.must(Leave("Jo", (self.badges["Jo"],)))
            self.must(Leave("dr. x", self.some(3, but=["dr. x"])))
        if week == 30:
            self.must(Return("Jo", self.fresh("Jo"), self.some(3)))
        if week in (18, 45):
            self.clock.restart(lost=True)
        if week in (19, 46):
            self.clock.restart(lost=False)
        if week in (14, 33, 48):
            self.spend_a_reserve()
        if 31 < week < 40:
            self.withdraw()
        self.receipts()

    def wages(self, cents: int) -> None:
        if self.dice.random() < 0.5:
            self.must(SliceWages(cents, self.some(2)))
            return
        people = self.here()
        slices = tuple(Slice(name, cents // len(people)) for name in people)
        self.must(SliceWages(sum(each.cents for each in slices), self.some(2), slices))

    def receipts(self) -> None:
        for purchase in tuple(self.state.purchases.values()):
            if self.dice.random() < 0.8:
                shower, witness = self.some(2)
                self.must(ShowReceipt(purchase.id, shower, "a receipt", witness))

    def withdraw(self) -> None:
        """Now and then a proposal is taken back, also one that money is set aside for."""
        for project in tuple(self.state.projects.values()):
            if project.proposer in self.here() and (project.aside or self.dice.random() < 0.2):
                self.must(WithdrawProject(project.id, self.badges[project.proposer]))

    def gather(self, fund: str = JAR) -> None:
        """The circle, with enough of those who look after a fund."""
        if self.state.circle is not None:
            self.must(CloseCircle())
        keepers = self.state.funds[fund].circle
        people = [name for name in self.here() if name in keepers or self.dice.random() < 0.8]
        badges = tuple(self.badges[name] for name in people)
        self.must(OpenCircle(badges[0], badges, self.dice.randrange(10**9)))

    def spend_a_reserve(self) -> None:
        self.gather()
        review = (self.clock.then.date() + timedelta(days=90)).isoformat()
        asked = self.may(OpenRound("open the reserve?", "outcome", "it may rain", review))
        people = len(self.state.circle.roll)
        self.must(CloseRound(Counts(people - 1, 1, 0)))
        for reserve in self.state.reserves.values():
            if asked and reserve.cents > 1:
                carrier, *hands = self.some(4)
                words = "tea; for all"
                cents = reserve.cents // 2
                self.must(SpendReserve(reserve.name, cents, words, asked.id, carrier, tuple(hands)))
                break
        self.must(CloseCircle())

    # -- Fridays -------------------------------------------------------------------------------------------

    def friday(self, fund: str, week: int) -> None:
        """The count by hand, the projects, the ballots, zero; or whatever else comes of it."""
        self.gather(fund)
        self.count(fund)
        held = self.state.funds[fund].cents
        if fund == JAR and held > self.state.charter.ceiling and len(self.state.funds) == 1:
            self.must(SplitFund((("bread", held // 2), ("bikes & boots", held - held // 2)), 3))
        elif fund != JAR and week == 47:
            self.proposals(fund)
            self.give_away(fund)
            self.may(EndFund(fund))
        else:
            if fund != JAR:
                self.proposals(fund)
            self.give_away(fund, interrupted=week == 5)
        self.must(CloseCircle())

    def count(self, fund: str) -> None:
        """What is found is mostly what should be there."""
        kept = self.state.funds[fund]
        found = kept.cents + self.dice.choice((0, 0, 0, -7, 12)) + 50 * kept.unknown
        self.must(CountJar(max(0, found), self.some(2), fund))

    def give_away(self, fund: str, *, interrupted: bool = False) -> None:
        for project in standing(self.state, fund):
            self.must(ArgueDownside(project.id, self.dice.choice(("", "it may rust"))))
        opened = self.may(OpenFriday(self.dice.choice(("outcome", "totals", "ballots", "ballots")), fund))
        if opened is None:
            return
        if interrupted:
            self.must(VoidRound("power cut"))
            self.must(OpenFriday("totals", fund))
        friday = self.state.friday
        assert friday is not None
        offered = [each.project for each in friday.projects]
        ballots = tuple(
            frozenset(name for name in offered if self.dice.random() < 0.45) for _ in range(len(friday.roll))
        )
        self.must(CloseFriday(ballots, f"dice {self.dice.randint(1, 6)}"))
