"""What is wrong with how the record is kept: it was put back from a copy, one waits, or none is made."""

from kiosk.faces import Alarm
from kiosk.state import Program, Restored
from kiosk.tongue import again, later, phrase, plural
from kiosk.views.scene import Scene
from kiosk.words import day_of, figure

DAY = 24 * 3_600_000

OLD = 3 * DAY
"""Milliseconds after which the last copy is too old."""

SEEN = 7 * DAY
"""Milliseconds for which everybody who passes can read that the record was put back, at least."""


NOT_THERE = later("There is no {place}. Is the stick plugged in?")
NOT_REACHED = later("{place} can’t be reached ({error}). Plug the stick in anew, or take another.")
SAME_CARD = later("{place} lies on the same card as the record. Is the stick plugged in?")
FAULTS = (NOT_THERE, NOT_REACHED, SAME_CARD)
"""Why no copy could be made, as the nightly copy finds it."""


def restored_alarm(scene: Scene) -> tuple[Alarm, ...]:
    """The record was put back: everybody reads it, for a week at least, and until a circle has had it before it."""
    restored = scene.state.restored
    if restored is None or (_passed(restored, scene) >= SEEN and _circle_since(restored, scene)):
        return ()
    if restored.lost:
        mend = phrase("Say it in the circle; book again what is missing.")
        words = plural(
            "The record was put back from a copy of {entries} entries: 1 entry is gone",
            "The record was put back from a copy of {entries} entries: {count} entries are gone",
            restored.lost,
            count=figure(restored.lost),
            entries=figure(restored.entries),
        )
    else:
        mend = phrase("Say it in the circle. Nothing was lost.")
        words = plural(
            "The record was put back from a copy of {entries} entries: nothing is gone",
            "The record was put back from a copy of {entries} entries: nothing is gone",
            restored.entries,
            entries=figure(restored.entries),
        )
    detail = phrase("The old record is kept in {folder}.", folder=restored.aside)
    since = day_of(restored.moment, scene.now)
    return (Alarm(words=words, since=since, mend=mend, pressing=False, detail=detail),)


def program_alarm(scene: Scene) -> tuple[Alarm, ...]:
    """Another program runs and nobody has answered for it: so everybody reads that it was swapped."""
    program = scene.state.program
    if program is None or program.by:
        return ()
    words = phrase("Another program runs here: {after} instead of {before}", **_versions(program))
    mend = phrase("Under “how is the kiosk?” somebody answers for it.")
    return (Alarm(words=words, since=day_of(program.since, scene.now), mend=mend, pressing=False),)


def _versions(program: Program) -> dict[str, str]:
    """Their numbers; the whole of them where those are the same."""
    before, after = program.before.partition("+")[0], program.version.partition("+")[0]
    if before == after:
        return {"before": program.before, "after": program.version}
    return {"before": before, "after": after}


def _passed(restored: Restored, scene: Scene) -> int:
    return scene.now.wall - restored.moment.wall if scene.now.trusted and restored.moment.trusted else 0


def _circle_since(restored: Restored, scene: Scene) -> bool:
    latest = scene.state.latest
    if latest is None:
        return False
    return latest.number > restored.circle + 1 or (latest.number > restored.circle and latest.end is not None)


def copy_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """A copy that waits for many hands, and copies that are not made."""
    return (*_waiting(scene), *_not_made(scene))


def _waiting(scene: Scene) -> tuple[Alarm, ...]:
    if scene.copies.offered is None:
        return ()
    words = phrase("A copy of the record wants to be put in place")
    return (Alarm(words=words, mend=phrase("Look at it under “people and badges”."), pressing=False),)


def _not_made(scene: Scene) -> tuple[Alarm, ...]:
    """When the last good copy is old, or none can be made. Where no copy is wanted there is nothing to say."""
    copies = scene.copies
    if not copies.wanted or not scene.state.founded:
        return ()
    since = copies.last or scene.state.founded
    old = scene.now.trusted and scene.now.wall - since.wall > OLD
    if not (old or copies.fault):
        return ()
    if copies.last is None:
        words = phrase("There is no second copy of the record yet")
    elif old:
        words = phrase("The last copy of the record is from {day}", day=day_of(copies.last, scene.now))
    else:
        words = phrase("No new copy of the record could be made")
    mend = again(copies.fault, FAULTS) or phrase("The next one is made as soon as it is quiet here.")
    return (Alarm(words=words, mend=mend),)
