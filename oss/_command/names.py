"""Maps keys to files below a folder, and finds those that cannot be files there."""

from __future__ import annotations

import os
import stat
import tempfile
import unicodedata
from collections.abc import Iterator

from aos._c.text import path_bytes
from aos.aos_crc64 import aos_crc64
from oss._command.text import printable

__all__ = ["Clashes", "make_folders", "problem_of", "shard_of"]

SUFFIXES = (".tmp", ".dcp")
"""The suffixes of the temporary file and the checkpoint that a download in progress has beside its file."""

USUAL_NAME_MAX, USUAL_PATH_MAX = 255, 4096


def shard_of(key: str, count: int) -> int:
    """The number, from 1 to ``count``, of the share that a key is in; the same on every machine."""
    data = key.encode(errors="surrogatepass")
    return aos_crc64(0, data, len(data)) % count + 1


def problem_of(name: str, folder: str) -> str | None:
    """The reason why a name cannot be that of a file below a folder; None when it can."""
    if not name or name.endswith("/"):
        return "it ends with a slash, which no file does"
    pieces = name.split("/")
    if "\0" in name:
        return "it has a NUL in it"
    if any(piece in ("", ".", "..") for piece in pieces):
        return "it has an empty piece, . or .. in its path"
    try:
        lengths = [len(path_bytes(piece)) for piece in pieces]
    except UnicodeEncodeError:
        return "it is not made of characters that a file's name can have here"
    lengths[-1] += max(map(len, SUFFIXES))
    if max(lengths) > _limit(folder, "PC_NAME_MAX", USUAL_NAME_MAX):
        return "a piece of its path is too long"
    if len(path_bytes(folder)) + sum(lengths) + len(lengths) >= _limit(folder, "PC_PATH_MAX", USUAL_PATH_MAX):
        return "its path is too long"
    return None


def _limit(folder: str, name: str, usual: int) -> int:
    try:
        return os.pathconf(path_bytes(folder), name)
    except (OSError, ValueError):
        return usual


class Clashes:
    """Finds names that cannot be files beside earlier ones; names are added in the order of a listing.

    In that order a name comes before all that begin with it, so only the names that the present one begins with are
    kept. On a file system that ignores case or the form of accents, all names are.
    """

    def __init__(self, folds: bool) -> None:
        self._folds = folds
        self._begun: list[str] = []
        self._taken: dict[str, tuple[str, bool]] = {}

    def add(self, name: str) -> str | None:
        """Adds a name; the reason why it cannot be a file beside the others, None when it can."""
        return self._add_folded(name) if self._folds else self._add(name)

    def _add(self, name: str) -> str | None:
        while self._begun and not name.startswith(self._begun[-1]):
            self._begun.pop()
        for other in self._begun:
            problem = _clash(name, other)
            if problem:
                return problem
        self._begun.append(name)
        return None

    def _add_folded(self, name: str) -> str | None:
        folded = fold(name)
        places = {**dict.fromkeys(_folders(folded), True), **{folded + suffix: False for suffix in ("", *SUFFIXES)}}
        for place, is_folder in places.items():
            other, other_is_folder = self._taken.get(place, (None, True))
            if other is not None and not (is_folder and other_is_folder):
                return f"{printable(other)} has its place, in a folder where a and A are the same"
        self._taken.update((place, (name, is_folder)) for place, is_folder in places.items())
        return None


def _clash(name: str, other: str) -> str | None:
    if name.startswith(other + "/"):
        return f"{printable(other)} is a file, not a folder"
    if f"{name}/".startswith(tuple(f"{other}{suffix}/" for suffix in SUFFIXES)):
        return f"the download of {printable(other)} uses a file of this name"
    return None


def _folders(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def fold(name: str) -> str:
    """A form that is equal for names that a file system without case takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def folds_names(folder: str) -> bool:
    """Whether names that differ only in case are the same file in a folder."""
    with tempfile.NamedTemporaryFile(prefix=b"oss-case-", dir=path_bytes(folder)) as file:
        place, name = os.path.split(file.name)
        return os.path.exists(os.path.join(place, name.upper()))


def make_folders(folder: str, name: str) -> str:
    """The path of a file below a folder; creates the folders on the way. Raises OSError where one of them is a link."""
    path = folder
    for piece in name.split("/")[:-1]:
        path = os.path.join(path, piece)
        try:
            os.mkdir(path_bytes(path))
        except FileExistsError:
            found = os.lstat(path_bytes(path))
            if not stat.S_ISDIR(found.st_mode):
                kind = "a link" if stat.S_ISLNK(found.st_mode) else "a file"
                raise NotADirectoryError(f"{printable(path)} is {kind}, not a folder") from None
    return os.path.join(folder, name)
