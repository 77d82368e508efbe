"""How long a count takes, beside pabutools on the same elections: `python tests/bench/bench_counting.py`.

Both take turns in one run, in an order shuffled anew each round; a ratio is taken within its round. Counting begins
with the election in memory, each in its own form; reading the file is timed apart. pabutools counts once for each
raise, so beside it shares are raised by a fiftieth at a time; by cents, as the house does, only ours is timed. Ours
explains itself as it counts, which is part of the time. The time is the processor's, so that a busy machine matters
less.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance, parse_pabulib
from pabutools.election import Project as TheirProject
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

from kiosk.counting import pabulib
from kiosk.counting.election import Election, Project, Rules
from kiosk.counting.equal_shares import count

DATA = Path(__file__).parent.parent / "counting" / "data"
REAL = DATA / "poland_wieliczka_2023_green-budget.pb"
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 9
PATIENCE = 4.0
"""Seconds for one measurement, after which it is not repeated as often, but at least three times."""

Way = Callable[[], object]


def drawn(people: int, things: int, budget: int) -> Election:
    """Prices up to a third of the jar; each thing wanted by more or by fewer."""
    dice = random.Random(people)
    wish = {f"p{number}": dice.uniform(0.05, 0.5) for number in range(things)}
    projects = tuple(Project(key, dice.randint(budget // 100, budget // 3)) for key in wish)
    ballots = (frozenset(key for key, part in wish.items() if dice.random() < part) for _ in range(people))
    return Election(budget, projects, tuple(ballots))


def real() -> Election:
    found = pabulib.read(REAL.read_bytes())
    assert isinstance(found, Election)
    return found


ELECTIONS = {
    "8 people x 5 projects": drawn(8, 5, 20_000),
    "60 people x 30 projects": drawn(60, 30, 100_000),
    "1,000 people x 100 projects": drawn(1000, 100, 1_000_000),
    "Wieliczka 2023, 6,586 x 64": real(),
}


def theirs(election: Election, unit: int | None, *, crowds: bool) -> Way:
    """pabutools on the same; crowds: with equal ballots put together, which it offers too."""
    projects = {each.id: TheirProject(each.id, each.cents) for each in election.projects}
    instance = Instance(projects.values(), budget_limit=election.budget)
    ballots = [ApprovalBallot(projects[key] for key in ballot) for ballot in election.ballots]
    profile = ApprovalProfile(ballots, instance=instance)
    voted = profile.as_multiprofile() if crowds else profile

    def way() -> object:
        found = method_of_equal_shares(instance, voted, sat_class=Cost_Sat, voter_budget_increment=unit)
        if unit is None:
            return found
        return greedy_utilitarian_welfare(
            instance, voted, sat_class=Cost_Sat, initial_budget_allocation=found, is_sat_additive=True
        )

    return way


def ways(election: Election) -> dict[str, Way]:
    """The same election, counted in each way."""
    step = max(1, election.budget // len(election.ballots) // 50)
    plain, coarse, fine = Rules("none"), Rules("add1u", Fraction(0), step), Rules("add1u")
    return {
        "equal shares": lambda: count(election, plain),
        "  pabutools": theirs(election, None, crowds=False),
        "  pabutools, equal ballots together": theirs(election, None, crowds=True),
        f"add1u by {step / 100:.2f}, no floor": lambda: count(election, coarse),
        "  pabutools, equal ballots together ": theirs(election, step, crowds=True),
        "add1u by 0.01, as the house does": lambda: count(election, fine),
    }


def measured(all_ways: dict[str, Way]) -> dict[str, list[float]]:
    """Milliseconds of every round; what takes long takes part in fewer rounds."""
    took: dict[str, list[float]] = {name: [] for name in all_ways}
    order, dice = list(all_ways), random.Random(2)
    for turn in range(ROUNDS):
        dice.shuffle(order)
        for name in order:
            if turn < 3 or sum(took[name]) < PATIENCE * 1000:
                took[name].append(timed(all_ways[name]))
    return took


def timed(way: Way) -> float:
    start = time.process_time()
    way()
    return (time.process_time() - start) * 1000


def spread(values: list[float], form: str) -> str:
    """The median, and from the least to the most."""
    median, least, most = (format(each, form) for each in (statistics.median(values), min(values), max(values)))
    return f"{median:>9} [{least} .. {most}]"


def say(name: str, took: dict[str, list[float]]) -> None:
    print(f"\n{name}\n{'':40} {'milliseconds':34} times ours")
    ours: list[float] = []
    for way, values in took.items():
        if not way.startswith(" "):
            ours = values
            print(f"{way:40} {spread(values, '.2f')}")
        else:
            ratios = [value / own for value, own in zip(values, ours, strict=False)]
            print(f"{way:40} {spread(values, '.2f'):34} {spread(ratios, '.1f')}")


def main() -> int:
    print(f"counting a jar: median of up to {ROUNDS} rounds [least .. most]")
    for name, election in ELECTIONS.items():
        say(name, measured(ways(election)))
    reading: dict[str, Way] = {"read the file": real, "  pabutools": lambda: parse_pabulib(str(REAL))}
    say("Wieliczka 2023, from the file (93 kB)", measured(reading))
    return 0


if __name__ == "__main__":
    sys.exit(main())
