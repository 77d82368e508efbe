"""`kiosk wall`: shows the wall to any browser, from beside the kiosk."""

import ipaddress
import logging
import sys
from typing import Annotated

import typer

from kiosk.command_line import DataFolder, SettingsFile, fail, settings_from


def show_wall(
    settings: SettingsFile = None,
    data: DataFolder = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65_535, help="The port, instead of the settings' one; 0 for any."),
    ] = None,
) -> None:
    """Show the wall as a page for any browser, read only, until Ctrl-C. It runs beside the kiosk."""
    from kiosk.wall.serving import listen, serve  # only who serves pages needs a server

    logging.basicConfig(level=logging.WARNING, format="kiosk: %(message)s", stream=sys.stderr)
    chosen = settings_from(settings)
    try:
        opened = listen(chosen.wall.address, chosen.wall.port if port is None else port)
    except OSError as trouble:
        fail(str(trouble))
    address, taken = opened.getsockname()[:2]
    if not ipaddress.ip_address(address).is_loopback:
        typer.echo("kiosk: whoever reaches this machine can read the wall now", err=True)
    typer.echo(f"the wall is at http://{f'[{address}]' if ':' in address else address}:{taken}/")
    serve(data or chosen.data.folder, chosen.shop.name, opened, chosen.shop.language)
