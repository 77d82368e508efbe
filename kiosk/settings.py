"""What belongs to this box, and to no other: ports, pins, screen, language, folders.

One frozen object from one TOML file (toml.io, v1.0.0). Nothing here has power over people: the numbers the shop
lives by are in the record, where changing one takes a vote. A section that is missing means a device that is
not there. What is wrong with a file is a value too, with the line it stands on and what to do about it.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_type_hints

import msgspec
from msgspec import Meta, Struct, field

from kiosk.slips import slip

SYSTEM_FILE = Path("/etc/commons-kiosk/settings.toml")
"""Where a kiosk's settings lie when nothing else is said."""

EXAMPLE_FILE = Path(__file__).with_name("settings.example.toml")
"""A file with every key in it, each explained."""

Pin = Annotated[int, Meta(ge=2, le=27, description="the BCM number of a pin, from 2 to 27")]
Port = Annotated[
    str,
    Meta(
        pattern="^(/.*|auto|keyboard:[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4})$",
        description='the path of a serial port in quotes, such as "/dev/serial/by-id/…" or "/dev/serial/by-id/*", '
        'or "auto"; or, for what types like a keyboard, its numbers from lsusb, such as "keyboard:1a2b:3c4d"',
    ),
]
Pixels = Annotated[int, Meta(ge=320, le=7680, description="a whole number of pixels, from 320 to 7680")]
Pulses = Annotated[int, Meta(ge=2, le=100)]
Cents = Annotated[int, Meta(ge=1, le=100_000)]
Language = Literal["en", "es", "fr", "de", "pl", "ar"]
Driver = Literal["pn532", "rdm6300"]
Size = Literal["normal", "larger", "largest"]
Read = Literal["off", "asked", "always"]
SIZES: tuple[Size, ...] = ("normal", "larger", "largest")
"""The sizes of type, in steps."""


def _home_folder() -> Path:
    """Where the data lies when no settings say so; a user without a home keeps it with the system's."""
    try:
        return Path.home() / ".local/share/commons-kiosk"
    except RuntimeError:
        return Path("/var/lib/commons-kiosk")


class Shop(Struct, frozen=True, forbid_unknown_fields=True):
    """The sign over the door. language: of the words on the screen and of the minutes."""

    name: Annotated[
        str, Meta(min_length=1, max_length=60, description="the shop's name in quotes, of 1 to 60 letters")
    ] = "Our shop"
    language: Annotated[Language, Meta(description="a language this kiosk speaks")] = "en"


