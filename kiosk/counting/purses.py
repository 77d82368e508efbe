"""The Method of Equal Shares with cost utility, once through, in whole numbers.

Every voter holds a purse with an equal part of the money. A project is bought when the purses of those who
approve it hold its cost together: all pay the same price p, and those who have less give what they have. Of what
can be bought, that which asks the least of its payers for each cent it costs (smallest p / cost, the "effective
votes" cost / p of equalshares.net) is bought first, until nothing can be bought. Peters, Pierczyński, Skowron:
"Proportional Participatory Budgeting with Additive Utilities", NeurIPS 2021.

Exact: all purses are whole numbers over one common scale, so a sum is a sum of integers, and two prices are
compared by multiplying crosswise. Voters whose ballots are alike always hold the same, and are one crowd.

Watching ahead: completion counts again and again with every purse one unit fuller, and most of these countings do
the same things in the same order. So each number here is a line over `at`, how often the purses were raised: its
value now and its rise with each further raise. A round also says until when (`until`) it would buy the same at
the same terms:

- Who falls short keeps falling short until their purse reaches p, and who can pay p can pay it ever after, since
  purses only rise with `at` and prices only fall. Between, every purse and the price are straight lines.
- The price of a project is convex in `at`: sum(min(p, purse)) is concave in p and all purses together, and the
  price is the least p where it reaches the cost. So its tangent at any earlier moment lies below it: while the
  tangent of a project lies above the winner's line, the winner wins.
- Within one counting the price only rises from round to round, as purses only empty. So a tangent from an earlier
  round still lies below, and a project is looked at anew only when its tangent might not be enough.
"""

from collections import Counter
from collections.abc import Sequence
from math import gcd

from msgspec import Struct

from kiosk.counting.election import Election, Wish

NEVER = 1 << 256
"""No raise changes this."""

_KEPT = 1_000_000
"""Purses that are kept to begin a counting in its middle; a city's would fill the memory."""

_FINE = 64
"""Bits behind the point of the whole numbers by which projects are put in order before they are compared
exactly."""


class Room(Struct, frozen=True):
    """An election made ready. wishes: those that somebody approves and that cost something, in the order in which
    ties are settled, so that their places are their ranks; wants: for each, the crowds that approve it; weights:
    people in each crowd; people: all, also those who approve nothing; unit: cents."""

    budget: int
    people: int
    unit: int
    wishes: tuple[Wish, ...]
    wants: tuple[tuple[int, ...], ...]
    weights: tuple[int, ...]


class Purses(Struct, frozen=True):
    """What one person of each crowd holds after `at` raises, and how much more with each raise; both in parts of a
    cent, `scale` parts to one."""

    at: int
    scale: int
    held: Sequence[int]
    rise: Sequence[int]

    def moved(self, at: int) -> "Purses":
        """The same purses at another moment of the same line."""
        steps = at - self.at
        if not steps:
            return self
        held = [money + steps * rise for money, rise in zip(self.held, self.rise, strict=True)]
        return Purses(at, self.scale, held, self.rise)


class Offer(Struct, frozen=True):
    """At what terms a project can be bought: `payers` people pay (top + rise * (moment - at)) / (payers * scale)
    cents each, and the crowds in `poor` give all they have. When nobody is left to pay, `top` is what lacks."""

    at: int
    top: int
    rise: int
    payers: int
    scale: int
    poor: frozenset[int]


class Line(Struct, frozen=True):
    """The price of a project for each cent of its cost, or what it lies above: (top + rise * (moment - at)) /
    under."""

    at: int
    top: int
    rise: int
    under: int


class Round(Struct, frozen=True):
    """One purchase, or the end when `chosen` is None.

    purses: before it (None: not kept); lines: what was known of those that could still be bought; tied: all that
    were as good, the chosen one first; until: the last raise up to which this round stays the same if those
    before do.
    """

    chosen: int | None
    offer: Offer | None
    tied: tuple[int, ...]
    purses: Purses | None
    lines: dict[int, Line]
    until: int


