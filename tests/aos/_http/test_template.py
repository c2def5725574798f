"""Requests that differ in a few texts: what is made once, and when each is made as any request."""

from __future__ import annotations

import pytest

from aos._http.template import Template, mark
from aos.aos_http_io import aos_http_request_create, aos_table_t, apr_table_add, apr_table_elts


class Made:
    """A template whose requests have a number as a header and as a parameter, and how often a text of it was made."""

    def __init__(self) -> None:
        self.req, self.count, number = aos_http_request_create(None), 0, mark()
        self.req.headers, self.req.query_params = aos_table_t(), aos_table_t()
        self.req.headers.extend([("fixed", "f"), ("none", None), ("number", f"no. {number}")])
        self.req.query_params["n"] = number
        self.template = Template(self.req, number)

    def make(self) -> str:
        self.count += 1
        return f"{self.req.headers.items()} {self.req.query_params.items()}"

    def text(self, key: object = None, what: str = "all") -> str:
        return self.template.text(what, key, self.make)


def expected(number: str) -> str:
    return f"[('fixed', 'f'), ('none', None), ('number', 'no. {number}')] [('n', '{number}')]"


def test_a_text_is_made_once() -> None:
    made = Made()
    for number in "123":
        made.template.become(number)
        assert made.text() == made.text() == expected(number)
    assert made.count == 1


def test_a_text_is_made_again_for_another_key_and_for_another_purpose() -> None:
    made = Made()
    for number in "12":
        made.template.become(number)
        for key in (1, 1, 2, 2):
            assert made.text(key) == expected(number)
    assert made.count == 4
    assert made.text(2, "another") == expected("2")
    assert made.count == 5


def test_the_tables_say_the_same() -> None:
    made = Made()
    made.template.become("7")
    made.text()
    assert made.req.headers.items() == [("fixed", "f"), ("none", None), ("number", "no. 7")]
    assert made.req.query_params["n"] == "7"


@pytest.mark.parametrize("change", ["add", "set", "entry", "replace headers", "replace params", "param"])
def test_what_somebody_changes_is_sent(change: str) -> None:
    made = Made()
    made.template.become("1")
    made.text()
    req = made.req
    if change == "add":
        apr_table_add(req.headers, "x", "y")
    elif change == "set":
        req.headers["number"] = "y"
    elif change == "entry":
        apr_table_elts(req.headers).elts[0].val = "y"
    elif change == "replace headers":
        req.headers = aos_table_t()
    elif change == "replace params":
        req.query_params = aos_table_t()
    else:
        req.query_params["n"] = "y"
    assert made.text() == f"{req.headers.items()} {req.query_params.items()}" != expected("1")
    made.template.become("2")
    assert made.text() == expected("2"), "and is gone with the next"


@pytest.mark.parametrize("bad", ["1\r\nx: y", "1\n", "\0"])
def test_a_text_that_cannot_be_sent_is_left_to_the_ordinary_way(bad: str) -> None:
    made = Made()
    made.template.become("1")
    made.text()
    made.template.become(bad)
    count = made.count
    made.text()
    assert made.count == count + 1


def test_marks_are_not_found_elsewhere_and_not_encoded() -> None:
    one, other = mark(), mark()
    assert one != other
    assert one.isalnum()
    assert len(one) == 32
