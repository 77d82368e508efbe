"""The charter: the numbers the shop lives by, since when and by which vote; a change of one, and its hands."""

from kiosk.amounts import EntryId
from kiosk.events import CharterChange, CharterChanged, RoundOpened
from kiosk.faces import Alarm, Choice, EntryFace, Face, Line, MoneyFace, RowsFace, ShelfFace, TapFace, ToolLine
from kiosk.rules.charter import NUMBERS, changeable, name_words, sensible, value_of, value_words, waiting
from kiosk.rules.circle import LONGEST_DOING
from kiosk.state import State
from kiosk.tongue import phrase
from kiosk.views.buttons import asking, circle_frame, key_choices, picking
from kiosk.views.lines import sentence
from kiosk.views.scene import Scene, frame, paged
from kiosk.visit import circle_places
from kiosk.visit import number_places as places
from kiosk.visit.pad import MOST_DIGITS
from kiosk.visit.places import Visit
from kiosk.words import capital, day, duration, some

LINES = 4
"""Numbers on one page."""


def charter(visit: Visit, place: places.CharterPage, scene: Scene) -> Face:
    """All numbers."""
    state = scene.state
    shown, page = paged(tuple(NUMBERS), place.page, LINES)
    return ShelfFace(
        frame=frame(visit, scene, phrase("The numbers we live by")),
        lines=tuple(_line(number, scene) for number in shown),
        choices=tuple(
            Choice(key=f"hold:{decision}", words=_change_words(state, decision), icon="people", tone="strong")
            for decision in waiting(state)[:1]
        ),
        page=page,
        words=phrase("A vote in the circle changes one, and many hands let it hold."),
    )


def _line(number: str, scene: Scene) -> ToolLine:
    value = value_words(number, value_of(scene.state.charter, number))
    return ToolLine(
        key=f"number:{number}",
        name=capital(name_words(number)),
        told=f"{value} · {since(number, scene)}",
        standing="out",
        icon="note" if number in scene.state.amended else "list",
    )


def since(number: str, scene: Scene) -> str:
    """Since when a number is what it is."""
    amended = scene.state.amended.get(number)
    if amended is None:
        return phrase("since we began")
    return phrase("since {day}", day=day(amended.since))


def _asked(decision: EntryId, scene: Scene) -> str:
    found = scene.find(decision)
    event = found.entry.event if found else None
    return event.question if isinstance(event, RoundOpened) else ""


def charter_number(visit: Visit, place: places.CharterNumber, scene: Scene) -> Face:
    """One number, and what it was before."""
    number = place.number
    amended = scene.state.amended.get(number)
    shown, page = paged(tuple(reversed(amended.entries)) if amended else (), place.page, LINES)
    found = [scene.find(name) for name in shown]
    return ShelfFace(
        frame=frame(visit, scene, capital(name_words(number))),
        lines=tuple(
            _past(each.entry.id, each.entry.event, phrase("since {day}", day=day(each.entry.moment)))
            for each in found
            if each is not None and isinstance(each.entry.event, CharterChanged)
        ),
        page=page,
        words=value_words(number, value_of(scene.state.charter, number)),
        empty=phrase("It is what we began with. A vote in the circle changes it, and many hands let that hold."),
    )


def _past(entry: EntryId, event: CharterChanged, told: str) -> ToolLine:
    change = event.change
    after, before = value_words(change.number, change.after), value_words(change.number, change.before)
    return ToolLine(
        key=f"change:{entry}",
        name=phrase("{after}, before {before}", after=after, before=before),
        told=told,
        standing="out",
        icon="note",
    )


