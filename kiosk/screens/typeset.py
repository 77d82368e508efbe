"""Setting type: which font, which size, where a line ends. Nothing from a person is ever read as markup.

A text is given its box and the sizes it may have. It takes the largest size at which it fits, wrapping where it
must, so that the lines are of like length; a word longer than a line is broken with a hyphen only at the smallest
size; and only when nothing else helps does it end in "…", which `Setting.cut` says.

Kivy's text engine draws letters in the order of the string and joins none, so Arabic is done here: letters are
shaped (each becomes the form it has between its neighbours), lines are broken in reading order, and each line is
then put into the order in which it is seen (Unicode's bidirectional algorithm, UAX 9).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bidi import get_display
from kivy.core.text import Label as TextEngine

from kiosk import tongue

Weight = Literal["regular", "semibold", "heavy", "icons"]

FONTS = Path(__file__).parent / "fonts"
NBSP = "\u00a0"
TATWEEL = "\u0640"
"""The stroke that goes on from an Arabic letter: there it stands for the hyphen."""
ARABIC_LINE = 1.4
"""How high a line of Arabic is, as a part of the type size. The font keeps half as much again for marks above
marks, which nothing here has; what is nearer still runs into the line above."""
CAPITALS = 0.72
"""How high capitals and figures are, as a part of the type size, with a hair of air."""


def _coverage() -> Mapping[str, frozenset[int]]:
    """The characters of our own fonts, as docs/bake_fonts.py wrote them down."""
    found = {}
    for row in (FONTS / "coverage.txt").read_text().splitlines():
        name, *ranges = row.split()
        ends = [[int(end, 16) for end in each.split("-")] for each in ranges]
        found[name] = frozenset(code for low, high in ends for code in range(low, high + 1))
    return found


_LATIN, _ARABIC = _coverage()["latin"], _coverage()["arabic"]
_OTHER = frozenset([*range(0x20, 0x7F), *range(0xA0, 0x530), *range(0x531, 0x590), *range(0x5BE, 0x5F5)])
"""What Kivy's own DejaVu Sans holds beside Latin: Greek, Cyrillic, Armenian, Hebrew."""

_TOGETHER = (
    (re.compile(r"(\d) (h|min|s)\b"), rf"\1{NBSP}\2"),
    (re.compile(rf"{NBSP}h (\d\d)\b"), rf"{NBSP}h{NBSP}\1"),
    (re.compile(r"→ "), f"→{NBSP}"),
    (re.compile(r"€ (?=\d)"), f"€{NBSP}"),
    (re.compile(r"(\d) (?=€|\d{3}\b|godz\.|[سد](?!\w))"), rf"\1{NBSP}"),
    (re.compile(r" ·"), f"{NBSP}·"),
)
"""What a line may not be broken in: an amount, an arrow and its end, a dot and what it follows."""


class Setting(NamedTuple):
    """A text, set: its lines as they are seen from the left, font and size in pixels, and the room it takes.

    cut: whether any of it is lost.
    """

    lines: tuple[str, ...]
    font: str
    size: int
    width: int
    line_height: int
    cut: bool = False

    @property
    def height(self) -> int:
        """Pixels from the first line's top to the last one's end."""
        return self.line_height * len(self.lines)


