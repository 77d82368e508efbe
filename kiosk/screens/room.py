"""Whether all that is drawn has room: nothing cut off, nothing over something else, nothing too small for a
finger."""

from collections.abc import Iterator
from typing import Any

from kiosk.screens import theme
from kiosk.screens.boxes import Box
from kiosk.screens.pieces import Words
from kiosk.screens.touchables import Touchable


def has_room(screen: Any, box: Box) -> bool:
    """Whether a screen fills its box and no more."""
    texts = [each for each in seen(screen) if isinstance(each, Words) and each.text]
    places = [drawn_box(each) for each in texts]
    if any(_spills(text, place, box) for text, place in zip(texts, places, strict=True)):
        return False
    if any(over(one, other) for index, one in enumerate(places) for other in places[index + 1 :]):
        return False
    least = screen.u(theme.TOUCH) - 2
    targets = [each for each in seen(screen) if isinstance(each, Touchable) and each.touched is not None]
    return all(each.height >= least and within(each.box, box) for each in targets)


def words_in(screen: Any) -> Iterator[Words]:
    """All words of a screen, also those that are not shown now."""
    return (each for each in screen.walk() if isinstance(each, Words))


def note_sizes(screen: Any) -> None:
    """All words remember how large they are."""
    for each in words_in(screen):
        each.note_size()


def seen(widget: Any) -> Iterator[Any]:
    """A widget and all in it that can be seen, the lowest first."""
    if widget.opacity == 0:
        return
    yield widget
    for child in reversed(widget.children):
        yield from seen(child)


def drawn_box(text: Any) -> Box:
    """Where the letters of a text are, within its box."""
    wide, high = text.texture_size
    across = str(getattr(text, "across", "") or getattr(text, "halign", "center"))
    along = str(getattr(text, "along", "") or getattr(text, "valign", "middle"))
    x = text.x + {"left": 0.0, "right": text.width - wide}.get(across, (text.width - wide) / 2)
    y = text.y + {"top": text.height - high, "bottom": 0.0}.get(along, (text.height - high) / 2)
    return Box(x, y, wide, high)


def spilt(text: Any) -> bool:
    """Whether a text is larger than its box."""
    wide, high = text.texture_size
    return bool(wide > text.width + 1 or high > text.height + 2)


def within(inner: Box, outer: Box) -> bool:
    """Whether one box lies in another, but for a hair."""
    return (
        inner.x >= outer.x - 1
        and inner.y >= outer.y - 1
        and inner.right <= outer.right + 1
        and inner.top <= outer.top + 1
    )


def over(one: Box, other: Box) -> bool:
    """Whether two texts lie over each other. Lines have air above and below, so a little is none."""
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.top, other.top) - max(one.y, other.y)
    return wide > 1 and high > 0.2 * min(one.h, other.h)


def _spills(text: Words, place: Box, box: Box) -> bool:
    cut = text.setting is not None and text.setting.cut and not text.was_cut
    return cut or text.lost or spilt(text) or not within(place, box)
