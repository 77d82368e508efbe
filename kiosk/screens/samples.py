"""Sample faces: every kind of face, ordinary, empty, full and odd. For pictures, tests, and trying a new layout.

They are made by hand, so that they hold what a real shop seldom has: the longest handle there may be, words as long
as German allows, forty alarms.
"""

from collections.abc import Mapping

import msgspec

from kiosk.amounts import glass, per_mille
from kiosk.faces import (
    Alarm,
    Bar,
    BoardFace,
    BookedFace,
    Choice,
    Counted,
    CountingFace,
    DialFace,
    EmptiedFace,
    EntryFace,
    Face,
    Frame,
    Frozen,
    FrozenFace,
    Glass,
    Gone,
    Hanging,
    Held,
    HomeFace,
    JarFace,
    JarOnWall,
    Line,
    ListFace,
    Mark,
    MoneyFace,
    NoticeFace,
    Point,
    Proposal,
    ProposalFace,
    Said,
    ShelfFace,
    TapFace,
    TilesFace,
    ToolLine,
    TroubleFace,
    TypeFace,
    WallFace,
    WelcomeFace,
)
from kiosk.words import money, price

LONG_NAME = "Konstantinopolitanischer"
"""24 letters, as many as a handle may have."""

LONG_WORDS = (
    "A letter to the Straßenverkehrsgenehmigungsbehörde, four pages, Polish to German, and somebody who reads "
    "it to me twice"
)
ARABIC = "سارة"

WORK = ("repair", "childcare", "translation", "bookkeeping", "cooking", "care", "driving", "teaching")


def work_choices(*more: str) -> tuple[Choice, ...]:
    """Kinds of work to be touched: the eight of every shop, the shop's own, and "something else"."""
    own = tuple(Choice(f"work:{each}", each, "other") for each in more)
    known = tuple(Choice(f"work:{each}", each, each) for each in WORK)
    return (*known, *own, Choice("work:other", "something else", "other"))


