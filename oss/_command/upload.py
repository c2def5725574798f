"""The command ``oss-c-sdk upload``."""

from __future__ import annotations

import argparse
import os
import stat
from collections.abc import Callable, Iterator

from aos._c.text import decode, path_bytes
from aos.aos_http_io import aos_pool_t
from oss._command.address import Address
from oss._command.client import Client, Transfer
from oss._command.many import DONE, THERE, Item
from oss._command.names import shard_of
from oss._command.one import CRC64, INTERRUPTED, UPLOAD, file_size, run_one, same_content, transfer
from oss._command.recursive import run_recursive
from oss._command.text import Failure, UsageError, printable

__all__ = ["main"]

LONGEST_KEY = 1023


def main(options: argparse.Namespace) -> int:
    """Uploads a file, or all below a folder. Returns the exit status."""
    address = Address.parse(options.target)
    if os.path.isdir(path_bytes(options.source)) and not options.recursive:
        raise UsageError(f"{printable(options.source)} is a folder; --recursive uploads all that is below it")
    with Client(options, address.bucket) as client:
        if options.recursive:
            return run_recursive(client, lambda: _items(client, options.source, address))
        if not address.key or address.key.endswith("/"):
            address = Address(address.bucket, address.key + os.path.basename(options.source))
        done = run_one(client, UPLOAD, address, options.source)
        if done is None:
            return INTERRUPTED
        if not options.quiet:
            crc64 = done.headers.get(CRC64) or "not given by the service"
            print(f"{address}: {file_size(options.source)} bytes, CRC64 {printable(crc64)}")
        return 0


def _items(client: Client, folder: str, address: Address) -> Iterator[Item]:
    """The transfers of the files below a folder that are in this process's share. Raises Failure."""
    prefix = address.key if address.key.endswith("/") or not address.key else address.key + "/"
    shard = client.options.shard
    for path, size, unfit in files_below(folder):
        key = prefix + os.path.relpath(path, folder)
        problem = unfit or _key_problem(key)
        if shard and shard_of(key, shard[1]) != shard[0]:
            continue
        if problem:
            yield Item(path, 0, None, problem)
        else:
            yield _item(client, Address(address.bucket, key), path, size)


def files_below(folder: str) -> Iterator[tuple[str, int, str]]:
    """The files below a folder in a fixed order: path, size, and why one cannot be uploaded. Raises Failure."""

    def fail(error: OSError) -> None:
        raise Failure(f"{printable(decode(error.filename))}: {error.strerror}")

    for place, folders, files in os.walk(path_bytes(folder), onerror=fail):
        folders.sort()
        known = set(map(decode, files))
        for entry in sorted([*files, *(name for name in folders if os.path.islink(os.path.join(place, name)))]):
            found = os.lstat(os.path.join(place, entry))
            name, path = decode(entry), decode(os.path.join(place, entry))
            if not stat.S_ISREG(found.st_mode):
                yield path, 0, "it is a link" if stat.S_ISLNK(found.st_mode) else "it is no file"
            elif name.endswith(UPLOAD.suffix) and name.removesuffix(UPLOAD.suffix) in known:
                yield path, 0, "it is the checkpoint of an upload"
            else:
                yield path, found.st_size, ""


def _key_problem(key: str) -> str:
    try:
        length = len(key.encode())
    except UnicodeEncodeError:
        return "its name is not UTF-8, which a key must be"
    return "its key would be too long" if length > LONGEST_KEY else ""


def _item(client: Client, address: Address, path: str, size: int) -> Item:
    def work(threads: int, on_progress: Callable[[int, int], None], pool: aos_pool_t) -> str:
        if same_content(client, address, path):
            return THERE
        transfer(client, UPLOAD, Transfer(address, path, threads, on_progress, pool))
        return DONE

    return Item(path, size, work)
