"""The tour: people's errands played with pretend devices, and a picture of each screen they pass.

The whole house runs, from the bytes on the wire to the faces; only the hands are pretended. It is shown where
there is no display, and it makes the pictures of the docs.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from hardware.device import tee
from hardware.signals import CardGone, CardsAmbiguous, CardSeen, Signal
from kiosk.badge_key import BadgeKey
from kiosk.belongings import copy_keys
from kiosk.box import Box, DeviceHow, Machine
from kiosk.clock import SystemClock
from kiosk.codes import write_label
from kiosk.core import Core
from kiosk.demo import settle_in
from kiosk.devices import PretendHands, open_devices
from kiosk.faces import (
    AskFace,
    BallotFace,
    BoardFace,
    BookedFace,
    ClosingFace,
    CountingFace,
    DialFace,
    DutiesFace,
    EmptiedFace,
    EntryFace,
    Face,
    FrozenFace,
    GatherFace,
    HomeFace,
    JarFace,
    ListFace,
    MoneyFace,
    NoticeFace,
    OutcomeFace,
    PlainFace,
    PotluckFace,
    ProposalFace,
    RoutineFace,
    RowsFace,
    SealFace,
    ShelfFace,
    SpeakFace,
    TapFace,
    TilesFace,
    Touch,
    TroubleFace,
    TryoutFace,
    TypeFace,
    VoteFace,
    WallFace,
    WelcomeFace,
)
from kiosk.house import House
from kiosk.letters import write_card
from kiosk.letters.codes import as_codes
from kiosk.open_lines import LinkKeys, street
from kiosk.reports.gathered import audit_of
from kiosk.safe import SafeHouse, fell_over
from kiosk.safekeeping import Safekeeping, keeps
from kiosk.seal_key import seal_key, sealing
from kiosk.sealing.note import Signer
from kiosk.settings import Settings
from kiosk.state import State
from kiosk.store import Reader, Store
from kiosk.store.restoring import check, lay_ready, offer
from kiosk.tongue import ENGLISH
from kiosk.visit.hearing import listener

SIZES = ((800, 480), (1280, 720), (720, 1280))
"""Pixels: the small panel, the large one, and the large one upright."""

WALL_SIZE = (1920, 1080)

PATIENCE = 15.0
"""Seconds until a screen that does not come ends the tour with a fault."""


REST = 1.1
"""Seconds between two badges, and between two presses in a vote."""


A_BOX = Box(
    machine=Machine(
        degrees=58, throttled=0x10000, free=12 * 1024**3, size=29 * 1024**3, mount="/data", spare=640 * 1024**2
    ),
    devices=(
        DeviceHow("badge reader", "ready", "/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0", errors=3),
        DeviceHow("buttons", "ready", "pins 5, 6, 13"),
    ),
    drawn_by="V3D 4.2",
)
"""How the box of the tour is: well, but for its power supply."""


class TourError(RuntimeError):
    """A screen of the tour did not come."""


class Stop(NamedTuple):
    """One step of the tour: what the hands do, the face that follows, and the picture's name ("" for none).

    do: "touch KEY", "type TEXT", "turn MINUTES", "tap NAME", "phone", "stranger", "two", "rest", "unplug DEVICE", …
    words: what the face must hold, besides being of its kind.
    """

    do: str
    face: type[Face]
    picture: str = ""
    words: str = ""


EMPTY_SHOP = (
    Stop("", WelcomeFace, "nobodys-yet"),
    Stop("tap Amina", TypeFace, "founding-first-name"),
    Stop("type Amina", TypeFace, words="'Amina'"),
    Stop("touch typed", WelcomeFace, "founding-two-more"),
    Stop("tap Jo", TypeFace),
    Stop("type Jo", TypeFace, words="'Jo'"),
    Stop("touch typed", WelcomeFace),
    Stop("tap Sara", TypeFace),
    Stop("type Sara", TypeFace, words="'Sara'"),
    Stop("touch typed", TroubleFace, "founded"),
    Stop("touch ok", WallFace, "wall-empty"),
)
"""A kiosk out of the box."""


def _ballot(name: str, presses: str) -> tuple[Stop, ...]:
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


DEMO_SHOP = (
    Stop("", WallFace, "wall"),
    Stop("touch work:repair", TapFace, "swap-giver-taps"),
    Stop("tap Priya", DialFace, "swap-dial"),
    Stop("turn 15", DialFace, words="1 h 15"),
    Stop("turn 15", DialFace, words="1 h 30"),
    Stop("tap Wen", BookedFace, "swap-booked"),
    Stop("touch done", WallFace, "wall-after"),
    Stop("tap Amina", HomeFace, "visit"),
    Stop("touch swap", TilesFace, "swap-kind"),
    Stop("touch work:childcare", DialFace),
    Stop("touch several", DialFace, words="all who got it tap"),
    Stop("tap Jo", DialFace, words="'Jo'"),
    Stop("tap Sara", DialFace, "swap-several", words="'Sara'"),
    Stop("touch book", BookedFace, "swap-several-booked"),
    Stop("touch done", WallFace),
    Stop("tap Sara", HomeFace, "visit-with-undo", words="undo"),
    Stop("touch swap", TilesFace),
    Stop("touch work:repair", DialFace),
    Stop("touch clock", TroubleFace, "clock-runs"),
    Stop("touch ok", WallFace, "wall-with-a-clock"),
    Stop("tap Amina", HomeFace),
    Stop("touch swap", TilesFace),
    Stop("touch work:repair", DialFace),
    Stop("touch commons", DialFace, "swap-for-the-commons"),
    Stop("tap Sara", BookedFace),
    Stop("touch done", WallFace),
    Stop("tap Sara", HomeFace, "visit-with-a-clock", words="stop the clock"),
    Stop("home", WallFace),
    Stop("tap Tomek", HomeFace),
    Stop("touch entries", ListFace, "my-entries"),
    Stop("touch first line", EntryFace, "one-entry"),
    Stop("touch together", TilesFace, "why-taken-back"),
    Stop("touch amount", TapFace, "taken-back-together"),
    Stop("home", WallFace),
    Stop("touch board", BoardFace, "board"),
    Stop("touch first notice", NoticeFace, "one-notice"),
    Stop("home", WallFace),
    Stop("touch board", BoardFace),
    Stop("touch need", TapFace, "need-whose"),
    Stop("tap Ada", TilesFace),
    Stop("touch work:care", TypeFace),
    Stop("type somebody to water the plants", TypeFace, "need-words", words="plants'"),
    Stop("touch typed", TilesFace, "need-until"),
    Stop("touch week", TroubleFace, "need-hangs"),
    Stop("touch ok", WallFace),
    Stop("touch people", TilesFace, "people"),
    Stop("touch join", TypeFace),
    Stop("type Nadia", TypeFace, "somebody-new", words="Nadia'"),
    Stop("touch typed", TapFace, "new-badge"),
    Stop("stranger", TapFace, words="of you tap"),
    Stop("tap Jo", TapFace, "many-hands", words="('Jo',)"),
    Stop("home", WallFace),
    Stop("touch people", TilesFace),
    Stop("touch revoke", TilesFace, "whose-badge-is-lost"),
    Stop("touch member:Wen", TilesFace, "which-badge-is-lost"),
    Stop("home", WallFace),
    Stop("touch duties", DutiesFace, "duties-none"),
    Stop("touch begin", TilesFace, "duty-which"),
    Stop("touch begin:taking minutes", TilesFace, "duty-how"),
    Stop("touch how:order", TilesFace, "duty-how-long"),
    Stop("touch term:week", TapFace),
    Stop("tap Jo", TapFace, "duty-hands", words="('Jo',)"),
    Stop("tap Wen", TapFace, words="'Wen'"),
    Stop("tap Ada", TroubleFace, "duty-goes-round"),
    Stop("touch ok", WallFace),
    Stop("touch duties", DutiesFace),
    Stop("touch duty:taking minutes", TilesFace, "one-duty"),
    Stop("touch hand over", TapFace, "duty-hand-over"),
    Stop("tap Amina", TapFace, "duty-one-has-tapped", words="'Amina'"),
    Stop("tap Wen", TroubleFace, "duty-handed-over"),
    Stop("touch ok", WallFace),
    Stop("touch duties", DutiesFace),
    Stop("touch begin", TilesFace),
    Stop("touch write", TypeFace),
    Stop("type Treasurer", TypeFace, words="'Treasurer'"),
    Stop("touch typed", TypeFace, "duty-no-title", words="is a title"),
    Stop("type watering the plants", TypeFace, words="plants'"),
    Stop("touch typed", TilesFace),
    Stop("touch how:lot", TilesFace),
    Stop("touch term:day", TapFace),
    *(Stop(f"tap {name}", TapFace, words=f"'{name}'") for name in ("Jo", "Ada")),
    Stop("tap Wen", TroubleFace),
    Stop("touch ok", WallFace),
    Stop("touch duties", DutiesFace, "duties"),
    Stop("touch duty:watering the plants", TilesFace, "one-duty-by-lot"),
    Stop("home", WallFace),
    Stop("tap Amina", HomeFace),
    Stop("touch circle", GatherFace, "circle-tap-in"),
    *(
        Stop(f"tap {name}", GatherFace, words=f"'{name}')")
        for name in ("Jo", "Sara", "Priya", "Wen", "Ada", "Tomek")
    ),
    Stop("tap Luís", GatherFace, "circle-all-in", words="'Luís')"),
    Stop("touch begin", SpeakFace, "circle-first-turn", words="One priority"),
    Stop("touch note", RowsFace, "circle-priority", words="What comes first"),
    Stop("touch row:1", RowsFace, "circle-obstacle", words="in the way"),
    Stop("touch row:2", SpeakFace, words="('supplies', 'a broken machine')"),
    Stop("touch note", RowsFace),
    Stop("touch row:3", RowsFace, words="in the way"),
    Stop("touch row:5", SpeakFace, "circle-turn", words="('the roster', 'the room')"),
    Stop("touch longer", AskFace, "circle-longer"),
    Stop("touch no", SpeakFace),
    *(Stop("touch pass", SpeakFace) for _ in range(5)),
    Stop("touch pass", RowsFace, "circle-agenda"),
    Stop("touch row:2", TapFace, "circle-lot", words="draws the lot"),
    Stop("tap Jo", TapFace, "circle-hand-over", words="is drawn"),
    Stop("touch back", RowsFace, words="What needs doing"),
    Stop("touch row:0", RowsFace, "circle-task"),
    Stop("touch row:1", RowsFace, "circle-task-day"),
    Stop("touch row:0", TapFace, "circle-task-doer"),
    Stop("tap Jo", RowsFace, words="What needs doing"),
    Stop("touch row:1", RowsFace, words="What is the question"),
    Stop("touch write", TypeFace, "circle-question"),
    Stop("type Shall we close at four on the day before a holiday?", TypeFace, words="holiday?'"),
    Stop("touch typed", RowsFace, "circle-what-is-told"),
    Stop("touch row:1", RowsFace, "circle-look-again"),
    Stop("touch row:1", SpeakFace, "circle-other-side"),
    Stop("touch vote", VoteFace, "vote-open", words="pressed=0"),
    Stop("touch press:yes", VoteFace, "vote-one-has-pressed", words="pressed=1"),
    Stop("back", VoteFace, "vote-stop", words="Stop this vote"),
    Stop("touch void", OutcomeFace, "vote-void"),
    Stop("touch on", RowsFace, words="What needs doing"),
    Stop("touch page:1", RowsFace, "circle-agenda-waiting", words="vote again"),
    Stop("touch words vote again", AskFace, "vote-again"),
    Stop("touch vote", SpeakFace),
    Stop("touch vote", VoteFace),
    *(
        stop
        for pressed, answer in enumerate(("yes", "no", "yes", "abstain", "yes", "no", "yes"), start=1)
        for stop in (
            Stop(f"touch press:{answer}", VoteFace, words=f"pressed={pressed}"),
            Stop("rest", VoteFace, "vote-open-still" if pressed == 5 else "", words="resting=False"),
        )
    ),
    Stop("touch press:yes", VoteFace, "vote-all-have-pressed", words="All have pressed"),
    Stop("", OutcomeFace, "vote-carried", words="Carried"),
    Stop("touch on", RowsFace),
    Stop("touch row:1", RowsFace, words="What is the question"),
    Stop("touch row:5", RowsFace, "charter-pick", words="Which number"),
    Stop("touch row:4", AskFace, "charter-dial", words="20 h"),
    Stop("touch less", AskFace, words="19 h"),
    Stop("touch typed", RowsFace, words="What is told"),
    Stop("touch row:1", RowsFace),
    Stop("touch row:1", SpeakFace, "charter-other-side"),
    Stop("touch vote", VoteFace, words="pressed=0"),
    *(
        stop
        for pressed, answer in enumerate(("yes", "no", "yes", "yes", "yes", "no", "yes"), start=1)
        for stop in (
            Stop(f"touch press:{answer}", VoteFace, words=f"pressed={pressed}"),
            Stop("rest", VoteFace, words="resting=False"),
        )
    ),
    Stop("touch press:yes", VoteFace, words="All have pressed"),
    Stop("", OutcomeFace, "charter-carried", words="It holds once"),
    Stop("touch on", RowsFace),
    Stop("touch close", AskFace, "circle-close"),
    Stop("touch close", ClosingFace, "circle-end"),
    Stop("touch done", WallFace, "wall-after-a-circle", words="SealOnWall"),
    Stop("touch seal", SealFace, "seal"),
    Stop("home", WallFace),
    Stop("touch people", TilesFace),
    Stop("touch seal", SealFace),
    Stop("home", WallFace),
    Stop("touch duties", DutiesFace),
    Stop("touch routines", RowsFace, "who-does-what", words="Who does what?"),
    Stop("touch row:0", RoutineFace, "one-routine"),
    Stop("touch benefit", RowsFace, "who-benefits", words="who benefits?"),
    Stop("touch row:1", TapFace, words="Who benefits?"),
    Stop("tap Jo", RoutineFace, "routine-with-answers", words="whoever does it"),
    Stop("touch invert", RowsFace, "turn-it-round", words="turn it round"),
    Stop("touch row:0", RowsFace, "turned-how-long", words="For how long?"),
    Stop("touch row:1", TapFace),
    Stop("tap Jo", TapFace, words="('Jo',)"),
    Stop("tap Ada", TapFace, "turned-by-many-hands", words="'Ada'"),
    Stop("tap Wen", RoutineFace, "routine-turned-round", words="Turned round until"),
    Stop("home", WallFace, "wall-turned-round", words="Turned round"),
    Stop("touch people", TilesFace),
    Stop("touch neighbours", TilesFace, "neighbours-none", words="No shop is linked yet"),
    Stop("touch card", SealFace, "neighbour-our-card"),
    Stop("home", WallFace),
    Stop("card Mill Lane", DialFace, "neighbour-how-far", words="Mill Lane wants to link"),
    Stop("tap Amina", TapFace, words="('Amina',)"),
    Stop("tap Jo", TapFace, "neighbour-hands", words="'Jo'"),
    Stop("tap Sara", TroubleFace, "neighbour-linked", words="Mill Lane is our neighbour"),
    Stop("touch ok", WallFace),
    Stop("tap Ada", HomeFace),
    Stop("touch neighbours", ShelfFace, "neighbours"),
    Stop("touch neighbour:Mill Lane", HomeFace, "neighbour"),
    Stop("touch swap there", TapFace, "neighbour-swap-there"),
    Stop("tap Ada", TroubleFace, "neighbour-knows-my-badge", words="Once this letter"),
    Stop("touch ok", WallFace, "wall-with-a-neighbour"),
    Stop("tap Jo", HomeFace),
    Stop("touch neighbours", ShelfFace),
    Stop("touch between", TilesFace, "between", words="strike fund"),
    Stop("touch circles", ShelfFace, "between-circles-none", words="We owe one shop"),
    Stop("back", TilesFace),
    Stop("touch tell", ShelfFace, "between-tell"),
    Stop("back", TilesFace),
    Stop("touch boards", BoardFace, "between-boards-empty"),
    Stop("touch offer", TypeFace, "between-offer"),
    Stop("type seats in the van to the market", TypeFace, words="market'"),
    Stop("touch typed", TilesFace, "between-how-long"),
    Stop("touch week", TapFace, "between-two-badges"),
    Stop("tap Ada", TroubleFace, "between-hangs", words="boards of all neighbours"),
    Stop("touch ok", WallFace),
    Stop("tap Sara", HomeFace),
    Stop("touch neighbours", ShelfFace),
    Stop("touch between", TilesFace),
    Stop("touch boards", BoardFace, "between-boards", words="seats"),
    Stop("back", TilesFace),
    Stop("touch fund", ShelfFace, "between-fund-empty"),
    Stop("touch pledge", TilesFace, "between-pledge-whom"),
    Stop("touch to:", MoneyFace),
    Stop("type 30000", MoneyFace, "between-pledge", words="€ 300.00"),
    Stop("touch typed", TapFace, words="('Sara',)"),
    Stop("tap Jo", TapFace, "between-many-hands", words="'Jo'"),
    Stop("tap Wen", TroubleFace, "between-pledged", words="Pledged"),
    Stop("touch ok", WallFace),
    Stop("tap Wen", HomeFace),
    Stop("touch neighbours", ShelfFace),
    Stop("touch between", TilesFace),
    Stop("touch fund", ShelfFace, "between-fund", words="€ 300.00"),
    Stop("touch call up", MoneyFace),
    Stop("type 50000", MoneyFace, "between-call-up", words="€ 500.00"),
    Stop("touch typed", TypeFace, "between-call-words"),
    Stop("back", MoneyFace),
    Stop("back", ShelfFace),
    Stop("back", TilesFace),
    Stop("touch orders", ShelfFace, "between-orders-empty"),
    Stop("touch call an order", TypeFace, "between-order-what"),
    Stop("type flour from the mill", TypeFace, words="mill'"),
    Stop("touch typed", TilesFace, "between-order-unit"),
    Stop("touch unit:0", MoneyFace),
    Stop("type 120", MoneyFace, "between-order-price", words="€ 1.20"),
    Stop("touch typed", TilesFace),
    Stop("touch week", TapFace, "between-order-badges"),
    Stop("tap Ada", TroubleFace, words="The order is open"),
    Stop("touch ok", WallFace),
    Stop("tap Ada", HomeFace),
    Stop("touch neighbours", ShelfFace),
    Stop("touch between", TilesFace),
    Stop("touch orders", ShelfFace, "between-orders", words="flour"),
    Stop("touch a tool", MoneyFace),
    Stop("type 12", MoneyFace, "between-order", words="12 kilos"),
    Stop("touch typed", TroubleFace, "between-ordered", words="12 kilos"),
    Stop("touch ok", WallFace),
    Stop("tap Amina", HomeFace),
    Stop("touch numbers", TilesFace, "numbers", words="aloud"),
    Stop("touch kind:made", TypeFace, "numbers-of-what"),
    Stop("type bread", TypeFace, words="'bread'"),
    Stop("touch typed", TypeFace),
    Stop("type loaves", TypeFace, "numbers-unit", words="'loaves'"),
    Stop("touch typed", MoneyFace),
    Stop("type 120", MoneyFace, "numbers-how-many", words="'120'"),
    Stop("touch typed", TilesFace, "numbers-when"),
    Stop("touch last week", TilesFace, "numbers-source", words="come from"),
    Stop("touch pick:1", TapFace, "numbers-two-badges"),
    Stop("tap Jo", TroubleFace, "numbers-written-down"),
    Stop("touch ok", WallFace),
    Stop("tap Sara", HomeFace),
    Stop("touch numbers", TilesFace),
    Stop("touch said", ShelfFace, "numbers-said", words="120 loaves"),
    Stop("touch a tool", EntryFace, "numbers-one", words="it is wrong"),
    Stop("touch wrong", TilesFace, "numbers-wrong"),
    Stop("home", WallFace),
    Stop("tap Sara", HomeFace),
    Stop("touch numbers", TilesFace),
    Stop("touch charter", ShelfFace, "charter"),
    Stop("touch a decision", TapFace, "charter-hands"),
    Stop("tap Jo", TapFace, words="'Jo'"),
    Stop("tap Wen", TroubleFace, "charter-holds", words="From now on"),
    Stop("touch ok", WallFace),
    Stop("stranger", TroubleFace, "unknown-badge"),
    Stop("touch ok", WallFace),
    Stop("phone", TroubleFace, "a-phone"),
    Stop("touch ok", WallFace),
    Stop("two", TroubleFace, "two-badges"),
    Stop("touch ok", WallFace),
    Stop("nonsense", TroubleFace, "foreign-code"),
    Stop("touch ok", WallFace),
    Stop("tap Luís", HomeFace),
    Stop("touch swap", TilesFace),
    Stop("touch work:cooking", DialFace),
    Stop("stranger", DialFace, "dial-unknown-badge", words="nobody’s yet"),
    Stop("home", WallFace),
    Stop("touch people", TilesFace),
    Stop("touch checkup", ListFace, "how-is-the-kiosk"),
    Stop("touch try", TryoutFace),
    Stop("tap Luís", TryoutFace, "try-everything-out", words="that is known here"),
    Stop("home", WallFace),
    Stop("touch size", WallFace, "wall-larger", words="size=1"),
    Stop("tap Luís", HomeFace, "visit-larger", words="size=1"),
    Stop("touch size", HomeFace, "visit-largest", words="size=2"),
    Stop("home", WallFace),
    Stop("tap Luís", HomeFace),
    Stop("touch potluck", PotluckFace, "potluck-successes", words="went well"),
    Stop("touch on", PotluckFace, "potluck-failures", words="went wrong"),
    Stop("touch on", PotluckFace, "potluck-number", words="read aloud"),
    Stop("home", WallFace),
    Stop("unplug badge reader", WallFace, "wall-reader-gone", words="does not answer"),
    Stop("touch work:care", TapFace, "tap-reader-gone"),
    Stop("plug badge reader", TapFace, words="alarms=()"),
)
"""A shop that has been going for some days."""


TURNS = ("Amina", "Jo", "Tomek", "Sara", "Priya")
"""Who is in the circle on the tour's Friday."""

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
        for stop in _ballot(name, presses)
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


