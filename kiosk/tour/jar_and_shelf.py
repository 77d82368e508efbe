"""The tour from a coin to zero, on a Friday, and past the shelf of tools."""

from kiosk.faces import (
    AskFace,
    BallotFace,
    ClosingFace,
    CountingFace,
    EmptiedFace,
    FrozenFace,
    GatherFace,
    HomeFace,
    JarFace,
    MoneyFace,
    ProposalFace,
    RowsFace,
    ShelfFace,
    SpeakFace,
    TapFace,
    TilesFace,
    TroubleFace,
    TypeFace,
    WallFace,
)
from kiosk.tour.stop import Stop

TURNS = ("Amina", "Jo", "Tomek", "Sara", "Priya")
"""Who is in the circle on the tour's Friday."""


def ballot(name: str, presses: str) -> tuple[Stop, ...]:
    """One badge, one ballot; y approves."""
    last = len(presses) - 1
    return (
        Stop(f"tap {name}", BallotFace, "friday-ballot" if name == "Jo" else "", words=f"who='{name}'"),
        *(
            Stop(
                f"touch press:{'yes' if press == 'y' else 'no'}",
                BallotFace,
                words="waiting=True" if place == last else f"at=({place + 2}",
            )
            for place, press in enumerate(presses)
        ),
    )


JAR_AND_SHELF = (
    Stop("", WallFace, "wall-with-a-jar"),
    Stop("touch jar", JarFace, "jar"),
    Stop("touch propose", TypeFace, "propose-what"),
    Stop("type a bench for the yard", TypeFace, words="yard'"),
    Stop("touch typed", MoneyFace),
    Stop("type 7500", MoneyFace, "propose-price", words="€ 75.00"),
    Stop("touch typed", TilesFace, "propose-kind"),
    Stop("touch sort:other", TapFace, "propose-who"),
    Stop("tap Ada", TapFace, "propose-second-badge", words="second badge"),
    Stop("tap Jo", TroubleFace, "propose-stands"),
    Stop("touch ok", WallFace),
    Stop("touch jar", JarFace),
    Stop("touch a proposal", ProposalFace, "proposal"),
    Stop("home", WallFace),
    Stop("drop 50", WallFace, "wall-a-coin-fell", words="for the commons"),
    Stop("touch jar", JarFace),
    Stop("touch money in", TilesFace, "money-in"),
    Stop("touch give", MoneyFace),
    Stop("type 500", MoneyFace, words="€ 5.00"),
    Stop("tap Amina", MoneyFace, "money-second-badge", words="('Amina',)"),
    Stop("tap Jo", TroubleFace, "money-went-in"),
    Stop("touch ok", WallFace),
    Stop("touch jar", JarFace),
    Stop("touch money in", TilesFace),
    Stop("touch slices", TapFace),
    Stop("tap Sara", MoneyFace, "slice-how-much"),
    Stop("type 2000", MoneyFace, words="€ 20.00"),
    Stop("touch typed", TapFace, "slices", words="Sara €"),
    Stop("home", WallFace),
    Stop("touch jar", JarFace),
    Stop("touch more", TilesFace, "jar-more"),
    Stop("touch rest", TilesFace, "rest-where"),
    Stop("back", TilesFace, words="count it"),
    Stop("touch tools", ShelfFace, "shelf"),
    Stop("touch a tool", TapFace, "one-tool-out"),
    Stop("home", WallFace),
    Stop("label DRILL234", TapFace, "label-alone"),
    Stop("tap Tomek", TroubleFace, "borrowed"),
    Stop("touch ok", WallFace),
    Stop("label SEWING23", TapFace),
    Stop("touch broken", TypeFace, "tool-broken"),
    Stop("home", WallFace),
    Stop("tap Amina", HomeFace),
    Stop("touch circle", GatherFace),
    *(Stop(f"tap {name}", GatherFace, words=f"'{name}')") for name in TURNS[1:]),
    Stop("touch begin", SpeakFace, words="One priority"),
    *(Stop("touch pass", SpeakFace) for _ in TURNS[1:]),
    Stop("touch pass", RowsFace, "friday-on-the-list", words="Friday"),
    Stop("touch words Friday", AskFace, "friday-first-the-count", words="counted by two"),
    Stop("touch count", MoneyFace),
    Stop("type 27400", MoneyFace, "friday-count", words="€ 274.00"),
    Stop("tap Priya", MoneyFace, "friday-count-difference", words="Expected"),
    Stop("tap Sara", FrozenFace, "friday-list"),
    Stop("touch go on", SpeakFace, "friday-other-side", words="Argues against it"),
    Stop("touch note", RowsFace, "friday-other-side-noted"),
    Stop("touch row:0", SpeakFace, words="zine"),
    Stop("touch go on", SpeakFace, words="bench"),
    Stop("touch go on", FrozenFace),
    Stop("touch detail", FrozenFace, "friday-list-heard", words="totals"),
    Stop("touch go on", BallotFace, "friday-booth"),
    *(
        stop
        for name, presses in zip(TURNS, ("yyn", "yny", "yyn", "nyn", "nny"), strict=True)
        for stop in ballot(name, presses)
    ),
    Stop("", CountingFace, "friday-counting", words="step 1"),
    Stop("touch next", CountingFace, "friday-counting-2", words="step 2"),
    Stop("touch skip", EmptiedFace, "friday-zero"),
    Stop("touch on", RowsFace),
    Stop("touch close", AskFace),
    Stop("touch close", ClosingFace),
    Stop("touch done", WallFace, "wall-after-friday", words="PosterOnWall"),
)
"""The jar from a coin to zero, and the shelf."""
