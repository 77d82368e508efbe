"""Made-up elections; a plain second way of counting them; and pabutools' way.

`plainly` is written to be read, not to be fast: fractions, no crowds, one counting after the other. It shares no
line with the kiosk's counting but the order in which ties are settled.
"""

import random
from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st
from pabutools.election import ApprovalBallot, ApprovalProfile, Cost_Sat, Instance
from pabutools.election import Project as TheirProject
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule

from kiosk.counting.election import Election, Project, Rules, Wish
from kiosk.counting.equal_shares import ranked

NO_FLOOR = Fraction(0)
PLAIN = Rules(completion="none")
ADD1U = Rules(floor=NO_FLOOR)


def jar(euros: int, prices: dict[str, int], *ballots: str) -> Election:
    """An election in whole euros; each letter of a ballot is the id of a project."""
    projects = tuple(Project(key, price * 100) for key, price in prices.items())
    return Election(euros * 100, projects, tuple(frozenset(ballot) for ballot in ballots))


MINORITY = jar(90, {"A": 60, "B": 30, "C": 28, "D": 20}, *["ABD"] * 5, *["CD"] * 4)
ALL_FIT = jar(100, {"P": 70, "Q": 30}, "P", "P", "P", "Q", "Q")
ONE_VOICE = jar(100, {"R": 90, "T": 95}, "R", "T", "", "", "")
EQUAL = jar(100, {"X": 50, "Y": 50, "Z": 50}, "XYZ", "XY", "XZ", "YZ", "")


IDS = [f"p{number}" for number in range(6)]


@st.composite
def elections(draw: st.DrawFn, most_cents: int = 120, most_budget: int = 300) -> Election:
    """Small ones, in which ties, empty ballots, and things that are free or that nobody wants are common."""
    costs = draw(st.lists(st.integers(0, most_cents), max_size=len(IDS)))
    projects = tuple(Project(key, cents) for key, cents in zip(IDS, costs, strict=False))
    ballot = st.frozensets(st.sampled_from(IDS[: len(projects)])) if projects else st.just(frozenset[str]())
    return Election(draw(st.integers(0, most_budget)), projects, tuple(draw(st.lists(ballot, max_size=9))))


def rules() -> st.SearchStrategy[Rules]:
    return st.builds(
        Rules,
        st.sampled_from(["none", "add1u"]),
        st.sampled_from([NO_FLOOR, Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1)]),
        st.integers(1, 40),
    )


def drawn(dice: random.Random, people: int, things: int, most_cents: int = 900, jar: int = 2000) -> Election:
    """One with prices and approvals by chance."""
    projects = tuple(Project(f"p{number}", dice.randint(1, most_cents)) for number in range(things))
    wish = dice.choice((0.2, 0.4, 0.6))
    ballots = (frozenset(each.id for each in projects if dice.random() < wish) for _ in range(people))
    return Election(dice.randint(1, jar), projects, tuple(ballots))


class Plain:
    """One counting with fractions. bought: the places of what is bought; lot: whether it had to decide a tie."""

    def __init__(self, election: Election, wishes: Sequence[Wish], share: Fraction) -> None:
        self.purses = [share] * len(election.ballots)
        self.bought, self.lot = list[str](), False
        open_to = {
            wish.id: [n for n, ballot in enumerate(election.ballots) if wish.id in ballot] for wish in wishes
        }
        left = [wish for wish in wishes if open_to[wish.id]]
        for wish in [each for each in left if not each.cents]:
            self.bought.append(wish.id)
            left.remove(wish)
        while priced := [
            (price, wish) for wish in left if (price := self.price(wish, open_to[wish.id])) is not None
        ]:
            least = min(price / wish.cents for price, wish in priced)
            tied = [(price, wish) for price, wish in priced if price / wish.cents == least]
            price, first = tied[0]
            self.lot |= any((w.cents, w.approvals) == (first.cents, first.approvals) for _, w in tied[1:])
            for voter in open_to[first.id]:
                self.purses[voter] -= min(self.purses[voter], price)
            self.bought.append(first.id)
            left.remove(first)

    def price(self, wish: Wish, voters: Sequence[int]) -> Fraction | None:
        """The least that all who can must pay so that it is paid."""
        due, payers = Fraction(wish.cents), len(voters)
        for voter in sorted(voters, key=lambda each: self.purses[each]):
            if self.purses[voter] * payers >= due:
                return due / payers
            due -= self.purses[voter]
            payers -= 1
        return None


def plainly(election: Election, rules: Rules, seed: str = "") -> tuple[tuple[str, ...], int, bool]:
    """What is bought, how often shares were raised, whether the lot was needed; by counting again and again."""
    people = len(election.ballots)
    if not people:
        return (), 0, False
    wishes, cents = ranked(election, seed), {each.id: each.cents for each in election.projects}
    share = Fraction(election.budget, people)
    now = Plain(election, wishes, share)
    if rules.completion == "none":
        return tuple(now.bought), 0, now.lot
    least = max(1, rules.least(people))
    allowed = [wish for wish in wishes if wish.approvals >= least or wish.id in now.bought]
    raises, lot = 0, now.lot
    if sum(wish.cents for wish in allowed) > election.budget:
        while True:
            rest = election.budget - sum(cents[each] for each in now.bought)
            if all(wish.cents > rest for wish in allowed if wish.id not in now.bought):
                break
            then = Plain(election, allowed, share + (raises + 1) * rules.unit)
            lot |= then.lot
            if sum(cents[each] for each in then.bought) > election.budget:
                break
            raises, now = raises + 1, then
    bought = list(now.bought)
    waiting = [wish for wish in allowed if wish.approvals >= least and wish.id not in bought]
    for wish in sorted(waiting, key=lambda each: -each.approvals):
        rest = election.budget - sum(cents[each] for each in bought)
        if wish.cents <= rest:
            alike = [each for each in waiting if (each.cents, each.approvals) == (wish.cents, wish.approvals)]
            open_still = sum(each.id not in bought for each in alike)
            lot |= open_still > 1 and open_still * wish.cents > rest
            bought.append(wish.id)
    return tuple(bought), raises, lot


class Theirs:
    """pabutools' result, ties settled in our order. tied: whether there was a tie in any of its countings."""

    def __init__(self, election: Election, unit: int = 1, seed: str = "") -> None:
        self.tied = False
        rank = {wish.id: place for place, wish in enumerate(ranked(election, seed))}
        projects = {each.id: TheirProject(each.id, each.cents) for each in election.projects}
        instance = Instance(projects.values(), budget_limit=election.budget)
        ballots = [ApprovalBallot(projects[key] for key in ballot) for ballot in election.ballots]
        profile = ApprovalProfile(ballots, instance=instance)

        def noted(_instance: object, _profile: object, project: TheirProject) -> int:
            self.tied = True
            return rank[project.name]

        rules = {"sat_class": Cost_Sat, "tie_breaking": TieBreakingRule(noted)}
        plain = method_of_equal_shares(instance, profile, **rules)
        raised = method_of_equal_shares(instance, profile, **rules, voter_budget_increment=unit)
        in_runs = self.tied
        filled = greedy_utilitarian_welfare(instance, profile, **rules, initial_budget_allocation=raised)
        self.tied = in_runs  # to fill up, pabutools puts all in order beforehand, tied or not
        self.plain, self.add1, self.add1u = (
            tuple(project.name for project in found) for found in (plain, raised, filled)
        )
