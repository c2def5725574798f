"""Takes uploads as fast as it can, and forgets them: ``python sink.py PORT CRC64``, the CRC64 of the whole.

The C SDK announces the length of a body and sends it in chunks all the same, which nginx refuses; so here is what takes
both. Parts are read, checksummed and dropped; the answers to begin and to complete an upload are fixed texts. Each
connection has a process of its own, so that none waits for another's interpreter.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import sys

from aos.aos_crc64 import aos_crc64

BUFFER = 1 << 18
LINE = 1 << 13
"""More than a line of a head, or of a chunk's size, is long."""
NAMES = "<Bucket>bucket</Bucket><Key>upload</Key>"
BEGUN = f"<InitiateMultipartUploadResult>{NAMES}<UploadId>0123</UploadId></InitiateMultipartUploadResult>"
COMPLETE = f"<CompleteMultipartUploadResult>{NAMES}<ETag>0123-1</ETag></CompleteMultipartUploadResult>"
NO_MORE = "<UploadId>0123</UploadId><NextPartNumberMarker>0</NextPartNumberMarker><IsTruncated>false</IsTruncated>"
NO_PARTS = f"<ListPartsResult>{NAMES}{NO_MORE}</ListPartsResult>"
ETAG = '"0123456789ABCDEF0123456789ABCDEF"'
FIXED = f"Content-Type: application/xml\r\nx-oss-request-id: 0123456789ABCDEF01234567\r\nETag: {ETAG}\r\n"
LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
CHUNKED = re.compile(rb"(?i)\r\ntransfer-encoding:")
EXPECTING = re.compile(rb"(?i)\r\nexpect:")


def answer(crc64: int | None = None, body: str = "") -> bytes:
    more = "" if crc64 is None else f"x-oss-hash-crc64ecma: {crc64}\r\n"
    return f"HTTP/1.1 200 OK\r\n{FIXED}{more}Content-Length: {len(body)}\r\n\r\n{body}".encode()


class stream_t:
    """What a connection sends, through one buffer."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.data = connection, bytearray(BUFFER)
        self.view = memoryview(self.data)
        self.begin = self.end = 0

    def more(self) -> None:
        if self.begin == self.end:
            self.begin = self.end = 0
        elif self.begin > BUFFER - LINE:
            left = bytes(self.view[self.begin : self.end])
            self.view[: len(left)], self.begin, self.end = left, 0, len(left)
        count = self.connection.recv_into(self.view[self.end :])
        if not count:
            raise ConnectionError
        self.end += count

    def until(self, mark: bytes) -> bytes:
        """What comes before a mark, which is taken too."""
        while (place := self.data.find(mark, self.begin, self.end)) < 0:
            self.more()
        text, self.begin = bytes(self.view[self.begin : place]), place + len(mark)
        return text

    def drop(self, size: int, crc64: int = 0) -> int:
        """Takes ``size`` bytes; their CRC64."""
        while size:
            if self.begin == self.end:
                self.more()
            count = min(size, self.end - self.begin)
            crc64 = aos_crc64(crc64, self.view[self.begin : self.begin + count], count)
            self.begin += count
            size -= count
        return crc64

    def drop_chunks(self) -> int:
        crc64 = 0
        while size := int(self.until(b"\r\n").partition(b";")[0], 16):
            crc64 = self.drop(size, crc64)
            self.until(b"\r\n")
        while self.until(b"\r\n"):
            pass
        return crc64


def serve(connection: socket.socket, whole: int) -> None:
    begun, complete, no_parts = answer(body=BEGUN), answer(whole, COMPLETE), answer(body=NO_PARTS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    source = stream_t(connection)
    while True:
        head = source.until(b"\r\n\r\n")
        method, target, _ = head.split(b" ", 2)
        if EXPECTING.search(head):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        if CHUNKED.search(head):
            crc64 = source.drop_chunks()
        else:
            length = LENGTH.search(head)
            crc64 = source.drop(int(length[1]) if length else 0)
        if method == b"PUT":
            connection.sendall(answer(crc64))
        elif method == b"POST":
            connection.sendall(begun if target.partition(b"?")[2].startswith(b"uploads") else complete)
        else:
            connection.sendall(no_parts)


def main(port: str, crc64: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who has ended is not waited for
    with socket.create_server(("127.0.0.1", int(port)), backlog=64) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                if not os.fork():
                    listener.close()
                    try:
                        serve(connection, int(crc64))
                    except ConnectionError:
                        os._exit(0)
                    os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
