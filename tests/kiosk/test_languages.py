"""The catalogues are whole, every word is in them, and a visit speaks the language that was chosen for it."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from by_hand import Kiosk
from hypothesis import given
from hypothesis import strategies as some

from kiosk import settings, tongue, words
from kiosk.amounts import Moment
from kiosk.demo import MEMBERS
from kiosk.faces import Face, Frame, HomeFace, TilesFace, Touch, WallFace
from kiosk.tongue import LANGUAGES, fill, isolated, language, phrase, plural, speaking

KIOSK = Path(__file__).parents[2] / "kiosk"
OTHERS = tuple(each for each in LANGUAGES if each != tongue.ENGLISH)


# --- the catalogues ---------------------------------------------------------------------------------------

SAYS: dict[str, Any] = {
    "phrase": None,
    "unfilled": None,
    "later": None,
    "plural": (1, 2),
    "sense": ((1, "c"), 2),
    "Refusal": (2,),
}
"""As in the Makefile's SAYS."""


@pytest.fixture(scope="module")
def said() -> set[tuple[str | None, Any]]:
    """All that the code says: (context, text or texts)."""
    found = extract_from_dir(str(KIOSK), method_map=[("**.py", "python")], keywords=SAYS)
    return {(context, message) for _, _, message, _, context in found}


