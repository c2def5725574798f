"""The C library, function by function: templates for the simple ones, a few lines of Python for the others.

In a template ``{0}`` is the first argument as it is, ``{0t}`` as text, ``{0n}`` as a number, ``{0a}`` as a text that
something can be done with (``{0a}.lower()``). What stands before ``->`` is the kind of the result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from oss.tools.migrate.c_tree import c_ast
from oss.tools.migrate.scanning import scan
from oss.tools.migrate.shapes import bare, callee
from oss.tools.migrate.types import INT, LONG, TEXT, c_type, float_t
from oss.tools.migrate.values import ATOM, COMPARISON, SUM, Untranslatable, memory, sliced, text, value

if TYPE_CHECKING:
    from oss.tools.migrate.expressions import expressions

__all__ = ["LIBRARY"]

_handler: TypeAlias = "Callable[[expressions, list[c_ast.Node]], value]"
_SLOT = re.compile(r"\{(\d)([tna]?)\}")
_TYPES: Mapping[str, c_type] = {"float": float_t(), "text": TEXT}

_TEMPLATES = """
atoi        int   -> aos_atoi64({0t})
atol        int   -> aos_atoi64({0t})
atoll       int   -> aos_atoi64({0t})
atof        float -> float({0t})
abs         int   -> abs({0n})
labs        int   -> abs({0n})
fabs        float -> abs({0n})
rand        int   -> random.randrange(0x80000000)
srand       none  -> random.seed({0n})
time        int   -> int(time.time())
sleep       none  -> time.sleep({0n})
usleep      none  -> time.sleep({0n} / 1000000)
getenv      text  -> os.environ.get({0t})
system      int   -> os.system({0t})
exit        none  -> sys.exit({0n})
abort       none  -> os.abort()
strdup      text  -> {0t}
strerror    text  -> os.strerror({0n})
fflush      none  -> {0}.flush()
remove      int   -> apr_file_remove({0t}, None)
unlink      int   -> apr_file_remove({0t}, None)
puts        none  -> print({0t})
fputs       none  -> {1}.write({0t})
putchar     none  -> print({0t}, end="")
isdigit     bool  -> {0a}.isdigit()
isalpha     bool  -> {0a}.isalpha()
isalnum     bool  -> {0a}.isalnum()
isspace     bool  -> {0a}.isspace()
isupper     bool  -> {0a}.isupper()
islower     bool  -> {0a}.islower()
access      int   -> -int(not os.access({0t}, {1n}))
fseek       none  -> {0}.seek({1n}, {2n})
ftell       int   -> {0}.tell()
toupper     letter -> {0a}.upper()
tolower     letter -> {0a}.lower()
"""


def _template(kind: str, pattern: str) -> _handler:
    def write_call(write: expressions, arguments: list[c_ast.Node]) -> value:
        def slot(match: re.Match[str]) -> str:
            node = arguments[int(match[1])]
            if match[2] == "n":
                return write.number(node).code
            made = write(node)
            if match[2] == "t":
                return text(made)
            if match[2] == "a":
                return made.at(ATOM) if made.kind in ("letter", "text") else f"chr({made.code})"
            return made.code

        return value(_SLOT.sub(slot, pattern), kind, type=_TYPES.get(kind, INT))

    return write_call


def _length(write: expressions, arguments: list[c_ast.Node]) -> value:
    """``strlen`` counts bytes: ``len`` where all are ASCII, else the SDK's own count."""
    made = write(arguments[0])
    node = bare(arguments[0])
    if isinstance(node, c_ast.StructRef) and made.code.endswith(".data"):
        return value(f"{made.code[:-5]}.len", "int", type=LONG)
    if isinstance(made.constant, str):
        return value(f"len({made.code})" if made.constant.isascii() else str(len(memory(made))), "int", type=LONG)
    if write.is_ascii(node):
        return value(f"len({made.code})", "int", type=LONG)
    code = made.code if made.kind == "bytes" else text(made)
    return value(f"aos_string_t({code}).len", "int", type=LONG)


