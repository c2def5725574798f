"""The compiled part of the package: CRC-64 and part I/O (csrc/). The only module that imports `aos._csrc`.

What a reader needs to know:

* Every call runs without the GIL. Nothing here is safe for two threads on one object, except `cancel_flag`
  (any thread sets it) and `part_io.done` (any thread reads it).
* A `part_io` is the state of one part: where in the file the next byte goes, how many are left, the CRC of those done.
  All its methods keep that state true, also when they fail, and can be mixed: `write` the bytes that came with an
  answer's head, then `recv` the rest from the socket.
* Its methods return one of the `PART_*` numbers, and never raise for a socket or a file; `part_io.errno` tells what
  happened to one. The plain functions `pwrite_crc64` and `pread_crc64` raise OSError.
* A long call comes back to Python every quarter of a second, so that Ctrl-C works in the main thread.
* Descriptors are used, never closed or kept. To end a call from another thread, set the flag, then shut the socket
  down. Closing it instead could hand its number to somebody else's file.
* A `part_buffer` is made once a worker, not once a call.

The kernel of the CRC is chosen by the CPU; `OSS_CRC64=portable` in the environment forces the portable one.
"""

import os
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from aos._csrc import ffi as _ffi
from aos._csrc import lib as C

__all__ = [
    "crc64",
    "crc64_combine",
    "crc64_combine_parts",
    "crc64_kernel",
    "crc64_use",
    "pwrite_crc64",
    "pread_crc64",
    "PartIO",
    "PartBuffer",
    "CancelFlag",
    "descriptor",
    "StallRule",
    "PART_DONE",
    "PART_EOF",
    "PART_SOCKET",
    "PART_FILE",
    "PART_CANCELLED",
    "PART_STALLED",
    "PART_HEAD",
    "part_head_accepts",
    "part_head_matches",
]

PART_DONE: Final[int] = C.AOS_PART_DONE  # nothing is left to do
PART_EOF: Final[int] = C.AOS_PART_EOF  # the source ended early: the peer closed, or the file is too short
PART_SOCKET: Final[int] = C.AOS_PART_SOCKET  # the socket failed, see errno
PART_FILE: Final[int] = C.AOS_PART_FILE  # the file failed, see errno
PART_CANCELLED: Final[int] = C.AOS_PART_CANCELLED  # the cancel flag is set
PART_STALLED: Final[int] = C.AOS_PART_STALLED  # too slow for too long
PART_HEAD: Final[int] = C.AOS_PART_HEAD  # the answer is not the one expected

bytes_like: TypeAlias = "bytes | bytearray | memoryview"  # any object with a contiguous buffer will do


def _bytes(data: bytes_like) -> Any:
    """A buffer of C for `data`, to be given to a call at once and not to be kept in a variable: a traceback would hold
    it, and the garbage collector clears a memoryview that a buffer still uses, which kills the interpreter."""
    return _ffi.from_buffer("unsigned char[]", data)


def crc64(crc: int, data: bytes_like) -> int:
    """The CRC-64/XZ of what `crc` stands for followed by `data`; start with 0."""
    return int(C.aos_crc64(crc, _bytes(data), memoryview(data).nbytes))


def crc64_combine(crc1: int, crc2: int, len2: int) -> int:
    """The CRC of A followed by B, from the CRC of each and the length of B."""
    return int(C.aos_crc64_combine(crc1, crc2, len2))


def crc64_combine_parts(crcs: list[int], size: int, last: int) -> int:
    """The CRC of parts in a row, from the CRC of each: all are `size` bytes long, the last one `last`."""
    return int(C.aos_crc64_combine_parts(crcs, len(crcs), size, last))


def crc64_kernel() -> str:
    """The kernel in use: portable, pclmul, vpclmul or avx512."""
    name = _ffi.string(C.aos_crc64_kernel())
    return name.decode() if isinstance(name, bytes) else name


def crc64_use(kernel: str) -> None:
    """Switches to the named kernel, or to the best one: "auto". ValueError when it is unknown or this CPU lacks it."""
    if C.aos_crc64_use(kernel.encode()) != 0:
        raise ValueError(f"no CRC-64 kernel {kernel!r} on this machine")


