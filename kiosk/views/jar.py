"""The page of a jar: what it holds, what is proposed for it, and the ways on from it."""

from kiosk.amounts import JAR
from kiosk.faces import Choice, Face, JarFace, TilesFace, TroubleFace
from kiosk.state import Fund, Project, State
from kiosk.tongue import fill, phrase, plural
from kiosk.views.fitting import TILES
from kiosk.views.glass import drawn, foot, kept, of_fund, shared_out
from kiosk.views.keeping import rest_words
from kiosk.views.proposing import line
from kiosk.views.scene import Scene, frame, lines_of, paged, paged_by
from kiosk.visit import jar_places as places
from kiosk.visit.ground import Surroundings
from kiosk.visit.jar import may_end
from kiosk.visit.places import Visit
from kiosk.words import jar_word, local, money, names

ROOM, SHORT, LETTERS = 9, 3, 28
"""Room on one page: three short proposals, or fewer long ones; what a short one takes; letters in a line of it."""


def jar(visit: Visit, place: places.JarPlace, scene: Scene) -> Face:
    """The jar's own page."""
    state = scene.state
    fund = state.funds.get(place.fund)
    if fund is None:
        words = phrase("There is no such jar any more")
        return TroubleFace(frame=frame(visit, scene, ""), words=words, mend="", icon="jar")
    found = of_fund(state, fund.name)
    shown, page = paged_by(found, [_room(each) for each in found], place.page, ROOM)
    return JarFace(
        frame=frame(visit, scene, jar_word(fund.name)),
        glass=drawn(fund, tuple(each for each in found if each.seconder)),
        lines=tuple(line(each) for each in shown),
        choices=(
            Choice(key="propose", words=phrase("propose"), icon="plus", tone="strong"),
            Choice(key="money in", words=phrase("put money in"), icon="jar"),
            Choice(key="more", words=phrase("more"), icon="list"),
        ),
        page=page,
        what=shared_out(local(scene.now).date(), fund),
        foot=foot(state, fund),
        kept=kept(state, fund, local(scene.now).date()),
        empty=phrase("Nothing is proposed yet. What would this money be good for?"),
    )


def _room(project: Project) -> int:
    """How much of a page a proposal takes."""
    return max(SHORT, lines_of(project.title, LETTERS) + 2)


def more(visit: Visit, place: places.JarMore, scene: Scene) -> Face:
    """What is done seldom."""
    state = scene.state
    fund = state.funds.get(place.fund) or state.funds[JAR]
    choices = [
        Choice(key="count", words=phrase("count it by hand"), icon="bookkeeping", hint=phrase("two badges")),
        Choice(key="receipts", words=phrase("what became of it"), icon="list", hint=_owed(state)),
        Choice(key="rest", words=phrase("where the rest goes"), icon="arrow-right", hint=rest_words(fund.rest_to)),
        Choice(
            key="reserves",
            words=phrase("reserves"),
            icon="jar",
            hint=money(sum(each.cents for each in state.reserves.values())),
        ),
        Choice(key="tools", words=phrase("tools"), icon="repair"),
    ]
    if fund.name != JAR:
        own = sum(duty.fund == fund.name for duty in state.duties.values())
        hint = plural("one goes round", "{n} go round", own) if own else phrase("none goes round yet")
        choices.append(Choice(key="duties", words=phrase("its duties"), icon="arrow-right", hint=hint))
    if len(state.funds) > 1:
        hint = phrase("{n} in all", n=len(state.funds))
        choices.append(Choice(key="jars", words=phrase("other jars"), icon="jar", hint=hint))
    if may_end(fund.name, Surroundings(state, scene.now, scene.find)):
        choices.append(Choice(key="end", words=phrase("end this jar"), icon="close", hint=phrase("it is empty")))
    return TilesFace(frame=frame(visit, scene, jar_word(fund.name)), choices=tuple(choices))


def _owed(state: State) -> str:
    count = len(state.purchases)
    return plural("{n} to be said", "{n} to be said", count) if count else phrase("nothing is owed")


def jars(visit: Visit, place: places.Jars, scene: Scene) -> Face:
    """All jars."""
    shown, page = paged(tuple(scene.state.funds.values()), place.page, TILES)
    return TilesFace(
        frame=frame(visit, scene, phrase("Which jar?")),
        choices=tuple(
            Choice(
                key=f"jar:{fund.name}",
                words=jar_word(JAR) if fund.name == JAR else fund.name,
                icon="jar",
                hint=_with_whom(fund),
            )
            for fund in shown
        ),
        page=page,
    )


def _with_whom(fund: Fund) -> str:
    if not fund.circle:
        return phrase("{money} · all of us", money=money(fund.cents))
    return fill("{money} · {names}", {"money": money(fund.cents), "names": names(fund.circle)})
