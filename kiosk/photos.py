"""Photos of the whiteboard, beside the record: what comes in waits until two people say that it belongs to a
circle.

What is kept is never the file that somebody brought, but the picture drawn anew: without the place, the camera and
the time that phones write into it, and without anything that is not a picture. It is named by its SHA-256, which is
what the record says of it.
"""

import hashlib
import os
import re
import struct
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 10 * 2**20
"""Bytes of a file that is looked at."""

MOST_PIXELS = 60_000_000
"""More than the phones of today make; a small file can claim to be enormous."""

SIDE = 2400
"""Pixels of the longer side that is kept: handwriting on a whiteboard stays legible."""

WAITING = 20
"""So many may wait; more is a slip."""

_BEGINS = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n"}
_NAME = re.compile(r"[0-9a-f]{64}\.jpg")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error)
"""What Pillow raises for files that only look like pictures, beside the error of its own."""


class NoPhoto(NamedTuple):
    """Why a file is not taken in, in a sentence."""

    words: str


def take_in(data: bytes, folder: Path) -> str | NoPhoto:
    """Keep a photo as one that waits; gives its SHA-256. Raises OSError when it can't be written.

    folder: the data folder.
    """
    drawn = drawn_anew(data)
    if isinstance(drawn, NoPhoto):
        return drawn
    name = hashlib.sha256(drawn).hexdigest()
    if found(folder, name):
        return name
    if len(waiting(folder)) >= WAITING:
        return NoPhoto(f"{WAITING} photos wait already; attach them at the kiosk, or delete some")
    place = folder / "photos" / "waiting"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(place / f"{name}.jpg", drawn)
    return name


def drawn_anew(data: bytes) -> bytes | NoPhoto:
    """The picture in a JPEG or PNG file as a JPEG of ours, upright and not too large."""
    if len(data) > LARGEST:
        return NoPhoto(f"it is larger than {LARGEST // 2**20} MB")
    form = next((form for form, begins in _BEGINS.items() if data.startswith(begins)), None)
    if form is None:
        return NoPhoto("it is neither a JPEG nor a PNG")
    from PIL import Image  # a kiosk that is shown no photo need not load it

    try:
        with Image.open(BytesIO(data), formats=(form,)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return NoPhoto(f"it has more than {MOST_PIXELS // 1_000_000} million pixels")
            return _as_jpeg(picture)
    except (*_BROKEN, Image.DecompressionBombError):
        return NoPhoto("it is broken")


def _as_jpeg(picture: "Image.Image") -> bytes:
    from PIL import Image, ImageOps  # as above

    upright = ImageOps.exif_transpose(picture)
    if "A" in upright.getbands() or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    plain = upright.convert("RGB")
    plain.thumbnail((SIDE, SIDE))
    clean = Image.new("RGB", plain.size)
    clean.paste(plain)
    out = BytesIO()
    clean.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def waiting(folder: Path) -> tuple[str, ...]:
    """The photos that wait, by their SHA-256, the newest first."""
    try:
        there = [(path.stat().st_mtime, path.stem) for path in _in(folder / "photos" / "waiting")]
    except OSError:
        return ()
    return tuple(name for _, name in sorted(there, reverse=True))


def _in(place: Path) -> list[Path]:
    return [path for path in place.iterdir() if _NAME.fullmatch(path.name)]


def keep(folder: Path, name: str) -> None:
    """Let a photo wait no longer: the record says where it belongs. Nothing happens where it does not wait."""
    if name in waiting(folder):
        (folder / "photos" / "waiting" / f"{name}.jpg").replace(folder / "photos" / f"{name}.jpg")


def found(folder: Path, name: str) -> Path | None:
    """Where a photo is, kept or waiting; None when it is not there. name: its SHA-256; nothing else is there."""
    if not _NAME.fullmatch(f"{name}.jpg"):
        return None
    places = (folder / "photos" / f"{name}.jpg", folder / "photos" / "waiting" / f"{name}.jpg")
    return next((place for place in places if place.is_file()), None)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and for its owner only."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
