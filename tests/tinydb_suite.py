"""Run TinyDB's own tests on our storage: `python tests/tinydb_suite.py`. Exit code 0 only when all is well.

The tests come in the source archive of the installed version, which pip fetches once into .cache/. They are
unpacked into a temporary folder and none of them is kept here.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent / ".cache" / "tinydb"

LEFT_OUT = {
    "tests/test_storages.py::test_json_kwargs": "it reads the file as JSON, indented and sorted as asked",
    "tests/test_tables.py::test_table_repr": "it looks for the class names of TinyDB's own storages",
}
"""Tests that cannot pass on any storage but TinyDB's own, and why."""

FEWEST = 60
"""Tests that must have opened a database of ours, or something is wrong with this script."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        unpack_tests(source_archive(version("tinydb")), place)
        found_at = place / "found.json"
        code = run(place, found_at)
        found = json.loads(found_at.read_text()) if found_at.exists() else {"on_sqlite": 0, "left_out": []}
    return judge(code, found["on_sqlite"], set(found["left_out"]))


def source_archive(wanted: str) -> Path:
    """The archive of this version; fetched if it is not there."""
    archive = CACHE / f"tinydb-{wanted}.tar.gz"
    if not archive.exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--no-binary", "tinydb", "--dest", str(CACHE), f"tinydb=={wanted}"]
        subprocess.run(command, check=True)
    return archive


def unpack_tests(archive: Path, place: Path) -> None:
    """Put the tests into place/suite/tests, with our conftest.py in front of theirs."""
    tests = place / "suite" / "tests"
    tests.mkdir(parents=True)
    with tarfile.open(archive) as packed:
        for member in packed.getmembers():
            held = Path(member.name)
            if held.parent.name == "tests" and (text := packed.extractfile(member)):
                (tests / held.name).write_bytes(text.read())
    (tests / "conftest.py").rename(tests / "stock_conftest.py")
    shutil.copy(HERE / "tinydb_conftest.py", tests / "conftest.py")
    (place / "suite" / "pytest.ini").write_text("[pytest]\n")


def run(place: Path, found_at: Path) -> int:
    ours = {"TINYDB_LEFT_OUT": json.dumps(list(LEFT_OUT)), "TINYDB_FOUND": str(found_at)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    return subprocess.run(command, cwd=place / "suite", env={**os.environ, **ours}, check=False).returncode


def judge(code: int, on_sqlite: int, left_out: set[str]) -> int:
    print(f"TinyDB {version('tinydb')}: {on_sqlite} of its tests opened a database on SQLite.")
    for name, why in LEFT_OUT.items():
        print(f"left out: {name}: {why}")
    wrong = [f"{name} is to be left out, but there is no such test" for name in LEFT_OUT.keys() - left_out]
    if on_sqlite < FEWEST:
        wrong.append(f"only {on_sqlite} tests ran on SQLite, at least {FEWEST} must")
    if code:
        wrong.append("some tests failed")
    print("\n".join(wrong) or "All passed.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
