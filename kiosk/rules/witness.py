"""Shops as each other's witnesses: seals are shown, checked, cosigned and passed on; two stories are looked at.

A seal is believed as far as its signature goes, and only where it is shown to lead on from the one before (C2SP
tlog-witness). What a neighbour sends is looked at in bounded time, and only so much of it is kept.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from kiosk.amounts import EntryId, Moment, elapsed
from kiosk.commands import CosignSeal, PassSeals, Refusal, ShowSeal, ShowTemplate
from kiosk.events import AnyEvent, FarForkSeen, LetterWritten, SealForkSeen
from kiosk.letters import Cosigned, Doubted, Mended, Passed, Posted, SealShown, SealsPassed, Segment, TemplateShown
from kiosk.letters.passing import LONGEST, MOST, Seal, looked_at, may_pass, merge
from kiosk.rules.approvals import vote_open
from kiosk.rules.case import Case, Verdict
from kiosk.rules.writing import plain_words
from kiosk.sealing.checkpoint import Checkpoint, open_seal
from kiosk.sealing.cosignature import cosigned, cosigned_by
from kiosk.sealing.note import Bad, Verifier, parse_note, read_verifier
from kiosk.sealing.proof import MOST_HASHES
from kiosk.sealing.tree import HASH, is_beginning
from kiosk.state import Neighbour, State, known_of, says, size_of
from kiosk.template import Template, differences, digest_of, read_template

DAY = 86_400_000
"""Milliseconds between two seals that are shown, where no circle and no Friday comes between."""

PASSED_EVERY = 7 * DAY
"""Milliseconds between two seals of one far shop that we pass on: ten thousand shops then cost a seventh."""

PASSED_A_DAY = 120
"""Seals that we pass on in a day at most, those first that were not for the longest: all of it is kept for ever."""

LETTER = 6000
"""Bytes of the seals in one letter, and of a template."""

FAR_FORKS = 20
"""Far shops whose two stories are kept and shown; whoever tells of more is only filling the card."""

LONGEST_WORDS = 120
"""Characters."""

_HASH_BEGINS = 16
"""Signs of a hash in a chain that a letter names."""


# --- showing ours -----------------------------------------------------------------------------------------


def readers(state: State) -> tuple[Neighbour, ...]:
    """The neighbours that our seals are shown to: not where two stories are still to be looked at."""
    here = (each for each in state.neighbours.values() if not each.parted)
    return tuple(each for each in here if "seals" not in each.doubts)


def base_of(reader: Neighbour) -> int:
    """Of how many entries the seal is that it was shown last; 0 where it was shown none."""
    return reader.shown[-1].size if reader.shown else 0


def seal_due(state: State, now: Moment) -> bool:
    """Whether our newest seal is to be shown: after a circle, after a Friday, and once a day; never in a vote."""
    if state.circle is not None or vote_open(state):
        return False
    return any(_is_due(each, state, now) for each in readers(state))


def _is_due(reader: Neighbour, state: State, now: Moment) -> bool:
    if not reader.shown:
        return True
    last = reader.shown[-1].at
    ends = [state.latest.end if state.latest else None, *(fund.emptied for fund in state.funds.values())]
    return _is_over(last, now, DAY) or any(end is not None and elapsed(last, end) > 0 for end in ends)


def _is_over(last: Moment, now: Moment, pause: int) -> bool:
    """Whether a pause is over; it is where a clock was far ahead then, or nothing would go out until that day."""
    return not 0 <= elapsed(last, now) < pause


def show_seal(command: ShowSeal, case: Case) -> Verdict:
    """Show our newest checkpoint: in one letter where all have seen the same one before, else in one to each."""
    if vote_open(case.state):
        return Refusal("vote open", "No seal is made while a vote is open.")
    size = size_of(command.text)
    shown = [each for each in readers(case.state) if base_of(each) < size and _can_show(each, command)]
    if not shown:
        return Refusal("nothing new", "There is nothing new to seal.")
    everybody = [each for each in case.state.neighbours.values() if not each.parted]
    bases = {base_of(each) for each in everybody}
    if len(shown) == len(everybody) and len(bases) == 1:
        return (LetterWritten("", _shown(command, bases.pop())),)
    return tuple(LetterWritten(each.name, _shown(command, base_of(each))) for each in shown)


def _can_show(reader: Neighbour, command: ShowSeal) -> bool:
    return base_of(reader) == 0 or base_of(reader) in command.proofs


def _shown(command: ShowSeal, base: int) -> SealShown:
    return SealShown(command.text, command.proofs.get(base, ()), base)


# --- being a witness --------------------------------------------------------------------------------------


def to_cosign(neighbour: Neighbour) -> bool:
    """Whether we can be a witness of its newest seal, and are not yet."""
    return not neighbour.parted and not neighbour.two_stories and size_of(neighbour.seal) > neighbour.cosigned


def cosign_seal(command: CosignSeal, case: Case) -> Verdict:
    """Our cosignature goes out: only under the newest seal that leads on from those before."""
    neighbour = case.state.neighbours.get(command.neighbour)
    if neighbour is None or not to_cosign(neighbour):
        return Refusal("nothing to cosign", "There is no seal to be a witness of.")
    verifier = read_verifier(command.key)
    made = cosigned(command.text, [verifier]) if isinstance(verifier, Verifier) else verifier
    if isinstance(made, Bad) or not made or says(command.text) != says(neighbour.seal):
        return Refusal(
            "no cosignature", "This is no cosignature under the seal of {shop}.", {"shop": neighbour.name}
        )
    return (LetterWritten(neighbour.name, Cosigned(command.text)),)


# --- what comes -------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """What the seals in a segment are good for. good: letters that count. events: what else there is to write.

    neighbour: as it is known then, where it tells two stories.
    """

    good: tuple[EntryId, ...]
    events: tuple[AnyEvent, ...]
    neighbour: Neighbour


def looked_through(neighbour: Neighbour, segment: Segment, case: Case) -> Found:
    """All in a segment that is about seals, checked one after another."""
    verifier = read_verifier(neighbour.key)
    assert isinstance(verifier, Verifier)
    good: list[EntryId] = []
    events: list[AnyEvent] = []
    seen: set[str] = set()
    for posted in (line.posted for line in segment.lines if line.posted is not None):
        if not isinstance(posted.letter, SealShown):
            good += [posted.id] if _is_good(posted, neighbour, verifier) else []
            events += _far_forks(posted, neighbour, case.state, seen) if posted.id in good else []
            continue
        if neighbour.seal_fork is not None:
            continue
        leads = leads_on(neighbour.seal, posted.letter, verifier)
        if leads is True:
            good.append(posted.id)
            neighbour = replace(neighbour, seal=posted.letter.text)
        elif leads is False:
            events += _doubt(neighbour, neighbour.seal, posted.letter.text)
            neighbour = replace(neighbour, seal_fork=posted.id)
    return Found(tuple(good), tuple(events), neighbour)


def _doubt(neighbour: Neighbour, known: str, shown: str) -> Iterator[AnyEvent]:
    """We write down both, and tell them what we saw."""
    yield SealForkSeen(neighbour.name, known, shown)
    if not neighbour.parted:
        yield LetterWritten(neighbour.name, Doubted("seals", known, shown))


def leads_on(known: str, letter: SealShown, verifier: Verifier) -> bool | None:
    """Whether a seal leads on from the one that is known; None where it is no seal of theirs at all."""
    new = _checkpoint(letter.text, verifier)
    if new is None or len(letter.proof) > MOST_HASHES:
        return None
    before = _checkpoint(known, verifier) if known else None
    if before is None or (before.size, before.root) == (new.size, new.root):
        return True
    proof = tuple(_hash(each) for each in letter.proof)
    return letter.old == before.size and is_beginning(before.size, before.root, new.size, new.root, proof)


def _checkpoint(text: str, verifier: Verifier) -> Checkpoint | None:
    raw = text.encode("utf-8", "surrogatepass")
    opened = open_seal(raw, [verifier]) if len(raw) <= LONGEST else Bad("")
    if isinstance(opened, Bad) or opened[0].origin != verifier.name or not opened[0].size:
        return None
    return opened[0] if len(opened[0].root) == HASH else None


def _hash(coded: str) -> bytes:
    """Empty for what is none; no proof holds with it."""
    try:
        return base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _is_good(posted: Posted, neighbour: Neighbour, verifier: Verifier) -> bool:
    match posted.letter:
        case Cosigned(text=text):
            return _is_our_witness(text, neighbour, verifier)
        case SealsPassed(seals=seals):
            return len(seals) <= MOST and all(isinstance(looked_at(each.key, each.text), Seal) for each in seals)
        case Doubted() as letter:
            return max(len(letter.known), len(letter.shown)) <= LONGEST and 0 <= letter.number < 10**9
        case Mended() as letter:
            return _is_short(letter)
    return False


def _is_our_witness(text: str, neighbour: Neighbour, verifier: Verifier) -> bool:
    """Whether this neighbour has cosigned one of the seals that we showed it lately, and none newer."""
    raw = text.encode("utf-8", "surrogatepass")
    note = parse_note(raw) if len(raw) <= LONGEST else Bad("")
    if isinstance(note, Bad) or len(note.signatures) != 1 or size_of(text) < size_of(neighbour.witnessed):
        return False
    ours = any(says(each.text) == says(text) for each in neighbour.shown)
    return ours and bool(made := cosigned_by(note, [verifier])) and not isinstance(made, Bad)


def _is_short(letter: Mended) -> bool:
    chain = len(letter.chain) <= MOST and all(len(each) == _HASH_BEGINS for each in letter.chain)
    return chain and len(letter.hash) in (0, 2 * HASH) and 0 <= letter.number < 10**9


def _far_forks(posted: Posted, neighbour: Neighbour, state: State, seen: set[str]) -> Iterator[AnyEvent]:
    """Two seals of one size and one key that say different things: whoever signed both tells two stories.

    A name that comes with another key proves nothing, since anybody can make one; the first stays. seen: whose
    forks were found already.
    """
    if not isinstance(posted.letter, SealsPassed):
        return
    told = tuple(Seal(each.key, each.text, size_of(each.text)) for each in posted.letter.seals)
    doubts = merge(known_of(state, [each.name for each in told]), told).doubts
    if not doubts:
        return
    left = FAR_FORKS - sum(1 for each in state.shops.values() if each.fork)
    ours = {each.key: each for each in state.neighbours.values() if not each.parted}
    for known, other in doubts:
        here, ours_too = state.shops.get(known.name), ours.get(known.key)
        if known.key != other.key or here is None or here.fork or known.name in seen:
            continue
        if ours_too is not None and ours_too.seal_fork is None:
            seen.add(known.name)
            yield from _doubt(ours_too, known.text, other.text)
        elif ours_too is None and len(seen) < left:
            seen.add(known.name)
            yield FarForkSeen(neighbour.name, known.key, known.text, other.text)


# --- passing on -------------------------------------------------------------------------------------------


def to_pass(state: State, now: Moment) -> tuple[Passed, ...]:
    """The seals that go on now: newer than the last time, not more often than once a week, the oldest first."""
    due = [
        each
        for each in state.shops.values()
        if each.size > each.passed
        and not each.fork
        and may_pass(each.key, each.text)
        and (each.passed_at is None or _is_over(each.passed_at, now, PASSED_EVERY))
    ]
    due.sort(key=lambda each: each.passed_at.wall if each.passed_at else 0)
    return tuple(Passed(each.key, each.text) for each in due[:PASSED_A_DAY])


def pass_due(state: State, now: Moment) -> bool:
    """Whether a day has gone since seals were passed on, and there is somebody to pass them on to."""
    here = [each for each in state.neighbours.values() if not each.parted]
    if len(here) < 2 or state.circle is not None:
        return False
    last = max(
        (each.passed_at for each in state.shops.values() if each.passed_at), key=lambda at: at.wall, default=None
    )
    return (last is None or _is_over(last, now, DAY)) and bool(to_pass(state, now))


def pass_seals(command: PassSeals, case: Case) -> Verdict:
    """Pass on what came, in as many letters as it takes."""
    letters = tuple(LetterWritten("", SealsPassed(part)) for part in _in_letters(to_pass(case.state, case.now)))
    return letters or Refusal("nothing new", "There are no seals to pass on.")


def _in_letters(seals: Sequence[Passed]) -> Iterator[tuple[Passed, ...]]:
    part: list[Passed] = []
    bytes_ = 0
    for each in seals:
        long = len(each.key) + len(each.text)
        if part and (bytes_ + long > LETTER or len(part) == MOST):
            yield tuple(part)
            part, bytes_ = [], 0
        part.append(each)
        bytes_ += long
    if part:
        yield tuple(part)


# --- the template -----------------------------------------------------------------------------------------


def show_template(command: ShowTemplate, case: Case) -> Verdict:
    """Tell the neighbours that our template is another now, in a few words and whole where it is not too long."""
    template = read_template(command.template.encode("utf-8", "surrogatepass"))
    if isinstance(template, str):
        return Refusal("no template", "This is no template.")
    digest, told = digest_of(template), case.state.template
    before = read_template(told.encode()) if told else Template()
    if digest in (told, digest_of(before) if isinstance(before, Template) else ""):
        return Refusal("nothing new", "The neighbours know our template as it is.")
    changed = differences(before, template) if told and isinstance(before, Template) else ()
    words = plain_words("; ".join(changed)[:LONGEST_WORDS], least=0, most=LONGEST_WORDS)
    whole = command.template if len(command.template.encode()) <= LETTER else ""
    return (LetterWritten("", TemplateShown(digest, "" if isinstance(words, Refusal) else words, whole)),)
