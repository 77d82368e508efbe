"""The minutes of a circle in plain language: gathered from the record, worded as somebody would write them down.

They hold what was said, what came of each vote, who does what and which duties turned. Who was there is the roll,
marked for all at once; of a vote nothing is told but what its entries say.
"""

import textwrap
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta, tzinfo
from typing import Any, Literal

import msgspec
from msgspec import Struct

from kiosk.amounts import EntryId, Handle, Moment
from kiosk.events import (
    AnyEvent,
    ApprovalClosed,
    ApprovalOpened,
    CircleClosed,
    CircleExtended,
    CircleJoined,
    CircleOpened,
    Counts,
    DecisionReviewed,
    DissentCounted,
    DutyNamed,
    DutyPassed,
    Entry,
    ExperimentStarted,
    Found,
    LotDrawn,
    Outcome,
    QuestionDropped,
    RoundClosed,
    RoundOpened,
    RoundVoided,
    TaskDone,
    TaskDropped,
    TaskMoved,
    TaskTaken,
    Term,
    Turn,
    Voiced,
)
from kiosk.reports.present import stamp
from kiosk.visit.rows import SAID_ALOUD
from kiosk.words import local, names

WIDTH = 80
"""Signs in a line."""

Find = Callable[[EntryId], Found | None]
"""Looks an older entry up in the record."""

Void = Literal["power cut", "given up"]
"""Why a vote came to nothing."""


class Spoke(Struct, frozen=True):
    """What somebody said in their turn; both empty where they passed."""

    handle: Handle
    priority: str
    obstacle: str


class Vote(Struct, frozen=True, tag="vote"):
    """A question that was put to the buttons.

    people: how many could press; pressed: how many did, None where nothing was counted. counts: None where only
    the outcome is told. outcome: None while it is open, and where it is void; void: why, "" where it is not.
    again: whether it had been voted before; left_from: in which older circle, None where it was this one.
    """

    question: str
    against: Handle
    downside: str
    people: int
    review: str
    again: bool = False
    left_from: int | None = None
    outcome: Outcome | None = None
    pressed: int | None = None
    counts: Counts | None = None
    void: Void | Literal[""] = ""


class LookedAt(Struct, frozen=True, tag="looked at again"):
    """A decision that was looked at again. question: "" and decided_in: None where it can't be looked up."""

    question: str
    decided_in: int | None
    downside: str
    came_true: bool
    stands: bool
    review: str


class LetGo(Struct, frozen=True, tag="let go"):
    """A question that was let go. left_from: the circle it came from."""

    question: str
    left_from: int | None


class TaskNote(Struct, frozen=True):
    """Something about a task. by: whose badge said that it is done; "" when the circle did."""

    what: Literal["taken", "done", "moved", "dropped"]
    words: str
    doer: Handle
    due: str
    by: Handle = ""


class Chosen(Struct, frozen=True, tag="chosen"):
    """Who takes a duty next, by approval. who: "" where too few took part, or it came to nothing, or goes on."""

    duty: str
    who: Handle = ""
    void: Void | Literal[""] = ""
    open: bool = False


Decided = Vote | LookedAt | LetGo | ExperimentStarted | DissentCounted
"""What the circle decided, tried and looked at."""

Turned = DutyNamed | DutyPassed | LotDrawn | Chosen
"""What became of duties."""


class Minutes(Struct, frozen=True):
    """One circle, from its opening to its end.

    roll: who was there, in the shop's order; late: who came later. more: seconds taken by a show of hands.
    ended: None while it is open; left_open: nobody ended it. unheard: who got no turn before it ended.
    trusted: False where the clock may have been wrong.
    """

    number: int
    opened: Moment
    opener: Handle
    roll: tuple[Handle, ...]
    late: tuple[Handle, ...]
    ended: Moment | None
    left_open: bool
    more: int
    trusted: bool
    said: tuple[Spoke, ...]
    unheard: tuple[Handle, ...]
    decided: tuple[Decided, ...]
    tasks: tuple[TaskNote, ...]
    duties: tuple[Turned, ...]


# --- gathering --------------------------------------------------------------------------------------------


def minutes(entries: Iterable[Entry], number: int | None = None, find: Find | None = None) -> Minutes | None:
    """The minutes of one circle, the latest where no number is given; None where there was no such circle.

    entries: the record, oldest first, read once. find: looks up what the circle points back at; without it older
    questions and tasks are called by the names of their entries.
    """
    circle = _of_one(entries, number)
    return _Circle(circle, find).minutes() if circle else None


