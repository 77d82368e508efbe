"""Folding what shops write to each other: links, letters, segments, and the accounts between them."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from kiosk.amounts import EntryId, Moment
from kiosk.events import (
    Entry,
    ForkSeen,
    LetterWritten,
    NeighbourLinked,
    NeighbourUnlinked,
    OrderJoined,
    SegmentClosed,
    SegmentTaken,
)
from kiosk.letters import (
    Answer,
    BalanceNote,
    CallUp,
    Farewell,
    Limit,
    Line,
    News,
    Offer,
    OrderCall,
    OrderTotal,
    Pledge,
    Posted,
    RingCleared,
    SealsPassed,
    TakenOff,
    TemplateShown,
    Visitor,
    Wanted,
)
from kiosk.letters.segment import lines_of
from kiosk.letters.sense import sensible
from kiosk.state.change import Change, Touched, lay, without
from kiosk.state.neighbour import CHAIN, TOLD, Agreed, Neighbour, OpenOffer, Told, answers, came_lately
from kiosk.state.present import State
from kiosk.state.shared import Promise
from kiosk.state.sharing import joined, latest, read, written
from kiosk.state.witness import heard_of, passed_on, reads, told_of_template, writes

BESIDES = 1000
"""Bytes that are written besides, for each segment that comes."""

VISITORS = 500
"""Members of one neighbour who may swap here; what it tells must not fill the card."""

NEWER = 8
"""How many kinds of letter that are newer than this kiosk are remembered by their words."""


def _keep(state: State, *changed: Neighbour) -> Change:
    laid = lay(state, neighbours={each.name: each for each in changed})
    return Change(laid, tuple(Touched("neighbours", each.name) for each in changed))


def _linked(state: State, entry: Entry, event: NeighbourLinked) -> Change:
    new = Neighbour(
        event.neighbour,
        event.key,
        event.minutes,
        entry.moment,
        event.wire,
        kiosk=entry.device,
        waiting=event.tell,
    )
    parted = [
        each for each in state.neighbours.values() if each.key == event.key and each.kiosk in ("", entry.device)
    ]
    if not parted:
        return _keep(state, new)
    # One key signs one chain: where two shops link once more, it goes on, or its numbers would be there twice.
    old = parted[-1]
    goes_on = replace(
        new,
        sent=old.sent,
        sent_hash=old.sent_hash,
        out=old.out,
        taken=old.taken,
        taken_hash=old.taken_hash,
        chain=old.chain,
        fork=old.fork,
        seal=old.seal,
        sealed=old.sealed,
        cosigned=old.cosigned,
        shown=old.shown,
        seal_fork=old.seal_fork,
        doubts=old.doubts,
        mends=old.mends,
        read=old.read,
        heard=old.heard,
        came=old.came,
    )
    return _keep(state, replace(old, waiting=()), goes_on)


def _unlinked(state: State, entry: Entry, event: NeighbourUnlinked) -> Change:
    gone = replace(state.neighbours[event.neighbour], parted=True, offers={}, visitors={})
    return _keep(state, gone)


def _written(state: State, entry: Entry, event: LetterWritten) -> Change:
    waits = _waits(state, entry, event)
    besides = written(state=waits.state, entry=entry, event=event)
    answered = event.letter.offer if isinstance(event.letter, Answer) else None
    if answered is None or answered not in besides.state.neighbours[event.to].called_up:
        return Change(besides.state, (*waits.touched, *besides.touched))
    neighbour = besides.state.neighbours[event.to]
    done = replace(neighbour, called_up=without(neighbour.called_up, answered))
    return Change(lay(besides.state, neighbours={neighbour.name: done}), (*waits.touched, *besides.touched))


def _waits(state: State, entry: Entry, event: LetterWritten) -> Change:
    letter = event.letter
    readers = [n for n in state.neighbours.values() if not n.parted and event.to in ("", n.name)]
    changed = [_reads(reader, entry, event) for reader in readers]
    kept = _keep(state, *changed)
    if isinstance(letter, Pledge) and letter.whom == "all":
        pledged = replace(kept.state, pledged=letter.cents)
        return Change(pledged, (*kept.touched, Touched("pledged", "pledged")))
    if isinstance(letter, OrderCall):
        called = lay(kept.state, called={entry.id: letter})
        return Change(called, (*kept.touched, Touched("called", entry.id)))
    if isinstance(letter, SealsPassed):
        return _also(kept, passed_on(kept.state, entry, letter))
    if isinstance(letter, TemplateShown):
        return _also(kept, told_of_template(kept.state, event))
    return kept


def _also(first: Change, then: Change) -> Change:
    return Change(then.state, (*first.touched, *then.touched))


def _reads(reader: Neighbour, entry: Entry, event: LetterWritten) -> Neighbour:
    waits = replace(reader, waiting=(*reader.waiting, entry.id))
    match event.letter:
        case Offer() as offer:
            return replace(waits, offers={**waits.offers, entry.id: OpenOffer(offer, entry.moment.wall)})
        case Answer(accepted=True, cents=0):
            moved = event.moved.get(reader.account, 0)
            return replace(waits, agreed=(*waits.agreed, Agreed(entry.id, moved)))
        case RingCleared(minutes=minutes):
            return replace(waits, agreed=(*waits.agreed, Agreed(entry.id, -minutes)))
        case Visitor(handle=handle, badge=badge):
            there = tuple(each for each in waits.there if each != handle)
            return replace(waits, there=(*there, handle) if badge else there)
        case Limit(minutes=minutes):
            return replace(waits, minutes=minutes)
    return writes(waits, event.letter, entry.moment)


def _closed(state: State, entry: Entry, event: SegmentClosed) -> Change:
    neighbour = state.neighbours[event.neighbour]
    gone = set(event.letters)
    left = tuple(each for each in neighbour.waiting if each not in gone)
    agreed = tuple(replace(a, segment=event.number) if a.answer in gone else a for a in neighbour.agreed)
    out = _at_hand(neighbour, {**neighbour.out, str(event.number): entry.id})
    closed = replace(neighbour, sent=event.number, sent_hash=event.hash, out=out, waiting=left, agreed=agreed)
    return _keep(state, closed)


def _at_hand(neighbour: Neighbour, out: Mapping[str, EntryId]) -> dict[str, EntryId]:
    """The last ones, and before them all that it has not told us it has: what is lost here is sent by nobody."""
    has = neighbour.noted.taken if neighbour.noted else 0
    latest = set(list(out)[-CHAIN:])
    return {number: entry for number, entry in out.items() if number in latest or int(number) > has}


def _taken(state: State, entry: Entry, event: SegmentTaken) -> Change:
    before = state.neighbours[event.neighbour]
    chain = dict(list({**before.chain, str(event.number): event.hash}.items())[-CHAIN:])
    came = came_lately(before, entry.moment) + len(event.text) + BESIDES
    neighbour = replace(
        before, taken=event.number, taken_hash=event.hash, chain=chain, heard=entry.moment, came=came
    )
    good = frozenset(event.good)
    posted: list[Posted] = []
    for line in lines_of(event.text):
        if line.posted is None:
            neighbour = _newer(neighbour, line)
        else:
            posted.append(line.posted)
            neighbour = replace(neighbour, read=max(neighbour.read, line.posted.at))
            letter = sensible(line.posted.letter)
            if letter is not None:
                told = replace(line.posted, letter=letter)
                neighbour = _read(state, neighbour, _no_later(told, entry.moment), event)
                neighbour = reads(neighbour, told, good, entry.moment)
    kept = _keep(state, neighbour)
    for each in posted:
        if sensible(each.letter) is not None:
            kept = _also(kept, read(kept.state, neighbour.name, each))
    return _also(kept, heard_of(kept.state, entry, event))


def _no_later(told: Posted, came: Moment) -> Posted:
    """What says that it was written after it came would stand before all other news for as long as it likes."""
    return replace(told, at=min(told.at, came.wall)) if came.trusted else told


def _newer(neighbour: Neighbour, line: Line) -> Neighbour:
    kinds = dict.fromkeys((*neighbour.newer, line.kind))
    return replace(neighbour, newer=tuple(kinds)[:NEWER])


def _read(state: State, neighbour: Neighbour, posted: Posted, event: SegmentTaken) -> Neighbour:
    match posted.letter:
        case Answer(offer=offer) as answer:
            waits = neighbour.offers.get(offer)
            settled = waits is not None and answers(answer, waits)
            return replace(neighbour, offers=without(neighbour.offers, offer)) if settled else neighbour
        case Limit(minutes=minutes):
            return replace(neighbour, theirs=minutes)
        case Visitor(handle=handle, badge=badge):
            others = {key: name for key, name in neighbour.visitors.items() if name != handle}
            known = latest({**others, badge: handle}, VISITORS) if badge else others
            return replace(neighbour, visitors=known)
        case BalanceNote() as note:
            return _compare(state, neighbour, note, event)
        case RingCleared(ring=ring):
            return replace(neighbour, ahead=without(neighbour.ahead, ring))
        case Farewell():
            return replace(neighbour, parted=True, offers={}, visitors={}, rings={}, ahead={})
    return _read_public(neighbour, posted)


def _read_public(neighbour: Neighbour, posted: Posted) -> Neighbour:
    match posted.letter:
        case Pledge(cents=cents, whom=whom, monthly=monthly):
            promised = {**neighbour.promised, whom: Promise(cents, monthly)}
            return replace(neighbour, pledged=cents if whom == "all" else neighbour.pledged, promised=promised)
        # One that is known stays as it was said first: people have put their names to it.
        case CallUp() | OrderCall() if posted.id in neighbour.called_up or posted.id in neighbour.calls:
            return neighbour
        case CallUp() as call:
            return replace(neighbour, called_up=latest({**neighbour.called_up, posted.id: call}))
        case OrderCall() as call:
            return replace(neighbour, calls=latest({**neighbour.calls, posted.id: call}))
        case OrderTotal(order=order, amount=amount):
            return replace(neighbour, totals=latest({**neighbour.totals, order: amount}))
        case Wanted() as wanted:
            return replace(neighbour, board=latest({**neighbour.board, posted.id: wanted}))
        case TakenOff(wanted=gone):
            return replace(neighbour, board=without(neighbour.board, gone))
        case News(words=words, of=of):
            return replace(neighbour, news=(*neighbour.news, Told(words, of, posted.at))[-TOLD:])
    return neighbour


def _compare(state: State, neighbour: Neighbour, note: BalanceNote, event: SegmentTaken) -> Neighbour:
    """What their note says, held against ours as of the same letters: those of ours that they had not read don't
    count, and neither do the answers in this segment that were written before the note: those are in both. What a
    circle of debt has moved here, and there not yet, doesn't either."""
    unread = tuple(each for each in neighbour.agreed if each.segment == 0 or each.segment > note.taken)
    here = state.balance(neighbour.account) + event.moved.get(neighbour.account, 0) - sum(neighbour.ahead.values())
    there = here - sum(each.minutes for each in unread)
    return replace(neighbour, noted=note, differs=note.minutes + there, agreed=unread)


def _forked(state: State, entry: Entry, event: ForkSeen) -> Change:
    found = state.neighbours[event.neighbour]
    return _keep(state, replace(found, fork=entry.id, mends=without(found.mends, "letters")))


NEIGHBOURS: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    NeighbourLinked: _linked,
    NeighbourUnlinked: _unlinked,
    LetterWritten: _written,
    OrderJoined: joined,
    SegmentClosed: _closed,
    SegmentTaken: _taken,
    ForkSeen: _forked,
}
"""How each event of the neighbours changes the present."""
