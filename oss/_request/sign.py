"""What both versions of signatures share: the clock, signed headers, and the query of a signed URL."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import quote

from aos import apr_time
from aos._c.text import encode
from aos.aos_transport import aos_http_request_t
from aos.aos_util import query_problem
from aos.apr_tables import aos_table_t
from oss._define.constants import OSS_AUTHORIZATION
from oss._define.structs import oss_config_t
from oss._request.errors import invalid_argument

BLANKS = " \t"
_OWN_PARAMETERS = frozenset({"security-token", "x-oss-security-token", "x-oss-credential"})

__all__ = [
    "BLANKS",
    "NumberedRequests",
    "canonical_headers",
    "now_in_seconds",
    "own_query",
    "quoted",
    "resource_path",
    "service_time",
    "table_of",
    "ToSign",
    "url_query",
]


class ToSign(NamedTuple):
    """A request about to be signed: its headers, the text to sign, and what makes the Authorization of such a text."""

    headers: aos_table_t
    text: str
    authorize: Callable[[str], str]

    def sign(self, req: aos_http_request_t) -> None:
        """Gives the request the headers, with the Authorization among them."""
        self.headers[OSS_AUTHORIZATION] = self.authorize(self.text)
        req.headers = self.headers


class NumberedRequests:
    """Requests that differ in the value of one parameter, a number, and so in their signature.

    ``req`` has marks in the places of the two.
    """

    def __init__(
        self,
        req: aos_http_request_t,
        name: str,
        marks: tuple[int, int],
        prepare: Callable[[aos_http_request_t], ToSign],
    ) -> None:
        """``name`` is the parameter; ``marks`` are those of the number and of the Authorization."""
        number, authorization = map(str, marks)
        req.query_params[name] = number
        req.headers, text, self._authorize = prepare(req)
        req.headers[OSS_AUTHORIZATION] = authorization
        self.req, (self._before, _, self._after) = req, text.partition(number)

    def authorization(self, number: int) -> str:
        """Returns the Authorization of the request with this number."""
        return self._authorize(f"{self._before}{number}{self._after}")


def now_in_seconds() -> int:
    """Returns the time in whole seconds since 1970, by the clock of ``apr_time``."""
    return apr_time.apr_time_now() // 1_000_000


def service_time(config: oss_config_t) -> int:
    """Returns the time of the service in whole seconds since 1970, as far as ``config`` knows how its clock differs."""
    return now_in_seconds() + config.clock_offset


def quoted(text: str | None, safe: str = "") -> str:
    """Returns a text percent-encoded: all but ``A-Z a-z 0-9 - _ . ~`` and the characters of ``safe``."""
    return quote(encode(text or ""), safe)


def canonical_headers(
    pairs: Iterable[tuple[str, str | None]], is_signed: Callable[[str], bool]
) -> list[tuple[str, str]]:
    """Returns the headers to sign, by name: names in lower case, values without blanks around them.

    A header without a value is not sent, so it is not signed.
    """
    trimmed = ((name.lower(), (value or "").strip(BLANKS)) for name, value in pairs)
    return sorted(((name, value) for name, value in trimmed if value and is_signed(name)), key=lambda pair: pair[0])


def resource_path(req: aos_http_request_t) -> str:
    """Returns the path that is signed: ``/bucket/object``."""
    return "/" + (req.resource or "")


def table_of(table: aos_table_t | None) -> aos_table_t:
    """Returns a table to read: an empty one for NULL."""
    return aos_table_t() if table is None else table


def own_query(req: aos_http_request_t) -> aos_table_t:
    """Gives the request a copy of its query parameters, and returns it, to add to."""
    req.query_params = table_of(req.query_params).copy()
    return req.query_params


def url_query(params: aos_table_t) -> str:
    """Returns the query of a URL: ``?k=v&k2``. The C SDK's length limits hold for all but the token's parameters."""
    callers = aos_table_t()
    for name, value in params.items():
        if name not in _OWN_PARAMETERS:
            callers.add(name, value)
    if problem := query_problem(callers):
        raise invalid_argument(problem)
    pieces = (f"{quoted(name)}={quoted(value)}" if value else quoted(name) for name, value in params.items())
    return "?" + "&".join(pieces) if len(params) else ""
