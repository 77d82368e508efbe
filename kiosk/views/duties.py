"""Duties as people see them: who has them, until when, who comes next; and the alarm when one does not turn."""

from collections.abc import Mapping

from kiosk.amounts import JAR, Handle
from kiosk.events import How, Term, duty_called
from kiosk.faces import Alarm, Choice, DutiesFace, DutyRow, Face, Frame, TapFace, TilesFace, TypeFace
from kiosk.rules.duties import KNOWN, LONGEST_DUTY
from kiosk.rules.fund_circles import turn_takers
from kiosk.rules.rotation import Overdue, comes_next, is_over, may_take, overdue
from kiosk.rules.writing import same
from kiosk.state import Duty
from kiosk.views.buttons import circle_frame, key_choices
from kiosk.views.jar import shown_now
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
from kiosk.words import capital, local, names, since_day, until

EACH = 4
"""Duties on one page."""

FEW = 3
"""Names that are said one by one; more are said as a number."""

SHORT = 40
"""Letters of names that stand in a sentence with others."""

HOW_WORDS: Mapping[How, str] = {"order": "in turn", "lot": "by lot", "approval": "by approval"}
"""How it is found out who comes next."""

HOW_HINTS: Mapping[How, str] = {
    "order": "one after the other",
    "lot": "among those who had it least",
    "approval": "the circle says who may",
}

TERM_WORDS: Mapping[Term, str] = {"day": "a day", "week": "a week", "month": "a month"}
TERM_HINTS: Mapping[Term, str] = {"day": "until the evening", "week": "until Sunday", "month": "until its last day"}
EVERY: Mapping[Term, str] = {"day": "every day", "week": "every week", "month": "every month"}


# --- the list ---------------------------------------------------------------------------------------------


