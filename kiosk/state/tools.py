"""Folding the shelf of tools: what is on it, what is out, since when and with whom."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from kiosk.events import (
    Entry,
    ToolBorrowed,
    ToolBroken,
    ToolGone,
    ToolMended,
    ToolReturned,
    ToolShelved,
)
from kiosk.state.change import Change, Touched, lay, without
from kiosk.state.present import State, Tool


def _shelved(state: State, entry: Entry, event: ToolShelved) -> Change:
    return _keep(state, Tool(label=event.label, name=event.name))


def _keep(state: State, tool: Tool) -> Change:
    return Change(lay(state, tools={tool.label: tool}), (Touched("tools", tool.label),))


def _borrowed(state: State, entry: Entry, event: ToolBorrowed) -> Change:
    out = replace(state.tools[event.tool], borrower=event.handle, since=entry.moment, due=event.due)
    return _keep(state, out)


def _returned(state: State, entry: Entry, event: ToolReturned) -> Change:
    return _keep(state, replace(state.tools[event.tool], borrower="", since=None, due=""))


def _broken(state: State, entry: Entry, event: ToolBroken) -> Change:
    return _keep(state, replace(state.tools[event.tool], broken=event.words))


def _mended(state: State, entry: Entry, event: ToolMended) -> Change:
    return _keep(state, replace(state.tools[event.tool], broken=""))


def _gone(state: State, entry: Entry, event: ToolGone) -> Change:
    left = without(state.tools, event.tool)
    return Change(replace(state, tools=left), (Touched("tools", event.tool),))


TOOLS: Mapping[type, Callable[[State, Entry, Any], Change]] = {
    ToolShelved: _shelved,
    ToolBorrowed: _borrowed,
    ToolReturned: _returned,
    ToolBroken: _broken,
    ToolMended: _mended,
    ToolGone: _gone,
}
"""How each event of the shelf changes the present."""
