"""Fixtures for the tests of the service's functions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from tests.resumable import KEY, upload_t
from tests.service import BUCKET, running, service_t


@pytest.fixture
def service() -> Iterator[service_t]:
    with running() as made:
        yield made


@pytest.fixture
def new_upload(server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> upload_t:
    """An upload in parts of any size, of a file that is to be made, in place of an old object."""
    monkeypatch.setattr("oss.local_server.handlers_multipart.MIN_PART", 1)
    server.put(BUCKET, KEY, b"old")
    return upload_t(server, tmp_path / "file")
