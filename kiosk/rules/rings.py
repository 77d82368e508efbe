"""Circles of debt: A owes B, B owes C, C owes A, and each strikes the smallest off. No shop sees another's books.

Asked around first, by itself: from each shop to those that owe it, until it leads back. Then each shop agrees, with
many hands, in the same order: it binds itself to strike so much off what the next one owes it, and does so only
once its own creditor has bound itself to the same. When it has come round, all are bound, and whoever asked first
begins to clear: that goes the other way, by itself, and each shop has first given what it then gets back. So nobody
gains by stopping it, and where one consent is missing nothing moves.
"""

from collections.abc import Iterator, Mapping

from kiosk.amounts import STEP, BadgeHash, EntryId, Handle, elapsed
from kiosk.commands import Refusal, SeekCircle
from kiosk.events import LetterWritten
from kiosk.letters import Posted, RingAgreed, RingCleared, RingDropped, RingSought, Segment
from kiosk.rules.badges import many_hands, owner
from kiosk.rules.case import Case, Verdict
from kiosk.state import Neighbour, State
from kiosk.state.shared import Ring
from kiosk.state.sharing import MOST_SHOPS, asked_of_us, is_named, key_name, may_drop, whole

MOST_ASKED = 20
"""Circles in one segment that are asked on: each goes to all who owe us, and nobody writes letters through us."""

MOST_OF_ONE = 5
"""Circles of one neighbour that may be open at once: it must not take all the room. More are sent back."""

GONE = Refusal("no circle", "Nothing comes of this circle any more. Look for another one.")


def owed(neighbour: Neighbour, state: State) -> int:
    """Minutes that we owe a neighbour, without what is struck off already; below zero: it owes us."""
    return state.balance(neighbour.account) + sum(neighbour.rings.values())


def _good(neighbour: Neighbour) -> bool:
    return not neighbour.parted and neighbour.fork is None


def seek(command: SeekCircle, case: Case) -> Verdict:
    """Ask those that owe us who owes them, and so on, until it comes back to us."""
    member = owner(command.badge, case)
    if isinstance(member, Refusal):
        return member
    here = [each for each in case.state.neighbours.values() if _good(each)]
    debtors = [each for each in here if -owed(each, case.state) >= STEP]
    if any(_fresh(name, ring, case) for name, ring in case.state.shared.rings.items()):
        return Refusal(
            "asked already", "That was asked today. It takes as long as letters take to all shops on the way."
        )
    if not debtors or not any(owed(each, case.state) >= STEP for each in here):
        return Refusal(
            "no circle",
            "A circle goes through one shop that owes us and one that we owe. There is none now: swap on.",
        )
    return tuple(
        LetterWritten(each.name, RingSought(case.next, -owed(each, case.state), (command.me,)), (member.handle,))
        for each in debtors
    )


def _fresh(name: str, ring: Ring, case: Case) -> bool:
    """Whether we asked for it so lately that the answer may still be on its way."""
    found = case.find(EntryId(name)) if ring.mine and ring.stage == "sought" else None
    return found is not None and 0 <= elapsed(found.entry.moment, case.now) < PATIENCE


PATIENCE = 20 * 3_600_000
"""Milliseconds after which may be asked again."""


def agree(ring: str, badges: tuple[BadgeHash, ...], case: Case) -> Verdict:
    """Let so much be struck off what the next shop owes us, once all have agreed. Many hands, and for good."""
    found = case.state.shared.rings.get(ring)
    if found is None or found.stage not in ("found", "asked"):
        return GONE
    hands = many_hands(badges, case)
    if isinstance(hands, Refusal):
        return hands
    debtor, creditor = (case.state.neighbours[name] for name in (found.debtor, found.creditor))
    minutes = whole(min(found.minutes, _can_lose(debtor, case.state), _can_gain(creditor, case.state)))
    if minutes < STEP or not _good(debtor) or not _good(creditor):
        return GONE
    return (LetterWritten(debtor.name, RingAgreed(ring, minutes, found.route, found.shops), hands),)


def _can_lose(debtor: Neighbour, state: State) -> int:
    """Minutes that can be struck off what it owes us, with all that is open counted in."""
    return min(-owed(debtor, state), debtor.limit - state.balance(debtor.account) - debtor.would_get)


def _can_gain(creditor: Neighbour, state: State) -> int:
    """Minutes that can be struck off what we owe it, with all that is open counted in."""
    return min(owed(creditor, state), creditor.limit + state.balance(creditor.account) - creditor.would_give)


def drop(ring: str, badges: tuple[BadgeHash, ...], case: Case) -> Verdict:
    """Say no, or let a circle of ours rest. Whoever has agreed to another's is bound."""
    found = case.state.shared.rings.get(ring)
    if found is None or found.stage not in ("found", "asked", "agreed"):
        return GONE
    if found.stage == "agreed" and not found.mine:
        return Refusal("bound", "We have agreed, and that binds us. Whoever began it can still stop it.")
    hands = many_hands(badges, case)
    if isinstance(hands, Refusal):
        return hands
    return (LetterWritten(found.debtor if found.mine else found.creditor, RingDropped(ring), hands),)


# --- by itself --------------------------------------------------------------------------------------------


def cleared_by(neighbour: Neighbour, posted: tuple[Posted, ...], state: State) -> Mapping[str, int]:
    """The circles of others that these letters of a neighbour clear, with the minutes, each once."""
    found: dict[str, int] = {}
    for each in posted:
        if not isinstance(each.letter, RingCleared):
            continue
        ring = state.shared.rings.get(each.letter.ring)
        minutes = each.letter.minutes
        if (
            ring is not None
            and _clears(ring, neighbour, state)
            and STEP <= minutes <= ring.minutes
            and minutes % STEP == 0
        ):
            found.setdefault(each.letter.ring, minutes)
    return found


