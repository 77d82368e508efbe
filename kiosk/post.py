"""What goes out to neighbours: segments made again from the record, to the byte, whenever somebody carries them.

Nothing is kept beside the record; a carrier that lost everything is simply given it once more.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kiosk.amounts import EntryId
from kiosk.events import LetterWritten, SegmentClosed
from kiosk.letters import Posted, write_segment
from kiosk.rules.case import Find
from kiosk.sealing.note import Signer
from kiosk.state import Neighbour


def segments(neighbour: Neighbour, after: int, find: Find, signer: Signer) -> Iterator[tuple[int, str]]:
    """Our segments to a neighbour with a higher number than this, oldest first, each with its number.

    Those of very long ago that it has told us it has are not at hand any more (`kiosk.state.neighbour.CHAIN`); they
    are left out.
    """
    for number in range(after + 1, neighbour.sent + 1):
        name = neighbour.out.get(str(number))
        found = find(name) if name else None
        if found is not None and isinstance(found.entry.event, SegmentClosed):
            yield number, segment_again(found.entry.event, neighbour, find, signer)


def segment_again(closed: SegmentClosed, neighbour: Neighbour, find: Find, signer: Signer) -> str:
    """A segment as it was signed. Raises ValueError where the record no longer says what it did."""
    to, _, _ = neighbour.key.partition("+")
    letters = [_posted(name, find) for name in closed.letters]
    return write_segment(signer, to, closed.number, closed.previous, letters)


def _posted(letter: EntryId, find: Find) -> Posted:
    found = find(letter)
    if found is None or not isinstance(found.entry.event, LetterWritten):
        raise ValueError(f"{letter} is no letter.")
    return Posted(letter, found.entry.moment.wall, found.entry.event.letter)


class Street(NamedTuple):
    """What a running kiosk has for its neighbours.

    me: the name of our key; "" where there is none. card: the codes of our card; none where it can't be written.
    letters: the codes of all our letters to a neighbour that it has not told us it has. is_open: whether a line to
    it is open right now.
    """

    me: str = ""
    card: Callable[[], tuple[str, ...]] = tuple
    letters: Callable[[Neighbour], tuple[str, ...]] = lambda _: ()
    is_open: Callable[[str], bool] = lambda _: False


ALONE = Street()
"""That of a kiosk without neighbours, and without a way to get some."""