def room(election: Election, wishes: Sequence[Wish], unit: int) -> Room:
    """The election made ready, with only these wishes, the first to win a tie first; those that cost nothing stay
    out."""
    priced = [wish for wish in wishes if wish.cents and wish.approvals]
    places = {wish.id: place for place, wish in enumerate(priced)}
    crowds = Counter(frozenset(places[each] for each in ballot if each in places) for ballot in election.ballots)
    wants: list[list[int]] = [[] for _ in priced]
    for crowd, wanted in enumerate(crowds):
        for place in wanted:
            wants[place].append(crowd)
    return Room(
        budget=election.budget,
        people=len(election.ballots),
        unit=unit,
        wishes=tuple(priced),
        wants=tuple(map(tuple, wants)),
        weights=tuple(crowds.values()),
    )


def full(room: Room, at: int) -> Purses:
    """Everybody's purse before anything is bought."""
    share = room.budget + at * room.unit * room.people
    crowds = len(room.weights)
    return Purses(at, room.people, [share] * crowds, [room.unit * room.people] * crowds)


def offer(room: Room, place: int, purses: Purses) -> Offer:
    """The terms at which those who approve a project can buy it now."""
    held, weights = purses.held, room.weights
    rich: Sequence[int] = room.wants[place]
    top, rise, payers = room.wishes[place].cents * purses.scale, 0, room.wishes[place].approvals
    poor: list[int] = []
    while payers:
        price = -(-top // payers)
        short = [crowd for crowd in rich if held[crowd] < price]
        if not short:
            break
        rich = [crowd for crowd in rich if held[crowd] >= price]
        poor += short
        for crowd in short:
            top -= weights[crowd] * held[crowd]
            rise -= weights[crowd] * purses.rise[crowd]
            payers -= weights[crowd]
    return Offer(purses.at, top, rise, payers, purses.scale, frozenset(poor))


def paid(room: Room, place: int, terms: Offer, purses: Purses) -> Purses:
    """The purses after a purchase."""
    finer = terms.payers // gcd(terms.payers, terms.top, terms.rise)
    price, rise = terms.top * finer // terms.payers, terms.rise * finer // terms.payers
    held = [money * finer for money in purses.held]
    rises = [each * finer for each in purses.rise]
    for crowd in room.wants[place]:
        if crowd in terms.poor:
            held[crowd] = rises[crowd] = 0
        else:
            held[crowd] -= price
            rises[crowd] -= rise
    return Purses(purses.at, purses.scale * finer, held, rises)


def play(room: Room, at: int, before: Sequence[Round] = (), *, watching: bool = False) -> list[Round]:
    """All rounds of the counting in which every purse is raised `at` times; the last one buys nothing.

    before: the rounds of a counting with fewer raises; those that are still the same are taken over.
    watching: whether `until` is to be as late as can be told; otherwise it may be far too early.
    """
    rounds = list(before[: _changed(before, at)])
    if len(before) > len(rounds) and (known := before[len(rounds)]).purses:
        purses, lines = known.purses.moved(at), known.lines
    elif rounds:
        return rounds
    else:
        purses, lines = full(room, at), {place: _at_best(room, place) for place in range(len(room.wishes))}
    until = min((each.until for each in rounds), default=NEVER)
    while True:
        look = _Look(room, purses, lines, until if watching else at)
        rounds.append(look.round(keep=len(rounds) * len(room.weights) <= _KEPT))
        if look.best is None:
            return rounds
        until = min(until, look.until)
        purses = paid(room, look.tied[0], look.offers[look.tied[0]], purses)
        lines = {place: line for place, line in look.lines.items() if place in look.left}


def _changed(rounds: Sequence[Round], at: int) -> int:
    """The place of the first round that is no longer the same, or of the last one before it of which the purses
    are still known; behind the end when all are the same."""
    changed = next((place for place, each in enumerate(rounds) if each.until < at), len(rounds))
    while 0 < changed < len(rounds) and rounds[changed].purses is None:
        changed -= 1
    return changed


class _Look:
    """One look around: what can be bought, what is bought, and until when that would be so."""

    def __init__(self, room: Room, purses: Purses, lines: dict[int, Line], known: int) -> None:
        self.room, self.purses = room, purses
        self.lines, self.left = dict(lines), set(lines)
        self.offers: dict[int, Offer] = {}
        self.until = NEVER
        self.best: Line | None = None
        self.tied: list[int] = []
        self._find()
        if self.best:
            self.left.remove(self.tied[0])
            self._watch(self.best, known)

    def round(self, *, keep: bool) -> Round:
        """What was seen."""
        chosen = self.tied[0] if self.tied else None
        terms = self.offers[chosen] if chosen is not None else None
        return Round(chosen, terms, tuple(self.tied), self.purses if keep else None, self.lines, self.until)

    def _find(self) -> None:
        """The best of all, and all that are as good. What lies above the best already at its best isn't looked
        at."""
        at = self.purses.at
        for rough, place in sorted((_rough(line, at), place) for place, line in self.lines.items()):
            if self.best and rough > _rough(self.best, at):
                break
            line = self._offered(place)
            if line is None:
                continue
            above = _above(line, self.best)[0] if self.best else -1
            if above < 0:
                self.best, self.tied = line, [place]
            elif above == 0:
                self.tied.append(place)
        self.tied.sort()

    def _offered(self, place: int) -> Line | None:
        """The line of a project as it is now; None when those who want it don't hold its cost together."""
        terms = self.offers[place] = offer(self.room, place, self.purses)
        if not terms.payers:
            self.left.remove(place)
            self._not_after(terms.top, terms.rise)
            return None
        under = terms.payers * terms.scale * self.room.wishes[place].cents
        self.lines[place] = line = Line(terms.at, terms.top, terms.rise, under)
        return line

    def _not_after(self, gap: int, change: int) -> None:
        """This look stays true only while a gap that changes so much with each raise stays above zero."""
        self.until = min(self.until, self.purses.at + _stays(gap, change))

    def _watch(self, best: Line, known: int) -> None:
        """How long the best stays the best, at the same terms; a moment past `known` needs no closer look."""
        terms, held, rise = self.offers[self.tied[0]], self.purses.held, self.purses.rise
        # Who holds just the price may be said to pay it or to give all, so that moment is still the same.
        reached = (
            (terms.top - held[crowd] * terms.payers) // (rise[crowd] * terms.payers - terms.rise)
            for crowd in terms.poor
            if rise[crowd]  # else it is empty, and stays so
        )
        self.until = min(self.until, self.purses.at + min(reached, default=NEVER))
        for place in list(self.left):
            gap, change = _above(self.lines[place], best)
            if place not in self.offers and self.purses.at + _stays(gap, change) < min(self.until, known):
                line = self._offered(place)
                if line is None:
                    continue
                gap, change = _above(line, best)
            if gap or change < 0:
                self._not_after(gap, change)


def _at_best(room: Room, place: int) -> Line:
    """The line under which no project ever comes: all who want it pay the same."""
    cents = room.wishes[place].cents
    return Line(0, cents, 0, cents * room.wishes[place].approvals)


def _rough(line: Line, at: int) -> int:
    """A line's height now, rounded down: two that differ in this differ in truth, and in the same way."""
    return ((line.top + line.rise * (at - line.at)) << _FINE) // line.under


def _above(line: Line, best: Line) -> tuple[int, int]:
    """How far a line lies above the best at the best's moment, and how that changes with each raise; in a measure
    that is the same for both."""
    top = line.top + line.rise * (best.at - line.at)
    return top * best.under - best.top * line.under, line.rise * best.under - best.rise * line.under


def _stays(gap: int, change: int) -> int:
    """For how many raises a gap that changes so much with each stays above zero; 0 for not even one more."""
    if gap <= 0:
        return 0
    return (gap - 1) // -change if change < 0 else NEVER
