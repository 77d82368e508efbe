"""A pretend PN532 with hands, which speaks the real bytes over a pseudo-terminal.

It behaves as the chip does where drivers have stumbled: it sleeps after power-on and hears no command
before it is woken; without a card it may think for ever; a card it has selected is not found again at the
next look. And it can be made to fail in each way a wire can.
"""

import os
import time
from collections import deque
from collections.abc import Sequence

from msgspec import Struct

from hardware.pn532_frames import (
    ACK,
    ERROR,
    FROM_CHIP,
    FROM_HOST,
    NACK,
    Command,
    Frame,
    FrameParser,
    Kind,
    framed,
)
from hardware.pretend.wires import PretendSerialDevice

FOR_EVER = 0xFF
_SPEAKS_ISO_DEP = 0x20


class PretendCard(Struct, frozen=True):
    """A card as the field feels it.

    selected_as: SEL_RES; ats: what a phone or DESFire says on top, its length first.
    """

    uid: bytes
    sens_res: bytes = b"\x00\x04"
    selected_as: int = 0x08
    ats: bytes = b""

    @classmethod
    def of(cls, uid: bytes) -> "PretendCard":
        """The kind of card that usually has such a number: MIFARE Classic, NTAG, or a phone."""
        if len(uid) != 4:
            return cls(uid, sens_res=b"\x00\x44", selected_as=0x00)
        if uid[0] == 0x08:
            return cls(uid, selected_as=_SPEAKS_ISO_DEP, ats=bytes.fromhex("05788070 02"))
        return cls(uid)

    def listed(self, number: int) -> bytes:
        """This card in an answer to InListPassiveTarget."""
        return bytes((number, *self.sens_res, self.selected_as, len(self.uid), *self.uid, *self.ats))


class _Chip(Struct):
    """What a power cut takes away."""

    woken: bool = False
    ready: bool = False
    retries: int = FOR_EVER
    field: bool = True
    selected: frozenset[bytes] = frozenset()
    looking_for: int = 0


class _Faults(Struct):
    """What goes wrong. The `next_…` ones happen once, to the next look for cards."""

    muted: bool = False
    silent_after_ack: bool = False
    trickling: bool = False
    around: tuple[bytes, bytes, bytes] = (b"", b"", b"")
    next_cut: int | None = None
    next_corrupt: str = ""
    next_late: bool = False
    next_instead: bytes = b""
    next_nack: bool = False


CORRUPTIONS = ("lcs", "dcs", "tfi", "code", "len0", "oversized")


