"""The package's extension module: CRC-64 and part I/O (csrc/). The only module that imports `aos._csrc`.

* Every call runs without the GIL. An object may be used by one thread at a time, but any thread may set a `CancelFlag`
  and read `PartIO.done`.
* A `PartIO` is the state of one part: where in the file the next byte goes, how many bytes are left, the CRC of those
  done. Every method keeps that state correct, also when it fails, so that any other method can go on from there.
* These methods return one of the `PART_*` constants and do not raise for a socket or a file; `PartIO.errno` has the
  reason. A long one returns to Python every quarter of a second, so that Ctrl-C works in the main thread.
* Descriptors are used, but never closed or kept. To end a call from another thread, set the flag and then shut the
  socket down; closing it could hand its number to a file that somebody opens.
* A `PartBuffer` costs time to make: a worker has one for all of its parts.

The CPU decides which kernel computes the CRC; `OSS_CRC64=portable` in the environment selects the portable one.
"""

import os
from array import array
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
    "PartIO",
    "PartBuffer",
    "PartSeries",
    "CancelFlag",
    "Descriptor",
    "StallRule",
    "PART_AGAIN",
    "PART_DONE",
    "PART_EOF",
    "PART_SOCKET",
    "PART_FILE",
    "PART_CANCELLED",
    "PART_STALLED",
    "PART_HEAD",
    "PART_EARLY",
    "sigpipe_block",
    "sigpipe_restore",
    "sigpipe_state",
    "part_head_accepts",
    "part_head_matches",
]

PART_DONE: Final[int] = C.AOS_PART_DONE  # nothing is left to do
PART_AGAIN: Final[int] = C.AOS_PART_AGAIN  # of get_series alone: the part under way is to be continued
PART_EOF: Final[int] = C.AOS_PART_EOF  # the peer closed the connection early, or the file is too short
PART_SOCKET: Final[int] = C.AOS_PART_SOCKET  # the socket failed, with the reason in PartIO.errno
PART_FILE: Final[int] = C.AOS_PART_FILE  # the file failed, with the reason in PartIO.errno
PART_CANCELLED: Final[int] = C.AOS_PART_CANCELLED  # the cancel flag is set
PART_STALLED: Final[int] = C.AOS_PART_STALLED  # the transfer was too slow for too long
PART_HEAD: Final[int] = C.AOS_PART_HEAD  # the answer is not the expected one
PART_EARLY: Final[int] = C.AOS_PART_EARLY  # the peer has sent something, or closed its side, before the body was sent

bytes_like: TypeAlias = "bytes | bytearray | memoryview"  # any object with a contiguous buffer will do


def _bytes(data: bytes_like) -> Any:
    """Returns `data` as an argument of a C function, to be passed at once and never kept in a variable.

    A traceback would keep the variable, and the garbage collector may then clear a memoryview that the C object still
    uses, which crashes the interpreter.
    """
    return _ffi.from_buffer("unsigned char[]", data)


def crc64(crc: int, data: bytes_like) -> int:
    """Returns the CRC-64/XZ of some bytes followed by `data`, where `crc` is that of those bytes, 0 for none."""
    return int(C.aos_crc64(crc, _bytes(data), memoryview(data).nbytes))


def crc64_combine(crc1: int, crc2: int, len2: int) -> int:
    """Returns the CRC of A followed by B, where `crc1` is that of A, `crc2` that of B, and B has `len2` bytes."""
    return int(C.aos_crc64_combine(crc1, crc2, len2))


def crc64_combine_parts(crcs: list[int], size: int, last: int) -> int:
    """Returns the CRC of parts in a row from the CRC of each. The last has `last` bytes, every other one `size`."""
    return int(C.aos_crc64_combine_parts(crcs, len(crcs), size, last))


def crc64_kernel() -> str:
    """Returns the name of the kernel in use: portable, pclmul, vpclmul or avx512."""
    name = _ffi.string(C.aos_crc64_kernel())
    return name.decode() if isinstance(name, bytes) else name


