"""Votes, from the question to what came of it. Nothing here can know what anybody pressed."""

from collections.abc import Mapping
from typing import Literal

from kiosk.amounts import EntryId
from kiosk.events import (
    ApprovalOpened,
    Counts,
    FridayOpened,
    Outcome,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    duty_called,
)
from kiosk.faces import AskFace, Face, OutcomeFace, Share, SpeakFace, VoteFace
from kiosk.rules.votes import LONGEST_DOWNSIDE, LONGEST_QUESTION, who_argues
from kiosk.state import Round
from kiosk.tongue import later, phrase, unfilled
from kiosk.views.buttons import (
    SHAPES,
    asking,
    circle_frame,
    figures,
    key_choices,
    part_of,
    picking,
    seconds,
    writing,
)
from kiosk.views.scene import Scene, frame
from kiosk.visit import circle_places as places
from kiosk.visit.friday_places import Downside
from kiosk.visit.places import Visit
from kiosk.visit.rows import DETAILS, questions, review_words, reviews, topics
from kiosk.words import by_day, jar_word, next_one, some

OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    "carried": (later("Carried"), later("More said yes than no. It stands.")),
    "waits": (
        later("Everyone said yes"),
        later("That is when one looks again: it is voted once more in the next circle, and then it stands."),
    ),
    "not carried": (later("Not carried"), later("It stays as it was.")),
    "tied": (later("A tie"), later("A tie is not broken. Talk further, and vote again.")),
    "too few": (
        later("Too few pressed"),
        later("Half of those here must take part, and two at least. Nothing is decided."),
    ),
}
"""What came of a vote, and what it means now."""

OUTCOME_WORDS: Mapping[Outcome, str] = {
    "carried": later("carried"),
    "waits": later("everyone said yes, voted again next time"),
    "not carried": later("not carried"),
    "tied": later("a tie"),
    "too few": later("too few pressed"),
}
"""What came of a vote, at the end of a sentence."""

WHY_VOID = (later("power cut"), later("given up"))
"""Why a vote is void, as the record has it and `unfilled` says it."""


# --- before it ----------------------------------------------------------------------------------------------


def question_words(visit: Visit, place: places.QuestionWords, scene: Scene) -> Face:
    """What is asked."""
    if place.text is not None:
        label = phrase("What is the question? So that yes and no answer it")
        return writing(visit, scene, label, place.text, LONGEST_QUESTION)
    rows = tuple(unfilled(each) for each in questions(scene.state))
    return picking(visit, place, scene, phrase("What is the question?"), rows, place.at)


def topics_said(scene: Scene) -> tuple[str, ...]:
    """What can be picked for a question or a downside: words of ours, or such as somebody voiced."""
    return tuple(unfilled(each) for each in topics(scene.state))


def question_detail(visit: Visit, place: places.QuestionDetail, scene: Scene) -> Face:
    """How much is told."""
    rows = tuple(phrase(each) for each in DETAILS.values())
    return picking(visit, place, scene, phrase("What is told of the result?"), rows, place.at)


def question_review(visit: Visit, place: places.QuestionReview, scene: Scene) -> Face:
    """When it is looked at again."""
    rows = tuple(review_words(each) for each in reviews(scene.state))
    return picking(visit, place, scene, phrase("When do we look at it again?"), rows, place.at)


def old_question(visit: Visit, place: places.OldQuestion, scene: Scene) -> AskFace:
    """Vote again, or let it go."""
    question = scene.state.questions.get(place.question)
    return asking(visit, place, scene, phrase("Vote again?"), unfilled(question.words) if question else "")


def against(visit: Visit, place: places.Against, scene: Scene) -> Face:
    """The other side has a minute."""
    circle = scene.state.circle
    speaker = who_argues(scene.state, circle.roll) if circle else ""
    return other_side(visit, place, scene, speaker, unfilled(place.asking.question))


def other_side(
    visit: Visit, place: places.Against | Downside, scene: Scene, speaker: str, about: str, title: str = ""
) -> Face:
    """Somebody argues against it, then their words are picked or written. title: before what is asked there."""
    if place.text is not None:
        asked = phrase("What does {name} fear?", name=speaker)
        if title:
            asked = phrase("{title}: what does {name} fear?", title=title, name=speaker)
        return writing(visit, scene, asked, place.text, LONGEST_DOWNSIDE)
    if place.noting:
        asked = phrase("What does {name} fear?", name=speaker)
        return picking(visit, place, scene, asked, topics_said(scene), place.at)
    given = scene.state.charter.downside * 1000
    left = place.began + given - scene.now.mono
    return SpeakFace(
        frame=circle_frame(visit, scene, phrase("The other side")),
        speaker=speaker,
        left=seconds(left),
        of=seconds(given),
        under=under_figures(left, given),
        prompt=phrase("Argues against it, also when in favour"),
        part=part_of(given),
        about=about,
        choices=key_choices(place),
    )


