"""Copies the port's values to C's memory, and what a call left there back into the same values."""

from __future__ import annotations

from typing import Any

from aos._c.structs import CallbackField, CStruct, Field, PointerField, StructField, TextField
from aos._c.text import encode
from aos.aos_buf import aos_buf_t
from aos.aos_define import aos_pool_t, aos_table_t
from aos.aos_list import aos_list_add_tail, aos_list_init, aos_list_t
from aos.aos_string import aos_string_t
from aos.aos_transport import aos_http_controller_t
from aos.apr_tables import apr_table_addn, apr_table_clear
from oss.tools.crosscheck.clib.memory import FILLER, CMemory
from oss.tools.crosscheck.replay.names import find

__all__ = ["Mirror"]

ENTRIES = {
    "bucket_list": "oss_list_bucket_content_t",
    "common_prefix_list": "oss_list_object_common_prefix_t",
    "deleted_object_list": "oss_object_key_t",
    "lifecycle_rule_list": "oss_lifecycle_rule_content_t",
    "live_channel_list": "oss_live_channel_content_t",
    "live_record_list": "oss_live_record_content_t",
    "object_list": "oss_list_object_content_t",
    "part_list": "oss_list_part_content_t",
    "play_url_list": "oss_live_channel_play_url_t",
    "publish_url_list": "oss_live_channel_publish_url_t",
    "referer_list": "oss_referer_t",
    "rule_list": "oss_cors_rule_t",
    "tag_list": "oss_tag_content_t",
    "upload_list": "oss_list_multipart_upload_content_t",
    "allowed_origin_list": "oss_sub_cors_rule_t",
    "allowed_method_list": "oss_sub_cors_rule_t",
    "allowed_head_list": "oss_sub_cors_rule_t",
    "expose_head_list": "oss_sub_cors_rule_t",
}
"""The struct behind each list that a call fills; a list of any other name is one of buffers."""
UNWRITTEN = {int.from_bytes(bytes([FILLER]) * size, "little", signed=sign) for size in (4, 8) for sign in (True, False)}
MANY = 100_000