def duties(visit: Visit, place: Duties, scene: Scene) -> Face:
    """Who has what, and who comes next: of the whole shop and then of each daughter fund, or of one of those."""
    found = all_rows(scene) if place.fund == JAR else rows_of(place.fund, scene)
    shown, page = paged(found, place.page, EACH)
    title = "Duties go round" if place.fund == JAR else f"Duties of {place.fund}"
    return DutiesFace(
        frame=frame(visit, scene, title),
        rows=shown,
        choices=(Choice("begin", "a new duty", "plus"),),
        page=page,
        empty="No duty goes round yet. Begin one, such as taking minutes.",
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
    when = until(duty.until) if duty.holder else "begins now"
    return DutyRow(
        key=f"duty:{duty.name}",
        duty=duty.name,
        holder=duty.holder,
        next=coming,
        until=_late(late) if late else when,
        note="" if coming else not_known(duty, (), scene),
        late=late is not None,
    )


def _late(late: Overdue) -> str:
    return f"{_days(late)} late" if late.leaving else f"nobody’s for {_days(late)}"


def _days(late: Overdue) -> str:
    return f"{late.days} day{'s' if late.days > 1 else ''}"


def not_known(duty: Duty, absent: tuple[Handle, ...], scene: Scene) -> str:
    """Why it is not known who comes next."""
    if not may_take(scene.state, duty.name, absent, local(scene.now).date()):
        return "nobody is here"
    return "not drawn yet" if duty.how == "lot" else "not chosen yet"


# --- one of it --------------------------------------------------------------------------------------------


def one_duty(visit: Visit, place: OneDuty, scene: Scene) -> Face:
    """One duty, and what can be done with it."""
    duty = scene.state.duties.get(place.duty)
    around = frame(visit, scene, capital(place.duty))
    if duty is None:
        return TilesFace(frame=around, choices=(), words="It goes round no more.")
    coming = comes_next(scene.state, duty.name, place.absent, local(scene.now).date())
    found = ways(duty.name, place.absent, Surroundings(scene.state, scene.now, scene.find))
    return TilesFace(
        frame=around,
        choices=tuple(_way(way, coming) for way in found),
        words=_how_it_stands(duty, coming, place.absent, scene),
    )


def _way(way: Way, coming: Handle) -> Choice:
    return {
        "hand over": Choice("hand over", "hand it over", "arrow-right", "two of you tap", tone="strong"),
        "draw": Choice("draw", "draw the lot", "other", "whoever draws it taps", tone="strong"),
        "ask": Choice("ask", "ask the circle", "people", "an approval round", tone="strong"),
        "not here": Choice("not here", f"{coming} is not here", "away", "and comes first next time"),
        "end": Choice("end", "let it end", "close", "by many hands"),
    }[way]


def _how_it_stands(duty: Duty, coming: Handle, absent: tuple[Handle, ...], scene: Scene) -> str:
    """Who has it, who comes next, how it goes round."""
    has = f"{duty.holder} has it {_how_long(duty, scene)}" if duty.holder else "Nobody has it"
    then = f"{coming} comes next" if coming else f"who comes next is {not_known(duty, absent, scene)}"
    among = "" if duty.fund == JAR else _among(duty, scene)
    return f"{has}; {then}. It goes round {HOW_WORDS[duty.how]}, {EVERY[duty.term]}{among}."


def _among(duty: Duty, scene: Scene) -> str:
    """Among whom a daughter's duty goes round."""
    takers = turn_takers(scene.state, duty.fund)
    everybody = len(takers) == len(scene.state.present())
    who = some(takers) if len(names(takers)) <= SHORT else f"{len(takers)} people"
    return ", among all of you" if everybody else f", among {who} of its circle"


def _how_long(duty: Duty, scene: Scene) -> str:
    over = is_over(duty, local(scene.now).date())
    return f"longer than {until(duty.until)}" if over else until(duty.until)


# --- handing over -----------------------------------------------------------------------------------------


def handing_over(visit: Visit, place: HandingOver, scene: Scene) -> Face:
    """Two taps: the one leaving and the one coming."""
    duty = scene.state.duties.get(place.duty)
    first = place.first[0] if place.first else ""
    coming = comes_next(scene.state, place.duty, place.absent, local(scene.now).date()) if duty else ""
    return TapFace(
        frame=_around(visit, place, scene),
        prompt=_who_taps(duty, coming, first, scene) if duty else "",
        words=_what_happens(duty, coming, scene) if duty else "It goes round no more.",
        dots_filled=1 if first else 0,
        dots=2,
        names=(first,) if first else (),
        choices=key_choices(place) if place.in_circle else (),
        icon="arrow-right",
    )


def _around(visit: Visit, place: HandingOver | DrawingLot, scene: Scene) -> Frame:
    around = circle_frame if place.in_circle else frame
    return around(visit, scene, capital(place.duty))


def _who_taps(duty: Duty, coming: Handle, first: Handle, scene: Scene) -> str:
    other = "somebody else" if _anybody(duty, scene) else duty.holder
    if not first:
        return f"{coming} and {other} tap"
    return f"Now {other} taps" if first == coming else f"Now {coming} taps"


def _anybody(duty: Duty, scene: Scene) -> bool:
    """Whether anybody's badge will do for that of the one leaving."""
    gone = not duty.holder or scene.state.members[duty.holder].standing != "here"
    return gone or is_over(duty, local(scene.now).date())


def _what_happens(duty: Duty, coming: Handle, scene: Scene) -> str:
    if not duty.holder:
        return f"{coming} is the first; whoever else taps is the witness."
    if _anybody(duty, scene):
        return f"{duty.holder} → {coming}. If {duty.holder} is not here, anybody’s badge will do."
    return f"{duty.holder} → {coming}, in whichever order you tap."


def drawing_lot(visit: Visit, place: DrawingLot, scene: Scene) -> Face:
    """Whoever taps draws the lot."""
    able = may_take(scene.state, place.duty, place.absent, local(scene.now).date())
    return TapFace(
        frame=_around(visit, place, scene),
        prompt="Whoever draws the lot taps",
        words=f"Among {some(able)}, who had it least.",
        choices=key_choices(place) if place.in_circle else (),
        icon="other",
    )


def some(people: tuple[Handle, ...]) -> str:
    """Their names where they are few, else how many."""
    return names(people) if len(people) <= FEW else f"{len(people)} people"


# --- a new one --------------------------------------------------------------------------------------------


def which_duty(visit: Visit, place: WhichDuty, scene: Scene) -> Face:
    """What is to go round."""
    if place.text is not None:
        return TypeFace(
            frame=frame(visit, scene, "A new duty", dots=(1, 4)),
            label="What is done? A verb, not a title",
            text=place.text,
            longest=LONGEST_DUTY,
            ready=bool(place.text.strip()),
            faint="such as: watering the plants",
        )
    known = {same(duty.duty) for duty in scene.state.duties.values() if duty.fund == place.fund}
    usual = tuple(Choice(f"begin:{duty}", duty) for duty in KNOWN if same(duty) not in known)
    return TilesFace(
        frame=frame(visit, scene, "What goes round?", dots=(1, 4)),
        choices=(*usual, Choice("write", "something else", "note")),
    )


def duty_how(visit: Visit, place: DutyHow, scene: Scene) -> Face:
    """How it is found out who comes next."""
    return TilesFace(
        frame=frame(visit, scene, f"{capital(duty_called(place.duty, place.fund))}: who comes next?", dots=(2, 4)),
        choices=tuple(Choice(f"how:{how}", HOW_WORDS[how], hint=HOW_HINTS[how]) for how in HOWS),
        words="However it goes: nobody has it twice before all have had it once.",
    )


def duty_term(visit: Visit, place: DutyTerm, scene: Scene) -> Face:
    """How long somebody has it."""
    return TilesFace(
        frame=frame(visit, scene, f"{capital(duty_called(place.duty, place.fund))}: for how long?", dots=(3, 4)),
        choices=tuple(Choice(f"term:{term}", TERM_WORDS[term], "calendar", TERM_HINTS[term]) for term in TERMS),
        words="Then it goes to the next one, done or not.",
    )


def hands_title(care: Care) -> str:
    """What many hands are asked about a duty."""
    if care.what == "begin duty":
        return f"{capital(duty_called(care.duty, care.fund))} goes round"
    return f"{capital(care.duty)} ends"


def hands_words(care: Care) -> str:
    """What the hands make true."""
    if care.what == "end duty":
        return "It goes round no more. The record keeps who had it."
    return f"It goes round {HOW_WORDS[care.how]}, {EVERY[care.term]}. No one does this alone."


# --- alarms -----------------------------------------------------------------------------------------------


def turnover_alarms(scene: Scene) -> tuple[Alarm, ...]:
    """Duties that do not turn, the longest first; each is an alarm until it is handed over."""
    return tuple(_not_turned(late, scene) for late in overdue(scene.state, local(scene.now).date()))


def _not_turned(late: Overdue, scene: Scene) -> Alarm:
    duty = scene.state.duties[late.duty]
    if late.leaving:
        to = f" to {late.coming}" if late.coming else f"; {_nobody_yet(duty, scene)}"
        words = f"{capital(late.duty)} has not turned for {_days(late)}: {late.leaving}{to}"
    else:
        words = f"{capital(late.duty)} has been nobody’s for {_days(late)}"
    return Alarm(
        words=words,
        since=since_day(late.since),
        mend=" ".join(part for part in (_mend(duty, late, scene), _never(late)) if part),
        pressing=False,
    )


def _nobody_yet(duty: Duty, scene: Scene) -> str:
    if not may_take(scene.state, duty.name, (), local(scene.now).date()):
        return "nobody else is here"
    return "nobody is drawn yet" if duty.how == "lot" else "nobody is chosen yet"


def _mend(duty: Duty, late: Overdue, scene: Scene) -> str:
    if late.coming:
        return "Both tap at the kiosk." if late.leaving else f"{late.coming} and somebody else tap at the kiosk."
    if not may_take(scene.state, duty.name, (), local(scene.now).date()):
        return "It turns as soon as somebody else is here."
    return "Draw the lot at the kiosk." if duty.how == "lot" else "The circle says who: put it to the buttons."


def _never(late: Overdue) -> str:
    """Who has never had it, where they are few."""
    if not late.never or not late.leaving:
        return ""
    who = names(late.never) if len(late.never) <= FEW else f"{len(late.never)} of you"
    return f"{who} {'has' if len(late.never) == 1 else 'have'} never had it."
