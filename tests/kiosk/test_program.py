"""Nobody swaps the program quietly: it is an entry and hangs on the wall until somebody answers for it."""

from pathlib import Path
from typing import Any

import pytest
from by_hand import Kiosk
from programs import Program

from kiosk import program
from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.commands import Found, NewBadge
from kiosk.core import Core
from kiosk.events import KioskUpdated, UpdateAnswered
from kiosk.faces import ListFace, TapFace, WallFace
from kiosk.state import State, fold
from kiosk.store import Reader, Store
from kiosk.views.lines import sentence

OLD, NEW, NEWER = "0.1.0+1f3a9c0b", "0.2.0+77aa0012", "0.3.0+0badcafe"


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    return Kiosk(tmp_path)


def events(kiosk: Kiosk) -> list[Any]:
    found = [entry.event for entry in kiosk.store.entries()]
    return [event for event in found if isinstance(event, KioskUpdated | UpdateAnswered)]


def on_the_wall(kiosk: Kiosk) -> list[str]:
    kiosk.wait(60)
    face = kiosk.faces[-1]
    assert isinstance(face, WallFace)
    return [alarm.words for alarm in face.alarms if "program" in alarm.words]


def answer(kiosk: Kiosk, *names: str) -> None:
    kiosk.touch("people")
    kiosk.touch("checkup")
    kiosk.touch("update")
    assert isinstance(kiosk.faces[-1], TapFace)
    for name in names:
        kiosk.tap(name)
    kiosk.touch("ok")


def test_another_program_is_written_down_and_hangs_until_somebody_answers_for_it(kiosk: Kiosk) -> None:
    """Without this whoever has the box for an hour could put in a program of their own, and nobody would know."""
    kiosk.house.note_program(OLD, OLD)
    assert events(kiosk) == []
    kiosk.house.note_program(OLD, NEW)
    assert events(kiosk) == [KioskUpdated(OLD, NEW)]
    assert on_the_wall(kiosk) == ["Another program runs here: 0.2.0 instead of 0.1.0"]
    kiosk.house.note_program(OLD, NEW)
    assert len(events(kiosk)) == 1, "at each later start it is the one that the record knows"
    answer(kiosk, "Jo", "Amina")
    assert len(events(kiosk)) == 1, "two of a shop of eight are too few"
    assert on_the_wall(kiosk)
    answer(kiosk, "Jo", "Amina", "Sara")
    update = kiosk.core.state.program
    assert update is not None
    assert events(kiosk)[1:] == [UpdateAnswered(update.update, "Jo", ("Jo", "Amina", "Sara"))]
    assert on_the_wall(kiosk) == []
    said = [sentence(entry) for entry in list(kiosk.store.entries())[-2:]]
    assert said[0] == f"Another program runs: {NEW} instead of {OLD}."
    assert said[1] == f"Jo answers for the new program ({update.update}), before Amina and Sara."
    kiosk.touch("people")
    kiosk.touch("checkup")
    rows = kiosk.faces[-1]
    assert isinstance(rows, ListFace)
    assert "update" not in [line.key for line in rows.lines]
    assert fold(kiosk.store.entries(), State()) == kiosk.core.state


def test_a_second_swap_does_not_cover_the_first(kiosk: Kiosk) -> None:
    """Without this a program could be swapped there and back in a week, and the wall would tell of one evening."""
    kiosk.house.note_program(OLD, NEW)
    kiosk.house.note_program(OLD, NEWER)
    assert on_the_wall(kiosk) == ["Another program runs here: 0.3.0 instead of 0.1.0"]
    kiosk.house.note_program(OLD, OLD)
    assert on_the_wall(kiosk) == [f"Another program runs here: {OLD} instead of {OLD}"]
    assert [event.after for event in events(kiosk)] == [NEW, NEWER, OLD]
    answer(kiosk, "Jo", "Amina", "Sara")
    assert on_the_wall(kiosk) == []
    kiosk.house.note_program(OLD, "0.1.0+deadbeef")
    assert on_the_wall(kiosk) == [f"Another program runs here: 0.1.0+deadbeef instead of {OLD}"]


def test_with_an_ill_card_it_is_written_down_as_soon_as_it_can_be(kiosk: Kiosk) -> None:
    kiosk.store.full = True
    kiosk.house.note_program(OLD, NEW)
    kiosk.wait(10)
    assert events(kiosk) == []
    kiosk.store.full = False
    kiosk.wait(10)
    kiosk.wait(1)
    assert events(kiosk) == [KioskUpdated(OLD, NEW)]


def test_the_print_changes_with_any_file_and_not_with_what_python_leaves(tmp_path: Path) -> None:
    """Without this one line that is changed in place would go unseen."""
    for package in program.PACKAGES:
        (tmp_path / package / "__pycache__").mkdir(parents=True)
        (tmp_path / package / "one.py").write_text("1")
    first = program.running(tmp_path)
    (tmp_path / "kiosk/__pycache__/one.pyc").write_bytes(b"x")
    assert program.running(tmp_path) == first
    (tmp_path / "hardware/one.py").write_text("2")
    second = program.running(tmp_path)
    (tmp_path / "hardware/one.py").rename(tmp_path / "hardware/two.py")
    assert len({first, second, program.running(tmp_path)}) == 3


def shop(folder: Path) -> None:
    """Three people have founded a shop; no demo members, as a real kiosk refuses those."""
    with Store.open(folder) as store:
        key = BadgeKey.of(folder, may_make=True)
        names = ("Ada", "Ben", "Cy")
        badges = [NewBadge(key.hash("nfc", name.encode()), "tag") for name in names]
        Core(store, State(), SystemClock()).handle(Found(tuple(zip(names, badges, strict=True))))


def test_a_kiosk_that_starts_finds_out_by_itself(tmp_path: Path) -> None:
    """The real start: the first one only takes note of what is there; after that a change is an entry."""
    shop(tmp_path)
    words = ("kiosk.way_in", "run", "--no-screen", "--drive", "--data", str(tmp_path))
    for before, said in (("", ""), ("0.0.9+00000000", "Another program runs here")):
        if before:
            program.keep(tmp_path, before)
        kiosk = Program(*words)
        kiosk.hears(said or '"WallFace"')
        if not said:
            for _ in range(100):
                if program.known(tmp_path):
                    break
                kiosk.say("wait 0.1")
        assert kiosk.end() == 0
    with Reader.open(tmp_path) as reader:
        found = [entry.event for entry in reader.entries() if isinstance(entry.event, KioskUpdated)]
    assert found == [KioskUpdated("0.0.9+00000000", program.running())]