def _ordered(fold: str = "", limited: bool = False) -> _handler:
    """``strcmp`` and its kin: an order, of which mostly the equality is asked."""

    def write_call(write: expressions, arguments: list[c_ast.Node]) -> value:
        left, right = (_compared(write, node) for node in arguments[:2])
        if limited:
            prefix = _prefix(write, arguments)
            if prefix and not fold:
                return prefix
            count = write.number(arguments[2]).code
            left, right = sliced(left, "0", count), sliced(right, "0", count)
        left, right = left + fold, right + fold
        return value(f"({left} > {right}) - ({left} < {right})", "order", SUM, base=left, index=right)

    return write_call


def _compared(write: expressions, node: c_ast.Node) -> str:
    made = write(node)
    shown = text(made)
    return shown if made.kind != "text" else made.at(COMPARISON + 1)


def _prefix(write: expressions, arguments: list[c_ast.Node]) -> value | None:
    """``strncmp(s, t, strlen(t))`` is ``s.startswith(t)``."""
    count = bare(arguments[2])
    first, second = (write(node) for node in arguments[:2])
    for made, other in ((second, first), (first, second)):
        measured = callee(count) == "strlen" and write.text_of(count.args.exprs[0]) == text(made)
        known = isinstance(made.constant, str) and write(arguments[2]).constant == len(made.constant.encode())
        if measured or known:
            code = f"{text(other)}.startswith({text(made)})"
            return value(f"int(not {code})", "order", base=code, index="", memory="prefix")
    return None


def _same_memory(write: expressions, arguments: list[c_ast.Node]) -> value:
    """``memcmp``."""
    count = write.number(arguments[2]).code
    left, right = (sliced(memory(write(node)), "0", count) for node in arguments[:2])
    return value(f"({left} > {right}) - ({left} < {right})", "order", SUM, base=left, index=right)


def _found(method: str) -> _handler:
    """``strchr``, ``strrchr``, ``strstr``: a place, or -1."""

    def write_call(write: expressions, arguments: list[c_ast.Node]) -> value:
        made, what = write(arguments[0]), write(arguments[1])
        if made.kind == "bytes" or made.memory == "bytes":
            needle = memory(what) if what.kind in ("text", "letter") else what.code
        else:
            needle = what.code if what.kind in ("text", "letter") else f"chr({what.code})"
        if made.kind == "place":
            code = f"{made.base}.{method}({needle}, {made.index})"
            needle = f"{needle}" if made.index == "0" else ""
            return value(needle, "place", type=TEXT, base=made.base, index=code, memory=made.memory, nullable=True)
        code = f"{made.at(ATOM)}.{method}({needle})"
        return value(needle, "place", type=TEXT, base=made.at(ATOM), index=code, memory=made.kind, nullable=True)

    return write_call


def _read_line(write: expressions, arguments: list[c_ast.Node]) -> value:
    """``fgets``: the line, empty at the end of the file."""
    into, room, file = (write(node) for node in arguments)
    if into.kind != "text" or not into.code.isidentifier():
        raise Untranslatable("a line that is read into the middle of memory")
    limit = str(room.constant - 1) if isinstance(room.constant, int) else f"{room.at(SUM)} - 1"
    return value(f"({into.code} := os.fsdecode({file.at(ATOM)}.readline({limit})))", "matched")


def _refused(reason: str) -> _handler:
    def write_call(write: expressions, arguments: list[c_ast.Node]) -> value:
        raise Untranslatable(reason)

    return write_call


LIBRARY: Mapping[str, _handler] = {
    **{
        name: _template(kind, pattern)
        for name, kind, pattern in re.findall(r"^(\w+) +(\w+) +-> (.*)$", _TEMPLATES, re.MULTILINE)
    },
    "strlen": _length,
    "strcmp": _ordered(),
    "strcoll": _ordered(),
    "strcasecmp": _ordered(".lower()"),
    "strncmp": _ordered(limited=True),
    "strncasecmp": _ordered(".lower()", limited=True),
    "memcmp": _same_memory,
    "strchr": _found("find"),
    "strrchr": _found("rfind"),
    "strstr": _found("find"),
    "fgets": _read_line,
    "sscanf": scan,
    **dict.fromkeys(("stat", "fopen"), _refused("its result is used in a way that has no counterpart")),
}
