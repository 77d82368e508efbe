"""Friday as plain words and numbers: the list before the vote, the counting step by step, and the jar at zero.

Nothing here can know what anybody pressed: before the counting there is nothing to know, and after it only what the
record tells.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeVar

from kiosk.amounts import EntryId, glass, per_mille
from kiosk.events import (
    Bought,
    Filled,
    FridayClosed,
    FridayOpened,
    FundSplit,
    HandedOn,
    Missed,
    Offered,
    Paid,
    ProjectProposed,
    Shared,
    Telling,
)
from kiosk.events import Left as NotBought
from kiosk.faces import (
    Choice,
    Counted,
    CountingFace,
    EmptiedFace,
    Face,
    Frame,
    Frozen,
    FrozenFace,
    Glass,
    Gone,
    RowsFace,
    TroubleFace,
)
from kiosk.rules.friday import LONGEST_SEED, roll_of
from kiosk.rules.funds import LONGEST_FUND
from kiosk.rules.projects import arguer, standing
from kiosk.state import Project
from kiosk.tongue import isolated, later, phrase, plural, sense
from kiosk.views.buttons import asking, circle_frame, key_choices, picking, writing
from kiosk.views.glass import drawn
from kiosk.views.keeping import rest_words
from kiosk.views.poster import figures
from kiosk.views.proposing import sort_icon
from kiosk.views.scene import Scene, lines_of, paged_by
from kiosk.views.votes import other_side
from kiosk.visit import friday_places as places
from kiosk.visit.friday import SEED, steps, tellings, unheard
from kiosk.visit.jar_places import NamePart, PartPeople, Parts
from kiosk.visit.parting import UNEQUAL, equal_sums, part_words, sizes
from kiosk.visit.places import Visit
from kiosk.words import by, capital, difference, fund_word, jar_called, jar_word, money, names, price

K = TypeVar("K", Paid, Filled, Missed, NotBought)

ROOM = 8
"""Lines of type on one page of projects, or of what left the jar: four of them, or fewer where titles are long."""

FROZEN_ROOM = 6
"""The same before the vote, where the roll and the place for the rest stand beneath: three projects, or fewer."""

LETTERS, BESIDE = 40, 38
"""Letters in one of those lines; letters in one beside which there is less room."""

TOLD: dict[Telling, str] = {
    "outcome": later("told: what is bought"),
    "totals": later("told: totals too"),
    "ballots": later("told: ballots, unnamed"),
}
"""How much of a Friday is told, as its button says it."""

WAYS: Mapping[Literal["spent", "handed on", "returned"], str] = {
    "spent": later("spent"),
    "handed on": later("handed on"),
    "returned": later("returned"),
}
"""The ways in which money leaves a jar."""

SPENT, HANDED_ON, RETURNED = WAYS


# --- before the vote --------------------------------------------------------------------------------------


def to_count(visit: Visit, place: places.ToCount, scene: Scene) -> Face:
    """First the count."""
    fund = scene.state.funds[place.fund]
    words = phrase("First {jar} is emptied onto the table and counted by two of you.", jar=jar_called(place.fund))
    if fund.unknown:
        unknown = plural(
            "{n} coin of no known value is among it.",
            "{n} coins of no known value are among it.",
            fund.unknown,
        )
        words = f"{words} {unknown}"
    title = jar_word(place.fund)
    return asking(visit, place, scene, title, words, count=phrase("count it"), back=phrase("not today"))


def too_much(visit: Visit, place: places.TooMuch, scene: Scene) -> Face:
    """More than one meeting can give away."""
    held, ceiling = money(scene.state.funds[place.fund].counted.total), money(scene.state.charter.ceiling)
    words = phrase(
        "It holds {held}. Above {ceiling} one meeting can’t judge well: split it, each part with its own circle?",
        held=held,
        ceiling=ceiling,
    )
    title = jar_word(place.fund)
    return asking(visit, place, scene, title, words, split=phrase("split it"), whole=phrase("as it is"))


def split_equally(visit: Visit, place: places.SplitEqually, scene: Scene) -> Face:
    """Equal parts are offered, or parts of any size."""
    if place.ways == UNEQUAL:
        words = phrase("Each part gets a name and a sum, one after the other.")
        return asking(visit, place, scene, phrase("Parts of any size?"), words, take=phrase("name the first"))
    sums = equal_sums(scene.state, place.fund, place.ways)
    return RowsFace(
        frame=circle_frame(visit, scene, plural("{n} equal part?", "{n} equal parts?", place.ways)),
        rows=tuple(
            Choice(key=f"part:{number}", words=phrase("part {number}: {money}", number=number, money=money(cents)))
            for number, cents in enumerate(sums, start=1)
        ),
        words=phrase("For each, people are drawn: those who looked after a jar least."),
        extra=(Choice(key="write", words=phrase("of any size"), icon="note", tone="quiet"),),
        choices=key_choices(place, take=phrase("split it so")),
    )


def part_named(visit: Visit, place: NamePart, scene: Scene) -> Face:
    """What a part is for."""
    if place.text is not None:
        return writing(visit, scene, phrase("What is this part called?"), place.text, LONGEST_FUND)
    parting = place.what
    number = len(parting.parts) + 1
    question = phrase("Part {number}: what is it for?", number=number)
    if parting.equal:
        question = phrase(
            "Part {number} of {of_all}, {money}: what is it for?",
            number=number,
            of_all=number - 1 + len(parting.equal),
            money=money(parting.equal[0]),
        )
    so_far = names([fund_word(name) for name, _ in parting.parts])
    return picking(
        visit,
        place,
        scene,
        question,
        tuple(fund_word(name) for name in part_words(scene.state, parting)),
        place.at,
        under=phrase("So far: {names}.", names=so_far) if so_far else "",
    )


def parts(visit: Visit, place: Parts, scene: Scene) -> Face:
    """Parts that were named: what is settled, and what is left."""
    parting = place.what
    left = scene.state.funds[parting.fund].counted.total - sum(cents for _, cents in parting.parts)
    told = ", ".join(
        phrase("{name}: {money}", name=fund_word(name), money=money(cents)) for name, cents in parting.parts
    )
    words = phrase("{parts}. That is all.", parts=told)
    if left > 0:
        words = phrase("{parts}. {money} are left.", parts=told, money=money(left))
    elif left < 0:
        words = phrase("{parts}. {money} too much.", parts=told, money=money(-left))
    title, more = phrase("Parts of the jar"), phrase("one more part")
    return asking(visit, place, scene, title, words, book=phrase("split it so"), another=more)


def part_people(visit: Visit, place: PartPeople, scene: Scene) -> Face:
    """How many look after each part."""
    found = sizes(scene.state, place.what)
    rows = tuple(plural("{n} person each", "{n} people each", size) for size in found)
    under = phrase("They are drawn: those who looked after a jar least. Nobody is in two.")
    return picking(visit, place, scene, phrase("How many look after each part?"), rows, place.at, under=under)


def split_drawn(visit: Visit, place: places.Drawn, scene: Scene) -> Face:
    """Who looks after each part."""
    found = scene.find(place.entry)
    event = found.entry.event if found else None
    told = event.parts if isinstance(event, FundSplit) else ()
    return TroubleFace(
        frame=circle_frame(visit, scene, phrase("The jar is split")),
        words=plural(
            "{n} jar now, with a circle of its own", "{n} jars now, each with a circle of its own", len(told)
        ),
        mend=" ".join(
            phrase(
                "{name}, {money}: {names}.",
                name=fund_word(part.name),
                money=money(part.cents),
                names=names(part.circle),
            )
            for part in told
        ),
        icon="jar",
        choices=key_choices(place),
    )


def frozen_list(visit: Visit, place: places.FrozenList, scene: Scene) -> Face:
    """Sum, list, roll, and the place for the rest, as they go to the vote."""
    state = scene.state
    fund, circle = state.funds[place.fund], state.circle
    found = standing(state, fund.name)
    shown, page = paged_by(found, [lines_of(each.title, BESIDE) + 1 for each in found], place.page, FROZEN_ROOM)
    off = fund.counted.difference
    return FrozenFace(
        frame=circle_frame(visit, scene, phrase("Friday: {jar}", jar=jar_called(fund.name))),
        glass=drawn(fund, found),
        expected=phrase("expected {money}", money=money(fund.counted.total - off)),
        difference=difference(off).removesuffix(".") if off else "",
        rest=phrase("The rest goes to: {place}", place=rest_words(fund.rest_to)),
        roll=roll_of(state, fund, circle) if circle else (),
        projects=tuple(_frozen(each, scene) for each in shown),
        page=page,
        empty=phrase("Nothing stands yet. A proposal needs a second badge."),
        choices=_list_keys(place, scene),
    )


def _frozen(project: Project, scene: Scene) -> Frozen:
    circle = scene.state.circle
    heard = circle is not None and project.argued == circle.number
    said = phrase("the other side comes first")
    if heard:
        said = phrase("{name} argued against it", name=project.against)
    return Frozen(project.title, money(project.price), said, heard, sort_icon(project.sort))


def _list_keys(place: places.FrozenList, scene: Scene) -> tuple[Choice, ...]:
    may = tellings(scene.state, place.fund)
    left = unheard(scene.state, place.fund)
    way = phrase("vote") if left is None else phrase("the other side")
    known = key_choices(place, **{"go on": way, "detail": phrase(TOLD[place.detail])})
    some = bool(standing(scene.state, place.fund))
    return tuple(
        each
        for each in known
        if (each.key != "go on" or some) and (each.key != "detail" or (some and len(may) > 1))
    )


def downside(visit: Visit, place: places.Downside, scene: Scene) -> Face:
    """The other side of one project has a minute."""
    state = scene.state
    project = state.projects.get(place.project)
    speaker = arguer(state, project, state.circle.roll) if project and state.circle else ""
    title = project.title if project else ""
    about = phrase("{title}, {money}", title=title, money=price(project.price if project else 0))
    return other_side(visit, place, scene, speaker, about, title)


def make_seed(visit: Visit, place: places.MakeSeed, scene: Scene) -> Face:
    """A lot is needed: its seed is made in the room, and everybody sees it."""
    if place.stopping:
        about = phrase("It is being counted; a lot is all that is missing.")
        return asking(visit, place, scene, phrase("Stop this vote?"), about)
    if place.text is not None:
        label = phrase("A word made in the room, with dice or fingers")
        return writing(visit, scene, label, place.text, LONGEST_SEED)
    pressed = [place.pressed[at : at + 3] for at in range(0, SEED, 3)]
    return RowsFace(
        frame=circle_frame(visit, scene, phrase("Some projects are level: a lot decides")),
        rows=tuple(Choice(key=f"pressed:{at}", words=each or "…") for at, each in enumerate(pressed)),
        words=phrase(
            "Three people press three times each, as they like: {count} to go.", count=SEED - len(place.pressed)
        ),
        extra=(Choice(key="write", words=phrase("a word instead"), icon="note", tone="quiet"),),
        choices=key_choices(place),
    )


# --- the counting -----------------------------------------------------------------------------------------


def friday(entry: EntryId, scene: Scene) -> tuple[FridayOpened, FridayClosed] | None:
    """How a Friday opened and how it closed; None where it can't be read."""
    found = scene.find(entry)
    closed = found.entry.event if found else None
    if not isinstance(closed, FridayClosed):
        return None
    began = scene.find(closed.round)
    opened = began.entry.event if began else None
    return (opened, closed) if isinstance(opened, FridayOpened) else None


