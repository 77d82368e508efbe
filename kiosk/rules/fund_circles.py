"""Who looks after a fund: whose ballots give it away, among whom its duties go round, and who shares its rest."""

from kiosk.amounts import JAR, Handle
from kiosk.state import Fund, State

FEWEST_KEEPERS = 2
"""People without which a fund is everybody's."""


def circle_of(state: State, fund: Fund) -> tuple[Handle, ...]:
    """Who looks after a fund now: those of its circle who are here; everybody here, when those are too few."""
    here = tuple(member.handle for member in state.present() if member.standing == "here")
    own = tuple(handle for handle in here if handle in fund.circle)
    return own if len(own) >= FEWEST_KEEPERS else here


def sharers(state: State, fund: Fund) -> tuple[Handle, ...]:
    """Among whom what goes back to the members is shared out: on leave or not, those of its circle who belong to
    the shop; all, when those are too few."""
    present = tuple(member.handle for member in state.present())
    own = tuple(handle for handle in present if handle in fund.circle)
    return own if len(own) >= FEWEST_KEEPERS else present


def turn_takers(state: State, fund: str) -> tuple[Handle, ...]:
    """Among whom the duties of a fund go round, in the shop's order; those of the jar, and those of a fund with too
    few of its circle here, among all. Who is on leave is among them: their turn waits for them."""
    present = tuple(member.handle for member in state.present())
    found = state.funds.get(fund)
    if fund == JAR or found is None or len(set(circle_of(state, found)) & set(found.circle)) < FEWEST_KEEPERS:
        return present
    return tuple(handle for handle in present if handle in found.circle)
