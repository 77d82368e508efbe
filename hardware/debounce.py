"""What people mean by the edges of buttons. Pure: edges and the time are told, signals are the answer.

The same edges give the same signals, however often the time is told in between.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from msgspec import Struct

from hardware.judge import NEVER, Due, Judge
from hardware.signals import (
    ButtonFreed,
    ButtonPressed,
    ButtonReleased,
    ButtonsHeld,
    ButtonsTogether,
    ButtonStuck,
)


class ButtonTiming(Struct, frozen=True):
    """How long is long; all in seconds.

    stable: a contact must stay as it is for so long before it counts as down or up.
    apart: a button that went up less than this ago has bounced, and was not pressed again.
    together: buttons that went down within this of each other are nobody's choice.
    held: how long buttons must be down to count as held.
    stuck: a button down for longer is stuck.
    settle: what begins in the first moments after the start is the noise of switching on.
    """

    stable: float = 0.020
    apart: float = 0.150
    together: float = 0.080
    held: float = 3.0
    stuck: float = 10.0
    settle: float = 0.3


class _Press(Struct):
    """A button went down, and it may be someone's choice."""

    button: str
    at: float
    up: float | None = None
    said: bool = False
    bounces: int = 0


class _Button(Struct):
    """closed, since: the bare contact, and its last edge; edges: how many since it was last up for good.

    down, down_at: what has been stable.
    """

    name: str
    closed: bool = False
    since: float = NEVER
    edges: int = 0
    down: bool = False
    down_at: float = NEVER
    up_at: float = NEVER
    stuck: bool = False
    press: _Press | None = None


class Debouncer(Judge):
    """Turns the edges of these buttons into signals.

    A press is said only 80 ms after the button went down, because only then is it sure that no other
    button went down with it: a press that has been said cannot be taken back. Its `at` is the edge.
    Each press that is said is followed by one ButtonReleased, unless the watching ends before.

    names: the buttons, in the order in which several are named together.
    """

    def __init__(
        self, names: Sequence[str], *, timing: ButtonTiming | None = None, device: str = "buttons"
    ) -> None:
        self._timing = timing or ButtonTiming()
        super().__init__(self._timing.settle)
        self._device = device
        self._buttons = {name: _Button(name) for name in names}
        self._group: list[_Press] = []  # went down together, not yet decided
        self._decided_at = NEVER  # when the last button of the last decided group went down
        self._changed_at = NEVER  # when the set of buttons that are down last changed
        self._held: frozenset[str] = frozenset()  # all that was said to be held since all were up

    @property
    def trouble(self) -> str:
        """Which buttons are stuck, in words; empty when none is."""
        stuck = [f'"{button.name}"' for button in self._buttons.values() if button.stuck]
        if not stuck:
            return ""
        others = "; the others work" if len(stuck) < len(self._buttons) else ""
        return f"{' and '.join(stuck)} {'is' if len(stuck) == 1 else 'are'} stuck{others}"

    def _turn_contact(self, contact: str, /, closed: bool, at: float) -> None:
        button = self._buttons[contact]
        if closed != button.closed:
            button.closed = closed
            button.edges += 1
            button.since = max(at, button.since)

    def _dues(self) -> Iterator[Due]:
        yield from self._settling()
        yield from self._deciding()
        yield from self._sticking()
        yield from self._holding()

    # -- a contact has been quiet for long enough

    def _settling(self) -> Iterator[Due]:
        for button in self._buttons.values():
            if button.closed != button.down:
                yield Due(button.since + self._timing.stable, 0, partial(self._flip, button))

    def _flip(self, button: _Button) -> None:
        button.down = button.closed
        self._changed_at = max(self._changed_at, button.since)
        if button.down:
            self._went_down(button)
        else:
            self._went_up(button)

    def _went_down(self, button: _Button) -> None:
        button.down_at = button.since
        button.press = None
        if self._counts(button):
            button.press = _Press(button.name, button.down_at)
            self._group.append(button.press)

    def _counts(self, button: _Button) -> bool:
        """Whether going down now can be someone's choice."""
        if button.down_at <= self._settled_at:
            return False
        if button.down_at - button.up_at < self._timing.apart:
            return False  # a worn contact that lets go for a moment while it is held must not choose twice
        # All edges of a group were awaited before it was decided. One that is told too late after all
        # must not become a second choice beside the one that was said.
        return button.down_at - self._decided_at > self._timing.together

    def _went_up(self, button: _Button) -> None:
        button.up_at = button.since
        press, button.press = button.press, None
        edges, button.edges = button.edges, 0
        if press is not None:
            press.up, press.bounces = button.since, max(0, edges - 2)
            self._say_released(press)
        if button.stuck:
            button.stuck = False
            self._signals.append(ButtonFreed(device=self._device, at=button.since, button=button.name))
        if not self._awake():
            self._held = frozenset()

    def _say_released(self, press: _Press) -> None:
        if press.said and press.up is not None:
            self._signals.append(
                ButtonReleased(
                    device=self._device,
                    at=press.up,
                    button=press.button,
                    held=press.up - press.at,
                    bounces=press.bounces,
                )
            )

    # -- nobody else went down within 80 ms, or somebody did

    def _deciding(self) -> Iterator[Due]:
        if not self._group:
            return
        until = self._group[-1].at + self._timing.together
        # A contact that closed in time but is still bouncing is waited for.
        unsure = [
            button.since + self._timing.stable
            for button in self._buttons.values()
            if button.closed and not button.down and button.since <= until
        ]
        yield Due(max((until, *unsure)), 1, self._decide)

    def _decide(self) -> None:
        group, self._group = self._group, []
        self._decided_at = group[-1].at
        if len(group) > 1:
            self._signals.append(
                ButtonsTogether(
                    device=self._device,
                    at=group[-1].at,
                    buttons=self._in_order({press.button for press in group}),
                )
            )
            return
        press = group[0]
        press.said = True
        self._signals.append(ButtonPressed(device=self._device, at=press.at, button=press.button))
        self._say_released(press)

    # -- down for too long

    def _sticking(self) -> Iterator[Due]:
        for button in self._buttons.values():
            if button.down and not button.stuck:
                yield Due(self._stuck_at(button), 2, partial(self._stick, button))

    def _stuck_at(self, button: _Button) -> float:
        if button.down_at <= self._settled_at:
            return max(self._settled_at, button.down_at + self._timing.stable)
        return button.down_at + self._timing.stuck

    def _stick(self, button: _Button) -> None:
        self._signals.append(ButtonStuck(device=self._device, at=self._stuck_at(button), button=button.name))
        self._errors += 1
        button.stuck = True

    # -- held on purpose

    def _awake(self) -> frozenset[str]:
        """The buttons that are down by someone's hand."""
        return frozenset(
            button.name
            for button in self._buttons.values()
            if button.down and not button.stuck and button.down_at > self._settled_at
        )

    def _holding(self) -> Iterator[Due]:
        # Those left over when some of the held buttons are let go are not a new message.
        if self._awake() - self._held:
            yield Due(self._changed_at + self._timing.held, 3, self._say_held)

    def _say_held(self) -> None:
        down = self._awake()
        self._held |= down
        self._signals.append(
            ButtonsHeld(
                device=self._device,
                at=self._changed_at + self._timing.held,
                buttons=self._in_order(down),
            )
        )

    def _in_order(self, names: Collection[str]) -> tuple[str, ...]:
        """Always the same order: who was first by a hair's breadth is nobody's business."""
        return tuple(name for name in self._buttons if name in names)
