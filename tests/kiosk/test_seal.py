"""The seal: a checkpoint that people photograph. It is of what is on the disk, and never of a vote that is open."""

from pathlib import Path

import pytest
from by_hand import Kiosk

from kiosk.checking import known_keys
from kiosk.events import CircleClosed, RoundOpened
from kiosk.faces import SealFace, TilesFace, TroubleFace, VoteFace, WallFace
from kiosk.reports.verifying import Witness, verify
from kiosk.sealing.checkpoint import Checkpoint, open_seal
from kiosk.store import Reader

HOUR = 3600


@pytest.fixture
def kiosk(tmp_path):
    return Kiosk(tmp_path)


def on_the_wall(kiosk):
    face = kiosk.faces[-1]
    assert isinstance(face, WallFace)
    return face.seal


def checked(folder: Path, text: str) -> tuple[int, bytes]:
    """What a seal says, with the key that lies on the card; and the record leads on from it."""
    with Reader.open(folder) as reader:
        keys = known_keys(folder, reader.device, [])
        assert verify(reader, [Witness("the photo", text.encode())], keys).faults == ()
    opened = open_seal(text, keys)
    assert isinstance(opened, tuple)
    assert isinstance(opened[0], Checkpoint)
    return opened[0].size, opened[0].root


def test_after_a_circle_the_seal_of_all_that_is_on_the_disk_hangs_on_the_wall(kiosk, tmp_path):
    kiosk.gather("Amina", "Jo", "Sara")
    kiosk.close()
    seal = on_the_wall(kiosk)
    with Reader.open(tmp_path) as reader:  # as another program sees it: what is committed, and nothing else
        assert checked(tmp_path, seal.code) == reader.tree()
        newest = list(reader.entries())[-1]
    assert isinstance(newest.event, CircleClosed)
    assert seal.told.startswith(f"{newest.number} entries, today ")
    assert "witness" in seal.words


def test_it_is_signed_once_and_hangs_for_a_day(kiosk):
    """A signature a minute would cost the card its sleep, and the code would never be the same twice."""
    kiosk.gather("Amina", "Jo", "Sara")
    kiosk.close()
    first = on_the_wall(kiosk)
    assert first.fresh
    for _ in range(23):
        kiosk.wait(HOUR)
    later = on_the_wall(kiosk)
    assert later.code == first.code
    assert not later.fresh, "after an hour it gives way on a small wall"
    assert len(kiosk.seals) == 1
    kiosk.wait(HOUR)
    assert on_the_wall(kiosk) is None


def test_after_a_start_it_hangs_there_again(tmp_path):
    before = Kiosk(tmp_path)
    before.gather("Amina", "Jo", "Sara")
    before.close()
    was = on_the_wall(before)
    before.store.store.close()
    after = Kiosk(tmp_path)
    after.clock.ms = before.clock.ms + 60_000
    after.house.seal_again()
    after.wait(1)
    assert checked(tmp_path, on_the_wall(after).code) == checked(tmp_path, was.code)


def test_anybody_finds_it_where_people_and_badges_are(kiosk, tmp_path):
    kiosk.wait(1)
    kiosk.touch("people")
    assert "the seal of our record" in repr(kiosk.faces[-1])
    kiosk.touch("seal")
    face = kiosk.faces[-1]
    assert isinstance(face, SealFace)
    size, _ = checked(tmp_path, face.code)
    assert face.entries == f"{size} entries"
    assert "witness" in face.words
    assert "check it yourself" in face.how
    kiosk.wait(1)
    kiosk.wait(1)
    assert len(kiosk.seals) == 1, "one look, one seal"
    assert kiosk.faces[-1] is face, "and nothing on the screen moves"


def test_what_is_written_later_is_in_the_next_one(kiosk, tmp_path):
    kiosk.gather("Amina", "Jo", "Sara")
    kiosk.close()
    old = on_the_wall(kiosk)
    kiosk.drop(50)
    kiosk.touch("seal")
    assert checked(tmp_path, kiosk.faces[-1].code)[0] == checked(tmp_path, old.code)[0] + 1


def test_none_is_made_while_a_vote_is_open(kiosk):
    """Whatever the seal says must not depend on what somebody has pressed, or on when."""
    kiosk.gather("Amina", "Jo", "Sara")
    kiosk.ask()
    assert isinstance(kiosk.faces[-1], VoteFace)
    assert isinstance(list(kiosk.store.store.entries())[-1].event, RoundOpened)
    kiosk.press("yes")
    kiosk.blind = True  # the house stumbles, and is back at the wall with the vote open
    kiosk.press("no")
    kiosk.blind = False
    kiosk.touch("people")
    assert isinstance(kiosk.faces[-1], TilesFace)
    kiosk.touch("seal")
    assert isinstance(kiosk.faces[-1], TroubleFace)
    assert "while a vote is open" in kiosk.faces[-1].words
    assert kiosk.seals == []


def test_what_hangs_is_the_same_whatever_was_pressed(tmp_path):
    """Two circles that differ in the presses alone: a seal is made at the same moments, and is as long."""
    told = []
    for name, presses in (("one", ("yes", "yes", "yes")), ("other", ("no", "abstain", "yes"))):
        kiosk = Kiosk(tmp_path / name)
        kiosk.gather("Amina", "Jo", "Sara")
        kiosk.ask()
        kiosk.press(*presses)
        assert kiosk.seals == []
        kiosk.wait(7)
        assert kiosk.seals == [], "the count alone is no reason to seal"
        kiosk.press("yes")
        kiosk.close()
        told.append([(len(seal.text), seal.size, seal.at.mono) for seal in kiosk.seals])
    assert told[0] == told[1] != []


@pytest.mark.parametrize("damage", ["nonsense", ""])
def test_a_broken_key_stops_nothing_and_is_said(kiosk, tmp_path, damage):
    (tmp_path / "seal.key").write_text(damage)
    kiosk.gather("Amina", "Jo", "Sara")
    kiosk.close()
    assert on_the_wall(kiosk) is None
    kiosk.touch("people")
    kiosk.touch("seal")
    assert isinstance(kiosk.faces[-1], TroubleFace)
    assert "can’t be sealed" in kiosk.faces[-1].words


def test_the_first_look_makes_the_key(kiosk, tmp_path):
    assert not (tmp_path / "seal.key").exists()
    kiosk.wait(1)
    kiosk.touch("people")
    kiosk.touch("seal")
    assert (tmp_path / "seal.key").stat().st_mode & 0o077 == 0


def test_a_kiosk_that_cannot_seal_says_so(tmp_path):
    kiosk = Kiosk(tmp_path, sealing=None)
    kiosk.wait(1)
    kiosk.touch("people")
    kiosk.touch("seal")
    assert isinstance(kiosk.faces[-1], TroubleFace)
