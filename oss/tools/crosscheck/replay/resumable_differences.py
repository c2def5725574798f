"""Documented differences of the resumable transfers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from aos.aos_crc64 import aos_crc64
from oss.tools.crosscheck.replay import traits
from oss.tools.crosscheck.replay.calls import Expectation, Outcome
from oss.tools.crosscheck.replay.corpus import body_of, bytes_of, content_of, text_of
from oss.tools.crosscheck.replay.expect import ANY_TEXT, ANYTHING, Fits, a_text, one_of
from oss.tools.crosscheck.replay.reference import quoted_query
from oss.tools.crosscheck.replay.rows import Case, Difference
from oss.tools.crosscheck.replay.server import Received

__all__ = ["RESUMABLE"]

DOWNLOAD, UPLOAD = "oss_resumable_download_file", "oss_resumable_upload_file"


def _is_download(case: Case) -> bool:
    return bool(case["function"] == DOWNLOAD)


def _is_upload(case: Case) -> bool:
    return bool(case["function"] == UPLOAD)


def _is_resumable(case: Case) -> bool:
    return _is_download(case) or _is_upload(case)


def _params(case: Case) -> dict[str, Any]:
    return case["args"].get("clt_params") or {}


def _checkpoint_name(case: Case) -> str | None:
    if not _params(case).get("enable_checkpoint"):
        return None
    suffix = ".dcp" if _is_download(case) else ".ucp"
    return _params(case).get("checkpoint_path") or f"{case['args']['filepath']}{suffix}"


def _parts(case: Case) -> list[tuple[int, dict[str, Any]]]:
    """The exchanges that carry a part, with their places."""
    method = "GET" if _is_download(case) else "PUT"
    return [(i, e) for i, e in enumerate(case["exchanges"]) if e["request"]["method"] == method]


def _range_of(exchange: dict[str, Any]) -> tuple[int, int]:
    asked = next(value for name, value in exchange["request"]["headers"] if name.lower() == "range")
    bounds = re.fullmatch(r"bytes=(\d+)-(\d+)", asked)
    return (int(bounds[1]), int(bounds[2])) if bounds else (0, -1)


def _answers(exchange: dict[str, Any]) -> dict[str, str]:
    return {name.lower(): value for name, value in (exchange.get("response") or {}).get("headers", [])}


def _is_other_object(case: Case, exchange: dict[str, Any]) -> bool:
    etag = _answers(exchange).get("etag")
    head = next((e for e in case["exchanges"] if e["request"]["method"] == "HEAD"), None)
    same = head is None or etag is None or etag.lower() == (_answers(head).get("etag") or "").lower()
    return not same and (exchange.get("response") or {}).get("status") in (200, 206)


def _is_other_range(exchange: dict[str, Any]) -> bool:
    """Whether the answer is a success, but not the requested range."""
    response = exchange.get("response") or {}
    first, last = _range_of(exchange)
    answered = _answers(exchange).get("content-range", "").partition("/")[0]
    length = _answers(exchange).get("content-length", str(last - first + 1))
    right = response.get("status") == 206 and answered == f"bytes {first}-{last}" and int(length) == last - first + 1
    return 200 <= (response.get("status") or 0) < 300 and not right


def _first_failing(case: Case) -> int | None:
    """The place of the first part that fails, for the C SDK or for the port."""
    for i, exchange in _parts(case):
        response = exchange.get("response")
        broken = response is None or response["status"] >= 300 or "cut" in (response.get("transport") or {})
        if broken or (_is_download(case) and (_is_other_object(case, exchange) or _is_other_range(exchange))):
            return i
    refused = [i for i, _ in _parts(case)] if _is_upload(case) and traits.code(case) == -978 else []
    return refused[-1] if refused else None


def _fails_at_a_part(case: Case) -> bool:
    return _is_resumable(case) and not _untrusted(case) and _first_failing(case) is not None


def _stops_at_failure(case: Case, expected: Expectation) -> None:
    """Expects no more than the requests up to the failing part: workers of the C SDK may have begun further ones."""
    failing = _first_failing(case)
    assert failing is not None
    expected.maybe_from = failing + 1
    if "progress" in expected.out:
        expected.out["progress"] = ANYTHING
    for name in list(expected.files or {}):
        if name in expected.checkpoints:
            expected.counting[name] = [i for i, part in enumerate(_parts(case)) if part[0] < failing]
        elif name.endswith(".tmp"):
            expected.files[name] = {"size": expected.files[name]["size"], "sha256": ANYTHING}  # type: ignore[index]


def _gone(case: Case, expected: Expectation) -> None:
    """Expects of the files only that an old target is unchanged and no new one appears."""
    target = case["args"]["filepath"]
    kept = {name: f for name, f in (expected.files or {}).items() if name == target and name in _before(case)}
    expected.files = kept or None
    expected.absent = [target] if target not in _before(case) else []
    expected.out.pop("progress", None)


def _before(case: Case) -> dict[str, Any]:
    return case.get("files_before") or {}


def _other_object(case: Case) -> bool:
    return _is_download(case) and any(_is_other_object(case, e) for _, e in _parts(case))


def _changed(case: Case, expected: Expectation) -> None:
    expected.status = {"code": 412, "error_code": "PreconditionFailed", "error_msg": a_text('"')}


def _dropped(case: Case, expected: Expectation) -> None:
    checkpoint = _checkpoint_name(case)
    expected.absent += [f"{case['args']['filepath']}.tmp", *([checkpoint] if checkpoint else [])]


def _wrong_bytes(case: Case) -> bool:
    """Whether a part is of another object, of another range, or not whole."""
    return _other_object(case) or _other_range(case) or _cut_part(case)


def _other_range(case: Case) -> bool:
    other = _is_download(case) and any(_is_other_range(e) for _, e in _parts(case))
    return other and not _other_object(case) and not _untrusted(case)


def _wrong_part(case: Case, expected: Expectation) -> None:
    negative = Fits("a negative code", lambda value: isinstance(value, int) and value < 0)
    expected.status = {"code": negative, "error_code": "ServerError", "error_msg": ANY_TEXT}


def _cut_part(case: Case) -> bool:
    return _is_download(case) and any(
        "cut" in ((e.get("response") or {}).get("transport") or {}) for _, e in _parts(case)
    )


def _short_part(case: Case, expected: Expectation) -> None:
    expected.status = {"code": -992, "error_code": "HttpIoError", "error_msg": a_text(r"\d+ bytes received")}


def _has_checkpoint(case: Case) -> bool:
    return _is_resumable(case) and bool(_checkpoints_after(case))


def _checkpoints_after(case: Case) -> list[str]:
    files = case["result"].get("files_after") or {}
    return [name for name in files if name == _checkpoint_name(case)]


def _may_say(what: str) -> Callable[[Case, Expectation], None]:
    """Makes the adjustment that lets a checkpoint say something that the C SDK's does not."""

    def adjust(case: Case, expected: Expectation) -> None:
        for name in _checkpoints_after(case):
            expected.more.setdefault(name, set()).add(what)

    return adjust


