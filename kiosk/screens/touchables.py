"""What a finger can touch: a shape, and a Choice drawn on it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, OptionProperty, StringProperty

from kiosk.faces import Choice, Touch
from kiosk.screens import theme, typeset
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Crowd, Picture, Piece, Slab, Words
from kiosk.screens.theme import Colour


class Look(NamedTuple):
    """How a thing that can be touched is painted: its shape, its edge, its words, and the softer second line."""

    fill: Colour
    edge: Colour
    ink: Colour
    soft: Colour
    pressed: Colour


LOOKS: Mapping[str, Look] = {
    "plain": Look(theme.CARD, theme.LINE, theme.INK, theme.SOFT, theme.LINE),
    "quiet": Look(theme.PAPER, theme.LINE, theme.INK, theme.SOFT, theme.LINE),
    "strong": Look(theme.INK, theme.NOTHING, theme.CARD, theme.LINE, theme.SOFT),
    "hours": Look(theme.HOURS, theme.NOTHING, theme.CARD, theme.CARD, theme.INK),
    "unable": Look(theme.PAPER, theme.NOTHING, theme.SOFT, theme.SOFT, theme.PAPER),
    "black": Look(theme.INK, theme.ASH, theme.CARD, theme.ASH, theme.INK),
    "resting": Look(theme.INK, theme.SOFT, theme.ASH, theme.ASH, theme.INK),
}
"""By tone; "unable" is not to be touched now. On black paper nothing lights up under a finger, because nobody is to
see from the side what somebody presses. "resting": all three, while no press counts."""

SLIM, SMALL = 200, 22
"""Units of width below which a row has a smaller picture, and how large that is."""

BUTTONS = ("circle", "square", "triangle")
"""The pictures of the three buttons, whose order on the screen is that on the box in every language."""


class Touchable(Slab):
    """A shape that a finger can touch. `touched` is called when the finger leaves it while still on it.

    says: what that comes to, where it is known beforehand; by it the thing that the buttons have marked is found.
    """

    able = BooleanProperty(True)
    pressed = BooleanProperty(False)
    look = StringProperty("plain")
    black = BooleanProperty(False)
    resting = BooleanProperty(False)

    def __init__(self, touched: Callable[[], None] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.touched = touched
        self._finger: Any = None
        self.says: Touch | None = None
        self.bind(pressed=self._look, look=self._look, able=self._look, black=self._look, resting=self._look)
        self._look()

    def chooses(self, key: str, choose: Callable[[str], None]) -> None:
        """A touch says this key."""
        self.touched, self.says = (lambda: choose(key)), Touch("choose", key)

    @property
    def now(self) -> Look:
        """How it is painted just now."""
        if self.black:
            return LOOKS["resting" if self.resting else "black"]
        return LOOKS[self.look if self.able else "unable"]

    def _look(self, *_: Any) -> None:
        look = self.now
        self.fill, self.edge = look.pressed if self.pressed else look.fill, look.edge

    def on_touch_down(self, touch: Any) -> bool:
        """Kivy says a finger came down."""
        if not self.able or self.disabled or self.touched is None or not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        self._finger = touch
        self.pressed = True
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """Kivy says the finger moved; off the shape, it means nothing any more."""
        if touch.grab_current is self:
            self.pressed = self.collide_point(*touch.pos)
            return True
        return False

    def on_touch_up(self, touch: Any) -> bool:
        """Kivy says the finger left."""
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self._finger = None
        meant, self.pressed = self.pressed, False
        if meant and self.touched is not None and self.get_root_window() is not None:
            self.touched()
        return True

    def let_go(self) -> None:
        """The finger on it means nothing any more: its screen is put away, and may come back."""
        if self._finger is not None:
            self._finger.ungrab(self)
            self._finger = None
        self.pressed = False


class Tile(Touchable):
    """A Choice: picture, words, a softer hint. How they stand follows from its shape, unless `stand` says so.

    stand: "tall" picture above at the left, words below; "row" picture, then words; "stack" both in the middle,
    one above the other; "only" words alone in the middle, the picture beside them. bare: a row without its picture.
    most: pixels that its words are never larger than; 0 for any size.
    """

    stand = OptionProperty("auto", options=["auto", "tall", "row", "stack", "only"])
    steps = ListProperty([24, 20])
    picture = NumericProperty(32)
    bare = BooleanProperty(False)
    most = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choice: Choice | None = None
        self._picture, self._words, self._hint = Picture(), Words(weight="semibold"), Words(steps=[20])
        for piece in (self._picture, self._words, self._hint):
            self.add_widget(piece)
        self.bind(pressed=self._colours, black=self._colours, resting=self._colours)

    def say(self, choice: Choice, box: Box, say: Callable[[str], None]) -> None:
        """Draws the choice; a touch says its key."""
        self.choice = choice
        self.able, self.look = choice.able, choice.tone
        self.chooses(choice.key, say)
        self.put(box)
        self._colours()
        self._words.steps, self._words.most = self.steps, self.most
        draw = {"tall": self._tall, "row": self._row, "stack": self._stack, "only": self._only}[self._how(box)]
        draw(choice, box)

    def _colours(self, *_: Any) -> None:
        look = self.now
        dark = self.pressed and self.look in ("plain", "quiet") and not self.black
        self._words.ink = self._picture.ink = look.ink
        self._hint.ink = theme.INK if dark else look.soft

    def _how(self, box: Box) -> str:
        if self.stand != "auto":
            return str(self.stand)
        if box.h >= self.u(112):
            return "tall"
        return "row" if box.w >= self.u(150) else "stack"

    def _tall(self, choice: Choice, box: Box) -> None:
        inner = box.inset(self.u(20), self.u(16))
        self._words.lines, self._words.along, self._words.across = [3], "bottom", "left"
        self._hint.lines, self._hint.along, self._hint.across = [2], "bottom", "left"
        hint_high = self._hint.high(choice.hint, inner.w)
        free = inner.h - hint_high - self._words.fitted(choice.words, (inner.w, inner.h - hint_high)).height
        fitting = (self.u(each) for each in (self.picture, 40, 32, 24) if self.u(each + 8) <= free)
        least = self.u(32) if inner.h - hint_high - self.u(32 + 8) >= self.u(self.steps[-1] * 1.4) else 0
        size = next(fitting, least) if choice.icon else 0
        above, below = inner.cut_top(size, self.u(8) if size else 0)
        self._picture.say(choice.icon, above._replace(w=size))
        hint, words = below.cut_bottom(hint_high, self.u(4) if hint_high else 0)
        self._words.say(choice.words, words)
        self._hint.say(choice.hint, hint)

    def _row(self, choice: Choice, box: Box) -> None:
        place, text = self._row_parts(choice, box)
        self._picture.say(choice.icon if place.w else "", place.middle(place.w, place.w))
        self._beside(choice, text, "left")

    def _row_parts(self, choice: Choice, box: Box) -> tuple[Box, Box]:
        """Where the picture is, and where the text."""
        narrow, slim = box.w < self.u(230), box.w < self.u(SLIM)
        inner = box.inset(self.u(10 if slim else 12 if narrow else 16), self.u(4))
        picture = min(SMALL, int(self.picture)) if slim else self.picture
        size = min(self.u(picture), int(inner.h)) if choice.icon else 0
        place, text = inner.cut_left(size, self.u(8 if slim else 10 if narrow else 14) if size else 0)
        if size and choice.hint and text.w < self._hint.wide(choice.hint) <= inner.w:
            return inner.cut_left(0)  # rather no picture than half a hint
        return inner.cut_left(0) if size and self.bare else (place, text)

    def crowded(self, choice: Choice, box: Box) -> bool:
        """Whether its words would be broken or lost beside its picture, and not without it."""
        if not choice.icon or choice.hint or choice.icon in BUTTONS or self._how(box) not in ("row", "only"):
            return False
        if self._how(box) == "only":
            inner = box.inset(self.u(10), self.u(4))
            beside = inner.cut_left(self.u(28 + 8))[1]
            return self._too_narrow(choice, beside) and not self._too_narrow(choice, inner)
        self.bare = False
        beside = self._row_parts(choice, box)[1]
        self.bare = True
        return self._too_narrow(choice, beside) and not self._too_narrow(choice, self._row_parts(choice, box)[1])

    def _too_narrow(self, choice: Choice, text: Box) -> bool:
        """Whether a word would have to be broken or lost there."""
        self._words.steps, self._words.lines = self.steps, [2]
        setting = self._words.fitted(choice.words, (text.w, text.h))
        return setting.cut or any(line.endswith("-") for line in setting.lines)

    def _beside(self, choice: Choice, text: Box, across: str) -> None:
        self._words.across = self._hint.across = across
        self._words.lines = [self._most_lines(choice, text)]
        self._hint.lines = [2 if text.h >= self.u(88) else 1]
        self._hint.may_cut = text.h < self.u(88)
        hint_high = self._hint.high(choice.hint, text.w)
        words_high = min(text.h - hint_high, self._words.fitted(choice.words, (text.w, text.h - hint_high)).height)
        both = text.middle(text.w, words_high + hint_high)
        words, hint = both.cut_top(words_high)
        self._words.along = self._hint.along = "middle"
        self._words.say(choice.words, words)
        self._hint.say(choice.hint, hint)

    def _most_lines(self, choice: Choice, text: Box) -> int:
        return 1 if choice.hint and text.h < self.u(72) else 2

    def size_of(self, choice: Choice, box: Box) -> int:
        """How large its words would be set there, in pixels, if they could choose among the steps."""
        if self._how(box) == "tall":
            inner = box.inset(self.u(20), self.u(18))
            high = inner.h - self.u(self.picture + 8) - self._hint.high(choice.hint, inner.w)
            return self._size(choice.words, inner.w, high, 3)
        if self._how(box) == "stack":
            inner = box.inset(self.u(4), self.u(6))
            high = inner.h - (self.u(self.picture + 4) if choice.icon else 0)
            return self._size(choice.words, inner.w, high, 2)
        _, text = self._row_parts(choice, box)
        high = text.h - self._hint.high(choice.hint, text.w)
        return self._size(choice.words, text.w, high, self._most_lines(choice, text))

    def _size(self, words: str, wide: float, high: float, lines: int) -> int:
        sizes = [self.u(step) for step, _ in theme.grown(self.steps, (1,), int(self.larger))]
        return typeset.fit(words, "semibold", sizes, (wide, high), (lines,)).size

    def _stack(self, choice: Choice, box: Box) -> None:
        inner = box.inset(self.u(4), self.u(6))
        size = self.u(self.picture) if choice.icon else 0
        gap = self.u(4) if size else 0
        self._words.across, self._words.lines = "center", [2]
        setting = self._words.fitted(choice.words, (inner.w, inner.h - size - gap))
        if setting.cut:  # rather no picture than half a word
            size, gap = 0, 0
            setting = self._words.fitted(choice.words, (inner.w, inner.h))
        high = setting.height
        both = inner.middle(inner.w, size + gap + high)
        above, below = both.cut_top(size, gap)
        self._picture.say(choice.icon if size else "", above.middle(size, size))
        self._words.say(choice.words, below)
        self._hint.say("", below)

    def _only(self, choice: Choice, box: Box) -> None:
        narrow = box.w < self.u(230)
        inner = box.inset(self.u(10 if narrow else 16), self.u(4))
        size = (
            self.u(min(28, int(self.picture)) if narrow else self.picture) if choice.icon and not self.bare else 0
        )
        gap = self.u(8 if narrow else 12) if size else 0
        self._words.lines = [2]
        hint_wide = self._hint.fitted(choice.hint, (inner.w, inner.h)).width if choice.hint else 0
        words_wide = self._words.fitted(choice.words, (inner.w - size - gap, inner.h)).width
        wide = min(inner.w, size + gap + max(words_wide, hint_wide) + 1)
        place, text = inner.middle(wide, inner.h).cut_left(size, gap)
        self._picture.say(choice.icon if size else "", place.middle(size, size))
        self._beside(choice, text, "left" if size else "center")

    def least(self, choice: Choice, box: Box) -> int:
        """How wide it must be for its words in two lines at the smallest size, in pixels; as a row or alone."""
        words = choice.words.split(" ")
        ways = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(len(words))]
        text = min(
            max(self._words.wide(first, "semibold"), self._words.wide(second, "semibold")) for first, second in ways
        )
        return (
            text + self.u(SMALL + 8 + 2 * 10 if choice.icon else 2 * 10)
            if self._how(box) != "stack"
            else int(box.w)
        )

    def needs(self, words: str) -> int:
        """How wide it must be for words in one line beside its picture, in pixels, at the smallest of the sizes."""
        return self._words.wide(words, "semibold") + self.u(self.picture + 12 + 2 * 16)


LONG_WORD = 12
"""Letters from which a word does not decide how large those beside it are."""


def say_alike(tiles: list[Tile], choices: Sequence[Choice], cells: list[Box], say: Callable[[str], None]) -> None:
    """Draws tiles that belong together, all words of one size; one with a very long word may be smaller.

    Where the words of one have no room beside its picture, none of them has a picture.
    """
    bare = any(tile.crowded(choice, cell) for tile, choice, cell in zip(tiles, choices, cells, strict=False))
    for tile in tiles:
        tile.bare = bare
    sizes = [
        tile.size_of(choice, cell)
        for tile, choice, cell in zip(tiles, choices, cells, strict=False)
        if max(len(word) for word in choice.words.split()) <= LONG_WORD
    ]
    common = min(sizes, default=1_000)
    for tile, choice, cell in zip(tiles, choices, cells, strict=False):
        tile.most = common
        tile.say(choice, cell, say)


class Ways(Piece):
    """Choices in a line at the foot of a screen; one above the other where the screen stands and they are large.

    high: units of each. least: how many places a line has, so that a single choice is not as wide as the screen.
    most: how many places a line has at most, where the screen lies and where it stands; 0 for any number.
    black, resting: how they look.
    """

    stand = StringProperty("only")
    steps = ListProperty([30, 24, 20])
    picture = NumericProperty(32)
    high = NumericProperty(80)
    least = NumericProperty(2)
    piled = BooleanProperty(False)
    most = ListProperty([0, 0])
    black = BooleanProperty(False)
    resting = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._tiles = Crowd[Tile](self, self._tile)
        self.bind(resting=self._rest)

    def _tile(self) -> Tile:
        return Tile(
            stand=self.stand,
            steps=self.steps,
            picture=self.picture,
            black=self.black,
            resting=self.resting,
        )

    def _rest(self, *_: Any) -> None:
        for tile in self._tiles:
            tile.resting = self.resting

    def cut(self, choices: tuple[Choice, ...], box: Box, say: Callable[[str], None], gap: float = 16) -> Box:
        """Takes its room from the foot of the box, if there are any; gives what is left. gap: units above."""
        self._tiles.keep(len(choices))
        if not choices:
            return box
        high, count, between = self.u(self.high), len(choices), self.u(theme.GAP)
        standing = box.h > box.w
        piled = self.piled and standing
        rows = count if piled else -(-count // (self.most[standing] or count))
        mine, rest = box.cut_bottom(high * rows + between * (rows - 1), self.u(gap))
        across = 1 if piled else max(int(self.least), -(-count // rows))
        for tile in self._tiles:
            tile.steps = self.steps
        cells = mine.grid(across, rows, between)
        if rows == 1 and across == count:
            cells = self._as_needed(choices, cells, between)
        if any(choice.icon in BUTTONS for choice in choices):
            cells = self.kept(cells, mine)
        say_alike(self._tiles, choices, cells, say)
        self.put(mine)
        return rest

    def _as_needed(self, choices: tuple[Choice, ...], cells: list[Box], gap: int) -> list[Box]:
        """Places in a line; where the words of one would be cut off, those with less to say give of theirs."""
        needs = [tile.least(choice, cell) for tile, choice, cell in zip(self._tiles, choices, cells, strict=True)]
        spare = sum(cell.w for cell in cells) - sum(needs)
        if spare < 0 or all(need <= cell.w for need, cell in zip(needs, cells, strict=True)):
            return cells
        x, found = cells[0].x, []
        for need in needs:
            found.append(cells[0]._replace(x=x, w=need + spare / len(cells)))
            x = found[-1].right + gap
        return found
