"""Sample faces of what shops share besides hours: strike fund, orders, boards, news, circles of debt."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.faces import (
    BoardFace,
    Choice,
    EntryFace,
    Face,
    Frame,
    Hanging,
    Line,
    ListFace,
    MoneyFace,
    NoticeFace,
    ShelfFace,
    TapFace,
    TilesFace,
    ToolLine,
    TypeFace,
)
from kiosk.screens.odd import ARABIC, LONG_NAME

LONG_SHOP = "Straßenbahndepot kitchen and bicycle shop"[:40]
LONG_WORDS = (
    "Seats in the van to the market, and two people who carry, every second Saturday until the end of March"
)
DONE = Choice("typed", "that is it", "check", tone="strong")

BETWEEN = TilesFace(
    frame=Frame("Between our shops", who="Amina"),
    choices=(
        Choice("fund", "strike fund", "jar", hint="1 waits for us"),
        Choice("orders", "order together", "list", hint="2 just now"),
        Choice("boards", "tools and needs", "board", hint="5 just now"),
        Choice("tell", "tell them", "voice", hint="a decision, a report"),
        Choice("circles", "circles of debt", "swap", hint="1 waits for us"),
    ),
    words="Money stays where it is, and nobody is bound by others.",
)
FUND = ShelfFace(
    frame=Frame("Strike fund", who="Amina"),
    lines=(
        ToolLine("call:1", "Mill Lane needs € 500.00", "three weeks without wages · by Fri 4 Dec", "out", "need"),
        ToolLine("give:2", "€ 120.00 to Tram Yard", "to be brought over; touch once it was", "out", "offer"),
        ToolLine("pledge:", "we: € 300.00", "for all neighbours", "out", "jar"),
        ToolLine("", "Old Dairy: € 150.00 and € 60.00 a month", "of it € 50.00 for us alone", "out", "jar"),
    ),
    choices=(Choice("pledge", "pledge", "plus"), Choice("call up", "we need it", "offer")),
    page=(1, 2),
    words="All shops together: € 570.00 and € 60.00 a month.",
)
FUND_FULL = replace(
    FUND,
    lines=(
        ToolLine("call:1", f"{LONG_SHOP} needs € 98,765.43", "the third week without wages, and…", "out", "need"),
        ToolLine(
            "asked:2",
            "we need € 98,765.43: the third week without…",
            "€ 98,765.43 comes, € 98,765.43 is here",
            "out",
            "need",
        ),
        ToolLine("give:3", f"€ 98,765.43 to {LONG_SHOP}", "to be brought over; touch once it was", "out", "offer"),
        ToolLine("", f"{ARABIC}: € 150.00", "for whoever strikes", "out", "jar"),
    ),
    page=(3, 12),
    words="All shops together: € 98,765.43 and € 98,765.43 a month.",
)
PLEDGE_WHOM = TilesFace(
    frame=Frame("For whom do we hold it ready?", who="Amina", dots=(0, 3)),
    choices=(
        Choice("to:", "all neighbours", "people-several", hint="€ 300.00"),
        Choice("to:Mill Lane", "Mill Lane", "commons"),
        Choice("to:Old Dairy", "Old Dairy", "commons", hint="€ 60.00 a month"),
        Choice("to:long", LONG_SHOP, "commons"),
    ),
    words="For all: for whoever of them strikes first.",
)
PLEDGE = MoneyFace(
    frame=Frame("Pledge for all neighbours", who="Amina", dots=(1, 3)),
    amount="€ 300.00",
    digits="30000",
    words="once, until it is called up",
    steps=(10_00, 100_00),
    longest=9,
    book=DONE,
    extra=(Choice("monthly", "make it each month", "calendar", tone="quiet"),),
    icon="jar",
)
CALL = EntryFace(
    frame=Frame("Mill Lane calls up", who="Amina"),
    line=Line("", "Mill Lane", "€ 500.00", "three weeks without wages", "by Fri 4 Dec", icon="need"),
    words="three weeks without wages, by Fri 4 Dec. We have pledged € 300.00.",
    choices=(Choice("give", "we give", "offer", tone="strong"), Choice("not now", "not now", "close")),
)
ASKED = ListFace(
    frame=Frame("We need € 500.00", who="Amina"),
    lines=(
        Line("", "Mill Lane", "€ 200.00", "is here; put it into the jar by hand", "", icon="check"),
        Line("", "Old Dairy", "€ 150.00", "comes", "", icon="commons"),
        Line("", "Tram Yard", "", "not now", "", icon="commons"),
        Line("", LONG_SHOP, "", "has not answered yet", "", icon="commons"),
    ),
    words="three weeks without wages · by Fri 4 Dec",
)
ORDERS = ShelfFace(
    frame=Frame("Order together", who="Amina"),
    lines=(
        ToolLine(
            "order:1:",
            "flour from the mill, € 1.20 each",
            "called by us · until Fri 27 Nov · 44 kilos",
            "out",
            "list",
        ),
        ToolLine("order:2:Mill Lane", "work gloves", "Mill Lane · until Mon 30 Nov · 12 pieces", "out", "list"),
        ToolLine("order:3:Old Dairy", "firewood, € 80.00 each", "Old Dairy · closed · 3 boxes", "out", "list"),
    ),
    choices=(Choice("call an order", "call an order", "plus"),),
    words="Everybody says how much; each shop’s total goes over by itself.",
)
ORDER = MoneyFace(
    frame=Frame("flour from the mill"),
    amount="12 kilos",
    digits="12",
    prompt="now whoever takes it taps",
    words="€ 1.20 each, € 14.40 in all · so far 44 kilos · until Fri 27 Nov",
    steps=(1, 10),
    step_words=("1", "10"),
    longest=6,
    extra=(Choice("who", "who takes how much", "list", tone="quiet"),),
    icon="list",
)
TAKERS = ListFace(
    frame=Frame("flour from the mill", who="Amina"),
    lines=(
        Line("", "Mill Lane", "20 kilos", "€ 24.00", "", icon="commons"),
        Line("", "Amina", "12 kilos", "€ 14.40", "", icon="people"),
        Line("", LONG_NAME, "12 kilos", "€ 14.40", "", icon="people"),
    ),
    words="All shops together: 44 kilos, € 52.80.",
)
PRICE = MoneyFace(
    frame=Frame("What does one cost?", who="Amina", dots=(2, 5)),
    amount="€ 1.20",
    digits="120",
    words="flour from the mill: kilos. Nothing where you don’t know yet.",
    steps=(10, 1_00),
    longest=9,
    book=DONE,
    icon="list",
)
BOARDS = BoardFace(
    frame=Frame("Tools and needs", who="Amina"),
    needs=(
        Hanging("hung:1", "need", "A drill press for two days", "", "until Fri 27 Nov", who="we", icon="need"),
        Hanging("", "need", "Somebody who reads Polish", "", "until Mon 30 Nov", who="Old Dairy", icon="need"),
    ),
    offers=(
        Hanging(
            "", "offer", "Seats in the van to the market", "", "until Sat 28 Nov", who="Mill Lane", icon="offer"
        ),
        Hanging("", "offer", LONG_WORDS, "", "until Thu 31 Dec", who=LONG_SHOP, icon="offer"),
    ),
    choices=(Choice("need", "we need something", "need"), Choice("offer", "we offer something", "offer")),
)
TELL = ShelfFace(
    frame=Frame("Tell the neighbours", who="Amina"),
    lines=(
        ToolLine(
            "decision:1", "We bake with one oven until the new year", "touch to tell them", "out", "people-several"
        ),
        ToolLine("", "Sunday shifts are swapped freely", "they know it", "in", "check"),
        ToolLine(
            "report:audit",
            "We held our autonomy audit of October 2026.",
            "touch to tell them",
            "out",
            "bookkeeping",
        ),
        ToolLine("decision:2", LONG_WORDS, "touch to tell them", "out", "people-several"),
    ),
    choices=(Choice("write", "write it", "note"),),
    page=(1, 3),
    words="It hangs on their walls. Many hands say so.",
)
CIRCLES = ShelfFace(
    frame=Frame("Circles of debt", who="Amina"),
    lines=(
        ToolLine(
            "ring:1",
            "we → Mill Lane → Old Dairy → we",
            "2 h each · it leads back to us: do we agree?",
            "out",
            "swap",
        ),
        ToolLine(
            "ring:2",
            "we → Tram Yard → Mill Lane → we",
            "45 min each · we have agreed; the others are asked",
            "out",
            "swap",
        ),
        ToolLine(
            "ring:3", "we → Mill Lane → Old Dairy → Tram Yard → we", "1 h 30 each · struck off", "out", "check"
        ),
    ),
    choices=(Choice("look", "look for one", "swap"),),
    words="Nothing moves before every shop in it has agreed.",
)
CIRCLE = EntryFace(
    frame=Frame("A circle of debt", who="Amina"),
    line=Line("", "we → Mill Lane → Old Dairy → we", "2 h", "it leads back to us: do we agree?", "", icon="swap"),
    words="we → Mill Lane → Old Dairy → we. "
    "Each owes the next. Up to 2 h is struck off each debt, once all have agreed.",
    choices=(Choice("agree", "we agree", "check", tone="strong"), Choice("drop", "no", "close")),
)
BETWEEN_SHOPS: Mapping[str, Face] = {
    "between": BETWEEN,
    "between-fund": FUND,
    "between-fund-full": FUND_FULL,
    "between-fund-empty": replace(
        FUND,
        lines=(),
        page=(1, 1),
        words="Nothing is pledged yet.",
        empty="Whoever pledges keeps the money until a neighbour calls it up. Then they give, or not now.",
    ),
    "between-pledge-whom": PLEDGE_WHOM,
    "between-pledge": PLEDGE,
    "between-call": CALL,
    "between-call-long": replace(
        CALL,
        frame=Frame(f"{LONG_SHOP} calls up", who=LONG_NAME),
        line=Line("", LONG_SHOP, "€ 98,765.43", LONG_WORDS, "by Thu 31 Dec", icon="need"),
        words=f"{LONG_WORDS}, by Thu 31 Dec. We have pledged € 98,765.43 and € 98,765.43 a month.",
    ),
    "between-call-words": TypeFace(
        frame=Frame("We need € 500.00", who="Amina", dots=(1, 4)),
        label="What for?",
        text="",
        longest=120,
        ready=False,
        faint="such as: a month without pay",
    ),
    "between-asked": ASKED,
    "between-hands": TapFace(
        frame=Frame("Pledge for all neighbours", who="Amina", dots=(1, 1)),
        prompt="the next one taps",
        words="We hold € 300.00 ready for a strike.",
        dots_filled=1,
        dots=3,
        names=("Amina",),
        icon="commons",
    ),
    "between-orders": ORDERS,
    "between-orders-empty": replace(
        ORDERS,
        lines=(),
        empty="No order is open. Whoever buys a lot of something calls one, and the neighbours join.",
    ),
    "between-order": ORDER,
    "between-takers": TAKERS,
    "between-price": PRICE,
    "between-boards": BOARDS,
    "between-boards-empty": replace(
        BOARDS, needs=(), offers=(), empty="Nothing hangs between the shops. Offer a tool, or say what you lack."
    ),
    "between-hung": NoticeFace(
        frame=Frame("We need something", who="Amina"),
        notice=BOARDS.needs[0],
        choices=(Choice("take off", "take it off", "board"),),
    ),
    "between-tell": TELL,
    "between-circles": CIRCLES,
    "between-circles-none": replace(
        CIRCLES,
        lines=(),
        empty="We owe one shop, that one owes another, and that one owes us: then all can strike it off.",
    ),
    "between-circle": CIRCLE,
    "between-circle-long": replace(
        CIRCLE,
        line=replace(CIRCLE.line, who=f"we → {LONG_SHOP[:13]}… → {ARABIC} → Old Dairy → Tram Yard → Shop 6 → we"),
        words=f"we → {LONG_SHOP[:13]}… → {ARABIC} → Old Dairy → Tram Yard → Shop 6 → we. "
        "Each owes the next. Up to 999 h 45 is struck off each debt, once all have agreed.",
    ),
}
