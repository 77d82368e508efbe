"""What a jar may buy: proposals all week, a second badge to stand, the other side's slot, and what became of it."""

from datetime import date, timedelta

from kiosk.amounts import BadgeHash, EntryId, Handle
from kiosk.commands import (
    ArgueDownside,
    ProposeProject,
    Refusal,
    SecondProject,
    ShowReceipt,
    WithdrawProject,
)
from kiosk.events import DownsideArgued, ProjectProposed, ProjectSeconded, ProjectWithdrawn, ReceiptShown
from kiosk.rules.badges import owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.circle import opened
from kiosk.rules.jar import bad_sum, fund_named, second_badge
from kiosk.rules.votes import LONGEST_DOWNSIDE, who_argues
from kiosk.rules.writing import WORK_SIGNS, plain_name, plain_words, same
from kiosk.state import Project, Purchase, State
from kiosk.words import local

LONGEST_TITLE, LONGEST_WORDS, LONGEST_SORT, LONGEST_RECEIPT = 120, 200, 24, 120
"""Characters."""

EACH = 5
"""Proposals one person may have open at a time."""

FRIDAY = 4
"""As `date.weekday` counts."""

REST_DAYS = 4
"""Days that a Friday is away at least, to be "the next Friday": what was given away on a Thursday is not due a day
later."""


# --- proposing --------------------------------------------------------------------------------------------


def propose_project(command: ProposeProject, case: Case) -> Verdict:
    """By anybody, at any time; also while a Friday is open, for the next one."""
    proposer = owner(command.badge, case)
    if isinstance(proposer, Refusal):
        return proposer
    carrier = owner(command.carrier, case) if command.carrier is not None else proposer
    if isinstance(carrier, Refusal):
        return carrier
    fund = fund_named(command.fund, case)
    if isinstance(fund, Refusal):
        return fund
    title = plain_words(command.title, least=1, most=LONGEST_TITLE)
    if isinstance(title, Refusal):
        return title
    words = plain_words(command.words, least=1, most=LONGEST_WORDS) if command.words.strip() else ""
    if isinstance(words, Refusal):
        return words
    sort = _sort(command.sort, case.state)
    if isinstance(sort, Refusal):
        return sort
    refused = bad_sum(command.cents) or _too_many(proposer.handle, case.state) or _no_tool(command.tool, case.state)
    if refused:
        return refused
    return (
        ProjectProposed(
            title=title,
            cents=command.cents,
            proposer=proposer.handle,
            carrier=carrier.handle,
            sort=sort,
            words=words,
            fund=fund.name,
            tool=command.tool,
        ),
    )


def _sort(text: str, state: State) -> str | Refusal:
    """A kind of project: one that is there already, however it was written, or a new word of the shop's."""
    name = plain_name(text, least=2, most=LONGEST_SORT, signs=WORK_SIGNS)
    if isinstance(name, Refusal):
        return name
    known = state.project_kinds()
    return next((each for each in known if same(each) == same(name)), name)


def _too_many(handle: Handle, state: State) -> Refusal | None:
    own = sum(project.proposer == handle for project in state.projects.values())
    if own < EACH:
        return None
    return Refusal(
        "proposals full",
        "{handle} has {proposals} proposals open. Take one back first.",
        {"handle": handle, "proposals": own},
    )


def _no_tool(label: str, state: State) -> Refusal | None:
    if not label or label in state.tools:
        return None
    return Refusal("no tool", "This tool is not on the shelf any more. Propose it without the label.")


def project_named(name: EntryId, case: Case) -> Project | Refusal:
    """A proposal that is open."""
    found = case.state.projects.get(name)
    return found or Refusal("no project", "This is not on the list any more. Choose another one.")


def offered(project: Project, state: State) -> bool:
    """Whether it is being voted on right now."""
    friday = state.friday
    return friday is not None and project.id in {each.project for each in friday.projects}


def second_project(command: SecondProject, case: Case) -> Verdict:
    """By somebody who neither proposed it nor would get the money."""
    member, project = owner(command.badge, case), project_named(command.project, case)
    if isinstance(member, Refusal):
        return member
    if isinstance(project, Refusal):
        return project
    if project.seconder:
        return Refusal("stands already", "This stands already. Nothing needs doing.")
    if member.handle in (project.proposer, project.carrier):
        return Refusal(
            "own proposal",
            "{handle} has a part in this already, so the second badge must be another’s. Ask somebody else to tap.",
            {"handle": member.handle},
        )
    return (ProjectSeconded(project.id, member.handle),)


