"""Proposing to spend money of a jar: a title, a price, a kind, who carries it out; and the second badge."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.amounts import EntryId
from kiosk.commands import (
    NewBadge,
    ProposeProject,
    SecondProject,
    WithdrawProject,
)
from kiosk.events import ProjectProposed
from kiosk.faces import Touch
from kiosk.rules.projects import EACH
from kiosk.tongue import phrase
from kiosk.visit.ground import Answered, Step, Surroundings, object_to, owner
from kiosk.visit.jar_places import (
    ChooseSort,
    Draft,
    HowMuch,
    NameSort,
    ProposalPlace,
    SaidIn,
    WantsSecond,
    WhoCarries,
)
from kiosk.visit.places import NoBadge, Visit, go, leave, start, turn

# --- putting it together ----------------------------------------------------------------------------------


def begin(visit: Visit, draft: Draft, around: Surroundings) -> Step:
    """The title first, or the price where a broken tool says the title."""
    own = [each for each in around.state.projects.values() if visit.who and each.proposer == visit.who]
    if len(own) >= EACH:
        words = phrase("{name} has {n} proposals open", name=visit.who, n=len(own))
        mend = phrase("Take one back, or let somebody else propose this.")
        return object_to(visit, around, words, mend, "jar")
    return Step(go(visit, HowMuch(draft) if draft.title else SaidIn(draft)))


def priced(visit: Visit, draft: Draft) -> Visit:
    """The price is known; a broken tool's kind is known too."""
    return go(visit, WhoCarries(draft) if draft.sort else ChooseSort(draft))


def sort_touched(visit: Visit, place: ChooseSort, touch: Touch, around: Surroundings) -> Step:
    """What kind it is; or a new word for it."""
    match touch.value.split(":", 1):
        case ["page", "1" | "-1" as way]:
            return Step(turn(visit, replace(place, page=max(0, place.page + int(way)))))
        case ["name sort"]:
            return Step(go(visit, NameSort(place.draft)))
        case ["sort", sort] if sort in around.state.project_kinds():
            return Step(go(visit, WhoCarries(replace(place.draft, sort=sort))))
    return Step(visit)


def sort_named(visit: Visit, place: NameSort, touch: Touch, around: Surroundings) -> Step:
    """A new word for a kind of project."""
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    if touch.value == "typed" and place.text.strip():
        return Step(go(visit, WhoCarries(replace(place.draft, sort=place.text.strip()))))
    return Step(visit)


def carrier_touched(visit: Visit, place: WhoCarries, touch: Touch, around: Surroundings) -> Step:
    """I do; or somebody else does."""
    match touch.value:
        case "me" if visit.who:
            return Step(visit, _proposal(visit, place.draft))
        case "other" if not visit.who:
            return Step(turn(visit, replace(place, other=True)))
        case "me":
            return Step(turn(visit, replace(place, other=False)))
    return Step(visit)


def carrier_taps(visit: Visit, place: WhoCarries, badge: NewBadge, around: Surroundings) -> Step:
    """Whoever carries it out; before that the proposer, where that is another."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    if visit.who:
        return Step(visit, _proposal(visit, place.draft, badge))
    known = replace(visit, who=member.handle, badge=badge.hash)
    return Step(turn(known, place)) if place.other else Step(known, _proposal(known, place.draft))


def _proposal(visit: Visit, draft: Draft, carrier: NewBadge | None = None) -> ProposeProject:
    other = carrier.hash if carrier and carrier.hash != visit.badge else None
    return ProposeProject(
        visit.badge, draft.title, draft.cents, draft.sort, carrier=other, fund=draft.fund, tool=draft.tool
    )


# --- the second badge -------------------------------------------------------------------------------------


def second_touched(visit: Visit, place: WantsSecond, touch: Touch, around: Surroundings) -> Step:
    """Later: it hangs on the jar and waits."""
    return Step(leave(visit) if touch.value == "later" else visit)


def second_taps(visit: Visit, place: WantsSecond, badge: NewBadge, around: Surroundings) -> Step:
    """Another badge lets it stand."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    project = around.state.projects.get(place.project)
    if project is not None and member.handle in (project.proposer, project.carrier):
        words = phrase("{name} has a part in it", name=member.handle)
        mend = phrase("The second badge is that of somebody who has no part in it.")
        return object_to(visit, around, words, mend, "people")
    return Step(visit, SecondProject(place.project, badge.hash))


def proposal_touched(visit: Visit, place: ProposalPlace, touch: Touch, around: Surroundings) -> Step:
    """Let it stand, or take it back."""
    match touch.value:
        case "second" if visit.who:
            return Step(visit, SecondProject(place.project, visit.badge))
        case "second":
            return Step(go(visit, WantsSecond(place.project)))
        case "withdraw" if visit.who:
            return Step(visit, WithdrawProject(place.project, visit.badge))
    return Step(visit)


def reader_taps(visit: Visit, place: ProposalPlace, badge: NewBadge, around: Surroundings) -> Step:
    """Whoever reads it: now the page can say what they may do with it."""
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(visit, around, member.words, member.mend, member.icon)
    return Step(turn(replace(visit, who=member.handle, badge=badge.hash), place))


# --- answers ----------------------------------------------------------------------------------------------


def after(visit: Visit, answered: Answered, around: Surroundings) -> Visit | None:
    """Where it goes on after something of a proposal was booked; None for what is none of it."""
    match answered.command:
        case ProposeProject():
            return start(visit, WantsSecond(answered.entry, fresh=True), visit.who, visit.badge)
    return None


def told(answered: Answered, around: Surroundings) -> tuple[str, str] | None:
    """What was done with a proposal, in one sentence, with its picture."""
    match answered.command:
        case SecondProject(project=name):
            return phrase("Now it stands: {title}.", title=_title(name, around)), "check"
        case WithdrawProject(project=name):
            return phrase("Taken back: {title}.", title=_title(name, around)), "undo"
    return None


def _title(name: EntryId, around: Surroundings) -> str:
    found = around.find(name)
    event = found.entry.event if found else None
    return event.title if isinstance(event, ProjectProposed) else phrase("the proposal")


TAPS: Mapping[type, Callable[..., Step]] = {
    WhoCarries: carrier_taps,
    WantsSecond: second_taps,
    ProposalPlace: reader_taps,
}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    ChooseSort: sort_touched,
    NameSort: sort_named,
    WhoCarries: carrier_touched,
    WantsSecond: second_touched,
    ProposalPlace: proposal_touched,
}
