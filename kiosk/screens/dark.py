"""The screen at night while nobody is there: black, the time in soft ink, and what is broken."""

from typing import Any

from kiosk.faces import Alarm
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.dark_hours import minute_of
from kiosk.screens.pieces import Crowd, Patch, Piece, Words

BLACK = (0.0, 0.0, 0.0, 1.0)

SHOWN = 3
"""Alarms that are shown; what is broken stays to be seen at night."""

_PLACES = ((0.0, 0.5), (0.5, 1.0), (1.0, 0.5), (0.5, 0.0), (0.0, 1.0), (1.0, 0.0), (0.5, 0.5))
"""Where the time stands, as parts of the room there is; another place each minute."""


class Dark(Piece):
    """Lies over everything."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._black = Patch(fill=BLACK)
        self.time = Words(weight="heavy", steps=[72], ink=theme.ASH)
        self.alarms: Crowd[Words]
        for piece in (self._black, self.time):
            self.add_widget(piece)
        self.alarms = Crowd[Words](self, lambda: Words(steps=[24, 20], lines=[2], ink=theme.CARD))

    def say(self, time: str, alarms: tuple[Alarm, ...], box: Box) -> None:
        """Draws it."""
        self.put(box)
        self._black.put(box)
        inner = box.inset(self.u(theme.MARGIN))
        shown = [alarm.words for alarm in alarms if alarm.pressing][:SHOWN]
        lines = self.alarms.keep(len(shown))
        foot, rest = inner.cut_bottom(self.u(64) * len(shown), self.u(theme.GAP))
        for line, words, cell in zip(lines, shown, foot.rows(max(1, len(shown)), 0), strict=False):
            line.say(words, cell)
        setting = self.time.fitted(time, (rest.w, rest.h))
        across, up = _PLACES[minute_of(time) % len(_PLACES)]
        wide, high = setting.width + 1, setting.height
        self.time.say(time, Box(rest.x + (rest.w - wide) * across, rest.y + (rest.h - high) * up, wide, high))
