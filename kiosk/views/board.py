"""The board of needs and offers."""

from kiosk.faces import BoardFace, Choice, Face, NoticeFace, TapFace, TilesFace, TroubleFace, TypeFace
from kiosk.rules.notices import LONGEST_WORDS
from kiosk.tongue import phrase
from kiosk.views.scene import Scene, frame, paged
from kiosk.views.wall import hung
from kiosk.visit.places import AskPoster, BoardPlace, OneNotice, UntilWhen, Visit, WriteNotice
from kiosk.words import capital, work_word

EACH_SIDE = 3
"""Notices of each side on one page."""


def board(visit: Visit, place: BoardPlace, scene: Scene) -> Face:
    """Needs on one side, offers on the other."""
    all_hung = hung(scene)
    needs, needs_page = paged(tuple(n for n in all_hung if n.side == "need"), place.page, EACH_SIDE)
    offers, offers_page = paged(tuple(n for n in all_hung if n.side == "offer"), place.page, EACH_SIDE)
    return BoardFace(
        frame=frame(visit, scene, phrase("Needs and offers")),
        needs=needs,
        offers=offers,
        choices=(
            Choice(key="need", words=phrase("I need something"), icon="need"),
            Choice(key="offer", words=phrase("I offer something"), icon="offer"),
        ),
        page=max(needs_page, offers_page, key=lambda each: each[1]),
        empty=phrase("Nothing hangs here yet. Say what you need, or what you can do."),
    )


def one_notice(visit: Visit, place: OneNotice, scene: Scene) -> Face:
    """One need or offer, and what can be done with it."""
    found = [notice for notice in hung(scene) if notice.key == f"notice:{place.notice}"]
    if not found:
        return TroubleFace(
            frame=frame(visit, scene, ""), words=phrase("This is no longer on the board"), mend="", icon="board"
        )
    notice = found[0]
    choices = [Choice(key="swap", words=phrase("swap hours for this"), icon="swap", tone="hours")]
    if visit.who == notice.who:
        choices.append(Choice(key="take down", words=phrase("take it down"), icon="board"))
    work = capital(notice.work)
    title = (
        phrase("{work} is needed", work=work) if notice.side == "need" else phrase("{work} is offered", work=work)
    )
    return NoticeFace(frame=frame(visit, scene, title), notice=notice, choices=tuple(choices))


def ask_poster(visit: Visit, place: AskPoster, scene: Scene) -> Face:
    """Whose need or offer it is."""
    need = place.posting.side == "need"
    return TapFace(
        frame=frame(visit, scene, phrase("I need something") if need else phrase("I offer something"), dots=(0, 3)),
        prompt=phrase("Tap your badge"),
        words=phrase("So that people know whom to ask."),
        icon="need" if need else "offer",
    )


def write_notice(visit: Visit, place: WriteNotice, scene: Scene) -> Face:
    """The words on the board."""
    need = place.posting.side == "need"
    return TypeFace(
        frame=frame(visit, scene, capital(work_word(place.posting.work)), dots=(2, 3)),
        label=phrase("What do you need?") if need else phrase("What can you do?"),
        text=place.text,
        longest=LONGEST_WORDS,
        ready=bool(place.text.strip()),
        faint=phrase("such as: an hour on Thursday") if need else phrase("such as: Saturday mornings"),
    )


def until_when(visit: Visit, place: UntilWhen, scene: Scene) -> Face:
    """How long it hangs."""
    return TilesFace(
        frame=frame(visit, scene, phrase("How long does it hang?"), dots=(3, 3)),
        choices=(
            Choice(key="week", words=phrase("a week"), icon="calendar"),
            Choice(key="fortnight", words=phrase("two weeks"), icon="calendar"),
            Choice(key="month", words=phrase("a month"), icon="calendar"),
        ),
        words=phrase("Then it comes down by itself."),
    )
