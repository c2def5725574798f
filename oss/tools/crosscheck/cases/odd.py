"""Odd values at the same places: names, headers, parameters, numbers, statuses, faults. One signature, one address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from oss.tools.crosscheck.cases.bucket import SEVERAL
from oss.tools.crosscheck.cases.object import fault
from oss.tools.crosscheck.cases.transfer import DOWNLOAD, FILE
from oss.tools.crosscheck.scene import BUCKET, Call, InFuture, ResultOf, Row, Stored

__all__ = ["ODD"]

odd = partial(Row, signatures=("v4",), addresses=("vhost",))
both = partial(Row, addresses=("vhost",))

HERE = (Stored(),)
UPLOAD = Call("oss_init_multipart_upload", {})
ID = {"upload_id": ResultOf(0, "upload_id")}
SOON = InFuture(100)
KEYS = [
    r"/lead",
    r"\back",
    r"a%20b",
    r"a+b",
    r"ü",
    r"日本",
    r"😀",
    r"a?b",
    r"a#b",
    r"a&b=c",
    r"a;b",
    r"a:b",
    r"a@b",
    r"a,b",
    r"a'b",
    r'a"b',
    r"a<b>",
    r"a|b",
    r"a^b",
    r"a`b",
    r"a{b}",
    r"a~b",
    r"a!b*c()",
    r".hidden",
    r"a/./b",
    r"a/../b",
    r"...",
    r"a/",
    r"//",
    r"%",
    r"%zz",
    r"*",
    r"$",
    r"x.html",
    r"x.HTML",
    r"x.tar.gz",
    r"x.unknown",
    r"x.",
    r".js",
    "a\rb",
    "\r\n",
    "a\nb",
]
HEADERS = [
    "x-oss-meta-a",
    "x-oss-meta-A",
    "Content-Type",
    "Cache-Control",
    "x-other",
    "Content-Disposition",
    "x-oss-object-acl",
]
VALUES = ("", " a ", "a  b", "ü", '"q"', "a,b", ":", "x" * 3000)
RANGES = ["bytes=0-", "bytes=-5", "bytes=5-2", "bytes=0-0", "bytes=0-1,3-4", "bytes=abc", "0-5"]
PARAMS = (("x-oss-process", "image/resize,w_1"), ("response-expires", "a b"), ("acl", ""), ("X", "1"), ("ü", "ü"))
REPEATED = (
    [["partNumber", "7"]],
    [["partNumber", "3"]],
    [["partnumber", "7"]],
    [["uploadId", "x"], ["position", "9"], ["append", "1"]],
    [["partNumber", "7"], ["partNumber", "8"]],
)
TWICE = ("Content-Type", "Content-MD5", "x-oss-meta-a", "Cache-Control", "Date")
TEXTS = ("", " ", "a&b<c>\"'", "ü日", " x ", "a\tb", "x" * 900)
NUMBERS = (-1, 0, 1, 999, 1001, 2**31 - 1)
STATUSES = (301, 304, 400, 403, 404, 409, 412, 416, 429, 500, 503)
FAULTS = ("close", "reset", "chunked", "flip", "wrong_crc", "no_etag")
CONFIGS: tuple[dict[str, Any], ...] = (
    {"region": "us-east"},
    {"access_key_id": ""},
    {"sts_token": ""},
    {"sts_token": "wrong"},
    {"cloudbox_id": "cb-1"},
    {"signature_version": 2},
    {"endpoint": ""},
    {"endpoint": "ftp://x"},
)
CALLS: tuple[tuple[str, dict[str, Any], tuple[Any, ...]], ...] = (
    ("oss_get_object_to_buffer", {}, HERE),
    ("oss_head_object", {}, HERE),
    ("oss_put_object_from_buffer", {"buffer": "x"}, ()),
    ("oss_list_object", {"params": {}}, ()),
    ("oss_get_object_to_file", {"filename": "f"}, HERE),
    ("oss_init_multipart_upload", {}, ()),
)


def _keys() -> Iterator[Row]:
    for number, key in enumerate(KEYS):
        name = f"key{number}"
        yield odd("oss_put_object_from_buffer", name, {"object": key, "buffer": "x"})
        yield odd("oss_gen_signed_url", name, {"object": key, "expires": SOON, "req": {"method": 0}})
        copy = {"source_bucket": BUCKET, "source_object": key, "dest_bucket": BUCKET, "dest_object": "copy"}
        yield odd("oss_copy_object", name, copy)
        yield odd("oss_put_symlink", name, {"sym_object": "link", "target_object": key})
        yield odd("oss_delete_objects", name, {"object_list": [key], "is_quiet": 0})
        yield odd("oss_list_object", name, {"params": {"prefix": key, "marker": key, "delimiter": key[:1]}})


def _headers() -> Iterator[Row]:
    for number, value in enumerate(VALUES):
        for header in HEADERS:
            yield odd("oss_put_object_from_buffer", f"{header}{number}", {"buffer": "x", "headers": [[header, value]]})
    for number, asked in enumerate(RANGES):
        for function, args in (("oss_get_object_to_buffer", {}), ("oss_get_object_to_file", {"filename": "f"})):
            yield odd(function, f"range{number}", args | {"headers": [["Range", asked]]}, HERE)


def _parameters() -> Iterator[Row]:
    for number, (name, value) in enumerate(PARAMS):
        pairs = [[name, value]]
        yield odd("oss_get_object_to_buffer", f"param{number}", {"params": pairs}, HERE)
        yield odd("oss_do_put_object_from_buffer", f"param{number}", {"buffer": "x", "params": pairs})
        request = {"method": 0, "query_params": pairs}
        yield odd("oss_gen_signed_url", f"param{number}", {"expires": SOON, "req": request})


def _repeated() -> Iterator[Row]:
    """Parameters of the caller's with the names of the call's own, and headers that are given twice."""
    part = ID | {"part_num": 3, "buffer": "x"}
    for number, pairs in enumerate(REPEATED):
        yield both("oss_do_upload_part_from_buffer", f"repeated{number}", part | {"params": pairs}, (UPLOAD,))
        append = {"position": 0, "buffer": "x", "params": pairs}
        yield both("oss_do_append_object_from_buffer", f"repeated{number}", append)
    for number, (first, second) in enumerate((("", "b"), ("b", ""), ("a", "b"), ("", ""), (" ", "b"))):
        for header in TWICE:
            headers = [[header, first], [header, second]]
            yield both("oss_put_object_from_buffer", f"{header}.twice{number}", {"buffer": "x", "headers": headers})


def _records() -> Iterator[Row]:
    """Transfers that leave a checkpoint with an odd name in it."""
    for number, key in enumerate(("a\rb", "a&b", "ü")):
        down, broken = Stored(key, FILE), fault("status", match={"method": "GET"}, nth=2, status=503, code="Some")
        yield odd("oss_resumable_download_file", f"record{number}", DOWNLOAD | {"object": key}, (down,), faults=broken)


def _texts() -> Iterator[Row]:
    for number, text in enumerate(TEXTS):
        name = f"text{number}"
        rule = {"id": text, "prefix": text, "status": "Enabled", "days": 1}
        yield odd("oss_put_bucket_lifecycle", name, {"lifecycle_rule_list": [rule]})
        cors = {"allowed_origin_list": [text], "allowed_method_list": ["GET"], "expose_head_list": [text]}
        yield odd("oss_put_bucket_cors", name, {"rule_list": [cors]})
        yield odd("oss_put_bucket_referer", name, {"referer_config": {"referer_list": [text]}})
        yield odd("oss_put_bucket_website", name, {"website_config": {"suffix_str": text, "key_str": text}})
        yield odd("oss_put_bucket_logging", name, {"content": {"target_bucket": BUCKET, "prefix": text}})
        yield odd("oss_put_object_tagging", name, {"tag_list": [{"key": text, "value": text}]}, HERE)
        yield odd("oss_create_live_channel", name, {"config": {"name": "channel", "description": text}})
        yield odd("oss_list_bucket", name, {"params": {"prefix": text, "marker": text}})
        yield odd("oss_delete_objects_by_prefix", name, {"prefix": text}, SEVERAL)


def _numbers() -> Iterator[Row]:
    for number in NUMBERS:
        name = f"number{number}"
        yield odd("oss_list_object", name, {"params": {"max_ret": number}}, SEVERAL)
        yield odd("oss_list_bucket", name, {"params": {"max_keys": number}})
        yield odd("oss_list_upload_part", name, ID | {"params": {"max_ret": number}}, (UPLOAD,))
        yield odd("oss_upload_part_from_buffer", name, ID | {"part_num": number, "buffer": "x"}, (UPLOAD,))
        yield odd("oss_append_object_from_buffer", name, {"position": number, "buffer": "x"})
        yield odd("oss_put_bucket_storage_capacity", name, {"storage_capacity": number})
        yield odd("oss_put_bucket_acl", name, {"oss_acl": number})


def _answers() -> Iterator[Row]:
    for function, args, before in CALLS:
        for status in STATUSES:
            yield odd(function, f"status{status}", args, before, faults=fault("status", status=status, code="Some"))
        for action in FAULTS:
            yield odd(function, action, args, before, faults=fault(action))
        for number, config in enumerate(CONFIGS):
            yield odd(function, f"config{number}", args, before, config=config)


ODD = (*_keys(), *_headers(), *_parameters(), *_repeated(), *_records(), *_texts(), *_numbers(), *_answers())
