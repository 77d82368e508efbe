"""The shop's memory: the record (append-only) and the present (what it folds to) in one file, one commit each."""

from kiosk.store.backup import back_up
from kiosk.store.errors import (
    NoRecordError,
    StoreBusyError,
    StoreClosedError,
    StoreDamagedError,
    StoreError,
    StoreFailedError,
    StoreFullError,
    StoreGoneError,
    StoreNewerError,
    StoreReadOnlyError,
)
from kiosk.store.record import Leaf
from kiosk.store.store import RECORD_FILE, Folding, Reader, Store, differing, held, refold

__all__ = [
    "RECORD_FILE",
    "Folding",
    "Leaf",
    "NoRecordError",
    "Reader",
    "Store",
    "StoreBusyError",
    "StoreClosedError",
    "StoreDamagedError",
    "StoreError",
    "StoreFailedError",
    "StoreFullError",
    "StoreGoneError",
    "StoreNewerError",
    "StoreReadOnlyError",
    "back_up",
    "differing",
    "held",
    "refold",
]
