"""The decision of a Friday on a sheet of A4, for the wall: what was bought is read from across the room.

Legible in black and white: what the bar says in colours it says in patterns too. Measures are millimetres, letters
points.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from fpdf import FPDF

from kiosk.reports.fridays import Item, Told
from kiosk.reports.paper import (
    FONTS,
    INK,
    LINE,
    MONEY,
    POINT,
    SHEET_HEIGHT,
    SHEET_WIDTH,
    SOFT,
    across,
    broken,
    choose,
    draw_code,
    line_high,
    new_paper,
    printable,
    put,
    write_line,
)
from kiosk.tongue import DIRECTING, phrase, right_to_left
from kiosk.words import money

MARGIN = 18.0
ROOM = SHEET_WIDTH - 2 * MARGIN

TIGHT, SMALL, TEXT, HEAD, LARGE, SUM = 10, 12, 15, 19, 24, 72
"""Points; the sizes that there are."""

_CODE = 36.0
_FOOT = SHEET_HEIGHT - MARGIN - _CODE
_BAR = 9.0
_WORDS = ROOM - 46.0
_TOP_AGAIN = MARGIN + 8.0
_NARROWEST, _HATCH = 2.0, 1.8


class Size(NamedTuple):
    """How large a list is written: points of a title and of a word about it, and millimetres between items."""

    title: int
    more: int
    gap: float


SIZES = (Size(LARGE, TEXT, 4.5), Size(HEAD, SMALL, 4.5), Size(TEXT, SMALL, 3.5), Size(SMALL, TIGHT, 2.5))
"""From roomy to tight. The fewest sheets that will do are taken, and then the largest letters."""


Look = Literal["strong", "plain", "soft"]


class Line(NamedTuple):
    """Words in a size and a look, and the price at the end of the line ("" for none)."""

    size: int
    look: Look
    words: str
    price: str = ""


class Block(NamedTuple):
    """Lines that stay together, and the space above them."""

    lines: tuple[Line, ...]
    above: float

    @property
    def high(self) -> float:
        """Millimetres, with the space above."""
        return self.above + sum(line_high(line.size) for line in self.lines)


def print_poster(told: Told, path: Path, *, fonts: Path = FONTS) -> None:
    """Write the poster as a PDF. Raises OSError when the file cannot be written."""
    paper = new_paper(fonts)
    # A sentence runs as its language does whatever name it begins with; within it others run their own way.
    paper.set_text_shaping(True, direction="rtl" if right_to_left() else "ltr")
    paper.set_title(f"{told.headline}: {told.day}".translate(DIRECTING))
    paper.add_page()
    top = _draw_head(paper, told)
    tries = [_sheets(tuple(_blocks(paper, told, size)), top) for size in SIZES]
    sheets = min(tries, key=len)
    for number, blocks in enumerate(sheets, 1):
        if number > 1:
            paper.add_page()
            _draw_head_again(paper, told, number, len(sheets))
        _draw_blocks(paper, blocks, top if number == 1 else _TOP_AGAIN)
    _draw_foot(paper, told)
    path.write_bytes(bytes(paper.output()))


# --- the head ---------------------------------------------------------------------------------------------


def _draw_head(paper: FPDF, told: Told) -> float:
    """Whose, when, how much, and the bar; gives where it ends."""
    y = MARGIN
    write_line(paper, printable(paper, told.shop), MARGIN, y, ROOM, largest=HEAD, style="B")
    y += line_high(HEAD) + 1
    write_line(paper, printable(paper, f"{told.headline} · {told.day}"), MARGIN, y, ROOM, largest=TEXT)
    y += line_high(TEXT) + 8
    write_line(paper, printable(paper, money(told.cents)), MARGIN, y, ROOM, largest=SUM, style="B")
    y += line_high(SUM) + 1
    write_line(paper, printable(paper, told.who), MARGIN, y, ROOM, largest=HEAD)
    y += line_high(HEAD) + 7
    _draw_bar(paper, told, y)
    return y + _BAR


def _draw_bar(paper: FPDF, told: Told, y: float) -> None:
    """The sum as a bar: full is spent, hatched is handed on, empty went back."""
    x = MARGIN
    parts = [told.spent, told.handed_on, told.returned]
    paper.set_draw_color(*INK)
    paper.set_line_width(0.5)
    for number, width in enumerate(_widths(parts)):
        if width:
            _draw_part(paper, number, x, y, width, _BAR)
        x += width


def _widths(parts: Sequence[int]) -> list[float]:
    """How wide each part is: true to its share, but none that is there too narrow to be seen."""
    whole = sum(parts)
    least = [_NARROWEST if part else 0.0 for part in parts]
    free = ROOM - sum(least)
    return [low + (free * part / whole if whole else 0.0) for low, part in zip(least, parts, strict=True)]


def _draw_part(paper: FPDF, number: int, x: float, y: float, width: float, high: float) -> None:
    """A piece of the bar, or of the same look beside its words. number: 0 full, 1 hatched, 2 empty."""
    x = across(x, width)
    if number == 0:
        paper.set_fill_color(*MONEY)
        paper.rect(x, y, width, high, style="F")
    if number == 1:
        with paper.rect_clip(x, y, width, high):
            for step in range(int((width + high) / _HATCH) + 1):
                at = x - high + step * _HATCH
                paper.line(at, y + high, at + high, y)
    paper.rect(x, y, width, high, style="D")


def _draw_head_again(paper: FPDF, told: Told, number: int, sheets: int) -> None:
    again = phrase(
        "{headline} · {day} · sheet {number} of {sheets}",
        headline=told.headline,
        day=told.day,
        number=number,
        sheets=sheets,
    )
    write_line(paper, printable(paper, again), MARGIN, MARGIN, ROOM, largest=SMALL)


# --- the list ---------------------------------------------------------------------------------------------


def _blocks(paper: FPDF, told: Told, size: Size) -> Iterator[Block]:
    yield from _section(paper, phrase("Bought"), told.bought, size, look="strong")
    if told.others:
        yield from _section(paper, phrase("Not this time"), told.others, size)
    if told.rest:
        yield from _section(paper, phrase("The rest"), told.rest, size)


def _section(paper: FPDF, title: str, items: Sequence[Item], size: Size, look: Look = "plain") -> Iterator[Block]:
    """A section's first item stands with its title, so that no title is left alone at the foot of a sheet."""
    nothing = Block((Line(size.title, look, phrase("Nothing this time")),), 0)
    blocks = [_item(paper, item, size, look) for item in items] or [nothing]
    yield Block((Line(size.more, "soft", title), *blocks[0].lines), size.gap * 2)
    yield from blocks[1:]


