"""The store as the house uses it: what goes in comes out, in this run, the next, and for those who look on."""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.amounts import BadgeHash, EntryId, Moment
from kiosk.events import (
    AnyEvent,
    BadgeRevoked,
    CoinFell,
    Entry,
    Founder,
    HoursCountered,
    HoursSwapped,
    MemberJoined,
    MemberLeft,
    NoticePosted,
    NoticeTakenDown,
    Share,
    ShopFounded,
    WorkNamed,
)
from kiosk.state import State, Touched, apply, document, restore
from kiosk.store import NoRecordError, Reader, Store, StoreBusyError, StoreClosedError, differing, refold
from kiosk.store.record import Record
from kiosk.store.sqlite_file import SQLiteFile, Statement

NOON = Moment(wall=1_793_620_800_000, mono=5, boot="run 1")


class Keeper:
    """Books events as the core does, without judging them."""

    def __init__(self, store: Store, state: State | None = None) -> None:
        self.store = store
        self.state = state or State()

    def book(self, *events: AnyEvent) -> list[Entry]:
        first = self.store.next_number
        entries = [
            Entry(device=self.store.device, number=first + place, moment=NOON, event=event)
            for place, event in enumerate(events)
        ]
        state, touched = self.state, []
        for entry in entries:
            state, names = apply(state, entry)
            touched += names
        self.store.append(entries, {name: document(state, name) for name in touched})
        self.state = state
        return entries


def founded() -> ShopFounded:
    return ShopFounded(tuple(Founder(name, BadgeHash(f"badge {name}"), "tag") for name in ("Ada", "Ben", "Cy")))


def swap(note: str = "", minutes: int = 30) -> HoursSwapped:
    return HoursSwapped(giver="Ada", receivers=(Share("Ben", minutes),), work="repair", note=note)


def a_life(keeper: Keeper) -> None:
    """A bit of everything that adds, changes and removes documents."""
    keeper.book(founded())
    keeper.book(WorkNamed(handle="Ada", work="bicycles"))
    (swapped,) = keeper.book(swap("the bell 🔔 of Zoë"))
    keeper.book(MemberJoined(handle="Dan", badge=BadgeHash("badge Dan"), medium="card", hands=("Ada", "Ben")))
    (need,) = keeper.book(
        NoticePosted(handle="Dan", side="need", work="care", words="Saturdays", until="2026-11-30")
    )
    keeper.book(
        NoticePosted(handle="Ben", side="offer", work="cooking", words="soup", until="2026-11-30"), swap(minutes=45)
    )
    keeper.book(NoticeTakenDown(handle="Dan", notice=need.id))
    keeper.book(BadgeRevoked(handle="Cy", badge=BadgeHash("badge Cy"), hands=("Ada", "Ben")))
    back = {"Ada": -30, "Ben": 30}
    keeper.book(HoursCountered(countered=swapped.id, moves=back, reason="wrong", how="both", by=("Ada", "Ben")))
    keeper.book(MemberLeft(handle="Dan", minutes=0))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shop"


@pytest.fixture
def keeper(folder: Path) -> Iterator[Keeper]:
    with Store.open(folder) as store:
        yield Keeper(store)


# --- what goes in comes out -------------------------------------------------------------------------------


def test_the_present_comes_back_after_a_restart(keeper: Keeper, folder: Path) -> None:
    """Else the shop would lose its members and its hours with every power cut."""
    a_life(keeper)
    device = keeper.store.device
    keeper.store.close()
    with Store.open(folder) as again:
        assert restore(again.tables()) == keeper.state
        assert list(restore(again.tables()).members) == ["Ada", "Ben", "Cy", "Dan"]
        assert (again.device, again.next_number, again.rebuilt) == (device, 12, "")


def test_the_record_folds_to_the_present(keeper: Keeper) -> None:
    """Else nobody could check a balance against the entries behind it."""
    a_life(keeper)
    assert refold(keeper.store) == keeper.state == restore(keeper.store.tables())
    assert differing(keeper.store) == ()


def test_what_an_entry_removed_is_gone_from_the_file(keeper: Keeper, folder: Path) -> None:
    """Somebody who left is promised that their badge is forgotten."""
    a_life(keeper)
    tables = keeper.store.tables()
    assert set(tables["badges"]) == {"badge Ada", "badge Ben", "badge Cy"}
    assert [notice["words"] for notice in tables["notices"].values()] == ["soup"]
    keeper.store.close()
    with SQLiteFile(folder / "record.sqlite", read_only=True) as file:
        assert file.rows("SELECT count(*) FROM documents WHERE id = 'badge Dan'") == [(0,)]