def crc64_use(kernel: str) -> None:
    """Switches to the kernel with this name, or for "auto" to the fastest. ValueError if the CPU cannot run it."""
    if C.aos_crc64_use(kernel.encode()) != 0:
        raise ValueError(f"no CRC-64 kernel {kernel!r} on this machine")


class Descriptor:
    """The descriptor of an open file, closed when the last reference to this object goes.

    An exception from a Python signal handler can come between any two steps of the interpreter. Opening a file and
    storing its number is one step here, because one call does both, and so is forgetting the number and closing the
    file. No descriptor is lost.
    """

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: list[Any] = []

    def open(self, path: bytes, flags: int, mode: int) -> None:
        """Opens a file, which other programs do not inherit. Raises OSError, or ValueError for a NUL in the path."""
        opened = map(os.open, (path,), (flags | os.O_CLOEXEC,), (mode,))
        self._held.extend(map(_ffi.gc, map(_ffi.new, ("int *",), opened), (C.aos_descriptor_close,)))

    @property
    def number(self) -> int:
        """The number of the open file, -1 when none is open."""
        return int(self._held[0][0]) if self._held else -1

    def close(self) -> int:
        """Closes the file if one is open. Returns 0, or the errno of the failure."""
        return int(C.aos_descriptor_close(self._held[0])) if self._held else 0


class CancelFlag:
    """A flag that any thread may set, to stop within a quarter of a second every `PartIO` that was made with it."""

    __slots__ = ("_flag",)

    def __init__(self) -> None:
        self._flag = _ffi.new("int32_t *")

    def set(self) -> None:
        """Sets the flag."""
        self._flag[0] = 1

    def is_set(self) -> bool:
        """Whether the flag has been set."""
        return bool(self._flag[0])


# Called without a Python function around it, whose first step could be an exception of a signal handler.
sigpipe_block: Final[Callable[[Any], None]] = C.aos_sigpipe_block
sigpipe_restore: Final[Callable[[Any, bool], None]] = C.aos_sigpipe_restore


def sigpipe_state() -> Any:
    """Returns what `sigpipe_block` and `sigpipe_restore` remember between them, for one thread at a time.

    While SIGPIPE is blocked in a thread, a write to a broken connection only fails. The second argument of
    `sigpipe_restore` says whether one did, and so may have left a signal to take away.
    """
    return _ffi.new("aos_sigpipe_t *")


class StallRule:
    """libcurl's rule for slow transfers: one has stalled after `speed_time` seconds below `speed_limit` bytes a second.

    A request has one of its own. With 0 for either value the rule is off.
    """

    __slots__ = ("_stall",)

    def __init__(self, speed_limit: int, speed_time: int) -> None:
        self._stall = _ffi.new("aos_stall_t *", {"speed_limit": speed_limit, "speed_time": speed_time})

    def check(self, done: int) -> bool:
        """Whether a transfer with `done` bytes so far has stalled. To be called a few times a second."""
        return bool(C.aos_stall_check(self._stall, done))


class PartBuffer:
    """A buffer of `size` bytes that C receives into and sends from. `view` is the same memory for Python."""

    __slots__ = ("_data", "view")

    def __init__(self, size: int = 256 * 1024) -> None:
        if size <= 0:
            raise ValueError("size must be positive")
        data = bytearray(size)
        self.view = memoryview(data)
        # Not from the view: the garbage collector may clear that one first, and then crashes.
        self._data = _ffi.from_buffer("unsigned char[]", data, require_writable=True)

    def __len__(self) -> int:
        return len(self.view)


