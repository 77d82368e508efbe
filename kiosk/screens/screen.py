"""What all screens share: they are shown a face, and say touches. Those of an errand have a frame around them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

from kivy.lang import Builder
from msgspec.structs import replace

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
    FrozenFace,
    GatherFace,
    HomeFace,
    JarFace,
    ListFace,
    MoneyFace,
    NoticeFace,
    OutcomeFace,
    PlainFace,
    PotluckFace,
    ProposalFace,
    ReportFace,
    RoutineFace,
    RowsFace,
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
    WelcomeFace,
)
from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.frame import Around
from kiosk.screens.pieces import Piece

F = TypeVar("F", bound=Face)
Framed = TypeVar(
    "Framed",
    WelcomeFace,
    HomeFace,
    TilesFace,
    DialFace,
    TapFace,
    BookedFace,
    ListFace,
    EntryFace,
    BoardFace,
    NoticeFace,
    DutiesFace,
    TypeFace,
    TroubleFace,
    TryoutFace,
    PlainFace,
    JarFace,
    MoneyFace,
    ProposalFace,
    FrozenFace,
    CountingFace,
    EmptiedFace,
    ShelfFace,
    SealFace,
    ReportFace,
    GatherFace,
    SpeakFace,
    RowsFace,
    AskFace,
    VoteFace,
    OutcomeFace,
    ClosingFace,
    BallotFace,
    RoutineFace,
    PotluckFace,
)
Say = Callable[[Touch], None]


def load(module_file: str) -> None:
    """Reads the .kv that lies beside a screen's .py."""
    Builder.load_file(str(Path(module_file).with_suffix(".kv")))


class Screen(Piece, Generic[F]):
    """One screen. `show` draws a face; drawing the same kind again changes only what differs.

    A screen says what is touched through `say`. It places its parts itself, with boxes cut from its own.
    black: its paper is ink-black.
    """

    black = False

    def __init__(self, say: Say, scale: float, **kwargs: Any) -> None:
        self.say = say
        super().__init__(**kwargs)
        self.scale = scale
        self.face: F | None = None

    def choose(self, key: str) -> None:
        """Says that a Choice was touched."""
        self.say(Touch("choose", key))

    @property
    def tall(self) -> bool:
        """Standing upright."""
        return bool(self.height > self.width)

    def show_face(self, face: F, box: Box) -> None:
        """Draws the face into the box."""
        self.face = face
        self.put(box)
        self.draw(face, box.inset(self.u(theme.MARGIN)))

    def draw(self, face: F, box: Box) -> None:
        """Puts everything in its place; `box` is what lies within the margin."""
        raise NotImplementedError

    def key(self, name: str) -> bool:
        """A key of a real keyboard; True when it meant something here."""
        del name
        return False

    def typed(self, text: str) -> None:
        """Letters from a real keyboard."""


class Errand(Screen[Framed]):
    """A screen with a frame: title, steps, ways out, what comes next, the last seconds."""

    def __init__(self, say: Say, scale: float, **kwargs: Any) -> None:
        super().__init__(say, scale, **kwargs)
        self.around = Around(say)
        self.add_widget(self.around)

    def show_face(self, face: Framed, box: Box) -> None:
        """Draws the frame, and the face within it."""
        self.face = face
        self.put(box)
        leave = self.may_leave(face)
        frame = replace(face.frame, title=self.title(face))
        self.draw(face, self.around.draw(frame, box, self.under_title(face), leave=leave))

    def title(self, face: Framed) -> str:
        """The line at the top."""
        return face.frame.title

    def may_leave(self, face: Framed) -> bool:
        """Whether the frame shows a way out; not where the screen's own choices are the way out."""
        return face.frame.leave

    def under_title(self, face: Framed) -> str:
        """A line under the title; "" for none."""
        del face
        return ""


class Poster(Errand[Framed]):
    """An errand that has the whole screen but the ways out: it draws its title itself, or something larger."""

    def __init__(self, say: Say, scale: float, **kwargs: Any) -> None:
        super().__init__(say, scale, **kwargs)
        self.around.black = self.black

    def show_face(self, face: Framed, box: Box) -> None:
        """Draws the ways out, and the face in all the rest."""
        self.face = face
        self.put(box)
        frame = replace(face.frame, title="", dots=(0, 0))
        self.draw(face, self.around.draw(frame, box, leave=self.may_leave(face)))

    @property
    def head(self) -> Box:
        """What is free in the first line, beside the ways out."""
        return self.around.head

    def with_head(self, box: Box) -> Box:
        """The box and the first line above it, as far as no way out is in it."""
        head = self.head
        left, right = max(box.x, head.x), min(box.right, head.right)
        return Box(left, box.y, right - left, head.top - box.y)
