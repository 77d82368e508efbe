"""Elections as `.pb` files, which public tools read and write (pabulib.org/format; Stolicki, Szufa, Talmon:
"Pabulib", arXiv 2012.06539): sections META, PROJECTS and VOTES of cells parted by semicolons.

Amounts are decimal numbers in the currency's unit and become whole cents. Only approval ballots can be counted
("choose-1" is one with a single approval). Who cast a ballot is not looked at when reading; when writing, the
ballots are put in an order of their own and numbered, so that a file doesn't tell in which order they came.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from typing import NamedTuple

from msgspec import Struct

from kiosk.counting.election import Ballot, Election, Project

LARGEST = 32 * 2**20
"""Bytes; several times what a city needs."""

SECTIONS = ("META", "PROJECTS", "VOTES")
VOTE_TYPES = ("approval", "choose-1")

_AMOUNT = re.compile(r"([0-9]{1,15})(?:[.,]([0-9]{1,2}))?")
_FINER = re.compile(r"[0-9]+[.,][0-9]{3,}")
_BELOW = re.compile(r"[-−][0-9.,]+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Signs at which one reader or another ends a line, or that no file can hold."""


class Fault(Struct, frozen=True):
    """Why a file can't be counted, and the line of it, counted from 1."""

    line: int
    reason: str


class About(Struct, frozen=True):
    """What a file tells beside the election. unit: whose money it is; instance: which of their rounds."""

    description: str
    unit: str
    instance: str
    country: str = ""
    currency: str = "EUR"
    day: date | None = None