def counting(visit: Visit, place: places.CountingSteps, scene: Scene) -> Face:
    """One step of the counting: what is bought in it, and why; at the end what was not, and why not."""
    both = friday(place.entry, scene)
    if both is None:
        return TroubleFace(frame=circle_frame(visit, scene, ""), words=phrase("It is counted"), mend="")
    opened, closed = both
    count = steps(closed, len(opened.projects))
    at = min(place.at, count - 1)
    ordered = tuple(_counted(each, opened, closed, at) for each in _in_order(opened, closed))
    shown, page = paged_by(ordered, [_counted_lines(each) for each in ordered], place.page, ROOM)
    return CountingFace(
        frame=_counting_frame(visit, scene, at, count),
        head=head(opened, closed),
        glass=_left_after(opened, closed, at),
        projects=shown,
        foot=phrase("What is left goes to: {place}", place=rest_words(opened.rest_to)),
        page=page,
        choices=tuple(each for each in key_choices(place) if page[1] > 1 or each.key != "page:1"),
    )


def _counted_lines(project: Counted) -> int:
    """How many lines of type a project takes: title and price, and what is told of it."""
    titled = lines_of(f"{project.title} · {project.price}", LETTERS)
    beside = len(project.told) + len(project.verdict) <= LETTERS
    return titled + (1 if titled == 1 or beside else 2)


