"""The idle screen: a poster of the shop, read with a coffee in hand, and three touches from a swap."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import msgspec
from kivy.graphics import PopMatrix, PushMatrix, Translate

from kiosk.faces import Choice, WallFace
from kiosk.screens import areas_circle, areas_jar, areas_seal, theme, wording
from kiosk.screens.areas import Area, share_out, unused
from kiosk.screens.areas_seal import SealHung
from kiosk.screens.boxes import Box
from kiosk.screens.frame import WAYS_OUT, beside_the_language
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Screen, load
from kiosk.screens.touchables import Tile, say_alike

__all__ = ["WallScreen", "areas_circle", "areas_jar", "areas_seal"]

MOST_WORK = 9
"""Kinds of work on the wall; the others are found after tapping."""

ROOMY = 2
"""Choices up to which each has a picture beside its words."""

ROOM_FOR_A_POSTER = 900
"""Units of height, below the head, from which an upright wall has a poster."""

ROOM_FOR_A_JAR, TALLER = 220, 40
"""Units that nothing else could use, from which an upright wall has the jar as large as the lying one; and by how
much its tiles grow at most."""

LARGE = 960
"""Units of width from which a lying wall has three columns."""

BESIDE = ("tongue", "size", "voice")
"""What can be chosen at the wall before anybody taps."""


def _report_sheet() -> Any:
    from kiosk.screens.report_page import ReportSheet

    return ReportSheet(headed=True)


RARE: Mapping[str, Callable[[], Any]] = {
    "jar": areas_jar.JarColumn,
    "poster": areas_seal.FridayPoster,
    "report": _report_sheet,
}
"""Parts that few walls have. A wall is there sooner without them."""


class Beside(NamedTuple):
    """One of them: its name, picture and words, and how wide it is in pixels."""

    name: str
    icon: str
    words: str
    wide: int


class WallScreen(Screen[WallFace]):
    """The poster. It lies in two columns, large in three, or stands.

    shift: moves all of it by a few dots, without anything being set anew.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with self.canvas.before:
            PushMatrix()
            self.shift = Translate(0, 0)
        with self.canvas.after:
            PopMatrix()
        self.work = Crowd[Tile](self, lambda: Tile(stand="stack", steps=[24, 20], picture=36))
        self.choices = Crowd[Tile](self, lambda: Tile(stand="row", steps=[24, 20], picture=28))
        for way in BESIDE:
            self.ids[way].touched, self.ids[way].says = partial(self.say, WAYS_OUT[way]), WAYS_OUT[way]
        self.ids.hung.choose = self.ids.jar_line.choose = self.ids.seal.choose = self.choose

    def _rare(self, name: str) -> Any:
        """A part that few walls have: made when it is first wanted, below all others."""
        if name not in self.ids:
            self.ids[name] = RARE[name]()
            self.add_widget(self.ids[name], index=len(self.children))
        return self.ids[name]

    def _show_rare(self, name: str, seen: bool) -> None:
        if seen or name in self.ids:
            self._rare(name).show(seen)

    def draw(self, face: WallFace, box: Box) -> None:
        """Draws the wall."""
        gap = self.u(theme.GAP)
        large = not self.tall and box.w >= self.u(LARGE)
        self.ids.band.show(large and bool(face.alarms))
        columned = self._jar_apart(face) if large else face.jar is not None
        self._show_rare("jar", large and columned and face.poster is None)
        self.ids.summary.beside = face.jar is not None
        rest = self._header(face, box)
        told = large and face.report is not None
        ids = self.ids
        ids.question.show(not told)
        if told:
            self._report(face, rest)
            return
        if "report" in ids:
            ids.report.say(None, rest)
        poster = face.poster is not None and ((large and columned) or self._has_room(face, rest))
        self._show_rare("poster", poster)
        if poster:
            self.ids.poster.beside = None
        self.ids.decided.without = face.poster.short if face.poster is not None and poster else None
        self.ids.seal.rank = SealHung.SOON if face.seal is not None and face.seal.fresh else SealHung.LATER
        if self.tall:
            self._standing(face, rest)
        elif large:
            self._large(face, rest)
        else:
            foot, rest = rest.cut_bottom(self.u(72), gap)
            self._lying_foot(face, foot)
            self._lying(face, rest)

    def _has_room(self, face: WallFace, box: Box) -> bool:
        """Whether an upright wall has room for a poster; else the Friday stands among what was decided."""
        return self.tall and not face.alarms and box.h > self.u(ROOM_FOR_A_POSTER)

    def _header(self, face: WallFace, box: Box) -> Box:
        """The shop, the day and the time; gives what is left."""
        ids = self.ids
        now, gap = f"{face.day} {face.time}", self.u(theme.GAP)
        ways = self._ways(face)
        wide = sum(each.wide for each in ways) + gap * (len(ways) - 1) if ways else 0
        if self.tall:
            free = box.cut_right(wide, gap if wide else 0)[1]
            shop, rest = free.cut_top(ids.shop.high(face.shop, free.w))
            line, rest = rest.cut_top(self.u(36), self.u(8))
            head, rest = box.cut_top(shop.top - line.y, self.u(8))
            ids.time.across = "left"
        else:
            head, rest = box.cut_top(self.u(48), gap)
            free = head.cut_right(wide, gap if wide else 0)[1]
            line, shop = free.cut_right(ids.time.fitted(now, (head.w * 0.5, head.h)).width + 1, self.u(24))
            ids.time.across = "right"
        ids.time.say(now, line)
        ids.shop.say(face.shop, shop)
        line = head.cut_right(wide)[0]
        line = line.middle(line.w, self.u(72 if self._roomy else theme.TOUCH))
        for each in ways:
            place, line = line.cut_right(each.wide, gap)
            ids[each.name].say(each.icon, each.words, place, None)
        return rest

    def _ways(self, face: WallFace) -> list[Beside]:
        """The ways to another language, to larger type, to the voice; on a small panel they are pictures alone."""
        found = []
        for name, icon, words, there in beside_the_language(face):
            self.ids[name].show(there)
            called = words if self._roomy else ""
            found += [Beside(name, icon, called, int(self.ids[name].wide(called)))] if there else []
        return found

    @property
    def _roomy(self) -> bool:
        return not self.tall and bool(self.width >= self.u(LARGE))

    def _lying(self, face: WallFace, box: Box) -> None:
        """What there is to read at the left, what somebody did at the right."""
        read, do = box.cut_left(box.w - self.u(460 + 24), self.u(24))
        self._work(face, do)
        share_out(self._one_under_the_other(), face, read, self._between(face), in_the_middle=True)

    def _between(self, face: WallFace) -> int:
        """Between what there is to read; more where two of them can be touched."""
        return self.u(12 if face.jar is None or face.seal is None else theme.GAP)

    def _one_under_the_other(self) -> list[Area]:
        """All there is to read, where one column holds it."""
        ids = self.ids
        circle = [ids.duties, ids.decided, ids.doing, ids.news]
        poster = [ids.poster] if "poster" in ids and ids.poster.opacity else []
        return [
            ids.alarms,
            ids.jar_line,
            *poster,
            ids.seal,
            ids.summary,
            *circle,
            ids.balances,
            ids.recent,
            ids.hung,
            ids.running,
            ids.out,
        ]

    def _lying_foot(self, face: WallFace, box: Box) -> None:
        """Tap your badge; and what else can be touched."""
        place, rest = box, box
        count = len(face.choices)
        wide = self.u(180 if count <= ROOMY else 136)
        if count:
            place, rest = box.cut_right(count * wide + (count - 1) * self.u(theme.GAP), self.u(theme.GAP))
        self._choices(face.choices, place.columns(max(1, count), self.u(theme.GAP)))
        self.ids.tap.say("badge", face.tap, rest)

    def _large(self, face: WallFace, box: Box) -> None:
        """The jar at the left; at the foot what is wrong and where to tap; between them what there is to read."""
        ids = self.ids
        wide_gap = self.u(40)
        for area in (ids.jar_line, ids.seal):
            area.show(False)
        self._show_rare("poster", False)
        foot = box
        if face.alarms:
            foot, box = box.cut_bottom(self._foot_high(face, box), self.u(24))
        if self._jar_apart(face):
            column, box = box.cut_left(self.u(296), self.u(32))
            self._left(face, column)
            wide_gap = self.u(32)
        if not face.alarms:
            foot, box = box.cut_bottom(self._foot_high(face, box), self.u(24))
        do, read = box.cut_right(self._do_wide(face), wide_gap)
        if face.alarms:
            tap, band = foot.cut_right(do.w, wide_gap)
            ids.band.say(face.alarms, band)
        else:
            tap = self._beside_the_tap(face, foot)
        ids.tap.say("badge", face.tap, tap)
        if face.alarms:
            do = self._choices_at_foot(face, do, across=3)
        elif len(face.choices) <= ROOMY:
            do = self._choices_at_foot(face, do, across=2)
        self._work(face, do, across=self._work_across(face, do))
        self._read(face, read, wide_gap)

    def _report(self, face: WallFace, box: Box) -> None:
        """A page of a report has all the room; what is wrong and where to tap stay at the foot."""
        ids = self.ids
        self._hide_but([])
        for area in (ids.jar_line, ids.seal):
            area.show(False)
        for name in ("poster", "jar"):
            self._show_rare(name, False)
        self.work.keep(0)
        foot, box = box.cut_bottom(self._foot_high(face, box), self.u(24))
        if face.alarms:
            self.choices.keep(0)
            tap, band = foot.cut_right(self._do_wide(face), self.u(32))
            ids.band.say(face.alarms, band)
        else:
            tap = self._beside_the_tap(face, foot)
        ids.tap.say("badge", face.tap, tap)
        self._rare("report").say(face.report, box)

    def _jar_apart(self, face: WallFace) -> bool:
        """Whether the jar has a column to itself; while something is wrong, only where no codes are shown."""
        return face.jar is not None and not (face.alarms and (face.seal or face.poster))

    def _work_across(self, face: WallFace, do: Box) -> int:
        """How many kinds of work stand side by side: two where all have room so, and three are narrow."""
        rows = -(-min(MOST_WORK, len(face.work)) // 2)
        return 2 if do.w <= self.u(400) and rows <= self._work_rows(do) else 3

    def _work_rows(self, box: Box) -> int:
        """How many tiles have room under each other, below the question."""
        gap = self.u(theme.GAP)
        return int((box.h - self.u(40) + gap) // (self.u(theme.TOUCH) + gap))

    def _left(self, face: WallFace, box: Box) -> None:
        """The jar, and the seal below; while a poster hangs, the jar is small, and the codes are side by side."""
        ids, gap = self.ids, self.u(theme.GAP)
        if face.seal is not None:
            wide = box.w if face.poster is None else ids.seal.side(face.seal) + 2 * self.u(SealHung.EDGE)
            foot, box = box.cut_bottom(ids.seal.heights(face, wide)[0], gap)
            place, beside = foot.cut_left(wide, self.u(8))
            if face.poster is not None:
                self._rare("poster").beside = beside
            ids.seal.show(True)
            ids.seal.say(face, place)
        if face.poster is None:
            self._rare("jar").say(face.jar, box, self.choose)
            return
        place, box = box.cut_top(ids.jar_line.heights(face, box.w)[0 if face.seal else 1], gap)
        for area, at in ((ids.jar_line, place), (self._rare("poster"), box)):
            area.show(True)
            area.say(face, at)

    def _beside_the_tap(self, face: WallFace, foot: Box) -> Box:
        """Many choices in a line with the tap, where nothing else is; gives what is left for that."""
        count, gap = len(face.choices), self.u(theme.GAP)
        if count <= ROOMY:
            return foot
        mine, rest = foot.cut_right(count * self.u(148) + (count - 1) * gap, gap)
        self._choices(face.choices, mine.columns(count, gap))
        return rest

    def _foot_high(self, face: WallFace, box: Box) -> float:
        """As high as what is wrong needs, where it has less than the width of the wall for it."""
        if not face.alarms:
            return self.u(96)
        wide = box.w - self._do_wide(face) - self.u(32)
        return min(self.u(144), max(self.u(96), float(self.ids.band.high(face.alarms, wide))))

    def _do_wide(self, face: WallFace) -> int:
        """How wide is what can be done; narrower where there is more to read beside it."""
        if face.alarms:
            return self.u(416)
        if face.jar is not None:
            return self.u(304 if len(self._columns(face)) > 1 else 416)
        return self.u(352 if self._circle_told(face) and len(self._columns(face)) > 1 else 480)

    def _read(self, face: WallFace, box: Box, gap: float) -> None:
        """Columns side by side; beside the jar the duties lie above them."""
        ids = self.ids
        ids.summary.large = ids.balances.stacks = True
        parts = self._columns(face)
        shown = [area for areas in parts for area in areas]
        between = self.u(theme.GAP if self._jar_apart(face) else 24)
        if self._jar_apart(face) and face.duties and len(parts) > 1:
            parts = [[area for area in areas if area is not ids.duties] for areas in parts]
            high = ids.duties.taken(face, box.w, ids.duties.heights(face, box.w)[1])
            place, box = box.cut_top(high, between)
            ids.duties.show(True)
            ids.duties.say(face, place)
            gap = self.u(24)  # so that the duties and the columns stand under each other
        for column, areas in zip(box.columns(len(parts), gap), parts, strict=True):
            share_out(areas, face, column, between, in_the_middle=len(parts) == 1)
        self._hide_but(shown)

    def _circle_told(self, face: WallFace) -> bool:
        seal = face.seal is not None and not self._jar_apart(face)
        return bool(face.duties or self.ids.decided.count(face) or face.doing or face.news or seal)

    def _columns(self, face: WallFace) -> list[list[Area]]:
        """What to read, side by side: the circle's where there is something of it, the hours in one or two."""
        ids = self.ids
        apart = self._jar_apart(face)
        if apart and face.alarms:
            circle = [ids.duties, ids.decided, ids.doing, ids.news]
            return [[ids.summary, ids.balances, *circle, ids.out, ids.hung, ids.recent]]
        circle = [ids.duties, ids.decided, ids.doing, ids.news, *([ids.seal] if face.seal and not apart else [])]
        hours, listed = [ids.summary, ids.balances], [ids.recent, ids.hung, ids.running, ids.out]
        if face.jar is not None and not apart:
            hours = [ids.jar_line, *hours]
        if self._circle_told(face):
            crowded = bool(face.duties and face.decided and face.doing)
            news = [ids.news] if crowded else []  # else it would never have room under all that the circle left
            told = [each for each in circle if each not in news]
            return [[*told, ids.out], [*hours, *news, *listed[:-1]]]
        if face.balances and (face.recent or face.notices or face.clocks):
            return [hours, listed]
        return [[*hours, *listed]]

    def _hide_but(self, shown: list[Area]) -> None:
        """Areas that no column holds are not there."""
        beside = {self.ids.jar_line, self.ids.seal, *([self.ids.poster] if "poster" in self.ids else [])}
        for area in self._one_under_the_other():
            if area not in shown and area not in beside:
                area.show(False)

    def _choices_at_foot(self, face: WallFace, box: Box, across: int) -> Box:
        """What else can be touched, so many in a line; gives what is left above it."""
        count, gap = len(face.choices), self.u(theme.GAP)
        rows = -(-count // across)
        lines, rest = box.cut_bottom(rows * self.u(72) + max(0, rows - 1) * gap, gap if count else 0)
        cells = lines.grid(min(count, across) or 1, rows, gap)[:count]
        if rows > 1 and count % across:  # the last one has its line to itself, to the end of it
            cells[-1] = cells[-1]._replace(w=lines.right - cells[-1].x)
        self._choices(face.choices, cells)
        return rest

    def _standing(self, face: WallFace, box: Box) -> None:
        """From below: tap, what else can be touched, what somebody did; the rest is to read."""
        gap, ids = self.u(theme.GAP), self.ids
        foot, rest = box.cut_bottom(self.u(72), gap)
        ids.tap.say("badge", face.tap, foot)
        rest = self._choices_at_foot(face, rest, across=len(face.choices) or 1)
        rows = -(-min(MOST_WORK, len(face.work)) // 3)
        high = float(self.u(40) + rows * self.u(72) + max(0, rows - 1) * gap if rows else 0)
        between = gap if face.jar is None else self._between(face)
        areas, above = self._one_under_the_other(), rest.cut_bottom(high, gap)[1]
        spare = unused(areas, face, above, between)
        high += min(spare * 0.4, rows * self.u(TALLER))  # what has more room than it can use is left to the fingers
        do, rest = rest.cut_bottom(high, gap)
        self._work(face, do)
        if face.jar is not None and face.poster is None and spare > self.u(ROOM_FOR_A_JAR):
            areas.remove(ids.jar_line)
            ids.jar_line.show(False)
            self._rare("jar").show(True)
            mine, rest = rest.cut_top(self.u(88) + spare * 0.5, gap)
            ids.jar.say(face.jar, mine, self.choose)
        share_out(areas, face, rest, between, in_the_middle=True)

    def _work(self, face: WallFace, box: Box, across: int = 3) -> None:
        """What did you do? The first of three touches."""
        gap = self.u(theme.GAP)
        shown = few(face.work, min(MOST_WORK, across * self._work_rows(box)))
        self.work.keep(len(shown))
        self.ids.question.show(bool(shown))
        if not shown:
            return
        place, rest = box.cut_top(self.u(32), self.u(8))
        self.ids.question.say(wording.WHAT_DID_YOU_DO, place)
        rows = -(-len(shown) // across)
        cells = rest.grid(across, rows, gap)
        for tile in self.work:
            tile.steps, tile.picture = [24, 20], 40 if cells[0].h >= self.u(106) else 30
        say_alike(self.work, shown, cells, self.choose)

    def _choices(self, choices: tuple[Choice, ...], cells: list[Box]) -> None:
        self.choices.keep(len(choices))
        for tile in self.choices:
            tile.steps, tile.stand = [24, 20], "row" if len(choices) <= ROOMY else "stack"
        if len(choices) > ROOMY:
            choices = tuple(msgspec.structs.replace(choice, icon="") for choice in choices)
        say_alike(self.choices, choices, cells, self.choose)


def few(work: tuple[Choice, ...], most: int) -> tuple[Choice, ...]:
    """So many kinds of work; "something else" stays among them, because it stands for all that are left out."""
    if len(work) <= most:
        return work
    other = tuple(each for each in work if each.key == "work:other")
    return tuple(each for each in work if each not in other)[: most - len(other)] + other


load(__file__)
