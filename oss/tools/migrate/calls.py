"""Calls: of the program's functions, of the SDK's, and of the C library's (``library`` has the table of those)."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import TYPE_CHECKING

from oss.tools.migrate import cutest, sdk
from oss.tools.migrate.c_tree import c_ast
from oss.tools.migrate.formats import formatted
from oss.tools.migrate.library import LIBRARY
from oss.tools.migrate.scopes import symbol
from oss.tools.migrate.shapes import ALLOCATORS, bare, callee, is_null
from oss.tools.migrate.types import INT, c_type, function_t, is_text, pointer_t, struct_t, target
from oss.tools.migrate.values import ATOM, UNARY, Untranslatable, integer, memory, tail, text, value

if TYPE_CHECKING:
    from oss.tools.migrate.expressions import expressions

__all__ = ["call", "format_call"]

FORMATS = {"apr_psprintf": 1}
"""Functions that give a formatted text, and where their format stands."""
_LOOPS = "aos_list_for_each_entry"
_TYPED = frozenset(("aos_list_entry", "aos_list_get_first", "aos_list_get_last"))


def call(write: expressions, node: c_ast.FuncCall) -> value:
    """A call inside of an expression."""
    name = callee(node)
    arguments = list(node.args.exprs) if node.args else []
    if name in write.made.parameters:
        return _own(write, name, arguments)
    if name in ALLOCATORS:
        return _allocated(write, name, arguments)
    if name in FORMATS:
        return format_call(write, arguments[FORMATS[name] :])
    if name.startswith(_LOOPS) or name in _TYPED:
        return _typed(write, name, arguments)
    if name in LIBRARY and sdk.function(name) is None:
        return LIBRARY[name](write, arguments)
    known = write.made.symbol_of(node.name)
    if name and known is None:
        raise Untranslatable(f"no counterpart of {name}()")
    if (
        name
        and known is not None
        and known.scope == "known"
        and name not in sdk.REPLACEABLE
        and sdk.function(name) is None
    ):
        raise Untranslatable(f"no counterpart of {name}()")
    return _other(write, name, node, arguments)


def _own(write: expressions, name: str, arguments: list[c_ast.Node]) -> value:
    """A call of one of the program's functions."""
    parameters = write.made.parameters.get(name, [])
    codes = []
    for position, argument in enumerate(arguments):
        if position < len(parameters):
            codes.append(_for_parameter(write, parameters[position], argument))
        else:
            codes.append(_plain(write(argument)))
    known = write.made.symbols[name]
    result = known.type.result if isinstance(known.type, function_t) else INT
    kind = write.kind_of(result)
    if kind == "text":
        kind = write.results.get(name, "text")
    return value(f"{known.python}({', '.join(codes)})", kind, type=result)


def _for_parameter(write: expressions, parameter: symbol, argument: c_ast.Node) -> str:
    made = write(argument)
    if isinstance(parameter.type, pointer_t) and is_null(argument):
        return "None"
    if parameter.shape == "bytes":
        if made.kind in ("bytes", "room", "none") or made.memory == "bytes":
            return _plain(made)
        return f"bytearray({memory(made)})" if parameter.written else memory(made)
    if parameter.shape == "ref":
        return made.code
    if parameter.shape == "letter":
        return made.code if made.kind in ("letter", "text") else f"chr({made.code})"
    if is_text(parameter.type):
        return text(made)
    if is_struct_value(parameter.type) and write.made.functions:
        return made.code
    return _member_guarded(write, made)


def is_struct_value(kind: c_type) -> bool:
    return isinstance(kind, struct_t)


def _plain(made: value) -> str:
    """An argument that the callee takes as it is."""
    return tail(made).code if made.kind == "place" else integer(made).code


def _member_guarded(write: expressions, made: value) -> str:
    """An argument; the address of a scalar field goes through a reference that is written back."""
    if made.kind != "member":
        return _plain(made)
    if write.tested:
        raise Untranslatable("the address of a field inside of a condition")
    name = made.code.rsplit(".", 1)[-1].rstrip("]").replace("[", "_")
    write.before.append(f"{name} = aos_ref_t({made.code})")
    write.after.append(f"{made.code} = {name}.value")
    return name


def _other(write: expressions, name: str, node: c_ast.FuncCall, arguments: list[c_ast.Node]) -> value:
    """A call of a function of the SDK, of another file, or through a pointer."""
    function = write.type_of(node.name)
    while isinstance(function, pointer_t):
        function = function.to
    kinds = function.parameters if isinstance(function, function_t) else ()
    codes = []
    for position, argument in enumerate(arguments):
        kind = kinds[position] if position < len(kinds) else None
        codes.append(_argument(write, kind, argument, truth=name in cutest.__all__))
    _restore_text(write, name, arguments, codes)
    head = write(node.name).at(ATOM)
    result = function.result if isinstance(function, function_t) else INT
    return value(f"{head}({', '.join(codes)})", _result_kind(write, name, result), type=result)


