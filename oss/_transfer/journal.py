"""Journal: the checkpoint file of a running transfer, laid out so that recording a part costs one small write.

Its content is the C SDK's XML. The header is padded with spaces to a multiple of the record size. Then comes one record
for each part: the ``Part`` element with ``Completed`` last, spaces and a newline, in exactly 256 bytes (or the next
power of two up to 4096 when an ETag is long). A record never crosses a page of 4096 bytes, so a process that is killed
while it writes leaves the old record or the new one; in any other partial write ``Completed`` is missing, and the part
counts as unfinished. The records of a download have their ETag from the start, so that only ``Crc64`` and ``Completed``
are written; those of an upload are written whole.

The file is made under another name, that of the checkpoint with ``~`` for its last character, and renamed, so that no
checkpoint is incomplete. It is locked (``oss._files.lock``) from the start, and only its owner can read it.
``oss_load_checkpoint`` reads the files of the C SDK and of the port alike.
"""

from __future__ import annotations

import os
import threading
from array import array
from typing import NamedTuple

from aos._c.text import encode, path_bytes
from aos._c.xml import escape
from aos.aos_log import aos_warn_log
from oss._define.checkpoint import OSS_CP_DOWNLOAD, oss_checkpoint_t
from oss._files.lock import PartFile, close_locked, open_locked, remove, sync_folder
from oss._files.places import new_checkpoint_path
from oss._transfer.plan import Outcome, Plan
from oss._xml.checkpoint import oss_build_checkpoint_xml

__all__ = ["Journal", "Records"]

RECORD_SIZE = 256
PAGE = 4096
MODE = 0o600
"""Mode of the file: readable for its owner alone."""
FRONT = b"<Part><Index>%d</Index><Offset>%d</Offset><Size>%d</Size><ETag>%b</ETag><Crc64>"
COMPLETED = b"</Crc64><Completed>1"
REST = b"%020d</Crc64><Completed>%d</Completed></Part>"
"""Format of a record: what stays during a download, and what is written when a part is completed."""


class Records(NamedTuple):
    """Where a part of a download is recorded: at the place of its number in the file, its CRC64 in 20 digits and what
    follows them. Who uses it shares the file, and releases it in the end."""

    file: PartFile
    places: array[int]
    end: bytes = COMPLETED


class Journal:
    """Checkpoint file of one transfer, which holds a lock on it until :meth:`close`.

    ``existed`` says whether an earlier transfer has left a checkpoint, ``begun`` whether this transfer's has its name.
    """

    def __init__(self, path: str) -> None:
        """Locks the checkpoint at ``path`` and the file in which the new one is made; an old checkpoint stays as it is.
        OSError, EAGAIN when another transfer uses it."""
        self.path, self.begun, self.existed, self._closed = path, False, True, False
        self._lock = threading.Lock()
        self._file = open_locked(new_checkpoint_path(path), MODE)
        try:
            close_locked(open_locked(path))
        except FileNotFoundError:
            self.existed = False
        except PermissionError as error:
            aos_warn_log(
                "checkpoint %s: %s", path, error.strerror
            )  # a file that cannot be opened can still be replaced
        except BaseException:
            self.close()
            raise

    def begin(
        self,
        checkpoint: oss_checkpoint_t,
        plan: Plan,
        done: bytes | bytearray,
        etags: list[str],
        crcs: list[int],
        durable: bool = False,
    ) -> None:
        """Writes the file, in place of one that existed. ``done`` says of each part whether it is finished; ``etags``
        and ``crcs`` have the ETag and CRC64 of those that are.

        With ``durable`` the file is synced, so that it outlasts a power cut. Later records are not synced: a part whose
        record is lost is moved again, and a part whose bytes are lost is found out when it is read again. OSError;
        ValueError for a name that XML cannot have in it.
        """
        checkpoint.part_num, checkpoint.part_size, checkpoint.parts = plan.count, plan.part_size, []
        head, _, tail = oss_build_checkpoint_xml(None, checkpoint).partition("<Parts />")
        object_etag = encode(escape(str(checkpoint.object_etag)))
        self._etag = object_etag if checkpoint.cp_type == OSS_CP_DOWNLOAD else None  # that of each part
        self._size = _record_size(max((len(encode(escape(etag))) for etag in set(etags)), default=0))
        header = encode(head + "<Parts>")
        header += b" " * (-len(header) % self._size)
        self._plan, self._places, fd = plan, array("q"), self._file.fd
        os.ftruncate(fd, 0)
        with open(fd, "wb", closefd=False) as out:
            out.write(header)
            for index in range(plan.count):
                etag = self._etag if self._etag is not None else encode(escape(etags[index]))
                front = FRONT % (*plan[index], etag)
                self._places.append(len(header) + index * self._size + (len(front) if self._etag is not None else 0))
                out.write(self._padded(front + REST % (crcs[index], done[index])))
            out.write(encode("</Parts>" + tail.removeprefix("</Parts>")))
        if durable:
            os.fsync(fd)
        os.rename(path_bytes(str(self._file.fname)), path_bytes(self.path))
        self.begun = True
        if durable:
            sync_folder(self.path)

    def _padded(self, data: bytes) -> bytes:
        """Returns a record in its full size."""
        if len(data) >= self._size:
            raise ValueError(f"a record of {len(data)} bytes does not fit, since its ETag is too long")
        return data.ljust(self._size - 1) + b"\n"

    def complete(self, result: Outcome) -> None:
        """Records a finished part with one write, from any thread; does nothing once the journal is closed. OSError."""
        index, _, etag, crc64 = result
        if self._etag is not None:
            data = b"%020d%b" % (crc64, COMPLETED)
        else:
            data = self._padded(FRONT % (*self._plan[index], encode(escape(etag))) + REST % (crc64, 1))
        with self._lock:
            if not self._is_open:
                return
            written = os.pwrite(self._file.fd, data, self._places[index])
        if written != len(data):
            raise OSError(f"{written} of {len(data)} bytes of a record were written")

    @property
    def _is_open(self) -> bool:
        """Whether the file is this journal's to use; in a forked child it is not."""
        return not self._closed and self._file.fd >= 0

    @property
    def records(self) -> Records | None:
        """Where C records the parts of a download; None for an upload, and before :meth:`begin`."""
        return Records(self._file, self._places) if self.begun and self._etag is not None else None

    def close(self) -> None:
        """Closes and unlocks the file, which stays; one that :meth:`begin` has not completed is removed."""
        with self._lock:
            if self._is_open:
                self._closed = True
                if not self.begun:
                    remove(self._file.fd, str(self._file.fname))
                close_locked(self._file)

    def remove(self) -> None:
        """Deletes the file and closes it."""
        if self.begun and self._is_open:
            remove(self._file.fd, self.path)
        self.close()


def _record_size(etag: int) -> int:
    """Returns the size of a record with an escaped ETag of ``etag`` bytes and the largest numbers: 256, or a larger
    power of two. ValueError where it would be more than a page.

    At least 64 bytes are for the ETag: those of an upload are not known yet, and the service's have 44 when escaped.
    """
    fixed = len("<Part><Index>9999</Index><Offset></Offset><Size></Size><ETag></ETag>") + 2 * 19
    fixed += len(f"<Crc64>{0:020d}</Crc64><Completed>1</Completed></Part>\n")
    size = RECORD_SIZE
    while size < fixed + max(etag, 64):
        size *= 2
    if size > PAGE:
        raise ValueError(f"an ETag of {etag} bytes does not fit a record")
    return size
