"""The minutes of a circle in plain words, from the record alone, in the language spoken just now.

Who was there is on the roll, for all at once; who pressed what is nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kiosk.amounts import EntryId, Handle
from kiosk.events import (
    ApprovalClosed,
    ApprovalOpened,
    BenefitSaid,
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
    InversionReviewed,
    InversionStarted,
    JarCounted,
    Outcome,
    PhotoAttached,
    ReportHeld,
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
from kiosk.tongue import later, phrase, plural
from kiosk.views.lines import sentence
from kiosk.views.routines import about_assumptions
from kiosk.visit.rows import voiced
from kiosk.words import by_day, capital, clock, day_of_year, duty_word, full_day, local, names, next_one

_MEANS: Mapping[Outcome, str] = {
    "carried": later("It was carried."),
    "waits": later("Everyone said yes, so it is voted once more in the next circle, and then it stands."),
    "not carried": later("It was not carried."),
    "tied": later("It was a tie, so we talk further and vote again."),
    "too few": later("Too few of us pressed, so nothing is decided."),
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
        _section(phrase("What was said."), _voices(told)),
        _section(phrase("What was decided."), _votes(told, questions)),
        _section(phrase("What became of the jar."), _jar(told)),
        _section(phrase("Who does what."), _tasks(told, tasks)),
        _section(phrase("Which duties went round."), _duties(told)),
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
    then = full_day(local(told[0].moment))
    if told[0].moment.trusted:
        return phrase("Circle {number}, {day}", number=opened.number, day=then)
    return phrase("Circle {number}, {day} (by a clock that may be wrong)", number=opened.number, day=then)


def _who_was_there(told: list[Entry]) -> str:
    opened = told[0].event
    assert isinstance(opened, CircleOpened)
    roll = opened.roll
    were = plural("{n} of us was there: {names}.", "{n} of us were there: {names}.", len(roll), names=names(roll))
    late = [entry.event.handle for entry in told if isinstance(entry.event, CircleJoined)]
    more = sum(entry.event.seconds for entry in told if isinstance(entry.event, CircleExtended))
    came = plural("{names} came later.", "{names} came later.", len(late), names=names(late))
    took = phrase("By a show of hands we took {seconds} seconds more.", seconds=more)
    return " ".join((were, _began(opened, told[0]), *([came] if late else []), *([took] if more else [])))


def _began(opened: CircleOpened, entry: Entry) -> str:
    time = clock(local(entry.moment))
    if opened.opener:
        return phrase("{name} opened it at {time}.", name=opened.opener, time=time)
    return phrase("It began at {time}.", time=time)


def _voices(told: list[Entry]) -> Iterator[str]:
    passed: list[Handle] = []
    for event in (entry.event for entry in told):
        match event:
            case Voiced(priority="", obstacle=""):
                passed.append(event.handle)
            case Voiced():
                yield _voice(event)
    if passed:
        yield plural("{names} passed.", "{names} passed.", len(passed), names=names(passed))


def _voice(event: Voiced) -> str:
    facts = {"name": event.handle, "priority": voiced(event.priority), "obstacle": voiced(event.obstacle)}
    if not event.obstacle:
        return phrase("{name}: {priority} comes first.", **facts)
    if not event.priority:
        return phrase("{name}: {obstacle} is in the way.", **facts)
    return phrase("{name}: {priority} comes first, {obstacle} is in the way.", **facts)


def _votes(told: list[Entry], questions: dict[EntryId, RoundOpened]) -> Iterator[str]:
    for event in (entry.event for entry in told):
        match event:
            case RoundClosed(round=opened, outcome=outcome, counts=counts):
                yield _asked(questions[opened])
                if counts:
                    yield _counted(counts)
                yield phrase(_MEANS[outcome])
                if outcome == "carried":
                    yield phrase("We look at it again {day}.", day=by_day(questions[opened].review))
            case RoundVoided(round=opened, why=why):
                yield _void(_put(opened, told, questions), why)
            case ApprovalClosed():
                yield _chosen(event)
            case DecisionReviewed():
                yield _reviewed(event, voiced(questions[event.decision].question))
            case ExperimentStarted(about=about, words=words, until=until):
                facts = {"obstacle": voiced(about), "words": voiced(words), "day": by_day(until)}
                yield phrase("Against “{obstacle}” we try: {words}, and look at it {day}.", **facts)
            case ExperimentReviewed(about=about, helped=True):
                yield phrase("What we tried against “{obstacle}” helped.", obstacle=voiced(about))
            case ExperimentReviewed(about=about):
                words = later("What we tried against “{obstacle}” did not help, so it is on the wall again.")
                yield phrase(words, obstacle=voiced(about))
            case BenefitSaid() | InversionStarted() | InversionReviewed() | ReportHeld():
                yield about_assumptions(event)


def _void(question: str, why: str) -> str:
    if why == "power cut":
        return phrase("The power was cut while we voted on “{question}”; that vote is void.", question=question)
    return phrase("We stopped the vote on “{question}”; that vote is void.", question=question)


def _chosen(event: ApprovalClosed) -> str:
    facts = {"question": next_one(duty_called(event.duty, event.fund)), "name": event.coming}
    if not event.coming:
        return phrase("“{question}” Nobody was chosen.", **facts)
    if event.by_lot:
        return phrase("“{question}” {name}, by lot among those approved of equally often.", **facts)
    return phrase("“{question}” {name}.", **facts)


def _reviewed(event: DecisionReviewed, question: str) -> str:
    match (event.came_true, event.stands):
        case (True, True):
            words = later("We looked again at “{question}”: the downside came true, and it goes on.")
        case (True, False):
            words = later("We looked again at “{question}”: the downside came true, and it ends.")
        case (False, True):
            words = later("We looked again at “{question}”: the downside did not come true, and it goes on.")
        case _:
            words = later("We looked again at “{question}”: the downside did not come true, and it ends.")
    return phrase(words, question=question)


def _put(opened: EntryId, told: list[Entry], questions: dict[EntryId, RoundOpened]) -> str:
    """What was put to the buttons."""
    asked = {entry.id: entry.event for entry in told if isinstance(entry.event, ApprovalOpened)}
    if opened not in asked:
        return voiced(questions[opened].question)
    return next_one(duty_called(asked[opened].duty, asked[opened].fund))


def _asked(opened: RoundOpened) -> str:
    facts = {"question": voiced(opened.question), "name": opened.against, "downside": voiced(opened.downside)}
    if opened.downside:
        return phrase("“{question}” {name} argued against it: “{downside}”.", **facts)
    return phrase("“{question}” {name} argued against it.", **facts)


def _counted(counts: Counts) -> str:
    return phrase(
        "{yes} said yes, {no} no, {abstain} abstained.", yes=counts.yes, no=counts.no, abstain=counts.abstain
    )


def _jar(told: list[Entry]) -> Iterator[str]:
    return (sentence(entry) for entry in told if isinstance(entry.event, JarCounted | FridayClosed | FundSplit))


def _tasks(told: list[Entry], tasks: dict[EntryId, TaskTaken]) -> Iterator[str]:
    for event in (entry.event for entry in told):
        match event:
            case TaskTaken(doer=doer, words=words, due=due):
                yield phrase("{name}: {task}, by {day}.", name=doer, task=voiced(words), day=_day(due))
            case TaskDone(task=task):
                yield phrase("“{task}” is done.", task=voiced(tasks[task].words))
            case TaskMoved(task=task, due=due):
                yield phrase("“{task}” has until {day}.", task=voiced(tasks[task].words), day=_day(due))
            case TaskDropped(task=task):
                yield phrase("“{task}” is let go.", task=voiced(tasks[task].words))


def _day(text: str) -> str:
    return day_of_year(date.fromisoformat(text))


def _duties(told: list[Entry]) -> Iterator[str]:
    for event in (entry.event for entry in told):
        match event:
            case DutyBegan(duty=duty, fund=fund):
                yield phrase("{duty} goes round from now on.", duty=capital(_called(duty, fund)))
            case DutyEnded(duty=duty, fund=fund):
                yield phrase("{duty} goes round no more.", duty=capital(_called(duty, fund)))
            case DutyDrawn(duty=duty, coming=coming, skipped=skipped, fund=fund):
                yield from _not_there(skipped)
                yield phrase("The lot for {duty} fell on {name}.", duty=_called(duty, fund), name=coming)
            case DutyHandedOver():
                yield from _not_there(event.skipped)
                yield _handed_over(event)


def _called(duty: str, fund: str) -> str:
    return duty_word(duty_called(duty, fund))


def _handed_over(event: DutyHandedOver) -> str:
    if event.leaving and event.witness:
        words = later("{duty} went from {leaving} to {coming}, until {day}, with {witness} as the witness.")
    elif event.leaving:
        words = later("{duty} went from {leaving} to {coming}, until {day}.")
    elif event.witness:
        words = later("{duty} went to {coming}, until {day}, with {witness} as the witness.")
    else:
        words = later("{duty} went to {coming}, until {day}.")
    return phrase(
        words,
        duty=capital(_called(event.duty, event.fund)),
        leaving=event.leaving,
        coming=event.coming,
        day=_day(event.until),
        witness=event.witness,
    )


def _not_there(skipped: tuple[Handle, ...]) -> Iterator[str]:
    if skipped:
        yield phrase("Not there, and first next time: {names}.", names=names(skipped))


def _photos(every: list[Entry], number: int) -> str:
    """Also those that were attached when the circle was over."""
    events = (entry.event for entry in every)
    count = sum(isinstance(event, PhotoAttached) and event.circle == number for event in events)
    if not count:
        return ""
    return plural("There is a photo of the whiteboard.", "There are {n} photos of the whiteboard.", count)


def _ending(told: list[Entry]) -> str:
    closed = told[-1]
    if not isinstance(closed.event, CircleClosed):
        return phrase("The circle is still open.")
    if closed.event.left_open:
        return phrase("Nobody closed this circle; it ended when the next one began.")
    return phrase("It ended at {time}.", time=clock(local(closed.moment)))
