import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.amounts import COMMONS, BadgeHash, EntryId, Moment
from kiosk.events import (
    AnyEvent,
    ApprovalClosed,
    ApprovalOpened,
    Approved,
    BadgeAdded,
    BadgeRevoked,
    BenefitSaid,
    Bought,
    BuildingJoined,
    CharterChange,
    CharterChanged,
    CharterWritten,
    CircleClosed,
    CircleExtended,
    CircleJoined,
    CircleOpened,
    ClockDropped,
    ClockStarted,
    CoinFell,
    CommonsServed,
    CommonsShared,
    ConcessionWon,
    Counts,
    DecisionReviewed,
    DissentCounted,
    DownsideArgued,
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    EntriesTaken,
    Entry,
    ExperimentReviewed,
    ExperimentStarted,
    FarForkSeen,
    Filled,
    ForkMended,
    ForkSeen,
    Founder,
    FridayClosed,
    FridayOpened,
    FundEnded,
    FundSplit,
    HandedOn,
    HoursCountered,
    HoursSwapped,
    InversionReviewed,
    InversionStarted,
    JarCounted,
    KioskAdded,
    KioskForked,
    KioskRemoved,
    KioskUpdated,
    LeaveEnded,
    LeaveStarted,
    Left,
    LetterWritten,
    MemberJoined,
    MemberLeft,
    MemberReturned,
    Missed,
    MoneyGiven,
    NeighbourLinked,
    NeighbourUnlinked,
    NoticePosted,
    NoticeTakenDown,
    NumberCountered,
    NumberSaid,
    Offered,
    OrderJoined,
    Paid,
    Part,
    PhotoAttached,
    PotluckSaid,
    ProjectProposed,
    ProjectSeconded,
    ProjectWithdrawn,
    QuestionDropped,
    Raised,
    ReceiptShown,
    RecordRestored,
    ReformNoted,
    ReportHeld,
    ReserveSpent,
    RestDecided,
    Returned,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    SealForkSeen,
    SegmentClosed,
    SegmentTaken,
    Share,
    Shared,
    ShopFounded,
    Slice,
    TaskDone,
    TaskDropped,
    TaskMoved,
    TaskTaken,
    Tied,
    ToolBorrowed,
    ToolBroken,
    ToolGone,
    ToolMended,
    ToolReturned,
    ToolShelved,
    TurnPassed,
    UpdateAnswered,
    Voiced,
    WagesSliced,
    WorkNamed,
    moves,
    read_entry,
    write_entry,
)
from kiosk.letters import Offer, Wire
from kiosk.reports.present import as_data

