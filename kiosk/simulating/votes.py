"""Votes: questions to the buttons, with dissent at an honest rate, and decisions that are looked at again.

Who pressed what is drawn nowhere: as the ballot box, it gives three counts and no more.
"""

from datetime import timedelta

from kiosk.amounts import EntryId
from kiosk.ballot_box import remember
from kiosk.commands import (
    ChangeCharter,
    CloseRound,
    DropQuestion,
    Hush,
    OpenRound,
    ReviewDecision,
    VoidRound,
)
from kiosk.events import CharterChange, Counts, Detail, Entry
from kiosk.rules.agenda import due_reviews, may_vote
from kiosk.rules.charter import question, value_of, waiting
from kiosk.rules.circle import FEWEST
from kiosk.rules.votes import counts_told, unanimous
from kiosk.simulating.clock import is_workday, workday_from
from kiosk.simulating.shop import Shop
from kiosk.simulating.words import DOWNSIDES, QUESTIONS
from kiosk.state import Round

ASKED_A_DAY = 0.5
"""How likely a new question is put in a circle."""

CHANGES = ((45, "tool_days", 10), (120, "review", 60), (190, "soft_limit", 12 * 60), (270, "waits", 4))
"""On which day it is proposed which number of the charter is to be what."""

SILENCE = (0.5, 0.8)
"""Between which parts of the year nobody dares to press no, where that is planted."""


class Votes:
    """The questions of a year. days: how long that is."""

    def __init__(self, shop: Shop, days: int) -> None:
        self._shop = shop
        self._dice = shop.dice_for("votes")
        self._days = days
        self._hush = Hush()
        self._changes = list(CHANGES)

    def in_circle(self) -> None:
        """What waits, what is to be looked at again, and what is new."""
        circle = self._shop.state.circle
        if circle is None or len(circle.roll) < FEWEST:
            return
        self._look_again()
        for asked in tuple(self._shop.state.questions.values()):
            if not may_vote(self._shop.state, asked.id):
                continue
            if asked.why == "tied" and self._dice.random() < 0.3:
                self._shop.must(DropQuestion(asked.id))
            else:
                self._put(OpenRound(asked.words, asked.detail, self._downside(), self._review(), asked.id))
        self._charter()
        if self._dice.random() < self._asked():
            self.ask(self._question())

    def _charter(self) -> None:
        """Now and then a number of the charter is to be another; once carried, many hands let it hold."""
        shop = self._shop
        for decision in waiting(shop.state):
            if self._dice.random() < 0.5:
                shop.must(ChangeCharter(EntryId(decision), shop.hands(self._dice)))
        if not self._changes or shop.days_gone < self._changes[0][0]:
            return
        _, number, after = self._changes.pop(0)
        change = CharterChange(number, value_of(shop.state.charter, number), after)
        self._put(OpenRound(question(change), "counts", self._downside(), self._review(), change=change))

    def _asked(self) -> float:
        return ASKED_A_DAY * (1.5 if self._silent else 1)

    @property
    def _silent(self) -> bool:
        first, last = (round(self._days * part) for part in SILENCE)
        return self._shop.bosses.silent and first <= self._shop.days_gone < last

    def ask(self, words: str) -> Entry | None:
        """Put a question; its opening entry, if it carried."""
        if not words:
            return None
        told: Detail = "counts" if self._dice.random() < 0.6 else "outcome"
        return self._put(OpenRound(words, told, self._downside(), self._review()))

    def _question(self) -> str:
        """One that neither stands nor waits; "" when all do."""
        known = {each.words for each in self._shop.state.decisions.values()}
        known |= {each.words for each in self._shop.state.questions.values()}
        able = [each for each in QUESTIONS if each not in known]
        return self._dice.choice(able) if able else ""

    def _downside(self) -> str:
        return self._dice.choice(DOWNSIDES)

    def _review(self) -> str:
        """About when the charter says, on a workday."""
        days = self._shop.state.charter.review + self._dice.randint(-20, 20)
        return workday_from(self._shop.today + timedelta(days=max(1, days))).isoformat()

    def _put(self, question: OpenRound) -> Entry | None:
        opened = self._shop.must(question)
        if self._dice.random() < 0.01:
            self._shop.must(VoidRound("power cut"))
            return None
        self._close()
        return opened if opened.id in self._shop.state.decisions else None

    def _close(self) -> None:
        circle = self._shop.state.circle
        assert circle is not None
        assert circle.round is not None
        ballots = self._ballots(circle.round)
        told = counts_told(circle.round, ballots, self._shop.state)
        self._shop.must(CloseRound(ballots, self._hush))
        # As the house does, which alone remembers whether rounds of which only the outcome is told were unanimous.
        if not told:
            self._hush = remember(self._hush, unanimous=unanimous(ballots))
        if not self._shop.state.dissent.hidden:
            self._hush = Hush()

    def _ballots(self, asked: Round) -> Counts:
        """Most press. Some questions nearly all agree on, some nearly nobody, and of each some say no."""
        people = len(asked.roll)
        pressed = people - (self._dice.random() < 0.2) * self._dice.randint(0, people // 6)
        if self._silent:
            return Counts(yes=pressed, no=0, abstain=0)
        against = self._dice.betavariate(2.2, 4.2)
        presses = self._dice.choices(("yes", "no", "abstain"), (0.92 * (1 - against), against, 0.08), k=pressed)
        return Counts(presses.count("yes"), presses.count("no"), presses.count("abstain"))

    def _look_again(self) -> None:
        """Did the downside come true, and does it go on? A day late now and then."""
        for decision in due_reviews(self._shop.state, self._shop.today):
            if not is_workday(self._shop.today):
                return
            stands = self._dice.random() < 0.5
            came_true = self._dice.random() < 0.25
            review = self._review() if stands else ""
            self._shop.must(ReviewDecision(decision.id, came_true, stands, review))
