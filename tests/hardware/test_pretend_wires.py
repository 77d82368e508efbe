"""The pretend devices themselves: a pretend that is kinder than the real thing would prove nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from hardware.pn532_frames import ACK, WAKE_UP, Frame, FrameParser, Kind, framed
from hardware.pretend.ear import Ear
from hardware.pretend.pn532 import PretendPn532
from hardware.pretend.rdm6300 import PretendRdm6300
from hardware.pretend.scanner import PretendScanner
from hardware.pretend.spoken import hands_of, obey
from hardware.pretend.wires import PretendPort

A = bytes.fromhex("04A1B2C3")
B = bytes.fromhex("047BCB51962280")


def test_a_port_keeps_its_name_and_changes_what_is_behind_it(tmp_path: Path) -> None:
    name = tmp_path / "reader"
    with PretendPort(name) as port:
        assert port.path == str(name)
        assert name.resolve().is_char_device()
        port.unplug()
        assert not name.is_symlink()
        port.unplug()
        port.replug()
        port.replug()
        assert name.resolve().is_char_device()
    assert list(tmp_path.iterdir()) == []


def test_a_port_left_over_by_a_crash_is_replaced_and_anything_else_is_left_alone(tmp_path: Path) -> None:
    """Pretending must not delete anybody's file."""
    left_over, precious = tmp_path / "left over", tmp_path / "precious"
    left_over.symlink_to("/dev/pts/99999")
    precious.write_text("keep", encoding="utf-8")
    with PretendPort(left_over) as port:
        assert port.plugged
    with pytest.raises(FileExistsError, match="precious"):
        PretendPort(precious)
    assert precious.read_text(encoding="utf-8") == "keep"


def test_closing_twice_is_harmless_and_leaves_no_folder() -> None:
    port = PretendPort()
    folder = Path(port.path).parent
    port.close()
    port.close()
    port.wake()
    port.replug()
    assert not folder.exists()


def test_what_is_said_to_nobody_is_lost() -> None:
    """As on a real wire: a code scanned before the kiosk listens is not read an hour later."""
    with PretendPort() as port:
        port.write(b"lost")
        with serial.Serial(port.path, timeout=0.05) as driver:
            assert port.heard
            assert driver.read(10) == b""
        assert not port.heard


# -- the chip


class Host:
    """A driver that does nothing by itself."""

    def __init__(self, chip: PretendPn532) -> None:
        self.port = serial.Serial(chip.path, 115200, timeout=0.2)
        self.parser = FrameParser()

    def ask(self, command: str, *, answers: int = 2, within: int = 100) -> list[Frame]:
        """Send a command; what comes back, as soon as that is so many frames."""
        self.port.write(framed(bytes.fromhex(command)))
        return self.hear(answers, within)

    def hear(self, answers: int, within: int = 100) -> list[Frame]:
        found: list[Frame] = []
        for _ in range(within):
            data = self.port.read(1)
            found += [piece for piece in self.parser.feed(data, 0.0) if isinstance(piece, Frame)]
            if len(found) >= answers:
                break
        return found

    def data(self, command: str) -> str:
        """The answer, as hexadecimal digits."""
        frames = self.ask(command)
        assert [frame.kind for frame in frames] == [Kind.ACK, Kind.DATA]
        return frames[1].data.hex()


@pytest.fixture
def chip() -> Iterator[PretendPn532]:
    with PretendPn532() as chip:
        yield chip


@pytest.fixture
def host(chip: PretendPn532) -> Iterator[Host]:
    host = Host(chip)
    yield host
    host.port.close()


@pytest.fixture
def awake(host: Host) -> Host:
    host.port.write(WAKE_UP)
    assert host.data("14 01") == "15"
    return host


def test_a_sleeping_chip_hears_nothing_until_it_is_woken_and_set_up(host: Host) -> None:
    assert host.ask("02", within=1) == []
    assert host.ask("14 01", within=1) == []
    host.port.write(WAKE_UP)
    assert host.ask("02", within=1) == []
    assert host.data("14 01") == "15"
    assert host.data("02") == "0332010607"


def test_a_power_cut_puts_it_to_sleep_again(awake: Host, chip: PretendPn532) -> None:
    chip.power_cycle()
    assert awake.ask("02", within=1) == []


def test_without_a_card_it_thinks_for_ever_unless_told_how_often_to_try(awake: Host, chip: PretendPn532) -> None:
    assert [frame.kind for frame in awake.ask("4A 02 00", within=10)] == [Kind.ACK]
    chip.tap(A)
    [answer] = awake.hear(1)
    assert answer.data.hex() == "4b01010004080404a1b2c3"
    chip.away()
    assert awake.data("32 05 FF 01 02") == "33"
    assert awake.data("4A 02 00") == "4b00"


