"""A short run of the soak (tests/bench/soak.py, `make soak`): what grows with each visit is found here."""

import importlib.util
import sys
from pathlib import Path

BENCH = Path(__file__).parent / "bench/soak.py"
LEAST_VISITS = 99


def test_behaviour_36_a_hundred_visits_leave_nothing_behind(tmp_path: Path) -> None:
    """Behaviour 36: a thread or a file at each plug that is pulled, and the kiosk is dead in a week."""
    spec = importlib.util.spec_from_file_location("soak", BENCH)
    assert spec is not None
    assert spec.loader is not None
    soak = importlib.util.module_from_spec(spec)
    sys.modules["soak"] = soak
    spec.loader.exec_module(soak)
    kiosk = soak.Soak(tmp_path)
    try:
        told = soak.play(kiosk, LEAST_VISITS)
    finally:
        kiosk.end()
    first, last = told[1], told[-1]
    assert kiosk.missed == {}
    assert kiosk.heard["DeviceChanged"] >= 2 * 2 * (LEAST_VISITS // 11)
    assert last.files <= first.files + 1
    assert last.threads <= first.threads + 2  # a timer of a lamp, or a hand that has just let go
    assert last.kb - first.kb < 10 * 1024
