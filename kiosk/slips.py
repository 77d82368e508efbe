"""Slips of the pen in a settings file that keep it from being read, in the words of whoever wrote it.

Python's own parser says them in the words of TOML's grammar, and they differ from one Python to the next. What it
says is only looked through for what may be meant; all else is told from the line itself.
"""

import re
import tomllib
from collections.abc import Sequence

_CURLY = re.compile("[“”„‟«»]|[‘’‚](?=.*[‘’‚])")
_HEADER = re.compile(r"\s*\[+\s*([\w.-]+)\s*\]+\s*(?:#.*)?")
_COUNTED = re.compile(r"([+-]?[0-9]+)\s+[^\W\d]+")
_NUMBER = re.compile(r"[+-]?[0-9][0-9_]*[.,]?[0-9]*")
_SAYS_YES = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}
_A_LINE = "a line is a [section], or a name = and its value, or a remark behind #"


def slip(lines: Sequence[str], at: int, said: str) -> str:
    """What to do about a line, with the section and key it stands in. at: from 1. said: what the parser said."""
    line = _without_remark(lines[at - 1] if at <= len(lines) else "")
    section = _section(lines[: at - 1])
    if line.lstrip().startswith("["):
        return _slip_in_header(line, said)
    key, equals, value = (part.strip() for part in line.partition("="))
    if not equals or not re.fullmatch(r"[\w-]+|\"[^\"]*\"|'[^']*'", key):
        return _within(section, "", _slip_in_key(line, said))
    return _within(section, key, _slip_in_value(section, key, value, said))


def _within(section: str, key: str, what: str) -> str:
    place = " ".join(part for part in (f"[{section}]" if section else "", key) if part)
    return f"{place}: {what}" if place else what


def _section(before: Sequence[str]) -> str:
    """The section that stands last above a line; "" at the top."""
    return next((found[1] for line in reversed(before) if (found := _HEADER.fullmatch(line))), "")


def _without_remark(line: str) -> str:
    """A line up to its #, unless that stands in quotes; without signs that a terminal might obey."""
    line = "".join(sign if sign.isprintable() else " " for sign in line)
    found = re.match(r"""(?:[^"'#]|"[^"]*"|'[^']*')*(?=#)""", line)
    return (found[0] if found else line).strip()


def _slip_in_header(line: str, said: str) -> str:
    found = re.match(r"\[+\s*([^\]]*?)\s*\]+", line)
    name = found[1] if found else line.strip("[] ").partition("=")[0].strip()
    if "twice" in said or "overwrite" in said or "redefine" in said:
        return f"[{name}] stands here a second time; a section stands once, all its keys below it"
    joined = re.sub(r"[^\w.]+", "_", name.strip("\"'")).strip("_")
    return f"a section's name stands in brackets, alone on its line: [{joined or 'shop'}]"


def _slip_in_key(line: str, said: str) -> str:
    if "brace" in said or "inline table" in said or line.endswith(("}", "},")):
        return f"a list in braces stays in one line: {_COINS}"
    if _CURLY.match(line):
        return f"quotes are straight, and a name needs none; {_A_LINE}"
    named = re.match(r"([A-Za-z][\w-]*)\s*:?\s+(.+)|([A-Za-z][\w-]*)\s*:\s*(.+)", line)
    spaced = re.match(r"([A-Za-z]\w*(?: \w+)+)\s*=", line)
    if spaced:
        return f"a name has no spaces in it: {spaced[1].replace(' ', '_')} = …"
    if named:
        name, value = (named[1], named[2]) if named[1] else (named[3], named[4])
        return f"an = stands between a name and its value: {name} = {_meant(value)}"
    return f"this line is not understood; {_A_LINE}"


_COINS = 'coins = { "4" = 20, "5" = 50 }'


def _slip_in_value(section: str, key: str, value: str, said: str) -> str:
    again = "twice" in said or "overwrite" in said or "redefine" in said
    if again and not value.startswith("{"):
        return f"{key} stands here a second time{f' in [{section}]' if section else ''}; a key stands once"
    if value.startswith("{"):
        return _slip_in_braces(value, said)
    if value.startswith("["):
        return "the list is not closed, or a comma is missing in it; none of the kiosk's keys takes a list in []"
    if not value:
        return f"it has no value; write one behind the =, or take the line out to have the usual {key}"
    if value[0] in "\"'" and "\\" in value and "Unescaped" in said:
        return rf"a \ can't stand in such quotes; write it twice: {key} = " + value.replace("\\", "\\\\")
    if value.startswith(('"""', "'''")):
        return "three quotes are opened and not closed; one before and one behind do"
    if _reads(value):
        return "brackets, braces or quotes are opened above this line, and not closed"
    return f"{_why(value)}: {key} = {_meant(value)}"


def _slip_in_braces(value: str, said: str) -> str:
    if "Duplicate" in said or "overwrite" in said:
        return "the same number of pulses stands here twice; each coin has its own"
    if not value.endswith("}"):
        return f"a list in braces stays in one line: {_COINS}"
    return f"in braces, commas stand between the coins, and quotes around the pulses: {_COINS}"


def _reads(value: str) -> bool:
    """Whether a value is well by itself."""
    try:
        tomllib.loads(f"value = {value}")
    except tomllib.TOMLDecodeError:
        return False
    return True


def _why(value: str) -> str:
    """What a value breaks; the value as it is meant follows."""
    if value.lower() in _SAYS_YES:
        return "yes or no is true or false, in small letters and without quotes"
    if _NUMBER.fullmatch(value):
        return "a number is whole, and has no zero before it"
    if _COUNTED.fullmatch(value):
        return "a number stands without a word behind it"
    if value[0] in "\"'" and value.count(value[0]) < 2 and not _CURLY.search(value):
        return "quotes stand before and behind words"
    if value[0] in "\"'" and value.count(value[0]) >= 2:
        return "behind a value nothing more stands in its line, but for a remark behind #"
    return "words stand in straight quotes"


def _meant(value: str) -> str:
    """A value as it is written rightly."""
    small = value.strip().lower()
    if small in _SAYS_YES:
        return _SAYS_YES[small]
    if _NUMBER.fullmatch(small):
        return re.split("[.,]", small)[0].lstrip("0+") or "0"
    if counted := _COUNTED.fullmatch(small):
        return counted[1]
    quoted = re.match(r"""(["'])(.*?)\1""", value)
    if quoted:
        return quoted[0]
    plain = _CURLY.sub("", value).strip("\"' ")
    return f'"{plain}"'
