"""What stands around every face: its language, and what can be chosen of language, size of type and voice."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.faces import Face, WallFace
from kiosk.tongue import LANGUAGES
from kiosk.views.scene import Scene
from kiosk.visit.places import Visit
from kiosk.visit.tongues import OFFERED, is_read, size_of


def dressed(shown: Face, visit: Visit, scene: Scene) -> Face:
    """A face with all that."""
    return with_more(shown, **_chosen_beside(visit, scene))


def _chosen_beside(visit: Visit, scene: Scene) -> Mapping[str, object]:
    language = visit.language or scene.language
    offered = isinstance(visit.place, OFFERED)
    voice = ("on" if is_read(visit, scene.voice) else "off") if offered and scene.voice != "off" else ""
    tongue = LANGUAGES.get(language, "") if offered else ""
    return {"language": language, "tongue": tongue, "size": size_of(visit, scene.size), "voice": voice}


def with_more(shown: Face, **more: object) -> Face:
    """A face with something more in its frame; the wall has none, and holds it itself."""
    if isinstance(shown, WallFace):
        return replace(shown, **more)
    return replace(shown, frame=replace(shown.frame, **more))
