"""Founding, people and badges, many hands, and a badge that opens nothing."""

from collections.abc import Mapping

from kiosk.faces import Choice, Face, TapFace, TilesFace, TroubleFace, TypeFace
from kiosk.rules.people import LONGEST_HANDLE
from kiosk.state import Member
from kiosk.views.duties import hands_title, hands_words
from kiosk.views.lines import sentence
from kiosk.views.scene import Scene, frame, paged
from kiosk.views.wall import welcome
from kiosk.visit.ground import number
from kiosk.visit.places import (
    Care,
    Founding,
    Hands,
    LayNewBadge,
    NoBadge,
    People,
    SureToLeave,
    Told,
    Visit,
    WhichBadge,
    WhichMember,
    WriteHandle,
)
from kiosk.words import balance, day

MEMBERS = 9
"""People on one page."""


def founding(visit: Visit, place: Founding, scene: Scene) -> Face:
    """Badges first, and after each its owner's name."""
    if place.pending is None:
        return welcome(visit, place, scene)
    which = ("first", "second", "third")[min(len(place.founders), 2)]
    return TypeFace(
        frame=frame(visit, scene, f"The {which} badge", dots=(len(place.founders) + 1, 3), back=False),
        label="Whose badge is this? The name everyone will see",
        text=place.text,
        longest=LONGEST_HANDLE,
        ready=bool(place.text.strip()),
        faint="Your name",
    )


def people(visit: Visit, place: People, scene: Scene) -> Face:
    """What can be done about people and badges."""
    needed = scene.state.hands_needed()
    some_left = any(member.standing == "left" for member in scene.state.members.values())
    choices = [
        Choice(key="join", words="somebody new", icon="person-add"),
        Choice(key="add", words="a new badge", icon="badge"),
    ]
    if some_left:
        choices.append(Choice(key="return", words="somebody returns", icon="back-again"))
    if place.badge is None:
        choices += [
            Choice(key="revoke", words="a lost badge", icon="badge-lost"),
            Choice(key="leave", words="somebody has gone", icon="door"),
            *_own_ways(visit, scene),
            Choice(key="seal", words="the seal of our record", icon="card"),
        ]
    return TilesFace(
        frame=frame(visit, scene, "People and badges"),
        choices=tuple(choices),
        words=f"Nobody decides these alone: {number(needed).lower()} of you tap.",
    )


def _own_ways(visit: Visit, scene: Scene) -> list[Choice]:
    """What somebody does for themselves, with their own badge."""
    member = scene.state.members.get(visit.who)
    if member is None:
        return []
    away = member.standing == "away"
    return [
        Choice(key="back again", words="I’m back", icon="back-again")
        if away
        else Choice(key="away", words="I’m away for a while", icon="away"),
        Choice(key="leave for good", words="I’m leaving", icon="door"),
    ]


def sure_to_leave(visit: Visit, place: SureToLeave, scene: Scene) -> Face:
    """Before leaving: what happens with the hours."""
    minutes = scene.state.balance(visit.who)
    goes = f"Your balance ({balance(minutes)}) goes to the commons." if minutes else "Your balance is even."
    return TilesFace(
        frame=frame(visit, scene, "Leaving for good"),
        choices=(Choice(key="sure", words="yes, I’m leaving", icon="door", tone="strong"),),
        words=f"{goes} Your badges are forgotten; your name stays in what you booked.",
    )


_WHO: Mapping[str, str] = {
    "add": "Who gets a new badge?",
    "revoke": "Whose badge is lost?",
    "return": "Who is back?",
    "leave": "Who has gone?",
}


def which_member(visit: Visit, place: WhichMember, scene: Scene) -> Face:
    """Whom it concerns."""
    returning = place.care.what == "return"
    fitting = tuple(m for m in scene.state.members.values() if (m.standing == "left") == returning)
    by_name = tuple(sorted(fitting, key=lambda member: member.handle.casefold()))
    shown, page = paged(by_name, place.page, MEMBERS)
    return TilesFace(
        frame=frame(visit, scene, _WHO.get(place.care.what, "Who?"), dots=(1, 3)),
        choices=tuple(_member_choice(member) for member in shown),
        page=page,
    )


def _member_choice(member: Member) -> Choice:
    hint = {"away": "away", "left": "has left"}.get(member.standing, "")
    return Choice(key=f"member:{member.handle}", words=member.handle, hint=hint)


