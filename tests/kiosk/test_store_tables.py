"""TinyDB's tables on SQLite: they behave as TinyDB's own do, and fail as a whole or not at all."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from kiosk.store.errors import StoreDamagedError, StoreError, StoreFullError
from kiosk.store.sqlite_file import SQLiteFile, Statement
from kiosk.store.tinydb_sqlite import NamedTable, NamedTinyDB, SQLiteStorage, SQLiteTinyDB


@pytest.fixture
def file(tmp_path: Path) -> Iterator[SQLiteFile]:
    with SQLiteFile(tmp_path / "shop.sqlite") as file:
        SQLiteTinyDB(tmp_path / "shop.sqlite").close()  # lays out its tables
        yield file


@pytest.fixture
def shop(file: SQLiteFile) -> NamedTinyDB:
    return NamedTinyDB(file)


def kept(file: SQLiteFile) -> dict[str, list[Any]]:
    """What a restart would find: read by a fresh storage from the same file."""
    tables = SQLiteStorage(file).read() or {}
    return {name: [json.dumps([key, body]) for key, body in table.items()] for name, table in tables.items()}


def held(database: TinyDB) -> dict[str, list[Any]]:
    """What the database in use says that it holds."""
    return {
        name: [json.dumps([str(found.doc_id), found]) for found in database.table(name)]
        for name in database.tables()
    }


# --- documents with names ---------------------------------------------------------------------------------


def test_a_document_is_put_under_its_name_and_replaced_whole(shop: NamedTinyDB, file: SQLiteFile) -> None:
    """A field that is gone must be gone: a clock that was stopped must not run on."""
    members = shop.table("members")
    members.put("Ada", {"standing": "here", "clock": {"work": "care"}})
    members.put("Ben", {"standing": "here"})
    members.put("Ada", {"standing": "away"})
    assert members.get(doc_id="Ada") == {"standing": "away"}
    assert [found.doc_id for found in members] == ["Ada", "Ben"]
    members.forget("Ada")
    members.forget("nobody")
    assert [found.doc_id for found in members.search(where("standing") == "here")] == ["Ben"]
    assert held(shop) == kept(file)


def test_tinydbs_own_verbs_work_with_names(shop: NamedTinyDB, file: SQLiteFile) -> None:
    members = shop.table("members")
    members.insert(Document({"minutes": 15}, doc_id="Ada"))
    members.upsert(Document({"minutes": 30}, doc_id="Ada"))
    members.upsert(Document({"minutes": 45}, doc_id="1"))
    assert members.update({"left": True}, where("minutes") == 45) == ["1"]
    assert members.remove(doc_ids=["Ada", "nobody"]) == ["Ada"]
    assert members.all() == [{"minutes": 45, "left": True}]
    assert held(shop) == kept(file)


def test_a_document_without_a_name_is_refused(shop: NamedTinyDB) -> None:
    with pytest.raises(ValueError, match="documents of members have names"):
        shop.table("members").insert({"standing": "here"})


# --- nothing is shared ------------------------------------------------------------------------------------


READS: dict[str, Callable[[Table], Any]] = {
    "all": lambda table: table.all()[0],
    "iter": lambda table: next(iter(table)),
    "search": lambda table: table.search(where("a").exists())[0],
    "get by id": lambda table: table.get(doc_id=1),
    "get by ids": lambda table: table.get(doc_ids=[1])[0],
    "get by query": lambda table: table.get(where("a").exists()),
}


@pytest.mark.parametrize("way", READS)
def test_what_is_read_can_be_scribbled_on(file: SQLiteFile, way: str) -> None:
    """A change that was never written would be seen until the next restart, and then be gone."""
    table = SQLiteTinyDB(file).table("some")
    table.insert({"a": {"n": [1, {"m": 2}]}})
    for _ in range(2):
        found = READS[way](table)
        assert found == {"a": {"n": [1, {"m": 2}]}}
        found["a"]["n"][1]["m"] = 99
        found["a"]["n"].append(3)
        found.clear()


def test_what_was_put_in_can_be_scribbled_on(file: SQLiteFile) -> None:
    table = SQLiteTinyDB(file).table("some")
    given = {"a": {"n": [1]}}
    table.insert(given)
    given["a"]["n"].append(2)
    assert table.all() == [{"a": {"n": [1]}}]


def test_a_document_is_at_once_what_it_will_be_after_a_restart(file: SQLiteFile) -> None:
    """A tuple that turns into a list only on Monday is found on Monday."""
    database = SQLiteTinyDB(file)
    database.insert({"pair": (1, 2), 3: "three"})
    assert database.all() == [{"pair": [1, 2], "3": "three"}] == SQLiteTinyDB(file).all()


@pytest.mark.parametrize(("before", "after"), [(1, True), (True, 1), (0, False), (1, 1.0), ([1], [True])])
def test_what_only_python_thinks_equal_is_written(file: SQLiteFile, before: Any, after: Any) -> None:
    database = SQLiteTinyDB(file)
    database.insert({"value": before})
    database.update({"value": after})
    assert held(database) == kept(file)
    assert json.dumps(database.all()) == json.dumps([{"value": after}])


# --- all or nothing ---------------------------------------------------------------------------------------


def test_changes_made_together_are_one_commit(shop: NamedTinyDB, file: SQLiteFile) -> None:
    """An hour given must not be on the disk without the hour received."""
    with SQLiteFile(file.path, read_only=True) as onlooker:
        with shop.together() as first:
            first.append(Statement("CREATE TABLE beside (x)"))
            shop.table("accounts").put("Ada", {"minutes": 15})
            shop.table("accounts").put("Ben", {"minutes": -15})
            assert len(shop.table("accounts")) == 2
            assert shop.table("accounts").search(where("minutes") > 0) == [{"minutes": 15}]
            assert onlooker.rows("SELECT count(*) FROM documents") == [(0,)]
        assert onlooker.rows("SELECT count(*) FROM documents") == [(2,)]
        assert onlooker.rows("SELECT count(*) FROM beside") == [(0,)]


def broken_statement(shop: NamedTinyDB, first: list[Statement]) -> None:
    first.append(Statement("INSERT INTO nowhere VALUES (1)"))


def unwritable_document(shop: NamedTinyDB, first: list[Statement]) -> None:
    shop.table("accounts").put("Ada", {"minutes": {15}})


def unwritable_text(shop: NamedTinyDB, first: list[Statement]) -> None:
    shop.table("accounts").put("Ada", {"note": "\ud800"})


def error_of_the_caller(shop: NamedTinyDB, first: list[Statement]) -> None:
    raise ZeroDivisionError


def nested_error(shop: NamedTinyDB, first: list[Statement]) -> None:
    with shop.together():
        shop.table("accounts").put("Cy", {"minutes": 0})
        raise ZeroDivisionError


@pytest.mark.parametrize(
    "trouble", [broken_statement, unwritable_document, unwritable_text, error_of_the_caller, nested_error]
)
def test_together_fails_as_a_whole(
    shop: NamedTinyDB, file: SQLiteFile, trouble: Callable[[NamedTinyDB, list[Statement]], None]
) -> None:
    """Memory that is ahead of the disk shows hours that nobody wrote down."""
    accounts = shop.table("accounts")
    accounts.put("Ada", {"minutes": 15})
    accounts.put("Ben", {"minutes": -15})
    shop.table("dropped").put("x", {})
    before = held(shop)
    assert accounts.search(where("minutes") == 99) == []

    def change_and_fail() -> None:
        with shop.together() as first:
            accounts.put("Ada", {"minutes": 99})
            accounts.forget("Ben")
            shop.table("new").put("y", {})
            shop.drop_table("dropped")
            assert accounts.search(where("minutes") == 99) == [{"minutes": 99}]
            trouble(shop, first)

    with pytest.raises((StoreError, TypeError, UnicodeEncodeError, ZeroDivisionError)):
        change_and_fail()
    assert held(shop) == before == kept(file)
    assert accounts.search(where("minutes") == 99) == []
    accounts.put("Ada", {"minutes": 30})
    assert held(shop) == kept(file)


def test_an_updater_that_fails_changes_nothing(file: SQLiteFile) -> None:
    database = SQLiteTinyDB(file)
    database.insert_multiple({"n": [number]} for number in (1, 0, 2))
    before = held(database)

    def spoil(body: Any) -> None:
        body["n"].append(1 // body["n"][0])

    with pytest.raises(ZeroDivisionError):
        database.update(spoil)
    assert held(database) == before == kept(file)


def test_an_id_given_out_by_a_failed_insert_is_free_again(file: SQLiteFile) -> None:
    database = SQLiteTinyDB(file)
    with pytest.raises(TypeError):
        database.insert({"not": object()})
    assert database.insert({}) == 1


def test_a_failed_change_caught_within_together_leaves_the_others(shop: NamedTinyDB, file: SQLiteFile) -> None:
    accounts = shop.table("accounts")
    accounts.put("Ada", {"minutes": 15})
    with shop.together():
        accounts.put("Ben", {"minutes": 0})
        with pytest.raises(ValueError, match="already exists"):
            accounts.insert_multiple([Document({}, doc_id="Cy"), Document({}, doc_id="Ada")])
    assert {found.doc_id for found in accounts} == {"Ada", "Ben"}
    assert held(shop) == kept(file)


def test_dropped_and_made_again_together_keeps_only_the_new(shop: NamedTinyDB, file: SQLiteFile) -> None:
    shop.table("members").put("Ada", {})
    shop.table("other").put("x", {})
    with shop.together():
        shop.drop_table("members")
        assert shop.tables() == {"other"}
        assert len(shop.table("members")) == 0
        shop.table("members").put("Ben", {})
        shop.table("other").truncate()
    assert held(shop) == {"members": [json.dumps(["Ben", {}])], "other": []} == kept(file)


def put_until_full(accounts: NamedTable) -> None:
    for number in range(100):
        accounts.put(f"{number}", {"note": "x" * 500})


def test_a_full_disk_leaves_memory_and_file_as_they_were(shop: NamedTinyDB, file: SQLiteFile) -> None:
    """The kiosk must say that it is full, go on with what it has, and take up again when there is room."""
    accounts = shop.table("accounts")
    ((pages,),) = file.rows("PRAGMA page_count")
    file.rows(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreFullError, match="is full"):
        put_until_full(accounts)
    before = held(shop)
    assert 0 < len(before["accounts"]) < 100
    assert before == kept(file)
    file.rows(f"PRAGMA max_page_count = {pages + 100}")
    accounts.put("later", {"note": "x" * 500})
    assert held(shop) == kept(file)


# --- beside TinyDB's own parts ----------------------------------------------------------------------------


def test_a_change_writes_the_changed_document_only(shop: NamedTinyDB, file: SQLiteFile) -> None:
    """Else booking an hour takes longer with every member, and wears the card out."""
    accounts = shop.table("accounts")
    with shop.together():
        for number in range(300):
            accounts.put(f"{number}", {"minutes": number})
    ((before,),) = file.rows("SELECT total_changes()")
    accounts.update({"minutes": 0}, where("minutes") == 7)
    accounts.update({"minutes": 0}, doc_ids=["8"])
    accounts.put("9", {"minutes": 9})
    accounts.put("10", {"minutes": 0})
    accounts.remove(where("minutes") == 299)
    ((after,),) = file.rows("SELECT total_changes()")
    assert after - before == 4


def test_tinydbs_own_tables_work_on_the_storage(tmp_path: Path) -> None:
    """Without our table it is slower, not wrong; and what failed to be written is not remembered."""
    with TinyDB(tmp_path / "a.sqlite", storage=SQLiteStorage) as database:
        database.insert_multiple({"n": {"m": number}} for number in range(3))
        database.remove(doc_ids=[2])
        with pytest.raises(TypeError):
            database.update({"n": object()})
        database.table("other").insert({"x": 1})
        database.drop_table("other")
        assert held(database) == {
            "_default": [json.dumps(["1", {"n": {"m": 0}}]), json.dumps(["3", {"n": {"m": 2}}])]
        }
        assert held(database) == kept(database.storage.file)


def test_our_table_works_on_tinydbs_own_storages(tmp_path: Path) -> None:
    with SQLiteTinyDB(storage=MemoryStorage) as database:
        database.insert({"a": 1})
        assert database.search(where("a") == 1) == [{"a": 1}]
        assert database.tables() == {"_default"}
        with pytest.raises(TypeError, match="MemoryStorage cannot commit"):
            database.together()
    with SQLiteTinyDB(tmp_path / "b.sqlite", storage=CachingMiddleware(SQLiteStorage)) as cached:
        cached.insert({"a": 1})
    with SQLiteTinyDB(tmp_path / "b.sqlite") as database:
        assert database.all() == [{"a": 1}]


@pytest.mark.parametrize("body", ['{"a":', "[]", "3"])
def test_a_damaged_document_is_named(shop: NamedTinyDB, file: SQLiteFile, body: str) -> None:
    shop.table("accounts").put("Ada", {})
    file.commit([Statement("UPDATE documents SET body = ?", (body,))])
    with pytest.raises(StoreDamagedError, match="document 'Ada' of the table 'accounts' is damaged"):
        NamedTinyDB(file)


# --- anything that a program may do -----------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "é"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats(-1, 1) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=4,
)
BODIES = st.dictionaries(NAMES, VALUES, max_size=3)
TABLES = st.sampled_from(["_default", "my table", "select"])
IDS = st.integers(1, 6)
CONDITIONS = st.sampled_from(
    [where("a").exists(), where("a") == 1, where("b") == True, ~where("é").exists(), where("nothing") == 0]  # noqa: E712
)


def add_one(body: Any) -> None:
    body.setdefault("b", []).append(1) if isinstance(body.get("b", []), list) else body.update(b=1)


class SameAsTinyDB(RuleBasedStateMachine):
    """Ours and TinyDB in memory are told the same; they must hold the same, also after a restart of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "some.sqlite"
        self.ours = SQLiteTinyDB(self.path)
        self.memory = MemoryStorage()
        self.theirs = TinyDB(storage=lambda: self.memory)

    def both(self, table: str, act: Callable[[Table], Any]) -> None:
        answers = [outcome(act, database.table(table)) for database in (self.ours, self.theirs)]
        assert answers[0] == answers[1]

    @rule(table=TABLES, body=BODIES)
    def insert(self, table: str, body: Mapping[str, Any]) -> None:
        self.both(table, lambda t: t.insert(deepcopy(body)))

    @rule(table=TABLES, body=BODIES, doc_id=IDS)
    def insert_with_id(self, table: str, body: Mapping[str, Any], doc_id: int) -> None:
        self.both(table, lambda t: t.insert(Document(deepcopy(body), doc_id)))

    @rule(table=TABLES, bodies=st.lists(BODIES, max_size=3))
    def insert_several(self, table: str, bodies: list[Mapping[str, Any]]) -> None:
        self.both(table, lambda t: t.insert_multiple(deepcopy(bodies)))

    @rule(table=TABLES, body=BODIES, condition=CONDITIONS)
    def update_where(self, table: str, body: Mapping[str, Any], condition: Any) -> None:
        self.both(table, lambda t: t.update(deepcopy(body), condition))

    @rule(table=TABLES, body=BODIES, ids=st.lists(IDS, max_size=3, unique=True))
    def update_ids(self, table: str, body: Mapping[str, Any], ids: list[int]) -> None:
        self.both(table, lambda t: t.update(deepcopy(body), doc_ids=ids))

    @rule(table=TABLES)
    def update_all_by_a_function(self, table: str) -> None:
        self.both(table, lambda t: t.update(add_one))

    @rule(table=TABLES, first=CONDITIONS, second=CONDITIONS, body=BODIES)
    def update_several(self, table: str, first: Any, second: Any, body: Mapping[str, Any]) -> None:
        self.both(table, lambda t: t.update_multiple([(deepcopy(body), first), (add_one, second)]))

    @rule(table=TABLES, body=BODIES, condition=CONDITIONS)
    def upsert_where(self, table: str, body: Mapping[str, Any], condition: Any) -> None:
        self.both(table, lambda t: t.upsert(deepcopy(body), condition))

    @rule(table=TABLES, body=BODIES, doc_id=IDS)
    def upsert_id(self, table: str, body: Mapping[str, Any], doc_id: int) -> None:
        self.both(table, lambda t: t.upsert(Document(deepcopy(body), doc_id)))

    @rule(table=TABLES, condition=CONDITIONS)
    def remove_where(self, table: str, condition: Any) -> None:
        self.both(table, lambda t: t.remove(condition))

    @rule(table=TABLES, ids=st.lists(IDS, max_size=3, unique=True))
    def remove_ids(self, table: str, ids: list[int]) -> None:
        self.both(table, lambda t: t.remove(doc_ids=ids))

    @rule(table=TABLES)
    def truncate(self, table: str) -> None:
        self.both(table, lambda t: t.truncate())

    @rule(table=TABLES)
    def drop(self, table: str) -> None:
        self.ours.drop_table(table)
        self.theirs.drop_table(table)

    @rule(table=TABLES, condition=CONDITIONS, ids=st.lists(IDS, max_size=3))
    def look(self, table: str, condition: Any, ids: list[int]) -> None:
        self.both(table, lambda t: t.search(condition))
        self.both(table, lambda t: t.get(condition))
        self.both(table, lambda t: t.get(doc_ids=ids))
        self.both(table, lambda t: [t.contains(doc_id=doc_id) for doc_id in ids])
        self.both(table, lambda t: t.count(condition))

    @rule(table=TABLES, bodies=st.lists(BODIES, max_size=3), condition=CONDITIONS)
    def together(self, table: str, bodies: list[Mapping[str, Any]], condition: Any) -> None:
        with self.ours.together():
            for body in bodies:
                self.both(table, lambda t, body=body: t.insert(deepcopy(body)))
            self.both(table, lambda t: t.update({"b": 1}, condition))
            self.both(table, lambda t: t.search(condition))

    @rule(table=TABLES, body=BODIES, condition=CONDITIONS)
    def together_in_vain(self, table: str, body: Mapping[str, Any], condition: Any) -> None:
        def change_and_fail() -> None:
            with self.ours.together():
                self.ours.table(table).update(deepcopy(body))
                self.ours.table(table).remove(condition)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            change_and_fail()

    @rule()
    def restart(self) -> None:
        self.ours.close()
        self.ours = SQLiteTinyDB(self.path)
        self.theirs = TinyDB(storage=lambda: self.memory)

    @invariant()
    def hold_the_same(self) -> None:
        assert held(self.ours) == held(self.theirs)

    @invariant()
    def hold_what_a_restart_would_read(self) -> None:
        assert kept(self.ours.storage.file) == held(self.ours)

    def teardown(self) -> None:
        self.ours.close()
        self.folder.cleanup()


def outcome(act: Callable[[Table], Any], table: Table) -> str:
    """What came back, or what was raised, told apart down to 1 and True."""
    try:
        return json.dumps(act(table))
    except ValueError as error:
        return f"ValueError: {error}"


SameAsTinyDB.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None, derandomize=True)
TestSameAsTinyDB = SameAsTinyDB.TestCase