class descriptor:
    """An open file's number, closed with the last reference to it.

    The exception of a Python signal handler comes between any two steps of the interpreter. Opening and keeping is one
    step here, since all of it happens inside of one call, and so is letting go and closing: no number is lost.
    """

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: list[Any] = []

    def open(self, path: str, flags: int, mode: int) -> None:
        """Opens a file; other programs do not inherit it. OSError; a ValueError for a NUL in the path."""
        opened = map(os.open, (path,), (flags | os.O_CLOEXEC,), (mode,))
        self._held.extend(map(_ffi.gc, map(_ffi.new, ("int *",), opened), (C.aos_descriptor_close,)))

    @property
    def number(self) -> int:
        """The number; -1 when nothing is open."""
        return int(self._held[0][0]) if self._held else -1

    def close(self) -> int:
        """Closes what is open; 0 or an errno."""
        return int(C.aos_descriptor_close(self._held[0])) if self._held else 0


class CancelFlag:
    """Set by any thread, seen within a quarter of a second by each `part_io` that was given it."""

    __slots__ = ("_flag",)

    def __init__(self) -> None:
        self._flag = _ffi.new("int32_t *")

    def set(self) -> None:
        self._flag[0] = 1

    def is_set(self) -> bool:
        return bool(self._flag[0])


class StallRule:
    """libcurl's rule for slow transfers: less than `speed_limit` bytes/s for `speed_time` seconds. One a request."""

    __slots__ = ("_stall",)

    def __init__(self, speed_limit: int, speed_time: int) -> None:
        self._stall = _ffi.new("aos_stall_t *", {"speed_limit": speed_limit, "speed_time": speed_time})

    def check(self, done: int) -> bool:
        """True: stalled. To be called a few times a second with the bytes done so far; the first call starts it."""
        return bool(C.aos_stall_check(self._stall, done))


class PartBuffer:
    """A worker's buffer: `view` is what Python fills or reads."""

    __slots__ = ("_data", "view")

    def __init__(self, size: int = 256 * 1024) -> None:
        if size <= 0:
            raise ValueError("size must be positive")
        data = bytearray(size)
        self.view = memoryview(data)
        # Not of the view: the garbage collector would clear it first, and crash.
        self._data = _ffi.from_buffer("unsigned char[]", data, require_writable=True)

    def __len__(self) -> int:
        return len(self.view)