class _MalformedError(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.fault = Fault(line, reason)


class _Row(NamedTuple):
    line: int
    cells: list[str]


class _Table(NamedTuple):
    """A section. line: of its name; columns: where each named cell stands."""

    line: int
    columns: Mapping[str, int]
    rows: Sequence[_Row]


def read(data: bytes) -> Election | Fault:
    """The election in the bytes of a file, or the first thing that is wrong with it. Any bytes will do."""
    try:
        return _election(_tables(_text(data)))
    except _MalformedError as malformed:
        return malformed.fault


def write(election: Election, about: About) -> str:
    """The election as a file that this and the public tools read."""
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(_lines(election, about))
    return out.getvalue()


def amount(text: str) -> int | None:
    """Cents in a decimal number with at most two decimals, such as 12, 12.5 or 12,50; None when it isn't one."""
    found = _AMOUNT.fullmatch(text)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise _MalformedError(1, f"the file is larger than {LARGEST // 2**20} MiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise _MalformedError(data.count(b"\n", 0, wrong.start) + 1, "this is not text in UTF-8") from None


def _rows(text: str) -> Iterator[_Row]:
    """All rows that hold something, each with the line it begins on: in quotation marks a cell may hold line
    ends."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=";")
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _Row(line, [cell.strip() for cell in cells])
            line = reader.line_num + 1
    except csv.Error as wrong:
        raise _MalformedError(line, f"this can't be read as cells parted by semicolons ({wrong})") from None


def _tables(text: str) -> Mapping[str, _Table]:
    """The sections by name."""
    found: dict[str, list[_Row]] = {}
    name, line, spread = "", 1, 0
    for row in _rows(text):
        line, first = row.line, row.cells[0].upper()
        spread = line if any("\n" in cell for cell in row.cells) else spread
        if first in found:
            raise _MalformedError(row.line, f"a second {first} section begins here")
        if first in SECTIONS:
            name = first
        elif not name:
            raise _MalformedError(row.line, f"the file begins with {_said(row.cells[0])}, not with META")
        found.setdefault(name, []).append(row)
    for missing in (each for each in SECTIONS if each not in found):
        hint = "; is it behind a quotation mark that opens here and isn't closed?" if spread else ""
        raise _MalformedError(spread or line, f"there is no {missing} section{hint}")
    return {name: _table(name, rows) for name, rows in found.items()}


def _table(name: str, rows: Sequence[_Row]) -> _Table:
    """A section with the row of its name and that of its columns taken off; all others must have as many cells."""
    if len(rows) < 2:
        raise _MalformedError(rows[0].line, f"the {name} section names no columns")
    (title, _), (line, header), *others = rows
    columns = {cell.lower(): place for place, cell in reversed(list(enumerate(header)))}
    needed = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("vote",)}[name]
    for column in needed:
        if column not in columns:
            raise _MalformedError(line, f"the {name} section has no column {column}")
    for row in others:
        if len(row.cells) != len(header):
            raise _MalformedError(row.line, f"this has {_cells(row.cells)}, and the columns are {len(header)}")
    return _Table(title, columns, others)


def _cells(cells: Sequence[str]) -> str:
    return "1 cell" if len(cells) == 1 else f"{len(cells)} cells"


def _election(tables: Mapping[str, _Table]) -> Election:
    meta = _meta(tables["META"])
    kind = _needed(meta, "vote_type", tables["META"])
    if kind.cells[0] not in VOTE_TYPES:
        raise _MalformedError(kind.line, f"the vote_type is {_said(kind.cells[0])}; only approvals can be counted")
    budget = _needed(meta, "budget", tables["META"])
    projects = _projects(tables["PROJECTS"])
    ballots = _ballots(tables["VOTES"], frozenset(projects))
    _as_many(meta, "num_projects", len(projects))
    _as_many(meta, "num_votes", len(ballots))
    return Election(_cents(budget.line, "budget", budget.cells[0]), tuple(projects.values()), ballots)


def _meta(table: _Table) -> Mapping[str, _Row]:
    """The values by key, each as a row with the value alone."""
    found: dict[str, _Row] = {}
    for line, cells in table.rows:
        key = cells[table.columns["key"]].lower()
        if key in found:
            raise _MalformedError(line, f"META says {_said(key)} a second time")
        found[key] = _Row(line, [cells[table.columns["value"]]])
    return found


def _needed(meta: Mapping[str, _Row], key: str, table: _Table) -> _Row:
    if key not in meta:
        raise _MalformedError(table.line, f"META has no {key}")
    return meta[key]


def _as_many(meta: Mapping[str, _Row], key: str, there: int) -> None:
    """A file that was cut off on its way must not be counted."""
    if key in meta and meta[key].cells[0] != str(there):
        raise _MalformedError(meta[key].line, f"{key} is {_said(meta[key].cells[0])}, and there are {there}")


def _projects(table: _Table) -> Mapping[str, Project]:
    found: dict[str, Project] = {}
    for line, cells in table.rows:
        key = cells[table.columns["project_id"]]
        if not key:
            raise _MalformedError(line, "a project has no project_id")
        if key in found:
            raise _MalformedError(line, f"a second project has the project_id {_said(key)}")
        name = cells[table.columns["name"]] if "name" in table.columns else ""
        found[key] = Project(key, _cents(line, "cost", cells[table.columns["cost"]]), name)
    return found


def _ballots(table: _Table, projects: frozenset[str]) -> tuple[Ballot, ...]:
    found: list[Ballot] = []
    known: dict[str, Ballot] = {}
    for line, cells in table.rows:
        vote = cells[table.columns["vote"]]
        if vote not in known:
            known[vote] = frozenset(each.strip() for each in vote.split(",") if each.strip())
            for unknown in sorted(known[vote] - projects):
                raise _MalformedError(line, f"a vote is for {_said(unknown)}, and there is no such project")
        found.append(known[vote])
    return tuple(found)


def _cents(line: int, what: str, text: str) -> int:
    cents = amount(text)
    if cents is None:
        raise _MalformedError(line, f"the {what} is {_said(text)}{_why_no_amount(text)}")
    return cents


def _why_no_amount(text: str) -> str:
    if _BELOW.fullmatch(text):
        return ", and can't be less than nothing"
    if _FINER.fullmatch(text):
        return "; an amount has at most two decimals"
    return "; an amount is a number such as 12 or 12.50"


def _said(text: str) -> str:
    """Something from the file, so that it can be said on one line and does nothing there."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in text[:41])
    return f'"{plain if len(plain) <= 40 else plain[:39] + "…"}"'


def _lines(election: Election, about: About) -> Iterator[list[str]]:
    yield from (["META"], ["key", "value"])
    day = f"{about.day:%d.%m.%Y}" if about.day else ""
    meta = {
        "description": about.description,
        "country": about.country,
        "unit": about.unit,
        "instance": about.instance,
        "num_projects": str(len(election.projects)),
        "num_votes": str(len(election.ballots)),
        "budget": _decimal(election.budget),
        "vote_type": "approval",
        "rule": "equalshares/add1",
        "date_begin": day,
        "date_end": day,
        "currency": about.currency,
    }
    yield from ([key, _one_line(value)] for key, value in meta.items() if value)
    yield from (["PROJECTS"], ["project_id", "cost", "name"])
    for project in election.projects:
        yield [_writable(project.id), _decimal(project.cents), _one_line(project.name)]
    yield from (["VOTES"], ["voter_id", "vote"])
    votes = sorted(",".join(sorted(ballot)) for ballot in election.ballots)
    yield from ([str(number), vote] for number, vote in enumerate(votes, 1))


def _decimal(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _one_line(text: str) -> str:
    """Words as every reader takes them: on one line, without spaces at the ends."""
    return _UNSAFE.sub(" ", text).strip()


def _writable(key: str) -> str:
    """A project's id, if every reader can tell it from its neighbours in a vote and from the words of the
    format."""
    if not key or key != _one_line(key) or "," in key or key.upper() in (*SECTIONS, "NONE"):
        raise ValueError(f"no file can hold a project with the id {key!r}")
    return key