CARD_PULLED = (
    Stop("", WallFace),
    Stop("touch work:repair", TapFace),
    Stop("tap Priya", DialFace),
    Stop("pull the card", DialFace, "card-is-gone", words="The memory card is not there"),
    Stop("home", WallFace, "wall-card-is-gone", words="nothing can be booked"),
)
"""The card is pulled out in the middle of a swap."""

CAREFUL = (("", "careful"), ("read", "careful-record"), ("check", "careful-checked"), ("copy", "careful-no-stick"))
"""Touches on the page after three starts that did not live, and the pictures they lead to."""
A_COPY = (
    Stop("", TroubleFace, "copy-the-same", words="wants to be put in place"),
    Stop("touch not now", WallFace),
    Stop("touch work:repair", TapFace),
    Stop("tap Priya", DialFace),
    Stop("tap Wen", BookedFace),
    Stop("touch done", WallFace, "wall-with-a-copy", words="wants to be put in place"),
    Stop("touch people", TilesFace, "people-with-a-copy", words="a copy of the record"),
    Stop("touch copy", TroubleFace, "copy-older", words="1 entry would be lost"),
    Stop("touch put in place", TapFace, "copy-hands"),
    Stop("stranger", TapFace, "copy-not-this-badge", words="does not know this badge"),
    Stop("tap Jo", TapFace, "copy-one-hand", words="('Jo',)"),
    Stop("tap Sara", TapFace, words="'Sara'"),
    Stop("tap Ada", TroubleFace, "copy-put-in-place", words="is put in place"),
)
"""A copy of the record that lies ready, older than the record by a swap."""

