"""What the port does differently from the C SDK on purpose: every difference the replay accepts is a row here.

A row says which recorded cases it touches (judged by function, inputs and what the C SDK did, never by a case's name)
and either adjusts what is expected of them or says what the port does instead.
"""

from __future__ import annotations

import re
from typing import Any

from oss.tools.crosscheck.replay import traits
from oss.tools.crosscheck.replay.answer_differences import ANSWERS
from oss.tools.crosscheck.replay.calls import Expectation, Outcome
from oss.tools.crosscheck.replay.compare import compare_values
from oss.tools.crosscheck.replay.corpus import body_of
from oss.tools.crosscheck.replay.expect import ANY_TEXT, ANYTHING, a_text, one_of
from oss.tools.crosscheck.replay.request_differences import REQUESTS, refused
from oss.tools.crosscheck.replay.resumable_differences import RESUMABLE
from oss.tools.crosscheck.replay.rows import Case, Difference
from oss.tools.crosscheck.replay.vector_differences import VECTORS

__all__ = ["CALLS", "FRAMING", "MISSING_ALLOWED", "VECTORS", "Difference"]

MISSING_ALLOWED = False
"""Whether functions that the port lacks are only counted; otherwise they are failures."""

READ_BODY_ERROR = -987
OWN_CODES = {
    *("ClientError", "CreateSelectObjectMetaError", "HttpIoError", "InconsistentError", "OpenFileFail"),
    *("ParseXmlError", "SelectObjectError", "ServerError", "UrlEncodeFail"),
}
C_MESSAGES = {
    *("SelectObjectCRCError", "The endpoint is invalid.", "Unexpected response header"),
    *("query params invalid argument.", "uri invalid argument."),
}
"""The C SDK's error messages that name neither what was done nor what went wrong."""


def _plain_framing(case: Case, expected: Expectation) -> None:
    for request in expected.requests:
        headers = [h for h in request.headers if h[0] != "Transfer-Encoding"]
        lengths = [h for h in headers if h[0].lower() == "content-length"]
        own = [("Content-Length", str(len(request.body)))] if lengths and request.body is not None else lengths[-1:]
        request.headers = [h for h in headers if h not in lengths] + own


def _expects(case: Case) -> bool:
    return any(h[0] == "Expect" for exchange in case["exchanges"] for h in exchange["request"]["headers"])


def _without_expect(case: Case, expected: Expectation) -> None:
    for request in expected.requests:
        request.headers = [h for h in request.headers if h[0] != "Expect"]


def _own_tables(case: Case, expected: Expectation) -> None:
    for name in ("headers", "params"):
        if f"{name}_after" in expected.out:
            expected.out[f"{name}_after"] = case["args"][name]


def _resigned(case: Case, expected: Expectation) -> None:
    expected.resigned = True


def _no_token(case: Case, expected: Expectation) -> None:
    request = expected.out.get("req")
    if isinstance(request, dict) and request.get("query_params"):
        names = ("security-token", "x-oss-security-token")
        request["query_params"] = [pair for pair in request["query_params"] if pair[0] not in names]
    expected.resigned = True


def _headers_as_given(case: Case, expected: Expectation) -> None:
    def respelled(headers: list[Any]) -> list[Any]:
        spelled = [name for name, _ in traits.oss_headers(case)]
        kind, result = type(headers[0]) if headers else tuple, []
        for name, value in headers:
            asked = next((given for given in spelled if given.lower() == name.lower()), None)
            if asked is not None:
                spelled.remove(asked)  # the same name in another spelling is the next one
            result.append(kind((asked or name, value)))
        return result

    for request in expected.requests:
        request.headers = respelled(request.headers)
    if isinstance(expected.out.get("req"), dict):
        expected.out["req"]["headers"] = respelled(expected.out["req"]["headers"])
    expected.resigned = True


