"""How amounts and moments are said to a person."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from kiosk.amounts import COMMONS, JAR, Moment
from kiosk.commands import Refusal

WORK_WORDS: Mapping[str, str] = {"other": "something else"}
"""Kinds of work whose word on the screen is not the word in the record."""


def duration(minutes: int) -> str:
    """Minutes as people say them: "45 min", "3 h", "1 h 30"; without a sign."""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def signed(minutes: int) -> str:
    """A balance with its sign: "+3 h", "−45 min", "0"."""
    if not minutes:
        return "0"
    return ("+" if minutes > 0 else "−") + duration(minutes)


def balance(minutes: int) -> str:
    """A balance as a sentence's end: "3 h given", "1 h got", "even"."""
    if not minutes:
        return "even"
    return f"{duration(minutes)} more given than got" if minutes > 0 else f"{duration(minutes)} more got than given"


def money(cents: int) -> str:
    """An amount of money: "€ 0.50", "€ 98,765.43"; below zero "−€ 0.50"."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'−' if cents < 0 else ''}€ {whole:,}.{rest:02d}"


def difference(cents: int) -> str:
    """What a count found, beside what was expected: "€ 1.20 less than expected."; a whole sentence."""
    if not cents:
        return "Just as expected."
    return f"{money(abs(cents))} {'more' if cents > 0 else 'less'} than expected."


def jar_word(fund: str) -> str:
    """What a jar is called on the screen."""
    return "The jar" if fund == JAR else f"The jar: {fund}"


def price(cents: int) -> str:
    """An amount as it stands beside a title: "€ 260" for a round one, else as `money` says it."""
    return money(cents).removesuffix(".00")


def jar_called(fund: str) -> str:
    """A jar in the middle of a sentence: "the jar", or the name of a daughter."""
    return "the jar" if fund == JAR else fund


def work_word(work: str) -> str:
    """A kind of work as the screen says it."""
    return WORK_WORDS.get(work, work)


def work_icon(work: str, known: tuple[str, ...]) -> str:
    """The icon of a kind of work; those that the shop named share one."""
    return work if work in known else "other"


def person(handle: str) -> str:
    """A name in a sentence; the commons account is said as what it is."""
    return "the commons" if handle == COMMONS else handle


def next_one(duty: str) -> str:
    """The question that a round of approvals answers: "Taking minutes: who is next?" """
    return f"{capital(duty)}: who is next?"


def local(moment: Moment, zone: tzinfo | None = None) -> datetime:
    """A moment on the clock of the room (zone None: the machine's own)."""
    return datetime.fromtimestamp(moment.wall / 1000, UTC).astimezone(zone)


def when(moment: Moment, now: Moment, zone: tzinfo | None = None) -> str:
    """How long ago, as one would say it: "today 14:20", "yesterday 9:05", "Mon 16 Nov"."""
    then, today = local(moment, zone), local(now, zone).date()
    clock = f"{then.hour}:{then.minute:02d}"
    if then.date() == today:
        return f"today {clock}"
    if then.date() == today - timedelta(days=1):
        return f"yesterday {clock}"
    return f"{then:%a} {then.day} {then:%b}"


def day(moment: Moment, zone: tzinfo | None = None) -> str:
    """A date as people say it: "3 March"; with the year when it is not far."""
    then = local(moment, zone)
    return f"{then.day} {then:%B} {then:%Y}"


def until(last: str) -> str:
    """The last day of a notice: "until Mon 30 Nov"."""
    parsed = date.fromisoformat(last)
    return f"until {parsed:%a} {parsed.day} {parsed:%b}"


def by(due: str) -> str:
    """A day as a promise names it: "by Fri 27 Nov"."""
    parsed = date.fromisoformat(due)
    return f"by {parsed:%a} {parsed.day} {parsed:%b}"


def since_day(first: str) -> str:
    """The day something has been so: "since Mon 16 Nov"."""
    parsed = date.fromisoformat(first)
    return f"since {parsed:%a} {parsed.day} {parsed:%b}"


def by_day(text: str) -> str:
    """A day in a sentence: "on Friday 27 November"."""
    parsed = date.fromisoformat(text)
    return f"on {parsed:%A} {parsed.day} {parsed:%B}"


def capital(words: str) -> str:
    """Words at the start of a line: with a capital, the rest as it is written."""
    return words[:1].upper() + words[1:]


def names(handles: Sequence[str]) -> str:
    """Several names in a row: "Amina, Jo and Sara"."""
    people = [person(handle) for handle in handles]
    if len(people) < 2:
        return "".join(people)
    return ", ".join(people[:-1]) + " and " + people[-1]


def refusal(refused: Refusal) -> tuple[str, str]:
    """A refusal as what was not possible, and what to do; minutes and cents among its facts are said as such."""
    facts = {key: _fact(key, value) for key, value in refused.facts.items()}
    # The template is parted, not the filled sentence: a name may hold a full stop.
    words, _, mend = refused.words.partition(". ")
    return words.removesuffix(".").format(**facts), mend.format(**facts)


def _fact(key: str, value: str | int) -> str | int:
    if isinstance(value, int) and key.endswith("minutes"):
        return duration(value)
    return money(value) if isinstance(value, int) and key.endswith("cents") else value


def day_of(moment: Moment, now: Moment, zone: tzinfo | None = None) -> str:
    """The day of something that may be long ago: "today 14:20", "Tuesday 3 November"; with the year if not this."""
    then, today = local(moment, zone), local(now, zone).date()
    if (today - then.date()).days in (0, 1):
        return when(moment, now, zone)
    year = f" {then.year}" if then.year != today.year else ""
    return f"{then:%A} {then.day} {then:%B}{year}"


def compared(here: int, copy: int, shared: int) -> str:
    """How a copy of the record stands to the one that is here: what would be lost, in one or two sentences."""
    lost, gained = here - shared, copy - shared
    if not here:
        return "There is no record here yet."
    if not lost and not gained:
        return "It is the same as the record here; nothing would be lost, and nothing won."
    if not lost:
        more = "1 entry more" if gained == 1 else f"{gained:,} entries more"
        return f"It is the same record with {more}; nothing would be lost."
    gone = "1 entry" if lost == 1 else f"{lost:,} entries"
    return f"The record here has {here:,}: {gone} would be lost."