class PartSeries:
    """Parts of an object in a row, for `PartIO.get_series`: those from `number` up to `end`.

    Each is asked for by the same request but for its range, whose numbers stand between the two pieces of `request`.
    """

    __slots__ = ("_held", "_series")

    def __init__(
        self,
        request: tuple[bytes, bytes],
        etag: bytes,
        size: int,
        part_size: int,
        number: int,
        end: int,
        stop: CancelFlag,
        records: "tuple[int, array[int], bytes] | None" = None,
    ) -> None:
        """Prepares the parts of an object of `size` bytes, of which none is begun any more once `stop` is set.

        `records` says where each finished part is recorded: the descriptor of a file, the place in it by the number of
        the part, and what is written there after the 20 digits of the CRC. The places must not change meanwhile.
        """
        before, after = request
        fd, places, record = records or (-1, array("q"), b"")
        # All that C points to; none of it is a memoryview, which the garbage collector could clear first.
        held: dict[str, Any] = {
            "before": _ffi.from_buffer(before),
            "after": _ffi.from_buffer(after),
            "request": _ffi.new("char[]", len(before) + len(after) + C.AOS_RANGE_SIZE),
            "etag": _ffi.new("char[]", etag),
            "crcs": _ffi.new("uint64_t[]", end - number),
            "places": _ffi.from_buffer("int64_t[]", places),
            "record": _ffi.new("char[]", record),
            "stop": stop._flag,
        }
        numbers = {"before_size": len(before), "after_size": len(after), "size": size, "part_size": part_size}
        self._held = held
        self._series: Any = _ffi.new("aos_series_t *", held | numbers | {"records": fd, "next": number, "end": end})

    @property
    def number(self) -> int:
        """The number of the part under way, or to be downloaded next."""
        return int(self._series.next)

    def place(self) -> tuple[int, int]:
        """Returns the offset and the length of that part."""
        series = self._series
        offset = series.next * series.part_size
        return int(offset), int(min(series.part_size, series.size - offset))

    @property
    def unrecorded(self) -> bool:
        """Whether the last finished part could not be recorded."""
        return bool(self._series.unrecorded)

    def restart(self) -> None:
        """Forgets that the request for the part under way has been sent."""
        self._series.request_size = 0

    def end_soon(self) -> None:
        """Leaves the parts after the one under way out."""
        self._series.end = min(self._series.end, self._series.next + 1)

    def take(self) -> list[int]:
        """Returns the CRCs of the parts that were finished since the last time."""
        count, self._series.finished = self._series.finished, 0
        return list(map(int, _ffi.unpack(self._held["crcs"], count)))


