"""Duties as people see them: who has them, until when, who comes next; and the alarm when one does not turn."""

from collections.abc import Mapping
from datetime import date

from kiosk.amounts import JAR, Handle
from kiosk.events import How, Term, duty_called
from kiosk.faces import Alarm, Choice, DutiesFace, DutyRow, Face, Frame, TapFace, TilesFace, TypeFace
from kiosk.rules.duties import KNOWN, LONGEST_DUTY
from kiosk.rules.fund_circles import turn_takers
from kiosk.rules.rotation import Overdue, comes_next, is_over, may_take, overdue
from kiosk.rules.writing import same
from kiosk.state import Duty
from kiosk.tongue import later, phrase, plural
from kiosk.views.buttons import circle_frame, key_choices
from kiosk.views.glass import shown_now
from kiosk.views.scene import Scene, frame, paged
from kiosk.visit.duty_places import (
    DrawingLot,
    Duties,
    DutyHow,
    DutyTerm,
    HandingOver,
    OneDuty,
    WhichDuty,
)
from kiosk.visit.ground import Surroundings
from kiosk.visit.places import Care, Visit
from kiosk.visit.turning import HOWS, TERMS, Way, ways
from kiosk.words import capital, duty_word, local, names, short_day, since_day, until

EACH = 4
"""Duties on one page."""

FEW = 3
"""Names that are said one by one; more are said as a number."""

SHORT = 40
"""Letters of names that stand in a sentence with others."""

PICTURES: Mapping[str, str] = {
    "taking minutes": "note",
    "facilitating": "people-several",
    "keeping the jar": "jar",
    "tending the kiosk": "repair",
}
"""The pictures of the house's own duties."""

HOW_PICTURES: Mapping[How, str] = {"order": "list", "lot": "other", "approval": "check"}
"""The pictures of the ways in which it is found out who comes next."""

HOW_WORDS: Mapping[How, str] = {
    "order": later("in turn"),
    "lot": later("by lot"),
    "approval": later("by approval"),
}
"""How it is found out who comes next."""

HOW_HINTS: Mapping[How, str] = {
    "order": later("one after the other"),
    "lot": later("among those who had it least"),
    "approval": later("the circle says who may"),
}

TERM_WORDS: Mapping[Term, str] = {"day": later("a day"), "week": later("a week"), "month": later("a month")}
TERM_HINTS: Mapping[Term, str] = {
    "day": later("until the evening"),
    "week": later("until Sunday"),
    "month": later("until its last day"),
}
EVERY: Mapping[Term, str] = {
    "day": later("every day"),
    "week": later("every week"),
    "month": later("every month"),
}


# --- the list ---------------------------------------------------------------------------------------------


def duties(visit: Visit, place: Duties, scene: Scene) -> Face:
    """Who has what, and who comes next: of the whole shop and then of each daughter fund, or of one of those."""
    found = all_rows(scene) if place.fund == JAR else rows_of(place.fund, scene)
    shown, page = paged(found, place.page, EACH)
    title = phrase("Duties go round") if place.fund == JAR else phrase("Duties of {fund}", fund=place.fund)
    return DutiesFace(
        frame=frame(visit, scene, title),
        rows=shown,
        choices=(
            Choice(key="begin", words=phrase("a new duty"), icon="plus"),
            *(() if place.fund != JAR else (Choice("routines", phrase("who does what"), "people-several"),)),
        ),
        page=page,
        empty=phrase("No duty goes round yet. Begin one, such as taking minutes."),
    )


def rows(scene: Scene) -> tuple[DutyRow, ...]:
    """Duties for the wall: first those of the daughter fund that it shows just now, then those of all."""
    shown = shown_now(scene).name
    return (*(rows_of(shown, scene) if shown != JAR else ()), *rows_of(JAR, scene))


def all_rows(scene: Scene) -> tuple[DutyRow, ...]:
    """All duties: those of the whole shop, then those of each daughter fund, in the order they began."""
    return tuple(row for fund in scene.state.funds for row in rows_of(fund, scene))


def rows_of(fund: str, scene: Scene) -> tuple[DutyRow, ...]:
    """The duties of one fund, in the order they began; those of the jar are the whole shop's."""
    late = {each.duty: each for each in overdue(scene.state, local(scene.now).date())}
    own = (duty for duty in scene.state.duties.values() if duty.fund == fund)
    return tuple(row(duty, late.get(duty.name), scene) for duty in own)


