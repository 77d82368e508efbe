"""Write a few words: the keyboard on the screen, and a real one if there is one."""

from collections import deque
from collections.abc import Callable
from typing import Any, Literal

from kiosk import tongue
from kiosk.faces import Choice, Touch, TypeFace
from kiosk.screens import keys, theme, typeset, wording
from kiosk.screens.boxes import Box
from kiosk.screens.keys import Key, Page
from kiosk.screens.pieces import Crowd
from kiosk.screens.screen import Errand, load
from kiosk.screens.touchables import Touchable
from kiosk.tongue import unfilled

FEW_LEFT = 15
"""Characters left from which their number is shown."""

GAP = 8
"""Units between keys; narrower than elsewhere, so that ten of them are wide enough."""

FIELD = 50
"""Units that the field and what ends the writing are high at least: a finger finds them. Below a head of many lines
the keys give up a little of their height for it."""


def home() -> Page:
    """The keys of the language spoken just now."""
    return "arabic" if tongue.right_to_left() else "letters"


class KeyCap(Touchable):
    """A key."""

    does = ""

    def say(self, key: Key, letter: str, held: bool, box: Box, touched: Callable[[], None]) -> None:
        """Draws it. letter: what stands on it now. held: shift is on."""
        self.does = key.does
        self.touched = touched
        self.look = "strong" if held else "quiet" if len(key.does) > 1 else "plain"
        self.put(box)
        pictured = key.does in (keys.SHIFT, keys.RUBOUT)
        self.ids.letter.ink = self.ids.picture.ink = self.now.ink
        size = self.u(32)
        self.ids.picture.say(key.shown if pictured else "", box.middle(size, size))
        self.ids.letter.say("" if pictured else letter, box)


