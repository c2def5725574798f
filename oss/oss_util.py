"""Parts of every call (``oss_util.h``).

Endpoints, names, constructors, content types, requests and the status of their answers, bodies, checksums.

Different from the C SDK:

* The scheme of an endpoint is found whatever its case, and only whole; user information before ``@`` is dropped; an
  IPv6 address in brackets is addressed like an IPv4 one; RTMP URLs take their host from any endpoint.
* A request has copies of the caller's header and parameter tables; what is added to them stands in
  ``req.headers``/``req.query_params``. An empty STS token is no token.
* An error answer without a body, as a HEAD's, is read from its header ``x-oss-err``; the service's EC is kept too. A
  200 to a PUT or POST whose document is an ``Error`` is that error, AOSE_SERVICE_ERROR; a 203 has the words of its own.
* A NUL, or a line break where it would split the request, is refused before anything is sent, with a message.
* ``oss_config_resolve`` gives the controller options of its own instead of writing into the process-wide defaults.
* A status that says a name is invalid is a new object each time. Tables given for response headers are filled.
* ``is_oss_domain``, which the C SDK declares without having it, exists.
* Of ``oss_resumable.h`` only the types come along.

What a parameter is, unless a function says otherwise:

:param resp: answer: status, headers and body
:param req: request: method, host, headers, query and body
:param s: status of the call
:param ctl: controller: how requests are made, and how the last one went
:param str: text that is checked
:param method: HTTP_GET, HTTP_PUT and so on
"""

from __future__ import annotations

import copy
import os
from typing import TYPE_CHECKING

from aos import aos_status, aos_transport
from aos import aos_string as _aos_string
from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.refs import aos_ref_t
from aos._c.text import path_bytes, text_of
from aos.aos_buf import *
from aos.aos_buf import code_of, open_to_read
from aos.aos_define import *
from aos.aos_http_io import aos_read_http_body_file, aos_write_http_body_file
from aos.aos_list import *
from aos.aos_log import aos_error_log, aos_warn_log
from aos.aos_status import *
from aos.aos_string import *
from aos.aos_transport import *
from aos.aos_util import aos_atoui64
from oss import oss_define
from oss._define import checkpoint, content_types, create, names
from oss._define.checkpoint import *
from oss._define.content_types import *
from oss._define.create import *
from oss._define.names import *
from oss._request import endpoint, request, select_frames
from oss._request.endpoint import *
from oss._request.errors import status_of
from oss._request.request import *
from oss._request.select_frames import *
from oss.oss_define import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "aos_table_create_if_null",
        "has_crc_in_response",
        "has_range_or_process_in_request",
        "is_enable_crc",
        "is_verify_object_strict",
        "oss_check_crc_consistent",
        "oss_config_resolve",
        "oss_fill_read_response_body",
        "oss_fill_read_response_header",
        "oss_get_bucket_name_invalid_error",
        "oss_get_object_name_invalid_error",
        "oss_get_part_size",
        "oss_get_temporary_file_name",
        "oss_headers_add_range",
        "oss_init_read_response_body_to_fb",
        "oss_init_read_response_body_to_file",
        "oss_is_valid_bucket_name",
        "oss_is_valid_object_name",
        "oss_is_valid_object_name_ex",
        "oss_request_options_create",
        "oss_temp_file_rename",
        "oss_write_request_body_from_buffer",
        "oss_write_request_body_from_file",
        "oss_write_request_body_from_upload_file",
        "part_sort_cmp",
    ]
    __all__ += endpoint.__all__
    __all__ += create.__all__
    __all__ += content_types.__all__
    __all__ += names.__all__
    __all__ += request.__all__
    __all__ += select_frames.__all__
    __all__ += checkpoint.__all__
    __all__ += _aos_string.__all__
    __all__ += aos_transport.__all__
    __all__ += aos_status.__all__
    __all__ += oss_define.__all__
    __all__ = list(dict.fromkeys(__all__))

_BUCKET_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


def oss_is_valid_bucket_name(str: aos_text_t) -> int:
    """int oss_is_valid_bucket_name(const aos_string_t *str)

    Returns 1 for 3 to 63 lower-case letters, digits and ``-``, without ``-`` at either end; otherwise 0.
    """
    name = text_of(str) or ""
    return int(3 <= len(name) <= 63 and "-" not in (name[0], name[-1]) and _BUCKET_CHARACTERS.issuperset(name))


