"""Upload callbacks: after a write, the service posts to a URL and passes its answer on to the client.

Only loopback addresses and ``localhost`` are called, and no other name is looked up: the service is for trying and
testing."""

from __future__ import annotations

import base64
import http.client
import ipaddress
import json
import re
from typing import Any
from urllib.parse import quote, urlsplit

from oss.local_server.context import Call
from oss.local_server.errors import OssError
from oss.local_server.http_message import Response
from oss.local_server.store import ObjectInfo

__all__ = ["answer_with_callback", "check_callback"]

TIMEOUT = 5.0
MAX_ANSWER = 1 << 20
_VARIABLE = re.compile(r"\$\{([A-Za-z0-9:._-]+)\}")


def _json_argument(call: Call, name: str) -> dict[str, Any]:
    """The JSON, encoded in base64, of a header, or of the query parameter of the same meaning."""
    text = call.header(f"x-oss-{name}") or call.query.get(name, "")
    if not text:
        return {}
    try:
        value = json.loads(base64.b64decode(text, validate=True))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or not all(isinstance(item, (str, bool)) for item in value.values()):
        raise OssError(
            "InvalidArgument", f"The {name} configuration is not json format.", ArgumentName=name, ArgumentValue=text
        )
    return value


def check_callback(call: Call) -> dict[str, Any]:
    """The callback that the request asks for, checked; {} when there is none."""
    config = _json_argument(call, "callback")
    _json_argument(call, "callback-var")
    if config and not (config.get("callbackUrl") and config.get("callbackBody")):
        raise OssError(
            "InvalidArgument", "The callback configuration lacks callbackUrl or callbackBody.", ArgumentName="callback"
        )
    return config


def answer_with_callback(call: Call, info: ObjectInfo, response: Response) -> Response:
    """The response, its body replaced by the callback's answer if there is one. The object is stored in any case."""
    config = check_callback(call)
    if not config:
        return response
    body = _filled(config, _variables(call, info))
    problem = "no URL"
    for url in str(config["callbackUrl"]).split(";"):
        try:
            kind, answer = _post(url.strip(), config, body)
        except (OSError, ValueError, http.client.HTTPException) as error:
            problem = str(error)
            continue
        response.headers.set("Content-Type", kind)
        response.body = answer
        return response
    kept = [item for item in response.headers.items if item[0].startswith(("ETag", "x-oss-"))]
    raise OssError("CallbackFailed", f"Error status : {problem}.", headers=kept)


def _variables(call: Call, info: ObjectInfo) -> dict[str, str | int]:
    own = {str(name): str(value) for name, value in _json_argument(call, "callback-var").items()}
    return {
        "bucket": info.bucket,
        "object": info.key,
        "etag": info.etag,
        "size": info.size,
        "mimeType": info.headers.get("Content-Type", ""),
        "crc64": str(info.crc),
        "contentMd5": base64.b64encode(bytes.fromhex(info.etag)).decode() if info.kind == "Normal" else "",
        "reqId": call.request_id,
        "operation": call.request.method,
        **own,
    }


def _filled(config: dict[str, Any], variables: dict[str, str | int]) -> bytes:
    as_json = config.get("callbackBodyType") == "application/json"

    def value(match: re.Match[str]) -> str:
        found = variables.get(match.group(1), "")
        return json.dumps(found) if as_json else quote(str(found), safe="")

    return _VARIABLE.sub(value, str(config["callbackBody"])).encode()


def _post(url: str, config: dict[str, Any], body: bytes) -> tuple[str, bytes]:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError("only http URLs are called")
    if parts.hostname != "localhost" and not ipaddress.ip_address(parts.hostname).is_loopback:
        raise ValueError("only loopback addresses are called")
    connection = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=TIMEOUT)
    try:
        headers = {
            "Host": str(config.get("callbackHost") or parts.netloc),
            "Content-Type": str(config.get("callbackBodyType") or "application/x-www-form-urlencoded"),
            "User-Agent": "aliyun-oss-callback",
        }
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, headers)
        answer = connection.getresponse()
        data = answer.read(MAX_ANSWER)
        if answer.status != 200:
            raise ValueError(str(answer.status))
        return answer.getheader("Content-Type", "application/json"), data
    finally:
        connection.close()
