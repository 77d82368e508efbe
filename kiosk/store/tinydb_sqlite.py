"""TinyDB on SQLite: writes only the documents that changed, many changes in one commit if asked.

Built from what TinyDB offers for it (https://tinydb.readthedocs.io/en/latest/extend.html): a storage, a table and
a database class. Documents live in memory as SQLite keeps them; a change is first laid over them in a draft, then
committed, and only then becomes what everybody reads. What is read is a copy: changing it changes nothing here.

For one process and one writing thread. Not for the record itself: memory grows with the documents.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

import msgspec
from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from kiosk.store.errors import StoreDamagedError
from kiosk.store.sqlite_file import SQLiteFile, Statement

Body = dict[str, Any]
"""What stands in a document: plain JSON."""

SCHEMA = (
    Statement("CREATE TABLE IF NOT EXISTS present_tables (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"),
    Statement(
        "CREATE TABLE IF NOT EXISTS documents (place INTEGER PRIMARY KEY, in_table TEXT NOT NULL, id TEXT NOT NULL,"
        " body TEXT NOT NULL, UNIQUE (in_table, id)) STRICT"
    ),
)
"""place keeps the order in which documents were first put in, as a dict in memory does."""

_PUT = (
    "INSERT INTO documents (in_table, id, body) VALUES (?, ?, ?)"
    " ON CONFLICT (in_table, id) DO UPDATE SET body = excluded.body"
)
_AT_ONCE = 16
"""Documents that one statement puts in at most: an errand changes three."""
_TAKE = "DELETE FROM documents WHERE in_table = ? AND id = ?"
_EMPTY = "DELETE FROM documents WHERE in_table = ?"
_NAME = "INSERT OR IGNORE INTO present_tables VALUES (?)"
_UNNAME = "DELETE FROM present_tables WHERE name = ?"


def copied_documents(documents: Iterable[tuple[str, str, str]]) -> list[Statement]:
    """What to write so that a file holds just these: (table, name, body) as they stand in another."""
    rows = list(documents)
    names = dict.fromkeys(table for table, _, _ in rows)
    emptied = [Statement("DELETE FROM documents"), Statement("DELETE FROM present_tables")]
    return [*emptied, *(Statement(_NAME, (name,)) for name in names), *(Statement(_PUT, row) for row in rows)]


write_body = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
"""How the body of a document is written."""

_to_json = msgspec.json.Encoder().encode


def write_plain(body: Body) -> str:
    """The same, quicker, for a body that is plain JSON: lists, no tuples."""
    return _to_json(body).decode()


class Written(NamedTuple):
    """A whole document by its table and name, and its text; made once. None: it is taken away."""

    table: str
    name: str
    body: Body | None
    text: str | None

    @classmethod
    def of(cls, table: str, name: str, body: Body | None) -> "Written":
        """body: plain JSON (lists, no tuples)."""
        return cls(table, name, body, None if body is None else write_plain(body))


@lru_cache(maxsize=_AT_ONCE)
def _put_so_many(count: int) -> str:
    return _PUT.replace("(?, ?, ?)", ", ".join(["(?, ?, ?)"] * count))


class _Draft(Mapping[str, Body]):
    """A table as it will be: the old one with changes laid over it. A change to None takes the document away."""

    def __init__(self, base: Mapping[str, Body]) -> None:
        self.base = base
        self.changes: dict[str, Body | None] = {}
        self.emptied = False

    def empty(self) -> None:
        self.base, self.changes, self.emptied = {}, {}, True

    def absorb(self, later: "_Draft") -> None:
        """Take over a draft that was laid over this one."""
        if later.emptied:
            self.empty()
        self.changes.update(later.changes)

    def __getitem__(self, name: str) -> Body:
        body = self.changes[name] if name in self.changes else self.base[name]
        if body is None:
            raise KeyError(name)
        return body

    def __iter__(self) -> Iterator[str]:
        for name in self.base:
            if self.changes.get(name, self) is not None:
                yield name
        for name, body in self.changes.items():
            if body is not None and name not in self.base:
                yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        if name in self.changes:
            return self.changes[str(name)] is not None
        return name in self.base


class _Open(MutableMapping[Any, Body]):
    """What TinyDB's own code changes: a draft under the table's kind of ids, copying each document it is shown."""

    def __init__(self, draft: _Draft, id_class: Callable[[str], Any]) -> None:
        self._draft = draft
        self._id_class = id_class

    def __getitem__(self, key: Any) -> Body:
        name = str(key)
        if name not in self._draft.changes:
            self._draft.changes[name] = _copy(self._draft.base[name])
        return self._draft[name]

    def __setitem__(self, key: Any, body: Body) -> None:
        self._draft.changes[str(key)] = body

    def __delitem__(self, key: Any) -> None:
        if key not in self:
            raise KeyError(key)
        self._draft.changes[str(key)] = None

    def __contains__(self, key: object) -> bool:
        return str(key) in self._draft

    def __iter__(self) -> Iterator[Any]:
        return (self._id_class(name) for name in self._draft)

    def __len__(self) -> int:
        return len(self._draft)

    def clear(self) -> None:
        self._draft.empty()


class _Group:
    """Changes that become one commit: tables to be (None: dropped), and statements that go first."""

    def __init__(self) -> None:
        self.drafts: dict[str, _Draft | None] = {}
        self.first: list[Statement] = []


class SQLiteStorage(Storage):
    """Where TinyDB's tables are kept. `at` is a path, or a file that others write to in the same commits.

    Raises StoreDamagedError when a document is not JSON.
    """

    def __init__(self, at: str | Path | SQLiteFile) -> None:
        super().__init__()
        self._own = not isinstance(at, SQLiteFile)
        self.file = at if isinstance(at, SQLiteFile) else SQLiteFile(Path(at))
        self.turn = 0
        self._memory: dict[str, dict[str, Body]] = {}
        self._group: _Group | None = None
        if self._own:
            self.file.commit(SCHEMA)
        self.reload()

    def reload(self) -> None:
        """Read again what stands in the file."""
        memory: dict[str, dict[str, Body]] = {
            name: {} for (name,) in self.file.rows("SELECT name FROM present_tables")
        }
        for table, name, text in self.file.rows("SELECT in_table, id, body FROM documents ORDER BY place"):
            memory.setdefault(table, {})[name] = _read_body(text, table, name)
        self._memory = memory
        self.turn += 1

    def names(self) -> set[str]:
        """The names of all tables, also empty ones."""
        names = set(self._memory)
        for name, draft in (self._group.drafts if self._group else {}).items():
            names = names - {name} if draft is None else names | {name}
        return names

    def table(self, name: str) -> Mapping[str, Body]:
        """The documents of a table as they are now. To look at only: they are not copies."""
        if self._group is None or name not in self._group.drafts:
            return self._memory.get(name, {})
        draft = self._group.drafts[name]
        return {} if draft is None else draft

    @contextmanager
    def together(self) -> Iterator[list[Statement]]:
        """What is changed inside becomes one commit, or none of it does if anything raises.

        Statements put into the list go first, in the same commit. Inside another `together` it joins that one.
        """
        if self._group is not None:
            yield self._group.first
            return
        self._group = _Group()
        try:
            yield self._group.first
            self._commit(self._group)
        finally:
            self._group = None
            self.turn += 1

    def lay(self, table: str, draft: _Draft) -> None:
        """Change a table as drafted, within `together`."""
        with self.together():
            drafts = self._drafts()
            earlier = drafts.get(table)
            if earlier is not None:
                earlier.absorb(draft)
            else:
                draft.emptied = draft.emptied or table in drafts  # dropped before: nothing old comes back
                drafts[table] = draft
            self.turn += 1

    def put(self, first: Iterable[Statement], documents: Sequence[Written]) -> None:
        """See `NamedTinyDB.write`."""
        assert self._group is None
        new = {document.table for document in documents} - self._memory.keys()
        statements = [*first, *(Statement(_NAME, (table,)) for table in new)]
        self.file.commit(statements + _statements_of(documents))
        for table, name, body, _ in documents:
            _keep(self._memory.setdefault(table, {}), name, body)
        self.turn += 1

    def read(self) -> dict[str, dict[str, Body]] | None:
        """A copy of everything, for TinyDB's own tables: slow with many documents. None when there is no table."""
        whole = {name: {key: _copy(body) for key, body in self.table(name).items()} for name in self.names()}
        return whole or None

    def write(self, data: dict[str, dict[str, Body]]) -> None:
        """Make everything as given, in one commit: what TinyDB's own tables and `drop_tables` do."""
        with self.together():
            for name in self.names() - set(data):
                self._drafts()[name] = None
            for name, documents in data.items():
                draft = _Draft(self.table(name))
                draft.changes.update(dict.fromkeys(set(draft.base) - set(map(str, documents))))
                draft.changes.update({str(key): dict(body) for key, body in documents.items()})
                self.lay(name, draft)

    def close(self) -> None:
        """Let go of the file, if it was opened here."""
        if self._own:
            self.file.close()

    def _drafts(self) -> dict[str, _Draft | None]:
        assert self._group is not None
        return self._group.drafts

    def _commit(self, group: _Group) -> None:
        # All that can fail by itself comes before the commit: the memory then has but to take over what is written.
        written = {name: _written(draft) for name, draft in group.drafts.items() if draft is not None}
        bodies = {name: _read_back(name, texts) for name, texts in written.items()}
        statements = [*group.first]
        for name, draft in group.drafts.items():
            statements += self._table_statements(name, draft)
            statements += _document_statements(name, written.get(name, {}))
        if statements:
            self.file.commit(statements)
        for name, draft in group.drafts.items():
            self._adopt(name, draft, bodies.get(name, {}))

    def _table_statements(self, name: str, draft: _Draft | None) -> list[Statement]:
        if draft is None:
            return [Statement(_EMPTY, (name,)), Statement(_UNNAME, (name,))]
        statements = [] if name in self._memory else [Statement(_NAME, (name,))]
        return [*statements, Statement(_EMPTY, (name,))] if draft.emptied else statements

    def _adopt(self, name: str, draft: _Draft | None, bodies: Mapping[str, Body | None]) -> None:
        """Remember what was committed just as the next start would read it."""
        if draft is None:
            self._memory.pop(name, None)
            return
        table = self._memory.setdefault(name, {})
        if draft.emptied:
            table.clear()
        for key, body in bodies.items():
            _keep(table, key, body)


