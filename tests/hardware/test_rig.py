"""From settings to devices: the right ones, in order, none in the way of another."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from hardware.buttons import Buttons
from hardware.code_scanner import CodeScanner
from hardware.coin_acceptor import CoinAcceptor
from hardware.device import Sink, Status
from hardware.errors import HardwareError, PinInUseError, UnknownDriverError
from hardware.lamps import Lamps
from hardware.pn532 import Pn532Reader
from hardware.pretend.ear import Ear
from hardware.pretend.rig import PretendRig
from hardware.rdm6300 import Rdm6300Reader
from hardware.rig import (
    ButtonSettings,
    CoinSettings,
    LampSettings,
    ReaderSettings,
    Rig,
    RigSettings,
    ScannerSettings,
    open_rig,
)
from hardware.signals import (
    ButtonPressed,
    CardGone,
    CardSeen,
    CodeScanned,
    CoinDropped,
    DeviceChanged,
    DeviceState,
)
from hardware.sounder import Sounder
from hardware.typing_reader import TypingReader, TypingScanner

UID = bytes.fromhex("04A1B2C3D4E5F6")

EVERYTHING = RigSettings(
    badge_reader=ReaderSettings("/dev/ttyUSB0"),
    code_scanner=ScannerSettings("/dev/ttyUSB1"),
    buttons=ButtonSettings(),
    lamps=LampSettings(),
    sounder_pin=18,
    coin_acceptor=CoinSettings(inhibit_pin=24),
)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture(scope="module")
def box() -> Iterator[PretendRig]:
    with PretendRig() as box:
        yield box


@pytest.fixture
def rig(box: PretendRig, ear: Ear) -> Iterator[Rig]:
    rig = box.open()
    rig.start(ear)
    ear.wait_for_state(DeviceState.READY, len(rig.devices))
    yield rig
    rig.stop()


# -- what the settings say


def test_each_setting_becomes_its_device() -> None:
    rig = open_rig(EVERYTHING)
    assert [type(device) for device in rig.devices] == [
        Lamps,
        Sounder,
        Pn532Reader,
        CodeScanner,
        Buttons,
        CoinAcceptor,
    ]
    assert list(rig.status()) == [
        "lamps",
        "sounder",
        "badge reader",
        "code scanner",
        "buttons",
        "coin acceptor",
    ]
    assert (rig.lamps, rig.sounder, rig.coin_acceptor) == (rig.devices[0], rig.devices[1], rig.devices[5])


def test_what_is_not_there_is_none(ear: Ear) -> None:
    """A kiosk with a touch screen alone is a kiosk."""
    rig = open_rig(RigSettings())
    rig.start(ear)
    assert (rig.devices, rig.lamps, rig.sounder, rig.coin_acceptor) == ((), None, None, None)
    assert rig.status() == {}
    rig.stop()


def test_the_other_reader_can_be_chosen() -> None:
    rig = open_rig(RigSettings(badge_reader=ReaderSettings("/dev/ttyUSB0", driver="rdm6300")))
    assert isinstance(rig.devices[0], Rdm6300Reader)


@pytest.mark.parametrize("port", ["keyboard:1a2b:3c4d", "/dev/input/by-id/usb-Maker_Reader-event-kbd"])
def test_what_types_like_a_keyboard_is_known_by_its_port(port: str) -> None:
    """Without this it would be opened as a serial port, and what it types would go into whatever field there is."""
    rig = open_rig(
        RigSettings(badge_reader=ReaderSettings(port), code_scanner=ScannerSettings("keyboard:ffff:0035"))
    )
    assert [type(device) for device in rig.devices] == [TypingReader, TypingScanner]
    assert list(rig.status()) == ["badge reader", "code scanner"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            RigSettings(badge_reader=ReaderSettings("/dev/ttyUSB0", driver="rc522")),
            "the badge reader has no driver 'rc522'; there are pn532, rdm6300",
        ),
        (
            RigSettings(code_scanner=ScannerSettings("/dev/ttyUSB0", driver="camera")),
            "the code scanner has no driver 'camera'; there are serial",
        ),
    ],
)
def test_an_unknown_driver_is_named_with_the_known_ones(settings: RigSettings, words: str) -> None:
    with pytest.raises(UnknownDriverError) as caught:
        open_rig(settings)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (
            RigSettings(buttons=ButtonSettings(no=12), lamps=LampSettings()),
            'pin 12 is given to the button "no" and to the lamp "yes"',
        ),
        (
            RigSettings(buttons=ButtonSettings(yes=5, no=5)),
            'pin 5 is given to the button "yes" and to the button "no"',
        ),
        (
            RigSettings(sounder_pin=23, coin_acceptor=CoinSettings()),
            "pin 23 is given to the sounder and to the coin acceptor's coin line",
        ),
        (
            RigSettings(lamps=LampSettings(alarm=24), coin_acceptor=CoinSettings(inhibit_pin=24)),
            'pin 24 is given to the lamp "alarm" and to the coin acceptor\'s inhibit line',
        ),
    ],
)
def test_a_pin_given_twice_is_named_with_both(settings: RigSettings, words: str) -> None:
    """A button on a lamp's pin would be a short circuit at the first vote."""
    with pytest.raises(PinInUseError) as caught:
        open_rig(settings)
    assert str(caught.value) == words
    assert isinstance(caught.value, HardwareError)


