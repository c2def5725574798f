"""Documented differences of the helper functions."""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Callable
from typing import Any

from oss._define.content_types import get_content_type_by_suffix
from oss.tools.crosscheck.replay import reference, traits
from oss.tools.crosscheck.replay.corpus import bytes_of, text_of
from oss.tools.crosscheck.replay.expect import ANYTHING, Fits, a_text, one_of
from oss.tools.crosscheck.replay.odd_vectors import parsed_checkpoint
from oss.tools.crosscheck.replay.rows import Case, Difference
from oss.tools.crosscheck.replay.server import Received
from oss.tools.crosscheck.replay.vector_traits import UNTOUCHED, bad_numbers, is_xml

__all__ = ["VECTORS"]

Expected = dict[str, Any]
PARSER = re.compile(r"oss_\w+_parse_from_body")
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
CUT = 1023
"""Bytes of a text that fit the C SDK's XML builder."""


def _of(*names: str) -> Callable[[Case], bool]:
    return lambda case: case["function"] in names


def _body(case: Case) -> bytes:
    value = case["args"].get("body", case["args"].get("xml_body"))
    return b"" if value is None else bytes_of(value)


def _parses(case: Case) -> bool:
    return bool(PARSER.fullmatch(case["function"])) and "checkpoint" not in case["function"]


def _is_malformed(case: Case) -> bool:
    return _parses(case) and not is_xml(_body(case)) and case["result"].get("return") == 0


def _nothing_taken(case: Case, expected: Expected) -> None:
    for name, value in expected.items():
        if name == "return":
            expected[name] = -980
        elif isinstance(value, int):
            expected[name] = one_of(value, UNTOUCHED)


def _lacks_prolog(case: Case) -> bool:
    """Whether the document has no prolog: the C SDK then misses its root and all that is looked up from there."""
    return _parses(case) and is_xml(_body(case)) and not _body(case).startswith(b"<?xml") and not _dies(case)


def _root_found(case: Case, expected: Expected) -> None:
    """Accepts any value where the C SDK found none, and expects the same one where it did."""
    for name, value in expected.items():
        expected[name] = _found_or(value)


def _found_or(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _found_or(item) for name, item in value.items()}
    defaults = (None, "", 0, 3, 5, UNTOUCHED, "enabled", "HLS", "playlist.m3u8")
    missing = value == [] or (not isinstance(value, list) and value in defaults)
    return ANYTHING if missing else value


def _has_bad_numbers(case: Case) -> bool:
    return _parses(case) and bad_numbers(_body(case))


def _number_untouched(case: Case, expected: Expected) -> None:
    for name, value in expected.items():
        if isinstance(value, int) and name != "return":
            expected[name] = one_of(value, UNTOUCHED)


def _keys_as_sent(case: Case, expected: Expected) -> None:
    keys = re.findall(rb"<Key>([^<]*)</Key>|<Key/>", _body(case))
    expected["list"] = [{"key": key.decode() or None} for key in keys]


def _deletes(case: Case) -> bool:
    return _of("oss_delete_objects_parse_from_body")(case) and is_xml(_body(case)) and b"<Key" in _body(case)


def _dies(case: Case) -> bool:
    return "outcome" in case["result"]


def _comes_back(case: Case, seen: Expected) -> list[str]:
    raised = seen.get("raised", "ValueError")
    return [] if raised.startswith("ValueError") else [f"raised {raised}"]


def _error_misread(case: Case) -> bool:
    if case["function"] != "aos_status_parse_from_body" or case["args"]["code"] // 100 == 2:
        return False
    status = case["result"]["status"]
    return traits.error_of(_body(case)) != (status["error_code"], status["error_msg"])


def _error_read(case: Case, expected: Expected) -> None:
    expected["status"]["error_code"], expected["status"]["error_msg"] = traits.error_of(_body(case))


def _long_key(case: Case) -> bool:
    return "HMAC" in case["function"] and len(bytes_of(case["args"]["key"])) > traits.HMAC_BLOCK


def _hmac(case: Case, expected: Expected) -> None:
    kind = "sha1" if "SHA1" in case["function"] else "sha256"
    expected["hex"] = hmac.digest(bytes_of(case["args"]["key"]), bytes_of(case["args"]["message"]), kind).hex()


