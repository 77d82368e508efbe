"""The wall as the record has it, to be drawn before the house lives.

The house says it again within a second, with all that only a running kiosk knows: its devices, alarms, the audit
of the month. Nobody can touch or tap anything before that.
"""

import logging

from kiosk.amounts import EntryId, Moment
from kiosk.clock import known_after
from kiosk.faces import Face
from kiosk.settings import SIZES, Settings
from kiosk.state import State
from kiosk.store import Store
from kiosk.tongue import speaking
from kiosk.traces import trace
from kiosk.views.dressed import dressed
from kiosk.views.scene import Scene, larger
from kiosk.views.wall import wall
from kiosk.visit.places import IDLE, Idle

log = logging.getLogger(__name__)


def first_face(store: Store, state: State, settings: Settings, now: Moment) -> Face | None:
    """The wall; None where it can't be made, of which the house will say more."""
    language, size = settings.shop.language, SIZES.index(settings.screen.text)
    try:
        newest = store.find(EntryId(f"{store.device}/{store.last_number}"))
        written = newest.entry.moment if newest is not None else now
        scene = Scene(
            state,
            known_after(now, written.wall) if written.trusted else now,
            store.find,
            settings.shop.name,
            {},
            language=language,
            size=size,
            voice=settings.screen.voice,
            device=store.device,
        )
        with speaking(language), larger(size):
            return dressed(wall(IDLE, Idle(), scene), IDLE, scene)
    except Exception as error:
        log.warning("the first face can't be made: %s", trace(error))
        return None
