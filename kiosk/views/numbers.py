"""Numbers said aloud: putting one together, and what was said lately."""

from datetime import date, timedelta

from kiosk.events import ConcessionWon, Found, NumberSaid, ReformNoted
from kiosk.faces import Choice, EntryFace, Face, Line, MoneyFace, ShelfFace, TapFace, TilesFace, ToolLine, TypeFace
from kiosk.rules.charter import waiting
from kiosk.rules.numbers import SAID, Said
from kiosk.tongue import later, phrase, plural, unfilled
from kiosk.views.fitting import short
from kiosk.views.lines import amount_said, sentence
from kiosk.views.scene import Scene, frame, paged, work_choices
from kiosk.visit import number_places as places
from kiosk.visit.numbering import DAYS, LONGEST, REASONS, TWO, goods, picks, spans
from kiosk.visit.pad import MOST_DIGITS
from kiosk.visit.places import Visit
from kiosk.words import (
    capital,
    day_and_month,
    day_of_year,
    duration,
    figure,
    local,
    money,
    short_day,
    when,
    work_word,
)

TILES, LINES = 9, 4
"""Tiles, and numbers, on one page."""

ICONS = {"hours": "clock", "made": "plus", "taken": "minus", "won": "check", "reform": "board"}
"""The picture of each kind of number."""

KINDS = {
    "hours": later("hours we ran ourselves"),
    "made": later("what we made for us"),
    "taken": later("what the owners took"),
    "won": later("what the owners gave way in"),
    "reform": later("a reform, to compare"),
}

TITLES = {
    "hours": later("Hours we ran ourselves"),
    "made": later("Made for us"),
    "taken": later("Taken by the owners"),
    "won": later("The owners gave way"),
    "reform": later("A reform, to compare"),
}

STEPS = 6
"""Steps of saying a number, as dots."""


def _title(telling: places.Telling) -> str:
    """What is being said, as far as it is known: "Made for us: bread"."""
    title = phrase(TITLES[telling.kind])
    if not telling.what or len(telling.what) > LONGEST_IN_TITLE:
        return title
    what = work_word(telling.what) if telling.kind == "hours" else telling.what
    return phrase("{title}: {what}", title=title, what=what)


LONGEST_IN_TITLE = 28
"""Letters of what it is about that have room beside the title."""


# --- what there is ----------------------------------------------------------------------------------------


def numbers(visit: Visit, place: places.Numbers, scene: Scene) -> Face:
    """What kind of number it is."""
    kinds = tuple(
        Choice(key=f"kind:{kind}", words=phrase(words), icon=ICONS[kind]) for kind, words in KINDS.items()
    )
    said = len(scene.state.spoken.latest)
    held = len(waiting(scene.state))
    hint = plural("{n} waits for hands", "{n} wait for hands", held) if held else ""
    return TilesFace(
        frame=frame(visit, scene, phrase("Numbers said aloud")),
        choices=(
            *kinds,
            Choice(
                "said", phrase("what was said"), "list", able=said > 0, hint="" if said else phrase("nothing yet")
            ),
            Choice("charter", phrase("our charter"), "people-several", hint=hint),
        ),
        words=phrase("Each with where it comes from, and two badges."),
    )


def which_thing(visit: Visit, place: places.WhichThing, scene: Scene) -> Face:
    """Of which work, or which goods."""
    telling = place.telling
    hours = telling.kind == "hours"
    shown, page = paged(work_choices(scene) if hours else _goods(telling, scene), place.page, TILES)
    other = Choice("write", phrase("something else"), "note", tone="quiet")
    return TilesFace(
        frame=frame(visit, scene, _title(telling), dots=(1, STEPS)),
        choices=shown,
        extra=() if hours else (other,),
        page=page,
    )


def _goods(telling: places.Telling, scene: Scene) -> tuple[Choice, ...]:
    known = goods(scene.state)
    picture = ICONS[telling.kind]
    return tuple(
        Choice(key=f"pick:{at}", words=what, icon=picture, hint=unit) for at, (what, unit) in enumerate(known)
    )


