"""Calls that are statements: printing, setting texts, copying memory, files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from oss.tools.migrate.c_tree import c_ast
from oss.tools.migrate.calls import format_call
from oss.tools.migrate.library import LIBRARY
from oss.tools.migrate.scanning import scan
from oss.tools.migrate.shapes import bare
from oss.tools.migrate.types import struct_t, target
from oss.tools.migrate.values import ATOM, SUM, Untranslatable, added, memory, sliced, text, value

if TYPE_CHECKING:
    from oss.tools.migrate.statements import statements

__all__ = ["EFFECTS", "read_file"]

_effect: TypeAlias = "Callable[[statements, c_ast.FuncCall], None]"


def _arguments(node: c_ast.FuncCall) -> list[c_ast.Node]:
    return list(node.args.exprs) if node.args else []


def _print(run: statements, node: c_ast.FuncCall) -> None:
    run.emit(_printed(run, _arguments(node), ""), node)


def _print_to(run: statements, node: c_ast.FuncCall) -> None:
    first, *rest = _arguments(node)
    where = run.write(first).code
    run.emit(_printed(run, rest, "" if where == "sys.stdout" else where), node)


def _printed(run: statements, arguments: list[c_ast.Node], where: str) -> str:
    """``print(...)`` of a format; its last line feed is print's own."""
    pattern = run.write(arguments[0]).constant
    whole = isinstance(pattern, str) and pattern.endswith("\n")
    code = format_call(run.write, arguments, cut=int(whole)).code
    if match := re.fullmatch(r"str\(([\w.]+)\)", code):
        code = match[1]
    parts = ["" if code == '""' else code, "" if whole else 'end=""', f"file={where}" if where else ""]
    return f"print({', '.join(part for part in parts if part)})"


def _format_into(counted: bool) -> _effect:
    """``sprintf``, ``snprintf``: the variable becomes the text."""

    def effect(run: statements, node: c_ast.FuncCall) -> None:
        first, *rest = _arguments(node)
        made = format_call(run.write, rest[counted:])
        if counted:
            made = _cut(run, first, rest[0], made)
        _replace(run, first, made, node)

    return effect


def _format_list(counted: bool) -> _effect:
    """``vsprintf``, ``vsnprintf``."""

    def effect(run: statements, node: c_ast.FuncCall) -> None:
        first, *rest = _arguments(node)
        pattern, given = (run.write(item) for item in rest[counted:])
        made = value(f"apr_psprintf(None, {text(pattern)}, *{given.code})", "text")
        _replace(run, first, _cut(run, first, rest[0], made) if counted else made, node)

    return effect


def _cut(run: statements, first: c_ast.Node, size: c_ast.Node, made: value) -> value:
    """A text cut to what fits."""
    limit = run.write.number(size)
    stop = str(limit.constant - 1) if isinstance(limit.constant, int) else f"{limit.at(SUM)} - 1"
    if isinstance(limit.constant, int) and isinstance(made.constant, str) and len(made.constant) < limit.constant:
        return made
    return value(sliced(made.at(ATOM), "0", stop), "text")


def _replace(run: statements, first: c_ast.Node, made: value, node: c_ast.FuncCall) -> None:
    """A whole text into a variable, or with its NUL into memory."""
    found = run.made.symbol_of(bare(first))
    place = run.write(first)
    if found is not None and found.shape == "text":
        run.emit(f"{place.code} = {text(made)}", node)
        return
    if place.kind == "text":
        run.emit(f"{place.code} = {text(made)}", node)
        return
    base, start = (place.base, place.index) if place.kind == "place" else (place.code, "0")
    if place.kind not in ("bytes", "place") or (place.kind == "place" and place.memory != "bytes"):
        raise Untranslatable("a text is written where only a str stands")
    name = "data"
    ended = (
        f'{memory(made)[:-1]}\\0"'
        if isinstance(made.constant, str) and memory(made)[-1] == '"'
        else f'{memory(made)} + b"\\0"'
    )
    run.write.before.append(f"{name} = {ended}")
    stop = f"len({name})" if start == "0" else f"{start} + len({name})"
    run.emit(f"{sliced(base, start, stop)} = {name}", node)


def _copy_text(limited: bool) -> _effect:
    """``strcpy``, ``strncpy``."""

    def effect(run: statements, node: c_ast.FuncCall) -> None:
        first, source, *size = _arguments(node)
        made = run.write(source)
        if limited:
            made = value(sliced(value(text(made), "text").at(ATOM), "0", run.write.number(size[0]).code), "text")
        _replace(run, first, made, node)

    return effect


def _append_text(limited: bool) -> _effect:
    """``strcat``, ``strncat``."""

    def effect(run: statements, node: c_ast.FuncCall) -> None:
        first, source, *size = _arguments(node)
        place = run.write(first)
        code = text(run.write(source))
        if limited:
            code = sliced(code, "0", run.write.number(size[0]).code)
        if place.kind == "text":
            run.emit(f"{place.code} += {code}", node)
        else:
            _replace(run, first, value(f"aos_string_t({place.code}).data + {code}", "text", SUM), node)

    return effect