def _counting_frame(visit: Visit, scene: Scene, at: int, count: int) -> Frame:
    title = phrase("Friday: counting, step {step} of {of_all}", step=at + 1, of_all=count)
    return circle_frame(visit, scene, title)


def head(opened: FridayOpened, closed: FridayClosed) -> str:
    """The figures that everything follows from."""
    parts = [money(opened.cents), plural("{n} ballot", "{n} ballots", closed.ballots)]
    shares = [step for step in closed.steps if isinstance(step, Shared)]
    if shares:
        parts.append(phrase("each voice {money}", money=exact(shares[0].share)))
    if len(shares) > 1:
        parts.append(phrase("raised to {money}", money=exact(shares[-1].share)))
    if closed.by_lot:
        parts.append(phrase("lot “{seed}”", seed=closed.seed))
    return " · ".join(isolated(part) for part in parts)


def exact(cents: str) -> str:
    """A sum that may hold a fraction of a cent, rounded down to whole cents for the eye; "€ 51.56"."""
    return money(int(Fraction(cents)))


def _in_order(opened: FridayOpened, closed: FridayClosed) -> tuple[Offered, ...]:
    """What was bought, as it was bought; then what was not, what most approved of first where that is told.

    Where only the outcome is told, both are in the order in which they were offered.
    """
    if closed.detail == "outcome":
        bought = {each.project for each in closed.funded}
        return tuple(sorted(opened.projects, key=lambda each: each.project not in bought))
    places_ = {each.project: place for place, each in enumerate(closed.funded)}
    liked = {each.project: each.ballots for each in closed.approvals}
    return tuple(
        sorted(
            opened.projects, key=lambda each: (places_.get(each.project, len(places_)), -liked.get(each.project, 0))
        )
    )


