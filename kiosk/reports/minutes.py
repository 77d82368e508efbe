"""The minutes of a circle in plain words, from the record alone.

Who was there is on the roll, for all at once; who pressed what is nowhere.
"""

from collections.abc import Iterable, Iterator

from kiosk.amounts import EntryId, Handle
from kiosk.events import (
    ApprovalClosed,
    ApprovalOpened,
    CircleClosed,
    CircleExtended,
    CircleJoined,
    CircleOpened,
    Counts,
    DecisionReviewed,
    DutyBegan,
    DutyDrawn,
    DutyEnded,
    DutyHandedOver,
    Entry,
    ExperimentReviewed,
    ExperimentStarted,
    FridayClosed,
    FundSplit,
    JarCounted,
    PhotoAttached,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    TaskDone,
    TaskDropped,
    TaskMoved,
    TaskTaken,
    Voiced,
    duty_called,
)
from kiosk.views.lines import sentence
from kiosk.words import by_day, capital, local, names, next_one

_MEANS = {
    "carried": "It was carried.",
    "waits": "Everyone said yes, so it is voted once more in the next circle, and then it stands.",
    "not carried": "It was not carried.",
    "tied": "It was a tie, so we talk further and vote again.",
    "too few": "Too few of us pressed, so nothing is decided.",
}


def circles(entries: Iterable[Entry]) -> dict[int, list[Entry]]:
    """The entries of each circle, by its number; also of one that is still open."""
    found: dict[int, list[Entry]] = {}
    number = 0
    for entry in entries:
        if isinstance(entry.event, CircleOpened):
            number = entry.event.number
            found[number] = []
        if number:
            found[number].append(entry)
        if isinstance(entry.event, CircleClosed):
            number = 0
    return found


def minutes(entries: Iterable[Entry], number: int | None = None) -> tuple[str, ...] | None:
    """The minutes as paragraphs, the first being the headline; of the latest circle when no number is given.

    None when there was no such circle.
    """
    every = list(entries)
    by_number = circles(every)
    wanted = number if number is not None else max(by_number, default=0)
    if wanted not in by_number:
        return None
    told = by_number[wanted]
    questions = {entry.id: entry.event for entry in every if isinstance(entry.event, RoundOpened)}
    tasks = {entry.id: entry.event for entry in every if isinstance(entry.event, TaskTaken)}
    parts = (
        _headline(told),
        _who_was_there(told),
        _section("What was said.", _voices(told)),
        _section("What was decided.", _votes(told, questions)),
        _section("What became of the jar.", _jar(told)),
        _section("Who does what.", _tasks(told, tasks)),
        _section("Which duties went round.", _duties(told)),
        _photos(every, wanted),
        _ending(told),
    )
    return tuple(part for part in parts if part)


def _section(title: str, sentences: Iterator[str]) -> str:
    text = " ".join(sentences)
    return f"{title} {text}" if text else ""


def _headline(told: list[Entry]) -> str:
    opened = told[0].event
    assert isinstance(opened, CircleOpened)
    then = local(told[0].moment)
    unsure = "" if told[0].moment.trusted else " (by a clock that may be wrong)"
    return f"Circle {opened.number}, {then:%A} {then.day} {then:%B} {then.year}{unsure}"


def _who_was_there(told: list[Entry]) -> str:
    opened = told[0].event
    assert isinstance(opened, CircleOpened)
    then = local(told[0].moment)
    who = f"{opened.opener} opened it" if opened.opener else "It began"
    late = [entry.event.handle for entry in told if isinstance(entry.event, CircleJoined)]
    more = sum(entry.event.seconds for entry in told if isinstance(entry.event, CircleExtended))
    return " ".join(
        part
        for part in (
            f"{len(opened.roll)} of us were there: {names(opened.roll)}.",
            f"{who} at {then.hour}:{then.minute:02d}.",
            f"{names(late)} came later." if late else "",
            f"By a show of hands we took {more} seconds more." if more else "",
        )
        if part
    )


def _voices(told: list[Entry]) -> Iterator[str]:
    passed: list[Handle] = []
    for event in (entry.event for entry in told):
        match event:
            case Voiced(priority="", obstacle=""):
                passed.append(event.handle)
            case Voiced(handle=handle, priority=priority, obstacle=""):
                yield f"{handle}: {priority} comes first."
            case Voiced(handle=handle, priority="", obstacle=obstacle):
                yield f"{handle}: {obstacle} is in the way."
            case Voiced(handle=handle, priority=priority, obstacle=obstacle):
                yield f"{handle}: {priority} comes first, {obstacle} is in the way."
    if passed:
        yield f"{names(passed)} passed."


