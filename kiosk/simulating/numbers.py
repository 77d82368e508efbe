"""Numbers said aloud: what is made and what is taken, hours beside the tasks, what was won; some of them wrong."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from kiosk.commands import CounterNumber, NoteReform, SayNumber, WinConcession
from kiosk.events import Entry, Measure
from kiosk.simulating.clock import ends_week, is_workday
from kiosk.simulating.hours import Doing
from kiosk.simulating.shop import Shop
from kiosk.simulating.words import GOODS, REFORMS, SOURCES, WON, WRONG

BEGIN = 14
"""From which day on numbers are said, counted from the founding."""

SAID_AT = 15 * 60 + 30
"""Minute of the day."""

WINS_A_DAY, REFORMS_A_DAY = 1 / 30, 1 / 45
"""How likely the owners give way in something on a workday, and somebody boasts of a reform."""

COUNTERED = 0.06
"""How likely a number turns out to be wrong."""


class Numbers:
    """What the shop counts of its own work, and of the owners. days: how long the year is."""

    def __init__(self, shop: Shop, days: int) -> None:
        self._shop = shop
        self._dice = shop.dice_for("numbers")
        self._days = days
        self._wrong: list[Entry] = []

    def day(self) -> Iterator[Doing]:
        """What is said today."""
        shop = self._shop
        if not is_workday(shop.today) or shop.days_gone < BEGIN or len(shop.at_work) < 2:
            return
        if ends_week(shop.today):
            for place, (what, unit, made, taken) in enumerate(GOODS):
                yield SAID_AT + place, partial(self._goods, "made", what, unit, made)
                yield SAID_AT + place, partial(self._goods, "taken", what, unit, taken)
            yield SAID_AT + len(GOODS), self._hours
        if self._dice.random() < WINS_A_DAY:
            yield SAID_AT, self._win
        if self._dice.random() < REFORMS_A_DAY:
            yield SAID_AT, self._note
        if self._wrong and self._dice.random() < 0.4:
            yield SAID_AT, self._counter

    def _two(self) -> tuple[str, str]:
        teller, witness = self._shop.some(self._dice, 2)
        return teller, witness

    # -- made, taken, worked -----------------------------------------------------------------------------------

    def _goods(self, measure: Measure, what: str, unit: str, mean: int) -> None:
        """More is made under self-management as the year goes, and less is taken."""
        gone = self._shop.days_gone / self._days
        turned = 0.5 + gone if measure == "made" else 1.2 - 0.6 * gone
        self._say(measure, what, max(1, round(mean * turned * self._dice.uniform(0.85, 1.15))), unit)

    def _hours(self) -> None:
        """Hours under self-management that no task of a circle was about."""
        if self._dice.random() < 0.7:
            works = [each for each in ("cooking", "driving", "teaching") if each in self._shop.state.work()]
            self._say("hours", self._dice.choice(works), 30 * self._dice.randint(2, 24), "")

    def _say(self, measure: Measure, what: str, amount: int, unit: str) -> None:
        monday = self._shop.today - timedelta(days=self._shop.today.weekday())
        teller, witness = self._two()
        said = SayNumber(
            measure=measure,
            what=what,
            amount=amount,
            unit=unit,
            since=max(monday, self._shop.first).isoformat(),
            until=self._shop.today.isoformat(),
            source=self._dice.choice(SOURCES),
            teller=self._shop.badge(teller),
            witness=self._shop.badge(witness),
        )
        self._doubt(self._shop.must(said))

    # -- won, and boasted of -----------------------------------------------------------------------------------

    def _win(self) -> None:
        what, action, cents = self._dice.choice(WON)
        day, until = self._time()
        teller, witness = self._shop.badges(self._two())
        worth = cents * self._dice.randint(80, 120) // 100
        won = WinConcession(what, action, worth, day, until, self._dice.choice(SOURCES), teller, witness)
        self._doubt(self._shop.must(won))

    def _note(self) -> None:
        what, by, cents = self._dice.choice(REFORMS)
        day, until = self._time()
        teller, witness = self._shop.badges(self._two())
        worth = cents * self._dice.randint(80, 120) // 100
        noted = NoteReform(what, by, worth, day, until, "the newspaper", teller, witness)
        self._doubt(self._shop.must(noted))

    def _time(self) -> tuple[str, str]:
        """Won in the last few days; for good, or for some months."""
        day: date = self._shop.today - timedelta(days=self._dice.randint(0, 4))
        until = day + timedelta(days=self._dice.choice((30, 90, 180)))
        return day.isoformat(), until.isoformat() if self._dice.random() < 0.5 else ""

    # -- mistakes ----------------------------------------------------------------------------------------------

    def _doubt(self, said: Entry) -> None:
        if self._dice.random() < COUNTERED:
            self._wrong.append(said)

    def _counter(self) -> None:
        teller, witness = self._shop.badges(self._two())
        wrong = self._wrong.pop(0)
        self._shop.must(CounterNumber(wrong.id, self._dice.choice(WRONG), teller, witness))
