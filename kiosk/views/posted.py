"""What the circle left behind, as it is posted: what was decided, and who does what."""

from kiosk.amounts import EntryId
from kiosk.events import (
    Counts,
    DecisionReviewed,
    ExperimentStarted,
    FridayClosed,
    RoundClosed,
    RoundOpened,
    RoundVoided,
)
from kiosk.faces import Point
from kiosk.state import Task
from kiosk.views.scene import Scene
from kiosk.words import by, jar_called, money, names

OUTCOMES = {
    "carried": ("check", "carried"),
    "waits": ("undo", "everyone said yes: voted again next time"),
    "not carried": ("close", "not carried"),
    "tied": ("undo", "a tie: we talk, and vote again"),
    "too few": ("info", "too few pressed"),
}
"""The mark and the words of what came of a vote."""


def decided(scene: Scene) -> tuple[Point, ...]:
    """What came of each question of the latest circle, the newest first."""
    latest = scene.state.latest
    points = (_point(entry, scene) for entry in reversed(latest.entries if latest else ()))
    return tuple(point for point in points if point)


def _point(entry: EntryId, scene: Scene) -> Point | None:
    found = scene.find(entry)
    match found.entry.event if found else None:
        case RoundClosed(round=opened, outcome=outcome, counts=counts):
            mark, came = OUTCOMES[outcome]
            told = _joined(came, _counts(counts), _again(opened, outcome, scene))
            return Point(_question(opened, scene), told, mark=mark)
        case RoundVoided(round=opened):
            return Point(_question(opened, scene), "void: voted again", mark="undo")
        case DecisionReviewed(decision=opened, stands=stands):
            told = "looked at again: it goes on" if stands else "looked at again: it ends"
            return Point(_question(opened, scene), told, mark="check" if stands else "close")
        case FridayClosed() as closed:
            return Point(*given_away(closed), mark="check")
        case ExperimentStarted(about=about, words=words, until=until):
            return Point(words, f"tried against “{about}” until {by(until).removeprefix('by ')}", mark="other")
    return None


def given_away(closed: FridayClosed) -> tuple[str, str]:
    """What came of a Friday, in a few words: what was bought, and where the rest went."""
    bought = names([each.title for each in closed.funded]) or "nothing was bought"
    rest = f"the rest, {money(closed.rest)}, went where it was to go" if closed.rest else "nothing was left"
    return f"{jar_called(closed.fund).capitalize()}: {bought}", rest


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _question(opened: EntryId, scene: Scene) -> str:
    found = scene.find(opened)
    event = found.entry.event if found else None
    return event.question if isinstance(event, RoundOpened) else ""


def _counts(counts: Counts | None) -> str:
    return f"{counts.yes} yes, {counts.no} no, {counts.abstain} abstained" if counts else ""


def _again(opened: EntryId, outcome: str, scene: Scene) -> str:
    found = scene.find(opened)
    event = found.entry.event if found else None
    if outcome != "carried" or not isinstance(event, RoundOpened):
        return ""
    return f"looked at again {by(event.review).removeprefix('by ')}"


def doing(scene: Scene) -> tuple[Point, ...]:
    """Who does what, the soonest first."""
    tasks = sorted(scene.state.tasks.values(), key=lambda task: task.due)
    return tuple(_task(task) for task in tasks)


def _task(task: Task) -> Point:
    return Point(task.words, by(task.due), who=task.doer)
