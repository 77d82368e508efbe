"""Numbers said aloud: each with where it comes from and a second badge. A wrong one is countered, never changed."""

from datetime import date, timedelta

from msgspec.structs import replace

from kiosk.amounts import BadgeHash, Handle, elapsed
from kiosk.commands import CounterNumber, NoteReform, Refusal, SayNumber, WinConcession
from kiosk.events import ConcessionWon, NumberCountered, NumberSaid, ReformNoted
from kiosk.rules.badges import owner
from kiosk.rules.case import Case, Verdict
from kiosk.rules.jar import second_badge
from kiosk.rules.work import unknown_work
from kiosk.rules.writing import WORK_SIGNS, plain_name, plain_words, same
from kiosk.state import State
from kiosk.words import local

Said = NumberSaid | ConcessionWon | ReformNoted
SAID = (NumberSaid, ConcessionWon, ReformNoted)
"""What can be countered as a number."""

LONGEST_GOODS, LONGEST_UNIT, LONGEST_SOURCE, LONGEST_WHAT = 40, 24, 80, 80
"""Characters."""

MOST_MINUTES = 100_000 * 60
"""Minutes; more hours than this in one number are a slip of the finger."""

MOST_UNITS = 100_000_000
"""The same for goods."""

MOST_WORTH = 100_000_000_00
"""The same in cents for what a concession or a reform is worth."""

LONGEST_SPAN = 92
"""Days that one number may be about; a longer time is said in parts, so that each falls into its quarter."""

OLDEST_NUMBER, OLDEST_WON = 731, 3_660
"""Days that a number, and a concession, may lie back."""

FURTHEST = 36_600
"""Days that a concession may hold for."""


# --- saying -----------------------------------------------------------------------------------------------


def say_number(command: SayNumber, case: Case) -> Verdict:
    """Hours under self-management, goods made under it, or goods taken by the owners."""
    people, source = _two(command.teller, command.witness, case), _source(command.source)
    if isinstance(people, Refusal):
        return people
    called = _called(command, case)
    if isinstance(called, Refusal):
        return called
    refused = _bad_amount(command) or _bad_days(command.since, command.until, case)
    if refused:
        return refused
    if isinstance(source, Refusal):
        return source
    said = NumberSaid(
        measure=command.measure,
        what=called[0],
        amount=command.amount,
        unit=called[1],
        since=command.since,
        until=command.until,
        source=source,
        teller=people[0],
        witness=people[1],
    )
    return _said_already(said, case) or (said,)


def _called(command: SayNumber, case: Case) -> tuple[str, str] | Refusal:
    """What was worked at or made, and its unit; goods are called as they were before."""
    if command.measure == "hours":
        return unknown_work(command.what, case.state) or (command.what, "")
    what = plain_name(command.what, least=2, most=LONGEST_GOODS, signs=WORK_SIGNS)
    if isinstance(what, Refusal):
        return what
    unit = plain_name(command.unit, least=1, most=LONGEST_UNIT, signs=WORK_SIGNS)
    if isinstance(unit, Refusal):
        return unit
    return goods_called(what, unit, case.state)


def goods_called(what: str, unit: str, state: State) -> tuple[str, str]:
    """Goods and their unit, in the words of before where it is the same: "Bread" and "bread" are not two goods."""
    known = state.spoken.goods
    name = next((each for each, _ in reversed(known) if same(each) == same(what)), what)
    word = next((each for _, each in reversed(known) if same(each) == same(unit)), unit)
    return name, word