def catalogue(tongue_: str) -> Catalog:
    with (KIOSK / "locale" / tongue_ / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        return read_po(file, locale=tongue_)


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def calls(path: Path) -> Iterator[str]:
    """The first text of every call that says words, wherever it stands."""
    source = path.read_text()
    spoken = "kiosk.tongue" in source or "Refusal(" in source
    for node in ast.walk(ast.parse(source if spoken else "")):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in SAYS:
            place = SAYS[name][-1] - 1 if name in ("sense", "Refusal") else 0
            text = node.args[place] if len(node.args) > place else None
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def test_every_word_is_collected(said: set[tuple[str | None, Any]]) -> None:
    """Babel does not see a call within another one, nor within an f-string: it needs a line of its own."""
    seen = {text[0] if isinstance(text, tuple) else text for _, text in said}
    assert {text for path in KIOSK.rglob("*.py") for text in calls(path) if text and text not in seen} == set()


def test_the_makefile_collects_the_same_words() -> None:
    """`make words` would leave out what this test asks for."""
    makefile = (KIOSK.parent / "Makefile").read_text()
    assert re.findall(r"-k (\w+)", makefile) == list(SAYS)


def test_all_languages_can_be_set() -> None:
    """A language that the kiosk speaks could not be made the shop's, or one be set that it can't speak."""
    assert get_args(settings.Language) == tuple(LANGUAGES)


@pytest.mark.parametrize("spoken", OTHERS)
def test_nothing_is_untranslated(spoken: str, said: set[tuple[str | None, Any]]) -> None:
    """Somebody would read half a screen in a language they don't speak, or a word for nothing."""
    assert len(said) > 300
    known = {(each.context, each.id): each for each in catalogue(spoken) if each.id}
    assert {key for key in said if key not in known} == set(), "run `make words`, then translate"
    assert {key for key in known if key not in said} == set(), "run `make words`"
    for message in known.values():
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(text.strip() for text in texts), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("spoken", OTHERS)
def test_a_translation_has_the_same_facts(spoken: str) -> None:
    """A name or an amount would be lost, or the screen stumble over a place that nothing fills."""
    for message in catalogue(spoken):
        if isinstance(message.id, str):
            assert places(message.string) == places(message.id), message.id
            continue
        for text in message.string:
            # "one" and "two" may be words instead of a figure
            assert places(message.id[1]) - {"n", "count"} <= places(text) <= places(message.id[1]), message.id


@pytest.mark.parametrize(("spoken", "forms"), [("es", 2), ("fr", 2), ("de", 2), ("pl", 3), ("ar", 6)])
def test_plurals_are_whole(spoken: str, forms: int) -> None:
    """ "2 osób" would be wrong Polish."""
    several = [each for each in catalogue(spoken) if isinstance(each.id, tuple)]
    assert len(several) > 5
    assert {len(each.string) for each in several} == {forms}


def test_polish_and_arabic_numbers() -> None:
    """The forms would be there and the wrong one taken."""
    with speaking("pl"):
        many = [plural("{n} is here", "{n} are here", n) for n in (1, 3, 5, 22, 112)]
    assert many == ["1 osoba tutaj", "3 osoby tutaj", "5 osób tutaj", "22 osoby tutaj", "112 osób tutaj"]
    with speaking("ar"):
        forms = {
            plural("{n} is here", "{n} are here", n).translate(tongue.DIRECTING) for n in (0, 1, 2, 3, 11, 100)
        }
    assert len(forms) == 6


# --- no word outside --------------------------------------------------------------------------------------

ASIDE = ("warning", "error", "exception", "TypeVar", "high", "extent")
"""Calls whose words nobody at the kiosk sees."""

MARKS = ("phrase", "plural", "sense", "later", "unfilled", "Refusal")
SEEN = re.compile(r"[A-Za-z]{2}[a-z’,.:;?!-]* [a-z’]|^[A-Z][a-z’]+[.?!:]?$|[a-z]{2}[.?!:]$")
"""What reads like words to a person: two in a row, or one that begins or ends like a sentence."""
WORDY = ("words", "hint", "prompt", "label", "faint", "mend", "title", "empty", "told", "who", "warning", "next")


def outside(path: Path) -> list[str]:
    """Literals of a module that look like words for people and go through no catalogue."""
    tree = ast.parse(path.read_text())
    inside = set(_left_out(tree))
    return [
        f"{path.name}:{node.lineno}: {node.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside
        if SEEN.search(node.value)
    ] + [
        f"{path.name}:{node.value.lineno}: {node.arg}={node.value.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in WORDY and isinstance(node.value, ast.Constant)
        if isinstance(node.value.value, str) and re.search("[a-z]", node.value.value)
    ]


def _left_out(tree: ast.AST) -> Iterator[int]:
    """Literals that are said by the catalogues, explain the code, or are never seen: keys and what is compared."""
    for node in ast.walk(tree):
        unseen: list[ast.AST] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            unseen = [node] if name in (*MARKS, *ASIDE) or name.endswith("Error") else []
            unseen += [each.value for each in node.keywords if each.arg in ("key", "icon", "what")]
        elif isinstance(node, ast.Expr):
            unseen = [node.value] if isinstance(node.value, ast.Constant) else []
        elif isinstance(node, ast.Compare | ast.MatchValue | ast.Subscript | ast.AnnAssign):
            unseen = [node.annotation if isinstance(node, ast.AnnAssign) else node]
        elif isinstance(node, ast.FunctionDef):
            unseen = [each.annotation for each in node.args.args if each.annotation]
            unseen += [node.returns] if node.returns else []
        elif isinstance(node, ast.Assign):
            unseen = [node] if isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__" else []
        elif isinstance(node, ast.Dict):
            unseen = [key for key in node.keys if key is not None]
        yield from (id(each) for part in unseen for each in ast.walk(part))


OWN = {
    "screens/dock.py",  # whoever tries the kiosk out
    "screens/side_by_side.py",
    "screens/pictures.py",
    "screens/odd.py",
    "screens/window.py",
    "screens/keys.py",  # from here on words that are keys
    "screens/speak.py",
    "visit/circle_keys.py",
    "visit/turning.py",
    "visit/friday_places.py",
    "visit/hearing.py",
}
"""Modules whose words are not for people at the kiosk."""


def spoken() -> list[str]:
    folders = ("views", "visit", "screens")
    found = {f"{folder}/{path.name}" for folder in folders for path in (KIOSK / folder).glob("*.py")}
    samples = {each for each in found if each.endswith("samples.py")}
    return sorted({*found, "words.py"} - OWN - samples)


@pytest.mark.parametrize("module", spoken())
def test_no_word_is_outside_the_catalogues(module: str) -> None:
    """One sentence would stay English in every language."""
    assert outside(KIOSK / module) == []


def test_words_outside_would_be_found(tmp_path: Path) -> None:
    """The test above could find nothing, whatever is written."""
    odd = tmp_path / "odd.py"
    odd.write_text(
        'def f():\n    """Says a word."""\n    return g(words="more", key="name work"), f"{x} is here", "Nobody."\n'
    )
    assert len(outside(odd)) == 3


# --- English marked: what is said while somebody swaps ------------------------------------------------------

UNSEEN = {"key", "icon", "tone", "mark", "side", "language", "entry", "standing", "detail", "type", "who", "names"}


def texts(value: Any, field: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner, field)
    elif isinstance(value, str) and field not in UNSEEN:
        yield value


def unmarked(text: str) -> str:
    """What is left of a text without all that stands between the marks."""
    while "⟦" in text:
        shorter = re.sub("⟦[^⟦⟧]*⟧", "", text)
        assert shorter != text, text
        text = shorter
    return text


def test_every_word_of_a_swap_is_marked(tmp_path: Path) -> None:
    """A word that is put together at run time would slip past the reading of the code."""
    kiosk = Kiosk(tmp_path, language=tongue.MARKED)
    for do in ("tap Jo", "swap", "work:childcare", "tap Amina", "done", "tap Amina", "entries", "tap Jo", "people"):
        kiosk.tap(do[4:]) if do.startswith("tap ") else kiosk.touch(do)
    for do in ("revoke", "tap Jo", "people", "leave for good", "tap Jo", "swap", "work:repair", "note"):
        kiosk.tap(do[4:]) if do.startswith("tap ") else kiosk.touch(do)
    kiosk.house.live_once(Touch("home"))
    kiosk.touch("tools")
    shown = [face for face in kiosk.faces if not isinstance(face, WallFace)]
    assert len({type(face) for face in shown}) >= 6
    of_people = {*MEMBERS, "English", *LANGUAGES.values()}
    not_yet = {"the circle", "done"}
    for text in (text for face in shown for text in texts(msgspec.to_builtins(face))):
        rest = unmarked(text)
        if rest.strip() not in of_people | not_yet:
            assert not re.search(r"[A-Za-z]{3}", re.sub("|".join(MEMBERS), "", rest)), (text, rest)


# --- figures, days, names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoken", "money", "day", "names", "time"),
    [
        ("en", "−€ 98,765.43", "on Friday 27 November", "Ada, Jo and Wen", "1 h 30"),
        ("es", "−98.765,43 €", "el viernes 27 de noviembre", "Ada, Jo y Wen", "1 h 30"),
        ("fr", "−98 765,43 €", "le vendredi 27 novembre", "Ada, Jo et Wen", "1 h 30"),
        ("de", "−98.765,43 €", "am Freitag, 27. November", "Ada, Jo und Wen", "1 h 30"),
        ("pl", "−98 765,43 €", "piątek, 27 listopada", "Ada, Jo i Wen", "1 godz. 30"),
        ("ar", "−98,765.43 €", "يوم الجمعة 27 نوفمبر", "Ada وJo وWen", "1 س 30 د"),
    ],
)
def test_each_language_says_amounts_its_own_way(spoken: str, money: str, day: str, names: str, time: str) -> None:
    """A sum would be read a thousand times too large, or a day as another."""
    with speaking(spoken):
        told = (
            words.money(-98_765_43),
            words.by_day("2026-11-27"),
            words.names(["Ada", "Jo", "Wen"]),
            words.duration(90),
        )
    plain = tuple(re.sub("[\u00a0\u202f]", " ", text.translate(tongue.DIRECTING)) for text in told)
    assert plain == (money, day, names, time)


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_day_has_24_hours_and_european_figures(spoken: str) -> None:
    """The screen would not agree with the clock on the wall."""
    then = Moment(wall=1_790_000_000_000, mono=0, boot="a")
    with speaking(spoken):
        said_time = words.clock(words.local(then))
        assert re.fullmatch(r"\d{1,2}:\d\d", said_time)
        assert said_time.isascii()
        assert words.short_day(date(2026, 9, 5))


