"""`kiosk run --neighbours`: two whole kiosks in one window, and a line between them. Whoever tries neighbours out
sees there that what waits is not lost."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk.cable import Cable

from .conftest import LONG

WITHOUT_ENGINE = (
    "import sys; sys.modules['nats'] = sys.modules['nkeys'] = None; from kiosk.way_in import main; main()"
)
WITH_ENGINE = "from kiosk.way_in import main; main()"
PICTURES = (
    "1-linked",
    "2-a-guest-swaps",
    "3-it-shows-up-next-door",
    "4-cut-and-a-swap",
    "5-it-waits",
    "6-mended-and-it-arrives",
)


@pytest.mark.parametrize(
    "begins",
    [
        pytest.param(WITHOUT_ENGINE, id="as by hand"),
        pytest.param(WITH_ENGINE, id="by servers", marks=pytest.mark.skipif(not LONG, reason="KIOSK_LONG_LINES")),
    ],
)
def test_a_swap_waits_while_the_line_is_cut_and_arrives_once_it_is_mended(tmp_path, begins):
    """The tour raises where something came over a line that was cut, or did not come over one that was mended."""
    run = subprocess.run(
        [sys.executable, "-c", begins, "run", "--neighbours", "--tour", str(tmp_path)],
        env={**os.environ, "SDL_AUDIODRIVER": "dummy", "LIBGL_ALWAYS_SOFTWARE": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert {path.stem for path in tmp_path.glob("*.png")} == set(PICTURES)
    drawn = {name: (tmp_path / f"{name}.png").read_bytes() for name in PICTURES}
    assert len(set(drawn.values())) == len(PICTURES), "each picture shows something else"


def test_nothing_goes_through_a_cable_that_is_cut_and_all_through_one_that_was_mended():
    with socket.create_server(("127.0.0.1", 0)) as far:
        cable = Cable()
        cable.lay(far.getsockname()[1])

        def say_back() -> None:
            while True:
                try:
                    end, _ = far.accept()
                except OSError:
                    return
                with end:
                    while heard := end.recv(100):
                        end.sendall(heard)

        threading.Thread(target=say_back, daemon=True).start()
        with socket.create_connection(("127.0.0.1", cable.port), timeout=10) as near:
            near.sendall(b"hello")
            assert near.recv(100) == b"hello"
            cable.cut(True)
            assert near.recv(100) == b""
        with socket.create_connection(("127.0.0.1", cable.port), timeout=10) as near:
            assert near.recv(100) == b""
        cable.cut(False)
        with socket.create_connection(("127.0.0.1", cable.port), timeout=10) as near:
            near.sendall(b"again")
            assert near.recv(100) == b"again"
        cable.close()
        cable.close()
