"""What is around the middle of every errand: title, steps, the ways out, what comes next, the last seconds."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import BooleanProperty

from kiosk.faces import Alarm, Frame, Touch, WallFace
from kiosk.screens import theme, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Piece
from kiosk.screens.touchables import Touchable

BAND = 40
"""Units that the band of what is wrong is high."""

LAST = 5
"""Seconds before the screen goes home by itself that are shown."""


WAYS_OUT: Mapping[str, Touch] = {
    "back": Touch("back"),
    "home": Touch("home"),
    "tongue": Touch("choose", "language"),
    "size": Touch("choose", "size"),
    "voice": Touch("choose", "voice"),
}
"""What is around an errand, and what each of them says."""


class WayOut(Touchable):
    """A way out: a picture and a word; the last seconds take the picture's place."""

    def wide(self, words: str) -> int:
        """How much room it takes, in pixels."""
        if not words:
            return self.u(theme.TOUCH)
        return self.u(84) + int(self.ids.words.fitted(words, (10_000, self.u(theme.TOUCH))).width)

    def say(self, icon: str, words: str, box: Box, seconds: int | None) -> None:
        """Draws it. seconds: those left, or None while there is time."""
        self.put(box)
        place, text = box.inset(self.u(12), 0).cut_left(self.u(40), self.u(8))
        counting = seconds is not None
        self.ids.picture.say("" if counting else icon, place.middle(self.u(24), self.u(24)))
        self.ids.ring.show(counting)
        around = place.middle(self.u(40), self.u(40))
        self.ids.ring.say((seconds or 0) / LAST, around)
        self.ids.number.say(str(seconds) if counting else "", around)
        self.ids.words.say(words, text._replace(w=text.w + self.u(12)))


