"""What a person who writes a settings file can count on: devices as written, and every slip named with its line."""

from pathlib import Path
from typing import get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.settings import (
    EXAMPLE_FILE,
    SECTIONS,
    SYSTEM_FILE,
    Fault,
    Settings,
    default_path,
    load,
    read,
    worth_a_look,
)

FILE = Path("box.toml")


def faults(text: str) -> list[str]:
    """What is said about a text, one line each; fails when nothing is."""
    found = read(text, FILE)
    assert not isinstance(found, Settings), f"nobody complained about {text!r}"
    return [str(fault) for fault in found]


def fine(text: str) -> Settings:
    """The settings in a text; fails, saying what is wrong, when they are not."""
    found = read(text, FILE)
    assert isinstance(found, Settings), "\n".join(map(str, found))
    return found


def test_an_empty_file_is_a_kiosk_without_devices() -> None:
    """Without this a shop could not try the kiosk before it has bought anything."""
    settings = fine("")
    assert settings == Settings()
    devices = [
        settings.badge_reader,
        settings.code_scanner,
        settings.buttons,
        settings.lamps,
        settings.sounder,
        settings.coin_acceptor,
    ]
    assert devices == [None] * 6
    assert (settings.screen.width, settings.screen.height, settings.shop.language) == (800, 480, "en")


def test_a_section_that_is_there_is_a_device_with_its_usual_pins() -> None:
    """Without this every shop would have to find out the wiring again."""
    settings = fine("[buttons]\n[lamps]\nalarm = 22\n[badge_reader]\nport = '/dev/ttyUSB0'")
    assert settings.buttons is not None
    assert (settings.buttons.yes, settings.buttons.no, settings.buttons.abstain) == (5, 6, 13)
    assert settings.lamps is not None
    assert (settings.lamps.yes, settings.lamps.alarm) == (12, 22)
    assert settings.badge_reader is not None
    assert settings.badge_reader.driver == "pn532"


def test_coins_are_pulses_and_cents() -> None:
    """Without this a coin would count for another one."""
    settings = fine('[coin_acceptor]\ninhibit_pin = 24\ncoins = { "2" = 50, "5" = 200 }')
    assert settings.coin_acceptor is not None
    assert dict(settings.coin_acceptor.coins) == {2: 50, 5: 200}


def test_the_example_loads_and_names_every_key() -> None:
    """Without this the one page that people copy from would be wrong, or silent about a key."""
    assert isinstance(load(EXAMPLE_FILE), Settings)
    raw = msgspec.toml.decode(EXAMPLE_FILE.read_bytes())
    shown = {(section, key) for section, keys in raw.items() for key in keys}
    exist = {(section, key) for section, kind in SECTIONS.items() for key in get_type_hints(kind)}
    assert shown == exist


def test_what_the_example_says_is_the_default_is_the_default() -> None:
    """The example promises that a key left out has the value written there, but for the few marked otherwise."""
    said = load(EXAMPLE_FILE)
    bare = fine(
        "[badge_reader]\nport='/dev/a'\n[code_scanner]\nport='/dev/b'\n[buttons]\n[lamps]\n[sounder]\n"
        "[coin_acceptor]\ncoins={'2'=10}\n"
    )
    assert isinstance(said, Settings)
    differing = {
        (section, key)
        for section, kind in SECTIONS.items()
        for key in get_type_hints(kind)
        if getattr(getattr(said, section), key) != getattr(getattr(bare, section), key)
    }
    assert differing == {
        ("data", "folder"),
        ("data", "copy"),
        ("badge_reader", "port"),
        ("code_scanner", "port"),
        ("coin_acceptor", "coins"),
        ("coin_acceptor", "inhibit_pin"),
        ("screen", "fullscreen"),
        ("screen", "night"),
        ("updates", "key"),
        ("building", "claims"),
        ("building", "listen"),
        ("neighbours", "listen"),
        ("neighbours", "wall"),
    }


