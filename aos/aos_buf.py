"""Buffers in memory and on disk (``aos_buf.h``).

``aos_buf_t`` counts with offsets where C has pointers: ``start <= pos <= last <= end`` index the memoryview ``data``;
the unread bytes are ``data[pos:last]``, which is also ``bytes(b)``. ``aos_buf_pack`` wraps the caller's bytes.

Different from the C SDK: a range whose start cannot be reached is ``AOSE_FILE_SEEK_ERROR``; a path of None cannot be
opened (-985).

Python-only: ``aos_buf_t.data``.

What a parameter is, unless a function says otherwise:

:param list: head of a list of ``aos_buf_t``
:param size: how many bytes
:param path: path of the file
:param fb: gets the open file and the range
:param b: buffer of which a part may be read already
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from aos import aos_define, aos_list
from aos._c.args import required, view_of
from aos._c.contract import check_arguments
from aos._c.lists import node_field
from aos._c.refs import aos_ref_t
from aos._c.structs import CStruct, Field, index_of, int64_field, pointer_field, uint32_field
from aos._c.text import bytes_of, decode, text_of
from aos.aos_define import *
from aos.aos_list import *
from aos.aos_log import aos_error_log, aos_warn_log
from aos.apr_file_io import PathArgument

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "aos_buf_append_string",
        "aos_buf_list_content",
        "aos_buf_list_len",
        "aos_buf_pack",
        "aos_buf_size",
        "aos_buf_t",
        "aos_create_buf",
        "aos_create_file_buf",
        "aos_file_buf_t",
        "aos_open_file_for_all_read",
        "aos_open_file_for_range_read",
        "aos_open_file_for_read",
        "aos_open_file_for_write",
        "aos_open_file_for_write_notrunc",
    ]
    __all__ += aos_define.__all__
    __all__ += aos_list.__all__

_READ_MODE = APR_UREAD | APR_GREAD
_WRITE_MODE = APR_UREAD | APR_UWRITE | APR_GREAD
_ROOM_LEFT = 128  # C appends in place only while more than this stays free


class _MemoryField(Field):
    """A pointer to bytes of the caller's, which are not copied."""

    python_type = "memoryview"

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> memoryview: ...

    def __set__(self, instance: CStruct, value: bytes | bytearray | memoryview) -> None:
        try:
            view = memoryview(value)
        except TypeError:
            raise TypeError(f"{self.named(instance)} must be bytes-like, not {type(value).__name__}") from None
        setattr(instance, self.slot, view.cast("B"))


class aos_buf_t(CStruct):
    """``aos_buf_t``: a piece of memory, some of it read, some of it filled."""

    node = node_field()
    """its place in a list of buffers"""
    pos = int64_field(c_type="uint8_t *")
    """where the unread bytes begin; here an offset into ``data``, in bytes"""
    last = int64_field(c_type="uint8_t *")
    """where the unread bytes end, and where the next byte is appended; here an offset, in bytes"""
    start = int64_field(c_type="uint8_t *")
    """offset of the beginning of the memory in bytes; here 0"""
    end = int64_field(c_type="uint8_t *")
    """the end of the memory; here its length in bytes"""
    data: _MemoryField = _MemoryField(python_only=True)
    """the memory itself, a memoryview of fixed size"""

    def __init__(self, data: bytes | bytearray | memoryview = b"") -> None:
        super().__init__()
        self._wrap(data)

    def _wrap(self, data: bytes | bytearray | memoryview) -> None:
        """Makes ``data`` the buffer's memory, all of it free."""
        self.data = data
        self.start = self.pos = self.last = 0
        self.end = len(self.data)

    def __bytes__(self) -> bytes:
        return bytes(self.data[self.pos : self.last])

    def __repr__(self) -> str:
        return f"<aos_buf_t of {self.end - self.start} bytes, {self.last - self.pos} unread>"


class aos_file_buf_t(CStruct):
    """``aos_file_buf_t``: a range of bytes of an open file."""

    node = node_field()
    """its place in a list of buffers"""
    file_pos = int64_field()
    """offset of the next byte to read or write, in bytes"""
    file_last = int64_field()
    """offset at which to stop, in bytes, not included; for writing, 0 means no bound"""
    file = pointer_field(apr_file_t)
    """the open file"""
    owner = uint32_field()
    """1 when whoever uses the buffer closes the file at the end"""


