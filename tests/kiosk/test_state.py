import msgspec
import pytest

from kiosk.amounts import COMMONS, BadgeHash, EntryId, Moment
from kiosk.events import (
    BadgeAdded,
    BadgeRevoked,
    ClockDropped,
    ClockStarted,
    CommonsServed,
    Entry,
    Founder,
    HoursCountered,
    HoursSwapped,
    LeaveEnded,
    LeaveStarted,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    NoticePosted,
    NoticeTakenDown,
    Share,
    ShopFounded,
    WorkNamed,
)
from kiosk.state import LATEST, RECENT, TABLES, WORK, Board, State, Touched, apply, document, fold, restore

NOON = 1_793_620_800_000
"""2026-11-02 12:00 UTC."""
MONTH = 30 * 24 * 3600 * 1000

ADA, BEN, CY, DAN = (BadgeHash(name) for name in ("ada", "ben", "cy", "dan"))
FOUNDED = ShopFounded((Founder("Ada", ADA, "tag"), Founder("Ben", BEN, "tag"), Founder("Cy", CY, "card")))


def record(*events, wall=NOON):
    return [
        Entry(device="k1", number=place, moment=Moment(wall=wall + place, mono=place, boot="a"), event=event)
        for place, event in enumerate((FOUNDED, *events), start=1)
    ]


def after(*events, wall=NOON):
    return fold(record(*events, wall=wall))


def swap(giver="Ada", receiver="Ben", minutes=60, **more):
    return HoursSwapped(giver, (Share(receiver, minutes),), "care", **more)


def balances(state):
    return {handle: account.minutes for handle, account in state.accounts.items()}


def test_a_kiosk_out_of_its_box_belongs_to_nobody_yet():
    state = fold([])
    assert state == State()
    assert state.founded is None
    assert state.present() == ()
    assert state.balance("Ada") == 0
    assert state.owner(ADA) is None


def test_the_founders_badges_open_the_shop():
    state = after()
    assert [member.handle for member in state.present()] == ["Ada", "Ben", "Cy"]
    assert {badge: state.owner(badge).handle for badge in (ADA, BEN, CY)} == {ADA: "Ada", BEN: "Ben", CY: "Cy"}
    assert state.founded.wall == NOON + 1


def test_what_needs_care_needs_more_hands_in_a_bigger_shop():
    joined = [MemberJoined(f"M{place}", BadgeHash(f"m{place}"), "tag", ("Ada", "Ben")) for place in range(3)]
    assert after(*joined[:2]).hands_needed() == 2
    assert after(*joined).hands_needed() == 3
    assert after(*joined, LeaveStarted("M0")).hands_needed() == 3
    assert after(*joined, MemberLeft("M0", 0)).hands_needed() == 2


def test_a_lost_badge_opens_nothing_and_is_remembered():
    state = after(BadgeAdded("Ada", DAN, "card", ("Ben", "Cy")), BadgeRevoked("Ada", ADA, ("Ben", "Cy")))
    assert state.owner(ADA) is None
    assert state.owner(DAN).handle == "Ada"
    assert not state.badges[ADA].good


def test_whoever_left_has_no_badge_left_in_the_kiosk_but_keeps_their_name():
    events = (
        BadgeAdded("Ada", DAN, "card", ("Ben", "Cy")),
        BadgeRevoked("Ada", ADA, ("Ben", "Cy")),
        ClockStarted("Ada", "care"),
        NoticePosted("Ada", "need", "care", "x", "2026-11-30"),
        swap(),
        MemberLeft("Ada", 60),
    )
    state = after(*events)
    assert DAN not in state.badges
    assert not state.badges[ADA].good
    assert state.notices == {}
    assert state.members["Ada"].standing == "left"
    assert state.members["Ada"].clock is None
    assert balances(state) == {"Ada": 0, "Ben": -60, COMMONS: 60}
    assert [member.handle for member in state.present()] == ["Ben", "Cy"]


