"""The few words that the screens say of themselves; all others come with the face.

`wording.BACK` is said in the language spoken just now, each time it is asked for.
"""

from collections.abc import Mapping

from kiosk.tongue import later, phrase, plural

WORDS: Mapping[str, str] = {
    "BACK": later("back"),
    "STOP": later("stop"),
    "LEAVE": later("leave"),
    "EARLIER": later("before"),
    "LATER": later("more"),
    "WHAT_DID_YOU_DO": later("What did you do?"),
    "LAST_SWAPS": later("Just swapped"),
    "NEEDS_AND_OFFERS": later("Needs and offers"),
    "RUNNING": later("Clocks that run"),
    "WHAT_IS_OUT": later("What is out"),
    "COLLECTED": later("collected"),
    "HEARD": later("heard so far"),
    "DECIDED": later("Decided"),
    "DUTIES": later("duties"),
    "WHO_DOES_WHAT": later("Who does what"),
    "NEIGHBOURS": later("Neighbours"),
    "NEXT_BADGE": later("Next badge"),
    "NOBODY": later("nobody yet"),
    "NO_HOLDER": later("nobody"),
    "PHOTOGRAPH": later("Take a photo of our seal"),
    "NOTHING_BOUGHT": later("Nothing this time"),
    "DONE": later("done"),
    "TAKEN_BACK": later("taken back"),
}


def __getattr__(name: str) -> str:
    if name not in WORDS:
        raise AttributeError(f"the screens have no word {name}")
    return phrase(WORDS[name])


def page(this: int, of_all: int) -> str:
    """Which page one sees."""
    return phrase("{this} of {of_all}", this=this, of_all=of_all)


def more(count: int) -> str:
    """How many are not shown."""
    return plural("and {n} more", "and {n} more", count)


def voted(count: int, of_all: int) -> str:
    """How many have taken part in an approval round."""
    return phrase("{count} of {of_all} have voted", count=count, of_all=of_all)


def here(count: int) -> str:
    """How many have tapped in."""
    return plural("{n} is here", "{n} are here", count)


def turn(this: int, of_all: int) -> str:
    """Whose turn it is, by number."""
    return phrase("{this} of {of_all}", this=this, of_all=of_all)


def left(count: int) -> str:
    """How many letters may still be typed."""
    return plural("{n} left", "{n} left", count)
