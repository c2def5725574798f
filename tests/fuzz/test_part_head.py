"""The recogniser of a part's answer in C: a head that it takes says the same to the strict reader, and it takes every
plainly good one."""

from __future__ import annotations

import io
import re

from hypothesis import assume, example, given
from hypothesis import strategies as st

from aos._http.head import read_head
from aos._native import part_head_accepts, part_head_matches
from tests.fuzz.amount import fuzz

LENGTH, RANGE, ETAG = 5, b"bytes 10-14/99", b'"A1B2"'
STATUS = b"HTTP/1.1 206 Partial Content"
NEEDED = [b"Content-Length: 5", b"Content-Range: " + RANGE, b"ETag: " + ETAG]
USUAL = [b"Connection: keep-alive", b"Server: AliyunOSS", b"x-oss-meta-a: \xc3\xa9", b"Date:", b"a:b:c"]
GOOD = b"\r\n".join([STATUS, *NEEDED, *USUAL, b"", b""])


def fits(head: bytes) -> bool:
    return part_head_matches(head, LENGTH, RANGE, ETAG)


def says_the_same(head: bytes) -> bool:
    """Whether the strict reader takes a head for a kept-alive 206 with the length, range and ETag expected."""
    strict = read_head(stream := io.BytesIO(head))
    assert stream.tell() == len(head)
    assert strict.status.startswith("HTTP/1.1 206 ")
    assert (strict.values("content-range"), strict.values("etag")) == ([RANGE.decode()], [ETAG.decode()])
    assert [int(value) for value in strict.values("content-length")] == [LENGTH]
    assert strict.framing("GET") == (LENGTH, False, True)
    assert [value.lower() for value in strict.values("connection")] in ([], ["keep-alive"])
    return True


def test_a_good_head() -> None:
    assert fits(GOOD)
    assert says_the_same(GOOD)


INSTEAD = [
    *(
        b"content-length:5",
        b"Content-Length:\t 5 \t",
        b"Content-Length: 05",
        b"Content-Length: 6",
        b"Content-Length: +5",
        b"Content-Length: 5_",
    ),
    *(b"Content-Length: 18446744073709551621", b"Content-Length: 5, 5", b"Content-Length : 5", b"Content-Length:"),
    *(b"CONTENT-RANGE:" + RANGE, b"Content-Range: bytes 10-14/*", b"Content-Range: bytes 10-15/99", b"Content-Range:"),
    *(b"etag:" + ETAG + b" ", b'ETag: "a1b2"', b"ETag: A1B2", b'ETag: W/"A1B2"', b"ETag: " + ETAG + b"\0", b"ETag:"),
    *(b"Connection: close", b"connection: KEEP-ALIVE", b"Connection: keep-alive, close", b"Keep-Alive: timeout=5"),
    *(b"Transfer-Encoding: chunked", b"transfer-encoding:", b"Content-Encoding: gzip", b"no colon", b": no name", b""),
    *(b" folded", b"\tfolded", b"A : b", b"A: b\rc", b"A: b\nc", b"A: b\0c", b"A: \x7f\xff", b"\xc3\xa9: a", b"A:\x01"),
]
STATUSES = [
    STATUS,
    b"HTTP/1.1 206 ",
    b"HTTP/1.1 206",
    b"HTTP/1.0 206 P",
    b"HTTP/1.1 200 OK",
    b"HTTP/1.1 2060 P",
    b"http/1.1 206 P",
]
LINES = st.sampled_from([*NEEDED, *USUAL, *INSTEAD]) | st.from_regex(rb"[A-Ca-c-]{1,3}:[ -~]{0,4}", fullmatch=True)
BUILT = st.builds(
    lambda status, needed, more, at, end: end.join([status, *more[:at], *needed, *more[at:], b"", b""]),
    st.sampled_from([STATUS] * 20 + STATUSES),
    st.permutations(NEEDED) | st.lists(LINES, max_size=4),
    st.lists(LINES, max_size=4),
    st.integers(0, 4),
    st.sampled_from([b"\r\n"] * 20 + [b"\n", b"\r", b"\r\n\r\n"]),
)