class Mirror:
    """Copies the values of one call from Python to C and back, and keeps alive the C memory that it allocates."""

    def __init__(self, ffi: Any, c: Any, pool: Any) -> None:
        self._ffi, self._c, self._pool = ffi, c, pool
        self._memory = CMemory(ffi)
        self._kept: list[Any] = []

    def keep(self, made: Any) -> Any:
        """The same object, now kept alive until the call is over."""
        self._kept.append(made)
        return made

    def new(self, kind: str, *init: Any) -> Any:
        return self.keep(self._ffi.new(kind, *init))

    # from Python to C

    def text(self, value: str | None) -> Any:
        return self._ffi.NULL if value is None else self.new("char[]", encode(value))

    def table(self, value: aos_table_t) -> Any:
        made = self._c.apr_table_make(self._pool, 5)
        for name, text in value.items():
            self._c.apr_table_addn(made, self.text(name), self.text(text))
        return made

    def pointer(self, value: Any) -> Any:
        """The C value of a pointer parameter or field."""
        if value is None:
            return self._ffi.NULL
        if isinstance(value, aos_table_t):
            return self.table(value)
        if isinstance(value, aos_pool_t):
            return self._pool
        if isinstance(value, aos_http_controller_t):  # C's has private fields behind the public ones
            made = self._c.aos_http_controller_create(self._pool, 0)
            made.options = self.pointer(value.options)
            return made
        if isinstance(value, CStruct):
            made = self.new(f"{type(value).__name__} *")
            self.fill(made, value)
            return made
        return self._ffi.NULL

    def fill(self, target: Any, value: CStruct) -> None:
        """Copies a struct of the port to the C struct that ``target`` points to."""
        if isinstance(value, aos_string_t):
            target.data, target.len = self.text(value.data), value.len
        elif isinstance(value, aos_list_t):
            self._fill_list(target, value)
        else:
            for item in value.c_fields:
                if not item.python_only:
                    self._fill_field(target, item, getattr(value, item.name))

    def _fill_field(self, target: Any, item: Field, value: Any) -> None:
        if isinstance(item, StructField):
            self.fill(self._ffi.addressof(target, item.name), aos_list_t() if item.name == "node" else value)
        elif isinstance(item, TextField):
            setattr(target, item.name, self.text(value))
        elif isinstance(item, CallbackField):
            setattr(target, item.name, self._ffi.NULL)
        else:
            setattr(target, item.name, self.pointer(value) if isinstance(item, PointerField) else value)

    def _fill_list(self, head: Any, value: aos_list_t) -> None:
        head.next = head.prev = head
        for entry in value if value.next is not None else ():
            node = self._entry(entry)
            node.prev, node.next = head.prev, head
            head.prev.next = node
            head.prev = node

    def _entry(self, entry: Any) -> Any:
        if isinstance(entry, aos_buf_t):
            data = bytes(entry)
            made = self._c.aos_buf_pack(self._pool, self.new("char[]", data), len(data))
        else:
            made = self.pointer(entry)
        return self._ffi.addressof(made, "node")

    # from C to Python

    def read(self, source: Any, value: Any, name: str = "") -> None:
        """Copies the C struct that ``source`` points to into a struct of the port."""
        if isinstance(value, aos_string_t):
            value.data = self._string(source)
        elif isinstance(value, aos_list_t):
            self._read_list(source, value, name)
        elif isinstance(value, aos_table_t):
            self.read_table(source, value)
        else:
            for item in value.c_fields:
                if not item.python_only and item.name != "node":
                    self._read_field(source, value, item)

    def _read_field(self, struct: Any, value: CStruct, item: Field) -> None:
        source = getattr(struct, item.name)
        if isinstance(item, StructField):
            self.read(self._ffi.addressof(struct, item.name), getattr(value, item.name), item.name)
        elif isinstance(item, TextField):
            setattr(value, item.name, self._memory.text_at(source))
        elif isinstance(item, PointerField):
            self._read_pointer(source, value, item)
        elif not isinstance(item, CallbackField):
            setattr(value, item.name, 0 if source in UNWRITTEN else source)

    def _read_pointer(self, source: Any, value: CStruct, item: PointerField[Any]) -> None:
        if item.kind is aos_table_t and source and not self._memory.unwritten(source):
            table = aos_table_t()
            self.read_table(source, table)
            setattr(value, item.name, table)

    def read_table(self, source: Any, table: aos_table_t) -> None:
        apr_table_clear(table)
        array = self._c.apr_table_elts(source)
        entries = self._ffi.cast("apr_table_entry_t *", array.elts)
        for i in range(array.nelts):
            pair = (self._memory.text_at(entries[i].key) or "", self._memory.text_at(entries[i].val) or "")
            apr_table_addn(table, *pair)

    def returned(self, value: Any, kind: type[CStruct]) -> Any:
        """A struct of the port with the contents of a C struct that a function returned."""
        if not value:
            return None
        made = kind()
        self.read(value, made)
        return made

    def text_of(self, pointer: Any) -> str | None:
        return self._memory.text_at(pointer)

    def _string(self, source: Any) -> str | None:
        data = self._memory.bytes_at(source.data, source.len)
        return None if data is None else data.decode("utf-8", "surrogateescape")

    def _read_list(self, head: Any, value: aos_list_t, name: str) -> None:
        given = list(value) if value.next is not None else []
        kind = type(given[0]).__name__ if given else ENTRIES.get(name, "aos_buf_t")
        aos_list_init(value)
        offset = self._ffi.offsetof(kind, "node")
        node = head.next
        for _ in range(MANY):
            if not node or self._memory.unwritten(node) or node == head:
                break
            struct = self._ffi.cast(f"{kind} *", self._ffi.cast("char *", node) - offset)
            aos_list_add_tail(self._read_entry(struct, kind).node, value)
            node = node.next

    def _read_entry(self, struct: Any, kind: str) -> Any:
        if kind == "aos_buf_t":
            made = aos_buf_t(self._memory.bytes_at(struct.pos, struct.last - struct.pos) or b"")
            made.last = made.end
        else:
            factory: Any = find(kind)
            made = factory()
            self.read(struct, made)
        aos_list_init(made.node)
        return made
