"""A full disk, a folder that cannot be written, a file that is something else: each is said, nothing is lost."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.amounts import BadgeHash, Moment
from kiosk.events import Entry, Founder, HoursSwapped, Share, ShopFounded
from kiosk.state import State, apply, document, restore
from kiosk.store import (
    Reader,
    Store,
    StoreDamagedError,
    StoreFailedError,
    StoreFullError,
    StoreNewerError,
    StoreReadOnlyError,
    differing,
    refold,
)
from kiosk.store.sqlite_file import SQLiteFile, Statement

NOBODY = 65534


def book(store: Store, state: State, note: str = "") -> State:
    if state.founded is None:
        founders = tuple(Founder(name, BadgeHash(name), "tag") for name in ("Ada", "Ben", "Cy"))
        return write(store, state, Entry(store.device, 1, Moment(1, 1, "b"), ShopFounded(founders)))
    event = HoursSwapped(giver="Ada", receivers=(Share("Ben", 15),), work="care", note=note)
    return write(store, state, Entry(store.device, store.next_number, Moment(1, 1, "b"), event))


def write(store: Store, state: State, entry: Entry) -> State:
    state, touched = apply(state, entry)
    store.append([entry], {name: document(state, name) for name in touched})
    return state


def in_a_child(act: Callable[[], None]) -> None:
    """Do something in a process of its own, as it takes a while to undo; what went wrong there fails here."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:
            os.write(tell, traceback.format_exc().encode())
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(hear) as heard:
        said = heard.read()
    os.waitpid(child, 0)
    if said:
        pytest.fail(said)


# --- no room ----------------------------------------------------------------------------------------------

FILLED = """
import sys, pathlib
sys.path[:0] = [sys.argv[2]]
from test_store_trouble import fill_and_make_room
fill_and_make_room(pathlib.Path(sys.argv[1]))
"""


def fill_and_make_room(disk: Path) -> None:
    """On a small disk of its own: something else fills it, booking fails, room is made, booking goes on."""
    with Store.open(disk / "shop") as store:
        state = book(store, State())
        ballast = disk / "ballast"
        fill(ballast)
        for _ in range(2):
            state = book_until_full(store, state)
            assert restore(store.tables()) == state == refold(store)
        ballast.unlink()
        state = book(store, state, "x" * 2000)
        assert restore(store.tables()) == state == refold(store)
    with Store.open(disk / "shop") as again:
        assert (again.rebuilt, differing(again)) == ("", ())
        assert restore(again.tables()) == state


def book_until_full(store: Store, state: State) -> State:
    for _ in range(100):
        try:
            state = book(store, state, "x" * 2000)
        except StoreFullError as error:
            assert "is full" in str(error)  # noqa: PT017  (how many fit is not known beforehand)
            return state
    raise AssertionError("the disk never got full")


def fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as heavy:
        try:
            while True:
                heavy.write(bytes(4096))
        except OSError:
            return


def small_disk(place: Path) -> list[str] | None:
    """A command that runs what follows it with a disk of 512 kB mounted there; None where that isn't allowed."""
    mount = f'mount -t tmpfs -o size=512k none "{place}" && exec "$@"'
    for unshare in (["unshare", "-m"], ["unshare", "-Urm"]):
        command = [*unshare, "sh", "-c", mount, "sh"]
        if (
            shutil.which("unshare")
            and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode
        ):
            return command
    return None


