"""What the default ``aos_http_transport_perform`` does: one request, its answer, and what became of it.

Differences from the C SDK: a failure says what was being done to what, and bodies of error answers are capped.
"""

from __future__ import annotations

from aos import apr_time
from aos._c.redact import remember_sent
from aos._http.connection import REQUEST_ID, Connection, Route, log_answer
from aos._http.deadline import Deadline
from aos._http.errors import CallbackError, ExchangeError, from_the_caller
from aos._http.receive import Result, receive, take_head
from aos._http.request import RequestBody, request_of
from aos._http.response import Response
from aos._http.types import (
    TRANS_STATE_DONE,
    aos_http_request_options_t,
    aos_http_response_t,
    aos_http_transport_t,
)
from aos._native import CancelFlag
from aos.aos_define import AOSE_OUT_MEMORY, HTTP_POST, HTTP_PUT
from aos.apr_file_io import apr_file_close
from aos.apr_tables import apr_table_get

__all__ = ["connection_for", "perform", "read_head"]


def perform(t: aos_http_transport_t) -> int:
    """Makes one exchange; see aos_curl_http_transport_perform.

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
        t.state = TRANS_STATE_DONE
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


def connection_for(options: aos_http_request_options_t, flag: CancelFlag | None = None) -> Connection:
    """Returns a connection that follows the options of requests; ``flag`` ends what it waits for."""
    deadline = Deadline(flag or CancelFlag(), options.speed_limit, options.speed_time)
    return Connection(options.connect_timeout, deadline)


def _exchange(t: aos_http_transport_t, result: Result) -> None:
    req, resp, controller, options = t.req, t.resp, t.controller, t.controller.options
    route, head = request_of(req, options, t.options.user_agent if t.options is not None else None)
    body = RequestBody(req) if req.method in (HTTP_PUT, HTTP_POST) else None
    connection: Connection = controller.connection or connection_for(options, controller.flag)
    remember_sent(head, route.target, route.origin.proxy, route.origin.proxy_auth)
    try:
        answer = connection.exchange(route, head, body)
        result.first_byte_time = apr_time.apr_time_now()
        read_head(route, answer, resp)
        receive(resp, options.max_memory_size, connection, answer, route, result)
    except BaseException:
        connection.close(broken=True)
        raise
    if connection is not controller.connection:
        connection.close()


def read_head(route: Route, answer: Response, resp: aos_http_response_t) -> None:
    """Gives ``resp`` status and headers of an answer, and tells the log."""
    take_head(resp, answer)
    log_answer(route, resp.status, apr_table_get(resp.headers, REQUEST_ID))
