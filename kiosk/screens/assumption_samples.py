"""Sample faces of an assumption autopsy: ordinary, a throne, one alone, two hundred, the longest names, Arabic."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.faces import Alarm, Choice, Face, Frame, RoutineFace, RoutineRow, RowsFace, TapFace
from kiosk.screens.circle_samples import ways
from kiosk.screens.odd import ARABIC, LONG_NAME, LONG_QUESTION

LIST = RowsFace(
    frame=Frame("Who does what?", back=False),
    rows=(),
    routines=(
        RoutineRow(
            "row:0",
            "Opening the circle",
            "done 61 times, as if one person did it",
            (853, 66, 49, 16, 16),
            trend="fewer",
            throne=True,
            marked=True,
        ),
        RoutineRow(
            "row:1",
            "Lending a hand",
            "done 24 times, as if 17 people did it",
            (83, 83, 70, 70, 56, 56, 42),
            14,
            trend="more",
        ),
        RoutineRow("row:2", "Having “keeping the jar”", "turned round until Mon 4 Jan", (400, 200, 200, 200)),
    ),
    words="October to December 2026, so far",
    page=(1, 4),
    extra=(Choice("earlier", "last quarter", "calendar", tone="quiet"),),
    choices=ways(("take", "take it"), ("next", "next"), ("back", "back")),
)

ONE = RoutineFace(
    frame=Frame("Opening the circle", back=False),
    words="Done 61 times, as if one person did it",
    told="In the quarter before it was as if 4 people did it.",
    bars=(
        ("Amina", 853, "52 of 61"),
        ("Jo", 66, "4 of 61"),
        ("Tomek", 49, "3 of 61"),
        ("Sara", 16, "1 of 61"),
        ("Priya", 16, "1 of 61"),
    ),
    people=7,
    asked="Who benefits?",
    answers=("all of us", "whoever does it", "those who come late"),
    throne=True,
    choices=ways(("benefit", "who benefits?"), ("invert", "turn it round"), ("back", "back")),
)

GATHERED = TapFace(
    frame=Frame("Opening the circle", back=False),
    prompt="3 of you tap",
    words="Each time somebody else, until Mon 4 Jan",
    dots_filled=1,
    dots=3,
    names=("Amina",),
    choices=(Choice("back", "back", "triangle"),),
    icon="people",
)

LAST = RoutineRow("row:4", "We are through: it was held", "two of you tap", icon="check", marked=True)
UNSWAPPED = RoutineRow("row:3", "The work of translation", "nobody swapped it", icon="close")

ASSUMPTIONS: Mapping[str, Face] = {
    "routines": LIST,
    "routines-end": replace(
        LIST,
        routines=(UNSWAPPED, LAST, RoutineRow("row:5", "Last quarter", icon="calendar")),
        page=(4, 4),
    ),
    "routines-empty": replace(
        LIST,
        routines=(RoutineRow("row:0", "Last quarter", icon="calendar", marked=True),),
        page=(1, 1),
        words="October to December 2026",
        empty="Nothing was done for all in this quarter, as far as the record shows.",
        choices=ways(("take", "take it"), ("next", "next"), ("back", "back")),
    ),
    "routines-odd": replace(
        LIST,
        routines=(
            RoutineRow(
                "row:0",
                "Having “Werkzeugschrankschlüsselverwahrung (Nachbarschaftsgarten)”",
                "done 1,234 times, as if 198 people did it",
                (6, 6, 6, 5, 5, 5, 5),
                193,
                marked=True,
            ),
            RoutineRow("row:1", "Tending the kiosk", "done once, as if one person did it", (1000,)),
            RoutineRow("row:2", f"Having “{ARABIC}”", "done 12 times, as if 2 people did it", (500, 500)),
        ),
        frame=replace(LIST.frame, alarms=(Alarm("The badge reader does not answer"),)),
    ),
    "routine": ONE,
    "routine-fair": replace(
        ONE,
        frame=Frame("Taking minutes", back=False),
        words="With 26 badges, as if 13 people did it",
        told="",
        bars=tuple((name, 77, "1 of 13") for name in ("Amina", "Jo", "Tomek", "Sara", "Priya")),
        people=13,
        answers=(),
        throne=False,
    ),
    "routine-turned": replace(
        ONE,
        told=f"Turned round until Mon 4 Jan: {LONG_QUESTION}",
        throne=False,
        choices=ways(("benefit", "who benefits?"), ("came", "what happened?"), ("back", "back")),
    ),
    "routine-unswapped": replace(
        ONE,
        frame=Frame("The work of translation", back=False),
        words="Translation was not swapped once in this quarter",
        told="",
        bars=(),
        people=0,
        throne=False,
    ),
    "routine-odd": replace(
        ONE,
        bars=(
            (LONG_NAME, 500, "1,234 of 2,468"),
            (ARABIC, 200, "494 of 2,468"),
            *((f"Member {number}", 5, "12 of 2,468") for number in range(3)),
        ),
        people=200,
        answers=(LONG_QUESTION[:60], ARABIC, "those who never have to", "nobody any more"),
    ),
    "routine-hands": GATHERED,
}
"""Assumptions taken apart, in their situations."""
