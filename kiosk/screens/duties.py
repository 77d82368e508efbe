"""The duties: a chain from who has each of them to who comes next."""

from collections.abc import Callable
from typing import Any

import msgspec
from kivy.properties import BooleanProperty

from kiosk.faces import DutiesFace, DutyRow, fewer
from kiosk.screens import theme, turner, wording
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Touchable
from kiosk.screens.typeset import Setting

__all__ = ["DutiesScreen", "turner"]

ROWS = 4
"""Duties that one page holds."""

COLUMN = 300
"""Units that a card needs to stand beside another."""


class DutyCard(Touchable):
    """The duty, softly; below it the chain; below that until when. One that is late wears the alarm."""

    late = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bind(late=self._look)

    def _look(self, *_: Any) -> None:
        super()._look()
        self.edge, self.edge_width = (theme.ALARM, 4) if self.late else (self.now.edge, 2)

    def say(self, row: DutyRow, box: Box, choose: Callable[[str], None]) -> None:
        """Draws it; a touch says its key."""
        self.chooses(row.key, choose)
        self.late = row.late
        self.put(box)
        inner = box.inset(self.u(18), self.u(4))
        ids = self.ids
        ids.about.weight, ids.about.ink = ("semibold", theme.INK) if row.late else ("regular", theme.SOFT)
        self.ids.coming.weight = "semibold" if row.next else "regular"
        if not self._roomy(row, inner):
            row = msgspec.structs.replace(row, duty=self._with_until(row, inner.w - self.u(60)), until="")
        top, low = self._top_high(row, inner.w), ids.about.high(row.until, inner.w)
        chain_high = self._chain_high(row, inner._replace(h=inner.h - top - low))
        upper, rest = inner.middle(inner.w, top + chain_high + low).cut_top(top)
        lower, chain = rest.cut_bottom(low)
        ids.duty.say(row.duty, self._tag(row, upper))
        ids.about.say(row.until, lower)
        self._chain(row, chain)

    def _with_until(self, row: DutyRow, wide: float) -> str:
        """Both in one line or two; where that can't be, the duty alone, and until when stands one touch further."""
        ways = (f"{row.duty} · {row.until}", f"{row.until} · {row.duty}")
        return next((way for way in ways if not self.ids.duty.fitted(way, (wide, 10_000)).cut), row.duty)

    def _roomy(self, row: DutyRow, inner: Box) -> bool:
        """Whether until when has a line of its own; else it stands beside the duty, as long names need the room."""
        free = inner.h - self._top_high(row, inner.w) - self.ids.about.high(row.until, inner.w)
        under = sum(setting.height for setting in self._settings(row, 20))
        return under <= free or bool(self._in_line(row, inner.w, free))

    def _top_high(self, row: DutyRow, wide: float) -> int:
        room = wide - (self.u(60) if row.late else 0)
        return max(int(self.ids.duty.high(row.duty, room)), self._tag_high(row))

    # --- the alarm

    def _tag_high(self, row: DutyRow) -> int:
        return self.u(32) if row.late else 0

    def _tag(self, row: DutyRow, line: Box) -> Box:
        """The alarm at the end of the first line, if it is one; gives what is left of it."""
        place, rest = line.cut_right(self.u(48) if row.late else 0, self.u(12) if row.late else 0)
        self.ids.alarm.show(row.late)
        self.ids.alarm.put(place.middle(place.w, self.u(32)))
        self.ids.warning.say("warning" if row.late else "", place.middle(self.u(24), self.u(24)))
        return rest

    # --- who → who

    def _names(self, row: DutyRow) -> tuple[str, str]:
        return row.holder or wording.NO_HOLDER, row.next or row.note

    def _arrow(self, step: int) -> tuple[int, int]:
        """How large the arrow is beside type of that size, and the air on either side of it."""
        return self.u(step * 0.9), self.u(step * 0.35)

    def _in_line(self, row: DutyRow, wide: float, high: float) -> int:
        """The largest step at which both names and the arrow stand in one line; 0 for none."""
        for step in (38, 30, 24):
            arrow, air = self._arrow(step)
            settings = self._settings(row, step)
            both = sum(setting.width for setting in settings) + arrow + 2 * air + 2
            if both <= wide and max(setting.height for setting in settings) <= high:
                return step
        return 0

    def _settings(self, row: DutyRow, step: int) -> list[Setting]:
        holder, coming = self._names(row)
        soft = step if row.next else min(step, 24)
        return [self.ids.holder.setting_at(holder, step), self.ids.coming.setting_at(coming, soft)]

    def _chain_high(self, row: DutyRow, room: Box) -> float:
        step = self._in_line(row, room.w, room.h)
        if step:
            return float(max(setting.height for setting in self._settings(row, step)))
        return min(room.h, float(sum(setting.height for setting in self._settings(row, 24))))

    def _chain(self, row: DutyRow, box: Box) -> None:
        """Side by side, or one under the other where the names are long."""
        step = self._in_line(row, box.w, box.h)
        arrow, air = self._arrow(step or 20)
        if step:
            first, rest = box.cut_left(self.ids.holder.setting_at(self._names(row)[0], step).width + 1, air)
        else:
            first, rest = box.rows(2, 0)
        place, last = rest.cut_left(arrow, air)
        self._say_names(row, (first, last), [step] if step else [24, 20])
        self.ids.arrow.say("arrow-right", place.middle(arrow, arrow))

    def _say_names(self, row: DutyRow, places: tuple[Box, Box], steps: list[int]) -> None:
        ids = self.ids
        ids.holder.ink = theme.INK if row.holder else theme.SOFT
        ids.coming.ink = theme.INK if row.next else theme.SOFT
        ids.holder.steps, ids.coming.steps = steps, steps if row.next else [min(24, step) for step in steps]
        for words, name, place in zip((ids.holder, ids.coming), self._names(row), places, strict=True):
            words.say(name, place)


class DutiesScreen(Errand[DutiesFace]):
    """A card for each duty, in two columns where there is room; a touch opens one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = Crowd[DutyCard](self, DutyCard)

    def draw(self, face: DutiesFace, box: Box) -> None:
        """Draws the duties, and how to begin another."""
        rest = self.ids.ways.cut(face.choices, box, self.choose)
        self.ids.empty.say("" if face.rows else face.empty, rest)
        rest = self.ids.turner.cut(face.page, rest, self.choose)
        gap = self.u(theme.GAP)
        across = 2 if not self.tall and rest.w >= self.u(2 * COLUMN) + gap else 1
        down = -(-max(fewer(ROWS, int(self.larger)), len(face.rows)) // across)
        high = min(self.u(144), (rest.h - gap * (down - 1)) / down)
        place = rest.cut_top(high * down + gap * (down - 1))[0]
        self.cards.keep(len(face.rows))
        for card, row, cell in zip(self.cards, face.rows, place.grid(across, down, gap), strict=False):
            card.say(row, cell, self.choose)


load(__file__)
