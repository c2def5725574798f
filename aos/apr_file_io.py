"""Files (``apr_file_io.h``, ``apr_file_info.h``), straight on the operating system's descriptors.

Every function gives 0 or a positive errno; reading at the end gives ``APR_EOF``. A file belongs to the pool it was
opened with and is closed with it, or with the last reference to it. Nothing is buffered. Descriptors are not inherited
by other programs.

Python-only: ``apr_file_t.fd`` (-1 when closed), and the file as a context manager, which closes it.

What a parameter is, unless a function says otherwise:

:param path: path of the file or directory
:param perm: permissions, APR_UREAD and others, or APR_OS_DEFAULT
:param thefile: file that ``apr_file_open`` has opened
:param file: file that ``apr_file_open`` has opened
:param buf: bytes to write; to read, a bytearray that gets them
:param nbytes: how many bytes; gets how many were moved
:param pool: pool that closes the file when it is destroyed; may be None
"""

from __future__ import annotations

import errno
import os
import weakref
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeAlias

from aos._c.args import required, store
from aos._c.contract import check_arguments
from aos._c.refs import aos_ref_t
from aos._c.structs import CStruct, index_of, int32_field, int64_field, text_field
from aos._c.text import buffer_of, bytes_of, path_bytes, text_of
from aos._native import Descriptor
from aos.apr_pools import aos_pool_t

__all__ = [
    "APR_APPEND",
    "APR_BINARY",
    "APR_BUFFERED",
    "APR_CREATE",
    "APR_CUR",
    "APR_END",
    "APR_ENOENT",
    "APR_EOF",
    "APR_EXCL",
    "APR_FINFO_ATIME",
    "APR_FINFO_CTIME",
    "APR_FINFO_MTIME",
    "APR_FINFO_SIZE",
    "APR_GEXECUTE",
    "APR_GREAD",
    "APR_GWRITE",
    "APR_LARGEFILE",
    "APR_OS_DEFAULT",
    "APR_READ",
    "APR_SET",
    "APR_STATUS_IS_ENOENT",
    "APR_SUCCESS",
    "APR_TRUNCATE",
    "APR_UEXECUTE",
    "APR_UREAD",
    "APR_UWRITE",
    "APR_WEXECUTE",
    "APR_WREAD",
    "APR_WRITE",
    "APR_WWRITE",
    "apr_dir_make_recursive",
    "apr_file_close",
    "apr_file_gets",
    "apr_file_info_get",
    "apr_file_open",
    "apr_file_read",
    "apr_file_remove",
    "apr_file_seek",
    "apr_file_t",
    "apr_file_write",
    "apr_finfo_t",
]

APR_SUCCESS = 0
"""0, no error."""
APR_ENOENT = errno.ENOENT
"""There is no such file or variable."""
APR_EOF = 70014
"""The file is at its end."""

APR_READ = 0x1
"""Flag of ``apr_file_open``: for reading."""
APR_WRITE = 0x2
"""Flag of ``apr_file_open``: for writing."""
APR_CREATE = 0x4
"""Flag of ``apr_file_open``: make the file if it is not there."""
APR_APPEND = 0x8
"""Flag of ``apr_file_open``: write at the end."""
APR_TRUNCATE = 0x10
"""Flag of ``apr_file_open``: empty the file."""
APR_BINARY = 0x20
"""Flag of ``apr_file_open``: no effect on POSIX systems."""
APR_EXCL = 0x40
"""Flag of ``apr_file_open``: fail if the file is there."""
APR_BUFFERED = 0x80
"""Flag of ``apr_file_open``: no effect here, nothing is buffered."""
APR_LARGEFILE = 0x4000
"""Flag of ``apr_file_open``: no effect on today's systems."""

