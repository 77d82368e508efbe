"""A pulse coin acceptor: a coin is some pulses on one wire, and nothing but their number says which.

Widths and kinds of failure are those of the DG600F and CH-92x: pulses of 25, 45, 65 or 100 ms, ±20 %, an
open collector that pulls the line to ground.

What a count alone can and cannot tell. If two coins run into each other their pulses make one group. Then:

- A pause between them that is longer than the pauses within each of them shows where one ends. Both coins are
  said, provided no single coin with a lost or a late pulse could look the same.
- Without such a pause, two coins of 2 pulses are one coin of 4, to every program there ever was. Therefore a
  count that is also the sum of other coins *with another value* is not believed unless an inhibit line keeps
  the acceptor shut while a group comes in. It is then said as CoinUnidentified.
- An inhibit line is not a proof: a coin that had already passed the acceptor's gate is still paid out in pulses.
- Best is to programme the acceptor so that the question never arises: when all counts lie in k … 2k−1, such as
  4, 5, 6 and 7, no two of them add up to a third, and a lost pulse cannot make two coins of one.
- A coin whose first or last pulse is lost on the wire is the next smaller coin, and so is one of three pulses
  without its second. Nothing shows that; it is why the jar is counted by hand.
"""

import math
import time
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct, field

from hardware.device import MonotonicClock
from hardware.judge import NEVER, Due, Judge
from hardware.pins import RETRY, ContactDevice
from hardware.signals import CoinDropped, CoinUnidentified

_NARROWEST: Final = 0.6  # of the nominal width: a narrower pulse is not one of the acceptor's
_WIDEST: Final = 3.0  # of the nominal width
_SPIKE: Final = 0.25  # of the nominal width: whatever lasts less has not happened, on either level
_SILENCE: Final = 2.5  # of the nominal period (pulse and pause): then the group is over …
_LEAST_SILENCE: Final = 0.150  # … but never sooner, seconds
_UNEVEN: Final = 1.6  # two pulses or two pauses of one coin, each ±20 %, differ by a factor of 1.5 at most
_STUCK: Final = 1.0  # seconds
_MINUTE: Final = 60.0  # seconds
_FEWEST_PULSES: Final = 2
_MOST_PULSES: Final = 100
_LINE: Final = "coin line"


class _Pulse(Struct, frozen=True):
    begin: float
    end: float


class _Group(Struct):
    """What came in without a long silence. spoiled: it has something in it that no coin makes."""

    begin: float
    pulses: list[_Pulse] = field(default_factory=list)
    spoiled: bool = False