def aos_create_buf(p: aos_pool_t | None, size: int) -> aos_buf_t:
    """aos_buf_t *aos_create_buf(aos_pool_t *p, int size)

    Returns an empty buffer with room for ``size`` bytes.
    """
    b = aos_buf_t(bytearray(index_of(size, "size")))
    aos_list_init(b.node)
    return b


def aos_buf_pack(p: aos_pool_t | None, data: bytes | bytearray | memoryview | str, size: int) -> aos_buf_t:
    """aos_buf_t *aos_buf_pack(aos_pool_t *p, const void *data, int size)

    Returns a buffer that holds the first ``size`` bytes of ``data``, without copying them.

    :param data: bytes that the buffer shares
    """
    b = aos_buf_t(view_of(data, size, "data"))
    b.last = size
    aos_list_init(b.node)
    return b


def aos_buf_size(b: aos_buf_t) -> int:
    """aos_buf_size(b)

    Returns the number of unread bytes.
    """
    return required(b, aos_buf_t, "b").last - b.pos


def aos_buf_list_len(list: aos_list_t) -> int:
    """int64_t aos_buf_list_len(aos_list_t *list)

    Returns the number of unread bytes in a list of buffers.
    """
    return sum(aos_buf_size(b) for b in _buffers(list))


def aos_buf_list_content(p: aos_pool_t | None, list: aos_list_t) -> str:
    """char *aos_buf_list_content(aos_pool_t *p, aos_list_t *list)

    Returns the unread bytes of a list of buffers as one text.
    """
    return decode(b"".join(b.data[b.pos : b.last] for b in _buffers(list)))


def _buffers(head: aos_list_t) -> Iterator[aos_buf_t]:
    return aos_list_for_each_entry(aos_buf_t, required(head, aos_list_t, "list"))


def aos_buf_append_string(p: aos_pool_t | None, b: aos_buf_t, str: str | bytes | bytearray, len: int) -> None:
    """void aos_buf_append_string(aos_pool_t *p, aos_buf_t *b, const char *str, int len)

    Appends ``len`` bytes; the buffer moves to larger memory when it must. Nothing happens for ``len`` <= 0.

    :param str: bytes that are appended
    :param len: how many bytes
    """
    if index_of(len, "len") <= 0:
        return
    added, unread = bytes_of(str, len, "str"), aos_buf_size(b)
    if b.end - b.last <= len + _ROOM_LEFT:
        grown = bytearray((unread + len) * 2)
        grown[:unread] = b.data[b.pos : b.last]
        b._wrap(grown)
        b.last = unread
    b.data[b.last : b.last + len] = added
    b.last += len


def aos_create_file_buf(p: aos_pool_t | None) -> aos_file_buf_t:
    """aos_file_buf_t *aos_create_file_buf(aos_pool_t *p)

    Returns a file buffer with nothing in it.
    """
    return aos_file_buf_t()


class FileError(Exception):
    """Says which file cannot be used for what, in the system's words; ``code`` is the AOSE_* value."""

    def __init__(self, code: int, what: str, path: PathArgument, status: int) -> None:
        super().__init__(f"cannot {what} {text_of(path) or 'a file without a name'}: {os.strerror(status)}")
        self.code = code


def code_of(opening: Callable[[], None]) -> int:
    """Calls a function that opens a file: AOSE_OK, or the code of its :class:`FileError`, which is logged."""
    try:
        opening()
    except FileError as error:
        aos_error_log("%s", str(error))
        return error.code
    return AOSE_OK


