"""A jar as it is drawn, on the wall and on its page, and what is said of it in few words."""

from datetime import date, timedelta

from kiosk.amounts import JAR, glass, per_mille
from kiosk.events import duty_called
from kiosk.faces import Glass, JarOnWall, Mark
from kiosk.rules.projects import FRIDAY
from kiosk.rules.rotation import comes_next
from kiosk.state import KEEPING_THE_JAR, Fund, Project, State
from kiosk.tongue import phrase, plural
from kiosk.views.scene import Scene
from kiosk.words import local, money, price, until, weekday


def drawn(fund: Fund, projects: tuple[Project, ...], *, under: str = "") -> Glass:
    """A jar as it is: full to its true level, with what is proposed as marks on the glass."""
    holds = glass(fund.cents, [each.price for each in projects])
    return Glass(
        sum=money(fund.cents),
        level=per_mille(fund.cents, holds),
        under=under,
        marks=tuple(Mark(each.title, price(each.price), per_mille(each.price, holds)) for each in projects),
    )


def of_fund(state: State, fund: str) -> tuple[Project, ...]:
    """What is proposed for a fund: what stands first, then in the order it was proposed."""
    found = [each for each in state.projects.values() if each.fund == fund]
    return tuple(sorted(found, key=lambda each: not each.seconder))


def shared_out(today: date, fund: Fund) -> str:
    """How long it is to Friday, in words. today: on the clock of the room."""
    emptied = local(fund.emptied).date() if fund.emptied else None
    days = (FRIDAY - today.weekday()) % 7
    if not days and emptied == today:
        return phrase("shared out today, to zero")
    if not fund.cents:
        return phrase("nothing in it yet")
    if not days:
        return phrase("shared out today")
    if days == 1:
        return phrase("shared out tomorrow")
    return plural(
        "shared out in {n} day, on {weekday}",
        "shared out in {n} days, on {weekday}",
        days,
        weekday=weekday(today + timedelta(days=days)),
    )


def foot(state: State, fund: Fund) -> str:
    """How many proposals there are, and what else is to be said of a jar in few words."""
    found = of_fund(state, fund.name)
    stand = sum(bool(each.seconder) for each in found)
    want = len(found) - stand
    parts = (
        plural("{n} proposal stands", "{n} proposals stand", stand) if stand else "",
        plural("{n} wants a second badge", "{n} want a second badge", want) if want else "",
        _unknown(fund),
    )
    return " · ".join(part for part in parts if part)


def kept(state: State, fund: Fund, today: date) -> str:
    """Who keeps a daughter fund, by its duty of that name; "" for the jar and where no such duty goes round."""
    duty = state.duties.get(duty_called(KEEPING_THE_JAR, fund.name))
    if fund.name == JAR or duty is None:
        return ""
    if duty.holder:
        return phrase("{name} keeps it {until}", name=duty.holder, until=until(duty.until))
    coming = comes_next(state, duty.name, (), today)
    if coming:
        return phrase("nobody keeps it yet; {name} is next", name=coming)
    return phrase("nobody keeps it yet")


def _unknown(fund: Fund) -> str:
    if not fund.unknown:
        return ""
    return plural(
        "{n} coin of no known value: the count tells",
        "{n} coins of no known value: the count tells",
        fund.unknown,
    )


def shown_now(scene: Scene) -> Fund:
    """The jar that the wall shows: where there are several, another one every minute."""
    funds = tuple(scene.state.funds.values())
    return funds[scene.now.wall // 60_000 % len(funds)]


def on_wall(scene: Scene) -> JarOnWall | None:
    """The jar on the wall; where there are several, another one every minute. None before there is one to show."""
    fund = shown_now(scene)
    standing = tuple(each for each in of_fund(scene.state, fund.name) if each.seconder)
    return JarOnWall(
        glass=drawn(fund, standing),
        what=shared_out(local(scene.now).date(), fund),
        foot=foot(scene.state, fund),
        fund="" if fund.name == JAR else fund.name,
        key=f"jar:{fund.name}",
    )