class Data(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the record and the key of the badges lie. copy: a folder on another medium, copied to every night."""

    folder: Annotated[Path, Meta(description="a folder's whole path in quotes, beginning with / or with ~/")] = (
        field(default_factory=_home_folder)
    )
    copy: Annotated[
        Path | None, Meta(description="a folder's whole path in quotes, on a stick or another disk")
    ] = None


class Neighbours(Struct, frozen=True, forbid_unknown_fields=True):
    """Lines to other shops. listen: where they reach this kiosk, best inside a tunnel; None and it only calls.

    wall: where walls on other machines (`kiosk wall --from`) reach it; None and they don't.
    """

    listen: (
        Annotated[
            str,
            Meta(
                pattern=r"^[0-9A-Za-z.-]+:[1-9][0-9]{0,4}$",
                description="an address of this box and a port, as in 10.0.0.11:7422",
            ),
        ]
        | None
    ) = None
    wall: (
        Annotated[
            str,
            Meta(
                pattern=r"^[0-9A-Za-z.-]+:[1-9][0-9]{0,4}$",
                description="an address of this box and a port, as in 10.0.0.11:7424",
            ),
        ]
        | None
    ) = None


Reached = Annotated[
    str,
    Meta(
        pattern=r"^[0-9A-Za-z.-]+:[1-9][0-9]{0,4}$",
        description="an address and a port, as in 10.0.0.11:7423",
    ),
]


class Building(Struct, frozen=True, forbid_unknown_fields=True):
    """Other kiosks of the same shop. listen: where they reach this one; then it keeps the claims for all of them.

    claims: where they are kept, if that is not where the stick said; None and it is.
    """

    listen: Reached | None = None
    claims: Reached | None = None


class Updates(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose updates are taken from a file. key: as `make bundle` prints it; None and none is."""

    key: (
        Annotated[
            str,
            Meta(
                pattern=r"^[^+\s]+\+[0-9a-f]{8}\+\S{44}$", description="a key in quotes, as make bundle prints it"
            ),
        ]
        | None
    ) = None


class BadgeReader(Struct, frozen=True, forbid_unknown_fields=True):
    """The reader of NFC tags (pn532) or of 125 kHz tags (rdm6300).

    One that types like a keyboard is known by its port and has no driver.
    """

    port: Port
    driver: Annotated[Driver, Meta(description="a driver this house has")] = "pn532"


class CodeScanner(Struct, frozen=True, forbid_unknown_fields=True):
    """The scanner of the codes on cards."""

    port: Port


class Buttons(Struct, frozen=True, forbid_unknown_fields=True):
    """Three buttons, each between its pin and ground."""

    yes: Pin = 5
    no: Pin = 6
    abstain: Pin = 13


class Lamps(Struct, frozen=True, forbid_unknown_fields=True):
    """The lamps in the buttons, and the one for alarms; each lit while its pin is high."""

    yes: Pin = 12
    no: Pin = 16
    abstain: Pin = 20
    alarm: Pin = 25


class Sounder(Struct, frozen=True, forbid_unknown_fields=True):
    """The piezo that says heard, done, not possible."""

    pin: Pin = 18


class CoinAcceptor(Struct, frozen=True, forbid_unknown_fields=True):
    """A coin acceptor that says each coin as a number of pulses.

    coins: how many pulses each coin is taught as, and its value in cents. One pulse is no coin: that is what a
    loose contact says.
    inhibit_pin: high while coins may come in; None when that wire is not connected.
    nominal_ms: how long one pulse lasts, in milliseconds.
    """

    coins: Annotated[
        Mapping[Pulses, Cents],
        Meta(min_length=1, description='a table of coins such as "2" = 50: from 2 to 100 pulses, then whole cents'),
    ]
    pin: Pin = 23
    inhibit_pin: Pin | None = None
    nominal_ms: Annotated[
        int, Meta(ge=10, le=200, description="a whole number of milliseconds, from 10 to 200")
    ] = 65


class Screen(Struct, frozen=True, forbid_unknown_fields=True):
    """The touch screen. rotate: degrees, clockwise. night: from when to when it is dark while nobody is there.

    text: how large its words are until somebody chooses. voice: whether it is read aloud: never, for whoever asks
    for it, or always.
    """

    width: Pixels = 800
    height: Pixels = 480
    fullscreen: Annotated[bool, Meta(description="true or false, without quotes")] = False
    rotate: Annotated[Literal[0, 90, 180, 270], Meta(description="a quarter turn")] = 0
    night: Annotated[
        str,
        Meta(
            pattern=r"^(([01]?[0-9]|2[0-3]):[0-5][0-9] ?- ?([01]?[0-9]|2[0-3]):[0-5][0-9])?$",
            description='two times of the day in quotes, such as "22:00-6:00", or "" for never',
        ),
    ] = ""
    text: Annotated[Size, Meta(description="a size of type")] = "normal"
    voice: Annotated[Read, Meta(description="when it is read aloud")] = "asked"


class Wall(Struct, frozen=True, forbid_unknown_fields=True):
    """The wall as a page (`kiosk wall`). address: where it is to be had; the usual one is this machine alone."""

    address: Annotated[
        str,
        Meta(
            pattern=r"^([0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$",
            description='an address of this machine in quotes, "127.0.0.1" for itself alone, "0.0.0.0" for all',
        ),
    ] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1024, le=65_535, description="a whole number, from 1024 to 65535")] = 8470


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All that belongs to this box. A device is None when its section is missing."""

    shop: Shop = field(default_factory=Shop)
    data: Data = field(default_factory=Data)
    badge_reader: BadgeReader | None = None
    code_scanner: CodeScanner | None = None
    buttons: Buttons | None = None
    lamps: Lamps | None = None
    sounder: Sounder | None = None
    coin_acceptor: CoinAcceptor | None = None
    screen: Screen = field(default_factory=Screen)
    wall: Wall = field(default_factory=Wall)
    updates: Updates = field(default_factory=Updates)
    neighbours: Neighbours = field(default_factory=Neighbours)
    building: Building = field(default_factory=Building)


class Fault(NamedTuple):
    """Something in the settings that cannot be meant, and what to do. line: counted from 1; 0 is the whole file."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.what}"


