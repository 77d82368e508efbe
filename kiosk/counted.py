"""What was counted of the last whole month and quarter, as it is kept beside the record for the kiosk and the wall.

Another program counts (`kiosk report keep`), so that neither waits for it. It can all be counted again at any time.
"""

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from kiosk.beside import leave
from kiosk.chart import AnyChart
from kiosk.figures import Audit, Ledger

COUNTED_FILE = "reports.json"
CHARTS_FILE = "report-charts.json"
"""The charts of both as SVG, in the shop's language, for the page on the wall; by what `called` calls them."""


class Counted(Struct, frozen=True):
    """An audit and a ledger, and the months up to the end of each that charts look back over, the oldest first.

    number: of the newest entry that was counted. running: the month that is not over, as far as it has come: a
    potluck may be held in its last week.
    """

    audit: Audit
    audit_trend: tuple[Audit, ...]
    ledger: Ledger
    ledger_trend: tuple[Audit, ...]
    number: int
    running: Audit | None = None

    def month(self, period: str) -> Audit | None:
        """What was counted of a month; None for one that is neither the last whole one nor the one that runs."""
        return next((each for each in (self.audit, self.running) if each and each.period == period), None)


def write_counted(folder: Path, counted: Counted) -> None:
    """Keep it in a data folder; a disk that refuses keeps none."""
    leave(folder, COUNTED_FILE, msgspec.json.encode(counted))


def read_counted(folder: Path) -> Counted | None:
    """What was kept; None where nothing was, or something else than this version keeps."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        return _READ.decode((folder / COUNTED_FILE).read_bytes())
    return None


def called(chart: AnyChart) -> str:
    """A name for a drawing of a chart: the same for the same chart."""
    return hashlib.sha256(msgspec.json.encode(chart)).hexdigest()[:32]


def write_charts(folder: Path, drawn: Mapping[str, bytes]) -> None:
    """Keep drawings in a data folder; a disk that refuses keeps none."""
    leave(folder, CHARTS_FILE, msgspec.json.encode({name: svg.decode() for name, svg in drawn.items()}))


def read_charts(folder: Path) -> dict[str, bytes]:
    """The drawings that were kept; none where there are none."""
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        found = msgspec.json.decode((folder / CHARTS_FILE).read_bytes(), type=dict[str, str])
        return {name: svg.encode() for name, svg in found.items()}
    return {}


_READ = msgspec.json.Decoder(Counted)