def open_to_read(
    p: aos_pool_t | None, path: PathArgument, fb: aos_file_buf_t, span: tuple[int, int] | None = None
) -> None:
    """Opens a file to be read, all of it or from a byte up to another as far as it goes; :class:`FileError`."""
    file, finfo = apr_file_t(), apr_finfo_t()
    status = apr_file_open(file, path, APR_READ, _READ_MODE, p)
    if status != APR_SUCCESS:
        raise FileError(AOSE_OPEN_FILE_ERROR, "open", path, status)
    status = apr_file_info_get(finfo, APR_FINFO_SIZE, file)
    if status != APR_SUCCESS:
        apr_file_close(file)
        raise FileError(AOSE_FILE_INFO_ERROR, "look at", path, status)
    first, end = span or (0, finfo.size)
    if first > finfo.size:
        aos_warn_log("read range beyond file size, read start:%lld, file size:%lld", first, finfo.size)
    first, end = min(max(first, 0), finfo.size), min(end, finfo.size)
    status = apr_file_seek(file, APR_SET, aos_ref_t(first)) if span is not None else APR_SUCCESS
    if status != APR_SUCCESS:
        apr_file_close(file)
        raise FileError(AOSE_FILE_SEEK_ERROR, "seek in", path, status)
    fb.file, fb.owner, fb.file_pos, fb.file_last = file, 1, first, end


def open_to_write(p: aos_pool_t | None, path: PathArgument, fb: aos_file_buf_t, flag: int = APR_TRUNCATE) -> None:
    """Opens a file for writing, made if need be; ``flag`` says what becomes of its content. :class:`FileError`."""
    buffer, file = required(fb, aos_file_buf_t, "fb"), apr_file_t()
    status = apr_file_open(file, path, APR_CREATE | APR_WRITE | flag, _WRITE_MODE, p)
    if status != APR_SUCCESS:
        raise FileError(AOSE_OPEN_FILE_ERROR, "open", path, status)
    buffer.file, buffer.owner = file, 1


def aos_open_file_for_read(p: aos_pool_t | None, path: PathArgument, fb: aos_file_buf_t) -> int:
    """int aos_open_file_for_read(aos_pool_t *p, const char *path, aos_file_buf_t *fb)

    Opens a file to be read from its start to its end. Returns AOSE_OK; AOSE_OPEN_FILE_ERROR where it cannot be opened;
    AOSE_FILE_INFO_ERROR where its size cannot be had.
    """
    return code_of(lambda: open_to_read(p, path, fb))


def aos_open_file_for_all_read(p: aos_pool_t | None, path: PathArgument, fb: aos_file_buf_t) -> int:
    """int aos_open_file_for_all_read(aos_pool_t *p, const char *path, aos_file_buf_t *fb)

    Opens a file to be read from its start to its end. Returns what ``aos_open_file_for_read`` does.
    """
    return aos_open_file_for_read(p, path, fb)


def aos_open_file_for_range_read(
    p: aos_pool_t | None, path: PathArgument, file_pos: int, file_last: int, fb: aos_file_buf_t
) -> int:
    """int aos_open_file_for_range_read(aos_pool_t *p, const char *path,
    int64_t file_pos, int64_t file_last, aos_file_buf_t *fb)

    Opens a file to be read from ``file_pos`` up to, not including, ``file_last``; both are clamped to the file's size
    and a negative ``file_pos`` is 0. Returns what ``aos_open_file_for_read`` does.

    :param file_pos: offset of the first byte, in bytes
    :param file_last: offset at which to stop, in bytes, not included
    """
    return code_of(lambda: open_to_read(p, path, fb, (file_pos, file_last)))


def aos_open_file_for_write(p: aos_pool_t | None, path: PathArgument, fb: aos_file_buf_t) -> int:
    """int aos_open_file_for_write(aos_pool_t *p, const char *path, aos_file_buf_t *fb)

    Opens a file for writing: made if need be, emptied otherwise. Returns AOSE_OK, or AOSE_OPEN_FILE_ERROR where it
    cannot be opened.
    """
    return code_of(lambda: open_to_write(p, path, fb))


def aos_open_file_for_write_notrunc(p: aos_pool_t | None, path: PathArgument, fb: aos_file_buf_t) -> int:
    """int aos_open_file_for_write_notrunc(aos_pool_t *p, const char *path, aos_file_buf_t *fb)

    Opens a file for writing: made if need be, its content kept otherwise. Returns AOSE_OK, or AOSE_OPEN_FILE_ERROR
    where it cannot be opened.
    """
    return code_of(lambda: open_to_write(p, path, fb, 0))


check_arguments(
    globals(),
    late=(
        "aos_buf_list_len",
        "aos_buf_size",
    ),
)
