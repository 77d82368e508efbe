"""The bench: what a device says, line by line, and pretend devices to say it.

    hardware watch pn532 --port /dev/serial/by-id/…
    hardware pretend pn532 --link ./reader

Nothing here belongs to the kiosk; it is for whoever solders, wires and wonders.
"""

import contextlib
import io
import json
import os
import queue
import select
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Annotated, Final, NoReturn

import typer
from msgspec import Struct, structs

from hardware.buttons import Buttons
from hardware.code_scanner import CodeScanner
from hardware.coin_acceptor import CoinAcceptor
from hardware.device import Device
from hardware.errors import UnknownDriverError
from hardware.event_nodes import LINUX
from hardware.pn532 import Pn532Reader
from hardware.ports import is_typing
from hardware.pretend.pn532 import PretendPn532
from hardware.pretend.rdm6300 import PretendRdm6300
from hardware.pretend.scanner import PretendScanner
from hardware.pretend.spoken import Hands, hands_of, obey
from hardware.pretend.wires import PretendSerialDevice
from hardware.rdm6300 import Rdm6300Reader
from hardware.rig import Rig
from hardware.signals import (
    ButtonFreed,
    ButtonPressed,
    ButtonReleased,
    ButtonsHeld,
    ButtonsTogether,
    ButtonStuck,
    CardGone,
    CardsAmbiguous,
    CardSeen,
    CodeScanned,
    CodeUnreadable,
    CoinDropped,
    CoinUnidentified,
    DeviceChanged,
    Signal,
)
from hardware.typing_line import port_for
from hardware.typing_reader import TypingReader, TypingScanner

WRONG_USE: Final = 2
_GLANCE = 0.25  # seconds between two looks at whether anybody still reads what is printed

