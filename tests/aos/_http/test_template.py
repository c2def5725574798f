"""Requests that differ in a few texts: made once, with holes, and filled for each."""

from __future__ import annotations

import itertools
import traceback

import pytest

from aos._c.redact import SecretBytes
from aos._http.errors import ExchangeError
from aos._http.request import Request, request_of
from aos._http.template import Template
from aos.aos_http_io import (
    AOSE_INVALID_ARGUMENT,
    HTTP_PUT,
    aos_http_request_create,
    aos_http_request_options_create,
    aos_table_t,
)

MARKS = NUMBER, LENGTH, SIGNATURE = 10**17 + 1, 10**17 + 2, 10**17 + 3
"""In the order in which they stand in the request."""
SECRET = b"c2lnbmF0dXJl"


def request(number: object, length: int, signature: object) -> Request:
    """A request as one for a part is made: a parameter, its length and a header are its own."""
    req = aos_http_request_create(None)
    req.method, req.host, req.uri, req.body_len = HTTP_PUT, "bucket.example.com", "dir/key", length
    req.headers, req.query_params = aos_table_t(), aos_table_t()
    req.query_params.extend([("uploadId", "u"), ("partNumber", str(number))])
    req.headers.extend([("Date", "today"), ("Authorization", f"OSS id:{signature}"), ("x-oss-a", "\u00e9")])
    return request_of(req, aos_http_request_options_create(None), "agent")


def test_a_filled_request_is_the_one_that_is_made_anew() -> None:
    template = Template(request(*MARKS), *MARKS)
    for number, length, signature in ((1, 0, "abc="), (10_000, 5 << 30, ""), (1, 7, "\u00e9%d%b*")):
        made = request(number, length, signature)
        filled = template.fill(b"%d" % number, b"%d" % length, signature.encode())
        assert (filled, type(filled)) == (made.head, SecretBytes)
        assert (template.route.origin, str(template.route)) == (made.route.origin, str(made.route))


@pytest.mark.parametrize("order", [*itertools.permutations(range(3))])
def test_texts_stand_where_their_marks_stood(order: tuple[int, ...]) -> None:
    """Whatever comes first in the request: texts are given in the order of the marks."""
    texts = (b"7", b"1234", b"abc")
    template = Template(request(*MARKS), *(MARKS[place] for place in order))
    assert template.fill(*(texts[place] for place in order)) == request(7, 1234, "abc").head


def test_without_marks_it_is_the_request() -> None:
    made = request(1, 2, "abc")
    assert Template(made).fill() == made.head


def test_a_text_is_missing_for_a_mark_or_a_mark_for_a_text() -> None:
    template = Template(request(*MARKS), *MARKS)
    with pytest.raises(IndexError):
        template.fill(b"1", b"2")
    with pytest.raises(ValueError, match="not found"):
        Template(request(*MARKS), 10**17 + 4)


@pytest.mark.parametrize("bad", [b"1\r\nx: y", b"1\n", b"\r", b"\0"])
@pytest.mark.parametrize("place", range(3))
def test_a_text_that_would_end_its_line_is_refused(place: int, bad: bytes) -> None:
    template, texts = Template(request(*MARKS), *MARKS), [b"1", b"2", b"3"]
    texts[place] = bad
    with pytest.raises(ExchangeError) as raised:
        template.fill(*texts)
    assert (raised.value.code, raised.value.reason) == (
        AOSE_INVALID_ARGUMENT,
        "a header contains a line break or NUL",
    )
    assert template.fill(b"1", b"2", b"3") == request(1, 2, "3").head, "the next is none the worse"


def test_nothing_that_is_shown_has_a_secret_in_it() -> None:
    """Not the repr of what there is, and not a traceback with the variables of the package's functions."""
    made = request(NUMBER, LENGTH, SECRET.decode())
    template = Template(made, NUMBER, LENGTH)
    filled = template.fill(b"1", b"2")
    assert filled.count(SECRET) == 1
    assert SECRET.decode() not in repr((made, template, filled))
    shown = []
    for texts in ((b"1", b"\n"), (b"1",)):
        with pytest.raises((ExchangeError, IndexError)) as raised:
            template.fill(*texts)
        frames = [frame for frame, _ in traceback.walk_tb(raised.value.__traceback__)]
        shown += [repr(frame.f_locals) for frame in frames if frame.f_globals["__name__"] == Template.__module__]
    assert len(shown) == 2
    assert SECRET.decode() not in "".join(shown)
