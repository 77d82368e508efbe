"""Rounds of approvals: one badge, one ballot. What anybody approves of never comes here: only how far they are."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from kiosk.commands import CloseApproval, CloseFriday, Command, NewBadge, OpenApproval, VoidRound
from kiosk.faces import Said, Touch
from kiosk.rules.approvals import approving
from kiosk.tongue import later, phrase
from kiosk.visit.circle_places import Booth, NextOne, Outcome
from kiosk.visit.circling import DRAWS
from kiosk.visit.friday_places import MakeSeed
from kiosk.visit.ground import Answered, Step, Surroundings, object_to, owner
from kiosk.visit.places import NOBODY, NoBadge, Visit, back, say, start, turn
from kiosk.visit.voting import ABANDONED, COUNTING, TRIES_AGAIN, BoxTold, held, spoken

# --- before it opens --------------------------------------------------------------------------------------


def next_one_touched(visit: Visit, place: NextOne, touch: Touch, around: Surroundings) -> Step:
    """Put it to the buttons, or not now."""
    match touch.value:
        case "vote":
            return Step(visit, OpenApproval(place.duty))
        case "back":
            return Step(back(visit))
    return Step(visit)


# --- while it is open -------------------------------------------------------------------------------------


def badge_in_booth(visit: Visit, place: Booth, badge: NewBadge, around: Surroundings) -> Step:
    """Somebody's ballot begins, or begins again; any badge ends the one that lay open."""
    ended = turn(visit, replace(place, whose="", up=0))
    if place.stopping:
        asked = forget_badge(ended)
        objected = object_to(asked, around, phrase("First: is it to be stopped?"), phrase("Then tap again."))
        return objected._replace(forgets=True)
    member = owner(badge, around)
    if isinstance(member, NoBadge):
        return object_to(ended, around, member.words, member.mend, member.icon)._replace(forgets=True)
    return Step(turn(visit, replace(place, whose=member.handle)), begins=member.handle)


def told(visit: Visit, place: Booth, heard: BoxTold, around: Surroundings) -> Visit:
    """How far it is; whose ballot it is stays known for as long as it is open, and not a moment longer."""
    if heard.up is None:
        at = replace(place, whose="", up=0, voted=heard.pressed, rests=heard.rests)
        visit = forget_badge(visit)
    else:
        at = replace(place, up=heard.up, voted=heard.pressed, rests=heard.rests)
    said = _OBJECTIONS.get(heard.taken)
    after = turn(visit, at)
    return say(after, spoken(said), around.now.mono) if said else after


_OBJECTIONS: Mapping[str, Said] = {
    "voted already": Said(words=later("You have voted"), mend=later("One badge, one ballot."), icon="badge"),
    "not on the roll": Said(
        words=later("This vote began without you"), mend=later("Tap in for the next one."), icon="badge"
    ),
    "counting": Said(words=later("It is being counted"), mend=later("No ballot is taken any more."), icon="info"),
    "voted elsewhere": Said(
        words=later("This ballot was begun at another kiosk"), mend=later("One person, one ballot."), icon="badge"
    ),
    "unheard": Said(
        words=later("No ballot can be taken just now"),
        mend=later("The other kiosk can’t be reached. Wait, or stop the vote and take it again."),
        icon="info",
    ),
    "resting": Said(words=later("One moment"), mend=later("One press at a time. That one did not count.")),
    "no ballot": Said(words=later("Tap your badge first"), mend=later("This press did not count."), icon="badge"),
    "opened there": Said(
        words=later("Ballots are taken there too"),
        mend=later("One badge, one ballot, here or there."),
        icon="check",
        tone="done",
    ),
    "somebody is there": Said(
        words=later("Somebody is at that kiosk just now"), mend=later("Ask again when nobody is."), icon="info"
    ),
    "not there": Said(
        words=later("That kiosk does not answer"),
        mend=later("The vote goes on here. Ask again in a moment."),
        icon="info",
    ),
    "left": Said(
        words=later("That ballot was not finished"),
        mend=later("It is forgotten. Whoever it was can tap again."),
        icon="info",
        tone="plain",
    ),
}


def nobody_hears(kiosk: str) -> Said:
    """Where a vote was opened at another kiosk, and that one is not heard any more. kiosk: its name."""
    words = phrase("Nothing is heard of the kiosk “{kiosk}”", kiosk=kiosk)
    return Said(words=words, mend=phrase("Its vote waits until it is back."), icon="info")


def counted_there(kiosk: str) -> Said:
    """Where a vote was opened at another kiosk, and that one has all the ballots. kiosk: its name."""
    mend = phrase("At the kiosk “{kiosk}”.", kiosk=kiosk)
    return Said(words=phrase("It is being counted"), mend=mend, icon="info", tone="plain")


def forget_badge(visit: Visit) -> Visit:
    """The badge that was heard last is kept for a moment against double reads; here no longer than its ballot."""
    return replace(visit, heard=NOBODY, heard_at=0)


def booth_touched(visit: Visit, place: Booth, touch: Touch, around: Surroundings) -> Step:
    """Stopping it: count the ballots there are, take it again, or go on."""
    if not place.stopping:
        match touch.value.split(":", 1):
            case ["also", device] if not place.whose and not place.guest:
                return Step(visit, also=device)
            case ["stop"]:
                return Step(held(visit))
        return Step(visit)
    going_on = turn(visit, replace(place, stopping=False))
    match touch.value:
        case "close":
            return Step(going_on, _counting(around))
        case "void":
            return Step(going_on, VoidRound())
        case "go on":
            return Step(going_on)
    return Step(visit)


def _counting(around: Surroundings) -> Command:
    """What counts the round that is open; the house puts the ballots in."""
    opened = approving(around.state)
    if opened is not None and opened.about == "friday":
        return CloseFriday()
    return CloseApproval(draw=around.draw(DRAWS))


def tick(visit: Visit, place: Booth, around: Surroundings) -> Step:
    """Time passes: it is counted when all have voted, and void when everybody has gone."""
    opened = approving(around.state)
    if opened is None or place.guest:
        return Step(visit)
    now = around.now.mono
    if now - visit.touched >= ABANDONED:
        return Step(visit, VoidRound())
    if place.voted >= len(opened.roll) and now >= place.rests + COUNTING and not place.stopping:
        return Step(visit, _counting(around))
    return Step(visit)


def not_kept(visit: Visit, place: Booth, around: Surroundings) -> Visit:
    """The result could not be written down: the box keeps it, and it is tried again in a while."""
    return replace(visit, place=replace(place, rests=around.now.mono + TRIES_AGAIN))


def after(visit: Visit, answered: Answered, around: Surroundings) -> Visit | None:
    """Where it goes on after a round of approvals opened or ended; None for what is none of it."""
    match answered.command:
        case OpenApproval():
            return forget_badge(start(visit, Booth(answered.entry)))
        case CloseApproval():
            return forget_badge(start(visit, Outcome(answered.entry)))
        case VoidRound() if isinstance(visit.place, Booth | MakeSeed):
            return forget_badge(start(visit, Outcome(answered.entry)))
    return None


TAPS: Mapping[type, Callable[..., Step]] = {Booth: badge_in_booth}

TOUCHES: Mapping[type, Callable[..., Step]] = {NextOne: next_one_touched, Booth: booth_touched}
