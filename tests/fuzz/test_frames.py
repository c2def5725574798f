"""Select frames from anyone, in chunks of any size: read as a plain reader of the whole stream reads them."""

from __future__ import annotations

import struct
import zlib

from hypothesis import example, given
from hypothesis import strategies as st

from aos.aos_define import AOSE_SELECT_OBJECT_CRC_ERROR, AOSE_WRITE_BODY_ERROR
from oss._request.errors import StatusError
from oss._request.select_frames import FrameReader
from tests.fuzz.amount import fuzz

DATA, CONTINUE, SELECT_END, META_END = 0x800001, 0x800004, 0x800005, 0x800006
MAX_END = 64 << 10


def frame(kind: int, payload: bytes, wrong: int = 0, length: int | None = None) -> bytes:
    """A frame; ``wrong`` changes its checksum, ``length`` what it says of its payload."""
    payload = bytes(8) + payload
    head = b"\x01" + struct.pack(">I", kind)[1:] + struct.pack(">I", len(payload) if length is None else length)
    checksum = (zlib.crc32(payload) + wrong) % 2**32 if wrong >= 0 else 0
    return head + bytes(4) + payload + struct.pack(">I", checksum)


def plain_read(stream: bytes) -> tuple[bytes, bytes | None, int]:
    """Data, the end frame if it is whole, and what went wrong: the format, one step after the other."""
    data = b""
    while len(stream) >= 20:
        kind, length = int.from_bytes(stream[1:4], "big"), int.from_bytes(stream[4:8], "big")
        if not 8 <= length < 2**31:
            return data, None, AOSE_WRITE_BODY_ERROR
        payload, rest = stream[12 : 12 + length], stream[12 + length :]
        if kind == DATA:
            data += payload[8:]
        if len(rest) < 4:
            break
        if int.from_bytes(rest[:4], "big") not in (0, zlib.crc32(payload)):
            return data, None, AOSE_SELECT_OBJECT_CRC_ERROR
        if kind in (SELECT_END, META_END):
            return data, payload[8:], 0
        stream = rest[4:]
    return data, None, 0


KINDS = st.sampled_from([DATA, CONTINUE, SELECT_END, META_END, 0, 0xFFFFFF])
FRAMES = st.one_of(
    st.builds(frame, KINDS, st.binary(max_size=40)),
    st.builds(frame, KINDS, st.binary(max_size=40), st.sampled_from([-1, 1])),
    st.builds(frame, KINDS, st.binary(max_size=9), length=st.sampled_from([0, 7, 8, 9, 2**31 - 1, 2**31, 2**32 - 1])),
    st.binary(max_size=30),
)
STREAMS = st.lists(FRAMES, max_size=6).map(b"".join)
CUTS = st.lists(st.integers(1, 30), max_size=20)


@fuzz
@given(STREAMS, CUTS)
@example(frame(DATA, b"") + frame(SELECT_END, b""), [1])
@example(frame(SELECT_END, bytes(MAX_END + 100)), [])
@example(frame(DATA, b"abc", length=8), [5])
@example(bytes(60), [20, 20])
def test_frames_are_read_as_they_are(stream: bytes, cuts: list[int]) -> None:
    reader, data, code, rest = FrameReader(), b"", 0, stream
    try:
        for size in [*cuts, len(stream)]:
            for piece in reader.feed(memoryview(rest[:size])):
                data += piece
            rest = rest[size:]
            assert len(reader.head) <= 20
            assert len(reader.tail) <= 4
            assert len(reader.end) <= MAX_END
    except StatusError as error:
        code = error.status.code
    wanted, end, wrong = plain_read(stream)
    assert (data, code, reader.ended) == (wanted, wrong, end is not None)
    if end is not None:
        assert bytes(reader.end) == end[:MAX_END]
        reader.message()
        assert reader.number(8, 4) == int.from_bytes(end[8:12].ljust(4, b"\0"), "big")
