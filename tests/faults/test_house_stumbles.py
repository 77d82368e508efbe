"""Something of our own fails, or what hangs on the kiosk: it is said, the next one goes on, no name is logged."""

import logging
from pathlib import Path
from typing import Any

import pytest
from by_hand import Kiosk

from kiosk.faces import BookedFace, DialFace, Face, HomeFace, PlainFace, Touch, WallFace
from kiosk.views.contents import face
from kiosk.views.scene import Scene
from kiosk.visit.places import Dial, Idle, Visit


def failing_at(kind: type) -> Any:
    """The views, one of which fails."""

    def view(visit: Visit, scene: Scene) -> Face:
        if isinstance(visit.place, kind):
            raise KeyError(f"{visit.who or 'Priya'} chose yes")
        return face(visit, scene)

    return view


def alarmed(kiosk: Kiosk) -> bool:
    return any("stumbled" in alarm.words and alarm.pressing for alarm in kiosk.alarms[-1])


def test_a_page_that_cannot_be_made_leads_to_the_wall_and_others_go_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kiosk = Kiosk(tmp_path, view=failing_at(Dial))
    kiosk.touch("work:repair")
    before = kiosk.core.state
    with caplog.at_level(logging.DEBUG):
        kiosk.tap("Priya")
    wall = kiosk.faces[-1]
    assert isinstance(wall, WallFace)
    assert wall.said is not None
    assert "Something went wrong here" in wall.said.words
    assert kiosk.core.state == before
    assert alarmed(kiosk)
    assert "test_house_stumbles.py" in caplog.text
    assert "Priya" not in caplog.text
    assert "yes" not in caplog.text
    kiosk.tap("Wen")
    assert isinstance(kiosk.faces[-1], HomeFace)


def test_a_wall_that_cannot_be_made_is_a_plainer_wall_and_tapping_works(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        kiosk = Kiosk(tmp_path, view=failing_at(Idle))
        for _ in range(20):
            kiosk.wait(1)
    plain = kiosk.faces[-1]
    assert isinstance(plain, PlainFace)
    assert "tap your badge" in plain.words
    assert "stumbled" in plain.frame.alarms[0].words
    assert alarmed(kiosk)
    assert len(caplog.records) < 5, "the log is not filled with the same"
    kiosk.tap("Priya")
    assert isinstance(kiosk.faces[-1], HomeFace)
    kiosk.house.live_once(Touch("home"))
    assert isinstance(kiosk.faces[-1], PlainFace)
    kiosk.drop(50)
    assert kiosk.core.state.funds["jar"].cents == 50


@pytest.mark.parametrize("what", ["cue", "light", "told_alarms", "let_coins_in"])
def test_what_hangs_on_the_kiosk_may_fail_and_sends_nobody_away(tmp_path: Path, what: str) -> None:
    """A sounder that came off must not end every visit at its first tone."""

    def fail(_: Any) -> None:
        raise OSError("the wire is off")

    kiosk = Kiosk(tmp_path, **{what: fail})
    kiosk.touch("work:repair")
    kiosk.tap("Priya")
    assert isinstance(kiosk.faces[-1], DialFace)
    kiosk.store.full = True
    kiosk.drop(50)
    kiosk.store.full = False
    kiosk.wait(1)
    kiosk.tap("Wen")
    assert isinstance(kiosk.faces[-1], BookedFace)
    assert kiosk.core.state.funds["jar"].cents == 50


def test_while_a_coin_is_not_booked_no_other_is_let_in_however_well_the_card_is(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path)
    kiosk.store.full = kiosk.store.stumbles = True
    kiosk.drop(50)
    kiosk.store.stumbles = False
    kiosk.wait(1)
    kiosk.store.stumbles, kiosk.store.full = True, False
    for _ in range(5):
        kiosk.wait(10)
    assert kiosk.gate == [False]
    kiosk.store.stumbles = False
    kiosk.wait(1)
    assert kiosk.gate == [False, True]
    assert kiosk.core.state.funds["jar"].cents == 50


def test_the_houses_own_thread_outlives_everything_that_fails_in_it(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path, view=failing_at(Dial))
    kiosk.house.start()
    kiosk.store.stumbles = True
    for _ in range(5):
        kiosk.house.hear(Touch("choose", "work:repair"))
        kiosk.house.ask(kiosk.stumble)
        kiosk.house.hear(Touch("choose", "board"))
        kiosk.house.hear(Touch("turn", "no number"))
    kiosk.settle()
    assert kiosk.house.lives
    kiosk.house.stop()
    assert not kiosk.house.lives
