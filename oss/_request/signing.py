"""Signing of requests, with the version of signatures that the configuration asks for."""

from __future__ import annotations

import functools

from aos.aos_transport import aos_http_request_t
from oss._define.constants import OSS_STS_SECURITY_TOKEN
from oss._define.structs import oss_config_t
from oss._request import sign_v1, sign_v4
from oss._request.credentials import credentials_of, put_token
from oss._request.sign import NumberedRequests, ToSign, table_of

__all__ = ["numbered_requests", "sign_request"]


def sign_request(req: aos_http_request_t, config: oss_config_t) -> None:
    """Gives a request signed headers: a copy of its own with the date and the Authorization.

    A StatusError names what is missing or too long.
    """
    _prepared(config, req).sign(req)


def numbered_requests(
    req: aos_http_request_t, config: oss_config_t, name: str, marks: tuple[int, int]
) -> NumberedRequests:
    """Returns requests like ``req`` that differ in the number which the query parameter ``name`` has."""
    return NumberedRequests(req, name, marks, functools.partial(_prepared, config))


def _prepared(config: oss_config_t, req: aos_http_request_t) -> ToSign:
    credentials = credentials_of(config)
    if config.credentials_callback is not None:  # else it is there since the request was initialised
        req.headers = table_of(req.headers).copy()
        put_token(config, credentials, req.headers, OSS_STS_SECURITY_TOKEN)
    return (sign_v4.prepared if config.signature_version == 4 else sign_v1.prepared)(req, config, credentials)
