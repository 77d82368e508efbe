"""How amounts and moments are said to a person, in the language spoken just now.

Names of days and months, amounts of money and lists are said as Unicode's CLDR says its speakers do, by Babel;
English amounts as this house always wrote them. Two things are the room's and not the language's: a day has 24
hours, and figures are written 0 to 9, in Arabic too, because they must agree with what stands on coins, labels and
the clock.

What is read aloud (`tongue.aloud`) is said by the same functions, in words for the ear: "2 hours 30" and not "2 h
30", "12 euros 50" and not "€ 12.50". The figures in them stay figures: whatever reads them aloud knows how they are
said.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_name
from babel.units import format_unit

from kiosk import tongue
from kiosk.amounts import COMMONS, JAR, Moment
from kiosk.commands import Refusal
from kiosk.periods import first_day, is_quarter, last_day
from kiosk.tongue import fill, isolated, later, phrase, plural, sense, unfilled

WORK_WORDS: Mapping[str, str] = {
    "repair": later("repair"),
    "childcare": later("childcare"),
    "translation": later("translation"),
    "bookkeeping": later("bookkeeping"),
    "cooking": later("cooking"),
    "care": later("care"),
    "driving": later("driving"),
    "teaching": later("teaching"),
    "other": later("something else"),
}
"""The house's own kinds of work, as the screen says them. Those that the shop named are said as it wrote them."""

OWN_SORTS = (
    later("tool repair"),
    later("dental"),
    later("printing"),
    later("hardship"),
    later("strike reserve"),
    later("other"),
)
"""The house's own kinds of project and reserves, as the record has them and `unfilled` says them."""

OWN_PLACES = (later("back to members"), later("next project in part"))
"""Where a rest may go besides reserves and jars; the record has them in these words, and `unfilled` says them."""

MEDIUM_WORDS: Mapping[str, str] = {"tag": later("tag"), "card": later("card")}
"""What a badge is made of."""

DUTY_WORDS: Mapping[str, str] = {
    "taking minutes": later("taking minutes"),
    "facilitating": later("facilitating"),
    "keeping the jar": later("keeping the jar"),
    "tending the kiosk": later("tending the kiosk"),
}
"""The house's own duties, as the screen says them. Those that the shop named are said as it wrote them."""


def duration(minutes: int) -> str:
    """Minutes as people say them: "45 min", "3 h", "1 h 30"; without a sign."""
    hours, rest = divmod(abs(minutes), 60)
    if tongue.is_aloud():
        return _hours_heard(hours, rest)
    if not hours:
        return phrase("{minutes} min", minutes=rest)
    if not rest:
        return phrase("{hours} h", hours=hours)
    return phrase("{hours} h {minutes:02d}", hours=hours, minutes=rest)


def signed(minutes: int) -> str:
    """A balance with its sign: "+3 h", "−45 min", "0"."""
    if not minutes:
        return "0"
    if tongue.is_aloud():
        return balance(minutes)
    return ("+" if minutes > 0 else "−") + duration(minutes)


_ONE_HOUR, _ONE_MINUTE = later("one hour"), later("one minute")
"""A figure before a word that has a gender is misread in most languages; more than one is not."""

_SHORT_OF_MINUTES = (tongue.ENGLISH, "de", "fr")
"""Where "two hours thirty" is how it is said; elsewhere the minutes are named."""


def as_heard(text: str) -> str:
    """A text that was put together for the eye, with its times and sums of money as they are heard."""
    for template in ("{hours} h {minutes:02d}", "{hours} h", "{minutes} min"):
        pattern = re.sub(r"\\{(\w+)(:02d)?\\}", r"(?P<\1>\\d+)", re.escape(unfilled(template)))
        text = re.sub(rf"(?<![\d.,:]){pattern}(?!\w)", _time_heard, text)
    return _MONEY.sub(_sum_heard, text)


_MONEY = re.compile(
    r"(?P<sign>[−-]?)(?:€[ \u00a0]?(?P<before>\d[\d.,\u00a0\u202f]*)|(?P<behind>\d[\d.,\u00a0\u202f]*)[ \u00a0]?€)"
)
"""A sum as the languages here write it, with the sign before it or behind."""


