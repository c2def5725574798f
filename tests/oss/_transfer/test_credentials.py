"""Transfers that last longer than the credentials which sign their parts."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import pytest

from aos import aos_http_io, apr_time
from oss.local_server import Fault, LocalServer
from oss.oss_api import AOSE_INVALID_ARGUMENT
from tests.resumable import DATA, Download, Transfer, Upload

NOW = 1_795_225_144
LIFE, STEP, LONG = 600, 50, 2 * 3600
"""Seconds for which a token is valid, that pass with each request, and that a transfer takes."""
COUNT = LONG // STEP


class Clock:
    """The clock of both sides, which every request moves."""

    seconds = NOW

    def tick(self, *_: object) -> None:
        self.seconds += STEP


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: made.seconds * 1_000_000)
    return made


@pytest.fixture
def server(buckets: list[str], clock: Clock) -> Iterator[LocalServer]:
    hook = Fault(action="hook", times=None, call=clock.tick)
    with LocalServer(buckets=buckets, now=lambda: clock.seconds, faults=[hook]) as running:
        yield running


class Issuer:
    """Gives temporary keys, ``count`` at most; each is valid for ``LIFE`` seconds."""

    def __init__(self, server: LocalServer, clock: Clock, count: int = COUNT) -> None:
        self.server, self.clock, self.count, self.asked = server, clock, count, 0

    def __call__(self) -> tuple[str, str, str, int]:
        if self.asked == self.count:
            raise OSError("STS is gone")
        self.asked += 1
        key, secret, token = (f"{what}-{self.asked}" for what in ("key", "secret", "token"))
        expiry = self.clock.seconds + LIFE
        self.server.add_sts(token, key, secret, expiry)
        return key, secret, token, expiry


def prepared(transfer: Transfer, issuer: Issuer, version: int) -> Transfer:
    """A transfer by one thread, so that no request is overtaken by the time that others take."""
    transfer.threads, transfer.part_size, transfer.enable_checkpoint = 1, -(-len(DATA) // COUNT), False
    config = transfer.options.config
    config.signature_version, config.credentials_callback, config.access_key_id = version, issuer, None
    return transfer


@pytest.mark.parametrize("version", [1, 4])
def test_a_download_outlives_its_tokens(download: Download, clock: Clock, version: int) -> None:
    issuer = Issuer(download.server, clock)
    assert prepared(download, issuer, version)().codes == (200, None)
    assert download.path.read_bytes() == DATA
    assert clock.seconds - NOW >= LONG and issuer.asked >= LONG // LIFE


@pytest.mark.parametrize("version", [1, 4])
def test_an_upload_outlives_its_tokens(upload: Upload, clock: Clock, version: int) -> None:
    issuer = Issuer(upload.server, clock)
    assert prepared(upload, issuer, version)().codes == (200, None)
    assert upload.stored() == DATA
    assert clock.seconds - NOW >= LONG and issuer.asked >= LONG // LIFE


@pytest.mark.parametrize("name", ["download", "upload"])
def test_by_a_transport_of_the_programs_own(
    name: str, request: pytest.FixtureRequest, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    transfer: Transfer = request.getfixturevalue(name)
    perform = aos_http_io.aos_http_transport_perform
    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", functools.partial(perform))
    issuer = Issuer(transfer.server, clock)
    assert prepared(transfer, issuer, 1)().codes == (200, None)
    assert issuer.asked >= LONG // LIFE


@pytest.mark.parametrize("name", ["download", "upload"])
def test_a_failure_of_the_callback_ends_the_transfer(name: str, request: pytest.FixtureRequest, clock: Clock) -> None:
    transfer: Transfer = request.getfixturevalue(name)
    found = prepared(transfer, Issuer(transfer.server, clock, 2), 1)()
    assert found.codes == (AOSE_INVALID_ARGUMENT, "ClientError")
    assert found.status.error_msg == "credentials_callback raised OSError: STS is gone"
    assert 0 < len(found.progress) < COUNT


def test_without_a_callback_it_ends_with_its_token(download: Download, clock: Clock) -> None:
    issuer = Issuer(download.server, clock)
    config = prepared(download, issuer, 1).options.config
    config.credentials_callback = None
    config.access_key_id, config.access_key_secret, config.sts_token, _ = issuer()
    assert download().codes == (403, "SecurityTokenExpired")


def test_an_interrupt_in_a_thread_of_the_transfer_passes(download: Download, clock: Clock) -> None:
    def stopped() -> Any:
        if issuer.asked:
            raise KeyboardInterrupt("now")
        return issuer()

    issuer = Issuer(download.server, clock)
    prepared(download, issuer, 1).options.config.credentials_callback = stopped
    with pytest.raises(KeyboardInterrupt, match="now"):
        download()
