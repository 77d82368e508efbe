"""Which language."""

from kiosk.faces import Choice, Face, TilesFace
from kiosk.tongue import LANGUAGES, phrase
from kiosk.views.scene import Scene, frame
from kiosk.visit.places import Tongues, Visit


def tongues(visit: Visit, place: Tongues, scene: Scene) -> Face:
    """All languages there are, each called as its speakers call it."""
    spoken = visit.language or scene.language
    return TilesFace(
        frame=frame(visit, scene, phrase("Which language?")),
        choices=tuple(
            Choice(key=f"language:{tongue}", words=name, icon="check" if tongue == spoken else "translation")
            for tongue, name in LANGUAGES.items()
        ),
        words=phrase("The kiosk forgets it when you leave."),
    )