def row(duty: Duty, late: Overdue | None, scene: Scene) -> DutyRow:
    """One duty on the list. late: set when it should have turned."""
    coming = comes_next(scene.state, duty.name, (), local(scene.now).date())
    when = until(duty.until) if duty.holder else phrase("begins now")
    return DutyRow(
        key=f"duty:{duty.name}",
        duty=duty_word(duty.name),
        holder=duty.holder,
        next=coming,
        until=_late(late) if late else when,
        note="" if coming else not_known(duty, (), scene),
        late=late is not None,
    )


def _late(late: Overdue) -> str:
    if late.leaving:
        return plural("{n} day late", "{n} days late", late.days)
    return plural("nobody’s for {n} day", "nobody’s for {n} days", late.days)


def not_known(duty: Duty, absent: tuple[Handle, ...], scene: Scene) -> str:
    """Why it is not known who comes next."""
    if not may_take(scene.state, duty.name, absent, local(scene.now).date()):
        return phrase("nobody is here")
    return phrase("not drawn yet") if duty.how == "lot" else phrase("not chosen yet")


# --- one of it --------------------------------------------------------------------------------------------


def one_duty(visit: Visit, place: OneDuty, scene: Scene) -> Face:
    """One duty, and what can be done with it."""
    duty = scene.state.duties.get(place.duty)
    around = frame(visit, scene, capital(duty_word(place.duty)))
    if duty is None:
        return TilesFace(frame=around, choices=(), words=phrase("It goes round no more."))
    coming = comes_next(scene.state, duty.name, place.absent, local(scene.now).date())
    found = ways(duty.name, place.absent, Surroundings(scene.state, scene.now, scene.find))
    return TilesFace(
        frame=around,
        choices=tuple(_way(way, coming) for way in found),
        words=_how_it_stands(duty, coming, place.absent, scene),
    )


def _way(way: Way, coming: Handle) -> Choice:
    words, icon, hint = {
        "hand over": (phrase("hand it over"), "arrow-right", phrase("two of you tap")),
        "draw": (phrase("draw the lot"), "other", phrase("whoever draws it taps")),
        "ask": (phrase("ask the circle"), "people", phrase("an approval round")),
        "not here": (phrase("{name} is not here", name=coming), "away", phrase("and comes first next time")),
        "end": (phrase("let it end"), "close", phrase("by many hands")),
    }[way]
    return Choice(way, words, icon, hint, tone="plain" if way in ("not here", "end") else "strong")


def _how_it_stands(duty: Duty, coming: Handle, absent: tuple[Handle, ...], scene: Scene) -> str:
    """Who has it, who comes next, how it goes round."""
    then = phrase("{name} comes next", name=coming) if coming else _not_known_next(duty, absent, scene)
    has = phrase("{holder}; {next}.", holder=_who_has_it(duty, scene), next=then)
    return f"{has} {_goes_round(duty, scene)}"


def _who_has_it(duty: Duty, scene: Scene) -> str:
    if not duty.holder:
        return phrase("Nobody has it")
    last = short_day(date.fromisoformat(duty.until))
    if is_over(duty, local(scene.now).date()):
        return phrase("{name} has it longer than until {day}", name=duty.holder, day=last)
    return phrase("{name} has it until {day}", name=duty.holder, day=last)


def _not_known_next(duty: Duty, absent: tuple[Handle, ...], scene: Scene) -> str:
    if not may_take(scene.state, duty.name, absent, local(scene.now).date()):
        return phrase("nobody else is here")
    if duty.how == "lot":
        return phrase("who comes next is not drawn yet")
    return phrase("who comes next is not chosen yet")


def _goes_round(duty: Duty, scene: Scene) -> str:
    """How it goes round, and that of a daughter among whom."""
    facts = {"how": phrase(HOW_WORDS[duty.how]), "every": phrase(EVERY[duty.term])}
    takers = turn_takers(scene.state, duty.fund)
    if duty.fund == JAR:
        return phrase("It goes round {how}, {every}.", **facts)
    if len(takers) == len(scene.state.present()):
        return phrase("It goes round {how}, {every}, among all of you.", **facts)
    if len(takers) <= FEW and len(names(takers)) <= SHORT:
        return phrase("It goes round {how}, {every}, among {names} of its circle.", names=names(takers), **facts)
    return plural(
        "It goes round {how}, {every}, among {n} person of its circle.",
        "It goes round {how}, {every}, among {n} people of its circle.",
        len(takers),
        **facts,
    )