NOW = Moment(wall=1_793_620_800_000, mono=5, boot="run 1", trusted=False)
CARD = BadgeHash("c0ffee")
ONE_OF_EACH: tuple[AnyEvent, ...] = (
    RecordRestored(7, NOW, 9, 7, ("Ada", "Ben"), "set-aside/2026-11-26", "k1", "ab" * 32, NOW),
    KioskUpdated("0.1.0+1f3a9c0b", "0.2.0+77aa0012"),
    UpdateAnswered(EntryId("k1/9"), "Ada", ("Ada", "Ben", "Cy")),
    PhotoAttached(3, "ab" * 32, ("Ada", "Ben")),
    ShopFounded(founders=(Founder("Ada", CARD, "card"),)),
    MemberJoined("Zoë", CARD, "tag", ("Ada", "Ben")),
    MemberReturned("Zoë", CARD, "card", ("Ada", "Ben")),
    MemberLeft("Zoë", -90, ("Ada", "Ben")),
    LeaveStarted("Ada"),
    LeaveEnded("Ada"),
    BadgeAdded("Ada", CARD, "tag", ("Ben", "Cy")),
    BadgeRevoked("Ada", CARD, ("Ben", "Cy")),
    HoursSwapped("Ada", (Share("Ben", 8), Share("Cy", 7)), "care", "grüße", True, True, EntryId("k1/3")),
    CommonsServed("Ada", "Ben", 45, "other", "floor", True, True),
    CommonsShared(15, ("Ada", "Ben", "Cy")),
    HoursCountered(EntryId("k1/9"), {"Ada": -15, "Ben": 8, COMMONS: 7}, "wrong day", "hands", ("Dan", "Eve")),
    ClockStarted("Ada", "driving"),
    ClockDropped("Ada"),
    NoticePosted("Ada", "need", "repair", "my bike", "2026-11-30"),
    NoticeTakenDown("Ada", EntryId("k1/4")),
    WorkNamed("Ada", "bees"),
    CoinFell(cents=50, pulses=5),
    CoinFell(cents=None, pulses=3),
    CircleOpened(3, "Ada", ("Ada", "Ben"), ("Ben", "Ada"), 300),
    CircleJoined(3, "Cy"),
    Voiced(3, "Ada", "flour", "the door"),
    CircleExtended(3, 60),
    CircleClosed(3, left_open=True),
    TaskTaken(3, "order flour", "Ada", "2026-11-30"),
    TaskDone(EntryId("k1/7"), "Ada"),
    TaskMoved(3, EntryId("k1/7"), "2026-12-01"),
    TaskDropped(3, EntryId("k1/7")),
    ExperimentStarted(3, "the door", "leave it open", "2026-12-31"),
    ExperimentReviewed(3, "the door", helped=True),
    RoundOpened(3, "Close at four?", ("Ada", "Ben"), "counts", "Ben", "less bread", "2027-01-01", EntryId("k1/5")),
    RoundClosed(EntryId("k1/9"), "carried", 3, Counts(2, 1, 0)),
    RoundVoided(EntryId("k1/9"), "power cut"),
    DissentCounted(5, None),
    QuestionDropped(3, EntryId("k1/9")),
    DecisionReviewed(3, EntryId("k1/9"), came_true=True, stands=False, review=""),
    MoneyGiven("Ada", "Ben", 20_00, "garden"),
    WagesSliced(20_00, ("Ada", "Ben"), (Slice("Ada", 12_00), Slice("Cy", 8_00)), "garden"),
    JarCounted(20_20, 20_00, ("Ada", "Ben"), 1, "garden"),
    ProjectProposed("a saw", 40_00, "Ada", "Ben", "tool repair", "the old one", "garden", "ABCDEFGH"),
    ProjectSeconded(EntryId("k1/9"), "Cy"),
    ProjectWithdrawn(EntryId("k1/9"), "Ada", 5_00),
    DownsideArgued(3, EntryId("k1/9"), "Cy", "it may rust"),
    FridayOpened(3, 2, ("Ada", "Ben"), (Offered(EntryId("k1/9"), "a saw", 35_00),), 90_00, "hardship", "totals"),
    FridayClosed(
        round=EntryId("k1/12"),
        ballots=8,
        funded=(Bought(EntryId("k1/9"), "a saw", 35_00, 5_00),),
        spent=35_00,
        rest=55_00,
        due="2026-11-13",
        detail="ballots",
        floor=3,
        handed_on=(HandedOn("reserve", "hardship", 54_99),),
        returned=(Returned("Ada", 1),),
        expired=(EntryId("k1/4"),),
        seed="five two",
        by_lot=True,
        nothing=1,
        approvals=(Approved(EntryId("k1/9"), 6),),
        steps=(
            Shared(8, "1125"),
            Tied((EntryId("k1/9"), EntryId("k1/10")), "lot"),
            Paid(EntryId("k1/9"), 35_00, 6, "1750/3", 6, 0, "0"),
            Missed(EntryId("k1/10"), 80_00, 2, "3250/3", "20750/3"),
            Raised(1, 17, "over"),
            Filled(EntryId("k1/11"), 10_00, 3, 45_00),
            Left(EntryId("k1/10"), 80_00, 2, "floor", 45_00, 3),
        ),
        cast=((), (EntryId("k1/9"),)),
        fund="garden",
    ),
    ReceiptShown(EntryId("k1/9"), "Ben", "39.90 at the corner shop", "Cy"),
    RestDecided("new roof", ("Ada", "Ben", "Cy"), "garden"),
    ReserveSpent("hardship", 4_00, "a fine", EntryId("k1/7"), "Dan", ("Ada", "Ben", "Cy"), "2026-11-13"),
    FundSplit(3, (Part("garden", 300_00, ("Ada", "Cy")), Part("press", 301_00, ("Ben", "Dan")))),
    FundEnded(3, "garden"),
    ToolShelved("ABCDEFGH", "Saw", ("Ada", "Ben")),
    ToolBorrowed("ABCDEFGH", "Ada", "2026-11-09"),
    ToolReturned("ABCDEFGH", "Ben"),
    ToolBroken("ABCDEFGH", "Ben", "the blade"),
    ToolMended("ABCDEFGH", "Ada"),
    ToolGone("ABCDEFGH", "lost", ("Ada", "Ben")),
    DutyBegan("taking minutes", "lot", "month", ("Ada", "Ben")),
    DutyEnded("taking minutes", ("Ada", "Ben")),
    DutyDrawn("taking minutes", "Ada", ("Ada", "Ben"), "Cy", ("Dan",)),
    DutyHandedOver("taking minutes", "Ada", "Ben", "2026-11-30", ("Dan",), "Cy"),
    ApprovalOpened(3, "taking minutes", ("Ada", "Ben"), ("Ada", "Ben", "Cy")),
    ApprovalClosed(EntryId("k1/9"), "taking minutes", 3, "Ada", by_lot=True),
    NumberSaid("made", "bread", 120, "loaves", "2026-11-01", "2026-11-07", "the order book", "Ada", "Ben"),
    ConcessionWon("longer breaks", "a sit-in", 900_00, "2026-11-03", "", "the notice", "Ada", "Ben"),
    ReformNoted("a day off", "the council", 40_00, "2026-11-03", "2027-11-02", "the paper", "Ada", "Ben"),
    NumberCountered(EntryId("k1/9"), "counted twice", "Ada", "Cy"),
    ReportHeld("audit", "2026-11", ("Ada", "Ben")),
    PotluckSaid("2026-11", "success", "bread for all"),
    BenefitSaid("2026-Q4", "opening the circle", "whoever comes early"),
    InversionStarted("2026-Q4", "opening the circle", "by lot", "2027-01-31", ("Ada", "Ben")),
    InversionReviewed(EntryId("k1/9"), "more came", "2027-03-01", ("Ada", "Ben")),
    CharterWritten({"hands": 3}),
    CharterChanged(CharterChange("hands", 3, 4), EntryId("k1/9"), ("Ada", "Ben", "Cy")),
    NeighbourLinked(
        "Mill Lane", "commons-kiosk/k2+00000000+AQ==", 600, ("Ada", "Ben"), Wire("U", "MII", "10.0.0.11:7422")
    ),
    NeighbourUnlinked("Mill Lane", ("Ada", "Ben")),
    LetterWritten("Mill Lane", Offer("Ada", "Jo", 60, "repair", "2026-12-10"), ("Ada",)),
    OrderJoined(EntryId("k2/4"), "Mill Lane", "Ada", 12),
    SegmentClosed("Mill Lane", 2, "0" * 64, "1" * 64, (EntryId("k1/9"),)),
    SegmentTaken("Mill Lane", 2, "1" * 64, "a text", {"Ada": 60, "@Mill Lane": -60}),
    ForkSeen("Mill Lane", 2, "2" * 64, "another text"),
    SealForkSeen("Mill Lane", "a checkpoint", "another checkpoint"),
    FarForkSeen("Mill Lane", "commons-kiosk/k9+1a2b3c4d+AQ", "a checkpoint", "another checkpoint"),
    ForkMended("Mill Lane", "letters", "ours", "known", ("Amina", "Jo"), "", 2, "2" * 64, 2, (EntryId("k1/7"),)),
    KioskAdded("k2", "upstairs", "commons-kiosk/k2+00000000+AQ==", ("Ada", "Ben"), Wire("U", "MII", ""), "g1"),
    KioskRemoved("k2", ("Ada", "Ben")),
    BuildingJoined("k1", "commons-kiosk/k1+00000000+AQ=="),
    EntriesTaken("k2", 17, 20, "a text"),
    TurnPassed(),
    KioskForked("k2", "another text"),
)


