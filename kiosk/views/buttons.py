"""What the screens of the circle share: the three buttons, the lists they walk, a question, words of one's own."""

from datetime import date

from kiosk.faces import AskFace, Choice, Frame, RowsFace, TypeFace
from kiosk.views.scene import Scene, frame
from kiosk.visit import circle_places as places
from kiosk.visit.circle_keys import keys
from kiosk.visit.places import Place, Visit
from kiosk.visit.rows import PAGE

SHAPES = ("circle", "square", "triangle")

SAYS = {
    "begin": "begin",
    "stop": "not now",
    "note": "note it",
    "pass": "pass",
    "longer": "longer",
    "take": "take it",
    "next": "next",
    "none": "none",
    "back": "back",
    "yes": "yes",
    "no": "no",
    "close": "close",
    "done": "done",
    "day": "another day",
    "drop": "let it go",
    "vote": "vote",
    "void": "take it again",
    "go on": "go on",
    "on": "on",
    "page:1": "more",
    "next digit": "next digit",
    "up": "one more",
    "typed": "that is it",
    "count": "count it",
    "split": "split it",
    "whole": "as it is",
    "one more part": "one more part",
    "detail": "what is told",
    "photo": "attach the photo",
    "skip": "to the end",
    "book": "that is all",
    "another": "one more",
    "seed:1": "1",
    "seed:2": "2",
    "seed:3": "3",
    "press:yes": "yes",
    "press:no": "no",
    "press:abstain": "abstain",
}
"""What the three buttons are called where they do this."""


def key_choices(place: Place, **other: str) -> tuple[Choice, ...]:
    """The three buttons as they can be touched, each with its shape."""
    known = {**SAYS, **other}
    return tuple(
        Choice(key=key, words=known[key], icon=shape) for key, shape in zip(keys(place), SHAPES, strict=True) if key
    )


def circle_frame(visit: Visit, scene: Scene, title: str = "", *, leave: bool = True) -> Frame:
    """The frame of the circle; its own keys are the way back."""
    number = scene.state.circle.number if scene.state.circle else 0
    return frame(visit, scene, title or f"Circle {number}", back=False, leave=leave)


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
    parsed = date.fromisoformat(day)
    return f"{parsed.day} {parsed:%b}"


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
            f"row:{number}",
            text,
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
        extra=(Choice("write", "write it", "note", tone="quiet"),) if writes else (),
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
        frame=frame(visit, scene, "The circle", back=True),
        label=label,
        text=text,
        longest=longest,
        ready=bool(text.strip()),
    )
