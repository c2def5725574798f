"""What the tests of the local server share: one without signatures, and clients."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import oss2  # type: ignore[import-untyped]
import pytest

from oss.local_server import LocalServer
from tests.local_server.clients import Client, Clients
from tests.service import BUCKET


@pytest.fixture
def open_server() -> Iterator[LocalServer]:
    """One that asks for no signatures."""
    with LocalServer(buckets=[BUCKET], signature_required=False) as running:
        yield running


@pytest.fixture
def client(server: LocalServer) -> Client:
    return Client(server)


@pytest.fixture
def clients(server: LocalServer) -> Iterator[Clients]:
    made = Clients(server)
    with made.closers:
        yield made
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()  # oss2 leaves the connection of a failed request open


@pytest.fixture
def bucket(server: LocalServer, clients: Clients) -> oss2.Bucket:
    return clients.oss2(oss2.Auth(server.access_key_id, server.access_key_secret))
