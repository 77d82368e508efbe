"""Money that goes in, is counted or is asked for: a sum as it is typed, and who has agreed to it."""

from kiosk.faces import Choice, Face, MoneyFace, TapFace, TilesFace
from kiosk.tongue import fill, later, phrase, plural, unfilled
from kiosk.views.fitting import with_room
from kiosk.views.scene import Scene, frame
from kiosk.visit import jar_places as places
from kiosk.visit.jar import LONGEST_DIGITS
from kiosk.visit.places import Visit
from kiosk.words import jar_word, money


def money_in(visit: Visit, place: places.MoneyIn, scene: Scene) -> Face:
    """How money comes in."""
    return TilesFace(
        frame=frame(visit, scene, phrase("Put money in"), dots=(0, 2)),
        choices=(
            Choice(key="give", words=phrase("by hand"), icon="offer", hint=phrase("an amount, two badges")),
            Choice(
                key="slice", words=phrase("a slice of the wages"), icon="people", hint=phrase("one sum, two badges")
            ),
            Choice(
                key="slices",
                words=phrase("slices, one by one"),
                icon="badge",
                hint=phrase("each taps and says how much"),
            ),
        ),
        words=phrase("Coins just go into the slot; nobody’s name is with them."),
    )


def how_much(visit: Visit, place: places.HowMuch, scene: Scene) -> Face:
    """A sum of money, and who has agreed to it."""
    title, dots = _sum_title(place.what, scene)
    return MoneyFace(
        frame=frame(
            visit, scene, title, dots=dots, back=None if not places.in_circle(place) else bool(visit.trail)
        ),
        amount=money(place.cents),
        digits=str(place.cents) if place.cents else "",
        prompt=_sum_prompt(place),
        words=_sum_words(place, scene),
        warning=_sum_warning(place, scene),
        less=place.cents > 0,
        longest=LONGEST_DIGITS,
        names=tuple(handle for handle, _ in place.taps),
        book=_book(place),
        icon="jar",
    )


BY_BUTTONS = later("Circle: next digit. Square: one more.")
"""How a sum is typed with the buttons alone."""


def _sum_title(what: places.Sum, scene: Scene) -> tuple[str, tuple[int, int]]:
    match what:
        case places.Draft(title=title):
            whole = phrase("{title}: what does it cost?", title=title)
            return with_room(title, whole, phrase("What does it cost?")), (1, 5)
        case places.Giving():
            return phrase("How much goes in?"), (1, 2)
        case places.Slicing(now=now) if now is not None:
            return phrase("{name}: how much of the wages?", name=now[0]), (1, 3)
        case places.Slicing():
            return phrase("How much of the wages, all together?"), (1, 2)
        case places.Counting(fund=fund):
            return phrase("{jar}: what did you count?", jar=jar_word(fund)), (1, 2)
        case places.Parting(name=name):
            return phrase("How much is for {name}?", name=name), (0, 0)
        case places.Spending(reserve=reserve):
            return phrase("How much of {reserve}?", reserve=unfilled(reserve)), (1, 4)


def _sum_prompt(place: places.HowMuch) -> str:
    if place.what == _book_alone(place.what) or not _counts(place):
        return ""
    match place.what:
        case places.Giving():
            return phrase("now somebody who saw it taps") if place.taps else phrase("now whoever gives it taps")
        case places.Counting():
            return phrase("now the other one taps") if place.taps else phrase("now the two who counted tap")
    return phrase("now a second one taps") if place.taps else phrase("now two of you tap")


def _counts(place: places.HowMuch) -> bool:
    """Whether badges can book this sum: a count may come to nothing, all else is at least a cent."""
    return bool(place.cents) or isinstance(place.what, places.Counting)


def _book_alone(what: places.Sum) -> places.Sum | None:
    """What no badge books here."""
    alone = isinstance(what, places.Draft | places.Spending | places.Parting)
    return what if alone or (isinstance(what, places.Slicing) and what.each) else None


def _book(place: places.HowMuch) -> Choice | None:
    if _book_alone(place.what) is None or not place.cents:
        return None
    return Choice(key="typed", words=phrase("that is it"), icon="check", tone="strong")


def _sum_words(place: places.HowMuch, scene: Scene) -> str:
    state = scene.state
    match place.what:
        case places.Counting(fund=fund) if place.taps:
            return _compared(state.funds[fund].cents, place.cents)
        case places.Counting(fund=fund):
            strange = state.funds[fund].unknown
            among = plural("{n} unknown coin among it.", "{n} unknown coins among it.", strange)
            said = among if strange else phrase("Count it by hand.")
            return f"{said} {phrase(BY_BUTTONS)}" if places.in_circle(place) else said
        case places.Spending(reserve=reserve):
            return phrase("There are {money} in it.", money=money(state.reserves[reserve].cents))
        case places.Parting(fund=fund, parts=parts):
            left = state.funds[fund].counted.total - sum(cents for _, cents in parts)
            said = phrase("{money} are left to be parted.", money=money(left))
            return f"{said} {phrase(BY_BUTTONS)}"
        case places.Draft(fund=fund):
            held = state.funds.get(fund)
            return phrase("The jar holds {money}.", money=money(held.cents)) if held else ""
    return phrase("Everybody can see who gave it.")


def _compared(expected: int, counted: int) -> str:
    """What a count found beside what was expected."""
    off = counted - expected
    if off > 0:
        words = later("Expected {expected}, counted {counted}: {money} more.")
    elif off < 0:
        words = later("Expected {expected}, counted {counted}: {money} less.")
    else:
        return phrase(
            "Expected {expected}, counted {counted}: the same.", expected=money(expected), counted=money(counted)
        )
    return phrase(words, expected=money(expected), counted=money(counted), money=money(abs(off)))


def _sum_warning(place: places.HowMuch, scene: Scene) -> str:
    fund = scene.state.funds.get(place.what.fund) if isinstance(place.what, places.Draft) else None
    if fund is not None and place.cents > fund.cents:
        return phrase("That is more than the jar holds now. It can wait for more.")
    return ""


def slices(visit: Visit, place: places.Slices, scene: Scene) -> Face:
    """Slices of the wages, person by person."""
    taken = place.slicing.slices
    whole = sum(cents for _, _, cents in taken)
    said = " · ".join(fill("{name} {money}", {"name": name, "money": money(cents)}) for name, _, cents in taken)
    book = Choice(key="book", words=phrase("book {money}", money=money(whole)), icon="check", tone="strong")
    return TapFace(
        frame=frame(visit, scene, phrase("Slices of the wages"), dots=(2, 3)),
        prompt=_slices_prompt(place),
        words=said or phrase("Each taps, and says how much."),
        names=tuple(handle for handle, _, _ in taken),
        choices=(book,) if taken and not place.witness else (),
        icon="people",
    )


def _slices_prompt(place: places.Slices) -> str:
    if place.witness:
        return phrase("Now somebody who saw it taps")
    return phrase("The next one taps") if place.slicing.slices else phrase("The first one taps")