def _is_doc(case: Case) -> bool:
    args, function = case["args"], case["function"]
    if function == "set_content_type":
        name = args.get("filename") if args.get("filename") is not None else args.get("key")
        return traits.names_doc(name) and not any(n.lower() == "content-type" for n, _ in _pairs(args.get("headers")))
    by_suffix = function == "get_content_type_by_suffix" and (text_of(args["suffix"]) or "").lower() == "doc"
    return by_suffix or (function == "get_content_type" and traits.names_doc(args["name"]))


def _doc_type(case: Case, expected: Expected) -> None:
    right = get_content_type_by_suffix("doc")
    if "return" in expected and isinstance(expected["return"], str):
        expected["return"] = right
    if "headers" in expected:
        expected["headers"] = [[n, right if n == "Content-Type" else value] for n, value in expected["headers"]]


def _lacks_credentials(case: Case) -> bool:
    config = case["args"].get("config") or {}
    nowhere = config.get("signature_version") == traits.V4 and not (config.get("region") or config.get("cloudbox_id"))
    missing = not config.get("access_key_id") or not config.get("access_key_secret")
    return _of("oss_sign_request", "oss_get_signed_url")(case) and (missing or nowhere)


def _refused(case: Case, expected: Expected) -> None:
    asked = case["args"].get("req") or {}
    expected["return"] = -994
    for name, before in (("headers", asked.get("headers")), ("query_params", asked.get("query_params"))):
        if name in expected:
            expected[name] = before
    if "signed_url" in expected:
        expected["signed_url"] = None


def _bad_time(case: Case) -> bool:
    if _of("oss_sign_request")(case):
        dates = [text_of(v) or "" for n, v in case["args"]["req"]["headers"] if n.lower() == "x-oss-date"]
        v4 = case["args"]["config"].get("signature_version") == traits.V4
        return v4 and any(not re.fullmatch(traits.DATE, date) for date in dates)
    if not _of("oss_get_signed_url")(case) or case["args"]["config"].get("signature_version") != traits.V4:
        return False
    return not re.fullmatch(r"[+-]?\d+", text_of(case["args"]["expires"]) or "")


def _pairs(value: Any) -> list[tuple[str, str]]:
    return [(text_of(name) or "", text_of(item) or "") for name, item in value or []]


def _reference_signature(case: Case) -> str | None:
    """The Authorization that a signed request should have."""
    asked, config = case["args"]["req"], case["args"]["config"]
    sent = [(name, value) for name, value in _pairs(case["result"]["headers"]) if name != "Authorization"]
    spelled = {name.lower(): name for name, _ in _pairs(asked["headers"])}
    headers = [(spelled.get(name.lower(), name), value) for name, value in sent]
    request = Received(METHODS[asked["method"]], "", headers)
    resource = "/" + (text_of(asked["resource"]) or "")
    return reference.authorization(config, request, resource, _pairs(asked["query_params"]))


def _signed_otherwise(case: Case) -> bool:
    if not _of("oss_sign_request")(case) or _dies(case) or case["result"].get("return") != 0:
        return False
    if _lacks_credentials(case) or _bad_time(case):
        return False
    recorded = dict(case["result"]["headers"]).get("Authorization")
    return recorded is not None and _reference_signature(case) != recorded


def _signed_right(case: Case, expected: Expected) -> None:
    spelled = {name.lower(): name for name, _ in _pairs(case["args"]["req"]["headers"])}
    right = _reference_signature(case)
    expected["headers"] = [
        [spelled.get(name.lower(), name), right if name == "Authorization" else value]
        for name, value in expected["headers"]
    ]


def _other_string(case: Case) -> bool:
    if not _of("oss_get_string_to_sign")(case) or case["result"]["return"] != 0:
        return False
    return bool(_string_to_sign(case) != case["result"]["signstr"])


def _string_to_sign(case: Case) -> str:
    args = case["args"]
    headers = _pairs(args["headers"])
    date = next((v for n, v in headers if n.lower() == "x-oss-date"), None)
    date = date or next((v for n, v in headers if n.lower() == "date"), "")
    resource = text_of(args["canon_res"]) or ""
    return reference.string_to_sign(METHODS[args["method"]], headers, date, resource, _pairs(args["params"]))


def _right_string(case: Case, expected: Expected) -> None:
    expected["signstr"] = _string_to_sign(case)


