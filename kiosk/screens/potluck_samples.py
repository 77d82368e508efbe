"""Sample faces of the reflection potluck: nothing said yet, much said, a number in a word, and the largest one."""

from collections.abc import Mapping

from kiosk.faces import Choice, Face, Frame, PotluckFace
from kiosk.screens.odd import COMPOUND, LONG_QUESTION

AROUND = Frame(
    title="Reflection potluck, November 2026", who="Amina", back=False, tongue="English", voice="off", language="en"
)
NOTES = (
    Choice("note", "note it", "circle"),
    Choice("on", "what went wrong", "square"),
    Choice("back", "back", "triangle"),
)
NUMBERS = (
    Choice("on", "on", "circle"),
    Choice("voice", "read aloud", "square"),
    Choice("back", "before", "triangle"),
)
POTLUCK: Mapping[str, Face] = {
    "potluck": PotluckFace(
        AROUND,
        "What went well?",
        ("Bread for all on Mondays", "Two new people", "The oven was mended"),
        choices=NOTES,
    ),
    "potluck-empty": PotluckFace(
        AROUND,
        "What went wrong?",
        empty="Say it aloud. What should stay is noted, without a name.",
        choices=NOTES,
    ),
    "potluck-much": PotluckFace(
        AROUND,
        "What went wrong?",
        (LONG_QUESTION, COMPOUND, *(f"Something else {n}" for n in range(9))),
        choices=NOTES,
    ),
    "potluck-number": PotluckFace(
        AROUND,
        "Hours under self-management",
        value="164 h 30",
        words="All together",
        entries="from k/3, k/7, k/12, k/13, k/20, k/22 and 41 entries more",
        at=(3, 14),
        choices=NUMBERS,
    ),
    "potluck-share": PotluckFace(
        AROUND,
        "The share of our hours that goes to the commons",
        value="38 %",
        words="Share of the commons",
        more="62 h 30 of 164 h 30",
        at=(4, 14),
        choices=NUMBERS,
    ),
    "potluck-money": PotluckFace(
        AROUND, "Money moved to one another", value="€ 98,765.43", words="All together", at=(9, 14), choices=NUMBERS
    ),
    "potluck-end": PotluckFace(
        AROUND,
        "That was November 2026",
        ("3 things that went well", "2 things that went wrong", "14 numbers read"),
        choices=(
            Choice("held", "it was held", "circle"),
            Choice("done", "not yet", "square"),
            Choice("back", "before", "triangle"),
        ),
    ),
}