def _left_after(opened: FridayOpened, closed: FridayClosed, at: int) -> Glass:
    """What the jar still holds after so many steps."""
    prices = [each.cents for each in closed.funded]
    if closed.detail == "outcome":
        prices = [sum(prices)] if prices else []
    holds = glass(opened.cents, [each.cents for each in opened.projects])
    left = opened.cents - sum(prices[: at + 1])
    before = opened.cents - sum(prices[:at])
    return Glass(
        sum=money(left),
        level=per_mille(left, holds),
        under=sense("money", "left"),
        was=per_mille(before, holds) if before != left else None,
    )


def _counted(project: Offered, opened: FridayOpened, closed: FridayClosed, at: int) -> Counted:
    bought = [each.project for each in closed.funded]
    place = bought.index(project.project) if project.project in bought else None
    last = len(bought)
    if closed.detail == "outcome":
        place, last = None if place is None else 0, min(1, last)
    title, price = project.title, money(project.cents)
    if place is not None and place <= at:
        paid = _purchase(project.project, closed)
        return Counted(
            title,
            price,
            standing="buying" if place == at else "bought",
            verdict=phrase("bought"),
            told=_how(paid, place) if closed.detail != "outcome" else "",
            shares=paid.approvals if paid is not None and place == at else 0,
        )
    missed = _last(closed, Missed, project.project)
    held = per_mille(int(Fraction(missed.held)), project.cents) if missed else None
    if place is not None or at < last:
        return Counted(title, price, standing="open", verdict=_wish(project, closed))
    return Counted(title, price, standing="lost", verdict=_short(missed), told=why_not(project, closed), held=held)


def _purchase(project: EntryId, closed: FridayClosed) -> Paid | Filled | None:
    return _last(closed, Paid, project) or _last(closed, Filled, project)


def _last(closed: FridayClosed, kind: type[K], project: EntryId) -> K | None:
    """The last thing of this kind that the counting says of a project; what was counted before is past."""
    found = (each for each in reversed(closed.steps) if isinstance(each, kind))
    return next((each for each in found if each.id == project), None)


FIRST = (
    later("bought first"),
    later("bought second"),
    later("bought third"),
    later("bought fourth"),
    later("bought fifth"),
    later("bought sixth"),
)


def _how(paid: Paid | Filled | None, place: int) -> str:
    bought = phrase(FIRST[place]) if place < len(FIRST) else phrase("bought then")
    match paid:
        case Paid(payers=payers, price=each, emptied=0):
            return plural(
                "{bought}: {n} person, {money} each",
                "{bought}: {n} people, {money} each",
                payers,
                bought=bought,
                money=exact(each),
            )
        case Paid(payers=payers, price=each, emptied=emptied):
            return plural(
                "{bought}: {n} paid {money}, {emptied} all they had",
                "{bought}: {n} paid {money}, {emptied} all they had",
                payers,
                bought=bought,
                money=exact(each),
                emptied=emptied,
            )
        case Filled(approvals=approvals):
            return plural(
                "{bought}, from what was left: {n} approves",
                "{bought}, from what was left: {n} approve",
                approvals,
                bought=bought,
            )
    return bought


def _wish(project: Offered, closed: FridayClosed) -> str:
    """How many approve of it, where that is told."""
    liked = next((each.ballots for each in closed.approvals if each.project == project.project), None)
    return _approve(liked) if liked is not None else ""


def _approve(count: int) -> str:
    return plural("{n} approves", "{n} approve", count)


def _short(missed: Missed | None) -> str:
    return phrase("{money} short", money=exact(missed.short)) if missed else phrase("not bought")


