"""Describes failed calls: one line with what was done, the service's error, and a hint."""

from __future__ import annotations

import re
from typing import NamedTuple

from oss._command.text import printable
from oss.oss_api import AOS_UNKNOWN_ERROR_CODE, aos_status_t

__all__ = ["describe", "hint_of", "known_codes"]


class _Hint(NamedTuple):
    """A hint for failures, chosen by patterns for the error code and the message; an empty one matches any."""

    code: str
    message: str
    text: str


_HINTS = tuple(
    _Hint(*row)
    for row in (
        ("InvalidAccessKeyId", "", "this access key id is not known to the service, or is disabled"),
        ("SignatureDoesNotMatch", "", "the access key secret is not that of the access key id"),
        ("RequestTimeTooSkewed", "", "the clock of this machine is wrong"),
        ("SecurityTokenExpired|InvalidSecurityToken", "", "the session token is not, or no longer, that of the key"),
        ("AuthorizationHeaderMalformed", "", "the region is not the bucket's: see --region"),
        ("InvalidArgument", "region", "the region is not the bucket's: see --region"),
        ("SecondLevelDomainForbidden", "", "the endpoint must not have the bucket in it, or needs --cname"),
        ("AccessDenied", "specified endpoint", "the bucket is in another region: see --endpoint and --region"),
        ("AccessDenied", "", "the key may not do this, or the bucket is somebody else's"),
        ("NoSuchBucket", "", "there is no such bucket in this region; is the endpoint the bucket's?"),
        ("NoSuchKey", "", "there is no such object; oss-c-sdk ls shows those there are"),
        ("InvalidObjectState", "", "the object is archived and must be restored before it can be read"),
        ("ParseXmlError", "", "the answer is not from OSS: is the endpoint right?"),
        ("EntityTooSmall", "", "the parts are too small: see --part-size"),
        ("", "no space left|quota", "the disk is full; make room, then give the same command again"),
        ("", "file name too long", "its name must be shorter, or the record elsewhere: see --checkpoint"),
        ("", "cannot stand in an XML document", "such a name cannot be recorded: see --no-checkpoint"),
        ("", "file too large", "the file system or a limit (ulimit -f) has no room for a file of this size"),
        ("", "another transfer is using it", "the same file is under way in another program"),
        ("", "does not speak TLS at this port", "an endpoint without http:// is an https one"),
        ("HttpIoError", "ca_file", "the file of --ca-file cannot be read, or has no certificate in PEM form"),
        ("HttpIoError", "the proxy: ", "is the proxy right? See --proxy, OSS_PROXY and http_proxy"),
        ("HttpIoError", "certificate", "nobody known to this machine vouches for it: see --ca-file"),
        ("HttpIoError", "host name|cannot connect", "is the endpoint right?"),
        ("HttpIoError", r"http://\S+: Connection reset", "if that happens always: does this port speak https?"),
    )
)
_BY_STATUS = {
    403: "the key, its secret, the region or the permission is wrong; oss-c-sdk config shows what is used",
    404: "there is no such bucket or no such object in it; oss-c-sdk ls shows those there are",
}


def known_codes() -> set[str]:
    """Returns the error codes for which there are hints."""
    return {code for hint in _HINTS for code in hint.code.split("|") if code}


def hint_of(status: aos_status_t) -> str | None:
    """The hint for a failure; None when there is none."""
    code, message = status.error_code or "", status.error_msg or ""
    for hint in _HINTS:
        if (not hint.code or re.fullmatch(hint.code, code)) and re.search(hint.message, message, re.IGNORECASE):
            return hint.text
    return _BY_STATUS.get(status.code)


def describe(what: str, status: aos_status_t) -> str:
    """A line about a failed call: what was done, the status with its ids, and the hint."""
    ids = [f"{name} {value}" for name, value in (("request id", status.req_id), ("EC", status.ec)) if value]
    text = f"{what}: {status.code} {status.error_code or AOS_UNKNOWN_ERROR_CODE}"
    text += f": {status.error_msg.rstrip('.')}" if status.error_msg else ""
    text += f" ({', '.join(ids)})" if ids else ""
    if hint := hint_of(status):
        text += f"{' ' if text.endswith('?') else '; '}{hint}"
    return printable(text)
