"""What became of a request (``aos_status.h``).

Different from the C SDK: ``aos_status_dup`` keeps the request id; an ``<Error>`` body without an XML prolog is read
too, where C reports ``UnknownError``; a body of more than 1 MiB is not looked into.

Python-only: ``aos_status_t.ec``, ``aos_status_t.raise_for_status()`` and the ``aos_error`` it raises.

What a parameter is, unless a function says otherwise:

:param s: status of a call
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aos import aos_define, aos_list
from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.redact import escaped
from aos._c.structs import CStruct, index_of, int_field, message_field
from aos._c.text import decode, text_of
from aos._c.xml import Element, XmlError, parse
from aos.aos_buf import aos_buf_list_len, aos_buf_t
from aos.aos_define import *
from aos.aos_list import *
from aos.aos_log import aos_error_log

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "AOS_BUCKET_NAME_INVALID_ERROR",
        "AOS_CLIENT_ERROR_CODE",
        "AOS_CREATE_QUEUE_ERROR_CODE",
        "AOS_CREATE_SELECT_OBJECT_META_ERROR",
        "AOS_CREATE_THREAD_POOL_ERROR_CODE",
        "AOS_EMPTY_STRING_ERROR",
        "AOS_HTTP_IO_ERROR_CODE",
        "AOS_INCONSISTENT_ERROR_CODE",
        "AOS_OBJECT_NAME_INVALID_ERROR",
        "AOS_OPEN_FILE_ERROR_CODE",
        "AOS_RENAME_FILE_ERROR_CODE",
        "AOS_SELECT_OBJECT_CRC_ERROR",
        "AOS_SELECT_OBJECT_ERROR",
        "AOS_SERVER_ERROR_CODE",
        "AOS_UNKNOWN_ERROR_CODE",
        "AOS_URL_ENCODE_ERROR_CODE",
        "AOS_UTF8_ENCODE_ERROR_CODE",
        "AOS_WRITE_FILE_ERROR_CODE",
        "AOS_XML_PARSE_ERROR_CODE",
        "aos_error",
        "aos_http_is_ok",
        "aos_should_retry",
        "aos_status_create",
        "aos_status_dup",
        "aos_status_is_ok",
        "aos_status_parse_from_body",
        "aos_status_set",
        "aos_status_t",
    ]
    __all__ += aos_define.__all__
    __all__ += aos_list.__all__

AOS_XML_PARSE_ERROR_CODE = "ParseXmlError"
"""``error_code``: an answer is not the XML it should be."""
AOS_OPEN_FILE_ERROR_CODE = "OpenFileFail"
"""``error_code``: a file cannot be opened or used."""
AOS_WRITE_FILE_ERROR_CODE = "WriteFileFail"
"""``error_code``: a file cannot be written."""
AOS_RENAME_FILE_ERROR_CODE = "RenameFileFail"
"""``error_code``: the temporary file cannot be given its final name."""
AOS_HTTP_IO_ERROR_CODE = "HttpIoError"
"""``error_code``: there was no complete answer; ``error_msg`` says why."""
AOS_UNKNOWN_ERROR_CODE = "UnknownError"
"""``error_code``: the service refused without a document that says why, as it does to a HEAD."""
AOS_CLIENT_ERROR_CODE = "ClientError"
"""``error_code``: an argument cannot be used."""
AOS_SERVER_ERROR_CODE = "ServerError"
"""``error_code``: an answer lacks what it must have."""
AOS_UTF8_ENCODE_ERROR_CODE = "Utf8EncodeFail"
"""``error_code``: declared, used by nobody."""
AOS_URL_ENCODE_ERROR_CODE = "UrlEncodeFail"
"""``error_code``: a name is too long to be encoded."""
AOS_INCONSISTENT_ERROR_CODE = "InconsistentError"
"""``error_code``: CRC64 values differ."""
AOS_CREATE_QUEUE_ERROR_CODE = "CreateQueueFail"
"""``error_code``: a queue between threads cannot be made."""
AOS_CREATE_THREAD_POOL_ERROR_CODE = "CreateThreadPoolFail"
"""``error_code``: threads cannot be started."""
AOS_EMPTY_STRING_ERROR = "EmptyStringError"
"""``error_code``: a text must not be empty."""
AOS_SELECT_OBJECT_ERROR = "SelectObjectError"
"""``error_code``: a select failed after it had begun."""
AOS_SELECT_OBJECT_CRC_ERROR = "SelectObjectCRCError"
"""``error_code``: a frame of a select's answer is damaged."""
AOS_CREATE_SELECT_OBJECT_META_ERROR = "CreateSelectObjectMetaError"
"""``error_code``: counting rows and columns failed after it had begun."""
AOS_BUCKET_NAME_INVALID_ERROR = "BucketNameInvalidError"
"""``error_code``: a bucket's name is not valid."""
AOS_OBJECT_NAME_INVALID_ERROR = "ObjectNameInvalidError"
"""``error_code``: an object's name is not valid."""

_RETRYABLE = frozenset({AOSE_CONNECTION_FAILED, AOSE_REQUEST_TIMEOUT, AOSE_FAILED_CONNECT, AOSE_SERVICE_ERROR})
_MAX_ERROR_BODY = 1024 * 1024
_MAX_LOGGED_BODY = 1024
_SAID = (("error_code", "Code"), ("error_msg", "Message"), ("req_id", "RequestId"), ("ec", "EC"))
"""Fields of a status, and the elements of an Error in which their values are."""


