"""Sample faces of the kiosks of a shop: which there are, letting one in, taking one off."""

from collections.abc import Mapping

from kiosk.faces import Choice, Face, Frame, TapFace, TilesFace
from kiosk.screens.odd import ARABIC, LONG_NAME

LONG_KIOSK = "beside the long stairway"[:24]

LIST = TilesFace(
    frame=Frame("Kiosks of the shop", who="Amina"),
    choices=(
        Choice("let in", "let “upstairs” in", "plus"),
        Choice("off:k2", "take “by the gate” off", "close"),
    ),
    words="“by the gate” was heard 3 seconds ago.",
)
LIST_FULL = TilesFace(
    frame=Frame("Kiosks of the shop", who=LONG_NAME),
    choices=(
        Choice("let in", f"let “{LONG_KIOSK}” in", "plus"),
        Choice("off:k2", f"take “{LONG_KIOSK}” off", "close"),
        Choice("off:k3", f"take “{ARABIC[:24]}” off", "close"),
    ),
    words=f"“{LONG_KIOSK}” has not been heard for 4,320 minutes. “{ARABIC[:24]}” was heard 1 second ago.",
)
ALONE = TilesFace(
    frame=Frame("Kiosks of the shop", who="Amina"),
    choices=(),
    words="This is the only one. Whoever tends it can bring another.",
)
LET_IN = TapFace(
    frame=Frame("“upstairs” wants to be a kiosk of the shop"),
    prompt="the next one taps",
    words="It will know all that stands in our record, and whose badge is whose.",
    dots_filled=1,
    dots=3,
    names=("Amina",),
    icon="commons",
)
LET_IN_LONG = TapFace(
    frame=Frame(f"“{LONG_KIOSK}” wants to be a kiosk of the shop"),
    prompt="Three of you tap",
    words="It will know all that stands in our record, and whose badge is whose.",
    dots_filled=0,
    dots=3,
    icon="commons",
)
TAKE_OFF = TapFace(
    frame=Frame("Taking “by the gate” off", who="Amina"),
    prompt="the next one taps",
    words="What was written there and has come here stays. What has not come yet is lost.",
    dots_filled=2,
    dots=3,
    names=("Amina", "Jo"),
    icon="commons",
)

KIOSKS: Mapping[str, Face] = {
    "kiosks": LIST,
    "kiosks-full": LIST_FULL,
    "kiosks-alone": ALONE,
    "kiosk-let-in": LET_IN,
    "kiosk-let-in-long": LET_IN_LONG,
    "kiosk-take-off": TAKE_OFF,
}