def _long_token(case: Case) -> bool:
    return _of("oss_get_signed_url")(case) and case["result"]["return"] != 0


def _own_query(case: Case, expected: Expected) -> None:
    expected["query_params"] = ANYTHING
    expected["return"] = one_of(expected["return"], 0)
    expected["signed_url"] = ANYTHING


def _unspeakable(case: Case) -> bool:
    texts = [bytes_of(key).decode("utf-8", "surrogateescape") for key in case["args"].get("object_list") or [] if key]
    return _of("build_objects_xml")(case) and any(re.search(traits.UNSPEAKABLE, text) for text in texts)


def _raises(case: Case, seen: Expected) -> list[str]:
    return [] if re.match(r"(ValueError|XmlError)", seen.get("raised", "")) else [f"expected a ValueError: {seen}"]


def _bare_returns(case: Case) -> bool:
    """Whether a document is written with a carriage return as it is, which a reader takes for a line feed."""
    return any("\r" in text for text in _documents(case["result"]))


def _documents(result: Expected) -> list[str]:
    return [text for text in result.values() if isinstance(text, str) and text.startswith("<?xml")]


def _returns_escaped(case: Case, expected: Expected) -> None:
    for name, value in expected.items():
        if value in _documents(expected):
            expected[name] = value.replace("\r", "&#13;")


def _unknown_tier(case: Case) -> bool:
    return _of("oss_build_restore_object_body")(case) and "(null)" in str(case["result"])