def test_every_section_is_in_the_table_of_contents() -> None:
    """Without this a new section would be refused as unknown, or taken unseen."""
    assert tuple(SECTIONS) == Settings.__struct_fields__


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n[buton]\nyes = 5", "box.toml:2: there is no section [buton]; did you mean buttons?"),
        ("[buttons]\nyes = 5\nabstian = 7", "box.toml:3: [buttons] has no key abstian; did you mean abstain?"),
        ("[shop]\ncolour = 1", "box.toml:2: [shop] has no key colour; there are name, language"),
        ("# the shop\nshop = 'ours'", "box.toml:2: shop is a section"),
        ("[[buttons]]\nyes = 5", "box.toml:1: buttons is a section"),
        ("[buttons]\nyes = 'five'", 'box.toml:2: buttons.yes is "five"; give it the BCM number'),
        ("[buttons]\nyes = true", "box.toml:2: buttons.yes is true"),
        ("[buttons]\nyes = 28", "box.toml:2: buttons.yes is 28"),
        ("[buttons]\nyes = 1", "box.toml:2: buttons.yes is 1;"),
        ("[buttons]\nyes = 5.0", "box.toml:2: buttons.yes is 5.0"),
        ("[badge_reader]\nport = '/dev/a'\ndriver = 'pn523'", 'box.toml:3: badge_reader.driver is "pn523"'),
        ("[screen]\n\n[badge_reader]\ndriver = 'pn532'", "box.toml:3: [badge_reader] lacks the key port"),
        ("[code_scanner]", "box.toml:1: [code_scanner] lacks the key port"),
        ("[code_scanner]\nport = 'COM3'", 'box.toml:2: code_scanner.port is "COM3"'),
        ("[coin_acceptor]\npin = 23", "box.toml:1: [coin_acceptor] lacks the key coins"),
        ("[coin_acceptor]\ncoins = { '1' = 50 }", "box.toml:2: coin_acceptor.coins is"),
        ("[coin_acceptor]\npin = 23\n[coin_acceptor.coins]\nthree = 50", "box.toml:3: coin_acceptor.coins is"),
        ("[coin_acceptor]\ncoins = { '2' = 0.5 }", "box.toml:2: coin_acceptor.coins is"),
        ("[coin_acceptor]\ncoins = {}", "box.toml:2: coin_acceptor.coins is"),
        (
            "[shop]\nlanguage = 'tlh'",
            'box.toml:2: shop.language is "tlh"; give it a language this kiosk speaks: "en"',
        ),
        ("[shop]\nname = ''", 'box.toml:2: shop.name is "";'),
        ("[data]\nfolder = 'data'", 'box.toml:2: data.folder is "data"; give it a folder\'s whole path'),
        ("[data]\nfolder = '~nobody-of-that-name/x'", "box.toml:2: data.folder is"),
        ("[screen]\nrotate = 45", "box.toml:2: screen.rotate is 45; give it a quarter turn: 0, 90, 180, 270"),
        ("[screen]\nfullscreen = 'yes'", 'box.toml:2: screen.fullscreen is "yes"; give it true or false'),
    ],
)
def test_a_slip_is_named_with_its_line_and_what_to_do(text: str, said: str) -> None:
    """Without this somebody would stand before a dead box with a file of sixty lines and no idea where to look."""
    found = faults(text)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_all_slips_are_said_at_once_in_the_order_of_the_file() -> None:
    """Without this people would mend one line, start, and be told of the next."""
    found = faults("[lamps]\nyes = 0\n[shop]\nlanguage = 'xx'\n[buttons]\nno = 99\nwhat = 1")
    assert [line.split(":")[1] for line in found] == ["2", "4", "6", "7"]


def test_a_pin_given_twice_is_named_with_both_places() -> None:
    """Without this a button would light a lamp, or a lamp press a button."""
    assert faults("[buttons]\nyes = 5\nno = 5") == [
        "box.toml:3: pin 5 is already buttons.yes's; give buttons.no another pin"
    ]


