"""Another kiosk that is to belong to the shop: its public half lies beside the record until many hands say yes."""

from pathlib import Path

import msgspec
from msgspec import Struct

from kiosk.beside import leave
from kiosk.letters import Wire

INVITED_FILE = "invited.json"


class Invited(Struct, frozen=True):
    """Who is to be let in. name: what people will call it. key: by which it signs (C2SP vkey). wire: on the wire.

    here_name, here_key, here_wire: the same of this kiosk, for when there are two for the first time.
    """

    device: str
    name: str
    key: str
    wire: Wire
    here_name: str
    here_key: str
    here_wire: Wire


def lay(folder: Path, invited: Invited) -> None:
    """Lay it before the kiosk; the screen asks for hands then."""
    leave(folder, INVITED_FILE, msgspec.json.encode(invited))


def lying(folder: Path) -> Invited | None:
    """What lies there; None for nothing."""
    try:
        return msgspec.json.decode((folder / INVITED_FILE).read_bytes(), type=Invited)
    except (OSError, msgspec.DecodeError):
        return None


def take_away(folder: Path) -> None:
    """It is answered, or nobody waits for the answer any more."""
    (folder / INVITED_FILE).unlink(missing_ok=True)
