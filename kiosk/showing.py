"""`kiosk wall`: shows the wall to any browser, from beside the kiosk."""

import ipaddress
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from kiosk.command_line import BAD_USE, DataFolder, SettingsFile, fail, settings_from
from kiosk.wire import engine_there


def show_wall(
    settings: SettingsFile = None,
    data: DataFolder = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65_535, help="The port, instead of the settings' one; 0 for any."),
    ] = None,
    follows: Annotated[
        str,
        typer.Option("--from", metavar="HOST:PORT", help="Show a kiosk on another machine; needs --key."),
    ] = "",
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="FILE", help="That kiosk's wire/wall-reader.key, copied to this machine."),
    ] = None,
) -> None:
    """Show the wall as a page for any browser, read only, until Ctrl-C, beside the kiosk or following one."""
    from kiosk.wall.serving import Beyond, listen, serve  # only who serves pages needs a server

    logging.basicConfig(level=logging.WARNING, format="kiosk: %(message)s", stream=sys.stderr)
    chosen = settings_from(settings)
    folder, through = data or chosen.data.folder, chosen.neighbours.wall
    if (follows or through) and not engine_there():
        fail("another machine needs the extra; it comes with: sudo make install EXTRAS=neighbours", BAD_USE)
    if bool(follows) != (key is not None):
        fail("a kiosk on another machine is shown with --from and --key, both", BAD_USE)
    if key is not None and not key.is_file():
        fail(f"{key} is not there; copy wire/wall-reader.key from that kiosk's data folder", BAD_USE)
    try:
        opened = listen(chosen.wall.address, chosen.wall.port if port is None else port)
    except OSError as trouble:
        fail(str(trouble))
    address, taken = opened.getsockname()[:2]
    if not ipaddress.ip_address(address).is_loopback:
        typer.echo("kiosk: whoever reaches this machine can read the wall now", err=True)
    typer.echo(f"the wall is at http://{f'[{address}]' if ':' in address else address}:{taken}/")
    serve(
        folder,
        chosen.shop.name,
        opened,
        chosen.shop.language,
        follows=Beyond(follows.removeprefix("nats://"), key) if key is not None else None,
        tells=Beyond(through, folder / "wire" / "wall-writer.key") if through and not follows else None,
    )
