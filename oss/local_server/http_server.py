"""A multi-threaded, keep-alive HTTP/1.1 server: one thread a connection, all of them gone after ``stop``."""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import threading
from collections.abc import Callable

from oss.local_server import delivery
from oss.local_server.delivery import Delivery
from oss.local_server.http_message import (
    Disconnected,
    Headers,
    HttpError,
    Request,
    Response,
    SocketReader,
    read_request,
)

__all__ = ["MAX_CONNECTIONS", "HttpServer"]

MAX_CONNECTIONS = 1024
IDLE_SECONDS = 120.0
DRAIN_LIMIT = 8 << 20
DRAIN_SECONDS = 0.5
JOIN_SECONDS = 5.0
PAUSE_SECONDS = 0.05

Handler = Callable[[Request], tuple[Response, Delivery]]


class HttpServer:
    """Accepts connections on one address, up to a limit, and answers their requests with ``handle``."""

    def __init__(
        self,
        host: str,
        port: int,
        tls: ssl.SSLContext | None,
        handle: Handler,
        max_connections: int = MAX_CONNECTIONS,
        length_beside_chunks: bool = False,
    ) -> None:
        self._handle, self._tls = handle, tls
        self._max_connections, self._length_beside_chunks = max_connections, length_beside_chunks
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, socket.socket] = {}
        self._ended: list[threading.Thread] = []
        self._stopping = threading.Event()
        self.accepted = 0
        self._acceptor = threading.Thread(target=self._accept, name="local-server", daemon=True)
        with contextlib.ExitStack() as undo:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            self._listener = undo.enter_context(socket.create_server((host, port), family=family, backlog=1024))
            self._listener.setblocking(False)
            self.port: int = self._listener.getsockname()[1]
            self._wake_out, self._wake_in = map(undo.enter_context, socket.socketpair())
            self._selector = undo.enter_context(selectors.DefaultSelector())
            for sock in (self._listener, self._wake_out):
                self._selector.register(sock, selectors.EVENT_READ)
            self._undo = undo.pop_all()

    def start(self) -> None:
        self._acceptor.start()

    def wait(self, seconds: float | None) -> bool:
        """Sleep, at most until the server stops; True when it did."""
        return self._stopping.wait(seconds)

    def stop(self) -> None:
        """Stop listening, cut every connection and wait for the threads."""
        self._stopping.set()
        with contextlib.suppress(OSError):
            self._wake_in.send(b"x")
        if self._acceptor.ident is not None:
            self._acceptor.join(JOIN_SECONDS)
        with self._lock:
            threads = [*self._open, *self._ended]
            for sock in self._open.values():
                _shut(sock)
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join(JOIN_SECONDS)
        self._undo.close()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            self._selector.select()
            try:
                sock, _ = self._listener.accept()
            except OSError:  # the client is gone, or no descriptor is free: the connection waits until one is
                self._stopping.wait(PAUSE_SECONDS)
                continue
            self._adopt(sock)

    def _adopt(self, sock: socket.socket) -> None:
        """Have a connection served; refuse it when there are too many, or no thread can be started."""
        with self._lock:
            self.accepted += 1
            number, full = self.accepted, len(self._open) >= self._max_connections
            ended, self._ended = self._ended, []
        for thread in ended:
            thread.join()
        if full or not self._begin(sock, number):
            self._turn_away(sock)

    def _begin(self, sock: socket.socket, number: int) -> bool:
        """Serve a connection in a thread of its own; False when none can be started."""
        thread = threading.Thread(target=self._serve, args=(sock, number), name=f"local-{number}", daemon=True)
        with self._lock:
            self._open[thread] = sock
        try:
            thread.start()
        except RuntimeError:
            with self._lock:
                del self._open[thread]
            return False
        return True

    def _turn_away(self, sock: socket.socket) -> None:
        """Refuse a connection without waiting for it; with a 503, unless TLS, which would need a handshake first."""
        with sock, contextlib.suppress(OSError):
            sock.setblocking(False)
            if self._tls is None:
                sock.send(_refusal(503).head())
            sock.shutdown(socket.SHUT_WR)
            sock.recv(1 << 16)  # unread bytes would turn the close into a reset

    def _serve(self, sock: socket.socket, number: int) -> None:
        current = threading.current_thread()
        try:
            sock.settimeout(IDLE_SECONDS)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
                with self._lock:
                    self._open[current] = sock
                if not self._stopping.is_set():  # else stop() may not have seen this socket
                    sock.do_handshake()
            reader = SocketReader(sock)
            while not self._stopping.is_set() and self._exchange(sock, reader, number):
                pass
        except (OSError, ValueError):  # the client left, or the socket was cut by stop()
            pass
        finally:
            with self._lock:
                sock.close()
                del self._open[current]
                self._ended.append(current)

    def _exchange(self, sock: socket.socket, reader: SocketReader, number: int) -> bool:
        """Read a request and send its answer; False when the connection is to be closed."""
        try:
            request = read_request(reader, sock, number, self._length_beside_chunks)
            response, how = self._handle(request)
        except HttpError as error:  # where the next request would begin is unknown
            sock.sendall(_refusal(error.status).head())
            _linger(sock, reader)
            return False
        if self._stopping.is_set():
            response.close()
            return False
        reusable = request.keep_alive and (request.body.done or self._drain(sock, request))
        if "Connection" not in response.headers:
            response.headers.set("Connection", "keep-alive" if reusable else "close")
        delivery.send(sock, response, request.method != "HEAD", how, self.wait)
        if not reusable:
            _linger(sock, reader)
        return reusable

    @staticmethod
    def _drain(sock: socket.socket, request: Request) -> bool:
        """Read and drop what the handler left of a body, without waiting long for bytes that do not come."""
        sock.settimeout(DRAIN_SECONDS)
        try:
            return request.body.drain(DRAIN_LIMIT)
        except (HttpError, TimeoutError):
            return False
        finally:
            sock.settimeout(IDLE_SECONDS)


def _refusal(status: int) -> Response:
    return Response(status, Headers([("Server", "AliyunOSS"), ("Content-Length", "0"), ("Connection", "close")]))


def _shut(sock: socket.socket) -> None:
    # Not the method of the TLS socket, which would end the session while another thread reads from it.
    with contextlib.suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _linger(sock: socket.socket, reader: SocketReader) -> None:
    """Close in order: bytes that the client still sends must not cause a reset, which would lose the answer."""
    with contextlib.suppress(OSError, Disconnected):
        socket.socket.shutdown(sock, socket.SHUT_WR)
        sock.settimeout(2.0)
        for _ in range(DRAIN_LIMIT >> 13):
            if not reader.read(1 << 17):
                return