def oss_is_valid_object_name(str: aos_text_t) -> int:
    """int oss_is_valid_object_name(const aos_string_t *str)

    Returns 1 for a name that is not empty, otherwise 0.
    """
    return 1 - aos_string_is_empty(str)


def oss_is_valid_object_name_ex(str: aos_text_t, strict: int) -> int:
    """int oss_is_valid_object_name_ex(const aos_string_t *str, int strict)

    Returns 1 for a name that is not empty and, when ``strict``, does not begin with ``?``; otherwise 0.

    :param strict: 1 to refuse a name that begins with ``?``
    """
    return int(oss_is_valid_object_name(str) and not (strict and (text_of(str) or "").startswith("?")))


def oss_get_bucket_name_invalid_error() -> aos_status_t:
    """aos_status_t *oss_get_bucket_name_invalid_error(void)

    Returns a new status for a bucket name that is not valid: AOSE_INVALID_ARGUMENT, ``BucketNameInvalidError``.
    """
    return status_of(AOSE_INVALID_ARGUMENT, AOS_BUCKET_NAME_INVALID_ERROR, "The bucket name is invalid, please check.")


def oss_get_object_name_invalid_error() -> aos_status_t:
    """aos_status_t *oss_get_object_name_invalid_error(void)

    Returns a new status for an object name that is not valid: AOSE_INVALID_ARGUMENT, ``ObjectNameInvalidError``.
    """
    return status_of(AOSE_INVALID_ARGUMENT, AOS_OBJECT_NAME_INVALID_ERROR, "The object name is invalid, please check.")


def is_verify_object_strict(options: oss_request_options_t) -> int:
    """int is_verify_object_strict(const oss_request_options_t *options)

    Returns 1 if no URL is signed for an object name that begins with ``?``, else 0; with V4 signatures one always is.
    """
    return 0 if options.config.signature_version == 4 else options.ctl.options.verify_object_strict


def is_enable_crc(options: oss_request_options_t) -> int:
    """int is_enable_crc(const oss_request_options_t *options)

    Returns 1 if the CRC64 of what is transferred is compared with the service's, else 0.
    """
    return options.ctl.options.enable_crc


def oss_config_resolve(pool: aos_pool_t | None, config: oss_config_t, ctl: aos_http_controller_t) -> None:
    """void oss_config_resolve(aos_pool_t *pool, oss_config_t *config, aos_http_controller_t *ctl)

    Copies the proxy of ``config``, if it has one, to the options of ``ctl``, which become a copy of what they were.

    :param config: who signs, and where the service is
    """
    if not config.proxy_host.data:
        return
    ctl.options = copy.copy(ctl.options)
    port = f":{config.proxy_port}" if config.proxy_port else ""
    ctl.options.proxy_host = f"{config.proxy_host}{port}"
    if config.proxy_user.data and config.proxy_passwd.data:
        ctl.options.proxy_auth = f"{config.proxy_user}:{config.proxy_passwd}"


def oss_request_options_create(p: aos_pool_t | None) -> oss_request_options_t:
    """oss_request_options_t *oss_request_options_create(aos_pool_t *p)

    Returns options with a pool (a new one for NULL), still without configuration and controller.
    """
    options = oss_request_options_t()
    if p is None:
        p = aos_pool_t()
        aos_pool_create(p, None)
    options.pool = p
    return options


def aos_table_create_if_null(options: oss_request_options_t, table: aos_table_t | None, table_size: int) -> aos_table_t:
    """aos_table_t *aos_table_create_if_null(const oss_request_options_t *options, aos_table_t *table, int table_size)

    Returns the given table, or a new one for NULL.

    :param table: the table, or None
    :param table_size: how many entries to make room for
    """
    return aos_table_make(options.pool, table_size) if table is None else table


def oss_write_request_body_from_buffer(buffer: aos_list_t, req: aos_http_request_t) -> None:
    """void oss_write_request_body_from_buffer(aos_list_t *buffer, aos_http_request_t *req)

    Moves the buffers of a list to the body of a request; the list is empty afterwards.
    """
    aos_list_movelist(buffer, req.body)
    req.body_len = aos_buf_list_len(req.body)


