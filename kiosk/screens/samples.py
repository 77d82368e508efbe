"""Sample faces: every kind of face, ordinary, empty, full and odd. For pictures, tests, and trying a new layout.

They are made by hand, so that they hold what a real shop seldom has: the longest handle there may be, words as long
as German allows, forty alarms.
"""

from collections.abc import Mapping

import msgspec

from kiosk.faces import (
    Alarm,
    Bar,
    BoardFace,
    BookedFace,
    Choice,
    DialFace,
    DutiesFace,
    DutyRow,
    EntryFace,
    Face,
    Frame,
    Hanging,
    HomeFace,
    Line,
    ListFace,
    NoticeFace,
    PlainFace,
    Point,
    Said,
    TapFace,
    TilesFace,
    TroubleFace,
    TryoutFace,
    TypeFace,
    WallFace,
    WelcomeFace,
)
from kiosk.screens.assumption_samples import ASSUMPTIONS
from kiosk.screens.between_samples import BETWEEN_SHOPS
from kiosk.screens.circle_samples import CIRCLE
from kiosk.screens.jar_samples import JAR_PAGES, JAR_WALLS
from kiosk.screens.kiosk_samples import KIOSKS
from kiosk.screens.neighbour_samples import NEIGHBOUR_WALLS, NEIGHBOURS
from kiosk.screens.number_samples import NUMBERS
from kiosk.screens.odd import ARABIC, LONG_NAME, LONG_WORDS
from kiosk.screens.potluck_samples import POTLUCK
from kiosk.screens.report_samples import REPORT_WALLS, REPORTS
from kiosk.screens.seal_samples import SEAL_WALLS, SEALS

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
    Alarm(f"{LONG_NAME}’s clock has run for more than 12 h", "1 day late", "They tap and say how long it was."),
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
    sum_words="What some gave, others got: the sum is 0",
    hard=1200,
    soft=600,
    balances=balances(8),
    recent=RECENT[:3],
    notices=NOTICES[:2],
    work=work_choices(),
    choices=(
        Choice("board", "needs and offers", "board"),
        Choice("people", "people and badges", "people"),
        Choice("duties", "duties", "arrow-right"),
    ),
)
HELD = (
    DutyRow("duty:taking minutes", "taking minutes", "Amina", "Jo", "until today"),
    DutyRow("duty:facilitating", "facilitating", "Luís", "Amina", "until Sun 29 Nov"),
    DutyRow("duty:keeping the jar", "keeping the jar", "Priya", "", "until Sun 29 Nov", "not drawn yet"),
    DutyRow("duty:tending the kiosk", "tending the kiosk", "Jo", "Sara", "9 days late", late=True),
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
CIRCLE_WALL = msgspec.structs.replace(WALL, duties=HELD, decided=DECIDED, doing=DOING)
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
        Choice("people", "people", "people"),
        Choice("circle", "the circle", "circle"),
        Choice("duties", "duties", "arrow-right"),
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
        *HOME.tiles[1:4],
        Choice("circle", "go on with circle 212", "circle"),
        Choice("duties", "duties", "arrow-right"),
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
CHAINS = DutiesFace(
    frame=framed("Duties go round"),
    rows=(
        DutyRow("duty:taking minutes", "taking minutes", "Amina", "Jo", "until Sun 22 Nov"),
        DutyRow("duty:facilitating", "facilitating", "Luís", "Amina", "until Sun 22 Nov"),
        DutyRow("duty:keeping the jar", "keeping the jar", "Priya", "", "until Mon 30 Nov", "not drawn yet"),
        DutyRow("duty:tending the kiosk", "tending the kiosk", "Jo", "Sara", "9 days late", late=True),
    ),
    choices=(Choice("begin", "a new duty", "plus"),),
)
CHAINS_FULL = DutiesFace(
    frame=framed("Duties go round", seconds_left=4),
    rows=(
        DutyRow("duty:1", "die Genossenschaftsküche aufräumen", LONG_NAME, LONG_NAME, "9 days late", late=True),
        DutyRow(
            "duty:2",
            "taking minutes",
            LONG_NAME,
            "Jo",
            "1 day late",
            "not chosen yet",
            late=True,
        ),
        DutyRow("duty:3", "facilitating", ARABIC, LONG_NAME, "until Sun 22 Nov"),
        DutyRow("duty:4", "watering the plants", "", LONG_NAME, "begins now"),
    ),
    choices=CHAINS.choices,
    page=(2, 3),
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
ILL = PlainFace(
    frame=Frame(title="Canal Street Bakery", back=False, leave=False),
    words="The kiosk stopped three times in two minutes",
    sentences=(
        "Try again. If it stops again, copy the record to a stick and tell whoever tends the kiosk.",
        "Nothing is booked meanwhile. The record can be read.",
    ),
    choices=(
        Choice("again", "try again", "undo", tone="strong"),
        Choice("read", "read the record", "list"),
        Choice("check", "check the record", "check"),
        Choice("copy", "copy to a stick", "note"),
    ),
    small="For whoever helps: the screen, KeyError at kiosk/screens/wall.py:161 (more is in the log)",
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


JAR_BESIDE: Mapping[str, WallFace] = {
    "plain": WALL,
    "nothing": EMPTY_WALL,
    "circle": CIRCLE_WALL,
    "much": msgspec.structs.replace(CIRCLE_WALL, notices=NOTICES, recent=RECENT),
    "an alarm": msgspec.structs.replace(CIRCLE_WALL, alarms=ALARMS[:1]),
    "forty alarms": msgspec.structs.replace(
        CIRCLE_WALL, alarms=ALARMS[::-1] * 20, notices=NOTICES, balances=balances(200)
    ),
}
"""What else is on a wall, beside the jar."""

TRYOUT = TryoutFace(
    frame=framed("Try everything out", who="", next="Nothing is booked here, but a coin is real money."),
    words="“no” was pressed",
    icon="square",
    earlier=("A badge that is known here",),
    down=("no",),
    choices=(Choice("lamp", "the next lamp"), Choice("tone", "the next tone")),
)
TRYOUT_STUCK = msgspec.structs.replace(
    TRYOUT,
    words="“yes” was let go after 0.2 s; its contact chattered 14 times: is it worn?",
    icon="circle",
    earlier=("“abstain” is stuck: it is left out until it comes up", "A code that is none of ours, 31 signs"),
    down=(),
    stuck=("abstain",),
    choices=(
        Choice("lamp", "the next lamp", able=False, hint="there is none here"),
        Choice("tone", "the next tone"),
    ),
)
CHECKUP = ListFace(
    frame=framed("How is the kiosk?", who=""),
    words="2 things to mend.",
    lines=(
        Line("try", "Try everything out", "", "press, tap, scan, drop: it shows what arrives", "", "other"),
        Line(
            "finding:badge reader",
            "Badge reader",
            "mend",
            "Look at its cable; compare its port or pins in the settings with where it is plugged in.",
            "",
            "warning",
        ),
        Line(
            "finding:power",
            "Power",
            "mend",
            "Take the Pi’s own supply (5.1 V) and a short, thick cable.",
            "",
            "warning",
        ),
        Line(
            "finding:card", "Card", "well", "82 GB free of 251 GB, 68 % full. It is mounted at /data.", "", "check"
        ),
    ),
    page=(1, 3),
)

SAMPLES: Mapping[str, Face] = {
    **CIRCLE,
    "wall": WALL,
    "wall-empty": EMPTY_WALL,
    "wall-circle": CIRCLE_WALL,
    "wall-circle-alarm": changed(CIRCLE_WALL, alarms=ALARMS[:1], notices=NOTICES, recent=RECENT),
    "wall-duties": changed(WALL, duties=HELD[:3]),
    "wall-first-circle": changed(EMPTY_WALL, duties=HELD[:1], doing=DOING[:1]),
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
        WALL, said=Said("The three buttons are for the circle", "Hold all three, and it opens.", tone="plain")
    ),
    "welcome": WELCOME,
    "welcome-one": msgspec.structs.replace(
        WELCOME, words="Two more badges, and it is yours.", dots_filled=1, names=(LONG_NAME,)
    ),
    "tryout": TRYOUT,
    "tryout-stuck": TRYOUT_STUCK,
    "checkup": CHECKUP,
    "checkup-new-program": changed(
        CHECKUP,
        lines=(
            Line("update", "The new program", "", "it runs since yesterday: who answers for it?", "", "warning"),
            *CHECKUP.lines[:3],
        ),
    ),
    "wall-new-program": changed(
        WALL,
        alarms=(
            Alarm(
                "Another program runs here: 0.2.0+1f3a9c0b instead of 0.2.0+77e0d1aa",
                "since yesterday",
                "Under “how is the kiosk?” somebody answers for it.",
                pressing=False,
            ),
        ),
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
            Choice("seal", "the seal of our record", "card"),
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
    "tap-new-program": TapFace(
        frame=framed("The new program", dots=(3, 3)),
        prompt="The next one taps",
        words="Whoever answers for it taps first. The others have heard what it is and where from.",
        dots_filled=1,
        dots=3,
        names=("Tomek",),
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
    "duties": CHAINS,
    "duties-empty": changed(CHAINS, rows=(), empty="No duty goes round yet. Begin one, such as taking minutes."),
    "duties-full": CHAINS_FULL,
    "duties-one": changed(CHAINS, rows=CHAINS.rows[2:3]),
    "duties-late": changed(CHAINS_FULL, rows=CHAINS_FULL.rows[:2] + CHAINS.rows[3:], page=(1, 1), alarms=ALARMS),
    "duties-pages": changed(CHAINS, page=(1, 2)),
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
    "ill-fell-over": ILL,
    "ill-damaged": changed(
        ILL,
        words="The memory card is damaged",
        sentences=(
            "Take a copy now, and bring back the last good one.",
            "Nothing is booked meanwhile. The kiosk tries again by itself. The record can’t be opened.",
        ),
        choices=(ILL.choices[0], ILL.choices[3]),
    ),
    "ill-record": PlainFace(
        frame=Frame(title="Canal Street Bakery", leave=False),
        words="The record, the newest first",
        sentences=(
            "26 Nov 14:20  Jo got 1 h 30 of childcare from Amina.",
            f"26 Nov 14:02  {LONG_NAME} got 2 h of translation from {LONG_NAME}: {LONG_WORDS}"[:155] + " …",
            "26 Nov 13:11  A coin fell: € 0.50 for the commons.",
        ),
        choices=(Choice("newer", "newer", "arrow-up"), Choice("older", "older", "arrow-down")),
        icon="list",
    ),
    "ill-wall": PlainFace(
        frame=Frame(title="Canal Street Bakery", back=False, leave=False, alarms=ALARMS),
        words="14:20 · tap your badge",
        sentences=("The wall can’t be drawn just now. Tapping works, and nothing that was booked is lost.",),
        choices=WALL.choices,
    ),
    "ill-page": PlainFace(
        frame=Frame(title="", back=False),
        words="Something went wrong here",
        sentences=("This page can’t be shown. Nothing that was booked is lost, and everything else works.",),
    ),
    "ill-slow": changed(
        DIAL,
        said=Said("Writing it down …", "The memory card is slow just now. One moment.", "clock", "plain"),
    ),
    **JAR_PAGES,
    **REPORTS,
    **SEALS,
    **ASSUMPTIONS,
    **POTLUCK,
    **NUMBERS,
    **NEIGHBOURS,
    **BETWEEN_SHOPS,
    **KIOSKS,
    **{
        name: changed(JAR_BESIDE[beside], **more)
        for name, (beside, more) in {**JAR_WALLS, **SEAL_WALLS, **REPORT_WALLS, **NEIGHBOUR_WALLS}.items()
    },
}
"""Every kind of face in its situations, by the name of its picture."""
