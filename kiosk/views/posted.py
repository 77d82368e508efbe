"""What the circle left behind, as it hangs on the wall: what was decided, who does what, and Friday's poster."""

from collections.abc import Mapping

from kiosk.amounts import EntryId, elapsed, per_mille
from kiosk.events import Entry, FridayClosed, FridayOpened, ProjectProposed
from kiosk.faces import Point, PosterOnWall, Priced
from kiosk.tongue import phrase
from kiosk.views.circle import decided_in
from kiosk.views.poster import Given, Item, told
from kiosk.views.routines import on_wall
from kiosk.views.scene import Scene
from kiosk.visit.rows import voiced
from kiosk.words import by, money

MARKS: Mapping[str, str] = {"carried": "check", "waits": "undo", "other": "info"}
"""The mark of what came of a question."""


HANGS = 3 * 24 * 3_600_000
"""Milliseconds for which a poster hangs on the wall, where no circle comes before."""


def decided(scene: Scene) -> tuple[Point, ...]:
    """What came of each question of the latest circle, the newest first; then what is turned round just now."""
    latest = scene.state.latest
    found = (point_of(entry, scene) for entry in reversed(latest.entries if latest else ()))
    points = tuple(each for each in found if each)
    return (*points, *(each for each in on_wall(scene) if each.words not in {point.words for point in points}))


def point_of(entry: EntryId, scene: Scene) -> Point | None:
    """What was decided with an entry of the latest circle, in short; None where nothing was."""
    found = decided_in(entry, scene)
    return Point(found.words, found.more, mark=MARKS[found.how]) if found else None


def doing(scene: Scene) -> tuple[Point, ...]:
    """Who does what, the soonest first."""
    tasks = sorted(scene.state.tasks.values(), key=lambda task: task.due)
    return tuple(Point(voiced(task.words), by(task.due), who=task.doer) for task in tasks)


def poster_on_wall(scene: Scene) -> PosterOnWall | None:
    """The poster of the latest circle's latest Friday, as long as it hangs; None where it had none."""
    given = _latest(scene)
    if given is None or elapsed(given.entry.moment, scene.now) >= HANGS:
        return None
    said = told(given, scene.shop)
    return PosterOnWall(
        head=said.headline,
        day=said.day,
        sum=money(said.cents),
        spent=per_mille(said.spent, said.cents),
        who=said.who,
        bought=tuple(_priced(item) for item in said.bought),
        rest=tuple(_priced(item) for item in said.rest),
        code=said.figures,
        code_words=phrase("the figures"),
        short=point_of(said.entry, scene) or Point(said.headline),
    )


def _priced(item: Item) -> Priced:
    return Priced(item.title, money(item.cents), item.more)


def _latest(scene: Scene) -> Given | None:
    """The latest Friday of the latest circle; None where there is none, or where it can't be read."""
    latest = scene.state.latest
    for name in reversed(latest.entries if latest and latest.end else ()):
        found = scene.find(name)
        if found is not None and isinstance(found.entry.event, FridayClosed):
            return _given(found.entry, found.entry.event, scene)
    return None


def _given(entry: Entry, closed: FridayClosed, scene: Scene) -> Given | None:
    began = scene.find(closed.round)
    opened = began.entry.event if began else None
    if not isinstance(opened, FridayOpened):
        return None
    projects: dict[EntryId, ProjectProposed] = {}
    for each in opened.projects:
        found = scene.find(each.project)
        if found is None or not isinstance(found.entry.event, ProjectProposed):
            return None
        projects[each.project] = found.entry.event
    return Given(opened, entry, projects)
