"""Calls: how each function of ``oss_api.h`` checks its arguments, makes a request and reads the answer.

A function's annotations say what it takes: a wrong Python type is a TypeError, and :func:`api` refuses, before anything
is sent, what would crash the C SDK, by a status -994 whose message names the parameter, or by a ValueError where no
status is returned.

``aos_text_t``          a text, given to the function as an ``aos_string_t``; NUL bytes are refused
``aos_text_t | None``   the same, NULL allowed
``int``, ``T``          an int; an object of that class
``T | None``            the same, NULL allowed

Where a status is returned, the names of buckets, objects and live channels must be valid too; they are checked first.
"""

from __future__ import annotations

import base64
import errno
import functools
import operator
import os
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar
from urllib.parse import parse_qsl, urlsplit

from aos._c.contract import blame, check_types, types_of
from aos._c.refs import aos_ref_t
from aos._c.text import text_of
from aos._c.xml import XmlError
from aos._c.xml import parse as parse_xml
from aos.aos_buf import FileError, aos_create_file_buf, aos_file_buf_t
from aos.aos_define import (
    AOS_MAX_QUERY_ARG_LEN,
    AOSE_FILE_WRITE_ERROR,
    AOSE_OK,
    AOSE_OPEN_FILE_ERROR,
    AOSE_READ_BODY_ERROR,
    HTTP_POST,
    HTTP_PUT,
)
from aos.aos_list import aos_list_init, aos_list_t
from aos.aos_status import (
    AOS_HTTP_IO_ERROR_CODE,
    AOS_OPEN_FILE_ERROR_CODE,
    AOS_RENAME_FILE_ERROR_CODE,
    AOS_URL_ENCODE_ERROR_CODE,
    AOS_XML_PARSE_ERROR_CODE,
    aos_status_is_ok,
    aos_status_set,
    aos_status_t,
)
from aos.aos_string import aos_string_t, aos_text_t
from aos.aos_transport import aos_http_request_t, aos_http_response_t
from aos.aos_util import aos_http_method_to_string, aos_md5, aos_url_encode, too_long
from aos.apr_file_io import apr_file_close
from aos.apr_tables import aos_table_t, apr_table_add, apr_table_set
from oss._call.background import Background, in_background
from oss._define.constants import OSS_CALLBACK, OSS_CONTENT_MD5, OSS_COPY_SOURCE, OSS_PROCESS
from oss._define.content_types import set_content_type
from oss._define.structs import oss_request_options_t, oss_upload_file_t
from oss._files.lock import MODE, PartFile, close_locked, is_at, open_locked, remove
from oss._files.places import check_target
from oss._request.errors import StatusError, invalid_argument, require, status_of
from oss._request.request import (
    oss_init_bucket_request,
    oss_init_object_request,
    oss_init_service_request,
    oss_init_signed_url_request,
    oss_process_request,
    oss_process_signed_request,
    read_late_error,
)
from oss._request.retry import Retries, Snapshot, ended_within
from oss._request.sign import table_of
from oss.oss_util import (
    has_crc_in_response,
    has_range_or_process_in_request,
    is_enable_crc,
    oss_check_crc_consistent,
    oss_fill_read_response_body,
    oss_fill_read_response_header,
    oss_get_bucket_name_invalid_error,
    oss_get_object_name_invalid_error,
    oss_get_temporary_file_name,
    oss_init_read_response_body_to_fb,
    oss_is_valid_bucket_name,
    oss_is_valid_object_name,
    oss_temp_file_rename,
    oss_write_request_body_from_buffer,
    read_body_from_file,
    read_body_from_upload_file,
)

P = ParamSpec("P")
R = TypeVar("R")

__all__ = [
    "SERVICE_FUNCTIONS",
    "api",
    "Call",
    "refuse_folder",
    "opened",
    "Progress",
    "valid_name",
]

Progress = Callable[[int, int], object]
Check = Callable[[Any], Any]

SERVICE_FUNCTIONS: set[Callable[..., Any]] = set()
"""The functions that :func:`api` has decorated."""
ONLY_ONCE = frozenset({"callback", OSS_CALLBACK, "x-oss-forbid-overwrite"})
"""Names of the headers and parameters of a PUT that is not idempotent, or has an effect elsewhere."""
BUCKET_NAMES = ("bucket", "dest_bucket")
OBJECT_NAMES = ("object", "sym_object", "dest_object", "live_channel")


