"""The service of the samples when none is configured: a local server with some objects, and a callback receiver."""

from __future__ import annotations

import contextlib
import json
import random
import struct
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from oss.local_server import LocalServer
from oss.samples import oss_config

__all__ = ["local_service", "make_sample_files", "make_sample_objects", "write_random_file"]

MIB = 1 << 20

server: LocalServer | None = None  # the one that the samples started


class CallbackReceiver(BaseHTTPRequestHandler):
    """Answers an upload callback with the body that it received."""

    def do_POST(self) -> None:
        told = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = json.dumps({"Status": "OK", "received": told}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Drops the log line, which would otherwise go to standard error."""


@contextlib.contextmanager
def local_service() -> Iterator[LocalServer]:
    """Runs a local server with the sample bucket; inside the block, the samples are configured for it."""
    global server
    with (
        LocalServer(buckets=[oss_config.BUCKET_NAME]) as started,
        ThreadingHTTPServer(("127.0.0.1", 0), CallbackReceiver) as receiver,
    ):
        threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        oss_config.OSS_ENDPOINT, oss_config.REGION = started.endpoint, started.region
        oss_config.ACCESS_KEY_ID, oss_config.ACCESS_KEY_SECRET = started.access_key_id, started.access_key_secret
        oss_config.SESSION_TOKEN = ""
        oss_config.CALLBACK_URL = f"http://127.0.0.1:{receiver.server_port}"
        print(f"no OSS_ENDPOINT is set: working with a local server, {started.endpoint}")
        server = started
        try:
            yield started
        finally:
            server = None
            receiver.shutdown()


def write_random_file(path: Path, size: int) -> None:
    """Writes a file of ``size`` bytes that does not compress: one random block, rotated a little further each time."""
    block = random.randbytes(min(size, MIB) or 1)
    with open(path, "wb") as file:
        for turn in range(-(-size // len(block))):
            cut = turn * 4099 % len(block)
            file.write(block[cut:])
            file.write(block[:cut])
        file.truncate(size)


def picture(width: int, height: int) -> bytes:
    """A PNG picture, in grey: dark on the left, light on the right."""
    rows = b"".join(b"\0" + bytes(x * 255 // width for x in range(width)) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def make_sample_files(folder: Path) -> None:
    """Writes the files that the samples upload."""
    write_random_file(folder / oss_config.MULTIPART_UPLOAD_FILE_PATH, 300 * 1024)
    write_random_file(folder / "local_big_file.zip", MIB)
    (folder / "example.png").write_bytes(picture(400, 300))


def make_sample_objects(server: LocalServer, folder: Path) -> None:
    """Stores the objects that the samples expect in the bucket."""
    bucket, text = oss_config.BUCKET_NAME, "Time is a bird for ever on the wing.\n" * 10
    server.put(bucket, oss_config.OBJECT_NAME, text.encode())
    for name in ("", "first.txt", "second.txt", "below/third.txt"):
        server.put(bucket, oss_config.DIR_NAME + name, name.encode())
    for name in ("my_key_1.zip", "my_key_2.zip"):
        server.put(bucket, name, folder / "local_big_file.zip")
    cities = [f"{number},city {number},{number * 1000}" for number in range(1, 21)]
    server.put(bucket, "city_sample_data.csv", "\n".join(["id,name,people", *cities, ""]).encode())