def test_drivers_need_no_gpio_no_port_and_no_library_to_be_imported_and_opened() -> None:
    """Behaviour 38: the whole kiosk can be worked on with nothing on the table."""
    program = (
        "import sys; sys.modules['gpiozero'] = sys.modules['lgpio'] = sys.modules['serial'] = None\n"
        "from hardware.rig import *\n"
        "open_rig(RigSettings(ReaderSettings('/dev/x'), ScannerSettings('/dev/y'), ButtonSettings(),"
        " LampSettings(), 18, CoinSettings()))\n"
        "print('open')"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=False)
    assert run.stdout == "open\n", run.stderr


# -- what happens on the pretend box


def test_every_hand_reaches_the_listener_through_the_real_drivers(rig: Rig, box: PretendRig, ear: Ear) -> None:
    box.present(UID, 0.3, wait=False)
    box.scan("tool:hammer")
    box.press("abstain", 0.1)
    ear.wait_until(lambda: box.pins.taking_coins, "the gate to open")
    box.drop(100)
    assert ear.wait_for(CardSeen).uid == UID
    assert ear.wait_for(CodeScanned).text == "tool:hammer"
    assert ear.wait_for(ButtonPressed).button == "abstain"
    assert ear.wait_for(CoinDropped).cents == 100
    ear.wait_for(CardGone)
    assert {status.state for status in rig.status().values()} == {DeviceState.READY}


def test_lamps_and_sounder_answer(rig: Rig, box: PretendRig, ear: Ear) -> None:
    assert rig.lamps is not None
    assert rig.sounder is not None
    rig.lamps.on("yes")
    rig.sounder.play("done")
    ear.wait_until(lambda: box.lamp("yes") == 1.0, "the lamp")
    ear.wait_until(lambda: box.sounding() is not None, "the sound")
    rig.stop()
    assert (box.lamp("yes"), box.sounding()) == (0.0, None)


def test_a_reader_without_its_plug_is_lost_and_found_and_the_buttons_never_notice(
    rig: Rig, box: PretendRig, ear: Ear
) -> None:
    box.unplug("badge reader")
    ear.wait_until(lambda: rig.status()["badge reader"].state is DeviceState.LOST, "the loss")
    box.press("yes", 0.1)
    assert ear.wait_for(ButtonPressed).button == "yes"
    box.replug("badge reader")
    ear.wait_until(lambda: rig.status()["badge reader"].state is DeviceState.READY, "the return")


def test_stop_may_come_twice_and_a_new_start_works(rig: Rig, box: PretendRig, ear: Ear) -> None:
    """Behaviour 28: the screen ends twice when it is told to while it is ending."""
    rig.stop()
    rig.stop()
    assert {status.state for status in rig.status().values()} == {DeviceState.STOPPED}
    again = Ear()
    rig.start(again)
    again.wait_for_state(DeviceState.READY, len(rig.devices))
    box.press("no", 0.1)
    again.wait_for(ButtonPressed)
    assert not ear.all(ButtonPressed)


def test_stop_before_start_is_harmless() -> None:
    open_rig(EVERYTHING).stop()


def test_what_has_no_plug_cannot_be_pulled(box: PretendRig) -> None:
    with pytest.raises(ValueError, match="'lamps' has no plug to pull; there are badge reader, code scanner"):
        box.unplug("lamps")


def test_a_pretend_box_may_be_closed_twice_and_has_the_other_reader_too(ear: Ear) -> None:
    box = PretendRig(reader="rdm6300")
    rig = box.open()
    rig.start(ear)
    ear.wait_until(lambda: rig.status()["badge reader"].state is DeviceState.READY, "the reader")
    box.tap(bytes.fromhex("62E3086CED"))
    assert ear.wait_for(CardSeen).tech == "em4100"
    box.away()
    ear.wait_for(CardGone)
    rig.stop()
    box.close()
    box.close()


# -- devices that fail


class Logbook:
    """A device that writes down what is asked of it, and fails where it is told to."""

    def __init__(self, name: str, log: list[str], fails: str = "") -> None:
        self.name = name
        self._log = log
        self._fails = fails

    def start(self, sink: Sink) -> None:
        self._write("start")

    def stop(self) -> None:
        self._write("stop")

    def status(self) -> Status:
        return Status(DeviceState.READY, since=0.0)

    def _write(self, what: str) -> None:
        self._log.append(f"{what} {self.name}")
        if what == self._fails:
            raise RuntimeError(f"no {what}")


def test_devices_start_in_order_and_stop_in_reverse(ear: Ear) -> None:
    log: list[str] = []
    rig = Rig((Logbook("a", log), Logbook("b", log), Logbook("c", log)))
    rig.start(ear)
    rig.start(ear)
    rig.stop()
    rig.stop()
    assert log == ["start a", "start b", "start c", "stop c", "stop b", "stop a"]


def test_a_device_that_does_not_start_keeps_no_other_from_it(ear: Ear) -> None:
    """One broken part does not close the shop, and the screen says which it is."""
    log: list[str] = []
    rig = Rig((Logbook("a", log), Logbook("b", log, fails="start"), Logbook("c", log)))
    rig.start(ear)
    assert log == ["start a", "start b", "start c"]
    (change,) = ear.all(DeviceChanged)
    assert (change.device, change.state) == ("b", DeviceState.FAULT)
    assert change.detail == "b: did not start (no start); see the log"
    assert [status.state for status in rig.status().values()] == [
        DeviceState.READY,
        DeviceState.FAULT,
        DeviceState.READY,
    ]


def test_a_device_that_does_not_stop_keeps_no_other_from_it(ear: Ear) -> None:
    """Behaviour 28: the lamps go out although the reader hangs."""
    log: list[str] = []
    rig = Rig((Logbook("lamps", log), Logbook("b", log, fails="stop")))
    rig.start(ear)
    rig.stop()
    assert log[2:] == ["stop b", "stop lamps"]