def _clears(ring: Ring, neighbour: Neighbour, state: State) -> bool:
    creditor = state.neighbours.get(ring.creditor)
    ours = not ring.mine and ring.stage == "agreed" and ring.debtor == neighbour.name
    return ours and creditor is not None and not creditor.parted


def moved_by(cleared: Mapping[str, int], neighbour: Neighbour, state: State) -> dict[Handle, int]:
    """What they move here: the neighbour owes us less, and so do we owe the next one."""
    moved: dict[Handle, int] = {}
    for name, minutes in cleared.items():
        creditor = state.neighbours[state.shared.rings[name].creditor]
        moved[neighbour.account] = moved.get(neighbour.account, 0) + minutes
        moved[creditor.account] = moved.get(creditor.account, 0) - minutes
    return moved


def onward(
    neighbour: Neighbour, posted: tuple[Posted, ...], cleared: Mapping[str, int], me: str, state: State
) -> Iterator[LetterWritten]:
    """What goes on to others by itself, of what a neighbour wrote about circles."""
    done: set[str] = set()
    asked = 0
    theirs = _open_of(neighbour, state)
    for each in posted:
        match each.letter:
            case RingSought() as sought if sought.ring not in done and sought.ring not in state.shared.seen:
                done.add(sought.ring)
                asked += 1
                if asked > MOST_ASKED:
                    continue
                yield from _sought_on(sought, neighbour, me, state)
            case RingAgreed(ring=ring) as agreed if ring not in done:
                done.add(ring)
                theirs += ring not in state.shared.rings
                yield from _agreed_on(agreed, neighbour, state, full=theirs > MOST_OF_ONE)
            case RingDropped(ring=ring) if ring not in done and may_drop(ring, neighbour, state):
                done.add(ring)
                yield from _dropped_on(ring, neighbour, state)
    for name, minutes in cleared.items():
        yield LetterWritten(state.shared.rings[name].creditor, RingCleared(name, minutes))


def _sought_on(sought: RingSought, neighbour: Neighbour, me: str, state: State) -> Iterator[LetterWritten]:
    """To those that owe us. Whoever asked first is one of them where the circle closes."""
    route = sought.route
    written = (*sought.shops, neighbour.name)
    known = len(written) == len(route) < MOST_SHOPS and route[-1] == key_name(neighbour) and is_named(sought.ring)
    ours = sought.ring in state.shared.rings
    if not known or ours or me in route or any(not 0 < len(each) <= 60 for each in (*route, *written)):
        return
    most = min(sought.minutes, owed(neighbour, state))
    for each in state.neighbours.values():
        minutes = whole(min(most, -owed(each, state)))
        if minutes >= STEP and _good(each) and key_name(each) not in route[1:]:
            yield LetterWritten(each.name, RingSought(sought.ring, minutes, (*route, me), written))


def _open_of(neighbour: Neighbour, state: State) -> int:
    """How many circles are open that this neighbour asked us into."""
    rings = [each for each in state.shared.rings.values() if each.creditor == neighbour.name and not each.mine]
    return sum(each.stage in ("asked", "agreed") for each in rings)


def _agreed_on(agreed: RingAgreed, neighbour: Neighbour, state: State, *, full: bool) -> Iterator[LetterWritten]:
    """Where our own circle has come round, clearing begins. What can't be one, or is too many, is sent back."""
    ring = state.shared.rings.get(agreed.ring)
    if ring is None and (full or asked_of_us(agreed, neighbour, state) is None):
        yield LetterWritten(neighbour.name, RingDropped(agreed.ring))
    if ring is None or not ring.mine or ring.stage != "agreed" or ring.creditor != neighbour.name:
        return
    debtor = state.neighbours[ring.debtor]
    minutes = whole(min(agreed.minutes, ring.minutes))
    if minutes < STEP or debtor.parted:
        return
    moved = {neighbour.account: -minutes, debtor.account: minutes}
    yield LetterWritten(neighbour.name, RingCleared(agreed.ring, minutes), (), moved)


def _dropped_on(name: str, neighbour: Neighbour, state: State) -> Iterator[LetterWritten]:
    """To the one on the other side that has been asked, or waits for us."""
    ring = state.shared.rings[name]
    if neighbour.name == ring.debtor and not ring.mine:
        yield LetterWritten(ring.creditor, RingDropped(name))
    if neighbour.name == ring.creditor and not ring.mine and ring.stage == "agreed":
        yield LetterWritten(ring.debtor, RingDropped(name))


def given_up(neighbour: Neighbour, cleared: Mapping[str, int], state: State) -> Iterator[LetterWritten]:
    """A neighbour has parted: what it was to strike off comes no more, and nothing is held back for it. What its
    last letters have cleared goes on."""
    for name, minutes in cleared.items():
        yield LetterWritten(state.shared.rings[name].creditor, RingCleared(name, minutes))
    for name, ring in state.shared.rings.items():
        if name not in cleared and may_drop(name, neighbour, state):
            yield LetterWritten(ring.creditor if neighbour.name == ring.debtor else ring.debtor, RingDropped(name))


def posted_in(segment: Segment) -> tuple[Posted, ...]:
    """The letters in a segment that this kiosk understands."""
    return tuple(line.posted for line in segment.lines if line.posted is not None)