def write_handle(visit: Visit, place: WriteHandle, scene: Scene) -> Face:
    """The name of somebody new."""
    return TypeFace(
        frame=frame(visit, scene, "Somebody new", dots=(1, 3)),
        label="The name everyone will see",
        text=place.text,
        longest=LONGEST_HANDLE,
        ready=bool(place.text.strip()),
        faint="A first name",
    )


def which_badge(visit: Visit, place: WhichBadge, scene: Scene) -> Face:
    """Which badge is lost: they are told apart by what they are made of and since when."""
    owned = [
        (hash_, badge)
        for hash_, badge in scene.state.badges.items()
        if badge.handle == place.care.subject and badge.good
    ]
    choices = tuple(
        Choice(
            key=f"badge:{hash_}",
            words=badge.medium,
            icon=badge_icon(badge.medium),
            hint=f"since {day(badge.since)}",
        )
        for hash_, badge in owned
    )
    return TilesFace(frame=frame(visit, scene, "Which one is lost?", dots=(2, 3)), choices=choices)


def badge_icon(medium: str) -> str:
    """The picture of a tag or a card."""
    return "card" if medium == "card" else "badge"


def lay_new_badge(visit: Visit, place: LayNewBadge, scene: Scene) -> Face:
    """The new badge is laid down or shown."""
    return TapFace(
        frame=frame(visit, scene, f"A badge for {place.care.subject}", dots=(2, 3)),
        prompt="Lay the new badge on the reader",
        words="Or show a new card to the scanner.",
        icon="badge",
    )


def hands(visit: Visit, place: Hands, scene: Scene) -> Face:
    """Many hands: dots that fill."""
    needed = scene.state.hands_needed()
    return TapFace(
        frame=frame(visit, scene, _hands_title(place.care, scene), dots=_hands_dots(place.care)),
        prompt=f"{number(needed)} of you tap" if not place.care.hands else "the next one taps",
        words=_hands_words(place.care),
        dots_filled=len(place.care.hands),
        dots=needed,
        names=tuple(handle for handle, _ in place.care.hands),
        icon="people",
    )


def _hands_dots(care: Care) -> tuple[int, int]:
    return {"begin duty": (4, 4), "end duty": (0, 0)}.get(care.what, (3, 3))


def _hands_title(care: Care, scene: Scene) -> str:
    match care.what:
        case "join":
            return f"{care.subject} comes in"
        case "add":
            return f"A new badge for {care.subject}"
        case "revoke":
            return f"{care.subject}’s lost badge"
        case "return":
            return f"{care.subject} is back"
        case "leave":
            return f"{care.subject} has gone"
        case "begin duty" | "end duty":
            return hands_title(care)
        case "photo":
            return "A photo of the whiteboard"
    found = scene.find(care.entry) if care.entry else None
    return sentence(found.entry) if found else "Take it back"


def _hands_words(care: Care) -> str:
    match care.what:
        case "revoke":
            return "It will open nothing any more, and is never used again."
        case "leave":
            return "The balance goes to the commons; the badges are forgotten."
        case "counter":
            return "It is taken back; none of those it names can be one of the hands."
        case "begin duty" | "end duty":
            return hands_words(care)
        case "photo":
            return "It stays with this circle for good, and may show faces: look at it first."
    return "No one does this alone, and the record says whose hands it was."


def no_badge(visit: Visit, place: NoBadge, scene: Scene) -> Face:
    """A badge or code that opens nothing, and what to do."""
    choices = [Choice(key="ok", words="all right", icon="check", tone="strong")]
    if place.badge is not None:
        choices.insert(0, Choice(key="people", words="make it somebody’s", icon="person-add"))
    return TroubleFace(
        frame=frame(visit, scene, "", back=False, leave=False),
        words=place.words,
        mend=place.mend,
        icon=place.icon,
        choices=tuple(choices),
    )


def told(visit: Visit, place: Told, scene: Scene) -> Face:
    """What was done, in one sentence."""
    return TroubleFace(
        frame=frame(visit, scene, "", back=False, leave=False),
        words=place.words,
        mend="",
        icon=place.icon,
        choices=(Choice(key="ok", words="that’s all", icon="check", tone="strong"),),
    )