# --- words ------------------------------------------------------------------------------------------------


def in_words(visit: Visit, place: places.InWords, scene: Scene) -> Face:
    """Writing a part of it."""
    telling, part = place.telling, place.part
    label, faint = _asked(telling, part)
    return TypeFace(
        frame=frame(visit, scene, _title(telling), dots=(_step(part), STEPS)),
        label=label,
        text=place.text,
        longest=40 if part == "what" and telling.kind in ("made", "taken") else LONGEST[part],
        ready=bool(place.text.strip()),
        faint=faint,
    )


def _step(part: str) -> int:
    return {"what": 1, "unit": 2, "how": 2, "source": 5}[part]


def _asked(telling: places.Telling, part: str) -> tuple[str, str]:
    """What is asked, and an example."""
    match part, telling.kind:
        case "what", "won":
            return phrase("In what did they give way?"), phrase("such as: ten minutes longer breaks")
        case "what", "reform":
            return phrase("What reform is it?"), phrase("such as: a day off more")
        case "what", "taken":
            return phrase("What is it that was taken?"), phrase("such as: bread")
        case "what", _:
            return phrase("What is it that was made?"), phrase("such as: bread")
        case "unit", _:
            return phrase("What do you count it in?"), phrase("such as: loaves")
        case "how", "reform":
            return phrase("Who boasts of it?"), phrase("such as: the council")
        case "how", _:
            return phrase("By what was it won?"), phrase("such as: a sit-in")
    return phrase("Where does the number come from?"), phrase("such as: the order book")


def which_word(visit: Visit, place: places.WhichWord, scene: Scene) -> Face:
    """One of the words of before."""
    telling, part = place.telling, place.part
    rows = tuple(
        Choice(key=f"pick:{at}", words=unfilled(words), icon=_word_icon(part))
        for at, words in enumerate(picks(telling, part, scene.state))
    )
    shown, page = paged(rows, place.page, TILES)
    return TilesFace(
        frame=frame(visit, scene, _asked(telling, part)[0], dots=(_step(part), STEPS)),
        choices=shown,
        extra=(Choice("write", phrase("write it"), "note", tone="quiet"),),
        page=page,
    )


def _word_icon(part: str) -> str:
    return {"unit": "bookkeeping", "how": "people-several", "source": "list"}[part]


# --- how many ---------------------------------------------------------------------------------------------


def how_many(visit: Visit, place: places.HowMany, scene: Scene) -> Face:
    """How many: on the pad."""
    telling = place.telling
    in_money = telling.kind in ("won", "reform")
    steps, step_words = _steps(telling)
    words = phrase("What it is worth in all. Nothing where it is not money.") if in_money else telling.unit
    return MoneyFace(
        frame=frame(visit, scene, _title(telling), dots=(3, STEPS)),
        amount=amount(telling) if not telling.unit else figure(telling.amount),
        digits=_digits(telling),
        words=words,
        steps=steps,
        step_words=step_words,
        less=telling.amount > 0,
        longest=MOST_DIGITS,
        book=Choice("typed", phrase("that is it"), "check", tone="strong") if telling.amount or in_money else None,
        icon=ICONS[telling.kind],
    )


def _steps(telling: places.Telling) -> tuple[tuple[int, ...], tuple[str, ...]]:
    if telling.kind == "hours":
        return (15, 60), (duration(15), duration(60))
    if telling.kind in ("made", "taken"):
        return (1, 10), (figure(1), figure(10))
    return (5_00, 100_00), ()