class Around(Piece):
    """The frame of an errand.

    black: the paper is ink-black. stops: the step back is a stop, and says so. brief: the way home has no word, so
    that something larger has room. head: what is free in the first line, beside the ways out.
    """

    black = BooleanProperty(False)
    stops = BooleanProperty(False)
    brief = BooleanProperty(False)

    def __init__(self, say: Callable[[Touch], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.head = Box(0, 0, 0, 0)
        for way, touch in WAYS_OUT.items():
            self.ids[way].touched, self.ids[way].says = partial(say, touch), touch

    def draw(self, frame: Frame, screen: Box, under: str = "", *, leave: bool = True) -> Box:
        """Draws the frame around a screen; gives what is left. leave: whether there is a way home."""
        self.put(screen)
        self.ids.home.show(leave or frame.seconds_left is not None)
        self.ids.home.able = leave
        rest = self._alarms(frame.alarms, screen)
        self._last_seconds(frame.seconds_left, rest)
        inner = rest.inset(self.u(theme.MARGIN), self.u(theme.GAP))
        inner = inner._replace(y=inner.y + self.u(8), h=inner.h - self.u(8))
        inner = self._upright(frame, inner, under) if screen.h > screen.w else self._lying(frame, inner, under)
        return self._next(frame.next, inner)

    def _lying(self, frame: Frame, inner: Box, under: str) -> Box:
        head, _ = inner.cut_top(self.u(theme.TOUCH))
        rest = self._ways_out(frame, head)
        dots_wide = self.ids.dots.wide(frame.dots)
        dots, rest = rest.cut_right(dots_wide, self.u(24) if dots_wide else 0)
        self.head = rest
        self.ids.dots.say(frame.dots, dots)
        line, least = self.ids.under, self.u(theme.TOUCH)
        beside = self.ids.title.high(frame.title, rest.w) + line.high(under, rest.w)
        low = line.high(under, inner.w)
        if not under or max(least, beside) <= least + self.u(4) + low:
            high = self._title(frame.title, under, rest)
            return inner.cut_top(max(least, high), self.u(theme.GAP))[1]
        high = self._title(frame.title, "", rest)  # under all of the line there is more room
        place, rest = inner.cut_top(max(least, high), self.u(4))[1].cut_top(low, self.u(theme.GAP))
        line.say(under, place)
        return rest

    def _upright(self, frame: Frame, inner: Box, under: str) -> Box:
        bare = not frame.back and not frame.dots[1] and not frame.tongue and self.ids.home.disabled
        head, below = inner.cut_top(*((0, 0) if bare else (self.u(theme.TOUCH), self.u(theme.GAP))))
        rest = self._ways_out(frame, head, apart=True)
        self.head = rest
        self.ids.dots.say(frame.dots, rest.middle(min(rest.w, self.ids.dots.wide(frame.dots)), rest.h))
        high = self._title(frame.title, under, below)
        return below.cut_top(high, self.u(theme.GAP) if high else 0)[1]

    def _ways_out(self, frame: Frame, head: Box, *, apart: bool = False) -> Box:
        """The ways out at the right (or at both ends); gives what is left of the line."""
        home, back = self.ids.home, self.ids.back
        rest = head
        if not home.disabled:
            words = wording.LEAVE if home.able and not self.brief else ""
            place, rest = head.cut_right(home.wide(words), self.u(theme.GAP))
            home.say("close", words, place, frame.seconds_left)
        rest = self._tongue(frame, rest, apart=apart)
        back.show(frame.back)
        if not frame.back:
            return rest
        words = wording.STOP if self.stops else wording.BACK
        wide = back.wide(words)
        place, rest = rest.cut_left(wide, self.u(theme.GAP)) if apart else rest.cut_right(wide, self.u(theme.GAP))
        back.say("close" if self.stops else "arrow-left", words, place, None)
        return rest

    def _tongue(self, frame: Frame, head: Box, *, apart: bool) -> Box:
        """The ways to another language, to larger type and to the voice, where they can be chosen; gives what is
        left."""
        gap, rest = self.u(theme.GAP), head
        for name, icon, words, there in beside_the_language(frame):
            way = self.ids[name]
            way.show(there)
            if there:
                called = "" if apart else words
                wide = way.wide(called)
                place, rest = rest.cut_left(wide, gap) if apart else rest.cut_right(wide, gap)
                way.say(icon, called, place, None)
        return rest

    def _title(self, title: str, under: str, room: Box) -> float:
        """The title, and a line under it; gives how high both are, the title at least as high as a way out."""
        words, line = self.ids.title, self.ids.under
        if not title and not under:
            words.say("", room)
            line.say("", room)
            return 0
        under_high = line.high(under, room.w)
        high = words.high(title, room.w) if title else 0
        least = self.u(theme.TOUCH) if self.height < self.width else 0
        both = room.cut_top(max(high + under_high, least))[0]
        upper, lower = both.middle(both.w, high + under_high).cut_top(high)
        words.say(title, upper)
        line.say(under, lower)
        return both.h

    def _next(self, words: str, inner: Box) -> Box:
        line = self.ids.next
        high = line.high(words, inner.w)
        place, rest = inner.cut_bottom(high, self.u(theme.GAP) if high else 0)
        line.say(words, place)
        return rest

    def _last_seconds(self, seconds: int | None, screen: Box) -> None:
        """A line along the lower edge that grows shorter."""
        share = min(1.0, (seconds or 0) / LAST)
        self.ids.seconds.put(Box(screen.x, screen.y, screen.w * share, self.u(8) if seconds else 0))

    def _alarms(self, alarms: tuple[Alarm, ...], screen: Box) -> Box:
        """A band along the lower edge while a device is not well."""
        high = self.u(BAND) if alarms else 0
        band, rest = screen.cut_bottom(high)
        self.ids.band.put(band)
        inner = band.inset(self.u(theme.MARGIN), 0)
        place, text = inner.cut_left(self.u(24) if alarms else 0, self.u(12))
        self.ids.band_picture.say("warning" if alarms else "", place.middle(self.u(24), self.u(24)))
        words = self.ids.band_words
        words.say(words.longest(ways_to_say(alarms), text.w) if alarms else "", text)
        return rest


def beside_the_language(around: Frame | WallFace) -> tuple[tuple[str, str, str, bool], ...]:
    """What can be chosen before anything is begun: its name here, its picture, its words, and whether it is
    there."""
    voice = "voice" if around.voice == "on" else "voice-off"
    return (
        ("tongue", "translation", around.tongue, bool(around.tongue)),
        ("size", "larger", "", bool(around.tongue)),
        ("voice", voice, "", bool(around.voice)),
    )


def ways_to_say(alarms: tuple[Alarm, ...]) -> list[str]:
    """The first alarm in one line, longest way first: with what mends it, with how many more there are, alone."""
    first = alarms[0]
    more = wording.more(len(alarms) - 1) if len(alarms) > 1 else ""
    ways = ((first.words, first.mend, more), (first.words, more), (first.words,))
    return [" · ".join(part for part in way if part) for way in ways]


Builder.load_file(str(Path(__file__).with_suffix(".kv")))