def _time_heard(found: re.Match[str]) -> str:
    parts = found.groupdict()
    return _hours_heard(int(parts.get("hours") or 0), int(parts.get("minutes") or 0))


def _sum_heard(found: re.Match[str]) -> str:
    figures = (found["before"] or found["behind"]).strip("\u00a0\u202f")
    ending = re.search(r"[.,]$", figures)
    figures = figures.rstrip(".,")
    cents = re.search(r"[.,](\d\d)$", figures)
    whole = int(re.sub(r"\D", "", figures[: cents.start()] if cents else figures) or 0)
    value = whole * 100 + (int(cents[1]) if cents else 0)
    return _money_heard(-value if found["sign"] else value) + (ending[0] if ending else "")


def _hours_heard(hours: int, minutes: int) -> str:
    """A time as it is heard: "2 hours 30", "one hour", "45 minutes"."""
    whole = phrase(_ONE_HOUR) if hours == 1 else _units(hours, "duration-hour")
    part = phrase(_ONE_MINUTE) if minutes == 1 else _units(minutes, "duration-minute")
    if not hours or not minutes:
        return whole if hours else part
    if minutes > 9 and tongue.language() in _SHORT_OF_MINUTES:
        return f"{whole} {minutes}"
    return f"{whole} {part}"


def _units(count: int, unit: str) -> str:
    said = format_unit(count, unit, "long", format="0", locale=_locale())
    return said.replace("\u00a0", " ").translate(tongue.DIRECTING)


def _money_heard(cents: int) -> str:
    """A sum as it is heard: "12 euros 50", "50 cents"."""
    euros, rest = divmod(abs(cents), 100)
    whole = f"{euros} {get_currency_name('EUR', euros, _locale())}"
    part = plural("{n} cent", "{n} cents", rest)
    said = part if not euros else f"{whole} {rest:02d}" if rest > 9 else f"{whole} {part}" if rest else whole
    return phrase("minus {money}", money=said) if cents < 0 else said


def _clock_heard(then: datetime) -> str:
    """A time of day as it is heard: "14 20", "9 o’clock", "9 oh 5"."""
    hour, minute = then.hour, then.minute
    if not minute:
        return sense("aloud", "{hour} o’clock", hour=hour)
    if minute < 10:
        return sense("aloud", "{hour} oh {minute}", hour=hour, minute=minute)
    return sense("aloud", "{hour} {minute}", hour=hour, minute=minute)


def balance(minutes: int) -> str:
    """A balance as a sentence's end: "3 h given", "1 h got", "even"."""
    if not minutes:
        return phrase("even")
    if minutes > 0:
        return phrase("{time} more given than got", time=duration(minutes))
    return phrase("{time} more got than given", time=duration(minutes))


def money(cents: int) -> str:
    """An amount of money: "€ 0.50", "€ 98,765.43"; below zero "−€ 0.50"."""
    return _euros(cents, round_ones_short=False)


def bare_price(cents: int) -> str:
    """The same without the sign of the currency: "260", "0.50"."""
    if tongue.is_aloud():
        return _money_heard(abs(cents))
    pattern = "#,##0" if cents % 100 == 0 else "#,##0.00"
    return format_decimal(Decimal(abs(cents)) / 100, pattern, _locale())


def _euros(cents: int, *, round_ones_short: bool) -> str:
    if tongue.is_aloud():
        return _money_heard(cents)
    pattern = "¤ #,##0.00" if _english() else _locale().currency_formats["standard"].pattern
    if round_ones_short and cents % 100 == 0:
        pattern = pattern.replace("0.00", "0")
    said = format_currency(Decimal(abs(cents)) / 100, "EUR", pattern, _locale(), currency_digits=False)
    return ("−" if cents < 0 else "") + said.translate(tongue.DIRECTING)


def difference(cents: int) -> str:
    """What a count found, beside what was expected: "€ 1.20 less than expected."; a whole sentence."""
    if not cents:
        return phrase("Just as expected.")
    if cents > 0:
        return phrase("{money} more than expected.", money=money(cents))
    return phrase("{money} less than expected.", money=money(-cents))


def jar_word(fund: str) -> str:
    """What a jar is called on the screen."""
    return phrase("The jar") if fund == JAR else phrase("The jar: {name}", name=fund_word(fund))


