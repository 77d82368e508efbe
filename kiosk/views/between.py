"""What shops share besides hours, as a screen shows it: strike fund, orders, boards, news, circles of debt."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kiosk.amounts import EntryId
from kiosk.faces import (
    BoardFace,
    Choice,
    EntryFace,
    Face,
    Hanging,
    Line,
    ListFace,
    MoneyFace,
    NoticeFace,
    ShelfFace,
    TapFace,
    TilesFace,
    ToolLine,
    TroubleFace,
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
from kiosk.rules.between import called, is_open
from kiosk.rules.neighbours import LONGEST_SAID, LONGEST_SHOP, hands_for
from kiosk.state import Neighbour
from kiosk.state.shared import Asked, Promise, Ring
from kiosk.tongue import later, phrase, plural
from kiosk.views.fitting import short
from kiosk.views.scene import Scene, frame, paged
from kiosk.visit import between_places as places
from kiosk.visit.between import LASTS, REPORT_NEWS, UNITS, decisions, here, reports, taken
from kiosk.visit.pad import MOST_DIGITS
from kiosk.visit.places import Visit
from kiosk.visit.rows import voiced
from kiosk.words import by, capital, duration, figure, local, money, names, period_word, some, until

LINES, TILES, EACH_SIDE = 4, 8, 3
"""Lines and tiles on one page, and notices of each side."""

SHOWN = 60
"""Days that an order is shown after it has closed."""

THAT_IS_IT = Choice("typed", later("that is it"), "check", tone="strong")


def _neighbours(scene: Scene) -> tuple[Neighbour, ...]:
    return tuple(each for each in scene.state.neighbours.values() if not each.parted)


def _today(scene: Scene) -> str:
    return local(scene.now).date().isoformat()


def _gone(visit: Visit, scene: Scene) -> Face:
    words = phrase("This is over, or was taken back.")
    return TroubleFace(frame=frame(visit, scene, ""), words=words, mend="")


# --- all of it --------------------------------------------------------------------------------------------


def between(visit: Visit, place: places.Between, scene: Scene) -> Face:
    """The ways to what shops share, each with what waits there."""
    calls, orders = len(tuple(call_ups(scene))), len(_open_orders(scene))
    asked = sum(each.stage in ("found", "asked") for each in scene.state.shared.rings.values())
    return TilesFace(
        frame=frame(visit, scene, phrase("Between our shops")),
        choices=(
            Choice("fund", phrase("strike fund"), "jar", hint=_waiting(calls) or _pledged_in_all(scene)),
            Choice("orders", phrase("order together"), "list", hint=_counted(orders)),
            Choice("boards", phrase("tools and needs"), "board", hint=_counted(len(_hung(scene)))),
            Choice("tell", phrase("tell them"), "voice", hint=phrase("a decision, a report")),
            Choice("circles", phrase("circles of debt"), "swap", hint=_waiting(asked)),
        ),
        words=phrase("Money stays where it is, and nobody is bound by others."),
    )


def _counted(count: int) -> str:
    return plural("{n} just now", "{n} just now", count) if count else ""


def _waiting(count: int) -> str:
    return plural("{n} waits for us", "{n} wait for us", count) if count else ""


# --- strike fund ------------------------------------------------------------------------------------------


def call_ups(scene: Scene) -> Iterator[tuple[Neighbour, EntryId, CallUp]]:
    """What neighbours call up and we have not answered, the latest first."""
    for neighbour in _neighbours(scene):
        for name, call in reversed(tuple(neighbour.called_up.items())):
            if call.until >= _today(scene):
                yield neighbour, name, call


def _sums(promises: Iterable[Promise]) -> str:
    """All of them together: "€ 450.00 and € 60.00 a month"; "" for nothing."""
    known = tuple(promises)
    once = sum(each.cents for each in known if not each.monthly)
    monthly = sum(each.cents for each in known if each.monthly)
    a_month = phrase("{money} a month", money=money(monthly)) if monthly else ""
    return names([each for each in (money(once) if once else "", a_month) if each])


def _theirs(scene: Scene) -> tuple[Promise, ...]:
    return tuple(promise for each in _neighbours(scene) for promise in each.promised.values())


def _pledged_in_all(scene: Scene) -> str:
    return _sums((*_theirs(scene), *scene.state.shared.promised.values()))


def fund(visit: Visit, place: places.Fund, scene: Scene) -> Face:
    """What waits for an answer, what is to be brought, what we called up, and what each shop has pledged."""
    lines, page = paged(tuple(_fund_lines(scene)), place.page, LINES)
    together = _pledged_in_all(scene)
    words = phrase("All shops together: {sums}.", sums=together) if together else phrase("Nothing is pledged yet.")
    return ShelfFace(
        frame=frame(visit, scene, phrase("Strike fund")),
        lines=lines,
        choices=(
            Choice("pledge", phrase("pledge"), "plus"),
            Choice("call up", phrase("we need it"), "offer"),
        ),
        page=page,
        words=words,
        empty=phrase("Whoever pledges keeps the money until a neighbour calls it up. Then they give, or not now."),
    )


def _fund_lines(scene: Scene) -> Iterator[ToolLine]:
    shared = scene.state.shared
    for neighbour, name, call in call_ups(scene):
        words = phrase("{shop} needs {money}", shop=neighbour.name, money=money(call.cents))
        yield ToolLine(f"call:{name}", words, f"{short(call.words)} · {by(call.until)}", "out", "need")
    for name, giving in shared.giving.items():
        words = phrase("{money} to {shop}", money=money(giving.cents), shop=giving.shop)
        yield ToolLine(f"give:{name}", words, phrase("to be brought over; touch once it was"), "out", "offer")
    for name, asked in reversed(tuple(shared.asked.items())):
        if asked.call.until >= _today(scene) or any(each.cents > each.brought for each in asked.answers.values()):
            yield ToolLine(f"asked:{name}", _our_call(asked), _answers(asked), "out", "need")
    for to, promise in shared.promised.items():
        if promise.cents and (not to or to in here(scene.state)):
            whom = phrase("for {shop}", shop=to) if to else phrase("for all neighbours")
            yield ToolLine(f"pledge:{to}", phrase("we: {sum}", sum=_sums((promise,))), whom, "out", "jar")
    for neighbour in _neighbours(scene):
        sums = _sums(neighbour.promised.values())
        if sums:
            words = phrase("{name}: {said}", name=neighbour.name, said=sums)
            yield ToolLine("", words, _for_whom(neighbour), "out", "jar")


def _for_whom(neighbour: Neighbour) -> str:
    alone = neighbour.promised.get("you")
    if alone is None or not alone.cents:
        return phrase("for whoever strikes")
    return phrase("of it {sum} for us alone", sum=_sums((alone,)))


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
        Choice("to:", phrase("all neighbours"), "people-several", hint=_has(promised.get(""))),
        *(Choice(f"to:{each}", each, "commons", hint=_has(promised.get(each))) for each in here(scene.state)),
    )
    shown, page = paged(tiles, place.page, TILES)
    return TilesFace(
        frame=frame(visit, scene, phrase("For whom do we hold it ready?"), dots=(0, 3)),
        choices=shown,
        page=page,
        words=phrase("For all: for whoever of them strikes first."),
    )


def _has(promise: Promise | None) -> str:
    return _sums((promise,)) if promise else ""


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
        book=_that_is_it() if place.cents or known else None,
        extra=(Choice("monthly", other, "calendar", tone="quiet"),),
        icon="jar",
    )


def _that_is_it() -> Choice:
    return Choice(THAT_IS_IT.key, phrase(THAT_IS_IT.words), THAT_IS_IT.icon, tone=THAT_IS_IT.tone)


def call_sum(visit: Visit, place: places.CallSum, scene: Scene) -> Face:
    """How much is needed."""
    theirs = _sums(_theirs(scene))
    held = phrase("Neighbours hold {sums} ready.", sums=theirs)
    return MoneyFace(
        frame=frame(visit, scene, phrase("How much do we need?"), dots=(0, 4)),
        amount=money(place.cents),
        digits=str(place.cents) if place.cents else "",
        words=held if theirs else phrase("No neighbour has pledged anything yet."),
        steps=(10_00, 100_00),
        less=place.cents > 0,
        longest=MOST_DIGITS,
        book=_that_is_it() if place.cents else None,
        icon="need",
    )


def one_call_up(visit: Visit, place: places.OneCallUp, scene: Scene) -> Face:
    """What a neighbour needs, and what we can answer."""
    neighbour = scene.state.neighbours.get(place.shop)
    call = neighbour.called_up.get(place.call) if neighbour else None
    if neighbour is None or call is None:
        return _gone(visit, scene)
    held = [each for key in (place.shop, "") if (each := scene.state.shared.promised.get(key)) and each.cents]
    pledged = phrase("We have pledged {sums}.", sums=_sums(held)) if held else phrase("We have pledged nothing.")
    line = Line("", neighbour.name, money(call.cents), call.words, by(call.until), icon="need")
    wanted = phrase("{words}, {day}.", words=call.words, day=by(call.until))
    return EntryFace(
        frame=frame(visit, scene, phrase("{shop} calls up", shop=neighbour.name)),
        line=line,
        words=f"{wanted} {pledged}",
        choices=(
            Choice("give", phrase("we give"), "offer", tone="strong"),
            Choice("not now", phrase("not now"), "close"),
        ),
    )


def answer_sum(visit: Visit, place: places.AnswerSum, scene: Scene) -> Face:
    """How much comes from us."""
    neighbour = scene.state.neighbours.get(place.shop)
    call = neighbour.called_up.get(place.call) if neighbour else None
    if call is None:
        return _gone(visit, scene)
    return MoneyFace(
        frame=frame(visit, scene, phrase("How much do we give {shop}?", shop=place.shop), dots=(1, 2)),
        amount=money(place.cents),
        digits=str(place.cents) if place.cents else "",
        words=phrase("They need {money}. It is pledged no more then.", money=money(call.cents)),
        steps=(10_00, 100_00),
        less=place.cents > 0,
        more=place.cents < call.cents,
        longest=MOST_DIGITS,
        book=_that_is_it() if place.cents else None,
        icon="offer",
    )


def one_asked(visit: Visit, place: places.OneAsked, scene: Scene) -> Face:
    """What each neighbour answered to our call-up."""
    asked = scene.state.shared.asked.get(place.call)
    if asked is None:
        return _gone(visit, scene)
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


# --- joint orders -----------------------------------------------------------------------------------------


def _all_orders(scene: Scene) -> Iterator[tuple[EntryId, str, OrderCall]]:
    for name, call in reversed(tuple(scene.state.called.items())):
        yield name, "", call
    for neighbour in _neighbours(scene):
        for name, call in reversed(tuple(neighbour.calls.items())):
            yield name, neighbour.name, call


def _open_orders(scene: Scene) -> tuple[tuple[EntryId, str, OrderCall], ...]:
    return tuple(each for each in _all_orders(scene) if is_open(each[2], local(scene.now).date()))


def orders(visit: Visit, place: places.Orders, scene: Scene) -> Face:
    """Open ones first, the soonest to close before the others; then those that have closed lately."""
    today = local(scene.now).date()
    found = [each for each in _all_orders(scene) if (today - _closes(each[2])).days <= SHOWN]
    found.sort(key=lambda each: (not is_open(each[2], today), abs((_closes(each[2]) - today).days)))
    shown, page = paged(tuple(found), place.page, LINES)
    return ShelfFace(
        frame=frame(visit, scene, phrase("Order together")),
        lines=tuple(_order_line(*each, scene) for each in shown),
        choices=(Choice("call an order", phrase("call an order"), "plus"),),
        page=page,
        words=phrase("Everybody says how much; each shop’s total goes over by itself."),
        empty=phrase("No order is open. Whoever buys a lot of something calls one, and the neighbours join."),
    )


def _closes(call: OrderCall) -> date:
    return date.fromisoformat(call.closes)


def _order_line(name: EntryId, shop: str, call: OrderCall, scene: Scene) -> ToolLine:
    still = is_open(call, local(scene.now).date())
    ordered = scene.state.shared.orders.get(name)
    here_ = ordered.total if ordered else 0
    who = shop or phrase("called by us")
    when = until(call.closes) if still else phrase("closed")
    count = _all_together(name, scene) if not shop else here_
    much = _units(count, call.unit) if count else ""
    return ToolLine(
        key=f"order:{name}:{shop}",
        name=phrase("{what}, {price}", what=call.what, price=_price(call)) if call.cents else call.what,
        told=" · ".join(part for part in (who, when, much) if part),
        standing="out",
        icon="list",
    )


def _units(amount: int, unit: str) -> str:
    return phrase("{amount} {unit}", amount=figure(amount), unit=unit)


def _price(call: OrderCall) -> str:
    return phrase("{money} each", money=money(call.cents))


def _all_together(order: EntryId, scene: Scene) -> int:
    """Of an order of ours, what all shops take."""
    ordered = scene.state.shared.orders.get(order)
    theirs = sum(each.totals.get(order, 0) for each in scene.state.neighbours.values())
    return theirs + (ordered.total if ordered else 0)


def one_order(visit: Visit, place: places.OneOrder, scene: Scene) -> Face:
    """How many does somebody take?"""
    call = called(place.order, place.shop, scene.state)
    if call is None:
        return _gone(visit, scene)
    amount = taken(place, visit, scene.state)
    return MoneyFace(
        frame=frame(visit, scene, call.what),
        amount=_units(amount, call.unit),
        digits=str(amount) if amount else "",
        prompt="" if visit.who else phrase("now whoever takes it taps"),
        words=_order_words(place, call, amount, scene),
        steps=(1, 10),
        step_words=(figure(1), figure(10)),
        less=amount > 0,
        longest=6,
        book=_that_is_it() if visit.who else None,
        extra=(Choice("who", phrase("who takes how much"), "list", tone="quiet"),),
        icon="list",
    )


def _order_words(place: places.OneOrder, call: OrderCall, amount: int, scene: Scene) -> str:
    ordered = scene.state.shared.orders.get(place.order)
    count = _all_together(place.order, scene) if not place.shop else ordered.total if ordered else 0
    price = phrase("{each}, {sum} in all", each=_price(call), sum=money(call.cents * amount)) if call.cents else ""
    so_far = phrase("so far {amount}", amount=_units(count, call.unit))
    return " · ".join(part for part in (price, so_far, until(call.closes)) if part)


def order_list(visit: Visit, place: places.OrderList, scene: Scene) -> Face:
    """Who takes how much of it here; of ours, also each shop."""
    call = called(place.order, place.shop, scene.state)
    if call is None:
        return _gone(visit, scene)
    lines, page = paged(tuple(_takers(place, call, scene)), place.page, LINES)
    return ListFace(
        frame=frame(visit, scene, call.what),
        lines=lines,
        page=page,
        empty=phrase("Nobody has taken any of it yet."),
        words=_order_sum(place, call, scene),
    )


def _takers(place: places.OrderList, call: OrderCall, scene: Scene) -> Iterator[Line]:
    ordered = scene.state.shared.orders.get(place.order)
    if not place.shop:
        for each in _neighbours(scene):
            if place.order in each.totals:
                yield _taker(each.name, each.totals[place.order], call, "commons")
    for handle, amount in ordered.amounts.items() if ordered else ():
        yield _taker(handle, amount, call, "people")


def _taker(who: str, amount: int, call: OrderCall, icon: str) -> Line:
    return Line("", who, _units(amount, call.unit), money(call.cents * amount) if call.cents else "", "", icon=icon)


def _order_sum(place: places.OrderList, call: OrderCall, scene: Scene) -> str:
    still = is_open(call, local(scene.now).date())
    ordered = scene.state.shared.orders.get(place.order)
    count = _all_together(place.order, scene) if not place.shop else ordered.total if ordered else 0
    sum_ = _units(count, call.unit)
    if call.cents:
        sum_ = phrase("{amount}, {money}", amount=sum_, money=money(call.cents * count))
    if not place.shop:
        head = phrase("All shops together: {sums}.", sums=sum_)
    else:
        head = phrase("All of us together: {sums}.", sums=sum_)
    if still:
        return head
    sent = ordered.sent if ordered else False
    return f"{head} {phrase('{shop} has our total.', shop=place.shop)}" if sent else head


def which_unit(visit: Visit, place: places.WhichUnit, scene: Scene) -> Face:
    """In what it is counted."""
    return TilesFace(
        frame=frame(visit, scene, phrase("What is it counted in?"), dots=(1, 5)),
        choices=tuple(Choice(f"unit:{at}", phrase(unit), "list") for at, unit in enumerate(UNITS)),
        extra=(Choice("write", phrase("something else"), "note", tone="quiet"),),
        words=place.letter.what,
    )


def unit_price(visit: Visit, place: places.UnitPrice, scene: Scene) -> Face:
    """What one costs."""
    call = place.letter
    cents = call.cents
    return MoneyFace(
        frame=frame(visit, scene, phrase("What does one cost?"), dots=(2, 5)),
        amount=money(cents),
        digits=str(cents) if cents else "",
        words=phrase("{what}: {unit}. Nothing where you don’t know yet.", what=short(call.what), unit=call.unit),
        steps=(10, 1_00),
        less=cents > 0,
        longest=MOST_DIGITS,
        book=_that_is_it(),
        icon="list",
    )


# --- words, and until when --------------------------------------------------------------------------------


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


# --- boards -----------------------------------------------------------------------------------------------


def _hung(scene: Scene) -> tuple[Hanging, ...]:
    """What hangs on the boards of all, ours first."""
    hung = reversed(tuple(scene.state.shared.hung.items()))
    ours = [(f"hung:{name}", each, phrase("we")) for name, each in hung]
    theirs = [("", each, n.name) for n in _neighbours(scene) for each in reversed(tuple(n.board.values()))]
    return tuple(
        Hanging(key, each.side, each.words, "", until(each.until), who=who, icon=each.side)
        for key, each, who in (*ours, *theirs)
        if each.until >= _today(scene)
    )


def boards(visit: Visit, place: places.Boards, scene: Scene) -> Face:
    """Tools and needs of all shops."""
    hung = _hung(scene)
    needs, needs_page = paged(tuple(n for n in hung if n.side == "need"), place.page, EACH_SIDE)
    offers, offers_page = paged(tuple(n for n in hung if n.side == "offer"), place.page, EACH_SIDE)
    return BoardFace(
        frame=frame(visit, scene, phrase("Tools and needs")),
        needs=needs,
        offers=offers,
        choices=(
            Choice("need", phrase("we need something"), "need"),
            Choice("offer", phrase("we offer something"), "offer"),
        ),
        page=max(needs_page, offers_page, key=lambda each: each[1]),
        empty=phrase("Nothing hangs between the shops. Offer a tool, or say what you lack."),
    )


def one_hung(visit: Visit, place: places.OneHung, scene: Scene) -> Face:
    """Something of ours."""
    found = [each for each in _hung(scene) if each.key == f"hung:{place.wanted}"]
    if not found:
        return _gone(visit, scene)
    title = phrase("We need something") if found[0].side == "need" else phrase("We offer something")
    return NoticeFace(
        frame=frame(visit, scene, title),
        notice=found[0],
        choices=(Choice("take off", phrase("take it off"), "board"),),
    )


# --- news -------------------------------------------------------------------------------------------------


def tell(visit: Visit, place: places.Tell, scene: Scene) -> Face:
    """What can be made public; nothing is by itself."""
    lines, page = paged(tuple(_to_tell(scene)), place.page, LINES)
    return ShelfFace(
        frame=frame(visit, scene, phrase("Tell the neighbours")),
        lines=lines,
        choices=(Choice("write", phrase("write it"), "note"),),
        page=page,
        words=phrase("It hangs on their walls. Many hands say so."),
        empty=phrase("No decision stands yet, and no report was held."),
    )


def _to_tell(scene: Scene) -> Iterator[ToolLine]:
    told = scene.state.shared.told
    for decision in decisions(scene.state):
        words = voiced(decision.words)
        yield _told_line(f"decision:{decision.id}", words, "people-several", known=decision.id in told)
    for report, period in reports(scene.state):
        name = phrase(REPORT_NEWS[report], period=period_word(period))
        yield _told_line(f"report:{report}:{period}", name, "bookkeeping", known=f"{report} {period}" in told)


def _told_line(key: str, words: str, icon: str, *, known: bool) -> ToolLine:
    if known:
        return ToolLine("", words, phrase("they know it"), "in", "check")
    return ToolLine(key, words, phrase("touch to tell them"), "out", icon)


# --- circles of debt --------------------------------------------------------------------------------------

STAGES: Mapping[str, str] = {
    "found": later("it leads back to us: do we agree?"),
    "asked": later("they ask whether we agree"),
    "agreed": later("we have agreed; the others are asked"),
    "cleared": later("struck off"),
    "dropped": later("nothing came of it"),
}


_RING_ICON: Mapping[str, str] = {"cleared": "check", "dropped": "close"}


def circles(visit: Visit, place: places.Circles, scene: Scene) -> Face:
    """Circles that concern us, those that wait for us first."""
    order = tuple(STAGES)
    known = [(n, r) for n, r in reversed(tuple(scene.state.shared.rings.items())) if r.stage in STAGES]
    known.sort(key=lambda pair: order.index(pair[1].stage))
    shown, page = paged(tuple(known), place.page, LINES)
    return ShelfFace(
        frame=frame(visit, scene, phrase("Circles of debt")),
        lines=tuple(
            ToolLine(f"ring:{name}", _round(ring), _stage(ring), "out", _RING_ICON.get(ring.stage, "swap"))
            for name, ring in shown
        ),
        choices=(Choice("look", phrase("look for one"), "swap"),),
        page=page,
        words=_asked_around(scene),
        empty=phrase("We owe one shop, that one owes another, and that one owes us: then all can strike it off."),
    )


def _asked_around(scene: Scene) -> str:
    if any(each.stage == "sought" for each in scene.state.shared.rings.values()):
        return phrase("Asked around. It shows here once it leads back to us.")
    return phrase("Nothing moves before every shop in it has agreed.")


def _stage(ring: Ring) -> str:
    return phrase("{time} each · {told}", time=duration(ring.minutes), told=phrase(STAGES[ring.stage]))


def _round(ring: Ring) -> str:
    """The circle as a chain of who owes whom, from us: "we → Mill Lane → Tram Yard → we"."""
    others = _others(ring)
    if sum(map(len, others)) > ROUND:
        others = tuple(each if len(each) <= SHORT else f"{each[: SHORT - 1].rstrip()}…" for each in others)
    return " → ".join((phrase("we"), *others, phrase("we")))


ROUND, SHORT = 60, 14
"""Letters of all the shops in a circle that have room, and of each where there are more."""


def _others(ring: Ring) -> tuple[str, ...]:
    """The other shops, from the one that we owe. Each shop on the route is owed by the one after it."""
    count = len(ring.shops)
    between_ = (ring.shops[(ring.place - step) % count] for step in range(2, count - 1))
    return (ring.creditor, *between_, ring.debtor)


def one_circle(visit: Visit, place: places.OneCircle, scene: Scene) -> Face:
    """One of them, and what can be answered."""
    ring = scene.state.shared.rings.get(place.ring)
    if ring is None or not ring.debtor:
        return _gone(visit, scene)
    line = Line("", _round(ring), duration(ring.minutes), phrase(STAGES[ring.stage]), "", icon="swap")
    return EntryFace(
        frame=frame(visit, scene, phrase("A circle of debt")),
        line=line,
        words=f"{_round(ring)}. {_means(ring)}",
        choices=tuple(_circle_ways(ring)),
    )


def _means(ring: Ring) -> str:
    time = duration(ring.minutes)
    if ring.stage == "cleared":
        return phrase("{time} was struck off each debt.", time=time)
    if ring.stage == "dropped":
        return phrase("Nothing has moved.")
    return phrase("Each owes the next. Up to {time} is struck off each debt, once all have agreed.", time=time)


def _circle_ways(ring: Ring) -> Iterator[Choice]:
    if ring.stage in ("found", "asked"):
        yield Choice("agree", phrase("we agree"), "check", tone="strong")
        yield Choice("drop", phrase("no"), "close")
    elif ring.stage == "agreed" and ring.mine:
        yield Choice("drop", phrase("let it rest"), "close")


# --- badges -----------------------------------------------------------------------------------------------


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
                "We hold {sum} ready for a strike.", sum=_sums((Promise(cents, monthly),))
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
            price = _price(call) if call.cents else ""
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
    """What neighbours wait for our answer to, in short, with a word more."""
    for neighbour, _, call in call_ups(scene):
        words = phrase("{shop} needs {money}", shop=neighbour.name, money=money(call.cents))
        yield words, phrase("{words} · {day}", words=short(call.words), day=by(call.until))
    for ring in scene.state.shared.rings.values():
        if ring.stage in ("found", "asked"):
            yield phrase("A circle of debt waits for our word"), _round(ring)
    for _, shop, order in _open_orders(scene):
        if shop:
            yield phrase("{shop} orders {what}", shop=shop, what=order.what), until(order.closes)
