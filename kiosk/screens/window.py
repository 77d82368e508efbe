"""The one window of the process, made ready before Kivy is first imported. Imports no Kivy itself at the top."""

import importlib
import logging
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SIZE = (800, 480)
"""The window where nothing is said: the seven-inch panel."""

FRAMES = 30
"""Turns of the loop in a second; more only warms the box (an idle screen draws nothing at any rate)."""

_SETTINGS: Mapping[str, Mapping[str, str]] = {
    # A face that another thread hands over is drawn at once, not at the loop's next turn.
    "kivy": {
        "log_level": "warning",
        "exit_on_escape": "0",
        "keyboard_mode": "system",
        "kivy_clock": "interrupt",
    },
    # Edges are smooth by the drawings themselves (see pieces.py), so the graphics chip need not sample.
    "graphics": {"multisamples": "0", "maxfps": str(FRAMES), "resizable": "0", "vsync": "1"},
}


def prepare(
    size: tuple[int, int] | None = None,
    *,
    fullscreen: bool = False,
    rotate: int = 0,
    offscreen: bool = False,
    home: Path | None = None,
) -> None:
    """Set Kivy up for this box. Must run before anything imports Kivy.

    size: pixels, None for 800 by 480. fullscreen: fill the panel, without a pointer. rotate: degrees clockwise, in
    quarter turns. offscreen: draw without any screen, for tests and pictures. home: a folder Kivy may write to,
    None for a fresh one that the system clears.

    Raises RuntimeError when Kivy is there already: its settings can no longer be changed then.
    """
    if "kivy.config" in sys.modules:
        raise RuntimeError("the window must be prepared before Kivy is imported")
    _environment(home or Path(tempfile.mkdtemp(prefix="kiosk-kivy-")), offscreen=offscreen)
    config = importlib.import_module("kivy.config").Config
    for section, settings in _SETTINGS.items():
        for key, value in settings.items():
            config.set(section, key, value)
    width, height = size or SIZE
    config.set("graphics", "width", str(width))
    config.set("graphics", "height", str(height))
    config.set("graphics", "rotation", str(-rotate % 360))  # Kivy turns the other way
    config.set("graphics", "fullscreen", "auto" if fullscreen else "0")
    config.set("graphics", "show_cursor", "0" if fullscreen else "1")
    _one_way_to_touch(config)
    # Only what is to be done at once cuts a turn short; else the loop would spin before whatever is due later.
    importlib.import_module("kivy.clock").Clock.interupt_next_only = True


NO_STYLES = Path(__file__).parent / "no_styles"
"""A folder with an empty style.kv."""


def leave_out() -> None:
    """Load Kivy without what the kiosk never draws: the styles of its stock widgets, and Pillow for its pictures.

    Between `prepare` and the first import of a widget. Where Kivy is there already, or loads them in another way
    some day, they are merely there as well. Labels and buttons of Kivy's own draw nothing after this.
    """
    kivy: Any = importlib.import_module("kivy")
    kivy.kivy_options["image"] = ("sdl2",)
    importlib.import_module("kivy.resources")
    usual = kivy.kivy_data_dir
    kivy.kivy_data_dir = str(NO_STYLES)
    try:
        importlib.import_module("kivy.lang.builder")
    finally:
        kivy.kivy_data_dir = usual


def _environment(home: Path, *, offscreen: bool) -> None:
    home.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        KIVY_NO_ARGS="1", KIVY_NO_FILELOG="1", KIVY_NO_CONFIG="1", KIVY_NO_ENV_CONFIG="1", KIVY_HOME=str(home)
    )
    # Kivy then speaks through Python's own logging, and only where there is something to say.
    os.environ["KIVY_LOG_MODE"] = "PYTHON"
    # A filter, since Kivy sets its logger's level back when it starts.
    logging.getLogger("kivy").addFilter(_worth_saying)
    os.environ.setdefault("KIVY_WINDOW", "sdl2")
    if offscreen:
        os.environ["SDL_VIDEODRIVER"] = "offscreen"


def _worth_saying(record: logging.LogRecord) -> bool:
    """What is wrong; but not the cry for a library of touchpads (libmtdev) that nothing here needs."""
    return record.levelno >= logging.WARNING and "MTDev" not in record.getMessage()


def _one_way_to_touch(config: Any) -> None:
    """One finger at a time, heard once: the window gives touches as a mouse, and nobody else listens.

    With more providers one finger is heard twice, and a right click leaves red dots on the screen.
    """
    section = "input"
    for key in list(config.options(section)):
        config.remove_option(section, key)
    config.set(section, "mouse", "mouse,disable_multitouch")
