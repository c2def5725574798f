"""Documented differences in how answers are read: XML, downloads to files, SQL."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from aos._c.noncharacters import restored
from oss.tools.crosscheck.replay import traits
from oss.tools.crosscheck.replay.calls import Expectation
from oss.tools.crosscheck.replay.corpus import body_of, content_of, json_of_bytes
from oss.tools.crosscheck.replay.expect import ANY_TEXT, ANYTHING, a_text, one_of
from oss.tools.crosscheck.replay.rows import Case, Difference
from oss.tools.crosscheck.replay.vector_traits import UNTOUCHED, bad_numbers, is_xml, root_of

__all__ = ["ANSWERS"]

ENTRIES = {"Referer": "RefererList", "Tag": "TagSet"}
"""Elements that the C SDK takes wherever they stand, and where they belong."""
NO_INT = 2147483647
RAW = "x-oss-select-output-raw"
FRAME_HEAD, FRAME_TAIL = 12, 4
END_FRAMES = (0x800005, 0x800006, 0x800007)


def _body(case: Case) -> bytes:
    """The last document of a 2xx answer."""
    found = [body_of(r) for r in traits.responses(case) if 200 <= r["status"] < 300]
    last = found[-1] if found else None
    return last if last is not None and last.lstrip()[:1] == b"<" else b""


def _reads_xml(case: Case) -> bool:
    kinds = ("buffer", "object_to", "put_object", "append", "select", "upload")
    return not any(kind in case["function"] for kind in kinds) and bool(_body(case))


def _is_malformed(case: Case) -> bool:
    return _reads_xml(case) and not is_xml(_body(case)) and traits.code(case) == 200


def _xml_refused(case: Case, expected: Expectation) -> None:
    expected.status.update(code=-980, error_code="ParseXmlError", error_msg=a_text(r"line \d+, column \d+$"))
    expected.out = {name: value for name, value in expected.out.items() if name.endswith("_after")}


def _has_bad_numbers(case: Case) -> bool:
    return _reads_xml(case) and traits.code(case) == 200 and bad_numbers(_body(case))


def _numbers_untouched(case: Case, expected: Expectation) -> None:
    expected.out = _or_untouched(expected.out)


def _or_untouched(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _or_untouched(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_or_untouched(item) for item in value]
    return one_of(value, 0, 3, 5, UNTOUCHED, NO_INT) if isinstance(value, int) else value


def _has_cdata(case: Case) -> bool:
    return _reads_xml(case) and b"<![CDATA[" in _body(case)


def _has_comments(case: Case) -> bool:
    return _reads_xml(case) and b"<!--" in _body(case)


def _text_found(case: Case, expected: Expectation) -> None:
    def found(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: found(item) for name, item in value.items()}
        return [found(item) for item in value] if isinstance(value, list) else ANYTHING if value is None else value

    expected.out = found(expected.out)


def _is_late_error(case: Case) -> bool:
    """Whether an answer that says nothing of an object's content is an Error with a success's status."""
    if traits.late_error(case) is None or _selects(case) or traits.code(case) not in (200, 203):
        return False
    return case["exchanges"][-1]["request"]["method"] in ("PUT", "POST") or _reads_xml(case)


def _fails_late(case: Case) -> bool:
    return traits.code(case) == 200 and _is_late_error(case)


def _callback_failed(case: Case) -> bool:
    return traits.code(case) == 203 and _is_late_error(case)


def _told(case: Case, expected: Expectation) -> None:
    code, message = traits.error_of(traits.late_error(case))
    expected.status.update(error_code=code, error_msg=message, req_id=ANYTHING)


def _failed_late(case: Case, expected: Expectation) -> None:
    _told(case, expected)
    expected.status["code"] = -986
    expected.out = {name: ANYTHING if name == "params" else value for name, value in expected.out.items()}


def _misplaced(case: Case) -> list[str]:
    """The texts of entries outside of the element they belong to."""
    root = root_of(_body(case))
    if not _reads_xml(case) or root is None:
        return []
    outside = [
        child for parent in root.iter() for child in parent if child.tag in ENTRIES and parent.tag != ENTRIES[child.tag]
    ]
    return [text for entry in outside for text in entry.itertext() if text.strip()]


def _without_misplaced(case: Case, expected: Expectation) -> None:
    texts = _misplaced(case)

    def kept(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: kept(item) for name, item in value.items()}
        if isinstance(value, list):
            return [item for item in value if not (isinstance(item, dict) and any(t in item.values() for t in texts))]
        return value

    expected.out = kept(expected.out)


def _deleted_keys(case: Case) -> list[str | None]:
    root = root_of(_body(case))
    if not traits.result(case, "out", "deleted_object_list") or root is None:
        return []
    decoded = root.findtext("EncodingType") == "url"
    keys = [restored(entry.findtext("Key") or "") or None for entry in root.iterfind("Deleted")]
    return [unquote(key) if decoded and key else key for key in keys]


def _deletes(case: Case) -> bool:
    return bool(_deleted_keys(case))


def _keys_as_sent(case: Case, expected: Expectation) -> None:
    if not expected.requests:
        return  # refused
    expected.out["deleted_object_list"] = [{"key": key} for key in _deleted_keys(case)]


def _is_encoded_listing(case: Case) -> bool:
    return case["function"].startswith("oss_list_") and b"<EncodingType>url<" in _body(case)


def _decoded(case: Case, expected: Expectation) -> None:
    def decoded(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: decoded(item) for name, item in value.items()}
        if isinstance(value, list):
            return [decoded(item) for item in value]
        return unquote(value) if isinstance(value, str) else value

    expected.out["params"] = decoded(expected.out["params"])


def _target(case: Case) -> str | None:
    return case["args"].get("filename") if "_object_to_file" in case["function"] else None


def _by_url_to_file(case: Case) -> bool:
    return bool(case["function"] == "oss_get_object_to_file_by_url")


def _by_way_of_a_temporary_file(case: Case, expected: Expectation) -> None:
    target, before = _target(case), dict(case.get("files_before") or {})
    assert target is not None and expected.files is not None
    expected.ignored.add(f"{target}.tmp")
    answered = traits.responses(case)
    if traits.code(case) == 200 and answered and not traits.cut_short(case):
        before[target] = json_of_bytes(body_of(answered[-1]) or b"")
    expected.set_file(target, before.get(target))


def _fails_to_file(case: Case) -> bool:
    return _target(case) is not None and (traits.cut_short(case) or traits.code(case) in (-978, -975))


def _target_untouched(case: Case, expected: Expectation) -> None:
    target = _target(case)
    assert target is not None
    expected.set_file(target, (case.get("files_before") or {}).get(target))
    expected.ignored.add(f"{target}.tmp")


def _any_target(case: Case) -> str | None:
    return case["args"].get("filepath") if "resumable_download" in case["function"] else _target(case)


def _target_is_a_folder(case: Case) -> bool:
    before, target = case.get("files_before") or {}, _any_target(case)
    return target is not None and any(name.startswith(f"{target}/") for name in before)


def _folder_refused(case: Case, expected: Expectation) -> None:
    expected.requests, expected.resp_headers, expected.maybe_from, expected.open_ended = [], ANYTHING, None, False
    expected.status = {"code": -985, "error_code": "OpenFileFail", "error_msg": a_text("is a folder")}
    expected.out, expected.files = {}, None


def _cannot_be_opened(case: Case) -> bool:
    code = traits.result(case, "status", "error_code")
    return "_object_to_file" in case["function"] and code == "OpenFileFail"


def _any_message(case: Case, expected: Expectation) -> None:
    expected.status["error_msg"] = ANY_TEXT


def _selects(case: Case) -> bool:
    return "select" in case["function"]


def _without_end_frame(case: Case) -> bool:
    answered = [r for r in traits.responses(case) if 200 <= r["status"] < 300]
    raw = any(n.lower() == RAW and v.lower().startswith("true") for r in answered[-1:] for n, v in r["headers"])
    return _selects(case) and bool(answered) and not raw and not _has_end_frame(body_of(answered[-1]) or b"")


def _has_end_frame(stream: bytes) -> bool:
    """Whether an end frame is there; a frame is version and type (4 bytes), length, checksum, payload, checksum."""
    while len(stream) >= FRAME_HEAD:
        kind, size = int.from_bytes(stream[1:4], "big"), int.from_bytes(stream[4:8], "big")
        whole = FRAME_HEAD + size + FRAME_TAIL
        if kind in END_FRAMES:
            return len(stream) >= whole
        stream = stream[whole:]
    return False


def _stopped(case: Case, expected: Expectation) -> None:
    own = one_of("SelectObjectError", "CreateSelectObjectMetaError", "HttpIoError")
    expected.status.update(code=-992, error_code=own, error_msg=ANY_TEXT)
    if case["args"].get("filename"):
        expected.ignored.add(case["args"]["filename"])


def _frame_message(case: Case) -> str | None:
    """The message that the C SDK took from an end frame; None where there was none."""
    named = traits.result(case, "status", "error_code") in ("SelectObjectError", "CreateSelectObjectMetaError")
    message: str | None = traits.result(case, "status", "error_msg") if named and traits.code(case) != 0 else None
    return message


def _begins_in_counters(case: Case) -> bool:
    return _frame_message(case) == ""


def _has_long_message(case: Case) -> bool:
    return len(_frame_message(case) or "") > 200


def _whole_message(case: Case, expected: Expectation) -> None:
    expected.status["error_msg"] = a_text("^" + re.escape(expected.status["error_msg"]))


def _over_memory(case: Case) -> bool:
    limit = (case.get("options") or {}).get("max_memory_size")
    body = max((len(body_of(r) or b"") for r in traits.responses(case)), default=0)
    return limit is not None and body > limit and traits.code(case) == -978


def _too_big(case: Case, expected: Expectation) -> None:
    expected.status = {"code": -999, "error_code": "HttpIoError", "error_msg": a_text("too big")}
    expected.out.pop("body", None)


def _resumes_listed(case: Case) -> bool:
    upload = case["function"] == "oss_upload_file" and case["args"].get("upload_id") is not None
    return upload and traits.code(case) == 200


def _compares_listed(case: Case, seen: Any) -> list[str]:
    """Checks that every part sent is the right piece of the file, and that the completion names all of them."""
    source = case["files_before"][case["args"]["filename"]]
    content, size = content_of(source), case["args"]["part_size"]
    problems = [] if seen.status and seen.status["code"] == 200 else [f"status {seen.status}, raised {seen.raised}"]
    for request in seen.requests:
        number = re.search(r"partNumber=(\d+)", request.target)
        if number and request.body != content[(int(number[1]) - 1) * size :][:size]:
            problems.append(f"part {number[1]} is not that piece of the file")
    named = re.findall(rb"<PartNumber>(\d+)<", seen.requests[-1].body or b"") if seen.requests else []
    count = -(-len(content) // size)
    return problems if len(named) == count else [*problems, f"{len(named)} of {count} parts completed"]


ANSWERS = (
    Difference("XML: what is no plain well-formed document is refused", _is_malformed, _xml_refused),
    Difference("XML: a number that is none leaves its field as it was", _has_bad_numbers, _numbers_untouched),
    Difference("XML: CDATA is text", _has_cdata, _text_found),
    Difference("XML: text around comments is text", _has_comments, _text_found),
    Difference("XML: elements count where they belong", lambda case: bool(_misplaced(case)), _without_misplaced),
    Difference("an Error in an answer of 200 is -986", _fails_late, _failed_late),
    Difference("an Error in an answer of 203 is told", _callback_failed, _told),
    Difference("XML: deleted keys are decoded when the answer says so", _deletes, _keys_as_sent),
    Difference("XML: listings in URL encoding are decoded", _is_encoded_listing, _decoded),
    Difference("a download by URL goes by way of a temporary file", _by_url_to_file, _by_way_of_a_temporary_file),
    Difference("a download that failed leaves the old file", _fails_to_file, _target_untouched),
    Difference("a target that is a folder is refused before the first request", _target_is_a_folder, _folder_refused),
    Difference("a file that cannot be opened is described in the system's words", _cannot_be_opened, _any_message),
    Difference("select: an answer without its end frame is -992", _without_end_frame, _stopped),
    Difference("select: the end frame's message is read from its start", _begins_in_counters, _any_message),
    Difference("select: the end frame's message is read whole", _has_long_message, _whole_message),
    Difference("an answer too big for memory is -999", _over_memory, _too_big),
    Difference("oss_upload_file compares the parts that are listed", _resumes_listed, instead=_compares_listed),
)
