"""One step of the tour."""

from typing import NamedTuple

from kiosk.faces import Face


class Stop(NamedTuple):
    """One step of the tour: what the hands do, the face that follows, and the picture's name ("" for none).

    do: "touch KEY", "type TEXT", "turn MINUTES", "tap NAME", "phone", "stranger", "two", "rest", "unplug DEVICE", …
    words: what the face must hold, besides being of its kind.
    """

    do: str
    face: type[Face]
    picture: str = ""
    words: str = ""
