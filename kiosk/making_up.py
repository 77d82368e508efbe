"""`kiosk simulate`: a made-up year of a made-up shop; and where the one lies that `kiosk run --simulated` shows."""

import os
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from kiosk.amounts import EntryId
from kiosk.command_line import BAD_USE, bar, fail
from kiosk.simulating import DEVICE, KNOWN, MisfitError, Shop, bosses_from, simulate
from kiosk.state import WORK
from kiosk.store import Reader, StoreDamagedError, StoreError
from kiosk.store.store import held
from kiosk.words import local

PEOPLE, DAYS, SEED = 40, 365, 1

STALE = timedelta(days=3)
"""How old the end of a made-up year may be to be looked around in; after that nothing of it is of today."""


def simulate_year(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The data folder to make; empty or not there.")],
    people: Annotated[
        int, typer.Option("--people", min=3, max=400, help="How many ever belong to the shop.")
    ] = PEOPLE,
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="How long it is lived.")] = DAYS,
    seed: Annotated[int, typer.Option("--seed", help="Another number makes another year.")] = SEED,
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            metavar="DAY",
            help="The day of the founding; without it, so long ago that it ends yesterday.",
        ),
    ] = None,
    boss: Annotated[
        list[str] | None,
        typer.Option("--boss", metavar="WHICH", help=f"Plant one: {', '.join(KNOWN)}. May be said several times."),
    ] = None,
) -> None:
    """Make up a year of a shop, through the real rules, and leave its record in TARGET. Nobody in it exists.

    It ends yesterday, so that there is something in the last month; the same --seed and --from make the same year.

    Look around in it with `kiosk run --pretend --data TARGET`, or with any command that takes --data.
    """
    founded = first.date() if first else _today() - timedelta(days=days)
    try:
        bosses = bosses_from(boss or (), WORK)
        with bar("living", days, every=1) as passed:
            shop = simulate(
                target,
                people=people,
                days=days,
                seed=seed,
                first=founded,
                bosses=bosses,
                evening=lambda shop: passed(shop.days_gone + 1),
            )
    except MisfitError as fault:
        fail(f"the made-up year does not fit the rules: {fault}")
    except ValueError as wrong:
        fail(str(wrong), BAD_USE)
    except StoreError as trouble:
        fail(str(trouble))
    except OSError as trouble:
        fail(f"{trouble.filename or target} can’t be written: {trouble.strerror}")
    entries = shop.core.record.next_number - 1
    typer.echo(
        f"{days} days, {len(shop.state.members)} people and {entries} entries in {target}; all made up\n"
        f"the same again: --seed {seed} --from {founded}",
        err=True,
    )


def year_to_look_around() -> Path:
    """The folder of a made-up year that ended yesterday or a few days ago, made if there is none.

    It lies in the user's cache. Raises OSError and the StoreErrors, also for what stands there and is no such year.
    """
    folder = _cache() / "commons-kiosk-simulated"
    today = _today()
    if folder.exists() and today - _ended(folder) > STALE:
        with held(folder):
            shutil.rmtree(folder)
    if not folder.exists():
        typer.echo(f"kiosk: making up a year of a shop in {folder}", err=True)
        with bar("living", DAYS, every=1) as passed:
            _live(folder, today - timedelta(days=DAYS), passed)
    return folder


def _today() -> date:
    return datetime.now().astimezone().date()


def _live(folder: Path, first: date, passed: Callable[[int], None]) -> None:
    def evening(shop: Shop) -> None:
        passed(shop.days_gone + 1)

    simulate(folder, people=PEOPLE, days=DAYS, seed=SEED, first=first, evening=evening)


def _cache() -> Path:
    """Where this user's programs keep what can be made again (XDG Base Directory Specification)."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    return Path(named) if named.startswith("/") else Path.home() / ".cache"


def _ended(folder: Path) -> date:
    """The day after a made-up year: counted from its founding, as somebody may have gone on in it since."""
    with Reader.open(folder) as reader:
        founded = reader.find(EntryId(f"{DEVICE}/1"))
    if founded is None:
        raise StoreDamagedError(f"{folder} holds no made-up year. Move it away.")
    return local(founded.entry.moment).date() + timedelta(days=DAYS)
