"""`kiosk building`: the kiosks of the shop, and a stick for another one. Letting it in takes hands at the kiosk."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from kiosk.command_line import BAD_USE, AsJson, DataFolder, SettingsFile, fail, reader_of, settings_from
from kiosk.invited import Invited, lay, lying, take_away
from kiosk.open_building import FOLDER, as_wire, identity_here
from kiosk.rules.building import LONGEST_NAME
from kiosk.seal_key import SealKeyError, seal_key
from kiosk.sealing.note import Signer
from kiosk.state import restore
from kiosk.store import Reader, StoreError
from kiosk.telling import Told, ask
from kiosk.views.kiosks import how
from kiosk.wire import engine_there

building_app = typer.Typer(help="Several kiosks of one shop.", no_args_is_help=True)

LOOKS = 0.5
"""Seconds between two looks whether the hands are complete."""

Stick = Annotated[Path, typer.Argument(metavar="FOLDER", help="The stick.")]


@building_app.command("list")
def list_kiosks(as_json: AsJson = False, settings: SettingsFile = None, data: DataFolder = None) -> None:
    """Which kiosks the shop has, and whether they can be reached."""
    folder = data or settings_from(settings).data.folder
    with reader_of(settings, data) as reader:
        state, here = restore(reader.tables()), reader.device
    told = ask(folder)
    heard = {each.name: each for each in told.kiosks} if isinstance(told, Told) else {}
    kiosks = [each for each in state.kiosks.values() if not each.removed]
    if as_json:
        plain = [
            {
                "name": each.name,
                "device": each.device,
                "here": each.device == here,
                "seconds": heard[each.name].seconds if each.name in heard else None,
            }
            for each in kiosks
        ]
        typer.echo(json.dumps(plain, ensure_ascii=False))
        return
    if not kiosks:
        typer.echo("alone: this is the only kiosk of the shop (kiosk building invite makes another one)")
    for each in kiosks:
        if each.device == here:
            typer.echo(f"“{each.name}” is this one.")
        else:
            typer.echo(
                how(heard[each.name]) if each.name in heard else f"“{each.name}”: the kiosk does not run here."
            )


@building_app.command("invite")
def invite(
    stick: Stick,
    name: Annotated[str, typer.Option("--name", help="What people call the new one, as in “upstairs”.")],
    here: Annotated[str, typer.Option("--here", help="What they call this one; asked for once.")] = "",
    settings: SettingsFile = None,
    data: DataFolder = None,
) -> None:
    """Prepare a stick for another kiosk. Many hands at this one let it in; then the stick is written."""
    _must_have_the_wire()
    from kiosk.invitation import complete, forget, prepare

    chosen = settings_from(settings)
    folder = data or chosen.data.folder
    with reader_of(settings, data) as reader:
        state, device = restore(reader.tables()), reader.device
    if state.founded is None:
        fail("there is no shop here yet; found it first", BAD_USE)
    listen = chosen.building.listen or ""
    known = state.kiosks.get(device)
    if not listen and not any(each.wire and each.wire.at for each in state.kiosks.values() if not each.removed):
        fail(
            "say where the others reach this kiosk: [building] listen = in the settings, and start it anew", BAD_USE
        )
    if not known and not here:
        fail("say what people call this kiosk: --here", BAD_USE)
    if any(len(each) > LONGEST_NAME for each in (name, here)):
        fail(f"a kiosk’s name has {LONGEST_NAME} letters at most", BAD_USE)
    signer = _signer(folder, device)
    us = identity_here(folder / FOLDER, device, signer, listen)
    if us is None:
        fail("no certificate could be made; is openssl installed?")
    try:
        invited = prepare(stick, name, known.name if known else here, str(signer.verifier), as_wire(us, listen))
        lay(folder, invited)
        typer.echo("Many hands at the screen let it in. Waiting for them; Ctrl-C calls it off.")
        _wait_for_hands(folder, invited)
        with Reader.open(folder) as reader:
            count = complete(stick, invited, reader, folder, signer)
    except KeyboardInterrupt:
        forget(stick)
        fail("called off; nothing is left on the stick")
    except StoreError as trouble:
        fail(str(trouble))
    except OSError as trouble:
        fail(f"{trouble.filename or stick} can’t be written: {trouble.strerror}")
    finally:
        take_away(folder)
    typer.echo(f"{count} batches are on the stick, and the key of the badges: keep it in your hand.")
    typer.echo(f"At the new kiosk, before it starts for the first time: kiosk building join {stick}")


def _must_have_the_wire() -> None:
    """It is an extra: all else of the kiosk runs, and answers, without loading it."""
    if not engine_there():
        fail("the wire is missing; it comes with: sudo make install EXTRAS=neighbours", BAD_USE)


def _wait_for_hands(folder: Path, invited: Invited) -> None:
    while True:
        with Reader.open(folder) as reader:
            if invited.device in restore(reader.tables()).kiosks:
                return
        if lying(folder) != invited:
            fail("another invitation was laid there meanwhile")
        time.sleep(LOOKS)


def _signer(folder: Path, device: str) -> Signer:
    try:
        signer = seal_key(folder, device, may_make=False)
    except (SealKeyError, OSError) as trouble:
        fail(str(trouble))
    if signer is None:
        fail(f"there is no key in {folder} yet; start the kiosk once", BAD_USE)
    return signer


@building_app.command("join")
def join_shop(stick: Stick, settings: SettingsFile = None, data: DataFolder = None) -> None:
    """Begin this kiosk, on a fresh card, as one of a shop. The stick’s keys are wiped from it afterwards."""
    _must_have_the_wire()
    from kiosk.invitation import NoInvitation, forget, join

    folder = data or settings_from(settings).data.folder
    try:
        said = join(stick, folder)
    except StoreError as trouble:
        fail(str(trouble))
    except OSError as trouble:
        fail(f"{trouble.filename or folder} can’t be written: {trouble.strerror}")
    if isinstance(said, NoInvitation):
        fail(said.words)
    forget(stick)
    typer.echo(f"This is “{said.name}” now. Start it; what was written since comes by itself.")
