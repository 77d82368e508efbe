"""Who does what, as the record shows it: what is counted, for whom, and how long it is kept."""

import pytest

from kiosk.amounts import EntryId
from kiosk.commands import CountJar, GiveMoney, OpenCircle, ServeCommons, Swap
from kiosk.events import (
    BadgeRevoked,
    CircleOpened,
    CommonsServed,
    DutyHandedOver,
    HoursCountered,
    HoursSwapped,
    JarCounted,
    MemberJoined,
    MemberLeft,
    NumberCountered,
    ProjectSeconded,
    RecordRestored,
    RoundOpened,
    Share,
    WorkNamed,
)
from kiosk.state import fold, restore
from kiosk.state.routines import HANDS, OPENING, QUARTERS, WITNESS, deeds

DAY = 24 * 3600
ADA, BEN, CY, DEE = "ada", "ben", "cy", "dee"


@pytest.mark.parametrize(
    ("event", "done"),
    [
        (CircleOpened(1, "Ada", ("Ada", "Ben"), ("Ben", "Ada"), 300), (("opening the circle", ("Ada",)),)),
        (CircleOpened(1, "", ("Ada", "Ben"), ("Ben", "Ada"), 300), (("opening the circle", ()),)),
        (MemberJoined("Dee", "x", "tag", ("Ada", "Ben", "Cy")), (("lending hands", ("Ada", "Ben", "Cy")),)),
        (BadgeRevoked("Ada", "x", ("Ada", "Ben")), (("lending hands", ("Ben",)),)),
        (MemberLeft("Ada", 0), ()),
        (CommonsServed("Ada", "Ben", 60, "cooking"), (("standing witness", ("Ben",)),)),
        (HoursSwapped("Ada", (Share("Ben", 60),), "cooking"), ()),
        (
            DutyHandedOver("taking minutes", "Ada", "Ben", "2026-11-30", witness="Cy"),
            (("duty: taking minutes", ("Ada",)), ("standing witness", ("Cy",))),
        ),
        (
            DutyHandedOver("keeping the jar", "Ada", "", "2026-11-30", fund="Garden"),
            (("duty: keeping the jar (Garden)", ("Ada",)),),
        ),
        (
            HoursCountered("k/1", {"Ada": -60, "Ben": 60}, "wrong", "hands", ("Ben", "Cy", "Dee")),
            (("lending hands", ("Cy", "Dee")),),
        ),
        (HoursCountered("k/1", {"Ada": -60, "Ben": 60}, "wrong", "both", ("Ada", "Ben")), ()),
        (
            NumberCountered("k/1", "wrong", "Ada", "Ben"),
            (("saying numbers", ("Ada",)), ("standing witness", ("Ben",))),
        ),
        (JarCounted(100, 100, ("Ada", "Ben")), (("counting the jar", ("Ada", "Ben")),)),
        (
            RecordRestored(9, None, 0, 0, ("Ada", "Ben"), ""),
            (("tending the kiosk", ("Ada", "Ben")), ("lending hands", ("Ada", "Ben"))),
        ),
        (ProjectSeconded("k/1", "Ada"), (("seconding", ("Ada",)),)),
        (
            RoundOpened(1, "Paint it?", ("Ada", "Ben"), "outcome", "Ben", "", "2027-01-01"),
            (("arguing the downside", ("Ben",)),),
        ),
    ],
)
def test_who_did_what_is_read_off_the_entry_alone(event, done):
    assert deeds(event) == done


def test_what_is_done_for_all_is_counted_by_quarter_and_person(shop):
    shop.done(ServeCommons("ada", "ben", 60, "cooking"))
    shop.done(GiveMoney("cy", "ben", 500))
    shop.done(OpenCircle("ada", ("ada", "ben"), 0))
    shop.wait(60 * DAY)
    shop.done(ServeCommons("ada", "cy", 60, "cooking"))
    shown = shop.state.routines
    assert dict(shown[f"2026-Q4 {WITNESS}"].people) == {"Ben": 2}
    assert dict(shown[f"2027-Q1 {WITNESS}"].people) == {"Cy": 1}
    opened = shown[f"2026-Q4 {OPENING}"]
    assert (opened.times, opened.deeds, dict(opened.people)) == (1, 1, {"Ada": 1})


def test_several_who_do_it_together_did_it_once(shop):
    shop.joined("Dee")
    shop.done(CountJar(0, ("ada", "ben")))
    lent = shop.state.routines[f"2026-Q4 {HANDS}"]
    assert (lent.times, lent.deeds) == (1, 3)
    assert set(lent.people.values()) == {1}


def test_a_year_is_kept_and_what_is_older_is_forgotten_also_in_the_file(shop):
    for _ in range(7):
        shop.done(ServeCommons("ada", "ben", 15, "cooking"))
        shop.done(GiveMoney("cy", "ben", 500))
        shop.wait(92 * DAY)
    assert {each.period for each in shop.state.routines.values()} == {
        "2027-Q2", "2027-Q3", "2027-Q4", "2028-Q1", "2028-Q2"
    }  # fmt: skip
    assert len(shop.tables["routines"]) == QUARTERS
    assert restore(shop.tables) == shop.state == fold(shop.entries)


def test_a_kind_of_work_knows_when_it_was_swapped_last_and_how_often(shop):
    shop.done(Swap("ada", ("ben",), 60, "repair"))
    shop.wait(DAY)
    shop.done(Swap("ben", ("ada",), 60, "cooking"))
    shop.done(ServeCommons("ben", "ada", 60, "cooking"))
    kinds = shop.state.board.kinds
    assert kinds["cooking"].day == kinds["repair"].day + 1
    assert (kinds["repair"].at, kinds["cooking"].at, shop.state.board.swaps) == (1, 3, 3)
    assert dict(kinds["cooking"].times) == {"2026-Q4": 2}
    shop.write(WorkNamed("Ada", "bikes"))
    assert shop.state.board.kinds["bikes"].at == 3
    assert restore(shop.tables) == shop.state == fold(shop.entries)


def test_a_swap_writes_no_more_documents_than_before(shop):
    shop.tables.clear()
    shop.done(Swap("ada", ("ben",), 60, "repair"))
    assert {table: list(names) for table, names in shop.tables.items()} == {
        "accounts": ["Ada", "Ben"],
        "board": ["board"],
    }


def test_a_swap_that_is_taken_back_stays_counted_for_its_kind(shop):
    entry = shop.done(Swap("ada", ("ben",), 60, "repair"))
    shop.write(HoursCountered(EntryId(entry.id), {"Ada": -60, "Ben": 60}, "", "undo", ("Ada",)))
    assert shop.state.board.swaps == 1
    assert shop.state.board.swapped == 0