@given(some.text(max_size=20), some.sampled_from(tuple(LANGUAGES)))
def test_a_fact_is_kept_whatever_it_holds(fact: str, spoken: str) -> None:
    """Somebody named {x}, or in another alphabet, would lose their name or break the sentence."""
    with speaking(spoken):
        whole = fill("a {name} b", {"name": fact})
    assert whole.translate(tongue.DIRECTING) == f"a {fact.translate(tongue.DIRECTING)} b"
    assert (
        whole.count("\u2066") + whole.count("\u2067") + whole.count("\u2068") >= whole.count("\u2069")
        or fact in whole
    )


def test_a_fact_of_the_other_direction_is_kept_apart() -> None:
    """A number after an Arabic name would be drawn before it."""
    assert isolated("Jo") == "Jo"
    assert isolated("أمينة") == "\u2067أمينة\u2069"
    with speaking("ar"):
        assert isolated("Jo") == "\u2066Jo\u2069"
        assert isolated("أمينة") == "أمينة"


def test_each_thread_of_words_ends_where_it_began() -> None:
    """Everybody after an Arabic visit would be spoken to in Arabic."""
    with speaking("de"):
        assert phrase("undo") == "rückgängig"
    assert (language(), phrase("undo")) == ("en", "undo")


# --- a visit ------------------------------------------------------------------------------------------------