class CoinPulses(Judge):
    """Turns the edges of the coin line into coins. Pure: edges and the time are told.

    coins: cents by number of pulses, at least two each: a single pulse is what a plug pulled next door makes.
    ValueError for a table that is empty or has a coin of one pulse or without value.
    nominal: width of a pulse in seconds, as set on the acceptor.
    settle: seconds after the start in which everything is the noise of switching on.
    guarded: an inhibit line keeps the acceptor shut during each group.
    most: coins in a minute; more is no person.
    """

    def __init__(
        self,
        coins: Mapping[int, int],
        *,
        nominal: float = 0.065,
        settle: float = 2.0,
        guarded: bool = False,
        most: int = 30,
        device: str = "coin acceptor",
    ) -> None:
        _check_table(coins)
        super().__init__(settle)
        self._coins = dict(coins)
        self._doubtful = frozenset() if guarded else doubtful_counts(coins)
        self._nominal = nominal
        self._most = most
        self._device = device
        self._silence = max(_LEAST_SILENCE, _SILENCE * 2 * nominal)
        self._closed = False  # the bare line, and its last edge
        self._since = NEVER
        self._active = False  # the line without spikes
        self._active_since = NEVER
        self._quiet_since = NEVER
        self._group: _Group | None = None
        self._stuck = False
        self._endless = False
        self._falls: deque[float] = deque()  # when something fell, within the last minute

    @property
    def trouble(self) -> str:
        """What needs a person, in words; empty when nothing does."""
        if self._stuck:
            return "the coin line has been on for more than a second; is a coin jammed, or a wire loose?"
        if self._endless:
            return "pulses without end on the coin line; is a wire loose?"
        if self._crowded():
            return f"more than {self._most} coins in a minute; no more are taken until a minute is over"
        return ""

    @property
    def shut(self) -> bool:
        """Whether coins should fall through now: starting, busy with a group, or in trouble."""
        return not self.ready or self._group is not None or bool(self.trouble)

    def _turn_contact(self, _contact: str, /, closed: bool, at: float) -> None:
        if closed != self._closed:
            self._closed = closed
            self._since = max(at, self._since)

    def _dues(self) -> Iterator[Due]:
        yield from self._turning()
        yield from self._ending()
        yield from self._sticking()
        yield from self._forgetting()

    # -- pulses

    def _turning(self) -> Iterator[Due]:
        if self._closed != self._active:
            yield Due(self._since + _SPIKE * self._nominal, 0, self._turn)

    def _turn(self) -> None:
        self._active = self._closed
        if self._active:
            self._active_since = self._since
            self._group = self._group or _Group(self._since)
        else:
            self._quiet_since = self._since
            self._add_pulse(_Pulse(self._active_since, self._since))

    def _add_pulse(self, pulse: _Pulse) -> None:
        group = self._group
        if group is None or self._stuck:
            return
        width = pulse.end - pulse.begin
        if width < _NARROWEST * self._nominal:
            group.spoiled = True  # half a pulse: one coin more or one less, nobody knows
            self._errors += 1
            return
        group.spoiled |= width > _WIDEST * self._nominal
        group.pulses.append(pulse)
        if len(group.pulses) > _MOST_PULSES:
            self._endless = True
            self._give_up(group)

    def _give_up(self, group: _Group) -> None:
        """The group cannot become a coin any more: say what there was of it, and wait for its end."""
        if group.pulses and group.begin > self._settled_at:
            self._say_unidentified(len(group.pulses), group.pulses[-1].end)
        group.pulses.clear()
        group.spoiled = True

    def _sticking(self) -> Iterator[Due]:
        if self._active and not self._stuck:
            yield Due(max(self._active_since + _STUCK, self._settled_at), 2, self._stick)

    def _stick(self) -> None:
        self._stuck = True
        self._errors += 1
        if self._group is not None:
            self._give_up(self._group)

    # -- groups

    def _ending(self) -> Iterator[Due]:
        if self._group is None or self._active:
            return
        until = self._quiet_since + self._silence
        # A pulse that began in time but may still be a spike is waited for.
        unsure = self._closed and self._since <= until
        yield Due(max(until, self._since + _SPIKE * self._nominal) if unsure else until, 1, self._end)

    def _end(self) -> None:
        group, self._group = self._group, None
        self._stuck = self._endless = False
        if group is None or not group.pulses:
            return
        if group.begin <= self._settled_at:
            self._errors += 1  # also its pulses after the noise: the rest of a coin is not a smaller coin
            return
        self._say_coins(group)

    def _say_coins(self, group: _Group) -> None:
        coins = [] if group.spoiled or self._crowded() else self._coins_in(group.pulses)
        if not coins:
            self._say_unidentified(len(group.pulses), group.pulses[-1].end)
        for pulses, at in coins:
            self._falls.append(at)
            self._signals.append(CoinDropped(device=self._device, at=at, cents=self._coins[pulses], pulses=pulses))

    def _say_unidentified(self, pulses: int, at: float) -> None:
        self._errors += 1
        self._falls.append(at)
        self._signals.append(CoinUnidentified(device=self._device, at=at, pulses=pulses))

    def _coins_in(self, pulses: list[_Pulse]) -> list[tuple[int, float]]:
        """Which coins these pulses are, as (count, moment of the last edge); empty when that is not sure."""
        if not _even([pulse.end - pulse.begin for pulse in pulses]):
            return []  # one machine makes equal pulses: here two ran into one, or someone else joined in
        pieces = _pieces(pulses)
        counts = [len(piece) for piece in pieces]
        if any(count not in self._coins or count in self._doubtful for count in counts):
            return []
        if len(pieces) > 1 and self._may_be_one(pulses, counts):
            return []
        return [(len(piece), piece[-1].end) for piece in pieces]

    def _may_be_one(self, pulses: list[_Pulse], counts: list[int]) -> bool:
        """Whether a single coin of another value looks like these, when a pulse comes late or is lost."""
        pauses = _pauses(pulses)
        shortest = min(pauses)
        lost = sum(math.ceil((pause / shortest - 1) / 2) for pause in pauses if not _even([shortest, pause]))
        value = sum(self._coins[count] for count in counts)
        total = len(pulses)
        return any(total <= count <= total + lost and cents != value for count, cents in self._coins.items())

    # -- too many

    def _crowded(self) -> bool:
        return len(self._falls) > self._most

    def _forgetting(self) -> Iterator[Due]:
        if self._falls:
            yield Due(self._falls[0] + _MINUTE, 3, self._forget_oldest)

    def _forget_oldest(self) -> None:
        self._falls.popleft()


def _pauses(pulses: list[_Pulse]) -> list[float]:
    return [after.begin - before.end for before, after in pairwise(pulses)]


def _even(spans: list[float]) -> bool:
    """Whether one machine can have made all of these with the same clock."""
    return max(spans) <= _UNEVEN * min(spans)


