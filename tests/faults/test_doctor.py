"""`kiosk doctor`: what is broken is named with what mends it, and a kiosk that runs is asked, never disturbed."""

import json
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from programs import Program, kiosk
from typer.testing import CliRunner

from hardware.pretend.pn532 import PretendPn532
from hardware.rig import ButtonSettings, RigSettings, open_rig
from hardware.signals import ButtonPressed
from kiosk.__main__ import app
from kiosk.asked import NoScreen, Wanted
from kiosk.badge_key import BadgeKey
from kiosk.box import Box, DeviceHow, read_checked
from kiosk.clock import SystemClock
from kiosk.demo import settle_in
from kiosk.devices import Watcher
from kiosk.faces import Touch
from kiosk.rules.copies import Copies
from kiosk.run import Ground
from kiosk.settings import Settings
from kiosk.store import Store
from kiosk.telling import SOCKET, Silent, Telling, Told, ask
from kiosk.views.checkup import findings

runner = CliRunner()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with Store.open(folder) as store:
        settle_in(store, BadgeKey.of(folder, may_make=True), SystemClock().now())
    return folder


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """A board whose power is well: the root under which its files lie."""
    place = tmp_path / "board/sys/devices/platform/soc/soc:firmware/get_throttled"
    place.parent.mkdir(parents=True)
    place.write_text("0\n")
    return tmp_path / "board"


@pytest.fixture
def reader() -> Iterator[PretendPn532]:
    with PretendPn532() as reader:
        yield reader


def doctor(folder: Path, board: Path, settings: str = "") -> tuple[int, dict[str, dict[str, str]]]:
    """Its exit code, and what it found, by what was looked at."""
    file = folder.parent / "box.toml"
    file.write_text(settings)
    words = ["doctor", "--json", "--settings", str(file), "--data", str(folder), "--root", str(board)]
    done = runner.invoke(app, words)
    told = json.loads(done.stdout)
    assert told["well"] is (done.exit_code == 0)
    return done.exit_code, {each["what"]: each for each in told["findings"]}


def test_behaviour_2_a_reader_that_is_not_there_is_named_with_what_to_do(shop: Path, board: Path) -> None:
    """Behaviour 2: whoever tends the kiosk would search for the fault without a word."""
    code, found = doctor(shop, board, '[badge_reader]\nport = "/dev/serial/by-id/usb-gone"\n')
    assert code == 1
    assert found["badge reader"]["how"] == "mend"
    assert "usb-gone is missing" in found["badge reader"]["says"]
    assert found["badge reader"]["mend"]


def test_a_scanner_that_types_and_is_not_there_is_named_with_its_port(shop: Path, board: Path) -> None:
    code, found = doctor(shop, board, '[code_scanner]\nport = "keyboard:fffe:fffe"\n')
    assert code == 1
    assert found["code scanner"]["how"] == "mend"
    assert found["code scanner"]["says"].startswith("keyboard:fffe:fffe is missing")
    assert "hardware keyboards" in found["code scanner"]["mend"]


def test_pins_without_their_library_are_said_in_words_for_whoever_installs_it(shop: Path, board: Path) -> None:
    """Without this a person would be told of a module, which no package is called after."""
    detail = "buttons: the pins cannot be used: python3-lgpio is not there"
    buttons = DeviceHow("buttons", "lost", "pins 5, 6", detail=detail)
    found = findings(Box(devices=(buttons,)), SystemClock().now(), Copies())[0]
    assert found.says.startswith("The pins cannot be used: python3-lgpio is not there.")


def test_while_no_kiosk_runs_the_devices_are_asked_directly_and_let_go(
    shop: Path, board: Path, reader: PretendPn532
) -> None:
    """The port would stay taken, and the kiosk not find its reader."""
    code, found = doctor(shop, board, f'[badge_reader]\nport = "{reader.path}"\n')
    assert code == 0, found
    assert reader.path in found["badge reader"]["says"]
    assert not reader.heard


def test_the_board_is_told_and_what_cannot_be_told_is_no_fault(shop: Path, board: Path) -> None:
    code, found = doctor(shop, board)
    assert code == 0
    assert found["power"]["how"] == "well"
    assert found["heat"]["how"] == "unknown"
    next(board.rglob("get_throttled")).write_text("50005")
    code, found = doctor(shop, board)
    assert code == 1
    assert "5.1 V" in found["power"]["mend"]


