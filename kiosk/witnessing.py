"""What a kiosk does for its neighbours as their witness, and they for it: looked for beside the house, asked of it.

Here is the key, and here the record is read for proofs: both have no place in the rules. What the rules make of
it is theirs to say.
"""

import base64
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.amounts import Moment, elapsed
from kiosk.commands import Command, CosignSeal, PassSeals, ShowSeal, ShowTemplate
from kiosk.rules.witness import base_of, pass_due, readers, seal_due, to_cosign
from kiosk.seal_key import left_hanging
from kiosk.sealing.checkpoint import Checkpoint, seal
from kiosk.sealing.cosignature import cosign
from kiosk.sealing.note import Signer
from kiosk.sealing.tree import grown_from
from kiosk.state import Neighbour, State, says
from kiosk.store import Reader, StoreError
from kiosk.template import Template, write_template

log = logging.getLogger(__name__)

PAUSE = 60_000
"""Milliseconds before something that came to nothing is tried again."""

SELDOM = 10 * 60_000
"""Milliseconds between two looks at what takes long to look at, and between two cosignatures for one neighbour:
whoever shows a seal a second is not answered each second, for ever."""

SECOND = 1000
"""Milliseconds."""


class Witnessing:
    """folder: the data folder. template: the shop's way of doing things, as it is now."""

    def __init__(self, folder: Path, signer: Signer, template: Callable[[State], Template]) -> None:
        self._folder, self._signer, self._template = folder, signer, template
        self._tried: dict[str, Moment] = {}

    def look(self, state: State, now: Moment) -> Iterator[Command]:
        """What is to be asked of the house now; nothing without neighbours."""
        here = [each for each in state.neighbours.values() if not each.parted]
        if not here:
            return
        if now.trusted:
            yield from (self._cosignature(each, now) for each in here if self._may_cosign(each, now))
        if seal_due(state, now) and self._turn("seal", now, PAUSE):
            yield from self._seal(state)
        if self._turn("passing", now, SELDOM) and pass_due(state, now):
            yield PassSeals()
        if self._turn("template", now, SELDOM):
            template = write_template(self._template(state)).decode()
            if template != state.template:
                yield ShowTemplate(template)

    def _turn(self, what: str, now: Moment, pause: int) -> bool:
        """Whether it is time to look at this again."""
        last = self._tried.get(what)
        if last is not None and 0 <= elapsed(last, now) < pause:
            return False
        self._tried[what] = now
        return True

    def _may_cosign(self, neighbour: Neighbour, now: Moment) -> bool:
        return to_cosign(neighbour) and self._turn(f"cosign {neighbour.name}", now, SELDOM)

    def _cosignature(self, neighbour: Neighbour, now: Moment) -> CosignSeal:
        text = says(neighbour.seal) + "\n"
        cosigned = f"{text}\n{cosign(text, self._signer, now.wall // SECOND)}"
        return CosignSeal(neighbour.name, cosigned, str(self._signer.verifier))

    def _seal(self, state: State) -> Iterator[ShowSeal]:
        try:
            yield sealed(self._folder, self._signer, state)
        except (StoreError, OSError) as trouble:
            log.warning("no seal for the neighbours: %s", trouble)


def sealed(folder: Path, signer: Signer, state: State) -> ShowSeal:
    """Our newest checkpoint with what the neighbours need to see that the record grew.

    Where one hangs on the wall that is of after the latest circle it is that one, so that the cosignatures are
    under what people photograph. Raises StoreError where the record can't be read.
    """
    with Reader.open(folder) as reader, reader.still():
        size, _ = reader.tree()
        hanging = left_hanging(folder, reader.device, size)
        if hanging is not None and _is_of_now(hanging.at, state):
            size = hanging.size
        bases = {base_of(each) for each in readers(state)}
        earlier = [base for base in bases if 0 < base <= size]
        root, proofs = grown_from((leaf.hash for leaf in reader.leaves()), size, earlier)
    text = seal(Checkpoint(signer.name, size, root), signer)
    coded = {base: tuple(base64.b64encode(step).decode() for step in proof) for base, proof in proofs.items()}
    return ShowSeal(text, coded)


def _is_of_now(at: Moment, state: State) -> bool:
    """Whether a seal was made after the latest circle, and is not one that all have seen."""
    end = state.latest.end if state.latest else None
    unseen = all(not each.shown or elapsed(each.shown[-1].at, at) > 0 for each in readers(state))
    return unseen and (end is None or elapsed(end, at) >= 0)
