"""Samples of numbers said aloud and of the charter: ordinary, full and odd."""

from collections.abc import Mapping

from kiosk.faces import AskFace, Choice, Face, Frame, MoneyFace, RowsFace, ShelfFace, TapFace, TilesFace, ToolLine
from kiosk.screens.odd import ARABIC, COMPOUND, LONG_NAME, LONG_WORDS

THAT_IS_IT = Choice("typed", "that is it", "check", tone="strong")

NUMBERS: Mapping[str, Face] = {
    "numbers": TilesFace(
        frame=Frame(title="Numbers said aloud", who="Amina"),
        choices=(
            Choice("kind:hours", "hours we ran ourselves", "clock"),
            Choice("kind:made", "what we made for us", "plus"),
            Choice("kind:taken", "what the owners took", "minus"),
            Choice("kind:won", "what the owners gave way in", "check"),
            Choice("kind:reform", "a reform, to compare", "board"),
            Choice("said", "what was said", "list"),
            Choice("charter", "our charter", "people-several", "2 wait for hands"),
        ),
        words="Each with where it comes from, and two badges.",
    ),
    "numbers-hours": MoneyFace(
        frame=Frame(title="Hours we ran ourselves: repair", who="Amina", dots=(3, 6)),
        amount="36 h 15",
        digits="",
        steps=(15, 60),
        step_words=("15 min", "1 h"),
        longest=9,
        book=THAT_IS_IT,
        icon="clock",
    ),
    "numbers-goods-odd": MoneyFace(
        frame=Frame(title="Taken by the owners", who=LONG_NAME, dots=(3, 6)),
        amount="100,000,000",
        digits="100000000",
        words=COMPOUND[:24],
        steps=(1, 10),
        step_words=("1", "10"),
        longest=9,
        book=THAT_IS_IT,
        icon="minus",
    ),
    "numbers-badges-odd": TapFace(
        frame=Frame(title="The owners gave way", who=LONG_NAME, dots=(6, 6)),
        prompt="now somebody who stands by it taps",
        words=f"{LONG_WORDS[:39]}… · € 900.00 · Friday 30 October · {COMPOUND[:39]}…",
        dots_filled=1,
        dots=2,
        names=(LONG_NAME,),
        icon="check",
    ),
    "numbers-said": ShelfFace(
        frame=Frame(title="What was said", who="Amina"),
        lines=(
            ToolLine("number:k/9", "36 h 15 of repair", "Hours we ran ourselves · 9 Nov to 15 Nov", "out", "clock"),
            ToolLine("number:k/8", "120 loaves: bread", "wrong; it counts no more", "out", "undo"),
            ToolLine(
                "number:k/7", f"{LONG_WORDS[:39]}…", "The owners gave way · € 900.00 · 30 Oct", "out", "check"
            ),
            ToolLine("number:k/6", f"12 {ARABIC}: {COMPOUND[:24]}", "Made for us · 2 Nov", "out", "plus"),
        ),
        page=(1, 15),
        words="A number that was wrong is countered, never changed.",
    ),
    "charter": ShelfFace(
        frame=Frame(title="The numbers we live by"),
        lines=(
            ToolLine(
                "number:hands", "Badges for what needs many hands", "3 badges · since we began", "out", "list"
            ),
            ToolLine(
                "number:soft_limit",
                "Hours at which the kiosk warns",
                "8 h · since 16 November 2026",
                "out",
                "note",
            ),
            ToolLine(
                "number:block",
                "Votes that the streak takes together",
                "5 votes · since we began",
                "out",
                "list",
            ),
            ToolLine(
                "number:dissenter",
                "How many vote no where all speak freely",
                "one in 20 · since we began",
                "out",
                "list",
            ),
        ),
        choices=(Choice("hold:k/7", "Hours at which the kiosk stops: 15 h", "people", tone="strong"),),
        page=(2, 9),
        words="A vote in the circle changes one, and many hands let it hold.",
    ),
    "charter-number": ShelfFace(
        frame=Frame(title="Hours at which the kiosk warns"),
        lines=(
            ToolLine(
                "change:k/9",
                "8 h, before 10 h",
                "since 16 November 2026",
                "out",
                "check",
            ),
        ),
        words="8 h",
    ),
    "charter-pick": RowsFace(
        frame=Frame(title="Which number is to be another?", back=False),
        rows=(
            Choice("row:0", "Badges for what needs many hands: 3 badges", tone="strong"),
            Choice("row:1", "A shop is small under: 6 people"),
            Choice("row:2", "Votes that the streak takes together: 5 votes"),
        ),
        page=(1, 11),
        choices=(
            Choice("take", "take it", "circle"),
            Choice("next", "next", "square"),
            Choice("back", "back", "triangle"),
        ),
    ),
    "charter-dial": AskFace(
        frame=Frame(title="Circle 12", back=False),
        question="6 votes",
        about="Votes that the streak takes together. Now it is 5 votes. It can be 6 to 20.",
        choices=(
            Choice("more", "more than that", "circle"),
            Choice("less", "less than that", "square"),
            Choice("typed", "that is it", "triangle"),
        ),
    ),
    "charter-hands": TapFace(
        frame=Frame(title="Hours at which the kiosk warns: 8 h", who="Wen"),
        prompt="the next one taps",
        words="The circle decided it. With your hands it holds, from that moment on.",
        dots_filled=1,
        dots=3,
        names=("Wen",),
        icon="people",
    ),
    "task-length": MoneyFace(
        frame=Frame(title=f"How long did it take {LONG_NAME}?", back=False),
        amount="not said",
        digits="",
        steps=(15, 60),
        step_words=("15 min", "1 h"),
        less=False,
        longest=9,
        book=Choice("typed", "leave it out", "triangle"),
        extra=(Choice("quarter", "15 min more", "circle"), Choice("hour", "1 h more", "square")),
        icon="clock",
    ),
}
"""By the names of their pictures."""