def test_the_newest_check_is_known_and_one_that_named_faults_is_to_mend(shop: Path, board: Path) -> None:
    """A record that was changed would be found only by whoever happens to look."""
    assert doctor(shop, board)[1]["record"]["how"] == "better"
    assert runner.invoke(app, ["verify", "--data", str(shop)]).exit_code == 0
    assert doctor(shop, board)[1]["record"]["how"] == "well"
    with sqlite3.connect(shop / "record.sqlite") as file:
        file.execute("DROP TRIGGER never_changed")
        file.execute("UPDATE record SET body = replace(body, 'Amina', 'Ahmed') WHERE number = 1")
    file.close()
    assert runner.invoke(app, ["verify", "--data", str(shop)]).exit_code == 1
    checked = read_checked(shop)
    assert checked is not None
    assert checked.faults
    assert doctor(shop, board)[0] == 1


def test_people_read_one_line_for_each_and_then_what_to_do(shop: Path, board: Path) -> None:
    done = runner.invoke(app, ["doctor", "--data", str(shop), "--root", str(board)])
    assert done.exit_code == 0
    assert "can’t be told here" in done.stdout
    better = sum(line.startswith("  - ") for line in done.stdout.splitlines())
    assert better >= 2, "no copies, never checked"
    assert done.stdout.rstrip().endswith(f"Nothing to mend; {better} could be better.")


def test_a_running_kiosk_is_asked_and_keeps_its_ports(shop: Path, tmp_path: Path, reader: PretendPn532) -> None:
    """Looking at it would take the reader away from it, in the middle of somebody's tap."""
    settings = tmp_path / "box.toml"
    settings.write_text(f'[badge_reader]\nport = "{reader.path}"\n')
    fresh = tmp_path / "fresh"
    running = Program(
        "kiosk.way_in", "run", "--settings", str(settings), "--data", str(fresh), "--drive", "--no-screen"
    )
    running.hears("WelcomeFace")
    reader.tap(b"\x04\x01\x02\x03")
    running.hears("TypeFace")
    words = ("doctor", "--json", "--settings", str(settings), "--data", str(fresh))
    told = json.loads(kiosk(*words).stdout)
    assert told["running"]
    [device] = [each for each in told["findings"] if each["what"] == "badge reader"]
    assert device["how"] == "well"
    assert "a badge, just now" in device["says"]
    assert "04010203" not in json.dumps(told).lower()
    assert running.end() == 0
    assert not (fresh / SOCKET).exists()
    assert not json.loads(kiosk(*words).stdout)["running"]


def test_a_kiosk_that_hangs_is_said_to_and_is_left_alone(shop: Path, board: Path, reader: PretendPn532) -> None:
    with Store.open(shop):
        code, found = doctor(shop, board, f'[badge_reader]\nport = "{reader.path}"\n')
    assert code == 1
    assert "does not answer" in found["kiosk"]["says"]
    assert "badge reader" not in found


# --- a kiosk that started carefully -----------------------------------------------------------------------


@pytest.fixture
def starts() -> Iterator[Callable[..., Ground]]:
    """Starts a kiosk in this process; fell: what the three before it fell over."""
    with ExitStack() as stairs:

        def start(folder: Path, fell: str | None = None) -> Ground:
            ground = Ground(Wanted(Settings(), folder), stairs, lambda *_: NoScreen())
            ground.enter(fell)
            return ground

        yield start


def test_a_kiosk_that_started_carefully_is_no_kiosk_that_is_well(
    starts: Callable[..., Ground], shop: Path, board: Path, reader: PretendPn532
) -> None:
    """Whoever asks from afar would read that all is well, before a screen that books nothing all weekend."""
    starts(shop, "KeyError at kiosk/core.py:1 in handle")
    code, found = doctor(shop, board, f'[badge_reader]\nport = "{reader.path}"\n')
    assert code == 1
    assert found["kiosk"]["how"] == "mend"
    assert "because: The kiosk stopped three times in two minutes (KeyError at" in found["kiosk"]["says"]
    assert "try again" in found["kiosk"]["mend"]
    assert "A careful start" in found["kiosk"]["mend"]
    assert "badge reader" not in found, "its ports are left alone: it may climb at any moment"
    told = runner.invoke(app, ["state", "--data", str(shop)]).stdout
    assert "alarm: The kiosk started carefully, and books nothing: The kiosk stopped three times" in told