def _of_one(entries: Iterable[Entry], number: int | None) -> list[Entry]:
    """The entries from a circle's opening to its end, or to the end of the record."""
    kept: list[Entry] = []
    inside = False
    for entry in entries:
        match entry.event:
            case CircleOpened(number=opened):
                inside = number is None or opened == number
                kept = [] if inside else kept
        if inside:
            kept.append(entry)
        inside = inside and not isinstance(entry.event, CircleClosed)
    return kept


class _Circle:
    """One circle's entries, beginning with its opening, and a way to look older ones up."""

    def __init__(self, entries: list[Entry], find: Find | None) -> None:
        self._entries = entries
        self._find = find
        self._mine = {entry.id: entry.event for entry in entries}
        self._ends = {
            entry.event.round: entry.event
            for entry in entries
            if isinstance(entry.event, RoundClosed | RoundVoided | ApprovalClosed)
        }

    def minutes(self) -> Minutes:
        first, last = self._entries[0], self._entries[-1]
        opened = first.event
        assert isinstance(opened, CircleOpened)
        end = last.event if isinstance(last.event, CircleClosed) else None
        said = tuple(self._said())
        late = tuple(event.handle for event in self._events() if isinstance(event, CircleJoined))
        heard = {spoke.handle for spoke in said}
        return Minutes(
            number=opened.number,
            opened=first.moment,
            opener=opened.opener,
            roll=opened.roll,
            late=late,
            ended=last.moment if end else None,
            left_open=end.left_open if end else False,
            more=sum(event.seconds for event in self._events() if isinstance(event, CircleExtended)),
            trusted=first.moment.trusted and last.moment.trusted,
            said=said,
            unheard=tuple(who for who in (*opened.roll, *late) if who not in heard) if end else (),
            decided=tuple(self._decided()),
            tasks=tuple(self._tasks()),
            duties=tuple(self._duties()),
        )

    def _events(self) -> Iterator[AnyEvent]:
        return (entry.event for entry in self._entries)

    def _said(self) -> Iterator[Spoke]:
        for event in self._events():
            if isinstance(event, Voiced):
                yield Spoke(event.handle, event.priority, event.obstacle)

    def _decided(self) -> Iterator[Decided]:
        for entry in self._entries:
            match entry.event:
                case RoundOpened() as opened:
                    yield self._vote(entry.id, opened)
                case DecisionReviewed() as review:
                    yield self._looked_at(review)
                case QuestionDropped(question=question):
                    asked = self._round(question)
                    yield LetGo(asked.question if asked else "", asked.circle if asked else None)
                case ExperimentStarted() | DissentCounted() as event:
                    yield event

    def _vote(self, round_id: EntryId, opened: RoundOpened) -> Vote:
        before = self._round(opened.again) if opened.again else None
        vote = Vote(
            question=opened.question,
            against=opened.against,
            downside=opened.downside,
            people=len(opened.roll),
            review=opened.review,
            again=opened.again is not None,
            left_from=before.circle if before and before.circle != opened.circle else None,
        )
        match self._ends.get(round_id):
            case RoundVoided(why=why):
                return msgspec.structs.replace(vote, void=why)
            case RoundClosed() as closed:
                # What was fixed at the opening holds, should an entry ever say more.
                counts = closed.counts if opened.detail == "counts" else None
                return msgspec.structs.replace(
                    vote, outcome=closed.outcome, pressed=closed.pressed, counts=counts
                )
        return vote

    def _looked_at(self, review: DecisionReviewed) -> LookedAt:
        decision = self._round(review.decision)
        return LookedAt(
            question=decision.question if decision else "",
            decided_in=decision.circle if decision else None,
            downside=decision.downside if decision else "",
            came_true=review.came_true,
            stands=review.stands,
            review=review.review,
        )

    def _tasks(self) -> Iterator[TaskNote]:
        for event in self._events():
            match event:
                case TaskTaken(words=words, doer=doer, due=due):
                    yield TaskNote("taken", words, doer, due)
                case TaskDone(task=task, handle=by):
                    yield TaskNote("done", *self._task(task), due="", by=by)
                case TaskMoved(task=task, due=due):
                    yield TaskNote("moved", *self._task(task), due=due)
                case TaskDropped(task=task):
                    yield TaskNote("dropped", *self._task(task), due="")

    def _duties(self) -> Iterator[Turned]:
        for entry in self._entries:
            match entry.event:
                case DutyNamed() | DutyPassed() | LotDrawn() as event:
                    yield event
                case ApprovalOpened(duty=duty):
                    yield self._chosen(entry.id, duty)

    def _chosen(self, round_id: EntryId, duty: str) -> Chosen:
        match self._ends.get(round_id):
            case ApprovalClosed(chosen=chosen):
                return Chosen(duty, who=chosen)
            case RoundVoided(why=why):
                return Chosen(duty, void=why)
        return Chosen(duty, open=True)

    def _look(self, entry_id: EntryId) -> AnyEvent | None:
        if entry_id in self._mine:
            return self._mine[entry_id]
        found = self._find(entry_id) if self._find else None
        return found.entry.event if found else None

    def _round(self, entry_id: EntryId) -> RoundOpened | None:
        event = self._look(entry_id)
        return event if isinstance(event, RoundOpened) else None

    def _task(self, entry_id: EntryId) -> tuple[str, Handle]:
        event = self._look(entry_id)
        return (event.words, event.doer) if isinstance(event, TaskTaken) else (f"entry {entry_id}", "")