def _whole_md5(case: Case, expected: Expectation) -> None:
    for request in expected.requests:
        right = traits.wrong_md5(request)
        if right is not None:
            request.headers = [(name, right if name == "Content-MD5" else value) for name, value in request.headers]
    expected.resigned = True


def _object_name_refused(case: Case, expected: Expectation) -> None:
    refused(case, expected)
    expected.status = {
        "code": -994,
        "error_code": "ObjectNameInvalidError",
        "error_msg": "The object name is invalid, please check.",
    }


def _cut_head(case: Case) -> bool:
    return traits.cut_short(case) and all("cut_head" in (r.get("transport") or {}) for r in traits.responses(case))


def _cut_body(case: Case) -> bool:
    return traits.cut_short(case) and not _cut_head(case)


def _incomplete_head(case: Case, expected: Expectation) -> None:
    expected.status = {"code": -996, "error_code": "HttpIoError", "error_msg": ANY_TEXT}
    expected.resp_headers = ANYTHING
    _nothing_received(case, expected)


def _incomplete_body(case: Case, expected: Expectation) -> None:
    expected.status = {"code": -992, "error_code": "HttpIoError", "error_msg": a_text(r"\d+ bytes received")}
    _nothing_received(case, expected)


def _nothing_received(case: Case, expected: Expectation) -> None:
    target = case["args"].get("filename") or case["args"].get("filepath")
    if expected.files is not None and target not in (case.get("files_before") or {}):
        expected.files.pop(target, None)
    expected.out.pop("progress", None)


def _own_words(case: Case, expected: Expectation) -> None:
    expected.status["error_msg"] = ANY_TEXT


def _unreadable(case: Case) -> bool:
    return traits.code(case) == READ_BODY_ERROR and "filename" in case["args"]


def _system_words(case: Case, expected: Expectation) -> None:
    expected.status["error_msg"] = a_text(r"^read body failure\. .*: ")


def _has_own_message(case: Case) -> bool:
    """Whether the error code is the SDK's own, not the service's, and its message says little or nothing."""
    code, message = (traits.result(case, "status", name) for name in ("error_code", "error_msg"))
    return code in OWN_CODES and (message in C_MESSAGES or message is None)


def _own_message(case: Case, expected: Expectation) -> None:
    """Expects a message of the port's own, which begins with that of the C SDK where it has one."""
    message = traits.result(case, "status", "error_msg")
    expected.status["error_msg"] = a_text(f"^{re.escape(message.rstrip('.'))}.+") if message else ANY_TEXT


def _read_error(case: Case, expected: Expectation) -> None:
    response = traits.failing_response(case)
    assert response is not None
    if expected.status["error_code"] == case["result"]["status"]["error_code"]:  # else it was never sent
        found = traits.error_of(traits.error_document(case, response))
        expected.status["error_code"], expected.status["error_msg"] = found


def _unmasked_error(case: Case, expected: Expectation) -> None:
    response = next(r for r in traits.responses(case) if r["status"] >= 300)
    error_code, message = traits.error_of(body_of(response))
    expected.status.update(code=response["status"], error_code=error_code, error_msg=message)


def _kept_request_id(case: Case, expected: Expectation) -> None:
    ids = [value for r in traits.responses(case) for name, value in r["headers"] if name == "x-oss-request-id"]
    expected.status["req_id"] = one_of(None, "", *ids)


def _dot_keys(case: Case, expected: Expectation) -> None:
    for request in expected.requests:
        path, _, query = request.target.partition("?")
        if path != "/":  # the bucket stands before the key
            continue
        request.target = "/" + case["args"]["object"].replace(".", "%2E") + ("?" + query if query else "")


def _clean_end(case: Case, seen: Outcome) -> list[str]:
    """Checks that a call returns: a status, or, where the function has none, NULL or a ValueError."""
    if case["function"].startswith("oss_gen_"):
        clean = seen.raised is None or seen.raised.startswith("ValueError")
    else:
        clean = seen.raised is None and seen.status is not None
    return [] if clean else [f"raised {seen.raised}, status {seen.status}"]