bench = typer.Typer(
    name="hardware",
    help="Watch a device, or pretend to be one. For whoever wires the kiosk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """The `hardware` command."""
    bench()


# -- watch ---------------------------------------------------------------------------------------------------

PORT_DRIVERS = ("pn532", "rdm6300", "typing", "scanner")
PIN_DRIVERS = ("buttons", "coins")


class Wiring(Struct, frozen=True):
    """Where a device hangs: a port, or pins (GPIO numbers), as given on the command line."""

    port: str = ""
    pins: tuple[str, ...] = ()
    coins: tuple[str, ...] = ()
    baudrate: int = 9600


@bench.command()
def watch(
    driver: Annotated[str, typer.Argument(help="pn532, rdm6300, typing, scanner, buttons or coins")],
    port: Annotated[str, typer.Option(help="such as /dev/serial/by-id/…, or keyboard:1a2b:3c4d")] = "",
    baudrate: Annotated[
        int, typer.Option(min=300, max=921600, help="of a scanner; the readers have one speed only")
    ] = 9600,
    pin: Annotated[
        list[str] | None,
        typer.Option(help="buttons: NAME=GPIO, again for each (yes=5 no=6 abstain=13); coins: the GPIO"),
    ] = None,
    coin: Annotated[
        list[str] | None, typer.Option(help="coins: PULSES=CENTS, again for each coin (2=50 4=100)")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line")] = False,
) -> None:
    """Print what a device says, one line a signal, as it comes. Ctrl-C ends it.

    A missing device is looked for until it is there. What types like a keyboard (typing: a badge reader; or a
    scanner) is heard here and nowhere else meanwhile: don't name the keyboard that you write with.

    Examples: hardware watch pn532 --port /dev/ttyUSB0; hardware watch buttons --pin yes=5 --pin no=6
    """
    wiring = Wiring(port, tuple(pin or ()), tuple(coin or ()), baudrate)
    try:
        device = device_for(driver, wiring)
    except ValueError as error:
        _refuse(str(error))
    with _ended_politely():
        _print_signals(device, _as_json if as_json else line_for)


def device_for(driver: str, wiring: Wiring) -> Device:
    """The real driver of that name; UnknownDriverError or ValueError say in one line what is wrong."""
    if driver in PORT_DRIVERS:
        return _device_on_port(driver, wiring)
    if driver in PIN_DRIVERS:
        return _pin_device(driver, wiring)
    known = ", ".join((*PORT_DRIVERS, *PIN_DRIVERS))
    raise UnknownDriverError(f"there is no driver {driver!r}; there are {known}")


def _device_on_port(driver: str, wiring: Wiring) -> Device:
    if not wiring.port:
        raise ValueError(f"{driver} hangs on a port: say which with --port")
    if is_typing(wiring.port) and driver == "scanner":
        return TypingScanner(wiring.port)
    if is_typing(wiring.port) != (driver == "typing"):
        raise ValueError(_another_port(driver))
    if driver == "typing":
        return TypingReader(wiring.port)
    if driver == "pn532":
        return Pn532Reader(wiring.port)
    if driver == "rdm6300":
        return Rdm6300Reader(wiring.port)
    return CodeScanner(wiring.port, baudrate=wiring.baudrate)


def _another_port(driver: str) -> str:
    if driver == "typing":
        return "typing takes a port such as keyboard:1a2b:3c4d; `hardware keyboards` lists them"
    return (
        f"{driver} takes a serial port such as /dev/serial/by-id/…; what types like a keyboard is watched with "
        "`hardware watch typing`"
    )


def _pin_device(driver: str, wiring: Wiring) -> Device:
    if driver == "buttons":
        pins = dict(_pair(text, "--pin", "NAME=GPIO") for text in wiring.pins)
        if not pins:
            raise ValueError("buttons hang on pins: name them with --pin, such as --pin yes=5 --pin no=6")
        return Buttons({name: _number(value, "--pin") for name, value in pins.items()})
    coins = dict(_pair(text, "--coin", "PULSES=CENTS") for text in wiring.coins)
    if len(wiring.pins) != 1 or not coins:
        raise ValueError("coins need one --pin and at least one --coin, such as --pin 23 --coin 2=50")
    table = {_number(pulses, "--coin"): _number(cents, "--coin") for pulses, cents in coins.items()}
    return CoinAcceptor(_number(wiring.pins[0], "--pin"), table)


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not (left and equals and right):
        raise ValueError(f"{option} {text} is not {form}")
    return left, right


def _number(text: str, option: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError(f"{option}: {text!r} is not a whole number")
    return int(text)


@bench.command()
def keyboards() -> None:
    """Print what types like a keyboard here, each with the line for the settings. Your own keyboard is among it."""
    seen, refused = LINUX.look(LINUX.there())
    typing = [each for each in seen if each.identity.types]
    for line in sorted({f'port = "{port_for(each, typing)}"  # {each.identity.name}' for each in typing}):
        _print(line)
    for each in seen:
        each.node.close()
    if not typing and not refused:
        _refuse("nothing here types like a keyboard; is it plugged in?")
    if refused:
        _refuse(f"{len(refused)} more may not be opened by this user; is the user in the group input?")


def _print_signals(device: Device, told: Callable[[Signal], str]) -> None:
    said: queue.SimpleQueue[Signal] = queue.SimpleQueue()
    rig = Rig((device,))  # which says so if the device cannot even start, as on a machine without pins
    rig.start(said.put)
    try:
        while _somebody_reads(sys.stdout.fileno()):
            with contextlib.suppress(queue.Empty):
                _print(told(said.get(timeout=_GLANCE)))
    finally:
        rig.stop()


def _somebody_reads(out: int) -> bool:
    """Whether the other end of a pipe is still there; always so for files and terminals."""
    looked = select.poll()
    looked.register(out, 0)
    return not any(event & select.POLLERR for _, event in looked.poll(0))


KINDS: Final[dict[type[Signal], str]] = {
    CardSeen: "card seen",
    CardGone: "card gone",
    CardsAmbiguous: "cards ambiguous",
    CodeScanned: "code scanned",
    CodeUnreadable: "code unreadable",
    ButtonPressed: "button pressed",
    ButtonReleased: "button released",
    ButtonsTogether: "buttons together",
    ButtonsHeld: "buttons held",
    ButtonStuck: "button stuck",
    ButtonFreed: "button freed",
    CoinDropped: "coin dropped",
    CoinUnidentified: "coin unidentified",
}


def line_for(said: Signal) -> str:
    """A signal as one line: what happened, and the rest of it, two spaces apart."""
    return "  ".join(part for part in (kind_of(said), *_details(said)) if part)


def kind_of(said: Signal) -> str:
    """What happened, in two words; for a change of state, the state."""
    return said.state.value if isinstance(said, DeviceChanged) else KINDS[type(said)]


def _details(said: Signal) -> Sequence[str]:
    match said:
        case CardSeen(uid=uid, tech=tech, random=random):
            return uid.hex(), tech, "random" if random else ""
        case CardGone(uid=uid, tech=tech):
            return uid.hex(), tech
        case CardsAmbiguous(count=count):
            return (str(count),)
        case CodeScanned(text=text):
            return (json.dumps(text, ensure_ascii=False),)
        case CodeUnreadable(why=why):
            return (why,)
        case ButtonReleased(button=button, held=held):
            return button, f"{held:.2f} s"
        case ButtonPressed(button=button) | ButtonStuck(button=button) | ButtonFreed(button=button):
            return (button,)
        case ButtonsTogether(buttons=buttons) | ButtonsHeld(buttons=buttons):
            return buttons
        case CoinDropped(cents=cents, pulses=pulses):
            return f"{cents} cents", f"{pulses} pulses"
        case CoinUnidentified(pulses=pulses):
            return (f"{pulses} pulses",)
        case DeviceChanged(detail=detail):
            return (detail,)
    return ()


def _as_json(said: Signal) -> str:
    fields = {name: _plain(getattr(said, name)) for name in _field_names(said)}
    return json.dumps({"kind": kind_of(said), **fields}, ensure_ascii=False)


def _field_names(said: Signal) -> list[str]:
    return [field.name for field in structs.fields(said)]


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


# -- pretend -------------------------------------------------------------------------------------------------

pretend = typer.Typer(
    no_args_is_help=True,
    help="Pretend to be a device on a serial port that is not there. "
    "The port's name is the first line printed; then it takes commands, one a line, "
    "answers each with a line, and ends with 'quit' or at the end of the input.",
)
bench.add_typer(pretend, name="pretend")

Link = Annotated[str | None, typer.Option(help="the name the port is to have; otherwise one is made up")]


@pretend.command("pn532")
def pretend_pn532(link: Link = None) -> None:
    """A badge reader.

    Takes: tap UID, two UID UID, away, garbage [HEX], cut N, mute, speak, power, unplug, replug.
    """
    _pretend(PretendPn532, link)


@pretend.command("rdm6300")
def pretend_rdm6300(link: Link = None) -> None:
    """A 125 kHz tag reader.

    Takes: tap UID, away, garbage [HEX], unplug, replug.
    """
    _pretend(PretendRdm6300, link)


@pretend.command("scanner")
def pretend_scanner(link: Link = None) -> None:
    """A code scanner.

    Takes: scan TEXT, raw HEX, garbage [HEX], unplug, replug.
    """
    _pretend(PretendScanner, link)


def _pretend(kind: Callable[[str | None], PretendSerialDevice], link: str | None) -> None:
    with _ended_politely():
        try:
            device = kind(link)
        except OSError as error:
            _refuse(str(error))
        with device:
            _print(device.path)
            _obey_lines(hands_of(device))


def _obey_lines(hands: Hands) -> None:
    for line in sys.stdin:
        if line.strip() == "quit":
            _print("ok quit")
            return
        if line.strip():
            _print(obey(hands, line))


# -- ending --------------------------------------------------------------------------------------------------


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _refuse(why: str) -> NoReturn:
    typer.echo(f"hardware: {why}", err=True)
    raise typer.Exit(WRONG_USE)


@contextlib.contextmanager
def _ended_politely() -> Iterator[None]:
    """Ctrl-C and SIGTERM end the work as if it were done; so does a reader of our output who leaves."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    try:
        yield
    except KeyboardInterrupt:
        pass
    except BrokenPipeError:
        # Python flushes what is left at its end; that must not fail a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