def _argument(write: expressions, kind: c_type | None, argument: c_ast.Node, *, truth: bool = False) -> str:
    """An argument of a function that is not the program's; ``truth``: one that takes True for 1."""
    made = write(argument)
    if made.kind == "bool" and truth:
        return made.code
    if isinstance(kind, pointer_t) and is_null(argument):
        return "None"
    if made.kind == "place" and made.code:
        return f"{tail(made).code} if {made.code} in {made.base} else None"
    pointed = target(kind) if kind is not None else None
    if isinstance(pointed, pointer_t) and isinstance(pointed.to, struct_t) and made.kind == "reference":
        return made.code if pointed.to.name == "mxml_node_t" else f"{made.code}.value"
    if isinstance(pointed, pointer_t) and isinstance(pointed.to, struct_t) and made.kind == "member":
        write.before.append(f"{made.code} = {pointed.to.name}()")
        return made.code
    if made.kind == "room":
        return made.code
    if kind is None and made.kind == "letter":
        return made.code
    if is_text(kind) and made.kind == "letter":
        return made.code
    if made.kind == "letter" and not isinstance(made.constant, str):
        return integer(made).code
    if made.kind == "letter":
        return made.code
    return _member_guarded(write, made)


def _restore_text(write: expressions, name: str, arguments: list[c_ast.Node], codes: list[str]) -> None:
    """``strtol(s, &end, 10)`` and its kin set an index: the text from there takes its place."""
    found = sdk.function(name)
    if found is None or name in cutest.__all__:
        return
    for row, argument, code in zip(inspect.signature(found).parameters.values(), arguments, codes, strict=False):
        inner = bare(argument)
        if (
            "aos_ref_t[int]" in str(row.annotation)
            and isinstance(inner, c_ast.UnaryOp)
            and is_text(write.type_of(inner.expr))
        ):
            write.later(f"{code}.value = {write(arguments[0]).at(ATOM)}[{code}.value :]")


def _result_kind(write: expressions, name: str, result: c_type) -> str:
    kind = write.kind_of(result)
    found = sdk.function(name)
    if found is not None and kind in ("text", "pointer"):
        shown = str(inspect.signature(found).return_annotation)
        return "bytes" if "bytes" in shown else "text" if "str" in shown else kind
    return kind


def _typed(write: expressions, name: str, arguments: list[c_ast.Node]) -> value:
    """``aos_list_entry(ptr, T, member)`` and its kin: ``T`` came as a cast, ``member`` as a string."""
    codes: list[str] = []
    result: c_type = INT
    for argument in arguments:
        if isinstance(argument, c_ast.Cast):
            kind = write.made.types.of(argument.to_type)
            result = kind
            codes.append(getattr(target(kind), "name", "object"))
        else:
            codes.append(write(argument).code)
    return value(f"{name}({', '.join(codes)})", "struct", type=result)


def _allocated(write: expressions, name: str, arguments: list[c_ast.Node]) -> value:
    """Fresh memory: a struct, a list of them, or bytes."""
    size = bare(arguments[ALLOCATORS[name]])
    pool = write(arguments[0]).code if name.startswith("a") else ""
    counts = [bare(arguments[0])] if name == "calloc" else []
    if isinstance(size, c_ast.BinaryOp) and size.op == "*":
        counts += [bare(size.left), bare(size.right)]
    else:
        counts.append(size)
    structs = [made.code for part in counts if part is not None and (made := write(part)).kind == "sizeof"]
    numbers = [write(part) for part in counts if part is not None and not write(part).kind.startswith("sizeof")]
    others = [made for made in numbers if made.constant != 1]
    if structs:
        if others:
            count = " * ".join(made.at(UNARY) for made in others)
            return value(f"[{structs[0]}() for _ in range({count})]", "list")
        shown = f"aos_pcalloc({pool}, {structs[0]})" if name.startswith("aos_") else f"{structs[0]}()"
        return value(shown, "struct")
    if len(others) < len(counts) and any(write(part).kind == "sizeof pointer" for part in counts if part is not None):
        return value(f"[None] * {others[0].at(UNARY)}" if others else "[None]", "list", UNARY)
    amount = write.number(size) if name != "calloc" else value(" * ".join(made.at(UNARY) for made in numbers), "int")
    shown = f"{name}({pool}, {amount.code})" if name.startswith("aos_") else f"bytearray({amount.code})"
    return value(shown, "room")


def format_call(write: expressions, arguments: list[c_ast.Node], cut: int = 0) -> value:
    """The text of a format and its arguments; ``cut`` letters are taken off its end."""
    pattern = write(arguments[0])
    if not isinstance(pattern.constant, str):
        rest = "".join(f", {_plain(write(item))}" for item in arguments[1:])
        return value(f"apr_psprintf(None, {text(pattern)}{rest})", "text")
    owners = {id(item): _owner(write, item) for item in arguments[1:]}
    made = [replace(write(item), base=write(item).base) for item in arguments[1:]]
    sources = dict(zip([id(part) for part in made], arguments[1:], strict=True))

    def same(count: value, what: value) -> str | None:
        left, right = owners[id(sources[id(count)])], owners[id(sources[id(what)])]
        return left[0] if left and right and left[0] == right[0] and (left[1], right[1]) == ("len", "data") else None

    return formatted(pattern.constant[: len(pattern.constant) - cut], made, same)


def _owner(write: expressions, node: c_ast.Node) -> tuple[str, str] | None:
    """The struct and the field that an expression reads."""
    inner = bare(node)
    if isinstance(inner, c_ast.StructRef):
        return write(inner.name).at(ATOM), inner.field.name
    return None
