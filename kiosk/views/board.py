"""The board of needs and offers."""

from kiosk.faces import BoardFace, Choice, Face, NoticeFace, TapFace, TilesFace, TroubleFace, TypeFace
from kiosk.rules.notices import LONGEST_WORDS
from kiosk.views.scene import Scene, frame, paged
from kiosk.views.wall import hung
from kiosk.visit.places import AskPoster, BoardPlace, OneNotice, UntilWhen, Visit, WriteNotice
from kiosk.words import work_word

EACH_SIDE = 3
"""Notices of each side on one page."""


def board(visit: Visit, place: BoardPlace, scene: Scene) -> Face:
    """Needs on one side, offers on the other."""
    all_hung = hung(scene)
    needs, needs_page = paged(tuple(n for n in all_hung if n.side == "need"), place.page, EACH_SIDE)
    offers, offers_page = paged(tuple(n for n in all_hung if n.side == "offer"), place.page, EACH_SIDE)
    return BoardFace(
        frame=frame(visit, scene, "Needs and offers"),
        needs=needs,
        offers=offers,
        choices=(
            Choice(key="need", words="I need something", icon="need"),
            Choice(key="offer", words="I offer something", icon="offer"),
        ),
        page=max(needs_page, offers_page, key=lambda each: each[1]),
        empty="Nothing hangs here yet. Say what you need, or what you can do.",
    )


def one_notice(visit: Visit, place: OneNotice, scene: Scene) -> Face:
    """One need or offer, and what can be done with it."""
    found = [notice for notice in hung(scene) if notice.key == f"notice:{place.notice}"]
    if not found:
        return TroubleFace(
            frame=frame(visit, scene, ""), words="This is no longer on the board", mend="", icon="board"
        )
    notice = found[0]
    choices = [Choice(key="swap", words="swap hours for this", icon="swap", tone="hours")]
    if visit.who == notice.who:
        choices.append(Choice(key="take down", words="take it down", icon="board"))
    title = "is needed" if notice.side == "need" else "is offered"
    return NoticeFace(
        frame=frame(visit, scene, f"{notice.work.capitalize()} {title}"), notice=notice, choices=tuple(choices)
    )


def ask_poster(visit: Visit, place: AskPoster, scene: Scene) -> Face:
    """Whose need or offer it is."""
    need = place.posting.side == "need"
    return TapFace(
        frame=frame(visit, scene, "I need something" if need else "I offer something", dots=(0, 3)),
        prompt="Tap your badge",
        words="So that people know whom to ask.",
        icon="need" if need else "offer",
    )


def write_notice(visit: Visit, place: WriteNotice, scene: Scene) -> Face:
    """The words on the board."""
    need = place.posting.side == "need"
    return TypeFace(
        frame=frame(visit, scene, work_word(place.posting.work).capitalize(), dots=(2, 3)),
        label="What do you need?" if need else "What can you do?",
        text=place.text,
        longest=LONGEST_WORDS,
        ready=bool(place.text.strip()),
        faint="such as: an hour on Thursday" if need else "such as: Saturday mornings",
    )


def until_when(visit: Visit, place: UntilWhen, scene: Scene) -> Face:
    """How long it hangs."""
    return TilesFace(
        frame=frame(visit, scene, "How long does it hang?", dots=(3, 3)),
        choices=(
            Choice(key="week", words="a week", icon="calendar"),
            Choice(key="fortnight", words="two weeks", icon="calendar"),
            Choice(key="month", words="a month", icon="calendar"),
        ),
        words="Then it comes down by itself.",
    )
