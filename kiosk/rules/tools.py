"""The shelf of shared tools: badge, label: borrowed; label, badge: back."""

from datetime import date, timedelta

from kiosk.amounts import BadgeHash
from kiosk.codes import read_label, write_label
from kiosk.commands import BorrowTool, BreakTool, MendTool, Refusal, RemoveTool, ReturnTool, ShelveTool
from kiosk.events import ToolBorrowed, ToolBroken, ToolGone, ToolMended, ToolReturned, ToolShelved
from kiosk.rules.badges import owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.jar import two_badges
from kiosk.rules.writing import WORK_SIGNS, plain_name, plain_words, same
from kiosk.state import Member, State, Tool
from kiosk.words import local

LONGEST_TOOL, LONGEST_WORDS = 40, 120
"""Characters."""


def shelve_tool(command: ShelveTool, case: Case) -> Verdict:
    """Put a tool on the shelf. Its label is new, and so is its name: two of a kind are numbered by people."""
    hands = two_badges(command.badges, case)
    if isinstance(hands, Refusal):
        return hands
    name = plain_name(command.name, least=2, most=LONGEST_TOOL, signs=WORK_SIGNS)
    if isinstance(name, Refusal):
        return name
    if not _is_label(command.label):
        return Refusal("no label", "This is not a label for tools. Print one, and scan it again.")
    if command.label in case.state.tools:
        return Refusal(
            "label taken",
            "This is the label of {tool}. Print another one.",
            {"tool": case.state.tools[command.label].name},
        )
    if same(name) in {same(tool.name) for tool in case.state.tools.values()}:
        return Refusal(
            "name taken", "There is a {name} on the shelf already. Please add a number or a word.", {"name": name}
        )
    return (ToolShelved(label=command.label, name=name, hands=hands),)


def _is_label(label: str) -> bool:
    """Whether it is what a label of ours says, and a badge's card can never say."""
    try:
        return read_label(write_label(label)) == label
    except ValueError:
        return False


def _tool(label: str, case: Case) -> Tool | Refusal:
    found = case.state.tools.get(label)
    return found or Refusal("no tool", "This label is of no tool on the shelf. Ask two people to put it there.")


def _tool_and_member(label: str, badge: BadgeHash, case: Case) -> tuple[Tool, Member] | Refusal:
    tool, member = _tool(label, case), owner(badge, case)
    if isinstance(tool, Refusal):
        return tool
    return member if isinstance(member, Refusal) else (tool, member)


def borrow_tool(command: BorrowTool, case: Case) -> Verdict:
    """Take it; nobody need allow it."""
    found = _tool_and_member(command.tool, command.badge, case)
    if isinstance(found, Refusal):
        return found
    tool, member = found
    if tool.borrower:
        return Refusal(
            "out already",
            "{borrower} has it. Bring it back first: the label, then a badge.",
            {"borrower": tool.borrower},
        )
    if tool.broken:
        return Refusal("broken", "It is broken: {words}. Say that it works again first.", {"words": tool.broken})
    due = local(case.now).date() + timedelta(days=case.state.charter.tool_days)
    return (ToolBorrowed(tool=tool.label, handle=member.handle, due=due.isoformat()),)


def return_tool(command: ReturnTool, case: Case) -> Verdict:
    """Bring it back; whoever brings it, whoever had it."""
    found = _tool_and_member(command.tool, command.badge, case)
    if isinstance(found, Refusal):
        return found
    tool, member = found
    if not tool.borrower:
        return Refusal("on the shelf", "It is on the shelf already. Nothing needs doing.")
    return (ToolReturned(tool=tool.label, handle=member.handle),)


def break_tool(command: BreakTool, case: Case) -> Verdict:
    """Say that it does not work; it may be out or on the shelf."""
    found = _tool_and_member(command.tool, command.badge, case)
    if isinstance(found, Refusal):
        return found
    tool, member = found
    if tool.broken:
        return Refusal("broken already", "That is known. Propose its repair, or say when it works again.")
    words = plain_words(command.words, least=1, most=LONGEST_WORDS)
    if isinstance(words, Refusal):
        return words
    return (ToolBroken(tool=tool.label, handle=member.handle, words=words),)


def mend_tool(command: MendTool, case: Case) -> Verdict:
    """Say that it works again."""
    found = _tool_and_member(command.tool, command.badge, case)
    if isinstance(found, Refusal):
        return found
    tool, member = found
    if not tool.broken:
        return Refusal("not broken", "Nobody said that it is broken. Nothing needs doing.")
    return (ToolMended(tool=tool.label, handle=member.handle),)


def remove_tool(command: RemoveTool, case: Case) -> Verdict:
    """Take it off the shelf for good, also while it is out: what is lost is said to be lost."""
    tool, hands = _tool(command.tool, case), two_badges(command.badges, case)
    if isinstance(tool, Refusal):
        return tool
    if isinstance(hands, Refusal):
        return hands
    words = plain_words(command.words, least=1, most=LONGEST_WORDS)
    if isinstance(words, Refusal):
        return words
    return (ToolGone(tool=tool.label, words=words, hands=hands),)


def tools_out(state: State) -> tuple[Tool, ...]:
    """What is not on the shelf, the first due first."""
    return tuple(sorted((tool for tool in state.tools.values() if tool.borrower), key=_due))


def overdue_tools(state: State, today: date) -> tuple[Tool, ...]:
    """What should be back and is not, the longest first. today: on the clock of the room."""
    return tuple(tool for tool in tools_out(state) if tool.due < today.isoformat())


def _due(tool: Tool) -> tuple[str, str]:
    return (tool.due, tool.label)