def _untrusted(case: Case) -> bool:
    """Whether the checkpoint was wrong, or of another object: resuming led to a wrong file or a CRC64 that differs."""
    checkpoint, target = _checkpoint_name(case), case["args"].get("filepath")
    if not _is_download(case) or checkpoint not in _before(case):
        return False
    if _asks_nonsense(case):
        return True
    if _first_failing(case) is not None:
        return False
    if any(_is_head(e) and (e.get("response") or {}).get("status") != 200 for e in case["exchanges"]):
        return False
    other_key = _recorded_key(_before(case)[checkpoint]) not in (None, "", text_of(case["args"]["object"]))
    after = (case["result"].get("files_after") or {}).get(target)
    served = bytes_of(case["object"]["content"])
    crc_is_right = case["object"]["crc64"] is None or _crc(served) == case["object"]["crc64"]
    wrong = after is None or after["sha256"] != _sha(served)
    return other_key or (wrong and crc_is_right)


def _asks_nonsense(case: Case) -> bool:
    """Whether a part is requested that lies outside of the object."""
    size = len(bytes_of(case["object"]["content"]))
    return any(not 0 <= first <= last < size for first, last in (_range_of(e) for _, e in _parts(case)))


def _is_head(exchange: dict[str, Any]) -> bool:
    return bool(exchange["request"]["method"] == "HEAD")


