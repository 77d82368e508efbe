import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.commands import Refusal
from kiosk.rules.writing import NAME_SIGNS, UNREAD, WORK_SIGNS, plain_name, plain_words, same

any_text = st.text(st.characters(exclude_categories=()), max_size=60)


def name(text: str) -> str | Refusal:
    return plain_name(text, least=1, most=24, signs=NAME_SIGNS)


def words(text: str, least: int = 0) -> str | Refusal:
    return plain_words(text, least=least, most=120)


@pytest.mark.parametrize(
    "text",
    [
        "Ada",
        "Jean-Luc",
        "O’Neil",
        "Zoë",
        "Łukasz 2",
        "Νίκος",
        "Анна",
        "علي",
        "अनीता",
        "สมชาย",
        "美咲",
        "J. Q.",
        "ʻOlina",
    ],
)
def test_people_keep_their_own_names_in_whatever_script(text: str) -> None:
    assert name(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Ada  ", "Ada"), ("Ada   Lo", "Ada Lo"), ("Ada\u00a0\u2003Lo", "Ada Lo"), ("Zoe\u0308", "Zoë")],
)
def test_a_slip_of_the_thumb_makes_no_other_name(typed: str, kept: str) -> None:
    assert name(typed) == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "name too short"),
        ("   ", "name too short"),
        ("7-7", "name too short"),
        ("-.", "name too short"),
        ("x" * 25, "name too long"),
        ("x" * (UNREAD + 1), "name too long"),
        ("[b]Ada[/b]", "name signs"),
        ("<i>Ada", "name signs"),
        ("Ada&amp;", "name signs"),
        ("{handle}", "name signs"),
        ("Ada\n", "name signs"),
        ("A\tda", "name signs"),
        ("A\x00da", "name signs"),
        ("\u202eadA", "name signs"),
        ("Ada\u200b", "name signs"),
        ("Ada\u2028", "name signs"),
        ("Ada\ufe0f", "name signs"),
        ("Ada\u3164", "name signs"),
        ("Ada\u034f", "name signs"),
        ("\u0301Ada", "name signs"),
        ("Ada \u0301", "name signs"),
        ("A" + "\u0323" * 5 + "da", "name signs"),
        ("Ada \ud800", "name signs"),
        ("Ada \U0001f41d", "name signs"),
        ("../Ada", "name signs"),
    ],
)
def test_nobody_gets_a_name_that_cannot_be_read_or_that_plays_tricks(text: str, code: str) -> None:
    refusal = name(text)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert refusal.words.format(**refusal.facts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "ADA"),
        ("Straße", "STRASSE"),
        ("O’Neil", "O'neil"),
        ("Ａｄａ", "ada"),
        ("Zoë", "ZOE\u0308"),
        ("ſam", "Sam"),
    ],
)
def test_nobody_can_pass_for_another_by_a_name_that_sounds_the_same(one: str, other: str) -> None:
    assert same(one) == same(other)


def test_different_people_are_not_taken_for_one() -> None:
    assert len({same(text) for text in ("Ada", "Adá", "Ida", "A da")}) == 4


@given(any_text)
def test_a_name_once_kept_stays_as_it_is(text: str) -> None:
    kept = name(text)
    if isinstance(kept, str):
        assert name(kept) == kept
        assert kept.isprintable()
        assert 1 <= len(kept) <= 24


def test_a_kind_of_work_may_be_called_as_people_call_it() -> None:
    assert plain_name("bikes & e-bikes (1/2)", least=2, most=24, signs=WORK_SIGNS) == "bikes & e-bikes (1/2)"
    assert isinstance(plain_name("[bikes]", least=2, most=24, signs=WORK_SIGNS), Refusal)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two\n\nlines\t here ", "two lines here"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\u200bb\ufeffc\x07", "abc"),
        ("half \ud800 a sign", "half a sign"),
        ("[b]50% & <more>[/b] {x}", "[b]50% & <more>[/b] {x}"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔧 ❤️", "👩\u200d🔧 ❤️"),
        ("e" + "\u0323" * 40 + "!", "ẹ" + "\u0323" * 4 + "!"),
        ("\u200d \u3164", ""),
        ("\u0301", ""),
    ],
)
def test_a_note_stays_readable_on_one_line(typed: str, kept: str) -> None:
    assert words(typed) == kept


def test_a_note_that_is_too_long_is_sent_back_and_not_cut_in_the_middle() -> None:
    assert words("x" * 120) == "x" * 120
    for text in ("x" * 121, "\u0301" * 2_000_000):
        refusal = words(text)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "words too long"


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\u200d", "\ufe0f", "\n"])
def test_a_reason_that_shows_nothing_is_no_reason(text: str) -> None:
    refusal = words(text, least=1)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "no words"


@given(any_text)
def test_a_note_once_kept_stays_as_it_is_and_can_be_written_down(text: str) -> None:
    kept = words(text)
    if isinstance(kept, str):
        assert words(kept) == kept
        assert len(kept.splitlines()) <= 1
        kept.encode()
