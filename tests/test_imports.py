"""Everything imports on a bare machine: no pins, no ports, no screen. Without this nobody could test at home."""

import os
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent

BARE = """
import sys
for library in ("lgpio", "RPi", "RPi.GPIO", "pigpio", "evdev"):
    sys.modules[library] = None  # importing it now fails, as on a machine that doesn't have it
"""

EVERY = """
import importlib, pkgutil
import hardware, kiosk
names = [
    module.name
    for package in (hardware, kiosk)
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + ".")
]
for name in names:
    importlib.import_module(name)
print(len(names))
"""

LIGHT = """
import kiosk.__main__, hardware.signals, kiosk.house, kiosk.reports.present, kiosk.settings
print(*sorted({"kivy", "gpiozero", "serial"} & set(sys.modules)))
"""


WITHOUT_EXTRAS = """
for library in ("nats", "nkeys"):
    sys.modules[library] = None
import kiosk.__main__, kiosk.run
print("well")
"""


BEFORE_THE_WALL = """
import sys
import kiosk.opening, kiosk.window, kiosk.first_face
later = "staircase house core safe demo visit.step views.contents rules.contents"
print(*sorted({*(f"kiosk.{each}" for each in later.split()), "hardware.rig", "PIL", "nats"} & set(sys.modules)))
"""


def said(script: str, home: Path) -> str:
    """What a fresh Python prints that has no display, no pins and an unwritable place to stand in."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SDL_", "KIVY_", "GPIOZERO_")) and name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    environment |= {"KIVY_HOME": str(home / "kivy"), "KIVY_NO_ARGS": "1", "HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", BARE + script],
        cwd="/proc",
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def modules() -> int:
    """How many modules there are, counted by their files."""
    files = [file for package in ("hardware", "kiosk") for file in (ROOT / package).rglob("*.py")]
    return len(files) - 2  # the packages themselves


def test_every_module_imports_without_pins_ports_and_display(tmp_path: Path) -> None:
    """Without this the kiosk would only start where every part is plugged in."""
    assert int(said(EVERY, tmp_path).splitlines()[-1]) == modules()


def test_without_the_wire_everything_else_runs(tmp_path: Path) -> None:
    """Without this a shop that is alone would have to install what it never needs."""
    assert said(WITHOUT_EXTRAS, tmp_path) == "well"


def test_no_imports_go_round_in_a_circle() -> None:
    """Without this a circle could hide behind the order in which things happen to be imported."""
    graph = grimp.build_graph("kiosk", "hardware")
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) == modules() + 2
    TopologicalSorter(imports).prepare()


def test_reading_the_record_loads_no_screen_and_no_wire(tmp_path: Path) -> None:
    """Without this `kiosk record` would take seconds on a Pi, and fail where Kivy can't be installed."""
    assert said(LIGHT, tmp_path) == ""


def test_the_wall_is_there_before_the_house_is_loaded(tmp_path: Path) -> None:
    """Without this whoever switches it on looks at a black panel for as long again."""
    assert said(BEFORE_THE_WALL, tmp_path) == ""


def test_the_kiosk_itself_loads_no_server(tmp_path: Path) -> None:
    """Without this a fault in what serves the wall page would be a fault in the kiosk."""
    served = 'import sys, kiosk.__main__, kiosk.run; print(*{"starlette", "uvicorn", "anyio"} & set(sys.modules))'
    assert said(served, tmp_path) == ""
