"""Friday as plain words and numbers: the list before the vote, the counting step by step, and the jar at zero.

Nothing here can know what anybody pressed: before the counting there is nothing to know, and after it only what the
record tells.
"""

from fractions import Fraction
from typing import TypeVar

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
from kiosk.views.buttons import asking, circle_frame, key_choices, picking, writing
from kiosk.views.jar import drawn, rest_words, sort_icon
from kiosk.views.poster import figures
from kiosk.views.scene import Scene, lines_of, paged_by
from kiosk.views.votes import other_side
from kiosk.visit import friday_places as places
from kiosk.visit.friday import SEED, steps, tellings, unheard
from kiosk.visit.jar_places import NamePart, PartPeople, Parts
from kiosk.visit.parting import UNEQUAL, equal_sums, part_words, sizes
from kiosk.visit.places import Visit
from kiosk.words import by, difference, jar_called, jar_word, money, names, price

K = TypeVar("K", Paid, Filled, Missed, NotBought)

ROOM = 8
"""Lines of type on one page of projects, or of what left the jar: four of them, or fewer where titles are long."""

FROZEN_ROOM = 6
"""The same before the vote, where the roll and the place for the rest stand beneath: three projects, or fewer."""

LETTERS, BESIDE = 40, 38
"""Letters in one of those lines; letters in one beside which there is less room."""

TOLD: dict[Telling, str] = {
    "outcome": "told: what is bought",
    "totals": "told: totals too",
    "ballots": "told: ballots, unnamed",
}
"""How much of a Friday is told, as its button says it."""


# --- before the vote --------------------------------------------------------------------------------------


def to_count(visit: Visit, place: places.ToCount, scene: Scene) -> Face:
    """First the count."""
    fund = scene.state.funds[place.fund]
    unknown = f" {fund.unknown} coins of no known value are among it." if fund.unknown else ""
    words = f"First {jar_called(place.fund)} is emptied onto the table and counted by two of you.{unknown}"
    return asking(visit, place, scene, jar_word(place.fund), words, count="count it", back="not today")


def too_much(visit: Visit, place: places.TooMuch, scene: Scene) -> Face:
    """More than one meeting can give away."""
    held, ceiling = money(scene.state.funds[place.fund].counted.total), money(scene.state.charter.ceiling)
    words = (
        f"It holds {held}. Above {ceiling} one meeting can’t judge well: split it, each part with its own circle?"
    )
    return asking(visit, place, scene, jar_word(place.fund), words, split="split it", whole="as it is")


def split_equally(visit: Visit, place: places.SplitEqually, scene: Scene) -> Face:
    """Equal parts are offered, or parts of any size."""
    if place.ways == UNEQUAL:
        words = "Each part gets a name and a sum, one after the other."
        return asking(visit, place, scene, "Parts of any size?", words, take="name the first")
    sums = equal_sums(scene.state, place.fund, place.ways)
    return RowsFace(
        frame=circle_frame(visit, scene, f"{place.ways} equal parts?"),
        rows=tuple(
            Choice(key=f"part:{number}", words=f"part {number}: {money(cents)}")
            for number, cents in enumerate(sums, start=1)
        ),
        words="For each, people are drawn: those who looked after a jar least.",
        extra=(Choice(key="write", words="of any size", icon="note", tone="quiet"),),
        choices=key_choices(place, take="split it so"),
    )


def part_named(visit: Visit, place: NamePart, scene: Scene) -> Face:
    """What a part is for."""
    if place.text is not None:
        return writing(visit, scene, "What is this part called?", place.text, LONGEST_FUND)
    parting = place.what
    number = len(parting.parts) + 1
    of_all = f" of {number - 1 + len(parting.equal)}, {money(parting.equal[0])}" if parting.equal else ""
    so_far = names([name for name, _ in parting.parts])
    return picking(
        visit,
        place,
        scene,
        f"Part {number}{of_all}: what is it for?",
        part_words(scene.state, parting),
        place.at,
        under=f"So far: {so_far}." if so_far else "",
    )


def parts(visit: Visit, place: Parts, scene: Scene) -> Face:
    """Parts that were named: what is settled, and what is left."""
    parting = place.what
    left = scene.state.funds[parting.fund].counted.total - sum(cents for _, cents in parting.parts)
    told = ", ".join(f"{name}: {money(cents)}" for name, cents in parting.parts)
    words = (
        f"{told}. {money(abs(left))} {'are left' if left >= 0 else 'too much'}."
        if left
        else f"{told}. That is all."
    )
    return asking(visit, place, scene, "Parts of the jar", words, book="split it so", another="one more part")


