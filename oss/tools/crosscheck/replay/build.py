"""Builds the port's arguments from recorded JSON: options, tables, structs, lists, bodies."""

from __future__ import annotations

from typing import Any

from aos import aos_buf, aos_http_io
from aos._c.structs import CStruct, TextField
from aos.aos_define import aos_pool_create, aos_pool_t, aos_table_t
from aos.aos_list import aos_list_add_tail, aos_list_init, aos_list_t
from aos.aos_string import aos_string_t
from oss.tools.crosscheck.replay.corpus import bytes_of, text_of
from oss.tools.crosscheck.replay.names import constructor_of, find

__all__ = ["body_list", "config", "entries", "fill", "new_list", "new_pool", "options", "struct", "table"]

ENTRY_OF = {
    "allowed_head_list": "oss_sub_cors_rule_t",
    "allowed_method_list": "oss_sub_cors_rule_t",
    "allowed_origin_list": "oss_sub_cors_rule_t",
    "bc": "oss_complete_part_content_t",
    "expose_head_list": "oss_sub_cors_rule_t",
    "lifecycle_rule_list": "oss_lifecycle_rule_content_t",
    "object_list": "oss_object_key_t",
    "part_list": "oss_complete_part_content_t",
    "parts": "oss_checkpoint_part_t",
    "referer_list": "oss_referer_t",
    "rule_list": "oss_cors_rule_t",
    "tag_list": "oss_tag_content_t",
}
"""The struct behind each parameter or field that is a list."""


def new_pool() -> aos_pool_t:
    pool = aos_pool_t()
    aos_pool_create(pool, None)
    return pool


def new_list() -> aos_list_t:
    head = aos_list_t()
    aos_list_init(head)
    return head


def table(pairs: list[list[Any]] | None) -> aos_table_t | None:
    """A table filled by ``apr_table_add`` in order."""
    if pairs is None:
        return None
    made = aos_table_t()
    add: Any = find("apr_table_add")
    for name, value in pairs:
        add(made, text_of(name), text_of(value))
    return made


def body_list(pool: aos_pool_t, value: Any) -> aos_list_t:
    """A body: one buffer for a byte string, several for a list of them, none for NULL."""
    head = new_list()
    for piece in value if isinstance(value, list) else [] if value is None else [value]:
        data = bytes_of(piece)
        aos_list_add_tail(aos_buf.aos_buf_pack(pool, data, len(data)).node, head)
    return head


def struct(pool: aos_pool_t, kind: str, fields: dict[str, Any]) -> CStruct:
    """A struct made by its constructor, with the recorded fields set."""
    made: CStruct = constructor_of(kind)(pool)
    fill(pool, made, fields)
    return made


def fill(pool: aos_pool_t, target: CStruct, fields: dict[str, Any]) -> None:
    kinds = {item.name: item for item in target.c_fields}
    for name, value in fields.items():
        current = getattr(target, name)
        if isinstance(current, aos_list_t):
            _refill(pool, current, name, value)
        elif isinstance(current, aos_string_t) or isinstance(kinds[name], TextField):
            setattr(target, name, text_of(value))
        elif isinstance(current, CStruct):
            fill(pool, current, value)
        elif name in ("headers", "query_params"):
            setattr(target, name, table(value))
        elif name == "parts":
            target.parts = [struct(pool, ENTRY_OF[name], item) for item in value]  # type: ignore[attr-defined]
        else:
            setattr(target, name, int(value))


def entries(pool: aos_pool_t, name: str, values: list[Any]) -> aos_list_t:
    """The list of structs that parameter ``name`` takes."""
    head = new_list()
    _refill(pool, head, name, values)
    return head


def _refill(pool: aos_pool_t, head: aos_list_t, name: str, values: list[Any]) -> None:
    aos_list_init(head)
    for value in values:
        entry: Any = constructor_of(ENTRY_OF[name])(pool)
        if isinstance(value, dict) and "b64" not in value:
            fill(pool, entry, value)
        else:
            only_text = next(
                item.name for item in entry.c_fields if isinstance(getattr(entry, item.name), aos_string_t)
            )
            setattr(entry, only_text, text_of(value))
        aos_list_add_tail(entry.node, head)


def config(pool: aos_pool_t, fields: dict[str, Any]) -> Any:
    return struct(pool, "oss_config_t", {name: value for name, value in fields.items() if value is not None})


def options(pool: aos_pool_t, case: dict[str, Any]) -> Any:
    """Request options as a program makes them: configuration, controller, its options, resolved."""
    made: Any = constructor_of("oss_request_options_t")(pool)
    made.config = config(pool, case["config"])
    made.ctl = aos_http_io.aos_http_controller_create(pool, 0)
    made.ctl.options = aos_http_io.aos_http_request_options_create(pool)
    fill(pool, made.ctl.options, case.get("options") or {})
    resolve: Any = find("oss_config_resolve")
    resolve(pool, made.config, made.ctl)
    return made
