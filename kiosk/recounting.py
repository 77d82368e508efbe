"""`kiosk count`: anybody recounts a Friday, or any election in a Pabulib file."""

import json
import re
import sys
import textwrap
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from kiosk.command_line import BAD_USE, AsJson, fail
from kiosk.counting import pabulib
from kiosk.counting.election import HOUSE, Rules
from kiosk.counting.equal_shares import count as counted
from kiosk.reports.counted import as_data as counted_data
from kiosk.reports.counted import sentences


class Completion(StrEnum):
    """What is done with what equal shares leave over."""

    none = "none"
    add1u = "add1u"


def count(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.pb", allow_dash=True, help="The election; - is standard input.")
    ],
    completion: Annotated[
        Completion, typer.Option("--completion", help="What is done with what the shares leave over.")
    ] = Completion.add1u,
    floor: Annotated[
        str,
        typer.Option(
            "--floor",
            metavar="FRACTION",
            help="The part of the ballots that must approve what completion buys, such as 1/3; 0 for none.",
        ),
    ] = str(HOUSE.floor),
    unit: Annotated[
        str, typer.Option("--unit", metavar="AMOUNT", help="By how much each share is raised at a time.")
    ] = "0.01",
    seed: Annotated[
        str, typer.Option("--seed", metavar="TEXT", help="The words made in the room for the lot among equals.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Count an election by equal shares and say why it came out so. See docs/counting.md."""
    election = pabulib.read(_bytes(file, pabulib.LARGEST + 1))
    if isinstance(election, pabulib.Fault):
        typer.echo(f"{file}:{election.line}: {election.reason}", err=True)
        raise typer.Exit(BAD_USE)
    rules = Rules(
        completion="add1u" if completion is Completion.add1u else "none", floor=_part(floor), unit=_cents(unit)
    )
    result = counted(election, rules, seed)
    if as_json:
        typer.echo(json.dumps(counted_data(result, election, rules), ensure_ascii=False))
        return
    for sentence in sentences(result, election):
        typer.echo(textwrap.fill(sentence, 80, subsequent_indent="  "))
    if result.by_lot and not seed:
        typer.echo(
            "kiosk: the lot had to decide, and no --seed was given: it was drawn with an empty one", err=True
        )


def _bytes(file: Path, most: int) -> bytes:
    """What is in a file, or on standard input, up to so many bytes."""
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(most)
        with file.open("rb") as opened:
            return opened.read(most)
    except OSError as trouble:
        fail(f"{file} can't be read: {trouble.strerror}", BAD_USE)


def _part(text: str) -> Fraction:
    """A part of a whole, as it is typed: 1/3, 0.25, 0."""
    if re.fullmatch(r"[0-9]{1,9}(/0*[1-9][0-9]{0,8}|\.[0-9]{1,9})?", text) and Fraction(text) <= 1:
        return Fraction(text)
    return fail(f"--floor {text}: say a part of the ballots such as 1/3, from 0 to 1", BAD_USE)


def _cents(text: str) -> int:
    """An amount above zero, as it is typed."""
    cents = pabulib.amount(text)
    if not cents:
        fail(f"--unit {text}: say an amount such as 0.01 or 1", BAD_USE)
    return cents