def _digits(telling: places.Telling) -> str:
    """What stands on the pad; hours are typed whole."""
    if telling.kind == "hours":
        return str(telling.amount // 60) if telling.amount and telling.amount % 60 == 0 else ""
    return str(telling.amount) if telling.amount else ""


def amount(telling: places.Telling) -> str:
    """The amount with its unit."""
    match telling.kind:
        case "hours":
            return duration(telling.amount)
        case "made" | "taken":
            return f"{figure(telling.amount)} {telling.unit}"
    return money(telling.amount)


# --- when -------------------------------------------------------------------------------------------------


SPANS = {
    "this week": later("this week so far"),
    "last week": later("last week"),
    "this month": later("this month so far"),
    "last month": later("last month"),
    "today": later("just today"),
}


def which_days(visit: Visit, place: places.WhichDays, scene: Scene) -> Face:
    """From when until when."""
    found = spans(local(scene.now).date())
    choices = tuple(Choice(key, phrase(SPANS[key]), "calendar", hint=_span(*days)) for key, days in found.items())
    return TilesFace(
        frame=frame(visit, scene, phrase("{amount}: when was it?", amount=amount(place.telling)), dots=(4, STEPS)),
        choices=(*choices, Choice("day", phrase("another day"), "calendar")),
    )


def _span(first: date, last: date) -> str:
    if first == last:
        return day_and_month(first)
    return phrase("{since} to {until}", since=day_and_month(first), until=day_and_month(last))


def which_day(visit: Visit, place: places.WhichDay, scene: Scene) -> Face:
    """On which day."""
    today = local(scene.now).date()
    days = tuple(
        Choice(key=f"pick:{ago}", words=short_day(today - timedelta(days=ago)), icon="calendar")
        for ago in range(DAYS)
    )
    shown, page = paged(days, place.page, TILES)
    won = place.telling.kind in ("won", "reform")
    title = phrase("When was it won?") if won else phrase("On which day was it?")
    return TilesFace(frame(visit, scene, title, dots=(4, STEPS)), shown, page=page)


def holds_until(visit: Visit, place: places.HoldsUntil, scene: Scene) -> Face:
    """How long it holds."""
    return TilesFace(
        frame=frame(visit, scene, phrase("How long does it hold?"), dots=(4, STEPS)),
        choices=(
            Choice("good", phrase("for good"), "check"),
            Choice("years", phrase("two years"), "calendar"),
            Choice("year", phrase("a year"), "calendar"),
            Choice("half", phrase("half a year"), "calendar"),
        ),
    )


# --- badges -----------------------------------------------------------------------------------------------


def teller_taps(visit: Visit, place: places.NumberTaps, scene: Scene) -> Face:
    """Two badges: whoever says it, and whoever stands by it."""
    telling = place.telling
    return TapFace(
        frame=frame(visit, scene, _title(telling), dots=(STEPS, STEPS)),
        prompt=phrase("now somebody who stands by it taps") if place.taps else phrase("now whoever says it taps"),
        words=_so_far(telling),
        dots_filled=len(place.taps),
        dots=TWO,
        names=tuple(handle for handle, _ in place.taps),
        icon=ICONS[telling.kind],
    )


def _so_far(telling: places.Telling) -> str:
    """What will be written down, as far as there is room."""
    parts = (
        short(telling.what) if telling.kind in ("won", "reform") else "",
        amount(telling) if telling.amount else "",
        _when(telling.since, telling.until, telling.kind),
        short(unfilled(telling.source)),
    )
    return " · ".join(part for part in parts if part)


def _when(since: str, until: str, kind: str) -> str:
    first = date.fromisoformat(since)
    if kind in ("won", "reform"):
        return day_of_year(first)
    return _span(first, date.fromisoformat(until))


# --- what was said ----------------------------------------------------------------------------------------


def said_numbers(visit: Visit, place: places.SaidNumbers, scene: Scene) -> Face:
    """The latest numbers, the newest first."""
    latest = tuple(reversed(scene.state.spoken.latest))
    shown, page = paged(latest, place.page, LINES)
    found = (scene.find(name) for name in shown)
    return ShelfFace(
        frame=frame(visit, scene, phrase("What was said")),
        lines=tuple(_line(each) for each in found if each is not None and isinstance(each.entry.event, SAID)),
        page=page,
        words=phrase("A number that was wrong is countered, never changed."),
        empty=phrase("No number was said aloud yet."),
    )


def _line(found: Found) -> ToolLine:
    event = found.entry.event
    assert isinstance(event, SAID)
    return ToolLine(
        key=f"number:{found.entry.id}",
        name=_named(event),
        told=phrase("wrong; it counts no more") if found.countered_by else _told(event),
        standing="out",
        icon="undo" if found.countered_by else ICONS[_kind(event)],
    )


def _kind(event: Said) -> str:
    match event:
        case NumberSaid(measure=measure):
            return measure
        case ConcessionWon():
            return "won"
    return "reform"


def _named(event: Said) -> str:
    match event:
        case NumberSaid(measure="hours", what=what):
            return phrase("{amount} of {what}", amount=amount_said(event), what=work_word(what))
        case NumberSaid(what=what):
            return phrase("{amount}: {what}", amount=amount_said(event), what=what)
    return short(event.what)


def _told(event: Said) -> str:
    kind = phrase(TITLES[_kind(event)])
    match event:
        case NumberSaid(since=since, until=until):
            return f"{kind} · {_when(since, until, event.measure)}"
        case ConcessionWon(cents=cents, day=day) | ReformNoted(cents=cents, day=day):
            worth = money(cents) if cents else ""
            return " · ".join(part for part in (kind, worth, day_and_month(date.fromisoformat(day))) if part)


def one_number(visit: Visit, place: places.OneNumber, scene: Scene) -> Face:
    """One number, whole."""
    found = scene.find(place.entry)
    assert found is not None
    event = found.entry.event
    assert isinstance(event, SAID)
    wrong = found.countered_by is not None
    line = Line(
        key=f"number:{found.entry.id}",
        who="",
        amount=_amount(event),
        work="",
        when=when(found.entry.moment, scene.now),
        icon=ICONS[_kind(event)],
        mark=phrase("counts no more") if wrong else "",
        note=_why(found, scene),
    )
    way = Choice("wrong", phrase("it is wrong"), "undo")
    return EntryFace(
        frame=frame(visit, scene, phrase(TITLES[_kind(event)])),
        line=line,
        words=f"{sentence(found.entry)} ({found.entry.id})",
        choices=() if wrong else (way,),
    )


def _amount(event: Said) -> str:
    """The figure of it; where there is none, what it is about."""
    if isinstance(event, NumberSaid):
        return amount_said(event)
    return money(event.cents) if event.cents else short(event.what)


def _why(found: Found, scene: Scene) -> str:
    """Why it counts no more."""
    back = scene.find(found.countered_by) if found.countered_by else None
    return unfilled(getattr(back.entry.event, "reason", "")) if back else ""


def why_wrong(visit: Visit, place: places.WhyWrong, scene: Scene) -> Face:
    """Why it is wrong."""
    return TilesFace(
        frame=frame(visit, scene, phrase("Why is it wrong?"), dots=(1, 2)),
        choices=tuple(Choice(key, phrase(words), "undo") for key, words in REASONS.items()),
        extra=(Choice("write", phrase("write it"), "note", tone="quiet"),),
        words=phrase("The number stays for all to see, and counts no more."),
    )


def wrong_in_words(visit: Visit, place: places.WrongInWords, scene: Scene) -> Face:
    """Why it is wrong, in one's own words."""
    return TypeFace(
        frame=frame(visit, scene, phrase("Why is it wrong?"), dots=(1, 2)),
        label=phrase("In a few words"),
        text=place.text,
        longest=LONGEST["source"],
        ready=bool(place.text.strip()),
    )


def wrong_taps(visit: Visit, place: places.WrongTaps, scene: Scene) -> Face:
    """Two badges say that it is wrong."""
    found = scene.find(place.entry)
    return TapFace(
        frame=frame(visit, scene, capital(unfilled(place.reason)), dots=(2, 2)),
        prompt=phrase("now the other one taps") if place.taps else phrase("now two of you tap"),
        words=sentence(found.entry) if found else "",
        dots_filled=len(place.taps),
        dots=TWO,
        names=tuple(handle for handle, _ in place.taps),
        icon="undo",
    )
