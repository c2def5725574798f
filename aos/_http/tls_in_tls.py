"""TLS within the TLS connection to a proxy, by urllib3, which Python's own sockets cannot do."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Any

from urllib3.util.ssltransport import SSLTransport

from aos._c.fork import unforked
from aos._http.limit import TimeLimit

__all__ = ["InnerTls"]


class _Waiting:
    """Socket with the two methods of a handshake, each of which waits for as long as it may."""

    def __init__(self, sock: ssl.SSLSocket, until: TimeLimit) -> None:
        self._sock, self._until = sock, until

    def recv(self, size: int) -> bytes:
        """Receives ``size`` bytes at most."""
        return self._until.wait_for(self._sock.recv, size)

    def sendall(self, data: bytes) -> None:
        """Sends all of ``data``."""
        while data:
            data = data[self._until.wait_for(self._sock.send, data) :]


class InnerTls(SSLTransport):
    """TLS connection within another one. OSError, NotInTime, CancelledError where its handshake fails."""

    def __init__(self, sock: ssl.SSLSocket, context: ssl.SSLContext, host: str, until: TimeLimit) -> None:
        waiting: Any = _Waiting(sock, until)
        super().__init__(waiting, context, host)
        self.socket = sock

    def _ssl_io_loop(self, func: Callable[..., Any], *args: Any) -> Any:
        """Calls a step of TLS, and moves its bytes; a process is not forked during the step itself."""
        return super()._ssl_io_loop(unforked(func), *args)

    def setsockopt(self, *args: Any) -> None:
        """Sets an option of the socket below both."""
        self.socket.setsockopt(*args)
