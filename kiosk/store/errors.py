"""What can go wrong with the record. Each error carries one sentence for a person and names the file or folder."""


class StoreError(Exception):
    """The record could not be read or written. What was committed before stays as it was."""


class StoreBusyError(StoreError, OSError):
    """Another kiosk writes this record already; there is one writer at a time."""


class NoRecordError(StoreError, FileNotFoundError):
    """Nobody has written a record there yet."""


class StoreFullError(StoreError, OSError):
    """The disk is full. Nothing of the change was written; it can be tried again once there is room."""


class StoreReadOnlyError(StoreError, OSError):
    """The folder or the file does not let itself be written."""


class StoreFailedError(StoreError, OSError):
    """The disk, or the way to it, failed while reading or writing."""


class StoreGoneError(StoreFailedError):
    """The file is no longer where it was opened: the card was pulled out, or somebody moved the folder."""


BRING_BACK = "Keep it as it is and bring back a backup."
"""What to do where the record itself is damaged."""


class StoreDamagedError(StoreError, ValueError):
    """What stands in the file is not what a kiosk wrote."""

    @property
    def damage(self) -> str:
        """What is damaged and how, without what to do: where it is a copy, that is something else."""
        return str(self).removesuffix(BRING_BACK).strip()


class StoreNewerError(StoreError, ValueError):
    """A newer kiosk wrote this record; this one does not know its form."""


class StoreClosedError(StoreError, ValueError):
    """The record was closed before."""