def price(cents: int) -> str:
    """An amount as it stands beside a title: "€ 260" for a round one, else as `money` says it."""
    return _euros(cents, round_ones_short=True)


def jar_called(fund: str) -> str:
    """A jar in the middle of a sentence: "the jar", or the name of a daughter."""
    return phrase("the jar") if fund == JAR else fund_word(fund)


def fund_word(name: str) -> str:
    """The name of a daughter fund or a reserve: one that the kiosk offered, or somebody's own."""
    number = name.removeprefix(f"{JAR} ")
    if number != name and number.isdigit():
        return phrase("jar {number}", number=number)
    return unfilled(name)


def work_word(work: str) -> str:
    """A kind of work as the screen says it."""
    return phrase(WORK_WORDS[work]) if work in WORK_WORDS else work


def duty_word(called: str) -> str:
    """A duty by what it is called among all, as the screen says it: "taking minutes", "taking minutes (Garden)"."""
    own, of, fund = called.removesuffix(")").partition(" (")
    if own not in DUTY_WORDS:
        return called
    duty = phrase(DUTY_WORDS[own])
    return phrase("{duty} ({fund})", duty=duty, fund=fund) if of else duty


def medium_word(medium: str) -> str:
    """What a badge is made of: "tag", "card"."""
    return phrase(MEDIUM_WORDS[medium]) if medium in MEDIUM_WORDS else medium


def work_icon(work: str, known: tuple[str, ...]) -> str:
    """The icon of a kind of work; those that the shop named share one."""
    return work if work in known else "other"


def person(handle: str) -> str:
    """A name in a sentence; the commons account is said as what it is."""
    return phrase("the commons") if handle == COMMONS else handle


def some(count: int) -> str:
    """How many people, in the middle of a sentence: "two"; more than three as a figure."""
    words = {1: sense("people", "one"), 2: sense("people", "two"), 3: sense("people", "three")}
    return words.get(count, str(count))


def next_one(duty: str) -> str:
    """The question that a round of approvals answers: "Taking minutes: who is next?" """
    return phrase("{duty}: who is next?", duty=capital(duty_word(duty)))


# --- moments ----------------------------------------------------------------------------------------------


def _english() -> bool:
    return tongue.language() in (tongue.ENGLISH, tongue.MARKED)


@lru_cache(maxsize=len(tongue.LANGUAGES) + 1)
def _locale_of(language: str) -> Locale:
    return Locale(tongue.ENGLISH if language == tongue.MARKED else language)


def _locale() -> Locale:
    return _locale_of(tongue.language())


def _dated(moment: date, pattern: str) -> str:
    whole = f"{pattern} y" if tongue.has_years() and "d" in pattern and "y" not in pattern else pattern
    return format_date(moment, whole, locale=_locale())


def local(moment: Moment, zone: tzinfo | None = None) -> datetime:
    """A moment on the clock of the room (zone None: the machine's own)."""
    return datetime.fromtimestamp(moment.wall / 1000, UTC).astimezone(zone)


def clock(then: datetime) -> str:
    """A time of day, in 24 hours: "9:05"."""
    if tongue.is_aloud():
        return _clock_heard(then)
    return format_time(then.time(), unfilled("H:mm"), locale=_locale())


def weekday(then: date) -> str:
    """A day of the week, whole: "Friday"."""
    return _dated(then, "EEEE")


def short_day(then: date) -> str:
    """A day as short as it goes: "Mon 16 Nov"."""
    return day_of_year(then) if tongue.is_aloud() else _dated(then, unfilled("EEE d MMM"))


def day_and_month(then: date) -> str:
    """A day without the day of the week: "16 Nov"."""
    return _dated(then, unfilled("d MMMM")) if tongue.is_aloud() else _dated(then, unfilled("d MMM"))


def day_of_year(then: date) -> str:
    """A day without its year: "Friday 27 November"."""
    return _dated(then, unfilled("EEEE d MMMM"))


def full_day(then: date) -> str:
    """A day with all that there is to say of it: "Monday 16 November 2026"."""
    return _dated(then, unfilled("EEEE d MMMM y"))