def _pieces(pulses: list[_Pulse]) -> list[list[_Pulse]]:
    """The pulses, parted wherever the pause is longer than one coin's own pauses can be."""
    pieces = [pulses[:1]]
    pauses = _pauses(pulses)
    for pulse, pause in zip(pulses[1:], pauses, strict=True):
        if not _even([min(pauses), pause]):
            pieces.append([])
        pieces[-1].append(pulse)
    return pieces


def doubtful_counts(coins: Mapping[int, int]) -> frozenset[int]:
    """The counts that two or more coins together can also make, with a value that differs."""
    sums: dict[int, set[int]] = {0: {0}}  # by count: what any number of coins making it can be worth
    doubtful = set()
    for total in range(1, max(coins, default=0) + 1):
        worth = {
            cents + rest for count, cents in coins.items() if count <= total for rest in sums.get(total - count, ())
        }
        sums[total] = worth
        if total in coins and worth != {coins[total]}:
            doubtful.add(total)
    return frozenset(doubtful)


def _check_table(coins: Mapping[int, int]) -> None:
    if not coins:
        raise ValueError("the table of coins is empty")
    for pulses, cents in coins.items():
        if pulses < _FEWEST_PULSES:
            raise ValueError(
                f"a coin of {cents} cents cannot have {pulses} pulse: a single pulse is what a plug pulled "
                f"nearby makes; programme the acceptor to {_FEWEST_PULSES} or more"
            )
        if pulses > _MOST_PULSES:
            raise ValueError(f"{pulses} pulses for a coin of {cents} cents are too many")
        if cents <= 0:
            raise ValueError(f"the coin of {pulses} pulses is worth {cents} cents")


class CoinAcceptor(ContactDevice):
    """Says CoinDropped and CoinUnidentified.

        acceptor = CoinAcceptor(23, {4: 20, 5: 50, 6: 100, 7: 200}, inhibit_pin=24)
        acceptor.start(inbox.put)

    The coin line goes through an optocoupler to ground; the pin's pull-up is switched on. In trouble (line
    stuck, too many coins) the state is FAULT and what falls is said as unidentified.

    pin: BCM number of the coin line.
    coins: cents by number of pulses; ValueError as in CoinPulses.
    inhibit_pin: BCM number of a pin that is high while coins may come in. It is low at the start, at the end
      and when nobody drives it, so that coins then fall through into the tray.
    nominal_ms: width of a pulse as set on the acceptor.
    settle: seconds after the start in which everything is the noise of switching on.
    most: coins in a minute; more is no person.
    pin_factory: gpiozero's; without it, this machine's.
    retry: seconds between two looks for pins that could not be opened.
    """

    def __init__(
        self,
        pin: int,
        coins: Mapping[int, int],
        *,
        inhibit_pin: int | None = None,
        nominal_ms: float = 65,
        settle: float = 2.0,
        most: int = 30,
        name: str = "coin acceptor",
        pin_factory: Any = None,
        clock: MonotonicClock = time.monotonic,
        retry: float = RETRY,
    ) -> None:
        super().__init__({_LINE: pin}, name=name, pin_factory=pin_factory, clock=clock, retry=retry)
        _check_table(coins)
        self._coins = dict(coins)
        self._inhibit_pin = inhibit_pin
        self._nominal = nominal_ms / 1000
        self._settle = settle
        self._most = most
        self._gate: Any = None
        self._refusing = False

    def refuse(self) -> None:
        """Let coins fall through from now on, such as while nothing can be written down."""
        self._refusing = True
        self._interrupt()

    def take(self) -> None:
        """Take coins again."""
        self._refusing = False
        self._interrupt()

    def _new_judge(self) -> CoinPulses:
        return CoinPulses(
            self._coins,
            nominal=self._nominal,
            settle=self._settle,
            guarded=self._inhibit_pin is not None,
            most=self._most,
            device=self._name,
        )

    def _open(self, pin_factory: Any) -> None:
        from gpiozero import DigitalOutputDevice

        if self._inhibit_pin is not None:
            self._gate = DigitalOutputDevice(self._inhibit_pin, initial_value=False, pin_factory=pin_factory)
        super()._open(pin_factory)

    def _close(self) -> None:
        gate, self._gate = self._gate, None
        try:
            if gate is not None:
                gate.off()
                gate.close()
        finally:
            super()._close()

    def _judged(self, judge: Any) -> None:
        if self._gate is not None:
            is_open = not (judge.shut or self._refusing)
            if self._gate.value != is_open:
                self._gate.value = is_open

    def _caution(self) -> str:
        if self._inhibit_pin is not None:
            return ""
        doubtful = sorted(doubtful_counts(self._coins))
        if not doubtful:
            return ""
        return (
            f"{self._name}: without an inhibit line {_listed(doubtful)} pulses may be one coin or several, "
            "and are not counted as either"
        )


def _listed(numbers: list[int]) -> str:
    return " or ".join([", ".join(map(str, numbers[:-1])), str(numbers[-1])] if numbers[1:] else map(str, numbers))
