"""Calls that are statements of their own: printing, writing texts, copying memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from oss.tools.migrate.asked import callee_name, constant, is_pointer, same_place
from oss.tools.migrate.c_types import Array, Int, Ref, Struct, pointee
from oss.tools.migrate.expressions import Expressions
from oss.tools.migrate.formats import alone, cut
from oss.tools.migrate.nodes import Node, bare, is_null
from oss.tools.migrate.patterns import fits, longest
from oss.tools.migrate.pointers import added
from oss.tools.migrate.spelling import bytes_literal, literal
from oss.tools.migrate.struct_bytes import measured
from oss.tools.migrate.values import ATOM, PRODUCT, SUM, Untranslatable, Value
from oss.tools.migrate.whole_texts import room

__all__ = ["EFFECTS", "sliced"]

_SIGNALS = frozenset(("signal", "sigaction", "bsd_signal", "siginterrupt"))

_Effect: TypeAlias = "Callable[[Expressions, Node, list[Node]], list[str] | None]"


def _print(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    return _printed(write, arguments, "")


def _print_to(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    where = _console(arguments[0])
    return _printed(write, arguments[1:], where) if where else None


def _console(node: Node) -> str:
    inner = bare(node)
    return inner.name if inner.name in ("stdout", "stderr") and inner.decl is not None and inner.decl.system else ""


def _printed(write: Expressions, arguments: list[Node], where: str) -> list[str] | None:
    """``print(...)`` of a format; its last line feed is print's own."""
    pattern = bare(arguments[0])
    if pattern.kind != "string" or (pattern.macro and len(arguments) == 1):
        return None
    content = str(pattern.value).split("\0")[0]
    whole = content.endswith("\n")
    shown = content[:-1] if whole else content
    code = write.formatted(shown, arguments[1:]) or write.by_sdk(shown, arguments[1:])
    return None if code is None else [_print_code(code, where, whole)]


def _print_code(code: str, where: str, whole: bool) -> str:
    code = alone(code) or code
    parts = ["" if code == '""' else code, "" if whole else 'end=""', "file=sys.stderr" if where == "stderr" else ""]
    return f"print({', '.join(part for part in parts if part)})"


