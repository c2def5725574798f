"""Runs a single transfer with a progress bar, and reports how it failed or was interrupted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NamedTuple

from aos._c.text import path_bytes
from aos.aos_crc64 import aos_crc64
from aos.aos_http_io import aos_pool_create, aos_pool_destroy, aos_pool_t
from oss._command.address import Address
from oss._command.client import Client, Done, Transfer
from oss._command.failures import describe
from oss._command.progress import progress
from oss._command.text import Failure, printable
from oss.oss_api import AOSE_OK, aos_status_is_ok, oss_create_checkpoint_content, oss_load_checkpoint

__all__ = ["INTERRUPTED", "Direction", "file_crc64", "file_size", "kept", "run_one", "same_content", "transfer"]

INTERRUPTED = 130
CRC64 = "x-oss-hash-crc64ecma"
_PIECE = 1 << 20


class Direction(NamedTuple):
    """The differences between downloads and uploads: the call, the checkpoint's suffix, and the title."""

    call: Callable[[Client, Transfer], Done]
    suffix: str
    arrow: str

    def title(self, address: Address, path: str) -> str:
        """The transfer in words: from where to where."""
        return self.arrow.format(address=address, path=printable(path))


DOWNLOAD = Direction(Client.download, ".dcp", "{address} -> {path}")
UPLOAD = Direction(Client.upload, ".ucp", "{path} -> {address}")


def transfer(client: Client, direction: Direction, what: Transfer) -> Done:
    """Makes a transfer. Raises Failure when it fails."""
    done = direction.call(client, what)
    if not aos_status_is_ok(done.status):
        text = describe(direction.title(what.address, what.path), done.status)
        record = kept(client, direction, what.address, what.path)
        raise Failure(f"{text}; {record}, the same command goes on from there" if record else text)
    return done


def run_one(client: Client, direction: Direction, address: Address, path: str) -> Done | None:
    """Makes a transfer with a progress bar; None, after a message, when Ctrl-C ended it. Raises Failure."""
    pool = aos_pool_t()
    aos_pool_create(pool, None)
    try:
        with progress(os.path.basename(path), client.options.quiet) as client.display:
            return transfer(client, direction, Transfer(address, path, client.options.threads, client.display, pool))
    except KeyboardInterrupt:
        record = kept(client, direction, address, path)
        what = f"{record}; the same command goes on from there" if record else "the same command starts anew"
        print(f"interrupted: {what}", file=sys.stderr, flush=True)
        return None
    finally:
        client.display = None
        aos_pool_destroy(pool)


def kept(client: Client, direction: Direction, address: Address, path: str) -> str | None:
    """A text about how many parts a transfer's checkpoint holds; None when it holds none, there is none, or it is of
    another bucket."""
    place = client.options.checkpoint or path + direction.suffix
    checkpoint = oss_create_checkpoint_content(None)
    if client.options.no_checkpoint or not os.path.exists(path_bytes(place)):
        return None
    if oss_load_checkpoint(None, place, checkpoint) != AOSE_OK or checkpoint.bucket.data not in (None, address.bucket):
        return None
    count = sum(1 for part in checkpoint.parts[: checkpoint.part_num] if part.completed)
    return f"{printable(place)} keeps {count} of {checkpoint.part_num} parts" if count else None


def same_content(client: Client, address: Address, path: str) -> bool:
    """Whether file and object both exist with the same size and CRC64; costs one HEAD request."""
    size = file_size(path)
    if size is None:
        return False
    status, headers = client.head(address)
    theirs = headers.get(CRC64)
    if not aos_status_is_ok(status) or headers.get("Content-Length") != str(size) or theirs is None:
        return False
    return str(file_crc64(path)) == theirs


def file_size(path: str) -> int | None:
    """The size of a file; None where there is none."""
    name = path_bytes(path)
    try:
        return os.path.getsize(name) if os.path.isfile(name) else None
    except OSError:
        return None


def file_crc64(path: str) -> int | None:
    """The CRC64 of a file; None when it cannot be read."""
    crc64, buffer = 0, bytearray(_PIECE)
    try:
        with open(path_bytes(path), "rb") as file:
            while count := file.readinto(buffer):
                crc64 = aos_crc64(crc64, buffer, count)
    except OSError:
        return None
    return crc64