def test_entries_come_back_whole_and_in_order(keeper: Keeper) -> None:
    """A report that skipped or doubled an entry would tell a wrong story. 1,234 of them are more than one batch."""
    keeper.book(founded())
    booked = [entry for _ in range(3) for entry in keeper.book(*(swap(f"{number}") for number in range(411)))]
    assert list(keeper.store.entries(after=1)) == booked
    assert list(keeper.store.entries(after=1000)) == booked[999:]
    assert list(keeper.store.entries(after=1234)) == []
    assert [leaf.number for leaf in keeper.store.leaves()] == list(range(1, 1235))


def test_tables_hand_out_copies(keeper: Keeper) -> None:
    """A screen that scribbles on what it got must not change somebody's hours."""
    a_life(keeper)
    keeper.store.tables()["accounts"]["Ada"]["recent"].clear()
    keeper.store.tables()["accounts"].clear()
    assert restore(keeper.store.tables()) == keeper.state


def test_a_new_folder_starts_empty_with_a_name_of_its_own(tmp_path: Path) -> None:
    """Two kiosks with one name would write entries that cannot be told apart."""
    names = set()
    for number in range(20):
        with Store.open(tmp_path / "deep" / f"{number}") as store:
            assert (store.next_number, store.last_number) == (1, 0)
            assert restore(store.tables()) == State() == refold(store)
            assert re.fullmatch("[2-9b-df-hj-np-tv-xz]{4}", store.device)
            names.add(store.device)
    assert len(names) > 15


def test_the_record_is_for_its_owner_only(keeper: Keeper, folder: Path) -> None:
    """Other accounts on the box have no business in who helped whom."""
    a_life(keeper)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert {"record.sqlite", "record.sqlite-wal"} <= set(found)
    assert set(found.values()) == {0o600}


# --- looking entries up -----------------------------------------------------------------------------------


def test_an_entry_is_found_with_what_took_it_back(keeper: Keeper) -> None:
    """Else one swap could be taken back twice."""
    a_life(keeper)
    store = keeper.store
    first, swapped = EntryId(f"{store.device}/1"), EntryId(f"{store.device}/3")
    found = store.find(swapped)
    assert found is not None
    assert found.entry == next(store.entries(after=2))
    assert found.countered_by == f"{store.device}/10"
    untouched = store.find(first)
    assert untouched is not None
    assert (untouched.entry.number, untouched.countered_by) == (1, None)


def test_taking_back_is_seen_although_the_entry_was_looked_up_before(keeper: Keeper) -> None:
    """An entry kept in memory must not hide that it was taken back meanwhile."""
    keeper.book(founded())
    (entry,) = keeper.book(swap())
    before = keeper.store.find(entry.id)
    back = HoursCountered(countered=entry.id, moves={"Ada": -30, "Ben": 30}, reason="", how="undo", by=("Ada",))
    (counter,) = keeper.book(back)
    after = keeper.store.find(entry.id)
    assert before is not None
    assert after is not None
    assert (before.countered_by, after.countered_by) == (None, counter.id)


@pytest.mark.parametrize(
    "strange", ["", "/", "1", "{}/", "{}/0", "{}/01", "{}/+1", "{}/ 1", "{}/١", "{}/-1", "zzzz/1"]
)
def test_a_strange_name_finds_nothing(keeper: Keeper, strange: str) -> None:
    """A forged code on a slip of paper must not freeze the kiosk, nor find an entry under a second name."""
    keeper.book(founded())
    assert keeper.store.find(EntryId(strange.format(keeper.store.device))) is None


def test_an_endless_number_finds_nothing(keeper: Keeper) -> None:
    assert keeper.store.find(EntryId(f"{keeper.store.device}/{'9' * 400}")) is None


# --- what is refused --------------------------------------------------------------------------------------


def test_only_the_next_entry_is_taken(keeper: Keeper) -> None:
    """A gap or a repetition in the record could hide an entry."""
    (first,) = keeper.book(founded())
    store = keeper.store
    later = Entry(device=store.device, number=3, moment=NOON, event=swap())
    foreign = Entry(device="zzzz", number=2, moment=NOON, event=swap())
    second = Entry(device=store.device, number=2, moment=NOON, event=swap())
    for wrong in ([first], [later], [foreign], [second, second], [later, second]):
        with pytest.raises(ValueError, match="next entry is"):
            store.append(wrong, {Touched("board", "board"): {"month": "wrong"}})
    assert store.next_number == 2
    assert restore(store.tables()) == keeper.state
    keeper.book(swap())


def test_the_present_does_not_change_without_an_entry(keeper: Keeper) -> None:
    """A balance that no entry explains is a balance that somebody made up."""
    keeper.book(founded(), swap())
    with pytest.raises(ValueError, match="only with an entry"):
        keeper.store.append([], {Touched("accounts", "Ada"): {"minutes": 6000}})
    assert restore(keeper.store.tables()) == keeper.state