def _puts(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    return _shown(write, arguments[0], "", True)


def _put_to(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    where = _console(arguments[1])
    return _shown(write, arguments[0], where, False) if where else None


def _shown(write: Expressions, argument: Node, where: str, whole: bool) -> list[str] | None:
    made = write(argument)
    if made.form == "text" and made.constant is not None and not bare(argument).macro:
        content = str(made.constant).split("\0")[0]
        if not whole and content.endswith("\n"):
            content, whole = content[:-1], True
        code = write.formatted(content.replace("%", "%%"), [])
        return None if code is None else [_print_code(code, where, whole)]
    if made.nullable or made.form not in ("text", "ptr"):
        return None
    return [_print_code(made.code, where, whole)]


def _put_letter(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    inner = bare(arguments[0])
    if inner.kind != "char" or not isinstance(inner.value, int) or not 0 < inner.value < 128:
        return None
    code = write.formatted(chr(inner.value).replace("%", "%%"), [])
    return ["print()"] if inner.value == 10 else [f'print({code}, end="")']


def _flush(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    where = _console(arguments[0])
    return [f"sys.{where}.flush()"] if where else None


def _nothing(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    """What Python does by itself; a block that is used after all fails there."""
    inner = bare(arguments[0])
    if inner.kind == "call":
        return None
    made = write(arguments[0])
    if made.form in ("ptr", "any") and is_pointer(arguments[0].type) and _is_runtime(write, arguments[0]):
        return None
    return []


def _is_runtime(write: Expressions, node: Node) -> bool:
    """Whether memory is a block of the runtime, which can be marked as freed."""
    return False


def _format_into(counted: bool) -> _Effect:
    """``sprintf``, ``snprintf`` into a text: it becomes the formatted one."""

    def effect(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
        if _target_form(write, arguments[0]) != "text":
            return None
        code = write.text_made(arguments[1 + counted :])
        if counted and not fits(arguments):
            code = cut(code, constant(arguments[1]))
        return [f"{write.target(arguments[0])} = {code}"]

    return effect


def _target_form(write: Expressions, node: Node) -> str:
    slot = write.context.uses.slot(node)
    return slot.form if slot is not None else ""


def _show_time(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    """``strftime`` of what Python has for it."""
    if id(node) not in write.context.uses.moments.calls:
        return None
    code = f"time.strftime({write(arguments[2]).code}, {write(arguments[3]).code})"
    if _target_form(write, arguments[0]) == "text":
        return [f"{write.target(arguments[0])} = {code}"]
    return [f"strcpy({write.adapted(write(arguments[0]), 'ptr').code}, {code})"]


def _ask_clock(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    if id(bare(arguments[0])) not in write.context.uses.moments.clocks:
        return None
    return [f"{write.target(bare(arguments[0]).kid(0))} = int(time.time())"]


def _sleep(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    """Waiting, where no handler of a signal can end it."""
    if _SIGNALS & write.context.uses.names:
        return None
    made = write.number(arguments[0])
    if callee_name(node) == "sleep":
        return [f"time.sleep({made.code})"]
    code = repr(made.constant / 1e6) if isinstance(made.constant, int) else f"{made.at(PRODUCT)} / 1000000"
    return [f"time.sleep({code})"]


def _copy_text(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    """``strcpy`` into a text."""
    if _target_form(write, arguments[0]) != "text":
        return None
    made = write.adapted(write(arguments[1]), "text")
    return [f"{write.target(arguments[0])} = {made.code}"]


def _copy_some(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    """``strncpy`` into a text: it has room for as much."""
    size = room(arguments[0])
    if _target_form(write, arguments[0]) != "text" or size is None:
        return None
    code, most = write.adapted(write(arguments[1]), "text").code, longest(bare(arguments[1]))
    return [f"{write.target(arguments[0])} = {code if most is not None and most < size else cut(code, size)}"]


def _append_text(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    """``strcat`` to a text."""
    if _target_form(write, arguments[0]) != "text":
        return None
    made = write.adapted(write(arguments[1]), "text")
    return [f"{write.target(arguments[0])} += {made.code}"]


def _struct_of(write: Expressions, node: Node) -> Struct | None:
    kind = pointee(bare(node).type)
    return kind if isinstance(kind, Struct) else None


def _set_memory(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    """``memset``: an empty text, a zeroed struct or array, or a slice."""
    first, byte, size = arguments
    kind = _struct_of(write, first)
    inner = bare(first)
    if kind is not None:
        return _zeroed_struct(write, inner, kind, byte, size)
    form = _target_form(write, first)
    if form == "text" and is_null(byte):
        return [f'{write.target(first)} = ""']
    if form == "list":
        return _zeroed_list(write, inner, byte, size)
    if form == "bytes":
        start, stop, count = _slice(write, first, size)
        value = write.number(byte)
        byte_value = write.fitted(value, Int(8, False, "byte"), write.range(byte))
        data = 'b"\\0"' if value.constant == 0 else f"bytes([{byte_value.code}])"
        if isinstance(value.constant, int) and 0 < value.constant < 256:
            data = bytes_literal(bytes([value.constant]))
        return [f"{sliced(start, stop)} = {data} * {count.at(ATOM)}"]
    return None


def _zeroed_struct(write: Expressions, inner: Node, kind: Struct, byte: Node, size: Node) -> list[str] | None:
    if not is_null(byte):
        return _in_bytes(write, kind, "a struct whose bytes are set")
    made = write(inner)
    name = write.zeroed(kind)
    measure = bare(size)
    measured = measure.decl.type if measure.decl is not None else measure.kid(0).type if measure.kids else None
    if inner.kind == "unary" and inner.name == "&":
        owner = bare(inner.kid(0))
        if measure.kind != "sizeof" or measured != kind:
            return _in_bytes(write, kind, "a part of a struct is set")
        decl = owner.decl if owner.kind == "name" else None
        if decl is not None and not isinstance(decl.type, Ref) and decl not in write.context.uses.pinned:
            return [f"{write.target(owner)} = {name}()"]
        return [f"assign({write(owner).code}, {name}())"]
    if made.form == "object" and measured == kind:
        return [f"assign({made.code}, {name}())"]
    if made.form in ("list", "ptr") and measure.kind == "sizeof" and measured == inner.type:
        item = write.context.temporary("item")
        if made.form == "list":
            return [f"for {item} in {made.code}:", f"    assign({item}, {name}())"]
        assert isinstance(measured, Array)
        return [f"for {item} in range({measured.count}):", f"    {made.code}[{item}] = {name}()"]
    return _in_bytes(write, kind, "structs whose bytes are set")


def _zeroed_list(write: Expressions, inner: Node, byte: Node, size: Node) -> list[str]:
    measure = bare(size)
    made = write(inner)
    if is_null(byte) and measure.kind == "sizeof" and measure.kids and measure.kid(0).type == inner.type and inner.decl:
        zero = write.zero(pointee(inner.type) or inner.type)
        if zero.form == "object":
            raise Untranslatable("structs whose bytes are set")
        return [f"{made.code}[:] = [{zero.code}] * len({made.code})"]
    raise Untranslatable("an array whose bytes are set")


def _slice(write: Expressions, node: Node, size: Node) -> tuple[tuple[str, str], str, Value]:
    """A place in a bytearray, where ``size`` bytes from there end, and their number."""
    made = write(node)
    if made.form == "offset":
        made = write.moved(made, "0")
    count = write.number(write.unsized(size))
    base, start = (made.base, made.index) if made.form == "place" else (made.code, "0")
    return (base, start), added(start, count.at(SUM)), count


def sliced(start: tuple[str, str], stop: str) -> str:
    base, first = start
    simple = all(part.replace("_", "").isalnum() for part in (first, stop))
    if first == "0":
        return f"{base}[:{stop}]" if simple else f"{base}[: {stop}]"
    return f"{base}[{first}:{stop}]" if simple else f"{base}[{first} : {stop}]"


def _copy_memory(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    """``memcpy``: structs, or a slice of a bytearray."""
    first, second, size = arguments
    kind = _struct_of(write, first)
    if kind is not None:
        return _copied_struct(write, node, size, kind)
    inner = write(first)
    if _target_form(write, first) != "bytes" and inner.form != "offset" and inner.of != "bytes":
        return None
    start, stop, count = _slice(write, first, size)
    source = write(second)
    if source.form == "offset":
        source = write.moved(source, "0")
    if (source.form == "place" and source.of == "bytes") or source.form == "bytes":
        begin, end, _ = (
            _slice(write, second, size) if source.form == "bytes" else ((source.base, source.index), "", None)
        )
        data = sliced(begin, end or added(source.index, count.at(SUM)))
    elif source.constant is not None and count.constant == len(str(source.constant).encode("utf-8", "surrogateescape")):
        data = bytes_literal(str(source.constant).encode("utf-8", "surrogateescape"))
    else:
        data = _text_bytes(write, source, bare(second), bare(size), count)
    return [f"{sliced(start, stop)} = {data}"]


def _text_bytes(write: Expressions, source: Value, node: Node, size: Node, count: Value) -> str:
    """So many bytes of a text; what the SDK has as a str is zeros behind its end."""
    if source.form == "text" and node.kind == "member" and node.decl is not None and node.decl.system:
        code = f"os.fsencode({source.code})"
        whole = size.kind == "member" and size.name == "len" and same_place(size.kid(0), node.kid(0))
        return code if whole else f'{sliced((code, "0"), count.code)}.ljust({count.code}, b"\\0")'
    write.no_struct(node)
    pointer = f"ptr({source.code})" if source.form == "text" else write.adapted(source, "ptr").at(ATOM)
    return f"{pointer}.memory({count.code})"


def _in_bytes(write: Expressions, kind: Struct, reason: str) -> list[str] | None:
    """Leaves what is done with the bytes of a struct to the function itself, if the struct lies in bytes."""
    if not write.lies_in_bytes(kind):
        raise Untranslatable(reason)
    return None


def _copied_struct(write: Expressions, node: Node, size: Node, kind: Struct) -> list[str] | None:
    first, second = bare(node.kid(1)), bare(node.kid(2))
    whole, number = measured(size)
    if whole != kind or pointee(second.type) != kind:
        return _in_bytes(write, kind, "a part of a struct is copied")
    count = write.number(write.unsized(number)).code if number is not None else ""
    if count and callee_name(node) == "memmove":
        places = [write.adapted(write(side), "ptr").code for side in (first, second)]
        return [f"move_structs({', '.join(places)}, {count})"]
    if count:
        item = write.context.temporary("item")
        one, other = (write.moved(write(side), item) for side in (first, second))
        return [f"for {item} in range({count}):", f"    assign({one.base}[{one.index}], {other.base}[{other.index}])"]
    into, source = (write.deref(write(side), kind) for side in (first, second))
    return [f"assign({into.code}, {source.code})"]


def _assert(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    inner, text = bare(arguments[0]), bare(arguments[1])
    truth = write.condition(inner.kid(0) if inner.kind == "cond" else inner)
    return [f"assert_({truth.code}, {literal(str(text.value))})"]


def _start(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    return [f"{write.target(arguments[0])} = va_list(args)"]


def _copied_list(write: Expressions, node: Node, arguments: list[Node]) -> list[str] | None:
    return [f"{write.target(arguments[0])} = {write(arguments[1]).code}.copy()"]


EFFECTS: Mapping[str, _Effect] = {
    "printf": _print,
    "fprintf": _print_to,
    "puts": _puts,
    "fputs": _put_to,
    "putchar": _put_letter,
    "fflush": _flush,
    "free": _nothing,
    "sprintf": _format_into(False),
    "snprintf": _format_into(True),
    "apr_snprintf": _format_into(True),
    "strftime": _show_time,
    "time": _ask_clock,
    "sleep": _sleep,
    "usleep": _sleep,
    "strcpy": _copy_text,
    "strncpy": _copy_some,
    "strcat": _append_text,
    "memcpy": _copy_memory,
    "memmove": _copy_memory,
    "memset": _set_memory,
    "__assert": _assert,
    "__builtin_va_start": _start,
    "__builtin_va_end": lambda write, node, arguments: [],
    "__builtin_va_copy": _copied_list,
}
