"""Reads a folder of recordings: plain or packed, with any of the files missing (format: ``docs/corpus.md``)."""

from __future__ import annotations

import base64
import hashlib
import json
import lzma
import tarfile
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

__all__ = ["body_of", "bytes_of", "content_of", "Corpus", "json_of_bytes", "text_of"]

Json = Any
Case = dict[str, Any]


class Corpus:
    """A folder of recordings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not folder.is_dir():
            raise SystemExit(f"{folder} is not a folder of recordings")

    @cached_property
    def cases(self) -> dict[str, dict[str, list[Case]]]:
        """The cases by file, without its suffixes, and by function."""
        found: dict[str, dict[str, list[Case]]] = {}
        for path in sorted(self.folder.iterdir()):
            stem, _, suffixes = path.name.partition(".")
            if suffixes in ("jsonl", "jsonl.xz"):
                for line in _unpacked(path).splitlines():
                    entry = json.loads(line)
                    found.setdefault(stem, {}).setdefault(entry["function"], []).append(entry)
        return found

    def document(self, name: str) -> Json | None:
        """The JSON document of that name, None when the corpus has none."""
        for path in (self.folder / f"{name}.json", self.folder / f"{name}.json.xz"):
            if path.exists():
                return json.loads(_unpacked(path))
        return None

    @cached_property
    def checkpoints(self) -> dict[str, bytes]:
        """The files of ``checkpoints``, by name."""
        packed, plain = self.folder / "checkpoints.tar.xz", self.folder / "checkpoints"
        if plain.is_dir():
            return {path.name: path.read_bytes() for path in sorted(plain.iterdir()) if path.is_file()}
        return dict(_members(packed)) if packed.exists() else {}


def _unpacked(path: Path) -> bytes:
    return lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()


def _members(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        for member in archive:
            if (content := archive.extractfile(member)) is not None:
                yield Path(member.name).name, content.read()


@lru_cache(maxsize=64)
def _generated(seed: str, size: int) -> bytes:
    blocks = (hashlib.sha256(f"{seed}:{i}".encode()).digest() for i in range(-(-size // 32)))
    return b"".join(blocks)[:size]


def bytes_of(value: Json) -> bytes:
    """The bytes behind a recorded value."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    if "b64" in value:
        return base64.b64decode(value["b64"])
    return _generated(value["seed"], value["size"])


def content_of(recorded: Json) -> bytes:
    """The bytes of a file of a case, recorded with or without details."""
    return bytes_of(recorded["content"] if isinstance(recorded, dict) and "content" in recorded else recorded)


def text_of(value: Json) -> str | None:
    """The port's str for a recorded text, None for NULL."""
    return None if value is None else bytes_of(value).decode("utf-8", "surrogateescape")


def json_of_bytes(data: bytes) -> Json:
    """How the corpus writes these bytes."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = "\0"
    return {"b64": base64.b64encode(data).decode()} if "\0" in text else text


def body_of(message: dict[str, Any]) -> bytes | None:
    """The body of a recorded request or response; None when only its digest was kept."""
    if "body_gen" in message:
        return bytes_of(message["body_gen"])
    if "body_b64" in message:
        return base64.b64decode(message["body_b64"])
    return bytes_of(message["body"]) if "body" in message else None
