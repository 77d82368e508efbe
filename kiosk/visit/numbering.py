"""Numbers said aloud: of what, how many, for when, from where, and two badges. A wrong one is countered."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from kiosk.amounts import BadgeHash, EntryId
from kiosk.commands import Command, CounterNumber, NewBadge, NoteReform, Refusal, SayNumber, WinConcession
from kiosk.faces import Touch
from kiosk.periods import before, first_day, last_day, month_of
from kiosk.rules.numbers import LONGEST_GOODS, LONGEST_SOURCE, LONGEST_UNIT, LONGEST_WHAT
from kiosk.rules.writing import WORK_SIGNS, plain_name, plain_words
from kiosk.state import State
from kiosk.tongue import later, phrase
from kiosk.visit.amending import page_touched
from kiosk.visit.ground import Answered, Step, Surroundings, object_to
from kiosk.visit.jar import known_taps
from kiosk.visit.number_places import (
    PUT_TOGETHER,
    CharterPage,
    HoldsUntil,
    HowMany,
    InWords,
    Kind,
    Numbers,
    NumberTaps,
    OneNumber,
    SaidNumbers,
    Telling,
    WhichDay,
    WhichDays,
    WhichThing,
    WhichWord,
    WhyWrong,
    WrongInWords,
    WrongTaps,
)
from kiosk.visit.pad import counted
from kiosk.visit.picking import today
from kiosk.visit.places import Place, Visit, go, turn
from kiosk.visit.tapping import joined, visitor
from kiosk.words import refusal

KINDS: tuple[Kind, ...] = ("hours", "made", "taken", "won", "reform")

TWO = 2
"""Badges that a number takes."""

SOURCES = (
    later("the roster"),
    later("the order book"),
    later("counted by hand"),
    later("the pay slips"),
    later("an estimate"),
)
"""Where numbers come from, to pick from before a shop has its own; the record has them in these words."""

ACTIONS = (
    later("a strike"),
    later("a slow-down"),
    later("a sit-in"),
    later("a petition"),
    later("a delegation"),
)
"""By what something is won; the same."""

REASONS: Mapping[str, str] = {
    "amount": later("the amount was wrong"),
    "days": later("the days were wrong"),
    "twice": later("it was said twice"),
    "never": later("it is not so"),
}
"""Why a number is wrong."""

HOLDS: Mapping[str, int] = {"half": 183, "year": 365, "years": 730}
"""How long something holds that does not hold for good: days."""

DAYS = 31
"""Days back that can be chosen singly."""

LONGEST: Mapping[str, int] = {
    "what": LONGEST_WHAT,
    "unit": LONGEST_UNIT,
    "how": LONGEST_WHAT,
    "source": LONGEST_SOURCE,
}


# --- what there is ----------------------------------------------------------------------------------------


def numbers_touched(visit: Visit, place: Numbers, touch: Touch, around: Surroundings) -> Step:
    """One of the kinds, what was said lately, or the charter."""
    if touch.value == "said":
        return Step(go(visit, SaidNumbers()))
    if touch.value == "charter":
        return Step(go(visit, CharterPage()))
    kind = next((each for each in KINDS if touch.value == f"kind:{each}"), None)
    return Step(go(visit, _begins(Telling(kind), around.state)) if kind else visit)


def _begins(telling: Telling, state: State) -> Place:
    """Of what it is: kinds of work, or goods of before; else it is written."""
    if telling.kind == "hours" or (telling.kind in ("made", "taken") and state.spoken.goods):
        return WhichThing(telling)
    return InWords(telling, "what")


def goods(state: State) -> tuple[tuple[str, str], ...]:
    """Goods of before with their units, the latest first."""
    return tuple(reversed(state.spoken.goods))


def thing_touched(visit: Visit, place: WhichThing, touch: Touch, around: Surroundings) -> Step:
    """A kind of work, goods of before, or other goods."""
    telling = place.telling
    match touch.value.split(":", 1):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["work", work] if telling.kind == "hours" and work in around.state.work():
            return Step(go(visit, HowMany(replace(telling, what=work))))
        case ["pick", number] if telling.kind != "hours":
            found = _picked(goods(around.state), number)
            if found:
                return Step(go(visit, HowMany(replace(telling, what=found[0], unit=found[1]))))
        case ["write"] if telling.kind != "hours":
            return Step(go(visit, InWords(telling, "what")))
    return Step(visit)


def _picked(rows: tuple[Any, ...], number: str) -> Any:
    place = int(number) if re.fullmatch("[0-9]{1,3}", number) else len(rows)
    return rows[place] if place < len(rows) else None


# --- words ------------------------------------------------------------------------------------------------


def picks(telling: Telling, part: str, state: State) -> tuple[str, ...]:
    """Words of before for this part, the latest first, then those of every shop."""
    spoken = state.spoken
    match part:
        case "unit":
            return tuple(dict.fromkeys(unit for _, unit in goods(state)))
        case "how" if telling.kind == "reform":
            return tuple(reversed(spoken.boasters))
        case "how":
            return _with_ours(spoken.actions, ACTIONS)
    return _with_ours(spoken.sources, SOURCES)


def _with_ours(words: tuple[str, ...], ours: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*reversed(words), *ours)))


def _asks_for(telling: Telling, part: Any, state: State) -> Place:
    """Words of before to pick from; else it is written."""
    return WhichWord(telling, part) if picks(telling, part, state) else InWords(telling, part)


def word_touched(visit: Visit, place: WhichWord, touch: Touch, around: Surroundings) -> Step:
    """One of them, or another."""
    match touch.value.split(":", 1):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["pick", number]:
            found = _picked(picks(place.telling, place.part, around.state), number)
            return _worded(visit, place.telling, place.part, found, around) if found else Step(visit)
        case ["write"]:
            return Step(go(visit, InWords(place.telling, place.part)))
    return Step(visit)


def words_touched(visit: Visit, place: InWords, touch: Touch, around: Surroundings) -> Step:
    """Writing; what can't be kept is said at once."""
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    if touch.value != "typed" or not place.text.strip():
        return Step(visit)
    words = _kept(place.telling, place.part, place.text)
    if isinstance(words, Refusal):
        return object_to(visit, around, *refusal(words), icon="note")
    return _worded(visit, place.telling, place.part, words, around)


