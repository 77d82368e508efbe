"""Whether the kiosk lives, told to whoever looks on, without a byte written."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from kiosk.pulse import PULSE_FILE, Pulse, last_beat

BEATS = """
import sys, time
from pathlib import Path
from kiosk.pulse import Pulse
pulse = Pulse(Path(sys.argv[1]))
pulse.beat()
print("beating", flush=True)
time.sleep(60)
"""


def test_a_beat_is_felt_until_the_pulse_ends(tmp_path: Path) -> None:
    assert last_beat(tmp_path) is None
    with Pulse(tmp_path) as pulse:
        assert last_beat(tmp_path) is None
        pulse.beat()
        felt = last_beat(tmp_path)
        assert felt is not None
        assert 0 <= time.monotonic() - felt < 5
    assert last_beat(tmp_path) is None
    pulse.beat()
    pulse.close()


def test_a_later_beat_is_later(tmp_path: Path) -> None:
    """Without this a kiosk that hangs would look alive for ever."""
    with Pulse(tmp_path) as pulse:
        pulse.beat()
        first = last_beat(tmp_path)
        time.sleep(1.1)
        assert last_beat(tmp_path) == first
        pulse.beat()
        assert (last_beat(tmp_path) or 0) > (first or 0)


def test_a_killed_kiosk_has_no_pulse(tmp_path: Path) -> None:
    """Without this the wall would go on as if nothing had happened after a crash."""
    kiosk = subprocess.Popen([sys.executable, "-c", BEATS, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert kiosk.stdout is not None
    assert kiosk.stdout.readline() == "beating\n"
    assert last_beat(tmp_path) is not None
    kiosk.send_signal(signal.SIGKILL)
    kiosk.wait(timeout=10)
    kiosk.stdout.close()
    assert last_beat(tmp_path) is None


def test_beating_writes_nothing(tmp_path: Path) -> None:
    """Without this the card would wear out by being asked how it is."""
    with Pulse(tmp_path) as pulse:
        before = (tmp_path / PULSE_FILE).stat()
        pulse.beat()
        after = (tmp_path / PULSE_FILE).stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ctime_ns) == (0, before.st_mtime_ns, before.st_ctime_ns)


def test_asking_is_never_in_the_way(tmp_path: Path) -> None:
    """Without this a wall that asks at the wrong moment would keep a kiosk from starting."""
    with Pulse(tmp_path) as pulse:
        for _ in range(100):
            last_beat(tmp_path)
            pulse.beat()
        assert last_beat(tmp_path) is not None


def test_a_folder_that_takes_no_file_is_no_reason_to_stop(tmp_path: Path) -> None:
    with Pulse(tmp_path / "nowhere") as pulse:
        pulse.beat()
    assert last_beat(tmp_path / "nowhere") is None
