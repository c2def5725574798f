"""Every function of ``oss_api.h`` that takes options, as a call that can be made, and the places in it for a text."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from aos._c.structs import CStruct, StructField, TextField
from oss import oss_api
from oss.oss_api import (
    aos_http_controller_create,
    aos_http_request_create,
    aos_http_request_options_create,
    aos_http_request_t,
    aos_list_add_tail,
    aos_list_t,
    aos_ref_t,
    aos_string_t,
    aos_table_t,
    oss_complete_part_content_t,
    oss_cors_rule_t,
    oss_lifecycle_rule_content_t,
    oss_object_key_t,
    oss_referer_config_t,
    oss_referer_t,
    oss_request_options_t,
    oss_resumable_clt_params_t,
    oss_sub_cors_rule_t,
    oss_tag_content_t,
    oss_upload_file_t,
    oss_upload_part_copy_params_t,
)
from tests.service import new_list, table

__all__ = ["FUNCTIONS", "call_of", "MadeCall", "Spot"]

MODULES = (
    "oss._call.object",
    "oss._call.bucket",
    "oss._call.multipart",
    "oss.oss_bucket",
    "oss.oss_live",
    "oss.oss_multipart",
)


def _takes_options(function: Any) -> bool:
    if not inspect.isfunction(function) or not function.__module__.startswith((*MODULES, "oss.oss_resumable")):
        return False
    return next(iter(inspect.signature(function).parameters), "") == "options"


FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(oss_api, name) for name in vars(oss_api)["__all__"] if _takes_options(getattr(oss_api, name))
}

FILES = {"filename", "append_file", "filepath", "checkpoint_path"}
ELEMENTS: dict[str, type[Any]] = {
    "part_list": oss_complete_part_content_t,
    "object_list": oss_object_key_t,
    "tag_list": oss_tag_content_t,
    "lifecycle_rule_list": oss_lifecycle_rule_content_t,
    "rule_list": oss_cors_rule_t,
}
SUB_LISTS: dict[type[Any], dict[str, type[Any]]] = {
    oss_cors_rule_t: dict.fromkeys(
        ("allowed_origin_list", "allowed_method_list", "allowed_head_list", "expose_head_list"), oss_sub_cors_rule_t
    ),
    oss_lifecycle_rule_content_t: {"tag_list": oss_tag_content_t},
    oss_referer_config_t: {"referer_list": oss_referer_t},
}


class Spot(NamedTuple):
    """A place for a text: its name, and what puts a text there."""

    name: str
    put: Callable[[str], None]


class MadeCall:
    """A function with arguments that it takes."""

    def __init__(self, name: str, options: oss_request_options_t, url: str, folder: Path) -> None:
        self.name, self.options, self.url, self.folder = name, options, url, folder
        kinds = {key: str(item.annotation) for key, item in inspect.signature(FUNCTIONS[name]).parameters.items()}
        self.arguments = {key: self._value(key, kind.removesuffix(" | None")) for key, kind in kinds.items()}
        self.kinds = kinds

    def __call__(self) -> Any:
        return FUNCTIONS[self.name](**self.arguments)

    def _value(self, name: str, kind: str) -> Any:
        if name == "options":
            return self.options
        if kind == "aos_text_t":
            return self._text(name)
        if kind == "aos_string_t":
            return aos_string_t("text")
        if kind == "aos_table_t":
            return table(("x-oss-meta-a", "b")) if name == "headers" else table()
        if kind == "aos_list_t":
            return self._list(name)
        if kind == "int":
            return {"expires": 1 << 33, "part_size": 4, "tier": 0, "day": 1}.get(name, 1)
        if kind == "Progress":
            return None
        if kind.startswith("aos_ref_t"):
            return aos_ref_t(0)
        if kind == "aos_http_request_t":
            return aos_http_request_create(None)
        return self._struct(getattr(oss_api, kind), name)

    def _text(self, name: str) -> str | None:
        if name == "signed_url":
            return self.url + "key?x=y"
        if name == "checkpoint_path":
            return str(self.folder / "record")
        if name in FILES:
            uploads = any(word in self.name for word in ("put_", "append_", "upload"))
            return str(self.folder / ("source" if uploads else "target"))
        return {"bucket": "bucket-a", "dest_bucket": "bucket-b", "source_bucket": "bucket-a"}.get(name, "text")

    def _list(self, name: str) -> aos_list_t:
        if name == "buffer" and "get_" not in self.name and "select_" not in self.name:
            return new_list(b"data")
        takes = any(word in self.name for word in ("put_", "complete_", "delete_objects"))
        return new_list(self._struct(ELEMENTS[name], name)) if takes and name in ELEMENTS else new_list()

    def _struct(self, kind: type[Any], name: str) -> Any:
        made = kind()
        for field, _ in _texts(made):
            setattr(made, field, "text")
        for field, element in SUB_LISTS.get(kind, {}).items():
            aos_list_add_tail(self._struct(element, field).node, getattr(made, field))
        if isinstance(made, oss_upload_part_copy_params_t):
            made.source_bucket = made.dest_bucket = "bucket-a"
            made.part_num, made.range_end = 1, 9
        elif isinstance(made, oss_upload_file_t):
            made.filename, made.file_last = str(self.folder / "source"), 4
        elif isinstance(made, oss_resumable_clt_params_t):
            made.part_size, made.thread_num, made.checkpoint_path = 4, 1, ""
        return made

    # ---- where texts go ----

    def own_spots(self) -> Iterator[Spot]:
        """The places in the arguments of this function."""
        for name, kind in self.kinds.items():
            value = self.arguments[name]
            if kind.startswith("aos_text_t"):
                yield Spot(name, partial(self._set, name))
            elif isinstance(value, aos_string_t):
                yield Spot(name, partial(setattr, value, "data"))
            elif isinstance(value, aos_table_t) and name != "resp_headers":
                yield Spot(f"{name}: a name", partial(_add, value, None))
                yield Spot(f"{name}: a value", partial(_add, value, "x-oss-callback-var"))
                yield Spot(f"{name}: content type", partial(_add, value, "Content-Type"))
            elif isinstance(value, aos_http_request_t):
                yield Spot(f"{name}.params", partial(_add, value.query_params, None))
            elif isinstance(value, aos_list_t):
                for entry in value:
                    yield from _spots_in(name, entry)
            elif name != "options" and isinstance(value, CStruct):
                yield from _spots_in(name, value)

    def _set(self, name: str, text: str) -> None:
        where = self.url if name == "signed_url" else f"{self.folder}/" if name in FILES else ""
        self.arguments[name] = where + text

    def shared_spots(self) -> Iterator[Spot]:
        """The places in the options, which all functions have."""
        config, request = self.options.config, self.options.ctl.options
        for field in ("access_key_id", "access_key_secret", "sts_token", "region", "cloudbox_id"):
            yield Spot(f"config.{field}", partial(setattr, config, field))
        yield Spot("config.endpoint", lambda text: setattr(config, "endpoint", str(config.endpoint) + text))
        authority = self.url.removeprefix("http://").rstrip("/")

        def proxied(auth: str, host: str) -> None:
            request.proxy_auth, request.proxy_host = auth, authority + host

        yield Spot("proxy_auth", lambda text: proxied(text, ""))
        yield Spot("proxy_host", lambda text: proxied("user:pass", text))


def _add(table: aos_table_t, name: str | None, text: str) -> None:
    table.add(text if name is None else name, text)


def _texts(struct: CStruct) -> list[tuple[str, Any]]:
    """The text fields of a struct and their values."""
    return [
        (item.name, getattr(struct, item.name))
        for item in struct.c_fields
        if isinstance(item, TextField) or (isinstance(item, StructField) and item.kind is aos_string_t)
    ]


def _spots_in(name: str, struct: CStruct) -> Iterator[Spot]:
    for field, _ in _texts(struct):
        yield Spot(f"{name}.{field}", partial(setattr, struct, field))
    for item in struct.c_fields:
        value = getattr(struct, item.name)
        if isinstance(value, CStruct) and isinstance(item, StructField) and item.kind is not aos_string_t:
            yield from _spots_in(f"{name}.{item.name}", value)
        elif isinstance(value, aos_list_t) and item.name in SUB_LISTS.get(type(struct), {}):
            for entry in value:
                yield from _spots_in(f"{name}.{item.name}", entry)


def call_of(name: str, options: oss_request_options_t, url: str, folder: Path) -> MadeCall:
    """A fresh call of a function, on options of its own."""
    own = copy.copy(options)
    own.config = copy.copy(options.config)
    own.ctl = aos_http_controller_create(None, 0)
    own.ctl.options = aos_http_request_options_create(None)
    (folder / "source").write_bytes(b"data")
    return MadeCall(name, own, url, folder)