A_FRESH_CARD = (
    Stop("", TroubleFace, "copy-on-a-fresh-card", words="no record here yet"),
    Stop("touch not now", WelcomeFace, "nobodys-yet-with-a-copy", words="put a copy in place"),
)
"""A new card, and the copy that is to go on living on it."""


def play(folder: Path, settings: Settings) -> int:
    """Play all shops and leave pictures in the folder, one subfolder a size. Gives the exit code."""
    seen = list(walk(settings))
    _draw(seen, folder)
    sys.stderr.write(f"{len(seen)} screens at {len(SIZES)} sizes, and the wall, in {folder}\n")
    return 0


class Guide:
    """Leads through a shop: does what a stop says, and waits for its face."""

    def __init__(self, house: House, hands: PretendHands, shown: "Shown", card: Path) -> None:
        self._house = house
        self._card = card
        self._hands = hands
        self._shown = shown

    def lead(self, stop: Stop) -> Face:
        """Do it, and give the face that follows; raises TourError when it does not come."""
        word, _, rest = stop.do.partition(" ")
        before = self._shown.count
        if word:
            self._does()[word](rest)
        return self._shown.wait_for(stop, newer_than=before if word else 0)

    def _does(self) -> dict[str, Callable[[str], None]]:
        return {
            "touch": self._touch,
            "type": lambda text: self._house.hear(Touch("type", text)),
            "turn": lambda minutes: self._house.hear(Touch("turn", minutes)),
            "home": lambda _: self._house.hear(Touch("home")),
            "back": lambda _: self._house.hear(Touch("back")),
            "tap": lambda name: self._lay(lambda: self._hands.tap(name)),
            "phone": lambda _: self._lay(self._hands.phone),
            "stranger": lambda _: self._lay(self._hands.unknown),
            "two": lambda _: self._hands.lay_two(),
            "nonsense": lambda _: self._hands.scan_nonsense(),
            "drop": lambda cents: self._hands.drop(int(cents)),
            "card": lambda shop: self._hands.scan(_card_of(shop)),
            "label": lambda letters: self._hands.scan(write_label(letters)),
            "rest": lambda _: time.sleep(REST),
            "pull": lambda _: self._pull_the_card(),
            "unplug": lambda device: self._hands.cable(device, plugged=False),
            "plug": lambda device: self._hands.cable(device, plugged=True),
        }

    def _pull_the_card(self) -> None:
        """And tap, to see whether it can do without."""
        self._card.rename(self._card.with_name("pulled"))
        self._lay(lambda: self._hands.tap("Wen"))

    def _touch(self, key: str) -> None:
        face = self._shown.newest
        if key.startswith("press:"):
            time.sleep(REST)  # the buttons rest after each press
        if key == "a proposal" and isinstance(face, JarFace):
            key = face.lines[0].key
        if key == "a tool" and isinstance(face, ShelfFace):
            key = face.lines[0].key
        if key == "a decision" and isinstance(face, ShelfFace):
            key = face.choices[0].key
        if key.startswith("words ") and isinstance(face, RowsFace):
            # What day it is says where in the list it stands.
            key = next(each.key for each in face.rows if each.words.startswith(key.removeprefix("words ")))
        if key == "first line" and isinstance(face, ListFace):
            key = face.lines[0].key
        if key == "first notice" and isinstance(face, BoardFace):
            key = face.needs[0].key
        self._house.hear(Touch("choose", key))

    def _lay(self, lay: Callable[[], None]) -> None:
        """The next badge comes when the last one is gone, and not so soon that it is taken for the same tap."""
        self._shown.wait_until_gone()
        lay()


