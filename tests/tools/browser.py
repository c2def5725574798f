"""The pages in a browser: how wide each is in windows of several widths.

``python -m tests.tools.browser build/docs`` prints those that are wider than their window.
"""

from __future__ import annotations

import contextlib
import functools
import json
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["CHROMIUM", "WIDTHS", "Measure", "measured"]

WIDTHS = (390, 1000, 1280, 1440)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0")
TIMEOUT = 300
"""Seconds for all pages."""

# A frame is a window of its own; one of the same origin can be measured from outside.
MEASURING = """<!doctype html><title>widths</title><script>
const frame = (page, width) => new Promise(done => {
  const one = document.createElement("iframe");
  one.width = width; one.height = 900; one.src = page;
  one.onload = () => {
    const root = one.contentDocument.documentElement;
    const edge = Math.max(...[...root.querySelectorAll(".pair, .figure, article, article > *")]
      .map(e => e.getBoundingClientRect().right));
    done({page, width, room: root.clientWidth, used: Math.max(root.scrollWidth, Math.round(edge))});
    one.remove();
  };
  document.body.append(one);
});
onload = async () => {
  const found = [];
  for (const page of PAGES) found.push(...await Promise.all(WIDTHS.map(width => frame(page, width))));
  await fetch("/measured", {method: "POST", body: JSON.stringify(found)});
};
</script><body></body>"""


class Measure(NamedTuple):
    """A page in a window of a width: the room that it has there, and what it takes, in pixels."""

    page: str
    width: int
    room: int
    used: int


class Handler(SimpleHTTPRequestHandler):
    """Serves the pages, and one that measures all others and sends the result."""

    def __init__(self, *args: Any, script: bytes, results: queue.SimpleQueue[Any], **kwds: Any) -> None:
        self.script, self.results = script, results
        super().__init__(*args, **kwds)

    def do_GET(self) -> None:
        if self.path != "/measuring":
            return super().do_GET()
        return self._answer(self.script)

    def do_POST(self) -> None:
        self.results.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._answer(b"")

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path, script: str, results: queue.SimpleQueue[Any]) -> Iterator[str]:
    """Serves a folder on loopback; the address of the page that measures."""
    handler = functools.partial(Handler, directory=str(folder), script=script.encode(), results=results)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/measuring"
        server.shutdown()


def measured(folder: Path, widths: tuple[int, ...] = WIDTHS) -> list[Measure]:
    """Measures all pages of a folder in windows of these widths."""
    assert CHROMIUM is not None
    pages = [f"/{path.relative_to(folder).as_posix()}" for path in sorted(folder.rglob("*.html"))]
    script = MEASURING.replace("PAGES", json.dumps(pages)).replace("WIDTHS", json.dumps(widths))
    results: queue.SimpleQueue[list[dict[str, Any]]] = queue.SimpleQueue()
    with served(folder, script, results) as address, tempfile.TemporaryDirectory() as profile:
        command = [CHROMIUM, *OPTIONS, f"--user-data-dir={profile}", address]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as browser:
            try:
                return [Measure(**one) for one in results.get(timeout=TIMEOUT)]
            finally:
                browser.terminate()


if __name__ == "__main__":
    for one in measured(Path(sys.argv[1])):
        if one.used > one.room:
            print(f"{one.page} takes {one.used} pixels of {one.room} in a window of {one.width}")
