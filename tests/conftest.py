"""What all tests share: the SDK is initialised; a service of a test's own; no connections from other tests."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest

from aos.aos_http_io import aos_http_io_deinitialize, aos_http_io_initialize
from oss.local_server import LocalServer
from tests.authority import Authority
from tests.service import BUCKET


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


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who issues the certificates of the tests' servers."""
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="session")
def right(authority: Authority) -> ssl.SSLContext:
    """A server's settings with the certificate that it should have."""
    return authority.server("127.0.0.1", "localhost")


@pytest.fixture
def server() -> Iterator[LocalServer]:
    """Of this test alone: what another one left on its way would be counted, or be late, here. It starts in 3 ms."""
    with LocalServer(buckets=[BUCKET]) as running:
        yield running
