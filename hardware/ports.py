"""Names of ports: one port by its name, or a pattern of names among which a device is looked for.

A device that types like a keyboard has a name of another kind: "keyboard:1a2b:3c4d", the two numbers that lsusb
tells, or a path in /dev/input.
"""

import errno
import re
from collections.abc import Collection
from glob import has_magic
from pathlib import Path
from typing import Final

AUTO: Final = "auto"
"""Stands for all ports that have a name of their own."""

BY_ID: Final = "/dev/serial/by-id/*"

_NUMBERS = re.compile(r"keyboard:([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})")


def is_typing(port: str) -> bool:
    """Whether what is on this port types like a keyboard."""
    return port.startswith(("keyboard:", "/dev/input/"))


def numbers_of(port: str) -> tuple[int, int] | None:
    """Vendor and product that a name such as "keyboard:1a2b:3c4d" stands for; None if it is a path."""
    found = _NUMBERS.fullmatch(port)
    return (int(found[1], 16), int(found[2], 16)) if found else None


def pattern_of(port: str) -> str:
    """The pattern that a port's name stands for; "" when it is the name of one port."""
    if port == AUTO:
        return BY_ID
    return port if has_magic(port) else ""


def matching(pattern: str, but: Collection[str] = ()) -> list[str]:
    """The ports that are there now and match, by name; none that another device has been given by its name."""
    taken = {where for name in but for where in (name, real(name))}
    there = sorted(str(place) for place in Path("/").glob(pattern.removeprefix("/")))
    return [name for name in there if name not in taken and real(name) not in taken]


def real(name: str) -> str:
    """What a link leads to, so that a port is known under each of its names."""
    try:
        return str(Path(name).resolve())
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        return name
