"""Whatever people do at the kiosk, in whatever order: it goes on, the sum is zero, and nothing is booked alone."""

import random
import tempfile
from pathlib import Path

import pytest
from by_hand import Kiosk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.demo import MEMBERS, tag
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
    HoursCountered,
    HoursSwapped,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    TaskTaken,
    Voiced,
    moves,
)
from kiosk.faces import (
    BoardFace,
    BookedFace,
    Choice,
    DialFace,
    DutiesFace,
    Face,
    ListFace,
    Touch,
    TypeFace,
    WallFace,
)
from kiosk.visit.hearing import Misread, Pressed

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
    if isinstance(face, ListFace):
        found += [line.key for line in face.lines]
    return found


acts = st.lists(
    st.one_of(
        st.tuples(st.just("tap"), st.sampled_from(MEMBERS)),
        st.tuples(st.just("touch"), st.integers(0, 30)),
        st.tuples(st.just("touch"), st.integers(0, 30)),
        st.tuples(st.just("type"), st.sampled_from([*HOSTILE, "Nadia", "a few words"])),
        st.tuples(st.just("turn"), st.sampled_from(["15", "-15", "600", "x", "", "-"])),
        st.tuples(st.just("odd"), st.sampled_from(["back", "home", "stay", "stranger", "two", "press", "junk"])),
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
        case CircleOpened(roll=roll):
            return set(roll)
        case TaskTaken(doer=doer):
            return {doer}
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
        case "odd", "junk":
            kiosk.touch("no such thing:at all")
        case "odd", str(verb):
            kiosk.house.live_once(Touch(verb))  # type: ignore[arg-type]


@given(acts)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


@pytest.mark.parametrize("seed", range(6))
def test_a_long_day_of_people_coming_and_going_books_nothing_without_their_badges(tmp_path, seed):
    """Long walks find what short histories don't: things that one person leaves behind for the next."""
    kiosk, chance = Kiosk(tmp_path), random.Random(seed)
    kiosk.wait(0)
    there: set[str] = set()
    for _ in range(1500):
        there = set() if isinstance(kiosk.faces[-1], WallFace) else there
        what, how = some_act(chance)
        there |= whose(kiosk, how)
        before = kiosk.store.next_number - 1
        act(kiosk, what, how)
        for entry in kiosk.store.store.entries(after=before):
            assert acting(entry.event) <= there, f"{entry.event} without their badges; {there} tapped"
    kiosk.store.close()


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
            return "type", chance.choice(["a few words", *HOSTILE])
        case "turn":
            return "turn", chance.choice(["15", "-15", "60"])
        case "back":
            return "odd", "back"
        case "wait":
            return "wait", chance.choice([1, 7, 21])
    return "odd", chance.choice(["home", "stranger", "press", "two"])


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
