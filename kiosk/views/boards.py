"""The boards of all shops, and what can be told to neighbours."""

from collections.abc import Iterator

from kiosk.faces import (
    BoardFace,
    Choice,
    Face,
    Hanging,
    NoticeFace,
    ShelfFace,
    ToolLine,
)
from kiosk.letters import Wanted
from kiosk.tongue import phrase
from kiosk.views.scene import Scene, frame, paged
from kiosk.views.sharing import EACH_SIDE, LINES, gone, neighbours_here, today_text
from kiosk.visit import between_places as places
from kiosk.visit.places import Visit
from kiosk.visit.rows import voiced
from kiosk.visit.telling_neighbours import REPORT_NEWS, decisions, reports
from kiosk.words import period_word, until


def hung_between(scene: Scene) -> tuple[Hanging, ...]:
    """What hangs on the boards of all, ours first."""
    hung = reversed(tuple(scene.state.shared.hung.items()))
    ours = [(name, each, phrase("we")) for name, each in hung]
    theirs = [("", each, n.name) for n in neighbours_here(scene) for each in reversed(tuple(n.board.values()))]
    return tuple(
        _hanging(name, each, who) for name, each, who in (*ours, *theirs) if each.until >= today_text(scene)
    )


def _hanging(name: str, wanted: Wanted, who: str) -> Hanging:
    """name: of the letter, where it is ours; "" for a neighbour's, which can't be taken off here."""
    return Hanging(
        key=f"hung:{name}" if name else "",
        side=wanted.side,
        words=wanted.words,
        work="",
        until=until(wanted.until),
        who=who,
        icon=wanted.side,
    )


def boards(visit: Visit, place: places.Boards, scene: Scene) -> Face:
    """Tools and needs of all shops."""
    hung = hung_between(scene)
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
    found = [each for each in hung_between(scene) if each.key == f"hung:{place.wanted}"]
    if not found:
        return gone(visit, scene)
    title = phrase("We need something") if found[0].side == "need" else phrase("We offer something")
    return NoticeFace(
        frame=frame(visit, scene, title),
        notice=found[0],
        choices=(Choice(key="take off", words=phrase("take it off"), icon="board"),),
    )


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
        yield _told_line(
            key=f"decision:{decision.id}", words=words, icon="people-several", known=decision.id in told
        )
    for report, period in reports(scene.state):
        name = phrase(REPORT_NEWS[report], period=period_word(period))
        yield _told_line(
            key=f"report:{report}:{period}", words=name, icon="bookkeeping", known=f"{report} {period}" in told
        )


def _told_line(*, key: str, words: str, icon: str, known: bool) -> ToolLine:
    if known:
        return ToolLine("", words, phrase("they know it"), "in", "check")
    return ToolLine(key, words, phrase("touch to tell them"), "out", icon)
