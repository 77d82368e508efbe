"""Two stories and the way back: both shops look at both, and many hands in both say which goes on.

Who saw the fork decides first, for its own book; then the other shop says the same. Should they not keep to it, the
next letter or seal does not fit again, and that is another fork.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.commands import MendFork, Refusal
from kiosk.events import AnyEvent, ForkMended, ForkSeen, LetterWritten, SealForkSeen, SegmentClosed, Whose
from kiosk.letters import Mended, Segment, Story, read_segment
from kiosk.rules.badges import many_hands
from kiosk.rules.case import Case, Verdict
from kiosk.rules.neighbours import linked, take
from kiosk.sealing.note import Verifier, read_verifier
from kiosk.state import Doubt, Mend, Neighbour

BEGINS = 16
"""Signs of the hash of a segment by which it is told from others."""

NAMED = 30
"""The latest segments that are named by their hashes when letters go on."""


def open_stories(neighbour: Neighbour) -> tuple[tuple[Story, Whose], ...]:
    """What there is to be looked at together with a neighbour: its stories first, then those it says we told."""
    theirs: tuple[tuple[Story, Whose], ...] = (("letters", "theirs"), ("seals", "theirs"))
    forked = {"letters": neighbour.fork, "seals": neighbour.seal_fork}
    ours: tuple[tuple[Story, Whose], ...] = (("letters", "ours"), ("seals", "ours"))
    seen = (*(pair for pair in theirs if forked[pair[0]]), *(pair for pair in ours if pair[0] in neighbour.doubts))
    return () if neighbour.parted else seen


def mend(command: MendFork, case: Case) -> Verdict:
    """Many hands say which of two stories goes on."""
    neighbour = linked(command.neighbour, case.state)
    if isinstance(neighbour, Refusal):
        return neighbour
    hands = many_hands(command.hands, case)
    if isinstance(hands, Refusal):
        return hands
    if command.whose == "ours":
        return _ours(command, neighbour, hands, case)
    forked = neighbour.fork if command.of == "letters" else neighbour.seal_fork
    seen = case.find(forked) if forked else None
    event = seen.entry.event if seen else None
    if isinstance(event, ForkSeen):
        return tuple(_letters(command, neighbour, hands, event, case))
    if isinstance(event, SealForkSeen):
        text = event.known if command.goes_on == "known" else event.shown
        said = ForkMended(neighbour.name, "seals", "theirs", command.goes_on, hands, text)
        return said, LetterWritten(neighbour.name, Mended("seals", command.goes_on), hands)
    return _nothing(neighbour)


def _nothing(neighbour: Neighbour) -> Refusal:
    return Refusal(
        "no fork", "Between us and {shop} there is no second story to look at.", {"shop": neighbour.name}
    )


def _letters(
    command: MendFork, neighbour: Neighbour, hands: tuple[str, ...], seen: ForkSeen, case: Case
) -> Iterator[AnyEvent]:
    """The one that was shown is taken now, as if it were the next; the known one simply goes on."""
    name = neighbour.name
    shown = _segment(seen, neighbour) if command.goes_on == "shown" else None
    if shown is None:
        yield ForkMended(name, "letters", "theirs", "known", hands, "", neighbour.taken, neighbour.taken_hash)
        at = neighbour
    else:
        before = shown.number - 1
        yield ForkMended(name, "letters", "theirs", "shown", hands, "", before, shown.previous)
        chain = {number: each for number, each in neighbour.chain.items() if int(number) <= before}
        at = replace(neighbour, fork=None, mends={"letters": Mend("shown", case.now)}, chain=chain)
        yield from take(at, shown, seen.text, case)
        at = replace(at, taken=shown.number, taken_hash=shown.hash, chain={**chain, str(shown.number): shown.hash})
    goes_on = command.goes_on if shown else "known"
    yield LetterWritten(name, Mended("letters", goes_on, at.taken, at.taken_hash, chain_of(at)), hands)


def chain_of(neighbour: Neighbour) -> tuple[str, ...]:
    """How the hashes of its latest segments begin that were taken, the oldest first."""
    latest = sorted(neighbour.chain.items(), key=lambda pair: int(pair[0]))[-NAMED:]
    return tuple(hash_[:BEGINS] for _, hash_ in latest)


def _segment(seen: ForkSeen, neighbour: Neighbour) -> Segment | None:
    verifier = read_verifier(neighbour.key)
    read = read_segment(seen.text, verifier) if isinstance(verifier, Verifier) else verifier
    return read if isinstance(read, Segment) else None


# --- ours -------------------------------------------------------------------------------------------------


def _ours(command: MendFork, neighbour: Neighbour, hands: tuple[str, ...], case: Case) -> Verdict:
    """The shop that told two stories says the same as the one that saw them."""
    doubt = neighbour.doubts.get(command.of)
    if doubt is None:
        return _nothing(neighbour)
    if doubt.said != command.goes_on:
        return Refusal(
            "they first",
            "{shop} says first which one goes on, with its own hands; then we say the same. Talk with them.",
            {"shop": neighbour.name},
        )
    first, again = _unread(neighbour, doubt, case) if doubt.said == "known" else (0, ())
    text = ""
    if command.of == "seals":
        text = doubt.letter.known if doubt.said == "known" else doubt.letter.shown
    said = ForkMended(
        neighbour.name, command.of, "ours", command.goes_on, hands, text, doubt.number, doubt.hash, first, again
    )
    return said, LetterWritten(neighbour.name, Mended(command.of, command.goes_on), hands)


def _unread(neighbour: Neighbour, doubt: Doubt, case: Case) -> tuple[int, tuple[EntryId, ...]]:
    """From which of our segments on they have read none, and the letters that are in those."""
    named = range(doubt.number - len(doubt.chain) + 1, doubt.number + 1)
    theirs = dict(zip(named, doubt.chain, strict=True))
    first = 0
    again: list[EntryId] = []
    for number, name in sorted((int(number), name) for number, name in neighbour.out.items()):
        found = case.find(name)
        event = found.entry.event if found else None
        if not isinstance(event, SegmentClosed) or number < named.start:
            continue
        if first or theirs.get(number) != event.hash[:BEGINS]:
            first = first or number
            again += event.letters
    return first, tuple(again)
