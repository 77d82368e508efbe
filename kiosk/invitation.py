"""What a new kiosk of the shop gets on a stick: its keys, the key of the badges, and all that was written so far.

The history is what the kiosks have signed themselves, batch by batch, and the new kiosk takes it as it takes what
comes over the wire later. So its record is whole from the first entry on, and there is no other way to begin one.
"""

import secrets
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from kiosk.badge_key import KEY_FILE as BADGE_KEY
from kiosk.batch import LONGEST_BATCH, sender
from kiosk.belongings import KEY_LENGTH, copy_photos, named_photos, read_plain
from kiosk.clock import SystemClock
from kiosk.commands import JoinBuilding, Refusal, TakeEntries
from kiosk.core import Core
from kiosk.events import EntriesTaken
from kiosk.invited import Invited
from kiosk.key_file import write_new
from kiosk.letters import Wire
from kiosk.open_building import FOLDER, as_wire
from kiosk.seal_key import KEY_FILE as SEAL_KEY
from kiosk.seal_key import origin
from kiosk.sealing.note import Signer
from kiosk.state import restore
from kiosk.store import NoRecordError, Reader, Store, StoreError
from kiosk.store.record import new_name
from kiosk.wire import CERTIFICATE, PRIVATE

PLACE = "commons-kiosk-building"
"""The folder on the stick."""

SAID = "invitation.json"
"""Written last: a stick without it is not ready."""

MOST_SAID = 20_000
MOST_KEY = 5_000
"""Bytes of what is looked at on a stick."""

_BEGINS = 400
"""Bytes of a batch in which it says whose it is."""


class Invitation(Struct, frozen=True):
    """device: the new kiosk. first, key: the kiosk whose history it takes. batches: how many are on the stick."""

    device: str
    name: str
    first: str
    key: str
    batches: int


class NoInvitation(NamedTuple):
    """Why a kiosk can't begin with what is on a stick, in a sentence."""

    words: str


def prepare(stick: Path, name: str, here_name: str, here_key: str, here_wire: Wire) -> Invited:
    """Make the new kiosk's keys on the stick. Raises OSError where it can't be written."""
    place = stick / PLACE
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700, parents=True)
    device, seed = new_name(), secrets.token_bytes(KEY_LENGTH)
    from kiosk.wire.identity import identity  # an extra: all other commands run without it

    us = identity(place, device, seed)
    write_new(place / SEAL_KEY, seed)
    key = str(Signer(origin(device), seed).verifier)
    return Invited(device, name, key, as_wire(us), here_name, here_key, here_wire)


def complete(stick: Path, invited: Invited, reader: Reader, folder: Path, signer: Signer) -> int:
    """It was let in: put all else onto the stick; how many batches there are. Raises OSError, StoreError."""
    place = stick / PLACE
    count = 0
    for count, text in enumerate(history(reader, signer), 1):
        with (place / f"{count:06}.txt").open("x", encoding="utf-8", newline="") as file:
            file.write(text)  # only what is new: a link that was laid there meanwhile is not followed
    key = read_plain(folder / BADGE_KEY, KEY_LENGTH)
    write_new(place / BADGE_KEY, key or b"")
    copy_photos(named_photos(reader), folder, place)
    said = Invitation(invited.device, invited.name, reader.device, str(signer.verifier), count)
    write_new(place / SAID, msgspec.json.encode(said))
    return count


def history(reader: Reader, signer: Signer) -> Iterator[str]:
    """All batches that a new kiosk needs, those that we took and ours. Some must wait for later ones."""
    for entry in reader.entries():
        if isinstance(entry.event, EntriesTaken):
            yield entry.event.text
    for batch in reader.batches(0, signer):
        yield batch.text