# --- as data ----------------------------------------------------------------------------------------------


def as_data(gathered: Minutes) -> dict[str, Any]:
    """The same as plain data: moments in UTC, what was decided and what became of duties each with its `kind`."""
    plain: dict[str, Any] = msgspec.to_builtins(gathered)
    for part in ("decided", "duties"):
        plain[part] = [_kind_first(item) for item in plain[part]]
    ended = gathered.ended
    return {**plain, "opened": stamp(gathered.opened), "ended": stamp(ended) if ended else None}


def _kind_first(item: dict[str, Any]) -> dict[str, Any]:
    """Events call what they are `kind`; what was gathered here does too."""
    kind = item.pop("type", None)
    return {"kind": kind, **item} if kind else item


# --- as text ----------------------------------------------------------------------------------------------


def as_text(gathered: Minutes, zone: tzinfo | None = None) -> str:
    """The minutes as a page to read, print or pin up. zone: of the room; None: the machine's own."""
    text = _Text(gathered, zone)
    parts = [text.title(), *text.there()]
    for heading, paragraphs in text.sections():
        parts += [f"{heading}\n{paragraphs[0]}", *paragraphs[1:]] if paragraphs else []
    return "\n\n".join(_wrapped(part) for part in parts) + "\n"


def _wrapped(part: str) -> str:
    return "\n".join(
        textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False) for line in part.split("\n")
    )