def balances(count: int) -> tuple[tuple[str, int], ...]:
    """So many members' balances that sum to zero, most given first."""
    names = ("Amina", "Jo", "Tomek", "Sara", "Priya", "Luís", "Wen", "Ada", LONG_NAME, ARABIC)
    given = [(count - 1 - 2 * place) * (600 // max(1, count)) // 15 * 15 for place in range(count)]
    given[count // 2] -= sum(given)
    return tuple(
        (names[place] if place < len(names) else f"Member {place}", each) for place, each in enumerate(given)
    )


def hours(minutes: int = 180, after: int | None = None, words: str = "3 h more given than got") -> Bar:
    """A balance within the usual limits."""
    return Bar(minutes, 600, 1200, words, after)


RECENT = (
    Line("entry:k/9", "Amina → Jo", "1 h 30", "childcare", "today 14:20", "childcare"),
    Line("entry:k/8", "Sara → Amina, Jo and Tomek", "45 min", "cooking", "today 12:05", "cooking"),
    Line("entry:k/7", f"{LONG_NAME} → the commons", "2 h", "something else", "yesterday 9:05", "other"),
    Line("entry:k/6", f"{ARABIC} → Jo", "30 min", "translation", "Mon 16 Nov", "translation", "taken back"),
    Line("entry:k/5", "Tomek → Priya", "12 h", "repair", "Mon 16 Nov", "repair", "from memory"),
)
NOTICES = (
    Hanging(
        "notice:k/3",
        "need",
        "a letter, Polish to English",
        "translation",
        "until Mon 30 Nov",
        "Tomek",
        "translation",
    ),
    Hanging(
        "notice:k/4",
        "offer",
        "Saturday mornings, two children",
        "childcare",
        "until Mon 7 Dec",
        "Sara",
        "childcare",
        "Jo needs this",
    ),
    Hanging("notice:k/5", "need", LONG_WORDS, "translation", "until Mon 30 Nov", LONG_NAME, "translation"),
    Hanging("notice:k/6", "offer", "a van, any evening", "driving", "until Sun 22 Nov", "Jo", "driving"),
    Hanging("notice:k/7", "need", "my bicycle squeaks", "repair", "until Sun 22 Nov", ARABIC, "repair"),
)
ALARMS = (
    Alarm("The badge reader does not answer", "for 12 min", "Look at its cable. A printed card works meanwhile."),
    Alarm(
        f"{LONG_NAME}’s clock has run for more than 12 h", "since Tue 17 Nov", "They tap and say how long it was."
    ),
)
SAID_NO = Said(
    "Jo has no room to get 3 h more", "Jo can still get 1 h 15. Giving some back makes room.", "info", "trouble"
)

WALL = WallFace(
    shop="Canal Street Bakery",
    day="Thursday",
    time="14:20",
    tap="tap your badge",
    swapped="31 h swapped this month",
    sum_words="all balances together: 0",
    hard=1200,
    soft=600,
    balances=balances(8),
    recent=RECENT[:3],
    notices=NOTICES[:2],
    work=work_choices(),
    choices=(Choice("board", "needs and offers", "board"), Choice("people", "people and badges", "people")),
)
DUTIES = (
    Held("taking minutes", "Amina", "today", "Jo"),
    Held("facilitating", "Luís", "until Sunday", "Amina"),
    Held("keeping the jar", "Priya", "until Sunday", "Tomek"),
    Held("tending the kiosk", "Jo", "since Mon 16 Nov", "Sara", late=True),
)
DECIDED = (
    Point("Start Mondays at seven", "6 yes, 2 no, 0 abstained · again on Thu 3 Dec", mark="check"),
    Point("Swap the supplier of yeast", "everyone said yes · voted again next time", mark="undo"),
)
DOING = (
    Point("fix the flour scale", "by Fri 27 Nov", "Jo"),
    Point("ask the landlord about the back door, and about the light above it", "by Mon 30 Nov", LONG_NAME),
    Point("order yeast", "by Wed 2 Dec", ARABIC),
)
CIRCLE_WALL = msgspec.structs.replace(WALL, duties=DUTIES, decided=DECIDED, doing=DOING)
# --- the jar ----------------------------------------------------------------------------------------------

PROPOSED = (
    ("second mixer", 260_00),
    ("dental, loan", 180_00),
    ("oven seal", 120_00),
)
LONG_TITLE = (
    "Straßenverkehrsgenehmigungsgebühren for the cargo bicycle, and a lock that the rain does not rust shut"
)
MANY_PROPOSED = tuple((f"{LONG_TITLE[place % 9 :]} {place}", 5_00 * (place + 1)) for place in range(40))


def glass_of(cents: int, proposed: tuple[tuple[str, int], ...] = (), **more: object) -> Glass:
    """A jar with so much in it."""
    whole = glass(cents, [price for _, price in proposed])
    marks = tuple(Mark(title, price(cost), per_mille(cost, whole)) for title, cost in proposed)
    return msgspec.structs.replace(Glass(money(cents), per_mille(cents, whole), marks=marks), **more)


JAR_ON_WALL = JarOnWall(
    glass_of(172_50, PROPOSED), "shared out tomorrow", "3 proposals stand · 2 want a second badge", key="jar"
)
JAR_FULL = JarOnWall(
    glass_of(98_765_43, MANY_PROPOSED), "shared out today", "40 proposals stand", "Straßenbahndepot kitchen", "jar"
)
JAR_EMPTY = JarOnWall(glass_of(0), "shared out in 7 days", "nothing proposed yet", key="jar")
TOOLS_OUT = (
    Point("hand blender", "since Mon 9 Nov · two days late", "Tomek", "warning"),
    Point("drill", "since yesterday", "Sara"),
    Point("the long ladder of the Straßenbahndepot", "since today 9:05", LONG_NAME),
)
JAR_WALL = msgspec.structs.replace(CIRCLE_WALL, jar=JAR_ON_WALL)

# --- the wall and errands ---------------------------------------------------------------------------------

EMPTY_WALL = msgspec.structs.replace(
    WALL, swapped="nothing swapped yet this month", balances=(), recent=(), notices=()
)


def framed(title: str, **more: object) -> Frame:
    """A frame of Amina's visit."""
    return msgspec.structs.replace(Frame(title=title, who="Amina"), **more)


HOME = HomeFace(
    frame=framed("Amina", back=False),
    bar=hours(),
    tiles=(
        Choice("swap", "swap hours", "swap", tone="hours"),
        Choice("board", "need or offer", "board"),
        Choice("entries", "what I booked", "list"),
        Choice("people", "people and badges", "people"),
    ),
    footer="Tap, choose, and the other one taps. That is all.",
)
HOME_FULL = HomeFace(
    frame=framed(LONG_NAME, back=False, seconds_left=4),
    bar=hours(-1185, words="19 h 45 more got than given"),
    tiles=(
        Choice("clock", "stop the clock", "clock", "bookkeeping since yesterday 9:05", tone="hours"),
        Choice("swap", "swap hours", "swap", tone="hours"),
        Choice("back again", "I’m back", "back-again", tone="strong"),
        Choice("undo:k/9", "undo", "undo", f"{LONG_NAME} → Amina 1 h 30"),
        *HOME.tiles[1:],
    ),
    footer="You can still get 15 min. Giving some back makes room.",
)
DIAL = DialFace(
    frame=framed("Amina gave childcare", dots=(2, 3)),
    amount="1 h 30",
    bar=hours(180, 270, "Amina +3 h → +4 h 30 · room for 15 h 30 more"),
    prompt="now the one who got it taps",
    extra=(
        Choice("several", "several people", "people-several", tone="quiet"),
        Choice("commons", "the commons", "commons", tone="quiet"),
        Choice("note", "note", "note", tone="quiet"),
        Choice("clock", "start a clock", "clock", tone="quiet"),
    ),
    icon="childcare",
)
DIAL_SEVERAL = msgspec.structs.replace(
    DIAL,
    amount="11 h 45",
    frame=framed(f"{LONG_NAME} gave bookkeeping", dots=(2, 3), seconds_left=3),
    bar=hours(525, 1185, f"{LONG_NAME} +8 h 45 → +19 h 45 · room for 15 min more"),
    prompt="the next one taps",
    taken=(("Jo", "3 h 55"), ("Sara", "3 h 55"), (LONG_NAME, "3 h 55")),
    book=Choice("book", "book 11 h 45", "check", tone="hours"),
    warning=f"{LONG_NAME} then has given 19 h 45 more than got. Let others give something back.",
    extra=(
        Choice("one", "one person", "badge", tone="quiet"),
        Choice("note", "note", "note", "the back door, both hinges and the lock of the cold room", tone="quiet"),
    ),
)
BOOKED = BookedFace(
    frame=framed("Booked", dots=(3, 3), back=False),
    words="Amina gave Jo 1 h 30 of childcare.",
    bars=(("Amina", hours(270, words="+4 h 30")), ("Jo", hours(-90, words="−1 h 30"))),
    undo=Choice("undo", "undo", "undo"),
    undo_left=272,
    choices=(Choice("done", "that’s all", "check", tone="strong"),),
)
TILES = TilesFace(frame=framed("What did you do?", dots=(1, 3)), choices=work_choices())
TAP = TapFace(
    frame=framed("Childcare", dots=(1, 3), who=""),
    prompt="The one who gave taps",
    words="Then the one who got it.",
    icon="childcare",
)
LIST = ListFace(
    frame=framed("What I booked"),
    lines=tuple(
        msgspec.structs.replace(line, sign="+" if place % 2 else "−") for place, line in enumerate(RECENT[:4])
    ),
    page=(2, 3),
    words="3 h more given than got",
)
ENTRY = EntryFace(
    frame=framed("Today 14:20"),
    line=msgspec.structs.replace(RECENT[0], sign="+"),
    words="Amina gave Jo 1 h 30 of childcare.",
    choices=(Choice("undo", "undo", "undo", "4:32 left", tone="strong"),),
)
BOARD = BoardFace(
    frame=framed("Needs and offers"),
    needs=(NOTICES[0], NOTICES[2], NOTICES[4]),
    offers=(NOTICES[1], NOTICES[3]),
    choices=(
        Choice("need", "I need something", "need"),
        Choice("offer", "I offer something", "offer"),
    ),
)
TYPE = TypeFace(
    frame=framed("Translation", dots=(2, 3)),
    label="What do you need?",
    text="",
    longest=120,
    ready=False,
    faint="a letter, Polish to English",
)
TROUBLE = TroubleFace(
    frame=Frame(title="", back=False),
    words="Nobody here has this badge",
    mend="Somebody who is in makes it yours: three of you tap.",
    icon="badge-lost",
    choices=(
        Choice("people", "make it somebody’s", "person-add"),
        Choice("ok", "all right", "check", tone="strong"),
    ),
)
WELCOME = WelcomeFace(
    frame=Frame(title="Canal Street Bakery", back=False),
    words="This kiosk belongs to nobody yet. Three of you tap your badges, and it is yours.",
    dots_filled=0,
    dots=3,
)


def changed(face: Face, **changes: object) -> Face:
    """The face with something changed; what belongs to its frame is put there."""
    ours = {key: value for key, value in changes.items() if key in Frame.__struct_fields__ and key != "title"}
    if ours and not isinstance(face, WallFace):
        changes = {key: value for key, value in changes.items() if key not in ours}
        changes["frame"] = msgspec.structs.replace(face.frame, **ours)
    return msgspec.structs.replace(face, **changes)


def changed_jar(cents: int, proposed: tuple[tuple[str, int], ...] = ()) -> JarOnWall:
    """The jar of the wall with another sum."""
    foot = f"{len(proposed)} proposals stand" if proposed else "nothing proposed yet"
    return msgspec.structs.replace(JAR_ON_WALL, glass=glass_of(cents, proposed), foot=foot)


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
JAR_LONG = changed(
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
        JAR.lines[0],
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
    prompt="now the witness taps",
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
JAR_SAMPLES: Mapping[str, Face] = {
    "jar": JAR,
    "jar-long": JAR_LONG,
    "jar-empty": changed(
        JAR, glass=glass_of(0), lines=(), foot="", what="shared out in 7 days", empty="Nothing is proposed yet."
    ),
    "money": MONEY,
    "money-book": changed(
        MONEY,
        frame=framed("What does it cost?", dots=(2, 4)),
        prompt="",
        names=(),
        words="the jar holds € 172.50",
        book=Choice("take", "that’s it", "check", tone="strong"),
    ),
    "money-most": changed(
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
    "money-nothing": changed(
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
    "proposal-long": changed(
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
    "proposal-plain": changed(PROPOSAL, words="", downside="", facts=PROPOSAL.facts[:2], choices=()),
    "frozen": FROZEN,
    "frozen-full": changed(
        FROZEN,
        glass=glass_of(98_765_43, MANY_PROPOSED),
        expected="expected € 98,765.43",
        difference="",
        roll=tuple(name for name, _ in balances(200)),
        projects=tuple(
            Frozen(title, price(cost), f"{LONG_NAME} argued against it", heard=cost % 1000 > 0)
            for title, cost in MANY_PROPOSED[5:8]
        ),
        page=(2, 14),
        rest="What nobody’s share can buy goes back to the members, in equal parts, and the odd cents to the hardship reserve.",
    ),
    "frozen-nothing": changed(
        FROZEN,
        glass=glass_of(0),
        expected="expected € 0.00",
        difference="",
        projects=(),
        empty="Nothing stands to be voted on.",
    ),
    "counting": COUNTING,
    "counting-outcome": changed(
        COUNTING,
        head="€ 412.50 · 8 ballots",
        projects=tuple(
            msgspec.structs.replace(
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
    "counting-full": changed(
        COUNTING,
        frame=framed("Freitag: counting, step 17 of 40", back=False, leave=False, seconds_left=5),
        head="€ 98,765.43 · 200 ballots · each voice € 493.82",
        glass=Glass("€ 98,765.43", 900, "left"),
        projects=tuple(
            Counted(
                title,
                "€ 12,345.60",
                standing,
                "€ 12,345.60 short" if standing == "lost" else standing,
                "197 people hold € 98,345.60 together, the floor is 67",
                700,
            )
            for (title, _), standing in zip(MANY_PROPOSED[:4], ("bought", "buying", "open", "lost"), strict=True)
        ),
        page=(3, 10),
        choices=(Choice("next", "next step", "circle", tone="strong"), Choice("all", "all at once", "triangle")),
    ),
    "counting-nothing": changed(
        COUNTING,
        frame=framed("Friday: counting", back=False),
        glass=Glass("€ 12.00", 216, "left"),
        projects=(Counted("oven seal", "€ 120", "lost", "€ 108.00 short", "8 people hold € 12.00 together", 100),),
        choices=(),
    ),
    "emptied": EMPTIED,
    "emptied-returned": changed(
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
    "emptied-nothing": changed(
        EMPTIED,
        glass=Glass("€ 0.00", 0),
        gone=(Gone("handed on", "to the strike reserve", "€ 0.00"),),
        sums=(("spent", "€ 0.00"), ("handed on", "€ 0.00"), ("returned", "€ 0.00")),
        collected="€ 0.00",
        code="",
    ),
    "shelf": SHELF,
    "shelf-one": changed(SHELF, lines=SHELF.lines[2:3], words="1 on the shelf", choices=SHELF.choices[:1]),
    "shelf-empty": changed(
        SHELF, lines=(), words="", empty="Nothing is shared here yet. Two of you put the first tool on the shelf."
    ),
    "shelf-pages": changed(
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


SAMPLES: Mapping[str, Face] = {
    "wall": WALL,
    "wall-empty": EMPTY_WALL,
    "wall-circle": CIRCLE_WALL,
    "wall-circle-alarm": changed(CIRCLE_WALL, alarms=ALARMS[:1], notices=NOTICES, recent=RECENT),
    "wall-duties": changed(WALL, duties=DUTIES[:3]),
    "wall-first-circle": changed(EMPTY_WALL, duties=DUTIES[:1], doing=DOING[:1]),
    "wall-jar": JAR_WALL,
    "wall-jar-first": changed(EMPTY_WALL, jar=JAR_EMPTY),
    "wall-jar-quarter": changed(WALL, jar=changed_jar(66_00, PROPOSED)),
    "wall-jar-three-quarters": changed(JAR_WALL, jar=changed_jar(217_00, PROPOSED), tools=TOOLS_OUT[1:2]),
    "wall-jar-no-proposals": changed(JAR_WALL, jar=changed_jar(41_20), duties=DUTIES[:3]),
    "wall-jar-full": changed(JAR_WALL, jar=JAR_FULL, notices=NOTICES, tools=TOOLS_OUT, recent=RECENT),
    "wall-jar-alarms": changed(
        JAR_WALL,
        jar=JAR_ON_WALL,
        alarms=ALARMS[::-1] * 20,
        notices=NOTICES,
        tools=TOOLS_OUT,
        balances=balances(200),
    ),
    "wall-jar-alarm": changed(JAR_WALL, alarms=ALARMS[:1], decided=(), doing=()),
    "wall-tools": changed(WALL, tools=TOOLS_OUT),
    "wall-alarm": changed(WALL, alarms=ALARMS[:1]),
    "wall-forty-alarms": changed(
        WALL,
        alarms=ALARMS[::-1] * 20,
        balances=balances(200),
        notices=NOTICES,
        recent=RECENT,
        clocks=("Jo: repair since 9:05",),
    ),
    "wall-two-hundred": changed(
        WALL,
        shop="Genossenschaftsbäckerei Straßenbahndepot",
        day="Donnerstag",
        balances=balances(200),
        notices=NOTICES,
    ),
    "wall-own-work": changed(
        WALL, work=work_choices("beekeeping", "Fahrradreparaturwerkstatt", "knitting"), recent=()
    ),
    "wall-said": changed(
        WALL, said=Said("No vote is open", "The three buttons count when the circle votes.", tone="plain")
    ),
    "welcome": WELCOME,
    "welcome-one": msgspec.structs.replace(
        WELCOME, words="Two more badges, and it is yours.", dots_filled=1, names=(LONG_NAME,)
    ),
    "home": HOME,
    "home-full": HOME_FULL,
    "home-arabic": changed(
        HOME, frame=framed(ARABIC, back=False), bar=hours(-45, words="45 min more got than given")
    ),
    "home-said": changed(HOME, said=SAID_NO),
    "home-alarm": changed(HOME, alarms=ALARMS),
    "tiles": TILES,
    "tiles-pages": TilesFace(
        frame=framed("Who gets a new badge?", dots=(1, 3)),
        choices=tuple(
            Choice(f"member:{name}", name, hint="away" if name == "Jo" else "") for name, _ in balances(9)
        ),
        page=(2, 23),
    ),
    "tiles-extra": changed(
        TILES,
        choices=work_choices("beekeeping")[:9],
        extra=(Choice("name work", "a new word", "plus", tone="quiet"),),
        page=(1, 2),
    ),
    "tiles-three": TilesFace(
        frame=framed("How long does it hang?", dots=(3, 3)),
        choices=tuple(Choice(each, each, "calendar") for each in ("a week", "two weeks", "a month")),
        words="Then it comes down by itself.",
    ),
    "tiles-people": TilesFace(
        frame=framed("People and badges"),
        choices=(
            Choice("join", "somebody new", "person-add"),
            Choice("add", "a new badge", "badge"),
            Choice("return", "somebody returns", "back-again"),
            Choice("revoke", "a lost badge", "badge-lost"),
            Choice("leave", "somebody has gone", "door"),
            Choice("away", "I’m away for a while", "away"),
            Choice("leave for good", "I’m leaving", "door"),
        ),
        words="Nobody decides these alone: 3 of you tap.",
    ),
    "tiles-one": TilesFace(
        frame=framed("Leaving for good"),
        choices=(Choice("leave for good", "yes, I’m leaving", "door", tone="strong"),),
        words="Your 3 h go to the commons. Your badges are forgotten; your name stays in what you booked.",
    ),
    "tiles-unable": changed(
        TILES,
        choices=(
            Choice("work:repair", "repair", "repair", hint="your clock runs", able=False),
            *work_choices()[1:5],
        ),
    ),
    "dial": DIAL,
    "dial-several": DIAL_SEVERAL,
    "dial-least": changed(
        DIAL, amount="15 min", less=False, bar=hours(-90, -75, "Amina −1 h 30 → −1 h 15 · room for 21 h more")
    ),
    "dial-said": changed(DIAL, said=SAID_NO, seconds_left=2),
    "tap": TAP,
    "tap-hands": TapFace(
        frame=framed("Somebody new comes in: Wen", dots=(3, 3)),
        prompt="the next one taps",
        words="No one does this alone, and the record says whose hands it was.",
        dots_filled=2,
        dots=3,
        names=("Amina", LONG_NAME),
        icon="people",
    ),
    "tap-twelve": TapFace(
        frame=framed(f"{LONG_NAME} gave Amina, Jo, Sara and {ARABIC} 11 h 45 of bookkeeping.", dots=(2, 2)),
        prompt=f"Now {LONG_NAME}, Jo and Sara tap",
        words=f"{LONG_NAME} gave Amina, Jo, Sara, Tomek, Priya and Luís 11 h 45 of bookkeeping.",
        dots_filled=5,
        dots=12,
        names=("Amina", "Tomek", "Priya", "Luís", ARABIC),
        icon="undo",
    ),
    "booked": BOOKED,
    "booked-several": BookedFace(
        frame=framed("Booked", dots=(3, 3), back=False, seconds_left=5),
        words=f"{LONG_NAME} gave Amina, Jo, Sara, Tomek, Priya and Luís 11 h 45 of bookkeeping.",
        bars=(
            (LONG_NAME, hours(1185, words="+19 h 45")),
            ("Amina", hours(-90, words="−1 h 30")),
            (ARABIC, hours(0, words="0")),
        ),
        choices=(Choice("done", "that’s all", "check", tone="strong"),),
    ),
    "list": LIST,
    "list-empty": ListFace(
        frame=framed("What I booked"), lines=(), empty="Nothing yet. Your first swap will stand here.", words="even"
    ),
    "list-one": changed(LIST, lines=LIST.lines[:1], page=(1, 1)),
    "entry": ENTRY,
    "entry-old": EntryFace(
        frame=framed("Mon 16 Nov"),
        line=msgspec.structs.replace(
            RECENT[4], sign="−", note="the back door, both hinges, and the lock of the cold room"
        ),
        words=f"{LONG_NAME} gave Amina, Jo, Sara, Tomek, Priya and Luís 11 h 45 of bookkeeping.",
        choices=(
            Choice("together", "take it back together", "people", hint="all of this entry tap"),
            Choice("hands", "take it back by many hands", "people-several", hint="3 others tap"),
        ),
    ),
    "entry-taken-back": changed(ENTRY, line=msgspec.structs.replace(RECENT[3], sign="+"), choices=()),
    "board": BOARD,
    "board-empty": changed(
        BOARD, needs=(), offers=(), empty="Nothing hangs here yet. Say what you need, or what you can do."
    ),
    "board-pages": changed(BOARD, page=(1, 4), offers=(NOTICES[1], NOTICES[3], NOTICES[2])),
    "notice": NoticeFace(
        frame=framed("Translation is needed"),
        notice=NOTICES[0],
        choices=(
            Choice("swap", "swap hours for this", "swap", tone="hours"),
            Choice("take down", "take it down", "board"),
        ),
    ),
    "notice-long": NoticeFace(
        frame=framed("Translation is needed"),
        notice=msgspec.structs.replace(NOTICES[2], match="Sara offers this"),
        choices=(Choice("swap", "swap hours for this", "swap", tone="hours"),),
    ),
    "type": TYPE,
    "type-text": changed(TYPE, text="a letter, Pol", ready=True),
    "type-full": changed(TYPE, text=LONG_WORDS, ready=True),
    "type-name": TypeFace(
        frame=framed("The first badge", dots=(1, 3), back=False),
        label="Whose badge is this? The name everyone will see",
        text="Łucja",
        longest=24,
        ready=True,
        faint="Your name",
    ),
    "trouble": TROUBLE,
    "trouble-told": TroubleFace(
        frame=Frame(title="", back=False, seconds_left=5),
        words=f"{LONG_NAME} has left. All the best. The balance, 3 h more given than got, went to the commons.",
        mend="",
        icon="door",
        choices=(Choice("ok", "that’s all", "check", tone="strong"),),
    ),
    **JAR_SAMPLES,
}
"""Every kind of face in its situations, by the name of its picture."""
