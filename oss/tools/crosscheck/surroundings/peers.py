"""The servers of a case: each does one thing to every connection, and notes the requests that it was sent."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aos.aos_crc64 import aos_crc64

__all__ = ["Connection", "Listener", "Note", "Noted", "Server", "free_port"]

PATIENCE = 10.0
CONTENT = b"what the object holds\n"
ETAG = '"5B3C1A2E053D763E1B002CC607C5A0FE"'
ERROR = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>%b</Code><Message>%b</Message></Error>'
ABRUPTLY = struct.pack("ii", 1, 0)
"""For SO_LINGER: the connection ends with RST."""
QUEUE = 64
MORE_THAN_FIT = 3
"""Connections that fill a queue of length 0."""


@dataclass
class Noted:
    """A request, by whom it was received, and on which of its connections; its answer, both in the corpus' form."""

    name: str
    connection: int
    request: dict[str, Any]
    body: bytes | None
    """None where it was not waited for."""
    response: dict[str, Any] | None = None


class Connection:
    """The server's end of a connection; the first one to a server is number 1."""

    def __init__(self, sock: socket.socket, number: int, over: threading.Event) -> None:
        self.sock, self.number, self._over = sock, number, over
        self._received = b""
        self.noted: Noted | None = None
        """The request that was noted last."""
        sock.settimeout(PATIENCE)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _until(self, end: bytes) -> bytes | None:
        """What comes before ``end``; None when the connection is closed first."""
        while end not in self._received:
            more = self.sock.recv(1 << 16)
            if not more:
                return None
            self._received += more
        found, _, self._received = self._received.partition(end)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._received) < size and (more := self.sock.recv(1 << 16)):
            self._received += more
        found, self._received = self._received[:size], self._received[size:]
        return found

    def head(self) -> dict[str, Any] | None:
        """The next request in the corpus' form, yet without body; None when the client has closed."""
        head = self._until(b"\r\n\r\n")
        if head is None:
            return None
        first, *lines = head.decode("utf-8", "surrogateescape").split("\r\n")
        method, target, _ = (first + "  ").split(" ", 2)
        fields = [line.partition(":") for line in lines]
        return {
            "method": method,
            "target": target,
            "headers": [[name, value.strip()] for name, _, value in fields],
        }

    def body(self, request: dict[str, Any]) -> bytes:
        """The body of a request, which is waited for as the request says; asks for it where the client waits."""
        headers = {name.lower(): value for name, value in request["headers"]}
        if headers.get("expect", "").lower() == "100-continue":
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return self._exactly(int(headers.get("content-length", 0)))
        body = b""
        while size := int(self._until(b"\r\n") or b"0", 16):
            body += self._exactly(size)
            self._exactly(2)
        self._exactly(2)
        return body

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def answer(self, request: dict[str, Any], body: bytes, status: str = "200 OK") -> None:
        """Answers as a service does: with the object, or with what says that it was stored."""
        if request["method"] == "PUT":
            tags, content = _tags(body), b""
        else:
            tags, content = _tags(CONTENT), CONTENT
        asked = next((value for name, value in request["headers"] if name.lower() == "range"), "")
        if status.startswith("200") and (bounds := re.fullmatch(r"bytes=(\d+)-(\d+)", asked)):
            first, last = int(bounds[1]), int(bounds[2])
            status = "206 Partial Content"
            tags.append(f"Content-Range: bytes {first}-{last}/{len(CONTENT)}")
            content = content[first : last + 1]
        lines = ["Server: AliyunOSS", *tags, "Last-Modified: Fri, 24 Feb 2012 06:07:48 GMT"]
        self._respond(status, lines, content, request["method"] == "HEAD")

    def _respond(self, status: str, lines: list[str], content: bytes, head_only: bool = False) -> None:
        lines = [*lines, f"Content-Length: {len(content)}"]
        code, _, reason = status.partition(" ")
        if self.noted is not None:
            headers = [line.split(": ", 1) for line in lines]
            told = {"status": int(code), "reason": reason, "headers": headers}
            self.noted.response = told | ({} if head_only else {"body": content.decode()})
        head = "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""])
        self.send(head.encode() + (b"" if head_only else content))

    def refuse(self, status: str, *headers: str) -> None:
        """Answers with an error, whether the request is out or not."""
        code = status.partition(" ")[2].replace(" ", "").encode()
        self._respond(status, [*headers], ERROR % (code, b"no"))

    def wait(self) -> None:
        """Reads nothing until the case is over."""
        self._over.wait(PATIENCE)

    def end(self) -> None:
        """Sends no more."""
        self.sock.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Ends the connection with RST."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABRUPTLY)
        self.sock.close()


