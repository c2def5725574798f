"""What every function of ``oss_api.h`` does in the same way: check its arguments, make a request, read the answer.

A function's annotations are its contract: :func:`api` reads them once and refuses, before anything is sent, what would
crash the C SDK. A refusal is a status -994 whose message names the parameter, or a ValueError where no status is
returned; a wrong Python type is a TypeError.

``aos_text_t``          a text, given to the function as an ``aos_string_t``; NUL bytes are refused
``aos_text_t | None``   the same, NULL allowed
``int``, ``T``          an int; an object of that class
``T | None``            the same, NULL allowed

The parameters named in ``NAMES`` must also be valid names of buckets and objects.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from aos._struct import index_of
from aos._text import text_of
from aos.aos_status import aos_status_create, aos_status_is_ok
from oss.oss_define import *
from oss.oss_util import *

P = ParamSpec("P")
R = TypeVar("R")

__all__ = ["api", "call_t", "invalid_argument", "progress_t"]

progress_t = Callable[[int, int], object]
check_t = Callable[[Any], Any]

BUCKET_NAMES = ("bucket", "dest_bucket")
OBJECT_NAMES = ("object", "sym_object", "dest_object", "source_object", "live_channel")


class _refusal(Exception):
    """Carries the status that says why an argument is refused."""

    def __init__(self, status: aos_status_t) -> None:
        super().__init__(status.error_msg)
        self.status = status


def invalid_argument(message: str) -> aos_status_t:
    """The status of an argument that cannot be used."""
    status = aos_status_create(None)
    aos_status_set(status, AOSE_INVALID_ARGUMENT, AOS_CLIENT_ERROR_CODE, message)
    return status


def api(function: Callable[P, R]) -> Callable[P, R]:
    """Checks a function's arguments by its annotations."""
    signature = inspect.signature(function)
    names = tuple(signature.parameters)
    scope = function.__globals__
    checks = [_check_of(name, signature.parameters[name].annotation, scope) for name in names]
    gives_status = signature.return_annotation == "aos_status_t"

    @functools.wraps(function)
    def checked(*args: P.args, **kwds: P.kwargs) -> R:
        values: Any = args
        if kwds or len(args) != len(names):
            bound = signature.bind(*args, **kwds)
            bound.apply_defaults()
            values = bound.args
        try:
            return function(*[check(value) for check, value in zip(checks, values, strict=True)])  # type: ignore[call-arg]
        except _refusal as refusal:
            if gives_status:
                return refusal.status  # type: ignore[return-value]
            raise ValueError(str(refusal)) from None

    return checked


def _check_of(name: str, annotation: str, scope: dict[str, Any]) -> check_t:
    kind = annotation.removesuffix(" | None")
    optional = kind != annotation
    if kind == "int":
        return lambda value: index_of(value, name)
    if kind == "progress_t":
        return lambda value: _callable(name, value)
    if kind == "aos_text_t":
        check: check_t = functools.partial(_text, name)
    elif kind == "oss_request_options_t":
        check = _options
    else:
        check = functools.partial(_instance, name, scope[kind.partition("[")[0]])
    if optional:
        return lambda value: None if value is None else check(value)
    return check


def _text(name: str, value: Any) -> aos_string_t:
    if value is None and name not in BUCKET_NAMES + OBJECT_NAMES:
        raise _refusal(invalid_argument(f"{name} is NULL"))
    text = value if isinstance(value, aos_string_t) else aos_string_t(text_of(value, name))
    if name in BUCKET_NAMES and not oss_is_valid_bucket_name(text):
        raise _refusal(oss_get_bucket_name_invalid_error())
    if name in OBJECT_NAMES and not oss_is_valid_object_name(text):
        raise _refusal(oss_get_object_name_invalid_error())
    if "\0" in (text.data or ""):
        raise _refusal(invalid_argument(f"{name} has a NUL in it"))
    return text


