"""The recogniser of a part's answer in C takes no head that the readers in Python would not take for the same."""

from __future__ import annotations

import io
import re

from hypothesis import assume, example, given
from hypothesis import strategies as st

from aos._http.head import read_head
from aos._http.response import decode_header, plain_head
from aos._native import part_head_accepts, part_head_matches
from tests.fuzz.amount import fuzz

LENGTH, RANGE, ETAG = 5, b"bytes 10-14/99", b'"A1B2"'
STATUS = b"HTTP/1.1 206 Partial Content"
NEEDED = [b"Content-Length: 5", b"Content-Range: " + RANGE, b"ETag: " + ETAG]
USUAL = [b"Connection: keep-alive", b"Server: AliyunOSS", b"x-oss-meta-a: \xc3\xa9", b"Date:", b"a:b:c"]
GOOD = b"\r\n".join([STATUS, *NEEDED, *USUAL, b"", b""])


def fits(head: bytes) -> bool:
    return part_head_matches(head, LENGTH, RANGE, ETAG)


def same_for_python(head: bytes) -> bool:
    """Whether both readers in Python take a head for a kept-alive 206 with the length, range and ETag expected."""
    strict = read_head(io.BytesIO(head))
    pairs = [(name, decode_header(value)) for name, value in strict.headers]
    fields = {name.lower(): value for name, value in pairs}
    assert strict.status.startswith("HTTP/1.1 206 ")
    assert (fields["content-range"], fields["etag"]) == (RANGE.decode(), ETAG.decode())
    assert [int(value) for value in strict.values("content-length")] == [LENGTH]
    assert all(len(strict.values(name)) == 1 for name in ("content-range", "etag"))
    assert not strict.values("transfer-encoding")
    assert fields.get("connection", "keep-alive").lower() == "keep-alive"
    quick = plain_head(head.removesuffix(b"\r\n\r\n"), 0)
    assert quick == (pairs, LENGTH) if len(fields) == len(pairs) else quick is None  # repeated: for http.client
    return True


def test_a_good_head() -> None:
    assert fits(GOOD)
    assert same_for_python(GOOD)


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
def test_what_fits_is_the_same_for_python(head: bytes) -> None:
    assume(fits(head))
    assert same_for_python(head)


@fuzz
@given(BUILT | mutated())
def test_what_python_takes_for_a_part_fits(head: bytes) -> None:
    """The other way round, or no part would come by the quick way; the C side may refuse what is spelt oddly."""
    body, gap, rest = head.partition(b"\r\n\r\n")
    quick = plain_head(body, len(rest)) if gap and not rest else None
    assume(quick is not None and quick[1] == LENGTH)
    assert quick is not None
    assume(not re.search(rb"[\x01-\x08\x0a-\x1f]|(?i:length):[ \t]*0", body.replace(b"\r\n", b" ")))
    fields = {name.lower(): value for name, value in quick[0]}
    expected = (fields.get("content-range"), fields.get("etag")) == (RANGE.decode(), ETAG.decode())
    assert fits(head) == expected


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
def test_an_answer_that_accepts_says_the_same_to_python(head: bytes) -> None:
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
@given(st.binary(max_size=300), st.integers(0, (1 << 64) - 1))
@example(ACCEPTS, (1 << 64) - 2)
def test_no_other_bytes_accept(head: bytes, crc: int) -> None:
    assert part_head_accepts(head, crc) is None
