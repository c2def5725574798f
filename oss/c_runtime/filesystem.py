"""C++'s ``std::filesystem``: ``fs_path``, whose methods are what is asked of files, and the loops over directories.

``fs::exists(p)`` is ``p.exists()``, ``fs::rename(a, b)`` is ``a.rename(b)``; what fails raises ``filesystem_error``, or
is told to the ``error_code`` that is given.
"""

from __future__ import annotations

import functools
import os
import posixpath
import shutil
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from oss.c_runtime.exceptions import runtime_error

__all__ = ["directory_entry", "directory_iterator", "error_code", "filesystem_error", "fs_path",
           "recursive_directory_iterator"]  # fmt: skip


class error_code:
    """What went wrong: a number of ``errno``, or 0."""

    def __init__(self, number: int = 0) -> None:
        self.number = number

    def value(self) -> int:
        """Returns the number."""
        return self.number

    def message(self) -> str:
        """Returns what it means."""
        return os.strerror(self.number)

    def clear(self) -> None:
        """Says that nothing is wrong."""
        self.number = 0

    def __bool__(self) -> bool:
        return self.number != 0


class filesystem_error(runtime_error):
    """What could not be done with files."""

    def __init__(self, what: str, number: int, *paths: fs_path) -> None:
        shown = "".join(f" [{row}]" for row in paths)
        super().__init__(f"filesystem error: {what}: {os.strerror(number)}{shown}")
        self._code, self._paths = error_code(number), paths

    def code(self) -> error_code:
        """Returns what went wrong."""
        return self._code

    def path1(self) -> fs_path:
        """Returns the first of the names that it is about."""
        return self._paths[0] if self._paths else fs_path()


