"""Samples of the jar and the shelf: ordinary, empty, full and odd."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec.structs import replace

from kiosk.amounts import glass, per_mille
from kiosk.faces import (
    Choice,
    Counted,
    CountingFace,
    EmptiedFace,
    Face,
    Frame,
    Frozen,
    FrozenFace,
    Glass,
    Gone,
    JarFace,
    JarOnWall,
    Mark,
    MoneyFace,
    Point,
    Proposal,
    ProposalFace,
    ShelfFace,
    ToolLine,
)
from kiosk.screens.odd import ARABIC, COMPOUND, LONG_NAME, LONG_QUESTION, LONG_WORDS
from kiosk.words import money, price

PROPOSED = (
    ("second mixer", 260_00),
    ("dental, loan", 180_00),
    ("oven seal", 120_00),
)
LONG_TITLE = (
    "Straßenverkehrsgenehmigungsgebühren for the cargo bicycle, and a lock that the rain does not rust shut"
)
THINGS = (
    "lamp for the yard",
    "printing the zine",
    "dentist",
    "bicycle tyres",
    "dough scraper",
    "winter coat",
    "lock",
)
MANY_PROPOSED = (
    (LONG_TITLE, 1_234_56),
    *((f"{THINGS[place % len(THINGS)]} {place + 2}", 5_00 * (place + 1)) for place in range(39)),
)
NAMES = ("Amina", "Jo", "Tomek", "Sara", "Priya", "Luís", "Wen", "Ada")
TWO_HUNDRED = (*NAMES, LONG_NAME, ARABIC, *(f"Member {place}" for place in range(10, 200)))


def glass_of(cents: int, proposed: tuple[tuple[str, int], ...] = ()) -> Glass:
    """A jar with so much in it."""
    whole = glass(cents, [cost for _, cost in proposed])
    marks = tuple(Mark(title, price(cost), per_mille(cost, whole)) for title, cost in proposed)
    return Glass(money(cents), per_mille(cents, whole), marks=marks)


def jar_of(cents: int, proposed: tuple[tuple[str, int], ...] = ()) -> JarOnWall:
    """The jar of the wall with so much in it."""
    foot = f"{len(proposed)} proposals stand" if proposed else "nothing proposed yet"
    return replace(JAR_ON_WALL, glass=glass_of(cents, proposed), foot=foot)


def framed(title: str, **more: Any) -> Frame:
    """A frame of Amina's visit."""
    return Frame(title=title, who="Amina", **more)


# --- on the wall ------------------------------------------------------------------------------------------

JAR_ON_WALL = JarOnWall(
    glass_of(172_50, PROPOSED), "shared out tomorrow", "3 proposals stand · 2 want a second badge", key="jar"
)
JAR_FULL = JarOnWall(
    glass_of(98_765_43, MANY_PROPOSED), "shared out today", "40 proposals stand", "Straßenbahndepot kitchen", "jar"
)
JAR_EMPTY = JarOnWall(glass_of(0), "nothing in it yet", "nothing proposed yet", key="jar")
TOOLS_OUT = (
    Point("hand blender", "since Mon 9 Nov · two days late", "Tomek", "warning"),
    Point("drill", "since yesterday", "Sara"),
    Point("the long ladder of the Straßenbahndepot", "since today 9:05", LONG_NAME),
)
JAR_WALLS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "wall-jar": ("circle", {"jar": JAR_ON_WALL}),
    "wall-jar-first": ("nothing", {"jar": JAR_EMPTY}),
    "wall-jar-quarter": ("plain", {"jar": jar_of(66_00, PROPOSED)}),
    "wall-jar-three-quarters": ("circle", {"jar": jar_of(217_00, PROPOSED), "tools": TOOLS_OUT[1:2]}),
    "wall-jar-no-proposals": ("circle", {"jar": jar_of(41_20), "recent": ()}),
    "wall-jar-forty": ("circle", {"jar": jar_of(412_50, MANY_PROPOSED)}),
    "wall-jar-full": ("much", {"jar": JAR_FULL, "tools": TOOLS_OUT}),
    "wall-jar-alarms": ("forty alarms", {"jar": JAR_ON_WALL, "tools": TOOLS_OUT}),
    "wall-jar-alarm": ("an alarm", {"jar": JAR_ON_WALL, "decided": (), "doing": ()}),
    "wall-tools": ("plain", {"tools": TOOLS_OUT}),
}
"""Walls with a jar: what else is on it, and what is changed of that."""

