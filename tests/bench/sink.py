"""Takes uploads as fast as it can, and forgets them: ``python sink.py PORT SOURCE CRC64 PART_SIZE...``.

The C SDK announces the length of a body and sends it in chunks all the same, which nginx refuses; so here is what takes
both. The bytes of a body are dropped by the kernel, which does not even copy them, so that it is the contenders that
are measured. All of them send the same file, whose CRC64 is told, in parts of known sizes: each part is answered with
the CRC64 that it must have, worked out when the sink starts. The answers to begin and to complete an upload are fixed
texts. Each connection has a process of its own, so that none waits for another's interpreter.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import sys

from aos.aos_crc64 import aos_crc64

MIB = 1 << 20
NAMES = "<Bucket>bucket</Bucket><Key>upload</Key>"
BEGUN = f"<InitiateMultipartUploadResult>{NAMES}<UploadId>0123</UploadId></InitiateMultipartUploadResult>"
COMPLETE = f"<CompleteMultipartUploadResult>{NAMES}<ETag>0123-1</ETag></CompleteMultipartUploadResult>"
NO_MORE = "<UploadId>0123</UploadId><NextPartNumberMarker>0</NextPartNumberMarker><IsTruncated>false</IsTruncated>"
NO_PARTS = f"<ListPartsResult>{NAMES}{NO_MORE}</ListPartsResult>"
ETAG = '"0123456789ABCDEF0123456789ABCDEF"'
FIXED = f"Content-Type: application/xml\r\nx-oss-request-id: 0123456789ABCDEF01234567\r\nETag: {ETAG}\r\n"
LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
PART = re.compile(rb"[?&]partNumber=(\d+)")
CHUNKED = re.compile(rb"(?i)\r\ntransfer-encoding:")
EXPECTING = re.compile(rb"(?i)\r\nexpect:")
END_OF_HEAD = b"\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"

CRCs = dict[tuple[int, int], int]
"""The CRC64 of a part by its number and size."""


def answer(crc64: int | None = None, body: str = "") -> bytes:
    more = "" if crc64 is None else f"x-oss-hash-crc64ecma: {crc64}\r\n"
    return f"HTTP/1.1 200 OK\r\n{FIXED}{more}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def crcs_of(path: str, part_sizes: list[int]) -> CRCs:
    crcs: CRCs = {}
    for part_size in part_sizes:
        number = 0
        with open(path, "rb") as file:
            while data := file.read(part_size):
                number += 1
                crcs[number, len(data)] = aos_crc64(0, data, len(data))
    return crcs


class Stream:
    """What a connection sends."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.data, self.nowhere = connection, b"", bytearray(MIB)

    def until(self, mark: bytes) -> bytes:
        """What comes before a mark, which is taken too."""
        while mark not in self.data:
            more = self.connection.recv(MIB)
            if not more:
                raise ConnectionError
            self.data += more
        text, _, self.data = self.data.partition(mark)
        return text

    def drop(self, size: int) -> None:
        """Takes ``size`` bytes."""
        size, self.data = size - len(self.data), self.data[size:]
        while size > 0:
            count = self.connection.recv_into(self.nowhere, min(size, MIB), socket.MSG_TRUNC)
            if not count:
                raise ConnectionError
            size -= count


def serve(connection: socket.socket, whole: int, crcs: CRCs) -> None:
    begun, complete, no_parts = answer(body=BEGUN), answer(whole, COMPLETE), answer(body=NO_PARTS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    source = Stream(connection)
    while True:
        head = source.until(END_OF_HEAD)
        method, target, _ = head.split(b" ", 2)
        if EXPECTING.search(head):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        found, part = LENGTH.search(head), PART.search(target)
        length = int(found[1]) if found else 0
        source.drop(length)
        if CHUNKED.search(head):  # what frames the chunks makes them longer than is announced
            source.until(LAST_CHUNK)
        if method == b"PUT":
            connection.sendall(answer(crcs[int(part[1]), length] if part else whole))
        elif method == b"POST":
            connection.sendall(begun if target.partition(b"?")[2].startswith(b"uploads") else complete)
        else:
            connection.sendall(no_parts)


def main(port: str, source: str, crc64: str, *part_sizes: str) -> None:
    crcs = crcs_of(source, [int(size) for size in part_sizes])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who has ended is not waited for
    with socket.create_server(("127.0.0.1", int(port)), backlog=64) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                if not os.fork():
                    listener.close()
                    try:
                        serve(connection, int(crc64), crcs)
                    except ConnectionError:
                        os._exit(0)
                    os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
