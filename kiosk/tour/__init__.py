"""The tour: people's errands played with pretend devices, and a picture of each screen they pass.

The whole house runs, from the bytes on the wire to the faces; only the hands are pretended. It is shown where
there is no display, and it makes the pictures of the docs.

`stop` is one step; `demo_shop`, `jar_and_shelf` and `cards` are the steps; `shops` opens a house for them, `guide`
leads through it, `walking` goes the whole way, and `playing` draws what is seen. `made_up_shop` looks around in a
made-up year.
"""

from kiosk.tour.guide import TourError
from kiosk.tour.made_up_shop import is_made_up, look_around
from kiosk.tour.playing import SIZES, play
from kiosk.tour.walking import SHOPS, walk

__all__ = ["SHOPS", "SIZES", "TourError", "is_made_up", "look_around", "play", "walk"]