def test_a_full_disk_is_said_and_booking_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """A full card must not freeze the kiosk, nor show hours that are not written down."""
    on_small_disk = small_disk(tmp_path)
    if on_small_disk is None:
        pytest.skip("this machine lets nobody mount a small disk; test_store_tables.py has a limit of SQLite's own")
    command = [*on_small_disk, sys.executable, "-c", FILLED, str(tmp_path), str(Path(__file__).parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_write_that_fails_is_said_and_booking_goes_on_afterwards(tmp_path: Path) -> None:
    """A disk that fails once must not take the kiosk's word, nor its memory, with it."""

    def fail_and_go_on() -> None:
        with Store.open(tmp_path) as store:
            state = book(store, State())
            before = state
            log = (tmp_path / "record.sqlite-wal").stat().st_size
            _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
            for room in (0, 100, 5000):
                resource.setrlimit(resource.RLIMIT_FSIZE, (log + room, most))
                with pytest.raises(StoreFailedError, match="The disk failed at"):
                    book(store, state)
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
                assert restore(store.tables()) == before == refold(store)
            state = book(store, state)
            assert restore(store.tables()) == state == refold(store)
        with Store.open(tmp_path) as again:
            assert restore(again.tables()) == state

    in_a_child(fail_and_go_on)


# --- no permission ----------------------------------------------------------------------------------------


@contextmanager
def as_anybody() -> Iterator[None]:
    """Without the power to write everywhere, if this is root."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder that anybody can walk into, unlike tmp_path."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        yield place
        place.chmod(0o755)


def test_a_folder_that_cannot_be_made_is_said(open_place: Path) -> None:
    """A kiosk told to write to the wrong place must say so at the start, not at the first swap."""
    open_place.chmod(0o555)
    with as_anybody(), pytest.raises(StoreReadOnlyError, match=f"No record can be written in {open_place}/shop"):
        Store.open(open_place / "shop")


def test_a_folder_that_cannot_be_written_is_said(open_place: Path) -> None:
    open_place.chmod(0o777)
    with as_anybody(), Store.open(open_place / "shop") as store:
        book(store, State())
    (open_place / "shop").chmod(0o555)
    with as_anybody(), pytest.raises(StoreReadOnlyError, match="does not let itself be written"):
        Store.open(open_place / "shop")


def test_a_file_that_cannot_be_written_is_said(open_place: Path) -> None:
    open_place.chmod(0o777)
    with as_anybody(), Store.open(open_place / "shop") as store:
        book(store, State())
    (open_place / "shop" / "record.sqlite").chmod(0o444)
    with (
        as_anybody(),
        pytest.raises(StoreReadOnlyError, match=r"record\.sqlite: it does not let itself be written"),
    ):
        Store.open(open_place / "shop")


def test_a_record_in_a_folder_that_cannot_be_written_can_still_be_read(open_place: Path) -> None:
    """A copy on a stick that is write-protected is there to be read."""
    with Store.open(open_place / "shop") as store:
        state = book(store, book(store, State()))
    (open_place / "shop").chmod(0o555)
    (open_place / "shop" / "record.sqlite").chmod(0o444)
    with as_anybody(), Reader.open(open_place / "shop") as reader:
        assert restore(reader.tables()) == state
        assert differing(reader) == ()


def test_a_record_that_cannot_be_read_is_said(open_place: Path) -> None:
    Store.open(open_place / "shop").close()
    with as_anybody(), pytest.raises(StoreFailedError, match=str(open_place)):
        Reader.open(open_place / "shop")


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("a letter")
    with pytest.raises(StoreReadOnlyError, match="No record can be written in"):
        Store.open(tmp_path / "shop")
    with pytest.raises(StoreReadOnlyError, match="No record can be written in"):
        Store.open(tmp_path / "shop" / "deeper")
    assert (tmp_path / "shop").read_text() == "a letter"


# --- no record --------------------------------------------------------------------------------------------


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record of forty entries, closed."""
    with Store.open(tmp_path) as store:
        state = State()
        for number in range(40):
            state = book(store, state, note=f"{number} " * 100)
    return tmp_path / "record.sqlite"


@pytest.mark.parametrize("opening", [Store.open, Reader.open])
def test_a_file_that_is_no_database_is_said(record: Path, opening: Callable[[Path], Store | Reader]) -> None:
    """The kiosk must say that a backup is wanted, and leave the file as it is for whoever can rescue more."""
    record.write_bytes(noise := b"not a database at all " * 500)
    with pytest.raises(StoreDamagedError, match=rf"{record} is damaged .*bring back a backup"):
        opening(record.parent)
    assert record.read_bytes() == noise


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    with SQLiteFile(tmp_path / "record.sqlite") as file:
        file.commit([Statement("CREATE TABLE recipes (soup)")])
    with pytest.raises(StoreDamagedError, match="no record of a kiosk"):
        Store.open(tmp_path)
    with SQLiteFile(tmp_path / "record.sqlite") as file:
        assert file.rows("SELECT name FROM sqlite_master") == [("recipes",)]


def test_a_page_of_noise_anywhere_is_found_by_a_check(record: Path) -> None:
    """A bad sector must be told, not skipped: what comes back would look like the whole record."""
    whole = record.read_bytes()
    assert what_a_check_says(record.parent) == ()
    for start in range(0, len(whole), 4096):
        record.write_bytes(whole[:start] + b"\xa5" * 4096 + whole[start + 4096 :])
        assert what_a_check_says(record.parent), f"page at {start}"


def what_a_check_says(folder: Path) -> tuple[str, ...]:
    try:
        with Reader.open(folder) as reader:
            return reader.damage()
    except StoreDamagedError as error:
        return (str(error),)


def test_an_entry_on_a_page_of_noise_is_never_skipped(record: Path) -> None:
    """Reading on past a hole would tell a wrong story: all entries come, or an error does."""
    whole = record.read_bytes()
    outcomes = set()
    for start in range(4096, len(whole), 4096):
        record.write_bytes(whole[:start] + b"\xa5" * 4096 + whole[start + 4096 :])
        try:
            with Reader.open(record.parent) as reader:
                outcomes.add(len(list(reader.entries())))
        except StoreDamagedError:
            outcomes.add(-1)
    assert outcomes == {40, -1}


def test_a_record_of_a_newer_kiosk_is_left_alone(record: Path) -> None:
    with SQLiteFile(record) as file:
        file.commit([Statement("UPDATE about SET value = '2' WHERE name = 'form'")])
    for opening in (Store.open, Reader.open):
        with pytest.raises(StoreNewerError, match="update this one"):
            opening(record.parent)
    with SQLiteFile(record) as file:
        file.commit([Statement("UPDATE about SET value = '1' WHERE name = 'form'")])
    with Store.open(record.parent) as store:
        assert store.next_number == 41


def test_a_failed_start_lets_go_of_the_folder(record: Path) -> None:
    """A person who brings the backup back must not have to restart the machine."""
    whole = record.read_bytes()
    record.write_bytes(b"noise" * 1000)
    with pytest.raises(StoreDamagedError):
        Store.open(record.parent)
    record.write_bytes(whole)
    with Store.open(record.parent) as store:
        assert store.next_number == 41
