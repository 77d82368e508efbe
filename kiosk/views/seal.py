"""The seal of the record: a signed checkpoint, large on a page of its own, and small on the wall after a circle.

It holds a number that stands for all entries and says nothing of any; and none is made while a vote is open.
"""

from kiosk.amounts import elapsed
from kiosk.faces import Choice, Face, SealFace, SealOnWall, TroubleFace
from kiosk.rules.approvals import vote_open
from kiosk.state import Neighbour, size_of
from kiosk.tongue import later, phrase, plural
from kiosk.views.scene import Scene, frame
from kiosk.views.witness import newest_witnessed, with_a_witness, witness_of
from kiosk.visit.places import Seal, Visit
from kiosk.words import day, figure, when

HANGS = 24 * 3_600_000
"""Milliseconds after a circle in which its seal hangs on the wall."""

FRESH = 3_600_000
"""Milliseconds in which it has room on a small wall too, whatever else there is."""

WITNESS = later(
    "Photograph this, and you are a witness: whoever changes or removes anything that is written here "
    "can’t make it fit your photo any more."
)
SIGNED = later("{shop} has signed it too, as a witness that nothing was changed.")
BE_ONE = later("Photograph this, and you are a witness that nothing of it is ever changed.")
SHORT = later("Any phone reads it as text; “check it yourself” in the docs says what for.")
HOW = later(
    "Any phone reads it as text. Keep that: “check it yourself” in the docs says how to hold it against the "
    "record, also without our program."
)


def seal_hangs(scene: Scene) -> bool:
    """Whether the latest circle was closed so lately that the seal belongs on the wall."""
    return 0 <= _since_the_circle(scene) < HANGS


def _since_the_circle(scene: Scene) -> int:
    """Milliseconds since the latest circle was closed; -1 where none was, or where one is open."""
    latest = scene.state.latest
    return -1 if latest is None or latest.end is None else elapsed(latest.end, scene.now)


def seal_on_wall(scene: Scene) -> SealOnWall | None:
    """The seal as it hangs on the wall."""
    if scene.sealed is None or not seal_hangs(scene):
        return None
    return SealOnWall(
        code=with_a_witness(scene.sealed.text, scene.state),
        words=phrase("Be a witness: photograph our seal"),
        told=phrase(
            "{entries}, {time}", entries=_entries(scene.sealed.size), time=when(scene.sealed.at, scene.now)
        ),
        why=phrase("Whoever has the photo can prove that nothing was changed."),
        fresh=_since_the_circle(scene) < FRESH,
        key="seal",
    )


def seal(visit: Visit, place: Seal, scene: Scene) -> Face:
    """The seal, to be photographed."""
    if vote_open(scene.state):
        mend = phrase("It is here again when the vote is over.")
        return _none(visit, scene, phrase("No seal while a vote is open"), mend)
    if scene.sealed is None:
        mend = phrase("Whoever tends the kiosk finds why in its log.")
        return _none(visit, scene, phrase("The record can’t be sealed now"), mend)
    signed = newest_witnessed(scene.state)
    if place.witnessed and signed is not None:
        return _witnessed(visit, scene, signed)
    shop = witness_of(scene.sealed.text, scene.state)
    other = signed is not None and not shop
    return SealFace(
        frame=frame(visit, scene, phrase("The seal of our record")),
        code=with_a_witness(scene.sealed.text, scene.state),
        entries=_entries(scene.sealed.size),
        when=_span(scene, when(scene.sealed.at, scene.now)),
        words=phrase(SIGNED, shop=shop) if shop else phrase(BE_ONE if other else WITNESS),
        how=phrase(SHORT if other else HOW),
        choices=(_next(phrase("with a witness")),) if other else (),
    )


def _witnessed(visit: Visit, scene: Scene, signed: Neighbour) -> SealFace:
    """The newest one that a neighbour has signed; some entries are newer than it."""
    return SealFace(
        frame=frame(visit, scene, phrase("The seal of our record")),
        code=signed.witnessed,
        entries=_entries(size_of(signed.witnessed)),
        when="",
        words=phrase(SIGNED, shop=signed.name),
        how=phrase(SHORT),
        choices=(_next(phrase("the newest one")),),
    )


def _next(words: str) -> Choice:
    return Choice(key="next", words=words, icon="arrow-right", tone="strong")


def _none(visit: Visit, scene: Scene, words: str, mend: str) -> TroubleFace:
    return TroubleFace(frame=frame(visit, scene, ""), words=words, mend=mend, icon="card")


def _entries(size: int) -> str:
    return plural("1 entry", "{count} entries", size, count=figure(size))


def _span(scene: Scene, last: str) -> str:
    """From the first entry to the last."""
    founded = scene.state.founded
    return phrase("from {day} to {time}", day=day(founded), time=last) if founded else last
