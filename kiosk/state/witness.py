"""Folding what neighbours see of each other's records: seals, cosignatures, and two stories."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from kiosk.amounts import EntryId, Moment
from kiosk.events import Entry, FarForkSeen, ForkMended, LetterWritten, SealForkSeen, SegmentTaken
from kiosk.letters import (
    Cosigned,
    Doubted,
    Letter,
    Mended,
    Posted,
    SealShown,
    SealsPassed,
    TemplateShown,
)
from kiosk.letters.passing import REMEMBERED, Known, Seal, merge
from kiosk.letters.segment import lines_of, meant_for
from kiosk.state.change import Change, Touched, lay, without
from kiosk.state.neighbour import SHOWN, Doubt, Mend, Neighbour, Shown, says, size_of
from kiosk.state.present import FarSeal, State

BROUGHT = 10_000
"""Shops that one neighbour can tell of; more are not kept, so that none can crowd out those of the others."""


def writes(reader: Neighbour, letter: Letter, at: Moment) -> Neighbour:
    """What a letter of ours about seals changes in what we know of its reader."""
    match letter:
        case SealShown(text=text):
            return replace(reader, shown=(*reader.shown, Shown(text, at))[-SHOWN:])
        case Cosigned(text=text):
            return replace(reader, cosigned=size_of(text))
    return reader


def reads(neighbour: Neighbour, posted: Posted, good: frozenset[EntryId], at: Moment) -> Neighbour:
    """What a letter of a neighbour's changes in what we know of it; seals count where they were found good."""
    match posted.letter:
        case SealShown(text=text) if posted.id in good:
            return replace(neighbour, seal=text, sealed=at)
        case Cosigned(text=text) if posted.id in good:
            return replace(neighbour, witnessed=_with_ours(text, neighbour))
        case Doubted(of=of) as letter if posted.id in good:
            return replace(neighbour, doubts={**neighbour.doubts, of: Doubt(letter, at)})
        case Mended() as letter if posted.id in good:
            return _hears_of_mending(neighbour, letter)
        case TemplateShown(digest=digest, words=words, template=template):
            return replace(neighbour, template=digest, template_words=words, template_text=template)
    return neighbour


def _with_ours(text: str, neighbour: Neighbour) -> str:
    """Our checkpoint with our signature, and the line of the witness."""
    ours = next((each.text for each in neighbour.shown if says(each.text) == says(text)), "")
    return ours + text.partition("\n\n")[2]


def _hears_of_mending(neighbour: Neighbour, letter: Mended) -> Neighbour:
    doubt, mend = neighbour.doubts.get(letter.of), neighbour.mends.get(letter.of)
    if doubt is not None:
        said = replace(doubt, said=letter.goes_on, number=letter.number, hash=letter.hash, chain=letter.chain)
        return replace(neighbour, doubts={**neighbour.doubts, letter.of: said})
    if mend is not None and mend.goes_on == letter.goes_on:
        return replace(neighbour, mends={**neighbour.mends, letter.of: replace(mend, both=True)})
    return neighbour


# --- seals of all shops -----------------------------------------------------------------------------------


def heard_of(state: State, entry: Entry, event: SegmentTaken) -> Change:
    """The latest seal of each shop, as a segment tells it: the neighbour's own, and those that it passes on."""
    good = frozenset(event.good)
    posted = (line.posted for line in lines_of(event.text) if line.posted is not None and line.id in good)
    told = tuple(seal for each in posted for seal in told_in(each.letter, state.neighbours[event.neighbour].key))
    return _heard(state, told, meant_for(event.text), event.neighbour, entry.moment) if told else Change(state, ())


def told_in(letter: Letter, key: str) -> tuple[Seal, ...]:
    """The seals that a letter tells of. key: its writer's."""
    match letter:
        case SealShown(text=text):
            return (Seal(key, text, size_of(text)),)
        case SealsPassed(seals=seals):
            return tuple(Seal(each.key, each.text, size_of(each.text)) for each in seals)
    return ()


def known_of(state: State, names: Iterable[str]) -> Known:
    """The latest seals of these shops, for the rule by which they are passed on."""
    here = {name: state.shops[name] for name in names if name in state.shops}
    return Known({name: Seal(each.key, each.text, each.size) for name, each in here.items()})