def frame_of(face: Face) -> Frame | WallFace:
    return face if isinstance(face, WallFace) else face.frame


def test_one_touch_shows_the_languages_and_the_next_speaks_one(tmp_path: Path) -> None:
    """Somebody who does not read English could not use the kiosk."""
    kiosk = Kiosk(tmp_path)
    kiosk.tap("Jo")
    assert frame_of(kiosk.faces[-1]).tongue == "English"
    kiosk.touch("language")
    shown = kiosk.faces[-1]
    assert isinstance(shown, TilesFace)
    assert [choice.words for choice in shown.choices] == list(LANGUAGES.values())
    kiosk.touch("language:es")
    home = kiosk.faces[-1]
    assert isinstance(home, HomeFace)
    assert (home.frame.language, home.tiles[0].words) == ("es", "intercambiar horas")


def test_a_language_is_forgotten_with_the_visit(tmp_path: Path) -> None:
    """The next one would be spoken to in a language they don't understand."""
    kiosk = Kiosk(tmp_path)
    kiosk.tap("Jo")
    kiosk.touch("language")
    kiosk.touch("language:pl")
    kiosk.tap("Amina")
    assert frame_of(kiosk.faces[-1]).language == "en"
    kiosk.touch("language")
    kiosk.touch("language:pl")
    kiosk.wait(21)
    assert frame_of(kiosk.faces[-1]).language == "en"


def test_chosen_at_the_wall_it_waits_for_a_badge_and_no_longer(tmp_path: Path) -> None:
    """Choosing would need a badge first, or the wall stay in it for all."""
    kiosk = Kiosk(tmp_path, language="de")
    kiosk.wait(1)
    assert frame_of(kiosk.faces[-1]).tongue == "Deutsch"
    for then in ("tap", "wait"):
        kiosk.touch("language")
        kiosk.touch("language:ar")
        assert isinstance(kiosk.faces[-1], WallFace)
        assert frame_of(kiosk.faces[-1]).language == "ar"
        kiosk.tap("Jo") if then == "tap" else kiosk.wait(21)
        assert frame_of(kiosk.faces[-1]).language == ("ar" if then == "tap" else "de")
        kiosk.house.live_once(Touch("home"))


def test_a_swap_is_three_touches_in_every_language(tmp_path: Path) -> None:
    """The choice of a language would be in the way."""
    for spoken in LANGUAGES:
        kiosk = Kiosk(tmp_path / spoken, language=spoken)
        kiosk.touch("work:repair")
        kiosk.tap("Jo")
        kiosk.tap("Amina")
        assert type(kiosk.faces[-1]).__name__ == "BookedFace"
