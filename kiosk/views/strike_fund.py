"""The strike fund as a screen shows it: what waits for an answer, what was pledged, what was called up."""

from collections.abc import Iterable, Iterator

from kiosk.amounts import EntryId
from kiosk.faces import (
    Choice,
    EntryFace,
    Face,
    Line,
    ListFace,
    MoneyFace,
    ShelfFace,
    TilesFace,
    ToolLine,
)
from kiosk.letters import (
    CallUp,
)
from kiosk.state import Neighbour
from kiosk.state.shared import Asked, Promise
from kiosk.tongue import phrase
from kiosk.views.fitting import short
from kiosk.views.scene import Scene, frame, paged
from kiosk.views.sharing import LINES, TILES, gone, neighbours_here, that_is_it, today_text
from kiosk.visit import between_places as places
from kiosk.visit.letter_taps import here
from kiosk.visit.pad import MOST_DIGITS
from kiosk.visit.places import Visit
from kiosk.words import by, money, names


def call_ups(scene: Scene) -> Iterator[tuple[Neighbour, EntryId, CallUp]]:
    """What neighbours call up and we have not answered, the latest first."""
    for neighbour in neighbours_here(scene):
        for name, call in reversed(tuple(neighbour.called_up.items())):
            if call.until >= today_text(scene):
                yield neighbour, name, call


def in_all(promises: Iterable[Promise]) -> str:
    """All of them together: "€ 450.00 and € 60.00 a month"; "" for nothing."""
    known = tuple(promises)
    once = sum(each.cents for each in known if not each.monthly)
    monthly = sum(each.cents for each in known if each.monthly)
    a_month = phrase("{money} a month", money=money(monthly)) if monthly else ""
    return names([each for each in (money(once) if once else "", a_month) if each])


def _theirs(scene: Scene) -> tuple[Promise, ...]:
    return tuple(promise for each in neighbours_here(scene) for promise in each.promised.values())


def pledged_in_all(scene: Scene) -> str:
    """What all shops hold ready together; "" for nothing."""
    return in_all((*_theirs(scene), *scene.state.shared.promised.values()))


def fund(visit: Visit, place: places.Fund, scene: Scene) -> Face:
    """What waits for an answer, what is to be brought, what we called up, and what each shop has pledged."""
    lines, page = paged(tuple(_fund_lines(scene)), place.page, LINES)
    together = pledged_in_all(scene)
    words = phrase("All shops together: {sums}.", sums=together) if together else phrase("Nothing is pledged yet.")
    return ShelfFace(
        frame=frame(visit, scene, phrase("Strike fund")),
        lines=lines,
        choices=(
            Choice("pledge", phrase("pledge"), "plus"),
            Choice(key="call up", words=phrase("we need it"), icon="offer"),
        ),
        page=page,
        words=words,
        empty=phrase("Whoever pledges keeps the money until a neighbour calls it up. Then they give, or not now."),
    )


def _fund_lines(scene: Scene) -> Iterator[ToolLine]:
    shared = scene.state.shared
    for neighbour, name, call in call_ups(scene):
        words = phrase("{shop} needs {money}", shop=neighbour.name, money=money(call.cents))
        yield ToolLine(
            key=f"call:{name}",
            name=words,
            told=f"{short(call.words)} · {by(call.until)}",
            standing="out",
            icon="need",
        )
    for name, giving in shared.giving.items():
        words = phrase("{money} to {shop}", money=money(giving.cents), shop=giving.shop)
        yield ToolLine(
            key=f"give:{name}",
            name=words,
            told=phrase("to be brought over; touch once it was"),
            standing="out",
            icon="offer",
        )
    for name, asked in reversed(tuple(shared.asked.items())):
        comes = any(each.cents > each.brought for each in asked.answers.values())
        if comes or asked.call.until >= today_text(scene):
            yield ToolLine(
                key=f"asked:{name}", name=_our_call(asked), told=_answers(asked), standing="out", icon="need"
            )
    for to, promise in shared.promised.items():
        if promise.cents and (not to or to in here(scene.state)):
            whom = phrase("for {shop}", shop=to) if to else phrase("for all neighbours")
            yield ToolLine(
                key=f"pledge:{to}",
                name=phrase("we: {sum}", sum=in_all((promise,))),
                told=whom,
                standing="out",
                icon="jar",
            )
    for neighbour in neighbours_here(scene):
        sums = in_all(neighbour.promised.values())
        if sums:
            words = phrase("{name}: {said}", name=neighbour.name, said=sums)
            yield ToolLine("", words, _for_whom(neighbour), "out", "jar")


def _for_whom(neighbour: Neighbour) -> str:
    alone = neighbour.promised.get("you")
    if alone is None or not alone.cents:
        return phrase("for whoever strikes")
    return phrase("of it {sum} for us alone", sum=in_all((alone,)))


def _our_call(asked: Asked) -> str:
    return phrase("we need {money}: {words}", money=money(asked.call.cents), words=short(asked.call.words))


def _answers(asked: Asked) -> str:
    comes, brought = (sum(getattr(a, part) for a in asked.answers.values()) for part in ("cents", "brought"))
    if not asked.answers:
        return phrase("nobody has answered yet")
    if not brought:
        return phrase("{money} comes", money=money(comes))
    return phrase("{money} comes, {brought} is here", money=money(comes), brought=money(brought))


