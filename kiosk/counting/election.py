"""What is counted: a sum of money, what it is asked for, and ballots without anybody's name."""

from fractions import Fraction
from math import ceil
from typing import Literal

from msgspec import Struct

Ballot = frozenset[str]
"""The ids of the projects that one person approves; any number, also none."""


class Project(Struct, frozen=True):
    """Something that money is asked for. cents: what it costs, whole or not at all; name: as people read it."""

    id: str
    cents: int
    name: str = ""


class Election(Struct, frozen=True):
    """A jar of budget cents, and who wants what from it. Neither the order of projects nor of ballots means
    anything."""

    budget: int
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]

    def __post_init__(self) -> None:
        ids = {project.id for project in self.projects}
        if len(ids) < len(self.projects):
            raise ValueError("two projects have the same id")
        if self.budget < 0 or any(project.cents < 0 for project in self.projects):
            raise ValueError("there is less than nothing to spend or to pay")
        if not ids.issuperset(frozenset().union(*set(self.ballots))):
            raise ValueError("a ballot approves something that is not there")


class Wish(Struct, frozen=True):
    """A project as the counting sees it: cents it costs, and how many approve it."""

    id: str
    cents: int
    approvals: int


class Rules(Struct, frozen=True):
    """The shop's own choices within the Method of Equal Shares.

    completion: what is done with what the shares leave over: nothing, or "add1u": every share is raised by one unit
        after the other while the outcome fits the jar, then whatever most approve of what still fits.
    floor: the part of the ballots that must approve a project before completion may buy it; 0 for none.
    unit: cents by which each share is raised at a time; the smallest coin, so that no step jumps over an outcome.
    """

    completion: Literal["none", "add1u"] = "add1u"
    floor: Fraction = Fraction(1, 3)
    unit: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.floor <= 1:
            raise ValueError("the floor is a part of all ballots, from 0 to 1")
        if self.unit < 1:
            raise ValueError("a share is raised by at least one cent at a time")

    def least(self, ballots: int) -> int:
        """How many approvals completion asks for among so many ballots: rounded up, and never one person's
        alone."""
        return max(2, ceil(self.floor * ballots)) if self.floor else 0


HOUSE = Rules()
"""As the house counts until a shop's charter says otherwise."""
