"""Documented differences in what is sent, and in what is refused before anything is sent."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from oss._define.content_types import get_content_type_by_suffix
from oss.tools.crosscheck.replay import traits
from oss.tools.crosscheck.replay.calls import Expectation, expected_of
from oss.tools.crosscheck.replay.corpus import text_of
from oss.tools.crosscheck.replay.expect import ANY_TEXT
from oss.tools.crosscheck.replay.rows import Case, Difference
from oss.tools.crosscheck.replay.server import Received

__all__ = ["REQUESTS", "refused"]

KEPT_EXPRESSION = 767
"""Bytes of an SQL expression that fit the C SDK's buffer in Base64."""
TIERS = 3
OCTETS = ["Content-Type", "application/octet-stream"]
NAMES = ("object", "sym_object", "source_object", "dest_object", "live_channel", "upload_id", "filename")
SCHEME = "http://"


def refused(case: Case, expected: Expectation) -> None:
    """Expects a refusal before the first request: nothing is sent, no out-parameter is filled in."""
    expected.requests = []
    expected.returned, expected.resp_headers, expected.maybe_from = None, [], None
    expected.out = {name: value for name, value in expected.out.items() if name.endswith("_after")}
    if expected.status is not None:
        expected.status = {"code": -994, "error_code": "ClientError", "error_msg": ANY_TEXT}
    expected.files = None


def _deletes_unspeakable(case: Case) -> bool:
    keys = case["args"].get("object_list") or []
    return any(re.search(traits.UNSPEAKABLE, text_of(key) or "") for key in keys)


def _bare_returns(request: Received) -> bool:
    """Whether a document has a carriage return in it as it is, which a reader takes for a line feed."""
    return (request.body or b"").startswith(b"<?xml") and b"\r" in (request.body or b"")


def _sends_bare_returns(case: Case) -> bool:
    carries_data = case["args"].keys() & {"buffer", "filename", "append_file", "upload_file", "filepath"}
    return not carries_data and any(map(_bare_returns, expected_of(case).requests))


def _returns_escaped(case: Case, expected: Expectation) -> None:
    for request in filter(_bare_returns, expected.requests):
        _set_body(request, (request.body or b"").replace(b"\r", b"&#13;"))
    expected.resigned = True


def _sends_negative_length(case: Case) -> bool:
    piece = case["args"].get("upload_file") or {}
    return piece.get("file_last", 0) < piece.get("file_pos", 0) and bool(case["exchanges"])


def _has_no_date(case: Case) -> bool:
    dates = [value for name, value in traits.given(case, "headers") if name.lower() == "x-oss-date"]
    return traits.is_v4(case) and any(not re.fullmatch(traits.DATE, value) for value in dates)


def _has_unknown_tier(case: Case) -> bool:
    return not 0 <= case["args"].get("tier", 0) < TIERS and bool(case["exchanges"])


def _ends_early(case: Case) -> bool:
    """Whether a header or name has a line break or NUL in it, which would end it early."""
    texts = [text for pair in traits.given(case, "headers") for text in pair]
    texts.append(text_of(case["args"].get("target_object")) or "")
    cut = any("\0" in (text_of(case["args"].get(name)) or "") for name in NAMES)
    went_out = bool(case["exchanges"]) or (traits.code(case) or 0) > 0  # a server may refuse it without a record
    return (cut or any(re.search(r"[\0\r\n]", text) for text in texts)) and went_out


def _has_own_authorization(case: Case) -> bool:
    return any(name.lower() == "authorization" for name, _ in traits.given(case, "headers"))


def _one_authorization(case: Case, expected: Expectation) -> None:
    own = [value for name, value in traits.given(case, "headers") if name.lower() == "authorization"]
    for request in expected.requests:
        request.headers = [h for h in request.headers if not (h[0] == "Authorization" and h[1] in own)]


def _user_in_url(case: Case) -> bool:
    url = text_of(case["args"].get("signed_url")) or ""
    return bool(re.match(r"https?://[^/?#]*@", url)) and bool(case["exchanges"])


def _no_user(case: Case, expected: Expectation) -> None:
    for request in expected.requests:
        request.headers = [h for h in request.headers if not h[1].startswith("Basic ")]


def _dots_in_url(case: Case) -> bool:
    path = (text_of(case["args"].get("signed_url")) or "").partition("?")[0]
    return bool(re.search(r"/\.\.?(/|$)", path)) and bool(case["exchanges"])


def _path_as_signed(case: Case, expected: Expectation) -> None:
    target = re.sub(r"^https?://[^/?#]*|#.*", "", text_of(case["args"]["signed_url"]) or "")
    for request in expected.requests:
        request.target = target


def _guesses_doc(case: Case) -> bool:
    """Whether a content type is guessed from a name with the suffix ``doc``, which the C SDK does not know."""
    if any(name.lower() == "content-type" for name, _ in traits.given(case, "headers")):
        return False
    args, by_file = case["args"], case["function"].endswith("_from_file")
    names = ("filename", "append_file") if by_file else ("dest_object", "object")
    name = next((args[name] for name in names if args.get(name) is not None), None)
    return traits.names_doc(name) and any(OCTETS in e["request"]["headers"] for e in case["exchanges"])


def _doc_type(case: Case, expected: Expectation) -> None:
    right = OCTETS[0], get_content_type_by_suffix("doc")
    for request in expected.requests:
        request.headers = [right if list(header) == OCTETS else header for header in request.headers]
    expected.resigned = True