# --- handing over -----------------------------------------------------------------------------------------


def handing_over(visit: Visit, place: HandingOver, scene: Scene) -> Face:
    """Two taps: the one leaving and the one coming."""
    duty = scene.state.duties.get(place.duty)
    first = place.first[0] if place.first else ""
    coming = comes_next(scene.state, place.duty, place.absent, local(scene.now).date()) if duty else ""
    return TapFace(
        frame=_around(visit, place, scene),
        prompt=_who_taps(duty, coming, first, scene) if duty else "",
        words=_what_happens(duty, coming, scene) if duty else phrase("It goes round no more."),
        dots_filled=1 if first else 0,
        dots=2,
        names=(first,) if first else (),
        choices=key_choices(place) if place.in_circle else (),
        icon="arrow-right",
    )


def _around(visit: Visit, place: HandingOver | DrawingLot, scene: Scene) -> Frame:
    around = circle_frame if place.in_circle else frame
    return around(visit, scene, capital(duty_word(place.duty)))


def _who_taps(duty: Duty, coming: Handle, first: Handle, scene: Scene) -> str:
    anybody = _anybody(duty, scene)
    if not first and anybody:
        return phrase("{name} and somebody else tap", name=coming)
    if not first:
        return phrase("{coming} and {leaving} tap", coming=coming, leaving=duty.holder)
    if first == coming and anybody:
        return phrase("Now somebody else taps")
    other = duty.holder if first == coming else coming
    return plural("Now {names} taps", "Now {names} tap", 1, names=other)


def _anybody(duty: Duty, scene: Scene) -> bool:
    """Whether anybody's badge will do for that of the one leaving."""
    gone = not duty.holder or scene.state.members[duty.holder].standing != "here"
    return gone or is_over(duty, local(scene.now).date())


def _what_happens(duty: Duty, coming: Handle, scene: Scene) -> str:
    if not duty.holder:
        return phrase("{name} is the first; whoever else taps is the witness.", name=coming)
    both = {"leaving": duty.holder, "coming": coming}
    if _anybody(duty, scene):
        return phrase("{leaving} → {coming}. If {leaving} is not here, anybody’s badge will do.", **both)
    return phrase("{leaving} → {coming}, in whichever order you tap.", **both)


def drawing_lot(visit: Visit, place: DrawingLot, scene: Scene) -> Face:
    """Whoever taps draws the lot."""
    able = may_take(scene.state, place.duty, place.absent, local(scene.now).date())
    return TapFace(
        frame=_around(visit, place, scene),
        prompt=phrase("Whoever draws the lot taps"),
        words=_had_it_least(able),
        choices=key_choices(place) if place.in_circle else (),
        icon="other",
    )


def _had_it_least(able: tuple[Handle, ...]) -> str:
    """Among whom the lot is drawn: their names where they are few, else how many."""
    if len(able) <= FEW:
        return phrase("Among {names}, who had it least.", names=names(able))
    return plural("Among {n} person, who had it least.", "Among {n} people, who had it least.", len(able))


# --- a new one --------------------------------------------------------------------------------------------


def which_duty(visit: Visit, place: WhichDuty, scene: Scene) -> Face:
    """What is to go round."""
    if place.text is not None:
        return TypeFace(
            frame=frame(visit, scene, phrase("A new duty"), dots=(1, 4)),
            label=phrase("What is done? A verb, not a title"),
            text=place.text,
            longest=LONGEST_DUTY,
            ready=bool(place.text.strip()),
            faint=phrase("such as: watering the plants"),
        )
    known = {same(duty.duty) for duty in scene.state.duties.values() if duty.fund == place.fund}
    usual = tuple(
        Choice(key=f"begin:{duty}", words=duty_word(duty), icon=PICTURES[duty])
        for duty in KNOWN
        if same(duty) not in known
    )
    return TilesFace(
        frame=frame(visit, scene, phrase("What goes round?"), dots=(1, 4)),
        choices=(*usual, Choice(key="write", words=phrase("something else"), icon="other")),
    )


