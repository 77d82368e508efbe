"""Several kiosks in one building: who is one of them, and what of theirs is taken."""

from msgspec.structs import replace

from kiosk.batch import Told, read_batch, sender
from kiosk.commands import AddKiosk, JoinBuilding, PassTurn, Refusal, RemoveKiosk, TakeEntries
from kiosk.events import (
    BuildingJoined,
    EntriesTaken,
    KioskAdded,
    KioskForked,
    KioskRemoved,
    RoundVoided,
    TurnPassed,
)
from kiosk.rules.approvals import vote_of
from kiosk.rules.badges import many_hands
from kiosk.rules.case import Case, Verdict
from kiosk.rules.writing import WORK_SIGNS, plain_name, same
from kiosk.sealing.note import Bad, Verifier, read_verifier
from kiosk.sealing.tree import grown, root_of
from kiosk.state import HeardOf, State

LONGEST_NAME = 24
"""Characters of what people call a kiosk."""

MOST_KIOSKS = 8
"""Each asks all others before anything is decided, so more than these make nobody's day better."""


def add_kiosk(command: AddKiosk, case: Case) -> Verdict:
    """Another kiosk, by many hands; with the first other one this one gets a name too."""
    hands = many_hands(command.hands, case)
    if isinstance(hands, Refusal):
        return hands
    here = _device(case)
    kiosks = [KioskAdded(command.device, command.name, command.key, hands, command.wire, command.claims)]
    if here not in case.state.kiosks:
        kiosks.insert(0, KioskAdded(here, command.here_name, command.here_key, hands, command.here_wire))
    added: list[KioskAdded] = []
    for each in kiosks:
        name = plain_name(each.name, least=1, most=LONGEST_NAME, signs=WORK_SIGNS)
        if isinstance(name, Refusal):
            return name
        named = replace(each, name=name)
        refused = _not_new(named, case.state, added)
        if refused:
            return refused
        added.append(named)
    return tuple(added)


def _not_new(new: KioskAdded, state: State, added: list[KioskAdded]) -> Refusal | None:
    verifier = read_verifier(new.key)
    if isinstance(verifier, Bad) or verifier.name != f"commons-kiosk/{new.device}":
        return Refusal("no key", "This is no kiosk that can be added. Let it show who it is once more.")
    if new.device in state.kiosks:
        return Refusal("known kiosk", "This kiosk was one of the shop before. Lay a fresh card into it first.")
    if len([each for each in state.kiosks.values() if not each.removed]) + len(added) >= MOST_KIOSKS:
        return Refusal("kiosks", "A shop has {most} kiosks at most. Take one off first.", {"most": MOST_KIOSKS})
    names = [*(each.name for each in state.kiosks.values()), *(each.name for each in added)]
    if same(new.name) in [same(each) for each in names]:
        return Refusal(
            "kiosk name", "A kiosk is called {name} already. Give this one another name.", {"name": new.name}
        )
    return None


def remove_kiosk(command: RemoveKiosk, case: Case) -> Verdict:
    """Off the list, by many hands; what it wrote stays. A vote that is open there is void: it has the box."""
    hands = many_hands(command.hands, case)
    if isinstance(hands, Refusal):
        return hands
    known = case.state.kiosks.get(command.device)
    if known is None or known.removed:
        return Refusal("no kiosk", "There is no such kiosk any more. Choose one from the list.")
    if known.device == _device(case):
        return Refusal("this kiosk", "A kiosk is taken off at another one. Do it there.")
    opened = vote_of(case.state)
    lost = opened is not None and opened.startswith(f"{command.device}/")
    void = (RoundVoided(opened, "given up"),) if opened and lost else ()
    return (KioskRemoved(command.device, hands), *void)


def join_building(command: JoinBuilding, case: Case) -> Verdict:
    """The beginning of a record that the shop's history is taken into."""
    if case.state.founded is not None or case.state.in_building:
        return Refusal("a shop", "There is a shop in this kiosk already. Lay a fresh card into it first.")
    if isinstance(read_verifier(command.key), Bad):
        return Refusal("no key", "This is not the key of a kiosk. Let the other kiosk write its stick once more.")
    return (BuildingJoined(command.device, command.key),)


def pass_turn(command: PassTurn, case: Case) -> Verdict:
    """Nothing happened; the core knows whether there is a turn."""
    return (TurnPassed(),)


# --- taking -----------------------------------------------------------------------------------------------


def take_entries(command: TakeEntries, case: Case) -> Verdict:
    """What another kiosk wrote, if nothing is missing before it. It happened there, so none of it is judged."""
    device = sender(command.text)
    verifier = _verifier(device, case)
    if verifier is None:
        return Refusal("stranger", "This comes from a kiosk that is none of this shop.")
    here = case.state.taken.get(device) or HeardOf()
    batch = read_batch(command.text, verifier)
    if isinstance(batch, Bad):
        return Refusal("no batch", "What another kiosk sent can’t be read: {why}.", {"why": batch.why})
    if batch.last < here.number:
        return _known()
    if batch.first > here.number + 1:
        return _later()
    told = batch.told[here.number + 1 - batch.first :]
    if _root(here, told) != batch.root:
        return (KioskForked(device, command.text),)
    if not told:
        return _known()
    return _missing(told, case) or (EntriesTaken(device, told[0].number, batch.last, command.text),)


def _verifier(device: str, case: Case) -> Verifier | None:
    """The key of a kiosk of the shop that is not taken off and tells one story."""
    known, here = case.state.kiosks.get(device), case.state.taken.get(device)
    if not device or device == _device(case) or (known and known.removed) or (here and here.forked):
        return None
    key = known.key if known else here.key if here else ""
    verifier = read_verifier(key) if key else None
    return verifier if isinstance(verifier, Verifier) else None


def _root(here: HeardOf, told: tuple[Told, ...]) -> bytes:
    peaks, size = tuple(bytes.fromhex(each) for each in here.peaks), here.number
    for each in told:
        peaks = grown(peaks, size, each.leaf)
        size += 1
    return root_of(peaks)


def _missing(told: tuple[Told, ...], case: Case) -> Refusal | None:
    """What that kiosk knew when it wrote this, and this one does not: a batch of a third one, or a turn."""
    here, own = _device(case), int(case.next.rpartition("/")[2]) - 1
    turn, before = case.state.turn, 0
    for each in told:
        if each.entry is None:
            known = own if each.device == here else (case.state.taken.get(each.device) or HeardOf()).number
            if each.upto > known:
                return _lost() if each.device == here else _later()
        elif each.entry.turn:
            if each.entry.turn != turn + 1 and not each.entry.turn == turn == before:
                return _later()
            turn = each.entry.turn
        before = each.entry.turn if each.entry else 0
    return None


def _known() -> Refusal:
    return Refusal("known", "This was taken already, and all is well.")


def _later() -> Refusal:
    return Refusal("later", "Something is missing before this. It comes by itself.")


def _lost() -> Refusal:
    return Refusal(
        "lost", "Another kiosk has more of what was written here than there is. Was this one put back from a copy?"
    )


def _device(case: Case) -> str:
    return case.next.rpartition("/")[0]
