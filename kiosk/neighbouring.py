"""`kiosk neighbours`: who they are, our card, and letters on a stick. Linking itself takes hands at the kiosk."""

import json
from pathlib import Path
from typing import Annotated

import typer

from kiosk import letterbox
from kiosk.command_line import BAD_USE, AsJson, DataFolder, SettingsFile, fail, reader_of, settings_from
from kiosk.letters import Segment, read_segment, write_card
from kiosk.letters.codes import as_codes
from kiosk.open_lines import wire_of
from kiosk.post import segments
from kiosk.rules.mending import open_stories
from kiosk.seal_key import SealKeyError, seal_key
from kiosk.sealing.note import Signer, Verifier, read_verifier
from kiosk.state import FarSeal, Neighbour, State, restore
from kiosk.stick import GitMissingError, NoLetters, bundles, pack, unpack
from kiosk.store import Reader
from kiosk.words import day, duration

neighbours_app = typer.Typer(help="Shops that this one is linked with.", no_args_is_help=True)


@neighbours_app.command("list")
def list_neighbours(as_json: AsJson = False, settings: SettingsFile = None, data: DataFolder = None) -> None:
    """Who our neighbours are, and how the accounts stand."""
    with reader_of(settings, data) as reader:
        state = restore(reader.tables())
    if as_json:
        typer.echo(json.dumps([_as_plain(each, state) for each in state.neighbours.values()], ensure_ascii=False))
        return
    here = [each for each in state.neighbours.values() if not each.parted]
    if not here:
        typer.echo("alone: no neighbours yet; show them the card (kiosk neighbours card)")
    for each in here:
        told = "; two stories, to be looked at" if open_stories(each) else ""
        typer.echo(f"{each.name}: {_account(each, state)}; {len(each.waiting)} letters wait{told}")


def _account(neighbour: Neighbour, state: State) -> str:
    minutes = state.balance(neighbour.account)
    limit = duration(neighbour.limit)
    if minutes == 0:
        return f"even (limit {limit})"
    return f"{'it gave' if minutes > 0 else 'it got'} {duration(abs(minutes))} more (limit {limit})"


def _as_plain(neighbour: Neighbour, state: State) -> dict[str, object]:
    return {
        "name": neighbour.name,
        "key": neighbour.key,
        "minutes": state.balance(neighbour.account),
        "limit": neighbour.limit,
        "open_offers": len(neighbour.offers),
        "waiting": len(neighbour.waiting),
        "sent": neighbour.sent,
        "taken": neighbour.taken,
        "two_stories": [f"{whose} {of}" for of, whose in open_stories(neighbour)],
        "witnessed": neighbour.witnessed,
        "parted": neighbour.parted,
    }


@neighbours_app.command("seals")
def list_seals(as_json: AsJson = False, settings: SettingsFile = None, data: DataFolder = None) -> None:
    """Of which shops the latest seal is known here; and who tells two stories."""
    with reader_of(settings, data) as reader:
        shops = restore(reader.tables()).shops
    if as_json:
        typer.echo(json.dumps([_seal_as_plain(name, each) for name, each in shops.items()], ensure_ascii=False))
        return
    for name, each in sorted(shops.items(), key=lambda pair: pair[1].came.wall):
        told = f"; two that don’t go together, see entry {each.fork}" if each.fork else ""
        typer.echo(f"{name}: {each.size} entries, came {day(each.came)} by {each.by}{told}")
    if not shops:
        typer.echo("no seals of other shops yet")


def _seal_as_plain(name: str, seal: FarSeal) -> dict[str, object]:
    plain = {"name": name, "key": seal.key, "text": seal.text, "size": seal.size, "by": seal.by}
    return plain | {"came": seal.came.wall, "fork": seal.fork}


