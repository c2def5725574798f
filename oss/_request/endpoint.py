"""Where a request goes: endpoint, host, path and signed resource, and which hosts a request may go to.

The public functions belong to ``oss.oss_util``, whose docstring lists what differs from the C SDK.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.fork import imported
from aos._c.text import text_of
from aos.aos_define import AOS_HTTP_PREFIX, AOS_HTTPS_PREFIX, AOS_RTMP_PREFIX
from aos.aos_string import aos_string_t, aos_text_t
from aos.aos_transport import aos_http_request_t
from oss._define.structs import oss_request_options_t

__all__ = [
    "is_oss_domain",
    "is_valid_ip",
    "oss_get_bucket_uri",
    "oss_get_host_from_authority",
    "oss_get_object_uri",
    "oss_get_rtmp_uri",
    "oss_get_service_uri",
    "oss_is_valid_host",
    "oss_preprocess_endpoint",
]

_SCHEME = "(?i)https?://|rtmp://"
_AUTHORITY_END = "[/?#]"
_IPV6 = r"\[([^\]]*)\](?::\d*)?"
_HOST = r"[A-Za-z0-9_.-]+"
_TWICE = r"([A-Za-z0-9-]+)\.\1\."


def is_oss_domain(str: aos_text_t) -> int:
    """int is_oss_domain(const aos_string_t *str)

    Returns 1 for ``aliyuncs.com`` and the names below it, which are those of the public service, 0 for others. The C
    SDK declares this function without having it.
    """
    host = (text_of(str) or "").lower()
    return int(host == "aliyuncs.com" or host.endswith(".aliyuncs.com"))


def is_valid_ip(str: str | None) -> int:
    """int is_valid_ip(const char *str)

    Returns 1 for an IPv4 address in any form that ``inet_addr`` takes, except 0.0.0.0 and 255.255.255.255; otherwise 0.

    :param str: host that is looked at
    """
    socket = imported("socket")

    try:
        return int(socket.inet_aton(text_of(str) or "") not in (b"\0\0\0\0", b"\xff\xff\xff\xff"))
    except (OSError, ValueError):
        return 0


def oss_is_valid_host(host: str | None) -> int:
    """int oss_is_valid_host(const char *host)

    Returns 1 when the name between ``user@`` and ``:port`` consists of ASCII letters, digits, ``_``, ``.`` and ``-``;
    otherwise 0.

    :param host: name of a host
    """
    return int(re.fullmatch(_HOST, _host_of(text_of(host) or "")) is not None)


def is_sendable_host(host: str | None) -> bool:
    """Tells whether a request may go to a host: one of letters, digits, ``_``, ``.`` and ``-``, or an IPv6 address in
    brackets."""
    return bool(oss_is_valid_host(host)) or _is_ipv6(host or "")


def endpoint_problem(endpoint: str | None, host: str | None) -> str | None:
    """Says what is wrong with an endpoint through which no request could be made; None for a usual endpoint.

    ``host`` is the one that the request would go to. The text begins with the endpoint, its user masked.
    """
    endpoint = endpoint or ""
    scheme = re.match(_SCHEME, endpoint)
    proto = scheme[0] if scheme else ""
    authority, *more = re.split(_AUTHORITY_END, endpoint[len(proto) :], maxsplit=1)
    _, at, place = authority.rpartition("@")
    name, _, port = place.rpartition(":") if re.search(r":[^\]]*$", place) else (place, "", "")
    problems = (
        (not endpoint, "is empty"),
        (re.search(r"[\s\0]", endpoint), "has a blank or a line break in it"),
        (not proto and more and authority.endswith(":"), "has a scheme that is neither http:// nor https://"),
        (not name, "has no host"),
        (not re.fullmatch("[0-9]*", port) or int(port or 0) >= 1 << 16, "has a port that is no number up to 65535"),
        (not is_sendable_host(name), "has a host with more in it than letters, digits, '-', '.' and '_'"),
        (at, "has a user before the host"),
        (any(more), "has a path behind the host"),
        (re.match(_TWICE, host or ""), f"has the bucket in it already, so that the host would be {host}"),
    )
    shown = f"{proto}***@{endpoint.rpartition('@')[2]}" if "@" in endpoint else endpoint
    why = next((words for is_so, words in problems if is_so), None)
    return None if why is None else f"{shown!r} {why}"


def oss_preprocess_endpoint(endpoint: aos_string_t) -> None:
    """void oss_preprocess_endpoint(aos_string_t *endpoint)

    Cuts an endpoint that has no scheme off where its path, query or fragment begins.

    :param endpoint: an endpoint; its scheme is taken off
    """
    data = required(endpoint, aos_string_t, "endpoint").data
    if data:
        endpoint.data = re.split(_AUTHORITY_END, data, maxsplit=1)[0]


def oss_get_host_from_authority(options: oss_request_options_t, authority: aos_text_t) -> str | None:
    """char *oss_get_host_from_authority(const oss_request_options_t *options, aos_string_t *authority)

    Returns the host of ``user@host:port``, an IPv6 address with its brackets; None for an empty ``authority``.

    :param authority: host of an endpoint, with or without user and port
    """
    text = text_of(authority, "authority")
    return _host_of(text) if text else None


def oss_get_object_uri(
    options: oss_request_options_t, bucket: aos_text_t, object: aos_text_t, req: aos_http_request_t
) -> None:
    """void oss_get_object_uri(const oss_request_options_t *options, const aos_string_t *bucket, const aos_string_t
    *object, aos_http_request_t *req)

    Sets ``req.proto``, ``host``, ``uri`` and ``resource`` for an object: ``bucket.host/object``, or ``host/object`` for
    a CNAME, or ``host/bucket/object`` for an IP address.
    """
    bucket, object = text_of(bucket) or "", text_of(object) or ""
    endpoint = _endpoint_of(options)
    endpoint.aim(req, bucket, object)
    req.resource = f"{bucket}/{object}"


def oss_get_service_uri(options: oss_request_options_t, req: aos_http_request_t) -> None:
    """void oss_get_service_uri(const oss_request_options_t *options, aos_http_request_t *req)

    Sets ``req.proto``, ``host`` and ``uri`` for a request about the service itself, such as a list of buckets.
    """
    endpoint = _endpoint_of(options)
    req.proto, req.host, req.uri = endpoint.proto, endpoint.authority, ""


def oss_get_bucket_uri(options: oss_request_options_t, bucket: aos_text_t, req: aos_http_request_t) -> None:
    """void oss_get_bucket_uri(const oss_request_options_t *options, const aos_string_t *bucket, aos_http_request_t
    *req)

    Sets ``req.proto``, ``host``, ``uri`` and ``resource`` for a bucket: ``bucket.host/``, or ``host/bucket`` for a
    CNAME or an IP address.
    """
    bucket = text_of(bucket) or ""
    endpoint = _endpoint_of(options)
    endpoint.aim(req, bucket, "")
    if endpoint.is_cname or endpoint.is_ip:
        req.uri = bucket
    req.resource = bucket if endpoint.is_ip else f"{bucket}/"


def oss_get_rtmp_uri(
    options: oss_request_options_t, bucket: aos_text_t, live_channel_id: aos_text_t, req: aos_http_request_t
) -> None:
    """void oss_get_rtmp_uri(const oss_request_options_t *options, const aos_string_t *bucket, const aos_string_t
    *live_channel_id, aos_http_request_t *req)

    Sets ``req.proto``, ``host``, ``uri`` and ``resource`` for the stream of a live channel: ``rtmp://`` and the path
    ``live/<channel>``, with the bucket in the host or before the path as for an object.

    :param live_channel_id: name of the live channel
    """
    bucket, channel = text_of(bucket) or "", text_of(live_channel_id) or ""
    endpoint = _endpoint_of(options)
    endpoint.aim(req, bucket, f"live/{channel}")
    req.proto, req.resource = AOS_RTMP_PREFIX, f"{bucket}/{channel}"


class _Endpoint(NamedTuple):
    """The parts of an endpoint; ``authority`` is None where the configuration has no endpoint."""

    proto: str
    authority: str | None
    is_cname: bool
    is_ip: bool

    def aim(self, req: aos_http_request_t, bucket: str, path: str) -> None:
        """Sets where a request goes; the bucket stands in the host, before the path, or for a CNAME nowhere."""
        req.proto, req.host, req.uri = self.proto, self.authority, path
        if self.is_cname or self.authority is None:
            return
        if self.is_ip:
            req.uri = f"{bucket}/{path}"
        else:
            req.host = f"{bucket}.{self.authority}"


def _endpoint_of(options: oss_request_options_t) -> _Endpoint:
    """Takes the endpoint of the configuration apart; its user is dropped."""
    config = options.config
    endpoint = config.endpoint.data
    if endpoint is None:
        return _Endpoint("", None, bool(config.is_cname), False)
    scheme = re.match(_SCHEME, endpoint)
    proto = scheme[0].lower() if scheme else ""
    authority = re.split(_AUTHORITY_END, endpoint[len(proto) :], maxsplit=1)[0]
    _, _, after = authority.partition("@")
    authority = after or authority
    is_ip = bool(is_valid_ip(_host_of(authority))) or _is_ipv6(authority)
    return _Endpoint(
        proto if proto in (AOS_HTTP_PREFIX, AOS_HTTPS_PREFIX) else "", authority, bool(config.is_cname), is_ip
    )


def host_of_service(options: oss_request_options_t) -> str:
    """Returns host and port of the endpoint, in lower case and without a usual port."""
    return re.sub(r":(80|443)?$", "", (_endpoint_of(options).authority or "").lower())


def _host_of(authority: str) -> str:
    """Returns the host of ``user@host:port``, an IPv6 address with its brackets."""
    _, at, after = authority.partition("@")
    host = after if at else authority
    address = re.fullmatch(_IPV6, host)
    return f"[{address[1]}]" if address else host.partition(":")[0]


def _is_ipv6(authority: str) -> bool:
    """Tells whether the host is an IPv6 address in brackets."""
    address = re.fullmatch(_IPV6, authority)
    if address is None:
        return False
    ipaddress = imported("ipaddress")

    try:
        return bool(ipaddress.IPv6Address(address[1]))
    except ValueError:
        return False


check_arguments(globals())