def _recorded_key(recorded: Any) -> str | None:
    found = re.search(rb"<Key>(.*?)</Key>", content_of(recorded))
    return found[1].decode() if found else None


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _crc(data: bytes) -> str:
    return str(aos_crc64(0, data, len(data)))


def _fetched_anew(case: Case, seen: Outcome) -> list[str]:
    """Checks that the call succeeded, that the file is the object, and that nothing else is left."""
    target = case["args"]["filepath"]
    files = seen.files or {}
    right = files.get(target, {}).get("sha256") == _sha(bytes_of(case["object"]["content"]))
    problems = [] if right else ["the file is not the object"]
    problems += [f"{name} is left" for name in files if name in (f"{target}.tmp", _checkpoint_name(case))]
    if not seen.status or seen.status["code"] != 200:
        problems.append(f"status {seen.status}, raised {seen.raised}")
    return problems


def _without_parts(case: Case) -> bool:
    """Whether the part size is 0 or less."""
    return _is_resumable(case) and bool(_params(case)) and (_params(case)["part_size"] or 0) <= 0


def _part_size_refused(case: Case, expected: Expectation) -> None:
    expected.requests, expected.resp_headers, expected.maybe_from, expected.open_ended = [], ANYTHING, None, False
    expected.status = {"code": -994, "error_code": "ClientError", "error_msg": a_text("part_size")}
    expected.out, expected.files = {}, None


def _local_failure(case: Case, *codes: str) -> bool:
    codes = codes or ("OpenFileFail", "RenameFileFail", "InconsistentError", "WriteFileFail")
    return _is_resumable(case) and traits.result(case, "status", "error_code") in codes


def _own_message(case: Case, expected: Expectation) -> None:
    expected.status["error_msg"] = ANY_TEXT


def _cannot_open(case: Case) -> bool:
    return _local_failure(case, "OpenFileFail")


def _open_code(case: Case, expected: Expectation) -> None:
    expected.status["code"] = one_of(expected.status["code"], -985, -983)


def _cannot_rename(case: Case) -> bool:
    return _local_failure(case, "RenameFileFail")


def _rename_code(case: Case, expected: Expectation) -> None:
    expected.status["code"] = -981


def _drops_unusable(case: Case) -> bool:
    """Whether the C SDK left files of a failed download that no checkpoint can continue."""
    failed = traits.code(case) != 200 and _is_download(case)
    return failed and bool(_unusable(case))


def _unusable(case: Case) -> list[str]:
    after, target = case["result"].get("files_after") or {}, case["args"]["filepath"]
    blocked = any(name.startswith(f"{target}.tmp/") for name in after)
    if _checkpoint_name(case) is None:
        return [name for name in after if name == f"{target}.tmp" and name not in _before(case)]
    return [name for name in after if blocked and name == _checkpoint_name(case)]


def _nothing_left(case: Case, expected: Expectation) -> None:
    for name in _unusable(case):
        (expected.files or {}).pop(name)


def _extra_headers(case: Case) -> bool:
    return _is_download(case) and bool(case["args"].get("headers"))


def _headers_with_every_part(case: Case, expected: Expectation) -> None:
    for request in expected.requests:
        if request.method == "GET":
            request.headers += [h for h in traits.oss_headers(case) if h not in request.headers]
    expected.resigned = True


def _extra_params(case: Case) -> bool:
    return _is_download(case) and bool(case["args"].get("params"))


def _params_with_every_part(case: Case, expected: Expectation) -> None:
    query = quoted_query(traits.given(case, "params"))
    for request in expected.requests:
        request.target += ("&" if "?" in request.target else "?") + query
    expected.resigned = True


