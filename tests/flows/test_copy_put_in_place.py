"""A copy of the record is put in place by many hands: three badges, each once, of people whom both records know.

Nobody does it alone, whoever walks away has changed nothing, and what was replaced is kept and told of for ever.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
from by_hand import FullCard
from flows.conftest import Walk
from programs import Program
from typer.testing import CliRunner

from hardware.code_scanner import CodeScanner
from hardware.device import tee
from hardware.pn532 import Pn532Reader, Pn532Timing
from kiosk.__main__ import app
from kiosk.badge_key import BadgeKey
from kiosk.core import Core
from kiosk.events import CoinFell, RecordRestored
from kiosk.faces import BookedFace, TapFace, TilesFace, TroubleFace, WallFace, WelcomeFace
from kiosk.house import House
from kiosk.safekeeping import Safekeeping, keeps, takes_along
from kiosk.state import restore
from kiosk.store import Reader, Store
from kiosk.store.restoring import settle
from kiosk.visit.hearing import CoinHeard, listener


class KeptWalk(Walk):
    """A walk through a kiosk that looks for copies, as `kiosk run` builds it."""

    def _open(self) -> None:
        settle(self.folder)
        self.begins_again = 0
        self.store = Store.open(self.folder)
        self.key = BadgeKey.of(self.folder, may_make=self.store.next_number == 1)
        self.card = FullCard(self.store)
        self.core = Core(self.card, restore(self.store.tables()), self.clock)
        keeping = Safekeeping(self.folder, self.store, again=self._begin_again)
        self.house = House(
            self.core,
            "Canal Street",
            show=self._show,
            cue=self.cues.append,
            copies=keeping.look,
            put_in_place=keeps(self.core, keeping),
            take_along=takes_along(self.core, keeping),
        )
        self.reader = Pn532Reader(self.pn532.path, timing=Pn532Timing(poll=0.03))
        self.scanner = CodeScanner(self.scanner_wire.path, repeat_guard=0.2, settle=0.05)
        sink = tee(listener(self.key, self.house.hear, keeping.key), self._count)
        self.house.start()
        self.reader.start(sink)
        self.scanner.start(sink)

    def _begin_again(self) -> None:
        self.begins_again += 1

    def swap(self, giver: str, receiver: str) -> "KeptWalk":
        self.choose("work:repair").tap(giver).tap(receiver).sees(BookedFace)
        self.choose("done")
        return self


@pytest.fixture
def walk(tmp_path: Path) -> Any:
    walked = KeptWalk(tmp_path / "shop")
    yield walked
    walked.end()


def run_kiosk(*words: str) -> Any:
    """The command line, in this process."""
    return CliRunner().invoke(app, words)


def copied(walk: Walk, to: Path) -> None:
    done = run_kiosk("backup", str(to), "--data", str(walk.folder))
    assert done.exit_code == 0, done.output


def laid_ready(walk: Walk, source: Path) -> str:
    done = run_kiosk("restore", str(source), "--data", str(walk.folder))
    assert done.exit_code == 0, done.output
    return done.stdout


def entries(folder: Path) -> list[Any]:
    with Reader.open(folder) as reader:
        return [(entry.number, entry.event) for entry in reader.entries()]


def test_three_badges_put_an_older_copy_in_place_and_the_record_says_what_it_is(walk, tmp_path):
    walk.found("Ada", "Ben", "Cy")
    for name in ("Dee", "Eve", "Flo"):
        walk.enrol(name, "Ada", "Ben").choose("ok")
    walk.swap("Ada", "Ben")
    copied(walk, tmp_path / "stick")
    old = entries(tmp_path / "stick")
    walk.swap("Cy", "Ben")
    walk.swap("Dee", "Ben")
    now = entries(walk.folder)
    checkpoint = tmp_path / "checkpoint"
    checkpoint.write_text(run_kiosk("checkpoint", "--data", str(walk.folder)).stdout)
    with Reader.open(walk.folder) as reader:
        root = reader.tree()[1].hex()
    assert "2 entries would be lost" in laid_ready(walk, tmp_path / "stick")

    walk.wait(1).sees(TroubleFace, "wants to be put in place")
    assert "2 entries would be lost" in walk.face.mend
    assert "better leave it" in walk.face.mend
    walk.choose("not now").sees(WallFace, "wants to be put in place")
    walk.choose("people").sees(TilesFace, "a copy of the record")
    walk.choose("copy").choose("put in place").sees(TapFace, "Three of you tap")
    walk.tap("Ada").sees(TapFace, "dots_filled=1")
    walk.again("Ada").sees(TapFace, "has tapped")
    walk.tap("Stranger").sees(TapFace, "does not know this badge")
    assert walk.face.dots_filled == 1
    walk.tap("Ben").sees(TapFace, "dots_filled=2")
    walk.wait(70).sees(WallFace)
    assert entries(walk.folder) == now
    assert not walk.begins_again

    walk.choose("people").choose("copy").choose("put in place")
    walk.tap("Ada").tap("Ben").tap("Dee").sees(TroubleFace, "starts again")
    assert walk.begins_again == 1
    walk.house.hear(CoinHeard(50, 5))
    walk.choose("people").choose("join")
    assert entries(walk.folder) == now  # nothing more is written into the record that goes
    walk.restart()

    after = entries(walk.folder)
    assert after[:-2] == old
    event = after[-2][1]
    assert isinstance(event, RecordRestored)
    assert after[-1][1] == CoinFell(50, 5), "a coin that fell while the kiosk ended is real money"
    assert (event.entries, event.replaced, event.shared, event.lost) == (len(old), len(now), len(old), 2)
    assert event.hands == ("Ada", "Ben", "Dee")
    assert event.replaced_root == root
    assert entries(walk.folder / event.aside) == now
    assert BadgeKey.of(walk.folder / event.aside, may_make=False).hash("nfc", b"x") == walk.key.hash("nfc", b"x")
    assert walk.balances() == {"Ada": 60, "Ben": -60}
    assert "2 entries are gone" in repr(walk.sees(WallFace).alarms)
    assert "wants to be put in place" not in repr(walk.face.alarms)
    said = run_kiosk("record", "--data", str(walk.folder)).stdout
    assert "put back from a copy of 6 entries, by the hands of Ada, Ben and Dee; 2 of the 8" in said

    told = run_kiosk("verify", "--data", str(walk.folder), "--checkpoint", str(checkpoint))
    assert told.exit_code == 1
    missing = "knew 8 entries. 2 of them, from number 7, are missing since a copy was put in place on"
    assert missing in told.stdout
    assert f"the others are all here, unchanged. What is missing is in {event.aside}." in told.stdout
    walk.swap("Ada", "Cy")
    assert walk.balances() == {"Ada": 120, "Ben": -60, "Cy": -60}
    assert run_kiosk("verify", "--data", str(walk.folder)).exit_code == 0

    # Grown past the old checkpoint, it must not look as if somebody had changed what was written.
    walk.wait(70).swap("Ben", "Ada")
    told = run_kiosk("verify", "--data", str(walk.folder), "--checkpoint", str(checkpoint))
    assert told.exit_code == 1
    assert missing in told.stdout
    (walk.folder / event.aside).rename(walk.folder / "elsewhere")
    told = run_kiosk("verify", "--data", str(walk.folder), "--checkpoint", str(checkpoint))
    assert missing in told.stdout
    assert "Check the record of then too" in told.stdout
    assert "unchanged" not in told.stdout
    # Many hands excuse nothing that went another way: this is not the record that the checkpoint knew.
    shutil.copytree(tmp_path / "stick", walk.folder / event.aside)
    told = run_kiosk("verify", "--data", str(walk.folder), "--checkpoint", str(checkpoint))
    assert "knew other entries up to number 8" in told.stdout


def test_coins_remembered_while_the_card_was_ill_are_in_the_copy_that_is_put_in_place(walk, tmp_path):
    """Without this a shop that mends an ill card with a copy would lose what fell while it was ill."""
    walk.found("Ada", "Ben", "Cy")
    copied(walk, tmp_path / "stick")
    laid_ready(walk, tmp_path / "stick")
    walk.wait(1).choose("put in place")
    walk.card.full = True
    walk.house.hear(CoinHeard(200, 20))
    walk.house.hear(CoinHeard(None, 3))
    walk.wait(1)
    assert walk.core.state.funds["jar"].cents == 0
    walk.tap("Ada").tap("Ben").sees(TroubleFace, "starts again")
    walk.restart()
    assert [event for _, event in entries(walk.folder)][-2:] == [CoinFell(200, 20), CoinFell(None, 3)]
    jar = walk.core.state.funds["jar"]
    assert (jar.cents, jar.unknown) == (200, 1)
    assert run_kiosk("verify", "--data", str(walk.folder)).exit_code == 0


def test_on_a_fresh_card_the_founding_screen_offers_the_copy_and_its_own_people_tap(walk, tmp_path):
    walk.found("Ada", "Ben", "Cy")
    walk.swap("Ada", "Ben")
    copied(walk, tmp_path / "stick")
    old, key = entries(walk.folder), (walk.folder / "badge.key").read_bytes()
    walk.close()
    shutil.rmtree(walk.folder)
    walk._open()
    walk.sees(WelcomeFace)
    assert (walk.folder / "badge.key").read_bytes() != key

    assert "There is no record here yet" in laid_ready(walk, tmp_path / "stick")
    walk.wait(1).sees(TroubleFace, "wants to be put in place")
    walk.choose("not now").sees(WelcomeFace, "put a copy in place")
    walk.choose("copy").choose("put in place").sees(TapFace, "Two of you tap")
    walk.tap("Stranger").sees(TapFace, "does not know this badge")
    walk.tap("Ada").tap("Cy").sees(TroubleFace, "starts again")
    walk.restart()
    walk.sees(WallFace)
    after = entries(walk.folder)
    assert after[:-1] == old
    assert after[-1][1].hands == ("Ada", "Cy")
    assert after[-1][1].replaced == 0
    walk.swap("Ada", "Cy")
    assert walk.balances()["Ada"] == 120


def test_whoever_made_up_a_copy_cannot_put_it_in_place_with_badges_of_their_own(walk, tmp_path):
    """A copy knows what badges it likes; so in a shop that is there its own people must be the hands."""
    walk.found("Mal", "Mel", "Mo")
    copied(walk, tmp_path / "made-up")
    walk.close()
    shutil.rmtree(walk.folder)
    walk._faces.clear()
    walk._open()
    walk.found("Ada", "Ben", "Cy")
    laid_ready(walk, tmp_path / "made-up")
    walk.wait(1).sees(TroubleFace, "wants to be put in place")
    assert "2 entries would be lost" in walk.face.mend
    walk.choose("put in place")
    walk.tap("Mal").sees(TapFace, "nobody’s here")
    walk.tap("Ada").sees(TapFace, "does not know this badge")
    assert walk.face.dots_filled == 0


def test_the_kiosk_starts_again_by_itself_on_the_copy(tmp_path):
    shop = tmp_path / "shop"
    kiosk = Program("kiosk.way_in", "run", "--pretend", "--no-screen", "--drive", "--data", str(shop))
    kiosk.hears('"WallFace"')
    done = run_kiosk("backup", str(tmp_path / "stick"), "--data", str(shop))
    assert done.exit_code == 0, done.output
    kiosk.say("touch choose work:repair\ntap Amina\nwait 1.2\ntap Jo")
    kiosk.hears('"BookedFace"')
    kiosk.say("touch home")
    done = run_kiosk("restore", str(tmp_path / "stick"), "--data", str(shop))
    assert "1 entry would be lost" in done.output
    kiosk.say("touch choose people\nwait 1.2\ntouch choose copy")
    kiosk.hears("A copy of the record wants to be put in place", after=len(kiosk.lines) - 1)
    kiosk.say("touch choose put in place")
    for name in ("Amina", "Jo", "Sara"):
        kiosk.say(f"wait 1.2\ntap {name}")
    kiosk.hears("starts again with it")
    before = len(kiosk.lines)
    kiosk.hears('"WallFace"', after=before)
    assert kiosk.end() == 0
    with Reader.open(shop) as reader:
        event = [entry.event for entry in reader.entries()][-1]
    assert isinstance(event, RecordRestored)
    assert event.lost == 1
