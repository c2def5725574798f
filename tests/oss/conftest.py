"""Fixtures for the tests of the service's functions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from tests.resumable import KEY, Upload
from tests.service import BUCKET, Service, running


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as made:
        yield made


@pytest.fixture
def new_upload(server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Upload:
    """An upload in parts of any size, of a file that is to be made, in place of an old object."""
    monkeypatch.setattr("oss.local_server.handlers_multipart.MIN_PART", 1)
    server.put(BUCKET, KEY, b"old")
    return Upload(server, tmp_path / "file")
