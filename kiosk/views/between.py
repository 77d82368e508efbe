"""What shops share besides hours, as a screen shows it: strike fund, orders, boards, news, circles of debt."""

from collections.abc import Iterator

from kiosk.faces import (
    Choice,
    Face,
    TapFace,
    TilesFace,
    TypeFace,
)
from kiosk.letters import (
    Answer,
    AnyLetter,
    Brought,
    CallUp,
    News,
    OrderCall,
    Pledge,
    RingAgreed,
    RingDropped,
    TakenOff,
    Wanted,
)
from kiosk.rules.neighbours import LONGEST_SAID, LONGEST_SHOP, hands_for
from kiosk.state.shared import Promise
from kiosk.tongue import phrase, plural
from kiosk.views.boards import hung_between
from kiosk.views.debt_circles import round_of, stage_of
from kiosk.views.fitting import short
from kiosk.views.orders import open_orders, price_of
from kiosk.views.scene import Scene, frame
from kiosk.views.strike_fund import call_ups, in_all, pledged_in_all
from kiosk.visit import between_places as places
from kiosk.visit.between import LASTS
from kiosk.visit.places import Visit
from kiosk.words import by, capital, duration, money, some, until


def between(visit: Visit, place: places.Between, scene: Scene) -> Face:
    """The ways to what shops share, each with what waits there."""
    calls, orders = len(tuple(call_ups(scene))), len(open_orders(scene))
    asked = sum(each.stage in ("found", "asked") for each in scene.state.shared.rings.values())
    return TilesFace(
        frame=frame(visit, scene, phrase("Between our shops")),
        choices=(
            Choice("fund", phrase("strike fund"), "jar", hint=_waiting(calls) or pledged_in_all(scene)),
            Choice("orders", phrase("order together"), "list", hint=_counted(orders)),
            Choice("boards", phrase("tools and needs"), "board", hint=_counted(len(hung_between(scene)))),
            Choice("tell", phrase("tell them"), "voice", hint=phrase("a decision, a report")),
            Choice("circles", phrase("circles of debt"), "swap", hint=_waiting(asked)),
        ),
        words=phrase("Money stays where it is, and nobody is bound by others."),
    )


def _counted(count: int) -> str:
    return plural("{n} just now", "{n} just now", count) if count else ""


def _waiting(count: int) -> str:
    return plural("{n} waits for us", "{n} wait for us", count) if count else ""


def saying(visit: Visit, place: places.Saying, scene: Scene) -> Face:
    """Writing."""
    title, label, faint, dots = _asked_for(place)
    return TypeFace(
        frame=frame(visit, scene, title, dots=dots),
        label=label,
        text=place.text,
        longest=LONGEST_SHOP if place.part == "unit" else LONGEST_SAID,
        ready=bool(place.text.strip()),
        faint=faint,
    )


def _asked_for(place: places.Saying) -> tuple[str, str, str, tuple[int, int]]:
    """Title, label, an example, and how far along it is."""
    match place.letter:
        case CallUp(cents=cents):
            title, faint = (
                phrase("We need {money}", money=money(cents)),
                phrase("such as: a month without pay"),
            )
            return title, phrase("What for?"), faint, (1, 4)
        case OrderCall() if place.part == "unit":
            return place.letter.what, phrase("What is it counted in?"), phrase("such as: sacks"), (1, 5)
        case OrderCall():
            title, faint = phrase("An order for all"), phrase("such as: flour from the mill")
            return title, phrase("What do we order?"), faint, (0, 5)
        case Wanted(side="need"):
            faint = phrase("such as: a drill press for two days")
            return phrase("We need something"), phrase("What do we need?"), faint, (0, 3)
        case Wanted():
            title, faint = phrase("We offer something"), phrase("such as: seats in the van")
            return title, phrase("What do we offer?"), faint, (0, 3)
        case News():
            label, faint = phrase("What do they hear of us?"), phrase("such as: we stop at noon on Friday")
            return phrase("Tell the neighbours"), label, faint, (0, 2)


def how_long(visit: Visit, place: places.HowLong, scene: Scene) -> Face:
    """Until when."""
    title, words, dots = _how_long(place.letter)
    spans = {
        "days": phrase("three days"),
        "week": phrase("a week"),
        "fortnight": phrase("two weeks"),
        "month": phrase("a month"),
    }
    return TilesFace(
        frame=frame(visit, scene, title, dots=dots),
        choices=tuple(Choice(key, spans[key], "calendar") for key in LASTS),
        words=words,
    )