def test_an_abort_ends_its_thinking(awake: Host, chip: PretendPn532) -> None:
    awake.ask("4A 02 00", within=10)
    awake.port.write(ACK)
    Ear().wait_until(lambda: b"" in chip.commands, "the abort heard")
    chip.tap(A)
    assert awake.hear(1, within=2) == []


def test_a_card_it_has_selected_is_found_only_every_second_time_without_a_reset(
    awake: Host, chip: PretendPn532
) -> None:
    awake.data("32 05 FF 01 02")
    chip.tap(A)
    found = [awake.data("4A 02 00")[2:4] for _ in range(4)]
    assert found == ["01", "00", "01", "00"]


@pytest.mark.parametrize("reset", [["52 00"], ["32 01 00", "32 01 01"]])
def test_releasing_it_or_switching_the_field_lets_it_be_found_each_time(
    awake: Host, chip: PretendPn532, reset: list[str]
) -> None:
    awake.data("32 05 FF 01 02")
    chip.tap(A)
    for _ in range(3):
        assert awake.data("4A 02 00")[2:4] == "01"
        for command in reset:
            awake.data(command)


def test_without_its_field_it_finds_nothing(awake: Host, chip: PretendPn532) -> None:
    awake.data("32 05 FF 01 02")
    chip.tap(A)
    awake.data("32 01 00")
    assert awake.data("4A 02 00") == "4b00"


def test_it_lists_no_more_cards_than_asked_for(awake: Host, chip: PretendPn532) -> None:
    chip.tap([A, B])
    assert awake.data("4A 02 00") == "4b02" + "010004080404a1b2c3" + "02004400" + "07047bcb51962280"
    awake.data("52 00")
    assert awake.data("4A 01 00") == "4b01010004080404a1b2c3"


def test_a_command_it_does_not_know_gets_the_error_frame(awake: Host) -> None:
    assert [frame.kind for frame in awake.ask("60 00")] == [Kind.ACK, Kind.ERROR]


def test_present_lays_a_card_on_and_takes_it_away(awake: Host, chip: PretendPn532) -> None:
    awake.data("32 05 FF 01 02")
    chip.present(A, 0.0)
    assert awake.data("4A 02 00") == "4b00"


# -- hands that are told in words


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("tap 04A1B2C3", "ok tap 04A1B2C3"),
        ("tap 04:A1:B2:C3", "ok tap 04:A1:B2:C3"),
        ("two 04A1B2C3 047BCB51962280", "ok two 04A1B2C3 047BCB51962280"),
        ("away\n", "ok away"),
        ("garbage", "ok garbage"),
        ("garbage 00FF", "ok garbage 00FF"),
        ("cut 7", "ok cut 7"),
        ("mute", "ok mute"),
        ("speak", "ok speak"),
        ("power", "ok power"),
        ("unplug", "ok unplug"),
        ("replug", "ok replug"),
    ],
)
def test_a_line_moves_a_hand(chip: PretendPn532, line: str, answer: str) -> None:
    assert obey(hands_of(chip), line) == answer


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tap", "tap UID"),
        ("tap xyz", "tap UID"),
        ("tap " + "01" * 11, "at most 10"),
        ("two 04A1B2C3", "two UID UID"),
        ("cut", "cut N"),
        ("cut -1", "cut N"),
        ("away now", "away"),
        ("dance", "tap UID"),
        ("", "tap UID"),
    ],
)
def test_a_line_that_makes_no_sense_says_what_would(chip: PretendPn532, line: str, words: str) -> None:
    answer = obey(hands_of(chip), line)
    assert answer.startswith("? ")
    assert words in answer
    assert "\n" not in answer


def test_each_device_has_its_own_hands() -> None:
    with PretendRdm6300() as tags, PretendScanner() as codes:
        assert obey(hands_of(tags), "tap 62E3086CED").startswith("ok")
        assert obey(hands_of(tags), "tap 04A1B2C3").startswith("? tap UID: a 125 kHz tag has five bytes")
        assert obey(hands_of(tags), "away").startswith("ok")
        assert obey(hands_of(codes), "scan some text").startswith("ok")
        assert obey(hands_of(codes), "scan").startswith("? scan TEXT")
        assert obey(hands_of(codes), "raw FF0D").startswith("ok")
        assert "scan TEXT" in obey(hands_of(codes), "help")