def test_coming_back_is_remembered_so_that_old_hours_stay_where_they_went():
    state = after(MemberLeft("Ada", 0), MemberReturned("Ada", DAN, "card", ("Ben", "Cy")))
    assert state.members["Ada"].standing == "here"
    assert state.members["Ada"].back == "k1/3"
    assert state.members["Ben"].back is None
    assert state.owner(DAN).handle == "Ada"


def test_leave_begins_and_ends():
    assert after(LeaveStarted("Ada")).members["Ada"].standing == "away"
    assert after(LeaveStarted("Ada"), LeaveEnded("Ada")).members["Ada"].standing == "here"


@pytest.mark.parametrize(
    "end", [ClockDropped("Ada"), swap(clocked=True), CommonsServed("Ada", "Ben", 15, "other", clocked=True)]
)
def test_a_clock_runs_until_it_is_dropped_or_booked(end):
    running = after(ClockStarted("Ada", "repair")).members["Ada"].clock
    assert (running.work, running.since.mono) == ("repair", 2)
    assert after(ClockStarted("Ada", "repair"), swap(), swap("Ben", "Ada")).members["Ada"].clock is not None
    assert after(ClockStarted("Ada", "repair"), end).members["Ada"].clock is None


def test_every_hour_is_on_two_accounts_and_the_sum_is_nought():
    countered = HoursCountered(EntryId("k1/2"), {"Ada": -60, "Ben": 60}, "slip", "undo", ("Ben",))
    state = after(swap(), CommonsServed("Cy", "Ada", 45, "other"), countered)
    assert balances(state) == {"Ada": 0, "Ben": 0, "Cy": 45, COMMONS: -45}


def test_people_find_their_latest_entries_and_the_memory_does_not_grow_for_ever():
    state = after(*[swap(minutes=15) for _ in range(RECENT + 5)])
    assert state.accounts["Ada"].recent == tuple(f"k1/{number}" for number in range(7, RECENT + 7))
    assert len(state.board.latest) == LATEST
    assert state.board.latest[-1] == f"k1/{RECENT + 6}"


def test_the_last_swap_somebody_gave_is_at_hand_for_the_guard():
    state = after(swap(), swap("Cy", "Ada"), CommonsServed("Ben", "Cy", 15, "other"))
    assert state.accounts["Ada"].last == "k1/2"
    assert state.accounts["Ben"].last == "k1/4"
    assert state.accounts["Cy"].last == "k1/3"
    assert state.accounts[COMMONS].last is None


def on_the_wall(board):
    return Board(board.month, board.swapped, board.latest)


def test_the_wall_counts_each_hour_once_and_begins_anew_each_month():
    told = Board("2026-11", 90, (EntryId("k1/2"), EntryId("k1/3")))
    assert on_the_wall(after(swap(), swap("Ben", "Cy", 30)).board) == told
    later = Entry(device="k1", number=4, moment=Moment(wall=NOON + MONTH, mono=9, boot="a"), event=swap(minutes=15))
    assert fold([*record(swap()), later]).board.swapped == 15
    assert fold([*record(swap()), later]).board.month == "2026-12"


def test_what_was_taken_back_is_gone_from_the_wall():
    countered = HoursCountered(EntryId("k1/2"), {"Ada": -60, "Ben": 60}, "slip", "undo", ("Ben",))
    board = after(swap(), swap("Ben", "Cy", 30), countered).board
    assert on_the_wall(board) == Board("2026-11", 30, (EntryId("k1/3"),))


def test_leaving_is_no_swap_on_the_wall():
    assert after(swap(), MemberLeft("Ada", 60)).board == after(swap()).board


def test_the_shops_own_words_stand_before_other():
    assert after(WorkNamed("Ada", "bees"), WorkNamed("Ben", "sewing")).work() == (
        *WORK[:-1],
        "bees",
        "sewing",
        "other",
    )


