"""Hides what differs between any two calls to a service: times, signatures, and the ids that it gives."""

from __future__ import annotations

import base64
import re
from typing import Any

from oss.tools.crosscheck.replay.corpus import body_of, bytes_of

__all__ = ["alike"]

HIDDEN = "***"
VARYING = {
    *("authorization", "date", "x-oss-date", "last-modified", "x-oss-request-id", "x-oss-server-time"),
    *("x-oss-version-id", "x-oss-signature", "signature", "expires", "x-oss-expires"),
    *("x-oss-security-token", "security-token"),
}
"""Headers and parameters that no two calls have in common."""
IN_DOCUMENTS = r"UploadId|RequestId|LastModified|CreationDate|Initiated|Expiration|LastModifiedTime|ConnectedTime|EC"
IN_DOCUMENTS += r"|SignatureProvided|StringToSign|StringToSignBytes|CanonicalRequest|CanonicalRequestBytes|ServerTime"
IN_URLS = r"((?:x-oss-)?(?:[Ss]ignature|security-token|[Ee]xpires)|x-oss-date)=[^&\s\"<]+"
SHORTEST = 8
ERROR = "x-oss-err"


def alike(value: dict[str, Any], exchanges: list[dict[str, Any]], secrets: list[str]) -> dict[str, Any]:
    """What a side did, without what varies: values of some headers, and wherever they stand the ids and times that the
    service's documents gave it; and without secrets."""
    given = {*secrets} | {text for exchange in exchanges for text in _given(exchange.get("response") or {})}
    found: dict[str, Any] = _hidden(value, sorted(given, key=len, reverse=True))
    return found


def _given(response: dict[str, Any]) -> list[str]:
    """The ids and times in an answer."""
    document = (body_of(response) or b"").decode("utf-8", "replace")
    texts = _ids(document) if document.startswith("<") else []
    texts += [value for name, value in response.get("headers", ()) if name.lower() == "x-oss-request-id"]
    return [text for text in texts if len(text) >= SHORTEST]


def _ids(document: str) -> list[str]:
    return re.findall(rf"<(?:{IN_DOCUMENTS})>([^<]+)<", document)


def _hidden(value: Any, given: list[str]) -> Any:
    if isinstance(value, dict):
        if "b64" in value or "body_b64" in value:
            value = _as_text(value)
        if not isinstance(value, dict):
            return _hidden(value, given)
        return {name: _hidden(item, given) for name, item in value.items()}
    if isinstance(value, list):
        if len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], str):
            return [value[0], _header(value[0].lower(), value[1], given)]
        return [_hidden(item, given) for item in value]
    return _without(value, given) if isinstance(value, str) else value


def _without(text: str, given: list[str]) -> str:
    for one in given:
        text = text.replace(one, HIDDEN)
    return re.sub(IN_URLS, rf"\1={HIDDEN}", text)


def _header(name: str, value: str, given: list[str]) -> str:
    """A header's or parameter's value; one of them is a document in base64."""
    if name == ERROR:
        document = base64.b64decode(value).decode("utf-8", "replace")
        return base64.b64encode(_without(document, [*given, *_ids(document)]).encode()).decode()
    return HIDDEN if name in VARYING else _without(value, given)


def _as_text(value: dict[str, Any]) -> Any:
    """Bytes as a text where they are one, so that ids in them are found."""
    if "b64" in value:
        return _text(bytes_of(value)) or value
    text = _text(body_of(value) or b"")
    return value if text is None else {**{k: v for k, v in value.items() if k != "body_b64"}, "body": text}


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
