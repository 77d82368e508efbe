"""A stick with letters, from a neighbour or found in the street. Whatever is on it is taken whole or refused with a
reason; nothing is written, nothing freezes, and no memory fills up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from archipelago import Shore, talk

from kiosk import letterbox
from kiosk.commands import Refusal
from kiosk.post import segments
from kiosk.stick import LARGEST, NoLetters, bundles, pack, unpack


@pytest.fixture
def shops() -> tuple[Shore, Shore]:
    here, there = Shore("Canal Street", 10), Shore("Mill Lane", 11)
    here.link(there)
    there.link(here)
    talk(here, there)
    for minutes in (60, -30, 15):
        here.offer(there, minutes)
        here.close(there)
    return here, there


def packed(stick: Path, here: Shore, there: Shore) -> Path:
    neighbour = here.state.neighbours[there.name]
    ours = list(segments(neighbour, 0, here.find, here.signer))
    return pack(stick, here.signer.name, there.signer.name, ours)


def git(folder: Path, *words: str, given: bytes = b"") -> None:
    subprocess.run(["git", *words], cwd=folder, input=given, check=True, capture_output=True)


def bundle_of(stick: Path, stream: bytes) -> Path:
    """A bundle of somebody who knows git better than we do."""
    scratch = stick / "scratch"
    scratch.mkdir()
    git(scratch, "init", "--bare", "--quiet", ".")
    git(scratch, "fast-import", "--quiet", "--force", given=stream)
    git(scratch, "bundle", "create", "--quiet", "../x.bundle", "refs/heads/letters")
    return stick / "x.bundle"


def commit(entries: bytes) -> bytes:
    return b"commit refs/heads/letters\ncommitter x <> 1 +0000\ndata 0\n" + entries


def test_letters_come_over_on_a_stick_and_the_second_time_nothing_is_new(tmp_path, shops):
    here, there = shops
    place = packed(tmp_path, here, there)
    assert list(bundles(tmp_path)) == [place]
    inside = unpack(place)
    assert isinstance(inside, list)
    before = there.state.neighbours[here.name].taken
    answers = [there.take(text) for number, text in inside if number > before]
    assert answers
    assert not any(isinstance(each, Refusal) for each in answers)
    assert there.has(here) == 60 - 30 + 15
    state = there.state
    codes = [each.code for each in (there.take(text) for _, text in inside) if isinstance(each, Refusal)]
    assert codes == ["known"] * len(inside)
    assert there.state == state


def test_the_same_letters_make_the_same_commits_so_git_brings_only_what_is_new(tmp_path, shops):
    here, there = shops
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = packed(tmp_path / "a", here, there)
    here.offer(there, 15)
    here.close(there)
    second = packed(tmp_path / "b", here, there)
    git(tmp_path, "init", "--bare", "--quiet", "repo")
    git(tmp_path / "repo", "fetch", "--quiet", str(first), "refs/heads/letters:refs/heads/letters")
    git(tmp_path / "repo", "fetch", "--quiet", str(second), "refs/heads/letters:refs/heads/letters")  # no force


def test_every_flipped_byte_is_refused_or_leads_to_the_same_letters(tmp_path, shops):
    here, there = shops
    place = packed(tmp_path, here, there)
    whole, raw = unpack(place), place.read_bytes()
    for at in range(0, len(raw), max(1, len(raw) // 12)):
        place.write_bytes(raw[:at] + bytes([raw[at] ^ 0x10]) + raw[at + 1 :])
        found = unpack(place)
        assert isinstance(found, NoLetters) or found == whole


@pytest.mark.parametrize(
    "entries",
    [
        b"M 120000 inline 000000001.letters\ndata 11\n/etc/passwd\n",
        b"M 100755 inline 000000001.letters\ndata 1\nx\n",
        b"M 100644 inline letters\ndata 1\nx\n",
        b"M 100644 inline 000000001.letters/deeper\ndata 1\nx\n",
        b"M 100644 inline 000000001.letters\ndata 4\n\xff\xfe\x00\x01\n",
        b"M 100644 inline 000000001.letters\ndata 70000\n" + b"x" * 70_000 + b"\n",
    ],
    ids=["link", "program", "other name", "folder", "no text", "too long"],
)
def test_what_is_no_letter_spoils_the_bundle(tmp_path, entries):
    assert unpack(bundle_of(tmp_path, commit(entries))) == NoLetters("it holds something that is no letter")


def test_a_bundle_that_would_grow_to_gigabytes_is_refused_with_little_memory(tmp_path):
    size = 70 * 2**20
    stream = commit(b"M 100644 inline 000000001.letters\ndata %d\n" % size)
    bomb = bundle_of(tmp_path, stream + bytes(size) + b"\n")
    assert bomb.stat().st_size < 2**20
    child = subprocess.run(
        [
            sys.executable,
            "-c",
            "import resource,sys; sys.path.insert(0, sys.argv[1])\n"
            "from pathlib import Path; from kiosk.stick import unpack\n"
            "said = type(unpack(Path(sys.argv[2]))).__name__\n"
            "print(said, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)",
            str(Path(__file__).parents[2]),
            str(bomb),
        ],
        capture_output=True,
        check=True,
    )
    said, most = child.stdout.split()
    assert said == b"NoLetters"
    assert int(most) < 64 * 1024


def test_what_only_looks_like_a_bundle_is_refused(tmp_path):
    (tmp_path / "empty.bundle").touch()
    (tmp_path / "words.bundle").write_text("# v2 git bundle\nnonsense\n\nPACK")
    (tmp_path / "away.bundle").symlink_to("/etc/passwd")
    (tmp_path / "folder.bundle").mkdir()
    os.mkfifo(tmp_path / "pipe.bundle")
    with (tmp_path / "huge.bundle").open("wb") as file:
        file.truncate(4 * 2**30)
    found = {path.name: unpack(path) for path in bundles(tmp_path)}
    assert set(found) == {"empty.bundle", "words.bundle", "huge.bundle"}
    assert all(isinstance(each, NoLetters) for each in found.values())
    assert (tmp_path / "huge.bundle").stat().st_size > LARGEST


def test_the_letterbox_reads_no_links_no_pipes_and_nothing_large(tmp_path):
    box = tmp_path / "letters"
    box.mkdir()
    name = "000000001-" + "0" * 64 + ".letters"
    for number, make in enumerate(
        (
            lambda path: path.symlink_to("/etc/passwd"),
            os.mkfifo,
            lambda path: path.mkdir(),
            lambda path: path.write_bytes(b"x" * (letterbox.LONGEST + 1)),
            lambda path: path.write_bytes(b"\xff\xfe"),
        )
    ):
        make(box / name.replace("1-", f"{number}-"))
    (box / "../escaped.letters").write_text("x")
    (box / "somebody's notes.txt").write_text("x")
    lying = list(letterbox.lying(tmp_path))
    assert len(lying) == 5
    assert [letterbox.read(path) for path in lying] == [""] * 5


def test_the_letterbox_can_be_filled_only_so_far(tmp_path):
    letterbox.lay(tmp_path, 1, "x")
    for number in range(2, letterbox.MOST + 1):
        (tmp_path / "letters" / f"{number:09}-{'0' * 64}.letters").touch()
    letterbox.lay(tmp_path, 9999, "y")
    assert sum(1 for _ in letterbox.lying(tmp_path)) == letterbox.MOST