def pledge_whom(visit: Visit, place: places.PledgeWhom, scene: Scene) -> Face:
    """For all, or for one."""
    promised = scene.state.shared.promised
    tiles = (
        Choice(key="to:", words=phrase("all neighbours"), icon="people-several", hint=_has(promised.get(""))),
        *(
            Choice(key=f"to:{each}", words=each, icon="commons", hint=_has(promised.get(each)))
            for each in here(scene.state)
        ),
    )
    shown, page = paged(tiles, place.page, TILES)
    return TilesFace(
        frame=frame(visit, scene, phrase("For whom do we hold it ready?"), dots=(0, 3)),
        choices=shown,
        page=page,
        words=phrase("For all: for whoever of them strikes first."),
    )


def _has(promise: Promise | None) -> str:
    return in_all((promise,)) if promise else ""


def pledge_sum(visit: Visit, place: places.PledgeSum, scene: Scene) -> Face:
    """How much, once or each month."""
    whom = place.to or phrase("all neighbours")
    known = place.to in scene.state.shared.promised
    other = phrase("make it once") if place.monthly else phrase("make it each month")
    told = phrase("each month, until we take it back") if place.monthly else phrase("once, until it is called up")
    return MoneyFace(
        frame=frame(visit, scene, phrase("Pledge for {shop}", shop=whom), dots=(1, 3)),
        amount=money(place.cents),
        digits=str(place.cents) if place.cents else "",
        words=told,
        steps=(10_00, 100_00),
        less=place.cents > 0,
        longest=MOST_DIGITS,
        book=that_is_it() if place.cents or known else None,
        extra=(Choice("monthly", other, "calendar", tone="quiet"),),
        icon="jar",
    )


def call_sum(visit: Visit, place: places.CallSum, scene: Scene) -> Face:
    """How much is needed."""
    theirs = in_all(_theirs(scene))
    held = phrase("Neighbours hold {sums} ready.", sums=theirs)
    return MoneyFace(
        frame=frame(visit, scene, phrase("How much do we need?"), dots=(0, 4)),
        amount=money(place.cents),
        digits=str(place.cents) if place.cents else "",
        words=held if theirs else phrase("No neighbour has pledged anything yet."),
        steps=(10_00, 100_00),
        less=place.cents > 0,
        longest=MOST_DIGITS,
        book=that_is_it() if place.cents else None,
        icon="need",
    )


def one_call_up(visit: Visit, place: places.OneCallUp, scene: Scene) -> Face:
    """What a neighbour needs, and what we can answer."""
    neighbour = scene.state.neighbours.get(place.shop)
    call = neighbour.called_up.get(place.call) if neighbour else None
    if neighbour is None or call is None:
        return gone(visit, scene)
    held = [each for key in (place.shop, "") if (each := scene.state.shared.promised.get(key)) and each.cents]
    pledged = phrase("We have pledged {sums}.", sums=in_all(held)) if held else phrase("We have pledged nothing.")
    line = Line("", neighbour.name, money(call.cents), call.words, by(call.until), icon="need")
    wanted = phrase("{words}, {day}.", words=call.words, day=by(call.until))
    return EntryFace(
        frame=frame(visit, scene, phrase("{shop} calls up", shop=neighbour.name)),
        line=line,
        words=f"{wanted} {pledged}",
        choices=(
            Choice("give", phrase("we give"), "offer", tone="strong"),
            Choice(key="not now", words=phrase("not now"), icon="close"),
        ),
    )


def answer_sum(visit: Visit, place: places.AnswerSum, scene: Scene) -> Face:
    """How much comes from us."""
    neighbour = scene.state.neighbours.get(place.shop)
    call = neighbour.called_up.get(place.call) if neighbour else None
    if call is None:
        return gone(visit, scene)
    return MoneyFace(
        frame=frame(visit, scene, phrase("How much do we give {shop}?", shop=place.shop), dots=(1, 2)),
        amount=money(place.cents),
        digits=str(place.cents) if place.cents else "",
        words=phrase("They need {money}. It is pledged no more then.", money=money(call.cents)),
        steps=(10_00, 100_00),
        less=place.cents > 0,
        more=place.cents < call.cents,
        longest=MOST_DIGITS,
        book=that_is_it() if place.cents else None,
        icon="offer",
    )


def one_asked(visit: Visit, place: places.OneAsked, scene: Scene) -> Face:
    """What each neighbour answered to our call-up."""
    asked = scene.state.shared.asked.get(place.call)
    if asked is None:
        return gone(visit, scene)
    lines = tuple(_answer_line(shop, asked) for shop in dict.fromkeys((*asked.answers, *here(scene.state))))
    shown, page = paged(lines, place.page, LINES)
    return ListFace(
        frame=frame(visit, scene, phrase("We need {money}", money=money(asked.call.cents))),
        lines=shown,
        page=page,
        words=phrase("{words} · {day}", words=short(asked.call.words), day=by(asked.call.until)),
    )


def _answer_line(shop: str, asked: Asked) -> Line:
    came = asked.answers.get(shop)
    if came is None:
        return Line("", shop, "", phrase("has not answered yet"), "", icon="commons")
    if not came.cents:
        return Line("", shop, "", phrase("not now"), "", icon="commons")
    told = phrase("is here; put it into the jar by hand") if came.brought else phrase("comes")
    return Line("", shop, money(came.cents), told, "", icon="check" if came.brought else "commons")