def _copy_memory(run: statements, node: c_ast.FuncCall) -> None:
    """``memcpy``, ``memmove``: a slice, or a struct."""
    first, source, size = _arguments(node)
    left, right = run.write(first), run.write(source)
    kind = target(run.write.type_of(bare(first)))
    if left.kind == "struct" and isinstance(kind, struct_t):
        inner = bare(first)
        if isinstance(inner, c_ast.UnaryOp) and inner.op == "&":
            run.emit(f"{left.code} = copy.copy({right.code})", node)
        else:
            run.assign_struct(kind, left, right, node)
        return
    count = run.write.number(size)
    into, start = (left.base, left.index) if left.kind == "place" else (left.at(ATOM), "0")
    if left.kind not in ("bytes", "place"):
        raise Untranslatable("memory that is copied to what is not a buffer")
    if right.kind == "place" and right.memory == "bytes":
        data = sliced(right.base, right.index, added(right.index, count.at(SUM)))
    elif right.kind in ("text", "letter") or right.memory == "text":
        data = _counted(run, source, right, count)
    else:
        data = sliced(memory(right), "0", count.code)
    run.emit(f"{sliced(into, start, added(start, count.at(SUM)))} = {data}", node)


def _counted(run: statements, source: c_ast.Node, made: value, count: value) -> str:
    """The first ``count`` bytes of a text, of which C knows that they are there: what follows it is NUL."""
    data = memory(made)
    length = LIBRARY["strlen"](run.write, [source])
    if count.code == length.code or (isinstance(made.constant, str) and len(made.constant.encode()) == count.constant):
        return data
    if count.code == f"{length.code} + 1":
        return f'{data} + b"\\0"'
    return f'{sliced(data, "0", count.code)}.ljust({count.code}, b"\\0")'


def _set_memory(run: statements, node: c_ast.FuncCall) -> None:
    """``memset``: an empty text, a zeroed struct, or a slice."""
    first, byte, size = _arguments(node)
    inner = bare(first)
    left, number, count = run.write(first), run.write.number(byte), run.write(size)
    kind = target(run.write.type_of(inner))
    if left.kind == "struct" and isinstance(kind, struct_t) and number.constant == 0:
        if isinstance(inner, c_ast.UnaryOp) and inner.op == "&":
            run.emit(f"{left.code} = {kind.name}()", node)
        else:
            run.assign_struct(kind, left, value(f"{kind.name}()", "struct"), node)
        return
    if left.kind == "text" and number.constant == 0:
        run.emit(f'{left.code} = ""', node)
        return
    into, start = (left.base, left.index) if left.kind == "place" else (left.at(ATOM), "0")
    if left.kind not in ("bytes", "place"):
        raise Untranslatable("memory that is set in what is not a buffer")
    if isinstance(number.constant, int) and number.constant:
        data = f'b"{chr(number.constant)}"' if 32 <= number.constant < 127 else f'b"\\x{number.constant:02x}"'
    else:
        data = 'b"\\0"' if number.constant == 0 else f"bytes([{number.code}])"
    amount = count.code if count.kind == "int" else str(count.constant)
    stop = added(start, value(amount, "int", count.level).at(SUM))
    run.emit(f"{sliced(into, start, stop)} = {data} * {count.at(ATOM) if count.kind == 'int' else amount}", node)


def _assert(run: statements, node: c_ast.FuncCall) -> None:
    run.emit(f"assert {run.write.condition(_arguments(node)[0]).code}", node)


def _nothing(run: statements, node: c_ast.FuncCall) -> None:
    """What Python does by itself."""
    run.out.comments(node.coord.line)


def _start_list(run: statements, node: c_ast.FuncCall) -> None:
    run.emit(f"{run.write(_arguments(node)[0]).code} = args", node)


def _close(run: statements, node: c_ast.FuncCall) -> None:
    run.emit(f"{run.write(_arguments(node)[0]).at(ATOM)}.close()", node)


def _write_file(run: statements, node: c_ast.FuncCall) -> None:
    data, size, count, file = _arguments(node)
    amount = " * ".join(part.at(ATOM) for part in map(run.write.number, (size, count)) if part.constant != 1)
    made = run.write(data)
    shown = sliced(memory(made), "0", amount)
    run.emit(f"{run.write(file).at(ATOM)}.write({shown})", node)


def _read_file(run: statements, node: c_ast.FuncCall) -> None:
    run.emit(read_file(run, _arguments(node)), node)


def read_file(run: statements, arguments: list[c_ast.Node]) -> str:
    """``fread``: fills memory, and gives how much."""
    into, size, count, file = arguments
    amount = " * ".join(part.at(ATOM) for part in map(run.write.number, (size, count)) if part.constant != 1)
    made = run.write(into)
    base, start = (made.base, made.index) if made.kind == "place" else (made.code, "0")
    part = sliced(f"memoryview({base})", start, amount if start == "0" else f"{start} + {amount}")
    return f"{run.write(file).at(ATOM)}.readinto({part})"


def _scan(run: statements, node: c_ast.FuncCall) -> None:
    scan(run.write, _arguments(node))
    run.emit("", node)


EFFECTS: Mapping[str, _effect] = {
    "printf": _print,
    "fprintf": _print_to,
    "sprintf": _format_into(False),
    "snprintf": _format_into(True),
    "apr_snprintf": _format_into(True),
    "vsprintf": _format_list(False),
    "vsnprintf": _format_list(True),
    "strcpy": _copy_text(False),
    "strncpy": _copy_text(True),
    "strcat": _append_text(False),
    "strncat": _append_text(True),
    "memcpy": _copy_memory,
    "memmove": _copy_memory,
    "memset": _set_memory,
    "sscanf": _scan,
    "assert": _assert,
    "free": _nothing,
    "va_end": _nothing,
    "va_start": _start_list,
    "fclose": _close,
    "fread": _read_file,
    "fwrite": _write_file,
}
