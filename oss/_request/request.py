"""Requests: how they are made, signed and sent, and which status they end with.

The public functions belong to ``oss.oss_util``, whose docstring lists what differs from the C SDK.
"""

from __future__ import annotations

import base64
import contextlib
import copy
import re
from collections.abc import Callable, Iterator

from aos import aos_http_io
from aos._c.contract import check_arguments
from aos._c.text import LINE_ENDS, text_of
from aos._c.xml import XmlError, parse
from aos._http.bodies import aos_write_http_body_memory
from aos._http.wrong_port import SPEAKS_TLS, wants_tls
from aos.aos_buf import aos_buf_list_len, aos_buf_pack
from aos.aos_define import (
    AOSE_FAILED_CONNECT,
    AOSE_INTERNAL_ERROR,
    AOSE_NAME_LOOKUP_ERROR,
    AOSE_OK,
    AOSE_SERVICE_ERROR,
    HTTP_DELETE,
    HTTP_GET,
    HTTP_POST,
    HTTP_PUT,
)
from aos.aos_list import aos_list_add_tail, aos_list_init, aos_list_t
from aos.aos_status import (
    AOS_HTTP_IO_ERROR_CODE,
    AOS_UNKNOWN_ERROR_CODE,
    aos_http_is_ok,
    aos_status_create,
    aos_status_parse_from_body,
    aos_status_set,
    aos_status_t,
)
from aos.aos_string import aos_text_t
from aos.aos_transport import (
    aos_http_controller_ex_t,
    aos_http_controller_t,
    aos_http_request_t,
    aos_http_response_t,
)
from aos.apr_tables import aos_table_t
from oss._define.constants import OSS_STS_SECURITY_TOKEN
from oss._define.structs import oss_request_options_t
from oss._request.endpoint import (
    endpoint_problem,
    is_sendable_host,
    oss_get_bucket_uri,
    oss_get_object_uri,
    oss_get_service_uri,
)
from oss._request.errors import invalid_argument, require, returns_status
from oss._request.sign import table_of
from oss._request.signing import sign_request

__all__ = [
    "oss_init_bucket_request",
    "oss_init_live_channel_request",
    "oss_init_object_request",
    "oss_init_request",
    "oss_init_service_request",
    "oss_init_signed_url_request",
    "oss_process_request",
    "oss_process_signed_request",
    "oss_send_request",
]

_REQUEST_ID_HEADERS = ("x-oss-request-id", "x-img-request-id")
_ERROR_HEADER, _EC_HEADER = "x-oss-err", "x-oss-ec"
_OK, _CALLBACK_FAILED, _BAD_REQUEST = 200, 203, 400
_PROLOG = 1024
"""Bytes of a document in which its root begins."""
_NOT_REACHED = (AOSE_NAME_LOOKUP_ERROR, AOSE_FAILED_CONNECT, AOSE_INTERNAL_ERROR)
_NUL = re.compile("\0")


def oss_init_request(
    options: oss_request_options_t,
    method: int,
    req: aos_http_request_t,
    params: aos_table_t | None,
    headers: aos_table_t | None,
    resp: aos_http_response_t,
) -> None:
    """void oss_init_request(const oss_request_options_t *options, http_method_e method, aos_http_request_t **req,
    aos_table_t *params, aos_table_t *headers, aos_http_response_t **resp)

    Makes ``req`` and ``resp`` new: ``req`` has a copy of ``params``, and a copy of ``headers`` to which the STS token,
    if the configuration has one, is added; that of a ``credentials_callback`` is, when the request is signed. It has no
    address yet.

    :param resp: gets the answer
    :param req: gets the request
    """
    _init(options, method, req, params, headers, resp)
    token = options.config.sts_token.data
    if token and options.config.credentials_callback is None:
        req.headers[OSS_STS_SECURITY_TOKEN] = token


