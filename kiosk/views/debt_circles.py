"""Circles of debt as a screen shows them."""

from collections.abc import Iterator, Mapping

from kiosk.faces import (
    Choice,
    EntryFace,
    Face,
    Line,
    ShelfFace,
    ToolLine,
)
from kiosk.state.shared import Ring
from kiosk.tongue import later, phrase
from kiosk.views.scene import Scene, frame, paged
from kiosk.views.sharing import LINES, gone
from kiosk.visit import between_places as places
from kiosk.visit.places import Visit
from kiosk.words import duration

STAGES: Mapping[str, str] = {
    "found": later("it leads back to us: do we agree?"),
    "asked": later("they ask whether we agree"),
    "agreed": later("we have agreed; the others are asked"),
    "cleared": later("struck off"),
    "dropped": later("nothing came of it"),
}

_RING_ICON: Mapping[str, str] = {"cleared": "check", "dropped": "close"}


def circles(visit: Visit, place: places.Circles, scene: Scene) -> Face:
    """Circles that concern us, those that wait for us first."""
    order = tuple(STAGES)
    known = [(n, r) for n, r in reversed(tuple(scene.state.shared.rings.items())) if r.stage in STAGES]
    known.sort(key=lambda pair: order.index(pair[1].stage))
    shown, page = paged(tuple(known), place.page, LINES)
    return ShelfFace(
        frame=frame(visit, scene, phrase("Circles of debt")),
        lines=tuple(
            ToolLine(
                key=f"ring:{name}",
                name=round_of(ring),
                told=stage_of(ring),
                standing="out",
                icon=_RING_ICON.get(ring.stage, "swap"),
            )
            for name, ring in shown
        ),
        choices=(Choice("look", phrase("look for one"), "swap"),),
        page=page,
        words=_asked_around(scene),
        empty=phrase("We owe one shop, that one owes another, and that one owes us: then all can strike it off."),
    )


def _asked_around(scene: Scene) -> str:
    if any(each.stage == "sought" for each in scene.state.shared.rings.values()):
        return phrase("Asked around. It shows here once it leads back to us.")
    return phrase("Nothing moves before every shop in it has agreed.")


def stage_of(ring: Ring) -> str:
    """How much is struck off in it, and how far it has come: "2 h each · struck off"."""
    return phrase("{time} each · {told}", time=duration(ring.minutes), told=phrase(STAGES[ring.stage]))


def round_of(ring: Ring) -> str:
    """The circle as a chain of who owes whom, from us: "we → Mill Lane → Tram Yard → we"."""
    others = _others(ring)
    if sum(map(len, others)) > ROUND:
        others = tuple(each if len(each) <= SHORT else f"{each[: SHORT - 1].rstrip()}…" for each in others)
    return " → ".join((phrase("we"), *others, phrase("we")))


ROUND, SHORT = 60, 14
"""Letters of all the shops in a circle that have room, and of each where there are more."""


def _others(ring: Ring) -> tuple[str, ...]:
    """The other shops, from the one that we owe. Each shop on the route is owed by the one after it."""
    count = len(ring.shops)
    between_ = (ring.shops[(ring.place - step) % count] for step in range(2, count - 1))
    return (ring.creditor, *between_, ring.debtor)


def one_circle(visit: Visit, place: places.OneCircle, scene: Scene) -> Face:
    """One of them, and what can be answered."""
    ring = scene.state.shared.rings.get(place.ring)
    if ring is None or not ring.debtor:
        return gone(visit, scene)
    line = Line("", round_of(ring), duration(ring.minutes), phrase(STAGES[ring.stage]), "", icon="swap")
    return EntryFace(
        frame=frame(visit, scene, phrase("A circle of debt")),
        line=line,
        words=f"{round_of(ring)}. {_means(ring)}",
        choices=tuple(_circle_ways(ring)),
    )


def _means(ring: Ring) -> str:
    time = duration(ring.minutes)
    if ring.stage == "cleared":
        return phrase("{time} was struck off each debt.", time=time)
    if ring.stage == "dropped":
        return phrase("Nothing has moved.")
    return phrase("Each owes the next. Up to {time} is struck off each debt, once all have agreed.", time=time)


def _circle_ways(ring: Ring) -> Iterator[Choice]:
    if ring.stage in ("found", "asked"):
        yield Choice("agree", phrase("we agree"), "check", tone="strong")
        yield Choice("drop", phrase("no"), "close")
    elif ring.stage == "agreed" and ring.mine:
        yield Choice("drop", phrase("let it rest"), "close")