class Shown:
    """What the screen showed last, and whether a badge still lies on the reader."""

    def __init__(self) -> None:
        self.newest: Face | None = None
        self.count = 0
        self._news = threading.Condition()
        self._lying = 0

    def show(self, face: Face) -> None:
        """A new face."""
        with self._news:
            self.newest = face
            self.count += 1
            self._news.notify_all()

    def hear(self, signal: Signal) -> None:
        """A signal; only badges coming and going count here."""
        with self._news:
            if isinstance(signal, CardGone):
                self._lying = 0
            elif isinstance(signal, CardSeen | CardsAmbiguous):
                self._lying = 1
            self._news.notify_all()

    def wait_until_gone(self) -> None:
        """Until nothing lies on the reader."""
        with self._news:
            self._news.wait_for(lambda: not self._lying, PATIENCE)
        time.sleep(REST)

    def wait_for(self, stop: Stop, newer_than: int) -> Face:
        """The face that a stop leads to: not one of the first so many."""
        with self._news:
            came = self._news.wait_for(lambda: self.count > newer_than and self._is(stop), PATIENCE)
        if not came or self.newest is None:
            raise TourError(f"after {stop.do!r} no {stop.face.__name__} came; the screen shows {self.newest}")
        return self.newest

    def _is(self, stop: Stop) -> bool:
        if not isinstance(self.newest, stop.face):
            return False
        spoken = self.newest.language if isinstance(self.newest, WallFace) else self.newest.frame.language
        read = not any(sign in stop.words for sign in "'=(")
        # What people read is looked for in English only.
        return stop.words in repr(self.newest) or (read and spoken != ENGLISH)


