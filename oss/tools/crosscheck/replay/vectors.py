"""Makes a recorded helper call ("vector") through the port.

The port's signature says what each parameter is: a pool, an input named in the recording, the length of the bytes
before it, or an out-parameter. Recorded results are matched to the parameters they came from.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

from aos.aos_define import aos_pool_t, aos_ref_t, aos_table_t
from aos.aos_list import aos_list_t
from aos.aos_string import aos_string_t
from oss.tools.crosscheck.replay import build
from oss.tools.crosscheck.replay.corpus import bytes_of, text_of
from oss.tools.crosscheck.replay.names import base_name, constructor_of, find, types_in
from oss.tools.crosscheck.replay.odd_vectors import ODD
from oss.tools.crosscheck.replay.show import show
from oss.tools.crosscheck.replay.vector_traits import UNTOUCHED

__all__ = ["run_vector", "vector_function"]

LENGTHS = {"inLen", "key_len", "message_len", "len", "srclen", "bufLen", "in_len"}
POOLS = {"p", "pool"}
ROOM = 1 << 16
NAMES = {"live_channel_list": "list", "live_record_list": "list", "s": "status"}


def vector_function(name: str) -> str:
    """The function that a vector calls; the first one of those that call two."""
    return {"checkpoint_roundtrip": "oss_build_checkpoint_xml"}.get(name, name.split("+", maxsplit=1)[0])


def run_vector(case: dict[str, Any]) -> dict[str, Any]:
    """The port's results for a vector, by the recorded names; there may be more than were recorded."""
    args, expected = case["args"], case["result"]
    try:
        if (odd := ODD.get(case["function"])) is not None:
            results: dict[str, Any] = odd(**args)
            return results
        return _run(find(case["function"]), args, expected)
    except Exception as error:  # compared with what the C SDK did
        return {"raised": f"{type(error).__name__}: {error}"}


def _run(function: Any, args: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    pool = build.new_pool()
    parameters = list(inspect.signature(function).parameters.values())
    names = [base_name(parameter.name) for parameter in parameters]
    unnamed = [value for name, value in args.items() if name not in names and name != "offset"]
    arrays = {name: int(size) for name, size in re.findall(r"(\w+)\[(\d+)\]", inspect.getdoc(function) or "")}
    made: list[Any] = []
    for i, (name, parameter) in enumerate(zip(names, parameters, strict=True)):
        types = types_in(parameter.annotation)
        is_bytes = i + 1 < len(names) and names[i + 1] in LENGTHS and names[i + 1] not in args
        if name in POOLS:
            made.append(pool)
        elif name in args:
            is_number = parameter.annotation == "int"
            given = _given(pool, name, types, args[name], is_bytes, args.get("offset", 0))
            made.append(int(given) if is_number else given)
        elif name in LENGTHS and "ref" not in str(parameter.annotation):
            made.append(len(made[-1]) if made[-1] is not None else 0)
        elif unnamed and types and not _is_result(name, expected):
            made.append(_given(pool, name, types, unnamed.pop(0), is_bytes, 0))
        else:
            made.append(_empty(pool, types, str(parameter.annotation), arrays.get(name, ROOM)))
    returned = function(*made)
    results = {name: _shown(value) for name, value in zip(names, made, strict=True)}
    return _named(results, made, returned, expected)


def _is_result(name: str, expected: dict[str, Any]) -> bool:
    return name in expected


def _given(pool: aos_pool_t, name: str, types: list[str], value: Any, is_bytes: bool, offset: int) -> Any:
    if is_bytes and "aos_list_t" not in types:
        return None if value is None else memoryview(bytearray(offset) + bytes_of(value))[offset:]
    if "aos_list_t" in types:
        is_body = not isinstance(value, list)
        return build.body_list(pool, value) if is_body else build.entries(pool, name, value)
    if "aos_table_t" in types:
        return build.table(value)
    if "aos_string_t" in types or "aos_text_t" in types:
        return aos_string_t(text_of(value))
    if isinstance(value, dict) and types:
        return build.struct(pool, types[0], value)
    return text_of(value) if isinstance(value, (str, dict)) else value


def _empty(pool: aos_pool_t, types: list[str], annotation: str, size: int) -> Any:
    """An out-parameter as a C caller passes it."""
    if not types:
        return bytearray(size)
    if "aos_ref_t" in types:
        return aos_ref_t(None if "str" in annotation else UNTOUCHED)
    if "aos_string_t" in types:
        return aos_string_t()
    if "aos_table_t" in types:
        return aos_table_t()
    return build.new_list() if "aos_list_t" in types else constructor_of(types[0])(pool)


def _shown(value: Any) -> Any:
    if isinstance(value, bytearray):
        return value.split(b"\0", 1)[0].decode("utf-8", "surrogateescape")
    return show(value)


def _named(results: dict[str, Any], made: list[Any], returned: Any, expected: dict[str, Any]) -> dict[str, Any]:
    """The results under the names that they have in the recording."""
    results = {NAMES.get(name, name): value for name, value in results.items()}
    results["return"] = results["xml"] = returned
    if "hex" in expected:
        digest = returned if isinstance(returned, bytes) else next(v for v in made if isinstance(v, bytearray))
        results["hex"] = bytes(digest).hex()
    for name in expected.keys() - results.keys():
        kind = {"list": aos_list_t}.get(name)
        last = made[-1] if kind is None or isinstance(made[-1], kind) else None
        by_prefix = next((value for key, value in results.items() if key.startswith(name)), None)
        results[name] = by_prefix if by_prefix is not None else _shown(last)
    if results.get("body") == []:
        results["body"] = ""
    return results
