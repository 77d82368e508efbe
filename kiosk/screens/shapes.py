"""Small white textures with smooth edges, drawn once each: discs, strips, and the shapes of the three buttons.

Edges are smooth by these, so that no sampling is asked of the graphics chip.
"""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from kivy.graphics.texture import Texture


@lru_cache(maxsize=64)
def disc(radius: int) -> Any:
    """A white disc with a smooth edge, as a texture of twice the radius."""
    # A quarter of it, and its mirrors: the first frame waits for these.
    quarter = [
        [_alpha(math.hypot(across + 0.5, up + 0.5) - radius + 0.5) for across in range(radius)]
        for up in range(radius)
    ]
    half = [bytes([*reversed(line), *line]) for line in quarter]
    return _white(radius * 2, b"".join([*reversed(half), *half]))


@lru_cache(maxsize=16)
def edge(width: int) -> Any:
    """A white strip that fades within a pixel at either side: across a ring."""
    alphas = [0, *([255] * width), 0]
    return _texture(len(alphas), 1, b"".join(b"\xff\xff\xff" + bytes([alpha]) for alpha in alphas))


@lru_cache(maxsize=24)
def shape(name: str, size: int) -> Any:
    """One of the three shapes as a texture that many pixels wide and high; None for another name.

    They are of like area, as their buttons are of like worth.
    """
    made = _OUTSIDE.get(name)
    if made is None or size < 1:
        return None
    grid = size / 24
    return _drawn(size, lambda across, up: made(across / grid, up / grid) * grid)


def _circle(across: float, up: float) -> float:
    return math.hypot(across, up) - 9.0


def _square(across: float, up: float) -> float:
    return max(abs(across), abs(up)) - 8.0


def _triangle(across: float, up: float) -> float:
    """Sides alike; its middle is a third up its height, and that lies a little low so that it looks centred."""
    slant = abs(across) * math.sin(math.pi / 3) + (up + 1.5) * 0.5 - 6.5
    return max(slant, -(up + 1.5) - 6.5)


_OUTSIDE: Mapping[str, Callable[[float, float], float]] = {
    "circle": _circle,
    "square": _square,
    "triangle": _triangle,
}
"""How far outside each shape a point lies, on a grid of 24 around the middle; below zero inside."""


def _drawn(size: int, outside: Callable[[float, float], float]) -> Any:
    """A square texture: white inside, fading within a pixel at the edge. outside: pixels from the edge."""
    middle = (size - 1) / 2
    places = [place - middle for place in range(size)]
    return _white(size, bytes([_alpha(outside(across, up)) for up in places for across in places]))


def _alpha(outside: float) -> int:
    """How white it is so many pixels outside the edge, 0 to 255."""
    return round(255 * min(1, max(0, 0.5 - outside)))


def _white(size: int, alphas: bytes) -> Any:
    """A square white texture with these alphas, row by row."""
    data = bytearray(b"\xff" * (4 * size * size))
    data[3::4] = alphas
    return _texture(size, size, bytes(data))


def _texture(wide: int, high: int, data: bytes) -> Any:
    texture = Texture.create(size=(wide, high), colorfmt="rgba")
    texture.blit_buffer(data, colorfmt="rgba", bufferfmt="ubyte")
    texture.mag_filter = texture.min_filter = "linear"
    texture.wrap = "clamp_to_edge"
    return texture
