"""Sample faces of what has to do with neighbours: linking, letters as codes, the accounts, a guest, the wall."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.faces import (
    Bar,
    Choice,
    DialFace,
    Face,
    Frame,
    HomeFace,
    Line,
    ListFace,
    Point,
    SealFace,
    ShelfFace,
    TapFace,
    TilesFace,
    ToolLine,
    TroubleFace,
)
from kiosk.letters.codes import PIECE
from kiosk.screens.odd import ARABIC, LONG_NAME
from kiosk.screens.seal_samples import SEAL_TEXT

LONG_SHOP = "Straßenbahndepot kitchen and bicycle shop"[:40]

A_CODE = ("COMMONS-POST:5F3A90C1:1/2:" + "7WA8*MK3EC-J$/D.5R0 2T:+4%VN" * 40)[: PIECE + 26]
"""A code as dense as a real one; nobody signed it."""

NEXT_CODE = Choice("next", "the next code", "arrow-right", tone="strong")


def _row(shop: str, account: str) -> ToolLine:
    return ToolLine(f"neighbour:{shop}", shop, account, "out", icon="commons")


LIST = ShelfFace(
    frame=Frame("Neighbours", who="Amina"),
    lines=(
        _row("Mill Lane", "they got 2 h more from us"),
        _row("Old Dairy", "we are even"),
        _row("Tram Yard", "two different stories"),
    ),
    choices=(
        Choice("between", "what we share", "people-several", tone="strong"),
        Choice("card", "our card", "card"),
    ),
    words="To link: scan a shop’s card here, and show ours there.",
)
NONE = TilesFace(
    frame=Frame("Neighbours", who="Amina"),
    choices=(
        Choice("card", "our card", "card", hint="the first step", tone="strong"),
        Choice("good:swap", "swap hours there", "swap", hint="by your own badge"),
        Choice("good:jar", "hold out together", "jar", hint="a strike fund"),
        Choice("good:list", "order together", "list", hint="one call, one total"),
        Choice("good:board", "lend tools", "board", hint="and find what we lack"),
        Choice("good:voice", "hear of each other", "voice", hint="news, decisions"),
    ),
    words="No shop is linked yet. Show another shop your card, and scan theirs here.",
)
LIST_FULL = replace(
    LIST,
    lines=(
        _row(LONG_SHOP, "they gave us 999 h 45 more"),
        _row(ARABIC, "we are even"),
        _row("Old Dairy", "two different stories"),
        _row("Shop 3", "they got 10 h more from us"),
    ),
    page=(1, 700),
)
ONE = HomeFace(
    frame=Frame("Mill Lane", who="Amina"),
    bar=Bar(-120, soft=600, hard=600, words="They got 2 h more from us"),
    tiles=(
        Choice("swap there", "I swap there", "swap", hint="so that my badge is known there", tone="hours"),
        Choice("letters", "letters by code", "card", hint="3 wait"),
        Choice("news", "what they tell", "board"),
        Choice("part", "part from them", "door"),
    ),
    footer="They can still get 8 h and give 12 h. Last heard yesterday 14:20.",
)
ONE_LONG = replace(
    ONE,
    frame=Frame(LONG_SHOP, who=LONG_NAME),
    bar=Bar(59985, soft=60000, hard=60000, words="They gave us 999 h 45 more"),
)
NEWS = ListFace(
    frame=Frame("Mill Lane", who="Amina"),
    lines=(
        Line("", "A drill press, two days", "", "they need", "on Friday 27 November", icon="need"),
        Line("", "Seats in the van to the market", "", "they offer", "on Monday 30 November", icon="offer"),
        Line("", "We bake with one oven until the new year", "", "decided", "yesterday 14:20", icon="info"),
        Line("", "The wages of August are paid", "", "a report", "Mon 16 Nov", icon="info"),
    ),
    page=(1, 2),
)
OUR_CARD = SealFace(
    frame=Frame("Our card", who="Amina"),
    code=A_CODE,
    entries="Code 1 of 2",
    when="",
    words="Hold this before the scanner of the other kiosk; and scan their card here.",
    how="It says what we are called, and how our letters are signed. Only many hands can link two shops.",
    choices=(NEXT_CODE,),
)
LETTERS = replace(
    OUR_CARD,
    frame=Frame("Letters to Mill Lane", who="Amina"),
    words="Photograph each code, and hold the photos before the scanner of their kiosk.",
    how="In any order, and also twice: nothing counts more than once.",
)
SCANNING = TroubleFace(
    frame=Frame("", back=False), words="1 of 2 codes so far", mend="Now the other code.", icon="card"
)
SCANNING_MANY = replace(SCANNING, words="17 of 60 codes so far", mend="Now one of the others, in any order.")
HOW_FAR = DialFace(
    frame=Frame("Mill Lane wants to link", dots=(1, 2), back=False),
    amount="10 h",
    bar=Bar(0, soft=600, hard=600, words="Neither shop gets more than 10 h ahead of the other."),
    prompt="now three of you tap",
    step=60,
    icon="commons",
)
HANDS = TapFace(
    frame=Frame("Mill Lane wants to link", dots=(2, 2)),
    prompt="the next one taps",
    words="From then on members swap across both shops, up to 10 h either way.",
    dots_filled=2,
    dots=3,
    names=("Amina", "Jo"),
    icon="commons",
)
SWAP_THERE = TapFace(
    frame=Frame("I swap at Mill Lane", who="Amina"),
    prompt="Tap the badge that you take along",
    words="Your name goes to Mill Lane. The badge’s number stays secret between both kiosks.",
    choices=(Choice("turn round", "I swap there no more", "badge-lost"),),
    icon="badge",
)
SWAP_NO_MORE = TapFace(
    frame=Frame("I swap at Mill Lane no more"),
    prompt="Tap your badge",
    words="Mill Lane hears of it. It opens nothing there any more.",
    choices=(Choice("turn round", "I do swap there", "swap"),),
    icon="badge-lost",
)
GUEST = DialFace(
    frame=Frame("Jo of Mill Lane gave repair", dots=(2, 3)),
    amount="1 h",
    bar=Bar(-120, soft=600, hard=600, words="They can still get 8 h and give 12 h.", after=-60),
    prompt="now the one who got it taps",
    icon="repair",
)
GUEST_BOOKED = TroubleFace(
    frame=Frame("", who="Amina", back=False),
    words="Jo of Mill Lane gave Amina 1 h of repair. It counts once their kiosk has answered.",
    mend="",
    icon="check",
    choices=(Choice("ok", "that’s all", "check", tone="strong"),),
)
STORIES = TilesFace(
    frame=Frame("Two stories", who="Amina"),
    choices=(
        Choice("known", "the first one goes on", "check", hint="41,204 entries"),
        Choice("shown", "the second one goes on", "check", hint="39,871 entries"),
    ),
    extra=(Choice("codes", "both as codes", "card"),),
    words="The second seal of Mill Lane doesn’t lead on from the first. Talk with them: was their record changed, "
    "or put back?",
)
STORIES_OURS = replace(
    STORIES,
    frame=Frame("Two stories", who=LONG_NAME),
    choices=STORIES.choices[:1],
    words=f"{LONG_SHOP} says that our second seal doesn’t lead on from the first. Talk with them: was our record "
    "changed, or put back? They say: The first one goes on.",
)
STORIES_WAIT = TroubleFace(
    frame=Frame("", who="Amina"),
    words=f"{LONG_SHOP} says that we have signed two different letters as number 12. Talk with them: was our "
    "record put back?",
    mend="They say first which one goes on; then we say the same.",
    icon="warning",
)
STORY_CODES = SealFace(
    frame=Frame("Two stories", who="Amina"),
    code=SEAL_TEXT,
    entries="41,204 entries",
    when="the first seal",
    words="Whoever keeps both can prove that they don’t go together.",
    how="Any phone reads it as text.",
    choices=(Choice("next", "the other one", "arrow-right", tone="strong"),),
)
MENDING = TapFace(
    frame=Frame("Two stories", dots=(2, 2)),
    prompt="the next one taps",
    words="The first one goes on.",
    dots_filled=2,
    dots=3,
    names=("Amina", "Jo"),
    icon="commons",
)
NEIGHBOURS: Mapping[str, Face] = {
    "neighbours": LIST,
    "neighbours-none": NONE,
    "neighbours-full": LIST_FULL,
    "neighbour": ONE,
    "neighbour-long": ONE_LONG,
    "neighbour-news": NEWS,
    "neighbour-our-card": OUR_CARD,
    "neighbour-letters": LETTERS,
    "neighbour-scanning": SCANNING,
    "neighbour-scanning-many": SCANNING_MANY,
    "neighbour-how-far": HOW_FAR,
    "neighbour-hands": HANDS,
    "neighbour-swap-there": SWAP_THERE,
    "neighbour-swap-no-more": SWAP_NO_MORE,
    "neighbour-guest": GUEST,
    "neighbour-guest-booked": GUEST_BOOKED,
    "neighbour-two-stories": replace(
        ONE,
        tiles=(
            Choice("stories", "two stories", "warning", hint="look at both, and say which goes on"),
            *ONE.tiles[1:],
        ),
    ),
    "neighbours-template": replace(
        LIST,
        words="Mill Lane, whose template we have, does something otherwise now.",
    ),
    "stories": STORIES,
    "stories-ours": STORIES_OURS,
    "stories-wait": STORIES_WAIT,
    "stories-codes": STORY_CODES,
    "stories-hands": MENDING,
}
NEIGHBOUR_WALLS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "wall-neighbours": (
        "circle",
        {
            "news": (
                Point(
                    "news from 3 of 4 neighbours, oldest 2 days",
                    "Mill Lane: We bake with one oven until the new year",
                    mark="commons",
                ),
                Point("Tram Yard needs € 500.00", "three weeks without wages · by Fri 4 Dec", mark="need"),
                Point("A circle of debt waits for our word", "we → Mill Lane → Old Dairy → we", mark="need"),
                Point("Mill Lane orders work gloves", "until Mon 30 Nov", mark="need"),
                Point("the seals of 41 shops are known here", "the oldest came 6 days ago", mark="card"),
                Point("The wages of August are paid", "Old Dairy, Mon 16 Nov"),
            )
        },
    ),
}
"""Walls of a shop with neighbours: what else is on it, and what is changed of that."""