class _Text:
    """The sentences of one circle's minutes."""

    def __init__(self, gathered: Minutes, zone: tzinfo | None) -> None:
        self._of = gathered
        self._zone = zone
        self._day = local(gathered.opened, zone).date()

    def title(self) -> str:
        day = f"{self._day:%A} {self._day.day} {self._day:%B %Y}"
        doubt = "" if self._of.trusted else ", by a clock that may be wrong"
        return f"Circle {self._of.number}, {day}{doubt}"

    def there(self) -> tuple[str, ...]:
        """Who was there, from when to when."""
        here = self._of.roll
        were = "was" if len(here) == 1 else "were"
        sentences = [f"{_capital(_number(len(here)))} of us {were} there: {names(here)}."]
        if self._of.late:
            sentences.append(f"{names(self._of.late)} came later.")
        sentences.append(self._from_to())
        if self._of.more:
            sentences.append(f"By a show of hands we took {_more(self._of.more)} more.")
        return (" ".join(sentences),)

    def _from_to(self) -> str:
        began = self._clock(self._of.opened)
        opened = f"{self._of.opener} opened it at {began}" if self._of.opener else f"It was opened at {began}"
        if self._of.ended is None:
            return f"{opened}, and it is still open."
        if self._of.left_open:
            return f"{opened}. Nobody ended it; it was closed when the next one began."
        ended = local(self._of.ended, self._zone).date()
        when = self._clock(self._of.ended)
        on = "" if ended == self._day else f" on {self._date(ended.isoformat(), weekday=True)}"
        return f"{opened}, and it ended at {when}{on}."

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """Headings with their paragraphs; an empty one is left out."""
        yield "What was said", [" ".join(self._said())] if self._of.said or self._of.unheard else []
        decided = [self._item(item) for item in self._of.decided]
        nothing = not decided and not self._of.tasks and self._of.ended is not None
        yield "What was decided", ["Nothing, and nobody took anything on."] if nothing else decided
        yield "Who does what", _lines(self._task(task) for task in self._of.tasks)
        yield "Duties", _lines(self._turned(turned) for turned in self._of.duties)

    def _said(self) -> Iterator[str]:
        passed = []
        for spoke in self._of.said:
            if spoke.priority or spoke.obstacle:
                yield _spoken(spoke)
            else:
                passed.append(spoke.handle)
        if passed:
            yield f"{names(passed)} passed."
        if self._of.unheard:
            yield f"It ended before {names(self._of.unheard)} spoke."

    # --- votes

    def _item(self, item: Decided) -> str:
        match item:
            case Vote():
                return self._vote(item)
            case LookedAt():
                return self._looked_at(item)
            case LetGo(question=question, left_from=left_from):
                return f"We let a question go that waited{_from(left_from)}{_colon(question)}."
            case ExperimentStarted(about=about, words=words, until=until):
                tried = f"we try what was said aloud, until {self._date(until)}"
                if words != SAID_ALOUD:
                    tried = f"we try, until {self._date(until)}: {_quote(words)}"
                return f"Against {_quote(about)}, voiced in circle after circle, {tried}. Then we look what it did."
            case DissentCounted():
                return _dissent(item)

    def _vote(self, vote: Vote) -> str:
        if vote.void:
            return _void(vote)
        if vote.outcome is None:
            state = "The vote is open." if self._of.ended is None else "It was not counted."
            return f"{_asked(vote)} {_argued(vote)} {state}"
        told = _with_counts(vote, vote.counts) if vote.counts else _OUTCOMES[vote.outcome]
        again = ""
        if vote.outcome == "carried" and vote.review:
            again = f" We look at it again on {self._date(vote.review)}."
        return f"{_asked(vote)} {_argued(vote)} {told}{again}"

    def _looked_at(self, item: LookedAt) -> str:
        downside = f" ({_quote(item.downside)})" if item.downside not in ("", SAID_ALOUD) else ""
        true = "came true" if item.came_true else "did not come true"
        goes_on = "It no longer stands."
        if item.stands:
            goes_on = "It goes on" + (f"; we look at it again on {self._date(item.review)}." if item.review else ".")
        decided = f" of circle {item.decided_in}" if item.decided_in is not None else ""
        looked = f"We looked again at a decision{decided}{_colon(item.question)}{_stop(item.question)}"
        return f"{looked} Its downside{downside} {true}. {goes_on}"

    # --- tasks and duties

    def _task(self, task: TaskNote) -> str:
        whose = f" ({task.doer})" if task.doer else ""
        words = "what was said aloud" if task.words == SAID_ALOUD else _quote(task.words)
        match task.what:
            case "taken":
                return f"{task.doer}: {_bare(task.words)}, by {self._date(task.due, weekday=True)}."
            case "done" if task.by:
                return f"{task.by} has done {words}."
            case "done":
                return f"Done, so says the circle: {words}{whose}."
            case "moved":
                return f"Another day for {words}{whose}: by {self._date(task.due, weekday=True)}."
            case "dropped":
                return f"Let go: {words}{whose}."

    def _turned(self, turned: Turned) -> str:
        match turned:
            case DutyNamed(duty=duty, term=term, turn=turn):
                return f"One more duty, {_TERMS[term]} and {_TURNS[turn]}: {duty}."
            case LotDrawn(duty=duty, among=among, drawn=drawn):
                return f"{_capital(duty)}: by lot among {names(among)}, {drawn} is next."
            case DutyPassed():
                return _passed(turned)
            case Chosen():
                return _chosen(turned)

    # --- days and times

    def _clock(self, moment: Moment) -> str:
        then = local(moment, self._zone)
        return f"{then.hour}:{then.minute:02d}"

    def _date(self, iso: str, *, weekday: bool = False) -> str:
        """A day, with its year where that is not the circle's own."""
        day = date.fromisoformat(iso)
        year = "" if day.year == self._day.year else f" {day.year}"
        return f"{day:%A} {day.day} {day:%B}{year}" if weekday else f"{day.day} {day:%B}{year}"


def _lines(sentences: Iterable[str]) -> list[str]:
    """A line each, in one paragraph."""
    joined = "\n".join(sentences)
    return [joined] if joined else []


def _spoken(spoke: Spoke) -> str:
    if not spoke.obstacle:
        return f"{spoke.handle} put {_quote(spoke.priority)} first."
    if not spoke.priority:
        return f"{spoke.handle} named what is in the way: {_quote(spoke.obstacle)}."
    return f"{spoke.handle} put {_quote(spoke.priority)} first; in the way: {_quote(spoke.obstacle)}."


# --- sentences about votes --------------------------------------------------------------------------------

_OUTCOMES: dict[Outcome, str] = {
    "carried": "It was carried.",
    "waits": "It waits: we vote again in the next circle.",
    "not carried": "It was not carried.",
    "tied": "It was a tie: we talk further and vote again.",
    "too few": "Too few took part, so nothing is decided.",
}