def walk(settings: Settings) -> Iterator[tuple[str, Face]]:
    """The name of each picture and its face, as the tour comes past it. Raises TourError where it gets stuck."""
    for stops in (EMPTY_SHOP, DEMO_SHOP, JAR_AND_SHELF, A_COPY, A_FRESH_CARD, CARD_PULLED):
        with ExitStack() as stairs:
            fresh = stops in (EMPTY_SHOP, A_FRESH_CARD)
            copy = stops in (A_COPY, A_FRESH_CARD)
            guide = _open(settings, stairs, demo=not fresh, jar=stops is JAR_AND_SHELF, copy=copy)
            for stop in stops:
                face = guide.lead(stop)
                if stop.picture:
                    yield stop.picture, face
    yield from _careful(settings)


def _careful(settings: Settings) -> Iterator[tuple[str, Face]]:
    """What is shown after three starts that did not live."""
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as name:
        folder, shown = Path(name), Shown()
        with Store.open(folder) as store:
            settle_in(store, BadgeKey.of(folder, may_make=True), SystemClock().now())
        why = fell_over(
            "the screen: KeyError at kiosk/screens/wall.py:161 in draw, kiosk/screens/stage.py:218 in show"
        )
        house = SafeHouse(
            folder,
            settings.shop.name,
            why,
            show=shown.show,
            again=_again,
            sticks=tuple,
            language=settings.shop.language,
        )
        house.start()
        for key, picture in CAREFUL:
            before = shown.count
            if key:
                house.hear(Touch("choose", key))
            newest = shown.wait_for(
                Stop(key, PlainFace, words="icon=" if not key else "back=True"), before if key else 0
            )
            yield picture, newest
        house.stop()