def test_a_notice_hangs_until_it_is_taken_down():
    posted = NoticePosted("Ada", "offer", "repair", "bikes", "2026-11-30")
    notice = after(posted).notices[EntryId("k1/2")]
    assert (notice.id, notice.handle, notice.side, notice.words) == ("k1/2", "Ada", "offer", "bikes")
    assert after(posted, NoticeTakenDown("Ada", EntryId("k1/2"))).notices == {}


EVERYTHING = (
    MemberJoined("Dan", DAN, "card", ("Ada", "Ben")),
    LeaveStarted("Ben"),
    LeaveEnded("Ben"),
    BadgeAdded("Ada", BadgeHash("ada 2"), "card", ("Ben", "Cy")),
    BadgeRevoked("Ada", ADA, ("Ben", "Cy")),
    ClockStarted("Ada", "repair"),
    swap(clocked=True, from_memory=True, note="x"),
    ClockStarted("Cy", "repair"),
    ClockDropped("Cy"),
    ClockStarted("Ben", "care"),
    CommonsServed("Ben", "Cy", 45, "other"),
    NoticePosted("Ada", "need", "care", "x", "2026-11-30"),
    NoticePosted("Dan", "offer", "care", "y", "2026-11-30"),
    NoticePosted("Cy", "offer", "care", "z", "2026-11-30"),
    NoticeTakenDown("Ada", EntryId("k1/13")),
    WorkNamed("Ada", "bees"),
    HoursCountered(EntryId("k1/8"), {"Ada": -60, "Ben": 60}, "slip", "both", ("Ada", "Ben")),
    swap("Dan", "Cy"),
    MemberLeft("Dan", 60),
    MemberReturned("Dan", BadgeHash("dan 2"), "card", ("Ada", "Ben")),
)


@pytest.mark.parametrize("length", range(len(EVERYTHING) + 1))
def test_a_restart_forgets_nothing_whatever_happened_last(length):
    """The documents that entries said they touched, written one by one, are the whole present."""
    tables = {}
    state = State()
    for entry in record(*EVERYTHING[:length]):
        state, touched = apply(state, entry)
        for name in touched:
            kept = document(state, name)
            table = tables.setdefault(name.table, {})
            if kept is None:
                table.pop(name.name)
            else:
                table[name.name] = msgspec.json.decode(msgspec.json.encode(kept))
    assert set(tables) <= set(TABLES)
    assert restore(tables) == state


def test_the_first_start_restores_nothing_and_asks_for_founders():
    assert restore({}) == State()
    assert restore({table: {} for table in TABLES}) == State()


def test_an_entry_touches_what_it_changed_and_no_more():
    """Writing more than that would make every tap slower as the shop grows."""
    state = after(MemberJoined("Dan", DAN, "card", ("Ada", "Ben")))
    entry = Entry(device="k1", number=3, moment=Moment(wall=NOON, mono=9, boot="a"), event=swap())
    touched = apply(state, entry).touched
    assert set(touched) == {Touched("accounts", "Ada"), Touched("accounts", "Ben"), Touched("board", "board")}
    assert document(state, Touched("members", "Nobody")) is None


def test_a_state_handed_to_the_screen_does_not_change_under_its_hands():
    entries = record(*EVERYTHING)
    state = State()
    for entry in entries:
        before = msgspec.json.encode(state)
        following = apply(state, entry).state
        assert msgspec.json.encode(state) == before
        state = following


def test_one_present_is_one_document_also_after_it_came_back_from_the_file():
    """Otherwise a kiosk that was started anew would take its own present for one that somebody improved."""
    state = fold(record(HoursSwapped("Ada", (Share("Ben", 30),), "repair")))
    jar = state.funds["jar"]
    back = msgspec.structs.replace(
        jar, rest_to="".join(list(jar.rest_to)), fresh=msgspec.structs.replace(jar.fresh)
    )
    again = msgspec.structs.replace(state, funds={"jar": back})
    assert again == state
    assert document(again, Touched("funds", "jar")) == document(state, Touched("funds", "jar"))