# --- the jar's pages --------------------------------------------------------------------------------------

JAR_CHOICES = (
    Choice("propose", "propose", "plus", tone="strong"),
    Choice("put in", "put money in", "jar"),
    Choice("count", "count the jar", "bookkeeping"),
    Choice("receipts", "receipts", "list"),
)
JAR = JarFace(
    frame=framed("The jar"),
    glass=glass_of(172_50, PROPOSED),
    lines=(
        Proposal("project:k/1", "oven seal", "€ 120", "Tomek carries it out", "stands", icon="repair"),
        Proposal("project:k/2", "dental, loan", "€ 180", "Sara carries it out", "stands", icon="care"),
        Proposal("project:k/3", "second mixer", "€ 260", "Jo carries it out", "wants a second badge", stands=False),
    ),
    choices=JAR_CHOICES,
    what="shared out tomorrow",
    foot="2 proposals stand · 1 wants a second badge",
)
JAR_LONG = replace(
    JAR,
    frame=framed("The jar of the Straßenbahndepot kitchen", seconds_left=4),
    glass=glass_of(98_765_43, MANY_PROPOSED),
    lines=(
        Proposal(
            "project:k/4",
            LONG_TITLE,
            "€ 1,234.56",
            f"{LONG_NAME} carries it out",
            "stands",
            icon="other",
            note="€ 40.00 set aside",
        ),
        Proposal("project:k/5", ARABIC, "€ 5", f"{ARABIC} carries it out", "wants a second badge", stands=False),
    ),
    choices=(*JAR_CHOICES, Choice("rest", "where the rest goes", "arrow-right")),
    page=(2, 14),
    what="shared out today",
    foot="40 proposals stand · 12 want a second badge",
)
MONEY = MoneyFace(
    frame=framed("Money for the jar", dots=(2, 3)),
    amount="€ 12.50",
    digits="1250",
    words="counted by both of you",
    prompt="now the second badge",
    names=("Amina",),
    icon="jar",
)
PROPOSAL = ProposalFace(
    frame=framed("A proposal"),
    title="oven seal",
    price="€ 120",
    sort="tool repair",
    told="stands",
    glass=glass_of(172_50, PROPOSED[2:]),
    icon="repair",
    words="The door leaks, and the back row stays pale.",
    facts=(("carries it out", "Tomek"), ("proposed by", "Amina"), ("second badge", "Jo")),
    downside="Jo argued against it: a new oven is due in spring, and the seal goes with the old one.",
    choices=(Choice("withdraw", "take it back", "undo"),),
)
REST = "What nobody’s share can buy goes to the strike reserve."
FROZEN = FrozenFace(
    frame=framed("Friday begins", back=False),
    glass=glass_of(412_50, PROPOSED),
    expected="expected € 413.70",
    difference="€ 1.20 less than expected",
    rest=REST,
    roll=("Amina", "Jo", "Tomek", "Sara", "Priya", "Luís", "Wen", "Ada"),
    projects=(
        Frozen("oven seal", "€ 120", "Jo argued against it", heard=True),
        Frozen("dental, loan", "€ 180", "Wen argued against it", heard=True),
        Frozen("second mixer", "€ 260", "nobody has argued against it yet", heard=False),
    ),
    choices=(
        Choice("vote", "begin the vote", "circle", tone="strong"),
        Choice("argue", "the other side", "people"),
    ),
)
PAGED = (
    Choice("next", "next", "circle"),
    Choice("page:1", "more", "square"),
    Choice("skip", "to the end", "triangle"),
)
ON_THE_LIST = (
    Choice("go on", "go on", "circle"),
    Choice("detail", "told: what is bought", "square"),
    Choice("back", "back", "triangle"),
)
COUNTING = CountingFace(
    frame=framed("Friday: counting, step 2 of 3", back=False, leave=False),
    head="€ 412.50 · 8 ballots · each voice € 51.56",
    glass=Glass("€ 172.50", per_mille(172_50, glass(412_50)), "left", was=per_mille(292_50, glass(412_50))),
    projects=(
        Counted("oven seal", "€ 120", "bought", "bought", "bought first: 6 people, € 20.00 each", 1000),
        Counted("printing the zine", "€ 120", "buying", "buying …", "bought now: 4 people, € 30.00 each", 1000, 4),
        Counted("dental, loan", "€ 180", "open", "€ 51.60 short", "5 people hold € 128.40 together", 713),
        Counted("second mixer", "€ 260", "lost", "€ 228.88 short", "2 people hold € 31.12 together", 119),
    ),
    foot=REST,
    choices=(Choice("next", "next step", "circle", tone="strong"),),
)
EMPTIED = EmptiedFace(
    frame=framed("The jar is empty", back=False, leave=False),
    glass=Glass("€ 0.00", 0, was=per_mille(172_50, glass(412_50))),
    gone=(
        Gone("spent", "oven seal", "€ 120.00", "Tomek carries it out · receipt by Fri 4 Dec"),
        Gone("spent", "printing the zine", "€ 120.00", "Sara carries it out · receipt by Fri 4 Dec"),
        Gone("handed on", "to the strike reserve", "€ 172.50"),
    ),
    sums=(("spent", "€ 240.00"), ("handed on", "€ 172.50"), ("returned", "€ 0.00")),
    collected="€ 412.50",
    code="CK-FRIDAY 7 2026-11-27 IN 41250 OUT 24000 ON 17250 BACK 0 8 BALLOTS K3F9/117",
    code_words="the figures, to recount",
    choices=(Choice("done", "done", "check", tone="strong"),),
)
SHELF = ShelfFace(
    frame=framed("Shared tools"),
    lines=(
        ToolLine("tool:1", "hand blender", "with Tomek since Mon 9 Nov · two days late", "overdue"),
        ToolLine("tool:2", "drill", "with Sara since yesterday, back by Fri 27 Nov", "out"),
        ToolLine("tool:3", "long ladder", "on the shelf"),
        ToolLine("tool:4", "pasta machine", "broken: the crank slips", "broken"),
    ),
    words="2 on the shelf, 2 out",
    choices=(Choice("shelve", "one more tool", "plus"), Choice("labels", "labels", "card")),
)