def _told(what: str, failed: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A method that raises, or tells an ``error_code``; then it gives ``failed``."""

    def wrapped(method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def told(self: fs_path, *arguments: Any) -> Any:
            rows = [row for row in arguments if not isinstance(row, error_code)]
            code = next((row for row in arguments if isinstance(row, error_code)), None)
            try:
                found = method(self, *rows)
            except OSError as error:
                number = error.errno or 0
                if code is None:
                    paths = [self, *(row for row in rows if isinstance(row, fs_path))]
                    raise filesystem_error(what, number, *paths) from None
                code.number = number
                return failed
            if code is not None:
                code.clear()
            return found

        return told

    return wrapped


@functools.total_ordering
class fs_path:
    """The name of a file; a value, which never changes itself."""

    __slots__ = ("_name",)

    def __init__(self, name: str | fs_path = "") -> None:
        self._name: str = name._name if isinstance(name, fs_path) else name

    # the name

    def string(self) -> str:
        """Returns the name as a text."""
        return self._name

    __str__ = __fspath__ = string

    def quoted(self) -> str:
        """Returns the name as a stream shows it."""
        shown = self._name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{shown}"'

    def _parts(self) -> list[str]:
        names = [name for name in self._name.split("/") if name]
        if self._name.startswith("/"):
            names.insert(0, "/")
        return names + [""] * (self._name.endswith("/") and bool(names) and names != ["/"])

    def _key(self) -> tuple[bool, list[bytes]]:
        parts = self._parts()
        rooted = parts[:1] == ["/"]
        return rooted, [os.fsencode(part) for part in parts[rooted:]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, fs_path) and self._key() == other._key()

    def __lt__(self, other: fs_path) -> bool:
        return self._key() < other._key()

    def __hash__(self) -> int:
        return hash(tuple(self._parts()))

    def __iter__(self) -> Iterator[fs_path]:
        return iter([fs_path(part) for part in self._parts()])

    def compare(self, other: fs_path) -> int:
        """Returns less than 0, 0, or more, as two names are in order."""
        return (self > other) - (self < other)

    def __truediv__(self, other: str | fs_path) -> fs_path:
        return fs_path(posixpath.join(self._name, str(other)))

    def joined(self, more: str | fs_path) -> fs_path:
        """Returns the name with a text behind it, as ``+=`` makes it."""
        return fs_path(self._name + str(more))

    def filename(self) -> fs_path:
        """Returns what stands behind the last slash."""
        return fs_path(self._name.rpartition("/")[2])

    def parent_path(self) -> fs_path:
        """Returns what stands before the last slash."""
        return fs_path(posixpath.dirname(self._name))

    def _split(self) -> tuple[str, str]:
        name = self.filename()._name
        at = name.rfind(".")
        return (name, "") if at <= 0 or name == ".." else (name[:at], name[at:])

    def stem(self) -> fs_path:
        """Returns the last name without what stands behind its dot."""
        return fs_path(self._split()[0])

    def extension(self) -> fs_path:
        """Returns the dot of the last name, and what stands behind it."""
        return fs_path(self._split()[1])

    def replace_extension(self, other: fs_path | None = None) -> fs_path:
        """Returns the name with another extension."""
        old, new = self._split()[1], other._name if other is not None else ""
        return fs_path(self._name[: len(self._name) - len(old)] + ("." if new and new[0] != "." else "") + new)

    def remove_filename(self) -> fs_path:
        """Returns the name without what stands behind the last slash."""
        return fs_path(self._name[: len(self._name) - len(self.filename()._name)])

    def replace_filename(self, other: fs_path) -> fs_path:
        """Returns the name with another one behind the last slash."""
        return self.remove_filename() / other

    def lexically_normal(self) -> fs_path:
        """Returns the name without dots that lead nowhere."""
        if not self._name:
            return self
        made = posixpath.normpath("/" + self._name.lstrip("/") if self._name[0] == "/" else self._name)
        ends = self._name.rpartition("/")[2] in ("", ".", "..") and made not in (".", "/")
        return fs_path(made + "/" * (ends and made.rpartition("/")[2] != ".."))

    def empty(self) -> bool:
        """Whether there is no name."""
        return not self._name

    def is_absolute(self) -> bool:
        """Whether the name begins at the root."""
        return self._name.startswith("/")

    # what is there

    def exists(self, code: error_code | None = None) -> bool:
        """Whether there is such a file."""
        return os.path.exists(self)

    def is_directory(self, code: error_code | None = None) -> bool:
        """Whether it is a directory."""
        return os.path.isdir(self)

    def is_regular_file(self, code: error_code | None = None) -> bool:
        """Whether it is a file."""
        return os.path.isfile(self)

    def is_symlink(self) -> bool:
        """Whether it is a link."""
        return os.path.islink(self)

    @_told("cannot check if file is empty", False)
    def is_empty(self) -> bool:
        """Whether a file or a directory has nothing in it."""
        return not (os.listdir(self) if os.path.isdir(self) else os.path.getsize(self))

    @_told("cannot get file size", (1 << 64) - 1)
    def file_size(self) -> int:
        """Returns how long a file is."""
        if os.path.isdir(self):
            raise IsADirectoryError(21, "")
        return os.path.getsize(self)

    # what is done

    @_told("cannot create directory", False)
    def create_directory(self) -> bool:
        """Makes a directory, and says whether it is new."""
        if os.path.isdir(self):
            return False
        os.mkdir(self)
        return True

    @_told("cannot create directories", False)
    def create_directories(self) -> bool:
        """Makes a directory, and those that it is in, and says whether it is new."""
        if os.path.isdir(self):
            return False
        os.makedirs(self, exist_ok=True)
        return True

    @_told("cannot remove", False)
    def remove(self) -> bool:
        """Removes a file or an empty directory, and says whether there was one."""
        if not os.path.lexists(self):
            return False
        (os.rmdir if os.path.isdir(self) and not os.path.islink(self) else os.unlink)(self)
        return True

    @_told("cannot remove all", (1 << 64) - 1)
    def remove_all(self) -> int:
        """Removes all that is there, and says how much it was."""
        if not os.path.lexists(self):
            return 0
        count = 1
        if os.path.isdir(self) and not os.path.islink(self):
            count += sum(fs_path(os.path.join(self, name)).remove_all() for name in os.listdir(self))
        self.remove()
        return count

    @_told("cannot rename", None)
    def rename(self, to: fs_path) -> None:
        """Gives a file another name."""
        os.rename(self, to)

    @_told("cannot copy file", False)
    def copy_file(self, to: fs_path, how: int = 0) -> bool:
        """Copies a file; ``how`` says what becomes of one that is there: 1 skips it, 2 writes over it."""
        os.stat(self)
        if os.path.exists(to) and not how & 2:
            if how & 1:
                return False
            raise FileExistsError(17, "")
        shutil.copyfile(self, to)
        shutil.copymode(self, to)
        return True

    @_told("cannot resize file", None)
    def resize_file(self, size: int) -> None:
        """Makes a file so long."""
        os.truncate(self, size)

    def absolute(self) -> fs_path:
        """Returns the name from the root on."""
        return fs_path(posixpath.join(os.getcwd(), self._name))

    @_told("cannot make canonical path", None)
    def canonical(self) -> fs_path:
        """Returns the name from the root on, without links."""
        return fs_path(os.path.realpath(self, strict=True))

    @_told("cannot set current path", None)
    def enter(self) -> None:
        """Makes a directory the current one."""
        os.chdir(self)

    @staticmethod
    def current() -> fs_path:
        """Returns the current directory."""
        return fs_path(os.getcwd())

    @staticmethod
    def temporary() -> fs_path:
        """Returns the directory for what is there for a while."""
        return fs_path(tempfile.gettempdir())


class directory_entry:
    """What a directory has."""

    def __init__(self, name: fs_path) -> None:
        self._path = name

    def path(self) -> fs_path:
        """Returns its name, with that of the directory."""
        return self._path

    def __getattr__(self, name: str) -> Any:
        return getattr(self._path, name)


def _entries(place: fs_path, code: error_code | None) -> list[directory_entry]:
    try:
        with os.scandir(place) as found:
            return [directory_entry(place / entry.name) for entry in found]
    except OSError as error:
        if code is None:
            raise filesystem_error("directory iterator cannot open directory", error.errno or 0, place) from None
        code.number = error.errno or 0
        return []


def directory_iterator(place: fs_path, code: error_code | None = None) -> Iterator[directory_entry]:
    """Returns what a directory has, in the order of the system."""
    return iter(_entries(place, code))


def recursive_directory_iterator(place: fs_path, code: error_code | None = None) -> Iterator[directory_entry]:
    """Returns what a directory has, and what the directories in it have."""
    rows = _entries(place, code)
    return _all(rows, code)


def _all(rows: list[directory_entry], code: error_code | None) -> Iterator[directory_entry]:
    for entry in rows:
        yield entry
        if entry.is_directory() and not entry.is_symlink():
            yield from _all(_entries(entry.path(), code), code)
