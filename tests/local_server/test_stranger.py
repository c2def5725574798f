"""Somebody without an account who asks for names that cannot be."""

from __future__ import annotations

import pytest

from oss.local_server import LocalServer
from tests.local_server.clients import talk
from tests.service import BUCKET


@pytest.mark.parametrize("key", [b"%ff", b"\xff", b"a%ed%a0%80", b"k" * 1024])
@pytest.mark.parametrize("method", [b"GET", b"HEAD", b"DELETE"])
def test_a_key_that_cannot_be(method: bytes, key: bytes) -> None:
    with LocalServer(buckets=[BUCKET]) as server:
        request = method + b" /" + BUCKET.encode() + b"/" + key + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        assert talk(server, request).startswith(b"HTTP/1.1 400 ")
