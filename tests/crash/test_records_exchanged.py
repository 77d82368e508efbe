"""The power is cut while a copy is put in the place of the record: afterwards it is the old or the new one, whole.

Every call that moves, makes, removes or syncs something is a step. After each the power is cut, once with all that
was done kept by the disk, and once with all that was not synced yet undone. Then the kiosk starts.
"""

import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from by_hand import Kiosk

from kiosk.events import RecordRestored
from kiosk.store import Reader, Store, differing
from kiosk.store.restoring import check, decide, decided, lay_ready, offer, settle

FEWEST = 20
"""Steps that the exchange takes at least; with less the test would have listened to the wrong calls."""


class Cut(BaseException):
    """The power is gone."""


class Step(NamedTuple):
    """One thing asked of the disk. one, other: paths; a sync has its folder."""

    what: str
    one: str
    other: str = ""


class Disk:
    """Listens to what is asked of the disk, and cuts the power before the n-th step."""

    def __init__(self, at: int = -1) -> None:
        self.at = at
        self.steps: list[Step] = []

    def step(self, what: str, one: Any, other: Any = "") -> None:
        if len(self.steps) == self.at:
            raise Cut
        self.steps.append(Step(what, os.fspath(one), os.fspath(other)))

    def listen(self, patch: pytest.MonkeyPatch) -> None:
        rename, mkdir, unlink, rmdir, fsync = os.rename, os.mkdir, os.unlink, os.rmdir, os.fsync

        def renamed(one: Any, other: Any, **how: Any) -> None:
            self.step("rename", one, other)
            rename(one, other, **how)

        def made(one: Any, *rest: Any, **how: Any) -> None:
            self.step("mkdir", one)
            mkdir(one, *rest, **how)

        def unlinked(one: Any, **how: Any) -> None:
            self.step("unlink", one)
            unlink(one, **how)

        def removed(one: Any, **how: Any) -> None:
            self.step("rmdir", one)
            rmdir(one, **how)

        def synced(handle: int) -> None:
            self.step("sync", Path(f"/proc/self/fd/{handle}").readlink())
            fsync(handle)

        for name, listening in (
            ("rename", renamed),
            ("mkdir", made),
            ("unlink", unlinked),
            ("rmdir", removed),
            ("fsync", synced),
        ):
            patch.setattr(os, name, listening)

    def unsynced(self) -> list[Step]:
        """The renames whose folders were not both synced since, the newest first."""
        lost: list[Step] = []
        for place, step in enumerate(self.steps):
            later = {each.one for each in self.steps[place + 1 :] if each.what == "sync"}
            folders = {str(Path(step.one).parent), str(Path(step.other).parent)} if step.what == "rename" else set()
            if step.what == "rename" and not folders <= later:
                lost.append(step)
        return lost[::-1]


@pytest.fixture(scope="module")
def decided_on(tmp_path_factory):
    """A shop whose newest entries are still in the log, as after a power cut, and a copy that hands decided on."""
    place = tmp_path_factory.mktemp("shop")
    kiosk = Kiosk(place / "running")
    kiosk.store.store.close()
    shutil.copytree(place / "running", place / "stick")
    (place / "stick" / "badge.key").write_bytes(b"k" * 32)
    again = Kiosk(place / "running")
    for giver, receiver in (("Amina", "Jo"), ("Sara", "Wen")):
        again.touch("work:repair")
        again.tap(giver)
        again.tap(receiver)
        again.touch("done")
    folder = place / "shop"
    shutil.copytree(place / "running", folder)
    assert (folder / "record.sqlite-wal").stat().st_size > 0
    with Reader.open(place / "stick") as copy:
        checked = check(copy)
        draft = lay_ready(copy, folder)
    shutil.copy(place / "stick" / "badge.key", draft / "badge.key")
    (draft / "photos").mkdir()
    (draft / "photos" / f"{'a' * 64}.jpg").write_bytes(b"a photo")
    offer(folder, checked)
    assert not decided(folder)
    event = RecordRestored(
        entries=checked.size,
        newest=checked.newest,
        replaced=checked.size + 2,
        shared=checked.size,
        hands=("Amina", "Jo", "Sara"),
        aside="set-aside/old",
    )
    decide(folder, event, checked.newest)
    return folder, checked.size


def test_before_the_hands_are_complete_nothing_is_exchanged(decided_on, tmp_path):
    folder, size = decided_on
    shop = tmp_path / "shop"
    shutil.copytree(folder, shop)
    shutil.rmtree(shop / "restoring")
    assert settle(shop) == ""
    with Store.open(shop) as store:
        assert store.last_number == size + 2


def exchanged(shop: Path, size: int) -> None:
    """The new record is there, whole, with its key and photo; the old one is kept, whole, with its own."""
    with Store.open(shop) as store:
        assert store.last_number == size + 1
        assert not store.rebuilt
        assert not differing(store)
    assert (shop / "badge.key").read_bytes() == b"k" * 32
    assert (shop / "photos" / f"{'a' * 64}.jpg").read_bytes() == b"a photo"
    old = shop / "set-aside" / "old"
    with Reader.open(old) as kept:
        assert kept.last_number == size + 2
        assert not kept.damage()
    assert (old / "badge.key").read_bytes() != b"k" * 32
    assert not (shop / "restoring").exists()
    assert settle(shop) == ""


@pytest.mark.parametrize("undone", [False, True])
def test_cut_off_at_any_step_it_goes_on_at_the_next_start(decided_on, tmp_path, undone):
    folder, size = decided_on
    at = 0
    while True:
        shop = tmp_path / str(at)
        shutil.copytree(folder, shop)
        disk = Disk(at)
        with pytest.MonkeyPatch.context() as patch:
            disk.listen(patch)
            try:
                settle(shop)
                over = True
            except Cut:
                over = False
        if undone:
            for step in disk.unsynced():
                if Path(step.other).exists() and not Path(step.one).exists():
                    Path(step.one).parent.mkdir(exist_ok=True)
                    Path(step.other).rename(step.one)
        settle(shop)
        exchanged(shop, size)
        shutil.rmtree(shop)
        if over:
            break
        at += 1
    assert at > FEWEST


def test_cut_off_twice_it_still_goes_on(decided_on, tmp_path):
    folder, size = decided_on
    for first in range(0, 40, 7):
        for second in range(0, 30, 5):
            shop = tmp_path / f"{first}-{second}"
            shutil.copytree(folder, shop)
            for at in (first, second):
                with pytest.MonkeyPatch.context() as patch:
                    Disk(at).listen(patch)
                    try:
                        settle(shop)
                    except Cut:
                        continue
            settle(shop)
            exchanged(shop, size)
            shutil.rmtree(shop)