@st.composite
def mutated(draw: st.DrawFn, head: bytes = GOOD) -> bytes:
    """A good head with some bytes changed, put in or taken away, or a stretch of it twice or in another case."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(head)))
        stop = min(len(head), start + draw(st.integers(0, 30)))
        piece, byte = head[start:stop], draw(st.sampled_from(b"\r\n\0\t :,05Aa\x7f\xff")).to_bytes(1, "big")
        piece = draw(st.sampled_from([byte, byte + piece, b"", piece * 2, piece.swapcase(), b"\r\n" + piece, b"\r\n "]))
        head = head[:start] + piece + head[stop:]
    return head


@fuzz
@given(BUILT | mutated())
@example(b"\r\n".join([STATUS, b"A: 1", *NEEDED, b"a: 2", b"", b""]))
def test_what_fits_says_the_same_to_the_strict_reader(head: bytes) -> None:
    assume(fits(head))
    assert says_the_same(head)


# ---- the other way round, or no part would come by the quick way ----

SPECIAL = {
    b"content-length",
    b"content-range",
    b"etag",
    b"connection",
    b"proxy-connection",
    b"transfer-encoding",
    b"x-oss-hash-crc64ecma",
}
NAMES = st.from_regex(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}", fullmatch=True).filter(lambda n: n.lower() not in SPECIAL)
BLANKS = st.sampled_from([b" ", b"", b"  ", b"\t"])
VALUES = st.binary(max_size=20).map(lambda value: re.sub(rb"[\0-\x08\x0a-\x1f]", b"", value))


@st.composite
def good_heads(draw: st.DrawFn, status: bytes, needed: list[bytes]) -> bytes:
    """Heads with what is needed in any order, letters and blanks, among any other headers and perhaps a keep-alive."""
    lines = [line.split(b": ", 1) for line in needed]
    lines += draw(st.sampled_from([[], [[b"Connection", b"keep-alive"]], [[b"Connection", b"Keep-Alive"]]]))
    made = [
        draw(st.sampled_from([name, name.lower(), name.upper()])) + b":" + draw(BLANKS) + value for name, value in lines
    ]
    others = draw(st.lists(st.tuples(NAMES, BLANKS, VALUES), max_size=4))
    made += [name + b":" + blank + value for name, blank, value in others]
    ends = [line + draw(st.sampled_from([b"", b"", b" ", b"\t "])) + b"\r\n" for line in draw(st.permutations(made))]
    reason = draw(st.sampled_from([b"OK", b"", b"Partial Content"]))
    return b"".join([status + b" " + reason + b"\r\n", *ends, b"\r\n"])


@fuzz
@given(good_heads(b"HTTP/1.1 206", NEEDED))
def test_a_plainly_good_head_fits(head: bytes) -> None:
    assert says_the_same(head)
    assert fits(head)


@fuzz
@given(st.binary(max_size=300), st.integers(0, (1 << 63) - 1), st.binary(max_size=20), st.binary(max_size=20))
def test_no_other_bytes_fit(head: bytes, length: int, content_range: bytes, etag: bytes) -> None:
    assert not part_head_matches(head, length, content_range, etag)


@fuzz
@given(
    st.integers(0, 10**17),
    st.binary(max_size=30).map(lambda value: re.sub(rb"[\0-\x1f]", b"", value).strip()),
    st.binary(max_size=30).map(lambda value: re.sub(rb"[\0-\x1f]", b"", value).strip()),
    st.data(),
)
def test_values_are_compared_whole(length: int, content_range: bytes, etag: bytes, data: st.DataObject) -> None:
    head = b"HTTP/1.1 206 \r\nContent-Length: %d\r\nContent-Range: %b\r\nETag: %b\r\n\r\n" % (
        length,
        content_range,
        etag,
    )
    assert part_head_matches(head, length, content_range, etag)
    other = data.draw(st.sampled_from([length + 1, length * 10, length // 10, -length]).filter(lambda n: n != length))
    assert not part_head_matches(head, other, content_range, etag)
    for wrong in (content_range + b"0", content_range[:-1], content_range.swapcase()):
        assert part_head_matches(head, length, wrong, etag) == (wrong == content_range)
    for wrong in (etag + b"0", etag[:-1], etag.swapcase()):
        assert part_head_matches(head, length, content_range, wrong) == (wrong == etag)


STORED = [b"Content-Length: 0", b"x-oss-hash-crc64ecma: 18446744073709551615", b"ETag: " + ETAG]
ACCEPTS = b"\r\n".join([b"HTTP/1.1 200 OK", *STORED, *USUAL, b"", b""])


def accepting() -> st.SearchStrategy[bytes]:
    """Heads that nearly, or really, accept a body."""
    odd = [
        b"x-oss-hash-crc64ecma: 1",
        b"X-OSS-Hash-CRC64ecma:18446744073709551615",
        b"content-length: 0 ",
        b"ETag: W/b",
    ]
    return st.builds(
        lambda stored, more, at: b"\r\n".join([b"HTTP/1.1 200 OK", *more[:at], *stored, *more[at:], b"", b""]),
        st.permutations(STORED) | st.lists(st.sampled_from([*STORED, *odd]), max_size=4),
        st.lists(LINES, max_size=3),
        st.integers(0, 3),
    )


@fuzz
@given(accepting() | mutated(ACCEPTS))
@example(ACCEPTS)
def test_an_answer_that_accepts_says_the_same_to_the_strict_reader(head: bytes) -> None:
    etag = part_head_accepts(head, (1 << 64) - 1)
    assume(etag is not None)
    assert etag is not None
    strict = read_head(io.BytesIO(head))
    assert strict.status.startswith("HTTP/1.1 200 ")
    assert [int(value) for value in strict.values("content-length")] == [0]
    assert [int(value) for value in strict.values("x-oss-hash-crc64ecma")] == [(1 << 64) - 1]
    assert [value.encode("latin-1") for value in strict.values("etag")] == [etag]
    assert not strict.values("transfer-encoding")
    assert [value.lower() for value in strict.values("connection")] in ([], ["keep-alive"])


@fuzz
@given(good_heads(b"HTTP/1.1 200", STORED))
def test_a_plainly_good_answer_accepts(head: bytes) -> None:
    assert part_head_accepts(head, (1 << 64) - 1) == ETAG


@fuzz
@given(st.binary(max_size=300), st.integers(0, (1 << 64) - 1))
@example(ACCEPTS, (1 << 64) - 2)
def test_no_other_bytes_accept(head: bytes, crc: int) -> None:
    assert part_head_accepts(head, crc) is None
