"""The badge reader: a PN532 on its serial port (HSU mode), at its power-on speed of 115200 baud.

Written here because the public Python drivers fail on ordinary faults: a stray byte, a NACK, a cut answer.
Protocol: NXP UM0701-02 (PN532 user manual); where a rule comes from what other drivers met in the field,
the comment says so. Wiring and settings of the board: both switches to HSU, 3.3 V or 5 V as the board says.
"""

import time
from collections import deque
from collections.abc import Collection

from msgspec import Struct

from hardware.device import MonotonicClock
from hardware.plugged import LineDownError, LineTiming
from hardware.pn532_frames import (
    ACK,
    TAIL_SILENCE,
    WAKE_UP,
    Command,
    Frame,
    FrameParser,
    Kind,
    Target,
    UnreadableTargetsError,
    framed,
    targets_in,
)
from hardware.presence import CardPresence
from hardware.serial_line import SerialDevice
from hardware.signals import DeviceState

BAUDRATE = 115200  # never raised: after a crash the chip would stay at the other speed until its power is cut
CHIP_PN532 = 0x32

_NORMAL_MODE = b"\x01"
# MaxRtyPassiveActivation comes up as FF, "for ever": without a card the chip would never answer again.
_MAX_RETRIES = bytes.fromhex("05 FF 01 02")
_FIELD_OFF = b"\x01\x00"
_FIELD_ON = b"\x01\x01"
_TWO_AT_106_KBIT_A = b"\x02\x00"
_ALL = b"\x00"

_WAKE_AGAIN_AFTER = 2  # failed polls in a row
_REOPEN_AFTER = 4
_SENDINGS = 2  # a chip that has just been told to abort may swallow the next command (libnfc#167)


class Pn532Timing(Struct, frozen=True):
    """The reader's patience, in seconds.

    poll: from the start of one look to the start of the next; rest: at least this long between two looks,
    for a card to come up again when the field does.
    ack: the chip promises it within 15 ms, a USB bridge adds up to 16, a busy Pi some more.
    first_acks: the same while waking it up, one for each try; an older Pi's USB port may take a second for
    its very first bytes.
    answer: for what follows the ACK. abort: what the chip is given to give up.
    second_thoughts: after a NACK, for the ACK that shows it was noise.
    """

    poll: float = 0.15
    rest: float = 0.02
    ack: float = 0.2
    first_acks: tuple[float, ...] = (0.25, 0.5, 1.5)
    answer: float = 0.5
    abort: float = 0.01
    second_thoughts: float = 0.03