def oss_write_request_body_from_file(p: aos_pool_t | None, filename: aos_text_t, req: aos_http_request_t) -> int:
    """int oss_write_request_body_from_file(aos_pool_t *p, const aos_string_t *filename, aos_http_request_t *req)

    Opens a file as the body of a request. Returns AOSE_OK; AOSE_OPEN_FILE_ERROR or AOSE_FILE_INFO_ERROR when that
    fails.
    """
    return code_of(lambda: read_body_from_file(p, filename, req))


def oss_write_request_body_from_upload_file(
    p: aos_pool_t | None, upload_file: oss_upload_file_t, req: aos_http_request_t
) -> int:
    """int oss_write_request_body_from_upload_file(aos_pool_t *p, oss_upload_file_t *upload_file, aos_http_request_t
    *req)

    Opens the piece of a file from ``file_pos`` up to, but not including, ``file_last`` as the body of a request.
    Returns AOSE_OK; AOSE_OPEN_FILE_ERROR, AOSE_FILE_INFO_ERROR or AOSE_FILE_SEEK_ERROR when that fails.
    """
    return code_of(lambda: read_body_from_upload_file(p, upload_file, req))


def read_body_from_file(p: aos_pool_t | None, filename: aos_text_t, req: aos_http_request_t) -> None:
    """Opens a file as the body of a request; FileError where that fails."""
    body = aos_create_file_buf(p)
    open_to_read(p, text_of(filename), body)
    _read_from(body, filename, req)


def read_body_from_upload_file(p: aos_pool_t | None, upload_file: oss_upload_file_t, req: aos_http_request_t) -> None:
    """Opens a piece of a file as the body of a request; FileError where that fails."""
    name, body = upload_file.filename, aos_create_file_buf(p)
    open_to_read(p, name.data, body, (upload_file.file_pos, upload_file.file_last))
    _read_from(body, name, req)


def _read_from(body: aos_file_buf_t, filename: aos_text_t, req: aos_http_request_t) -> None:
    """Makes an open file the body of a request."""
    req.body_len, req.file_path, req.file_buf = body.file_last - body.file_pos, text_of(filename), body
    req.type, req.read_body = BODY_IN_FILE, aos_read_http_body_file


def oss_fill_read_response_body(resp: aos_http_response_t, buffer: aos_list_t | None) -> None:
    """void oss_fill_read_response_body(aos_http_response_t *resp, aos_list_t *buffer)

    Moves the answer's body to a list, in place of what it held.
    """
    if buffer is not None:
        aos_list_movelist(resp.body, buffer)


def oss_init_read_response_body_to_file(p: aos_pool_t | None, filename: aos_text_t, resp: aos_http_response_t) -> int:
    """int oss_init_read_response_body_to_file(aos_pool_t *p, const aos_string_t *filename, aos_http_response_t *resp)

    Creates or empties a file, to which the answer's body goes. Returns AOSE_OK; AOSE_OPEN_FILE_ERROR when that fails.
    """
    body = aos_create_file_buf(p)
    res = aos_open_file_for_write(p, text_of(filename), body)
    if res != AOSE_OK:
        return res
    return oss_init_read_response_body_to_fb(body, filename, resp)


def oss_init_read_response_body_to_fb(fb: aos_file_buf_t, filename: aos_text_t, resp: aos_http_response_t) -> int:
    """int oss_init_read_response_body_to_fb(aos_file_buf_t *fb, const aos_string_t *filename, aos_http_response_t
    *resp)

    Lets the answer's body go to an open file. Returns AOSE_OK.

    :param fb: the file buffer
    """
    resp.file_path, resp.file_buf = text_of(filename), fb
    resp.write_body, resp.type = aos_write_http_body_file, BODY_IN_FILE
    return AOSE_OK


def oss_fill_read_response_header(resp: aos_http_response_t | None, headers: aos_table_t | None) -> None:
    """void oss_fill_read_response_header(aos_http_response_t *resp, aos_table_t **headers)

    Fills ``headers``, unless it is NULL, with the answer's headers, in place of what it held.
    """
    if headers is not None and resp is not None and headers is not resp.headers:
        headers.clear()
        for name, value in resp.headers.items() if resp.headers is not None else ():
            headers.add(name, value)


