"""Whatever people do at the kiosk, in whatever order: it goes on, the sum is zero, and nothing is booked alone."""

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from by_hand import Kiosk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.commands import GiveMoney, ProposeProject, SecondProject
from kiosk.core import Booked
from kiosk.demo import MEMBERS, UIDS, tag
from kiosk.events import (
    HOURS,
    AnyEvent,
    BadgeAdded,
    BadgeRevoked,
    CircleOpened,
    CommonsServed,
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    ForkMended,
    FridayClosed,
    FridayOpened,
    HoursCountered,
    HoursSwapped,
    JarCounted,
    LetterWritten,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    MoneyGiven,
    NeighbourLinked,
    NeighbourUnlinked,
    ProjectProposed,
    ProjectSeconded,
    ReceiptShown,
    ReserveSpent,
    RestDecided,
    RoundVoided,
    TaskTaken,
    ToolBorrowed,
    ToolGone,
    ToolShelved,
    Voiced,
    WagesSliced,
    moves,
)
from kiosk.faces import (
    BallotFace,
    BoardFace,
    BookedFace,
    Choice,
    DialFace,
    DutiesFace,
    Face,
    GatherFace,
    JarFace,
    ListFace,
    MoneyFace,
    RowsFace,
    ShelfFace,
    TapFace,
    Touch,
    TypeFace,
    WallFace,
)
from kiosk.letters import write_card
from kiosk.letters.codes import as_codes
from kiosk.rules.funds import in_hand
from kiosk.sealing.note import Signer
from kiosk.visit.hearing import HeldTogether, LetterScanned, Misread, Pressed

CARD = as_codes(write_card("Mill Lane", Signer("commons-kiosk/kmill", b"m" * 32))) or ()
LETTERS = (*CARD, "COMMONS-POST:5F3A90C1:2/3:ABC", "COMMONS-POST:", *CARD)
"""The card of a shop that may be linked, a code that lacks its others, and one that is none."""

LABELS = ("AAAAAAAA", "BBBBBBBB")

HOSTILE = ["[b]x[/b]", "", " ", "a" * 200, "{work}", "\u202egnirts", "'; --", "Ünïcödé", "0", "\x00", "commons"]


def keys_on(face: Face) -> list[str]:
    """All that can be touched on a face."""
    found: list[str] = []
    for value in (getattr(face, name) for name in face.__struct_fields__):
        items = value if isinstance(value, tuple) else (value,)
        found += [item.key for item in items if isinstance(item, Choice) and item.able]
    if isinstance(face, BoardFace | WallFace):
        hung = face.notices if isinstance(face, WallFace) else (*face.needs, *face.offers)
        found += [notice.key for notice in hung]
    if isinstance(face, DutiesFace):
        found += [row.key for row in face.rows]
        found += [face.jar.key] if isinstance(face, WallFace) and face.jar else []
    if isinstance(face, ListFace | JarFace | ShelfFace):
        found += [line.key for line in face.lines]
    return found


acts = st.lists(
    st.one_of(
        st.tuples(st.just("tap"), st.sampled_from(MEMBERS)),
        st.tuples(st.just("touch"), st.integers(0, 30)),
        st.tuples(st.just("touch"), st.integers(0, 30)),
        st.tuples(st.just("type"), st.sampled_from([*HOSTILE, "Nadia", "a few words"])),
        st.tuples(st.just("turn"), st.sampled_from(["15", "-15", "600", "x", "", "-"])),
        st.tuples(st.just("type"), st.sampled_from(["1250", "999999999", "0", "12a"])),
        st.tuples(
            st.just("odd"),
            st.sampled_from(
                ["back", "home", "stay", "stranger", "two", "press", "junk", "label", "coin", "letter"],
            ),
        ),
        st.tuples(st.just("wait"), st.sampled_from([1, 7, 21, 301, 50_000])),
    ),
    max_size=40,
)


def whose(kiosk: Kiosk, how: object) -> set[str]:
    """Whose badge an act lays down; a stranger's, and one of somebody who left, may have become another's."""
    if how == "stranger":
        badge = kiosk.stranger
    elif isinstance(how, str) and how in MEMBERS:
        badge = tag(kiosk.key, how).hash
    else:
        return set()
    owner = kiosk.core.state.owner(badge)
    return {owner.handle} if owner else set()


