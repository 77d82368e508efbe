# mypy: disallow-subclassing-any=False
"""The stage: one face at a time, and the touches that are meant.

The same face again draws nothing; another of the same kind changes what differs. A screen that has only just
appeared takes no touch, because the finger was meant for the one before.
"""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from kivy.graphics import PopMatrix, PushMatrix, Scale, Translate
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
    MoneyFace,
    NoticeFace,
    OutcomeFace,
    PlainFace,
    ProposalFace,
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
from kiosk.screens.ask import AskScreen
from kiosk.screens.ballot import BallotScreen
from kiosk.screens.board import BoardScreen
from kiosk.screens.booked import BookedScreen
from kiosk.screens.boxes import Box
from kiosk.screens.closing import ClosingScreen
from kiosk.screens.counting import CountingScreen
from kiosk.screens.dark import Dark
from kiosk.screens.dark_hours import AWAKE, Night, minute_of, shift
from kiosk.screens.dial import DialScreen
from kiosk.screens.duties import DutiesScreen
from kiosk.screens.emptied import EmptiedScreen
from kiosk.screens.entries import ListScreen
from kiosk.screens.entry import EntryScreen
from kiosk.screens.frozen import FrozenScreen
from kiosk.screens.gather import GatherScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.jar_page import JarScreen
from kiosk.screens.keyboard import TypeScreen
from kiosk.screens.money import MoneyScreen
from kiosk.screens.notice import NoticeScreen
from kiosk.screens.outcome import OutcomeScreen
from kiosk.screens.pieces import Patch
from kiosk.screens.plain import PlainScreen
from kiosk.screens.proposal import ProposalScreen
from kiosk.screens.routines import RoutineScreen
from kiosk.screens.rows import RowsScreen
from kiosk.screens.said import Sheet
from kiosk.screens.screen import Screen
from kiosk.screens.seal import SealScreen
from kiosk.screens.shelf import ShelfScreen
from kiosk.screens.speak import SpeakScreen
from kiosk.screens.tap import TapScreen
from kiosk.screens.tiles import TilesScreen
from kiosk.screens.trouble import TroubleScreen
from kiosk.screens.tryout import TryoutScreen
from kiosk.screens.vote import VoteScreen
from kiosk.screens.wall import WallScreen
from kiosk.screens.welcome import WelcomeScreen
from kiosk.tongue import phrase
from kiosk.traces import trace
from kiosk.views.appearing import what_it_is

__all__ = ["SCREENS", "SETTLES", "Stage", "said_of", "what_it_is"]

LOG = logging.getLogger(__name__)

SETTLES = 0.3
"""Seconds after a screen has appeared in which touches are not yet meant for it."""

RETRIES = 10.0
"""Seconds in which a kind of page that failed is not tried again."""

SCREENS: Mapping[type, Callable[..., Screen[Any]]] = {
    WallFace: WallScreen,
    WelcomeFace: WelcomeScreen,
    HomeFace: HomeScreen,
    TilesFace: TilesScreen,
    DialFace: DialScreen,
    TapFace: TapScreen,
    BookedFace: BookedScreen,
    ListFace: ListScreen,
    EntryFace: EntryScreen,
    BoardFace: BoardScreen,
    NoticeFace: NoticeScreen,
    DutiesFace: DutiesScreen,
    TypeFace: TypeScreen,
    TroubleFace: TroubleScreen,
    PlainFace: PlainScreen,
    # the jar
    JarFace: JarScreen,
    MoneyFace: MoneyScreen,
    ProposalFace: ProposalScreen,
    FrozenFace: FrozenScreen,
    CountingFace: CountingScreen,
    EmptiedFace: EmptiedScreen,
    ShelfFace: ShelfScreen,
    SealFace: SealScreen,
    GatherFace: GatherScreen,
    SpeakFace: SpeakScreen,
    RowsFace: RowsScreen,
    AskFace: AskScreen,
    VoteFace: VoteScreen,
    OutcomeFace: OutcomeScreen,
    ClosingFace: ClosingScreen,
    BallotFace: BallotScreen,
    TryoutFace: TryoutScreen,
    RoutineFace: RoutineScreen,
}
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
        self._appeared = -SETTLES
        self._scale = 0.0
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
            self._exchange(kind(self._say, scale))
            self._scale = scale
        assert self.screen is not None
        self.screen.mirrored = self.mirrored
        self._paper.fill = theme.INK if self.screen.black else theme.PAPER
        self.screen.show_face(face, self.box)
        if isinstance(face, WallFace) and self._shift is not None:
            across, up = shift(minute_of(face.time))
            self._shift.xy = (round(across * scale), round(up * scale))
        self._draw_said(said_of(face), scale, band=not isinstance(face, WallFace) and bool(face.frame.alarms))

    def _exchange(self, screen: Screen[Any]) -> None:
        if self.screen is not None:
            self.remove_widget(self.screen)
        self.screen = screen
        self.add_widget(screen, index=1 if self._sheet is not None else 0)
        self._shift = _shiftable(screen) if isinstance(screen, WallScreen) else None

    def _draw_said(self, said: Said | None, scale: float, *, band: bool) -> None:
        if said is None or (self._sheet is not None and self._sheet.scale != scale):
            self._take_sheet_away()
        if said is None:
            return
        if self._sheet is None:
            self._sheet = Sheet(self._say)
            self._sheet.scale = scale
            self.add_widget(self._sheet)
        self._sheet.mirrored = self.mirrored
        self._sheet.draw(said, self.box, black=self.screen is not None and self.screen.black, band=band)

    def _take_sheet_away(self) -> None:
        if self._sheet is not None:
            self.remove_widget(self._sheet)
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
    return isinstance(face, WallFace) and face.said is None


def _shiftable(screen: Screen[Any]) -> Any:
    """Lets all that a screen draws be shifted by a few dots, without being set anew."""
    with screen.canvas.before:
        PushMatrix()
        moved = Translate(0, 0)
    with screen.canvas.after:
        PopMatrix()
    return moved


def said_of(face: Face) -> Said | None:
    """What lies over it."""
    return face.said if isinstance(face, WallFace) else face.frame.said
