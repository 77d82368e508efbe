"""Programs of ours, spoken to and listened to as another program would."""

import subprocess
import sys
import threading
import time

PATIENCE = 20.0


class Program:
    """A program of ours that is spoken to and listened to, a line at a time."""

    def __init__(self, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.lines: list[str] = []
        self._new = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._new:
                self.lines.append(line.rstrip("\n"))
                self._new.notify_all()

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hears(self, words: str, after: int = 0) -> str:
        """The first line with these words; waits for it."""
        deadline = time.monotonic() + PATIENCE
        with self._new:
            while True:
                for line in self.lines[after:]:
                    if words in line:
                        return line
                left = deadline - time.monotonic()
                assert left > 0, f"{words!r} did not come; the last lines are {self.lines[-3:]}"
                self._new.wait(left)

    def end(self) -> int:
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(timeout=PATIENCE)


def kiosk(*words: str, say: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run one of its commands to the end. say: what is on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words], input=say, capture_output=True, text=True, check=False, timeout=60
    )
