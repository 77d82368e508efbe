"""Assumptions taken apart, as people see them: how concentrated each routine is, and what mends a hidden throne."""

from datetime import date

from kiosk.commands import HoldReport, ReviewInversion, SayBenefit, StartInversion
from kiosk.faces import Alarm, Choice, Face, RoutineFace, RoutineRow, RowsFace, TapFace
from kiosk.periods import last_day, quarter_of
from kiosk.rules.assumptions import LONGEST_BENEFIT, LONGEST_INVERSION
from kiosk.rules.concentration import Concentration, Quarter, quarter
from kiosk.rules.held import Overdue, overdue
from kiosk.rules.thrones import Throne, Unswapped, due_inversions, thrones, unswapped
from kiosk.state import Inversion
from kiosk.state.routines import WORK_OF
from kiosk.tongue import phrase, plural
from kiosk.views.buttons import key_choices, picking, writing
from kiosk.views.routines import report_word, routine_word
from kiosk.views.scene import Scene, frame
from kiosk.visit import assumption_places as places
from kiosk.visit.assuming import HELD, OTHER, Listed, inversion_of, other_quarter, rows
from kiosk.visit.ground import Surroundings
from kiosk.visit.places import Visit
from kiosk.visit.rows import BENEFITS, CAME, OVER, PAGE, UNTIL, WAYS_ROUND, voiced
from kiosk.words import by, capital, figure, local, period_word, since_day, until, work_word

CIRCLES = 7
"""People of a routine that are drawn, one circle each."""

BARS = 5
"""People of a routine that have a bar."""

ANSWERS = 4
"""Answers on the page of a routine, the latest."""


# --- the list ---------------------------------------------------------------------------------------------


