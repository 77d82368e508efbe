"""Whether the kiosk keeps falling over: each start is noted, and taken off again when it ends in order.

After three starts in two minutes that did not live, the next one is careful (see kiosk.safe). The idea is
OctoPrint's, which leaves a file behind while it starts. Seconds are those since the machine was switched on, so no
wrong clock counts, and a power cut is no crash: after it the count begins anew.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

FILE = "starts.json"
MANY, WITHIN = 3, 120.0
"""So many starts in so many seconds are too many."""

_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Noted(Struct, frozen=True):
    """boot: which time the machine was switched on. at: seconds from then to each start. error: of the last end.

    version: where the version lies that started; an update that fell over is not held against the one put back.
    """

    boot: str
    at: tuple[float, ...] = ()
    error: str = ""
    version: str = ""


def places(folder: Path, environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Where it may be noted: in the data folder; where that can't be written, in a folder of this run."""
    runtime = (environ.get("RUNTIME_DIRECTORY") or environ.get("XDG_RUNTIME_DIR") or "").split(":")[0]
    return (folder, Path(runtime)) if runtime else (folder,)


def boot() -> str:
    """A name for the time since the machine was switched on."""
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""


class Starts:
    """The starts of the kiosk on one data folder.

    where: folders, the first that can be written is used; none is made. now: seconds since the machine was on.
    version: where this version lies.
    """

    def __init__(
        self,
        where: Sequence[Path],
        this_boot: str | None = None,
        now: Callable[[], float] = time.monotonic,
        version: str = sys.prefix,
    ) -> None:
        self._where = where
        self._boot = boot() if this_boot is None else this_boot
        self._now = now
        self._version = version
        self.error = ""

    def begin(self) -> bool:
        """Note this start. True when the ones before it fell over so quickly that this one must be careful."""
        found = [noted for place in self._where if (noted := _read(place)) is not None]
        read = [noted for noted in found if noted.version in ("", self._version)]
        self.error = next((noted.error for noted in read if noted.error), "")
        now = self._now()
        earlier = {at for noted in read if noted.boot == self._boot for at in noted.at if 0 <= now - at < WITHIN}
        self._write(Noted(self._boot, (*sorted(earlier), now), self.error, self._version))
        return len(earlier) >= MANY

    def fell(self, error: str) -> None:
        """What it fell over, for whoever helps; the start stays noted."""
        noted = next((found for place in self._where if (found := _read(place)) is not None), None)
        noted = noted or Noted(self._boot, version=self._version)
        self._write(msgspec.structs.replace(noted, error=error[:400]))

    def end(self) -> None:
        """It ended in order, or somebody wants it to begin anew: nothing is held against the next start."""
        for place in self._where:
            with contextlib.suppress(OSError):
                (place / FILE).unlink(missing_ok=True)

    def _write(self, noted: Noted) -> None:
        for place in self._where:
            draft = place / f"{FILE}.new"
            try:
                draft.touch(mode=0o600)
                draft.write_bytes(msgspec.json.encode(noted))
                draft.replace(place / FILE)
            except OSError:
                continue
            return


def _read(place: Path) -> Noted | None:
    try:
        return msgspec.json.decode((place / FILE).read_bytes(), type=Noted)
    except (OSError, msgspec.DecodeError):
        return None
