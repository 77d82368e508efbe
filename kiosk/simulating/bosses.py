"""Bosses that can be planted in a made-up year, to see whether the kiosk notices them."""

from collections.abc import Iterable

from msgspec import Struct

OPENS, KEEPS, SILENT = "opens-circles", "keeps-jar", "silent-votes"
NEVER = "never-swaps:"

KNOWN = (OPENS, KEEPS, f"{NEVER}WORK", SILENT)
"""What can be planted, as the command line says it."""


class Bosses(Struct, frozen=True):
    """Who has crept into power unseen.

    opens: one person opens nearly every circle. keeps: one person never hands the jar over, and counts it alone but
    for a second badge. silent: for a stretch of the year nobody dares to press no. unswapped: kinds of work that
    nobody swaps.
    """

    opens: bool = False
    keeps: bool = False
    silent: bool = False
    unswapped: frozenset[str] = frozenset()


def bosses_from(said: Iterable[str], work: Iterable[str]) -> Bosses:
    """The bosses that these words plant. work: the kinds of work there are.

    Raises ValueError, naming the word, for one that plants none.
    """
    words = tuple(said)
    kinds = frozenset(each.removeprefix(NEVER) for each in words if each.startswith(NEVER))
    strange = [each for each in words if each not in (OPENS, KEEPS, SILENT) and not each.startswith(NEVER)]
    strange += [f"{NEVER}{kind}" for kind in sorted(kinds - set(work))]
    if strange:
        raise ValueError(f"{strange[0]!r} plants nobody; say one of {', '.join(KNOWN)}, with WORK as on the screen")
    return Bosses(OPENS in words, KEEPS in words, SILENT in words, kinds)
