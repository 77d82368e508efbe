"""Samples of the seal and of the poster: as they are after a circle and a Friday, and with much on them."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.faces import Choice, Face, Frame, Point, PosterOnWall, Priced, SealFace, SealOnWall
from kiosk.screens.jar_samples import JAR_EMPTY, LONG_TITLE
from kiosk.screens.odd import ARABIC, LONG_NAME

SEAL_TEXT = (
    "commons-kiosk/k3f9\n412\nYH1S/3Za2Kq1XmPOGlI6bkcIcRh+PjZQkUpu3UqWBvA=\n\n"
    "— commons-kiosk/k3f9 "
    "9TqlGT1Ua1kN2e0jFvTg3xHhV2o9yX3N0rZb6yQmXb3m5s3tCkq1c6V9jI8xwYJm6c1s8pG2TqYw0fQmB1nL7dE4rXo=\n"
)
"""A checkpoint as long as a real one; nobody signed it."""

WITNESSED = SEAL_TEXT + (
    "— commons-kiosk/m7x2 "
    "2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==\n"
)
"""The same with a cosignature as long as a real one."""

SEAL = SealFace(
    frame=Frame(title="The seal of our record", who="Amina"),
    code=SEAL_TEXT,
    entries="412 entries",
    when="from 3 March 2026 to today 14:20",
    words=(
        "Photograph this, and you are a witness: whoever changes or removes anything that is written here "
        "can’t make it fit your photo any more."
    ),
    how=(
        "Any phone reads it as text. Keep that: “check it yourself” in the docs says how to hold it against the "
        "record, also without our program."
    ),
)
SEAL_ON_WALL = SealOnWall(
    SEAL_TEXT,
    "Be a witness: photograph our seal",
    "412 entries, today 14:20",
    "Whoever has the photo can prove that nothing was changed.",
    fresh=True,
    key="seal",
)
SEAL_LATER = replace(SEAL_ON_WALL, told="41,204 entries, yesterday 14:20", fresh=False)
POSTER = PosterOnWall(
    head="The jar, Friday 12",
    day="Friday 27 November 2026",
    sum="€ 412.50",
    spent=582,
    who="8 of us gave it away, to the last cent.",
    bought=(
        Priced("oven seal", "€ 120.00", "Tomek carries it out, receipt by Friday 4 December. 6 of 8 approved it."),
        Priced("printing the zine", "€ 120.00", "Priya carries it out, receipt by Friday 4 December."),
    ),
    rest=(Priced("to the reserve: strike", "€ 172.50"),),
    code="Friday 12 of jar: 412.50 EUR = 240.00 spent + 172.50 handed on + 0.00 returned; entry k3f9/345",
    code_words="the figures",
    short=Point(
        "The jar: oven seal and printing the zine", "the rest, € 172.50, went where it was to go", mark="check"
    ),
)
POSTER_FULL = replace(
    POSTER,
    head="Straßenbahndepot kitchen, Friday 212",
    day="Friday 27 November 2026 (by a clock that may be wrong)",
    sum="€ 98,765.43",
    who="200 of us gave it away, to the last cent.",
    bought=(
        Priced(LONG_TITLE, "€ 1,234.56", f"{LONG_NAME} carries it out, receipt by Friday 4 December."),
        Priced(ARABIC, "€ 5.00", f"{ARABIC} carries it out, receipt by Friday 4 December."),
        *(Priced(f"dough scraper {place}", f"€ {place}.00") for place in range(2, 30)),
    ),
    rest=(Priced("to the jar", "€ 41.20"), Priced("back to 200 of us", "€ 12.00", "€ 0.06 each.")),
)
POSTER_NOTHING = replace(
    POSTER,
    bought=(),
    rest=(Priced("back to Amina, Jo, Sara and Tomek", "€ 412.50", "€ 103.12 or € 103.13 each."),),
    short=Point("The jar: nothing was bought", "the rest, € 412.50, went where it was to go", mark="check"),
)
SEALS: Mapping[str, Face] = {
    "seal": SEAL,
    "seal-large": replace(SEAL, entries="1,204,118 entries"),
    "seal-newest": replace(
        SEAL,
        words="Photograph this, and you are a witness that nothing of it is ever changed.",
        how="Any phone reads it as text; “check it yourself” in the docs says what for.",
        choices=(Choice("next", "with a witness", "arrow-right", tone="strong"),),
    ),
    "seal-witnessed": replace(
        SEAL,
        code=WITNESSED,
        when="",
        words="Straßenbahndepot kitchen and bicycle shop has signed it too, as a witness that nothing was changed.",
        how="Any phone reads it as text; “check it yourself” in the docs says what for.",
        choices=(Choice("next", "the newest one", "arrow-right", tone="strong"),),
    ),
}
SEAL_WALLS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "wall-seal": ("circle", {"jar": JAR_EMPTY, "seal": SEAL_ON_WALL}),
    "wall-seal-witnessed": ("circle", {"jar": JAR_EMPTY, "seal": replace(SEAL_ON_WALL, code=WITNESSED)}),
    "wall-seal-later": ("much", {"jar": JAR_EMPTY, "seal": SEAL_LATER}),
    "wall-seal-no-jar": ("circle", {"seal": SEAL_ON_WALL}),
    "wall-poster": ("circle", {"jar": JAR_EMPTY, "poster": POSTER}),
    "wall-poster-seal": ("circle", {"jar": JAR_EMPTY, "poster": POSTER, "seal": SEAL_ON_WALL}),
    "wall-poster-full": ("much", {"jar": JAR_EMPTY, "poster": POSTER_FULL, "seal": SEAL_LATER}),
    "wall-poster-nothing": ("plain", {"jar": JAR_EMPTY, "poster": POSTER_NOTHING}),
    "wall-poster-alarms": ("forty alarms", {"jar": JAR_EMPTY, "poster": POSTER, "seal": SEAL_ON_WALL}),
}
"""Walls after a circle and a Friday: what else is on it, and what is changed of that."""
