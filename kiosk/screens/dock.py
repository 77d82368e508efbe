# mypy: disallow-subclassing-any=False
"""The dev dock: a tray of tools beside the kiosk, with hands for the devices that are pretended.

It is plainly no part of the kiosk: dark, small, and gone where the devices are real.
"""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from kivy.clock import Clock

from kiosk.faces import Choice
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Patch, Piece, Words
from kiosk.screens.touchables import Touchable

LOG = logging.getLogger(__name__)

BENCH = theme.colour("#3B3730")
"""The tray's own dark; no screen of the kiosk has it."""

BUTTONS = ("yes", "no", "abstain")
COINS = (("50 ct", 50), ("1 €", 100), ("2 €", 200))
CABLES = ("badge reader", "code scanner")


class Hands(Protocol):
    """What the dock does when it is touched."""

    def has(self, device: str) -> bool:
        """Whether this device is a pretend one."""

    def badges(self) -> tuple[tuple[str, str], ...]:
        """(words, key) of each badge at hand."""

    def cards(self) -> tuple[tuple[str, str], ...]:
        """(words, key) of each printed card at hand."""

    def tap(self, key: str) -> None:
        """Hold a badge to the reader for a moment."""

    def lay_two(self) -> None:
        """Hold a wallet with two badges to the reader."""

    def phone(self) -> None:
        """Hold a phone to the reader."""

    def unknown(self) -> None:
        """Hold a badge of nobody's to the reader."""

    def scan(self, key: str) -> None:
        """Show a printed card."""

    def scan_nonsense(self) -> None:
        """Show something that is no card of this house."""

    def press(self, button: str) -> None:
        """Press a button as one does."""

    def hold(self, button: str) -> None:
        """Press and stay."""

    def release(self, button: str) -> None:
        """Let go."""

    def drop(self, cents: int) -> None:
        """Drop a coin."""

    def cable(self, device: str, plugged: bool) -> None:
        """Pull a plug, or put it back."""

    def lamps(self) -> Mapping[str, float]:
        """How bright each lamp is, 0 to 1."""

    def devices(self) -> tuple[tuple[str, str], ...]:
        """(device, state) of all."""


