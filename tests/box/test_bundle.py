"""A stick brings an update: only what a known key has signed is looked at, and it is all of it or nothing."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.bundle import (
    BadPartsError,
    Bundle,
    BundleChangedError,
    NoBundle,
    is_version,
    number,
    read_bundle,
    unpack,
    write_bundle,
)
from kiosk.sealing.note import Signer, sign

OURS = Signer("commons-kiosk-updates", b"u" * 32)
OTHERS = Signer("commons-kiosk-updates", b"o" * 32)
KNOWN = [OURS.verifier]
KIOSK = "commons_kiosk-0.2.0-py3-none-any.whl"


def wheels(folder: Path) -> list[Path]:
    made = {
        KIOSK: b"the kiosk" * 9000,
        "kivy-2.3.1-cp313-cp313-manylinux_2_17_aarch64.whl": b"kivy",
        "a.b-1.whl": b"x",
    }
    folder.mkdir()
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return list(folder.iterdir())


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick")
    write_bundle(folder / "kiosk.update", "0.2.0", wheels(folder / "wheels"), OURS)
    return folder / "kiosk.update"


def refused(path: Path) -> str:
    found = read_bundle(path, KNOWN)
    assert isinstance(found, NoBundle), found
    return found.why


def signed(path: Path, *lines: str, parts: bytes = b"") -> Path:
    """A file with these lines in its note, signed as they stand, by whoever makes slips."""
    path.write_bytes(sign("\n".join(lines) + "\n", OURS).encode() + b"\0" + parts)
    return path


def test_what_was_packed_is_unpacked(good: Path, tmp_path: Path) -> None:
    bundle = read_bundle(good, KNOWN)
    assert isinstance(bundle, Bundle)
    assert (bundle.version, bundle.signed_by) == ("0.2.0", "commons-kiosk-updates")
    unpack(good, bundle, tmp_path)
    packed = {each.name: each.read_bytes() for each in (good.parent / "wheels").iterdir()}
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == packed


def test_what_a_stranger_signed_is_not_taken(good: Path) -> None:
    """Without this whoever has a stick has the kiosk."""
    found = read_bundle(good, [OTHERS.verifier])
    assert isinstance(found, NoBundle)
    assert "nobody known has signed it" in found.why
    assert isinstance(read_bundle(good, []), NoBundle)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.integers(min_value=0), turn=st.integers(1, 255))
def test_no_byte_of_it_can_be_another(good: Path, tmp_path: Path, where: int, turn: int) -> None:
    """Without this an update could be bent on its way, by a bad stick or a good liar."""
    data = bytearray(good.read_bytes())
    data[where % len(data)] ^= turn
    bent = tmp_path / "bent"
    bent.write_bytes(data)
    assert isinstance(read_bundle(bent, KNOWN), NoBundle)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(min_value=0))
def test_a_copy_that_was_cut_off_is_not_taken(good: Path, tmp_path: Path, cut: int) -> None:
    data = good.read_bytes()
    short = tmp_path / "short"
    short.write_bytes(data[: cut % len(data)])
    assert isinstance(read_bundle(short, KNOWN), NoBundle)


@given(st.binary(max_size=300))
def test_no_bytes_at_all_make_it_stumble(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "anything"
    path.write_bytes(data)
    assert isinstance(read_bundle(path, KNOWN), NoBundle)


def test_something_hung_on_is_not_taken(good: Path, tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes(good.read_bytes() + b"more")
    assert "longer or shorter" in refused(tmp_path / "long")


HASH = "0" * 64


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["commons-kiosk/device", "7", "roothash"], "no update"),
        (["commons-kiosk update"], "no version"),
        (["commons-kiosk update", "0.2", f"{HASH} 1 {KIOSK}"], "no version"),
        (["commons-kiosk update", "../../etc", f"{HASH} 1 {KIOSK}"], "no version"),
        (["commons-kiosk update", "0.2.0"], "list of parts"),
        (["commons-kiosk update", "0.2.0", f"{HASH} 1 ../{KIOSK}"], "list of parts"),
        (["commons-kiosk update", "0.2.0", f"{HASH} 1 /etc/cron.d/x.whl"], "list of parts"),
        (["commons-kiosk update", "0.2.0", f"{HASH} 1 .hidden.whl"], "list of parts"),
        (["commons-kiosk update", "0.2.0", f"{HASH} 1 x.tar.gz"], "list of parts"),
        (["commons-kiosk update", "0.2.0", f"{HASH} -1 {KIOSK}"], "list of parts"),
        (["commons-kiosk update", "0.2.0", f"{HASH} 1 {KIOSK}", ""], "list of parts"),
        (["commons-kiosk update", "0.2.0", f"{HASH} 1 {KIOSK}", f"{HASH} 1 {KIOSK}"], "twice"),
        (["commons-kiosk update", "0.2.0", f"{HASH} 9999999999 {KIOSK}"], "larger"),
        (["commons-kiosk update", "0.2.1", f"{HASH} 1 {KIOSK}"], "does not hold version 0.2.1"),
        (["commons-kiosk update", "0.2.0", *(f"{HASH} 1 p{n}.whl" for n in range(301))], "list of parts"),
    ],
)
def test_a_signed_slip_writes_nowhere_else(tmp_path: Path, lines: list[str], why: str) -> None:
    """A seal of ours under something else, or under a name that leads out of the folder, is no update either."""
    assert why in refused(signed(tmp_path / "slip", *lines, parts=b"xx"))


def test_what_would_be_refused_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(BadPartsError, match="does not hold"):
        write_bundle(tmp_path / "out", "0.3.0", wheels(tmp_path / "wheels"), OURS)
    assert not (tmp_path / "out").exists()


def test_what_stands_in_a_files_place_is_not_followed(good: Path, tmp_path: Path) -> None:
    """A link on a stick can point at anything of this box; a pipe never ends."""
    (tmp_path / "link").symlink_to(good)
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "nothing", "."):
        assert "can’t be read" in refused(tmp_path / name)


def test_a_stick_that_says_something_else_the_second_time_is_found_out(good: Path, tmp_path: Path) -> None:
    """Some sticks are small computers."""
    bundle = read_bundle(good, KNOWN)
    assert isinstance(bundle, Bundle)
    other = tmp_path / "other"
    data = bytearray(good.read_bytes())
    data[-1] ^= 1
    other.write_bytes(data)
    with pytest.raises(BundleChangedError):
        unpack(other, bundle, tmp_path)


def test_versions_are_ordered_as_people_count() -> None:
    assert number("0.10.0") > number("0.9.9")
    assert number("0.1.0+12345678") == number("0.1.0")
    assert is_version("1.2.3")
    assert not any(is_version(each) for each in ("1.2", "1.2.3-1", "01.2.3", "1.2.3\n", "v1.2.3", "1.2.3+a"))
