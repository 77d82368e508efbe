"""What is read aloud, by the program espeak-ng (github.com/espeak-ng/espeak-ng, Debian package espeak-ng).

Each time something is said the program runs once, and the text goes in at its standard input: never on a command
line, never through a shell. New words end the old ones at once. All of it happens in a thread of its own, so that a
program that is missing, dies, or never ends keeps nobody waiting; how it is, is told like that of any device.
"""

import contextlib
import logging
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from typing import IO, NamedTuple

from kiosk.box import DeviceHow
from kiosk.visit.hearing import DeviceTold

log = logging.getLogger(__name__)

PROGRAM = "espeak-ng"

DEVICE = "voice"
"""What it is called among the devices."""

VOICES: Mapping[str, str] = {"en": "en", "es": "es", "fr": "fr", "de": "de", "pl": "pl", "ar": "ar"}
"""The voice of each language that the kiosk speaks, as the program names them."""

SPEED = 150
"""Words a minute: a little slower than it speaks by itself, for a room that works."""

LONGEST = 4_000
"""Letters that are read at most: so many that a pipe holds them, so that giving them to the program never waits."""

PATIENCE = 10.0
"""Seconds that the program may take besides speaking; and it is given a fifth of a second for each letter."""

LOOKS = 0.05
"""Seconds between two looks whether it has ended, or is to be ended."""


class Words(NamedTuple):
    """What is to be said, and in which language."""

    text: str
    language: str


class Voice:
    """Reads aloud. `say` and `hush` return at once, from any thread.

    program: its name or path; more: options put before its own.
    """

    def __init__(self, program: str = PROGRAM, more: tuple[str, ...] = ()) -> None:
        self._program, self._more = program, more
        self._told: Callable[[DeviceTold], None] = lambda _: None
        self._changed = threading.Condition()
        self._wanted: Words | None = None
        self._said = 0
        self._over = False
        self._state, self._detail = self._at_first()
        self._since, self._errors = time.monotonic(), 0
        self._thread = threading.Thread(target=self._live, name=DEVICE, daemon=True)

    def _at_first(self) -> tuple[str, str]:
        if shutil.which(self._program) is None:
            return "lost", f"{self._program} is not installed"
        return "ready", ""

    def start(self, told: Callable[[DeviceTold], None] = lambda _: None) -> None:
        """Begin to live. told: called, from its own thread, with how it is whenever that changes."""
        self._told = told
        self._thread.start()

    def say(self, text: str, language: str) -> None:
        """Say this now; whatever is being said ends."""
        with self._changed:
            self._wanted = Words(text[:LONGEST], language) if text else None
            self._said += 1
            self._changed.notify_all()

    def hush(self) -> None:
        """Be silent at once."""
        self.say("", "")

    def stop(self) -> None:
        """Be silent, for good; may be called twice."""
        with self._changed:
            self._over, self._wanted = True, None
            self._said += 1
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout=2)

    def look(self) -> DeviceHow:
        """How it is."""
        return DeviceHow(
            device=DEVICE,
            state=self._state,
            where="",
            since=round(time.monotonic() - self._since),
            errors=self._errors,
            detail=self._detail,
        )

    # --- in its own thread --------------------------------------------------------------------------------

    def _live(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wanted is not None or self._over)
                words, number, self._wanted = self._wanted, self._said, None
            if self._over or words is None:
                return
            try:
                self._speak(words, number)
            except Exception as error:
                self._is("fault", f"{type(error).__name__} while speaking")

    def _speak(self, words: Words, number: int) -> None:
        with tempfile.TemporaryFile() as complaints:
            try:
                running = self._begin(words.language, complaints)
            except FileNotFoundError:
                self._is("lost", f"{self._program} is not installed")
                return
            except OSError as error:
                self._is("fault", f"{self._program} can’t be started ({error.strerror})")
                return
            ended = self._let_it_speak(running, words, number)
            if ended is not None:
                self._judge(ended, complaints)

    def _begin(self, language: str, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
        voice = VOICES.get(language, VOICES["en"])
        asked = [self._program, *self._more, "-b", "1", "-v", voice, "-s", str(SPEED), "--stdin"]
        return subprocess.Popen(
            asked, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints, start_new_session=True
        )

    def _let_it_speak(self, running: subprocess.Popen[bytes], words: Words, number: int) -> int | None:
        """Its exit code; None when it was ended because something else is to be said, or nothing any more."""
        assert running.stdin is not None
        with contextlib.suppress(OSError), running.stdin:
            running.stdin.write(words.text.encode())
        until = time.monotonic() + PATIENCE + len(words.text) / 5
        while (code := running.poll()) is None:
            with self._changed:
                moved_on = self._changed.wait_for(lambda: self._said != number, LOOKS)
            if moved_on or time.monotonic() > until:
                running.kill()
                running.wait()
                return None if moved_on else -1
        return code

    def _judge(self, code: int, complaints: IO[bytes]) -> None:
        """It says by its exit code that it failed, or, where there is no loudspeaker, only in a line of its own."""
        complaints.seek(0)
        told = complaints.read(20_000).decode(errors="replace").splitlines()
        errors = [line.strip() for line in told if line.lower().startswith("error")]
        if code == 0 and not errors:
            self._is("ready", "")
            return
        self._errors += 1
        why = f" ({errors[-1][:100]})" if errors else f" (it ended with {code})"
        self._is("fault", f"{self._program} does not speak{why}. Is a loudspeaker there?")

    def _is(self, state: str, detail: str) -> None:
        if (state, detail) == (self._state, self._detail) and state == "ready":
            return
        if state != self._state:
            self._since = time.monotonic()
            log.warning("the voice is %s%s", state, f": {detail}" if detail else "")
        self._state, self._detail = state, detail
        self._told(DeviceTold(device=DEVICE, state=state, detail=detail))
