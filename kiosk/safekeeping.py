"""Copies of the record, as the running kiosk sees them: one that lies ready, and the one that is made every night.

`Safekeeping` is asked by the house, in the house's thread; only the key of a copy is read from other threads.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from kiosk.amounts import EntryId, Moment
from kiosk.badge_key import BadgeKey
from kiosk.belongings import badge_key
from kiosk.commands import PutInPlace, Refusal, TakeCoin
from kiosk.copied import read_copied
from kiosk.core import Core
from kiosk.events import AnyEvent
from kiosk.rules.case import Case
from kiosk.rules.copies import Copies, Offered, put_in_place
from kiosk.rules.jar import take_coin
from kiosk.state import State, restore
from kiosk.store import Reader, Store, StoreError
from kiosk.store.restoring import ASIDE, READY, decide, ready, ready_mark, shared, take_along
from kiosk.words import local


class Safekeeping:
    """What lies ready, and putting it in place. wanted: whether a nightly copy is set up.

    again: called once a copy is decided on; the kiosk is to end and start again on it.
    """

    def __init__(self, folder: Path, store: Store, *, wanted: bool = False, again: Callable[[], None]) -> None:
        self._folder = folder
        self._store = store
        self._wanted = wanted
        self._again = again
        self._seen: tuple[tuple[int, int] | None, int] = (None, 0)
        self._offered: Offered | None = None
        self._key: BadgeKey | None = None
        self._fault = ""

    def key(self) -> BadgeKey | None:
        """The key of the badges in the copy that lies ready; from any thread."""
        return self._key

    def told(self, fault: str) -> None:
        """Why no copy could be made, in a sentence; "" when all is well. From any thread."""
        self._fault = fault

    @property
    def fault(self) -> str:
        """Why the latest copy came to nothing; from any thread."""
        return self._fault

    def look(self) -> Copies:
        """How it stands with copies now. Cheap while nothing changes."""
        seen = (ready_mark(self._folder), self._store.last_number)
        if seen != self._seen:
            same = seen[0] is not None and seen[0] == self._seen[0]
            self._seen = seen
            self._offered = self._grown(self._offered) if same else self._read() if seen[0] else None
        copied = read_copied(self._folder)
        return Copies(self._offered, self._wanted, copied.moment if copied else None, self._fault)

    def put_in_place(self, command: PutInPlace, state: State, now: Moment) -> Refusal | None:
        """Decide on the copy; None when it is decided, and the kiosk will start again. Raises StoreError."""
        self._seen = (None, 0)
        offered = self.look().offered
        if offered is None:
            return Refusal("no copy", "No copy of the record lies ready any more. The record stays as it is.")
        event = put_in_place(command, offered, state, self._aside(now, offered.here))
        if isinstance(event, Refusal):
            return event
        decide(self._folder, event, now)
        self._again()
        return None

    def take_along(self, coins: Sequence[TakeCoin], now: Moment) -> None:
        """Coins that fell and could not be written down go into the copy that was decided on. Raises StoreError."""

        def fell(state: State) -> tuple[AnyEvent, ...]:
            case = Case(state, now, lambda _: None)
            verdicts = [take_coin(coin, case) for coin in coins]
            return tuple(event for each in verdicts if not isinstance(each, Refusal) for event in each)

        take_along(self._folder, fell, now)

    def _aside(self, now: Moment, entries: int) -> str:
        name = f"{ASIDE}/{local(now):%Y-%m-%d-%H%M%S}-{entries}-entries"
        while (self._folder / name).exists():
            name += "-too"
        return name

    def _grown(self, offered: Offered | None) -> Offered | None:
        """The same copy beside a record that has grown; what both share changes only while one leads on."""
        if offered is None or offered.shared == offered.here:
            return self._read()
        return self._beside(offered)

    def _read(self) -> Offered | None:
        said, key = ready(self._folder), badge_key(self._folder / READY)
        if said is None or key is None:
            return None
        try:
            with Reader.open(self._folder / READY) as copy:
                state = restore(copy.tables())
                both = shared(self._store, copy)
        except StoreError:
            return None
        self._key = BadgeKey(key)
        return self._beside(
            Offered(
                entries=said.entries,
                newest=said.newest,
                root=said.root,
                owners={badge: known.handle for badge, known in state.badges.items() if state.owner(badge)},
                hands=state.hands_needed(),
                shared=both,
            )
        )

    def _beside(self, offered: Offered) -> Offered:
        here, root = self._store.tree()
        newest = self._store.find(EntryId(f"{self._store.device}/{here}"))
        return replace(
            offered,
            here=here,
            here_newest=newest.entry.moment if newest else None,
            here_root=root.hex(),
            here_kiosk=self._store.device,
        )


def keeps(core: Core, keeping: Safekeeping) -> Callable[[PutInPlace], Refusal | None]:
    """What the house calls when the hands are complete."""
    return lambda command: keeping.put_in_place(command, core.state, core.now())


def takes_along(core: Core, keeping: Safekeeping) -> Callable[[Sequence[TakeCoin]], None]:
    """What the house calls with coins that fell, once a copy is decided on."""
    return lambda coins: keeping.take_along(coins, core.now())
