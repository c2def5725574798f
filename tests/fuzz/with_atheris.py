"""The same tests, led by coverage: ``python -m tests.fuzz.with_atheris test_heads test_any_head_is_read_or_refused``.

For a developer's machine, where ``pip install atheris`` works; libFuzzer's options may follow. What it finds belongs
into the test as an ``@example``. Tests that take a fixture (a folder, a server) are not for it.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

__all__ = ["main"]


def main(module: str, name: str, *options: str) -> None:
    """Runs one test until it fails or is stopped."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["aos", "oss"]):
        test: Any = getattr(importlib.import_module(f"tests.fuzz.{module}"), name)
    from aos.aos_log import AOS_LOG_OFF, aos_log_set_level

    aos_log_set_level(AOS_LOG_OFF)
    atheris.Setup([sys.argv[0], *options], test.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