def _options(value: Any) -> oss_request_options_t:
    options: oss_request_options_t = _instance("options", oss_request_options_t, value)
    for name in ("config", "ctl"):
        if getattr(options, name) is None:
            raise _refusal(invalid_argument(f"options.{name} is NULL"))
    return options


def _instance(name: str, kind: type[Any], value: Any) -> Any:
    if value is None:
        raise _refusal(invalid_argument(f"{name} is NULL"))
    if not isinstance(value, kind):
        raise TypeError(f"{name} must be a {kind.__name__}, not {type(value).__name__}")
    return value


def _callable(name: str, value: Any) -> Any:
    if value is not None and not callable(value):
        raise TypeError(f"{name} must be callable or None, not {type(value).__name__}")
    return value


class call_t:
    """One request of an API function, from its making to its status."""

    __slots__ = ("options", "req", "resp", "status")

    def __init__(self, options: oss_request_options_t) -> None:
        self.options = options
        self.req, self.resp = aos_http_request_t(), aos_http_response_t()
        self.status: aos_status_t | None = None

    @classmethod
    def service(cls, options: oss_request_options_t, method: int, params: aos_table_t | None = None) -> call_t:
        """A request about the account."""
        call = cls(options)
        oss_init_service_request(options, method, call.req, params, None, call.resp)
        return call

    @classmethod
    def bucket(
        cls, options: oss_request_options_t, method: int, bucket: aos_text_t, query: str | None = None
    ) -> call_t:
        """A request about a bucket; ``query`` is its sub-resource."""
        call = cls(options)
        oss_init_bucket_request(options, bucket, method, call.req, None, None, call.resp)
        if query is not None:
            call.query(**{query: ""})
        return call

    @classmethod
    def object(
        cls,
        options: oss_request_options_t,
        method: int,
        bucket: aos_text_t,
        object: aos_text_t,
        headers: aos_table_t | None = None,
        params: aos_table_t | None = None,
        progress_callback: progress_t | None = None,
        init_crc: int = 0,
    ) -> call_t:
        """A request about an object (or a live channel, which is addressed like one)."""
        call = cls(options)
        oss_init_object_request(
            options, bucket, object, method, call.req, params, headers, progress_callback, init_crc, call.resp
        )
        return call

    @classmethod
    def signed(
        cls,
        options: oss_request_options_t,
        method: int,
        signed_url: aos_text_t,
        headers: aos_table_t | None = None,
        params: aos_table_t | None = None,
    ) -> call_t:
        """A request to a URL that carries its signature."""
        call = cls(options)
        oss_init_signed_url_request(options, signed_url, method, call.req, params, headers, call.resp)
        return call

    def query(self, **params: str) -> call_t:
        """Adds query parameters; ``_`` in a name stands for ``-``."""
        for name, value in params.items():
            apr_table_add(self.req.query_params, name.replace("_", "-"), value)
        return self

    def send(self, resp_headers: aos_table_t | None = None) -> aos_status_t:
        """Sends the request, signing it unless its URL is signed; gives the answer's headers to ``resp_headers``."""
        process = oss_process_request if self.req.signed_url is None else oss_process_signed_request
        self.status = process(self.options, self.req, self.resp)
        oss_fill_read_response_header(self.resp, resp_headers)
        return self.status

    def send_and_parse(
        self, resp_headers: aos_table_t | None, parse: Callable[[aos_list_t], int]
    ) -> aos_status_t:
        """:meth:`send`, then the answer's document; one that cannot be read replaces the 2xx."""
        status = self.send(resp_headers)
        if aos_status_is_ok(status):
            code = parse(self.resp.body)
            if code != AOSE_OK:
                aos_xml_error_status_set(status, code)
        return status

    def check_crc(self, crc64: int) -> None:
        """Compares ``crc64`` with the service's value, where CRC is enabled and the answer, a 2xx, has one."""
        if self.status is not None and aos_status_is_ok(self.status) and is_enable_crc(self.options):
            if has_crc_in_response(self.resp):
                oss_check_crc_consistent(crc64, self.resp.headers, self.status)
