"""Votes: what may be asked, when a round carries, and how much of it is told."""

from msgspec.structs import replace

from kiosk.amounts import Handle
from kiosk.commands import (
    CloseRound,
    DropQuestion,
    OpenRound,
    Refusal,
    ReviewDecision,
    VoidRound,
)
from kiosk.events import (
    AnyEvent,
    Counts,
    DecisionReviewed,
    DissentCounted,
    Outcome,
    QuestionDropped,
    RoundClosed,
    RoundOpened,
    RoundVoided,
)
from kiosk.rules.agenda import may_vote
from kiosk.rules.approvals import approving, enough_ballots
from kiosk.rules.case import Case, Verdict
from kiosk.rules.charter import unfit
from kiosk.rules.circle import not_now, opened
from kiosk.rules.days import TWO_YEARS, later_day
from kiosk.rules.writing import plain_words
from kiosk.state import Charter, Round, State
from kiosk.words import local

LONGEST_QUESTION, LONGEST_DOWNSIDE = 120, 200
"""Characters."""


def who_argues(state: State, roll: tuple[Handle, ...]) -> Handle:
    """Who argues the other side before the next vote: of those present, who has done so least; then by the roll."""
    return min(roll, key=lambda handle: state.argued.get(handle, 0))


def open_round(command: OpenRound, case: Case) -> Verdict:
    """Put a question to the buttons; who may press, and what will be told, is fixed with this."""
    circle = opened(case)
    if isinstance(circle, Refusal):
        return circle
    refused = not_now(circle, case) or _not_again(command, case)
    if refused:
        return refused
    asked = _as_it_waits(command, case)
    misfit = unfit(asked.change, case.state) if asked.change else None
    if misfit:
        return misfit
    question = plain_words(asked.question, least=1, most=LONGEST_QUESTION)
    if isinstance(question, Refusal):
        return question
    downside = _downside(asked.downside)
    if isinstance(downside, Refusal):
        return downside
    review = later_day(asked.review, case, most=TWO_YEARS)
    if isinstance(review, Refusal):
        return review
    enough = len(circle.roll) >= case.state.charter.counted
    return (
        RoundOpened(
            circle=circle.number,
            question=question,
            roll=circle.roll,
            detail=asked.detail if enough else "outcome",
            against=who_argues(case.state, circle.roll),
            downside=downside,
            review=review,
            again=command.again,
            change=asked.change,
        ),
    )


def _not_again(command: OpenRound, case: Case) -> Refusal | None:
    if command.again is None or may_vote(case.state, command.again):
        return None
    if command.again not in case.state.questions:
        return Refusal("no question", "This question does not wait any more. Choose another one.")
    return Refusal("not yet", "This waits for the next circle. Then it is voted again.")


def _as_it_waits(command: OpenRound, case: Case) -> OpenRound:
    """What is voted again is what was voted before: its words, how much is told, its day if that is still ahead."""
    waiting = case.state.questions.get(command.again) if command.again else None
    if waiting is None:
        return command
    ahead = waiting.review > local(case.now).date().isoformat()
    return replace(
        command,
        question=waiting.words,
        detail=waiting.detail,
        review=waiting.review if ahead else command.review,
        change=waiting.change,
    )


def _downside(text: str) -> str | Refusal:
    return plain_words(text, least=1, most=LONGEST_DOWNSIDE) if text.strip() else ""


def counts_told(opened_round: Round, ballots: Counts, state: State) -> bool:
    """Whether the counts of this round are told; by what was fixed before it opened, and by how many pressed."""
    return opened_round.detail == "counts" and total(ballots) >= state.charter.counted


def total(ballots: Counts) -> int:
    """How many took part."""
    return ballots.yes + ballots.no + ballots.abstain


def unanimous(ballots: Counts) -> bool:
    """Whether several people all pressed the same of yes and no."""
    return total(ballots) > 1 and total(ballots) in (ballots.yes, ballots.no)


def outcome(ballots: Counts, people: int, charter: Charter) -> Outcome:
    """Half of the roll takes part, and two at least, and more say yes than no; a tie is not broken.

    people: how many are on the roll. One press alone would decide for all, and its result would tell what it was.
    """
    if not enough_ballots(total(ballots), people, charter):
        return "too few"
    if ballots.yes == ballots.no:
        return "tied"
    return "carried" if ballots.yes > ballots.no else "not carried"


def close_round(command: CloseRound, case: Case) -> Verdict:
    """Count. Of a round whose counts are not told, nothing that is written depends on whether it was unanimous."""
    counted = _open_round(case)
    if isinstance(counted, Refusal):
        return counted
    ballots = command.ballots
    if min(ballots.yes, ballots.no, ballots.abstain) < 0:
        return Refusal("no count", "Nobody can press less than not at all. Stop this vote and take it again.")
    if total(ballots) > len(counted.roll):
        return Refusal("too many", "More have pressed than are here. Stop this vote and take it again.")
    result = outcome(ballots, len(counted.roll), case.state.charter)
    if not counts_told(counted, ballots, case.state):
        closed = RoundClosed(counted.id, result, total(ballots))
        return (closed, *_listened(command, case))
    if result == "carried" and ballots.yes == total(ballots) and not counted.waited:
        result = "waits"
    return (RoundClosed(counted.id, result, total(ballots), ballots),)


def _listened(command: CloseRound, case: Case) -> tuple[AnyEvent, ...]:
    """After every fifth round of this sort (the charter's `block`): were all of them unanimous?

    None when a power cut took some of them.
    """
    rounds = case.state.dissent.hidden + 1
    if not total(command.ballots) or rounds < case.state.charter.block:
        return ()
    known = command.hush.rounds == rounds - 1
    quiet = command.hush.quiet and unanimous(command.ballots)
    return (DissentCounted(rounds, quiet if known else None),)


def _open_round(case: Case) -> Round | Refusal:
    circle = case.state.circle
    return circle.round if circle and circle.round else _NO_VOTE


_NO_VOTE = Refusal("no vote", "No vote is open. Put a question first.")


def void_round(command: VoidRound, case: Case) -> Verdict:
    """It comes to nothing, and is taken again; a round of approvals and a Friday too."""
    circle = case.state.circle
    void = case.state.friday or approving(case.state) or (circle.round if circle else None)
    return (RoundVoided(void.id, command.why),) if void else _NO_VOTE


def drop_question(command: DropQuestion, case: Case) -> Verdict:
    """Let a waiting question go."""
    circle = opened(case)
    if isinstance(circle, Refusal):
        return circle
    if command.question not in case.state.questions:
        return Refusal("no question", "This question does not wait any more. Choose another one.")
    return (QuestionDropped(circle.number, command.question),)


def review_decision(command: ReviewDecision, case: Case) -> Verdict:
    """Did the downside come true, and does it go on?"""
    circle = opened(case)
    if isinstance(circle, Refusal):
        return circle
    if command.decision not in case.state.decisions:
        return Refusal("no decision", "This decision does not stand any more. Choose another one.")
    review = later_day(command.review, case, most=TWO_YEARS) if command.stands else ""
    if isinstance(review, Refusal):
        return review
    return (DecisionReviewed(circle.number, command.decision, command.came_true, command.stands, review),)
