"""What the shop reads of itself: every hour, cent and vote is counted once, and nothing that was taken back."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from small_shop import NOVEMBER, Book, a_small_shop, at, number, reform, swap, won

from kiosk import figures, periods
from kiosk.amounts import EntryId
from kiosk.events import (
    AnyEvent,
    ApprovalOpened,
    CoinFell,
    CommonsServed,
    CommonsShared,
    ConcessionWon,
    Counts,
    DutyHandedOver,
    Entry,
    HoursCountered,
    HoursSwapped,
    MoneyGiven,
    NumberCountered,
    NumberSaid,
    ReformNoted,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    Share,
    WagesSliced,
    takes_back,
)
from kiosk.figures import Audit, Name


def values(audit: Audit, section: str) -> dict[tuple[str, ...], int | None]:
    """A section as somebody would write it down: what is not nothing."""
    return {
        tuple(filter(None, figure.name[1:])): figure.value
        for figure in audit.section(section).figures
        if figure.value
    }


def test_a_small_shop_reads_in_its_audit_what_one_adds_up_by_hand():
    book, _ = a_small_shop()
    audit = figures.audit(book.entries, NOVEMBER, UTC)
    assert {section.key: values(audit, section.key) for section in audit.sections} == {
        "hours": {
            ("tasks",): 90,
            ("said", "night shift"): 480,
            ("swapped", "cooking"): 90,
            ("commons", "repair"): 45,
            ("all",): 705,
        },
        "share": {("each",): 90, ("commons",): 45, ("share",): 45},
        "goods": {
            ("made", "bread", "crates"): 7,
            ("made", "bread", "loaves"): 400,
            ("made", "rolls", "trays"): 50,
            ("taken", "bread", "loaves"): 900,
        },
        "won": {("worth", "a strike"): 300_00, ("bare", "a strike"): 1, ("all",): 300_00, ("holding",): 1},
        "reforms": {("worth", "the ministry"): 100_00, ("all",): 100_00, ("holding",): 1},
        "moved": {("wages",): 50_00, ("hands",): 10_00, ("coins",): 2_00, ("all",): 62_00, ("unknown",): 1},
        "given": {("spent",): 50_00, ("handed on",): 11_50, ("all",): 61_50},
        "bought": {("project", "oven seal"): 45_00, ("project", "zine"): 10_00, ("all",): 55_00},
        "counts": {("difference",): -50, ("counted",): 1},
        "circles": {("held",): 2, ("people",): 5},
        "tasks": {("taken",): 1, ("done",): 1},
        "votes": {("carried",): 1, ("waits",): 1, ("not carried",): 1, ("void",): 1, ("all",): 4, ("part",): 17},
        "dissent": {("some",): 1, ("none",): 1, ("untold",): 1, ("five quiet",): 1, ("noes",): 1},
        "reviews": {},
        "duties": {("turned", "taking minutes"): 1, ("all",): 1, ("late", "taking minutes"): 3},
        "people": {("came",): 2},
        "held": {("held", "audit"): 1},
        "undone": {("hours",): 600, ("numbers",): 1},
    }
    part = audit.find(Name("votes", "part"))
    assert part is not None
    assert part.exact == Fraction(17, 18)
    share = audit.find(Name("share", "share"))
    assert share is not None
    assert share.exact == Fraction(1, 3)


def test_every_figure_leads_to_the_entries_that_it_comes_from():
    book, names = a_small_shop()
    audit = figures.audit(book.entries, NOVEMBER, UTC)

    def entries(*name: str) -> set[EntryId]:
        found = audit.find(Name(*name))
        assert found is not None
        return set(found.entries)

    assert entries("hours", "swapped", "cooking") == {names["soup"], names["soup again"]}
    assert entries("hours", "tasks") == {names["task"]}
    assert entries("goods", "made", "bread", "loaves") == {names["bread"]}
    assert entries("goods", "made", "rolls", "trays") == {names["late"]}
    assert entries("undone", "numbers") == {names["too much"], names["mended"]}
    assert names["circle"] in entries("circles", "people")
    assert entries("duties", "late", "taking minutes") == {names["turn"]}
    assert entries("won", "all") == {names["strike"]}


def test_the_ledger_has_its_months_the_quarter_before_and_all_so_far_side_by_side():
    book, _ = a_small_shop()
    quarter = figures.ledger(book.entries, "2026-Q4", UTC)
    row = next(row for row in quarter.rows("hours") if row.name == Name("hours", "swapped", "cooking"))
    assert [figure.value if figure else None for figure in row.figures] == [120, 90, 15, 225, None, 225]
    assert quarter.so_far.value("people", "came") == 6
    after = figures.ledger(book.entries, "2027-Q1", UTC)
    assert after.before == quarter.whole
    assert not any(figure.value for figure in after.whole.figures() if figure.standing != "beside")
    assert after.so_far.value("hours", "all") == quarter.so_far.value("hours", "all")
    assert all(not figure.entries for figure in after.so_far.figures())


def test_an_empty_month_has_every_line_that_there_is_only_one_of():
    audit = figures.audit((), "2031-01", UTC)
    assert {section.key for section in audit.sections if not section.empty} == set()
    assert [figure.key for figure in audit.section("votes").figures][-1] == "part"
    assert audit.section("votes").figures[-1].value is None
    assert all(figure.value in (0, None) for figure in audit.figures())


def test_a_round_of_fewer_than_five_tells_only_its_outcome_whatever_an_entry_says():
    book = Book()
    opened = book.add("2026-11-09", RoundOpened(2, "?", ("Jo", "Amina", "Sara"), "counts", "Jo", "", ""))
    book.add("2026-11-09", RoundClosed(opened, "carried", 4, Counts(3, 1, 0)))
    assert values(figures.audit(book.entries, NOVEMBER, UTC), "dissent") == {("untold",): 1}


def test_a_friday_or_a_round_of_approvals_that_came_to_nothing_is_no_vote_that_did():
    """The sum of rounds would hold what no one voted yes or no on."""
    book = Book()
    asked = book.add("2026-11-09", ApprovalOpened(2, "facilitating", ("Jo", "Sara"), ("Jo", "Amina")))
    book.add("2026-11-09", RoundVoided(asked, "given up"))
    opened = book.add("2026-10-30", RoundOpened(2, "?", ("Jo", "Amina", "Sara"), "counts", "Jo", "", ""))
    book.add("2026-11-09", RoundVoided(opened, "power cut"))
    assert values(figures.audit(book.entries, NOVEMBER, UTC), "votes") == {("void",): 1, ("all",): 1}


def test_what_was_borne_stands_beside_the_hours_and_in_no_sum():
    book = Book()
    book.add("2026-11-09", CommonsServed("Sara", "Jo", 60, "repair"))
    borne = book.add("2026-11-10", CommonsShared(15, ("Jo", "Amina", "Sara", "Ada")))
    audit = figures.audit(book.entries, NOVEMBER, UTC)
    assert audit.value("hours", "all") == 60
    found = audit.find(Name("share", "borne"))
    assert found is not None
    assert (found.value, found.entries) == (60, (borne,))


def test_entries_by_a_clock_that_may_be_wrong_are_named():
    book = Book()
    doubtful = book.add("2026-11-09", swap(30), trusted=False)
    book.add("2026-11-09", swap(45))
    assert figures.audit(book.entries, NOVEMBER, UTC).doubtful == (doubtful,)


# --- whatever people do -----------------------------------------------------------------------------------

days = st.dates(date(2026, 9, 20), date(2027, 1, 10))
WORKS = ("cooking", "repair", "care")
minutes = st.integers(1, 48).map(lambda quarters: quarters * 15)
some_swaps = st.builds(
    lambda who, work: HoursSwapped("Jo", tuple(who), work),
    st.lists(st.builds(Share, st.sampled_from(["Amina", "Sara", "Ada"]), minutes), min_size=1, max_size=3),
    st.sampled_from(WORKS),
)
some_commons = st.builds(CommonsServed, st.just("Jo"), st.just("Sara"), minutes, st.sampled_from(WORKS))
cents = st.integers(0, 500_00)
some_numbers = st.builds(
    lambda measure, what, amount, day: number(measure, what, amount, "boxes", until=day.isoformat()),
    st.sampled_from(["hours", "made", "taken"]),
    st.sampled_from(["bread", "soup"]),
    st.integers(1, 900),
    days,
)
some_wins = st.builds(
    lambda worth, day, kind, action: (
        won(worth, day.isoformat(), action=action) if kind else reform(worth, day.isoformat())
    ),
    cents,
    days,
    st.booleans(),
    st.sampled_from(["a strike", "a letter"]),
)
some_money = st.one_of(
    st.builds(lambda amount: CoinFell(amount or None, 1), cents),
    st.builds(lambda amount: WagesSliced(amount + 1, ("Jo", "Sara")), cents),
    st.builds(lambda amount: MoneyGiven("Jo", "Sara", amount + 1), cents),
)
some_rounds = st.builds(
    lambda yes, no, told: RoundClosed(EntryId("k/0"), "carried", yes + no, Counts(yes, no, 0) if told else None),
    st.integers(0, 9),
    st.integers(0, 9),
    st.booleans(),
)
some_turns = st.builds(
    lambda leaving, coming, day: DutyHandedOver("taking minutes", coming, leaving, day.isoformat()),
    st.sampled_from(["", "Jo", "Sara"]),
    st.sampled_from(["Ada", "Amina"]),
    days,
)
happenings = st.one_of(some_swaps, some_commons, some_numbers, some_wins, some_money, some_rounds, some_turns)
records = st.lists(st.tuples(days, happenings, st.booleans()), max_size=40)
PARTED = ("hours", "share", "goods", "won", "reforms", "moved", "votes", "dissent", "duties", "people", "undone")


def recorded(said: Sequence[tuple[date, AnyEvent, bool]]) -> list[Entry]:
    """What was said, in the order of its days; what is marked is taken back two days later where it can be."""
    book: list[tuple[date, AnyEvent, bool]] = sorted(said, key=lambda each: each[0])
    entries = [Entry("k", place, at(day.isoformat()), event) for place, (day, event, _) in enumerate(book, 1)]
    for entry, (day, event, wrong) in zip(tuple(entries), book, strict=True):
        match event:
            case HoursSwapped() | CommonsServed() if wrong:
                counter: AnyEvent = HoursCountered(entry.id, {}, "", "both", ("Jo", "Sara"))
            case NumberSaid() | ConcessionWon() | ReformNoted() if wrong:
                counter = NumberCountered(entry.id, "", "Jo", "Sara")
            case _:
                continue
        entries.append(Entry("k", len(entries) + 1, at((day + timedelta(days=200)).isoformat()), counter))
    return entries


@given(records)
def test_every_entry_is_in_one_part_of_its_section_and_the_parts_come_to_the_sum(said):
    entries = recorded(said)
    for audit in figures.audits(entries, (NOVEMBER, "2026-Q4"), UTC):
        for section in PARTED:
            parts = [each for each in audit.section(section).figures if each.standing == "part"]
            named = Counter(entry for part in parts for entry in part.entries)
            assert not named or max(named.values()) == 1
            for each in audit.section(section).figures:
                if each.standing == "sum":
                    assert each.value == sum(part.value or 0 for part in parts if part.measure == each.measure)
    whole = figures.audit(entries, "2026-Q4", UTC)
    for section in ("hours", "moved", "won", "votes"):
        months = [
            figures.audit(entries, month, UTC).value(section, "all") for month in periods.months_of("2026-Q4")
        ]
        assert sum(months) == whole.value(section, "all")


@given(records)
def test_the_minutes_of_all_kinds_are_all_the_minutes_that_were_swapped(said):
    entries = recorded(said)
    audit = figures.audit(entries, NOVEMBER, UTC)
    gone = figures.taken_back(entries)
    swapped = [
        sum(share.minutes for share in entry.event.receivers)
        for entry in entries
        if isinstance(entry.event, HoursSwapped)
        and entry.id not in gone
        and datetime.fromtimestamp(entry.moment.wall / 1000, UTC).month == 11
    ]
    kinds = [figure.value for figure in audit.section("hours").figures if figure.key == "swapped"]
    assert sum(kinds) == sum(swapped) == audit.value("share", "each")


@given(records)
def test_what_was_taken_back_counts_as_if_it_had_never_been_said_and_is_listed(said):
    entries = recorded(said)
    gone = figures.taken_back(entries)
    never = [entry for entry in entries if entry.id not in gone and takes_back(entry.event) is None]
    counted, without = (figures.audit(each, NOVEMBER, UTC) for each in (entries, never))
    for section in counted.sections:
        if section.key != "undone":
            assert section == without.section(section.key)
    listed = {entry for figure in counted.section("undone").figures for entry in figure.entries}
    assert {entry for entry in listed if entry in gone} == {
        entry.id
        for entry in entries
        if entry.id in gone and figures.counting.counts_on(entry, UTC) in figures.Span.of(NOVEMBER)
    }
    assert {gone[entry] for entry in listed if entry in gone} <= listed


@given(records)
def test_only_what_was_written_since_the_month_began_needs_to_be_read(said):
    entries = recorded(said)
    begins = at("2026-11-01", 0).wall
    lately = [entry for entry in entries if entry.moment.wall >= begins]
    turns = [entry for entry in entries if isinstance(entry.event, DutyHandedOver) and entry not in lately]
    # Whatever is about days to come could not have been said; here it can, so it is read too.
    said_before = [
        entry
        for entry in entries
        if isinstance(entry.event, NumberSaid | ConcessionWon | ReformNoted) and entry not in lately
    ]
    needed = sorted([*lately, *turns[-1:], *said_before], key=lambda entry: entry.number)
    assert figures.audit(needed, NOVEMBER, UTC) == figures.audit(entries, NOVEMBER, UTC)
