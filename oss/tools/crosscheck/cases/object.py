"""Calls about objects: contents, metadata, ACL, symlinks, appending, copying, restoring; tags."""

from __future__ import annotations

from typing import Any

from oss.tools.crosscheck.scene import BUCKET, KEY, STS, Call, Row, Stored

__all__ = ["OBJECTS", "TAGGING"]

TEXT = "Hello, cross-checked object! 你好。\n"
BINARY = {"seed": "crosscheck", "size": 70_000}
META = [["x-oss-meta-author", "alice"], ["Content-Type", "text/x-mine"]]
RANGE = [["Range", "bytes=4-12"]]
HERE = (Stored(headers={"x-oss-meta-author": "alice"}),)
LARGE = (Stored(content=BINARY),)
HUGE = (Stored(content={"seed": "huge", "size": 600_000}),)
ODD_KEYS = {
    "odd": "目录/名 字+100%?&=#<>\"'.txt",
    "dot": ".",
    "dots": "..",
    "slashes": "a//b/../c",
    "doc": "x.doc",
    "long": "k" * 1023,
}
MISSING = {"object": "no such object"}
ABSENT = {"bucket": "crosscheck-other"}


def fault(action: str, **params: Any) -> tuple[dict[str, Any], ...]:
    return ({"action": action, **params},)


UPLOADS = (
    Row("oss_put_object_from_buffer", args={"buffer": TEXT}),
    Row("oss_put_object_from_buffer", "empty", {"buffer": ""}),
    Row("oss_put_object_from_buffer", "pieces", {"buffer": ["one ", "two ", "three"]}),
    Row("oss_put_object_from_buffer", "binary", {"buffer": BINARY}),
    Row("oss_put_object_from_buffer", "headers", {"buffer": TEXT, "headers": META}),
    Row("oss_put_object_from_buffer", "mixed_case", {"buffer": TEXT, "headers": [["X-Oss-Meta-Mixed", "1"]]}),
    Row("oss_put_object_from_buffer", "cname", {"buffer": TEXT}, addresses=("cname",)),
    Row("oss_put_object_from_buffer", "proxy", {"buffer": TEXT}, addresses=("proxy",)),
    Row("oss_put_object_from_buffer", "sts", {"buffer": TEXT}, config=STS),
    Row("oss_put_object_from_buffer", "no_bucket", ABSENT | {"buffer": TEXT}),
    Row("oss_put_object_from_buffer", "no_crc", {"buffer": TEXT}, options={"enable_crc": 0}),
    Row("oss_put_object_from_buffer", "wrong_crc", {"buffer": TEXT}, faults=fault("wrong_crc")),
    Row("oss_put_object_from_buffer", "closed", {"buffer": TEXT}, faults=fault("close")),
    Row("oss_put_object_from_buffer", "status_500", {"buffer": TEXT}, faults=fault("status", status=500)),
    *(
        Row("oss_put_object_from_buffer", f"key_{name}", {"object": key, "buffer": TEXT})
        for name, key in ODD_KEYS.items()
    ),
    Row("oss_do_put_object_from_buffer", args={"buffer": BINARY, "progress_callback": True}),
    Row("oss_do_put_object_from_buffer", "params", {"buffer": TEXT, "headers": META, "params": [["x-extra", "1 2"]]}),
    Row("oss_put_object_from_file", args={"filename": "up.txt"}, files={"up.txt": TEXT}),
    Row("oss_put_object_from_file", "empty", {"filename": "up.bin"}, files={"up.bin": ""}),
    Row("oss_put_object_from_file", "missing", {"filename": "none.txt"}),
    Row(
        "oss_do_put_object_from_file",
        args={"filename": "up.bin", "progress_callback": True, "headers": META},
        files={"up.bin": BINARY},
    ),
)

DOWNLOADS = (
    Row("oss_get_object_to_buffer", before=HERE),
    Row("oss_get_object_to_buffer", "empty", before=(Stored(content=""),)),
    Row("oss_get_object_to_buffer", "large", before=LARGE),
    Row("oss_get_object_to_buffer", "range", {"headers": RANGE}, HERE),
    Row("oss_get_object_to_buffer", "bad_range", {"headers": [["Range", "bytes=1000-2000"]]}, HERE),
    Row("oss_get_object_to_buffer", "unchanged", {"headers": [["If-None-Match", '"*"']]}, HERE),
    Row("oss_get_object_to_buffer", "other", {"headers": [["If-Match", '"0"']]}, HERE),
    Row("oss_get_object_to_buffer", "params", {"params": [["response-content-type", "text/y"]]}, HERE),
    Row("oss_get_object_to_buffer", "missing", MISSING),
    Row("oss_get_object_to_buffer", "no_bucket", ABSENT),
    Row("oss_get_object_to_buffer", "cname", before=HERE, addresses=("cname",)),
    Row("oss_get_object_to_buffer", "proxy", before=HERE, addresses=("proxy",)),
    Row("oss_get_object_to_buffer", "cut", before=LARGE, faults=fault("short_body", after=100)),
    Row(
        "oss_get_object_to_buffer",
        "cut_no_crc",
        before=LARGE,
        faults=fault("short_body", after=100),
        options={"enable_crc": 0},
    ),
    Row("oss_get_object_to_buffer", "flipped", before=LARGE, faults=fault("flip", at=7)),
    Row("oss_get_object_to_buffer", "closed", before=HERE, faults=fault("close")),
    Row(
        "oss_get_object_to_buffer",
        "too_big",
        before=HUGE,
        options={"max_memory_size": 1000},
    ),
    Row("oss_do_get_object_to_buffer", args={"progress_callback": True}, before=LARGE),
    Row("oss_do_get_object_to_buffer", "range", {"headers": RANGE, "params": [], "progress_callback": True}, HERE),
    Row("oss_get_object_to_file", args={"filename": "down.txt"}, before=HERE),
    Row("oss_get_object_to_file", "over", {"filename": "down.txt"}, HERE, {"down.txt": "what was there"}),
    Row("oss_get_object_to_file", "range", {"filename": "down.txt", "headers": RANGE}, HERE),
    Row("oss_get_object_to_file", "missing", MISSING | {"filename": "down.txt"}, files={"down.txt": "what was there"}),
    Row("oss_get_object_to_file", "folder", {"filename": "no/such/folder.txt"}, HERE),
    Row("oss_get_object_to_file", "flipped", {"filename": "down.txt"}, LARGE, faults=fault("flip", at=7)),
    Row("oss_do_get_object_to_file", args={"filename": "down.bin", "progress_callback": True}, before=LARGE),
)

