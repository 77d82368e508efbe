"""Is there anything to show a window on?"""

import os
from collections.abc import Mapping
from pathlib import Path

_SERVERS = ("DISPLAY", "WAYLAND_DISPLAY")
_CONNECTORS = Path("/sys/class/drm")


def display_there(environ: Mapping[str, str] = os.environ, connectors: Path = _CONNECTORS) -> bool:
    """True with a display server, an SDL driver that was asked for by name, or a screen on a connector."""
    if environ.get("SDL_VIDEODRIVER"):
        return True
    if any(environ.get(server) for server in _SERVERS):
        return True
    return any(_connected(status) for status in connectors.glob("card*-*/status"))


def _connected(status: Path) -> bool:
    try:
        return status.read_text().strip() == "connected"
    except OSError:
        return False