def _bad_amount(command: SayNumber) -> Refusal | None:
    most = MOST_MINUTES if command.measure == "hours" else MOST_UNITS
    if 1 <= command.amount <= most and not isinstance(command.amount, bool):
        return None
    if command.measure == "hours":
        return Refusal("amount", "Say between 1 and {most} hours. More is said in parts.", {"most": most // 60})
    return Refusal("amount", "Say a whole number between 1 and {most}. More is said in parts.", {"most": most})


def _bad_days(since: str, until: str, case: Case) -> Refusal | None:
    """From a day to the same or a later one, and not beyond today: what is still to come can't be counted."""
    first, last, today = _day(since), _day(until), local(case.now).date()
    if first is None or last is None:
        return Refusal("no day", "This is no day. Choose one from the list.")
    if last > today:
        return Refusal(
            "to come", "That day is still to come, and nobody can have counted it. Choose an earlier one."
        )
    if first > last:
        return Refusal("backwards", "It can’t end before it begins. Choose the days again.")
    if last - first >= timedelta(days=LONGEST_SPAN):
        return Refusal("long", "That is more than a quarter. Say it in parts, each in its own quarter.")
    if first < today - timedelta(days=OLDEST_NUMBER):
        return Refusal("old", "That lies more than two years back. Choose later days.")
    return None


def _day(text: str) -> date | None:
    """A day as 2026-11-01, in just these signs; None for what is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def win_concession(command: WinConcession, case: Case) -> Verdict:
    """What the owners gave way in, and by which action."""
    return _say_worth(ConcessionWon, command, command.action, case)


def note_reform(command: NoteReform, case: Case) -> Verdict:
    """A reform that others boast of, to compare with."""
    return _say_worth(ReformNoted, command, command.by, case)


def _say_worth(
    kind: type[ConcessionWon] | type[ReformNoted], command: WinConcession | NoteReform, how: str, case: Case
) -> Verdict:
    """how: by which action, or who boasts of it."""
    people = _two(command.teller, command.witness, case)
    if isinstance(people, Refusal):
        return people
    told = _in_words(command.what, how, command.source, case.state)
    if isinstance(told, Refusal):
        return told
    refused = _bad_worth(command.cents) or _bad_time(command.day, command.until, case)
    if refused:
        return refused
    what, how, source = told
    said = kind(what, how, command.cents, command.day, command.until, source, *people)
    return _said_already(said, case) or (said,)


def _in_words(what: str, how: str, source: str, state: State) -> tuple[str, str, str] | Refusal:
    """In what, by which action or whom, and from where; actions and names as they were written before."""
    told, by, where = plain_words(what, 1, LONGEST_WHAT), plain_words(how, 1, LONGEST_WHAT), _source(source)
    if isinstance(told, Refusal):
        return told
    if isinstance(by, Refusal):
        return by
    if isinstance(where, Refusal):
        return where
    known = (*state.spoken.actions, *state.spoken.boasters)
    return told, next((each for each in reversed(known) if same(each) == same(by)), by), where


def _bad_worth(cents: int) -> Refusal | None:
    if 0 <= cents <= MOST_WORTH and not isinstance(cents, bool):
        return None
    return Refusal(
        "worth", "Enter at most {most_cents}, or nothing where it is not money.", {"most_cents": MOST_WORTH}
    )


def _bad_time(won: str, until: str, case: Case) -> Refusal | None:
    """Won by today, and holding for a day after that, or for good."""
    day, last, today = _day(won), _day(until) if until else None, local(case.now).date()
    if day is None or (until and last is None):
        return Refusal("no day", "This is no day. Choose one from the list.")
    if day > today:
        return Refusal("to come", "That day is still to come. It is said once it is won.")
    if day < today - timedelta(days=OLDEST_WON):
        return Refusal("old", "That lies more than ten years back. Choose a later day.")
    if last is not None and last < day:
        return Refusal("backwards", "It can’t end before it begins. Choose the days again.")
    if last is not None and last > today + timedelta(days=FURTHEST):
        return Refusal("far", "That is too far away. Say that it holds for good.")
    return None


# --- what they share --------------------------------------------------------------------------------------


def _source(text: str) -> str | Refusal:
    return plain_words(text, least=1, most=LONGEST_SOURCE)


def _two(teller: BadgeHash, witness: BadgeHash, case: Case) -> tuple[Handle, Handle] | Refusal:
    """Whoever says it, and whoever stands by it: two different people."""
    first, second = owner(teller, case), owner(witness, case)
    if isinstance(first, Refusal):
        return first
    if isinstance(second, Refusal):
        return second
    return (first.handle, second.handle) if first.handle != second.handle else second_badge()


def _said_already(said: Said, case: Case) -> Refusal | None:
    """The guard against the same number said twice, judged from the record so that a restart does not forget it.

    Whoever says it, and however they word where it comes from: it is one number.
    """
    guard = case.state.charter.guard
    for name in reversed(case.state.spoken.latest):
        found = case.find(name)
        if found is None or abs(elapsed(found.entry.moment, case.now)) > guard * 1000:
            return None
        if found.countered_by is None and _bare(found.entry.event) == _bare(said):
            return Refusal(
                "already booked",
                "This was said a moment ago, once, and that is enough. If there was as much again, "
                "wait {seconds} seconds and say it again.",
                {"seconds": guard},
            )
    return None


def _bare(event: object) -> object:
    return replace(event, source="", teller="", witness="") if isinstance(event, SAID) else None


# --- taking back ------------------------------------------------------------------------------------------


def counter_number(command: CounterNumber, case: Case) -> Verdict:
    """It was wrong. It stays for all to see, and counts no more; once only."""
    people = _two(command.teller, command.witness, case)
    if isinstance(people, Refusal):
        return people
    found = case.find(command.number)
    if found is None:
        return Refusal("no entry", "The record has no such entry. Please choose it from the list again.")
    if not isinstance(found.entry.event, SAID):
        return Refusal("no such number", "Only numbers that were said can be taken back here. Choose one of them.")
    if found.countered_by is not None:
        return Refusal("taken back", "This was taken back already, so all is well. Nothing needs doing.")
    reason = plain_words(command.reason, least=1, most=LONGEST_SOURCE)
    if isinstance(reason, Refusal):
        return reason
    return (NumberCountered(found.entry.id, reason, *people),)
