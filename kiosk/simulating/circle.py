"""The daily circle: who comes, who speaks, what is decided and who does what by when."""

from collections.abc import Callable
from datetime import date, timedelta

from kiosk.amounts import STEP, BadgeHash, EntryId, Handle
from kiosk.commands import (
    CloseCircle,
    DropTask,
    ExtendCircle,
    FinishTask,
    JoinCircle,
    MoveTask,
    OpenCircle,
    ReviewExperiment,
    StartExperiment,
    TakeTask,
    Voice,
)
from kiosk.rules.agenda import due_experiments, grievances, late_tasks
from kiosk.rules.circle import FEWEST
from kiosk.simulating.clock import is_workday, workday_from, workdays_after
from kiosk.simulating.duties import Duties
from kiosk.simulating.hours import Doing
from kiosk.simulating.jar import Jar
from kiosk.simulating.shop import Shop, often
from kiosk.simulating.votes import Votes
from kiosk.simulating.words import EXPERIMENTS, OBSTACLES, PRIORITIES, TASKS

BEGINS = 9 * 60
"""Minute of the day."""

COMES = 0.93
"""How likely somebody who is at work comes to the circle."""

SPEAKS = 0.6
"""How likely somebody names a priority rather than pass."""

TROUBLES = 3
"""How many obstacles there are at a time that people speak of, day after day."""

SAYS_HOW_LONG = 0.8
"""How likely it is said how long a task took."""

SETTLES = 0.65
"""How likely an experiment helps."""


class Circle:
    """A circle on each workday, and the tasks that come of it."""

    def __init__(self, shop: Shop, duties: Duties, votes: Votes, jar: Jar) -> None:
        self._shop = shop
        self._dice = shop.dice_for("circle")
        self._duties, self._votes, self._jar = duties, votes, jar
        self._troubles: dict[str, date] = {}
        self._finishing: dict[EntryId, date] = {}
        self._boss = ""

    def hold(self) -> None:
        """From the first badge to the end."""
        shop = self._shop
        people = tuple(each for each in shop.at_work if self._dice.random() < COMES)
        if len(people) < FEWEST:
            return
        opener = self._opener(people)
        shop.must(OpenCircle(opener, shop.badges(people), self._dice.getrandbits(64)))
        self._late_ones(people)
        self._voices()
        if self._dice.random() < 0.06:
            shop.must(ExtendCircle())
        self._experiments()
        self._duties.in_circle()
        self._votes.in_circle()
        self._late()
        self._take_tasks()
        self._jar.in_circle()
        shop.must(CloseCircle())

    def _opener(self, people: tuple[Handle, ...]) -> BadgeHash:
        """Whoever is there first, now and then by the buttons; or always the same one, where that is planted."""
        if self._shop.bosses.opens:
            self._boss = self._boss if self._shop.belongs(self._boss) else people[0]
            if self._boss in people:
                return self._shop.badge(self._boss)
        if self._dice.random() < 0.1:
            return BadgeHash("")
        return self._shop.badge(self._dice.choice(people))

    def _late_ones(self, people: tuple[Handle, ...]) -> None:
        for handle in self._shop.at_work:
            if handle not in people and self._dice.random() < 0.5:
                self._shop.must(JoinCircle(self._shop.badge(handle)))

    # -- what is voiced ----------------------------------------------------------------------------------------

    def _voices(self) -> None:
        """Each in turn, one priority and one obstacle; now and then the time is up before all have spoken."""
        circle = self._shop.state.circle
        assert circle is not None
        heard = len(circle.roll) if self._dice.random() < 0.9 else self._dice.randint(2, len(circle.roll))
        obstacles = self._obstacles(heard)
        for place in range(heard):
            priority = self._dice.choice(PRIORITIES) if self._dice.random() < SPEAKS else ""
            self._shop.must(Voice(priority, obstacles.get(place, "")))

    def _obstacles(self, heard: int) -> dict[int, str]:
        """Who says which, by the turn of speaking: what troubles them lately, and once in a while something new."""
        today = self._shop.today
        self._troubles = {words: until for words, until in self._troubles.items() if until > today}
        if len(self._troubles) < TROUBLES and self._dice.random() < 0.12:
            words = self._dice.choice(OBSTACLES)
            self._troubles.setdefault(words, today + timedelta(days=self._dice.randint(4, 25)))
        said = [words for words in self._troubles if self._dice.random() < 0.3]
        return {self._dice.randrange(heard): words for words in said}

    def _experiments(self) -> None:
        """Against what was voiced again and again, the same day or soon; and on its day, whether it helped."""
        shop = self._shop
        for tried in due_experiments(shop.state, shop.today):
            helped = self._dice.random() < SETTLES
            shop.must(ReviewExperiment(tried.words, helped))
            if helped:
                self._troubles.pop(tried.words, None)
        for hanging in grievances(shop.state):
            if self._dice.random() < 0.75:
                until = workday_from(shop.today + timedelta(days=self._dice.choice((7, 14, 21))))
                words = self._dice.choice(EXPERIMENTS)
                shop.must(StartExperiment(hanging.words, words, until.isoformat()))

    # -- tasks -------------------------------------------------------------------------------------------------

    def _take_tasks(self) -> None:
        circle = self._shop.state.circle
        assert circle is not None
        for _ in range(often(self._dice, 0.4 + len(circle.roll) / 16)):
            doer = self._dice.choice(circle.roll)
            due = workdays_after(self._shop.today, self._dice.randint(1, 8))
            words = self._dice.choice(TASKS)
            task = self._shop.must(TakeTask(self._shop.badge(doer), words, due.isoformat()))
            early = self._dice.random() < 0.85
            days = -self._dice.randint(0, 2) if early else self._dice.randint(1, 4)
            self._finishing[task.id] = max(self._shop.today, due + timedelta(days=days))

    def _late(self) -> None:
        """What is past its day: it is done, gets another day, or is let go; those who left do nothing more."""
        shop = self._shop
        for task in late_tasks(shop.state, shop.today):
            chance = self._dice.random()
            if not shop.is_here(task.doer) or chance < 0.15:
                shop.must(DropTask(task.id))
            elif chance < 0.5:
                due = workdays_after(shop.today, self._dice.randint(1, 4))
                shop.must(MoveTask(task.id, due.isoformat()))
                self._finishing[task.id] = due - timedelta(days=self._dice.randint(0, 1))
            elif chance < 0.6:
                shop.must(FinishTask(task.id))

    def finishing(self) -> list[Doing]:
        """The tasks that are done today, and when; their doers say so with their badges, and mostly how long it
        took."""
        shop, ends = self._shop, []
        for task in tuple(shop.state.tasks.values()):
            ready = self._finishing.get(task.id, shop.today) <= shop.today
            if ready and task.doer in shop.at_work and is_workday(shop.today):
                ends.append((self._dice.randint(BEGINS + 60, 17 * 60), self._finish(task.id, task.doer)))
        return ends

    def _finish(self, task: EntryId, doer: Handle) -> Callable[[], None]:
        def finish() -> None:
            if task in self._shop.state.tasks:
                minutes = STEP * self._dice.randint(1, 10) if self._dice.random() < SAYS_HOW_LONG else 0
                self._shop.must(FinishTask(task, self._shop.badge(doer), minutes))

        return finish