def test_a_pin_that_another_device_has_by_default_counts_as_taken() -> None:
    """Without this the slip would show only at the first press."""
    assert faults("[lamps]\n[buttons]\nno = 25") == [
        "box.toml:1: pin 25 is already buttons.no's; give lamps.alarm another pin"
    ]
    assert faults("[sounder]\npin = 24\n[coin_acceptor]\ninhibit_pin = 24\ncoins = {'2' = 5}") == [
        "box.toml:4: pin 24 is already sounder.pin's; give coin_acceptor.inhibit_pin another pin"
    ]


def test_two_devices_cannot_share_a_port() -> None:
    """Without this reader and scanner would steal each other's bytes."""
    assert faults("[badge_reader]\nport = '/dev/a'\n[code_scanner]\nport = '/dev/a'") == [
        "box.toml:4: /dev/a is already badge_reader.port's; give code_scanner.port another port"
    ]


def test_two_ports_that_could_be_the_same_are_refused() -> None:
    """Both devices would be looked for on each other's port."""
    text = "[badge_reader]\nport='auto'\n[code_scanner]\nport='/dev/serial/by-id/usb-Newland*'\n"
    faults = read(text, Path("box.toml"))
    assert isinstance(faults, tuple)
    assert str(faults[0]).startswith("box.toml:4: /dev/serial/by-id/usb-Newland* could also be")
    apart = text.replace("usb-Newland*", "usb-Newland-if00")
    assert isinstance(read(apart, Path("box.toml")), Settings)


@pytest.mark.parametrize("port", ["keyboard:1a2b:3c4d", "keyboard:1A2B:3C4D", "/dev/input/by-id/usb-x-event-kbd"])
def test_what_types_like_a_keyboard_is_known_by_its_port(port: str) -> None:
    settings = fine(f"[badge_reader]\nport='{port}'\n[code_scanner]\nport='keyboard:ffff:0035'")
    assert settings.badge_reader is not None
    assert settings.badge_reader.port == port


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "port = 'keyboard:12:34'",
            'box.toml:2: badge_reader.port is "keyboard:12:34"; give it the path of a serial',
        ),
        ("port = 'keyboard'", 'box.toml:2: badge_reader.port is "keyboard"; give it the path of a serial port'),
        (
            "port = 'keyboard:1a2b:3c4d'\ndriver = 'rdm6300'",
            "box.toml:3: keyboard:1a2b:3c4d types like a keyboard, and badge_reader.driver is for a reader on a "
            "serial port; take the line with the driver out",
        ),
        (
            "port = 'keyboard:1a2b:3c4d'\n[code_scanner]\nport = 'keyboard:1A2B:3C4D'",
            "box.toml:4: keyboard:1a2b:3c4d is already badge_reader.port's; give code_scanner.port another port",
        ),
    ],
)
def test_a_slip_in_the_port_of_what_types_is_named(text: str, said: str) -> None:
    """Without this the kiosk would look for a device that can't be there, or two would take one."""
    (fault,) = faults(f"[badge_reader]\n{text}")
    assert fault.startswith(said)


def test_keyboard_may_be_written_in_any_case() -> None:
    """Without this a capital at the start, as people write, would be a device that is not found."""
    settings = fine("[code_scanner]\nport = 'Keyboard:FFFF:0035'")
    assert settings.code_scanner is not None
    assert settings.code_scanner.port == "keyboard:FFFF:0035"