APR_UREAD = 0x400
"""Permission: the owner may read."""
APR_UWRITE = 0x200
"""Permission: the owner may write."""
APR_UEXECUTE = 0x100
"""Permission: the owner may execute."""
APR_GREAD = 0x40
"""Permission: the group may read."""
APR_GWRITE = 0x20
"""Permission: the group may write."""
APR_GEXECUTE = 0x10
"""Permission: the group may execute."""
APR_WREAD = 0x4
"""Permission: everybody may read."""
APR_WWRITE = 0x2
"""Permission: everybody may write."""
APR_WEXECUTE = 0x1
"""Permission: everybody may execute."""
APR_OS_DEFAULT = 0xFFF
"""Permissions: what the system gives a new file."""

APR_SET = os.SEEK_SET
"""``apr_file_seek``: from the beginning."""
APR_CUR = os.SEEK_CUR
"""``apr_file_seek``: from where the file stands."""
APR_END = os.SEEK_END
"""``apr_file_seek``: from the end."""

APR_FINFO_MTIME = 0x10
"""``apr_file_info_get``: time of the last change."""
APR_FINFO_CTIME = 0x20
"""``apr_file_info_get``: time of the last change of the status."""
APR_FINFO_ATIME = 0x40
"""``apr_file_info_get``: time of the last reading."""
APR_FINFO_SIZE = 0x100
"""``apr_file_info_get``: size."""

_OPEN_FLAGS = {
    APR_CREATE: os.O_CREAT,
    APR_APPEND: os.O_APPEND,
    APR_TRUNCATE: os.O_TRUNC,
    APR_EXCL: os.O_EXCL,
}
_ACCESS = {APR_READ: os.O_RDONLY, APR_WRITE: os.O_WRONLY, APR_READ | APR_WRITE: os.O_RDWR}

PathArgument: TypeAlias = "str | bytes | os.PathLike[str] | os.PathLike[bytes] | None"


class apr_file_t:
    """``apr_file_t``: an open file, or one that is not (``fd`` -1)."""

    __slots__ = ("__weakref__", "_cleanup", "_descriptor", "_pool", "fd", "fname")

    def __init__(self) -> None:
        self.fd = -1
        self.fname: str | None = None
        self._descriptor = Descriptor()
        self._pool: aos_pool_t | None = None
        self._cleanup: Callable[[], object] = int

    def open(self, path: str, flags: int, mode: int) -> None:
        """Opens the file. Raises OSError, and a ValueError for a NUL in the path."""
        opened = Descriptor()
        opened.open(path_bytes(path), flags, mode)
        self._descriptor, self.fd, self.fname = opened, opened.number, path

    def belongs_to(self, pool: aos_pool_t | None) -> None:
        """Has the pool close the file when it is destroyed; the pool does not keep it."""
        self._pool, myself = pool, weakref.ref(self)
        if pool is not None:
            self._cleanup = lambda: (file := myself()) and file.close()
            pool.on_destroy(self._cleanup)

    def close(self) -> int:
        """Closes the file and returns 0, or EBADF when it is closed already."""
        if self._pool is not None:
            self._pool.forget(self._cleanup)
            self._pool = None
        if self.fd < 0:
            return errno.EBADF
        self.fd = -1
        return self._descriptor.close()

    def __enter__(self) -> apr_file_t:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<apr_file_t {self.fname!r} fd {self.fd}>"


class apr_finfo_t(CStruct):
    """``apr_finfo_t``: what the system knows of a file."""

    valid = int32_field()
    """APR_FINFO_* flags of the fields that are set"""
    size = int64_field(c_type="apr_off_t")
    """size of the file in bytes"""
    atime = int64_field(c_type="apr_time_t")
    """when it was last read, microseconds since the epoch"""
    mtime = int64_field(c_type="apr_time_t")
    """when its content was last changed, microseconds since the epoch"""
    ctime = int64_field(c_type="apr_time_t")
    """when its status was last changed, microseconds since the epoch"""
    fname = text_field(c_type="const char *")
    """name with which the file was opened"""


