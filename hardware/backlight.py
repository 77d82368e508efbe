"""The light behind the panel, where Linux lets it be turned down (/sys/class/backlight)."""

import contextlib
import logging
from pathlib import Path

log = logging.getLogger(__name__)

DIM = 12
"""The part of the brightest, one in so many, that is left at night. Never none: some panels then need a restart."""


class Backlight:
    """Turns the light down and up again. Where there is none, or it may not be written, nothing happens.

    root: where /sys is.
    """

    def __init__(self, root: Path = Path("/")) -> None:
        lights = sorted((root / "sys/class/backlight").glob("*/brightness"))
        self._place = lights[0] if lights else None
        self._full = self._number("max_brightness")
        now = self._number("brightness")
        # One that was left dim, by a kiosk that was cut off at night, was not meant to stay so.
        self._day = now if now > self._dimmed else self._full

    @property
    def _dimmed(self) -> int:
        return max(1, self._full // DIM)

    def dim(self, dark: bool) -> None:
        """Down at night, or up again."""
        if self._place is None or not self._full:
            return
        try:
            self._place.write_text(str(self._dimmed if dark else self._day))
        except OSError as error:
            log.info("the panel's light can't be turned: %s", error)

    def _number(self, name: str) -> int:
        if self._place is not None:
            with contextlib.suppress(OSError, ValueError):
                return int(self._place.with_name(name).read_text())
        return 0