def _how_long(letter: CallUp | OrderCall | Wanted) -> tuple[str, str, tuple[int, int]]:
    match letter:
        case OrderCall():
            return phrase("How long is it open?"), phrase("Then each shop’s total goes over."), (3, 5)
        case CallUp():
            return phrase("How soon do we need it?"), phrase("After that nobody is asked any more."), (2, 4)
        case Wanted():
            return phrase("How long does it hang?"), phrase("Then it comes down by itself."), (1, 3)


def letter_taps(visit: Visit, place: places.LetterTaps, scene: Scene) -> Face:
    """As many badges as the letter takes."""
    needed = hands_for(place.letter, scene.state)
    title, words = _letter_words(place.to, place.letter)
    first = capital(phrase("{number} of you tap", number=some(needed)) if needed > 1 else phrase("tap your badge"))
    return TapFace(
        frame=frame(visit, scene, title, dots=(1, 1)),
        prompt=phrase("the next one taps") if place.taps else first,
        words=words,
        dots_filled=len(place.taps),
        dots=needed,
        names=tuple(handle for handle, _ in place.taps),
        icon="commons",
    )


def _letter_words(to: str, letter: AnyLetter) -> tuple[str, str]:
    match letter:
        case Pledge(cents=0):
            return phrase("Take the pledge back"), phrase("Nothing is held ready any more.")
        case Pledge(cents=cents, monthly=monthly):
            return phrase("Pledge for {shop}", shop=to or phrase("all neighbours")), phrase(
                "We hold {sum} ready for a strike.", sum=in_all((Promise(cents, monthly),))
            )
        case CallUp(cents=cents, words=words, until=last):
            return phrase("We need {money}", money=money(cents)), f"{short(words)} · {by(last)}"
        case Answer(accepted=True, cents=cents):
            return phrase("Give {shop} {money}", shop=to, money=money(cents)), phrase(
                "Then it is brought over, or sent. The kiosk moves no money."
            )
        case Answer():
            return phrase("Not now, to {shop}", shop=to), phrase("They see that we can’t give now.")
        case Brought(cents=cents):
            return phrase("{money} to {shop}", money=money(cents), shop=to), phrase(
                "Whoever brought it over taps, and one who knows."
            )
    return _public_words(letter)


def _public_words(letter: AnyLetter) -> tuple[str, str]:
    match letter:
        case OrderCall() as call:
            price = price_of(call) if call.cents else ""
            return call.what, " · ".join(part for part in (call.unit, price, until(call.closes)) if part)
        case Wanted(side=side, words=words, until=last):
            title = phrase("We need something") if side == "need" else phrase("We offer something")
            return title, f"{short(words)} · {until(last)}"
        case TakenOff():
            return phrase("Take it off the boards"), ""
        case News(words=words):
            return phrase("Tell the neighbours"), short(words)
        case RingAgreed(minutes=minutes):
            return phrase("A circle of debt"), phrase(
                "We agree that up to {time} is struck off. That binds us.", time=duration(minutes)
            )
        case RingDropped():
            return phrase("A circle of debt"), phrase("We say no. Nothing moves.")
    return "", ""


def waiting_on_wall(scene: Scene) -> Iterator[tuple[str, str]]:
    """What neighbours wait for our answer to, in short, with a word more; then where we wait for theirs."""
    for neighbour, _, call in call_ups(scene):
        words = phrase("{shop} needs {money}", shop=neighbour.name, money=money(call.cents))
        yield words, phrase("{words} · {day}", words=short(call.words), day=by(call.until))
    for ring in scene.state.shared.rings.values():
        if ring.stage in ("found", "asked"):
            yield phrase("A circle of debt waits for our word"), round_of(ring)
    for _, shop, order in open_orders(scene):
        if shop:
            yield phrase("{shop} orders {what}", shop=shop, what=order.what), until(order.closes)
    for ring in scene.state.shared.rings.values():
        # Hours are held back for it for as long as the others say nothing; so it must not be forgotten.
        if ring.stage == "agreed":
            yield stage_of(ring), round_of(ring)
