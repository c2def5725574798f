"""A line between client and server that breaks at a given byte, once."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from typing import Literal

__all__ = ["Cutter", "How"]

How = Literal["reset", "close"]


class Cutter:
    """A context manager. ``cut`` says after how many bytes, counted from then on, the line breaks, and how."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads: list[threading.Thread] = []
        self._stop, self._lock = threading.Event(), threading.Lock()
        self.cut(-1)

    def cut(self, after: int, how: How = "reset", answers: bool = True) -> None:
        """``after`` bytes of the server's answers, or of the requests; -1 for never."""
        with self._lock:
            self._left, self._how, self._answers, self.passed = after, how, answers, 0

    def __enter__(self) -> Cutter:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
        self._listener.close()

    def _start(self, target: object, *args: object) -> None:
        self._threads.append(threading.Thread(target=target, args=args, daemon=True))  # type: ignore[arg-type]
        self._threads[-1].start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._start(self._relay, client)

    def _relay(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self._port)) as server, contextlib.suppress(OSError):
            other = {client: server, server: client}
            for end in other:
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while not self._stop.is_set():
                for source in select.select([client, server], [], [], 0.05)[0]:
                    data = source.recv(1 << 16)
                    passed, breaks = self._count(data, source is server)
                    other[source].sendall(passed)
                    if breaks and self._how == "reset":
                        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    if breaks or not data:
                        return

    def _count(self, data: bytes, from_server: bool) -> tuple[bytes, bool]:
        """What passes of these bytes, and whether the line breaks after it."""
        with self._lock:
            if from_server is not self._answers:
                return data, False
            self.passed += len(data)
            if self._left < 0:
                return data, False
            passed, self._left = data[: self._left], self._left - len(data)
            breaks = self._left < 0
            return passed, breaks