class Pn532Reader(SerialDevice):
    """Says CardSeen, CardGone and CardsAmbiguous for NFC tags laid on a PN532.

    port: such as "/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0".

    It asks about six times a second. It is READY once the chip has said that it is a PN532; FAULT if it is
    another chip; LOST when the port is missing or the chip is silent, and then it looks for it for ever.
    """

    def __init__(
        self,
        port: str,
        *,
        name: str = "badge reader",
        clock: MonotonicClock = time.monotonic,
        timing: Pn532Timing | None = None,
        line_timing: LineTiming | None = None,
        but: Collection[str] = (),
    ) -> None:
        super().__init__(port, BAUDRATE, name=name, clock=clock, line_timing=line_timing, answers=True, but=but)
        self._timing = timing or Pn532Timing()
        self._version = ""
        self._presence = CardPresence(name)
        self._frames = FrameParser()
        self._arrived: deque[Frame] = deque()

    def _talk(self) -> None:
        self._wake()
        failures = 0
        while not self._stopping.is_set():
            began = self._clock()
            failures = 0 if self._look() else failures + 1
            if failures >= _REOPEN_AFTER:
                raise self._silent()
            if failures >= _WAKE_AGAIN_AFTER:
                self._wake_again()
            self._stopping.wait(max(self._timing.rest, began + self._timing.poll - self._clock()))

    def _forget(self, at: float) -> None:
        for signal in self._presence.forget(at):
            self._say(signal)

    # -- waking up

    def _wake(self) -> None:
        """Bring the chip from whatever it was doing to where it answers polls, or raise LineDownError."""
        for ack in self._timing.first_acks:
            if self._stopping.is_set() or self._set_up(ack):
                return
        raise self._silent()

    def _wake_again(self) -> None:
        """The chip went silent on an open port: its power may have been cut, so it knows nothing any more.

        If it wakes up, nobody need hear of it, and a card that lay there all the time still does.
        """
        if not self._set_up(self._timing.ack):
            self._lost(self._silent())

    def _silent(self) -> LineDownError:
        return LineDownError(DeviceState.LOST, f"{self._line.port} is there, but nothing answers on it")

    def _set_up(self, ack: float) -> bool:
        self._line.write(WAKE_UP)
        if self._ask(Command.SAM_CONFIGURATION, _NORMAL_MODE, ack=ack) is None:
            return False
        firmware = self._ask(Command.GET_FIRMWARE_VERSION)
        if firmware is None:
            return False
        self._version = self._version_in(firmware.data)
        if self._ask(Command.RF_CONFIGURATION, _MAX_RETRIES) is None:
            return False
        self._ready(self._version)
        return True

    def _version_in(self, firmware: bytes) -> str:
        """What the chip says it is: code, IC, version, revision, support."""
        if len(firmware) < 4 or firmware[1] != CHIP_PN532:
            said = firmware[1:].hex(" ") or "nothing"
            raise LineDownError(
                DeviceState.FAULT, f"{self._line.port} answers, but is not a PN532 (it says {said})"
            )
        return f"PN532, firmware {firmware[2]}.{firmware[3]}"

    # -- looking

    def _look(self) -> bool:
        """One poll; False if the chip did not answer it properly."""
        answer = self._ask(Command.IN_LIST_PASSIVE_TARGET, _TWO_AT_106_KBIT_A)
        if answer is None:
            return False
        targets = self._readable(answer)
        self._ready(self._version)
        for signal in self._presence.poll(targets, answer.at):
            # Said before the field is reset: people wait for this, nobody waits for that.
            self._say(signal)
        if answer.data[1:2] == b"\x00":
            return True
        return self._let_all_go()

    def _readable(self, answer: Frame) -> tuple[Target, ...]:
        try:
            return targets_in(answer.data[1:])
        except UnreadableTargetsError as error:
            self._count_error(f"unreadable list of cards: {error}")
            return ()

    def _let_all_go(self) -> bool:
        """Release the cards and switch the field off and on, so that they are found anew.

        Otherwise a card that stays is found only at every second look (Adafruit_CircuitPython_PN532#52).
        """
        released = self._ask(Command.IN_RELEASE, _ALL)
        off = self._ask(Command.RF_CONFIGURATION, _FIELD_OFF)
        on = self._ask(Command.RF_CONFIGURATION, _FIELD_ON)
        return None not in (released, off, on)

    # -- asking

    def _ask(self, command: Command, parameters: bytes = b"", *, ack: float | None = None) -> Frame | None:
        """One command and its answer; None, and the error counted, if it did not come whole and in time."""
        question = framed(bytes((command,)) + parameters)
        if not self._sent(question, ack or self._timing.ack):
            return None
        answer = self._answer_to(command)
        if answer is None:
            self._abort()
        return answer

    def _sent(self, question: bytes, ack: float) -> bool:
        for _ in range(_SENDINGS):
            self._hush()
            self._line.write(question)
            if self._acknowledged(ack):
                return True
            self._abort()
        return False

    def _acknowledged(self, within: float) -> bool:
        """Whether the chip took the command. An answer that comes before is a late one to an earlier command.

        A NACK may be noise in front of the ACK, so it only makes waiting short.
        """
        until = self._clock() + within
        why = "no ACK"
        while (frame := self._next_frame(until)) is not None:
            if frame.kind is Kind.ACK:
                return True
            if frame.kind is Kind.DATA:
                self._count_error("a late answer")
                continue
            why = f"{frame.kind.name} instead of an ACK"
            until = min(until, frame.at + self._timing.second_thoughts)
        self._count_error(why)
        return False

    def _answer_to(self, command: Command) -> Frame | None:
        """What the chip answers. What else looks like a frame now is noise, unless it says "not understood"."""
        until = self._clock() + self._timing.answer
        while (frame := self._next_frame(until)) is not None:
            if frame.kind is Kind.DATA and frame.data[0] == command + 1:
                return frame
            if frame.kind is Kind.ERROR:
                self._count_error(f"the chip did not understand {command.name}")
                return None
        self._count_error(f"no answer to {command.name}")
        return None

    def _abort(self) -> None:
        """Tell the chip to give up what it is doing: an ACK from the host says that."""
        self._line.write(ACK)
        self._stopping.wait(self._timing.abort)
        self._hush()

    def _hush(self) -> None:
        """Nothing that came until now counts."""
        self._line.flush_input()
        self._frames.clear()
        self._arrived.clear()

    def _next_frame(self, until: float) -> Frame | None:
        """The next whole frame, None when the time is up or the reader is being stopped."""
        while not self._arrived:
            left = until - self._clock()
            if left <= 0 or self._stopping.is_set():
                return None
            self._listen(left)
        return self._arrived.popleft()

    def _listen(self, within: float) -> None:
        data = self._line.read(min(within, TAIL_SILENCE))
        now = self._clock()
        pieces = self._frames.feed(data, now) if data else self._frames.tick(now)
        self._arrived.extend(piece for piece in pieces if isinstance(piece, Frame))
