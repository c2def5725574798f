"""The storage of the service: names and metadata in SQLite (WAL), bytes in files.

Data files are written once under a random name, then named in the database, so that neither a key nor a crash can
touch anything else; only appending extends a file in place. Files that no row names are removed at the next start."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, BinaryIO

from oss.local_server.checksum import crc64
from oss.local_server.http_message import FileSlice

__all__ = ["Blob", "Bucket", "ObjectInfo", "Store", "object_from_text", "object_to_text", "successor"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS buckets(
    name TEXT PRIMARY KEY, owner TEXT, acl TEXT, created REAL, storage_class TEXT, redundancy TEXT);
CREATE TABLE IF NOT EXISTS configs(bucket TEXT, kind TEXT, value BLOB, PRIMARY KEY(bucket, kind));
CREATE TABLE IF NOT EXISTS objects(
    bucket TEXT, key TEXT, file TEXT, size INTEGER, etag TEXT, crc TEXT, modified REAL, kind TEXT,
    storage_class TEXT, headers TEXT, acl TEXT, tags TEXT, target TEXT, ready REAL,
    restored REAL, PRIMARY KEY(bucket, key));
CREATE TABLE IF NOT EXISTS uploads(
    id TEXT PRIMARY KEY, bucket TEXT, key TEXT, initiated REAL, object TEXT);
CREATE INDEX IF NOT EXISTS uploads_by_key ON uploads(bucket, key, id);
CREATE TABLE IF NOT EXISTS parts(
    upload TEXT, number INTEGER, file TEXT, size INTEGER, etag TEXT, crc TEXT, modified REAL,
    PRIMARY KEY(upload, number));
CREATE TABLE IF NOT EXISTS channels(
    bucket TEXT, name TEXT, created REAL, config TEXT, records TEXT, PRIMARY KEY(bucket, name));
"""
_COPY = 1 << 20


@dataclass(frozen=True)
class Bucket:
    name: str
    owner: str
    acl: str
    created: float
    storage_class: str = "Standard"
    redundancy: str = "LRS"


@dataclass(frozen=True)
class Blob:
    """A data file with its checksums, which no object or part refers to yet."""

    file: str
    size: int
    md5: str
    crc: int


@dataclass(frozen=True)
class ObjectInfo:
    """An object; ``headers`` are those stored with it. An archived one can be read from ``ready`` to ``restored``."""

    bucket: str
    key: str
    file: str
    size: int
    etag: str
    crc: int
    modified: float
    kind: str = "Normal"
    storage_class: str = "Standard"
    headers: dict[str, str] = field(default_factory=dict)
    acl: str = "default"
    tags: list[tuple[str, str]] = field(default_factory=list)
    target: str = ""
    ready: float = 0.0
    restored: float = 0.0


_OBJECT_FIELDS = [f.name for f in fields(ObjectInfo)]
_PUT_OBJECT = f"REPLACE INTO objects({','.join(_OBJECT_FIELDS)}) VALUES({','.join('?' * len(_OBJECT_FIELDS))})"


def _object_row(info: ObjectInfo) -> tuple[Any, ...]:
    values = {name: getattr(info, name) for name in _OBJECT_FIELDS}
    values |= {"crc": str(info.crc), "headers": json.dumps(info.headers), "tags": json.dumps(info.tags)}
    return tuple(values[name] for name in _OBJECT_FIELDS)


def _object_info(row: sqlite3.Row) -> ObjectInfo:
    values = dict(row)
    tags = [(name, value) for name, value in json.loads(values["tags"])]
    values |= {"crc": int(values["crc"]), "headers": json.loads(values["headers"]), "tags": tags}
    return ObjectInfo(**values)


def object_to_text(info: ObjectInfo) -> str:
    """An object's fields as JSON, which ``object_from_text`` reads."""
    return json.dumps(asdict(info))


def object_from_text(text: str) -> ObjectInfo:
    values = json.loads(text)
    values["tags"] = [(name, value) for name, value in values["tags"]]
    return ObjectInfo(**values)


def successor(text: str) -> str | None:
    """The smallest text greater than every text that begins with ``text``; None when there is none."""
    for i in range(len(text) - 1, -1, -1):
        code = ord(text[i]) + 1
        if code <= 0x10FFFF:
            return text[:i] + chr(0xE000 if code == 0xD800 else code)
    return None