class PartIO:
    """One part: `length` bytes of a file at `offset`, with their CRC. See the module's docstring."""

    __slots__ = ("_cancel", "_io", "_stall")

    def __init__(
        self,
        offset: int,
        length: int,
        crc: int = 0,
        cancel: CancelFlag | None = None,
        stall: StallRule | None = None,
        done: int = 0,
        buffered: slice = slice(0, 0),
    ) -> None:
        """``done`` bytes of the same transfer came before: the stall rule counts on from there. ``buffered``: where in
        the buffer the first of the bytes that `recv` is to write are already."""
        if offset < 0 or length < 0:
            raise ValueError("offset and length must not be negative")
        self._cancel = cancel  # these two are kept so that they live as long as the pointers to them
        self._stall = stall
        fields: dict[str, Any] = {
            "offset": offset,
            "left": length,
            "crc": crc,
            "done": done,
            "begin": buffered.start,
            "end": buffered.stop,
        }
        if cancel is not None:
            fields["cancel"] = cancel._flag
        if stall is not None:
            fields["stall"] = stall._stall
        self._io: Any = _ffi.new("aos_part_io_t *", fields)

    @property
    def done(self) -> int:
        """Bytes done so far."""
        return int(self._io.done)

    @property
    def left(self) -> int:
        """Bytes still to do."""
        return int(self._io.left)

    @property
    def crc(self) -> int:
        """The CRC-64 of the bytes done (while sending: of the bytes read from the file)."""
        return int(self._io.crc)

    @property
    def errno(self) -> int:
        """Tells about a PART_SOCKET or PART_FILE just returned; else without meaning."""
        return int(self._io.error)

    def stalled(self) -> bool:
        """Applies the stall rule to `done`, for whoever waits in Python."""
        return self._stall is not None and self._stall.check(self.done)

    @property
    def buffered(self) -> int:
        """Bytes at the buffer's start that `exchange` or `put_part` has received."""
        return int(self._io.end)

    @property
    def head(self) -> int:
        """Bytes of the head at the buffer's start, once it is found to be the expected one; else 0."""
        return int(self._io.head)

    @property
    def etag(self) -> slice:
        """Where in the head that `put_part` has found as expected the ETag is."""
        return slice(self._io.etag, self._io.etag + self._io.etag_size)

    @property
    def request_sent(self) -> int:
        """Bytes of the request that are sent."""
        return int(self._io.request_sent)

    def exchange(self, sock_fd: int, data: bytes, buffer: PartBuffer) -> int:
        """Sends all of `data`, then receives the first bytes of the answer into the buffer."""
        return self._run(C.aos_part_exchange, sock_fd, data, len(data), buffer._data, len(buffer))

    def get_part(
        self, sock_fd: int, file_fd: int, request: bytes, buffer: PartBuffer, content_range: bytes, etag: bytes
    ) -> int:
        """Sends a request and, where the head of its answer is the expected one, writes the body to the file. Else
        PART_HEAD, and the first bytes of the answer are in the buffer, as after `exchange`."""
        size, room = len(request), len(buffer)
        return self._run(C.aos_get_part, sock_fd, file_fd, request, size, buffer._data, room, content_range, etag)

    def recv(self, sock_fd: int, file_fd: int, buffer: PartBuffer) -> int:
        """Socket to file, until nothing is left; never takes more than that from the socket."""
        return self._run(C.aos_part_recv, sock_fd, file_fd, buffer._data, len(buffer))

    def send(self, sock_fd: int, file_fd: int, buffer: PartBuffer) -> int:
        """File to socket, until nothing is left. The same buffer until then: it holds bytes not yet sent."""
        return self._run(C.aos_part_send, sock_fd, file_fd, buffer._data, len(buffer))

    def put_part(self, sock_fd: int, file_fd: int, request: bytes, buffer: PartBuffer) -> int:
        """Sends a request, then as `send` does its body, then receives the first bytes of the answer; there is a
        `head` when this says that the body is stored, with the CRC it has here."""
        return self._run(C.aos_put_part, sock_fd, file_fd, request, len(request), buffer._data, len(buffer))

    def verify(self, file_fd: int, buffer: PartBuffer) -> int:
        """The CRC alone: reads the part through the buffer."""
        return self._run(C.aos_part_verify, file_fd, buffer._data, len(buffer))

    def read(self, file_fd: int, buffer: PartBuffer) -> int:
        """File to buffer: fills it, or up to what is left; the count is the growth of `done`."""
        return int(C.aos_part_read(self._io, file_fd, buffer._data, len(buffer)))

    def write(self, file_fd: int, data: bytes_like) -> int:
        """Buffer to file: all of `data`, or up to what is left."""
        return int(C.aos_part_write(self._io, file_fd, _bytes(data), memoryview(data).nbytes))

    def _run(self, call: Callable[..., int], *args: Any) -> int:
        while (result := call(self._io, *args)) == C.AOS_PART_AGAIN:
            pass  # being here is the point: Python runs its signal handlers
        return result


def part_head_matches(head: bytes, length: int, content_range: bytes, etag: bytes) -> bool:
    """Whether `get_part` would take the body after this head."""
    return bool(C.aos_part_head_matches(head, len(head), length, content_range, etag))


def part_head_accepts(head: bytes, crc: int) -> bytes | None:
    """The ETag in this head, if `put_part` would find it as expected after a body with this CRC."""
    etag, size = _ffi.new("size_t *"), _ffi.new("size_t *")
    if not C.aos_part_head_accepts(head, len(head), crc, etag, size):
        return None
    return head[etag[0] : etag[0] + size[0]]


def pwrite_crc64(fd: int, data: bytes_like, offset: int, crc: int) -> int:
    """Writes all of `data` at `offset`: the CRC of what `crc` stands for followed by `data`. Raises OSError."""
    io = PartIO(offset, len(memoryview(data).cast("B")), crc)
    _check_file(io, io.write(fd, data))
    return io.crc


def pread_crc64(fd: int, scratch: PartBuffer, offset: int, length: int, crc: int) -> tuple[int, int]:
    """Reads `length` bytes at `offset` through `scratch`: the CRC, and how many there were before the file's end."""
    io = PartIO(offset, length, crc)
    _check_file(io, io.verify(fd, scratch))
    return io.crc, io.done


def _check_file(io: PartIO, result: int) -> None:
    if result == PART_FILE:
        raise OSError(io.errno, os.strerror(io.errno))