SECTIONS: Mapping[str, type[Struct]] = {
    "shop": Shop,
    "data": Data,
    "badge_reader": BadgeReader,
    "code_scanner": CodeScanner,
    "buttons": Buttons,
    "lamps": Lamps,
    "sounder": Sounder,
    "coin_acceptor": CoinAcceptor,
    "screen": Screen,
    "wall": Wall,
    "updates": Updates,
    "neighbours": Neighbours,
    "building": Building,
}
"""The table of contents of a settings file."""

Where = tuple[str, ...]


class _Complaint(NamedTuple):
    """What is wrong at a key, before its line is looked up."""

    where: Where
    what: str


def default_path(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The file that counts when none is named: KIOSK_SETTINGS, else the system's, else None (all defaults)."""
    named = environ.get("KIOSK_SETTINGS", "").strip()
    if named:
        return Path(named)
    return SYSTEM_FILE if SYSTEM_FILE.exists() else None


def load(path: Path | None) -> Settings | tuple[Fault, ...]:
    """The settings in a file, or all that is wrong with it, in the order of its lines; None gives the defaults."""
    if path is None:
        return Settings()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        return (Fault(path, 0, f"cannot be read ({error.strerror}); mend the path or the file's permissions"),)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return (Fault(path, line, "has a sign that is not UTF-8; save the file as UTF-8 text"),)
    return read(text, path)


def read(text: str, path: Path) -> Settings | tuple[Fault, ...]:
    """The settings that a text says, or all that is wrong with it. path: what the faults call it."""
    try:
        raw = _in_small_letters(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return (_syntax_fault(path, text, error),)
    complaints = [*_misfits(raw), *_clashes(raw), *_wide_ports(raw), *_idle_driver(raw)]
    if complaints:
        faults = (Fault(path, _line_of(text, where), what) for where, what in complaints)
        return tuple(sorted(faults, key=lambda fault: fault.line))
    return msgspec.convert(raw, Settings, str_keys=True, dec_hook=_folder)


def worth_a_look(path: Path) -> tuple[Fault, ...]:
    """What may be meant, and is likely to be regretted, in a file that is well; in the order of its lines."""
    text = path.read_text(encoding="utf-8-sig")
    settings = read(text, path)
    if not isinstance(settings, Settings):
        return ()
    said = [*_copies_beside(settings.data), *_ports_that_wander(settings), *_coins_that_add_up(settings)]
    return tuple(
        sorted((Fault(path, _line_of(text, where), what) for where, what in said), key=lambda each: each.line)
    )


def _copies_beside(data: Data) -> Iterator[_Complaint]:
    """A copy in the folder it is of is lost with it."""
    if data.copy is None:
        return
    folder, copy = data.folder.resolve(), data.copy.resolve()
    if copy == folder:
        yield _Complaint(("data", "copy"), "data.copy is the folder of the record itself; name one on a stick")
    elif folder in copy.parents:
        yield _Complaint(
            ("data", "copy"),
            "data.copy lies inside data.folder and would be lost with it; name one on a stick",
        )


def _ports_that_wander(settings: Settings) -> Iterator[_Complaint]:
    """Names that the kernel gives in the order of plugging in."""
    for section, device in (("badge_reader", settings.badge_reader), ("code_scanner", settings.code_scanner)):
        port = device.port if device else ""
        if re.fullmatch(r"/dev/tty(USB|ACM)[0-9]+", port):
            yield _Complaint(
                (section, "port"),
                f"{port} is whoever was plugged in first; take its name that stays, from "
                "ls -l /dev/serial/by-id/ /dev/serial/by-path/",
            )
        elif re.fullmatch(r"/dev/input/event[0-9]+", port):
            yield _Complaint(
                (section, "port"),
                f"{port} changes with what is plugged in; hardware keyboards names what stays",
            )


def _coins_that_add_up(settings: Settings) -> Iterator[_Complaint]:
    """Coins that fall together are heard as one row; where that could be another coin, none is counted."""
    taken = settings.coin_acceptor
    if taken is None or taken.inhibit_pin is not None:
        return
    coins = dict(taken.coins)
    for first, second in combinations_with_replacement(sorted(coins), 2):
        both = first + second
        if both in coins and coins[both] != coins[first] + coins[second]:
            yield _Complaint(
                ("coin_acceptor", "coins"),
                f"the coin of {both} pulses is never counted: coins of {first} and {second} that fall together "
                "sound the same; teach counts of which no two add up to a third, such as 4 to 7",
            )


def _in_small_letters(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What was read, with Keyboard: as keyboard:, which is all that the drivers know."""

    def port(found: Any) -> Any:
        if not isinstance(found, dict) or not isinstance(found.get("port"), str):
            return found
        return found | {"port": re.sub("^keyboard:", "keyboard:", found["port"], flags=re.IGNORECASE)}

    return {name: port(found) if name in _PORTS else found for name, found in raw.items()}


def _syntax_fault(path: Path, text: str, error: tomllib.TOMLDecodeError) -> Fault:
    """Where Python's parser stopped, and what a person would write there."""
    said = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error), re.DOTALL)
    reason, line = (said[1], said[2]) if said else (str(error), None)
    lines = text.rstrip().split("\n")
    at = int(line or len(lines))
    return Fault(path, at, slip(lines, at, reason))


def _misfits(raw: Mapping[str, Any]) -> Iterator[_Complaint]:
    """Sections and keys that nobody knows, are missing, or hold what they cannot hold."""
    for name, found in raw.items():
        kind = SECTIONS.get(name)
        if kind is None:
            yield _Complaint((name,), f"there is no section [{name}]; {_instead(name, SECTIONS)}")
        elif not isinstance(found, dict):
            yield _Complaint((name,), f"{name} is a section; write [{name}] alone on a line, its keys below it")
        else:
            yield from _misfits_in(name, kind, found)


def _misfits_in(section: str, kind: type[Struct], found: Mapping[str, Any]) -> Iterator[_Complaint]:
    hints = get_type_hints(kind, include_extras=True)
    for key in (key for key in found if key not in hints):
        yield _Complaint((section, key), f"[{section}] has no key {key}; {_instead(key, hints)}")
    for spec in msgspec.structs.fields(kind):
        if spec.name in found:
            yield from _misfit_value(section, spec.name, hints[spec.name], found[spec.name])
        elif spec.required:
            wanted = _wanted(hints[spec.name])
            yield _Complaint((section,), f"[{section}] lacks the key {spec.name}; give it {wanted}")


def _misfit_value(section: str, key: str, hint: Any, value: object) -> Iterator[_Complaint]:
    try:
        msgspec.convert(value, hint, str_keys=True, dec_hook=_folder)
    except msgspec.ValidationError:
        yield _Complaint((section, key), f"{section}.{key} is {_shown(value)}; give it {_wanted(hint)}")


def _instead(name: str, known: Mapping[str, Any]) -> str:
    """What may have been meant."""
    import difflib  # only where something is wrong

    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"


def _wanted(hint: Any) -> str:
    """What a key takes, in words; each choice of a Literal is named."""
    described = [str(meta.description) for meta in _metas(hint) if meta.description]
    choices = [_shown(choice) for choice in _choices(hint)]
    return ": ".join([*described, *([", ".join(choices)] if choices else [])])


def _metas(hint: Any) -> Iterator[Meta]:
    """All that is said about a type, also about the one inside `X | None`."""
    for part in (hint, *get_args(hint)):
        yield from (meta for meta in getattr(part, "__metadata__", ()) if isinstance(meta, Meta))


def _choices(hint: Any) -> tuple[object, ...]:
    inner = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    return get_args(inner) if getattr(inner, "__origin__", None) is Literal else ()


def _shown(value: object) -> str:
    """A value as it stands in the file, more or less, and never longer than a line."""
    written = msgspec.json.encode(value, enc_hook=str).decode()
    return written if len(written) <= 60 else written[:59] + "…"


def _folder(kind: type, value: object) -> object:
    """A folder from its text; ~ is the home of whoever runs the kiosk."""
    if kind is not Path or not isinstance(value, str):
        raise ValueError(f"expected a path, not {value!r}")
    try:
        folder = Path(value).expanduser()
    except RuntimeError as error:
        raise ValueError(str(error)) from error
    if not folder.is_absolute():
        raise ValueError("the path must be whole")
    return folder


_PINS = ("buttons", "lamps", "sounder", "coin_acceptor")
_PORTS = ("badge_reader", "code_scanner")


def _clashes(raw: Mapping[str, Any]) -> Iterator[_Complaint]:
    """Pins and ports given to two devices at once, also where one of them has it by default."""
    taken: dict[int | str, Where] = {}
    for where, place in _places(raw):
        holder = taken.setdefault(place, where)
        if holder != where:
            what, unit = (f"pin {place}", "pin") if isinstance(place, int) else (f"{place}", "port")
            yield _Complaint(
                where, f"{what} is already {'.'.join(holder)}'s; give {'.'.join(where)} another {unit}"
            )


def _wide_ports(raw: Mapping[str, Any]) -> Iterator[_Complaint]:
    """Where both ports are patterns and one reaches into the other, nobody could tell whose a port is."""
    named = {section: found.get("port") for section in _PORTS if isinstance(found := raw.get(section), dict)}
    wide = {section: _wide(port) for section, port in named.items() if isinstance(port, str) and _wide(port)}
    if len(wide) < len(_PORTS) or len(set(named.values())) < len(_PORTS):
        return
    (_, one), (section, other) = wide.items()
    if fnmatchcase(one, other) or fnmatchcase(other, one):
        yield _Complaint(
            (section, "port"),
            f"{named[section]} could also be the port of [badge_reader]; write one of the two out in full",
        )


def _idle_driver(raw: Mapping[str, Any]) -> Iterator[_Complaint]:
    """A driver for a serial port beside a reader that hangs on none: one of the two can't be meant."""
    found = raw.get("badge_reader")
    if isinstance(found, dict) and "driver" in found and _is_typing(found.get("port")):
        said = f"{found['port']} types like a keyboard, and badge_reader.driver is for a reader on a serial port"
        yield _Complaint(("badge_reader", "driver"), f"{said}; take the line with the driver out")


def _is_typing(port: object) -> bool:
    """Whether this is the port of something that types like a keyboard."""
    return isinstance(port, str) and port.startswith(("keyboard:", "/dev/input/"))


def _wide(port: str) -> str:
    """The pattern that a port's name stands for; "" when it is one port."""
    if port == "auto":
        return "/dev/serial/by-id/*"
    return port if any(sign in port for sign in "*?[") else ""


def _places(raw: Mapping[str, Any]) -> Iterator[tuple[Where, int | str]]:
    """Each pin and port in use, and whose it is."""
    for section in (*_PINS, *_PORTS):
        found = raw.get(section)
        if not isinstance(found, dict):
            continue
        for spec in msgspec.structs.fields(SECTIONS[section]):
            value = found.get(spec.name, spec.default)
            if section in _PINS and spec.type in (Pin, Pin | None) and type(value) is int:
                yield (section, spec.name), value
            if section in _PORTS and spec.name == "port" and isinstance(value, str):
                yield (section, spec.name), value.lower() if value.startswith("keyboard:") else value


def _line_of(text: str, where: Where) -> int:
    """The line on which a key begins, or its section's when the key has no line of its own; counted from 1.

    The file is read again line by line: a key begins on the first line after which it can be found, or, when its
    value runs over several lines, after the last line up to which the file still made sense.
    """
    lines = text.split("\n")
    sense = 0
    for end in range(1, len(lines) + 1):
        try:
            so_far = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue
        if _holds(so_far, where):
            return sense + 1
        sense = end
    return _line_of(text, where[:-1]) if where else 0


def _holds(found: object, where: Where) -> bool:
    for key in where:
        if not isinstance(found, dict) or key not in found:
            return False
        found = found[key]
    return True
