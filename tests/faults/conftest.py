"""What the tests under faults share: the shim that makes calls of the system fail, and benches to use it on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.bench import Bench, benches, built


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shim, compiled."""
    library = built(tmp_path_factory.mktemp("shim"))
    if library is None:
        pytest.skip("no shim can be made here")
    return library


@pytest.fixture(scope="module")
def bench(shim: Path) -> Iterator[Bench]:
    with Bench(shim) as made:
        yield made


@pytest.fixture(scope="module")
def both(shim: Path) -> Iterator[dict[bool, Bench]]:
    """A bench without TLS and one with it."""
    with benches(shim) as made:
        yield made
