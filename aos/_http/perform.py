"""What the default ``aos_http_transport_perform`` does: one request, its answer, and what became of it.

Differences from the C SDK: a request has one framing (``Content-Length`` and the plain body, no ``Expect``), a body
that ends early is a failure, a failure says what was being done to what, bodies of error answers are capped, and no
line break or NUL can enter a request.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from aos import aos_http_io, aos_log, apr_time
from aos._c.redact import remember_sent
from aos._c.text import LINE_ENDS, encode
from aos._http.client import DEFAULT_PORTS, Origin, SettingsError
from aos._http.connection import Headers, Lease, Route
from aos._http.deadline import Deadline
from aos._http.errors import NETWORK_ERRORS, CallbackError, ExchangeError, called, from_the_caller
from aos._http.receive import Result, receive, take_head, wanted
from aos._native import PART_EOF, PART_FILE, PartBuffer, PartIO
from aos.aos_crc64 import aos_crc64
from aos.aos_define import *
from aos.aos_string import aos_string_t
from aos.aos_util import aos_http_method_to_string, aos_query_params_to_string, query_problem, too_long

if TYPE_CHECKING:
    from aos.aos_buf import aos_file_buf_t
    from aos.aos_transport import aos_http_request_options_t, aos_http_request_t, aos_http_transport_t

__all__ = ["perform"]

def perform(t: aos_http_transport_t) -> int:
    """One exchange; see aos_curl_http_transport_perform.

    What came of it is this call's own until the end: the controller may be another thread's too.
    """
    result = Result()
    raised: list[BaseException] = []  # not a variable for the exception: a traceback of this frame would hold itself
    start_time = apr_time.apr_time_now()
    try:
        _exchange(t, result)
    except ExchangeError as failure:
        result.code, result.reason = failure.code, failure.reason
    except MemoryError:
        result.code, result.reason = AOSE_OUT_MEMORY, "out of memory"
    except CallbackError as carrier:
        raised += [carrier.__cause__] if carrier.__cause__ is not None else []
    except BaseException as other:  # of the caller's code, or a signal's
        raised.append(from_the_caller(other))
    finally:
        t.state = aos_http_io.TRANS_STATE_DONE
        for side in (t.req, t.resp):
            if side.file_buf is not None and side.file_buf.owner:
                apr_file_close(side.file_buf.file)
                side.file_buf = None
    controller = t.controller
    controller.start_time, controller.first_byte_time = start_time, result.first_byte_time
    controller.finish_time = apr_time.apr_time_now()
    controller.error_code, controller.reason = result.code, result.reason
    if raised:
        raise raised.pop()  # here, where it gets no other cause or context than its own
    return result.code


def _exchange(t: aos_http_transport_t, result: Result) -> None:
    req, resp, controller = t.req, t.resp, t.controller
    route = _route_of(req, controller.options)
    headers = _headers_of(t, route.origin)
    body = _RequestBody(req) if req.method in (HTTP_PUT, HTTP_POST) else None
    lease = controller.lease or Lease(controller.options, controller.flag)
    remember_sent(headers.text, route.target, route.origin.proxy, route.origin.proxy_auth)
    try:
        try:
            answer = lease.exchange(route, headers, body, wanted(resp))
        except NETWORK_ERRORS as error:
            raise ExchangeError.of(error, route) from error
        result.first_byte_time = apr_time.apr_time_now()
        take_head(resp, answer)
        if aos_log.is_logged(aos_log.AOS_LOG_DEBUG):
            request_id = apr_table_get(resp.headers, "x-oss-request-id")
            aos_log.aos_debug_log("%s: %d, request id %s", str(route), resp.status, request_id)
        refused = resp.check_head(resp) if resp.check_head is not None and answer.taken is None else None
        if refused is not None:
            raise ExchangeError(*refused)
        receive(t, lease, answer, route, result)
    except BaseException:
        lease.close(broken=True)
        raise
    if lease is not controller.lease:
        lease.close()
