"""The tour, shop by shop: what each picture is called, and its face."""

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.demo import settle_in
from kiosk.faces import Face, PlainFace, Touch
from kiosk.safe import SafeHouse, fell_over
from kiosk.settings import Settings
from kiosk.store import Store
from kiosk.tour.cards import A_COPY, A_FRESH_CARD, CARD_PULLED, CAREFUL, EMPTY_SHOP
from kiosk.tour.demo_shop import A_CIRCLE, DEMO_SHOP, NEIGHBOURS_AND_NUMBERS
from kiosk.tour.guide import Shown
from kiosk.tour.jar_and_shelf import JAR_AND_SHELF
from kiosk.tour.shops import open_shop
from kiosk.tour.stop import Stop

SHOPS = (
    EMPTY_SHOP,
    DEMO_SHOP,
    A_CIRCLE,
    NEIGHBOURS_AND_NUMBERS,
    JAR_AND_SHELF,
    A_COPY,
    A_FRESH_CARD,
    CARD_PULLED,
)
"""The steps through each shop."""


def walk(settings: Settings) -> Iterator[tuple[str, Face]]:
    """The name of each picture and its face, as the tour comes past it. Raises TourError where it gets stuck.

    All shops are walked through at once: most of the time somebody waits for a badge to be gone, or for a button.
    """
    with ThreadPoolExecutor(len(SHOPS)) as side_by_side:
        for seen in side_by_side.map(lambda stops: _through(settings, stops), SHOPS):
            yield from seen
    yield from careful(settings)


def _through(settings: Settings, stops: Sequence[Stop]) -> list[tuple[str, Face]]:
    """What is to be seen in one shop."""
    with ExitStack() as stairs:
        fresh = stops in (EMPTY_SHOP, A_FRESH_CARD)
        copy = stops in (A_COPY, A_FRESH_CARD)
        guide = open_shop(settings, stairs, demo=not fresh, jar=stops is JAR_AND_SHELF, copy=copy)
        return [(stop.picture, face) for stop in stops for face in (guide.lead(stop),) if stop.picture]


def careful(settings: Settings) -> Iterator[tuple[str, Face]]:
    """What is shown after three starts that did not live."""
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as name:
        folder, shown = Path(name), Shown()
        with Store.open(folder) as store:
            settle_in(store, BadgeKey.of(folder, may_make=True), SystemClock().now())
        why = fell_over(
            "the screen: KeyError at kiosk/screens/wall.py:161 in draw, kiosk/screens/stage.py:218 in show"
        )
        house = SafeHouse(
            folder,
            settings.shop.name,
            why,
            show=shown.show,
            again=_again,
            sticks=tuple,
            language=settings.shop.language,
        )
        house.start()
        for key, picture in CAREFUL:
            before = shown.count
            if key:
                house.hear(Touch("choose", key))
            newest = shown.wait_for(
                Stop(key, PlainFace, words="icon=" if not key else "back=True"), before if key else 0
            )
            yield picture, newest
        house.stop()


def _again() -> None:
    """Nobody starts anything on the tour."""