def _again() -> None:
    """Nobody starts anything on the tour."""


def _open(settings: Settings, stairs: ExitStack, *, demo: bool, jar: bool, copy: bool = False) -> Guide:
    folder = Path(stairs.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-tour-"))) / "card"
    store = stairs.enter_context(Store.open(folder))
    key = BadgeKey.of(folder, may_make=True)
    clock, shown = SystemClock(), Shown()
    state = settle_in(store, key, clock.now(), jar=jar) if demo else State()
    if copy:
        _lay_ready(folder, stairs)
    signer = seal_key(folder, store.device, may_make=True)
    assert signer is not None
    core, keeping = Core(store, state, clock), Safekeeping(folder, store, again=lambda: None)
    house = House(
        core,
        settings.shop.name,
        show=shown.show,
        copies=keeping.look,
        put_in_place=keeps(core, keeping),
        sealing=sealing(folder, store.device, store.tree),
        box=lambda: A_BOX,
        language=settings.shop.language,
        audit=audit_of(folder),
        street=street(folder, store.device, signer, settings.shop.name, find=store.find),
    )
    rig, hands = open_devices(Settings(), pretend=True)
    assert isinstance(hands, PretendHands)
    stairs.callback(hands.close)
    house.start()
    stairs.callback(house.stop)
    rig.start(tee(listener(key, house.hear, keeping.key, LinkKeys(signer, lambda: core.state)), shown.hear))
    stairs.callback(rig.stop)
    return Guide(house, hands, shown, folder)


def _card_of(shop: str) -> str:
    """The code of another shop's card, as its kiosk shows it where it is on no wire."""
    [code] = as_codes(write_card(shop, Signer("commons-kiosk/neighbour", bytes(32)))) or ("",)
    return code


def _lay_ready(folder: Path, stairs: ExitStack) -> None:
    """A copy of the shop as it is; on a fresh card one of the demo shop."""
    with Reader.open(folder) as reader:
        fresh = not reader.last_number
    source = folder
    if fresh:
        source = Path(stairs.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-tour-")))
        with Store.open(source) as other:
            settle_in(other, BadgeKey.of(source, may_make=True), SystemClock().now())
    with Reader.open(source) as reader:
        checked = check(reader)
        copy_keys(source, lay_ready(reader, folder))
    offer(folder, checked)


def _draw(seen: list[tuple[str, Face]], folder: Path) -> None:
    from kiosk.screens.window import prepare

    prepare(offscreen=True)
    from kiosk.screens.pictures import picture

    for name, face in seen:
        sizes = (*SIZES, WALL_SIZE) if isinstance(face, WallFace) else SIZES
        for width, height in sizes:
            place = folder / f"{width}x{height}"
            place.mkdir(parents=True, exist_ok=True)
            picture(face, (width, height), place / f"{name}.png")
