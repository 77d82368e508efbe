"""The network is not there, or never answers: nobody at the kiosk waits for it."""

import subprocess
import sys
from pathlib import Path

RUN = """
import socket, sys

def heard(what, given):
    if what == "socket.getaddrinfo" or (what == "socket.connect" and given[0].family != socket.AF_UNIX):
        sys.stderr.write(f"asked the network: {what}\\n")

sys.addaudithook(heard)
sys.argv = ["kiosk", "run", "--pretend", "--no-screen", "--drive", "--data", sys.argv[1]]
from kiosk.__main__ import main
main()
"""


def test_behaviour_35_nothing_at_the_start_asks_the_network(tmp_path: Path) -> None:
    """Behaviour 35: a kiosk that waits for a network is dark for whoever stands before it."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path / "data")],
        input="wait 1\ntouch choose work:repair\ntap Amina\nwait 1\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "DialFace" in done.stdout
    assert "asked the network" not in done.stderr
