"""The shelf of shared tools: what is in, what is out, since when and with whom."""

from kiosk.faces import Choice, Face, Point, ShelfFace, TapFace, TilesFace, ToolLine, TroubleFace
from kiosk.rules.tools import overdue_tools, tools_out
from kiosk.state import Tool
from kiosk.tongue import phrase
from kiosk.views.scene import Scene, frame, paged
from kiosk.visit import jar_places as places
from kiosk.visit.places import Visit
from kiosk.words import by, local, when

LINES = 4
"""Tools on one page."""

ON_WALL = 6
"""Tools that are out on the wall."""


def shelf(visit: Visit, place: places.Shelf, scene: Scene) -> Face:
    """All tools, what is out first."""
    found = tuple(sorted(scene.state.tools.values(), key=lambda tool: (not tool.borrower, tool.name.casefold())))
    shown, page = paged(found, place.page, LINES)
    return ShelfFace(
        frame=frame(visit, scene, phrase("Tools")),
        lines=tuple(line(tool, scene) for tool in shown),
        choices=(Choice(key="new tool", words=phrase("a new tool"), icon="plus"),),
        page=page,
        words=phrase("Badge and label: it is yours. Label and badge: it is back."),
        empty=phrase("Nothing is on the shelf yet. Stick a label on a tool and put it there."),
    )


def line(tool: Tool, scene: Scene) -> ToolLine:
    """A tool in a row."""
    late = tool in overdue_tools(scene.state, local(scene.now).date())
    return ToolLine(
        key=f"tool:{tool.label}",
        name=tool.name,
        told=told(tool, scene),
        standing="overdue" if late else "out" if tool.borrower else "broken" if tool.broken else "in",
    )


def told(tool: Tool, scene: Scene) -> str:
    """Where it is, or what is wrong with it."""
    broken = phrase("broken: {words}", words=tool.broken) if tool.broken else ""
    if tool.borrower and tool.since is not None:
        since, due = when(tool.since, scene.now), by(tool.due)
        out = phrase("with {name} since {time}, {due}", name=tool.borrower, time=since, due=due)
        return f"{out} · {broken}" if broken else out
    return broken or phrase("on the shelf")


def one_tool(visit: Visit, place: places.OneTool, scene: Scene) -> Face:
    """One tool: a badge takes it or brings it back."""
    tool = scene.state.tools.get(place.tool)
    if tool is None:
        words = phrase("This is no longer on the shelf")
        return TroubleFace(frame=frame(visit, scene, ""), words=words, mend="", icon="repair")
    if visit.who:
        return TilesFace(
            frame=frame(visit, scene, tool.name, dots=(1, 2)), choices=_ways(visit, tool), words=told(tool, scene)
        )
    return TapFace(
        frame=frame(visit, scene, tool.name, dots=(1, 2)),
        prompt=_prompt(tool),
        words=told(tool, scene),
        choices=_ways(visit, tool),
        icon="repair",
    )


def _prompt(tool: Tool) -> str:
    if tool.borrower:
        return phrase("Tap to bring it back")
    return phrase("It can’t be taken") if tool.broken else phrase("Tap to take it")


def _ways(visit: Visit, tool: Tool) -> tuple[Choice, ...]:
    ways = []
    if visit.who and tool.borrower:
        ways.append(Choice(key="return", words=phrase("bring it back"), icon="arrow-left", tone="strong"))
    elif visit.who and not tool.broken:
        ways.append(Choice(key="take", words=phrase("take it"), icon="arrow-right", tone="strong"))
    if tool.broken:
        ways.append(Choice(key="repair", words=phrase("propose its repair"), icon="jar"))
        ways.append(Choice(key="works", words=phrase("it works again"), icon="check"))
    else:
        ways.append(Choice(key="broken", words=phrase("it is broken"), icon="warning"))
    ways.append(Choice(key="gone", words=phrase("it is gone"), icon="close"))
    return tuple(ways)


def new_tool(visit: Visit, place: places.NewTool, scene: Scene) -> Face:
    """A new tool's label is waited for."""
    return TapFace(
        frame=frame(visit, scene, phrase("A new tool"), dots=(0, 3)),
        prompt=phrase("Show its new label"),
        words=phrase("Labels are printed with: kiosk print labels."),
        icon="card",
    )


def out(scene: Scene) -> tuple[Point, ...]:
    """What is out and with whom, for the wall; the longest due first."""
    late = overdue_tools(scene.state, local(scene.now).date())
    return tuple(
        Point(tool.name, by(tool.due), who=tool.borrower, mark="warning" if tool in late else "")
        for tool in tools_out(scene.state)[:ON_WALL]
    )