def APR_STATUS_IS_ENOENT(s: int) -> int:
    """APR_STATUS_IS_ENOENT(s)

    Returns 1 when a status says that the file or variable does not exist, else 0.

    :param s: what a function returned
    """
    return int(s == APR_ENOENT)


def _status(function: Callable[..., Any], *args: Any) -> int:
    """Calls a function and returns 0 or its errno; EINVAL for what no system call takes, such as a NUL in a path."""
    try:
        function(*args)
    except OSError as error:
        return error.errno or errno.EIO
    except (ValueError, OverflowError):
        return errno.EINVAL
    return APR_SUCCESS


def _mode(perm: int) -> int:
    """Returns APR's permission bits as a Unix mode; the umask still applies."""
    if perm == APR_OS_DEFAULT:
        return 0o666
    return (perm >> 8 & 7) << 6 | (perm >> 4 & 7) << 3 | perm & 7


def apr_file_open(newf: apr_file_t, fname: PathArgument, flag: int, perm: int, pool: aos_pool_t | None) -> int:
    """apr_status_t apr_file_open(apr_file_t **newf, const char *fname, apr_int32_t flag,
    apr_fileperms_t perm, apr_pool_t *pool)

    Opens a file into ``newf``; a failure leaves ``newf`` as it was. Returns 0, or an errno: EACCES for flags that make
    no sense.

    :param newf: gets the open file
    :param fname: path of the file
    :param flag: APR_READ, APR_WRITE or both, and APR_CREATE, APR_TRUNCATE, APR_EXCL, APR_APPEND
    """
    path, flag, file = text_of(fname, "fname"), index_of(flag, "flag"), required(newf, apr_file_t, "newf")
    access = _ACCESS.get(flag & (APR_READ | APR_WRITE))
    if access is None or (flag & APR_EXCL and not flag & APR_CREATE):
        return errno.EACCES
    if path is None:
        return errno.EFAULT
    for bit, value in _OPEN_FLAGS.items():
        access |= value if flag & bit else 0
    status = _status(file.open, path, access, _mode(index_of(perm, "perm")))
    if status == APR_SUCCESS:
        file.belongs_to(pool)
    return status


def apr_file_close(file: apr_file_t) -> int:
    """apr_status_t apr_file_close(apr_file_t *file)

    Closes a file. Returns 0, or an errno: EBADF when it is closed already.
    """
    return required(file, apr_file_t, "file").close()


def apr_file_read(thefile: apr_file_t, buf: bytearray, nbytes: aos_ref_t[int]) -> int:
    """apr_status_t apr_file_read(apr_file_t *thefile, void *buf, apr_size_t *nbytes)

    Reads up to ``nbytes.value`` bytes to the start of ``buf`` and says in ``nbytes`` how many there were. Returns 0;
    APR_EOF at the end of the file; an errno. ValueError where ``buf`` has fewer bytes.
    """
    wanted = index_of(nbytes.value, "nbytes")
    size = len(buffer_of(buf))
    if not 0 <= wanted <= size:
        raise ValueError(f"nbytes is {wanted}, but buf has {size} bytes")
    got: list[bytes] = []
    status = _status(lambda: got.append(os.read(required(thefile, apr_file_t, "thefile").fd, wanted)))
    nbytes.value = len(got[0]) if got else 0
    if got:
        store(buf, got[0], "buf")
    return APR_EOF if status == APR_SUCCESS and wanted and not nbytes.value else status


def apr_file_write(thefile: apr_file_t, buf: bytes | bytearray | memoryview | str, nbytes: aos_ref_t[int]) -> int:
    """apr_status_t apr_file_write(apr_file_t *thefile, const void *buf, apr_size_t *nbytes)

    Writes up to ``nbytes.value`` bytes of ``buf`` and says in ``nbytes`` how many were written. Returns 0 or an errno.
    """
    data, written = bytes_of(buf, index_of(nbytes.value, "nbytes"), "buf"), aos_ref_t(0)

    def write() -> None:
        written.value = os.write(required(thefile, apr_file_t, "thefile").fd, data)

    status = _status(write)
    nbytes.value = written.value
    return status