class Store:
    """The state of a service, below one folder. Safe for any number of threads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._data = root / "data"
        self._data.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._stripes = [threading.Lock() for _ in range(64)]
        self._db = sqlite3.connect(root / "oss.sqlite", check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")  # a dead process loses nothing; a dead machine may
        self._db.executescript(_SCHEMA)
        self._sweep()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _sweep(self) -> None:
        named = {row[0] for row in self._db.execute("SELECT file FROM objects UNION SELECT file FROM parts")}
        for folder in self._data.iterdir():
            for path in folder.iterdir():
                if path.name not in named:
                    path.unlink()

    # SQL

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the statements of the block as a transaction, which an exception rolls back."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        with self._lock:
            found: sqlite3.Row | None = self._db.execute(sql, values).fetchone()
            return found

    def execute(self, sql: str, *values: Any) -> int:
        """Run a statement; returns how many rows it changed."""
        with self._lock:
            return self._db.execute(sql, values).rowcount

    def exclusive(self, bucket: str, key: str) -> threading.Lock:
        """A lock for changes that read before they write one object. Never take a second one: it may be the same."""
        return self._stripes[hash((bucket, key)) % len(self._stripes)]

    # files

    def _path(self, name: str) -> Path:
        return self._data / name[:2] / name

    @contextlib.contextmanager
    def new_file(self) -> Iterator[tuple[str, BinaryIO]]:
        """Create a data file, which is removed again when the block fails."""
        name = uuid.uuid4().hex
        path = self._path(name)
        path.parent.mkdir(exist_ok=True)
        try:
            with open(path, "xb", buffering=0) as file:
                yield name, file
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def receive(self, chunks: Iterable[bytes | memoryview]) -> Blob:
        """Write bytes to a new data file, and compute their checksums."""
        md5, crc, size = hashlib.md5(usedforsecurity=False), 0, 0
        with self.new_file() as (name, file):
            for chunk in chunks:
                file.write(chunk)
                md5.update(chunk)
                crc = crc64(crc, chunk)
                size += len(chunk)
        return Blob(name, size, md5.hexdigest().upper(), crc)

    def extend(self, info: ObjectInfo, addition: Blob) -> None:
        """Append a blob to an object's file. Readers read only up to the size that they know."""
        with open(self._path(info.file), "r+b") as target, open(self._path(addition.file), "rb") as source:
            target.truncate(info.size)  # what an interrupted append may have left
            target.seek(info.size)
            shutil.copyfileobj(source, target, _COPY)

    def concatenate(self, names: Iterable[str]) -> str:
        with self.new_file() as (name, target):
            for source_name in names:
                with open(self._path(source_name), "rb") as source:
                    shutil.copyfileobj(source, target, _COPY)
        return name

    def digest(self, name: str) -> str:
        """The MD5 of a data file in base64, as in Content-MD5."""
        md5 = hashlib.md5(usedforsecurity=False)
        with open(self._path(name), "rb") as file:
            while chunk := file.read(_COPY):
                md5.update(chunk)
        return base64.b64encode(md5.digest()).decode()

    def slice(self, info: ObjectInfo, offset: int = 0, length: int | None = None) -> FileSlice:
        """A span of an object's open file. Raises FileNotFoundError when the object was replaced meanwhile."""
        return FileSlice(open(self._path(info.file), "rb"), offset, info.size - offset if length is None else length)

    def discard(self, *names: str) -> None:
        for name in names:
            if name:
                with contextlib.suppress(OSError):
                    os.unlink(self._path(name))

    # buckets

    def bucket(self, name: str) -> Bucket | None:
        row = self.row("SELECT * FROM buckets WHERE name=?", name)
        return Bucket(**dict(row)) if row else None

    def create_bucket(self, bucket: Bucket) -> bool:
        """Create a bucket; False when there is one of that name."""
        values = [getattr(bucket, f.name) for f in fields(Bucket)]
        return self.execute("INSERT OR IGNORE INTO buckets VALUES(?,?,?,?,?,?)", *values) > 0

    def delete_bucket(self, name: str) -> str | None:
        """Delete a bucket; None when it was empty, otherwise the kind of things that are still in it."""
        with self.transaction():
            for table, what in (("objects", "objects"), ("uploads", "multipart uploads"), ("channels", "channels")):
                if self.row(f"SELECT 1 FROM {table} WHERE bucket=? LIMIT 1", name):
                    return what
            self.execute("DELETE FROM configs WHERE bucket=?", name)
            self.execute("DELETE FROM buckets WHERE name=?", name)
        return None

    # bucket configurations: one document a kind

    def config(self, bucket: str, kind: str) -> bytes | None:
        row = self.row("SELECT value FROM configs WHERE bucket=? AND kind=?", bucket, kind)
        return row[0] if row else None

    def set_config(self, bucket: str, kind: str, value: bytes | None) -> None:
        if value is None:
            self.execute("DELETE FROM configs WHERE bucket=? AND kind=?", bucket, kind)
        else:
            self.execute("REPLACE INTO configs VALUES(?,?,?)", bucket, kind, value)

    # objects

    def object(self, bucket: str, key: str) -> ObjectInfo | None:
        row = self.row("SELECT * FROM objects WHERE bucket=? AND key=?", bucket, key)
        return _object_info(row) if row else None

    def put_object(self, info: ObjectInfo) -> None:
        """Store an object under its key; an earlier one and its file are deleted."""
        with self.transaction():
            old = self.row("SELECT file FROM objects WHERE bucket=? AND key=?", info.bucket, info.key)
            self.execute(_PUT_OBJECT, *_object_row(info))
        if old and old["file"] != info.file:
            self.discard(old["file"])

    def update_object(self, info: ObjectInfo, **changes: Any) -> ObjectInfo:
        changed = replace(info, **changes)
        self.put_object(changed)
        return changed

    def delete_object(self, bucket: str, key: str) -> None:
        with self.transaction():
            old = self.row("SELECT file FROM objects WHERE bucket=? AND key=?", bucket, key)
            self.execute("DELETE FROM objects WHERE bucket=? AND key=?", bucket, key)
        if old:
            self.discard(old["file"])

    def objects_after(self, bucket: str, start: str, inclusive: bool, limit: int) -> list[ObjectInfo]:
        """The next objects in the order of their keys' bytes."""
        sign = ">=" if inclusive else ">"
        sql = f"SELECT * FROM objects WHERE bucket=? AND key {sign} ? ORDER BY key LIMIT ?"
        return [_object_info(row) for row in self.rows(sql, bucket, start, limit)]
