# mypy: disallow-subclassing-any=False
"""The stage: one face at a time, and the touches that are meant.

The same face again draws nothing; another of the same kind changes what differs. A screen that has only just
appeared takes no touch, because the finger was meant for the one before.
"""

import importlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kivy.clock import Clock
from kivy.graphics import PopMatrix, PushMatrix, Scale
from kivy.uix.widget import Widget
from msgspec.structs import replace

from kiosk import tongue
from kiosk.faces import (
    AskFace,
    BallotFace,
    BoardFace,
    BookedFace,
    ClosingFace,
    CountingFace,
    DialFace,
    DutiesFace,
    EmptiedFace,
    EntryFace,
    Face,
    Frame,
    FrozenFace,
    GatherFace,
    HomeFace,
    JarFace,
    ListFace,
    Marked,
    MoneyFace,
    NoticeFace,
    OutcomeFace,
    PlainFace,
    PotluckFace,
    ProposalFace,
    ReportFace,
    RoutineFace,
    RowsFace,
    Said,
    SealFace,
    ShelfFace,
    SpeakFace,
    TapFace,
    TilesFace,
    Touch,
    TroubleFace,
    TryoutFace,
    TypeFace,
    VoteFace,
    WallFace,
    WelcomeFace,
)
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.dark import Dark
from kiosk.screens.dark_hours import AWAKE, Night, minute_of, shift
from kiosk.screens.mark import Mark
from kiosk.screens.pieces import Patch, wipe
from kiosk.screens.room import has_room, note_sizes, words_in
from kiosk.screens.said import Sheet
from kiosk.screens.screen import Screen
from kiosk.screens.touchables import Touchable
from kiosk.screens.wall import WallScreen
from kiosk.tongue import phrase
from kiosk.traces import trace
from kiosk.views.appearing import what_it_is
from kiosk.views.ways import marked_on

__all__ = ["SCREENS", "SETTLES", "Stage", "said_of", "what_it_is"]

LOG = logging.getLogger(__name__)

SETTLES = 0.3
"""Seconds after a screen has appeared in which touches are not yet meant for it."""

GROWS: Mapping[int, tuple[tuple[int, bool], ...]] = {
    0: (),
    1: ((1, True), (1, False)),
    2: ((2, True), (1, True), (2, False), (1, False)),
}
"""What is tried where larger type is wished: by how many steps, and whether the softer words grow as well."""

RETRIES = 10.0
"""Seconds in which a kind of page that failed is not tried again."""

OFTEN = (WallFace, HomeFace, TilesFace, TapFace, DialFace, BookedFace)
"""The way of a swap. Its screens are put away and shown again; every other one, as where somebody writes or votes,
is made anew and forgotten."""

_PLACES: Mapping[type, str] = {
    WallFace: "wall.WallScreen",
    WelcomeFace: "welcome.WelcomeScreen",
    HomeFace: "home.HomeScreen",
    TilesFace: "tiles.TilesScreen",
    DialFace: "dial.DialScreen",
    TapFace: "tap.TapScreen",
    BookedFace: "booked.BookedScreen",
    ListFace: "entries.ListScreen",
    EntryFace: "entry.EntryScreen",
    BoardFace: "board.BoardScreen",
    NoticeFace: "notice.NoticeScreen",
    DutiesFace: "duties.DutiesScreen",
    TypeFace: "keyboard.TypeScreen",
    TroubleFace: "trouble.TroubleScreen",
    PlainFace: "plain.PlainScreen",
    # the jar
    JarFace: "jar_page.JarScreen",
    MoneyFace: "money.MoneyScreen",
    ProposalFace: "proposal.ProposalScreen",
    FrozenFace: "frozen.FrozenScreen",
    CountingFace: "counting.CountingScreen",
    EmptiedFace: "emptied.EmptiedScreen",
    ShelfFace: "shelf.ShelfScreen",
    SealFace: "seal.SealScreen",
    ReportFace: "report_page.ReportScreen",
    GatherFace: "gather.GatherScreen",
    SpeakFace: "speak.SpeakScreen",
    RowsFace: "rows.RowsScreen",
    AskFace: "ask.AskScreen",
    VoteFace: "vote.VoteScreen",
    OutcomeFace: "outcome.OutcomeScreen",
    ClosingFace: "closing.ClosingScreen",
    BallotFace: "ballot.BallotScreen",
    TryoutFace: "tryout.TryoutScreen",
    RoutineFace: "routines.RoutineScreen",
    PotluckFace: "potluck.PotluckScreen",
}
"""Where the screen of each face is."""


