"""A badge reader and a scanner that type like a keyboard: people are known by them, and no field gets a digit."""

from collections.abc import Iterator

import pytest

from hardware.device import tee
from hardware.plugged import LineTiming
from hardware.pretend.keyboard import PretendInputs, PretendKeyboard
from hardware.signals import DeviceState
from hardware.typing_reader import TypingDevice, TypingReader, TypingScanner
from kiosk.codes import new_code
from kiosk.faces import DialFace, HomeFace, TapFace, Touch, TroubleFace, TypeFace, WallFace
from kiosk.visit.hearing import listener

SOON = LineTiming(first_retry=0.05, longest_retry=0.2, look_every=0.05)
NUMBERS = {"Amina": "0000472288", "Jo": "0000472289", "Sara": "0001234567"}


class Typed:
    """A cheap reader and a cheap scanner on the kiosk that is walked through."""

    def __init__(self, walk) -> None:
        self.walk = walk
        self.inputs = PretendInputs()
        self.reader: PretendKeyboard = self.inputs.plug(0xFFFF, 0x0035)
        self.scanner: PretendKeyboard = self.inputs.plug(0x1A2B, 0x3C4D, place="usb-2")
        more = {"repeat_guard": 0.2, "settle": 0.0, "line_timing": SOON, "nodes": self.inputs.nodes}
        self.devices: list[TypingDevice] = [
            TypingReader(self.reader.port, **more),
            TypingScanner(self.scanner.port, **more),
        ]
        for device in self.devices:
            device.start(tee(listener(walk.key, walk.house.hear)))
        walk._until(lambda: all(device.status().state is DeviceState.READY for device in self.devices))

    def tap(self, name: str):
        self.reader.type(NUMBERS[name])
        return self.walk

    def close(self) -> None:
        for device in self.devices:
            device.stop()
        self.inputs.close()


@pytest.fixture
def typed(walk) -> Iterator[Typed]:
    typed = Typed(walk)
    yield typed
    typed.close()


def test_badges_that_are_typed_found_a_shop_and_are_known_again(walk, typed):
    for name in NUMBERS:
        typed.tap(name).sees(TypeFace)
        walk.write(name)
    walk.choose("ok").sees(WallFace)
    typed.tap("Amina").sees(HomeFace, "Amina")
    walk.back().sees(WallFace)
    walk.choose("work:repair")
    typed.tap("Jo").sees(DialFace)
    assert typed.reader.leaked == []


def test_a_card_whose_code_is_typed_is_a_badge_like_any_other(shop, typed):
    code = new_code()
    shop.choose("people").choose("join").write("Wen").sees(TapFace, "Lay the new badge")
    typed.scanner.type(code)
    shop.sees(TapFace, "Two of you tap")
    shop.tap("Amina").tap("Jo").sees(TroubleFace, "Welcome, Wen.")
    shop.choose("ok").sees(WallFace)
    typed.scanner.rest(1.0)
    typed.scanner.type(code)
    shop.sees(HomeFace, "Wen")


def test_behaviour_21_a_badge_or_a_code_in_the_middle_of_a_word_adds_nothing_to_it(shop, typed):
    """Behaviour 21: the number of a badge would stand in a note for all to read."""
    shop.choose("people").choose("join").sees(TypeFace)
    shop.house.hear(Touch("type", "We"))
    shop.sees(TypeFace, "text='We'")
    typed.scanner.type("https://example.org/poster")
    typed.scanner.press(105, 28)  # an arrow and Enter: unreadable, and counted
    typed.reader.type("9999999999999")
    shop._until(lambda: all(device.status().errors for device in typed.devices))
    assert shop.face.text == "We"
    assert typed.reader.leaked == typed.scanner.leaked == []
