"""What may happen between the first frame, which is drawn from the record, and the house that lives behind it."""

import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from by_hand import Kiosk

from kiosk import safe
from kiosk.asked import Wanted
from kiosk.faces import Face, PlainFace, WallFace, WelcomeFace
from kiosk.run import Ground
from kiosk.settings import Settings
from kiosk.store import Store, StoreBusyError

PATIENCE = 20.0


class Panel:
    """A screen that draws a frame when the test says so."""

    drawn_by = "a test"

    def __init__(self) -> None:
        self.faces: list[Face] = []
        self.over = threading.Event()
        self._after: list[Callable[[], None]] = []

    def show(self, face: Face) -> None:
        self.faces.append(face)

    def run(self) -> None:
        """The test runs it."""

    def stop(self) -> None:
        self.over.set()

    def after_a_frame(self, done: Callable[[], None]) -> None:
        self._after.append(done)

    def draw(self) -> None:
        after, self._after = self._after, []
        for done in after:
            done()

    def shows(self, kind: type[Face]) -> Face:
        deadline = time.monotonic() + PATIENCE
        while not isinstance(self.faces[-1] if self.faces else None, kind):
            assert time.monotonic() < deadline, self.faces[-1:]
            time.sleep(0.01)
        return self.faces[-1]


@pytest.fixture
def panel() -> Panel:
    return Panel()


@pytest.fixture
def begin(tmp_path: Path, panel: Panel) -> Iterator[Callable[..., Ground]]:
    with ExitStack() as stairs:

        def begin(*, pretend: bool = False) -> Ground:
            wanted = Wanted(Settings(), tmp_path, pretend=pretend)
            ground = Ground(wanted, stairs, lambda *_: panel)
            ground.enter(None)
            return ground

        yield begin
    # Whatever happened, the record is free again.
    Store.open(tmp_path).close()


def test_the_wall_is_there_first_and_the_house_behind_it_after_a_frame(begin, panel):
    begin()
    assert isinstance(panel.shows(WelcomeFace), WelcomeFace)
    assert "house" not in {thread.name for thread in threading.enumerate()}
    panel.draw()
    assert "house" in {thread.name for thread in threading.enumerate()}


def test_a_careful_house_that_found_its_way_up_is_not_followed_by_another(begin, panel, tmp_path, monkeypatch):
    """On a slow card the first frame comes after it has tried again: two kiosks would live in one."""
    monkeypatch.setattr(safe, "TRIES_AGAIN", 0.2)
    Store.open(tmp_path).close()
    busy = Store.open(tmp_path)
    begin()
    panel.shows(PlainFace)
    busy.close()
    panel.shows(WelcomeFace)
    panel.draw()
    time.sleep(0.3)
    assert isinstance(panel.faces[-1], WelcomeFace)
    assert [thread.name for thread in threading.enumerate()].count("house") == 1


def test_a_card_that_dies_behind_the_wall_ends_the_kiosk_to_be_started_again(begin, panel, monkeypatch):
    """Else a wall would stand there that asks for taps, and nobody behind it."""
    ground = begin()
    monkeypatch.setitem(sys.modules, "kiosk.staircase", None)
    monkeypatch.setitem(sys.modules, "kiosk.safe", None)
    panel.draw()
    assert panel.over.is_set()
    assert isinstance(ground.fault, ImportError)


def test_what_cannot_be_loaded_once_leaves_the_record_free_for_the_next_try(begin, panel, tmp_path, monkeypatch):
    begin()
    with monkeypatch.context() as broken:
        broken.setitem(sys.modules, "kiosk.staircase", None)
        panel.draw()
        panel.shows(PlainFace)
    Store.open(tmp_path).close()


def test_a_kiosk_that_is_to_end_begins_nothing_more(begin, panel, tmp_path):
    """`systemctl stop` would wait for a whole house to come up, and it would write on its way."""
    ground = begin()
    before = {path.name for path in tmp_path.iterdir()}
    ground.end()
    panel.draw()
    assert panel.over.is_set()
    assert {path.name for path in tmp_path.iterdir()} == before


def test_where_the_first_face_can_not_be_made_nobody_waits_for_an_empty_frame(begin, panel, tmp_path):
    kiosk = Kiosk(tmp_path)
    newest = kiosk.core.state.board.latest[-1].rpartition("/")[2]
    kiosk.store.store.close()
    with sqlite3.connect(tmp_path / "record.sqlite") as file:
        file.execute("DROP TRIGGER never_changed")
        file.execute("UPDATE record SET body = replace(body, 'minutes', 'minuteS') WHERE number = ?", (newest,))
    file.close()
    begin(pretend=True)
    assert isinstance(panel.shows(WallFace), WallFace)
    with pytest.raises(StoreBusyError):
        Store.open(tmp_path)
