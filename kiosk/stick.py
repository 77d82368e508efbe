"""Letters on a stick: the same signed segments, in a git bundle, so that anybody can open it with a tool they know.

What is on a stick may be anything. git reads it in a folder of its own, with its memory, its time and its files
bounded by the system, and hands out only small files of one branch; whether they are letters the rules decide.
"""

import os
import re
import resource
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kiosk.letters import LONGEST

LARGEST = 64 * 2**20
"""Bytes of a bundle that is looked at: ten years of letters are less."""

MOST = 20_000
"""Segments on a stick."""

_MEMORY, _SECONDS = 1 << 30, 60
_BRANCH = "letters"
_FILE = re.compile(r"[0-9]{9}\.letters")
_SAFE = re.compile(r"[^0-9A-Za-z]+")


class NoLetters(NamedTuple):
    """Why nothing was taken from a stick, in a sentence."""

    words: str


class GitMissingError(OSError):
    """git is not installed."""


def name_on_stick(sender: str, to: str) -> str:
    """What the bundle of one shop's letters to another is called."""
    return "-to-".join(_SAFE.sub("-", each).strip("-") for each in (sender, to)) + ".bundle"


def pack(target: Path, sender: str, to: str, segments: Sequence[tuple[int, str]]) -> Path:
    """Write our segments for a neighbour onto a stick, in place of what was there; gives the file.

    Raises OSError when it can't be written, GitMissingError without git.
    """
    place = target / name_on_stick(sender, to)
    with tempfile.TemporaryDirectory(prefix="letters-") as scratch:
        _git(Path(scratch), "init", "--bare", "--quiet", ".")
        _git(Path(scratch), "fast-import", "--quiet", given=_stream(sender, segments))
        _git(Path(scratch), "bundle", "create", "--quiet", "new.bundle", f"refs/heads/{_BRANCH}")
        data = (Path(scratch) / "new.bundle").read_bytes()
    draft = place.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    return place


def _stream(sender: str, segments: Sequence[tuple[int, str]]) -> bytes:
    """One commit for each segment, the same to the byte each time, as git fast-import reads it."""
    parts: list[bytes] = []
    for number, text in segments:
        data, words = text.encode(), f"letters {number} of {sender}".encode()
        parts += [
            f"commit refs/heads/{_BRANCH}\ncommitter commons-kiosk <> {number} +0000\n".encode(),
            b"data %d\n%b\n" % (len(words), words),
            f"M 100644 inline {number:09}.letters\n".encode(),
            b"data %d\n%b\n" % (len(data), data),
        ]
    return b"".join(parts)


def bundles(source: Path) -> Iterator[Path]:
    """The bundles in a folder: regular files, and not what a link points at."""
    if source.is_file() and not source.is_symlink():
        yield source
        return
    there = sorted(source.iterdir())
    yield from (path for path in there if path.suffix == ".bundle" and path.is_file() and not path.is_symlink())


def unpack(bundle: Path) -> list[tuple[int, str]] | NoLetters:
    """The segments in a bundle by their numbers, as they are written there; nothing of them is believed yet.

    Raises OSError when the stick can't be read, GitMissingError without git.
    """
    with tempfile.TemporaryDirectory(prefix="letters-") as scratch:
        copied = _copy(bundle, Path(scratch) / "found.bundle")
        if isinstance(copied, NoLetters):
            return copied
        try:
            _git(Path(scratch), "init", "--bare", "--quiet", "--template=", "repo")
            repo = Path(scratch) / "repo"
            _git(repo, "fetch", "--quiet", "--no-tags", "../found.bundle", f"refs/heads/{_BRANCH}:refs/heads/in")
            return _segments(repo)
        except subprocess.SubprocessError:
            return NoLetters("it holds no letters that git can read")


def _copy(bundle: Path, place: Path) -> NoLetters | None:
    """As much as is looked at, through a handle that follows no link and waits for nothing."""
    handle = os.open(bundle, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file, place.open("wb") as kept:
        if os.fstat(file.fileno()).st_size > LARGEST:
            return NoLetters("it is larger than letters can be")
        kept.write(file.read(LARGEST))
    return None


def _segments(repo: Path) -> list[tuple[int, str]] | NoLetters:
    listed = _git(repo, "ls-tree", "-l", "-z", "refs/heads/in").split(b"\0")[:-1]
    if len(listed) > MOST:
        return NoLetters("it holds more than letters can be")
    found: list[tuple[int, str]] = []
    for line in listed:
        about, _, raw = line.partition(b"\t")
        mode, kind, blob, size = about.decode().split()
        name = raw.decode(errors="replace")
        if (mode, kind) != ("100644", "blob") or not _FILE.fullmatch(name) or int(size) > LONGEST:
            return NoLetters("it holds something that is no letter")
        data = _git(repo, "cat-file", "blob", blob)
        try:
            found.append((int(name[:9]), data.decode()))
        except UnicodeDecodeError:
            return NoLetters("it holds something that is no letter")
    return sorted(found)


def _git(folder: Path, *words: str, given: bytes = b"") -> bytes:
    """Run git where it finds no settings, hooks or helpers but ours, and can't grow without end."""
    asked = ["git", *(part for each in _SETTINGS for part in ("-c", each)), *words]
    try:
        done = subprocess.run(
            asked,
            cwd=folder,
            env=_ENVIRONMENT,
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            preexec_fn=_bounded,
        )
    except FileNotFoundError as error:
        raise GitMissingError("git is missing; install it: sudo apt install git") from error
    return done.stdout


_SETTINGS = (
    "fetch.fsckObjects=true",
    "fetch.unpackLimit=1",  # always one pack: large contents pass through git, and never lie in its memory
    "core.bigFileThreshold=256k",
    "core.hooksPath=/dev/null",
    "protocol.allow=never",
    "protocol.file.allow=always",
)

_ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_TERMINAL_PROMPT": "0",
    "HOME": "/nonexistent",
    "LC_ALL": "C",
}


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * LARGEST, 4 * LARGEST))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