def when(moment: Moment, now: Moment, zone: tzinfo | None = None) -> str:
    """How long ago, as one would say it: "today 14:20", "yesterday 9:05", "Mon 16 Nov"."""
    then, today = local(moment, zone), local(now, zone).date()
    if then.date() == today:
        return phrase("today {time}", time=clock(then))
    if then.date() == today - timedelta(days=1):
        return phrase("yesterday {time}", time=clock(then))
    return short_day(then)


def day(moment: Moment, zone: tzinfo | None = None) -> str:
    """A date as people say it, with the year: "3 March 2026"."""
    return _dated(local(moment, zone), unfilled("d MMMM y"))


def period_word(period: str) -> str:
    """A month or a quarter: "November 2026", "October to December 2026"."""
    first, last = first_day(period), last_day(period)
    if not is_quarter(period):
        return _dated(first, unfilled("MMMM y"))
    return phrase("{first} to {last}", first=_dated(first, "LLLL"), last=_dated(last, unfilled("MMMM y")))


def until(last: str) -> str:
    """The last day of a notice: "until Mon 30 Nov"."""
    return phrase("until {day}", day=short_day(date.fromisoformat(last)))


def by(due: str) -> str:
    """A day as a promise names it: "by Fri 27 Nov"."""
    return phrase("by {day}", day=short_day(date.fromisoformat(due)))


def since_day(first: str) -> str:
    """The day something has been so: "since Mon 16 Nov"."""
    return phrase("since {day}", day=short_day(date.fromisoformat(first)))


def since_whole_day(first: date) -> str:
    """The same with the day of the week whole: "since Friday 27 November"."""
    return phrase("since {day}", day=_dated(first, unfilled("EEEE d MMMM")))


def by_day(text: str) -> str:
    """A day in a sentence: "on Friday 27 November"."""
    return phrase("on {day}", day=day_of_year(date.fromisoformat(text)))


# --- sentences --------------------------------------------------------------------------------------------


def capital(words: str) -> str:
    """Words at the start of a line: with a capital, the rest as it is written."""
    return words[:1].upper() + words[1:]


def names(handles: Sequence[str]) -> str:
    """Several names in a row: "Amina, Jo and Sara"."""
    people = [isolated(person(handle)) for handle in handles]
    if len(people) < 2:
        return "".join(people)
    if _english():
        return ", ".join(people[:-1]) + " and " + people[-1]
    return format_list(people, locale=_locale())


def refusal(refused: Refusal) -> tuple[str, str]:
    """A refusal as what was not possible, and what to do; minutes, cents and duties in it are said as such."""
    facts = {key: _fact(key, value) for key, value in refused.facts.items()}
    # The template is parted, not the filled sentence: a name may hold a full stop.
    words, _, mend = unfilled(refused.words).partition(". ")
    return fill(words.removesuffix("."), facts), fill(mend, facts)


def _fact(key: str, value: str | int) -> str | int:
    if isinstance(value, int) and key.endswith("minutes"):
        return duration(value)
    if isinstance(value, str):
        return duty_word(value) if key in ("duty", "say") else value
    return money(value) if key.endswith("cents") else value


def day_of(moment: Moment, now: Moment, zone: tzinfo | None = None) -> str:
    """The day of something that may be long ago: "today 14:20", "Tuesday 3 November"; with the year if not this."""
    then, today = local(moment, zone), local(now, zone).date()
    if (today - then.date()).days in (0, 1):
        return when(moment, now, zone)
    return full_day(then) if then.year != today.year else day_of_year(then)


def figure(count: int) -> str:
    """A number that may be large: "1,234"."""
    return str(count) if tongue.is_aloud() else format_decimal(count, locale=_locale())


def compared(here: int, copy: int, shared: int) -> str:
    """How a copy of the record stands to the one that is here: what would be lost, in one or two sentences."""
    lost, gained = here - shared, copy - shared
    if not here:
        return phrase("There is no record here yet.")
    if not lost and not gained:
        return phrase("It is the same as the record here; nothing would be lost, and nothing won.")
    if not lost:
        return plural(
            "It is the same record with 1 entry more; nothing would be lost.",
            "It is the same record with {count} entries more; nothing would be lost.",
            gained,
            count=figure(gained),
        )
    return plural(
        "The record here has {here}: 1 entry would be lost.",
        "The record here has {here}: {count} entries would be lost.",
        lost,
        count=figure(lost),
        here=figure(here),
    )