class SQLiteTable(Table):
    """A table whose changes cost what they change. On another storage than ours it is TinyDB's own."""

    _seen_turn = 0

    def search(self, cond: QueryLike) -> list[Document]:
        """All documents that match."""
        if (storage := self._sqlite()) and self._seen_turn != storage.turn:
            self.clear_cache()
            self._seen_turn = storage.turn
        return [self._handed_out(document) for document in super().search(cond)]

    def get(
        self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: list[int] | None = None
    ) -> Any:
        """One document by a query or its id, or a list of them by several ids; None when there is none."""
        get: Callable[..., Any] = super().get
        found = get(cond, doc_id, doc_ids)
        if isinstance(found, list):
            return [self._handed_out(document) for document in found]
        return found if found is None else self._handed_out(found)

    def __iter__(self) -> Iterator[Document]:
        return map(self._handed_out, super().__iter__())

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Change the documents that match, or that have these ids, or all; the ids of those that were changed."""
        if doc_ids is None and cond is not None:
            return super().update(fields, None, self._matching(cond))
        return super().update(fields, cond, doc_ids)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Take away the documents that match, or that have these ids; the ids of those that were there."""
        if doc_ids is None and cond is not None:
            return super().remove(None, self._matching(cond))
        return super().remove(cond, doc_ids)

    def _sqlite(self) -> SQLiteStorage | None:
        return self._storage if isinstance(self._storage, SQLiteStorage) else None

    def _handed_out(self, document: Document) -> Document:
        return self.document_class(_copy(document), document.doc_id)

    def _matching(self, cond: QueryLike) -> list[int]:
        # Found beforehand: TinyDB's own loop would open, and so copy, every document of the table.
        return [self.document_id_class(key) for key, body in self._read_table().items() if cond(body)]

    def _read_table(self) -> Any:
        storage = self._sqlite()
        return storage.table(self.name) if storage else super()._read_table()

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        storage = self._sqlite()
        if storage is None:
            super()._update_table(updater)
            return
        draft = _Draft(storage.table(self.name))
        try:
            updater(_Open(draft, self.document_id_class))
            storage.lay(self.name, draft)
        except BaseException:
            self._next_id = None  # the id that was given out is free again
            raise
        self.clear_cache()