def _tags(content: bytes) -> list[str]:
    """The header lines that tell an object's content from another."""
    return [f"ETag: {ETAG}", f"x-oss-hash-crc64ecma: {aos_crc64(0, content, len(content))}"]


Note = Callable[[Connection, dict[str, Any], "bytes | None"], None]
Server = Callable[[Connection, Note], None]
"""What a server does on one connection, which is closed afterwards; it notes each request that it has read."""


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def listening(host: str, port: int, queue: int) -> socket.socket:
    """A socket that listens at an address of this machine, or, with ``queue`` -1, only keeps it. OSError where there is
    no such address."""
    with contextlib.ExitStack() as undo:
        made = undo.enter_context(socket.socket(_family(host)))
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if made.family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((host, port))
        if queue >= 0:
            made.listen(queue)
        undo.pop_all()
    return made


def free_port(*hosts: str) -> int:
    """A port that is free at all these addresses."""
    for _ in range(100):
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            first = stack.enter_context(listening(hosts[0], 0, -1))
            port: int = first.getsockname()[1]
            for host in hosts[1:]:
                stack.enter_context(listening(host, port, -1))
            return port
    raise OSError(f"no port is free at {', '.join(hosts)}")


class Listener:
    """A server at one address, which does ``serve`` to each connection. Where that is None, it swallows connections, or
    refuses them; ``late`` is how many seconds it takes to begin to accept. Each request is added to ``noted``."""

    def __init__(self, name: str, address: tuple[str, int], serve: Server | None, noted: list[Noted]) -> None:
        self.name, self._address, self._serve, self._noted = name, address, serve, noted
        self._listeners: list[socket.socket] = []
        self._connections: list[Connection] = []
        self._over = threading.Event()
        self._open = contextlib.ExitStack()

    def start(self, refuses: bool = False, late: float = 0.0) -> None:
        """Begins to listen, or keeps the port so that nobody else does."""
        swallows = not refuses and (self._serve is None or late > 0)
        listener = self._open.enter_context(listening(*self._address, -1 if refuses else 0 if swallows else QUEUE))
        self._listeners.append(listener)
        filling = self._open.enter_context(_filled(*self._address)) if swallows else []
        if self._serve is not None and not refuses:
            threading.Thread(target=self._accept, args=(listener, filling, late), daemon=True, name=self.name).start()

    def _accept(self, listener: socket.socket, filling: list[socket.socket], late: float) -> None:
        self._over.wait(late)
        for sock in filling:
            sock.close()
        with contextlib.suppress(OSError):
            while True:
                sock, _ = listener.accept()
                self._connections.append(one := Connection(sock, len(self._connections) + 1, self._over))
                threading.Thread(target=self._handle, args=(one,), daemon=True, name=self.name).start()

    def _handle(self, connection: Connection) -> None:
        assert self._serve is not None
        with contextlib.suppress(OSError, ValueError), connection.sock:
            self._serve(connection, self._note)

    def _note(self, connection: Connection, request: dict[str, Any], body: bytes | None) -> None:
        connection.noted = Noted(self.name, connection.number, request, body)
        self._noted.append(connection.noted)

    def close(self) -> None:
        self._over.set()
        for sock in (*self._listeners, *(one.sock for one in self._connections)):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)  # wakes the thread that uses it
        self._open.close()


@contextlib.contextmanager
def _filled(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Fills the queue of a listener that accepts nothing, so that further connections are not answered."""
    with contextlib.ExitStack() as stack:
        filling = []
        for _ in range(MORE_THAN_FIT):
            filling.append(sock := stack.enter_context(socket.socket(_family(host))))
            sock.setblocking(False)
            sock.connect_ex((host, port))
        yield filling