def under_figures(left: int, given: int) -> str:
    """What stands below the time of a speaker. Milliseconds."""
    return phrase("of {time}", time=figures(given)) if left > 0 else phrase("time is up")


# --- while it is open ---------------------------------------------------------------------------------------


def voting(visit: Visit, place: places.Voting, scene: Scene) -> Face:
    """The question, and how many have pressed. Nothing else is known here."""
    circle = scene.state.circle
    opened = (circle.round if circle else None) or Round(place.round)
    people = len(opened.roll)
    full = place.pressed >= people
    words = phrase("of {people} have pressed", people=people)
    if full:
        words = phrase("All have pressed. It is being counted.")
    question = unfilled(opened.question)
    choices = key_choices(place)
    if place.stopping:
        choices = key_choices(place, close=phrase("count it now"))
    return VoteFace(
        frame=frame(visit, scene, question, back=not place.stopping, leave=False),
        question=phrase("Stop this vote?") if place.stopping else question,
        pressed=place.pressed,
        people=people,
        words=words,
        resting=not place.stopping and (full or scene.now.mono < place.rests),
        choices=choices,
    )


# --- what came of it ----------------------------------------------------------------------------------------


def outcome(visit: Visit, place: places.Outcome, scene: Scene) -> Face:
    """What came of it."""
    found = scene.find(place.entry)
    ended = found.entry.event if found else None
    if not isinstance(ended, RoundClosed | RoundVoided):
        return asking(visit, place, scene, "")
    opened = round_of(ended.round, scene)
    if isinstance(ended, RoundVoided):
        why = phrase("The power was cut.") if ended.why == "power cut" else ""
        kept = phrase("No press of it is kept anywhere. It waits on the list to be voted again.")
        return OutcomeFace(
            frame=circle_frame(visit, scene),
            words=phrase("This vote is void"),
            question=asked(ended.round, scene),
            meaning=f"{why} {kept}".lstrip(),
            choices=key_choices(place),
        )
    title, meaning = OUTCOMES[ended.outcome]
    again = opened.review if opened and ended.outcome == "carried" else ""
    return OutcomeFace(
        frame=circle_frame(visit, scene),
        words=phrase(title),
        question=unfilled(opened.question) if opened else "",
        meaning=_meaning(meaning, opened, ended.outcome, scene),
        how=how(ended.outcome),
        counts=shares(ended.counts),
        again=phrase("We look at it again {day}.", day=by_day(again)) if again else "",
        choices=key_choices(place),
    )


def _meaning(meaning: str, opened: RoundOpened | None, result: Outcome, scene: Scene) -> str:
    """What it means now; a number of the charter holds once many hands let it."""
    if opened is None or opened.change is None or result != "carried":
        return phrase(meaning)
    needed = scene.state.hands_needed()
    return phrase("It holds once {number} of you have tapped for it, under numbers.", number=some(needed))


def how(result: Outcome) -> Literal["carried", "waits", "other"]:
    """The picture of what came of it."""
    if result == "carried":
        return "carried"
    return "waits" if result == "waits" else "other"


def shares(counts: Counts | None) -> tuple[Share, ...]:
    """The counts, where they are told: each answer beside its shape."""
    if counts is None:
        return ()
    told = ((phrase("yes"), counts.yes), (phrase("no"), counts.no), (phrase("abstained"), counts.abstain))
    of = counts.yes + counts.no + counts.abstain
    return tuple(Share(words, shape, count, of) for (words, count), shape in zip(told, SHAPES, strict=True))


def round_of(entry: EntryId, scene: Scene) -> RoundOpened | None:
    """The round that this entry opened."""
    found = scene.find(entry)
    event = found.entry.event if found else None
    return event if isinstance(event, RoundOpened) else None


def asked(opened: EntryId, scene: Scene) -> str:
    """The question of a round, of either sort."""
    found = scene.find(opened)
    match found.entry.event if found else None:
        case RoundOpened(question=question):
            return unfilled(question)
        case FridayOpened(fund=fund):
            return jar_word(fund)
        case ApprovalOpened(duty=duty, fund=fund):
            return next_one(duty_called(duty, fund))
    return ""


def outcome_word(result: Outcome) -> str:
    """What came of a vote, at the end of a sentence."""
    return phrase(OUTCOME_WORDS[result])
