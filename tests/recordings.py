"""Where the recordings of the C SDK are."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["DEFAULT_FOLDER", "corpus_folder"]

DEFAULT_FOLDER = Path(__file__).parent / "golden"


def corpus_folder() -> Path:
    """The folder named by ``OSS_GOLDEN_DIR``, or the recordings kept with the tests."""
    return Path(os.environ.get("OSS_GOLDEN_DIR") or DEFAULT_FOLDER)
