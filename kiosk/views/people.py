"""Founding, people and badges, many hands, and a badge that opens nothing."""

from collections.abc import Mapping

from kiosk.faces import Choice, Face, TapFace, TilesFace, TroubleFace, TypeFace
from kiosk.rules.people import LONGEST_HANDLE
from kiosk.state import Member
from kiosk.tongue import later, phrase
from kiosk.views.duties import hands_title, hands_words
from kiosk.views.lines import sentence
from kiosk.views.scene import Scene, frame, paged
from kiosk.views.wall import welcome
from kiosk.visit.housing import waiting
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
from kiosk.words import balance, capital, day, medium_word, some

MEMBERS = 9
"""People on one page."""


_BADGES = (later("The first badge"), later("The second badge"), later("The third badge"))


def founding(visit: Visit, place: Founding, scene: Scene) -> Face:
    """Badges first, and after each its owner's name."""
    if place.pending is None:
        return welcome(visit, place, scene)
    return TypeFace(
        frame=frame(
            visit,
            scene,
            phrase(_BADGES[min(len(place.founders), 2)]),
            dots=(len(place.founders) + 1, 3),
            back=False,
        ),
        label=phrase("Whose badge is this? The name everyone will see"),
        text=place.text,
        longest=LONGEST_HANDLE,
        ready=bool(place.text.strip()),
        faint=phrase("Your name"),
    )


def people(visit: Visit, place: People, scene: Scene) -> Face:
    """What can be done about people and badges."""
    needed = scene.state.hands_needed()
    some_left = any(member.standing == "left" for member in scene.state.members.values())
    choices = [
        Choice(key="join", words=phrase("somebody new"), icon="person-add"),
        Choice(key="add", words=phrase("a new badge"), icon="badge"),
    ]
    if some_left:
        choices.append(Choice(key="return", words=phrase("somebody returns"), icon="back-again"))
    if place.badge is None:
        choices += [
            Choice(key="revoke", words=phrase("a lost badge"), icon="badge-lost"),
            Choice(key="leave", words=phrase("somebody has gone"), icon="door"),
            *_own_ways(visit, scene),
            *_charter(visit),
            *_neighbours(visit),
            *_kiosks(visit, scene),
            Choice(key="reports", words=phrase("what we read aloud"), icon="list"),
            Choice(key="seal", words=phrase("the seal of our record"), icon="card"),
            Choice(key="checkup", words=phrase("how is the kiosk?"), icon="repair"),
        ]
    return TilesFace(
        frame=frame(visit, scene, phrase("People and badges")),
        choices=tuple(choices),
        words=phrase("Who comes, returns, has gone, or gets a badge: {number} of you tap.", number=some(needed)),
    )


def _charter(visit: Visit) -> list[Choice]:
    """Anybody may read what the shop lives by; whoever has tapped finds it under numbers, too."""
    return [] if visit.who else [Choice(key="charter", words=phrase("our charter"), icon="people-several")]


def _neighbours(visit: Visit) -> list[Choice]:
    """Whoever has tapped finds them on their own page, once there are some."""
    return [] if visit.who else [Choice(key="neighbours", words=phrase("neighbours"), icon="commons")]


def _kiosks(visit: Visit, scene: Scene) -> list[Choice]:
    """Where there are several kiosks, or one wants to be let in."""
    if not scene.state.kiosks and waiting(scene.invited, scene.state) is None:
        return []
    return [Choice(key="kiosks", words=phrase("kiosks of the shop"), icon="commons")]


def _own_ways(visit: Visit, scene: Scene) -> list[Choice]:
    """What somebody does for themselves, with their own badge."""
    member = scene.state.members.get(visit.who)
    if member is None:
        return []
    away = member.standing == "away"
    return [
        Choice(key="back again", words=phrase("I’m back"), icon="back-again")
        if away
        else Choice(key="away", words=phrase("I’m away for a while"), icon="away"),
        Choice(key="leave for good", words=phrase("I’m leaving"), icon="door"),
    ]


def sure_to_leave(visit: Visit, place: SureToLeave, scene: Scene) -> Face:
    """Before leaving: what happens with the hours."""
    minutes = scene.state.balance(visit.who)
    goes = phrase("Your balance is even.")
    if minutes:
        goes = phrase("Your balance ({balance}) goes to the commons.", balance=balance(minutes))
    return TilesFace(
        frame=frame(visit, scene, phrase("Leaving for good")),
        choices=(Choice(key="sure", words=phrase("yes, I’m leaving"), icon="door", tone="strong"),),
        words=" ".join((goes, phrase("Your badges are forgotten; your name stays in what you booked."))),
    )


WHO = later("Who?")

_WHO: Mapping[str, str] = {
    "add": later("Who gets a new badge?"),
    "revoke": later("Whose badge is lost?"),
    "return": later("Who is back?"),
    "leave": later("Who has gone?"),
}