def duty_how(visit: Visit, place: DutyHow, scene: Scene) -> Face:
    """How it is found out who comes next."""
    title = phrase("{duty}: who comes next?", duty=_called(place.duty, place.fund))
    return TilesFace(
        frame=frame(visit, scene, title, dots=(2, 4)),
        choices=tuple(
            Choice(
                key=f"how:{how}", words=phrase(HOW_WORDS[how]), icon=HOW_PICTURES[how], hint=phrase(HOW_HINTS[how])
            )
            for how in HOWS
        ),
        words=phrase("However it goes: nobody has it twice before all have had it once."),
    )


def duty_term(visit: Visit, place: DutyTerm, scene: Scene) -> Face:
    """How long somebody has it."""
    title = phrase("{duty}: for how long?", duty=_called(place.duty, place.fund))
    return TilesFace(
        frame=frame(visit, scene, title, dots=(3, 4)),
        choices=tuple(
            Choice(
                key=f"term:{term}", words=phrase(TERM_WORDS[term]), icon="calendar", hint=phrase(TERM_HINTS[term])
            )
            for term in TERMS
        ),
        words=phrase("Then it goes to the next one, done or not."),
    )


def hands_title(care: Care) -> str:
    """What many hands are asked about a duty."""
    if care.what == "begin duty":
        return phrase("{duty} goes round", duty=_called(care.duty, care.fund))
    return phrase("{duty} ends", duty=capital(duty_word(care.duty)))


def hands_words(care: Care) -> str:
    """What the hands make true."""
    if care.what == "end duty":
        return phrase("It goes round no more. The record keeps who had it.")
    return phrase(
        "It goes round {how}, {every}. No one does this alone.",
        how=phrase(HOW_WORDS[care.how]),
        every=phrase(EVERY[care.term]),
    )


def _called(duty: str, fund: str) -> str:
    return capital(duty_word(duty_called(duty, fund)))


# --- alarms -----------------------------------------------------------------------------------------------


def turnover_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """Duties that do not turn, the longest first; each is an alarm until it is handed over."""
    return tuple(_not_turned(late, scene) for late in overdue(scene.state, local(scene.now).date()))


def _not_turned(late: Overdue, scene: Scene) -> Alarm:
    duty = scene.state.duties[late.duty]
    return Alarm(
        words=_stands_still(late, duty, scene),
        since=since_day(late.since),
        mend=" ".join(part for part in (_mend(duty, late, scene), _never(late)) if part),
        pressing=False,
    )


def _stands_still(late: Overdue, duty: Duty, scene: Scene) -> str:
    facts = {"duty": capital(duty_word(late.duty)), "leaving": late.leaving}
    if not late.leaving:
        return plural(
            "{duty} has been nobody’s for {n} day", "{duty} has been nobody’s for {n} days", late.days, **facts
        )
    if late.coming:
        return plural(
            "{duty} has not turned for {n} day: {leaving} to {coming}",
            "{duty} has not turned for {n} days: {leaving} to {coming}",
            late.days,
            coming=late.coming,
            **facts,
        )
    return plural(
        "{duty} has not turned for {n} day: {leaving}; {why}",
        "{duty} has not turned for {n} days: {leaving}; {why}",
        late.days,
        why=_nobody_yet(duty, scene),
        **facts,
    )


def _nobody_yet(duty: Duty, scene: Scene) -> str:
    if not may_take(scene.state, duty.name, (), local(scene.now).date()):
        return phrase("nobody else is here")
    return phrase("nobody is drawn yet") if duty.how == "lot" else phrase("nobody is chosen yet")


def _mend(duty: Duty, late: Overdue, scene: Scene) -> str:
    if late.coming and late.leaving:
        return phrase("Both tap at the kiosk.")
    if late.coming:
        return phrase("{name} and somebody else tap at the kiosk.", name=late.coming)
    if not may_take(scene.state, duty.name, (), local(scene.now).date()):
        return phrase("It turns as soon as somebody else is here.")
    if duty.how == "lot":
        return phrase("Draw the lot at the kiosk.")
    return phrase("The circle says who: put it to the buttons.")


def _never(late: Overdue) -> str:
    """Who has never had it, where they are few."""
    if not late.never or not late.leaving:
        return ""
    count = len(late.never)
    if count <= FEW:
        return plural("{names} has never had it.", "{names} have never had it.", count, names=names(late.never))
    return plural("{n} of you has never had it.", "{n} of you have never had it.", count)