def test_an_unknown_table_is_refused_whole(keeper: Keeper) -> None:
    """A slip in the program must not write an entry without its documents."""
    keeper.book(founded())
    entry = Entry(device=keeper.store.device, number=2, moment=NOON, event=swap())
    with pytest.raises(ValueError, match="no table 'acounts'"):
        keeper.store.append([entry], {Touched("board", "board"): {}, Touched("acounts", "Ada"): {}})
    assert keeper.store.next_number == 2
    assert keeper.store.tables()["board"] == {}


def test_a_second_kiosk_on_the_same_record_is_told_so(keeper: Keeper, folder: Path) -> None:
    """Two writers would both write entry 17."""
    with pytest.raises(StoreBusyError, match=re.escape(str(folder))):
        Store.open(folder)
    keeper.book(founded())
    keeper.store.close()
    Store.open(folder).close()


def test_a_second_kiosk_in_another_process_is_told_so(keeper: Keeper, folder: Path) -> None:
    code = "import sys, pathlib, kiosk.store as s\ntry: s.Store.open(pathlib.Path(sys.argv[1]))\n"
    code += "except s.StoreBusyError as error: print(error)"
    said = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert said.stdout == f"Another kiosk is running on {folder}. Close it, or give this one a folder.\n"


def test_a_closed_store_says_so(keeper: Keeper) -> None:
    keeper.book(founded())
    keeper.store.close()
    keeper.store.close()
    with pytest.raises(StoreClosedError, match="closed already"):
        keeper.book(swap())


# --- those who look on ------------------------------------------------------------------------------------


def test_a_reader_sees_each_commit_while_the_kiosk_runs(keeper: Keeper, folder: Path) -> None:
    """The wall must not show yesterday."""
    with Reader.open(folder) as reader:
        for number in range(1, 4):
            (entry,) = keeper.book(founded() if number == 1 else swap())
            assert reader.last_number == number
            assert restore(reader.tables()) == keeper.state == refold(reader)
            found = reader.find(entry.id)
            assert found is not None
            assert found.entry == entry
        assert reader.device == keeper.store.device


def test_a_reader_in_another_process_sees_the_record(keeper: Keeper, folder: Path) -> None:
    a_life(keeper)
    code = "import sys, pathlib, kiosk.store as s\n"
    code += (
        "with s.Reader.open(pathlib.Path(sys.argv[1])) as reader: print(reader.last_number, s.differing(reader))"
    )
    said = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert said.stdout == "11 ()\n"


def test_a_reader_works_while_no_kiosk_runs(keeper: Keeper, folder: Path) -> None:
    """A report is also wanted on a Sunday."""
    a_life(keeper)
    keeper.store.close()
    with Reader.open(folder) as reader:
        assert restore(reader.tables()) == keeper.state
        assert differing(reader) == ()
    with Store.open(folder) as again:
        Keeper(again, keeper.state).book(swap())


def test_a_reader_outlives_the_kiosk_and_sees_the_next_run(keeper: Keeper, folder: Path) -> None:
    """The wall page keeps running when the kiosk is restarted."""
    keeper.book(founded())
    with Reader.open(folder) as reader:
        keeper.store.close()
        with Store.open(folder) as again:
            Keeper(again, keeper.state).book(swap("after the restart"))
            assert [entry.number for entry in reader.entries()] == [1, 2]


def test_a_reader_can_look_at_one_moment(keeper: Keeper, folder: Path) -> None:
    """Else a check that runs while people book would cry wolf."""
    keeper.book(founded(), swap())
    with Reader.open(folder) as reader:
        with reader.still():
            keeper.book(swap())
            assert reader.last_number == 2
            assert len(list(reader.entries())) == 2
        assert reader.last_number == 3


def test_a_reader_never_writes(keeper: Keeper, folder: Path) -> None:
    keeper.book(founded())
    keeper.store.close()
    before = (folder / "record.sqlite").read_bytes()
    with Reader.open(folder) as reader:
        list(reader.entries())
        reader.tables()
    assert (folder / "record.sqlite").read_bytes() == before
    with Reader.open(folder):
        Store.open(folder).close()


def test_where_nothing_was_written_a_reader_says_so(folder: Path) -> None:
    with pytest.raises(NoRecordError, match=re.escape(f"no record in {folder}")):
        Reader.open(folder)
    folder.mkdir()
    with pytest.raises(NoRecordError, match=re.escape(str(folder))):
        Reader.open(folder)
    (folder / "record.sqlite").touch()
    with pytest.raises(NoRecordError, match="holds no record"):
        Reader.open(folder)


# --- a present that somebody meddled with -----------------------------------------------------------------


