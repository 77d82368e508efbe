"""From outside, with no knowledge of the code: programs on ports and pipes, words on the command line."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import Program, kiosk


class Bench:
    """A reader, a scanner and a kiosk, each a program of its own."""

    def __init__(self, folder: Path) -> None:
        self.reader = Program("hardware", "pretend", "pn532")
        self.scanner = Program("hardware", "pretend", "scanner")
        self.settings = folder / "settings.toml"
        self.settings.write_text(
            f'[shop]\nname = "Canal Street Bakery"\n[data]\nfolder = "{folder / "data"}"\n'
            f'[badge_reader]\nport = "{self.reader.hears("/")}"\n'
            f'[code_scanner]\nport = "{self.scanner.hears("/")}"\n'
        )
        self.kiosk = Program("kiosk.way_in", "run", "--settings", str(self.settings), "--drive", "--no-screen")
        self.kiosk.hears("WelcomeFace")

    def tap(self, uid: str, expect: str) -> None:
        seen = len(self.kiosk.lines)
        self.reader.say(f"tap {uid}")
        self.kiosk.hears(expect, after=seen)
        self.reader.say("away")
        time.sleep(1.2)

    def touch(self, what: str, expect: str) -> None:
        seen = len(self.kiosk.lines)
        self.kiosk.say(f"touch {what}")
        self.kiosk.hears(expect, after=seen)

    def found(self) -> None:
        for uid, name in (("04A1B2C3", "Amina"), ("047BCB51962280", "Jo"), ("04112233445566778899", "Sara")):
            self.tap(uid, "TypeFace")
            self.touch(f"type {name}", f'"text": "{name}"')
            self.touch("choose typed", "founded the shop" if name == "Sara" else f'"{name}"]')

    def state(self) -> dict[str, object]:
        done = kiosk("state", "--json", "--settings", str(self.settings))
        assert done.returncode == 0, done.stderr
        shown: dict[str, object] = json.loads(done.stdout)
        return shown

    def end(self) -> None:
        for program in (self.kiosk, self.reader, self.scanner):
            program.end()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    bench.found()
    yield bench
    bench.end()


def test_two_taps_and_the_touches_between_are_in_the_state_and_the_record(bench):
    bench.touch("choose ok", "WallFace")
    bench.touch("choose work:repair", "TapFace")
    bench.tap("04A1B2C3", "DialFace")
    bench.tap("047BCB51962280", "Amina gave Jo 1 h of repair.")
    state = bench.state()
    assert state["balances"] == {"Amina": 60, "Jo": -60, "Sara": 0, "commons": 0}
    assert state["sum"] == 0
    lines = kiosk("record", "--json", "--settings", str(bench.settings)).stdout.splitlines()
    entries = [json.loads(line) for line in lines]
    assert [entry["kind"] for entry in entries] == ["shop founded", "charter written", "hours swapped"]
    assert entries[2]["giver"] == "Amina"
    assert entries[2]["receivers"] == [{"handle": "Jo", "minutes": 60}]
    people = kiosk("record", "--settings", str(bench.settings)).stdout
    assert people.splitlines()[2].endswith("Amina gave Jo 1 h of repair.")


def test_a_printed_card_takes_one_side(bench, tmp_path):
    sheet = tmp_path / "cards.pdf"
    printed = kiosk(
        "print", "cards", "--settings", str(bench.settings), "--handle", "Jo", "--codes", "--output", str(sheet)
    )
    assert printed.returncode == 0, printed.stderr
    assert sheet.read_bytes().startswith(b"%PDF")
    code = printed.stdout.split()[0]
    bench.touch("choose ok", "WallFace")
    for key in ("people", "add"):
        bench.touch(f"choose {key}", "TilesFace")
    bench.touch("choose member:Jo", "Lay the new badge")
    bench.scanner.say(f"scan {code}")
    bench.kiosk.hears("Two of you tap")
    bench.tap("04A1B2C3", '"names": ["Amina"]')
    bench.tap("04112233445566778899", "Jo has one more badge")
    bench.touch("choose ok", "WallFace")
    bench.touch("choose work:cooking", "TapFace")
    bench.tap("04A1B2C3", "DialFace")
    time.sleep(2.0)  # the scanner takes the same code within two seconds for the same showing
    bench.scanner.say(f"scan {code}")
    bench.kiosk.hears("Amina gave Jo 1 h of cooking.")
    assert bench.state()["balances"] == {"Amina": 60, "Jo": -60, "Sara": 0, "commons": 0}


def test_a_reader_pulled_out_is_an_alarm_to_other_programs_until_it_is_back(bench):
    bench.reader.say("unplug")
    bench.kiosk.hears("The badge reader does not answer")
    assert [alarm["words"] for alarm in bench.state()["alarms"]] == ["The badge reader does not answer"]
    seen = len(bench.kiosk.lines)
    bench.reader.say("replug")
    bench.kiosk.hears('"alarms": []', after=seen)
    assert bench.state()["alarms"] == []
    bench.touch("choose ok", "WallFace")
    bench.tap("04A1B2C3", "HomeFace")
