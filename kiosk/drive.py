"""Drive the kiosk from another program: touches and hands in on standard input, faces out on standard output.

One line each. In: "touch choose swap", "touch turn 15", "touch type Amina", "touch back", "touch home"; and with
pretend devices "tap Amina" (or a UID in hex), "away", "scan Amina" (or a code), "press yes", "drop 50",
"unplug badge reader", "plug badge reader", "wait 0.5". Out: each face that the screen shows, as JSON with the
kind of face under "face"; {"refused": "…"} for a line that was not understood. At the end of input the kiosk ends.
"""

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TextIO

import msgspec

from kiosk.faces import Face, Touch

VERBS = ("choose", "turn", "type", "back", "home", "stay")


def say_face(face: Face, out: TextIO = sys.stdout) -> None:
    """A face as one line of JSON."""
    data: dict[str, Any] = {"face": type(face).__name__, **msgspec.to_builtins(face)}
    _say(data, out)


def showing(show: Callable[[Face], None], *, driven: bool) -> Callable[[Face], None]:
    """Faces go to the screen, and to whoever drives once it is drawn."""
    if not driven:
        return show

    def show_and_say(face: Face) -> None:
        show(face)
        say_face(face)

    return show_and_say


def _say(data: Mapping[str, Any], out: TextIO) -> None:
    try:
        out.write(json.dumps(data, ensure_ascii=False) + "\n")
        out.flush()
    except (BrokenPipeError, ValueError):
        return


class Driver(threading.Thread):
    """Reads lines and does what they say, until the input ends; then calls `ended`."""

    def __init__(
        self,
        touch: Callable[[Touch], None],
        hands: Mapping[str, Callable[[str], None]],
        ended: Callable[[], None],
        *,
        source: TextIO = sys.stdin,
        out: TextIO = sys.stdout,
    ) -> None:
        super().__init__(name="driver", daemon=True)
        self._touch = touch
        self._hands = hands
        self._ended = ended
        self._source = source
        self._out = out

    def run(self) -> None:
        """Take line after line."""
        try:
            for line in self._source:
                if line.strip():
                    self._do(line.strip())
        finally:
            self._ended()

    def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        try:
            self._one(word, rest.strip())
        except (ValueError, KeyError) as trouble:
            _say({"refused": f"{line}: {trouble}"}, self._out)

    def _one(self, word: str, rest: str) -> None:
        if word == "touch":
            verb, _, value = rest.partition(" ")
            if verb not in VERBS:
                raise ValueError(f"a touch is one of {', '.join(VERBS)}")
            if verb == "turn" and not re.fullmatch(r"-?[0-9]{1,4}", value):
                raise ValueError("a turn is a number of minutes, such as 15 or -15")
            self._touch(msgspec.convert({"verb": verb, "value": value}, Touch))
        elif word == "wait":
            time.sleep(_seconds(rest))
        elif word in self._hands:
            self._hands[word](rest)
        else:
            raise ValueError(f"there are {', '.join(['touch', 'wait', *self._hands])}")


def _seconds(text: str) -> float:
    """A time to wait, at most a minute."""
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]+)?", text):
        raise ValueError("a wait is a number of seconds, such as 0.5")
    return min(60.0, float(text))
