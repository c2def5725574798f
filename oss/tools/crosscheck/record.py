"""Writes what a C library did as a corpus: one file a group, one call a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from oss.tools.crosscheck.cases import scenes
from oss.tools.crosscheck.clib.worker import Worker
from oss.tools.crosscheck.live import recorded

__all__ = ["record"]

LONG = 16 << 10
CHECKPOINTS = (".dcp", ".ucp", ".cp")


def _shorten(files: dict[str, dict[str, Any]]) -> None:
    """Removes the contents of long files, of which the digest is enough."""
    for name, file in files.items():
        if file["size"] > LONG and not name.endswith(CHECKPOINTS):
            del file["content"]


def record(folder: Path, through: Worker, only: str) -> tuple[int, list[str]]:
    """Records all matching calls; returns how many there are, and for each other one why it was left out."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, list[str]] = {}
    left_out = []
    for what in scenes(only):
        try:
            case = recorded(what, through)
        except (LookupError, RuntimeError) as error:
            left_out.append(f"{what.id}: {error}")
            continue
        del case["port"]
        _shorten(case["result"]["files_after"])
        files.setdefault(what.id.partition("/")[0], []).append(json.dumps(case, ensure_ascii=False))
    for group, lines in files.items():
        (folder / f"{group}.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return sum(map(len, files.values())), left_out
