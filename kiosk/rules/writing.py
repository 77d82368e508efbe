"""What people may write: names that cannot be mistaken for another's, and notes that stay on one line."""

import re
from unicodedata import category, normalize
from unicodedata import name as unicode_name

from kiosk.commands import Refusal

UNREAD = 1000
"""Characters; longer text is not even looked at, as sorting endless accents would hold up the next person."""

NAME_SIGNS = "-'’."
"""The signs a name may have beside letters, digits and spaces; none of them is markup anywhere."""

WORK_SIGNS = NAME_SIGNS + "&/+,()"
"""The signs a kind of work may have, as in "bikes & e-bikes (repair)"."""

_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Letters and accents that show nothing (Unicode's Default_Ignorable_Code_Point): two names could look the same."""

_JOINERS = "\u200c\u200d"
"""Persian words and many emoji need them; in a note they can mislead nobody."""

_STACKED = re.compile("(^|[^LM])M|M{4}")
"""Accents that sit on no letter, or so many that they would cover the neighbours; read on category letters."""

_MOST_ACCENTS = 4
"""Per sign in a note."""


_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕԁһАВЕКМНОРСТХУІЈЅ" + "ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ı",
    "aeopcyxijsdhABEKMHOPCTXYIJS" + "ovABEZHIKMNOPTYX" + "i",
)
"""Cyrillic and Greek letters that are drawn like Latin ones, and the Turkish i without its dot: those in daily use
of Unicode's confusables (UTS 39)."""

_SIGNS = re.compile("[-'’.]")


def same(name: str) -> str:
    """What two names share that people would take for one: "ADA" and "Ada", "O’Neil" and "ONeil", "Аda" with a
    Cyrillic А."""
    return _SIGNS.sub("", normalize("NFKC", normalize("NFKC", name.translate(_LOOK_ALIKE)).casefold()))


def one_script(name: str) -> bool:
    """Whether all letters are of one alphabet: a name that mixes them is mistaken for another (UTS 39)."""
    scripts = {unicode_name(sign, "").split(" ")[0] for sign in name if category(sign)[0] == "L"}
    return len(scripts - _TOGETHER) <= 1


_TOGETHER = frozenset(("HIRAGANA", "KATAKANA", "CJK", "HANGUL", "MODIFIER"))
"""Scripts that are written together."""


def plain_name(text: str, least: int, most: int, signs: str) -> str | Refusal:
    """A name as it is kept: NFC, trimmed, single spaces, letters of any script, digits and these signs.

    Nothing is silently taken out: a name with a sign that cannot be seen is refused, not mended.
    """
    name = _one_spaced(normalize("NFC", text)) if len(text) <= UNREAD else text
    if len(name) > most:
        return Refusal("name too long", "That is too long. Please choose at most {most} letters.", {"most": most})
    if not all(_may_stand(sign, signs) for sign in name) or _STACKED.search(_kinds(name)):
        return Refusal(
            "name signs",
            "Please use letters, digits and spaces only, and of other signs just these: {signs}",
            {"signs": " ".join(signs)},
        )
    if len(name) < least or "L" not in _kinds(name):
        return Refusal(
            "name too short",
            "Please type a name with at least one letter, {least} signs or more.",
            {"least": least},
        )
    return name


def plain_words(text: str, least: int, most: int) -> str | Refusal:
    """Words as they are kept: NFC, one line, single spaces, nothing that is unseen or turns the direction of text.

    They may hold any sign that can be seen, so a face must show them as text, never as markup.
    """
    words = _one_lined(text) if len(text) <= UNREAD else text
    if len(words) > most:
        return Refusal(
            "words too long",
            "That is too long. Please say it in at most {most} letters.",
            {"most": most},
        )
    if len(words) < least:
        return Refusal("no words", "Please say it in a few words first.")
    return words


def _kinds(text: str) -> str:
    return "".join(category(sign)[0] for sign in text)


def _may_stand(sign: str, signs: str) -> bool:
    if _UNSEEN.match(sign):
        return False
    return sign == " " or sign in signs or category(sign)[0] in "LM" or category(sign) == "Nd"


def _one_spaced(text: str) -> str:
    spaced = "".join(" " if category(sign) == "Zs" else sign for sign in text)
    return " ".join(part for part in spaced.split(" ") if part)


def _one_lined(text: str) -> str:
    seen = "".join(_seen(sign) for sign in normalize("NFC", text))
    words = " ".join(_unstacked(normalize("NFC", seen)).split())
    return words if any(kind in "LNPS" for kind in _kinds(words)) else ""


def _seen(sign: str) -> str:
    kind = category(sign)
    if kind in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    unseen = kind[0] == "C" and sign not in _JOINERS
    return "" if unseen or (kind == "Lo" and _UNSEEN.match(sign)) else sign


def _unstacked(text: str) -> str:
    kept: list[str] = []
    accents = 0
    for sign in text:
        accents = accents + 1 if category(sign)[0] == "M" else 0
        if accents <= _MOST_ACCENTS:
            kept.append(sign)
    return "".join(kept)
