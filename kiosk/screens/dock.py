"""The tray of pretend devices beside the kiosk: badges to hold to the reader, cards, buttons, coins, cables.

It is no part of the kiosk, and looks it: a dark tray on the workbench, in small type, for whoever develops.
"""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from kivy.clock import Clock
from kivy.properties import BooleanProperty

from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Piece
from kiosk.screens.screen import load
from kiosk.screens.theme import Colour, colour
from kiosk.screens.touchables import Look, Touchable

LOG = logging.getLogger(__name__)

TRAY = colour("#2A2F38")
CHIP = colour("#3D4451")
HELD = colour("#5A6475")
LIGHT = colour("#EEF0F3")
QUIET = colour("#A9B1BE")
UNLIT = colour("#4A515E")
LIT = colour("#FFE08A")

SHAPES: Mapping[str, str] = {"yes": "circle", "no": "square", "abstain": "triangle"}
"""The three buttons, from the left, and what is on them."""

COINS = (50, 100, 200)
"""Cents."""

CABLES = ("badge reader", "code scanner")
"""Devices whose plug can be pulled."""

LOOKS_AGAIN = 0.25
"""Seconds between two looks at lamps and devices."""


class Hands(Protocol):
    """Hands for pretend devices, as the dock needs them."""

    def badges(self) -> tuple[tuple[str, str], ...]:
        """(words, key) of each badge at hand."""

    def cards(self) -> tuple[tuple[str, str], ...]:
        """(words, key) of each printed card at hand."""

    def tap(self, key: str) -> None:
        """Hold a badge to the reader for a moment."""

    def lay_two(self) -> None:
        """Hold two badges at once."""

    def phone(self) -> None:
        """Hold a phone."""

    def unknown(self) -> None:
        """Hold a badge of nobody's."""

    def scan(self, key: str) -> None:
        """Show a card to the scanner."""

    def scan_nonsense(self) -> None:
        """Show something that is no card."""

    def hold(self, button: str) -> None:
        """Press a button and stay."""

    def release(self, button: str) -> None:
        """Let go of it."""

    def drop(self, cents: int) -> None:
        """Drop a coin."""

    def cable(self, device: str, plugged: bool) -> None:
        """Pull a plug, or put it back."""

    def lamps(self) -> Mapping[str, float]:
        """How bright each lamp is, 0 to 1."""

    def devices(self) -> tuple[tuple[str, str], ...]:
        """(device, state) of all."""


class Chip(Touchable):
    """Something on the tray that can be picked up."""

    chosen = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bind(chosen=self._look)

    @property
    def now(self) -> Look:
        """How it is painted just now."""
        if self.chosen:
            return Look(LIGHT, theme.NOTHING, TRAY, TRAY, LIGHT)
        return Look(CHIP, theme.NOTHING, LIGHT, QUIET, HELD)

    def say(self, words: str, box: Box, picture: str = "", state: str = "") -> None:
        """Draws it."""
        self.put(box)
        ids, look = self.ids, self.now
        ids.words.ink, ids.picture.ink, ids.state.ink = look.ink, look.ink, look.soft
        inner = box.inset(6, 2)
        if picture:
            place, inner = inner.cut_left(24, 6) if words else (inner, inner)
            ids.picture.say(picture, place.middle(24, 24))
            ids.words.across = "left"
        upper, lower = (inner.rows(2, 0)[0], inner.rows(2, 0)[1]) if state else (inner, inner)
        ids.words.say(words, upper)
        ids.state.say(state, lower)


class PushButton(Chip):
    """A button to feel: pressed while the finger rests on it. Its rim shows the lamp in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.held: Callable[[], None] = self._nothing
        self.let_go: Callable[[], None] = self._nothing
        self.touched = self._nothing
        self.brightness = 0.0

    def _nothing(self) -> None:
        """Until it is told what it does."""

    @property
    def now(self) -> Look:
        """How it is painted just now."""
        bright = getattr(self, "brightness", 0.0)
        rim = tuple(dark + (light - dark) * bright for dark, light in zip(UNLIT, LIT, strict=True))
        return Look(CHIP, (rim[0], rim[1], rim[2], 1.0), LIGHT, QUIET, HELD)

    def shine(self, brightness: float) -> None:
        """Shows how bright its lamp is."""
        if brightness != self.brightness:
            self.brightness = brightness
            self._look()

    def on_touch_down(self, touch: Any) -> bool:
        """Kivy says a finger came down."""
        if not super().on_touch_down(touch):
            return False
        self.held()
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Kivy says the finger left, wherever it is now."""
        mine = touch.grab_current is self
        super().on_touch_up(touch)
        if mine:
            self.let_go()
        return mine