def _kept(telling: Telling, part: str, text: str) -> str | Refusal:
    """As the rules will keep it."""
    if part == "unit":
        return plain_name(text, least=1, most=LONGEST_UNIT, signs=WORK_SIGNS)
    if part == "what" and telling.kind in ("made", "taken"):
        return plain_name(text, least=2, most=LONGEST_GOODS, signs=WORK_SIGNS)
    return plain_words(text, least=1, most=LONGEST[part])


def _worded(visit: Visit, telling: Telling, part: str, words: str, around: Surroundings) -> Step:
    match part:
        case "what" if telling.kind in ("made", "taken"):
            return Step(go(visit, _asks_for(replace(telling, what=words), "unit", around.state)))
        case "what":
            return Step(go(visit, _asks_for(replace(telling, what=words), "how", around.state)))
        case "unit":
            return Step(go(visit, HowMany(replace(telling, unit=words))))
        case "how":
            return Step(go(visit, HowMany(replace(telling, how=words))))
    return Step(go(visit, NumberTaps(replace(telling, source=words), visitor(visit))))


# --- how many ---------------------------------------------------------------------------------------------


def many_touched(visit: Visit, place: HowMany, touch: Touch, around: Surroundings) -> Step:
    """Digits, − and +, or that is it. What is not worth money may be left at nothing."""
    telling = place.telling
    in_money = telling.kind in ("won", "reform")
    amount = counted(telling.amount, touch, hours=telling.kind == "hours")
    if amount != telling.amount:
        return Step(turn(visit, HowMany(replace(telling, amount=amount))))
    if touch.value != "typed" or not (telling.amount or in_money):
        return Step(visit)
    return Step(go(visit, WhichDay(telling) if in_money else WhichDays(telling)))


# --- when -------------------------------------------------------------------------------------------------


def spans(now: date) -> Mapping[str, tuple[date, date]]:
    """Times that a number is about, up to now: the first and the last day."""
    monday, month = now - timedelta(days=now.weekday()), month_of(now)
    last = before(month)
    return {
        "this week": (monday, now),
        "last week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "this month": (first_day(month), now),
        "last month": (first_day(last), last_day(last)),
        "today": (now, now),
    }


def days_touched(visit: Visit, place: WhichDays, touch: Touch, around: Surroundings) -> Step:
    """A week, a month, today, or another day."""
    if touch.value == "day":
        return Step(go(visit, WhichDay(place.telling)))
    found = spans(today(around)).get(touch.value)
    if found is None:
        return Step(visit)
    since, until = (day.isoformat() for day in found)
    return Step(go(visit, WhichWord(replace(place.telling, since=since, until=until), "source")))


def day_touched(visit: Visit, place: WhichDay, touch: Touch, around: Surroundings) -> Step:
    """One of the latest days; what was won then holds for some time."""
    match touch.value.split(":", 1):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["pick", number] if re.fullmatch("[0-9]{1,2}", number) and int(number) < DAYS:
            day = (today(around) - timedelta(days=int(number))).isoformat()
            if place.telling.kind in ("won", "reform"):
                return Step(go(visit, HoldsUntil(replace(place.telling, since=day))))
            return Step(go(visit, WhichWord(replace(place.telling, since=day, until=day), "source")))
    return Step(visit)


