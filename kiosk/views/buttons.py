"""What the screens of the circle share: the three buttons, the lists they walk, a question, words of one's own."""

from collections.abc import Mapping
from datetime import date

from kiosk.faces import AskFace, Choice, Frame, RowsFace, TypeFace
from kiosk.tongue import later, phrase, sense
from kiosk.views.scene import Scene, frame
from kiosk.visit import circle_places as places
from kiosk.visit.circle_keys import keys
from kiosk.visit.places import Place, Visit
from kiosk.visit.rows import PAGE
from kiosk.words import day_and_month

SHAPES = ("circle", "square", "triangle")

SAYS: Mapping[str, str] = {
    "begin": later("begin"),
    "stop": later("not now"),
    "note": later("note it"),
    "pass": later("pass"),
    "longer": later("longer"),
    "next": later("next"),
    "none": later("none"),
    "back": later("back"),
    "yes": later("yes"),
    "no": later("no"),
    "close": later("close"),
    "done": later("done"),
    "day": later("another day"),
    "drop": later("let it go"),
    "vote": later("vote"),
    "void": later("take it again"),
    "go on": later("go on"),
    "on": later("on"),
    "page:1": later("more"),
    "next digit": later("next digit"),
    "up": later("one more"),
    "quarter": later("15 min more"),
    "hour": later("1 h more"),
    "more": later("more than that"),
    "less": later("less than that"),
    "typed": later("that is it"),
    "count": later("count it"),
    "split": later("split it"),
    "whole": later("as it is"),
    "one more part": later("one more part"),
    "detail": later("what is told"),
    "photo": later("attach the photo"),
    "tell": later("tell the neighbours"),
    "held": later("it was held"),
    "voice": later("read aloud"),
    "skip": later("to the end"),
    "book": later("that is all"),
    "another": later("one more"),
    "benefit": later("who benefits?"),
    "invert": later("turn it round"),
    "came": later("what happened?"),
    "seed:1": "1",
    "seed:2": "2",
    "seed:3": "3",
    "press:yes": later("yes"),
    "press:no": later("no"),
    "press:abstain": later("abstain"),
}
"""What the three buttons are called where they do this; "take" has a word of its own."""


def key_choices(place: Place, **other: str) -> tuple[Choice, ...]:
    """The three buttons as they can be touched, each with its shape. other: what some are called here instead."""
    return tuple(
        Choice(key=key, words=other.get(key) or _says(key), icon=shape)
        for key, shape in zip(keys(place), SHAPES, strict=True)
        if key
    )


def _says(key: str) -> str:
    return sense("a row of a list", "take it") if key == "take" else phrase(SAYS[key])


def circle_frame(visit: Visit, scene: Scene, title: str = "", *, leave: bool = True) -> Frame:
    """The frame of the circle; its own keys are the way back."""
    number = scene.state.circle.number if scene.state.circle else 0
    return frame(visit, scene, title or phrase("Circle {number}", number=number), back=False, leave=leave)


def seconds(milliseconds: int) -> int:
    """Whole seconds that are left: none only when time is up."""
    return max(0, -(-milliseconds // 1000))


def figures(milliseconds: int) -> str:
    """A time as a clock shows it: "0:37"."""
    left = seconds(milliseconds)
    return f"{left // 60}:{left % 60:02d}"


def part_of(given: int) -> int:
    """Seconds in one part of the ring of a speaker who has so many milliseconds: few enough parts to be counted."""
    return 10 if given <= 120_000 else 30


def short_day(day: str) -> str:
    """A day in few letters: "27 Nov"."""
    return day_and_month(date.fromisoformat(day))


def picking(
    visit: Visit,
    place: Place,
    scene: Scene,
    question: str,
    rows: tuple[str, ...],
    at: int,
    *,
    under: str = "",
    icons: tuple[str, ...] = (),
) -> RowsFace:
    """A list that three buttons walk through; the marked row is strong. under: a line below the question."""
    at %= max(1, len(rows))
    first = at // PAGE * PAGE
    shown = tuple(
        Choice(
            key=f"row:{number}",
            words=text,
            icon=icons[number] if icons else "",
            tone="strong" if number == at else "plain",
        )
        for number, text in enumerate(rows[first : first + PAGE], start=first)
    )
    writes = getattr(place, "text", "") is None or isinstance(place, places.Turns)
    return RowsFace(
        frame=circle_frame(visit, scene, question),
        rows=shown,
        words=under,
        page=(first // PAGE + 1, -(-max(1, len(rows)) // PAGE)),
        extra=(Choice("write", phrase("write it"), "note", tone="quiet"),) if writes else (),
        choices=key_choices(place),
    )


def asking(visit: Visit, place: Place, scene: Scene, question: str, about: str = "", **other: str) -> AskFace:
    """One question with up to three answers."""
    return AskFace(
        frame=circle_frame(visit, scene), question=question, about=about, choices=key_choices(place, **other)
    )


def writing(visit: Visit, scene: Scene, label: str, text: str, longest: int) -> TypeFace:
    """Words of one's own."""
    return TypeFace(
        frame=frame(visit, scene, phrase("The circle"), back=True),
        label=label,
        text=text,
        longest=longest,
        ready=bool(text.strip()),
    )
