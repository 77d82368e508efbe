"""Becomes the conftest.py of TinyDB's own tests, so that they run on our storage; see tinydb_suite.py.

TinyDB's own conftest.py lies beside it as stock_conftest.py. Besides the `db` fixture, every TinyDB that a test
opens by a path is ours too.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from kiosk.store.tinydb_sqlite import SQLiteStorage, SQLiteTable, SQLiteTinyDB

from . import stock_conftest

LEFT_OUT = set(json.loads(os.environ["TINYDB_LEFT_OUT"]))
ran_on_sqlite: set[str] = set()
left_out: set[str] = set()


class SeenStorage(SQLiteStorage):
    """Ours, and notes which tests open one. What TinyDB would pass on to its JSON encoder means nothing here."""

    def __init__(self, at: str | Path, ensure_ascii: bool = False) -> None:
        super().__init__(at)
        ran_on_sqlite.add(os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0])


TinyDB.default_storage_class = SeenStorage
TinyDB.table_class = SQLiteTable
SQLiteTinyDB.default_storage_class = SeenStorage


storage = stock_conftest.storage
"""A fixture that TinyDB's tests ask for."""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[SQLiteTinyDB]:
    """What TinyDB's tests find in every database: three documents, numbered by themselves."""
    with SQLiteTinyDB(tmp_path / "test.db") as database:
        database.insert_multiple({"int": 1, "char": char} for char in "abc")
        yield database


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    out = [item for item in items if item.nodeid in LEFT_OUT]
    left_out.update(item.nodeid for item in out)
    items[:] = [item for item in items if item.nodeid not in LEFT_OUT]
    config.hook.pytest_deselected(items=out)


def pytest_sessionfinish() -> None:
    found = {"on_sqlite": len(ran_on_sqlite), "left_out": sorted(left_out)}
    Path(os.environ["TINYDB_FOUND"]).write_text(json.dumps(found))
