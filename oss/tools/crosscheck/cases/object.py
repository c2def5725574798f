"""Calls about objects: contents, metadata, ACL, symlinks, appending, copying, restoring; tags."""

from __future__ import annotations

from typing import Any

from oss.tools.crosscheck.scene import BUCKET, KEY, STS, call, row, stored

__all__ = ["OBJECTS", "TAGGING"]

TEXT = "Hello, cross-checked object! 你好。\n"
BINARY = {"seed": "crosscheck", "size": 70_000}
META = [["x-oss-meta-author", "alice"], ["Content-Type", "text/x-mine"]]
RANGE = [["Range", "bytes=4-12"]]
HERE = (stored(headers={"x-oss-meta-author": "alice"}),)
LARGE = (stored(content=BINARY),)
HUGE = (stored(content={"seed": "huge", "size": 600_000}),)
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
    row("oss_put_object_from_buffer", args={"buffer": TEXT}),
    row("oss_put_object_from_buffer", "empty", {"buffer": ""}),
    row("oss_put_object_from_buffer", "pieces", {"buffer": ["one ", "two ", "three"]}),
    row("oss_put_object_from_buffer", "binary", {"buffer": BINARY}),
    row("oss_put_object_from_buffer", "headers", {"buffer": TEXT, "headers": META}),
    row("oss_put_object_from_buffer", "mixed_case", {"buffer": TEXT, "headers": [["X-Oss-Meta-Mixed", "1"]]}),
    row("oss_put_object_from_buffer", "cname", {"buffer": TEXT}, addresses=("cname",)),
    row("oss_put_object_from_buffer", "proxy", {"buffer": TEXT}, addresses=("proxy",)),
    row("oss_put_object_from_buffer", "sts", {"buffer": TEXT}, config=STS),
    row("oss_put_object_from_buffer", "no_bucket", ABSENT | {"buffer": TEXT}),
    row("oss_put_object_from_buffer", "no_crc", {"buffer": TEXT}, options={"enable_crc": 0}),
    row("oss_put_object_from_buffer", "wrong_crc", {"buffer": TEXT}, faults=fault("wrong_crc")),
    row("oss_put_object_from_buffer", "closed", {"buffer": TEXT}, faults=fault("close")),
    row("oss_put_object_from_buffer", "status_500", {"buffer": TEXT}, faults=fault("status", status=500)),
    *(
        row("oss_put_object_from_buffer", f"key_{name}", {"object": key, "buffer": TEXT})
        for name, key in ODD_KEYS.items()
    ),
    row("oss_do_put_object_from_buffer", args={"buffer": BINARY, "progress_callback": True}),
    row("oss_do_put_object_from_buffer", "params", {"buffer": TEXT, "headers": META, "params": [["x-extra", "1 2"]]}),
    row("oss_put_object_from_file", args={"filename": "up.txt"}, files={"up.txt": TEXT}),
    row("oss_put_object_from_file", "empty", {"filename": "up.bin"}, files={"up.bin": ""}),
    row("oss_put_object_from_file", "missing", {"filename": "none.txt"}),
    row(
        "oss_do_put_object_from_file",
        args={"filename": "up.bin", "progress_callback": True, "headers": META},
        files={"up.bin": BINARY},
    ),
)

DOWNLOADS = (
    row("oss_get_object_to_buffer", before=HERE),
    row("oss_get_object_to_buffer", "empty", before=(stored(content=""),)),
    row("oss_get_object_to_buffer", "large", before=LARGE),
    row("oss_get_object_to_buffer", "range", {"headers": RANGE}, HERE),
    row("oss_get_object_to_buffer", "bad_range", {"headers": [["Range", "bytes=1000-2000"]]}, HERE),
    row("oss_get_object_to_buffer", "unchanged", {"headers": [["If-None-Match", '"*"']]}, HERE),
    row("oss_get_object_to_buffer", "other", {"headers": [["If-Match", '"0"']]}, HERE),
    row("oss_get_object_to_buffer", "params", {"params": [["response-content-type", "text/y"]]}, HERE),
    row("oss_get_object_to_buffer", "missing", MISSING),
    row("oss_get_object_to_buffer", "no_bucket", ABSENT),
    row("oss_get_object_to_buffer", "cname", before=HERE, addresses=("cname",)),
    row("oss_get_object_to_buffer", "proxy", before=HERE, addresses=("proxy",)),
    row("oss_get_object_to_buffer", "cut", before=LARGE, faults=fault("short_body", after=100)),
    row(
        "oss_get_object_to_buffer",
        "cut_no_crc",
        before=LARGE,
        faults=fault("short_body", after=100),
        options={"enable_crc": 0},
    ),
    row("oss_get_object_to_buffer", "flipped", before=LARGE, faults=fault("flip", at=7)),
    row("oss_get_object_to_buffer", "closed", before=HERE, faults=fault("close")),
    row(
        "oss_get_object_to_buffer",
        "too_big",
        before=HUGE,
        options={"max_memory_size": 1000},
    ),
    row("oss_do_get_object_to_buffer", args={"progress_callback": True}, before=LARGE),
    row("oss_do_get_object_to_buffer", "range", {"headers": RANGE, "params": [], "progress_callback": True}, HERE),
    row("oss_get_object_to_file", args={"filename": "down.txt"}, before=HERE),
    row("oss_get_object_to_file", "over", {"filename": "down.txt"}, HERE, {"down.txt": "what was there"}),
    row("oss_get_object_to_file", "range", {"filename": "down.txt", "headers": RANGE}, HERE),
    row("oss_get_object_to_file", "missing", MISSING | {"filename": "down.txt"}, files={"down.txt": "what was there"}),
    row("oss_get_object_to_file", "folder", {"filename": "no/such/folder.txt"}, HERE),
    row("oss_get_object_to_file", "flipped", {"filename": "down.txt"}, LARGE, faults=fault("flip", at=7)),
    row("oss_do_get_object_to_file", args={"filename": "down.bin", "progress_callback": True}, before=LARGE),
)

