"""One Chromium for many papers: it opens a page and prints it, and tells what it asked for.

Hands out `Browser` and `Printed`. Chromium's remote debugging is spoken over its pipe (file
descriptors 3 and 4, one JSON text and a zero byte a message), so that the standard library is
enough and no port is opened. Leans on nothing.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Browser", "Printed", "find_chromium"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--remote-debugging-pipe",
)  # fmt: skip
_SILENT = 120  # seconds without a word from Chromium: it hangs
_TOO_WIDE = """\
(() => {
  const wide = [];
  for (const section of document.querySelectorAll('section')) {
    const width = {portrait: {a4: 160, a3: 247}, landscape: {a4: 257, a3: 380}};
    const [paper, way] = section.className.split('-');
    section.style.cssText = `width: ${width[way][paper]}mm; overflow: visible`;
    const edge = section.getBoundingClientRect().right + 1;
    for (const one of section.querySelectorAll('*')) {
      const spills = ['TD', 'TH'].includes(one.tagName) && one.scrollWidth > one.clientWidth + 1;
      if (spills || one.getBoundingClientRect().right > edge) wide.push(one.tagName + ' ' + one.textContent.slice(0, 60));
    }
  }
  return wide;
})()"""


def find_chromium() -> str | None:
    """Where a Chromium or Chrome is on this machine."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@dataclass(frozen=True)
class Printed:
    """What became of one page.

    Attributes:
        pdf: the file that was printed.
        asked: every address that the page asked for, its own first.
        wide: elements that stand out of their cell or their sheet when laid out for paper.
    """

    pdf: bytes
    asked: tuple[str, ...]
    wide: tuple[str, ...]


class Browser:
    """A running Chromium; see `Browser.started`."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self._seen: list[dict[str, Any]] = []

    @classmethod
    @contextmanager
    def started(cls, folder: Path) -> Iterator[Browser]:
        """A Chromium with one tab, its own profile in `folder`, ended with the block."""
        program = find_chromium()
        assert program, "apt install chromium"
        to_read, to_write = os.pipe()  # what Chromium reads
        reading, writing = os.pipe()  # what Chromium writes
        command = [program, *_OPTIONS, f"--user-data-dir={folder / 'user'}", "about:blank"]
        with (folder / "chromium.log").open("wb") as log:
            process = subprocess.Popen(
                ["bash", "-c", f'exec "$@" 3<&{to_read} 4>&{writing}', "chromium", *command],
                pass_fds=(to_read, writing), stdout=log, stderr=log,
            )  # fmt: skip
        os.close(to_read)
        os.close(writing)
        browser = cls(reading, to_write)
        try:
            browser._open_tab()
            yield browser
            browser._session = None
            browser._ask("Browser.close")
        finally:
            os.close(to_write)
            os.close(reading)
            process.kill()
            process.wait()

    def print(self, page: Path) -> Printed:
        """Open a file, lay it out for paper and print it in the size that it asks for."""
        self._seen.clear()
        self._ask("Page.navigate", url=page.as_uri())
        self._until("Page.loadEventFired")
        pdf = self._ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        wide = self._ask("Runtime.evaluate", expression=_TOO_WIDE, returnByValue=True)
        asked = tuple(
            one["params"]["request"]["url"]
            for one in self._seen
            if one["method"] == "Network.requestWillBeSent"
        )
        return Printed(base64.b64decode(pdf["data"]), asked, tuple(wide["result"]["value"]))

    def _open_tab(self) -> None:
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable")
        self._ask("Network.enable")
        self._ask("Emulation.setEmulatedMedia", media="print")
        self._ask("Emulation.setDeviceMetricsOverride", width=1600, height=1200, deviceScaleFactor=1, mobile=False)  # fmt: skip

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._number:
                assert "error" not in told, (method, told["error"])
                return dict(told["result"])
            self._seen.append(told)

    def _until(self, event: str) -> None:
        while not any(one.get("method") == event for one in self._seen):
            self._seen.append(self._next())

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            self._rest += self._more()
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))

    def _more(self) -> bytes:
        ready, _, _ = select.select([self._reading], [], [], _SILENT)
        assert ready, f"Chromium said nothing for {_SILENT} seconds"
        data = os.read(self._reading, 1 << 20)
        assert data, "Chromium ended"
        return data