def join(stick: Path, folder: Path) -> Invitation | NoInvitation:
    """Begin the record of a new kiosk with what is on a stick; cut off, it goes on the next time.

    Raises OSError where the card can't be written, and StoreError.
    """
    place = stick / PLACE
    said = _read(place)
    if isinstance(said, NoInvitation):
        return said
    here = _what_is_here(folder, said)
    if here:
        return NoInvitation(here)
    keys = _keys(place)
    if keys is None:
        return NoInvitation("A key on the stick is missing or broken. Let the first kiosk write it once more.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
    for name, data in keys.items():
        target = folder / FOLDER if name in (CERTIFICATE, PRIVATE) else folder
        if read_plain(target / name, MOST_KEY) != data:
            write_new(target / name, data)
    with Store.open(folder, called=said.device) as store:
        faults = _take_in(store, said, place, Signer(origin(said.device), keys[SEAL_KEY]))
    if faults:
        return NoInvitation(faults)
    with Reader.open(folder) as reader:
        copy_photos(named_photos(reader), place, folder)
    return said


def forget(stick: Path) -> None:
    """The keys on the stick are this kiosk's now, and nobody else's business."""
    shutil.rmtree(stick / PLACE, ignore_errors=True)


def _read(place: Path) -> Invitation | NoInvitation:
    raw = read_plain(place / SAID, MOST_SAID)
    if raw is None:
        return NoInvitation(f"There is no invitation in {place.parent}. Write one at the first kiosk.")
    try:
        said = msgspec.json.decode(raw, type=Invitation)
    except msgspec.DecodeError:
        return NoInvitation("The invitation can’t be read. Let the first kiosk write it once more.")
    if not said.device.isalnum() or not said.device.isascii():
        return NoInvitation("The invitation names no kiosk.")
    return said


def _what_is_here(folder: Path, said: Invitation) -> str:
    """Why nothing can begin in a folder; "" where it can, or has begun with this invitation."""
    try:
        with Reader.open(folder) as reader:
            if reader.device == said.device:
                return ""
            entries = reader.last_number
    except NoRecordError:
        return ""
    except StoreError as trouble:
        return str(trouble)
    if entries:
        return f"{folder} holds a record already ({entries} entries). Lay a fresh card into this kiosk."
    return f"A kiosk has begun in {folder}, with nothing in it yet. Stop it, and delete that folder first."


def _keys(place: Path) -> dict[str, bytes] | None:
    found = {name: read_plain(place / name, MOST_KEY) for name in (BADGE_KEY, SEAL_KEY, CERTIFICATE, PRIVATE)}
    keys = {name: data for name, data in found.items() if data}
    good = len(keys) == len(found) and len(keys[BADGE_KEY]) == len(keys[SEAL_KEY]) == KEY_LENGTH
    return keys if good and _fit(keys[CERTIFICATE], place) else None


def _fit(certificate: bytes, place: Path) -> bool:
    """Whether the key of the wire is whole, and the one of its certificate."""
    from kiosk.wire.building import known_by

    try:
        known_by(certificate.decode(), place)
    except (OSError, ValueError):  # of TLS
        return False
    return True


def _take_in(store: Store, said: Invitation, place: Path, signer: Signer) -> str:
    """All batches, each as soon as nothing is missing before it; "" when all is here."""
    core = Core(store, restore(store.tables()), SystemClock())
    if store.last_number == 0:
        begun = core.handle(JoinBuilding(said.first, said.key))
        if isinstance(begun, Refusal):
            return begun.words
    stuck = take_all(core, (place / f"{number:06}.txt" for number in range(1, said.batches + 1)))
    if stuck:
        return f"{stuck.name} on the stick can’t be taken. Let the first kiosk write it once more."
    known = core.state.kiosks.get(store.device)
    if known is None or known.key != str(signer.verifier):
        return "The first kiosk has not let this one in. Let it write the stick once more."
    return ""


def take_all(core: Core, paths: Iterable[Path]) -> Path | None:
    """The first that can't be taken; None when all are.

    Those of one kiosk stand in its order, so only the next of each can be the one that may be taken: kiosks that
    took turns for years would else have all of them tried for each one taken.
    """
    waiting: dict[str, deque[Path]] = {}
    for path in paths:
        text = read_plain(path, LONGEST_BATCH)
        if text is None:
            return path
        waiting.setdefault(sender(text[:_BEGINS].decode(errors="replace")), deque()).append(path)
    went_on = True
    while went_on:
        went_on = False
        for queue in waiting.values():
            while queue and _taken(core, queue[0]):
                queue.popleft()
                went_on = True
    return min((queue[0] for queue in waiting.values() if queue), default=None)


def _taken(core: Core, path: Path) -> bool:
    text = read_plain(path, LONGEST_BATCH)
    if text is None:
        return False
    answer = core.handle(TakeEntries(text.decode(errors="replace")))
    return not isinstance(answer, Refusal) or answer.code == "known"