def _init(
    options: oss_request_options_t,
    method: int,
    req: aos_http_request_t,
    params: aos_table_t | None,
    headers: aos_table_t | None,
    resp: aos_http_response_t,
) -> None:
    """Makes ``req`` and ``resp`` new, with copies of ``params`` and ``headers`` as they are."""
    req.assign(aos_http_io.aos_http_request_create(options.pool))
    resp.assign(aos_http_io.aos_http_response_create(options.pool))
    req.method = method
    req.headers, req.query_params = table_of(headers).copy(), table_of(params).copy()


def oss_init_service_request(
    options: oss_request_options_t,
    method: int,
    req: aos_http_request_t,
    params: aos_table_t | None,
    headers: aos_table_t | None,
    resp: aos_http_response_t,
) -> None:
    """void oss_init_service_request(const oss_request_options_t *options, http_method_e method, aos_http_request_t
    **req, aos_table_t *params, aos_table_t *headers, aos_http_response_t **resp)

    Makes ``req`` and ``resp`` new for a request about the service itself: with copies of ``params`` and ``headers``,
    the STS token, and the address of the endpoint.

    :param resp: gets the answer
    :param req: gets the request
    """
    oss_init_request(options, method, req, params, headers, resp)
    oss_get_service_uri(options, req)


def oss_init_bucket_request(
    options: oss_request_options_t,
    bucket: aos_text_t,
    method: int,
    req: aos_http_request_t,
    params: aos_table_t | None,
    headers: aos_table_t | None,
    resp: aos_http_response_t,
) -> None:
    """void oss_init_bucket_request(const oss_request_options_t *options, const aos_string_t *bucket, http_method_e
    method, aos_http_request_t **req, aos_table_t *params, aos_table_t *headers, aos_http_response_t **resp)

    Makes ``req`` and ``resp`` new for a request about a bucket: with copies of ``params`` and ``headers``, the STS
    token, and the address of the bucket.

    :param resp: gets the answer
    :param req: gets the request
    """
    oss_init_request(options, method, req, params, headers, resp)
    oss_get_bucket_uri(options, bucket, req)


def oss_init_object_request(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    method: int,
    req: aos_http_request_t,
    params: aos_table_t | None,
    headers: aos_table_t | None,
    cb: Callable[[int, int], object] | None,
    initcrc: int,
    resp: aos_http_response_t,
) -> None:
    """void oss_init_object_request(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, http_method_e method, aos_http_request_t **req, aos_table_t *params, aos_table_t
    *headers, oss_progress_callback cb, uint64_t initcrc, aos_http_response_t **resp)

    Makes ``req`` and ``resp`` new for a request about an object: with copies of ``params`` and ``headers``, the STS
    token, and the address of the object. ``cb(consumed, total)`` reports the bytes that a GET receives or a PUT or POST
    sends; the CRC64 of what is sent starts from ``initcrc``.

    :param resp: gets the answer
    :param req: gets the request
    :param cb: called with the bytes moved and the bytes in all; may be None
    :param initcrc: CRC64 to start from
    """
    oss_init_request(options, method, req, params, headers, resp)
    if method == HTTP_GET:
        resp.progress_callback = cb
    elif method in (HTTP_PUT, HTTP_POST):
        req.progress_callback, req.crc64 = cb, initcrc
    oss_get_object_uri(options, bucket, object, req)


def oss_init_live_channel_request(
    options: oss_request_options_t,
    bucket: aos_text_t,
    live_channel: aos_text_t,
    method: int,
    req: aos_http_request_t,
    params: aos_table_t | None,
    headers: aos_table_t | None,
    resp: aos_http_response_t,
) -> None:
    """void oss_init_live_channel_request(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *live_channel, http_method_e method, aos_http_request_t **req, aos_table_t *params, aos_table_t
    *headers, aos_http_response_t **resp)

    Makes ``req`` and ``resp`` new for a request about a live channel: with copies of ``params`` and ``headers``, the
    STS token, and the address of the channel, which is that of an object.

    :param resp: gets the answer
    :param req: gets the request
    """
    oss_init_request(options, method, req, params, headers, resp)
    oss_get_object_uri(options, bucket, live_channel, req)


