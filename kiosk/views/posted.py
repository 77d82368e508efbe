"""What the circle left behind, as it hangs on the wall: what was decided, and who does what."""

from collections.abc import Mapping

from kiosk.faces import Decided, Point
from kiosk.views.circle import decided_in
from kiosk.views.scene import Scene
from kiosk.words import by

MARKS: Mapping[str, str] = {"carried": "check", "waits": "undo", "other": "info"}
"""The mark of what came of a question."""


def decided(scene: Scene) -> tuple[Point, ...]:
    """What came of each question of the latest circle, the newest first."""
    latest = scene.state.latest
    found = (decided_in(entry, scene) for entry in reversed(latest.entries if latest else ()))
    return tuple(_point(each) for each in found if each)


def _point(decided: Decided) -> Point:
    return Point(decided.words, decided.more, mark=MARKS[decided.how])


def doing(scene: Scene) -> tuple[Point, ...]:
    """Who does what, the soonest first."""
    tasks = sorted(scene.state.tasks.values(), key=lambda task: task.due)
    return tuple(Point(task.words, by(task.due), who=task.doer) for task in tasks)