def part_people(visit: Visit, place: PartPeople, scene: Scene) -> Face:
    """How many look after each part."""
    found = sizes(scene.state, place.what)
    rows = tuple(f"{size} people each" for size in found)
    under = "They are drawn: those who looked after a jar least. Nobody is in two."
    return picking(visit, place, scene, "How many look after each part?", rows, place.at, under=under)


def split_drawn(visit: Visit, place: places.Drawn, scene: Scene) -> Face:
    """Who looks after each part."""
    found = scene.find(place.entry)
    event = found.entry.event if found else None
    told = event.parts if isinstance(event, FundSplit) else ()
    return TroubleFace(
        frame=circle_frame(visit, scene, "The jar is split"),
        words=f"{len(told)} jars now, each with a circle of its own",
        mend=" ".join(f"{part.name}, {money(part.cents)}: {names(part.circle)}." for part in told),
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
        frame=circle_frame(visit, scene, f"Friday: {jar_called(fund.name)}"),
        glass=drawn(fund, found),
        expected=f"expected {money(fund.counted.total - off)}",
        difference=difference(off).removesuffix(".") if off else "",
        rest=f"The rest goes to: {rest_words(fund.rest_to)}",
        roll=roll_of(state, fund, circle) if circle else (),
        projects=tuple(_frozen(each, scene) for each in shown),
        page=page,
        empty="Nothing stands yet. A proposal needs a second badge.",
        choices=_list_keys(place, scene),
    )


def _frozen(project: Project, scene: Scene) -> Frozen:
    circle = scene.state.circle
    heard = circle is not None and project.argued == circle.number
    said = f"{project.against} argued against it" if heard else "the other side comes first"
    return Frozen(project.title, money(project.price), said, heard, sort_icon(project.sort))


def _list_keys(place: places.FrozenList, scene: Scene) -> tuple[Choice, ...]:
    may = tellings(scene.state, place.fund)
    left = unheard(scene.state, place.fund)
    known = key_choices(
        place, **{"go on": "vote" if left is None else "the other side", "detail": TOLD[place.detail]}
    )
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
    about = f"{title}, {price(project.price if project else 0)}"
    return other_side(visit, place, scene, speaker, about, title)


def make_seed(visit: Visit, place: places.MakeSeed, scene: Scene) -> Face:
    """A lot is needed: its seed is made in the room, and everybody sees it."""
    if place.stopping:
        return asking(visit, place, scene, "Stop this vote?", "It is being counted; a lot is all that is missing.")
    if place.text is not None:
        return writing(visit, scene, "A word made in the room, with dice or fingers", place.text, LONGEST_SEED)
    pressed = [place.pressed[at : at + 3] for at in range(0, SEED, 3)]
    return RowsFace(
        frame=circle_frame(visit, scene, "Some projects are level: a lot decides"),
        rows=tuple(Choice(key=f"pressed:{at}", words=each or "…") for at, each in enumerate(pressed)),
        words=f"Three people press three times each, as they like: {SEED - len(place.pressed)} to go.",
        extra=(Choice(key="write", words="a word instead", icon="note", tone="quiet"),),
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
        return TroubleFace(frame=circle_frame(visit, scene, ""), words="It is counted", mend="")
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
        foot=f"What is left goes to: {rest_words(opened.rest_to)}",
        page=page,
        choices=tuple(each for each in key_choices(place) if page[1] > 1 or each.key != "page:1"),
    )


def _counted_lines(project: Counted) -> int:
    """How many lines of type a project takes: title and price, and what is told of it."""
    titled = lines_of(f"{project.title} · {project.price}", LETTERS)
    beside = len(project.told) + len(project.verdict) <= LETTERS
    return titled + (1 if titled == 1 or beside else 2)


def _counting_frame(visit: Visit, scene: Scene, at: int, count: int) -> Frame:
    return circle_frame(visit, scene, f"Friday: counting, step {at + 1} of {count}")


def head(opened: FridayOpened, closed: FridayClosed) -> str:
    """The figures that everything follows from."""
    parts = [money(opened.cents), f"{closed.ballots} ballots"]
    shares = [step for step in closed.steps if isinstance(step, Shared)]
    if shares:
        parts.append(f"each voice {exact(shares[0].share)}")
    if len(shares) > 1:
        parts.append(f"raised to {exact(shares[-1].share)}")
    if closed.by_lot:
        parts.append(f"lot “{closed.seed}”")
    return " · ".join(parts)


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
        under="left",
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
            verdict="bought",
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