class NamedTable(SQLiteTable):
    """A table whose documents have names instead of numbers."""

    document_id_class: Any = str

    def put(self, name: str, body: Mapping[str, Any]) -> None:
        """Let a whole document be there under a name, whether or not there was one before."""
        self._update_table(lambda table: table.update({name: dict(body)}))

    def forget(self, name: str) -> None:
        """Let no document be there under a name."""
        self._update_table(lambda table: table.pop(name, None))

    def _get_next_id(self) -> int:
        raise ValueError(f"The documents of {self.name} have names: give a Document with its name as doc_id.")


class SQLiteTinyDB(TinyDB):
    """TinyDB in an SQLite file: `SQLiteTinyDB("shop.sqlite")`."""

    table_class = SQLiteTable
    default_storage_class: Any = SQLiteStorage

    def tables(self) -> set[str]:
        """The names of all tables."""
        return self._storage.names() if isinstance(self._storage, SQLiteStorage) else super().tables()

    def together(self) -> AbstractContextManager[list[Statement]]:
        """What is changed inside becomes one commit, see `SQLiteStorage.together`."""
        if not isinstance(self._storage, SQLiteStorage):
            raise TypeError(f"{type(self._storage).__name__} cannot commit changes together.")
        return self._storage.together()


class NamedTinyDB(SQLiteTinyDB):
    """TinyDB whose documents have names."""

    table_class = NamedTable

    def __init__(self, at: str | Path | SQLiteFile) -> None:
        super().__init__(at)
        self._sqlite = cast(SQLiteStorage, self.storage)

    def write(self, first: Iterable[Statement], documents: Sequence[Written]) -> None:
        """Write these statements and whole documents in one commit.

        The short way, for documents that are given out of hand. Not within `together`.
        """
        self._sqlite.put(first, documents)

    def table(self, name: str, **options: Any) -> NamedTable:
        """A table by its name."""
        return cast(NamedTable, super().table(name, **options))


