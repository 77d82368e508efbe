"""The pages are true: without this, whoever follows them would be led into a wall, and find out alone."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest
import typer

import hardware.__main__
import kiosk.__main__
from kiosk.settings import SECTIONS, Settings, read

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("firmware-config/*.md")])
PROGRAMS: dict[str, Any] = {
    "kiosk": typer.main.get_command(kiosk.__main__.app),
    "hardware": typer.main.get_command(hardware.__main__.bench),
}


def blocks(page: Path, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def commands(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A program's commands with their full names, also those of its groups."""
    inner_commands = getattr(command, "commands", None)
    if inner_commands:
        for word, inner in inner_commands.items():
            yield from commands(f"{name} {word}", inner)
    else:
        yield name, command


ALL_COMMANDS = dict(each for name, program in PROGRAMS.items() for each in commands(name, program))


def lines_to_type(page: Path) -> list[str]:
    """What a page shows as typed: lines of shell blocks and code within sentences, without comments."""
    within = re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))
    return [line.split("#")[0] for line in [*"\n".join(blocks(page, "sh")).splitlines(), *within]]


def told() -> Iterator[tuple[str, list[str]]]:
    """Each line of a page that calls one of our programs, as (page, words)."""
    for page in PAGES:
        for line in lines_to_type(page):
            called = re.search(r"(?:^|/|\s)((?:kiosk|hardware)\s+[a-z][^|>;]*)", line)
            if called and not line.startswith("sudo"):
                yield page.name, shlex.split(called[1])


TOLD = list(told())


def named(words: list[str]) -> tuple[str, Any] | None:
    """The command that these words call."""
    for count in (3, 2):
        found = ALL_COMMANDS.get(" ".join(words[:count]))
        if found:
            return " ".join(words[:count]), found
    return None


def test_there_are_pages_and_commands() -> None:
    """Without this all tests below could pass by looking at nothing."""
    assert {page.name for page in PAGES} >= {
        "README.md",
        "CHANGELOG.md",
        "use.md",
        "build.md",
        "tend.md",
        "check.md",
    }
    assert {"kiosk run", "kiosk record", "kiosk state", "kiosk print cards", "hardware watch"} <= set(ALL_COMMANDS)
    assert len(TOLD) > 15


@pytest.mark.parametrize("name", sorted(ALL_COMMANDS))
def test_every_command_is_on_a_page(name: str) -> None:
    """Without this somebody would have to find it by chance."""
    assert name in {called[0] for _, words in TOLD if (called := named(words))}


@pytest.mark.parametrize(
    ("page", "words"), TOLD, ids=lambda part: part if isinstance(part, str) else " ".join(part)
)
def test_what_a_page_tells_to_type_exists(page: str, words: list[str]) -> None:
    """Without this the page would send people to commands and options that are gone."""
    called = named(words)
    assert called is not None, f"{page}: there is no {' '.join(words[:3])}"
    known = {option for parameter in called[1].params for option in parameter.opts}
    assert {word.split("=")[0] for word in words if word.startswith("--")} <= known


def slug(heading: str) -> str:
    """The anchor that a heading gets on the usual forges."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http:", "https:", "mailto:")):
                yield page, target


@pytest.mark.parametrize(
    ("page", "target"), [pytest.param(*link, id=f"{link[0].name} {link[1]}") for link in links()]
)
def test_every_link_leads_somewhere(page: Path, target: str) -> None:
    """Without this a reader would stand before nothing."""
    path, _, anchor = target.partition("#")
    aim = (page.parent / path).resolve() if path else page
    assert aim.exists()
    assert aim.is_relative_to(ROOT)
    if anchor:
        headings = re.findall(r"^#+ (.+)$", aim.read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in map(slug, headings)


SETTINGS_BLOCKS = [pytest.param(page, text, id=page.name) for page in PAGES for text in blocks(page, "toml")]


@pytest.mark.parametrize(("page", "text"), SETTINGS_BLOCKS)
def test_settings_on_a_page_load(page: Path, text: str) -> None:
    """Without this what people copy would not start."""
    found = read(text, page)
    assert isinstance(found, Settings), "\n".join(map(str, found))


def test_some_settings_are_shown() -> None:
    """Without this the test above could look at nothing."""
    assert len(SETTINGS_BLOCKS) >= 2


def test_the_table_of_settings_names_every_key_and_no_other() -> None:
    """Without this a key would be known to its author only."""
    page = (ROOT / "docs/tend.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `\[(\w+)\]` \| (.+) \|$", page, re.MULTILINE)
    shown = {section: set(re.findall(r"`(\w+)`", keys)) for section, keys in rows}
    assert shown == {section: set(get_type_hints(kind)) for section, kind in SECTIONS.items()}


def usual_pins() -> dict[str, int]:
    """The pins that the settings have when nothing is said, by section and key; the inhibit line's is 24."""
    return {
        f"{section}.{spec.name}": spec.default
        for section in ("buttons", "lamps", "sounder", "coin_acceptor")
        for spec in msgspec.structs.fields(SECTIONS[section])
        if type(spec.default) is int and spec.name != "nominal_ms"
    } | {"coin_acceptor.inhibit_pin": 24}