def apr_file_seek(thefile: apr_file_t, where: int, offset: aos_ref_t[int]) -> int:
    """apr_status_t apr_file_seek(apr_file_t *thefile, apr_seek_where_t where, apr_off_t *offset)

    Moves to ``offset.value`` from the start (APR_SET), here (APR_CUR) or the end (APR_END) and says there in ``offset``
    where that is, from the start. Returns 0 or an errno.

    :param where: APR_SET, APR_CUR or APR_END
    :param offset: where to, in bytes; gets where the file stands, from its start
    """

    def seek() -> None:
        fd = required(thefile, apr_file_t, "thefile").fd
        offset.value = os.lseek(fd, index_of(offset.value, "offset"), index_of(where, "where"))

    return _status(seek)


def apr_file_gets(str: bytearray, len: int, thefile: apr_file_t) -> int:
    """apr_status_t apr_file_gets(char *str, int len, apr_file_t *thefile)

    Reads one line, its newline included, of at most ``len - 1`` bytes into ``str`` and adds a NUL. Returns 0; APR_EOF
    at the end of the file; an errno. ValueError where ``str`` has fewer than ``len`` bytes and the line does not fit.

    :param str: room for the line; a bytearray
    :param len: how many bytes of ``str`` may be filled
    """
    line, chunk, status = bytearray(), bytearray(1), APR_SUCCESS
    while line.__len__() < len - 1 and line[-1:] != b"\n":
        status = apr_file_read(thefile, chunk, aos_ref_t(1))
        if status != APR_SUCCESS:
            break
        line += chunk
    if len > 0 and not store(str, bytes(line) + b"\0", "str"):
        raise ValueError(f"len is {len}, which is more than str has bytes")
    return APR_SUCCESS if line else status


def apr_file_remove(path: PathArgument, pool: aos_pool_t | None) -> int:
    """apr_status_t apr_file_remove(const char *path, apr_pool_t *pool)

    Deletes a file. Returns 0 or an errno.

    :param pool: not used here; may be None
    """
    return _status(os.unlink, path_bytes(text_of(path, "path") or ""))


def apr_file_info_get(finfo: apr_finfo_t, wanted: int, thefile: apr_file_t) -> int:
    """apr_status_t apr_file_info_get(apr_finfo_t *finfo, apr_int32_t wanted, apr_file_t *thefile)

    Stores size and times of an open file; all of them, whatever is ``wanted``. Returns 0 or an errno.

    :param finfo: gets size and times
    :param wanted: APR_FINFO_* flags
    """
    info = required(finfo, apr_finfo_t, "finfo")

    def stat() -> None:
        found = os.fstat(required(thefile, apr_file_t, "thefile").fd)
        info.valid = APR_FINFO_SIZE | APR_FINFO_ATIME | APR_FINFO_MTIME | APR_FINFO_CTIME
        info.size, info.fname = found.st_size, thefile.fname
        info.atime, info.mtime, info.ctime = (
            nanoseconds // 1000 for nanoseconds in (found.st_atime_ns, found.st_mtime_ns, found.st_ctime_ns)
        )

    return _status(stat)


def apr_dir_make_recursive(path: PathArgument, perm: int, pool: aos_pool_t | None) -> int:
    """apr_status_t apr_dir_make_recursive(const char *path, apr_fileperms_t perm, apr_pool_t *pool)

    Makes a directory and those above it; one that exists already is fine. Returns 0 or an errno.

    :param pool: not used here; may be None
    """
    mode = 0o777 if perm == APR_OS_DEFAULT else _mode(index_of(perm, "perm"))
    return _status(lambda: os.makedirs(path_bytes(text_of(path, "path") or ""), mode, exist_ok=True))


check_arguments(globals())