def why_not(project: Offered, closed: FridayClosed) -> str:
    """Why a project was not bought; "" where only the outcome is told."""
    left = _last(closed, NotBought, project.project)
    if left is None:
        return ""
    match left.why:
        case "nobody":
            return phrase("nobody approves of it")
        case "floor":
            return plural(
                "{n} approves; completion asks for {least}",
                "{n} approve; completion asks for {least}",
                left.approvals,
                least=left.least,
            )
        case "rest":
            return plural(
                "{n} approves; only {money} are left",
                "{n} approve; only {money} are left",
                left.approvals,
                money=money(left.rest),
            )
    missed = _last(closed, Missed, project.project)
    if not missed:
        return _approve(left.approvals)
    return plural(
        "{n} person holds {money} together",
        "{n} people hold {money} together",
        left.approvals,
        money=exact(missed.held),
    )


# --- zero -------------------------------------------------------------------------------------------------


def emptied(visit: Visit, place: places.Emptied, scene: Scene) -> Face:
    """The jar at zero, and all that left it, to the last cent."""
    both = friday(place.entry, scene)
    if both is None:
        return TroubleFace(frame=circle_frame(visit, scene, ""), words=phrase("The jar is empty"), mend="")
    opened, closed = both
    gone = _gone(closed, scene)
    shown, page = paged_by(gone, [_gone_lines(each) for each in gone], place.page, ROOM)
    returned = sum(part.cents for part in closed.returned)
    handed = sum(part.cents for part in closed.handed_on)
    before = per_mille(opened.cents - closed.spent, glass(opened.cents, [each.cents for each in opened.projects]))
    title = phrase("Friday {number}: {jar} is empty", number=opened.number, jar=jar_called(opened.fund))
    gone_in_all = ((SPENT, closed.spent), (HANDED_ON, handed), (RETURNED, returned))
    return EmptiedFace(
        frame=circle_frame(visit, scene, title),
        glass=Glass(sum=money(0), level=0, was=before if before and not place.page else None),
        gone=shown,
        sums=tuple((phrase(WAYS[way]), money(cents)) for way, cents in gone_in_all),
        collected=money(opened.cents),
        page=page,
        code=figures(opened, closed, place.entry),
        code_words=phrase("the figures"),
        choices=tuple(each for each in key_choices(place) if page[1] > 1 or each.key != "page:1"),
    )


def _gone_lines(gone: Gone) -> int:
    """How many lines of type something that left the jar takes."""
    return lines_of(gone.words, BESIDE) + max(1, lines_of(gone.told, BESIDE))


def _gone(closed: FridayClosed, scene: Scene) -> tuple[Gone, ...]:
    return (
        *(_spent(each, closed, scene) for each in closed.funded),
        *(
            Gone(
                HANDED_ON,
                _place(part, scene),
                money(part.cents),
                phrase("as it was fixed before the vote"),
                "arrow-right",
            )
            for part in closed.handed_on
        ),
        *(
            Gone(RETURNED, part.handle, money(part.cents), phrase("back to members"), "badge")
            for part in closed.returned
        ),
    )


def _spent(bought: Bought, closed: FridayClosed, scene: Scene) -> Gone:
    found = scene.find(bought.project)
    event = found.entry.event if found else None
    carrier = event.carrier if isinstance(event, ProjectProposed) else ""
    sort = event.sort if isinstance(event, ProjectProposed) else ""
    told = [
        phrase("{name} carries it out", name=carrier),
        phrase("receipt {day}", day=by(closed.due)),
    ]
    if bought.aside:
        told.append(phrase("{money} set aside before", money=money(bought.aside)))
    words = " · ".join(isolated(part) for part in told)
    return Gone(SPENT, bought.title, money(bought.cents), words, sort_icon(sort))


def _place(part: HandedOn, scene: Scene) -> str:
    if part.place != "project":
        return fund_word(part.to)
    found = scene.find(EntryId(part.to))
    event = found.entry.event if found else None
    if isinstance(event, ProjectProposed):
        return phrase("set aside for {title}", title=event.title)
    return phrase("the next project")


def given_away(closed: FridayClosed) -> tuple[str, str]:
    """What came of a Friday, in a few words: what was bought, and where the rest went."""
    jar = capital(jar_called(closed.fund))
    bought = phrase("{jar}: nothing was bought", jar=jar)
    if closed.funded:
        bought = phrase("{jar}: {titles}", jar=jar, titles=names([each.title for each in closed.funded]))
    rest = phrase("nothing was left")
    if closed.rest:
        rest = phrase("the rest, {money}, went where it was to go", money=money(closed.rest))
    return bought, rest
