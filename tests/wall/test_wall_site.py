"""What the wall page answers to whom, at the wire."""

import json
import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest

from kiosk.screens.samples import SAMPLES, WALL
from kiosk.wall.feed import VIEWERS
from kiosk.wall.serving import Prompt, listen
from kiosk.wall.site import FILES, called_by_name


class Viewer:
    """Somebody who looks on, at the wire."""

    def __init__(self, port: int) -> None:
        self.wire = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.wire.sendall(b"GET /feed HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self._lines = self.wire.makefile("rb")
        self.status = int(self._lines.readline().split()[1])

    def next(self, name: str) -> Any:
        """The next event of that name."""
        for line in self._lines:
            if line.strip() == f"event: {name}".encode():
                return json.loads(self._lines.readline().removeprefix(b"data: "))
        raise AssertionError(f"the feed ended before {name}")

    def face(self) -> Any:
        """The next face; before the first look there is none."""
        while (face := self.next("sheet")["sheet"]["face"]) is None:
            pass
        return face

    def close(self) -> None:
        self._lines.close()
        self.wire.close()


@pytest.fixture
def port(shown: Any) -> int:
    shown.show(WALL)
    return int(shown.port)


@pytest.fixture
def viewers(port: int) -> Iterator[list[Viewer]]:
    found: list[Viewer] = []
    yield found
    for viewer in found:
        viewer.close()


def asked(port: int, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    """The head of the answer."""
    wire = HTTPConnection("127.0.0.1", port, timeout=10)
    wire.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = wire.getresponse()
    wire.close()
    return answer


def test_every_answer_forbids_the_page_everything_but_its_own(port: int) -> None:
    """Without this one careless answer would be the hole that all the others are not."""
    answers = [asked(port, path) for path in [*FILES, "/feed", "/nothing", "/../../etc/passwd", "/kiosk/faces.py"]]
    answers += [asked(port, "/", "POST"), asked(port, "/", Host="elsewhere.example"), asked(port, "/feed", "HEAD")]
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert policy[0] == "default-src 'none'"
        assert {part.partition(" ")[2] for part in policy} <= {"'none'", "'self'", "'script'"}
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Set-Cookie"] is None
        assert answer.headers["Server"] is None
    assert {answer.status for answer in answers[: len(FILES) + 1]} == {200}
    assert [answer.status for answer in answers[len(FILES) + 1 :]] == [404, 404, 404, 405, 421, 200]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent_in(port: int, method: str) -> None:
    """Without this the wall would be a second way into the shop's record."""
    assert {asked(port, path, method).status for path in ("/", "/feed", "/wall.js")} == {405}


def test_a_page_from_elsewhere_cannot_read_along(port: int) -> None:
    """Without this any page in a browser of this machine could point a name at it and read the shop's names."""
    own = socket.gethostname()
    for name in ("localhost", "127.0.0.1:8470", "[::1]:8470", "192.168.0.7", own, f"{own.upper()}.local."):
        assert called_by_name(name), name
    for name in ("elsewhere.example", "127.0.0.1.elsewhere.example", "", "[", f"{own}.elsewhere.example", "::"):
        assert not called_by_name(name), name
    assert asked(port, "/feed", Host="elsewhere.example").status == 421


def test_a_file_that_is_known_is_not_sent_again(port: int) -> None:
    tag = asked(port, "/heavy.ttf").headers["ETag"]
    again = asked(port, "/heavy.ttf", If_None_Match=tag)
    assert (again.status, again.headers["Content-Length"]) in ((304, None), (304, "0"))


def test_all_viewers_are_sent_the_same_and_only_what_changed(shown: Any, viewers: list[Viewer]) -> None:
    """Without this two walls of one shop would say different things."""
    shown.show(WALL)
    viewers += [Viewer(shown.port) for _ in range(3)]
    assert {viewer.face()["shop"] for viewer in viewers} == {WALL.shop}
    for viewer in viewers:
        assert viewer.next("beat")["age"] == 0
    shown.show(SAMPLES["wall-jar"])
    assert {viewer.face()["jar"]["glass"]["sum"] for viewer in viewers} == {"€ 172.50"}


def test_what_can_only_be_touched_is_not_sent(port: int, viewers: list[Viewer]) -> None:
    viewers.append(Viewer(port))
    face = viewers[0].face()
    assert (face["work"], face["choices"], face["tap"], face["said"]) == ([], [], "", None)


def test_too_many_viewers_are_told_so_and_the_others_go_on(port: int, viewers: list[Viewer]) -> None:
    """Without this somebody with a program could take the wall, or the machine, away from all others."""
    viewers += [Viewer(port) for _ in range(VIEWERS)]
    assert all(viewer.next("kit") for viewer in viewers)
    refused = asked(port, "/feed")
    assert refused.status == 503
    assert asked(port, "/").status == 200
    viewers.pop().close()
    deadline = time.monotonic() + 10
    while (newcomer := Viewer(port)).status != 200:
        newcomer.close()
        assert time.monotonic() < deadline, "nobody was let in again"
        time.sleep(0.1)
    viewers.append(newcomer)


def test_a_port_that_cannot_be_had_is_told_in_a_sentence(port: int) -> None:
    """Without this whoever starts it twice would read a traceback."""
    with pytest.raises(OSError, match="another program has it"):
        listen("127.0.0.1", port)
    with pytest.raises(OSError, match="that is no address"):
        listen("999.1.1.1", 0)


class Hasty(Prompt):
    """Three tenths of a second are enough."""

    patience = 0.3


@pytest.mark.parametrize("asking", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "])
def test_who_never_ends_asking_is_closed(another: Any, asking: bytes) -> None:
    """Without this sixty half-open requests would shut the wall for everybody."""
    server = another(Hasty)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
        wire.sendall(asking)
        assert wire.recv(1000) == b""


def test_a_viewer_outlives_the_patience_for_asking(another: Any) -> None:
    server = another(Hasty)
    server.show(WALL)
    viewer = Viewer(server.port)
    assert [viewer.next("beat")["age"] for _ in range(3)] == [0, 0, 0]
    viewer.close()


def test_garbage_is_answered_and_forgotten(port: int) -> None:
    """Without this one bad program in the house would stop the wall."""
    for garbage in (
        b"\x16\x03\x01\x02\x00",
        b"GET\r\n\r\n",
        b"A" * 70_000,
        b"GET / HTTP/1.1\r\nHost: a\x00b\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
            wire.sendall(garbage)
    assert asked(port, "/").status == 200