def _began_upload(case: Case) -> bool:
    return any(e["request"]["target"].endswith("?uploads") and e.get("response") for e in case["exchanges"])


def _abandoned(case: Case) -> bool:
    """Whether an upload failed that no checkpoint on disk can continue."""
    failed = _is_upload(case) and traits.code(case) != 200 and _began_upload(case)
    initiated = failed and case["exchanges"][0]["response"]["status"] == 200 and traits.code(case) != -980
    return initiated and _checkpoint_name(case) is None


def _aborted(case: Case, expected: Expectation) -> None:
    first = expected.requests[0]
    upload = re.search(rb"<UploadId>(.*?)</UploadId>", body_of(case["exchanges"][0]["response"]) or b"")
    if upload is None:
        return
    path = first.target.partition("?")[0] + "?" + quoted_query([("uploadId", upload[1].decode())])
    (expected.somewhere if expected.maybe_from else expected.requests).append(
        Received("DELETE", path, _without_body(case, first.headers))
    )
    expected.resigned = True


def _without_body(case: Case, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers without those that frame a body and those of the caller."""
    framing = ("content-type", "content-length", "transfer-encoding", "expect")
    return [h for h in headers if h[0].lower() not in framing and h not in traits.given(case, "headers")]


def _dead_connection(case: Case) -> bool:
    return _is_upload(case) and any(e.get("response", {}) is None for _, e in _parts(case))


def _sent_again(case: Case, expected: Expectation) -> None:
    at = next(i for i, e in _parts(case) if e.get("response", {}) is None)
    if at:
        expected.requests.insert(at, expected.requests[at])


def _completion_failed(case: Case) -> bool:
    last = case["exchanges"][-1]["request"] if case["exchanges"] else {"method": "", "target": ""}
    completing = last["method"] == "POST" and "uploadId=" in last["target"]
    failed = traits.code(case) != 200 or traits.late_error(case) is not None
    return _is_upload(case) and completing and failed and _checkpoint_name(case) is not None


def _record_after_completion(case: Case, expected: Expectation) -> None:
    """Expects the checkpoint to stay, so that the completion can be repeated."""
    name = _checkpoint_name(case)
    assert name is not None and expected.files is not None
    expected.files[name] = {"size": ANYTHING, "sha256": ANYTHING}
    expected.checkpoints.discard(name)


def _upload_is_gone(case: Case) -> bool:
    return _is_upload(case) and traits.result(case, "status", "error_code") == "NoSuchUpload"


def _begun_anew(case: Case, seen: Outcome) -> list[str]:
    """Checks that another upload was begun, of which all parts were sent."""
    begun = [place for place, request in enumerate(seen.requests) if request.target.endswith("?uploads")]
    if not begun:
        return ["no other upload was begun"]
    left = [f"{name} is left" for name in seen.files or {} if name == _checkpoint_name(case)]
    return left + _uploaded_anew(case, seen, begun[-1])


def _empty_file(case: Case) -> bool:
    source = _before(case).get(case["args"].get("filepath"))
    empty = source is not None and not content_of(source) and bool(case["exchanges"])
    return _is_upload(case) and empty and not _without_parts(case)


def _one_empty_part(case: Case, seen: Outcome) -> list[str]:
    methods = [request.method for request in seen.requests]
    bodies = [request.body for request in seen.requests if request.method == "PUT"]
    right = methods == ["POST", "PUT", "POST"] and bodies == [b""] and seen.status and seen.status["code"] == 200
    return [] if right else [f"{methods}, status {seen.status}"]


def _unusable_upload_record(case: Case) -> bool:
    """Whether the C SDK continued an upload from a checkpoint without an id, or with fewer parts than the file has."""
    name = _checkpoint_name(case)
    if not _is_upload(case) or name not in _before(case) or not case["exchanges"] or _began_upload(case):
        return False
    content = content_of(_before(case)[name])
    numbers = re.search(rb"<CPParts>\s*<Number>(\d+)</Number>\s*<Size>(\d+)</Size>", content)
    size = len(content_of(_before(case)[case["args"]["filepath"]]))
    short = numbers is not None and int(numbers[1]) != -(-size // max(int(numbers[2]), 1))
    return b"<UploadId></UploadId>" in content or short


def _uploaded_anew(case: Case, seen: Outcome, first: int = 0) -> list[str]:
    """Checks that the requests from ``first`` on sent the whole file."""
    whole = b"".join(request.body or b"" for request in seen.requests[first:] if request.method == "PUT")
    right = whole == content_of(_before(case)[case["args"]["filepath"]])
    problems = [] if right else ["the parts sent are not the file"]
    return problems if seen.status and seen.status["code"] == 200 else [*problems, f"status {seen.status}"]


def _no_file(case: Case) -> bool:
    """Whether the source is a folder."""
    return _is_upload(case) and any(name.startswith(f"{case['args']['filepath']}/") for name in _before(case))


def _no_record(case: Case) -> bool:
    """Whether the checkpoint cannot be opened."""
    failed = traits.result(case, "status", "error_code") == "OpenFileFail"
    return _is_upload(case) and not _no_file(case) and _checkpoint_name(case) is not None and failed


def _refused_at_once(case: Case, expected: Expectation) -> None:
    expected.files = {name: file for name, file in (expected.files or {}).items() if name in _before(case)}
    expected.requests, expected.somewhere, expected.maybe_from = [], [], None
    expected.status["error_msg"] = ANY_TEXT
    expected.resp_headers = ANYTHING


RESUMABLE = (
    Difference("checkpoints: on disk before the first part", _has_checkpoint, _may_say("parts")),
    Difference("checkpoints: the ETags of parts in advance", _has_checkpoint, _may_say("etag")),
    Difference("checkpoints: a CRC64 of each part sent", _has_checkpoint, _may_say("crc64")),
    Difference("checkpoints: an upload's names its object", _has_checkpoint, _may_say("object_name")),
    Difference("resumable: a part begun before another was known to have failed", _fails_at_a_part, _stops_at_failure),
    Difference("resumable download: parts that are not right leave the target as it was", _wrong_bytes, _gone),
    Difference("resumable download: an object that is replaced is 412", _other_object, _changed),
    Difference("resumable download: nothing of an object that is replaced is kept", _other_object, _dropped),
    Difference("resumable download: a part is the range asked for", _other_range, _wrong_part),
    Difference("resumable download: a part cut short is -992", _cut_part, _short_part),
    Difference("resumable download: a record that is not right is not trusted", _untrusted, instead=_fetched_anew),
    Difference("resumable: a part size of 0 or less is refused", _without_parts, _part_size_refused),
    Difference("resumable: local failures have messages of their own", _local_failure, _own_message),
    Difference("resumable: a file that cannot be opened is -985 or -983", _cannot_open, _open_code),
    Difference("resumable: a file that cannot be renamed is -981", _cannot_rename, _rename_code),
    Difference("resumable download: what cannot be continued is not left", _drops_unusable, _nothing_left),
    Difference("resumable download: x-oss headers go with every part", _extra_headers, _headers_with_every_part),
    Difference("resumable download: params go with every part", _extra_params, _params_with_every_part),
    Difference("resumable upload: aborted when nothing can continue it", _abandoned, _aborted),
    Difference("resumable upload: sent again when the kept connection was dead", _dead_connection, _sent_again),
    Difference(
        "resumable upload: the record outlives a failed completion", _completion_failed, _record_after_completion
    ),
    Difference("resumable upload: an upload that is gone begins anew", _upload_is_gone, instead=_begun_anew),
    Difference("resumable upload: an empty file is one empty part", _empty_file, instead=_one_empty_part),
    Difference(
        "resumable upload: a record that is not right is not trusted", _unusable_upload_record, instead=_uploaded_anew
    ),
    Difference("resumable upload: what is no file is refused at once", _no_file, _refused_at_once),
    Difference("resumable upload: without its checkpoint it does not begin", _no_record, _refused_at_once),
)
