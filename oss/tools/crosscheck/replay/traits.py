"""Properties of recorded calls, by which the documented differences find the cases they apply to."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any
from urllib.parse import parse_qsl, quote

from aos._c.noncharacters import restored
from oss._request.sign_v1 import SUB_RESOURCES
from oss.tools.crosscheck.replay.calls import expected_of
from oss.tools.crosscheck.replay.corpus import body_of, text_of
from oss.tools.crosscheck.replay.server import Received
from oss.tools.crosscheck.replay.vector_traits import root_of

Case = dict[str, Any]
V4 = 4
HMAC_BLOCK = 64
DATE = r"\d{8}T\d{6}Z|\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"
"""The forms that an x-oss-date may have."""
UNSPEAKABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
"""Characters that an XML document cannot contain."""
_NAMES = """acl location bucketInfo stat referer cors website restore logging symlink qos uploadId uploads partNumber
response-content-type response-content-language response-expires response-cache-control response-content-disposition
response-content-encoding append position lifecycle delete live status comp vod startTime endTime x-oss-process
security-token objectMeta tagging x-oss-sign-origin-only"""
C_SUB_RESOURCES = frozenset(_NAMES.split())
"""The sub-resources that the C SDK signs in version 1."""


def result(case: Case, *names: str) -> Any:
    """A value in the recorded result, None where there is none."""
    value: Any = case["result"]
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def code(case: Case) -> int | None:
    found: int | None = result(case, "status", "code")
    return found


def responses(case: Case) -> list[dict[str, Any]]:
    return [exchange["response"] for exchange in case["exchanges"] if exchange.get("response")]


def is_v4(case: Case) -> bool:
    return bool(case["config"].get("signature_version") == V4)


def uploads(case: Case) -> bool:
    return any(exchange["request"]["method"] in ("PUT", "POST") for exchange in case["exchanges"])


def given(case: Case, name: str) -> list[tuple[str, str]]:
    """A table the caller passed."""
    value = case["args"].get(name)
    if value is None and name in ("headers", "query_params"):
        value = (case["args"].get("req") or {}).get(name)
    if not isinstance(value, list):
        return []
    return [(text_of(key) or "", text_of(item) or "") for key, item in value]


def names_doc(name: Any) -> bool:
    """Whether a name has the suffix ``doc``, for which the C SDK's table has ``doc`` and a blank."""
    return (text_of(name) or "").lower().endswith(".doc")


def is_signed(case: Case) -> bool:
    signed_url = "req" in case["args"]
    return signed_url or any(request.header("Authorization") for request in expected_of(case).requests)


def has_long_key(case: Case) -> bool:
    secret = len((text_of(case["config"].get("access_key_secret")) or "").encode("utf-8", "surrogateescape"))
    return is_signed(case) and secret + len("aliyun_v4") * is_v4(case) > HMAC_BLOCK


def has_empty_token(case: Case) -> bool:
    return bool(case["config"].get("sts_token") == "")


def oss_headers(case: Case) -> list[tuple[str, str]]:
    """The x-oss- headers of the caller."""
    return [(name, value) for name, value in given(case, "headers") if name.lower().startswith("x-oss-")]


def has_upper_case_headers(case: Case) -> bool:
    return any(name != name.lower() for name, _ in oss_headers(case))


def has_unsent_headers(case: Case) -> bool:
    """Whether a signed header (x-oss-*, with version 4 also content-*) has no value: the C SDK never sends it.

    With version 1 the C SDK signs the first Content-Type and Content-MD5, also where only a second one is sent.
    """
    empty = [name.lower() for name, value in given(case, "headers") if not value.strip(" \t")]
    if not is_v4(case) and any(_signs_unsent(case, name) for name in ("content-type", "content-md5")):
        return True
    if "symlink" in case["function"] and not (text_of(case["args"].get("target_object")) or "").strip(" \t"):
        return bool(case["exchanges"])
    return any(name.startswith("x-oss-") or (is_v4(case) and name.startswith("content-")) for name in empty)


def _signs_unsent(case: Case, name: str) -> bool:
    """Whether the first value of a header is not that which is sent first."""
    values = [value for given_name, value in given(case, "headers") if given_name.lower() == name]
    sent = [value for value in values if value.strip(" \t")]
    return bool(values) and values[0] != (sent[0] if sent else "")


def has_long_headers(case: Case) -> bool:
    return not is_v4(case) and any(len(f"{name}:{value}".encode()) > 8192 for name, value in oss_headers(case))


def has_unknown_sub_resources(case: Case) -> bool:
    names = {name for name, _ in _query(case)}
    stripped = {name.replace(" ", "") for name in names - C_SUB_RESOURCES}
    return not is_v4(case) and bool(names & (SUB_RESOURCES - C_SUB_RESOURCES) or stripped & C_SUB_RESOURCES)


def has_colliding_parameters(case: Case) -> bool:
    """Whether parameters, those of the call itself too, differ in case at most, of which the C SDK signs only one; with
    version 1 it signs the same one twice, which is right for two of one spelling."""
    queries = [_query(case), *(_sent_query(exchange["request"]["target"]) for exchange in case["exchanges"])]
    spellings = [[name for name, _ in query] for query in queries]
    names = [query if is_v4(case) else set(query) for query in spellings]
    return any(len({name.lower() for name in query}) < len(query) for query in names)


