"""The fixtures of all tests: a server of the test's own, transfers on it, and no connections from other tests."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from aos.aos_http_io import aos_http_io_deinitialize, aos_http_io_initialize
from oss.local_server import LocalServer
from oss.oss_api import oss_request_options_t
from tests.authority import Authority
from tests.resumable import DATA, KEY, Download, Upload, warned
from tests.service import BUCKET, Service, options_at


@pytest.fixture(scope="session", autouse=True)
def initialised() -> None:
    aos_http_io_initialize(None, 0)


@pytest.fixture(scope="session", autouse=True)
def no_proxies() -> Iterator[None]:
    """Takes the proxies out of the environment, of which the tests, and the programs that they start, know nothing."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.lower().endswith("_proxy") and name != "OSS_PROXY"]:
            patch.delenv(name)
        yield


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
def logged() -> Iterator[list[str]]:
    """The lines that are logged during the test, from warnings on."""
    with warned() as lines:
        yield lines


# ---- the service ----


@pytest.fixture
def buckets() -> list[str]:
    """The buckets that the server begins with."""
    return [BUCKET]


@pytest.fixture
def server(buckets: list[str]) -> Iterator[LocalServer]:
    """A server of this test alone: what another one left on its way would be counted, or be late. It starts in 3 ms."""
    with LocalServer(buckets=buckets) as running:
        yield running


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server takes parts of any size."""
    monkeypatch.setattr("oss.local_server.handlers_multipart.MIN_PART", 1)


@pytest.fixture
def service(server: LocalServer) -> Service:
    """The server with options for it."""
    return Service(server)


@pytest.fixture
def options() -> oss_request_options_t:
    """Options with keys, for an endpoint that does not exist."""
    return options_at("http://oss.example.com")


# ---- transfers ----


@pytest.fixture
def download(server: LocalServer, tmp_path: Path) -> Download:
    """A download of ``DATA``."""
    server.put(BUCKET, KEY, DATA)
    return Download(server, tmp_path / "file")


@pytest.fixture
def old_file(download: Download) -> None:
    """An older file is where the download goes."""
    download.path.write_bytes(b"old")


@pytest.fixture
def upload(server: LocalServer, tmp_path: Path, small_parts: None) -> Upload:
    """An upload of ``DATA``, in place of an older object."""
    server.put(BUCKET, KEY, b"old")
    made = Upload(server, tmp_path / "file")
    made.path.write_bytes(DATA)
    return made
