"""The command ``oss-c-sdk download``."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime

from aos._c.text import path_bytes
from aos.aos_http_io import aos_pool_t, aos_table_t
from oss._command.address import Address
from oss._command.client import Client, Found, Transfer
from oss._command.many import DONE, THERE, Item
from oss._command.names import Clashes, folds_names, make_folders, problem_of, shard_of
from oss._command.one import CRC64, DOWNLOAD, INTERRUPTED, file_size, run_one, same_content, transfer
from oss._command.recursive import run_recursive
from oss._command.text import Failure, UsageError, printable

__all__ = ["main"]


def main(options: argparse.Namespace) -> int:
    """Downloads an object, or all below a prefix. Returns the exit status."""
    address = Address.parse(options.source)
    with Client(options, address.bucket) as client:
        if options.recursive:
            return run_recursive(client, lambda: _items(client, address, _folder(options.target)))
        path = _file(options.target, address.one_object())
        with _traced(options, address, path):
            done = run_one(client, DOWNLOAD, address, path)
        if done is None:
            return INTERRUPTED
        if options.times:
            set_time(path, done.headers)
        if not options.quiet:
            crc64 = done.headers.get(CRC64) or "not given by the service"
            print(f"{printable(path)}: {file_size(path)} bytes, CRC64 {printable(crc64)}")
        return 0


@contextlib.contextmanager
def _traced(options: argparse.Namespace, address: Address, path: str) -> Iterator[None]:
    """Draws the download inside the block on the page that ``--trace`` names, also one that fails. Raises Failure where
    that cannot be written, UsageError where it would be a file of the download."""
    place: str | None = options.trace
    if place is None:
        yield
        return
    own = (path, f"{path}.tmp", options.checkpoint or path + DOWNLOAD.suffix)
    if os.path.realpath(path_bytes(place)) in [os.path.realpath(path_bytes(name)) for name in own]:
        raise UsageError(f"--trace {printable(place)} is a file of the download itself")
    from oss.tools.explain.picture import Drawing, page
    from oss.tools.explain.trace import Trace

    _write(place, "")  # before anything is downloaded
    trace = Trace()
    try:
        with trace:
            yield
    finally:
        _write(place, page(DOWNLOAD.title(address, path), "", [[Drawing(trace.events)]]))


def _write(path: str, text: str) -> None:
    try:
        with open(path_bytes(path), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise Failure(f"{printable(path)}: {error.strerror}") from None


def _file(target: str | None, address: Address) -> str:
    """The path for a single object: the file that was named, or the key's last name in a folder."""
    if target and not target.endswith("/") and not os.path.isdir(path_bytes(target)):
        return target
    name = address.key.rpartition("/")[2]
    folder = target or "."
    if problem := problem_of(name, folder):
        raise UsageError(f"{address} needs the name of a FILE: {problem}")
    return os.path.join(target or "", name)


def _folder(target: str | None) -> str:
    """The folder for many objects, which is created if it does not exist."""
    if not target:
        raise UsageError("--recursive needs a FOLDER")
    try:
        os.makedirs(path_bytes(target), exist_ok=True)
    except OSError as error:
        raise Failure(f"{printable(target)}: {error.strerror}") from None
    return target


def set_time(path: str, headers: aos_table_t) -> None:
    """Sets a file's modification time to that of its object. Raises Failure."""
    try:
        seconds = parsedate_to_datetime(headers.get("Last-Modified") or "").timestamp()
        os.utime(path_bytes(path), (seconds, seconds))
    except (OSError, ValueError, OverflowError) as error:
        raise Failure(f"{printable(path)}: its time cannot be set: {printable(error)}") from None


def _items(client: Client, address: Address, folder: str) -> Iterator[Item]:
    """The transfers of the objects below a prefix that are in this process's share."""
    try:
        clashes, shard = Clashes(folds_names(folder)), client.options.shard
    except OSError as error:
        raise Failure(f"{printable(folder)}: {error.strerror}") from None
    for found in client.list(address):
        name = found.key[len(address.base) :]
        problem = problem_of(name, folder) or clashes.add(name) or ""
        if shard and shard_of(found.key, shard[1]) != shard[0]:
            continue
        if problem:
            yield Item(str(Address(address.bucket, found.key)), 0, None, problem, harmless=_is_marker(found))
        else:
            yield _item(client, Address(address.bucket, found.key), folder, name, found.size or 0)


def _is_marker(found: Found) -> bool:
    """Whether an object is empty and only marks a folder."""
    return found.key.endswith("/") and not found.size


def _item(client: Client, address: Address, folder: str, name: str, size: int) -> Item:
    def work(threads: int, on_progress: Callable[[int, int], None], pool: aos_pool_t) -> str:
        path = make_folders(folder, name)
        if file_size(path) == size and same_content(client, address, path):
            return THERE
        done = transfer(client, DOWNLOAD, Transfer(address, path, threads, on_progress, pool))
        if client.options.times:
            set_time(path, done.headers)
        return DONE

    return Item(name, size, work)
