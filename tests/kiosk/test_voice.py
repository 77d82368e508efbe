"""What is read aloud: by a program at the wire that writes down what it is told, and once by the real one."""

import contextlib
import shutil
import stat
import sys
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.box import Box, DeviceHow
from kiosk.clock import SystemClock
from kiosk.rules.copies import Copies
from kiosk.views.checkup import findings
from kiosk.visit.hearing import DeviceTold
from kiosk.voice import Voice

PATIENCE = 10.0

SPEAKER = """#!{python}
import sys, time
with open({log!r}, "a") as log:
    log.write(" ".join(sys.argv[1:]) + "|" + sys.stdin.read() + "\\n")
{then}
"""


class Speaker:
    """A program in the place of espeak-ng, and the voice that runs it."""

    def __init__(self, folder: Path, then: str = "") -> None:
        self.log = folder / "said"
        self.program = folder / "espeak-ng"
        self.program.write_text(SPEAKER.format(python=sys.executable, log=str(self.log), then=then))
        self.program.chmod(self.program.stat().st_mode | stat.S_IXUSR)
        self.told: list[DeviceTold] = []
        self.voice = Voice(str(self.program))
        self.voice.start(self.told.append)

    def said(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.01)


@pytest.fixture
def speakers(tmp_path: Path) -> Iterator[Callable[..., Speaker]]:
    made: list[Speaker] = []

    def make(then: str = "") -> Speaker:
        made.append(Speaker(tmp_path, then))
        return made[-1]

    yield make
    for each in made:
        each.voice.stop()


def running(program: Path) -> list[bytes]:
    """What runs of it; what has ended has no command line any more."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.append(each.read_bytes())
    return [line for line in found if str(program).encode() in line]


def test_words_go_in_at_the_standard_input_in_the_language_spoken(speakers):
    """Somebody's note would be an option of the program, or a command to a shell."""
    speaker = speakers()
    speaker.voice.say("-w /etc/passwd; `rm -rf ~` $HOME", "de")
    until(lambda: len(speaker.said()) == 1)
    options, words = speaker.said()[0].split("|")
    assert words == "-w /etc/passwd; `rm -rf ~` $HOME"
    assert options == "-b 1 -v de -s 150 --stdin"
    until(lambda: speaker.voice.look().state == "ready")


def test_new_words_end_the_old_ones_and_silence_is_at_once(speakers):
    """The kiosk would still talk about the last visit to whoever comes next."""
    speaker = speakers("time.sleep(60)")
    speaker.voice.say("one", "en")
    until(lambda: len(speaker.said()) == 1)
    speaker.voice.say("two", "en")
    until(lambda: len(speaker.said()) == 2)
    assert [each.split("|")[1] for each in speaker.said()] == ["one", "two"]
    assert len(running(speaker.program)) == 1
    speaker.voice.hush()
    until(lambda: not running(speaker.program))
    assert speaker.told == []


def test_of_many_words_at_once_the_last_are_said(speakers):
    """A queue of what is long over would be read for minutes."""
    speaker = speakers("time.sleep(60)")
    for number in range(30):
        speaker.voice.say(str(number), "en")
    until(lambda: bool(speaker.said()) and speaker.said()[-1].endswith("|29"))
    assert len(running(speaker.program)) == 1


def test_a_program_that_is_missing_or_dies_is_told_and_keeps_nobody_waiting(speakers, tmp_path: Path):
    """Whoever asked to be read to would wait for a voice, and nobody would know why."""
    missing = Voice(str(tmp_path / "nothing"))
    told: list[DeviceTold] = []
    assert missing.look().state == "lost"
    missing.start(told.append)
    missing.say("hello", "en")
    until(lambda: [each.state for each in told] == ["lost"])
    assert "not installed" in told[0].detail
    missing.stop()
    dying = speakers("sys.exit(3)")
    dying.voice.say("hello", "en")
    until(lambda: [each.state for each in dying.told] == ["fault"])
    assert "does not speak (it ended with 3)" in dying.told[0].detail
    assert dying.voice.look().errors == 1
    dying.program.write_text(SPEAKER.format(python=sys.executable, log=str(dying.log), then=""))
    dying.voice.say("again", "en")
    until(lambda: [each.state for each in dying.told] == ["fault", "ready"])


def test_no_loudspeaker_is_told_though_the_program_says_that_all_is_well(speakers):
    """The real one ends with 0 there, and only writes a line."""
    speaker = speakers("sys.stderr.write('ALSA lib noise\\nerror: No such file or directory\\n')")
    speaker.voice.say("hello", "en")
    until(lambda: [each.state for each in speaker.told] == ["fault"])
    assert "No such file or directory" in speaker.told[0].detail


def test_a_program_that_never_reads_and_never_ends_holds_up_nobody(speakers):
    """The house would stand still, and with it the kiosk."""
    speaker = speakers()
    speaker.program.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")
    done = threading.Event()

    def talk() -> None:
        for _ in range(20):
            speaker.voice.say("x" * 100_000, "en")
        speaker.voice.hush()
        done.set()

    threading.Thread(target=talk, daemon=True).start()
    assert done.wait(PATIENCE)
    until(lambda: not running(speaker.program))


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed here")
@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "pl", "ar"])
def test_the_real_program_speaks_every_language(tmp_path: Path, language: str):
    """A voice that is called otherwise than we think would be no voice."""
    file = tmp_path / "said.wav"
    told: list[DeviceTold] = []
    voice = Voice(more=("-w", str(file)))
    voice.start(told.append)
    voice.say({"ar": "ساعتان"}.get(language, "Amina 2 30"), language)
    until(lambda: file.exists() and file.stat().st_size > 44)
    voice.stop()
    with wave.open(str(file)) as sound:
        assert sound.getnframes() > sound.getframerate() // 3
    assert told == []


def test_how_the_kiosk_is_says_what_a_voice_lacks() -> None:
    """Nobody would know why it is silent, nor what mends it."""
    box = Box(devices=(DeviceHow("voice", "lost", detail="espeak-ng is not installed"),))
    found = {each.what: each for each in findings(box, SystemClock().now(), Copies())}["voice"]
    assert (found.how, "sudo apt install espeak-ng" in found.mend) == ("better", True)
    assert found.says == "Espeak-ng is not installed. Nobody can be read to."
    told = "espeak-ng does not speak (it ended with 3). Is a loudspeaker there?"
    dying = DeviceHow("voice", "fault", detail=told)
    assert findings(Box(devices=(dying,)), SystemClock().now(), Copies())[0].how == "mend"
