"""A server that sends exactly the bytes that a test scripts, connection by connection, and a request to it."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from aos._http.connection import Connection
from aos.aos_http_io import (
    HTTP_GET,
    aos_buf_pack,
    aos_http_controller_create,
    aos_http_controller_ex_t,
    aos_http_request_create,
    aos_http_request_options_create,
    aos_http_request_t,
    aos_http_response_create,
    aos_http_response_t,
    aos_http_send_request,
    aos_list_add_tail,
    apr_table_add,
)
from tests.waiting import PATIENCE, until

__all__ = [
    "Peer",
    "Result",
    "Tunnel",
    "WireServer",
    "answer",
    "body_of",
    "cancelled",
    "relay",
    "request_to",
    "say",
    "silent_host",
]

SMALL = 1 << 16


def answer(body: bytes = b"", status: str = "200 OK", *headers: str, length: int | None = -1) -> bytes:
    """Returns the bytes of an answer. ``length`` is the value of Content-Length, by default that of the body; None
    leaves the header out."""
    size = [] if length is None else [f"Content-Length: {len(body) if length < 0 else length}"]
    return "\r\n".join([f"HTTP/1.1 {status}", *size, *headers, "", ""]).encode() + body


class Peer:
    """Server's end of one connection."""

    def __init__(self, sock: Any) -> None:
        self.sock = sock
        self.received = b""
        """Bytes of all requests that were received."""

    def request(self) -> bytes:
        """Receives the next request with its body; b"" where the client has closed the connection."""
        data = b""
        while b"\r\n\r\n" not in data:
            data += (more := self.sock.recv(65536))
            if not more:
                return b""
        head, _, body = data.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        while len(body) < int(fields.get(b"content-length", b"0")):
            body += (more := self.sock.recv(65536))
            if not more:
                break
        self.received += (whole := head + b"\r\n\r\n" + body)
        return whole

    def send(self, data: bytes, piece: int = 0) -> None:
        """Sends ``data``, in pieces of ``piece`` bytes unless that is 0."""
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(data), piece or len(data) or 1):
            self.sock.sendall(data[start : start + (piece or len(data))])

    def reset(self) -> None:
        """Ends the connection with RST."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def wait(self) -> None:
        """Waits until the client closes the connection."""
        while self.sock.recv(65536):
            pass


Script = Callable[[Peer], Any]
"""What the server does on one connection, which is closed afterwards."""
Server = TypeVar("Server", bound="WireServer")


def say(*answers: bytes, then: Script | None = Peer.wait) -> Script:
    """Returns a script that sends one answer for each request, then does ``then``; None closes the connection."""

    def script(peer: Peer) -> None:
        for data in answers:
            if not peer.request():
                return
            peer.send(data)
        if then is not None:
            then(peer)

    return script


class Tunnel:
    """Script of a proxy, with TLS or without, that passes everything on to a server: each end, each reset, and little
    that the server does not read."""

    def __init__(self, server: WireServer) -> None:
        self.server = server

    def __call__(self, peer: Peer) -> None:
        if self.server.tls is not None:
            peer.request()
            peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.socket() as far:
            far.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)
            far.connect(self.server.listener.getsockname())
            for sock in (near := peer.sock, far):
                sock.setblocking(False)
            there, back = Direction(near, far), Direction(far, near)
            while not (there.ended and back.ended):
                if not there.move() | back.move():
                    time.sleep(0.001)


class Direction:
    """One direction of a tunnel: bytes from one socket to another, until the one has no more and the other has all."""

    def __init__(self, source: Any, sink: Any) -> None:
        self.source, self.sink, self.waiting = source, sink, b""
        self.more, self.ended = True, False

    def move(self) -> bool:
        """Moves what can be moved without waiting. Tells whether there was anything."""
        moved = False
        if self.more and len(self.waiting) < SMALL:
            with contextlib.suppress(BlockingIOError, ssl.SSLWantReadError):
                data = self._receive()
                self.more, moved = bool(data), True
                self.waiting += data
        with contextlib.suppress(BlockingIOError, ssl.SSLWantWriteError):
            try:
                if self.waiting:
                    self.waiting, moved = self.waiting[self.sink.send(self.waiting) :], True
                elif not self.more and not self.ended:
                    self.ended = True
                    socket.socket.shutdown(self.sink, socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
                self.more, self.ended, self.waiting = False, True, b""
        return moved

    def _receive(self) -> bytes:
        try:
            data: bytes = self.source.recv(SMALL)
            return data
        except ConnectionResetError:
            return b""


class WireServer:
    """Server that runs the first script on the first connection, and so on, and the last one on all further
    connections. A context manager."""

    def __init__(self, *scripts: Script, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.scripts, self.tls = scripts, tls
        self.peers: list[Peer] = []
        self.threads: list[threading.Thread] = []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.listener = socket.create_server((host, 0), family=family)
        self.port = self.listener.getsockname()[1]
        self.authority = f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"
        self.url = f"{'https' if tls else 'http'}://{self.authority}/"

    @property
    def connections(self) -> int:
        """Number of connections so far."""
        return len(self.peers)

    def __enter__(self: Server) -> Server:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        for peer in self.peers:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(peer.sock, socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(PATIENCE)
        self.listener.close()

    def _start(self, target: Callable[..., None], *args: Any) -> None:
        """Starts a thread, which ends with the server."""
        self.threads.append(threading.Thread(target=target, args=args, daemon=True))
        self.threads[-1].start()

    def _accept(self) -> None:
        """Accepts connections until the server ends."""
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self.listener.accept()
                sock.settimeout(PATIENCE)
                peer = Peer(sock)
                self.peers.append(peer)
                self._start(self._serve, peer, self.scripts[min(len(self.peers), len(self.scripts)) - 1])

    def _serve(self, peer: Peer, script: Script) -> None:
        """Runs a script on a connection, after the TLS handshake if there is one, and closes it."""
        try:
            with contextlib.suppress(OSError):
                if self.tls is not None:
                    peer.sock = self.tls.wrap_socket(peer.sock, server_side=True)
                script(peer)
        finally:
            peer.sock.close()


def relay(near: Any, far: Any) -> None:
    """Passes bytes on between two sockets, both ways, until either side ends. One thread does both, since two may not
    use a TLS connection at once (https://docs.openssl.org/3.0/man7/openssl-threads)."""
    other = {near: far, far: near}
    with contextlib.suppress(OSError):
        while True:
            held = [side for side in other if isinstance(side, ssl.SSLSocket) and side.pending()]
            for side in held or select.select([near, far], [], [])[0]:
                if not (data := side.recv(65536)):
                    return
                other[side].sendall(data)


@contextlib.contextmanager
def silent_host() -> Iterator[str]:
    """Yields the URL of a host that does not answer attempts to connect: the queue of its listener is full."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(3):
            sock = stack.enter_context(socket.socket())
            sock.setblocking(False)
            sock.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


class Result:
    """Result of a request: its AOSE_* code, and the controller, request and response it was made with."""

    def __init__(self, code: int, ctl: aos_http_controller_ex_t, req: Any, resp: aos_http_response_t) -> None:
        self.code, self.ctl, self.req, self.resp = code, ctl, req, resp

    @property
    def reason(self) -> str:
        """Error text; empty where there is none."""
        return self.ctl.reason or ""

    @property
    def outcome(self) -> tuple[int, int, bytes]:
        """AOSE_* code, HTTP status and body."""
        return self.code, self.resp.status, body_of(self.resp)


def body_of(resp: aos_http_response_t) -> bytes:
    """Returns the body that an answer has in memory."""
    return b"".join(bytes(buf) for buf in resp.body)


def request_to(
    url: str,
    method: int = HTTP_GET,
    *,
    body: bytes | None = None,
    headers: tuple[tuple[str, str], ...] = (),
    prepare: Callable[[aos_http_request_t, aos_http_response_t], object] | None = None,
    connection: Any = None,
    **options: Any,
) -> Result:
    """Makes one request by ``aos_http_send_request``. ``prepare`` changes request and response before; ``options`` are
    fields of aos_http_request_options_t."""
    ctl = aos_http_controller_create(None, 0)
    ctl.options, ctl.connection = aos_http_request_options_create(None), connection
    for name, value in options.items():
        setattr(ctl.options, name, value)
    req, resp = aos_http_request_create(None), aos_http_response_create(None)
    req.method, req.signed_url = method, url
    for name, value in headers:
        apr_table_add(req.headers, name, value)
    if body is not None:
        aos_list_add_tail(aos_buf_pack(None, body, len(body)).node, req.body)
        req.body_len = len(body)
    if prepare is not None:
        prepare(req, resp)
    code = aos_http_send_request(ctl, req, resp)
    assert isinstance(ctl, aos_http_controller_ex_t)
    return Result(code, ctl, req, resp)


def cancelled(connection: Connection, ready: Callable[[], object], run: Callable[[], Result]) -> Result:
    """Returns the result of ``run()``, whose connection another thread cancels once ``ready()`` is true."""

    def cancel() -> None:
        until(ready)
        threading.Event().wait(0.05)  # by then the request is likely to wait
        connection.cancel()

    thread = threading.Thread(target=cancel)
    thread.start()
    try:
        return run()
    finally:
        thread.join()