_AFTER_COUNTS: dict[Outcome, str] = {
    "carried": "carried",
    "waits": "nobody said otherwise, so it waits and we vote again in the next circle",
    "not carried": "not carried",
    "tied": "a tie; we talk further and vote again",
    "too few": "too few took part, so nothing is decided",
}


def _asked(vote: Vote) -> str:
    aloud = vote.question == SAID_ALOUD
    if not vote.again:
        return "A question was put aloud." if aloud else _quote(vote.question) + _stop(vote.question)
    question = "a question put aloud" if aloud else _quote(vote.question)
    return f"We voted again on {question}{_from(vote.left_from)}{'.' if aloud else _stop(vote.question, vote)}"


def _stop(words: str, vote: Vote | None = None) -> str:
    """A full stop behind a quotation that has no mark of its own at its end."""
    return "." if vote is not None and vote.left_from is not None or words[-1:] not in ("?", "!", "…") else ""


def _argued(vote: Vote) -> str:
    if vote.downside in ("", SAID_ALOUD):
        return f"{vote.against} argued against it."
    return f"{vote.against} argued against it: {_quote(vote.downside)}."


def _void(vote: Vote) -> str:
    question = "a question put aloud" if vote.question == SAID_ALOUD else _quote(vote.question)
    if vote.void == "power cut":
        return f"The power was cut while we voted on {question}. That vote is void; nothing of it is left."
    return f"We gave up a vote on {question}. It is void; nothing of it is left."


def _with_counts(vote: Vote, counts: Counts) -> str:
    assert vote.outcome is not None
    return f"{_capital(_counted(counts))}: {_AFTER_COUNTS[vote.outcome]}."


def _counted(counts: Counts) -> str:
    """ "six said yes, one no, one abstained"; an answer that nobody gave is left out."""
    said = [(counts.yes, "yes"), (counts.no, "no")]
    given = [f"{_number(count)} {answer}" for count, answer in said if count]
    if given:
        count, _, answer = given[0].partition(" ")
        everybody = not counts.abstain and len(given) == 1
        given[0] = f"{'all ' if everybody and count != 'one' else ''}{count} said {answer}"
    if counts.abstain:
        given.append(f"{_number(counts.abstain)} abstained")
    return ", ".join(given) or "nobody pressed"


def _dissent(event: DissentCounted) -> str:
    votes = f"the last {_number(event.rounds)} votes of which only the outcome is told"
    if event.quiet is None:
        return f"Whether there was dissent in {votes} is not known: a power cut took the memory of some."
    if event.quiet:
        return f"Looked at together, {votes} were all without dissent."
    return f"Looked at together, {votes} were not all without dissent."


def _passed(event: DutyPassed) -> str:
    moved = f"from {event.before} to {event.holder}" if event.before else f"{event.holder} takes it on"
    if event.before == event.holder:
        moved = f"{event.holder} goes on with it"
    sentence = f"{_capital(event.duty)}: {moved}."
    if not event.skipped:
        return sentence
    was, comes = ("was", "comes") if len(event.skipped) == 1 else ("were", "come")
    return f"{sentence} {names(event.skipped)} {was} not there and {comes} first next time."


def _chosen(chosen: Chosen) -> str:
    duty = _capital(chosen.duty)
    if chosen.void == "power cut":
        return f"{duty}: the power was cut while we chose who is next. That vote is void."
    if chosen.void:
        return f"{duty}: we gave up choosing who is next. That vote is void."
    if chosen.open:
        return f"{duty}: who is next is not chosen yet."
    if not chosen.who:
        return f"{duty}: too few took part, so nobody was chosen."
    return f"{duty}: by approval, {chosen.who} is next."


# --- small words ------------------------------------------------------------------------------------------

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()

_TERMS: dict[Term, str] = {
    "day": "for a day at a time",
    "week": "for a week at a time",
    "month": "for a month at a time",
    "vote": "for one vote at a time",
}

_TURNS: dict[Turn, str] = {"order": "in turn", "lot": "by lot", "approval": "by approval"}


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _bare(words: str) -> str:
    return "what was said aloud" if words == SAID_ALOUD else words.rstrip(". ")


def _quote(words: str) -> str:
    return f"“{words.rstrip('. ')}”"


def _from(circle: int | None) -> str:
    return "" if circle is None else f", left from circle {circle}"


def _colon(question: str) -> str:
    """A question behind the sentence it belongs to, where it is known."""
    return "" if question in ("", SAID_ALOUD) else f": {_quote(question)}"


def _more(seconds: int) -> str:
    whole, rest = divmod(seconds, 60)
    if rest:
        return f"{seconds} seconds"
    return "a minute" if whole == 1 else f"{_number(whole)} minutes"