def _same_code(case: Case, seen: Outcome) -> list[str]:
    """Compares the status code only: the rest of the recording depends on what was in memory."""
    if seen.raised or traits.code(case) is None:
        return _clean_end(case, seen)
    return compare_values("status.code", traits.code(case), (seen.status or {}).get("code"))


def _changes_tables(case: Case) -> bool:
    return bool((traits.result(case, "out") or {}).keys() & {"headers_after", "params_after"})


def _failed_in_curl(case: Case) -> bool:
    return traits.result(case, "status", "error_code") == "HttpIoError" and traits.code(case) in (
        -989,
        -990,
        -992,
        -996,
        -998,
    )


def _empty_key(case: Case) -> bool:
    """Whether a name is empty: multipart and live-channel calls of the C SDK then address the bucket."""
    if case["function"] == "oss_create_live_channel":
        return not case["args"]["config"].get("name") and bool(case["exchanges"])
    params = case["args"].get("params")
    args = {**params, **case["args"]} if isinstance(params, dict) else case["args"]
    names = [args.get(name) for name in ("object", "dest_object", "live_channel") if name in args]
    return any(not name for name in names) and bool(case["exchanges"])


def _dot_key(case: Case) -> bool:
    return case["args"].get("object") in (".", "..") and bool(case["exchanges"])


SIGNATURES = tuple(
    Difference(f"signatures: {name}", when, adjust)
    for name, when, adjust in (
        ("a key longer than a block is hashed", traits.has_long_key, _resigned),
        ("an empty token is no token", traits.has_empty_token, _no_token),
        ("names are signed in lower case and sent as given", traits.has_upper_case_headers, _headers_as_given),
        ("a header that is not sent is not signed", traits.has_unsent_headers, _resigned),
        ("headers of any length", traits.has_long_headers, _resigned),
        ("every sub-resource of the service, by its exact name", traits.has_unknown_sub_resources, _resigned),
        ("a name of any length", traits.has_long_resource, _resigned),
        ("parameters of any length", traits.has_long_parameters, _resigned),
        ("parameters whose names differ in case at most", traits.has_colliding_parameters, _resigned),
    )
)

FRAMING = (
    Difference("PUT and POST: Content-Length and the plain body", traits.uploads, _plain_framing),
    Difference("PUT and POST: the body follows at once", _expects, _without_expect),
)
"""How bodies are sent, whatever is in them."""
CALLS = (
    *FRAMING,
    Difference("local failures have messages of their own", _has_own_message, _own_message),
    Difference("the caller's tables are left as they were", _changes_tables, _own_tables),
    Difference("Content-MD5 is that of the body", traits.has_wrong_md5, _whole_md5),
    *SIGNATURES,
    *REQUESTS,
    *RESUMABLE,
    Difference("an answer whose head is cut short is -996", _cut_head, _incomplete_head),
    Difference("an answer whose body is cut short is -992", _cut_body, _incomplete_body),
    Difference("a failed exchange is described in the port's own words", _failed_in_curl, _own_words),
    Difference("a source that cannot be read is described in the system's words", _unreadable, _system_words),
    Difference("an error document in a header is read", traits.misread_header, _read_error),
    Difference("an error document is read with and without prolog", traits.misread_without_prolog, _read_error),
    Difference("an error document is read by its paths", traits.misread_paths, _read_error),
    Difference("the CRC64 of an error answer is not compared", traits.masked_by_crc, _unmasked_error),
    Difference("the request id is kept by calls of several requests", traits.forgets_request_id, _kept_request_id),
    Difference("keys . and .. are keys", _dot_key, _dot_keys),
    Difference("an empty object or channel name is refused", _empty_key, _object_name_refused),
    *ANSWERS,
    Difference("calls that kill the C SDK come back", lambda case: "outcome" in case["result"], instead=_clean_end),
    Difference("what depends on the C SDK's memory", lambda case: "undefined_behavior" in case, instead=_same_code),
)