class _Screens(Mapping[type, type[Screen[Any]]]):
    """Loads a screen when it is first asked for: with all of them at once the kiosk would be there later."""

    def __getitem__(self, face: type) -> type[Screen[Any]]:
        module, name = _PLACES[face].split(".")
        found: type[Screen[Any]] = getattr(importlib.import_module(f".{module}", __package__), name)
        return found

    def __iter__(self) -> Iterator[type]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


SCREENS: Mapping[type, type[Screen[Any]]] = _Screens()
"""The table of contents: which screen shows which face."""


class Stage(Widget):
    """The root of what people see. Fill it with `show`; what is touched comes out of `on_touch`.

    on_touch: called on Kivy's thread with each Touch. clock: seconds that only grow. screens: which screen shows
    which face. failing: called with the kinds of pages that can't be shown, by name, whenever that changes.
    night: when the screen is dark while nobody is there. dim: called with True when it gets dark, and with False
    when it is lit again.

    A page that can't be drawn, or stumbles over a touch, is left for a plainer one with a way home.
    """

    def __init__(
        self,
        on_touch: Callable[[Touch], None],
        clock: Callable[[], float] = time.monotonic,
        screens: Mapping[type, Callable[..., Screen[Any]]] = SCREENS,
        failing: Callable[[tuple[str, ...]], None] = lambda _: None,
        night: Night | None = None,
        dim: Callable[[bool], None] = lambda _: None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._night, self._dim = night, dim
        self._dark: Dark | None = None
        self._lit_until = 0.0
        self._shift: Any = None
        self._out, self._clock = on_touch, clock
        self._screens, self._tell_failing = screens, failing
        self._failed: dict[type, float] = {}
        self._told_failing: tuple[str, ...] = ()
        self.face: Face | None = None
        self.screen: Screen[Any] | None = None
        self._sheet: Sheet | None = None
        self._mark: Mark | None = None
        self._appeared = -SETTLES
        self._scale = 0.0
        self._put_away: dict[Callable[..., Screen[Any]], Screen[Any]] = {}
        self._to_get_ready = [*OFTEN, *(face for face in screens if face not in OFTEN)]
        self.mirrored = False
        with self.canvas.before:
            PushMatrix()
            self._mirror = Scale(1, 1, 1)
        with self.canvas.after:
            PopMatrix()
        self._paper = Patch(fill=theme.PAPER)
        self.add_widget(self._paper)
        self.bind(pos=self._resized, size=self._resized)

    def show(self, face: Face) -> None:
        """Show a face. Kivy's thread only."""
        if face == self.face:
            return
        if self.face is None or what_it_is(face) != what_it_is(self.face):
            self._appeared = self._clock()
        if self.face is not None and not _may_be_dark(self.face):
            self._lit_until = self._clock() + AWAKE
        self.face = face
        self._try_to_draw(face)
        self._see_to_the_light(face)

    def _see_to_the_light(self, face: Face) -> None:
        """Dark at night while nobody is there; whatever else is shown is lit, and stays so for a while after."""
        night = self._night is not None and isinstance(face, WallFace) and self._night.holds(minute_of(face.time))
        if not night or not _may_be_dark(face) or self._clock() < self._lit_until:
            self.wake()
            return
        assert isinstance(face, WallFace)
        if self._dark is None:
            self._dark = Dark()
            self._dark.mirrored = self.mirrored
            self.add_widget(self._dark)
            self._dim(True)
        self._dark.scale = self._scale
        self._dark.say(face.time, face.alarms, self.box)

    def wake(self) -> None:
        """Light again, if it was dark."""
        if self._dark is not None:
            self.remove_widget(self._dark)
            self._dark = None
            self._dim(False)

    @property
    def is_dark(self) -> bool:
        """Whether the screen is dark because it is night and nobody is there."""
        return self._dark is not None

    def _wakes(self) -> bool:
        """A finger or a key that comes down in the dark lights the screen, and means nothing else."""
        if self._dark is None:
            return False
        self._lit_until = self._clock() + AWAKE
        self._appeared = self._clock()
        self.wake()
        return True

    def fail(self, error: Exception) -> None:
        """What is shown has stumbled: leave it for a plainer page. Raises where that was the plainest already."""
        face = self.face
        if face is None or (self.screen is not None and type(self.screen) is self._screens[PlainFace]):
            raise error
        LOG.error("the page for a %s failed: %s", type(face).__name__, trace(error))
        self._failed[type(face)] = self._clock()
        self._begin_anew()
        self._draw(plainer(face))
        self._tell_what_fails()

    def _try_to_draw(self, face: Face) -> None:
        """Draw it, or where its kind has just failed, a plainer page in its place."""
        kind = type(face)
        if self._clock() - self._failed.get(kind, -RETRIES) < RETRIES:
            self._draw(plainer(face))
            return
        try:
            self._draw(face)
        except Exception as error:
            self.fail(error)
            return
        if self._failed.pop(kind, None) is not None:
            self._tell_what_fails()

    def _begin_anew(self) -> None:
        """Nothing of a page that failed is drawn on."""
        if self.screen is not None:
            self.remove_widget(self.screen)
        self.screen = None
        self._put_away.clear()
        self._draw_mark(None, 0)
        self._take_sheet_away()

    def _tell_what_fails(self) -> None:
        now = tuple(sorted(kind.__name__ for kind in self._failed))
        if now != self._told_failing:
            self._told_failing = now
            self._tell_failing(now)

    @property
    def box(self) -> Box:
        """Where the stage is."""
        return Box(self.x, self.y, self.width, self.height)

    def _draw(self, face: Face) -> None:
        scale = theme.screen(self.width, self.height).scale
        self._speak(language_of(face))
        kind = self._screens[type(face)]
        if self.screen is None or type(self.screen) is not kind or scale != self._scale:
            self._exchange(self._screen(kind, scale), often=type(face) in OFTEN)
        assert self.screen is not None
        self.screen.mirrored = self.mirrored
        self._paper.fill = theme.INK if self.screen.black else theme.PAPER
        self._as_large_as_fits(face, self.screen)
        if isinstance(face, WallFace) and self._shift is not None:
            across, up = shift(minute_of(face.time))
            self._shift.xy = (round(across * scale), round(up * scale))
        self._draw_mark(marked_on(face), scale)
        self._draw_said(said_of(face), scale, band=not isinstance(face, WallFace) and bool(face.frame.alarms))

    def _screen(self, kind: Callable[..., Screen[Any]], scale: float) -> Screen[Any]:
        """One that was put away, or a new one."""
        if scale != self._scale:
            self._put_away.clear()
            self._scale = scale
        return self._put_away.get(kind) or kind(self._say, scale)

    def get_ready(self) -> bool:
        """Make one of the screens that will soon be wanted, or load another one; False when all are there."""
        if not self._to_get_ready:
            return False
        face = self._to_get_ready.pop(0)
        kind = self._screens[face]
        if face in OFTEN and self._scale:
            self._put_away[kind] = self._screen(kind, self._scale)
        return True

    def _as_large_as_fits(self, face: Face, screen: Screen[Any]) -> None:
        """Larger where that is wished and nothing would be cut off by it; else the next best.

        It is drawn as usual first: nothing is smaller than that, and all grows by as many steps.
        """
        for larger, soft_too in ((0, True), *GROWS[size_of(face)]):
            screen.larger = larger
            for each in words_in(screen):
                each.larger = larger if soft_too or each.weight != "regular" else 0
            screen.show_face(face, self.box)
            if larger and has_room(screen, self.box):
                return
            if not larger and size_of(face):
                note_sizes(screen)
        if size_of(face):
            screen.larger = 0
            screen.show_face(face, self.box)

    def _exchange(self, screen: Screen[Any], *, often: bool) -> None:
        gone = self.screen
        if gone is not None:
            self.remove_widget(gone)
            _let_go(gone)
            if gone not in self._put_away.values():
                # After the frame that is waited for.
                Clock.schedule_once(lambda _: wipe(gone), 0)
        self.screen = screen
        if often:
            self._put_away[type(screen)] = screen
        self.add_widget(screen, index=(self._sheet is not None) + (self._mark is not None))
        self._shift = screen.shift if isinstance(screen, WallScreen) else None

    def _draw_mark(self, marked: Marked | None, scale: float) -> None:
        """What the buttons have marked, between the screen and what is said over it."""
        if self._mark is not None and (marked is None or self._mark.scale != scale):
            self.remove_widget(self._mark)
            self._mark = None
        if marked is None:
            return
        if self._mark is None:
            self._mark = Mark()
            self._mark.scale = scale
            self.add_widget(self._mark, index=1 if self._sheet is not None else 0)
        self._mark.mirrored, self._mark.larger = self.mirrored, self.screen.larger if self.screen else 0
        self._mark.draw(marked, self.screen, self.box)

    def _draw_said(self, said: Said | None, scale: float, *, band: bool) -> None:
        if said is None or (self._sheet is not None and self._sheet.scale != scale):
            self._take_sheet_away()
        if said is None:
            return
        if self._sheet is None:
            self._sheet = Sheet(self._say)
            self._sheet.scale = scale
            self.add_widget(self._sheet)
        self._sheet.mirrored, self._sheet.larger = self.mirrored, self.screen.larger if self.screen else 0
        self._sheet.draw(said, self.box, black=self.screen is not None and self.screen.black, band=band)

    def _take_sheet_away(self) -> None:
        if self._sheet is not None:
            self.remove_widget(self._sheet)
            wipe(self._sheet)
            self._sheet = None

    def _speak(self, language: str) -> None:
        """The face's language is spoken on Kivy's thread; one written from the right mirrors all that is drawn."""
        tongue.speak(language)
        self.mirrored = tongue.right_to_left()
        self._mirror.x = -1 if self.mirrored else 1
        self._mirror.origin = (self.center_x, 0)

    def to_local(self, x: float, y: float, relative: bool = False) -> tuple[float, float]:
        """Kivy asks where on the drawing a place on the stage is; the way back is the same."""
        del relative
        return (2 * self.center_x - x if self.mirrored else x, y)

    def to_parent(self, x: float, y: float, relative: bool = False) -> tuple[float, float]:
        """Kivy asks where on the stage a place on the drawing is."""
        return self.to_local(x, y, relative)

    def _resized(self, *_: Any) -> None:
        self._paper.put(self.box)
        if self.face is not None:
            self._try_to_draw(self.face)
            self._see_to_the_light(self.face)

    def _say(self, touch: Touch) -> None:
        self._out(touch)

    # --- what people do -----------------------------------------------------------------------------------

    def on_touch_down(self, touch: Any) -> bool:
        """Kivy says a finger came down."""
        if not self.collide_point(*touch.pos):
            return False
        if self._wakes() or self._clock() - self._appeared < SETTLES:
            return True
        touch.push()
        touch.apply_transform_2d(self.to_local)
        taken = self._guarded(lambda: super(Stage, self).on_touch_down(touch))
        touch.pop()
        if taken:
            return True
        if self.face is not None and not isinstance(self.face, WallFace):
            self._say(Touch("stay"))
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """Kivy says a finger moves."""
        return self._guarded(lambda: super(Stage, self).on_touch_move(touch))

    def on_touch_up(self, touch: Any) -> bool:
        """Kivy says a finger is lifted."""
        return self._guarded(lambda: super(Stage, self).on_touch_up(touch))

    def _guarded(self, do: Callable[[], Any]) -> bool:
        """What a page does with a finger or a key; one that stumbles over it is left for a plainer one."""
        try:
            return bool(do())
        except Exception as error:
            self.fail(error)
            return True

    def key(self, name: str) -> bool:
        """A key of a real keyboard: "enter", "backspace", "escape"; True when it meant something."""
        if self._wakes():
            return True
        if name == "escape" and self.face is not None and not isinstance(self.face, WallFace):
            self._say(Touch("back" if self.face.frame.back else "home"))
            return True
        screen = self.screen
        return screen is not None and self._guarded(lambda: screen.key(name))

    def typed(self, text: str) -> None:
        """Letters from a real keyboard."""
        screen = self.screen
        if not self._wakes() and screen is not None:
            self._guarded(lambda: screen.typed(text))


def plainer(face: Face) -> PlainFace:
    """A page in place of one that can’t be shown: the wall with time and alarms, any other with a way home."""
    with tongue.speaking(language_of(face)):
        return _plainer(face)


def language_of(face: Face) -> str:
    """What its words are in."""
    return face.language if isinstance(face, WallFace) else face.frame.language


def size_of(face: Face) -> int:
    """By how many steps its type is larger."""
    return face.size if isinstance(face, WallFace) else face.frame.size


def _plainer(face: Face) -> PlainFace:
    if isinstance(face, WallFace):
        return PlainFace(
            frame=Frame(title=face.shop, back=False, leave=False, said=face.said, alarms=face.alarms),
            words=f"{face.time} · {face.tap}",
            sentences=(
                phrase("The wall can’t be drawn just now. Tapping works, and nothing that was booked is lost."),
            ),
            choices=face.choices,
        )
    return PlainFace(
        frame=replace(face.frame, dots=(0, 0), next="", back=False, leave=True, title=""),
        words=phrase("Something went wrong here"),
        sentences=(
            phrase("This page can’t be shown. Nothing that was booked is lost, and everything else works."),
        ),
    )


def _may_be_dark(face: Face) -> bool:
    """Whether nobody is there: the wall, and nothing is said over it."""
    return isinstance(face, WallFace) and face.said is None and face.marked is None


def _let_go(screen: Screen[Any]) -> None:
    """A finger that came down on a screen that goes means nothing when the screen comes back."""
    for each in screen.walk(restrict=True):
        if isinstance(each, Touchable) and each.pressed:
            each.let_go()


def said_of(face: Face) -> Said | None:
    """What lies over it."""
    return face.said if isinstance(face, WallFace) else face.frame.said