def long_counted(place: int, standing: Literal["bought", "buying", "open", "lost"], verdict: str) -> Counted:
    """A dear project that very many are for."""
    told = "197 people hold € 98,345.60 together, the floor is 67"
    return Counted(MANY_PROPOSED[place][0], "€ 12,345.60", standing, verdict, told, 700)


JAR_PAGES: Mapping[str, Face] = {
    "jar": JAR,
    "jar-long": JAR_LONG,
    "jar-empty": replace(
        JAR, glass=glass_of(0), lines=(), foot="", what="nothing in it yet", empty="Nothing is proposed yet."
    ),
    "jar-title": replace(
        JAR,
        lines=(replace(JAR.lines[0], title=COMPOUND, price="€ 12,345.60", who=f"{LONG_NAME} carries it out"),),
        page=(1, 12),
        choices=JAR_CHOICES[:3],
    ),
    "jar-kept": replace(
        JAR,
        frame=framed("The jar: the Straßenbahndepot kitchen"),
        lines=(
            replace(JAR.lines[0], title="A letter to the landlord about the roof, once more", price="€ 1,200.00"),
            JAR.lines[0],
        ),
        page=(2, 12),
        choices=JAR_CHOICES[:3],
        kept=f"{LONG_NAME} keeps it until Sun 29 Nov",
    ),
    "money": MONEY,
    "money-book": replace(
        MONEY,
        frame=framed("What does it cost?", dots=(2, 4)),
        prompt="",
        names=(),
        words="the jar holds € 172.50",
        book=Choice("take", "that’s it", "check", tone="strong"),
    ),
    "money-most": replace(
        MONEY,
        frame=framed("Count the jar: what is in it?", dots=(1, 2)),
        amount="€ 98,765.43",
        digits="9876543",
        more=False,
        words="the kiosk expects € 98,764.23",
        warning="That is € 1.20 more than the kiosk expects. Count once more.",
        names=("Amina", LONG_NAME),
        book=Choice("take", "that’s it", "check", tone="strong"),
    ),
    "money-nothing": replace(
        MONEY,
        frame=framed("Count the jar: what is in it?", dots=(1, 2)),
        amount="€ 0.00",
        digits="",
        less=False,
        prompt="two of you tap",
        names=(),
        icon="",
        extra=(Choice("wages", "from wages", "people", tone="quiet"),),
    ),
    "proposal": PROPOSAL,
    "proposal-long": replace(
        PROPOSAL,
        frame=framed("A proposal", seconds_left=5),
        title=LONG_TITLE,
        price="€ 98,765.43",
        told="wants a second badge",
        stands=False,
        words=LONG_WORDS,
        facts=(
            ("carries it out", LONG_NAME),
            ("proposed by", ARABIC),
            ("set aside", "€ 40.00"),
            ("waited", "2 Fridays"),
        ),
        choices=(
            Choice("second", "second it", "check", tone="strong"),
            Choice("withdraw", "take it back", "undo", hint="its proposer has left"),
        ),
    ),
    "proposal-plain": replace(PROPOSAL, words="", downside="", facts=PROPOSAL.facts[:2], choices=()),
    "frozen": FROZEN,
    "frozen-full": replace(
        FROZEN,
        glass=glass_of(98_765_43, MANY_PROPOSED),
        expected="expected € 98,765.43",
        difference="",
        roll=TWO_HUNDRED,
        projects=tuple(
            Frozen(title, price(cost), f"{LONG_NAME} argued against it", heard=cost % 1000 > 0)
            for title, cost in MANY_PROPOSED[5:8]
        ),
        page=(2, 14),
        rest="What nobody’s share can buy goes back to the members, in equal parts; the odd cents to the reserve.",
    ),
    "frozen-title": replace(
        FROZEN,
        projects=(Frozen(COMPOUND, "€ 12,345.60", f"{LONG_NAME} argued against it", heard=True),),
        page=(1, 12),
        choices=ON_THE_LIST,
    ),
    "frozen-titles": replace(
        FROZEN,
        projects=(
            Frozen(
                "A letter to the landlord about the roof, once more", "€ 1,200", "Jo argued against it", heard=True
            ),
            FROZEN.projects[2],
        ),
        page=(2, 12),
        choices=ON_THE_LIST,
    ),
    "frozen-nothing": replace(
        FROZEN,
        glass=glass_of(0),
        expected="expected € 0.00",
        difference="",
        projects=(),
        empty="Nothing stands to be voted on.",
    ),
    "counting": COUNTING,
    "counting-outcome": replace(
        COUNTING,
        head="€ 412.50 · 8 ballots",
        projects=tuple(
            replace(
                each,
                told="",
                held=None,
                shares=0,
                standing="bought" if place < 2 else "lost",
                verdict="bought" if place < 2 else "not bought",
            )
            for place, each in enumerate(COUNTING.projects)
        ),
    ),
    "counting-full": replace(
        COUNTING,
        frame=framed("Freitag: counting, step 17 of 40", back=False, leave=False, seconds_left=5),
        head="€ 98,765.43 · 200 ballots · each voice € 493.82",
        glass=Glass("€ 98,765.43", 900, "left"),
        projects=(
            long_counted(1, "bought", "bought"),
            long_counted(2, "buying", "buying …"),
            long_counted(3, "open", "€ 0.01 short"),
            long_counted(4, "lost", "€ 12,345.60 short"),
        ),
        page=(3, 10),
        choices=(Choice("next", "next step", "circle", tone="strong"), Choice("all", "all at once", "triangle")),
    ),
    "counting-title": replace(
        COUNTING,
        head="€ 98,765.43 · 200 ballots · each voice € 493.82",
        projects=(
            Counted(COMPOUND, "€ 12,345.60", "bought", "bought", "197 people hold € 98,345.60 together", 1000),
            COUNTING.projects[3],
        ),
        page=(1, 8),
        choices=PAGED,
    ),
    "counting-title-only": replace(
        COUNTING,
        projects=(Counted(LONG_QUESTION, "€ 12,345.60", "open", "12 approve"), COUNTING.projects[2]),
        page=(2, 8),
        choices=PAGED,
    ),
    "counting-nothing": replace(
        COUNTING,
        frame=framed("Friday: counting", back=False),
        glass=Glass("€ 12.00", 216, "left"),
        projects=(Counted("oven seal", "€ 120", "lost", "€ 108.00 short", "8 people hold € 12.00 together", 100),),
        choices=(),
    ),
    "emptied": EMPTIED,
    "emptied-returned": replace(
        EMPTIED,
        gone=(
            Gone("spent", LONG_TITLE, "€ 98,000.00", f"{LONG_NAME} carries it out · receipt by Fri 4 Dec"),
            Gone("returned", LONG_NAME, "€ 95.68"),
            Gone("returned", "Amina", "€ 95.68"),
            Gone("returned", ARABIC, "€ 95.67"),
        ),
        sums=(("spent", "€ 98,000.00"), ("handed on", "€ 0.00"), ("returned", "€ 765.43")),
        collected="€ 98,765.43",
        page=(1, 3),
        choices=(Choice("poster", "the poster", "list"), Choice("done", "done", "check", tone="strong")),
    ),
    "emptied-title": replace(
        EMPTIED,
        gone=(
            Gone(
                "spent",
                COMPOUND,
                "€ 12,345.60",
                f"{LONG_NAME} carries it out · receipt by Fri 4 Dec · € 40.00 set aside before",
            ),
        ),
        page=(1, 9),
        choices=PAGED[:2],
    ),
    "emptied-titles": replace(
        EMPTIED,
        gone=(
            Gone("handed on", f"set aside for {LONG_QUESTION}", "€ 12,345.60", "as it was fixed before the vote"),
            Gone("returned", LONG_NAME, "€ 95.67", "back to members"),
        ),
        page=(9, 9),
        choices=PAGED[:2],
    ),
    "emptied-nothing": replace(
        EMPTIED,
        glass=Glass("€ 0.00", 0),
        gone=(Gone("handed on", "to the strike reserve", "€ 0.00"),),
        sums=(("spent", "€ 0.00"), ("handed on", "€ 0.00"), ("returned", "€ 0.00")),
        collected="€ 0.00",
        code="",
    ),
    "shelf": SHELF,
    "shelf-one": replace(SHELF, lines=SHELF.lines[2:3], words="1 on the shelf", choices=SHELF.choices[:1]),
    "shelf-empty": replace(
        SHELF, lines=(), words="", empty="Nothing is shared here yet. Two of you put the first tool on the shelf."
    ),
    "shelf-pages": replace(
        SHELF,
        lines=(
            ToolLine("tool:5", LONG_TITLE, f"with {LONG_NAME} since Mon 9 Nov · two weeks late", "overdue"),
            ToolLine("tool:6", ARABIC, f"with {ARABIC} since today 9:05", "out"),
            *SHELF.lines[2:],
        ),
        page=(2, 9),
    ),
}
"""The jar and the shelf in their situations."""
