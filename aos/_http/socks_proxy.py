"""Handshake with a SOCKS proxy, by PySocks, which the extra ``socks`` installs.

Difference from libcurl: a user without a password is not told to a proxy of SOCKS5.
"""

from __future__ import annotations

import socket
from typing import Any, NamedTuple

import socks

from aos._c.redact import SecretBytes
from aos._http.cancel import TICK
from aos._http.dial import look_up
from aos._http.errors import SettingsError
from aos._http.limit import TimeLimit
from aos._http.proxy import Proxy

__all__ = ["Tunnel"]

KINDS = {
    "socks4": (socks.SOCKS4, False),
    "socks4a": (socks.SOCKS4, True),
    "socks5": (socks.SOCKS5, False),
    "socks5h": (socks.SOCKS5, True),
}
"""Version of the protocol, and whether the proxy resolves names."""
LONGEST = 127
"""Bytes in a text for the proxy: of a longer one PySocks writes the length wrongly."""


class _Connected(socket.socket):
    """Socket for which connecting is nothing, as it is connected."""

    __slots__ = ()

    def connect(self, address: Any, /) -> None:
        """Does nothing."""


class _Handshake(socks.socksocket, _Connected):
    """PySocks's handshake on a connection that is made already; each wait can be cancelled and ends in time."""

    def __init__(self, sock: socket.socket, until: TimeLimit) -> None:
        super().__init__(sock.family, sock.type, fileno=sock.detach())
        self.settimeout(TICK)
        self._until = until

    def recv_into(self, *given: Any) -> int:
        """Receives as a socket does, and goes on waiting at the timeout."""
        return self._until.wait_for(super().recv_into, *given)


class Tunnel(NamedTuple):
    """What a SOCKS proxy is told: as ``proxy`` what PySocks calls so, and the destination, a name or an address."""

    proxy: tuple[int, str, int, bool, bytes, bytes]
    host: str
    port: int

    @classmethod
    def to(cls, proxy: Proxy, host: str, port: int, until: TimeLimit) -> Tunnel:
        """Returns the tunnel through a proxy to a host, whose name is looked up where the proxy is not to do that.
        SettingsError, OSError (gaierror), UnicodeError, NotInTime, CancelledError."""
        version, is_remote = KINDS[proxy.scheme]
        destination = host if is_remote else _address_of(host, port, version, until)
        user, password = (SecretBytes(text.encode("latin-1")) for text in (proxy.user or "", proxy.password))
        if max(map(len, (destination, user, password))) > LONGEST:
            raise SettingsError(f"a SOCKS proxy takes no name, user or password of more than {LONGEST} bytes")
        return cls((version, proxy.host, proxy.port, is_remote, user, password), destination, port)

    def open(self, sock: socket.socket, until: TimeLimit) -> socket.socket:
        """Returns a socket that the proxy has connected to the destination, in place of ``sock``, which is connected to
        the proxy. OSError, UnicodeError, NotInTime, CancelledError."""
        with _Handshake(sock, until) as handshake:
            handshake.proxy = self.proxy
            try:
                handshake.connect((self.host, self.port))
            except socks.ProxyError as problem:
                raise _cause(problem) from None
            connected = socket.socket(fileno=handshake.detach())
        connected.settimeout(TICK)
        return connected


def _address_of(host: str, port: int, version: int, until: TimeLimit) -> str:
    """Returns the address of a host that a proxy is told; SOCKS4 has none of IPv6."""
    addresses = look_up(host, port, until)
    known = [item for item in addresses if item.family == socket.AF_INET or version == socks.SOCKS5]
    if not known:
        raise socket.gaierror(socket.EAI_NONAME, f"{host} has no IPv4 address, and SOCKS4 knows no other")
    return str(known[0].sockaddr[0])


def _cause(problem: OSError) -> OSError:
    """Returns the error that PySocks has wrapped, once or more often."""
    while isinstance(inner := getattr(problem, "socket_err", None), OSError):
        problem = inner
    return OSError(str(problem)) if isinstance(problem, socks.ProxyError) else problem
