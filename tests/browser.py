"""A real browser, led by hand: Debian's Chromium without a window, over its DevTools protocol.

https://chromedevtools.github.io/devtools-protocol/ says what it can be asked.
"""

import base64
import json
import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

PATIENCE = 30.0
"""Seconds until something that does not come is missed. Reached only when something is broken."""

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
"""Nothing but what is looked at, and no call to anywhere."""


def chromium() -> str:
    """Where Chromium is; without it nothing about the page would be known, so that is a failure."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "no Chromium here, so nobody knows whether the wall page can be read: apt-get install chromium"
    return found


class Browser:
    """One window of one browser. errors: what the page complained of; asked: every address it asked for."""

    def __init__(self, folder: Path) -> None:
        command = [chromium(), *FLAGS, f"--user-data-dir={folder}", "about:blank"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._number = 0
        self.errors: list[str] = []
        self.asked: list[str] = []
        port = self._port(folder / "DevToolsActivePort")
        address = f"ws://127.0.0.1:{port[0]}{port[1]}"
        self._open = ExitStack()
        self._wire = self._open.enter_context(connect(address, max_size=None, compression=None, proxy=None))
        self._session = ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def _port(self, file: Path) -> list[str]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self._process.poll() is None, "Chromium ended at its start"
            if file.exists() and len(lines := file.read_text().splitlines()) == 2:
                return lines
            time.sleep(0.05)
        raise AssertionError("Chromium did not open its port")

    def ask(self, method: str, **told: Any) -> dict[str, Any]:
        """Ask the browser for something, and note what it tells meanwhile."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": told}
        if self._session:
            message["sessionId"] = self._session
        self._wire.send(json.dumps(message))
        while True:
            answer = json.loads(self._wire.recv(timeout=PATIENCE))
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer}"
                return answer["result"]
            self._note(answer)

    def _note(self, told: dict[str, Any]) -> None:
        params = told.get("params", {})
        match told.get("method"):
            case "Network.requestWillBeSent":
                self.asked.append(params["request"]["url"])
            case "Runtime.exceptionThrown":
                self.errors.append(json.dumps(params["exceptionDetails"])[:600])
            case "Log.entryAdded" if params["entry"]["level"] in ("error", "warning"):
                self.errors.append(params["entry"]["text"])
            case "Runtime.consoleAPICalled" if params["type"] in ("error", "warning"):
                self.errors.append(json.dumps(params["args"])[:600])

    def size(self, wide: int, high: int) -> None:
        """As if the window were so large."""
        self.ask("Emulation.setDeviceMetricsOverride", width=wide, height=high, deviceScaleFactor=1, mobile=False)

    def go(self, address: str) -> None:
        """Open a page."""
        self.ask("Page.navigate", url=address)

    def tell(self, script: str) -> Any:
        """What a script in the page comes to."""
        told = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until a script in the page comes to something true."""
        deadline = time.monotonic() + PATIENCE
        while not self.tell(script):
            assert time.monotonic() < deadline, f"it did not come to {script}; complaints: {self.errors}"
            time.sleep(0.05)

    def picture(self, path: Path) -> None:
        """What one would see, as a PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))

    def end(self) -> None:
        """Close it."""
        self._open.close()
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=10)
