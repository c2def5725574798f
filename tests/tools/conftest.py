"""The small library that stands in for a C SDK."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("crosscheck_stub.c")


@pytest.fixture(scope="session")
def stub(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of the library; tests that use it are marked as needing a compiler."""
    library = tmp_path_factory.mktemp("stub") / "libstub.so"
    command = ["cc", "-shared", "-fPIC", "-Wl,-Bsymbolic", "-o", str(library), str(SOURCE)]
    subprocess.run(command, check=True, timeout=60)
    return str(library)
