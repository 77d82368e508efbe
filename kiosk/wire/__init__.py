"""The line between two shops: an own NATS server beside each kiosk, one account and one link for each neighbour.

The engine carries copies of segments and nothing else. It may be wiped at any time and is filled again from the
record; without it a kiosk lacks nothing but speed: what a wire does not bring, a stick or a code does.
"""

import importlib.util
import logging

import msgspec

CERTIFICATE, PRIVATE = "wire.crt", "wire.key"
"""How a kiosk is known on the wire, and the secret half of it."""

NO_MESSAGE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What reading raises where somebody sent no message: also one in a thousand brackets. None of it ends a session,
which begins with reading what is kept."""

_NO_EFFECT = "returning true from eof_received() has no effect when using ssl"


def _says_something(record: logging.LogRecord) -> bool:
    return _NO_EFFECT not in str(record.msg)


def hush() -> None:
    """Leave out of the log what asyncio says whenever a line by TLS ends, and nobody can do anything about.

    The client library begins each line without TLS, as NATS does. Called before a line is opened; again is no harm.
    """
    logging.getLogger("asyncio").addFilter(_says_something)


def engine_there() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("nats", "nkeys"))
