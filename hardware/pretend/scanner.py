"""A pretend code scanner with hands, which sends the real bytes over a pseudo-terminal."""

from hardware.pretend.wires import PretendSerialDevice


class PretendScanner(PretendSerialDevice):
    r"""A scanner of codes that nobody had to buy.

        with PretendScanner() as scanner:
            device = CodeScanner(scanner.path)
            …
            scanner.scan("tool:hammer")            # ends with CR
            scanner.scan("tool:hammer", end="")    # as a scanner without a suffix
            scanner.raw(b"\xff\r")

    path: the name of the port; without it, one in a folder of its own.
    """

    def scan(self, text: str, end: str = "\r") -> None:
        """Hold a code to it."""
        self.raw((text + end).encode())

    def raw(self, data: bytes) -> None:
        """Send exactly this."""
        self._port.write(data)

    def _hear(self, data: bytes) -> None:
        """A scanner may be spoken to, and may well not answer; this one does not."""

    def _live_on(self) -> None:
        """It does nothing by itself."""