METADATA = (
    row("oss_head_object", before=HERE),
    row("oss_head_object", "missing", MISSING),
    row("oss_head_object", "headers", {"headers": [["If-Match", '"0"']]}, HERE),
    row("oss_get_object_meta", before=HERE),
    row("oss_get_object_meta", "missing", MISSING),
    *(row("oss_put_object_acl", f"acl{acl}", {"oss_acl": acl}, HERE) for acl in range(4)),
    row("oss_put_object_acl", "missing", MISSING | {"oss_acl": 0}),
    row("oss_get_object_acl", before=HERE),
    row("oss_get_object_acl", "set", before=(*HERE, call("oss_put_object_acl", {"oss_acl": 1}))),
    row("oss_delete_object", before=HERE),
    row("oss_delete_object", "missing", MISSING),
    row("oss_delete_object", "dot", {"object": "."}),
    row("oss_restore_object", before=(stored(storage_class="Archive"),)),
    row("oss_restore_object", "standard", before=HERE),
    row("oss_restore_object_with_tier", args={"tier": 1, "day": 2}, before=(stored(storage_class="ColdArchive"),)),
)

LINK = {"sym_object": "links/one", "target_object": KEY}
RELATED = (
    row("oss_put_symlink", args=LINK, before=HERE),
    row("oss_do_put_symlink", args=LINK | {"headers": [["x-oss-forbid-overwrite", "true"]]}, before=HERE),
    row("oss_get_symlink", args={"sym_object": "links/one"}, before=(*HERE, call("oss_put_symlink", LINK))),
    row("oss_get_symlink", "none", {"sym_object": KEY}, HERE),
    row("oss_get_object_to_buffer", "link", {"object": "links/one"}, (*HERE, call("oss_put_symlink", LINK))),
    row(
        "oss_copy_object",
        args={"source_bucket": BUCKET, "source_object": KEY, "dest_bucket": BUCKET, "dest_object": "copies/one"},
        before=HERE,
    ),
    row(
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
    row(
        "oss_copy_object",
        "missing",
        {"source_bucket": BUCKET, "source_object": "none", "dest_bucket": BUCKET, "dest_object": "copies/one"},
    ),
    row("oss_append_object_from_buffer", args={"position": 0, "buffer": TEXT}),
    row("oss_append_object_from_buffer", "wrong_position", {"position": 7, "buffer": TEXT}),
    row("oss_append_object_from_buffer", "normal", {"position": 0, "buffer": TEXT}, HERE),
    row(
        "oss_do_append_object_from_buffer",
        args={"position": 0, "init_crc": 0, "buffer": BINARY, "progress_callback": True},
    ),
    row("oss_append_object_from_file", args={"position": 0, "append_file": "up.txt"}, files={"up.txt": TEXT}),
    row(
        "oss_do_append_object_from_file",
        args={"position": 0, "init_crc": 0, "append_file": "up.bin", "progress_callback": True},
        files={"up.bin": BINARY},
    ),
)

OBJECTS = UPLOADS + DOWNLOADS + METADATA + RELATED

TAGS = {"tag_list": [{"key": "k1", "value": "v1"}, {"key": "环境", "value": "a b"}, {"key": "k3", "value": ""}]}
TAGGING = (
    row("oss_put_object_tagging", args=TAGS, before=HERE),
    row("oss_put_object_tagging", "missing", MISSING | TAGS),
    row("oss_get_object_tagging", "none", before=HERE),
    row("oss_get_object_tagging", "set", before=(*HERE, call("oss_put_object_tagging", TAGS))),
    row("oss_delete_object_tagging", before=(*HERE, call("oss_put_object_tagging", TAGS))),
)
