"""The exchange behind the default ``aos_http_transport_perform``: sends a request and receives its answer.

Differences from the C SDK: the reason of a failure has method and URL in it, and at most 1 MiB of the body of an error
answer is kept.
"""

from __future__ import annotations

from aos import apr_time
from aos._c.redact import remember_sent
from aos._http.connection import REQUEST_ID, Connection, Route, log_answer
from aos._http.deadline import Deadline
from aos._http.errors import CallbackError, ExchangeError, without_our_frames
from aos._http.receive import Result, fill_head, receive
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

__all__ = ["connection_for", "perform", "fill_and_log_head"]


def perform(t: aos_http_transport_t) -> int:
    """Sends ``t.req`` and receives ``t.resp``. Returns the AOSE_* code; an exception of a callback passes through.

    The controller, which another thread may use too, gets code, reason and times only at the end.
    """
    result = Result()
    raised: list[BaseException] = []  # emptied below: a variable with an exception that this frame raises is a cycle
    start_time = apr_time.apr_time_now()
    try:
        _exchange(t, result)
    except ExchangeError as failure:
        result.code, result.reason = failure.code, failure.reason
    except MemoryError:
        result.code, result.reason = AOSE_OUT_MEMORY, "out of memory"
    except CallbackError as carrier:
        raised += [carrier.__cause__] if carrier.__cause__ is not None else []
    except BaseException as other:  # of a callback, or of a signal handler
        raised.append(without_our_frames(other))
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
        raise raised.pop()  # outside of the except clause, so that it gets no other context than its own
    return result.code


def connection_for(options: aos_http_request_options_t, flag: CancelFlag | None = None) -> Connection:
    """Returns a connection with the timeouts and stall rule of ``options``; setting ``flag`` cancels its calls."""
    deadline = Deadline(flag or CancelFlag(), options.speed_limit, options.speed_time)
    return Connection(options.connect_timeout, deadline)


def _exchange(t: aos_http_transport_t, result: Result) -> None:
    """Makes the exchange on the controller's connection, or on a connection of its own. ExchangeError."""
    req, resp, controller, options = t.req, t.resp, t.controller, t.controller.options
    route, head = request_of(req, options, t.options.user_agent if t.options is not None else None)
    body = RequestBody(req) if req.method in (HTTP_PUT, HTTP_POST) else None
    connection: Connection = controller.connection or connection_for(options, controller.flag)
    remember_sent(head, route.target, route.origin.proxy, route.origin.proxy_auth)
    try:
        answer = connection.exchange(route, head, body)
        result.first_byte_time = apr_time.apr_time_now()
        fill_and_log_head(route, answer, resp)
        if connection.check_head is not None:
            connection.check_head(resp)
        receive(resp, options.max_memory_size, connection, answer, route, result)
    except BaseException:
        connection.close(broken=True)
        raise
    if connection is not controller.connection:
        connection.close()


def fill_and_log_head(route: Route, answer: Response, resp: aos_http_response_t) -> None:
    """Copies status and headers of an answer to ``resp``, and logs them."""
    fill_head(resp, answer)
    log_answer(route, resp.status, apr_table_get(resp.headers, REQUEST_ID))