def test_once_it_has_climbed_the_house_answers(starts: Callable[..., Ground], tmp_path: Path, board: Path) -> None:
    """It would be called careful for ever, or nobody would answer any more: both have one socket."""
    folder = tmp_path / "data"
    Store.open(folder).close()
    (folder / "seal.key").write_bytes(b"half of it")
    ground = starts(folder, "")
    ground._hear(Touch("choose", "again"))
    waits(lambda: "The kiosk can’t start" in doctor(folder, board)[1]["kiosk"]["says"])
    (folder / "seal.key").unlink()
    ground._hear(Touch("choose", "again"))
    waits(lambda: doctor(folder, board)[1]["kiosk"]["how"] == "well")
    ground._leave()
    assert ask(folder) is None
    assert not (folder / SOCKET).exists()


def waits(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


# --- the record -------------------------------------------------------------------------------------------


def test_a_record_that_can_not_be_opened_is_to_mend(starts: Callable[..., Ground], shop: Path, board: Path) -> None:
    """It said that the card is well, and that the record was never checked."""
    (shop / "record.sqlite").write_bytes(b"noise" * 4000)
    for _ in range(2):
        code, found = doctor(shop, board)
        assert code == 1
        assert found["record"]["how"] == "mend"
        assert found["record"]["says"].startswith("It can't be opened: ")
        assert "bring back" in found["record"]["mend"]
        starts(shop)
    assert "The memory card is damaged" in found["kiosk"]["says"]


def test_a_record_whose_end_is_gone_is_to_mend(shop: Path, board: Path) -> None:
    """A start does not go on with it; nobody would know before the next one."""
    with sqlite3.connect(shop / "record.sqlite") as file:
        file.execute("DROP TRIGGER never_removed")
        file.execute("DELETE FROM record WHERE number = (SELECT max(number) FROM record)")
    file.close()
    assert "it ends at number" in doctor(shop, board)[1]["record"]["says"]


def test_where_there_is_no_record_it_says_so(shop: Path, board: Path, tmp_path: Path) -> None:
    """“Never checked” sends whoever has the wrong folder, or a card that is not mounted, the wrong way."""
    (tmp_path / "empty").mkdir()
    code, found = doctor(tmp_path / "empty", board)
    assert code == 0
    assert "There is none yet" in found["record"]["says"]
    assert "mounted" in found["record"]["mend"]
    (shop / "record.sqlite").unlink()
    code, found = doctor(shop, board)
    assert code == 1
    assert "gone, though its key is there" in found["record"]["says"]


def test_however_deep_the_folder_lies_it_answers(tmp_path: Path) -> None:
    """A socket's name may have a hundred letters, a folder's more."""
    deep = tmp_path / ("a-folder-with-a-long-name/" * 6)
    deep.mkdir(parents=True)
    telling = Telling(deep, lambda: Told(os.getpid()))
    telling.start()
    assert ask(deep) == Told(os.getpid())
    assert (deep / SOCKET).stat().st_mode & 0o077 == 0, "nobody else's business"
    telling.stop()
    telling.stop()
    assert ask(deep) is None


def test_what_a_killed_kiosk_left_is_no_kiosk(tmp_path: Path) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(tmp_path / SOCKET))
    left.close()
    assert ask(tmp_path) is None
    again = Telling(tmp_path, lambda: Told(1))
    again.start()
    assert ask(tmp_path) == Told(1)
    again.stop()


def test_nonsense_on_the_socket_is_silence(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as odd:
        odd.bind(str(tmp_path / SOCKET))
        odd.listen()

        def babble() -> None:
            caller, _ = odd.accept()
            caller.sendall(b"\xff not json")
            caller.close()

        threading.Thread(target=babble).start()
        assert ask(tmp_path) == Silent()


def test_of_the_buttons_nothing_is_told_while_a_vote_is_open() -> None:
    """Whoever asks again and again would learn when each of them was pressed."""
    settings = RigSettings(buttons=ButtonSettings())
    voting = [False]
    watcher = Watcher(open_rig(settings, pin_factory=object()), settings, hushed=lambda: voting[0])
    watcher(ButtonPressed(device="buttons", at=time.monotonic(), button="no"))
    [told] = watcher.look()
    assert (told.last, told.minutes, told.where) == ("a press", 0, "pins 5, 6, 13")
    voting[0] = True
    [told] = watcher.look()
    assert (told.last, told.minutes) == ("", None)


@pytest.mark.parametrize("state", ["ready", "starting", "stopped", "lost", "busy", "fault"])
def test_every_state_of_a_device_is_a_sentence(state: str) -> None:
    how = DeviceHow(device="buttons", state=state, detail='"yes" is stuck' if state == "fault" else "", errors=2)
    first = findings(Box(devices=(how,)), SystemClock().now(), Copies())[0]
    assert first.says
    assert bool(first.mend) is (state in ("lost", "busy", "fault"))