def clean(text: str) -> str:
    """Text as it may be drawn: one kind of space, accents joined to their letters, nothing invisible.

    A character that no font here holds becomes "?", never an empty box.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).replace(NBSP, " ").split())
    seen = "".join(char for char in plain if ord(char) in tongue.DIRECTING or unicodedata.category(char)[0] != "C")
    return "".join(char if ord(char) in tongue.DIRECTING or _known(ord(char)) else "?" for char in seen)


def _known(code: int) -> bool:
    return code in _LATIN or code in _ARABIC or code in _OTHER


# --- two directions of writing ----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _shaper() -> Any:
    """What shapes Arabic; loaded when there is some. It keeps every mark, and joins no letters but lām and alif."""
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "delete_tatweel": False, "support_ligatures": True})


def shaped(text: str) -> str:
    """A text whose Arabic letters have the form they take between their neighbours; still in reading order."""
    if not any("\u0600" <= char <= "\u077f" for char in text):
        return text
    formed: str = _shaper().reshape(text)
    return formed


_SIGN = re.compile(r"[+−](?=\d)")
"""A sign stands at the left of its figure also where words run from the right."""

_TAG = "\ufe00"
"""A mark without a shape, which stays with the letter before it: the side it is seen on is the way that letter's
run goes. No text holds it, because no font does."""

_MIRROR = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_PAIRED = re.compile(r"[()\[\]{}<>«»‹›]")
_TURNED = re.compile(rf"{_TAG}([()\[\]{{}}<>«»‹›])")


def seen(line: str, *, leftward: bool) -> str:
    """A shaped line in the order in which it is seen, from the left; what merely directs it is gone.

    leftward: the language around it is written from the right. A line whose letters are all of the other direction,
    such as somebody's own words, runs in its own.
    """
    ways = {unicodedata.bidirectional(char) for char in line}
    foreign = leftward and "L" in ways and not ways & {"R", "AL", "RLI", "LRI", "FSI"}
    from_right = (leftward and not foreign) or (bool(ways & {"R", "AL"}) and "L" not in ways)
    if not from_right and not ways & {"R", "AL", "RLI"}:
        return line.translate(tongue.DIRECTING)
    tagged = _PAIRED.sub(rf"\g<0>{_TAG}", line)
    ordered: str = get_display(tagged, base_dir="R" if from_right else "L").translate(tongue.DIRECTING)
    return _TURNED.sub(lambda found: found[1].translate(_MIRROR), ordered).replace(_TAG, "")


def runs_back(text: str, *, leftward: bool) -> bool:
    """Whether what is written last runs against the way of the language around it, as `seen` puts it in order."""
    letters = [unicodedata.bidirectional(char) for char in text if char.isalnum()]
    last = next((way for way in reversed(letters) if way in ("L", "R", "AL")), "")
    if leftward:
        return last == "L" and not {"R", "AL"} & set(letters)
    return last in ("R", "AL") and "L" not in letters


@lru_cache(maxsize=8)
def _file(name: str) -> str:
    """The same string each time: thousands of lines are remembered with the font they are in."""
    return str(FONTS / f"{name}.ttf")


def font_of(text: str, weight: Weight) -> str:
    """The font file for a text: one that holds all its letters."""
    codes = {ord(char) for char in text} - tongue.DIRECTING.keys()
    if weight == "icons" or codes <= _LATIN:
        return _file(weight)
    if codes <= _ARABIC:
        return _file(f"arabic-{'regular' if weight == 'regular' else 'heavy'}")
    return "DejaVuSans"


@lru_cache(maxsize=64)
def _engine(font: str, size: int) -> TextEngine:
    return TextEngine(font_name=font, font_size=size)


@lru_cache(maxsize=8192)
def extent(text: str, font: str, size: int) -> tuple[int, int]:
    """How wide and high one line of text is, in pixels."""
    wide, high = _engine(font, size).get_extents(text)
    return int(wide), int(high)


def line_high(font: str, size: int) -> int:
    """How high a line is, in pixels, whatever stands in it."""
    high = extent("Hg", font, size)[1]
    return min(high, round(size * ARABIC_LINE)) if "arabic" in font else high


def picture_of(line: str, font: str, size: int) -> object:
    """One line as a white texture, to be drawn in any colour; it holds nothing else of the text."""
    engine = TextEngine(text=line, font_name=font, font_size=size, color=(1, 1, 1, 1))
    engine.refresh()
    return engine.texture


def fit(
    text: str,
    weight: Weight,
    sizes: Sequence[int],
    room: tuple[float, float],
    lines: Sequence[int] = (1,),
    *,
    tight: bool = False,
) -> Setting:
    """Set a text into a room (width, height) of pixels at the first of the sizes (pixels) at which it fits.

    It runs as the language spoken just now is written.

    lines: most lines at each of the sizes; the last counts for those that follow. tight: the room need only hold
    the capitals, for figures that stand alone.
    """
    most = tuple(lines[min(place, len(lines) - 1)] for place in range(len(sizes)))
    asked = tuple(zip(sizes, most, strict=True))
    return _fit(clean(text), weight, asked, (int(room[0]), int(room[1])), tight, tongue.right_to_left())


@lru_cache(maxsize=1024)
def _fit(
    text: str,
    weight: Weight,
    sizes: tuple[tuple[int, int], ...],
    room: tuple[int, int],
    tight: bool,
    leftward: bool,
) -> Setting:
    text = shaped(_SIGN.sub("\u200e\\g<0>", text) if leftward else text)
    setting = _broken_into_lines(text, font_of(text, weight), sizes, room, tight)
    return setting._replace(lines=tuple(seen(line, leftward=leftward) for line in setting.lines))


def _broken_into_lines(
    text: str, font: str, sizes: tuple[tuple[int, int], ...], room: tuple[int, int], tight: bool
) -> Setting:
    for tie, tied in _TOGETHER:
        text = tie.sub(tied, text)
    for size, most_lines in sizes:
        high = int(size * CAPITALS) if tight and "arabic" not in font else line_high(font, size)
        lines = _wrapped(text, font, size, room[0])
        if lines is not None and len(lines) <= most_lines and len(lines) * high <= room[1] + 1:
            return _setting(_even(lines, text, font, size, room[0]), font, size)
    return _forced(text, font, sizes[-1][0], room, sizes[-1][1])


def _setting(lines: list[str], font: str, size: int, *, cut: bool = False) -> Setting:
    wide = max(_wide(line, font, size) for line in lines)
    return Setting(tuple(lines), font, size, wide, line_high(font, size), cut)


def _wide(line: str, font: str, size: int) -> int:
    """How wide a line is; what merely directs it takes no room."""
    return extent(line.translate(tongue.DIRECTING), font, size)[0]


def _wrapped(text: str, font: str, size: int, width: float) -> list[str] | None:
    """Lines filled one after another; None when a word alone is wider than a line."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and _wide(longer, font, size) > width:
            lines.append(line)
            longer = word
        if _wide(longer, font, size) > width:
            return None
        line = longer
    return [*lines, line]