class PretendPn532(PretendSerialDevice):
    """A badge reader that nobody had to buy.

        with PretendPn532() as chip:
            reader = Pn532Reader(chip.path)
            …
            chip.tap(bytes.fromhex("04A1B2C3"))
            chip.away()

    path: the name of the port; without it, one in a folder of its own. ic: what it says it is.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, *, ic: int = 0x32) -> None:
        self._ic = ic
        self._chip = _Chip()
        self._faults = _Faults()
        self._cards: tuple[PretendCard, ...] = ()
        self._commands = FrameParser(tfi=FROM_HOST)
        self._given: deque[bytes] = deque(maxlen=1000)
        self._held_back = b""
        super().__init__(path)

    # -- hands: cards

    def tap(self, cards: bytes | PretendCard | Sequence[bytes | PretendCard]) -> None:
        """Lay a card, or several at once, on the reader in place of what is there; they stay until `away`."""
        several = (cards,) if isinstance(cards, (bytes, PretendCard)) else cards
        with self._guard:
            self._cards = tuple(card if isinstance(card, PretendCard) else PretendCard.of(card) for card in several)
            self._chip.selected = frozenset()

    def away(self) -> None:
        """Take away what lies there."""
        self.tap(())

    def present(self, uid: bytes, seconds: float) -> None:
        """Lay a card on, wait, take it away; returns after that."""
        self.tap(uid)
        time.sleep(seconds)
        self.away()

    # -- hands: plug and power

    def unplug(self) -> None:
        """Pull the plug; the chip has its power from there."""
        super().unplug()
        self._cut_power()

    def power_cycle(self) -> None:
        """Cut the chip's power for a moment, while its USB bridge and so the port stay."""
        self._cut_power()

    def _cut_power(self) -> None:
        with self._guard:
            self._chip = _Chip()
            self._commands.clear()
            self._held_back = b""

    # -- hands: faults

    def mute(self) -> None:
        """Not a byte any more, until `speak`."""
        with self._guard:
            self._faults.muted = True

    def speak(self) -> None:
        """All faults are over."""
        with self._guard:
            self._faults = _Faults()

    def silence_after_ack(self) -> None:
        """Acknowledge commands and never answer them, until `speak`."""
        with self._guard:
            self._faults.silent_after_ack = True

    def trickle(self) -> None:
        """Send every byte by itself, until `speak`."""
        with self._guard:
            self._faults.trickling = True

    def surround(self, before: bytes = b"", between: bytes = b"", after: bytes = b"") -> None:
        """Noise before each ACK, between ACK and answer, and after the answer, until `speak`."""
        with self._guard:
            self._faults.around = (before, between, after)

    def cut(self, length: int) -> None:
        """End the next answer to a look that is longer than so many bytes after that many."""
        with self._guard:
            self._faults.next_cut = length

    def corrupt(self, what: str = "dcs") -> None:
        """Damage the answer to the next look in one of the ways in CORRUPTIONS; ValueError for another."""
        if what not in CORRUPTIONS:
            raise ValueError(f"{what!r} is none of {', '.join(CORRUPTIONS)}")
        with self._guard:
            self._faults.next_corrupt = what

    def late(self) -> None:
        """Keep the answer to the next look until the look after that, and give it then, before the ACK."""
        with self._guard:
            self._faults.next_late = True

    def nack(self) -> None:
        """Meet the next look with a NACK."""
        with self._guard:
            self._faults.next_nack = True

    def error_frame(self) -> None:
        """Answer the next look with the error frame."""
        with self._guard:
            self._faults.next_instead = ERROR

    def answer_next(self, data: bytes) -> None:
        """Answer the next look with this, code first."""
        with self._guard:
            self._faults.next_instead = framed(data, tfi=FROM_CHIP)

    # -- eyes

    @property
    def commands(self) -> tuple[bytes, ...]:
        """The last commands it was given while awake, code first; an abort is in here as b""."""
        with self._guard:
            return tuple(self._given)

    @property
    def spent(self) -> bool:
        """Whether every fault that was to happen once has happened."""
        with self._guard:
            faults = self._faults
            waiting = faults.next_cut is not None or faults.next_late or self._held_back
            return not (waiting or faults.next_corrupt or faults.next_instead or faults.next_nack)

    # -- the chip

    def _hear(self, data: bytes) -> None:
        if 0x55 in data:
            self._chip.woken = True
        for piece in self._commands.feed(data, time.monotonic()):
            if isinstance(piece, Frame):
                self._take(piece)

    def _live_on(self) -> None:
        if self._chip.looking_for and (found := self._find(self._chip.looking_for)):
            self._chip.looking_for = 0
            self._answer_look(_listed(found))

    def _take(self, frame: Frame) -> None:
        chip = self._chip
        if not chip.woken or not (chip.ready or frame.data[:1] == bytes((Command.SAM_CONFIGURATION,))):
            return
        chip.looking_for = 0  # a new command, or an ACK, ends the one that runs
        self._given.append(frame.data)
        if frame.kind is Kind.DATA:
            self._obey(frame.data[0], frame.data[1:])

    def _obey(self, command: int, parameters: bytes) -> None:
        if command == Command.IN_LIST_PASSIVE_TARGET:
            self._look(parameters)
            return
        answer = self._answer(command, parameters)
        self._send(self._acknowledgement() + (answer if not self._faults.silent_after_ack else b""))

    def _answer(self, command: int, parameters: bytes) -> bytes:
        match command:
            case Command.SAM_CONFIGURATION:
                self._chip.ready = True
                told = b""
            case Command.GET_FIRMWARE_VERSION:
                told = bytes((self._ic, 1, 6, 7))
            case Command.RF_CONFIGURATION:
                self._configure_field(parameters)
                told = b""
            case Command.IN_RELEASE:
                self._chip.selected = frozenset()
                told = b"\x00"
            case _:
                return ERROR
        return framed(bytes((command + 1,)) + told, tfi=FROM_CHIP)

    def _configure_field(self, parameters: bytes) -> None:
        item, values = parameters[0], parameters[1:]
        if item == 0x05:
            self._chip.retries = values[2]
        if item == 0x01:
            self._chip.field = bool(values[0] & 1)
            self._chip.selected = frozenset()

    def _look(self, parameters: bytes) -> None:
        if self._faults.next_nack:
            self._faults.next_nack = False
            self._send(NACK)
            return
        overdue, self._held_back = self._held_back, b""
        self._send(overdue + self._acknowledgement())
        if self._faults.silent_after_ack:
            return
        found = self._find(parameters[0])
        if found or self._chip.retries != FOR_EVER:
            self._answer_look(_listed(found))
        else:
            self._chip.looking_for = parameters[0]

    def _find(self, at_most: int) -> tuple[PretendCard, ...]:
        """The cards that answer now. One that is selected does not, but is idle again after being asked."""
        if not self._chip.field:
            return ()
        found = tuple(card for card in self._cards if card.uid not in self._chip.selected)[:at_most]
        self._chip.selected = frozenset(card.uid for card in found)
        return found

    def _answer_look(self, data: bytes) -> None:
        faults = self._faults
        frame = faults.next_instead or framed(data, tfi=FROM_CHIP)
        frame = _corrupted(frame, faults.next_corrupt)
        late = faults.next_late
        faults.next_instead, faults.next_corrupt, faults.next_late = b"", "", False
        if faults.next_cut is not None and len(frame) > faults.next_cut:
            frame, faults.next_cut = frame[: faults.next_cut], None
        if late:
            self._held_back = frame
            return
        self._send(faults.around[1] + frame + faults.around[2])

    def _acknowledgement(self) -> bytes:
        return self._faults.around[0] + ACK

    def _send(self, data: bytes) -> None:
        if self._faults.muted:
            return
        if not self._faults.trickling:
            self._port.write(data)
            return
        for byte in data:
            self._port.write(bytes((byte,)))
            time.sleep(0.0005)


def _listed(cards: Sequence[PretendCard]) -> bytes:
    head = bytes((Command.IN_LIST_PASSIVE_TARGET + 1, len(cards)))
    return head + b"".join(card.listed(number) for number, card in enumerate(cards, start=1))


def _corrupted(frame: bytes, what: str) -> bytes:
    code, rest = frame[6], frame[7:-2]
    match what:
        case "lcs":
            return frame[:4] + bytes((frame[4] ^ 0x01,)) + frame[5:]
        case "dcs":
            return frame[:-2] + bytes((frame[-2] ^ 0x01,)) + frame[-1:]
        case "tfi":
            return framed(bytes((code,)) + rest, tfi=FROM_HOST)
        case "code":
            return framed(bytes((code + 2,)) + rest, tfi=FROM_CHIP)
        case "len0":
            return bytes.fromhex("00 00 FF 00 00 00") + frame[7:]
        case "oversized":
            return bytes.fromhex("00 00 FF FF FF 7F FF 82") + frame[7:]
        case _:
            return frame
