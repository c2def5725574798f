"""What all tests share: the SDK is initialised, and no connection is kept from test to test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aos.aos_http_io import aos_http_io_deinitialize, aos_http_io_initialize


@pytest.fixture(scope="session", autouse=True)
def initialised() -> None:
    aos_http_io_initialize(None, 0)


@pytest.fixture
def no_connections() -> Iterator[None]:
    """Begins and ends without idle connections."""
    aos_http_io_deinitialize()
    aos_http_io_initialize(None, 0)
    yield
    aos_http_io_deinitialize()
    aos_http_io_initialize(None, 0)
