"""Signs requests with the version of signatures that the configuration asks for."""

from __future__ import annotations

import functools

from aos.aos_transport import aos_http_request_t
from oss._define.structs import oss_config_t
from oss._request import sign_v1, sign_v4
from oss._request.sign import SignedTemplate, ToSign

__all__ = ["sign_request", "signed_series"]


def sign_request(req: aos_http_request_t, config: oss_config_t) -> None:
    """Gives a request signed headers: a copy of its own with the date and the Authorization.

    A StatusError names what is missing or too long.
    """
    _prepared(config, req).sign(req)


def signed_series(req: aos_http_request_t, config: oss_config_t, name: str) -> SignedTemplate:
    """Template of requests that differ in the number which the query parameter ``name`` has."""
    return SignedTemplate(req, name, functools.partial(_prepared, config))


def _prepared(config: oss_config_t, req: aos_http_request_t) -> ToSign:
    return (sign_v4.prepared if config.signature_version == 4 else sign_v1.prepared)(req, config)