def test_the_wiring_table_is_that_of_the_settings() -> None:
    """Without this somebody would solder ten wires to the wrong pins."""
    page = (ROOT / "docs/build.md").read_text(encoding="utf-8")
    wired = re.findall(r"^\| (?:button|lamp|sounder|coin)[^|]*\| (\d+) \((\d+)\) \|", page, re.MULTILINE)
    assert [int(gpio) for gpio, _ in wired] == list(usual_pins().values())
    assert {int(gpio): int(header) for gpio, header in wired} == {
        # from the header's published pinout (pinout.xyz; `pinout` of gpiozero prints it)
        5: 29, 6: 31, 13: 33, 12: 32, 16: 36, 20: 38, 25: 22, 18: 12, 23: 16, 24: 18,
    }  # fmt: skip


def test_the_pi_starts_with_the_pins_as_they_are_wired() -> None:
    """Without this lamps would glow and the acceptor swallow coins until the kiosk runs."""
    lines = (ROOT / "firmware-config/config.txt").read_text(encoding="utf-8").splitlines()
    modes = {
        int(pin): mode
        for line in lines
        if line.startswith("gpio=")
        for pins, mode in [line.removeprefix("gpio=").split("=")]
        for pin in pins.split(",")
    }
    pins = usual_pins()
    inputs = {pin for name, pin in pins.items() if name.startswith("buttons.") or name == "coin_acceptor.pin"}
    assert modes == {pin: "ip,pu" if pin in inputs else "op,dl" for pin in pins.values()}


def test_the_pi_understands_every_line_of_its_configuration() -> None:
    """The firmware reads 98 signs of a line, and takes a comment behind a value for a part of it."""
    for line in (ROOT / "firmware-config/config.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"|#.*|\[\w+\]|[a-z_]+=[\w,=-]+", line), line
        assert line.startswith("#") or len(line) <= 98


def test_the_map_of_imports_is_the_one_that_is_enforced() -> None:
    """Without this the page would show a house that was rebuilt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    page = (ROOT / "docs/change.md").read_text(encoding="utf-8")
    assert "\n".join(re.sub(r"[()]", "", row) for row in layers) in page


def test_every_make_target_on_a_page_exists() -> None:
    """Without this the first thing that people type could fail."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    typed = "\n".join(line for page in PAGES for line in lines_to_type(page))
    asked = set(re.findall(r"(?:^|sudo )make ([a-z][a-z-]*)", typed, re.MULTILINE))
    assert {"run", "test", "check", "bench", "pictures", "install", "card", "bundle", "help"} <= asked
    assert asked <= targets


def test_the_box_starts_what_exists() -> None:
    """Without this the box on the wall would try for ever to start a command that is gone."""
    unit = (ROOT / "systemd/kiosk.service").read_text(encoding="utf-8")
    (line,) = re.findall(r"^ExecStart=\S+/(kiosk .+)$", unit, re.MULTILINE)
    called = named(line.split())
    assert called is not None
    assert called[0] == "kiosk run"
    known = {option for parameter in called[1].params for option in parameter.opts}
    assert {word for word in line.split() if word.startswith("--")} <= known


def test_every_behaviour_is_held_by_tests_that_exist_or_said_not_to_be() -> None:
    """Without this a box would be promised to stand what nobody tries any more."""
    page = (ROOT / "docs/check.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, 41))
    for number, _, held in rows:
        named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", held)
        assert named or "*not done" in held, f"nothing holds {number}"
        for file, test in named:
            text = (ROOT / "tests" / file).read_text(encoding="utf-8")
            assert re.search(rf"^def {test}\(", text, re.MULTILINE), f"{number}: there is no {file}::{test}"


def test_every_goal_has_its_row_on_the_page_of_speeds() -> None:
    """A goal that is no longer measured would be missed by nobody."""
    page = (ROOT / "docs" / "performance.md").read_text()
    for goal in (
        "an errand",
        "TinyDB",
        "start to first frame",
        "`kiosk verify`",
        "idle wall",
        "tap",
        "first frame",
        "QR",
    ):
        assert any(line.startswith("| ") and goal in line for line in page.splitlines()), goal