def _item(paper: FPDF, item: Item, size: Size, look: Look) -> Block:
    style = "B" if look == "strong" else ""
    first, *others = broken(paper, printable(paper, item.title), _WORDS, size.title, style)
    more = broken(paper, printable(paper, item.more), ROOM, size.more) if item.more else []
    return Block(
        (
            Line(size.title, look, first, printable(paper, money(item.cents))),
            *(Line(size.title, look, words) for words in others),
            *(Line(size.more, "soft", words) for words in more),
        ),
        size.gap,
    )


def _sheets(blocks: Sequence[Block], top: float) -> list[list[Block]]:
    """The list, a sheet at a time; the foot has its room on each, as nobody knows yet which is the last."""
    sheets: list[list[Block]] = [[]]
    y = top
    for block in blocks:
        if sheets[-1] and y + block.high > _FOOT - 6:
            sheets.append([])
            y = _TOP_AGAIN
        sheets[-1].append(block)
        y += block.high
    return sheets


def _draw_blocks(paper: FPDF, blocks: Sequence[Block], top: float) -> None:
    y = top
    for block in blocks:
        y += block.above
        for line in block.lines:
            _draw_line(paper, line, y)
            y += line_high(line.size)


def _draw_line(paper: FPDF, line: Line, y: float) -> None:
    paper.set_text_color(*(SOFT if line.look == "soft" else INK))
    for words, align in ((line.words, "L"), (line.price, "R")):
        choose(paper, line.size, "B" if line.look == "strong" else "")
        put(paper, words, MARGIN, y, ROOM, line_high(line.size), align=align)


# --- the foot ---------------------------------------------------------------------------------------------


def _draw_foot(paper: FPDF, told: Told) -> None:
    """The sum that must come out, and the figures as a code."""
    paper.set_draw_color(*LINE)
    paper.set_line_width(0.5)
    paper.line(MARGIN, _FOOT, SHEET_WIDTH - MARGIN, _FOOT)
    room = ROOM - _CODE - 4
    y = _FOOT + 5
    parts = (
        (phrase("spent"), told.spent),
        (phrase("handed on"), told.handed_on),
        (phrase("went back to us"), told.returned),
    )
    for number, (words, cents) in enumerate(parts):
        _draw_sum(paper, number, words, cents, y, room)
        y += line_high(TEXT)
    paper.set_draw_color(*INK)
    paper.line(across(MARGIN, room), y + 0.5, across(MARGIN, room) + room, y + 0.5)
    collected = phrase("collected; left in the jar: {money}", money=money(0))
    _draw_sum(paper, -1, collected, told.cents, y + 1, room)
    source = phrase("Entry {entry} of the record. The code says these figures.", entry=told.entry)
    write_line(paper, printable(paper, source), MARGIN, y + 9, room, largest=TIGHT)
    draw_code(paper, told.figures, SHEET_WIDTH - MARGIN - _CODE, _FOOT + 2, _CODE)


def _draw_sum(paper: FPDF, number: int, words: str, cents: int, y: float, room: float) -> None:
    square = TEXT * POINT * 0.7
    paper.set_draw_color(*INK)
    paper.set_line_width(0.4)
    if number >= 0:
        _draw_part(paper, number, MARGIN, y + (line_high(TEXT) - square) / 2, square, square)
    paper.set_text_color(*INK)
    for said, x, align in ((words, MARGIN + square + 3, "L"), (money(cents), MARGIN, "R")):
        choose(paper, TEXT, "" if number >= 0 else "B")
        put(paper, printable(paper, said), x, y, room, line_high(TEXT), align=align)