class Dock(Piece):
    """The tray. hands: what it does with the pretend devices."""

    def __init__(self, hands: Hands, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._hands = hands
        self._cards = False
        self._unplugged: set[str] = set()
        self.kinds = [self._chip() for _ in range(2)]
        self.people = Crowd(self, Chip)
        self.odd = Crowd(self, Chip)
        self.buttons = [PushButton() for _ in SHAPES]
        self.coins = [self._chip() for _ in COINS]
        self.cables = [self._chip() for _ in CABLES]
        for button in self.buttons:
            self.add_widget(button)
        self.bind(pos=self._arrange, size=self._arrange)
        self._looking = Clock.schedule_interval(self._look_again, LOOKS_AGAIN)

    def _chip(self) -> Chip:
        chip = Chip()
        self.add_widget(chip)
        return chip

    def do(self, what: Callable[[], None]) -> Callable[[], None]:
        """A deed whose failure is logged: a pretend device must not take the kiosk down."""

        def guarded() -> None:
            try:
                what()
            except Exception:
                LOG.exception("a pretend device could not do that")

        return guarded

    # --- where everything lies ----------------------------------------------------------------------------

    def _arrange(self, *_: Any) -> None:
        whole = Box(self.x, self.y, self.width, self.height)
        self.ids.tray.put(whole)
        if whole.wide:
            left, right = whole.inset(16, 12).columns(2, 24)
            self._badges(self._title(left))
            self._rest(right)
        else:
            self._rest(self._badges(self._title(whole.inset(16))))

    def _title(self, box: Box) -> Box:
        line, rest = box.cut_top(24, 8)
        self.ids.title.say("pretend devices", line)
        lamp, words = line.cut_right(16, 8)
        self.ids.alarm.put(lamp.middle(16, 16))
        self.ids.alarm_words.say("alarm lamp", words)
        return rest

    def _badges(self, box: Box) -> Box:
        """Badge or card, whose, and the odd ones; gives what is left."""
        line, rest = box.cut_top(36, 8)
        for chip, words, cards, place in zip(
            self.kinds, ("badges", "cards"), (False, True), line.columns(2, 8), strict=True
        ):
            chip.chosen = cards == self._cards
            chip.touched = self.do(partial(self._turn, cards))
            chip.say(words, place, "card" if cards else "badge")
        people = self._hands.cards() if self._cards else self._hands.badges()
        act = self._hands.scan if self._cards else self._hands.tap
        rows = max(1, -(-len(people) // 4))
        place, rest = rest.cut_top(rows * 36 + (rows - 1) * 8, 8)
        self.people.keep(len(people))
        for chip, (words, key), cell in zip(self.people, people, place.grid(4, rows, 8), strict=False):
            chip.touched = self.do(partial(act, key))
            chip.say(words, cell)
        return self._odd(rest)

    def _turn(self, cards: bool) -> None:
        self._cards = cards
        self._arrange()

    def _odd(self, box: Box) -> Box:
        """What comes to a reader besides; gives what is left."""
        hands = self._hands
        badges = (("two", hands.lay_two), ("a phone", hands.phone), ("nobody’s", hands.unknown))
        cards = (("a poster’s code", hands.scan_nonsense),)
        deeds = cards if self._cards else badges
        line, rest = box.cut_top(36, 20)
        self.odd.keep(len(deeds))
        for chip, (words, deed), cell in zip(self.odd, deeds, line.columns(len(deeds), 8), strict=True):
            chip.touched = self.do(deed)
            chip.say(words, cell)
        return rest

    def _rest(self, box: Box) -> None:
        """Buttons, coins, cables, and what is not well."""
        line, rest = box.cut_top(64, 16)
        for button, (name, picture), cell in zip(self.buttons, SHAPES.items(), line.columns(3, 8), strict=True):
            button.held = self.do(partial(self._hands.hold, name))
            button.let_go = self.do(partial(self._hands.release, name))
            button.say("", cell.middle(64, 64), picture)
        line, rest = rest.cut_top(40, 16)
        for chip, cents, cell in zip(self.coins, COINS, line.columns(3, 8), strict=True):
            chip.touched = self.do(partial(self._hands.drop, cents))
            chip.radius = 20
            chip.say(f"€ {cents // 100}.{cents % 100:02d}", cell)
        line, rest = rest.cut_top(52, 8)
        self._cable_places = line.columns(2, 8)
        self.ids.trouble.say("", rest.cut_top(48)[0])
        self._trouble_place = rest.cut_top(min(48, rest.h))[0]
        self._look_at_devices()

    # --- what the devices do ------------------------------------------------------------------------------

    def _look_again(self, _: float) -> None:
        """Kivy ends an interval at its first exception, so nothing may get out of here."""
        self.do(self._look_at_lamps)()
        self.do(self._look_at_devices)()

    def _look_at_lamps(self) -> None:
        lamps = self._hands.lamps()
        for button, name in zip(self.buttons, SHAPES, strict=True):
            button.shine(round(lamps.get(name, 0.0), 1))
        self.ids.alarm.fill = _between(UNLIT, theme.ALARM, lamps.get("alarm", 0.0))

    def _look_at_devices(self) -> None:
        states = dict(self._hands.devices())
        for chip, device, place in zip(self.cables, CABLES, self._cable_places, strict=True):
            chip.touched = self.do(partial(self._plug, device))
            pulled = device in self._unplugged
            chip.say(device, place, state="unplugged" if pulled else states.get(device, "none"))
        others = [f"{name}: {state}" for name, state in states.items() if name not in CABLES and state != "ready"]
        self.ids.trouble.say(" · ".join(others), self._trouble_place)

    def _plug(self, device: str) -> None:
        plugged = device in self._unplugged
        self._hands.cable(device, plugged)
        (self._unplugged.discard if plugged else self._unplugged.add)(device)
        self._look_at_devices()


def _between(dark: Colour, light: Colour, share: float) -> Colour:
    red, green, blue = (d + (li - d) * share for d, li in zip(dark[:3], light[:3], strict=True))
    return (red, green, blue, 1.0)


load(__file__)