def _written(draft: _Draft) -> dict[str, str | None]:
    """What must be written of a draft, as text."""
    changes = {key: (body, draft.base.get(key)) for key, body in draft.changes.items()}
    texts = {key: None if body is None else write_body(body) for key, (body, _) in changes.items()}
    return {key: texts[key] for key, (body, before) in changes.items() if not _same(body, before, texts[key])}


def _same(body: Body | None, before: Body | None, text: str | None) -> bool:
    """Whether nothing changed. Equal in Python is not enough: there 1, 1.0 and True are all equal."""
    if body is None or before is None:
        return body is before
    return body == before and text == write_body(before)


def _document_statements(table: str, written: Mapping[str, str | None]) -> list[Statement]:
    return [
        Statement(_TAKE, (table, key)) if text is None else Statement(_PUT, (table, key, text))
        for key, text in written.items()
    ]


def _read_back(table: str, written: Mapping[str, str | None]) -> dict[str, Body | None]:
    return {key: None if text is None else _read_body(text, table, key) for key, text in written.items()}


def _statements_of(documents: Iterable[Written]) -> list[Statement]:
    """What to write for whole documents: few statements, since each costs as much as a document."""
    there = [document for document in documents if document.text is not None]
    batches = [there[at : at + _AT_ONCE] for at in range(0, len(there), _AT_ONCE)]
    return [
        *(Statement(_TAKE, (table, name)) for table, name, _, text in documents if text is None),
        *(
            Statement(_put_so_many(len(batch)), tuple(part for d in batch for part in (d.table, d.name, d.text)))
            for batch in batches
        ),
    ]


def _keep(table: dict[str, Body], name: str, body: Body | None) -> None:
    if body is None:
        table.pop(name, None)
    else:
        table[name] = body


def _read_body(text: str, table: str, name: str) -> Body:
    try:
        body = json.loads(text)
    except (ValueError, TypeError) as error:
        raise StoreDamagedError(f"The document {name!r} of the table {table!r} is damaged ({error}).") from error
    if not isinstance(body, dict):
        raise StoreDamagedError(f"The document {name!r} of the table {table!r} is damaged (it is no document).")
    return body


def _copy(value: Any) -> Any:
    """A copy that shares nothing with the value: documents are plain JSON, so dicts and lists are all there is."""
    match value:
        case dict():
            return {key: _copy(inner) for key, inner in value.items()}
        case list():
            return [_copy(inner) for inner in value]
    return value