class aos_error(Exception):
    """A status that is not OK, raised by ``raise_for_status``; ``status`` is that status."""

    def __init__(self, status: aos_status_t) -> None:
        super().__init__(status)
        self.status = status

    def __str__(self) -> str:
        s = self.status
        text = f"{s.code} {s.error_code or AOS_UNKNOWN_ERROR_CODE}"
        text += f": {s.error_msg}" if s.error_msg else ""
        known = [f"{what} {value}" for what, value in (("request", s.req_id), ("EC", s.ec)) if value]
        return escaped(text + (f" ({', '.join(known)})" if known else ""))


class aos_status_t(CStruct):
    """``aos_status_t``: what became of a request.

    The texts are fit to be printed: a control character in them becomes an escape, as ``\\x1b``, and ``***`` stands for
    the secrets that the thread's last requests carried. Only the message of a service's Error may have several lines.
    """

    code = int_field()
    """the HTTP status of the answer (200 to 299 is success), or a negative AOSE_* value when there was no answer that
    counts
    """
    error_code = message_field()
    """the service's error code, such as NoSuchKey, or the SDK's, such as HttpIoError; NULL on success"""
    error_msg = message_field(lines=True)
    """what went wrong, for people; may be NULL"""
    req_id = message_field()
    """the service's id of the request (x-oss-request-id), to be quoted when asking for help; may be NULL"""
    ec = message_field(python_only=True)
    """the service's number for the cause of its error, such as 0026-00000001; None when it gave none"""

    def raise_for_status(self) -> None:
        """Raises an ``aos_error`` unless the status is OK."""
        if not aos_status_is_ok(self):
            raise aos_error(self)


def aos_status_is_ok(s: aos_status_t) -> int:
    """int aos_status_is_ok(aos_status_t *s)

    Returns 1 for a code from 200 to 299, else 0.
    """
    return aos_http_is_ok(required(s, aos_status_t, "s").code)


def aos_http_is_ok(st: int) -> int:
    """int aos_http_is_ok(int st)

    Returns 1 for an HTTP status from 200 to 299, else 0.

    :param st: the HTTP status
    """
    return int(200 <= index_of(st, "st") <= 299)


def aos_status_set(s: aos_status_t, c: int, ec: str | None, es: str | None) -> None:
    """aos_status_set(s, c, ec, es)

    Sets ``code``, ``error_code`` and ``error_msg``, a message of one line; the request id stays.

    :param c: HTTP status or AOSE_* value
    :param ec: error code, a text or None
    :param es: error message, a text or None
    """
    status = required(s, aos_status_t, "s")
    message = text_of(es, "es")
    status.code, status.error_code, status.error_msg = c, ec, message and escaped(message)


def aos_should_retry(s: aos_status_t | None) -> int:
    """int aos_should_retry(aos_status_t *s)

    Returns 1 when the same request may succeed later: the service's 5xx and failures to connect or to go on; else 0.
    """
    return int(s is not None and (500 <= s.code <= 599 or s.code in _RETRYABLE))


def aos_status_create(p: aos_pool_t | None) -> aos_status_t:
    """aos_status_t *aos_status_create(aos_pool_t *p)

    Returns a new status of code 0.
    """
    return aos_status_t()


def aos_status_dup(p: aos_pool_t | None, src: aos_status_t) -> aos_status_t:
    """aos_status_t *aos_status_dup(aos_pool_t *p, aos_status_t *src)

    Returns a copy of a status, the request id included.

    :param src: the status to copy
    """
    status = aos_status_t()
    status.assign(required(src, aos_status_t, "src"))
    return status


def aos_status_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t | None, code: int, s: aos_status_t | None
) -> aos_status_t:
    """aos_status_t *aos_status_parse_from_body(aos_pool_t *p, aos_list_t *bc, int code, aos_status_t *s)

    Fills ``s`` (a new status when None) from an HTTP status and the answer's body: for one that is not OK the Code,
    Message, RequestId and EC of the body's Error element, or ``UnknownError`` when there is none. Returns the status.

    :param bc: the answer's body, a list of ``aos_buf_t``
    :param code: HTTP status of the answer
    """
    status = aos_status_t() if s is None else s
    status.code = code
    if aos_http_is_ok(code):
        return status
    error = _error_element(aos_list_t() if bc is None else bc)
    if error is None:
        status.error_code = AOS_UNKNOWN_ERROR_CODE
        return status
    for field, name in _SAID:
        found = error.find(name)
        if found is not None and found.text:
            setattr(status, field, found.text)
    return status


def _error_element(bc: aos_list_t) -> Element | None:
    """Returns the Error element of a body, at whatever depth it is."""
    length = aos_buf_list_len(bc)
    if not 0 < length <= _MAX_ERROR_BODY:
        return None
    body = b"".join(bytes(part) for part in aos_list_for_each_entry(aos_buf_t, bc))
    try:
        found = parse(body).find("//Error")
    except XmlError:
        return None
    if found is None:
        aos_error_log("Xml format invalid, root node name is not Error.")
        aos_error_log("Xml Content:%.*s", _MAX_LOGGED_BODY, decode(body))
    return found


check_arguments(
    globals(),
    late=(
        "aos_http_is_ok",
        "aos_status_is_ok",
    ),
)
