"""Where something went wrong, for a log that everybody may read: places in the program, nothing of what was said.

The words of an exception often quote what it stumbled over: a name, a badge, what somebody chose. So they are left
out, and so are the values; what is left leads to the line all the same.
"""

import traceback
from pathlib import Path

DEEPEST = 8
"""Places told of each error, the innermost first."""


def trace(error: BaseException) -> str:
    """The kind of error and the way to it: "KeyError at kiosk/core.py:61 in handle, kiosk/house.py:340 in _ask"."""
    told = f"{type(error).__name__} at {_way(error)}"
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{told}; from {trace(cause)}" if cause is not None else told


def _way(error: BaseException) -> str:
    places = traceback.extract_tb(error.__traceback__)[::-1][:DEEPEST]
    return ", ".join(f"{_short(place.filename)}:{place.lineno} in {place.name}" for place in places) or "no place"


def _short(name: str) -> str:
    """Without the folders of this machine."""
    parts = Path(name).parts
    for root in ("kiosk", "hardware"):
        if root in parts[:-1]:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return "/".join(parts[-2:])