class TypeScreen(Errand[TypeFace]):
    """A field, and the keys. What is typed is said whole, each time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around.ids.title.steps = [30, 24, 20]
        self.around.ids.title.lines = [1, 1, 2]
        self.caps = Crowd[KeyCap](self, KeyCap)
        self.page: Page = "letters"
        self.shift = False
        self.text = ""
        self._said: deque[str] = deque(maxlen=64)
        self._label: str | None = None
        self._heard: TypeFace | None = None

    def under_title(self, face: TypeFace) -> str:
        """What is being written; how many characters are left, when they are few."""
        left = face.longest - len(face.text)
        return f"{face.label} · {wording.left(left)}" if left <= FEW_LEFT else face.label

    def draw(self, face: TypeFace, box: Box) -> None:
        """Draws the field and the keys."""
        if face is not self._heard:
            self._heard = face
            self._hear(face)
        more = self.u(theme.GAP + 2)
        box = box._replace(y=box.y - more, h=box.h + more)
        rows = keys.layout(self.page, self.tall, home())
        gaps = (len(rows) - 1) * self.u(GAP)
        room = box.h - self.u(theme.GAP) - self.u(FIELD) - gaps
        high = min(self.u(72 if self.tall else theme.TOUCH), room // len(rows))
        board, rest = box.cut_bottom(len(rows) * high + gaps, self.u(theme.GAP))
        self._keys(rows, board)
        self._field(face, rest)

    def _hear(self, face: TypeFace) -> None:
        """Takes over the face's text, unless it is one we said ourselves a moment ago and have typed on since."""
        if face.label != self._label:
            self._label, self.page, self.shift = face.label, home(), face.faint[:1].isupper() and not face.text
            self._said.clear()
        if face.text in self._said:
            while self._said.popleft() != face.text:
                pass
            return
        self._said.clear()
        self.text = face.text

    def _field(self, face: TypeFace, box: Box) -> None:
        ids, gap = self.ids, self.u(theme.GAP)
        if self.tall:
            line, _ = box.cut_top(min(box.h, self.u(280)))
            done, field = line.cut_bottom(self.u(72), gap)
        else:
            done, field = box.cut_right(max(self.u(144), ids.done.needs(unfilled(face.done))), gap)
        tone: Literal["strong", "plain"] = "strong" if face.ready else "plain"
        ids.done.say(Choice("typed", unfilled(face.done), "check", able=face.ready, tone=tone), done, self.choose)
        ids.field.put(field)
        inner = field.inset(self.u(16), self.u(2))
        ids.text.lines = [1, 2, 4, 8] if self.tall else [1, 1, 2, 8]
        ids.text.along = "top" if self.tall else "middle"
        inner = inner.inset(0, self.u(12)) if self.tall else inner
        ids.text.ink = theme.INK if self.text else theme.SOFT
        ids.text.say(self._as_much_as_fits(inner) if self.text else face.faint, inner)
        self._caret(inner)

    def _as_much_as_fits(self, inner: Box) -> str:
        """The text; where it is too long for the field its end, because that is where one writes."""
        words = self.text
        while self.ids.text.fitted(words, (inner.w, inner.h)).cut and " " in words.lstrip("… "):
            words = "… " + words.lstrip("… ").split(" ", 1)[1]
        return words

    def _caret(self, inner: Box) -> None:
        """A bar where the next letter comes: it stands still."""
        setting, wide = self.ids.text.setting, self.u(3)
        if setting is None or not self.text:
            high = setting.line_height if setting else self.u(40)
            top = inner.top if self.tall else inner.middle(0, high).top
            self.ids.caret.put(Box(inner.x - self.u(6), top - high, wide, high))
            return
        blanks = len(self.text) - len(self.text.rstrip(" "))
        space = blanks * typeset.extent("a a", setting.font, setting.size)[0] // 5
        x = typeset.extent(setting.lines[-1], setting.font, setting.size)[0] + space
        if typeset.runs_back(self.text, leftward=tongue.right_to_left()):
            x = -space - self.u(4)  # what is written the other way ends where the screen's own writing begins
        top = inner.top if self.tall else inner.middle(0, setting.height).top
        y = top - setting.height
        self.ids.caret.put(Box(min(inner.right, inner.x + x + self.u(2)), y, wide, setting.line_height))

    def _keys(self, rows: list[list[Key]], board: Box) -> None:
        self.caps.keep(sum(len(row) for row in rows))
        caps, gap = iter(self.caps), self.u(GAP)
        widest = max(sum(key.wide for key in row) for row in rows)
        one = (board.w + gap) / widest
        for row, line in zip(rows, board.rows(len(rows), gap), strict=True):
            x = line.x + (line.w + gap - one * sum(key.wide for key in row)) / 2
            for key in row:
                cell = Box(x, line.y, one * key.wide - gap, line.h)
                self._key(next(caps), key, self.kept([cell], board)[0])
                x += one * key.wide

    def _key(self, cap: KeyCap, key: Key, box: Box) -> None:
        letter = self._upper(key.shown) if len(key.does) == 1 else key.shown
        cap.say(key, letter, key.does == keys.SHIFT and self.shift, box, lambda: self._touched(key))
        cap.says = Touch("type", self.text + key.does) if len(key.does) == 1 else None

    def _upper(self, letter: str) -> str:
        return letter.upper() if self.shift and letter != "ß" else letter

    def _touched(self, key: Key) -> None:
        if key.does == keys.SHIFT:
            self.shift = not self.shift
        elif key.does == keys.RUBOUT:
            self._write(self.text[:-1])
        elif len(key.does) == 1:
            self._write(self.text + self._upper(key.does))
            self.shift = False
        if len(key.does) > 1 and key.does != keys.RUBOUT:
            self.say(Touch("stay"))
        self.page = keys.after(self.page, key.does, home())
        self._again()

    def _write(self, text: str) -> None:
        """Says the text as it now stands; longer than allowed it is not taken."""
        face = self.face
        if face is None or len(text) > face.longest or text == self.text:
            return
        self.text = text
        self._said.append(text)
        self.say(Touch("type", text))

    def _again(self) -> None:
        if self.face is not None:
            self.show_face(self.face, self.box)

    def key(self, name: str) -> bool:
        """A key of a real keyboard that is no letter."""
        if name == "backspace":
            self._write(self.text[:-1])
        elif name == "enter":
            if self.face is not None and self.face.ready:
                self.choose("typed")
        else:
            return False
        self._again()
        return True

    def typed(self, text: str) -> None:
        """Letters from a real keyboard."""
        self._write(self.text + text)
        self._again()


load(__file__)
