"""When the screen is dark, and how the picture on the wall wanders, so that nothing burns in. Pure, no Kivy."""

import re
from typing import NamedTuple

AWAKE = 60.0
"""Seconds that the screen stays lit after a touch at night, and after somebody has left."""

WANDERS = 5
"""Minutes between two small shifts of the wall."""

_AROUND = ((0, 0), (2, 0), (2, 2), (0, 2), (-2, 2), (-2, 0), (-2, -2), (0, -2))
"""Units by which the wall is shifted, in turn: too little to be seen, enough that edges fall on other dots."""


class Night(NamedTuple):
    """From when to when it is night, in minutes of the day."""

    begins: int
    ends: int

    def holds(self, minute: int) -> bool:
        """Whether a minute of the day is in it. Over midnight too."""
        if self.begins <= self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends


def read_night(text: str) -> Night | None:
    """A night as the settings say it, "22:00-6:00"; None for none."""
    times = re.findall(r"(\d+):(\d+)", text)
    if len(times) != 2:
        return None
    begins, ends = (int(hours) * 60 + int(minutes) for hours, minutes in times)
    return Night(begins, ends)


def minute_of(time: str) -> int:
    """The minute of the day of a time on the wall, "9:05"; 0 for what is none."""
    found = re.fullmatch(r"(\d+):(\d+)", time)
    return int(found[1]) * 60 + int(found[2]) if found else 0


def shift(minute: int) -> tuple[int, int]:
    """By how many units the wall is shifted in a minute of the day: across, up."""
    return _AROUND[minute // WANDERS % len(_AROUND)]
