"""What can be touched on a face, as a list that the three buttons walk through, in the order in which one reads.

In the circle the buttons have meanings of their own (`kiosk.visit.circle_keys`); everywhere else the circle takes
what is marked, the square goes to the next, the triangle goes back. So whatever a finger can do goes with the
buttons too.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from kiosk import tongue
from kiosk.faces import (
    Choice,
    DialFace,
    DutyRow,
    Face,
    Frame,
    Hanging,
    Line,
    Marked,
    MoneyFace,
    Proposal,
    Reckoned,
    ToolLine,
    Touch,
    TypeFace,
    WallFace,
)
from kiosk.tongue import phrase, sense
from kiosk.visit.walking import LETTERS
from kiosk.words import duration, money

GROUP = 5
"""Letters that are offered together: so every letter is at most a dozen presses away."""

ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "es": "abcdefghijklmnñopqrstuvwxyzáéíóúü",
    "fr": "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûœ",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźżqvx",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئةى",
}
FIGURES, POINTS = "0123456789", ".,-’"


def ways(face: Face, letters: str = "") -> tuple[Marked, ...]:
    """All that can be touched, and what each is called. letters: those that are open, while somebody writes."""
    if isinstance(face, TypeFace):
        return _writing(face, letters)
    if isinstance(face, WallFace):
        around = _beside_the_language(face)
        return (*_choices((*face.work, *face.choices)), *_on_the_wall(face), *around)
    found = (*_middle(face), *_pages(face), *_beside_the_language(face.frame))
    return (*found, *_leaving(face.frame)) if found else tuple(_leaving(face.frame))


def marked_on(face: Face) -> Marked | None:
    """What the circle takes on it."""
    return face.marked if isinstance(face, WallFace) else face.frame.marked


def _middle(face: Any) -> Iterator[Marked]:
    """What is on the face itself: what finishes it, its list, the ways on, the ways aside."""
    yield from _choices(each for each in (getattr(face, "book", None), getattr(face, "undo", None)) if each)
    if isinstance(face, DialFace):
        yield from _dial(face)
    if isinstance(face, MoneyFace):
        yield from _money(face)
    for name in ("tiles", "lines", "rows", "needs", "offers"):
        yield from (_row(each) for each in getattr(face, name, ()))
    yield from _choices((*getattr(face, "choices", ()), *getattr(face, "extra", ())))


def _choices(choices: Iterable[Choice]) -> Iterator[Marked]:
    for each in choices:
        words = ". ".join(part for part in (each.words, each.hint) if part)
        yield Marked(_chosen(each.key) if each.able else None, words)


def _chosen(key: str) -> Touch:
    return Touch("choose", key)


def _row(row: Choice | Line | Proposal | ToolLine | Hanging | DutyRow | Reckoned) -> Marked:
    match row:
        case Choice():
            return next(_choices((row,)))
        case Line():
            parts = [row.who, f"{row.sign}{row.amount}", row.work, row.when, row.mark]
        case Proposal():
            parts = [row.title, row.price, row.told, row.who, row.note]
        case ToolLine():
            parts = [row.name, row.told]
        case Hanging():
            parts = [row.words, row.work, row.who, row.until, row.match]
        case Reckoned():
            parts = [row.words, row.value, row.more]
        case DutyRow():
            parts = [row.duty, row.holder or phrase("nobody"), row.until, row.note]
            parts += [phrase("then {name}", name=row.next)] if row.next else []
    return Marked(_chosen(row.key), ". ".join(part for part in parts if part))


def _dial(face: DialFace) -> Iterator[Marked]:
    """A step and an hour either way; one that is not possible says so and does nothing."""
    steps = tuple(dict.fromkeys((face.step, 60)))
    for minutes in (*steps, *(-each for each in steps)):
        able = face.more if minutes > 0 else face.less
        words = phrase("{time} more", time=duration(minutes))
        if minutes < 0:
            words = phrase("{time} less", time=duration(minutes))
        yield Marked(Touch("turn", str(minutes)) if able else None, words)


def _money(face: MoneyFace) -> Iterator[Marked]:
    for cents in (*face.steps[::-1], *(-each for each in face.steps[::-1])):
        able = face.more if cents > 0 else face.less
        called = dict(zip(face.steps, face.step_words, strict=False)).get(abs(cents)) or money(abs(cents))
        words = phrase("{money} more", money=called)
        if cents < 0:
            words = phrase("{money} less", money=called)
        yield Marked(Touch("turn", str(cents)) if able else None, words)
    for digit in FIGURES if len(face.digits) < face.longest else "":
        yield Marked(Touch("type", face.digits + digit), phrase("the digit {digit}", digit=digit))
    if face.digits:
        yield Marked(Touch("type", face.digits[:-1]), phrase("rub out the last one"))


def _pages(face: Any) -> Iterator[Marked]:
    this, of_all = getattr(face, "page", (1, 1))
    turned = any(each.key == "page:1" for each in getattr(face, "choices", ()))
    if of_all > 1 and not turned:
        if this < of_all:
            more = phrase("more: page {this} of {of_all}", this=this + 1, of_all=of_all)
            yield Marked(_chosen("page:1"), more)
        if this > 1:
            before = phrase("before: page {this} of {of_all}", this=this - 1, of_all=of_all)
            yield Marked(_chosen("page:-1"), before)


def _on_the_wall(face: WallFace) -> Iterator[Marked]:
    if face.jar is not None and face.jar.key:
        yield Marked(_chosen(face.jar.key), phrase("the jar"))
    yield from (_row(each) for each in face.notices)
    yield from (_row(each) for each in face.duties)
    if face.seal is not None and face.seal.key:
        yield Marked(_chosen(face.seal.key), face.seal.words)


def _beside_the_language(around: Frame | WallFace) -> Iterator[Marked]:
    if around.tongue:
        yield Marked(_chosen("language"), phrase("another language"))
        yield Marked(_chosen("size"), phrase("another size of letters"))
    if around.voice:
        yield Marked(
            _chosen("voice"), phrase("read aloud") if around.voice == "off" else phrase("don’t read aloud")
        )


def _leaving(around: Frame) -> Iterator[Marked]:
    if around.leave:
        yield Marked(Touch("home"), phrase("leave"))


# --- writing ----------------------------------------------------------------------------------------------


def _writing(face: TypeFace, letters: str) -> tuple[Marked, ...]:
    if letters:
        return tuple(Marked(_typed(face, each), _called(each)) for each in letters)
    return (*_done(face), *_groups(face), *_corrections(face), *_leaving(face.frame))


def _done(face: TypeFace) -> Iterator[Marked]:
    if face.ready:
        yield Marked(_chosen("typed"), phrase(face.done))


def _groups(face: TypeFace) -> Iterator[Marked]:
    if len(face.text) >= face.longest:
        return
    alphabet = ALPHABETS.get(tongue.language(), ALPHABETS["en"])
    for row in (alphabet, FIGURES, POINTS):
        for first in range(0, len(row), GROUP):
            group = row[first : first + GROUP]
            words = phrase("{first} to {last}", first=_called(group[0]), last=_called(group[-1]))
            yield Marked(_chosen(LETTERS + group), words)


def _corrections(face: TypeFace) -> Iterator[Marked]:
    if face.text and len(face.text) < face.longest:
        yield Marked(_typed(face, " "), sense("a key", "space"))
    if face.text:
        yield Marked(Touch("type", face.text[:-1]), phrase("rub out the last one"))


def _typed(face: TypeFace, letter: str) -> Touch:
    """A name or a sentence begins with a capital."""
    return Touch("type", face.text + (letter.upper() if not face.text and letter != "ß" else letter))


def _called(letter: str) -> str:
    points = {
        ".": sense("a key", "full stop"),
        ",": sense("a key", "comma"),
        "-": sense("a key", "dash"),
        "’": sense("a key", "apostrophe"),
    }
    return points.get(letter, letter)
