"""A chart as a picture of exactly the size that it has on the screen; another program draws it (`kiosk.drawn`)."""

import atexit
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.core.image import Image as CoreImage
from kivy.graphics import Color, PopMatrix, PushMatrix, Rectangle, Scale

from kiosk import tongue
from kiosk.chart import AnyChart
from kiosk.drawn import Drawn, Job
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Piece
from kiosk.screens.theme import STEPS

DRAWN = Drawn()
atexit.register(DRAWN.close)

LOOKS = 0.25
"""Seconds between two looks whether a picture is there."""


class ChartPicture(Piece):
    """A chart; nothing while it is being drawn. Letters are never smaller than the smallest of the screen.

    moving: whether it is still being drawn.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._job: Job | None = None
        self._looking: Any = None
        with self.canvas:
            self._colour = Color(1, 1, 1, 0)
            PushMatrix()
            self._turn = Scale(1, 1, 1)
            self._rectangle = Rectangle(size=(0, 0))
            PopMatrix()
        self.moving = False

    def say(self, chart: AnyChart | None, box: Box, letters: int = STEPS[0]) -> None:
        """Draws it into the box; letters: units."""
        box = box.whole()
        self.put(box)
        job = None
        if chart is not None and box.w > 0 and box.h > 0:
            job = Job(chart, int(box.w), int(box.h), self.u(letters), tongue.language())
        if job == self._job and not self.moving:
            self._place()
            return
        self._job = job
        self._colour.a = 0
        self._look()

    def _place(self) -> None:
        self._turn.x = -1 if self.mirrored else 1
        self._turn.origin = (self.x + self.width / 2, 0)
        self._rectangle.pos, self._rectangle.size = self.pos, self.size

    def _look(self, *_: Any) -> None:
        self._looking = None
        if self._job is None:
            self.moving = False
            self._rectangle.texture = None
            return
        path = DRAWN.picture(self._job)
        self.moving = path is None
        if path is None:
            self._looking = Clock.schedule_once(self._look, LOOKS)
            return
        self._show(path)

    def _show(self, path: Path) -> None:
        try:
            self._rectangle.texture = CoreImage(str(path), nocache=True).texture
        except Exception:
            return  # tidied away just now; the next face asks again
        self._colour.a = 1
        self._place()