def which_member(visit: Visit, place: WhichMember, scene: Scene) -> Face:
    """Whom it concerns."""
    returning = place.care.what == "return"
    fitting = tuple(m for m in scene.state.members.values() if (m.standing == "left") == returning)
    by_name = tuple(sorted(fitting, key=lambda member: member.handle.casefold()))
    shown, page = paged(by_name, place.page, MEMBERS)
    return TilesFace(
        frame=frame(visit, scene, phrase(_WHO.get(place.care.what, WHO)), dots=(1, 3)),
        choices=tuple(_member_choice(member) for member in shown),
        page=page,
    )


def _member_choice(member: Member) -> Choice:
    hint = {"away": phrase("away"), "left": phrase("has left")}.get(member.standing, "")
    return Choice(key=f"member:{member.handle}", words=member.handle, hint=hint)


def write_handle(visit: Visit, place: WriteHandle, scene: Scene) -> Face:
    """The name of somebody new."""
    return TypeFace(
        frame=frame(visit, scene, phrase("Somebody new"), dots=(1, 3)),
        label=phrase("The name everyone will see"),
        text=place.text,
        longest=LONGEST_HANDLE,
        ready=bool(place.text.strip()),
        faint=phrase("A first name"),
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
            words=medium_word(badge.medium),
            icon=badge_icon(badge.medium),
            hint=phrase("since {day}", day=day(badge.since)),
        )
        for hash_, badge in owned
    )
    return TilesFace(frame=frame(visit, scene, phrase("Which one is lost?"), dots=(2, 3)), choices=choices)


def badge_icon(medium: str) -> str:
    """The picture of a tag or a card."""
    return "card" if medium == "card" else "badge"


def lay_new_badge(visit: Visit, place: LayNewBadge, scene: Scene) -> Face:
    """The new badge is laid down or shown."""
    return TapFace(
        frame=frame(visit, scene, phrase("A badge for {name}", name=place.care.subject), dots=(2, 3)),
        prompt=phrase("Lay the new badge on the reader"),
        words=phrase("Or show a new card to the scanner."),
        icon="badge",
    )


def hands(visit: Visit, place: Hands, scene: Scene) -> Face:
    """Many hands: dots that fill."""
    needed = scene.state.hands_needed()
    return TapFace(
        frame=frame(visit, scene, _hands_title(place.care, scene), dots=_hands_dots(place.care)),
        prompt=_hands_prompt(place, needed),
        words=_hands_words(place.care),
        dots_filled=len(place.care.hands),
        dots=needed,
        names=tuple(handle for handle, _ in place.care.hands),
        icon="people",
    )


def _hands_prompt(place: Hands, needed: int) -> str:
    if place.care.hands:
        return phrase("The next one taps")
    return capital(phrase("{number} of you tap", number=some(needed)))


def _hands_dots(care: Care) -> tuple[int, int]:
    return {"begin duty": (4, 4), "end duty": (0, 0)}.get(care.what, (3, 3))


def _hands_title(care: Care, scene: Scene) -> str:
    match care.what:
        case "join":
            return phrase("{name} comes in", name=care.subject)
        case "add":
            return phrase("A new badge for {name}", name=care.subject)
        case "revoke":
            return phrase("{name}’s lost badge", name=care.subject)
        case "return":
            return phrase("{name} is back", name=care.subject)
        case "leave":
            return phrase("{name} has gone", name=care.subject)
        case "begin duty" | "end duty":
            return hands_title(care)
        case "photo":
            return phrase("A photo of the whiteboard")
        case "update":
            return phrase("The new program")
    found = scene.find(care.entry) if care.entry else None
    return sentence(found.entry) if found else phrase("Take it back")


def _hands_words(care: Care) -> str:
    match care.what:
        case "revoke":
            return phrase("It will open nothing any more, and is never used again.")
        case "leave":
            return phrase("The balance goes to the commons; the badges are forgotten.")
        case "counter":
            return phrase("It is taken back; none of those it names can be one of the hands.")
        case "begin duty" | "end duty":
            return hands_words(care)
        case "photo":
            return phrase("It stays with this circle for good, and may show faces: look at it first.")
        case "update":
            return phrase("Whoever answers for it taps first. The others have heard what it is and where from.")
    return phrase("No one does this alone, and the record says whose hands it was.")


def no_badge(visit: Visit, place: NoBadge, scene: Scene) -> Face:
    """A badge or code that opens nothing, and what to do."""
    choices = [Choice(key="ok", words=phrase("all right"), icon="check", tone="strong")]
    if place.badge is not None:
        choices.insert(0, Choice(key="people", words=phrase("make it somebody’s"), icon="person-add"))
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
        choices=(Choice(key="ok", words=phrase("that’s all"), icon="check", tone="strong"),),
    )
