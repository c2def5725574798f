"""TLS: who is not who they say, or not any more, is told nothing."""

from __future__ import annotations

import datetime
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from aos.aos_http_io import AOSE_FAILED_VERIFICATION, AOSE_INTERNAL_ERROR, AOSE_OK
from tests.wire import Peer, WireServer, answer, request_to

HOST = "bucket.oss.example"
DAY = datetime.timedelta(days=1)
NOW = datetime.datetime.now(datetime.timezone.utc)
SECRET = (("Authorization", "OSS id:signature"),)


@pytest.fixture(autouse=True)
def fresh(no_connections: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every name leads to this machine."""
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **kwds: resolve("127.0.0.1", *args, **kwds))
    yield


CA = trustme.CA()
BETWEEN = CA.create_child_ca()


def issued(*names: str, by: trustme.CA = CA, **settings: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    by.issue_cert(*names, **settings).configure_cert(context)
    return context


def self_signed(folder: Path) -> ssl.SSLContext:
    """Signed by nobody but itself."""
    own = trustme.CA()
    own.cert_pem.write_to_path(str(folder / "own.pem"))
    own.private_key_pem.write_to_path(str(folder / "own.key"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem", folder / "own.key")
    return context


def served(context: ssl.SSLContext, host: str = HOST, **options: Any) -> tuple[int, int, bytes]:
    """The code, the status, and what the server was told."""

    def script(peer: Peer) -> None:
        while peer.request():
            peer.send(answer(b"hello"))

    with WireServer(script, tls=context) as server:
        found = request_to(f"https://{host}:{server.port}/key", headers=SECRET, **options)
    return found.code, found.resp.status, b"".join(peer.received for peer in server.peers)


@pytest.fixture
def authority(tmp_path: Path) -> str:
    CA.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return str(tmp_path / "ca.pem")


GOOD = {
    "the name": lambda: issued(HOST),
    "a wildcard": lambda: issued("*.oss.example"),
    "an authority between": lambda: issued(HOST, by=BETWEEN),
}
BAD = {
    "another name": lambda: issued("other.example"),
    "a longer name": lambda: issued(f"{HOST}.evil.example"),
    "a wildcard for another level": lambda: issued("*.example"),
    "a common name alone": lambda: issued("other.example", common_name=HOST),
    "an address": lambda: issued("127.0.0.1"),
    "expired": lambda: issued(HOST, not_before=NOW - 3 * DAY, not_after=NOW - DAY),
    "another authority": lambda: issued(HOST, by=trustme.CA()),
}


@pytest.mark.parametrize("name", GOOD)
def test_who_is_believed(name: str, authority: str) -> None:
    assert served(GOOD[name](), ca_file=authority)[:2] == (AOSE_OK, 200)


@pytest.mark.parametrize("name", BAD)
def test_who_is_not(name: str, authority: str) -> None:
    assert served(BAD[name](), ca_file=authority) == (AOSE_FAILED_VERIFICATION, -1, b"")
    code, status, told = served(BAD[name](), ca_file=authority, verify_ssl=0)
    assert (code, status, b"signature" in told) == (AOSE_OK, 200, True)


def test_self_signed(tmp_path: Path, authority: str) -> None:
    assert served(self_signed(tmp_path), ca_file=authority) == (AOSE_FAILED_VERIFICATION, -1, b"")
    assert served(self_signed(tmp_path)) == (AOSE_FAILED_VERIFICATION, -1, b""), "verified by default"
    assert served(self_signed(tmp_path), verify_ssl=0)[0] == AOSE_OK


def test_an_address_has_to_be_named(authority: str) -> None:
    assert served(issued("127.0.0.1"), "127.0.0.1", ca_file=authority)[0] == AOSE_OK
    assert served(issued(HOST), "127.0.0.1", ca_file=authority)[0] == AOSE_FAILED_VERIFICATION


def test_old_protocols_are_refused(authority: str) -> None:
    context = issued(HOST)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    code, _, told = served(context, ca_file=authority)
    assert (code, told) == (AOSE_INTERNAL_ERROR, b"")