def _votes(told: list[Entry], questions: dict[EntryId, RoundOpened]) -> Iterator[str]:
    for event in (entry.event for entry in told):
        match event:
            case RoundClosed(round=opened, outcome=outcome, counts=counts):
                yield f"{_asked(questions[opened])} {_counted(counts)}{_MEANS[outcome]}"
                if outcome == "carried":
                    yield f"We look at it again {by_day(questions[opened].review)}."
            case RoundVoided(round=opened, why=why):
                cause = "The power was cut while we voted" if why == "power cut" else "We stopped the vote"
                yield f"{cause} on “{_put(opened, told, questions)}”; that vote is void."
            case ApprovalClosed(duty=duty, coming="", fund=fund):
                yield f"“{next_one(duty_called(duty, fund))}” Nobody was chosen."
            case ApprovalClosed(duty=duty, coming=coming, by_lot=by_lot, fund=fund):
                lot = ", by lot among those approved of equally often" if by_lot else ""
                yield f"“{next_one(duty_called(duty, fund))}” {coming}{lot}."
            case DecisionReviewed(decision=decision, came_true=came_true, stands=stands):
                downside = "came true" if came_true else "did not come true"
                end = "it goes on" if stands else "it ends"
                yield f"We looked again at “{questions[decision].question}”: the downside {downside}, and {end}."
            case ExperimentStarted(about=about, words=words, until=until):
                yield f"Against “{about}” we try: {words}, and look at it {by_day(until)}."
            case ExperimentReviewed(about=about, helped=helped):
                end = "helped" if helped else "did not help, so it is on the wall again"
                yield f"What we tried against “{about}” {end}."


def _put(opened: EntryId, told: list[Entry], questions: dict[EntryId, RoundOpened]) -> str:
    """What was put to the buttons."""
    asked = {entry.id: entry.event for entry in told if isinstance(entry.event, ApprovalOpened)}
    if opened not in asked:
        return questions[opened].question
    return next_one(duty_called(asked[opened].duty, asked[opened].fund))


def _asked(opened: RoundOpened) -> str:
    against = f"{opened.against} argued against it"
    said = f": “{opened.downside}”." if opened.downside else "."
    return f"“{opened.question}” {against}{said}"


def _counted(counts: Counts | None) -> str:
    return f"{counts.yes} said yes, {counts.no} no, {counts.abstain} abstained. " if counts else ""


def _jar(told: list[Entry]) -> Iterator[str]:
    return (sentence(entry) for entry in told if isinstance(entry.event, JarCounted | FridayClosed | FundSplit))


def _tasks(told: list[Entry], tasks: dict[EntryId, TaskTaken]) -> Iterator[str]:
    for event in (entry.event for entry in told):
        match event:
            case TaskTaken(doer=doer, words=words, due=due):
                yield f"{doer}: {words}, by {by_day(due).removeprefix('on ')}."
            case TaskDone(task=task):
                yield f"“{tasks[task].words}” is done."
            case TaskMoved(task=task, due=due):
                yield f"“{tasks[task].words}” has until {by_day(due).removeprefix('on ')}."
            case TaskDropped(task=task):
                yield f"“{tasks[task].words}” is let go."


def _duties(told: list[Entry]) -> Iterator[str]:
    for event in (entry.event for entry in told):
        match event:
            case DutyBegan(duty=duty, fund=fund):
                yield f"{capital(duty_called(duty, fund))} goes round from now on."
            case DutyEnded(duty=duty, fund=fund):
                yield f"{capital(duty_called(duty, fund))} goes round no more."
            case DutyDrawn(duty=duty, coming=coming, skipped=skipped, fund=fund):
                yield from _not_there(skipped)
                yield f"The lot for {duty_called(duty, fund)} fell on {coming}."
            case DutyHandedOver():
                yield from _handed_over(event)


def _handed_over(event: DutyHandedOver) -> Iterator[str]:
    yield from _not_there(event.skipped)
    came = f"from {event.leaving} to {event.coming}" if event.leaving else f"to {event.coming}"
    witness = f", with {event.witness} as the witness" if event.witness else ""
    called = capital(duty_called(event.duty, event.fund))
    yield f"{called} went {came}, until {by_day(event.until).removeprefix('on ')}{witness}."


def _not_there(skipped: tuple[Handle, ...]) -> Iterator[str]:
    if skipped:
        yield f"Not there, and first next time: {names(skipped)}."


def _photos(every: list[Entry], number: int) -> str:
    """Also those that were attached when the circle was over."""
    events = (entry.event for entry in every)
    count = sum(isinstance(event, PhotoAttached) and event.circle == number for event in events)
    if not count:
        return ""
    return "There is a photo of the whiteboard." if count == 1 else f"There are {count} photos of the whiteboard."


def _ending(told: list[Entry]) -> str:
    closed = told[-1]
    if not isinstance(closed.event, CircleClosed):
        return "The circle is still open."
    if closed.event.left_open:
        return "Nobody closed this circle; it ended when the next one began."
    then = local(closed.moment)
    return f"It ended at {then.hour}:{then.minute:02d}."
