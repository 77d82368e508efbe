"""What the wall page sees from beside the kiosk: the same face, a little later, and nothing more."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.amounts import Moment
from kiosk.badge_key import BadgeKey
from kiosk.clock import SystemClock
from kiosk.commands import CloseCircle, OpenCircle, Swap
from kiosk.core import Booked, Core
from kiosk.demo import settle_in, tag
from kiosk.faces import Alarm, WallFace, WelcomeFace
from kiosk.pulse import Pulse
from kiosk.seal_key import HANGING_FILE, sealing
from kiosk.state import restore
from kiosk.status import write_status
from kiosk.store import Store, StoreError
from kiosk.views.contents import face
from kiosk.views.scene import Scene
from kiosk.visit.places import IDLE
from kiosk.wall.outlook import Outlook


class Hour:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self._now = SystemClock().now()
        self.ahead = 0

    def now(self) -> Moment:
        return msgspec.structs.replace(
            self._now, wall=self._now.wall // 60_000 * 60_000 + self.ahead * 1000, mono=self._now.mono
        )


class Beside:
    """A kiosk's record with a demo shop in it, still open for writing, and an outlook on it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.hour = folder, Hour()
        self.store = Store.open(folder)
        self.key = BadgeKey.of(folder, may_make=True)
        self.seconds = 1000.0
        self.outlook = Outlook(folder, "Our shop", self.hour, lambda: self.seconds)

    def settle(self) -> None:
        settle_in(self.store, self.key, self.hour.now(), jar=True)
        self.core = Core(self.store, restore(self.store.tables()), self.hour)

    def look(self) -> WallFace:
        found = self.outlook.look().face
        assert isinstance(found, WallFace)
        return found


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Beside]:
    found = Beside(tmp_path)
    yield found
    found.store.close()


def test_the_page_shows_the_face_of_the_kiosk_itself(beside: Beside) -> None:
    """Without this the two walls of one shop would say different things."""
    beside.settle()
    scene = Scene(beside.core.state, beside.hour.now(), beside.store.find, "Our shop", {})
    own = face(IDLE, scene)
    assert isinstance(own, WallFace)
    assert beside.look() == msgspec.structs.replace(own, tap="", work=(), choices=())
    assert len(beside.outlook.look().amounts) == len(own.balances)


def test_a_swap_is_seen_at_the_next_look(beside: Beside) -> None:
    beside.settle()
    before = beside.look()
    hands = [tag(beside.key, name).hash for name in ("Amina", "Jo")]
    assert isinstance(beside.core.handle(Swap(hands[0], (hands[1],), 45, "repair")), Booked)
    after = beside.look()
    assert after.recent[0].who == "Amina → Jo"
    assert dict(after.balances)["Amina"] == dict(before.balances)["Amina"] + 45


def test_a_minute_later_the_clock_is_a_minute_later(beside: Beside) -> None:
    beside.settle()
    before = beside.look()
    beside.hour.ahead = 59
    assert beside.look() is before, "nothing has changed, so nothing is read"
    beside.hour.ahead = 61
    assert beside.look().time != before.time


def test_what_is_broken_is_told_once(beside: Beside) -> None:
    """Without this the page would hide that the reader hangs loose, or say it twice."""
    beside.settle()
    lost = Alarm(words="The badge reader does not answer", mend="Look at its cable.", detail="/dev/ttyUSB0: gone")
    write_status(beside.folder, [lost])
    assert beside.look().alarms == (msgspec.structs.replace(lost, detail=""),)
    write_status(beside.folder, [])
    assert beside.look().alarms == ()


def test_the_seal_hangs_there_too_after_a_circle(beside: Beside) -> None:
    """Without this whoever photographs the wall of the large room would be a witness of nothing."""
    beside.settle()
    seal = sealing(beside.folder, beside.store.device, beside.store.tree)
    everybody = tuple(tag(beside.key, name).hash for name in ("Amina", "Jo", "Sara"))
    assert isinstance(beside.core.handle(OpenCircle(everybody[0], everybody, 0)), Booked)
    assert isinstance(beside.core.handle(CloseCircle()), Booked)
    assert beside.look().seal is None
    made = seal(beside.hour.now())
    shown = beside.look().seal
    assert shown is not None
    assert (shown.code, shown.told.partition(",")[0]) == (made.text, f"{made.size} entries")
    scene = Scene(beside.core.state, beside.hour.now(), beside.store.find, "Our shop", {}, sealed=made)
    own = face(IDLE, scene)
    assert isinstance(own, WallFace)
    assert own.seal == shown


@pytest.mark.parametrize("left", ["", "{", '{"text":"x","size":1,"at":{"wall":0,"mono":0,"boot":""}}', "too many"])
def test_a_seal_of_another_record_does_not_hang(beside: Beside, left: str) -> None:
    """Without this a record that was put back would hang beside the seal of the one that was replaced."""
    test_the_seal_hangs_there_too_after_a_circle(beside)
    place = beside.folder / HANGING_FILE
    size = beside.store.next_number - 1
    more = (
        place.read_text()
        .replace(f"\\n{size}\\n", f"\\n{size + 1}\\n")
        .replace(f'"size":{size}', f'"size":{size + 1}')
    )
    place.write_text(more if left == "too many" else left)
    assert beside.look().seal is None


def test_before_there_is_anything_nothing_is_made_up(tmp_path: Path) -> None:
    outlook = Outlook(tmp_path / "later", "Our shop", Hour(), lambda: 1000.0)
    assert outlook.look().kind == "none"
    assert outlook.news().age is None
    assert outlook.news().silent == "No news yet. The kiosk may be off."
    with Store.open(tmp_path / "later"):
        assert isinstance(outlook.look().face, WelcomeFace)


def test_news_grow_old_when_the_kiosk_is_off(beside: Beside) -> None:
    """Without this the page could not tell a quiet day from a dead kiosk."""
    beside.settle()
    with Pulse(beside.folder) as pulse:
        pulse.beat()
        beside.look()
        heard = beside.outlook.heard
        assert heard is not None
        beside.seconds = heard + 7
        assert beside.outlook.news().age == 7
    beside.look()
    beside.seconds = heard + 600
    age, silent = beside.outlook.news().age, beside.outlook.news().silent
    assert age == 600
    assert silent.startswith("No news since ")


def test_news_grow_old_while_the_record_cannot_be_read(tmp_path: Path) -> None:
    """Without this the page would show what was, and call it now."""
    (tmp_path / "record.sqlite").write_bytes(b"this is no record" * 100)
    with Pulse(tmp_path) as pulse:
        pulse.beat()
        outlook = Outlook(tmp_path, "Our shop", Hour(), lambda: 1000.0)
        with pytest.raises(StoreError):
            outlook.look()
        assert outlook.heard is None


def test_a_record_that_was_put_in_its_place_is_found(beside: Beside, tmp_path: Path) -> None:
    """Without this the page would show the old shop after a backup was brought back."""
    beside.settle()
    assert beside.look().balances
    beside.store.close()
    for file in tmp_path.glob("record.sqlite*"):
        file.unlink()
    beside.store = Store.open(tmp_path)
    assert isinstance(beside.outlook.look().face, WelcomeFace)


def test_the_sheet_holds_no_badge(beside: Beside) -> None:
    """Without this whoever reads the wall could try to make somebody's badge."""
    beside.settle()
    sent = msgspec.json.encode(beside.outlook.look()).decode()
    badges = [str(badge) for badge in beside.core.state.badges]
    assert len(badges) == 16
    assert not any(badge in sent or badge[:16] in sent for badge in badges)