FIRST = ("first", "second", "third", "fourth", "fifth", "sixth")


def _how(paid: Paid | Filled | None, place: int) -> str:
    order = FIRST[place] if place < len(FIRST) else "then"
    match paid:
        case Paid(payers=payers, price=each, emptied=emptied):
            if emptied:
                return f"bought {order}: {payers} paid {exact(each)}, {emptied} all they had"
            return f"bought {order}: {payers} {_people(payers)}, {exact(each)} each"
        case Filled(approvals=approvals):
            return f"bought {order}, from what was left: {approvals} approve"
    return f"bought {order}"


def _people(count: int) -> str:
    return "person" if count == 1 else "people"


def _wish(project: Offered, closed: FridayClosed) -> str:
    """How many approve of it, where that is told."""
    liked = next((each.ballots for each in closed.approvals if each.project == project.project), None)
    return f"{liked} approve" if liked is not None else ""


def _short(missed: Missed | None) -> str:
    return f"{exact(missed.short)} short" if missed else "not bought"


def why_not(project: Offered, closed: FridayClosed) -> str:
    """Why a project was not bought; "" where only the outcome is told."""
    left = _last(closed, NotBought, project.project)
    if left is None:
        return ""
    match left.why:
        case "nobody":
            return "nobody approves of it"
        case "floor":
            return f"{left.approvals} approve; completion asks for {left.least}"
        case "rest":
            return f"{left.approvals} approve; only {money(left.rest)} are left"
    missed = _last(closed, Missed, project.project)
    held = exact(missed.held) if missed else ""
    return (
        f"{left.approvals} {_people(left.approvals)} hold {held} together" if held else f"{left.approvals} approve"
    )


# --- zero -------------------------------------------------------------------------------------------------


def emptied(visit: Visit, place: places.Emptied, scene: Scene) -> Face:
    """The jar at zero, and all that left it, to the last cent."""
    both = friday(place.entry, scene)
    if both is None:
        return TroubleFace(frame=circle_frame(visit, scene, ""), words="The jar is empty", mend="")
    opened, closed = both
    gone = _gone(closed, scene)
    shown, page = paged_by(gone, [_gone_lines(each) for each in gone], place.page, ROOM)
    returned = sum(part.cents for part in closed.returned)
    handed = sum(part.cents for part in closed.handed_on)
    before = per_mille(opened.cents - closed.spent, glass(opened.cents, [each.cents for each in opened.projects]))
    return EmptiedFace(
        frame=circle_frame(visit, scene, f"Friday {opened.number}: {jar_called(opened.fund)} is empty"),
        glass=Glass(sum=money(0), level=0, was=before if before and not place.page else None),
        gone=shown,
        sums=(("spent", money(closed.spent)), ("handed on", money(handed)), ("returned", money(returned))),
        collected=money(opened.cents),
        page=page,
        code=figures(opened, closed, place.entry),
        code_words="the figures",
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
                "handed on",
                _place(part, scene),
                money(part.cents),
                "as it was fixed before the vote",
                "arrow-right",
            )
            for part in closed.handed_on
        ),
        *(Gone("returned", part.handle, money(part.cents), "back to members", "badge") for part in closed.returned),
    )


def _spent(bought: Bought, closed: FridayClosed, scene: Scene) -> Gone:
    found = scene.find(bought.project)
    event = found.entry.event if found else None
    carrier = event.carrier if isinstance(event, ProjectProposed) else ""
    sort = event.sort if isinstance(event, ProjectProposed) else ""
    aside = f" · {money(bought.aside)} set aside before" if bought.aside else ""
    told = f"{carrier} carries it out · receipt {by(closed.due)}{aside}"
    return Gone("spent", bought.title, money(bought.cents), told, sort_icon(sort))


def _place(part: HandedOn, scene: Scene) -> str:
    if part.place != "project":
        return part.to
    found = scene.find(EntryId(part.to))
    event = found.entry.event if found else None
    return f"set aside for {event.title}" if isinstance(event, ProjectProposed) else "the next project"


def given_away(closed: FridayClosed) -> tuple[str, str]:
    """What came of a Friday, in a few words: what was bought, and where the rest went."""
    bought = names([each.title for each in closed.funded]) or "nothing was bought"
    rest = f"the rest, {money(closed.rest)}, went where it was to go" if closed.rest else "nothing was left"
    return f"{jar_called(closed.fund).capitalize()}: {bought}", rest
