"""The tour past cards: new ones, one that is pulled out, copies that lie ready, and three starts that failed."""

from kiosk.faces import BookedFace, DialFace, TapFace, TilesFace, TroubleFace, TypeFace, WallFace, WelcomeFace
from kiosk.tour.stop import Stop

EMPTY_SHOP = (
    Stop("", WelcomeFace, "nobodys-yet"),
    Stop("tap Amina", TypeFace, "founding-first-name"),
    Stop("type Amina", TypeFace, words="'Amina'"),
    Stop("touch typed", WelcomeFace, "founding-two-more"),
    Stop("tap Jo", TypeFace),
    Stop("type Jo", TypeFace, words="'Jo'"),
    Stop("touch typed", WelcomeFace),
    Stop("tap Sara", TypeFace),
    Stop("type Sara", TypeFace, words="'Sara'"),
    Stop("touch typed", TroubleFace, "founded"),
    Stop("touch ok", WallFace, "wall-empty"),
)
"""A kiosk out of the box."""


CARD_PULLED = (
    Stop("", WallFace),
    Stop("touch work:repair", TapFace),
    Stop("tap Priya", DialFace),
    Stop("pull the card", DialFace, "card-is-gone", words="The memory card is not there"),
    Stop("home", WallFace, "wall-card-is-gone", words="nothing can be booked"),
)
"""The card is pulled out in the middle of a swap."""


CAREFUL = (("", "careful"), ("read", "careful-record"), ("check", "careful-checked"), ("copy", "careful-no-stick"))
"""Touches on the page after three starts that did not live, and the pictures they lead to."""


A_COPY = (
    Stop("", TroubleFace, "copy-the-same", words="wants to be put in place"),
    Stop("touch not now", WallFace),
    Stop("touch work:repair", TapFace),
    Stop("tap Priya", DialFace),
    Stop("tap Wen", BookedFace),
    Stop("touch done", WallFace, "wall-with-a-copy", words="wants to be put in place"),
    Stop("touch people", TilesFace, "people-with-a-copy", words="a copy of the record"),
    Stop("touch copy", TroubleFace, "copy-older", words="1 entry would be lost"),
    Stop("touch put in place", TapFace, "copy-hands"),
    Stop("stranger", TapFace, "copy-not-this-badge", words="does not know this badge"),
    Stop("tap Jo", TapFace, "copy-one-hand", words="('Jo',)"),
    Stop("tap Sara", TapFace, words="'Sara'"),
    Stop("tap Ada", TroubleFace, "copy-put-in-place", words="is put in place"),
)
"""A copy of the record that lies ready, older than the record by a swap."""

A_FRESH_CARD = (
    Stop("", TroubleFace, "copy-on-a-fresh-card", words="no record here yet"),
    Stop("touch not now", WelcomeFace, "nobodys-yet-with-a-copy", words="put a copy in place"),
)
"""A new card, and the copy that is to go on living on it."""
