"""Counts a jar by the Method of Equal Shares, completed by add1u, and says why. `count` is all that others need.

The method is that of equalshares.net and of pabutools' `method_of_equal_shares` with `Cost_Sat`; `purses` has it.
The result is the same as theirs but for five rules of the house, each of which
tests/counting/test_rules_of_the_house.py holds beside pabutools:

1. **The floor.** Completion buys nothing that fewer than a part of the ballots approve, and never what only one
   does. Neither tool has a floor; `Rules(floor=Fraction(0))` takes it away.
2. **Ties**: the cheaper first, then the one with more approvals, then the lot. The web tool stops at a tie unless
   told otherwise, pabutools takes the first by name.
3. **The lot** is the SHA-256 of "seed id" as lower-case hexadecimal digits, the smallest first. So a seed made in
   the room settles all, and `printf '%s' 'seed id' | sha256sum` shows it. No tool has it.
4. **Shares are exact, and are raised by a cent.** The web tool rounds each share down to whole units of the
   currency before it raises (unless "integral" is off) and raises by whole units, pabutools by what one says.
   `Rules.unit` sets it.
5. **What nobody approves is never bought.** Both tools fill up with it when it fits.

The rest is settled as the web tool does. Raising stops when nothing more fits (pabutools: the same, over and over).
When all that may be bought fits the jar together, nothing is raised, and it is filled up with; pabutools raises,
which buys the same in another order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from hashlib import sha256

from kiosk.counting.completion import fill, raise_shares, tie
from kiosk.counting.election import HOUSE, Election, Rules, Wish
from kiosk.counting.purses import Offer, Purses, Room, full, paid, play, room
from kiosk.counting.steps import Bought, Count, Filled, Left, Missed, Shared, Step, Tied, Why


def lot(seed: str, project: str) -> str:
    """What a project drew in the public lot; the smallest comes first."""
    return sha256(f"{seed} {project}".encode("utf-8", "surrogatepass")).hexdigest()


def ranked(election: Election, seed: str) -> tuple[Wish, ...]:
    """All projects with their approvals, in the order in which ties are settled."""
    votes = Counter(each for ballot in election.ballots for each in ballot)
    wishes = (Wish(each.id, each.cents, votes[each.id]) for each in election.projects)
    return tuple(sorted(wishes, key=lambda wish: (wish.cents, -wish.approvals, lot(seed, wish.id), wish.id)))


def count(election: Election, rules: Rules = HOUSE, seed: str = "") -> Count:
    """Count an election. seed: the words made in the room for the lot; they matter only where `by_lot` says so."""
    wishes = ranked(election, seed)
    steps = list(_counting(election, wishes, rules, 0))
    lot_on_the_way = False
    if rules.completion == "add1u" and election.ballots:
        more, lot_on_the_way = _completed(election, wishes, rules, funded(steps))
        steps += more
    bought = funded(steps)
    spent = _cost(wishes, bought)
    steps += _left(wishes, bought, rules, len(election.ballots), election.budget - spent)
    by_lot = lot_on_the_way or any(isinstance(step, Tied) and step.by == "lot" for step in steps)
    return Count(bought, spent, election.budget - spent, tuple(steps), by_lot)


def funded(steps: Sequence[Step]) -> tuple[str, ...]:
    """What these steps buy, in order: the purchases of the last counting, and what was filled up with."""
    begins = [place for place, step in enumerate(steps) if isinstance(step, Shared)]
    return tuple(step.id for step in steps[begins[-1] if begins else 0 :] if isinstance(step, Bought | Filled))


def _cost(wishes: Iterable[Wish], bought: Sequence[str]) -> int:
    return sum(wish.cents for wish in wishes if wish.id in frozenset(bought))


def _completed(
    election: Election, wishes: Sequence[Wish], rules: Rules, own: Sequence[str]
) -> tuple[list[Step], bool]:
    """The steps of completion, and whether the lot was needed for them. own: what the jar's own money bought."""
    least = max(1, rules.least(len(election.ballots)))
    allowed = [wish for wish in wishes if wish.approvals >= least or wish.id in own]
    raised, by_lot = raise_shares(room(election, allowed, rules.unit))
    again = list(_counting(election, allowed, rules, raised.times)) if raised.times else []
    bought = funded(again) if raised.times else own
    waiting = [wish for wish in allowed if wish.approvals >= least and wish.id not in bought]
    return [raised, *again, *fill(waiting, election.budget - _cost(allowed, bought))], by_lot


def _counting(election: Election, wishes: Sequence[Wish], rules: Rules, times: int) -> Iterator[Step]:
    """The Method of Equal Shares once through, with every share raised so many times."""
    if not election.ballots:
        return
    here = room(election, wishes, rules.unit)
    purses = full(here, times)
    share = Fraction(election.budget, len(election.ballots)) + times * rules.unit
    yield Shared(len(election.ballots), share, times * rules.unit)
    for wish in wishes:
        if wish.approvals and not wish.cents:
            yield Bought(wish.id, 0, wish.approvals, Fraction(), wish.approvals, 0, Fraction())
    missed = set(range(len(here.wishes)))
    for each in play(here, times):
        if each.chosen is None or each.offer is None:
            break  # the last round buys nothing
        if len(each.tied) > 1:
            yield tie([here.wishes[place] for place in each.tied])
        yield _purchase(here, each.chosen, each.offer, purses)
        missed.remove(each.chosen)
        purses = paid(here, each.chosen, each.offer, purses)
    for place in sorted(missed):
        yield _miss(here, place, purses)


def _purchase(here: Room, place: int, terms: Offer, purses: Purses) -> Bought:
    wish = here.wishes[place]
    giving = [crowd for crowd in terms.poor if purses.held[crowd]]
    return Bought(
        id=wish.id,
        cents=wish.cents,
        approvals=wish.approvals,
        price=Fraction(terms.top, terms.payers * terms.scale),
        payers=terms.payers,
        emptied=sum(here.weights[crowd] for crowd in giving),
        given=Fraction(sum(here.weights[crowd] * purses.held[crowd] for crowd in giving), purses.scale),
    )


def _miss(here: Room, place: int, purses: Purses) -> Missed:
    wish = here.wishes[place]
    parts = sum(here.weights[crowd] * purses.held[crowd] for crowd in here.wants[place])
    held = Fraction(parts, purses.scale)
    return Missed(wish.id, wish.cents, wish.approvals, held, wish.cents - held)


def _left(wishes: Iterable[Wish], bought: Sequence[str], rules: Rules, ballots: int, rest: int) -> Iterator[Left]:
    """Why each of the others was not bought; those that most approve first."""
    least = rules.least(ballots)
    for wish in sorted(wishes, key=lambda wish: -wish.approvals):
        if wish.id not in bought:
            yield Left(wish.id, wish.cents, wish.approvals, _why(wish, rules, least), rest, least)


def _why(wish: Wish, rules: Rules, least: int) -> Why:
    if not wish.approvals:
        return "nobody"
    if rules.completion == "none":
        return "short"
    return "rest" if wish.approvals >= least else "floor"