def oss_init_signed_url_request(
    options: oss_request_options_t,
    signed_url: aos_text_t,
    method: int,
    req: aos_http_request_t,
    params: aos_table_t | None,
    headers: aos_table_t | None,
    resp: aos_http_response_t,
) -> None:
    """void oss_init_signed_url_request(const oss_request_options_t *options, const aos_string_t *signed_url,
    http_method_e method, aos_http_request_t **req, aos_table_t *params, aos_table_t *headers,
    aos_http_response_t **resp)

    Makes ``req`` and ``resp`` new for a signed URL, which is used as it is: with copies of ``params`` and ``headers``,
    to which nothing is added.

    :param resp: gets the answer
    :param req: gets the request
    """
    _init(options, method, req, params, headers, resp)
    req.signed_url = text_of(signed_url)


@returns_status
def oss_send_request(ctl: aos_http_controller_t, req: aos_http_request_t, resp: aos_http_response_t) -> aos_status_t:
    """aos_status_t *oss_send_request(aos_http_controller_t *ctl, aos_http_request_t *req, aos_http_response_t *resp)

    Sends a request as it is. Returns the HTTP status, with the service's code and message when it is not 2xx; an AOSE_*
    when there was no answer; AOSE_INVALID_ARGUMENT for a text that would end early or split the request.
    """
    _check(req)
    own = copy.copy(ctl)  # other threads may use ctl meanwhile
    try:
        status = outcome(own, resp, aos_http_io.aos_http_send_request(own, req, resp))
    finally:
        report_to(ctl, own)
    if req.method in (HTTP_PUT, HTTP_POST):
        read_late_error(resp, status)
    return status


def report_to(ctl: aos_http_controller_t, own: aos_http_controller_t) -> None:
    """Copies the times, the error code and the reason of a call from its ``own`` controller to the caller's."""
    ctl.start_time, ctl.first_byte_time, ctl.finish_time = own.start_time, own.first_byte_time, own.finish_time
    if isinstance(own, aos_http_controller_ex_t) and isinstance(ctl, aos_http_controller_ex_t):
        ctl.error_code, ctl.reason = own.error_code, own.reason


def outcome(ctl: aos_http_controller_t, resp: aos_http_response_t, code: int) -> aos_status_t:
    """Returns the status of a request that ``aos_http_send_request`` ended with ``code`` and the answer in ``resp``."""
    status = aos_status_create(ctl.pool)
    if code != AOSE_OK:
        aos_status_set(status, code, AOS_HTTP_IO_ERROR_CODE, aos_http_io.aos_http_controller_get_reason(ctl))
    elif aos_http_is_ok(resp.status):
        status.code = resp.status
    else:
        _read_error(resp, status)
        if status.error_msg is None:
            status.error_msg = aos_http_io.aos_http_controller_get_reason(ctl)  # such as: the document was cut short
    status.req_id = _first(resp, *_REQUEST_ID_HEADERS) or status.req_id or ""
    return status


def _first(resp: aos_http_response_t, *names: str) -> str | None:
    """Returns the value of the first of these headers that has one."""
    headers = table_of(resp.headers)
    return next((value for name in names if (value := headers.get(name))), None)


def _read_error(resp: aos_http_response_t, status: aos_status_t) -> None:
    """Fills ``status`` from the service's error document: the body of the answer or, after a HEAD, a header of it."""
    document = resp.body if aos_buf_list_len(resp.body) else _document_in_header(resp)
    aos_status_parse_from_body(resp.pool, document, resp.status, status)
    if document is not resp.body:
        status.error_code = status.error_code or AOS_UNKNOWN_ERROR_CODE
    status.ec = _first(resp, _EC_HEADER) or status.ec
    if status.error_msg is None and status.code == _BAD_REQUEST and wants_tls(b"".join(map(bytes, document))):
        status.error_msg = SPEAKS_TLS


def _document_in_header(resp: aos_http_response_t) -> aos_list_t:
    """Returns the error document that the header ``x-oss-err`` has in base64; empty where there is none."""
    document = aos_list_t()
    aos_list_init(document)
    with contextlib.suppress(ValueError):  # what is no base64 says nothing
        said = base64.b64decode(_first(resp, _ERROR_HEADER) or "", validate=True)
        aos_list_add_tail(aos_buf_pack(resp.pool, said, len(said)).node, document)
    return document


