"""A face as somebody hears it: short sentences in the order in which one needs them. Pure.

They come from the same face that the screen draws, made while `tongue.aloud` says amounts and days for the ear:
what it is about, what there is, what comes next, and which button takes what. Of a vote nothing is told that the
screen does not show to the whole room, so the words are the same whichever button was pressed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kiosk import tongue
from kiosk.faces import (
    AskFace,
    BallotFace,
    BoardFace,
    BookedFace,
    ClosingFace,
    CountingFace,
    DialFace,
    DutiesFace,
    EmptiedFace,
    EntryFace,
    Face,
    FrozenFace,
    GatherFace,
    HomeFace,
    JarFace,
    ListFace,
    Marked,
    MoneyFace,
    NoticeFace,
    OutcomeFace,
    PlainFace,
    PotluckFace,
    ProposalFace,
    ReportFace,
    RoutineFace,
    RowsFace,
    Said,
    SealFace,
    ShelfFace,
    SpeakFace,
    TapFace,
    TilesFace,
    TroubleFace,
    TryoutFace,
    TypeFace,
    VoteFace,
    WallFace,
    WelcomeFace,
)
from kiosk.tongue import phrase, sense
from kiosk.words import as_heard, names

MOST_ALARMS = 3
"""How much that is wrong is read at the wall; all of it is on the screen."""

Parts = Iterable[str]


def sentences(face: Face) -> tuple[str, ...]:
    """All of a face, as it is heard."""
    said = face.said if isinstance(face, WallFace) else face.frame.said
    marked = face.marked if isinstance(face, WallFace) else face.frame.marked
    parts = [*_said(said), *_whole(face), *_buttons(face), *_marked(marked)]
    return tuple(each for each in map(heard, parts) if each)


def news(before: tuple[str, ...], now: tuple[str, ...], *, another: bool) -> tuple[str, ...]:
    """What is to be said: all of it on another screen; else only what was not there a moment ago."""
    return now if another else tuple(each for each in now if each not in before)


def _said(said: Said | None) -> Parts:
    return (said.words, said.mend) if said is not None else ()


def _whole(face: Face) -> Iterator[str]:
    if not isinstance(face, WallFace):
        yield face.frame.title
    yield from READ[type(face)](face)
    if not isinstance(face, WallFace):
        yield face.frame.next
        if face.frame.seconds_left is not None:
            yield phrase("This ends in a moment. Press a button to stay.")


def _buttons(face: Any) -> Iterator[str]:
    """Which button takes what, where the buttons have a meaning of their own here."""
    called = {"circle": phrase("circle"), "square": phrase("square"), "triangle": phrase("triangle")}
    for choice in getattr(face, "choices", ()):
        if choice.icon in called:
            yield phrase("{button}: {words}", button=called[choice.icon], words=choice.words)


def _marked(marked: Marked | None) -> Iterator[str]:
    if marked is None:
        return
    yield marked.words if marked.touch is not None else phrase("{words}: not now", words=marked.words)


# --- kind by kind -----------------------------------------------------------------------------------------


def _wall(face: WallFace) -> Parts:
    alarms = [part for each in face.alarms[:MOST_ALARMS] for part in (each.words, each.since, each.mend)]
    jar = (face.jar.glass.sum, face.jar.what) if face.jar is not None else ()
    what = phrase("In the jar: {sum}", sum=jar[0]) if jar else ""
    return (face.shop, f"{face.day}, {face.time}", *alarms, what, *jar[1:], face.tap)


def _dial(face: DialFace) -> Parts:
    taken = [f"{who}: {part}" for who, part in face.taken]
    return (face.amount, face.bar.words, face.warning, *taken, face.prompt)


def _tap(face: TapFace) -> Parts:
    waited = (_of(face.dots_filled, face.dots),) if face.dots > 1 else ()
    return (face.words, names(face.names), *waited, face.prompt)


def _booked(face: BookedFace) -> Parts:
    return (face.words, *(f"{who}: {bar.words}" for who, bar in face.bars))


def _board(face: BoardFace) -> Parts:
    return (face.empty,) if not face.needs and not face.offers else ()


def _notice(face: NoticeFace) -> Parts:
    hung = face.notice
    return (hung.words, hung.work, hung.who, hung.until, hung.match)


def _typed(face: TypeFace) -> Parts:
    return (face.label, phrase("So far: {words}", words=face.text) if face.text else "")


def _jar(face: JarFace) -> Parts:
    return (face.glass.sum, face.what, face.foot, face.kept, "" if face.lines else face.empty)


def _money(face: MoneyFace) -> Parts:
    return (face.amount, face.words, face.warning, names(face.names), face.prompt)


def _proposal(face: ProposalFace) -> Parts:
    facts = (f"{what}: {who}" for what, who in face.facts)
    return (face.title, face.price, face.sort, face.told, face.words, *facts, face.downside)


def _frozen(face: FrozenFace) -> Parts:
    projects = (f"{each.title}: {each.price}" for each in face.projects)
    return (face.glass.sum, face.expected, face.difference, *projects, face.rest, names(face.roll), face.empty)


def _counting(face: CountingFace) -> Parts:
    now = [each for each in face.projects if each.standing == "buying"]
    told = (part for each in now for part in (f"{each.title}: {each.price}", each.told, each.verdict))
    return (face.head, *told, face.foot)


def _emptied(face: EmptiedFace) -> Parts:
    gone = (f"{each.words}: {each.amount}" for each in face.gone)
    return (face.collected, *gone, *(f"{how}: {sum_}" for how, sum_ in face.sums))


def _speak(face: SpeakFace) -> Parts:
    """Not the seconds: they would be all that is heard."""
    return (face.speaker, face.prompt, face.about, face.under if not face.left else "")


def _rows(face: RowsFace) -> Parts:
    """The marked row alone; the next one comes with the next press."""
    rows = [row for row in face.rows if row.tone == "strong"]
    routines = [part for row in face.routines if row.marked for part in (row.words, row.told)]
    return (face.words, *(each.words for each in rows), *routines, face.empty)


def _routine(face: RoutineFace) -> Parts:
    people = (f"{name}: {count}" for name, _, count in face.bars)
    return (face.words, face.told, *people, face.asked if face.answers else "", *face.answers)


def _ask(face: AskFace) -> Parts:
    return (face.question, face.about)


def _vote(face: VoteFace) -> Parts:
    return (face.question, f"{face.pressed} {face.words}")


def _ballot(face: BallotFace) -> Parts:
    at = _of(*face.at) if face.at[1] else ""
    voted = phrase("{count} of {of_all} have voted", count=face.voted[0], of_all=face.voted[1])
    return (face.title, at, face.words, face.hint, voted if face.waiting else "")


def _outcome(face: OutcomeFace) -> Parts:
    counts = (f"{each.words}: {each.count}" for each in face.counts)
    return (face.words, face.question, *counts, face.meaning, face.again)


def _closing(face: ClosingFace) -> Parts:
    decided = (part for each in face.decided for part in (each.words, each.more))
    doing = (f"{each.who}: {each.words}, {each.by}" for each in face.doing)
    return (face.facts, *decided, *doing, face.empty)


def _of(this: int, of_all: int) -> str:
    return phrase("{this} of {of_all}", this=this, of_all=of_all)


def _potluck(face: PotluckFace) -> Parts:
    number = f"{face.words}: {face.value}" if face.value else ""
    nothing = face.empty if not face.sayings and not face.value else ""
    return (face.head, *face.sayings, number, face.more, nothing)


def _report(face: ReportFace) -> Parts:
    rows = (phrase("{words}: {value}", words=row.words, value=row.value) for row in face.told.rows)
    return (face.told.title, face.told.none, *rows)


READ: Mapping[type, Callable[[Any], Parts]] = {
    WallFace: _wall,
    WelcomeFace: lambda face: (face.words, names(face.names)),
    HomeFace: lambda face: (face.bar.words, face.footer),
    TilesFace: lambda face: (face.words,),
    DialFace: _dial,
    TapFace: _tap,
    BookedFace: _booked,
    ListFace: lambda face: (face.words, "" if face.lines else face.empty),
    EntryFace: lambda face: (face.words, face.line.mark),
    BoardFace: _board,
    NoticeFace: _notice,
    DutiesFace: lambda face: ("" if face.rows else face.empty,),
    TypeFace: _typed,
    TroubleFace: lambda face: (face.words, face.mend),
    PlainFace: lambda face: (face.words, *face.sentences),
    JarFace: _jar,
    MoneyFace: _money,
    ProposalFace: _proposal,
    FrozenFace: _frozen,
    CountingFace: _counting,
    EmptiedFace: _emptied,
    ShelfFace: lambda face: (face.words, "" if face.lines else face.empty),
    SealFace: lambda face: (face.entries, face.when, face.words, face.how),
    ReportFace: _report,
    GatherFace: lambda face: (face.words, names(face.here), face.prompt),
    SpeakFace: _speak,
    RowsFace: _rows,
    RoutineFace: _routine,
    PotluckFace: _potluck,
    AskFace: _ask,
    VoteFace: _vote,
    OutcomeFace: _outcome,
    ClosingFace: _closing,
    BallotFace: _ballot,
    TryoutFace: lambda face: (face.words,),
}
"""What is read of each kind of face, besides its title and what comes next."""


class Reader:
    """Says what is new on a screen; and is silent, once, when nothing is to be read any more."""

    def __init__(self, say: Callable[[str, str], None]) -> None:
        self._say = say
        self._shown: tuple[object, ...] | None = None
        self._heard: tuple[str, ...] = ()

    def read(self, what: tuple[object, ...], now: tuple[str, ...], language: str) -> None:
        """Read it. what: what makes it another screen; where it is of the same kind with the same title, what is
        said again is left out.
        """
        told = news(self._heard, now, another=what[:2] != self._shown)
        self._shown, self._heard = what[:2], now
        if told:
            self._say(" ".join(told), language)

    def hush(self) -> None:
        """Nothing is to be read: if anything was, be silent at once."""
        if self._shown is not None:
            self._shown, self._heard = None, ()
            self._say("", "")


# --- for the ear ------------------------------------------------------------------------------------------

_SIGNED = re.compile(r"([+−])(?=\w)")
_ARROW, _DOT = re.compile(r"\s*[→←]\s*"), re.compile(r"\s*[·⋅]\s*")
_ENDS = (".", "?", "!", ":", "؟")


def heard(text: str) -> str:
    """A text without what only the eye needs: marks and signs become words or pauses, nothing is a command.

    In "[[ ]]" the program that speaks would hear its own names of sounds, so brackets go too.
    """
    plain = " ".join(as_heard(text.translate(tongue.DIRECTING)).replace("\u00a0", " ").split())
    plain = _SIGNED.sub(lambda sign: f"{_sign(sign[1])} ", plain)
    to = sense("aloud", "to")
    plain = _DOT.sub(", ", _ARROW.sub(f" {to} ", plain))
    plain = "".join(char if _spoken(char) else " " for char in plain)
    plain = " ".join(plain.split()).strip(" ,;")
    return plain if not plain or plain.endswith(_ENDS) else f"{plain}."


def _sign(mark: str) -> str:
    return sense("aloud", "plus") if mark == "+" else sense("aloud", "minus")


def _spoken(char: str) -> bool:
    """Letters, figures and the marks one pauses at; a euro or a percent sign are read by their names."""
    kind = unicodedata.category(char)
    return kind[0] in "LNMZ" or kind in ("Sc", "Pd") or char in ".,;:?!’'%°&/؟،؛"
