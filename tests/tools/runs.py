"""The figure of a download with each part asked for by itself, and with neighbours asked for together.

``python -m tests.tools.runs`` draws it from the recorded runs, with ``--record`` from new ones.
"""

from __future__ import annotations

import json
import sys

from oss.tools.explain.picture import Drawing, figure
from oss.tools.explain.trace import Event
from oss.tools.explain.wire import drawings
from tests.house import ROOT

__all__ = ["FIGURE", "PARTS", "drawn", "recorded"]

FIGURE, RECORD = (ROOT / "docs" / "figures" / name for name in ("runs.svg", "runs.json"))
PARTS, THREADS = 12, 3


def record() -> None:
    """Makes both downloads, and keeps their steps, one a line."""
    runs = [drawings(THREADS, PARTS, 0, together)[0].events for together in (1, 0)]
    lines = [",\n".join(json.dumps((round(event.time, 6), *event[1:])) for event in events) for events in runs]
    RECORD.write_text("[[\n" + "\n],[\n".join(lines) + "\n]]\n")


def recorded() -> list[Drawing]:
    return [Drawing(Event(*event) for event in events) for events in json.loads(RECORD.read_text())]


def drawn() -> str:
    return figure(recorded())


if __name__ == "__main__":
    if "--record" in sys.argv:
        record()
    FIGURE.write_text(drawn())
