"""Connecting: which addresses a name has, in which order they are tried, and who is left behind."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from aos._http import dial
from aos._http.cancel import CancelledError
from aos._http.deadline import Deadline
from aos._http.dial import Address, connect_to
from aos._http.errors import NotConnected, NotInTime
from aos._http.limit import TimeLimit
from aos._native import CancelFlag
from tests.wire import Peer, WireServer, silent_host

HOST = "dual.test"
ENOUGH = 60.0
Names = Callable[..., None]


@pytest.fixture(autouse=True)
def no_winners() -> Iterator[None]:
    dial._winners.clear()
    yield
    dial._winners.clear()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Says which addresses HOST has."""

    def give(*addresses: Address) -> None:
        found = [(family, socket.SOCK_STREAM, 0, "", place) for family, place in addresses]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwds: found)

    return give


@pytest.fixture
def six() -> Iterator[WireServer]:
    try:
        server = WireServer(Peer.wait, host="::1")
    except OSError:
        pytest.skip("no IPv6 here")
    with server:
        yield server


@pytest.fixture
def four() -> Iterator[WireServer]:
    with WireServer(Peer.wait) as server:
        yield server


@pytest.fixture
def silent() -> Iterator[Address]:
    with silent_host() as url:
        yield Address(socket.AF_INET, ("127.0.0.1", urlsplit(url).port))


@pytest.fixture
def refusing() -> Iterator[Address]:
    with socket.socket() as bound:  # nobody else gets its port, and nobody listens there
        bound.bind(("127.0.0.1", 0))
        yield Address(socket.AF_INET, bound.getsockname())


def at(server: WireServer) -> Address:
    return Address(server.listener.family, server.listener.getsockname())


def limit(seconds: float = ENOUGH) -> TimeLimit:
    return TimeLimit(Deadline(CancelFlag()), seconds)


def peer_of(until: TimeLimit) -> Any:
    """The port that a connection to HOST leads to."""
    with connect_to(HOST, 80, until) as sock:
        return sock.getpeername()[1]


@pytest.mark.parametrize("host", ["localhost", "bucket.localhost", "A.B.LocalHost", "localhost."])
def test_localhost_is_loopback_without_a_resolver(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", None)
    loopback = [(socket.AF_INET, ("127.0.0.1", 80)), (socket.AF_INET6, ("::1", 80))]
    assert dial.look_up(host, 80, limit()) == loopback


@pytest.mark.parametrize("host", ["xlocalhost", "localhost.example"])
def test_other_names_are_looked_up(host: str, names: Names, silent: Address) -> None:
    names(silent)
    assert dial.look_up(host, 80, limit()) == [silent]


def test_the_families_take_turns() -> None:
    addresses = [Address(socket.AF_INET6, n) for n in (1, 2, 3)] + [Address(socket.AF_INET, n) for n in (4, 5)]
    assert [place for _, place in dial._in_turn(HOST, addresses)] == [1, 4, 2, 5, 3]


def test_the_next_one_is_tried_beside_a_silent_one(names: Names, silent: Address, four: WireServer) -> None:
    names(silent, at(four))
    assert peer_of(limit()) == four.port


def test_the_next_one_is_tried_after_a_refusal(
    names: Names, refusing: Address, four: WireServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dial, "NEXT_ADDRESS", 3600.0)
    names(refusing, refusing, at(four))
    assert peer_of(limit()) == four.port


def test_a_family_that_does_not_exist_is_passed_over(names: Names, four: WireServer) -> None:
    names(Address(socket.AddressFamily(socket.AF_UNIX), "no path"), at(four))
    assert peer_of(limit()) == four.port


def test_the_first_failure_is_told(names: Names, refusing: Address) -> None:
    names(refusing, Address(socket.AF_INET, ("255.255.255.255", 1)))
    with pytest.raises(NotConnected) as caught:
        connect_to(HOST, 80, limit())
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.ECONNREFUSED


def test_the_winners_family_is_tried_first(names: Names, silent: Address, six: WireServer, four: WireServer) -> None:
    names(silent, at(six))
    assert peer_of(limit()) == six.port
    names(at(four), at(six))
    assert peer_of(limit()) == six.port
    names(at(four))
    assert peer_of(limit()) == four.port
    names(at(six), at(four))
    assert peer_of(limit()) == four.port


def test_a_winner_is_forgotten(
    names: Names, six: WireServer, four: WireServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(at(six))
    assert peer_of(limit()) == six.port
    monkeypatch.setattr(dial, "FAMILY_KEPT", 0.0)
    names(at(four), at(six))
    assert peer_of(limit()) == four.port


def test_not_every_winner_is_remembered() -> None:
    for number in range(3 * dial.HOSTS_KNOWN):
        dial._remember_family(str(number), socket.AF_INET)
    assert len(dial._winners) <= dial.HOSTS_KNOWN


def test_connect_timeout_bounds_all_attempts(names: Names, silent: Address) -> None:
    names(*[silent] * 4)
    with pytest.raises(NotInTime):
        connect_to(HOST, 80, limit(0.5))


def test_a_cancel_ends_all_attempts(names: Names, silent: Address) -> None:
    names(*[silent] * 2)
    until = limit()
    until.deadline.flag.set()
    with pytest.raises(CancelledError):
        connect_to(HOST, 80, until)