def refuse_folder(opened: aos_file_buf_t, path: aos_text_t) -> None:
    """Refuses a folder as a body: it can be opened and has a size, but it cannot be read."""
    if os.path.isdir(opened.file.fd):
        apr_file_close(opened.file)
        message = f"read body failure. {text_of(path)}: {os.strerror(errno.EISDIR)}"
        status = status_of(AOSE_READ_BODY_ERROR, AOS_HTTP_IO_ERROR_CODE, message)
        status.req_id = ""  # as after a request that was begun
        raise StatusError(status)


def opened(opening: Callable[[], None]) -> None:
    """Calls what opens a file; StatusError ``OpenFileFail`` where that fails."""
    try:
        opening()
    except FileError as problem:
        raise StatusError.of(problem.code, AOS_OPEN_FILE_ERROR_CODE, str(problem)) from problem


def api(function: Callable[P, R]) -> Callable[P, R]:
    """Decorates a function of the service, so that its arguments are checked by its annotations.

    A StatusError, of these checks or of the function, becomes the status that is returned, or a ValueError where the
    function returns none.
    """

    @functools.wraps(function)
    def checking(*args: P.args, **kwds: P.kwargs) -> R:
        check_types(function, function.__name__, *map(type, args), **types_of(kwds))
        names, checks, gives_status = _contract(function)
        values: Any = [*args]
        if kwds or len(args) != len(names):
            rest = names[len(args) :]
            if len(args) + len(kwds) != len(names) or {*kwds} != {*rest}:
                return function(*args, **kwds)  # a TypeError that says what is missing or too much
            values += [kwds[name] for name in rest]
        del args, kwds  # a signed URL in them may be a plain text, which a traceback with variables would show
        try:
            for index, check in checks:
                values[index] = check(values[index])
            return function(*values)  # type: ignore[call-arg]
        except StatusError as why:
            if gives_status:
                return why.status  # type: ignore[return-value]
            raise ValueError(str(why)) from None
        except Exception as problem:
            blame(function, function.__name__, problem, values, {})
            raise

    SERVICE_FUNCTIONS.add(checking)
    return checking


@functools.cache
def _contract(function: Callable[..., Any]) -> tuple[tuple[str, ...], list[tuple[int, Check]], bool]:
    """Returns the parameters' names, the checks of their values in order, and whether a status is returned."""
    code, annotations = function.__code__, function.__annotations__
    names = code.co_varnames[: code.co_argcount]
    gives_status = annotations["return"] == "aos_status_t"
    checks = [
        (index, check)
        for index, name in sorted(enumerate(names), key=lambda item: not _is_name(item[1]))
        if (check := _check_of(name, annotations[name], gives_status)) is not None
    ]
    return names, checks, gives_status


def _check_of(name: str, annotation: str, names_valid: bool) -> Check | None:
    """Returns the check of a value that has the right type already; None where any will do."""
    kind = annotation.removesuffix(" | None")
    optional = kind != annotation
    if kind == "int":
        return operator.index
    if kind == "aos_text_t":
        check: Check = functools.partial(valid_name if names_valid and _is_name(name) else _text, name)
        return (lambda value: None if value is None else check(value)) if optional else check
    if kind == "oss_request_options_t":
        return _options
    return None if optional else functools.partial(require, what=name)


def _is_name(name: str) -> bool:
    """Tells whether a parameter is the name of a bucket or of an object."""
    return name in BUCKET_NAMES or name in OBJECT_NAMES


def valid_name(name: str, value: Any) -> aos_string_t:
    """Returns a name of a bucket or an object as an ``aos_string_t``; StatusError for one that is not valid.

    ``name`` is that of the parameter or field, which says what ``value`` names.
    """
    text = _string(name, value)
    if name in BUCKET_NAMES:
        if not oss_is_valid_bucket_name(text):
            raise StatusError(oss_get_bucket_name_invalid_error())
    elif not oss_is_valid_object_name(text):
        raise StatusError(oss_get_object_name_invalid_error())
    return _text(name, text)