def test_a_value_over_several_lines_is_found_where_it_begins() -> None:
    """Without this the line said would be that of a bracket."""
    assert faults("[shop]\nname = [\n  'a',\n  'b',\n]\n")[0].startswith("box.toml:2: shop.name is")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[shop]\nname = Rhubarb Press",
            '2: [shop] name: words stand in straight quotes: name = "Rhubarb Press"',
        ),
        ("[shop]\nname = “Jo’s place”", '2: [shop] name: words stand in straight quotes: name = "Jo’s place"'),
        ("[shop]\nname: Ours", '2: [shop]: an = stands between a name and its value: name = "Ours"'),
        (
            '[shop]\nname = "Ours\n\n[buttons]',
            '2: [shop] name: quotes stand before and behind words: name = "Ours"',
        ),
        ("[shop]\nname = # later\n", "2: [shop] name: it has no value; write one behind the ="),
        ("[shop]\nname = = 1", "2: [shop] name: words stand in straight quotes"),
        ("[shop\n", "1: a section's name stands in brackets, alone on its line: [shop]"),
        (
            "[badge reader]\n",
            "1: a section's name stands in brackets, alone on its line: [badge_reader]",
        ),
        ("[buttons] yes = 5", "1: a section's name stands in brackets, alone on its line: [buttons]"),
        ("[buttons]\n[lamps]\n[buttons]\n", "3: [buttons] stands here a second time; a section stands once"),
        (
            "[buttons]\nyes = 5\nyes = 6\n",
            "3: [buttons] yes: yes stands here a second time in [buttons]; a key stands once",
        ),
        ("[buttons]\nyes = 05", "2: [buttons] yes: a number is whole, and has no zero before it: yes = 5"),
        ("[coin_acceptor.coins]\n4 = 20 cents", "2: [coin_acceptor.coins] 4: a number stands without a word"),
        (
            "[screen]\nfullscreen = yes  # all of it",
            "2: [screen] fullscreen: yes or no is true or false, in small letters and without quotes: "
            "fullscreen = true",
        ),
        ("[screen]\nfullscreen = False", "2: [screen] fullscreen: yes or no is true or false"),
        ("[screen]\nnight = 22:00-6:00", '2: [screen] night: words stand in straight quotes: night = "22:00-6:00"'),
        (
            '[coin_acceptor]\ncoins = {\n "4" = 20,\n}',
            "2: [coin_acceptor] coins: a list in braces stays in one line: coins = {",
        ),
        ('[coin_acceptor]\ncoins = { "4" = 20 "5" = 50 }', "2: [coin_acceptor] coins: in braces, commas stand"),
        ("// my settings\n", "1: this line is not understood; a line is a [section], or a name"),
        ('[shop]\n\nname = """\nnever ends', "4: [shop]: an = stands between a name and its value"),
        ("a = [1,\n[shop]\n", "2: a section's name stands in brackets"),
    ],
)
def test_a_slip_of_the_pen_is_said_in_the_words_of_whoever_made_it(text: str, said: str) -> None:
    """Without this a missing quote would be told in the words of a grammar that nobody here has read."""
    (fault,) = faults(text)
    assert fault.startswith(f"box.toml:{said}")


@given(st.text(alphabet="[]{}=\"'#\\\n ,:“”ab1.é\0", max_size=30))
def test_whatever_is_written_is_read_or_said_in_one_line(text: str) -> None:
    """Without this some slip nobody thought of would be a traceback, or a parser's words."""
    found = read(text, FILE)
    if isinstance(found, Settings):
        return
    for fault in found:
        assert 1 <= fault.line <= text.count("\n") + 1
        assert "\n" not in fault.what
        assert not any(
            word in fault.what for word in ("(at ", "Cannot", "Illegal", "Invalid", "Expected", "namespace")
        )


def looks(folder: Path, text: str) -> list[str]:
    """What is worth a look in a file in which nothing is wrong."""
    file = folder / "box.toml"
    file.write_text(text)
    fine(text)
    return [f"{each.line}: {each.what}" for each in worth_a_look(file)]


