"""Friday's counting, step by step: what is left in the jar, what is bought, and why something is not."""

from typing import Any

from kivy.animation import Animation
from kivy.graphics import Color, Rectangle
from kivy.properties import NumericProperty

from kiosk.faces import Counted, CountingFace
from kiosk.screens import jar, theme, turner
from kiosk.screens.boxes import Box
from kiosk.screens.jar import FALLS
from kiosk.screens.pieces import Crowd, Piece, Slab
from kiosk.screens.screen import Errand, load
from kiosk.screens.shapes import disc
from kiosk.screens.turner import turns_by_button

__all__ = ["CountingScreen", "jar", "turner"]

ROWS = 4
"""Projects that one page holds."""

NARROW = 94
"""Units that a card takes where its bar lies along its foot."""

LEAST = 48
"""Units that a card with a short title takes at least."""

NARROWEST = 480
"""Units from which on the verdict stands beside the title."""

SIDE, LINE = 14, 28
"""Units at either side of what is in a card; units that the line under a long title takes."""

PILED = [1, 6]
"""Lines that a title may have at each of its sizes where it stands above the rest."""

MOST_DOTS = 12
"""Shares that are seen to flow, however many there are."""


class MoneyBar(Piece):
    """How much of a price is there: whole and round, or as far as it goes."""

    def say(self, part: int | None, faint: bool, box: Box) -> None:
        """Draws so many per mille; nothing for None."""
        self.put(box)
        track, filled = self.ids.track, self.ids.filled
        track.show(part is not None)
        filled.show(bool(part))
        if part is None:
            return
        track.put(box)
        filled.fill = theme.SURFACE if faint else theme.MONEY
        filled.put(box._replace(w=max(box.h, box.w * min(1000, part) / 1000)))