def acting(event: AnyEvent) -> set[str]:
    """Everybody whose badge an entry must have come from, since the wall was last shown."""
    match event:
        case HoursSwapped():
            return {event.giver, *(share.handle for share in event.receivers)}
        case CommonsServed():
            return {event.giver, event.witness}
        case HoursCountered():
            return set(event.by)
        case MemberLeft():
            return set(event.hands) or {event.handle}
        case MemberJoined() | MemberReturned() | BadgeAdded() | BadgeRevoked() | DutyBegan() | DutyEnded():
            return set(event.hands)
        case DutyDrawn(by=by):
            return {by}
        case DutyHandedOver(coming=coming, leaving=leaving, witness=witness):
            return {coming, witness or leaving}
        case (
            NeighbourLinked(hands=hands)
            | NeighbourUnlinked(hands=hands)
            | LetterWritten(hands=hands)
            | ForkMended(hands=hands)
        ):
            return set(hands)
        case CircleOpened(roll=roll):
            return set(roll)
        case TaskTaken(doer=doer):
            return {doer}
        case MoneyGiven(giver=giver, witness=witness):
            return {giver, witness}
        case WagesSliced(hands=hands, slices=slices):
            return {*hands, *(each.handle for each in slices)}
        case JarCounted(hands=hands) | RestDecided(hands=hands) | ToolShelved(hands=hands) | ToolGone(hands=hands):
            return set(hands)
        case ReserveSpent(hands=hands, carrier=carrier):
            return {*hands, carrier}
        case ProjectProposed(proposer=proposer, carrier=carrier):
            return {proposer, carrier}
        case ReceiptShown(handle=handle, witness=witness):
            return {handle, witness} - {""}
    return {name} if (name := getattr(event, "handle", "")) and not isinstance(event, Voiced) else set()


