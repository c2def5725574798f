"""Signatures of requests, signed URLs and RTMP URLs (``oss_auth.h``).

``signature_version`` 4 of the configuration selects V4, anything else V1. The clock is ``apr_time.apr_time_now``.
Signing replaces ``req.headers`` and ``req.query_params`` by signed copies; the caller's tables stay as they were.

Different from the C SDK, where the service would refuse what it signs:

* names of ``x-oss-`` headers are signed in lower case, in byte order and without a length limit; a header without a
  value is not signed, because it is not sent;
* V1 knows all sub-resources of the service (``versionId``, ``policy``, ``x-oss-traffic-limit`` ...), by exact name;
* V1 URLs sign the expiry even with an ``x-oss-date`` header, and the whole resource;
* V4 signs parameters whose names differ only in case, Content-Type and Content-MD5 but no header that merely starts
  so, and any length; it needs a region (or ``cloudbox_id``) and a readable ``x-oss-date``;
* keys longer than 64 bytes are hashed as HMAC says; a missing access key is AOSE_INVALID_ARGUMENT, an empty STS token
  is no token; the length limits for parameters do not hold for tokens;
* what is signed is not logged.

What a parameter is, unless a function says otherwise:

:param req: request: method, host, headers, query and body
:param expires: end of the validity, seconds since the epoch, as a decimal text
:param signature: gets the signature
:param canon_res: the resource that is signed: ``/bucket/object``
:param signstr: text that is signed
:param access_key_id: id of the key
:param access_key_secret: secret key, which signs and is never sent
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aos import aos_http_io, aos_util
from aos import aos_string as _aos_string
from aos._c.contract import check_arguments
from aos._c.redact import SecretBytes
from aos._c.text import LINE_ENDS, encode, text_of
from aos.aos_http_io import *
from aos.aos_string import *
from aos.aos_util import *
from aos.aos_util import too_long
from oss import oss_define
from oss._request import sign, sign_v1, sign_v4
from oss._request.credentials import credentials_of
from oss._request.errors import invalid_argument, require, returns_code
from oss._request.signing import sign_request
from oss.oss_define import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "get_oss_request_signature",
        "get_oss_rtmp_request_signature",
        "oss_get_rtmp_signed_url",
        "oss_get_rtmp_string_to_sign",
        "oss_get_signed_headers",
        "oss_get_signed_url",
        "oss_get_string_to_sign",
        "oss_sign_headers",
        "oss_sign_request",
    ]
    __all__ += aos_util.__all__
    __all__ += _aos_string.__all__
    __all__ += aos_http_io.__all__
    __all__ += oss_define.__all__
    __all__ = list(dict.fromkeys(__all__))


@returns_code
def oss_sign_request(req: aos_http_request_t, config: oss_config_t) -> None:
    """int oss_sign_request(aos_http_request_t *req, const oss_config_t *config)

    Gives ``req`` signed headers: a copy of its headers with the date and the Authorization. Returns AOSE_OK;
    AOSE_INVALID_ARGUMENT when something is missing or too long.

    :param config: who signs, and where the service is
    """
    sign_request(require(req, "req"), require(config, "config"))


@returns_code
def oss_get_string_to_sign(
    p: aos_pool_t | None,
    method: int,
    canon_res: aos_text_t,
    headers: aos_table_t,
    params: aos_table_t | None,
    signstr: aos_string_t,
) -> None:
    """int oss_get_string_to_sign(aos_pool_t *p, http_method_e method, const aos_string_t *canon_res, const aos_table_t
    *headers, const aos_table_t *params, aos_string_t *signstr)

    Sets ``signstr`` to the text that V1 signs. Returns AOSE_OK; AOSE_INVALID_ARGUMENT, and ``signstr`` NULL, when
    ``headers`` has neither a Date nor an x-oss-date.

    :param method: HTTP_GET, HTTP_PUT and so on
    """
    signstr.data = None
    signstr.data = _string_to_sign(method, canon_res, headers, params)


def _string_to_sign(method: int, canon_res: aos_text_t, headers: aos_table_t, params: aos_table_t | None) -> str:
    """Returns the text that V1 signs; StatusError for headers without a date."""
    date = headers.get(OSS_CANNONICALIZED_HEADER_DATE)
    if date is None:
        date = headers.get(OSS_DATE)
    if not date:
        raise invalid_argument("headers has no date.")
    return sign_v1.string_to_sign(method, date, headers, text_of(canon_res) or "", params)


def oss_sign_headers(
    p: aos_pool_t | None,
    signstr: aos_text_t,
    access_key_id: aos_text_t,
    access_key_secret: aos_text_t,
    headers: aos_table_t,
) -> None:
    """void oss_sign_headers(aos_pool_t *p, const aos_string_t *signstr, const aos_string_t *access_key_id, const
    aos_string_t *access_key_secret, aos_table_t *headers)

    Sets the header Authorization of V1, for the text that is signed.
    """
    secret = SecretBytes(encode(text_of(access_key_secret) or ""))
    headers[OSS_AUTHORIZATION] = sign_v1.authorization(text_of(access_key_id) or "", secret, text_of(signstr) or "")


@returns_code
def oss_get_signed_headers(
    p: aos_pool_t | None,
    access_key_id: aos_text_t,
    access_key_secret: aos_text_t,
    canon_res: aos_text_t,
    req: aos_http_request_t,
) -> None:
    """int oss_get_signed_headers(aos_pool_t *p, const aos_string_t *access_key_id, const aos_string_t
    *access_key_secret, const aos_string_t *canon_res, aos_http_request_t *req)

    Gives ``req`` a copy of its headers with the Authorization of V1. Returns AOSE_OK; AOSE_INVALID_ARGUMENT when they
    have neither a Date nor an x-oss-date.
    """
    text = _string_to_sign(req.method, canon_res, req.headers, req.query_params)
    req.headers = req.headers.copy()
    oss_sign_headers(p, text, access_key_id, access_key_secret, req.headers)


@returns_code
def get_oss_request_signature(
    options: oss_request_options_t, req: aos_http_request_t, expires: aos_text_t, signature: aos_string_t
) -> None:
    """int get_oss_request_signature(const oss_request_options_t *options, aos_http_request_t *req, const aos_string_t
    *expires, aos_string_t *signature)

    Sets ``signature`` to that of a V1 URL of ``req`` which expires at ``expires``, in seconds since 1970. Returns
    AOSE_OK; AOSE_INVALID_ARGUMENT when something is missing or too long.
    """
    secret = credentials_of(_config_of(options)).secret
    signature.data = sign_v1.signature(secret, sign_v1.url_string_to_sign(req, text_of(expires) or ""))


@returns_code
def oss_get_signed_url(
    options: oss_request_options_t, req: aos_http_request_t, expires: aos_text_t, auth_url: aos_string_t
) -> None:
    """int oss_get_signed_url(const oss_request_options_t *options, aos_http_request_t *req, const aos_string_t
    *expires, aos_string_t *auth_url)

    Sets ``auth_url`` to a URL of ``req`` (proto, host, uri, resource, method, headers, query_params, normalize_url)
    that expires at ``expires``, in seconds since 1970. ``req.query_params`` is then a copy with what signing added.
    Returns AOSE_OK; AOSE_INVALID_ARGUMENT when something is missing or too long.

    :param auth_url: gets the signed URL
    """
    config = _config_of(options)
    version = sign_v4 if config.signature_version == 4 else sign_v1
    version.sign_url_query(req, config, text_of(expires) or "")
    auth_url.data = _url(req, req.proto or AOS_HTTP_PREFIX, "/" if req.normalize_url else "")


@returns_code
def oss_get_rtmp_string_to_sign(
    p: aos_pool_t | None,
    expires: aos_text_t,
    canon_res: aos_text_t,
    params: aos_table_t | None,
    signstr: aos_string_t,
) -> None:
    """int oss_get_rtmp_string_to_sign(aos_pool_t *p, const aos_string_t *expires, const aos_string_t *canon_res, const
    aos_table_t *params, aos_string_t *signstr)

    Sets ``signstr`` to the text that is signed for an RTMP URL. Returns AOSE_OK.
    """
    signstr.data = sign_v1.rtmp_string_to_sign(text_of(expires) or "", text_of(canon_res) or "", params)


@returns_code
def get_oss_rtmp_request_signature(
    options: oss_request_options_t, req: aos_http_request_t, expires: aos_text_t, signature: aos_string_t
) -> None:
    """int get_oss_rtmp_request_signature(const oss_request_options_t *options, aos_http_request_t *req, const
    aos_string_t *expires, aos_string_t *signature)

    Sets ``signature`` to that of an RTMP URL with the query parameters of ``req`` that expires at ``expires``, in
    seconds since 1970. Returns AOSE_OK; AOSE_INVALID_ARGUMENT without an access key.
    """
    secret = credentials_of(_config_of(options)).secret
    text = sign_v1.rtmp_string_to_sign(text_of(expires) or "", sign.resource_path(req), req.query_params)
    signature.data = sign_v1.signature(secret, text)


@returns_code
def oss_get_rtmp_signed_url(
    options: oss_request_options_t,
    req: aos_http_request_t,
    expires: aos_text_t,
    play_list_name: aos_text_t,
    params: aos_table_t | None,
    signed_url: aos_string_t,
) -> None:
    """int oss_get_rtmp_signed_url(const oss_request_options_t *options, aos_http_request_t *req, const aos_string_t
    *expires, const aos_string_t *play_list_name, aos_table_t *params, aos_string_t *signed_url)

    Sets ``signed_url`` to the URL to push a stream to until ``expires``, in seconds since 1970; always by V1, and
    without an STS token. Returns AOSE_OK; AOSE_INVALID_ARGUMENT when something is missing or too long.
    """
    sign_v1.sign_rtmp_query(req, _config_of(options), text_of(expires) or "", text_of(play_list_name) or "", params)
    signed_url.data = _url(req, req.proto or "", "")


def _config_of(options: oss_request_options_t) -> oss_config_t:
    """Returns the configuration in options; StatusError for NULL."""
    return require(require(options, "options").config, "options.config")


def _url(req: aos_http_request_t, proto: str, safe: str) -> str:
    """Returns the URL of a request, whose path keeps the characters of ``safe`` as they are."""
    host = require(req.host, "the endpoint")
    if LINE_ENDS.search(proto + host):
        raise invalid_argument("The endpoint has a NUL or a line break in it.")
    if len(encode(req.uri or "")) > AOS_MAX_URI_LEN:
        raise invalid_argument(f"the object key is too long: {too_long(req.uri, AOS_MAX_URI_LEN)}")
    return f"{proto}{host}/{sign.quoted(req.uri, safe)}{sign.url_query(req.query_params)}"


check_arguments(globals())