def read_late_error(resp: aos_http_response_t, status: aos_status_t) -> None:
    """Makes the status of a 200 whose document is an ``Error`` that error, AOSE_SERVICE_ERROR: the service begins its
    answer to a request that takes long before it knows how that ends. A 203, of an upload whose callback failed, stays
    one, with the code and the message of the document."""
    if status.code not in (_OK, _CALLBACK_FAILED) or resp.write_body is not aos_write_http_body_memory:
        return
    if not _is_error(b"".join(map(bytes, resp.body))):
        return
    code, request_id = status.code, status.req_id
    aos_status_parse_from_body(resp.pool, resp.body, AOSE_SERVICE_ERROR, status)
    status.req_id, status.ec = request_id or status.req_id, _first(resp, _EC_HEADER) or status.ec
    if code == _CALLBACK_FAILED:
        status.code = code


def _is_error(document: bytes) -> bool:
    """Tells whether the root of a document is ``Error``."""
    if b"<Error" not in document.lstrip()[:_PROLOG]:
        return False
    try:
        return parse(document).name == "Error"
    except XmlError:
        return False


@returns_status
def oss_process_request(
    options: oss_request_options_t, req: aos_http_request_t, resp: aos_http_response_t
) -> aos_status_t:
    """aos_status_t *oss_process_request(const oss_request_options_t *options, aos_http_request_t *req,
    aos_http_response_t *resp)

    Signs a request, checks its host and sends it. Returns the HTTP status, with the service's code and message when it
    is not 2xx; an AOSE_* when there was no answer; AOSE_INVALID_ARGUMENT for what cannot be signed, and for a host
    that cannot be one.
    """
    sign_request(req, require(options.config, "options.config"))
    if not is_sendable_host(req.host):
        why = endpoint_problem(options.config.endpoint.data, req.host) or f"the host would be {req.host!r}"
        raise invalid_argument(f"The endpoint is invalid: {why}")
    status = oss_process_signed_request(options, req, resp)
    if status.code in _NOT_REACHED and (problem := endpoint_problem(options.config.endpoint.data, req.host)):
        status.error_msg = f"{status.error_msg}; the endpoint {problem}"
    return status


@returns_status
def oss_process_signed_request(
    options: oss_request_options_t, req: aos_http_request_t, resp: aos_http_response_t
) -> aos_status_t:
    """aos_status_t *oss_process_signed_request(const oss_request_options_t *options, aos_http_request_t *req,
    aos_http_response_t *resp)

    Sends a request that is signed already, or has a signed URL. Returns the HTTP status, with the service's code and
    message when it is not 2xx; an AOSE_* when there was no answer; AOSE_INVALID_ARGUMENT for a text that would end
    early or split the request.
    """
    return oss_send_request(require(options.ctl, "options.ctl"), req, resp)


def _check(req: aos_http_request_t) -> None:
    """Refuses a text that would end early, or add a line to the request."""
    if not HTTP_GET <= req.method <= HTTP_DELETE:
        raise invalid_argument(f"method is {req.method}, which is no HTTP method.")
    for what, text, forbidden in _texts(req):
        if text and forbidden.search(text):
            raise invalid_argument(f"{what} has a NUL or a line break in it.")


def _texts(req: aos_http_request_t) -> Iterator[tuple[str, str | None, re.Pattern[str]]]:
    """Yields each text of a request: what it is, the text, and what must not be in it.

    In texts that are percent-encoded a line break does no harm.
    """
    yield "The host", req.host, LINE_ENDS
    yield "The scheme", req.proto, LINE_ENDS
    yield "The URL", req.signed_url, LINE_ENDS
    yield "The object key", req.uri, _NUL
    for name, value in table_of(req.query_params).items():
        yield f"The query parameter {name!r}", name, _NUL
        yield f"The query parameter {name!r}", value, _NUL
    for name, value in table_of(req.headers).items():
        yield f"The header {name!r}", name, LINE_ENDS
        yield f"The header {name!r}", value, LINE_ENDS


check_arguments(globals())
