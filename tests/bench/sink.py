"""Takes uploads as fast as it can, and forgets them: ``python sink.py PORT CRC64``, the CRC64 of the whole.

The C SDK announces the length of a body and sends it in chunks all the same, which nginx refuses; so here is what takes
both. Parts are read, checksummed and dropped; the answers to begin and to complete an upload are fixed texts.
"""

from __future__ import annotations

import socket
import sys
import threading
from typing import Any

from aos.aos_crc64 import aos_crc64

BUFFER = 1 << 18
NAMES = "<Bucket>bucket</Bucket><Key>upload</Key>"
BEGUN = f"<InitiateMultipartUploadResult>{NAMES}<UploadId>0123</UploadId></InitiateMultipartUploadResult>"
COMPLETE = f"<CompleteMultipartUploadResult>{NAMES}<ETag>0123-1</ETag></CompleteMultipartUploadResult>"
NO_MORE = "<UploadId>0123</UploadId><NextPartNumberMarker>0</NextPartNumberMarker><IsTruncated>false</IsTruncated>"
NO_PARTS = f"<ListPartsResult>{NAMES}{NO_MORE}</ListPartsResult>"
ETAG = '"0123456789ABCDEF0123456789ABCDEF"'
FIXED = f"Content-Type: application/xml\r\nx-oss-request-id: 0123456789ABCDEF01234567\r\nETag: {ETAG}\r\n"


def answer(crc64: int | None = None, body: str = "") -> bytes:
    more = "" if crc64 is None else f"x-oss-hash-crc64ecma: {crc64}\r\n"
    return f"HTTP/1.1 200 OK\r\n{FIXED}{more}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def drop(source: Any, size: int, into: memoryview, crc64: int) -> int:
    while size:
        count = source.readinto(into[: min(size, len(into))])
        if not count:
            raise ConnectionError
        crc64 = aos_crc64(crc64, into, count)
        size -= count
    return crc64


def drop_chunks(source: Any, into: memoryview) -> int:
    crc64 = 0
    while size := int(source.readline().partition(b";")[0], 16):
        crc64 = drop(source, size, into, crc64)
        source.readline()
    while source.readline().strip():
        pass
    return crc64


def serve(connection: socket.socket, whole: int) -> None:
    begun, complete, no_parts = answer(body=BEGUN), answer(whole, COMPLETE), answer(body=NO_PARTS)
    into = memoryview(bytearray(BUFFER))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("rb", BUFFER) as source:
        while line := source.readline():
            method, target, _ = line.split(b" ", 2)
            headers = {}
            while field := source.readline().strip():
                name, _, value = field.partition(b":")
                headers[name.lower()] = value.strip()
            if b"expect" in headers:
                connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            if b"transfer-encoding" in headers:
                crc64 = drop_chunks(source, into)
            else:
                crc64 = drop(source, int(headers.get(b"content-length", 0)), into, 0)
            if method == b"PUT":
                connection.sendall(answer(crc64))
            elif method == b"POST":
                connection.sendall(begun if target.partition(b"?")[2].startswith(b"uploads") else complete)
            else:
                connection.sendall(no_parts)


def main(port: str, crc64: str) -> None:
    with socket.create_server(("127.0.0.1", int(port)), backlog=64) as listener:
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, int(crc64)), daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
