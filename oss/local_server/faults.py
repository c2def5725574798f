"""A script of faults: which requests go wrong, and how.

Two stages: a fault may answer instead of the service (``status``, ``reset`` before the head, ``hang_before_head``,
``hook``), or change the answer on its way out (headers, body bytes, pace, an early end)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

from oss.local_server.compression import chunk, compress
from oss.local_server.context import Call
from oss.local_server.delivery import Delivery
from oss.local_server.errors import OssError
from oss.local_server.http_message import Response

__all__ = ["Fault", "FaultScript"]

Action = Literal[
    "reset",
    "close",
    "short_body",
    "stall",
    "trickle",
    "slow_rate",
    "status",
    "wrong_range",
    "wrong_length",
    "full_200",
    "flip",
    "wrong_etag",
    "no_etag",
    "drop_header",
    "set_header",
    "wrong_crc",
    "gzip",
    "chunked",
    "hang_before_head",
    "hook",
]


class Fault:
    """A fault of the ``nth`` request (from 1) that matches, and of the ``times - 1`` after it.

    ``match`` names what must be equal: ``method``, ``bucket``, ``key``, ``range`` (the Range header), ``query``
    (a dict; a value of None asks only for the name), ``part`` (the part number of an upload, or, with ``part_size``,
    the zero-based index of the ranged part of a download). It may also be a function of the call.
    ``times`` None = for ever.

    Actions and their parameters: ``reset``/``close`` (``after`` body bytes; without it before the head), ``short_body``
    (``after``, default half), ``stall`` (``after`` 0, ``seconds`` None = until the server stops), ``trickle``
    (``piece`` 1, ``rate`` 10 bytes a second), ``slow_rate`` (``rate``), ``status`` (``status`` 500, ``code``,
    ``message``), ``wrong_range`` (``value``), ``wrong_length`` (``delta`` 1), ``full_200``, ``flip`` (``at`` 0),
    ``wrong_etag`` (``value``), ``no_etag``, ``drop_header`` (``header``), ``set_header`` (``header``, ``value``),
    ``wrong_crc`` (``value``), ``gzip``, ``chunked``, ``hang_before_head`` (``seconds``), ``hook`` (``call``: a
    function of (request call, server), run before the request is answered)."""

    def __init__(
        self,
        match: Mapping[str, Any] | Callable[[Any], bool] | None = None,
        nth: int = 1,
        times: int | None = 1,
        action: Action = "reset",
        **params: Any,
    ) -> None:
        if action not in get_args(Action):
            raise ValueError(f"unknown fault action {action!r}")
        if not callable(match) and not set(match or ()) <= set(_MATCHERS):
            raise ValueError(f"unknown match {match!r}")
        self.match: Mapping[str, Any] | Callable[[Any], bool] = match or {}
        self.nth, self.times, self.action, self.params = nth, times, action, params
        self.seen = 0
        self.fired = 0

    def matches(self, call: Call) -> bool:
        wanted = self.match
        if callable(wanted):
            return wanted(call)
        return all(_MATCHERS[name](call, value, wanted) for name, value in wanted.items())


def _match_query(call: Call, wanted: Mapping[str, str | None], _all: Mapping[str, Any]) -> bool:
    return all(name in call.query and value in (None, call.query[name]) for name, value in wanted.items())


def _match_part(call: Call, index: int, everything: Mapping[str, Any]) -> bool:
    if "part_size" not in everything:
        return call.query.get("partNumber") == str(index)
    return call.header("Range").startswith(f"bytes={index * everything['part_size']}-")


_MATCHERS: dict[str, Callable[[Call, Any, Mapping[str, Any]], bool]] = {
    "method": lambda call, value, _: call.request.method == value,
    "bucket": lambda call, value, _: call.bucket_name == value,
    "key": lambda call, value, _: call.key == value,
    "range": lambda call, value, _: call.header("Range") == value,
    "query": _match_query,
    "part": _match_part,
    "part_size": lambda call, value, _: True,
}


class FaultScript:
    """The faults of a server; matching requests are counted under a lock, in order of arrival."""

    def __init__(self, faults: tuple[Fault, ...] = ()) -> None:
        self._lock = threading.Lock()
        self._faults = list(faults)

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def due(self, call: Call) -> list[Fault]:
        """The faults that apply to a request, which is counted."""
        with self._lock:
            due = []
            for fault in self._faults:
                if not fault.matches(call):
                    continue
                fault.seen += 1
                if fault.seen >= fault.nth and (fault.times is None or fault.seen < fault.nth + fault.times):
                    fault.fired += 1
                    due.append(fault)
            return due


def before(fault: Fault, call: Call, wait: Callable[[float | None], object]) -> None:
    """Apply the part of a fault that comes before the service handles the request."""
    params = fault.params
    if fault.action == "hook":
        params["call"](call, call.server)
    elif fault.action == "hang_before_head":
        wait(params.get("seconds"))
    elif fault.action == "full_200":
        call.request.headers.drop("Range")
    elif fault.action == "status":
        status = params.get("status", 500)
        code = params.get("code", "InternalError" if status >= 500 else "InvalidArgument")
        raise OssError(code, params.get("message"), status=status, headers=params.get("headers"))


def after(fault: Fault, response: Response, delivery: Delivery) -> None:
    """Apply the part of a fault that changes the answer."""
    if fault.action in _AFTER:
        _AFTER[fault.action](fault.params, response, delivery)


def _end(how: Literal["close", "reset"]) -> Callable[[dict[str, Any], Response, Delivery], None]:
    def apply(params: dict[str, Any], _response: Response, delivery: Delivery) -> None:
        delivery.end, delivery.end_after = how, params.get("after")

    return apply


def _short_body(params: dict[str, Any], response: Response, delivery: Delivery) -> None:
    delivery.end, delivery.end_after = "close", params.get("after", response.length // 2)


def _stall(params: dict[str, Any], _response: Response, delivery: Delivery) -> None:
    delivery.stall_after, delivery.stall_seconds = params.get("after", 0), params.get("seconds")


def _pace(rate: float | None, piece: int) -> Callable[[dict[str, Any], Response, Delivery], None]:
    def apply(params: dict[str, Any], _response: Response, delivery: Delivery) -> None:
        delivery.rate = params.get("rate", rate)
        delivery.piece = params.get("piece", piece)

    return apply


def _header(name: str | None, value: str | None) -> Callable[[dict[str, Any], Response, Delivery], None]:
    """An action that sets a header, or, without any value, drops it."""

    def apply(params: dict[str, Any], response: Response, _delivery: Delivery) -> None:
        target, text = name or params["header"], params.get("value", value)
        if text is None:
            response.headers.drop(target)
        else:
            response.headers.set(target, str(text))

    return apply


def _wrong_range(params: dict[str, Any], response: Response, _delivery: Delivery) -> None:
    head, _, total = response.headers.get("Content-Range").partition("/")
    start, _, end = head.rpartition(" ")[2].partition("-")
    if "value" in params or start.isdigit():
        value = params.get("value") or f"bytes {int(start) + 1}-{int(end) + 1}/{total}"
        response.headers.set("Content-Range", value)


def _wrong_length(params: dict[str, Any], response: Response, _delivery: Delivery) -> None:
    response.headers.set("Content-Length", str(max(0, response.length + params.get("delta", 1))))


def _flip(params: dict[str, Any], _response: Response, delivery: Delivery) -> None:
    delivery.flip_at = params.get("at", 0)


_AFTER: dict[str, Callable[[dict[str, Any], Response, Delivery], None]] = {
    "reset": _end("reset"),
    "close": _end("close"),
    "short_body": _short_body,
    "stall": _stall,
    "trickle": _pace(10, 1),
    "slow_rate": _pace(64 << 10, 4 << 10),
    "wrong_range": _wrong_range,
    "wrong_length": _wrong_length,
    "flip": _flip,
    "wrong_etag": _header("ETag", '"00000000000000000000000000000BAD"'),
    "no_etag": _header("ETag", None),
    "drop_header": _header(None, None),
    "set_header": _header(None, ""),
    "wrong_crc": _header("x-oss-hash-crc64ecma", "1"),
    "gzip": lambda _params, response, delivery: compress(response, delivery),
    "chunked": lambda _params, response, delivery: chunk(response, delivery),
}
