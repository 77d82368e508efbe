"""The shelf of shared tools. Badge and label, in either order: what is in is taken, what is out is brought back."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.amounts import BadgeHash
from kiosk.commands import (
    BorrowTool,
    BreakTool,
    Command,
    MendTool,
    NewBadge,
    RemoveTool,
    ReturnTool,
    ShelveTool,
)
from kiosk.events import ToolGone, ToolShelved
from kiosk.faces import Touch
from kiosk.rules.projects import LONGEST_TITLE
from kiosk.state import PROJECTS, Tool
from kiosk.tongue import DIRECTING, phrase, speaking
from kiosk.visit.ground import Answered, Step, Surroundings, object_to, owner
from kiosk.visit.jar_places import (
    Breaking,
    Draft,
    HowMuch,
    JarPlace,
    Mending,
    NewTool,
    OneTool,
    Removing,
    SaidIn,
    Shelf,
    Shelving,
    Taps,
)
from kiosk.visit.places import Home, Idle, NoBadge, Told, Visit, go, start, turn
from kiosk.words import by_day

READ_AGAIN = 3_000
"""Milliseconds in which the same label read again is the same reading: it is still held before the scanner."""

REPAIR = PROJECTS[0]
"""The kind of project that a broken tool becomes."""

OPEN = (Idle, Home, Told, NoBadge, JarPlace, Shelf, OneTool)
"""Places where a label begins something; elsewhere the errand comes first."""


def label_seen(visit: Visit, label: str, around: Surroundings) -> Step:
    """A tool's label before the scanner."""
    now = around.now.mono
    again = label == visit.label and now - visit.label_at < READ_AGAIN
    seen = replace(visit, label=label, label_at=now)
    if again:
        return Step(seen)
    if isinstance(visit.place, NewTool):
        return _new_label(seen, label, around)
    if not isinstance(visit.place, OPEN):
        words, mend = phrase("First what is on the screen"), phrase("Then hold the tool there again.")
        return object_to(seen, around, words, mend, "repair")
    tool = around.state.tools.get(label)
    if tool is None:
        return Step(start(seen, SaidIn(Shelving(label)), seen.who, seen.badge))
    if seen.who:
        return Step(seen, there_and_back(tool, seen.badge))
    return Step(start(seen, OneTool(label)))


def there_and_back(tool: Tool, badge: BadgeHash) -> BorrowTool | ReturnTool:
    """What is on the shelf is taken, what is out is brought back, whoever had it."""
    return ReturnTool(tool.label, badge) if tool.borrower else BorrowTool(tool.label, badge)


def _new_label(visit: Visit, label: str, around: Surroundings) -> Step:
    known = around.state.tools.get(label)
    if known is not None:
        words = phrase("This is the label of {tool}", tool=known.name)
        return object_to(visit, around, words, phrase("A new tool needs a new one."), "repair")
    return Step(go(visit, SaidIn(Shelving(label))))


def shelf_touched(visit: Visit, place: Shelf, touch: Touch, around: Surroundings) -> Step:
    """One tool, a page further, or a new tool."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, Shelf(max(0, place.page + int(way)))))
        case ["tool", label] if label in around.state.tools:
            return Step(go(visit, OneTool(label)))
        case ["new tool"]:
            return Step(go(visit, NewTool()))
    return Step(visit)


def tool_touched(visit: Visit, place: OneTool, touch: Touch, around: Surroundings) -> Step:
    """Take it, bring it back, or say that it is broken, works again, or is gone."""
    tool = around.state.tools.get(place.tool)
    if tool is None:
        return object_to(visit, around, phrase("This is no longer on the shelf"))
    match touch.value:
        case "take" | "return" if visit.who:
            return Step(visit, there_and_back(tool, visit.badge))
        case "broken":
            return Step(go(visit, SaidIn(Breaking(tool.label))))
        case "works" if visit.who:
            return Step(visit, MendTool(tool.label, visit.badge))
        case "works":
            return Step(go(visit, Taps(Mending(tool.label))))
        case "repair" if tool.broken:
            return Step(go(visit, HowMuch(repair(tool, around.language))))
        case "gone":
            return Step(go(visit, SaidIn(Removing(tool.label))))
    return Step(visit)


def tool_taps(visit: Visit, place: OneTool, badge: NewBadge, around: Surroundings) -> Step:
    """A badge after the label: taken, or back."""
    member, tool = owner(badge, around), around.state.tools.get(place.tool)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    known = replace(visit, who=member.handle, badge=badge.hash)
    if tool is None:
        return object_to(known, around, phrase("This is no longer on the shelf"))
    return Step(known, there_and_back(tool, badge.hash))


def repair(tool: Tool, language: str) -> Draft:
    """A proposal to have a tool mended. Its title goes into the record for all, so it is in the shop's language.

    language: that one.
    """
    with speaking(language):
        title = phrase("mend {tool}: {words}", tool=tool.name, words=tool.broken).translate(DIRECTING)
    short = title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
    return Draft(title=short, sort=REPAIR, tool=tool.label)


# --- answers ----------------------------------------------------------------------------------------------


def after(visit: Visit, answered: Answered, around: Surroundings) -> Visit | None:
    """A tool that broke becomes a proposal at once; None for all else."""
    match answered.command:
        case BreakTool(tool=label) if label in around.state.tools:
            here = start(visit, OneTool(label), visit.who, visit.badge)
            return go(here, HowMuch(repair(around.state.tools[label], around.language)))
    return None


def told(answered: Answered, around: Surroundings) -> tuple[str, str] | None:
    """What was done with a tool, in one sentence, with its picture."""
    command = answered.command
    match command:
        case BorrowTool(tool=label):
            tool = around.state.tools[label]
            words = phrase(
                "{name} has {tool}. It is due back {day}.",
                name=tool.borrower,
                tool=tool.name,
                day=by_day(tool.due),
            )
            return words, "repair"
        case ReturnTool(tool=label):
            back = phrase("{tool} is back. Hold it there again to take it.", tool=around.state.tools[label].name)
            return back, "repair"
        case MendTool(tool=label):
            return phrase("{tool} works again.", tool=around.state.tools[label].name), "check"
    return _about_the_shelf(command, answered)


def _about_the_shelf(command: Command, answered: Answered) -> tuple[str, str] | None:
    event = answered.entries[-1].event if answered.entries else None
    if isinstance(command, ShelveTool) and isinstance(event, ToolShelved):
        return phrase("{tool} is on the shelf.", tool=event.name), "repair"
    if isinstance(command, RemoveTool) and isinstance(event, ToolGone):
        return phrase("It is off the shelf: {words}.", words=event.words), "repair"
    return None


TAPS: Mapping[type, Callable[..., Step]] = {OneTool: tool_taps}

TOUCHES: Mapping[type, Callable[..., Step]] = {Shelf: shelf_touched, OneTool: tool_touched}
