"""A made-up year in a folder, as a kiosk would have left it there."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kiosk.badge_key import KEY_FILE
from kiosk.key_file import write_new
from kiosk.simulating.bosses import Bosses
from kiosk.simulating.pages import Pages, lay_out
from kiosk.simulating.shop import Shop, key_of
from kiosk.simulating.year import Year
from kiosk.store import Store

FIRST = date(2025, 1, 1)
"""The day of the founding, unless another is named: a year from here has twelve whole months and is over."""


class NotEmptyError(ValueError):
    """There is something in the folder that a made-up year was to go into."""


def simulate(
    target: Path,
    *,
    people: int,
    days: int,
    seed: int,
    first: date = FIRST,
    bosses: Bosses | None = None,
    evening: Callable[[Shop], None] | None = None,
) -> Shop:
    """Live a year and leave its record in a folder, which is empty or not there.

    evening: is shown the shop at the end of each day.

    The same seed, people, days, bosses and first day make the same entries in the same time zone, to the byte; the
    salts beside them are fresh each time, and so are the hashes over both. Raises NotEmptyError, OSError, the
    StoreErrors, and ValueError for fewer than three people.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotEmptyError(f"there is something in {target} already; name a folder that is empty or not there")
    target.absolute().parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.absolute().parent))
    try:
        shop = _live(making, people, days, seed, first, bosses, evening)
        making.rename(target)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return shop


def _live(
    folder: Path,
    people: int,
    days: int,
    seed: int,
    first: date,
    bosses: Bosses | None,
    evening: Callable[[Shop], None] | None,
) -> Shop:
    write_new(folder / KEY_FILE, key_of(seed))
    lay_out(folder)
    with Store.open(folder) as store:
        pages = Pages(store)
        year = Year(Shop(pages, seed, first, bosses), people, days)
        shop = year.live(evening)
        pages.flush()
    return shop