class PartIO:
    """One part of a transfer: `length` bytes of a file at `offset`, with their CRC.

    The methods return a `PART_*` constant. Those that fill a buffer overwrite its start, and after a failure go on only
    with the same buffer, unchanged.
    """

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
        body: int = 0,
    ) -> None:
        """Prepares a part.

        `crc` is the CRC of the bytes before the part if the CRC is to include them. `done` is the number of bytes that
        the same transfer has done before, for the stall rule. `buffered` says where in the buffer the first bytes of
        the part already are, for `recv`. `body` is the length of the answer's body for `get_part`, where parts follow
        that `recv` gets. Raises ValueError for a negative `offset` or `length`.
        """
        if offset < 0 or length < 0:
            raise ValueError("offset and length must not be negative")
        self._cancel = cancel  # these two have to live as long as the pointers to them in C
        self._stall = stall
        fields: dict[str, Any] = {
            "offset": offset,
            "left": length,
            "body": body,
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
        """The number of bytes done so far."""
        return int(self._io.done)

    @property
    def left(self) -> int:
        """The number of bytes still to do."""
        return int(self._io.left)

    @property
    def crc(self) -> int:
        """The CRC-64 of the bytes done."""
        return int(self._io.crc)

    @property
    def rest(self) -> slice:
        """Where in the buffer those bytes are that came after the part, which follow it in the same answer."""
        return slice(self._io.begin, self._io.end)

    @property
    def errno(self) -> int:
        """The errno of the failure, after PART_SOCKET or PART_FILE; otherwise it means nothing."""
        return int(self._io.error)

    @property
    def buffered(self) -> int:
        """The number of bytes of the answer at the start of the buffer, after `exchange`, `put_part` or PART_HEAD."""
        return int(self._io.end)

    @property
    def head(self) -> int:
        """The size of the head at the start of the buffer, if `get_part` or `put_part` found it to match; else 0."""
        return int(self._io.head)

    @property
    def etag(self) -> slice:
        """Where in the buffer the ETag is, if `put_part` found the head to match."""
        return slice(self._io.etag, self._io.etag + self._io.etag_size)

    @property
    def request_sent(self) -> int:
        """The number of bytes of the request that have been sent."""
        return int(self._io.request_sent)

    def exchange(self, sock_fd: int, request: bytes, buffer: PartBuffer) -> int:
        """Sends a request without a body, then receives the first bytes of the answer into the buffer."""
        return self._run(C.aos_part_exchange, sock_fd, request, len(request), buffer._data, len(buffer))

    def get_part(
        self, sock_fd: int, file_fd: int, request: bytes, buffer: PartBuffer, content_range: bytes, etag: bytes
    ) -> int:
        """Sends a request and, if the head of the answer matches, writes the body to the file, as `recv` does.

        PART_HEAD: it does not match; the first bytes of the answer are in the buffer, as after `exchange`.
        """
        call, size, data, room = C.aos_get_part, len(request), buffer._data, len(buffer.view)
        while (
            result := call(self._io, sock_fd, file_fd, request, size, data, room, content_range, etag)
        ) == C.AOS_PART_AGAIN:
            pass  # as in _run, without one more frame for each part
        return int(result)

    def get_series(self, sock_fd: int, file_fd: int, buffer: PartBuffer, series: PartSeries) -> int:
        """Downloads the parts of a series, each as `get_part` does, and records them, for some time.

        PART_DONE: there may be more. PART_AGAIN: there may be finished ones, and the same call goes on. Any other
        result is that of the part `series.number`, whose state this is.
        """
        return int(C.aos_get_series(self._io, sock_fd, file_fd, buffer._data, len(buffer), series._series))

    def recv(self, sock_fd: int, file_fd: int, buffer: PartBuffer) -> int:
        """Receives the bytes that are left, never more, and writes them to the file."""
        return self._run(C.aos_part_recv, sock_fd, file_fd, buffer._data, len(buffer))

    def put_part(self, sock_fd: int, file_fd: int, request: bytes, buffer: PartBuffer) -> int:
        """Sends a request with the part of the file as its body, then receives the first bytes of the answer.

        `head` is not 0 if this answer is complete and says that the body is stored, with the same CRC as here.
        PART_EARLY: the peer did not wait for the end of the body; nothing of what it sent has been received.
        """
        return self._run(C.aos_put_part, sock_fd, file_fd, request, len(request), buffer._data, len(buffer))

    def verify(self, file_fd: int, buffer: PartBuffer) -> int:
        """Reads the part of the file, only for its CRC."""
        return self._run(C.aos_part_verify, file_fd, buffer._data, len(buffer))

    def write(self, file_fd: int, data: bytes_like) -> int:
        """Writes `data`, at most as many bytes as are left, to the file."""
        return int(C.aos_part_write(self._io, file_fd, _bytes(data), memoryview(data).nbytes))

    def _run(self, call: Callable[..., int], *args: Any) -> int:
        while (result := call(self._io, *args)) == C.AOS_PART_AGAIN:
            pass  # back in Python, which now runs its signal handlers
        return result


def part_head_matches(head: bytes, length: int, content_range: bytes, etag: bytes) -> bool:
    """Whether `PartIO.get_part` would write the body that follows this head."""
    return bool(C.aos_part_head_matches(head, len(head), length, content_range, etag))


def part_head_accepts(head: bytes, crc: int) -> bytes | None:
    """Returns the ETag if `PartIO.put_part` would find this head to match after a body with this CRC, else None."""
    etag, size = _ffi.new("size_t *"), _ffi.new("size_t *")
    if not C.aos_part_head_accepts(head, len(head), crc, etag, size):
        return None
    return head[etag[0] : etag[0] + size[0]]