def autopsy(visit: Visit, place: places.Autopsy, scene: Scene) -> RowsFace:
    """The routines of a quarter, the most lopsided first."""
    around = Surroundings(scene.state, scene.now, scene.find)
    looked, high = quarter(scene.state, place.period), _thrones(scene)
    found = rows(looked, around)
    at = place.at % max(1, len(found))
    first = at // PAGE * PAGE
    shown = enumerate(found[first : first + PAGE], start=first)
    nothing = phrase("Nothing was done for all in this quarter, as far as the record shows.")
    other = _other(place.period, around)
    return RowsFace(
        frame=frame(visit, scene, phrase("Who does what?"), back=False),
        rows=(),
        routines=tuple(_row(each, looked, high, scene, key=f"row:{row}", marked=row == at) for row, each in shown),
        words=_of_quarter(place.period, scene),
        page=(first // PAGE + 1, -(-max(1, len(found)) // PAGE)),
        extra=(Choice(key=f"row:{len(found) - 1}", words=other, icon="calendar", tone="quiet"),),
        empty="" if looked.names else nothing,
        choices=key_choices(place),
    )


def _of_quarter(period: str, scene: Scene) -> str:
    said = capital(period_word(period))
    if period == quarter_of(local(scene.now).date()) and local(scene.now).date() < last_day(period):
        return phrase("{period}, so far", period=said)
    return said


def _other(period: str, around: Surroundings) -> str:
    return phrase("last quarter") if other_quarter(period, around) < period else phrase("this quarter")


def _row(name: str, looked: Quarter, high: frozenset[str], scene: Scene, *, key: str, marked: bool) -> RoutineRow:
    """One row. high: the routines that are thrones."""
    if name == OTHER:
        other = _other(looked.period, Surroundings(scene.state, scene.now, scene.find))
        return RoutineRow(key, capital(other), icon="calendar", marked=marked)
    if name == HELD:
        told = phrase("two of you tap")
        return RoutineRow(key, phrase("We are through: it was held"), told, icon="check", marked=marked)
    on = inversion_of(scene.state, name)
    turned = phrase("turned round {until}", until=until(on.until)) if on else ""
    if name.startswith(WORK_OF):
        told = turned or phrase("nobody swapped it")
        return RoutineRow(key, capital(routine_word(name)), told, icon="close", marked=marked)
    each = looked.of(name)
    return RoutineRow(
        key=key,
        words=capital(routine_word(name)),
        told=turned or as_if_words(each, short=True),
        circles=tuple(count * 1000 // sum_of(each) for _, count in each.people[:CIRCLES]),
        more=max(0, len(each.people) - CIRCLES),
        trend="more" if each.trend > 0 else "fewer" if each.trend < 0 else "",
        throne=name in high,
        marked=marked,
    )


def sum_of(each: Concentration) -> int:
    """How many people did it, all times together; never zero."""
    return max(1, sum(count for _, count in each.people))


def _thrones(scene: Scene) -> frozenset[str]:
    return frozenset(each.routine for each in thrones(scene.state, local(scene.now).date()))


def as_if_words(each: Concentration, *, short: bool = False) -> str:
    """How many people alike would be as concentrated: "as if 3 people did it"; of few times only how often.

    Where several do it together each time, how many badges that were instead: they may be more people than times.
    short: always how often, for a row of a list.
    """
    often = plural("done once", "done {n} times", each.times)
    if not each.people:
        return often
    badges = sum(count for _, count in each.people)
    if badges > each.times and not short:
        often = plural("with one badge", "with {n} badges", badges)
    people = plural("as if one person did it", "as if {n} people did it", (each.as_if + 5) // 10)
    return phrase("{often}, {people}", often=often, people=people)


def earlier_words(each: Concentration) -> str:
    """How it was in the quarter before, where it was done then."""
    return plural(
        "In the quarter before it was as if one person did it.",
        "In the quarter before it was as if {n} people did it.",
        (each.earlier + 5) // 10,
    )


def what_as_if_means() -> str:
    """What a number of people means that nobody has counted."""
    return phrase(
        "As if 3 people did it: it is shared as if three did all of it, each equally often. "
        "The nearer to one, the more it is one person’s."
    )


# --- one of it --------------------------------------------------------------------------------------------


def one_routine(visit: Visit, place: places.OneRoutine, scene: Scene) -> RoutineFace:
    """Who does it how often, and who benefits."""
    each = quarter(scene.state, place.period).of(place.routine)
    said = [voiced(words) for about, words in _benefits(place.period, scene) if about == place.routine]
    return RoutineFace(
        frame=frame(visit, scene, capital(routine_word(place.routine)), back=False),
        words=_how(place.routine, each),
        told=_besides(place.routine, each, scene),
        bars=tuple(_bar(handle, count, each.times) for handle, count in each.people[:BARS]),
        people=len(each.people),
        asked=phrase("Who benefits?"),
        answers=tuple(reversed(said))[:ANSWERS],
        throne=place.routine in _thrones(scene),
        choices=key_choices(place),
    )


def _how(routine: str, each: Concentration) -> str:
    if routine.startswith(WORK_OF):
        work = capital(work_word(routine.removeprefix(WORK_OF)))
        return phrase("{work} was not swapped once in this quarter", work=work)
    return capital(as_if_words(each))


def _benefits(period: str, scene: Scene) -> tuple[tuple[str, str], ...]:
    return scene.state.benefits.get(period, ())


def _besides(routine: str, each: Concentration, scene: Scene) -> str:
    on = inversion_of(scene.state, routine)
    if on is not None:
        return phrase("Turned round {until}: {words}", until=until(on.until), words=voiced(on.words))
    return earlier_words(each) if each.earlier else ""


def _bar(handle: str, count: int, times: int) -> tuple[str, int, str]:
    return handle, count * 1000 // times, phrase("{count} of {times}", count=figure(count), times=figure(times))


# --- words and days ---------------------------------------------------------------------------------------


def who_benefits(visit: Visit, place: places.WhoBenefits, scene: Scene) -> Face:
    """Picked or written; no name is asked for."""
    question = phrase("{routine}: who benefits?", routine=capital(routine_word(place.routine)))
    if place.text is not None:
        return _writing(visit, scene, question, place.text, LONGEST_BENEFIT)
    return _listed(visit, place, scene, question, BENEFITS)


def turn_round(visit: Visit, place: places.TurnRound, scene: Scene) -> Face:
    """How it is turned round."""
    question = phrase("{routine}: how do we turn it round?", routine=capital(routine_word(place.routine)))
    if place.text is not None:
        return _writing(visit, scene, question, place.text, LONGEST_INVERSION)
    return _listed(visit, place, scene, question, WAYS_ROUND)


def turn_until(visit: Visit, place: places.TurnUntil, scene: Scene) -> Face:
    """Until when."""
    return _listed(visit, place, scene, phrase("For how long?"), tuple(UNTIL), under=voiced(place.words))


def what_came(visit: Visit, place: places.WhatCame, scene: Scene) -> Face:
    """The day has come."""
    on = scene.state.inversions.get(place.inversion)
    question = phrase("What happened?")
    if place.text is not None:
        return _writing(visit, scene, question, place.text, LONGEST_INVERSION)
    return _listed(visit, place, scene, question, CAME, under=_turned(on))


def goes_on(visit: Visit, place: places.GoesOn, scene: Scene) -> Face:
    """Over, or another date."""
    on = scene.state.inversions.get(place.inversion)
    return _listed(visit, place, scene, phrase("Does it go on?"), (OVER, *UNTIL), under=_turned(on))


def _turned(on: Inversion | None) -> str:
    if on is None:
        return ""
    return phrase("{routine}: {words}", routine=capital(routine_word(on.routine)), words=voiced(on.words))


def _listed(
    visit: Visit, place: Listed, scene: Scene, question: str, offered: tuple[str, ...], under: str = ""
) -> RowsFace:
    said = tuple(phrase(each) for each in offered)
    return picking(visit, place, scene, question, said, place.at, under=under)


def _writing(visit: Visit, scene: Scene, question: str, text: str, longest: int) -> Face:
    return writing(visit, scene, question, text, longest)


# --- badges -----------------------------------------------------------------------------------------------


def gathered(visit: Visit, place: places.Gathered, scene: Scene) -> TapFace:
    """Badges are gathered, one after another."""
    title, words = _asked_for(place, scene)
    filled = len(place.taps)
    return TapFace(
        frame=frame(visit, scene, title, back=False),
        prompt=phrase("Tap your badge") if place.needed == 1 else phrase("{n} of you tap", n=place.needed),
        words=words,
        dots_filled=filled,
        dots=place.needed,
        names=tuple(handle for handle, _ in place.taps),
        choices=key_choices(place),
        icon="people",
    )


def _asked_for(place: places.Gathered, scene: Scene) -> tuple[str, str]:
    match place.command:
        case HoldReport(report=report, period=period):
            words = phrase("{report} of {period} was held.", report=_report(report), period=period_word(period))
            return _report(report), words
        case SayBenefit(routine=routine, words=words):
            return capital(routine_word(routine)), phrase("Who benefits? {words}", words=voiced(words))
        case StartInversion(routine=routine, words=words, until=last):
            turned = phrase("{words}, {until}", words=capital(voiced(words)), until=until(last))
            return capital(routine_word(routine)), turned
        case ReviewInversion(inversion=inversion, words=words, until=""):
            return _title(inversion, scene), phrase("{words}. It is over.", words=capital(voiced(words)))
        case ReviewInversion(inversion=inversion, words=words, until=last):
            going = phrase("{words}. It goes on {until}.", words=capital(voiced(words)), until=until(last))
            return _title(inversion, scene), going


def _report(report: str) -> str:
    return capital(report_word(report))


def _title(inversion: str, scene: Scene) -> str:
    found = [each for each in scene.state.inversions.values() if each.id == inversion]
    return capital(routine_word(found[0].routine)) if found else ""


# --- alarms -----------------------------------------------------------------------------------------------


def assumption_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """Hidden thrones, work that nobody swaps, routines to be asked about, and reports that are late."""
    state, today = scene.state, local(scene.now).date()
    return (
        *(_throne(each) for each in thrones(state, today)),
        *(_unswapped(each) for each in unswapped(state, today)),
        *(_unasked(each) for each in due_inversions(state, today)),
        *(_late(each) for each in overdue(state, today)),
    )


def _throne(each: Throne) -> Alarm:
    words = phrase(
        "{routine}: {name}, {did} of {times} times",
        routine=capital(routine_word(each.routine)),
        name=each.handle,
        did=each.did,
        times=each.times,
    )
    mend = phrase("Let somebody else do it, or turn it round for a while: see duties.")
    return Alarm(words=words, since=_since(each.since), mend=mend, pressing=False)


def _unswapped(each: Unswapped) -> Alarm:
    words = phrase(
        "{work}: nobody swaps it, and {n} other swaps were booked",
        work=capital(work_word(each.work)),
        n=figure(each.swaps),
    )
    mend = phrase("Who does it, unseen? Swap it, or turn it round for a while: see duties.")
    return Alarm(words=words, since=_since(each.since), mend=mend, pressing=False)


def _since(day: date) -> str:
    return since_day(day.isoformat())


def _unasked(each: Inversion) -> Alarm:
    facts = {"routine": routine_word(each.routine), "words": voiced(each.words)}
    words = phrase("What came of it? {routine}: {words}", **facts)
    return Alarm(words=words, since=by(each.until), mend=phrase("The circle says what happened."), pressing=False)


def _late(each: Overdue) -> Alarm:
    words = phrase("{report} of {period} is late", report=_report(each.report), period=period_word(each.period))
    if each.more:
        words = plural("{words}, and {n} more before", "{words}, and {n} more before", each.more, words=words)
    mend = phrase("Hold it; then two of you tap.")
    return Alarm(words=words, since=by(each.due.isoformat()), mend=mend, pressing=False)
