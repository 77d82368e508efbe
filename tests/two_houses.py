"""Two kiosks of one shop with their houses and buttons, without threads and wires: what one asks, the other answers
at once, unless nobody hears it."""

from collections.abc import Callable
from pathlib import Path

from by_hand import Kiosk
from kiosks import Claims
from kiosks import Kiosk as Other

from kiosk.commands import AddKiosk, BeginDuty, Command, JoinBuilding, NewBadge, TakeEntries
from kiosk.core import Booked
from kiosk.demo import MEMBERS, UIDS
from kiosk.faces import Face, Touch
from kiosk.house import House
from kiosk.sealing.note import Signer
from kiosk.visit.hearing import HeldTogether, Pressed, Tapped
from kiosk.visit.step import Tick

DUTY = "taking minutes"


class Door:
    """The kiosk by the door: the second one, which has no store of its own."""

    def __init__(self, first: Kiosk, claims: Claims) -> None:
        self.first, self.clock = first, first.clock
        self.other = Other("k3", first.clock, claims)
        self.start()

    def start(self) -> None:
        """Also as after its power was cut."""
        self.other.start()
        self.faces: list[Face] = []
        self.house = House(self.other.core, "Canal Street", show=self.faces.append)

    def tap(self, name: str, after: int = 5_000) -> None:
        self.clock.ms += after
        self.house.live_once(Tapped(NewBadge(self.first.key.hash("nfc", UIDS[name]), "tag")))

    def press(self, *buttons: str) -> None:
        for button in buttons:
            self.clock.ms += 1_500
            self.house.live_once(Pressed(button))

    def hold(self) -> None:
        self.clock.ms += 4_000
        self.house.live_once(HeldTogether())

    def touch(self, key: str) -> None:
        self.clock.ms += 1_000
        self.house.live_once(Touch("choose", key))


class TwoHouses:
    """Upstairs is the first; by the door is the other. lost: by which kiosk no question is heard any more; deaf: by
    which the answer to one is not."""

    def __init__(self, folder: Path) -> None:
        self.claims = Claims()
        self.upstairs = Kiosk(folder)
        self.device = self.upstairs.store.device
        self.signer = Signer(f"commons-kiosk/{self.device}", bytes(32))
        self.hands = tuple(self.upstairs.key.hash("nfc", UIDS[name]) for name in MEMBERS[:3])
        self.upstairs.core.turns = self.claims.of(self.device)
        self.door = Door(self.upstairs, self.claims)
        self.carried: list[bytes] = []
        self.claims.asked = self._asked
        me = str(self.signer.verifier)
        self.book(AddKiosk("k3", "by the door", self.door.other.key, self.hands, "upstairs", me))
        self.book(BeginDuty(DUTY, "approval", "week", self.hands))
        self.door.other.must(JoinBuilding(self.device, me))
        self.tell_door()

    def _asked(self, by: str, device: str, question: bytes) -> bytes | None:
        if {by, device} & self.claims.cut_off:
            return None
        house = self.door.house if device == "k3" else self.upstairs.house
        answer = house._answered_other(by, question)
        self.carried += [question, answer or b""]
        return None if by in self.claims.deaf else answer

    def book(self, command: Command) -> None:
        booked = self.upstairs.core.handle(command)
        assert isinstance(booked, Booked), booked

    def tell_door(self) -> None:
        known = self.door.other.state.taken.get(self.device)
        for batch in self.upstairs.store.batches(known.number if known else 0, self.signer):
            self.door.house.book(TakeEntries(batch.text), lambda _: None)
        self.settle()

    def settle(self) -> None:
        """What was asked of each house's own thread is done."""
        for house in (self.door.house, self.upstairs.house):
            while not house._inbox.empty():
                house._answer(house._inbox.get())

    def wait(self, seconds: float) -> None:
        """Time passes at both, and each hears what the other says."""
        for _ in range(int(seconds * 2)):
            self.upstairs.clock.ms += 500
            for house in (self.upstairs.house, self.door.house):
                house.live_once(Tick())
                self.settle()

    def until(self, true: Callable[[], bool], seconds: float = 30) -> None:
        for _ in range(int(seconds)):
            if true():
                return
            self.wait(1)
        raise AssertionError(self.shown)

    def open_round(self, *here: str) -> None:
        """The circle upstairs puts to the buttons who has the duty next; by the door they know of it."""
        self.upstairs.gather(*here)
        self.upstairs.press("no", "no", "yes", "yes")
        self.tell_door()

    @property
    def shown(self) -> tuple[str, str]:
        return repr(self.upstairs.faces[-1]), repr(self.door.faces[-1:])