def _even(lines: list[str], text: str, font: str, size: int, width: int) -> list[str]:
    """The same number of lines, of like length: the narrowest measure that still gives as many."""
    if len(lines) == 1:
        return lines
    low, high, best = width // 2, width, lines
    while high - low > size // 4:
        middle = (low + high) // 2
        tried = _wrapped(text, font, size, middle)
        if tried is not None and len(tried) == len(lines):
            high, best = middle, tried
        else:
            low = middle
    return best


def _forced(text: str, font: str, size: int, room: tuple[int, int], most_lines: int) -> Setting:
    """The smallest size, long words broken; what still does not fit is lost, and said to be."""
    pieces = " ".join(broken(word, font, size, room[0]) for word in text.split(" "))
    lines = _wrapped(pieces, font, size, room[0]) or [pieces]
    allowed = max(1, min(most_lines, (room[1] + 1) // line_high(font, size)))
    if len(lines) <= allowed:
        wide_enough = all(_wide(line, font, size) <= room[0] for line in lines)
        return _setting(lines, font, size, cut=not wide_enough)
    kept = lines[:allowed]
    kept[-1] = _ending(" ".join(lines[allowed - 1 :]), font, size, room[0])
    return _setting(kept, font, size, cut=True)


def broken(word: str, font: str, size: int, width: int) -> str:
    """A word in pieces that fit a line; the hyphen shows that it goes on."""
    pieces = []
    goes_on = TATWEEL if unicodedata.bidirectional(word[:1] or " ") == "AL" else "-"
    while len(word) > 1 and _wide(word, font, size) > width:
        end = len(word) - 1
        while end > 1 and _wide(word[:end] + goes_on, font, size) > width:
            end -= 1
        pieces.append(word[:end].rstrip(NBSP) + ("" if word[end - 1] == NBSP else goes_on))
        word = word[end:].lstrip(NBSP)
    return " ".join([*pieces, word])


def _ending(line: str, font: str, size: int, width: int) -> str:
    """As much of a line as fits before "…". Halved again and again: the line may hold two hundred names."""
    fits, too_long = 0, len(line) + 1
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if _wide(line[:middle] + "…", font, size) <= width:
            fits = middle
        else:
            too_long = middle
    return (line if fits == len(line) else line[:fits].rstrip(f" ·,.{NBSP}")) + "…"