def test_every_kind_of_event_is_in_this_file_so_that_none_goes_unread() -> None:
    assert {type(event) for event in ONE_OF_EACH} == set(AnyEvent.__args__)


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: type(event).__name__)
def test_what_was_written_down_can_be_read_again_word_for_word(event: AnyEvent) -> None:
    entry = Entry(device="k1", number=17, moment=NOW, event=event)
    line = write_entry(entry)
    assert read_entry(line) == entry
    assert write_entry(read_entry(line)) == line
    assert b"\n" not in line


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: type(event).__name__)
def test_no_event_makes_or_destroys_a_minute(event: AnyEvent) -> None:
    assert sum(moves(event).values()) == 0


@given(parts=st.lists(st.integers(1, 720), min_size=1, max_size=12))
def test_the_giver_gets_exactly_what_the_receivers_pay(parts: list[int]) -> None:
    shares = tuple(Share(f"R{place}", part) for place, part in enumerate(parts))
    moved = moves(HoursSwapped("Ada", shares, "care"))
    assert moved.pop("Ada") == sum(parts)
    assert moved == {share.handle: -share.minutes for share in shares}


def test_whoever_leaves_takes_no_hours_along_and_leaves_none_behind() -> None:
    assert moves(MemberLeft("Ada", 90)) == {"Ada": -90, COMMONS: 90}
    assert moves(MemberLeft("Ada", -90)) == {"Ada": 90, COMMONS: -90}


def test_work_for_the_shop_is_owed_by_all_and_not_by_the_witness() -> None:
    assert moves(CommonsServed("Ada", "Ben", 45, "other")) == {"Ada": 45, COMMONS: -45}


def test_an_entry_is_named_by_its_kiosk_and_number() -> None:
    assert Entry(device="k3f9", number=17, moment=NOW, event=LeaveEnded("Ada")).id == "k3f9/17"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b'{"device":"k1","number":1,"moment":{"wall":1,"mono":1,"boot":"a"},"event":{"kind":"leave"}}',
        b'{"device":"k1","number":1,"moment":{"wall":1,"mono":1,"boot":"a"},'
        b'"event":{"kind":"leave started","handle":"Ada","admin":true}}',
        b'{"device":"k1","number":1.5,"moment":{"wall":1,"mono":1,"boot":"a"},'
        b'"event":{"kind":"leave started","handle":"Ada"}}',
    ],
)
def test_a_line_that_nobody_wrote_is_not_taken_for_an_entry(line: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        read_entry(line)


@pytest.mark.parametrize("event", ONE_OF_EACH)
def test_in_a_file_nothing_of_an_event_stands_in_the_place_of_the_entrys_own(event: AnyEvent) -> None:
    """Whoever counts entries by their numbers would find gaps, and not find what another entry points at."""
    entry = Entry(device="k1", number=900, moment=Moment(wall=1, mono=1, boot="a"), event=event)
    told = as_data(entry)
    assert (told["id"], told["number"]) == ("k1/900", 900)
    assert len(told) == 4 + len(msgspec.to_builtins(event))