@neighbours_app.command("card")
def card(settings: SettingsFile = None, data: DataFolder = None) -> None:
    """Our card, signed; and under it the code that their scanner reads."""
    wanted = settings_from(settings)
    with reader_of(settings, data) as reader:
        folder = data or wanted.data.folder
        signer = _signer(folder, reader.device)
        wire = wire_of(folder, reader.device, signer, wanted.neighbours.listen or "")
    text = write_card(wanted.shop.name, signer, wire)
    typer.echo(text)
    for code in as_codes(text) or ():
        typer.echo(code)


def _signer(folder: Path, device: str) -> Signer:
    try:
        signer = seal_key(folder, device, may_make=False)
    except (SealKeyError, OSError) as trouble:
        fail(str(trouble))
    if signer is None:
        fail(f"there is no key in {folder} yet; start the kiosk once", BAD_USE)
    return signer


@neighbours_app.command("pack")
def pack_stick(
    target: Annotated[Path, typer.Argument(metavar="FOLDER", help="The stick.")],
    settings: SettingsFile = None,
    data: DataFolder = None,
) -> None:
    """Put our letters to all neighbours onto a stick. What is still being written goes with the next one."""
    folder = data or settings_from(settings).data.folder
    with reader_of(settings, data) as reader:
        state = restore(reader.tables())
        signer = _signer(folder, reader.device)
        waiting = sum(len(each.waiting) for each in state.neighbours.values())
        if waiting:
            letterbox.ask_to_close(folder)
        for each in state.neighbours.values():
            _pack(each, reader, signer, target)
    if waiting:
        more = "a running kiosk closes them in a few seconds, so let it run and ask once more"
        typer.echo(f"{waiting} letters are not on it yet; {more}", err=True)


def _pack(neighbour: Neighbour, reader: Reader, signer: Signer, target: Path) -> None:
    ours = list(segments(neighbour, 0, reader.find, signer))
    if not ours:
        return
    to, _, _ = neighbour.key.partition("+")
    try:
        place = pack(target, signer.name, to, ours)
    except GitMissingError as missing:
        fail(str(missing))
    except OSError as trouble:
        fail(f"{trouble.filename or target} can’t be written: {trouble.strerror}")
    typer.echo(f"{neighbour.name}: {len(ours)} in {place}")


@neighbours_app.command("unpack")
def unpack_stick(
    source: Annotated[Path, typer.Argument(metavar="FOLDER", help="The stick, or one bundle on it.")],
    settings: SettingsFile = None,
    data: DataFolder = None,
) -> None:
    """Lay what neighbours wrote to us before the kiosk, which takes it within seconds."""
    folder = data or settings_from(settings).data.folder
    with reader_of(settings, data) as reader:
        state = restore(reader.tables())
    try:
        found = list(bundles(source))
    except OSError as trouble:
        fail(f"{trouble.filename or source} can’t be read: {trouble.strerror}")
    if not found:
        fail(f"there are no letters in {source}", BAD_USE)
    refused = 0
    for bundle in found:
        said, good = _unpack(bundle, folder, state)
        refused += not good
        typer.echo(f"{bundle.name}: {said}")
    if refused:
        raise typer.Exit(1)


def _unpack(bundle: Path, folder: Path, state: State) -> tuple[str, bool]:
    try:
        inside = unpack(bundle)
    except GitMissingError as missing:
        fail(str(missing))
    except OSError as trouble:
        return f"can’t be read: {trouble.strerror}", False
    if isinstance(inside, NoLetters):
        return f"refused: {inside.words}", False
    new = 0
    for number, text in inside:
        neighbour = _writer(text, state)
        if neighbour is None:
            return "refused: nobody who is a neighbour has signed it", False
        if number > neighbour.taken:
            letterbox.lay(folder, number, text)
            new += 1
    return f"{new} new of {len(inside)}", True


def _writer(text: str, state: State) -> Neighbour | None:
    for neighbour in state.neighbours.values():
        key = read_verifier(neighbour.key)
        if isinstance(key, Verifier) and isinstance(read_segment(text, key), Segment):
            return neighbour
    return None