def _sent_query(target: str) -> list[tuple[str, str]]:
    return parse_qsl(target.partition("?")[2], keep_blank_values=True, errors="surrogateescape")


def _query(case: Case) -> list[tuple[str, str]]:
    return given(case, "params") + given(case, "query_params")


def lacks_credentials(case: Case) -> bool:
    """Whether a key is missing: the C SDK signs with ``(null)`` in its place."""
    config = case["config"]
    missing = not config.get("access_key_id") or not config.get("access_key_secret")
    return missing and is_signed(case)


def lacks_region(case: Case) -> bool:
    """Whether the region that a signature names is missing."""
    nowhere = is_v4(case) and not case["config"].get("region") and not case["config"].get("cloudbox_id")
    return nowhere and is_signed(case)


def has_long_resource(case: Case) -> bool:
    """Whether the object's name is longer than a buffer of the C SDK, which cuts it or writes beyond the end."""
    name = (text_of(case["args"].get("object")) or "").encode("utf-8", "surrogateescape")
    return is_signed(case) and len(quote(name) if is_v4(case) else name) > 2000


def has_long_parameters(case: Case) -> bool:
    return is_v4(case) and any(len(name) > 1000 or len(value) > 1000 for name, value in _query(case))


def wrong_md5(request: Received) -> str | None:
    """The right Content-MD5 of a request whose own has 20 bytes instead of 16; None for any other request."""
    sent = request.header("Content-MD5") or ""
    if not re.fullmatch(r"[A-Za-z0-9+/]{27}=", sent):
        return None
    digest = base64.b64decode(sent)[:16]
    known = request.body is None or hashlib.md5(request.body).digest() == digest
    return base64.b64encode(digest).decode() if known else None


def has_wrong_md5(case: Case) -> bool:
    return any(wrong_md5(request) for request in expected_of(case).requests)


def cut_short(case: Case) -> bool:
    """Whether a 2xx body did not arrive whole and the C SDK reported success or another error."""
    kinds = {"cut", "cut_head"}
    cut = [r for r in responses(case) if kinds & (r.get("transport") or {}).keys() and 200 <= r["status"] < 300]
    return bool(cut) and (code(case) or 0) in (0, 200, 206, -978, -980)


def error_of(body: bytes | None) -> tuple[str | None, str | None]:
    """Code and message of an error document, found by their path."""
    root = root_of(body or b"")
    if root is None:
        return "UnknownError", None
    error = next((node for node in root.iter() if node.tag.rpartition("}")[2] == "Error"), None)
    if error is None:
        return "UnknownError", None
    found = {child.tag.rpartition("}")[2]: child.text and restored(child.text) for child in reversed(error)}
    return found.get("Code"), found.get("Message")


def error_in_header(response: dict[str, Any]) -> bytes | None:
    """The error document in the x-oss-err header of an answer; None when there is none with an error code."""
    values = [value for name, value in response["headers"] if name.lower() == "x-oss-err"]
    try:
        document = base64.b64decode(values[0], validate=True) if values else b""
    except ValueError:
        return None
    return document if error_of(document)[0] else None


def error_document(case: Case, response: dict[str, Any]) -> bytes | None:
    """The error document of an answer: its body, or, for HEAD, that in a header."""
    head = case["exchanges"][-1]["request"]["method"] == "HEAD"
    return (None if head else body_of(response)) or error_in_header(response)


def failing_response(case: Case) -> dict[str, Any] | None:
    """The answer whose status the call returned."""
    return next((r for r in reversed(responses(case)) if r["status"] == code(case) and r["status"] >= 300), None)


def misread_error(case: Case) -> bool:
    """Whether the C SDK misread an error: it finds Error only as the root, Code and Message at any depth, no header."""
    response = failing_response(case)
    if response is None or not code(case):
        return False
    status = case["result"]["status"]
    return error_of(error_document(case, response)) != (status["error_code"], status["error_msg"])


def misread_header(case: Case) -> bool:
    """Whether an error that the C SDK misread was in a header, as of HEAD."""
    response = failing_response(case)
    head = response is not None and error_document(case, response) == error_in_header(response)
    return misread_error(case) and head


def misread_without_prolog(case: Case) -> bool:
    """Whether the C SDK misread an error whose document begins without the prolog of XML."""
    response = failing_response(case) or {}
    return misread_error(case) and not misread_header(case) and not (body_of(response) or b"").startswith(b"<?xml")


def misread_paths(case: Case) -> bool:
    """Whether the C SDK misread an error document of the usual form: it does not look where an element stands."""
    return misread_error(case) and not misread_header(case) and not misread_without_prolog(case)


def late_error(case: Case) -> bytes | None:
    """The document of the last answer, where it is an Error though the status is 200 or 203; None for any other."""
    answer = responses(case)[-1] if responses(case) else {"status": None}
    document = body_of(answer) if answer["status"] in (200, 203) else None
    root = root_of((document or b"").lstrip())
    return document if root is not None and root.tag.rpartition("}")[2] == "Error" else None


def masked_by_crc(case: Case) -> bool:
    """Whether the C SDK compared the CRC64 of an error answer, which hid the error."""
    return code(case) == -978 and any(r["status"] >= 300 for r in responses(case))


def forgets_request_id(case: Case) -> bool:
    several = case["function"] in ("oss_delete_objects_by_prefix", "oss_upload_file") or "resumable" in case["function"]
    return several and bool(result(case, "status")) and result(case, "status", "req_id") is None
