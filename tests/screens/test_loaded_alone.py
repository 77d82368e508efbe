"""Each screen is loaded by itself, when it is first wanted: what it is put together from must come with it."""

import re
from collections.abc import Iterator
from pathlib import Path

SCREENS = Path(__file__).parents[2] / "kiosk/screens"
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in SCREENS.glob("*.py")}
IN_THE_DOCK = {"Chip"}
"""Called like a piece of the screens, and drawn in the dock alone."""


def comes_with(module: str) -> set[str]:
    """The modules of screens that are loaded with one, itself among them."""
    found, waiting = set[str](), [module]
    while waiting:
        name = waiting.pop()
        if name in found or name not in SOURCES or name == "stage":
            continue
        found.add(name)
        source = SOURCES[name]
        waiting += re.findall(r"^from kiosk\.screens\.(\w+) import", source, re.M)
        for names in re.findall(r"^from kiosk\.screens import ([\w, ]+)$", source, re.M):
            waiting += names.split(", ")
    return found


def rules() -> Iterator[tuple[str, str]]:
    """(the .kv that says how something is put together, what that is)"""
    for path in SCREENS.glob("*.kv"):
        for rule in re.findall(r"^<([^>]+)>:", path.read_text(encoding="utf-8"), re.M):
            yield from ((path.stem, name.strip()) for name in rule.split(","))


def test_whatever_is_loaded_brings_the_rules_that_it_is_made_by() -> None:
    """A page would fail for whoever comes to it first after a start, and work once another was seen."""
    homes = {name: module for module, text in SOURCES.items() for name in re.findall(r"^class (\w+)", text, re.M)}
    found = {name: place for place, name in rules() if name in homes and name not in IN_THE_DOCK}
    assert len(found) > 30
    assert {name: place for name, place in found.items() if place not in comes_with(homes[name])} == {}


def test_no_screen_needs_the_styles_that_a_start_leaves_out() -> None:
    """A stock label would be an empty place on the kiosk, though the pictures of the tests show it."""
    stock = {
        (name, kind)
        for name, text in SOURCES.items()
        if name != "pictures"
        for kind in re.findall(r"kivy\.uix\.(\w+)", text)
        if kind not in ("widget", "floatlayout")
    }
    assert stock == set()
    ours = {name for text in SOURCES.values() for name in re.findall(r"^class (\w+)", text, re.M)}
    written = {
        name
        for path in SCREENS.glob("*.kv")
        for name in re.findall(r"^ +([A-Z]\w+):$", path.read_text(encoding="utf-8"), re.M)
    }
    assert written
    assert written - ours == set()