def act(kiosk: Kiosk, what: str, how: object) -> None:
    kiosk.clock.ms += 1_500
    match what, how:
        case "tap", str(name):
            kiosk.tap(name)
        case "touch", int(place):
            keys = keys_on(kiosk.faces[-1]) if kiosk.faces else []
            if keys:
                kiosk.touch(keys[place % len(keys)])
        case "type", str(text):
            kiosk.house.live_once(Touch("type", text))
            kiosk.touch("typed")
        case "key", str(key):
            kiosk.touch(key)
        case "digits", str(text):
            kiosk.digits(text)
        case "turn", str(text):
            kiosk.house.live_once(Touch("turn", text))
        case "wait", int(seconds):
            kiosk.wait(seconds)
        case "odd", "stranger":
            kiosk.tap_stranger()
        case "odd", "two":
            kiosk.house.live_once(Misread("two cards"))
        case "odd", "press":
            kiosk.house.live_once(Pressed("yes"))
        case "odd", "square":
            kiosk.house.live_once(Pressed("no"))
        case "odd", "hold":
            kiosk.house.live_once(HeldTogether())
        case "odd", "label":
            kiosk.scan(LABELS[kiosk.clock.ms // 1000 % 2])
        case "odd", "letter":
            kiosk.house.live_once(LetterScanned(LETTERS[kiosk.clock.ms // 1000 % len(LETTERS)]))
        case "odd", "coin":
            kiosk.drop(50)
        case "odd", "junk":
            kiosk.touch("no such thing:at all")
        case "odd", str(verb):
            kiosk.house.live_once(Touch(verb))  # type: ignore[arg-type]


@given(acts)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_people_do_makes_it_stumble_or_the_sum_anything_but_zero(done):
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(Path(folder))
        try:
            there: set[str] = set()
            for what, how in done:
                there = set() if isinstance(kiosk.faces[-1:][0] if kiosk.faces else None, WallFace) else there
                there |= whose(kiosk, how)
                before = kiosk.store.next_number - 1
                act(kiosk, what, how)
                for entry in kiosk.store.store.entries(after=before):
                    assert acting(entry.event) <= there, f"{entry.event} without their badges; {there} tapped"
                said = getattr(kiosk.faces[-1], "said", None) if kiosk.faces else None
                assert said is None or said.words != "Something went wrong here", (what, how)
                assert sum(account.minutes for account in kiosk.core.state.accounts.values()) == 0
            for entry in kiosk.store.store.entries():
                assert sum(moves(entry.event).values()) == 0
        finally:
            kiosk.store.close()


@pytest.mark.parametrize("seed", range(3))
def test_a_long_day_of_people_coming_and_going_books_nothing_without_their_badges(tmp_path, seed):
    """Long walks find what short histories don't: things that one person leaves behind for the next."""
    chance = random.Random(seed)
    a_long_day(tmp_path, lambda _: some_act(chance))


at_the_jar: list[set[type]] = []


@pytest.mark.parametrize("seed", range(3))
def test_a_long_day_at_the_jar_books_nothing_without_the_badges_it_names(tmp_path, seed):
    chance = random.Random(seed)
    at_the_jar.append(a_long_day(tmp_path, lambda face: some_act_at_the_jar(chance, face)))
    if len(at_the_jar) == 4:
        often = {ProjectProposed, ProjectSeconded, MoneyGiven, WagesSliced, ToolShelved, ToolBorrowed}
        assert often <= set().union(*at_the_jar), "the walks end too early"


on_fridays: list[set[type]] = []


@pytest.mark.parametrize("seed", range(3))
def test_on_a_long_friday_every_cent_stays_accounted_for(tmp_path, seed):
    """Whatever the circle presses, in whatever order, and whoever walks off in the middle of a vote."""
    chance = random.Random(seed)
    on_fridays.append(a_long_day(tmp_path, lambda face: some_act_on_friday(chance, face), prepared=with_proposals))
    if len(on_fridays) == 4:
        assert {FridayOpened, FridayClosed, RoundVoided} <= set().union(*on_fridays), "the walks end too early"


def with_proposals(kiosk: Kiosk) -> None:
    """A Friday afternoon with money in the jar and three things that stand."""
    kiosk.wait(4 * 24 * 3600)
    amina, jo = (kiosk.key.hash("nfc", UIDS[name]) for name in MEMBERS[:2])
    kiosk.core.handle(GiveMoney(amina, jo, 25000))
    for cents in (12000, 9000, 9000):
        kiosk.clock.ms += 20_000
        booked = kiosk.core.handle(ProposeProject(amina, f"a thing for {cents}", cents, "other"))
        assert isinstance(booked, Booked)
        kiosk.core.handle(SecondProject(booked.entries[-1].id, jo))


def some_act_on_friday(chance: random.Random, face: Face) -> tuple[str, object]:
    """As above, of a circle that wants to give the jar away."""
    sure = chance.random()
    match face:
        case WallFace() if sure < 0.8:
            return "odd", "hold"
        case MoneyFace() if sure < 0.3:
            return "digits", chance.choice(["25000", "24000"])
        case TapFace() | GatherFace() | MoneyFace() | BallotFace(waiting=True) if sure < 0.7:
            return "tap", chance.choice(MEMBERS[:4])
        case BallotFace() if sure < 0.9:
            return "key", chance.choice(["press:yes", "press:no"])
        case RowsFace(rows=rows) if sure < 0.3 and any(each.words.startswith("Friday") for each in rows):
            return "key", next(each.key for each in rows if each.words.startswith("Friday"))
        case TypeFace() if sure < 0.8:
            return "type", chance.choice(["a few words", "9000"])
    if sure < 0.97:
        return chance.choice([("touch", chance.randrange(30)), ("odd", "press"), ("odd", "square")])
    return some_act(chance)


def a_long_day(
    folder: Path,
    next_act: Callable[[Face], tuple[str, object]],
    prepared: Callable[[Kiosk], None] = lambda kiosk: kiosk.wait(0),
) -> set[type]:
    """Walk, and say which kinds of entries came of it."""
    kiosk = Kiosk(folder)
    prepared(kiosk)
    kiosk.wait(0)
    there: set[str] = set()
    booked: set[type] = set()
    sums: dict[str, int] = {}
    for _ in range(1500):
        there = set() if isinstance(kiosk.faces[-1], WallFace) else there
        what, how = next_act(kiosk.faces[-1])
        there |= whose(kiosk, how)
        before = kiosk.store.next_number - 1
        act(kiosk, what, how)
        for entry in kiosk.store.store.entries(after=before):
            assert acting(entry.event) <= there, f"{entry.event} without their badges; {there} tapped"
            booked.add(type(entry.event))
            if isinstance(entry.event, FridayClosed):
                assert entry.event.spent + entry.event.rest == sums[entry.event.round]
            if isinstance(entry.event, FridayOpened):
                sums[entry.id] = entry.event.cents
        said = getattr(kiosk.faces[-1], "said", None)
        assert said is None or said.words != "Something went wrong here", (what, how)
    money = kiosk.core.state.money
    assert in_hand(kiosk.core.state) == money.came.total - money.spent - money.returned
    kiosk.store.close()
    return booked


def some_act_at_the_jar(chance: random.Random, face: Face) -> tuple[str, object]:
    """As above, of people who mean it: they write where words are asked for, and tap where a badge is."""
    sure = chance.random()
    match face:
        case WallFace() if sure < 0.6:
            return "key", chance.choice(["jar", "jar", "tools"])
        case WallFace() if sure < 0.8:
            return "odd", "label"
        case TypeFace() if sure < 0.8:
            return "type", chance.choice(["a few words", "the long ladder", "the drill", "a second mixer"])
        case MoneyFace(book=None) if sure < 0.4:
            return "digits", chance.choice(["1250", "5000", "200"])
        case MoneyFace() if sure < 0.6:
            return "type", chance.choice(["1250", "5000", "200"])
        case TapFace() | MoneyFace() if sure < 0.9:
            return "tap", chance.choice(MEMBERS[:4])
    return some_act(chance)


def some_act(chance: random.Random) -> tuple[str, object]:
    """One act, the likely ones often: people mostly touch what is there, or tap."""
    kinds = ("touch", "tap", "type", "turn", "back", "wait", "odd")
    [what] = chance.choices(kinds, weights=(50, 20, 8, 5, 10, 4, 3))
    match what:
        case "touch":
            return "touch", chance.randrange(30)
        case "tap":
            return "tap", chance.choice(MEMBERS[:4])
        case "type":
            return "type", chance.choice(["a few words", "1250", *HOSTILE])
        case "turn":
            return "turn", chance.choice(["15", "-15", "60"])
        case "back":
            return "odd", "back"
        case "wait":
            return "wait", chance.choice([1, 7, 21])
    return "odd", chance.choice(["home", "stranger", "press", "square", "two", "label", "coin"])


def test_one_badge_alone_moves_nobody_elses_hours(tmp_path):
    """Every way through the screens with a single badge, two touches deep from the dial: nothing is booked."""
    kiosk = Kiosk(tmp_path)
    before = [entry for entry in kiosk.store.entries() if isinstance(entry.event, HOURS)]
    for way in ([], ["several"], ["commons"], ["several", "book"], ["note", "typed"], ["one"]):
        kiosk.tap("Priya")
        kiosk.touch("swap")
        kiosk.touch("work:repair")
        assert isinstance(kiosk.faces[-1], DialFace)
        for key in way:
            kiosk.touch(key)
        kiosk.tap("Priya")
        kiosk.touch("book")
        kiosk.house.live_once(Touch("home"))
    assert [entry for entry in kiosk.store.entries() if isinstance(entry.event, HOURS)] == before


def test_a_visit_ends_by_itself_after_twenty_seconds_and_shows_the_last_five(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.tap("Amina")
    kiosk.wait(14)
    assert kiosk.faces[-1].frame.seconds_left is None
    kiosk.wait(2)
    assert kiosk.faces[-1].frame.seconds_left == 4
    kiosk.house.live_once(Touch("stay"))
    kiosk.wait(14)
    assert kiosk.faces[-1].frame.seconds_left is None
    kiosk.wait(6)
    assert isinstance(kiosk.faces[-1], WallFace)


def test_half_a_name_is_kept_while_it_is_written_and_gone_when_the_writer_is(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.touch("people")
    kiosk.touch("join")
    kiosk.house.live_once(Touch("type", "Nad"))
    assert isinstance(kiosk.faces[-1], TypeFace)
    assert kiosk.faces[-1].text == "Nad"
    kiosk.wait(21)
    kiosk.touch("people")
    kiosk.touch("join")
    assert kiosk.faces[-1].text == ""


def test_the_receipt_counts_down_the_undo(tmp_path):
    kiosk = Kiosk(tmp_path)
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    kiosk.tap("Wen")
    face = kiosk.faces[-1]
    assert isinstance(face, BookedFace)
    assert face.undo_left == 300
    kiosk.wait(10)
    assert kiosk.faces[-1].undo_left == 290
    [newest] = list(kiosk.store.entries(after=kiosk.store.next_number - 2))
    assert isinstance(newest.event, HoursSwapped)