class CountedCard(Slab):
    """A project while it is counted: bought with a green edge, lost in soft words."""

    def verdict_wide(self, project: Counted) -> int:
        """How wide its verdict is in two lines, in pixels; in one where lines are high, as those of Arabic are."""
        if 2 * self.ids.verdict.high(project.verdict, 10_000) > self.u(LEAST):
            return int(self.ids.verdict.wide(project.verdict))
        return max(int(self.ids.verdict.wide(part)) for part in project.verdict.rsplit(" ", 1))

    def needs(self, project: Counted, wide: float, verdict_wide: float) -> float:
        """How high it must be in a column of that width for all of its title to be read, in pixels."""
        if self._in_line(project, wide, verdict_wide):
            return float(self.u(LEAST))
        inner = wide - 2 * self.u(SIDE)
        self.ids.title.lines = PILED
        title, told = self.ids.title.high(_whole(project), inner), self._told_beneath(project, inner)
        return float(title + told + self.u(LINE) + 2 * self.u(2))

    def say(self, project: Counted, box: Box, verdict_wide: float) -> None:
        """Draws it. verdict_wide: the room for verdicts, alike on all cards, so that the bars stand in line."""
        self.put(box)
        ids, lost = self.ids, project.standing == "lost"
        bought = project.standing in ("bought", "buying")
        self.edge, self.edge_width = (theme.DONE, 4) if bought else (theme.LINE, 2)
        self.fill = theme.PAPER if lost else theme.CARD
        ids.title.ink = ids.verdict.ink = theme.SOFT if lost else theme.INK
        in_line = self._in_line(project, box.w, verdict_wide)
        ids.title.lines = [1] if in_line else PILED
        ids.verdict.lines = [1, 2] if in_line else [1]
        if not in_line:
            places = self._piled(project, box)
        elif box.w < self.u(NARROWEST):
            places = self._below(project, box)
        else:
            places = self._beside(project, box, verdict_wide)
        title, told, bar, verdict = places
        ids.title.say(_whole(project), title)
        ids.told.say(project.told if told.h else "", told)
        ids.bar.say(project.held if bar.h else None, lost, bar)
        ids.verdict.say(project.verdict, verdict)

    def _in_line(self, project: Counted, wide: float, verdict_wide: float) -> bool:
        """Whether the title and the price have room beside the verdict."""
        if wide < self.u(NARROWEST):
            inner = wide - 2 * self.u(18)
            room = inner - min(inner * 0.5, self.ids.verdict.wide(project.verdict)) - self.u(12)
        else:
            bar = 0 if project.held is None else self.u(64 + 12)
            room = wide - 2 * self.u(SIDE) - verdict_wide - self.u(10) - bar
        return bool(self.ids.title.wide(_whole(project)) <= room)

    def _told_beneath(self, project: Counted, wide: float) -> float:
        """How high what is told of it is, where it stands under the title by itself; 0 beside the verdict."""
        beside = self.ids.told.wide(project.told) + self.u(12) + self.ids.verdict.wide(project.verdict)
        return 0.0 if beside <= wide else float(self.ids.told.high(project.told, wide))

    def _piled(self, project: Counted, box: Box) -> tuple[Box, Box, Box, Box]:
        """The same under a long title: what is told, the bar where there is room, the verdict."""
        ids, inner = self.ids, box.inset(self.u(SIDE), self.u(2))
        line, beneath = self.u(LINE), self._told_beneath(project, inner.w)
        if inner.h < ids.title.high("Hg", inner.w) + beneath + line:
            beneath = 0
        high = ids.title.fitted(_whole(project), (inner.w, inner.h - beneath - line)).height
        title, rest = inner.middle(inner.w, high + beneath + line).cut_top(high)
        told, rest = rest.cut_top(beneath)
        verdict, rest = rest.cut_top(line)[0].cut_right(ids.verdict.wide(project.verdict), self.u(12))
        if not beneath:
            told, rest = rest.cut_left(min(rest.w, ids.told.wide(project.told)), self.u(12))
        room = project.held is not None and rest.w >= self.u(64)
        bar = rest.cut_right(self.u(64))[0] if room else rest.cut_top(0)[0]
        return title, told, bar.middle(bar.w, self.u(20) if bar.h else 0), verdict

    def _beside(self, project: Counted, box: Box, verdict_wide: float) -> tuple[Box, Box, Box, Box]:
        """Where title, told, bar and verdict are, in a row."""
        ids, inner = self.ids, box.inset(self.u(SIDE), self.u(2))
        verdict, rest = inner.cut_right(verdict_wide, self.u(10))
        bar, rest = rest.cut_right(*((0, 0) if project.held is None else (self.u(64), self.u(12))))
        low = ids.told.high(project.told, rest.w)
        low = 0 if low + self.u(24) > rest.h else low
        high = ids.title.fitted(_whole(project), (rest.w, rest.h - low - self.u(4))).height
        title, told = rest.middle(rest.w, high + low).cut_top(high)
        return title, told, bar.middle(bar.w, self.u(20)), verdict._replace(y=box.y, h=box.h)

    def _below(self, project: Counted, box: Box) -> tuple[Box, Box, Box, Box]:
        """The same where it is narrow: the bar along the foot."""
        ids, inner = self.ids, box.inset(self.u(18), self.u(4))
        thick = 0 if project.held is None else self.u(14)
        low = ids.told.high(project.told, inner.w)
        high = self.u(34) + low + (thick + self.u(4) if thick else 0)
        if high > inner.h:
            high, low = high - low, 0
        line, rest = inner.middle(inner.w, high).cut_top(self.u(34))
        verdict, title = line.cut_right(min(line.w * 0.5, ids.verdict.wide(project.verdict)), self.u(12))
        told, rest = rest.cut_top(low, self.u(4))
        return title, told, rest.cut_top(thick)[0], verdict


def _whole(project: Counted) -> str:
    """What it is called and what it costs."""
    return f"{project.title} · {project.price}"