def _string(name: str, value: Any) -> aos_string_t:
    try:
        return value if isinstance(value, aos_string_t) else aos_string_t(text_of(value, name))
    except ValueError as problem:
        raise invalid_argument(str(problem)) from None


def _text(name: str, value: Any) -> aos_string_t:
    text = _string(name, require(value, name))
    if "\0" in (text.data or ""):
        raise invalid_argument(f"{name} has a NUL in it")
    return text


def _options(value: Any) -> oss_request_options_t:
    options: oss_request_options_t = require(value, "options")
    require(options.config, "options.config")
    require(options.ctl, "options.ctl")
    return options


def _misread(body: aos_list_t) -> str:
    """Says why an answer's document cannot be parsed."""
    document, why = b"".join(map(bytes, body)), "it cannot be read"
    try:
        parse_xml(document)
    except XmlError as problem:
        why = str(problem)
    return f"the answer's document of {len(document)} bytes is no XML: {why}"


class Call:
    """One request of an API function, from its making to its status.

    Made by :meth:`service`, :meth:`bucket`, :meth:`object` or :meth:`signed`, completed by :meth:`query`,
    :meth:`header` and a body, sent by the methods that return a status.
    """

    __slots__ = ("_repeatable", "options", "req", "resp")

    def __init__(self, options: oss_request_options_t) -> None:
        self.options, self._repeatable = options, False
        self.req, self.resp = aos_http_request_t(), aos_http_response_t()

    # ---- what it is about ----

    @classmethod
    def service(cls, options: oss_request_options_t, method: int) -> Call:
        """Makes a request about the account."""
        call = cls(options)
        oss_init_service_request(options, method, call.req, None, None, call.resp)
        return call

    @classmethod
    def bucket(cls, options: oss_request_options_t, method: int, bucket: aos_text_t, *keys: str) -> Call:
        """Makes a request about a bucket; ``keys`` are query parameters without a value."""
        call = cls(options)
        oss_init_bucket_request(options, bucket, method, call.req, None, None, call.resp)
        return call.query(*((key, "") for key in keys))

    @classmethod
    def object(
        cls,
        options: oss_request_options_t,
        method: int,
        bucket: aos_text_t,
        object: aos_text_t,
        headers: aos_table_t | None = None,
        params: aos_table_t | None = None,
        progress_callback: Progress | None = None,
        init_crc: int = 0,
    ) -> Call:
        """Makes a request about an object (or a live channel, which is addressed like one)."""
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
    ) -> Call:
        """Makes a request to a URL that carries its signature."""
        call = cls(options)
        oss_init_signed_url_request(options, signed_url, method, call.req, params, headers, call.resp)
        return call

    # ---- what it carries ----

    def query(self, *params: tuple[str, aos_text_t | int]) -> Call:
        """Adds query parameters."""
        for name, value in params:
            apr_table_add(self.req.query_params, name, str(value) if isinstance(value, int) else text_of(value) or "")
        return self

    def header(self, name: str, value: aos_text_t | None) -> Call:
        """Sets a header, unless its value is NULL."""
        text = text_of(value)
        if text is not None:
            apr_table_set(self.req.headers, name, text)
        return self

    def typed(self, object: aos_text_t | None, filename: aos_text_t | None = None) -> Call:
        """Adds the content type of a name, unless the caller gave one."""
        set_content_type(text_of(filename), text_of(object), self.req.headers)
        return self

    def buffer(self, buffer: aos_list_t) -> Call:
        """Takes the buffers of a list as the body; the list is empty afterwards."""
        oss_write_request_body_from_buffer(buffer, self.req)
        return self

    def document(self, build: Callable[..., None], *args: Any) -> Call:
        """Takes the document that ``build`` appends to a list as the body."""
        body = aos_list_t()
        aos_list_init(body)
        try:
            build(self.options.pool, *args, body)
        except XmlError as problem:
            raise invalid_argument(str(problem)) from None
        return self.buffer(body)

    def checksum(self) -> Call:
        """Adds the MD5 of the body, which is in memory."""
        body = b"".join(bytes(buffer) for buffer in self.req.body)
        return self.header(OSS_CONTENT_MD5, base64.b64encode(aos_md5(self.options.pool, body, len(body))).decode())

    def copied_from(self, bucket: aos_text_t, object: aos_text_t) -> Call:
        """Has the service take the content from another object."""
        room, name = bytearray(AOS_MAX_QUERY_ARG_LEN * 3 + 1), text_of(object) or ""
        code = aos_url_encode(room, name, AOS_MAX_QUERY_ARG_LEN)
        if code != AOSE_OK:
            message = f"the key of the source is too long: {too_long(name, AOS_MAX_QUERY_ARG_LEN)}"
            raise StatusError.of(code, AOS_URL_ENCODE_ERROR_CODE, message)
        return self.header(OSS_COPY_SOURCE, f"/{text_of(bucket) or ''}/{text_of(room)}")

    def repeatable(self) -> Call:
        """Lets a POST be tried again, which does no harm or is told apart by the caller."""
        self._repeatable = True
        return self

    def file(self, filename: aos_text_t) -> Call:
        """Takes a file as the body."""
        return self._readable(lambda: read_body_from_file(self.options.pool, filename, self.req))

    def file_range(self, upload_file: oss_upload_file_t) -> Call:
        """Takes a piece of a file as the body."""
        if upload_file.file_last < upload_file.file_pos:
            raise invalid_argument("upload_file.file_last is less than upload_file.file_pos")
        return self._readable(lambda: read_body_from_upload_file(self.options.pool, upload_file, self.req))

    def _readable(self, opening: Callable[[], None]) -> Call:
        """Calls what opens the body's file; StatusError for one that cannot be opened or read."""
        opened(opening)
        refuse_folder(self.req.file_buf, self.req.file_path)
        return self

    # ---- what comes of it ----

    def send(self, resp_headers: aos_table_t | None = None) -> aos_status_t:
        """Sends the request, signed here unless its URL is, and fills ``resp_headers`` with the answer's headers.

        With ``options.retry_times`` it is tried again, where that does no harm.
        """
        config = self.options.config if self.req.signed_url is None else None
        times = self.options.retry_times
        times = times if times > 0 and self._may_be_repeated() else 0
        try:
            if times or (config is not None and config.adjust_clock):
                status = self._send_repeatedly(Retries(config, times, self._name(), self._wait))
            else:
                status = self._send_once()
        finally:
            for side in (self.req, self.resp):
                if side.file_buf is not None and side.file_buf.owner:  # not reached: the transport, which closes it
                    apr_file_close(side.file_buf.file)
        oss_fill_read_response_header(self.resp, resp_headers)
        return status

    def _send_once(self) -> aos_status_t:
        process = oss_process_request if self.req.signed_url is None else oss_process_signed_request
        return process(self.options, self.req, self.resp)

    def _send_repeatedly(self, retries: Retries) -> aos_status_t:
        """Sends the request until that succeeds, or must or can not be tried again; returns the last status."""
        before = Snapshot(self.req, self.resp)
        try:
            status = self._send_once()
            while before.can_restore() and retries.again(status, self.resp.headers):
                before.restore()
                status = self._send_once()
            return status
        finally:
            before.close()

    def _may_be_repeated(self) -> bool:
        """Tells whether the request may be tried again: ``oss._request.retry`` says why."""
        req = self.req
        if self._repeatable or req.method != HTTP_PUT:
            return self._repeatable or req.method != HTTP_POST
        query = parse_qsl(urlsplit(req.signed_url or "").query, keep_blank_values=True)
        names = {name.lower() for name in (*table_of(req.headers), *table_of(req.query_params), *dict(query))}
        return not names & ONLY_ONCE

    def _name(self) -> str:
        """Returns what the log calls the request."""
        target = self.req.resource if self.req.signed_url is None else self.req.signed_url.partition("?")[0]
        return f"{aos_http_method_to_string(self.req.method)} {target or ''}"

    def _wait(self, seconds: float) -> bool:
        return ended_within(self.options, seconds)

    def parse(self, resp_headers: aos_table_t | None, parse: Callable[..., int], *results: Any) -> aos_status_t:
        """Sends the request and reads the answer's document; AOSE_XML_PARSE_ERROR in place of 2xx where it is none."""
        status = self.send(resp_headers)
        read_late_error(self.resp, status)
        if aos_status_is_ok(status):
            code = parse(self.options.pool, self.resp.body, *results)
            if code != AOSE_OK:
                aos_status_set(status, code, AOS_XML_PARSE_ERROR_CODE, _misread(self.resp.body))
        return status

    def parse_page(
        self, resp_headers: aos_table_t | None, parse: Callable[..., int], params: Any, *results: Any
    ) -> aos_status_t:
        """Sends the request and reads a page of a listing; ``params.truncated`` becomes whether there are more."""
        truncated = aos_ref_t(params.truncated)
        status = self.parse(resp_headers, parse, *results, truncated)
        params.truncated = truncated.value
        return status

    def upload(self, resp_headers: aos_table_t | None, resp_body: aos_list_t | None = None) -> aos_status_t:
        """Sends the request, then compares the body's CRC64 with the service's."""
        status = self.send(resp_headers)
        oss_fill_read_response_body(self.resp, resp_body)
        self._check_crc(status, self.req.crc64)
        return status

    def download(self, resp_headers: aos_table_t | None) -> aos_status_t:
        """Sends the request, then compares the CRC64 of the answer with the service's, if it is the whole object."""
        status = self.send(resp_headers)
        query = urlsplit(self.req.signed_url or "").query
        processed = OSS_PROCESS in (name for name, _ in parse_qsl(query, keep_blank_values=True))
        if not processed and not has_range_or_process_in_request(self.req):
            self._check_crc(status, self.resp.crc64)
        return status

    def to_buffer(self, buffer: aos_list_t | None, resp_headers: aos_table_t | None) -> aos_status_t:
        """Downloads to a list, which gets an error's document too."""
        status = self.download(resp_headers)
        oss_fill_read_response_body(self.resp, buffer)
        return status

    def to_file(self, filename: aos_text_t, fetch: Callable[[], aos_status_t]) -> aos_status_t:
        """Downloads to a file, which gets its name, in place of another, once the answer is complete.

        ``fetch`` sends this request and returns the status.
        """
        target = require(text_of(filename), "filename")
        check_target(target)

        def work(background: Background[aos_status_t], options: oss_request_options_t) -> aos_status_t:
            self.options = options
            self.resp.progress_callback = background.caller(self.resp.progress_callback)
            return self._to_file(target, fetch, background)

        return in_background(self.options, work)

    def _to_file(
        self, target: str, fetch: Callable[[], aos_status_t], background: Background[aos_status_t]
    ) -> aos_status_t:
        name, pool = aos_string_t(), self.options.pool
        oss_get_temporary_file_name(pool, target, name)
        temporary = str(name)
        try:
            file = open_locked(temporary, MODE)
        except OSError as error:
            raise StatusError.of(
                AOSE_OPEN_FILE_ERROR, AOS_OPEN_FILE_ERROR_CODE, f"cannot open {temporary}: {error.strerror}"
            ) from error
        done = False
        try:
            os.ftruncate(file.fd, 0)
            body = aos_create_file_buf(pool)
            body.file = file
            oss_init_read_response_body_to_fb(body, temporary, self.resp)
            status = fetch()
            if aos_status_is_ok(status):
                background.check()  # the caller may have gone, while the disk held this up
                self._rename(file, temporary, target, status)
                done = True  # a file that cannot be renamed stays too
        finally:
            if not done:
                remove(file.fd, temporary)
            close_locked(file)
        return status

    def _rename(self, file: PartFile, temporary: str, target: str, status: aos_status_t) -> None:
        """Gives the temporary file its name; ``status`` becomes an error where that fails."""
        code = (
            oss_temp_file_rename(status, temporary, target, self.options.pool)
            if is_at(file.fd, temporary)
            else errno.ESTALE
        )
        if code != AOSE_OK:
            why = f"{temporary} cannot be renamed to {target}: {os.strerror(code)}"
            aos_status_set(status, AOSE_FILE_WRITE_ERROR, AOS_RENAME_FILE_ERROR_CODE, why)

    def _check_crc(self, status: aos_status_t, crc64: int) -> None:
        """Compares a CRC64 with the service's, if it sent one; ``status`` becomes an error where they differ."""
        if aos_status_is_ok(status) and is_enable_crc(self.options) and has_crc_in_response(self.resp):
            oss_check_crc_consistent(crc64, self.resp.headers, status)