def withdraw_project(command: WithdrawProject, case: Case) -> Verdict:
    """By its proposer; by anybody once its proposer or its carrier has left the shop."""
    member, project = owner(command.badge, case), project_named(command.project, case)
    if isinstance(member, Refusal):
        return member
    if isinstance(project, Refusal):
        return project
    if offered(project, case.state):
        return Refusal("friday open", "This is being voted on just now. Finish that first, or stop it.")
    orphaned = {project.proposer, project.carrier} - belonging(case.state)
    if member.handle != project.proposer and not orphaned:
        return Refusal(
            "not yours",
            "{proposer} proposed this, so {proposer} takes it back.",
            {"proposer": project.proposer},
        )
    return (ProjectWithdrawn(project.id, member.handle, project.aside),)


def belonging(state: State) -> set[Handle]:
    """The names of all who belong to the shop now."""
    return {member.handle for member in state.present()}


def standing(state: State, fund: str) -> tuple[Project, ...]:
    """The proposals that the fund's next Friday is about, in the order they were made.

    A proposal whose proposer has left stands as long as the one is here who would carry it out.
    """
    here = belonging(state)
    found = (
        each for each in state.projects.values() if each.fund == fund and each.seconder and each.carrier in here
    )
    return tuple(sorted(found, key=_made))


def _made(project: Project) -> tuple[int, str, int]:
    device, _, number = project.id.rpartition("/")
    return (project.proposed.wall, device, int(number))


# --- the other side ---------------------------------------------------------------------------------------


def argue_downside(command: ArgueDownside, case: Case) -> Verdict:
    """A minute for the other side, by rotation; not by those who want it, where there are others."""
    circle, project = opened(case), project_named(command.project, case)
    if isinstance(circle, Refusal):
        return circle
    if isinstance(project, Refusal):
        return project
    if offered(project, case.state):
        return Refusal("friday open", "This is being voted on just now. Finish that first, or stop it.")
    if not project.seconder:
        return Refusal("not standing", "This needs a second badge before it is talked about. Somebody else taps.")
    if project.argued == circle.number:
        return Refusal("argued already", "The other side of this was heard in this circle. Go on.")
    words = plain_words(command.words, least=1, most=LONGEST_DOWNSIDE) if command.words.strip() else ""
    if isinstance(words, Refusal):
        return words
    against = arguer(case.state, project, circle.roll)
    if not against:
        return Refusal("nobody here", "Nobody is in the circle. Somebody taps in first.")
    return (DownsideArgued(circle.number, project.id, against, words),)


def arguer(state: State, project: Project, roll: tuple[Handle, ...]) -> Handle:
    """Who argues against a project: of those present, whoever has argued least; "" when nobody is there."""
    others = tuple(handle for handle in roll if handle not in (project.proposer, project.carrier))
    return who_argues(state, others or roll) if roll else ""


# --- what became of it ------------------------------------------------------------------------------------


def next_friday(today: date, rest: int = REST_DAYS) -> date:
    """The first Friday that is at least `rest` days away."""
    first = today + timedelta(days=rest)
    return first + timedelta(days=(FRIDAY - first.weekday()) % 7)


def due_day(case: Case) -> str:
    """The day by which a receipt is shown for what is received now, as 2026-11-30."""
    return next_friday(local(case.now).date()).isoformat()


def show_receipt(command: ShowReceipt, case: Case) -> Verdict:
    """A receipt or a word, by who got the money; by anybody else with a witness, as people leave and lie ill."""
    purchase = case.state.purchases.get(command.purchase)
    if purchase is None:
        return Refusal("no purchase", "Nothing is owed for this any more. Nothing needs doing.")
    member = owner(command.badge, case)
    if isinstance(member, Refusal):
        return member
    words = plain_words(command.words, least=1, most=LONGEST_RECEIPT)
    if isinstance(words, Refusal):
        return words
    witness = _witness(command.witness, purchase, member.handle, case)
    if isinstance(witness, Refusal):
        return witness
    return (ReceiptShown(purchase.id, member.handle, words, witness),)


def _witness(badge: BadgeHash | None, purchase: Purchase, handle: Handle, case: Case) -> Handle | Refusal:
    if handle == purchase.carrier:
        return ""
    if badge is None:
        return Refusal(
            "witness",
            "{carrier} got this money. Somebody else can show the receipt too, with a second badge as a witness.",
            {"carrier": purchase.carrier},
        )
    witness = owner(badge, case)
    if isinstance(witness, Refusal):
        return witness
    return second_badge() if witness.handle == handle else witness.handle


def overdue_receipts(state: State, today: date) -> tuple[Purchase, ...]:
    """Money for which nothing was shown by the day it was due, the longest first. today: in the room."""
    late = (each for each in state.purchases.values() if each.due < today.isoformat())
    return tuple(sorted(late, key=_longest_due))


def _longest_due(purchase: Purchase) -> tuple[str, EntryId]:
    return (purchase.due, purchase.id)
