"""The idle screen: the shop at a glance."""

from kiosk.amounts import COMMONS
from kiosk.faces import Choice, Hanging, Line, WallFace, WelcomeFace
from kiosk.rules.notices import hanging, matches
from kiosk.state import Notice, State, month_of
from kiosk.tongue import phrase
from kiosk.views.alarms import alarms
from kiosk.views.duties import rows
from kiosk.views.glass import on_wall
from kiosk.views.lines import lines
from kiosk.views.neighbours import news_on_wall
from kiosk.views.posted import decided, doing, poster_on_wall
from kiosk.views.report import report_on_wall
from kiosk.views.scene import Scene, frame, icon, work_choices
from kiosk.views.seal import seal_on_wall
from kiosk.views.shelf import out
from kiosk.visit.places import Founding, Idle, Visit
from kiosk.words import clock, duration, local, until, weekday, when, work_word

NEWEST = 6
"""Swaps on the wall."""


def wall(visit: Visit, place: Idle, scene: Scene) -> WallFace | WelcomeFace:
    """The wall of a founded shop; the invitation to found it before that."""
    if scene.state.founded is None:
        return welcome(visit, Founding(), scene)
    state = scene.state
    moment = local(scene.now)
    return WallFace(
        shop=scene.shop,
        day=weekday(moment),
        time=clock(moment),
        tap=phrase("tap your badge"),
        swapped=_swapped(scene),
        sum_words=_sum_words(state),
        hard=_reach(scene),
        soft=state.charter.soft_limit,
        balances=_balances(scene),
        recent=_latest(scene),
        notices=hung(scene),
        clocks=_clocks(scene),
        duties=rows(scene),
        decided=decided(scene),
        doing=doing(scene),
        news=news_on_wall(scene),
        alarms=alarms(scene),
        work=work_choices(scene),
        jar=on_wall(scene),
        tools=out(scene),
        seal=seal_on_wall(scene),
        poster=poster_on_wall(scene),
        report=report_on_wall(scene),
        choices=(
            Choice(key="board", words=phrase("needs and offers"), icon="board"),
            Choice(key="people", words=phrase("people and badges"), icon="people"),
            Choice(key="duties", words=phrase("duties"), icon="arrow-right"),
        ),
        said=visit.said,
    )


def _sum_words(state: State) -> str:
    """What the sum of all balances means; whoever sees another figure than 0 has found a mistake."""
    return phrase(
        "What some gave, others got: the sum is {sum}",
        sum=sum(account.minutes for account in state.accounts.values()),
    )


def _latest(scene: Scene) -> tuple[Line, ...]:
    """The latest swaps. Where several kiosks write, what was taken back is among them too, and left out here."""
    latest = scene.state.board.latest
    if scene.state.board.orders:
        found = ((name, scene.find(name)) for name in latest)
        latest = tuple(name for name, entry in found if entry is not None and entry.countered_by is None)
    return lines(latest[-NEWEST:], scene)


def _swapped(scene: Scene) -> str:
    minutes = scene.state.board.swapped_in(month_of(scene.now))
    if not minutes:
        return phrase("nothing swapped yet this month")
    return phrase("{time} swapped this month", time=duration(minutes))


SHORTEST_REACH = 4 * 60
"""Minutes; so much a bar on the wall shows at least, either way."""


def _reach(scene: Scene) -> int:
    """How far the bars go: to the largest balance, so that small ones are seen too, at most to the limit."""
    largest = max((abs(account.minutes) for account in scene.state.accounts.values()), default=0)
    return min(scene.state.charter.hard_limit, max(SHORTEST_REACH, largest))


def _balances(scene: Scene) -> tuple[tuple[str, int], ...]:
    """Everybody here and the commons, most given first; nobody before the first swap."""
    state = scene.state
    if not any(account.minutes for account in state.accounts.values()):
        return ()
    shown = [(member.handle, state.balance(member.handle)) for member in state.present()]
    if state.balance(COMMONS):
        shown.append((phrase("commons"), state.balance(COMMONS)))
    return tuple(sorted(shown, key=lambda each: -each[1]))


def _clocks(scene: Scene) -> tuple[str, ...]:
    return tuple(
        phrase(
            "{name}: {work} since {time}",
            name=member.handle,
            work=work_word(member.clock.work),
            time=when(member.clock.since, scene.now),
        )
        for member in scene.state.present()
        if member.clock is not None
    )


def hung(scene: Scene) -> tuple[Hanging, ...]:
    """Needs and offers that hang now, each with somebody's answer to it."""
    answers: dict[str, str] = {}
    for need, offer in matches(scene.state, scene.now):
        answers.setdefault(need.id, phrase("{name} offers this", name=offer.handle))
        answers.setdefault(offer.id, phrase("{name} needs this", name=need.handle))
    return tuple(hung_one(notice, answers.get(notice.id, "")) for notice in hanging(scene.state, scene.now))


def hung_one(notice: Notice, match: str = "") -> Hanging:
    """One need or offer as it is read."""
    return Hanging(
        key=f"notice:{notice.id}",
        side=notice.side,
        words=notice.words,
        work=work_word(notice.work),
        until=until(notice.until),
        who=notice.handle,
        icon=icon(notice.work),
        match=match,
    )


def welcome(visit: Visit, place: Founding, scene: Scene) -> WelcomeFace:
    """Before there is a shop: three badges make one."""
    needed = scene.state.charter.founders
    filled = len(place.founders)
    return WelcomeFace(
        frame=frame(visit, scene, scene.shop, back=False),
        words=_welcome_words(filled, needed),
        dots_filled=filled,
        dots=needed,
        names=tuple(handle for handle, _ in place.founders),
    )


def _welcome_words(filled: int, needed: int) -> str:
    if not filled:
        return phrase("This kiosk belongs to nobody yet. Three of you tap your badges, and it is yours.")
    left = needed - filled
    if left == 2:
        return phrase("Two more badges, and it is yours.")
    return phrase("One more badge, and it is yours.")