def charter_change(visit: Visit, place: places.CharterEntry, scene: Scene) -> Face:
    """One change, whole: from what to what, by which vote and whose hands."""
    found = scene.find(place.entry)
    event = found.entry.event if found else None
    assert found is not None
    assert isinstance(event, CharterChanged)
    number, after = event.change.number, event.change.after
    return EntryFace(
        frame=frame(visit, scene, capital(name_words(number))),
        line=Line(
            key=f"change:{place.entry}",
            who="",
            amount=value_words(number, after),
            work="",
            when="",
            icon="note",
            note=_asked(event.decision, scene),
        ),
        words=sentence(found.entry),
    )


def _change_words(state: State, decision: EntryId) -> str:
    change = state.decisions[decision].change
    return _to_be(change) if change else ""


def _to_be(change: CharterChange) -> str:
    return phrase(
        "{number}: {after}",
        number=capital(name_words(change.number)),
        after=value_words(change.number, change.after),
    )


def charter_hands(visit: Visit, place: places.CharterHands, scene: Scene) -> Face:
    """Many hands let it hold."""
    needed = scene.state.hands_needed()
    decision = scene.state.decisions.get(place.decision)
    tapped = capital(phrase("{number} of you tap", number=some(needed)))
    return TapFace(
        frame=frame(visit, scene, _to_be(decision.change) if decision and decision.change else ""),
        prompt=phrase("the next one taps") if place.taps else tapped,
        words=phrase("The circle decided it. With your hands it holds, from that moment on."),
        dots_filled=len(place.taps),
        dots=needed,
        names=tuple(handle for handle, _ in place.taps),
        icon="people",
    )


def waits(scene: Scene) -> tuple[Alarm, ...]:
    """Numbers that a vote has carried, and that wait for hands."""
    state = scene.state
    needed = state.hands_needed()
    return tuple(
        Alarm(
            words=phrase("Decided, and not yet so: {change}", change=_change_words(state, decision)),
            mend=phrase("{number} of you tap, under numbers.", number=capital(some(needed))),
            pressing=False,
        )
        for decision in waiting(state)
    )


# --- in the circle ----------------------------------------------------------------------------------------


def change_pick(visit: Visit, place: circle_places.ChangePick, scene: Scene) -> RowsFace:
    """Which number is to be another."""
    state = scene.state
    rows = tuple(
        phrase("{number}: {after}", number=capital(name_words(each)), after=_now(each, state))
        for each in changeable(state)
    )
    return picking(visit, place, scene, phrase("Which number is to be another?"), rows, place.at)


def _now(number: str, state: State) -> str:
    return value_words(number, value_of(state.charter, number))


def change_dial(visit: Visit, place: circle_places.ChangeDial, scene: Scene) -> Face:
    """What it is to be: more, less, or that is it."""
    values = sensible(place.number, scene.state)
    about = phrase(
        "{number}. Now it is {before}.", number=_name(place.number), before=_now(place.number, scene.state)
    )
    if values:
        least, most = (value_words(place.number, each) for each in (values[0], values[-1]))
        bounds = phrase("It can be {least} to {most}.", least=least, most=most)
        about = f"{about} {bounds}"
    return asking(visit, place, scene, value_words(place.number, place.after), about)


def _name(number: str) -> str:
    return capital(name_words(number))


def task_length(visit: Visit, place: circle_places.TaskLength, scene: Scene) -> Face:
    """How long a task took; nothing said is as good."""
    minutes = place.minutes
    task = scene.state.tasks.get(place.task)
    leave = phrase("leave it out")
    quarter, hour, typed = key_choices(place, typed="" if minutes else leave)
    return MoneyFace(
        frame=circle_frame(visit, scene, phrase("How long did it take {name}?", name=task.doer if task else "")),
        amount=duration(minutes) if minutes else phrase("not said"),
        digits=str(minutes // 60) if minutes and minutes % 60 == 0 else "",
        steps=(15, 60),
        step_words=(duration(15), duration(60)),
        less=minutes > 0,
        more=minutes < LONGEST_DOING,
        longest=MOST_DIGITS,
        book=typed,
        extra=(quarter, hour),
        icon="clock",
    )
