"""Rounds of approvals as plain words: whose turn at the buttons it is, and which candidate is up. Nothing else."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.events import ApprovalClosed, duty_called
from kiosk.faces import BallotFace, Choice, Face, OutcomeFace
from kiosk.rules.approvals import Approving, approving, candidates
from kiosk.state import alive
from kiosk.tongue import isolated, later, phrase, plural
from kiosk.views import votes
from kiosk.views.buttons import asking, circle_frame, key_choices
from kiosk.views.scene import Scene, frame
from kiosk.visit import circle_places as places
from kiosk.visit.places import Visit
from kiosk.words import jar_word, local, money, names, next_one

NAMED = 8
"""As many as are named in one sentence; more are counted."""

APPROVING: Mapping[str, str] = {
    "press:yes": later("approve"),
    "press:no": later("not"),
    "press:abstain": later("abstain"),
}
"""What the three buttons are called on a ballot of approvals; the order and the shapes are those of every vote."""

NOBODY_CHOSEN = later("Too few of those here voted, or nobody was approved of. It stays on the list.")
"""The same for both: which of them it was is told to nobody."""


def next_up(visit: Visit, place: places.NextOne, scene: Scene) -> Face:
    """How it goes, before it is put to the buttons."""
    up = candidates(scene.state, place.duty, local(scene.now).date())
    who = names(up)
    if len(up) > NAMED:
        who = plural("{n} person is up", "{n} people are up", len(up))
    about = phrase("{who}. One badge, one ballot: tap, then press once for each name.", who=who)
    return asking(visit, place, scene, next_one(place.duty), about)


def booth(visit: Visit, place: places.Booth, scene: Scene) -> Face:
    """The next badge is waited for, or somebody's ballot is open at one candidate."""
    opened = approving(scene.state)
    if opened is None:
        return asking(visit, place, scene, "")
    voted = (place.voted, len(opened.roll))
    if place.stopping:
        told = phrase("{count} of {of_all} have voted.", count=voted[0], of_all=voted[1])
        return asking(visit, place, scene, phrase("Stop this vote?"), told, close=phrase("count it now"))
    title = _title(opened)
    around = replace(frame(visit, scene, title, back=not place.guest, leave=False), who=place.whose)
    if not place.whose:
        all_have = voted[0] >= voted[1]
        return BallotFace(
            around,
            title,
            waiting=True,
            words=phrase("All have voted") if all_have else phrase("The next one taps"),
            hint=_hint(opened, place, scene, all_have=all_have),
            voted=voted,
            choices=() if all_have or place.guest else _also_there(scene),
        )
    return BallotFace(
        around,
        title,
        waiting=False,
        words=_words(opened, opened.candidates[place.up], scene),
        hint=phrase("{name}’s ballot. Not and abstain count alike. Tap again to begin again.", name=place.whose),
        at=(place.up + 1, len(opened.candidates)),
        voted=voted,
        choices=key_choices(place, **{key: phrase(words) for key, words in APPROVING.items()}),
    )


def _hint(opened: Approving, place: places.Booth, scene: Scene, *, all_have: bool) -> str:
    """Where one can vote; or what the counting waits for."""
    state = scene.state
    if scene.booths.silent:
        silent = names([state.kiosk_called(each) for each in scene.booths.silent])
        return phrase(
            "Nothing is heard of the kiosk {kiosk}. Nothing is counted without it: wait, or stop this vote.",
            kiosk=silent,
        )
    if all_have:
        return phrase("It is being counted.")
    others = [opened.id.rpartition("/")[0]] if place.guest else scene.booths.at
    if not others:
        return phrase("One badge, one ballot.")
    there = names([state.kiosk_called(each) for each in others])
    return phrase("One badge, one ballot. Also taken at the kiosk {kiosk}.", kiosk=there)


def _also_there(scene: Scene) -> tuple[Choice, ...]:
    """The next kiosk that could take ballots too, one touch for each."""
    others = [each for each in alive(scene.state.kiosks.values(), scene.device) if scene.device]
    left = {each.device: each for each in others if each.device not in scene.booths.asked}
    # One that is off, or where somebody is, stands in nobody's way: then it is the others' turn.
    in_turn = [each for each in left if each not in scene.booths.missed] + [*scene.booths.missed]
    asked = next((left[each] for each in in_turn if each in left), None)
    if asked is None:
        return ()
    words = phrase("also vote at: {kiosk}", kiosk=isolated(asked.name))
    return (Choice(key=f"also:{asked.device}", words=words, icon="plus"),)


def _title(opened: Approving) -> str:
    """What is decided."""
    if opened.about == "friday":
        return phrase("{jar}: what is bought?", jar=jar_word(opened.words))
    return next_one(opened.words)


def _words(opened: Approving, candidate: str, scene: Scene) -> str:
    """A candidate as the screen names them: people by their names, projects by title and price."""
    friday = scene.state.friday
    if opened.about != "friday" or friday is None:
        return candidate
    return next(f"{each.title} · {money(each.cents)}" for each in friday.projects if each.project == candidate)


def outcome(visit: Visit, place: places.Outcome, scene: Scene) -> Face:
    """What came of a round of either sort."""
    found = scene.find(place.entry)
    ended = found.entry.event if found else None
    if not isinstance(ended, ApprovalClosed):
        return votes.outcome(visit, place, scene)
    chosen = phrase("The hand-over is two taps.")
    if ended.by_lot:
        chosen = phrase("Others were approved of as often; the lot decided. The hand-over is two taps.")
    return OutcomeFace(
        frame=circle_frame(visit, scene),
        words=phrase("{name} is next", name=ended.coming) if ended.coming else phrase("Nobody is chosen"),
        question=next_one(duty_called(ended.duty, ended.fund)),
        meaning=chosen if ended.coming else phrase(NOBODY_CHOSEN),
        how="carried" if ended.coming else "other",
        choices=key_choices(place),
    )