def oss_get_part_size(filesize: int, part_size: aos_ref_t[int]) -> None:
    """void oss_get_part_size(int64_t filesize, int64_t *part_size)

    Makes the part size, in bytes, so large that ``filesize`` bytes are at most 10000 parts.

    :param filesize: size of the file in bytes
    :param part_size: bytes in a part; raised when there would be too many parts
    """
    if filesize > part_size.value * OSS_MAX_PART_NUM:
        part_size.value = filesize // OSS_MAX_PART_NUM + 1
        aos_warn_log("more than %d parts: the part size becomes %lld", OSS_MAX_PART_NUM, part_size.value)


def part_sort_cmp(a: oss_upload_part_t, b: oss_upload_part_t) -> int:
    """int part_sort_cmp(const void *a, const void *b)

    Returns 1 when ``a`` has the greater part number, otherwise -1.

    :param a: part that is compared
    :param b: part that it is compared with
    """
    return 1 if a.part_num > b.part_num else -1


def oss_headers_add_range(pool: aos_pool_t | None, headers: aos_table_t, offset: int, size: int) -> None:
    """void oss_headers_add_range(apr_pool_t *pool, apr_table_t *headers, int64_t offset, int64_t size)

    Sets the header Range: ``size`` bytes from ``offset`` on.

    :param headers: table that gets the Range
    :param offset: offset of the first byte, in bytes
    :param size: how many bytes
    """
    headers["Range"] = f"bytes={offset}-{offset + size - 1}"


def has_crc_in_response(resp: aos_http_response_t) -> int:
    """int has_crc_in_response(const aos_http_response_t *resp)

    Returns 1 if the service sent a CRC64, else 0.
    """
    return int(OSS_HASH_CRC64_ECMA in resp.headers)


def has_range_or_process_in_request(req: aos_http_request_t) -> int:
    """int has_range_or_process_in_request(const aos_http_request_t *req)

    Returns 1 if the answer is not the whole object as it is stored, so that its CRC64 is not the object's; else 0.
    """
    return int("Range" in req.headers or OSS_PROCESS in req.query_params)


def oss_check_crc_consistent(crc: int, resp_headers: aos_table_t, s: aos_status_t) -> int:
    """int oss_check_crc_consistent(uint64_t crc, const apr_table_t *resp_headers, aos_status_t *s)

    Compares ``crc`` with the service's CRC64, if it sent one. Returns AOSE_OK; AOSE_CRC_INCONSISTENT_ERROR, also in
    ``s``, where they differ.

    :param crc: value to continue; 0 at the beginning
    """
    theirs = resp_headers.get(OSS_HASH_CRC64_ECMA)
    if theirs is None or crc == aos_atoui64(theirs):
        return AOSE_OK
    message = f"the CRC64 of the bytes here is {crc}, that of the service's is {theirs}"
    aos_status_set(s, AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message)
    return AOSE_CRC_INCONSISTENT_ERROR


def oss_get_temporary_file_name(p: aos_pool_t | None, filename: aos_text_t, temp_file_name: aos_string_t) -> int:
    """int oss_get_temporary_file_name(aos_pool_t *p, const aos_string_t *filename, aos_string_t *temp_file_name)

    Sets ``temp_file_name`` to the name that a file has while it is written: with ``.tmp`` behind it. Returns its length
    in bytes, the NUL included; AOSE_INVALID_ARGUMENT for a NULL ``filename``.

    :param temp_file_name: gets the path of the temporary file
    """
    name = text_of(filename, "filename")
    if name is None:
        aos_error_log("oss_get_temporary_file_name: filename is NULL")
        return AOSE_INVALID_ARGUMENT
    temp_file_name.data = name + AOS_TEMP_FILE_SUFFIX
    return temp_file_name.len + 1


def oss_temp_file_rename(
    s: aos_status_t | None, from_path: str | None, to_path: str | None, pool: aos_pool_t | None
) -> int:
    """int oss_temp_file_rename(aos_status_t *s, const char *from_path, const char *to_path, apr_pool_t *pool)

    Renames a finished file when ``s`` is OK, and removes it otherwise. Returns 0, an errno, or -1 for a NULL status.

    :param from_path: path of the temporary file
    :param to_path: path that the file shall have
    """
    if s is None:
        return -1
    source = path_bytes(required(text_of(from_path, "from_path"), str, "from_path"))
    try:
        if aos_status_is_ok(s):
            os.replace(source, path_bytes(required(text_of(to_path, "to_path"), str, "to_path")))
        else:
            os.unlink(source)
    except OSError as error:
        return error.errno or -1
    return 0


check_arguments(globals())