class Chip(Touchable):
    """A small thing to touch: words from edge to edge. This is a mouse's tray, so it need not suit a finger."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(radius=8, **kwargs)
        self._words = Words(steps=[16], weight="semibold", across="center")
        self.add_widget(self._words)

    def say(self, choice: Choice, box: Box, say: Callable[[str], None]) -> None:
        """Draws the choice; a touch says its key."""
        self.look = choice.tone
        self.touched = lambda: say(choice.key)
        self.put(box)
        self._words.ink = self.now.ink
        self._words.say(choice.words, box)


class Row(Piece):
    """A label, and below it small things to touch, so many in a line."""

    HIGH, GAP, LABEL = 34, 6, 22

    def __init__(self, label: str, across: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._label, self._across = label, across
        self._words = Words(steps=[16], ink=theme.LINE)
        self.add_widget(self._words)
        self._tiles = Crowd[Chip](self, Chip)

    def high(self, count: int) -> int:
        """Pixels it needs for so many things."""
        lines = -(-count // self._across)
        return self.LABEL + lines * self.HIGH + (lines - 1) * self.GAP

    def draw(self, choices: list[Choice], box: Box, say: Callable[[str], None]) -> None:
        """Draws the label and the things."""
        label, rest = box.cut_top(self.LABEL)
        self._words.say(self._label, label)
        self._tiles.keep(len(choices))
        cells = rest.grid(self._across, max(1, -(-len(choices) // self._across)), self.GAP)
        for tile, choice, cell in zip(self._tiles, choices, cells, strict=False):
            tile.say(choice, cell, say)


class Dock(Piece):
    """The tray. hands: what it does; only devices that are pretended have a row."""

    def __init__(self, hands: Hands, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._hands = hands
        self._pulled: set[str] = set()
        self._held: set[str] = set()
        self._ground = Patch(fill=BENCH)
        self._title = Words(steps=[18, 16], weight="semibold", ink=theme.PAPER)
        self._foot = Words(steps=[16], lines=[2], ink=theme.LINE, along="bottom", may_cut=True)
        for piece in (self._ground, self._title, self._foot):
            self.add_widget(piece)
        self._rows = {name: Row(label, across) for name, (label, across) in _ROWS.items()}
        for row in self._rows.values():
            self.add_widget(row)
        self.bind(pos=self._draw, size=self._draw)
        self._pulse = Clock.schedule_interval(self._look, 0.5)

    def _look(self, _: float) -> None:
        # An exception would end the interval for ever, and the tray would show old lamps.
        try:
            self._draw_foot()
        except Exception:
            LOG.exception("the dock could not look at the devices")

    def _draw(self, *_: Any) -> None:
        self._ground.put(self.box)
        inner = self.box.inset(16, 12)
        title, rest = inner.cut_top(24, 4)
        self._title.say("Pretend devices", title)
        self._foot_box, rest = rest.cut_bottom(40, 2)
        for name, choices in self._choices().items():
            row = self._rows[name]
            row.show(bool(choices))
            if choices:
                box, rest = rest.cut_top(row.high(len(choices)), 4)
                row.draw(choices, box, partial(self._do, name))
        self._draw_foot()

    def _draw_foot(self) -> None:
        lamps = [name for name, bright in self._hands.lamps().items() if bright > 0]
        unwell = [f"{device}: {state}" for device, state in self._hands.devices() if state != "ready"]
        lit = f"lit: {', '.join(lamps)}" if lamps else "no lamp lit"
        self._foot.say(" · ".join([lit, *(unwell or ["all devices ready"])]), self._foot_box)

    def _choices(self) -> dict[str, list[Choice]]:
        hands = self._hands
        reader, scanner = hands.has("badge reader"), hands.has("code scanner")
        odd = [("phone", "a phone"), ("stranger", "nobody’s"), ("two", "two")] if reader else []
        cards = [*hands.cards()[:3], ("poster", "poster")] if scanner else []
        return {
            "tags": [Choice(key=key, words=words) for words, key in hands.badges()],
            "odd": [Choice(key=key, words=words) for key, words in odd],
            "cards": [Choice(key=key, words=words) for words, key in cards],
            "buttons": self._buttons() if hands.has("buttons") else [],
            "coins": [Choice(key=str(cents), words=words) for words, cents in COINS]
            if hands.has("coin acceptor")
            else [],
            "cables": [self._cable(device) for device in CABLES if hands.has(device)],
        }

    def _buttons(self) -> list[Choice]:
        press = [Choice(key=name, words=name, tone="strong") for name in BUTTONS]
        held = bool(self._held)
        return [*press, Choice(key="all", words="let go" if held else "hold", tone="strong")]

    def _cable(self, device: str) -> Choice:
        pulled, word = device in self._pulled, device.split()[-1]
        return Choice(key=device, words=f"plug in {word}" if pulled else f"unplug {word}")

    def _do(self, row: str, key: str) -> None:
        try:
            self._does()[row](key)
        except ValueError as trouble:
            LOG.warning("%s", trouble)
        self._draw()

    def _does(self) -> dict[str, Callable[[str], None]]:
        hands = self._hands
        odd = {"phone": hands.phone, "stranger": hands.unknown, "two": hands.lay_two}
        return {
            "tags": hands.tap,
            "odd": lambda key: odd[key](),
            "cards": lambda key: hands.scan_nonsense() if key == "poster" else hands.scan(key),
            "buttons": self._button,
            "coins": lambda cents: hands.drop(int(cents)),
            "cables": self._plug,
        }

    def _button(self, key: str) -> None:
        if key != "all":
            self._hands.press(key)
            return
        do = self._hands.release if self._held else self._hands.hold
        for name in BUTTONS:
            do(name)
        self._held = set() if self._held else set(BUTTONS)

    def _plug(self, device: str) -> None:
        pulled = device in self._pulled
        self._hands.cable(device, plugged=pulled)
        self._pulled ^= {device}


_ROWS: Mapping[str, tuple[str, int]] = {
    "tags": ("hold a badge to the reader", 4),
    "odd": ("or something odd", 3),
    "cards": ("show a card to the scanner", 4),
    "buttons": ("press a button", 4),
    "coins": ("drop a coin", 3),
    "cables": ("pull a cable", 2),
}
