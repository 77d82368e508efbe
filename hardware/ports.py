"""Names of serial ports: one port by its name, or a pattern of names among which a device is looked for."""

import errno
from collections.abc import Collection
from glob import has_magic
from pathlib import Path
from typing import Final

AUTO: Final = "auto"
"""Stands for all ports that have a name of their own."""

BY_ID: Final = "/dev/serial/by-id/*"


def pattern_of(port: str) -> str:
    """The pattern that a port's name stands for; "" when it is the name of one port."""
    if port == AUTO:
        return BY_ID
    return port if has_magic(port) else ""


def matching(pattern: str, but: Collection[str] = ()) -> list[str]:
    """The ports that are there now and match, by name; none that another device has been given by its name."""
    taken = {where for name in but for where in (name, _real(name))}
    there = sorted(str(place) for place in Path("/").glob(pattern.removeprefix("/")))
    return [name for name in there if name not in taken and _real(name) not in taken]


def _real(name: str) -> str:
    """What a link leads to, so that a port is known under each of its names."""
    try:
        return str(Path(name).resolve())
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return name