def room_for(state: State, neighbour: str) -> int:
    """How many shops that nobody has told of yet this neighbour may still tell of."""
    return BROUGHT - sum(1 for each in state.shops.values() if each.by == neighbour)


def _heard(state: State, told: tuple[Seal, ...], me: str, by: str, at: Moment) -> Change:
    others = [each for each in told if each.name != me]
    room = min(room_for(state, by), REMEMBERED - len(state.shops))
    merged = merge(known_of(state, [each.name for each in others]), others, room)
    fresh = {seal.name: _kept(state.shops.get(seal.name), seal, by, at) for seal in merged.fresh}
    return Change(lay(state, shops=fresh), tuple(Touched("shops", name) for name in fresh))


def _kept(before: FarSeal | None, seal: Seal, by: str, at: Moment) -> FarSeal:
    if before is None:
        return FarSeal(seal.key, seal.text, seal.size, at, by)
    return replace(before, text=seal.text, size=seal.size, came=at)


def passed_on(state: State, entry: Entry, letter: SealsPassed) -> Change:
    """These seals have gone on to the neighbours."""
    names = [each.key.partition("+")[0] for each in letter.seals]
    passed = {
        name: replace(state.shops[name], passed=state.shops[name].size, passed_at=entry.moment)
        for name in names
        if name in state.shops
    }
    return Change(lay(state, shops=passed), tuple(Touched("shops", name) for name in passed))


# --- two stories ------------------------------------------------------------------------------------------


def _keep(state: State, changed: Neighbour) -> Change:
    return Change(lay(state, neighbours={changed.name: changed}), (Touched("neighbours", changed.name),))


def _seal_forked(state: State, entry: Entry, event: SealForkSeen) -> Change:
    found = state.neighbours[event.neighbour]
    return _keep(state, replace(found, seal_fork=entry.id, mends=without(found.mends, "seals")))


def _far_forked(state: State, entry: Entry, event: FarForkSeen) -> Change:
    name = event.key.partition("+")[0]
    known = state.shops.get(name)
    if known is None:
        return Change(state, ())
    return Change(lay(state, shops={name: replace(known, fork=entry.id)}), (Touched("shops", name),))


def _mended(state: State, entry: Entry, event: ForkMended) -> Change:
    neighbour = state.neighbours[event.neighbour]
    if event.whose == "ours":
        return _keep(state, _ours_mended(neighbour, entry, event))
    mends = {**neighbour.mends, event.of: Mend(event.goes_on, entry.moment)}
    if event.of == "letters":
        chain = {number: hash_ for number, hash_ in neighbour.chain.items() if int(number) <= event.number}
        after = replace(neighbour, fork=None, mends=mends, taken=event.number, taken_hash=event.hash, chain=chain)
        return _keep(state, after)
    return _keep(state, replace(neighbour, seal_fork=None, mends=mends, **_goes_on(neighbour, entry, event)))


def _goes_on(neighbour: Neighbour, entry: Entry, event: ForkMended) -> dict[str, Any]:
    """Where the seal that was shown goes on, it is the one that the next must lead on from, not cosigned yet."""
    if event.goes_on == "known":
        return {}
    return {"seal": event.text, "sealed": entry.moment, "cosigned": 0}


def _ours_mended(neighbour: Neighbour, entry: Entry, event: ForkMended) -> Neighbour:
    settled = replace(neighbour, doubts=without(neighbour.doubts, event.of))
    if event.of == "seals":
        return replace(settled, shown=(Shown(event.text, entry.moment),) if event.text else ())
    if event.goes_on == "shown":
        return settled
    return replace(
        settled,
        sent=event.number,
        sent_hash=event.hash,
        out={number: name for number, name in neighbour.out.items() if not 0 < event.first <= int(number)},
        waiting=tuple(dict.fromkeys((*event.again, *neighbour.waiting))),
    )


WITNESS: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    SealForkSeen: _seal_forked,
    FarForkSeen: _far_forked,
    ForkMended: _mended,
}
"""How each event of witnesses changes the present."""


def told_of_template(state: State, event: LetterWritten) -> Change:
    """Our template, as the neighbours know it now."""
    assert isinstance(event.letter, TemplateShown)
    return Change(
        replace(state, template=event.letter.template or event.letter.digest), (Touched("template", "template"),)
    )