def test_a_present_that_lags_behind_the_record_is_folded_anew(keeper: Keeper, folder: Path) -> None:
    """The record is the truth: a present put back from elsewhere must not be believed."""
    a_life(keeper)
    keeper.store.close()
    with SQLiteFile(folder / "record.sqlite") as file:
        file.commit(
            [
                Statement("UPDATE about SET value = '7' WHERE name = 'present'"),
                Statement("DELETE FROM documents WHERE in_table = 'accounts'"),
                Statement("INSERT INTO documents (in_table, id, body) VALUES ('members', 'Eve', '{}')"),
            ]
        )
    with Store.open(folder) as again:
        assert "as of entry 7, but the record goes up to 11" in again.rebuilt
        assert restore(again.tables()) == keeper.state
        assert differing(again) == ()
        Keeper(again, keeper.state).book(swap())
    with Store.open(folder) as third:
        assert third.rebuilt == ""


def test_a_kiosk_that_was_updated_folds_its_record_anew(keeper: Keeper, folder: Path) -> None:
    """Without this coins that fell before there were jars would be gone from the wall."""
    keeper.book(CoinFell(cents=50, pulses=5))
    last = keeper.store.last_number
    keeper.store.close()
    with SQLiteFile(folder / "record.sqlite") as file:
        file.commit(
            [
                Statement("UPDATE about SET value = ? WHERE name = 'present'", (str(last),)),
                Statement("DELETE FROM documents WHERE in_table IN ('funds', 'money')"),
            ]
        )
    with Store.open(folder) as again:
        assert "another version" in again.rebuilt
        assert restore(again.tables()).funds["jar"].cents == 50
    with Store.open(folder) as third:
        assert third.rebuilt == ""


def test_folding_anew_that_was_cut_off_is_made_up_for(keeper: Keeper, folder: Path) -> None:
    """Between emptying and filling the present the power may go; the members must not be gone on Monday."""
    a_life(keeper)
    keeper.store.close()
    with SQLiteFile(folder / "record.sqlite") as file:
        file.commit([Statement("DELETE FROM documents"), Record(file).folded_to(None)])
    with Store.open(folder) as again:
        assert "as of entry none" in again.rebuilt
        assert restore(again.tables()) == keeper.state


def test_a_present_that_cannot_be_read_is_folded_anew(keeper: Keeper, folder: Path) -> None:
    a_life(keeper)
    keeper.store.close()
    with SQLiteFile(folder / "record.sqlite") as file:
        file.commit([Statement("UPDATE documents SET body = '{\"minu' WHERE id = 'Ben'")])
    with Store.open(folder) as again:
        assert "document 'Ben'" in again.rebuilt
        assert restore(again.tables()) == keeper.state


def test_a_changed_balance_is_named(keeper: Keeper, folder: Path) -> None:
    """A check must find the one document that somebody changed by hand."""
    a_life(keeper)
    with SQLiteFile(folder / "record.sqlite") as file:
        sql = "UPDATE documents SET body = replace(body, '\"minutes\":45', '\"minutes\":600') WHERE id = 'Ada'"
        file.commit([Statement(sql)])
    with Reader.open(folder) as reader:
        assert differing(reader) == (Touched("accounts", "Ada"),)


# --- the promises about the disk --------------------------------------------------------------------------


def test_every_commit_is_synced_by_sqlite_itself(folder: Path) -> None:
    """Anything less than WAL with FULL loses acknowledged entries in a power cut."""
    folder.mkdir()
    with SQLiteFile(folder / "some.sqlite") as file:
        assert file.rows("PRAGMA journal_mode") == [("wal",)]
        assert file.rows("PRAGMA synchronous") == [(2,)]
        assert file.rows("PRAGMA secure_delete") == [(1,)]


COUNTED = """
import sys, pathlib
from kiosk.amounts import Moment
from kiosk.events import ClockStarted, Entry
from kiosk.state import Touched
from kiosk.store import Store
with Store.open(pathlib.Path(sys.argv[1])) as store:
    for number in range(1, 1 + int(sys.argv[2])):
        event = ClockStarted(handle="Ada", work="care")
        entry = Entry(device=store.device, number=number, moment=Moment(wall=1, mono=1, boot="b"), event=event)
        documents = {Touched("accounts", name): {"minutes": number} for name in ("Ada", "Ben")}
        store.append([entry], documents)
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace counts the syncs, and is not installed")
def test_an_entry_with_its_documents_costs_one_sync(tmp_path: Path) -> None:
    """Each sync is a wait of a tenth of a second on a bad card; none at all is a lost entry."""
    syncs = {appends: _syncs(tmp_path, appends) for appends in (10, 70)}
    assert syncs[70] - syncs[10] == 60


def _syncs(tmp_path: Path, appends: int) -> int:
    trace = tmp_path / f"trace {appends}"
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync,sync_file_range,msync", "-o", str(trace)]
    command += [sys.executable, "-c", COUNTED, str(tmp_path / f"shop {appends}"), str(appends)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    return sum(1 for line in trace.read_text().splitlines() if "sync(" in line)