def _has_long_expression(case: Case) -> bool:
    expression = (text_of(case["args"].get("expression")) or "").encode("utf-8", "surrogateescape")
    return len(expression) > KEPT_EXPRESSION and bool(case["exchanges"])


def _whole_expression(case: Case, expected: Expectation) -> None:
    whole = base64.b64encode((text_of(case["args"]["expression"]) or "").encode("utf-8", "surrogateescape"))
    for request in expected.requests:
        _set_body(request, re.sub(rb"(<Expression>)[^<]*", rb"\g<1>" + whole, request.body or b""))
    expected.resigned = True


def _compresses_meta(case: Case) -> bool:
    return ((case["args"].get("meta_params") or {}).get("compression_type") or "None") != "None"


def _compression_sent(case: Case, expected: Expectation) -> None:
    kind = escape(text_of(case["args"]["meta_params"]["compression_type"]) or "", {'"': "&quot;"}).encode()
    for request in expected.requests:
        _set_body(request, (request.body or b"").replace(b"<CompressionType>None<", b"<CompressionType>%b<" % kind))
    expected.resigned = True


def _set_body(request: Received, body: bytes) -> None:
    new = {"Content-Length": str(len(body)), "Content-MD5": base64.b64encode(hashlib.md5(body).digest()).decode()}
    request.body = body
    request.headers = [(name, new.get(name, value)) for name, value in request.headers]


def _endpoint_in_url(case: Case) -> str:
    """The endpoint of a call that returned a URL, for others empty."""
    made = isinstance(traits.result(case, "return"), str)
    return (text_of(case["config"].get("endpoint")) or "") if made else ""


def _scheme_in_capitals(case: Case) -> bool:
    scheme = re.match(r"\w+://", _endpoint_in_url(case))
    return scheme is not None and scheme[0] != scheme[0].lower()


def _user_in_endpoint(case: Case) -> bool:
    return "@" in _endpoint_in_url(case)


def _address_in_brackets(case: Case) -> bool:
    return "[" in _endpoint_in_url(case)


def _rtmp_of_other_scheme(case: Case) -> bool:
    rtmp = case["function"] == "oss_gen_rtmp_signed_url" and isinstance(traits.result(case, "return"), str)
    return rtmp and not _endpoint_in_url(case).startswith(SCHEME)


def _host_of_url(case: Case, seen: Any) -> list[str]:
    """Checks that the URL names the endpoint's host, with or without the bucket in front."""
    authority = re.sub(r"^\w+://", "", text_of(case["config"]["endpoint"]) or "").partition("/")[0].rpartition("@")[2]
    url = seen.returned or ""
    host = re.sub(r"^\w+://", "", url).partition("/")[0]
    bucket = text_of(case["args"].get("bucket"))
    if seen.raised or (not authority and not url):
        return [] if "ValueError" in (seen.raised or "ValueError") else [f"raised {seen.raised}"]
    return [] if host in (authority, f"{bucket}.{authority}") else [f"the URL's host is {host!r}: {url}"]


def _encodes_url(case: Case) -> bool:
    url = text_of(case["args"].get("signed_url")) or ""
    return (not url.isascii() or url != _upper_escapes(url)) and bool(case["exchanges"])


def _upper_escapes(url: str) -> str:
    return re.sub(r"%[0-9a-fA-F]{2}", lambda escape: escape[0].upper(), url)


def _url_encoded(case: Case, expected: Expectation) -> None:
    for request in expected.requests:
        request.target = _upper_escapes(quote(request.target, safe="".join(map(chr, range(33, 127)))))


REQUESTS = (
    Difference("refused: keys that XML cannot carry", _deletes_unspeakable, refused),
    Difference("refused: a piece of a file that ends before it begins", _sends_negative_length, refused),
    Difference("refused: an x-oss-date that is no date", _has_no_date, refused),
    Difference("refused: an unknown restore tier", _has_unknown_tier, refused),
    Difference("refused: what would end a header or name early", _ends_early, refused),
    Difference("refused: a missing key", traits.lacks_credentials, refused),
    Difference("refused: a missing region", traits.lacks_region, refused),
    Difference("an Authorization of the caller's is replaced", _has_own_authorization, _one_authorization),
    Difference("signed URLs: what stands before @ is not sent", _user_in_url, _no_user),
    Difference("signed URLs: the path goes out as it was signed", _dots_in_url, _path_as_signed),
    Difference("signed URLs: what is not ASCII goes out percent-encoded", _encodes_url, _url_encoded),
    Difference("XML: a carriage return is sent as one", _sends_bare_returns, _returns_escaped),
    Difference("content types: doc", _guesses_doc, _doc_type),
    Difference("select: expressions of any length", _has_long_expression, _whole_expression),
    Difference("select: create-meta sends its compression type", _compresses_meta, _compression_sent),
    Difference("endpoints: the scheme in any case", _scheme_in_capitals, instead=_host_of_url),
    Difference("endpoints: a user is dropped", _user_in_endpoint, instead=_host_of_url),
    Difference("endpoints: addresses in brackets", _address_in_brackets, instead=_host_of_url),
    Difference("endpoints: the host of an RTMP URL, whatever the scheme", _rtmp_of_other_scheme, instead=_host_of_url),
)