METADATA = (
    Row("oss_head_object", before=HERE),
    Row("oss_head_object", "missing", MISSING),
    Row("oss_head_object", "headers", {"headers": [["If-Match", '"0"']]}, HERE),
    Row("oss_get_object_meta", before=HERE),
    Row("oss_get_object_meta", "missing", MISSING),
    *(Row("oss_put_object_acl", f"acl{acl}", {"oss_acl": acl}, HERE) for acl in range(4)),
    Row("oss_put_object_acl", "missing", MISSING | {"oss_acl": 0}),
    Row("oss_get_object_acl", before=HERE),
    Row("oss_get_object_acl", "set", before=(*HERE, Call("oss_put_object_acl", {"oss_acl": 1}))),
    Row("oss_delete_object", before=HERE),
    Row("oss_delete_object", "missing", MISSING),
    Row("oss_delete_object", "dot", {"object": "."}),
    Row("oss_restore_object", before=(Stored(storage_class="Archive"),)),
    Row("oss_restore_object", "standard", before=HERE),
    Row("oss_restore_object_with_tier", args={"tier": 1, "day": 2}, before=(Stored(storage_class="ColdArchive"),)),
)

LINK = {"sym_object": "links/one", "target_object": KEY}
RELATED = (
    Row("oss_put_symlink", args=LINK, before=HERE),
    Row("oss_do_put_symlink", args=LINK | {"headers": [["x-oss-forbid-overwrite", "true"]]}, before=HERE),
    Row("oss_get_symlink", args={"sym_object": "links/one"}, before=(*HERE, Call("oss_put_symlink", LINK))),
    Row("oss_get_symlink", "none", {"sym_object": KEY}, HERE),
    Row("oss_get_object_to_buffer", "link", {"object": "links/one"}, (*HERE, Call("oss_put_symlink", LINK))),
    Row(
        "oss_copy_object",
        args={"source_bucket": BUCKET, "source_object": KEY, "dest_bucket": BUCKET, "dest_object": "copies/one"},
        before=HERE,
    ),
    Row(
        "oss_copy_object",
        "headers",
        {
            "source_bucket": BUCKET,
            "source_object": KEY,
            "dest_bucket": BUCKET,
            "dest_object": "copies/two",
            "headers": [["x-oss-metadata-directive", "REPLACE"], ["x-oss-meta-new", "1"]],
        },
        HERE,
    ),
    Row(
        "oss_copy_object",
        "missing",
        {"source_bucket": BUCKET, "source_object": "none", "dest_bucket": BUCKET, "dest_object": "copies/one"},
    ),
    Row("oss_append_object_from_buffer", args={"position": 0, "buffer": TEXT}),
    Row("oss_append_object_from_buffer", "wrong_position", {"position": 7, "buffer": TEXT}),
    Row("oss_append_object_from_buffer", "normal", {"position": 0, "buffer": TEXT}, HERE),
    Row(
        "oss_do_append_object_from_buffer",
        args={"position": 0, "init_crc": 0, "buffer": BINARY, "progress_callback": True},
    ),
    Row("oss_append_object_from_file", args={"position": 0, "append_file": "up.txt"}, files={"up.txt": TEXT}),
    Row(
        "oss_do_append_object_from_file",
        args={"position": 0, "init_crc": 0, "append_file": "up.bin", "progress_callback": True},
        files={"up.bin": BINARY},
    ),
)

OBJECTS = UPLOADS + DOWNLOADS + METADATA + RELATED

TAGS = {"tag_list": [{"key": "k1", "value": "v1"}, {"key": "环境", "value": "a b"}, {"key": "k3", "value": ""}]}
TAGGING = (
    Row("oss_put_object_tagging", args=TAGS, before=HERE),
    Row("oss_put_object_tagging", "missing", MISSING | TAGS),
    Row("oss_get_object_tagging", "none", before=HERE),
    Row("oss_get_object_tagging", "set", before=(*HERE, Call("oss_put_object_tagging", TAGS))),
    Row("oss_delete_object_tagging", before=(*HERE, Call("oss_put_object_tagging", TAGS))),
)
