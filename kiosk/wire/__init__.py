"""The line between two shops: an own NATS server beside each kiosk, one account and one link for each neighbour.

The engine carries copies of segments and nothing else. It may be wiped at any time and is filled again from the
record; without it a kiosk lacks nothing but speed: what a wire does not bring, a stick or a code does.
"""

import importlib.util


def engine_there() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("nats", "nkeys"))
