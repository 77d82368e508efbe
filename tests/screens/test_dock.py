"""The tray of pretend devices beside the kiosk."""

from collections.abc import Mapping
from typing import Any

import pytest
from kivy.core.window import Window

from kiosk.screens import pictures, theme
from kiosk.screens.dock import Dock

from .conftest import Finger


class TrayHands:
    """Hands that remember what they were asked to do."""

    def __init__(self) -> None:
        self.done: list[tuple[Any, ...]] = []
        self.bright: dict[str, float] = {}
        self.clumsy = False

    def badges(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, f"badge of {name}") for name in ("Amina", "Jo", "Tomek", "Sara", "Luís"))

    def cards(self) -> tuple[tuple[str, str], ...]:
        return (("Amina", "card of Amina"), ("Jo", "card of Jo"))

    def _do(self, *what: Any) -> None:
        if self.clumsy:
            raise OSError("the cable is loose")
        self.done.append(what)

    def tap(self, key: str) -> None:
        self._do("tap", key)

    def lay_two(self) -> None:
        self._do("two")

    def phone(self) -> None:
        self._do("phone")

    def unknown(self) -> None:
        self._do("nobody's")

    def scan(self, key: str) -> None:
        self._do("scan", key)

    def scan_nonsense(self) -> None:
        self._do("nonsense")

    def hold(self, button: str) -> None:
        self._do("hold", button)

    def release(self, button: str) -> None:
        self._do("release", button)

    def drop(self, cents: int) -> None:
        self._do("drop", cents)

    def cable(self, device: str, plugged: bool) -> None:
        self._do("cable", device, plugged)

    def lamps(self) -> Mapping[str, float]:
        return self.bright

    def devices(self) -> tuple[tuple[str, str], ...]:
        return (("badge reader", "ready"), ("code scanner", "lost"), ("coin acceptor", "fault"))


@pytest.fixture
def hands() -> TrayHands:
    return TrayHands()


@pytest.fixture(params=[(320, 480), (320, 720), (720, 280)], ids=["small", "beside", "below"])
def dock(request: pytest.FixtureRequest, hands: TrayHands) -> Dock:
    pictures.window_of((1280, 720))
    tray = Dock(hands)
    for child in list(Window.children):
        Window.remove_widget(child)
    Window.add_widget(tray)
    tray.size = request.param
    pictures.turn()
    return tray


def test_everything_on_the_tray_can_be_picked_up(dock: Dock, hands: TrayHands, finger: Finger) -> None:
    """A fault of the world could not be tried out at a desk."""
    for chip in (*dock.people, *dock.odd, *dock.buttons, *dock.coins, *dock.cables, *dock.cables):
        finger.tap_on(chip)
    assert hands.done == [
        *(("tap", key) for _, key in hands.badges()),
        ("two",),
        ("phone",),
        ("nobody's",),
        *((deed, name) for name in ("yes", "no", "abstain") for deed in ("hold", "release")),
        *(("drop", cents) for cents in (50, 100, 200)),
        *(("cable", device, False) for device in ("badge reader", "code scanner")),
        *(("cable", device, True) for device in ("badge reader", "code scanner")),
    ]


def test_cards_instead_of_badges(dock: Dock, hands: TrayHands, finger: Finger) -> None:
    """The scanner could not be tried out."""
    finger.tap_on(dock.kinds[1])
    for chip in (*dock.people, *dock.odd):
        finger.tap_on(chip)
    assert hands.done == [("scan", "card of Amina"), ("scan", "card of Jo"), ("nonsense",)]


def test_a_button_is_let_go_wherever_the_finger_leaves(dock: Dock, hands: TrayHands, finger: Finger) -> None:
    """A pretend button would stay down for ever."""
    finger.move(*dock.buttons[0].center, 5, 5)
    assert hands.done == [("hold", "yes"), ("release", "yes")]


def test_lamps_and_devices_are_seen(dock: Dock, hands: TrayHands) -> None:
    """One would not see what the lamps say."""
    dark = tuple(dock.buttons[0].edge)
    hands.bright = {"yes": 1.0, "alarm": 1.0}
    dock._look_again(0)
    assert tuple(dock.buttons[0].edge) != dark
    assert tuple(dock.ids.alarm.fill) == pytest.approx(theme.ALARM)
    assert [chip.ids.state.text for chip in dock.cables] == ["ready", "lost"]
    assert dock.ids.trouble.text == "coin acceptor: fault"


def test_a_clumsy_hand_does_not_take_the_kiosk_down(dock: Dock, hands: TrayHands, finger: Finger) -> None:
    """A pulled cable at the desk would end the program."""
    hands.clumsy = True
    finger.tap_on(dock.people[0])
    finger.tap_on(dock.cables[0])
    hands.clumsy = False
    finger.tap_on(dock.cables[0])
    assert hands.done == [("cable", "badge reader", False)]


def test_nothing_lies_outside_the_tray(dock: Dock) -> None:
    """Part of the tray could not be reached."""
    for chip in (*dock.kinds, *dock.people, *dock.odd, *dock.buttons, *dock.coins, *dock.cables):
        assert chip.x >= 0
        assert chip.y >= 0
        assert chip.right <= dock.width
        assert chip.top <= dock.height
    assert [fault for fault in pictures.measure(dock, inches=1000) if fault.what in ("cut off", "overlaps")] == []
