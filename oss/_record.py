"""The checkpoint file of a running transfer: the C SDK's XML, laid out so that recording a part costs one small write.

The header is padded with spaces to a multiple of the record size; then one record for each part: the ``Part`` element
with ``Completed`` last, spaces and a newline, in exactly 256 bytes (or the next power of two up to 4096 when an ETag is
long). A record never crosses a page of 4096 bytes, so a process that is killed while it writes leaves the old record
or the new one; in any other tear ``Completed`` is what is missing, and the part counts as unfinished. A download's
records have their ETag from the start, and only ``Crc64`` and ``Completed`` are written; an upload's are written whole.

The file is made under another name and renamed, so that a checkpoint is never half a header. Reading is
``oss_load_checkpoint``'s, for files of the C SDK and of the port alike.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat

from aos._text import encode
from aos._xml import escape
from oss._checkpoint_types import *
from oss._parts import plan_t
from oss._xml_checkpoint import oss_build_checkpoint_xml

__all__ = ["record_t"]

RECORD_SIZE = 256
PAGE = 4096
MODE = 0o640
REPLACED = (stat.S_IFREG, stat.S_IFLNK, stat.S_IFDIR)
"""What a checkpoint may be written in place of; for a folder the system refuses, in its own words."""


class record_t:
    """The file, open for recording. ``etag``, escaped, is that of all parts of a download."""

    def __init__(self, path: str, fd: int, plan: plan_t, start: int, size: int, etag: str | None) -> None:
        self.path, self._fd, self._plan, self._start, self._size, self._etag = path, fd, plan, start, size, etag

    @classmethod
    def create(
        cls,
        path: str,
        checkpoint: oss_checkpoint_t,
        plan: plan_t,
        done: bytes | bytearray,
        etags: list[str],
        crcs: list[int],
    ) -> record_t:
        """Makes the file at ``path``: ``done``, ``etags`` and ``crcs`` say which parts are finished, and how.

        OSError; a ValueError for a name that XML cannot carry.
        """
        checkpoint.part_num, checkpoint.part_size, checkpoint.parts = plan.count, plan.part_size, []
        head, _, tail = oss_build_checkpoint_xml(None, checkpoint).partition("<Parts />")
        single = escape(str(checkpoint.object_etag)) if checkpoint.cp_type == OSS_CP_DOWNLOAD else None
        size = _record_size(max((len(encode(escape(etag))) for etag in set(etags)), default=0))
        header = encode(head + "<Parts>")
        header += b" " * (-len(header) % size)
        record = cls(path, -1, plan, len(header), size, single)
        with contextlib.suppress(FileNotFoundError):
            if stat.S_IFMT(os.lstat(path).st_mode) not in REPLACED:
                raise OSError(errno.EINVAL, "it is there, and no file")  # never replace /dev/null
        fresh = f"{path}.new"
        with contextlib.suppress(FileNotFoundError):
            os.unlink(fresh)
        fd = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, MODE)
        try:
            with open(fd, "wb", closefd=False) as out:
                out.write(header)
                for index in range(plan.count):
                    etag = single if single is not None else escape(etags[index])
                    out.write(record._record(index, etag, crcs[index], done[index]))
                out.write(encode("</Parts>" + tail.removeprefix("</Parts>")))
            os.rename(fresh, path)
        except BaseException:
            os.close(fd)
            with contextlib.suppress(OSError):
                os.unlink(fresh)
            raise
        record._fd = fd
        return record

    def _front(self, index: int, etag: str) -> bytes:
        """What stands before the CRC64; the ETag is escaped already."""
        offset, length = self._plan.offset(index), self._plan.length(index)
        text = f"<Part><Index>{index}</Index><Offset>{offset}</Offset><Size>{length}</Size><ETag>{etag}</ETag><Crc64>"
        return encode(text)

    def _record(self, index: int, etag: str, crc64: int, done: int) -> bytes:
        data = self._front(index, etag) + b"%020d</Crc64><Completed>%d</Completed></Part>" % (crc64, done)
        if len(data) >= self._size:
            raise ValueError(f"an ETag of {len(etag)} characters does not fit a record")
        return data.ljust(self._size - 1) + b"\n"

    def complete(self, index: int, etag: str, crc64: int) -> None:
        """Records a finished part with one write. OSError."""
        if self._etag is not None:
            offset, data = len(self._front(index, self._etag)), b"%020d</Crc64><Completed>1" % crc64
        else:
            offset, data = 0, self._record(index, escape(etag), crc64, 1)
        written = os.pwrite(self._fd, data, self._start + index * self._size + offset)
        if written != len(data):
            raise OSError(f"{written} of {len(data)} bytes of a record were written")

    def close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def remove(self) -> None:
        """Closes and deletes the file."""
        self.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)


def _record_size(etag: int) -> int:
    """256, or the power of two that holds a record with an ETag of that many bytes and the largest numbers.

    The ETags of an upload are not known yet; those of the service have 44 bytes with their quotes escaped.
    """
    fixed = len("<Part><Index>9999</Index><Offset></Offset><Size></Size><ETag></ETag>") + 2 * 19
    fixed += len(f"<Crc64>{0:020d}</Crc64><Completed>1</Completed></Part>\n")
    size = RECORD_SIZE
    while size < fixed + max(etag, 64):
        size *= 2
    if size > PAGE:
        raise ValueError(f"an ETag of {etag} bytes does not fit a record")
    return size