def _other_select_body(case: Case) -> bool:
    if not _of("oss_build_select_object_body")(case):
        return False
    return len(_expression(case)) > len(base64.b64encode(b"x" * (CUT // 4 * 3 - 1)))


def _expression(case: Case) -> str:
    return base64.b64encode(bytes_of(case["args"]["expression"])).decode()


def _whole_expression(case: Case, expected: Expected) -> None:
    whole = rf"\g<1>{_expression(case)}"
    expected["body"] = re.sub(r"(<Expression>)[^<]*", whole, expected["body"])


def _compresses_meta(case: Case) -> bool:
    builds = _of("oss_build_create_select_object_meta_body")(case)
    return builds and case["args"]["params"].get("compression_type", "None") != "None"


def _compression_sent(case: Case, expected: Expected) -> None:
    kind = case["args"]["params"]["compression_type"]
    expected["body"] = expected["body"].replace(">None<", f">{kind}<")


def _null_name(case: Case) -> bool:
    return _of("oss_get_temporary_file_name")(case) and case["args"]["filename"] is None


def _null_name_refused(case: Case, expected: Expected) -> None:
    expected.update({"return": -994, "temp_file_name": None})


def _header_in_other_script(case: Case) -> bool:
    name = (text_of(case["args"].get("buffer")) or "").partition(":")[0]
    return _of("aos_curl_response_headers_parse")(case) and not name.isascii()


def _whole_header(case: Case, expected: Expected) -> None:
    name, _, value = (text_of(case["args"]["buffer"]) or "").strip().partition(":")
    expected["headers"] = [[name, value.strip(" \t")]]


def _builds_record(case: Case) -> bool:
    fields = case["args"].get("checkpoint") or {}
    texts = [value for value in fields.values() if isinstance(value, str)]
    null = None in fields.values() or any(None in part.values() for part in fields.get("parts") or [])
    built = _of("oss_build_checkpoint_xml", "checkpoint_roundtrip")(case)
    return built and (null or any(len(text.encode()) > CUT for text in texts))


def _texts_whole(case: Case, expected: Expected) -> None:
    if "xml" in expected:
        expected["xml"] = Fits("the same document with whole texts", lambda xml: _same_document(case, xml))
    if "checkpoint" in expected:
        _restore_texts(expected["checkpoint"], case["args"]["checkpoint"])


def _restore_texts(recorded: dict[str, Any], given: dict[str, Any]) -> None:
    """Puts the texts that were passed in the place of those that the C SDK cut."""
    for field, value in given.items():
        if isinstance(value, str) and field in recorded:
            recorded[field] = value
        elif value is None:
            recorded[field] = ""
    for part, known in zip(given.get("parts") or [], recorded["parts"], strict=False):
        known["etag"] = part.get("etag", known["etag"]) or None


def _same_document(case: Case, xml: Any) -> bool:
    code, parsed = parsed_checkpoint(xml)
    texts = {name: v for name, v in case["args"]["checkpoint"].items() if isinstance(v, str)}
    return code == 0 and "(null)" not in xml and all(getattr(parsed, name).data == v for name, v in texts.items())


def _wrong_record(case: Case) -> bool:
    """Whether a checkpoint contradicts itself: the C SDK reads it all the same, or crashes."""
    if not _of("oss_checkpoint_parse_from_body")(case) or case["result"].get("return") != 0:
        return False
    body = _body(case)
    number = re.search(rb"<CPParts>\s*<Number>(.*?)</Number>", body)
    if number is None and is_xml(body):
        return b"<Part>" in body
    indexes = re.findall(rb"<Index>(.*?)</Index>", body)
    flags = set(re.findall(rb"<Completed>(.*?)</Completed>", body))
    if number is None or not is_xml(body) or number[1] != b"%d" % len(indexes):
        return True
    return sorted(indexes) != [b"%d" % i for i in range(len(indexes))] or not flags <= {b"0", b"1"}


def _record_refused(case: Case, seen: Expected) -> list[str]:
    return [] if seen.get("return") == -980 else [f"expected -980: {seen}"]


def _has_part_size(case: Case) -> bool:
    return (
        _of("oss_get_part_num")(case) and case["args"]["part_size"] > 0 and _part_num(case) != case["result"]["return"]
    )


def _part_num(case: Case) -> int:
    count: int = -(-case["args"]["file_size"] // case["args"]["part_size"])
    return max(0, count)


def _exact_part_num(case: Case, expected: Expected) -> None:
    expected["return"] = _part_num(case)


def _has_no_part_size(case: Case) -> bool:
    return _of("oss_get_part_num", "oss_build_parts")(case) and case["args"]["part_size"] <= 0 and not _dies(case)


def _crc_differs(case: Case) -> bool:
    return bool(traits.result(case, "status", "error_code") == "InconsistentError")


def _says_both(case: Case, expected: Expected) -> None:
    expected["status"]["error_msg"] = a_text(f"CRC64 .* {case['args']['crc']}, ")


VECTORS = (
    Difference("vectors: both CRC64s are named where they differ", _crc_differs, _says_both),
    Difference("vectors: what kills the C SDK comes back", _dies, instead=_comes_back),
    Difference("vectors: XML that is not well formed, or has a DOCTYPE, is refused", _is_malformed, _nothing_taken),
    Difference("vectors: a document without prolog is read", _lacks_prolog, _root_found),
    Difference("vectors: a number that is none leaves its field as it was", _has_bad_numbers, _number_untouched),
    Difference("vectors: deleted keys are decoded when the answer says so", _deletes, _keys_as_sent),
    Difference("vectors: an error document is read by its paths, prolog or not", _error_misread, _error_read),
    Difference("vectors: a key longer than a block is hashed", _long_key, _hmac),
    Difference("vectors: content type of doc", _is_doc, _doc_type),
    Difference("vectors: a missing key or region is refused", _lacks_credentials, _refused),
    Difference("vectors: dates and expiries that are none are refused", _bad_time, _refused),
    Difference("vectors: signatures as the service makes them", _signed_otherwise, _signed_right),
    Difference("vectors: strings to sign as the service makes them", _other_string, _right_string),
    Difference("vectors: a token of any length in a signed URL", _long_token, _own_query),
    Difference("vectors: keys that XML cannot carry are refused", _unspeakable, instead=_raises),
    Difference("vectors: XML: a carriage return is written as one", _bare_returns, _returns_escaped),
    Difference("vectors: an unknown restore tier is refused", _unknown_tier, instead=_raises),
    Difference("vectors: select expressions of any length", _other_select_body, _whole_expression),
    Difference("vectors: create-meta sends its compression type", _compresses_meta, _compression_sent),
    Difference("vectors: a NULL file name is refused", _null_name, _null_name_refused),
    Difference("vectors: header names in any script", _header_in_other_script, _whole_header),
    Difference("vectors: checkpoint texts of any length, NULL is empty", _builds_record, _texts_whole),
    Difference("vectors: a checkpoint that cannot be right is refused", _wrong_record, instead=_record_refused),
    Difference("vectors: part counts of any size", _has_part_size, _exact_part_num),
    Difference("vectors: a part size of 0 or less is refused", _has_no_part_size, instead=_raises),
)
