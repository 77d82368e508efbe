"""The idle screen: the shop at a glance."""

from kiosk.amounts import COMMONS
from kiosk.faces import Choice, Hanging, WallFace, WelcomeFace
from kiosk.rules.notices import hanging, matches
from kiosk.state import Notice, month_of
from kiosk.views.alarms import alarms
from kiosk.views.duties import rows
from kiosk.views.jar import on_wall
from kiosk.views.lines import lines
from kiosk.views.posted import decided, doing, poster_on_wall
from kiosk.views.scene import Scene, frame, icon, work_choices
from kiosk.views.seal import seal_on_wall
from kiosk.views.shelf import out
from kiosk.visit.places import Founding, Idle, Visit
from kiosk.words import duration, local, until, when, work_word

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
        day=f"{moment:%A}",
        time=f"{moment.hour}:{moment.minute:02d}",
        tap="tap your badge",
        swapped=_swapped(scene),
        sum_words=f"all balances together: {sum(account.minutes for account in state.accounts.values())}",
        hard=_reach(scene),
        soft=state.charter.soft_limit,
        balances=_balances(scene),
        recent=lines(state.board.latest[-NEWEST:], scene),
        notices=hung(scene),
        clocks=_clocks(scene),
        duties=rows(scene),
        decided=decided(scene),
        doing=doing(scene),
        alarms=alarms(scene),
        work=work_choices(scene),
        jar=on_wall(scene),
        tools=out(scene),
        seal=seal_on_wall(scene),
        poster=poster_on_wall(scene),
        choices=(
            Choice(key="board", words="needs and offers", icon="board"),
            Choice(key="people", words="people and badges", icon="people"),
            Choice(key="duties", words="duties", icon="arrow-right"),
        ),
        said=visit.said,
    )


def _swapped(scene: Scene) -> str:
    board = scene.state.board
    minutes = board.swapped if board.month == month_of(scene.now) else 0
    return f"{duration(minutes)} swapped this month" if minutes else "nothing swapped yet this month"


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
        shown.append((COMMONS, state.balance(COMMONS)))
    return tuple(sorted(shown, key=lambda each: -each[1]))


def _clocks(scene: Scene) -> tuple[str, ...]:
    return tuple(
        f"{member.handle}: {work_word(member.clock.work)} since {when(member.clock.since, scene.now)}"
        for member in scene.state.present()
        if member.clock is not None
    )


def hung(scene: Scene) -> tuple[Hanging, ...]:
    """Needs and offers that hang now, each with somebody's answer to it."""
    answers: dict[str, str] = {}
    for need, offer in matches(scene.state, scene.now):
        answers.setdefault(need.id, f"{offer.handle} offers this")
        answers.setdefault(offer.id, f"{need.handle} needs this")
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
        return "This kiosk belongs to nobody yet. Three of you tap your badges, and it is yours."
    left = needed - filled
    return "Two more badges, and it is yours." if left == 2 else "One more badge, and it is yours."
