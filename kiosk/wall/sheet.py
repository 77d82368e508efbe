"""What a page is sent: the face of the wall, and what every screen knows by itself. Nothing is worded here."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any, Literal

import msgspec
import qrcode
from babel import Locale
from msgspec import Struct

from kiosk import tongue
from kiosk.counted import called
from kiosk.faces import ReportPage, WallFace, WelcomeFace
from kiosk.screens import icons, jar_shape, wording
from kiosk.screens.boxes import Box
from kiosk.words import signed

CODES = ("code",)
"""Fields of a face, however deep, that are drawn as a QR code."""


class Code(Struct, frozen=True):
    """A QR code. wide: squares across. dark: (row from the top, first column, how many) of squares that touch."""

    wide: int
    dark: tuple[tuple[int, int, int], ...]


class Sheet(Struct, frozen=True):
    """All that a page draws.

    kind: "none" where no kiosk has written anything yet. amounts: the balances of the face in words, in their
    order. codes: the QR code of each text on the face that is one. chart: the name of the drawing on a page of a
    report; "" for none.
    """

    kind: Literal["none", "welcome", "wall"]
    face: WallFace | WelcomeFace | None = None
    amounts: tuple[str, ...] = ()
    codes: dict[str, Code] = {}
    chart: str = ""


def sheet_of(face: WallFace | WelcomeFace, charts: Collection[str] = ()) -> Sheet:
    """The sheet that shows a face. What can only be touched is left out. charts: the drawings that there are."""
    if isinstance(face, WelcomeFace):
        return Sheet("welcome", face)
    page = face.report and msgspec.structs.replace(face.report, chart=None)
    still = msgspec.structs.replace(face, tap="", work=(), choices=(), said=None, report=page)
    codes = {text: _code(text) for text in _texts_of_codes(msgspec.to_builtins(still))}
    amounts = tuple(signed(minutes) for _, minutes in face.balances)
    return Sheet("wall", still, amounts, codes, _drawn(face.report, charts))


def _drawn(page: ReportPage | None, charts: Collection[str]) -> str:
    name = called(page.chart) if page is not None and page.chart is not None else ""
    return name if name in charts else ""


def _texts_of_codes(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in CODES and isinstance(value, str):
                yield from [value] if value else []
            else:
                yield from _texts_of_codes(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _texts_of_codes(each)


@lru_cache(maxsize=8)
def _code(text: str) -> Code:
    # A screen has no scratches, and larger squares are read from further away.
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=0)
    made.add_data(text)
    made.make(fit=True)
    rows = made.get_matrix()
    return Code(len(rows), tuple(run for row, cells in enumerate(rows) for run in _runs(row, cells)))


def _runs(row: int, cells: list[bool]) -> Iterator[tuple[int, int, int]]:
    start = None
    for column, dark in enumerate([*cells, False]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield row, start, column - start
            start = None


class JarDrawing(Struct, frozen=True):
    """How a jar looks, a thousand wide, y growing downward.

    outline: around the glass, open under the lid. lid: x, y, width, height. top, foot: where the glass ends.
    side: its right side as (from the middle, y). coins: (x, y, radius) of those at its foot.
    """

    high: int
    outline: tuple[tuple[int, int], ...]
    lid: tuple[int, int, int, int]
    top: int
    foot: int
    side: tuple[tuple[int, int], ...]
    coins: tuple[tuple[int, int, int], ...]


def jar_drawing() -> JarDrawing:
    """The jar of the kiosk's own screens."""
    wide = 1000
    high = round(wide / jar_shape.WIDEST)
    shape = jar_shape.shape(Box(0, 0, wide, high))
    body, lid = shape.body, shape.lid
    across = body.w
    return JarDrawing(
        high=high,
        outline=tuple((round(x), round(high - y)) for x, y in shape.outline()),
        lid=(round(lid.x), round(high - lid.top), round(lid.w), round(lid.h)),
        top=round(high - body.top),
        foot=round(high - body.y),
        side=tuple((round(out), round(high - y)) for out, y in shape.side),
        coins=tuple(
            (round(body.x + across * x), round(high - body.y - across * y), round(across * jar_shape.COIN))
            for x, y in jar_shape.COINS
        ),
    )


class Kit(Struct, frozen=True):
    """What a page is sent once. version: of the page's own files; a page of another one loads itself anew.

    letters: of the pictures, in the font of them. words: the headings that the screens share. more: how many are
    not shown, with {n}, by Unicode's category of the number. jar: how it looks. turned: pictures drawn mirrored.
    """

    version: str
    letters: dict[str, str]
    words: dict[str, str]
    more: dict[str, str]
    jar: JarDrawing
    turned: tuple[str, ...] = ()


def kit(version: str) -> Kit:
    """The kit of the page whose files have this version, in the language spoken now."""
    headings = {
        "recent": wording.LAST_SWAPS,
        "notices": wording.NEEDS_AND_OFFERS,
        "clocks": wording.RUNNING,
        "tools": wording.WHAT_IS_OUT,
        "decided": wording.DECIDED,
        "doing": wording.WHO_DOES_WHAT,
        "news": wording.NEIGHBOURS,
        "nobody": wording.NOBODY,
    }
    turned = tuple(icons.TURNING) if tongue.right_to_left() else ()
    letters = {name: icons.letter(name) for name in icons.NAMES}
    return Kit(version, letters, headings, more_words(), jar_drawing(), turned)


def more_words() -> dict[str, str]:
    """How many are not shown, by Unicode's category of the number."""
    spoken = tongue.language()
    known = Locale(spoken if spoken in tongue.LANGUAGES else tongue.ENGLISH)
    return {known.plural_form(count): wording.more(count).replace(str(count), "{n}") for count in range(200)}