def holds_touched(visit: Visit, place: HoldsUntil, touch: Touch, around: Surroundings) -> Step:
    """For good, or until a day."""
    telling = place.telling
    if touch.value == "good":
        return Step(go(visit, WhichWord(replace(telling, until=""), "source")))
    if touch.value not in HOLDS:
        return Step(visit)
    until = date.fromisoformat(telling.since) + timedelta(days=HOLDS[touch.value] - 1)
    return Step(go(visit, WhichWord(replace(telling, until=until.isoformat()), "source")))


# --- badges -----------------------------------------------------------------------------------------------


def teller_taps(visit: Visit, place: NumberTaps | WrongTaps, badge: NewBadge, around: Surroundings) -> Step:
    """Whoever says it, then whoever stands by it; with the second badge it is said."""
    taps = joined(visit, place.taps, badge, around)
    if isinstance(taps, Step):
        return taps
    if len(taps) < TWO:
        return Step(turn(visit, replace(place, taps=taps)))
    teller, witness = (hash_ for _, hash_ in taps)
    here = turn(visit, replace(place, taps=visitor(visit)))
    if isinstance(place, WrongTaps):
        return Step(here, CounterNumber(place.entry, place.reason, teller, witness))
    return Step(here, _command(place.telling, teller, witness))


def _command(telling: Telling, teller: BadgeHash, witness: BadgeHash) -> Command:
    parts = (telling.what, telling.how, telling.amount, telling.since, telling.until, telling.source)
    match telling.kind:
        case "won":
            return WinConcession(*parts, teller, witness)
        case "reform":
            return NoteReform(*parts, teller, witness)
    return SayNumber(
        measure=telling.kind,
        what=telling.what,
        amount=telling.amount,
        unit=telling.unit,
        since=telling.since,
        until=telling.until,
        source=telling.source,
        teller=teller,
        witness=witness,
    )


# --- looking, and countering ------------------------------------------------------------------------------


def said_touched(visit: Visit, place: SaidNumbers, touch: Touch, around: Surroundings) -> Step:
    """A page further, or one number."""
    match touch.value.split(":", 1):
        case ["page", _]:
            return page_touched(visit, place, touch)
        case ["number", entry] if entry in around.state.spoken.latest:
            return Step(go(visit, OneNumber(EntryId(entry))))
    return Step(visit)


def number_touched(visit: Visit, place: OneNumber, touch: Touch, around: Surroundings) -> Step:
    """It is wrong."""
    found = around.find(place.entry)
    if touch.value != "wrong" or found is None or found.countered_by is not None:
        return Step(visit)
    return Step(go(visit, WhyWrong(place.entry)))


def why_touched(visit: Visit, place: WhyWrong, touch: Touch, around: Surroundings) -> Step:
    """One of the usual reasons, or one's own words."""
    if touch.value == "write":
        return Step(go(visit, WrongInWords(place.entry)))
    if touch.value not in REASONS:
        return Step(visit)
    return Step(go(visit, WrongTaps(place.entry, REASONS[touch.value], visitor(visit))))


def why_written(visit: Visit, place: WrongInWords, touch: Touch, around: Surroundings) -> Step:
    """The reason in one's own words."""
    if touch.verb == "type":
        return Step(turn(visit, replace(place, text=touch.value)))
    if touch.value == "typed" and place.text.strip():
        return Step(go(visit, WrongTaps(place.entry, place.text.strip(), visitor(visit))))
    return Step(visit)


# --- answers ----------------------------------------------------------------------------------------------


def told(answered: Answered) -> tuple[str, str] | None:
    """What was said, in one sentence, with its picture; None for what is no number."""
    match answered.command:
        case SayNumber() | WinConcession() | NoteReform():
            return phrase("It is written down, with both your names and where it comes from."), "bookkeeping"
        case CounterNumber():
            return phrase("It counts no more. It stays in the record, with the reason."), "undo"
    return None


TAPS: Mapping[type, Callable[..., Step]] = {
    **dict.fromkeys(PUT_TOGETHER, known_taps),
    NumberTaps: teller_taps,
    WrongTaps: teller_taps,
}

TOUCHES: Mapping[type, Callable[..., Step]] = {
    Numbers: numbers_touched,
    SaidNumbers: said_touched,
    OneNumber: number_touched,
    WhichThing: thing_touched,
    InWords: words_touched,
    WhichWord: word_touched,
    HowMany: many_touched,
    WhichDays: days_touched,
    WhichDay: day_touched,
    HoldsUntil: holds_touched,
    WhyWrong: why_touched,
    WrongInWords: why_written,
}
