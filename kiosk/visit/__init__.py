"""Who stands here and what they have begun: pure, and forgotten when they leave.

`hear` turns a device's signal into something heard; `step` takes the visit one step further.
"""

from kiosk.visit.ground import Answered, Step, Surroundings
from kiosk.visit.hearing import Heard, hear, listener
from kiosk.visit.places import IDLE, Visit
from kiosk.visit.step import Tick, step

__all__ = ["IDLE", "Answered", "Heard", "Step", "Surroundings", "Tick", "Visit", "hear", "listener", "step"]