class SharesFlowing(Piece):
    """Equal shares on their way from the jar to what is bought, as dots; afterwards nothing of it is left."""

    gone = NumericProperty(1.0)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._dots: list[Any] = []
        self._path = ((0.0, 0.0), (0.0, 0.0))
        self._way: Animation | None = None
        self.bind(gone=self._draw)

    @property
    def moving(self) -> bool:
        """Some are still on their way."""
        return self._way is not None

    def go(self, shares: int, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Sends so many."""
        self.stop()
        self._path = (start, end)
        size = self.u(20)
        with self.canvas:
            Color(*theme.MONEY)
            texture = disc(max(1, size // 2))
            self._dots = [Rectangle(texture=texture, size=(size, size)) for _ in range(min(shares, MOST_DOTS))]
        self.gone = 0.0
        self._draw()
        self._way = Animation(gone=1.0, duration=FALLS, t="in_out_quad")
        self._way.bind(on_complete=lambda *_: self.stop())
        self._way.start(self)

    def stop(self) -> None:
        """Nothing is on its way."""
        way, self._way = self._way, None
        if way is not None:
            way.cancel(self)
        self.canvas.clear()
        self._dots = []

    def _draw(self, *_: Any) -> None:
        (left, low), (right, high) = self._path
        for place, dot in enumerate(self._dots):
            # One after another, and all there at the end.
            late = place / max(1, len(self._dots)) * 0.5
            part = min(1.0, max(0.0, (self.gone - late) / 0.5))
            dot.pos = (left + (right - left) * part - dot.size[0] / 2, low + (high - low) * part - dot.size[1] / 2)


class CountingScreen(Errand[CountingFace]):
    """The jar with what is left, the projects as cards; below where the rest goes, and the next step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cards = Crowd[CountedCard](self, CountedCard)
        self._shown: CountingFace | None = None

    def under_title(self, face: CountingFace) -> str:
        """The sum, the ballots, each one's share."""
        return face.head

    def draw(self, face: CountingFace, box: Box) -> None:
        """Draws this step."""
        ids, rest = self.ids, self._foot(face, box)
        ids.glass.told = not self.tall
        ids.sum.show(self.tall)
        ids.under.show(self.tall)
        if self.tall:
            needed = self.u(NARROW) * ROWS + self.u(8) * (ROWS - 1) + self.u(20)
            glass, rest = rest.cut_top(min(self.u(188), max(self.u(112), rest.h - needed)), self.u(20))
            glass, words = glass.cut_left(min(self.u(152), glass.h * 0.86), self.u(24))
            self._beside_the_jar(face, words)
        else:
            glass, rest = rest.cut_left(self.u(160), self.u(24))
        ids.glass.say(face.glass, glass)
        self._cards(face, rest)
        if self._shown is None or self._shown.projects != face.projects:
            self._flow(face)
        self._shown = face

    def _beside_the_jar(self, face: CountingFace, box: Box) -> None:
        """Where the screen stands: what is left, and where the rest goes."""
        ids = self.ids
        foot, under = ids.foot.high(face.foot, box.w), ids.under.high(face.glass.under, box.w)
        figures = ids.sum.fitted(face.glass.sum, (box.w, box.h - foot - under)).height
        box = box.middle(box.w, figures + under + foot)
        for name, text, high in (
            ("sum", face.glass.sum, figures),
            ("under", face.glass.under, under),
            ("foot", face.foot, foot),
        ):
            place, box = box.cut_top(high)
            ids[name].say(text, place)

    def _foot(self, face: CountingFace, box: Box) -> Box:
        """Where the rest goes at the left, what can be touched at the right; gives what is left."""
        ids, gap, by_button = self.ids, self.u(theme.GAP), turns_by_button(face.choices)
        if self.tall:
            rest: Box = ids.ways.cut(face.choices, box, self.choose)
            line, below = rest.cut_bottom(self.u(32 if by_button else theme.TOUCH), self.u(8) if by_button else gap)
            ids.turner.along(face.page, line, self.choose, by_button=by_button)
            return below if face.page[1] > 1 else rest
        line, rest = box.cut_bottom(self.u(theme.TOUCH), gap)
        count = len(face.choices)
        mine, words = line.cut_right(self.u(176) * count + gap * max(0, count - 1), self.u(24) if count else 0)
        ids.ways.cut(face.choices, mine, self.choose)
        words = ids.turner.along(face.page, words, self.choose, by_button=by_button)
        if ids.foot.fitted(face.foot, (words.w, words.h)).cut:
            words, rest = rest.cut_bottom(ids.foot.high(face.foot, rest.w), self.u(8))
        ids.foot.say(face.foot, words)
        return rest

    def _cards(self, face: CountingFace, box: Box) -> None:
        gap = self.u(8)
        rows = max(len(face.projects), ROWS if face.page[1] > 1 or self.tall else 3)
        high = min(self.u(112 if self.tall else 96), (box.h - gap * (rows - 1)) / rows)
        cards = self.cards.keep(len(face.projects))
        pairs = list(zip(cards, face.projects, strict=True))
        wide = max(self.u(96), *(card.verdict_wide(project) for card, project in pairs), 0)
        needs = [card.needs(project, box.w, wide) for card, project in pairs]
        for (card, project), place in zip(pairs, box.piled(needs, high, gap), strict=True):
            card.say(project, place, wide)

    def _flow(self, face: CountingFace) -> None:
        """The shares of what is bought in this step flow to it."""
        self.ids.flow.stop()
        for card, project in zip(self.cards, face.projects, strict=True):
            if project.standing == "buying" and project.shares:
                bar = card.ids.bar
                self.ids.flow.put(self.box)
                self.ids.flow.go(project.shares, self.ids.glass.surface, (bar.x + bar.width / 2, bar.center_y))


load(__file__)
