"""A made-up year of a made-up shop, lived through the real rules: for tests, for pictures, and to look around in.

Nobody in it exists. Every entry of it says so: the kiosk that writes it is called "simulated", and so is the run of
its clock, by which `kiosk.opened.is_demo` tells it from a shop's own. Its badges are no secret.
"""

from kiosk.simulating.bosses import KNOWN, Bosses, bosses_from
from kiosk.simulating.folder import FIRST, NotEmptyError, simulate
from kiosk.simulating.pages import DEVICE, Pages
from kiosk.simulating.shop import MisfitError, Shop
from kiosk.simulating.year import Year

__all__ = [
    "DEVICE",
    "FIRST",
    "KNOWN",
    "Bosses",
    "MisfitError",
    "NotEmptyError",
    "Pages",
    "Shop",
    "Year",
    "bosses_from",
    "simulate",
]
