"""A scripted server: one loopback listener and one thread that replays recorded answers.

Between two calls every connection is dropped, so that no answer depends on the connections of the call before.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from oss.tools.crosscheck.replay.corpus import body_of

__all__ = ["Received", "Script", "ScriptedServer"]

Header = tuple[str, str]
PATIENCE = 10.0


@dataclass
class Received:
    """A request without its transfer coding; of a recorded one, sometimes only the body's digest is known."""

    method: str
    target: str
    headers: list[Header]
    body: bytes | None = b""
    digest: str | None = None

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def key(self) -> tuple[str, str, str | None]:
        """Method, target and range, which identify a request among those of one call."""
        return self.method, self.target, self.header("Range")

    @property
    def key_without_query(self) -> tuple[str, str, str | None]:
        return self.method, self.target.partition("?")[0], self.header("Range")


Script = Callable[[Received], "dict[str, Any] | None"]
"""Returns the response to send, in the corpus' format; for None the connection is closed, for {} nothing is sent."""


@dataclass
class _Connection:
    sock: socket.socket
    pending: bytes = b""
    requests: list[Received] = field(default_factory=list)


class ScriptedServer:
    """Plays a script to the requests of one call at a time, at ``port``, or at a free one."""

    def __init__(self, port: int = 0) -> None:
        self.requests: list[Received] = []
        self._script: Script | None = None
        self._listener = socket.create_server(("127.0.0.1", port), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._wake, self._woken = socket.socketpair()
        self._idle = threading.Event()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._selector.register(self._woken, selectors.EVENT_READ, self._drop)
        self._stopping = False
        self._thread = threading.Thread(target=self._loop, daemon=True, name="scripted server")
        self._thread.start()

    def stop(self) -> None:
        """Closes the listener and every connection."""
        self._stopping = True
        self._wake.send(b"x")
        self._thread.join()
        for end in (self._listener, self._wake, self._woken, self._selector):
            end.close()

    @contextlib.contextmanager
    def playing(self, play: Script) -> Iterator[list[Received]]:
        """Answers by ``play`` while the block runs; its value is the list of the requests that come in."""
        self.requests, self._script = [], play
        try:
            yield self.requests
        finally:
            self._idle.clear()
            self._wake.send(b"x")
            self._idle.wait(PATIENCE)

    def _loop(self) -> None:
        while not self._stopping:
            for key, _ in self._selector.select():
                if key.fd in self._selector.get_map():  # the event before may have dropped it
                    key.data(key.fileobj)

    def _accept(self, listener: Any) -> None:
        sock, _ = listener.accept()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(PATIENCE)
        connection = _Connection(sock)
        self._selector.register(sock, selectors.EVENT_READ, lambda _: self._serve(connection))

    def _drop(self, woken: Any) -> None:
        woken.recv(100)
        for key in list(self._selector.get_map().values()):
            if key.fileobj not in (self._listener, self._woken):
                self._close(key.fileobj)  # type: ignore[arg-type]
        self._script = None
        self._idle.set()

    def _close(self, sock: socket.socket) -> None:
        self._selector.unregister(sock)
        sock.close()

    def _serve(self, connection: _Connection) -> None:
        try:
            data = connection.sock.recv(1 << 18)
            connection.pending += data
            keep = bool(data)
            while keep and (request := _take_request(connection)) is not None:
                keep = self._answer(connection.sock, request)
        except (OSError, ValueError):
            keep = False
        if not keep:
            self._close(connection.sock)

    def _answer(self, sock: socket.socket, request: Received) -> bool:
        """Sends the answer to a request; False when the connection is to be closed."""
        self.requests.append(request)
        response = self._script(request) if self._script else None
        if response is None:
            return False
        pieces, keep = _wire(request, response)
        for piece in pieces:
            sock.sendall(piece)
        return keep


def _take_request(connection: _Connection) -> Received | None:
    """Removes the next request from the received bytes; None while it is not complete."""
    head, end, rest = connection.pending.partition(b"\r\n\r\n")
    if not end:
        if connection.pending[:1] and not connection.pending[:1].isalpha():
            raise ValueError("not HTTP")  # a TLS hello
        return None
    lines = head.decode("utf-8", "surrogateescape").split("\r\n")
    method, target, _ = lines[0].split(" ", 2) if lines[0].count(" ") >= 2 else (lines[0], "", "")
    split = [line.partition(":") for line in lines[1:]]
    request = Received(method, target, [(name, value.removeprefix(" ")) for name, _, value in split])
    if (request.header("Transfer-Encoding") or "").lower() == "chunked":
        body = _dechunked(rest)
    else:
        length = int(request.header("Content-Length") or 0)
        body = (rest[:length], rest[length:]) if len(rest) >= length else None
    if body is None:
        return None
    request.body, connection.pending = body
    return request


def _dechunked(data: bytes) -> tuple[bytes, bytes] | None:
    body = b""
    while True:
        line, end, data = data.partition(b"\r\n")
        if not end:
            return None
        size = int(line.split(b";")[0], 16)
        if len(data) < size + 2:
            return None
        body, data = body + data[:size], data[size + 2 :]
        if not size:
            return body, data


def _wire(request: Received, response: dict[str, Any]) -> tuple[list[bytes], bool]:
    """The pieces in which a recorded response is sent, and whether the connection is kept."""
    if not response:
        return [], True
    how = response.get("transport") or {}
    lines = [f"HTTP/1.1 {response['status']} {response['reason']}"]
    lines += [f"{name}: {value}" for name, value in response["headers"]]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")
    body = body_of(response) or b""
    if request.method == "HEAD" or response["status"] in (204, 304):
        body = b""
    elif "chunked" in how:
        body = _chunked(body, how["chunked"])
    if "cut_head" in how:
        return [head[: how["cut_head"]]], False
    if "cut" in how:
        return [head + body[: how["cut"]]], False
    data = head + body
    step = how.get("split") or max(len(data), 1)
    return [data[i : i + step] for i in range(0, len(data), step)], not how.get("no_length")


def _chunked(body: bytes, size: int) -> bytes:
    pieces = [body[i : i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