def test_a_copy_that_would_be_lost_with_the_record_is_worth_a_look(tmp_path: Path) -> None:
    """Without this the shop would find out that it has no copy on the day it needs one."""
    data = f"[data]\nfolder = '{tmp_path}/shop'\n"
    assert looks(tmp_path, f"{data}copy = '{tmp_path}/shop/../shop/'\n")[0].startswith("3: data.copy is the folder")
    assert looks(tmp_path, f"{data}copy = '{tmp_path}/shop/copy'\n")[0].startswith("3: data.copy lies inside")
    assert looks(tmp_path, f"{data}copy = '{tmp_path}/shop-copy'\n") == []


@pytest.mark.parametrize("port", ["/dev/ttyUSB0", "/dev/ttyACM3", "/dev/input/event3"])
def test_a_name_that_wanders_is_worth_a_look(tmp_path: Path, port: str) -> None:
    """Without this the scanner would be the reader after the next power cut."""
    (said,) = looks(tmp_path, f"[code_scanner]\nport = '{port}'\n")
    assert said.startswith(f"2: {port} ")
    stays = "/dev/input/by-id/usb-x-event-kbd"
    assert looks(tmp_path, f"[code_scanner]\nport = '{stays}'\n[badge_reader]\nport = '/dev/serial/by-id/a'") == []


def test_a_coin_that_others_add_up_to_is_worth_a_look(tmp_path: Path) -> None:
    """Without this somebody's two euros would never be counted, and nobody would know why."""
    coins = "[coin_acceptor]\ncoins = {'2' = 50, '3' = 100, '5' = 200}\n"
    (said,) = looks(tmp_path, coins)
    assert said.startswith("2: the coin of 5 pulses is never counted: coins of 2 and 3 that fall together")
    assert looks(tmp_path, f"{coins}inhibit_pin = 24\n") == []
    assert looks(tmp_path, "[coin_acceptor]\ncoins = {'4' = 20, '5' = 50, '6' = 100, '7' = 200}\n") == []
    assert looks(tmp_path, "[coin_acceptor]\ncoins = {'2' = 50, '4' = 100}\n") == []


def test_a_home_folder_is_that_of_whoever_runs_the_kiosk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this ~/ would be a folder named ~."""
    monkeypatch.setenv("HOME", "/home/kiosk")
    assert fine("[data]\nfolder = '~/record'").data.folder == Path("/home/kiosk/record")
    assert Settings().data.folder == Path("/home/kiosk/.local/share/commons-kiosk")


def test_a_file_that_cannot_be_read_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    """Without this a typing error in a path would be a traceback, or silently another kiosk."""
    (missing,) = _faults_of(tmp_path / "none.toml")
    assert (missing.line, "No such file" in missing.what) == (0, True)
    assert str(missing).startswith(f"{tmp_path}/none.toml: cannot be read")
    (folder,) = _faults_of(tmp_path)
    assert "Is a directory" in folder.what
    odd = tmp_path / "latin.toml"
    odd.write_bytes(b"[shop]\nname = 'Caf\xe9'\n")
    (not_utf8,) = _faults_of(odd)
    assert not_utf8 == Fault(odd, 2, "has a sign that is not UTF-8; save the file as UTF-8 text")


def test_a_file_from_windows_is_read_like_any_other(tmp_path: Path) -> None:
    """Without this a file edited on somebody's laptop would not start the kiosk."""
    path = tmp_path / "box.toml"
    path.write_bytes(b"\xef\xbb\xbf[shop]\r\nname = 'Backshop'\r\n")
    settings = load(path)
    assert isinstance(settings, Settings)
    assert settings.shop.name == "Backshop"


def test_which_file_counts() -> None:
    """Without this the box would run with a file that nobody thinks of."""
    assert default_path({"KIOSK_SETTINGS": "/tmp/a.toml"}) == Path("/tmp/a.toml")
    assert default_path({"KIOSK_SETTINGS": "  "}) == default_path({})
    assert default_path({}) == (SYSTEM_FILE if SYSTEM_FILE.exists() else None)
    assert load(None) == Settings()


def _faults_of(path: Path) -> tuple[Fault, ...]:
    found = load(path)
    assert not isinstance(found, Settings)
    return found
