"""Which functions write only into variables of their own: what their caller gave stays as it was while they run."""

from __future__ import annotations

from collections.abc import Mapping

from oss.tools.migrate import known
from oss.tools.migrate.asked import callee_name, is_pointer
from oss.tools.migrate.c_types import Array, Function, Pointer, Ref, Struct
from oss.tools.migrate.nodes import SETTERS, STEPS, Decl, Node, bare, is_null, walk

__all__ = ["ASKING", "SETTING", "Quiet"]

ASKING = frozenset(
    (
        "size",
        "length",
        "empty",
        "c_str",
        "data",
        "substr",
        "find",
        "count",
        "back",
        "front",
        "at",
        "what",
        "begin",
        "end",
        "get",
        "str",
    )
)
"""Methods of the library that only tell something."""

SETTING = (*SETTERS, "<<", ">>")
"""Operators of classes that change what stands on their left, as those of streams do."""

_COPYING = ("memcpy", "memmove", "memset", "strncpy", "strncat")


class Quiet:
    """Tells whether a function leaves all memory but its own alone."""

    def __init__(self, functions: Mapping[str, Decl]) -> None:
        self.functions = functions
        self.known: dict[str, bool] = {}

    def of(self, name: str) -> bool:
        own = self.functions.get(name)
        if own is None or own.body is None:
            return False
        if name not in self.known:
            self.known[name] = True  # while it is being asked
            self.known[name] = all(self._quiet(part) for part in walk(own.body))
        return self.known[name]

    def _quiet(self, part: Node) -> bool:
        if part.kind == "assign" or (part.kind == "unary" and part.name in STEPS):
            return self._own(part.kid(0), direct=True)
        if part.kind in ("method", "operator"):
            asks = part.name in ASKING if part.kind == "method" else part.name not in SETTING
            return part.decl is None and (asks or self._own(part.kid(0), direct=True))
        return self._call(part) if part.kind == "call" else True

    def _call(self, part: Node) -> bool:
        name = callee_name(part)
        own = self.functions.get(name)
        arguments = [kid for kid in part.kids[1:] if kid is not None]
        if own is not None and not own.system:
            return self.of(name)
        if not name:
            return False
        callee = known.callee(name)
        if not all(map(self._called_back, arguments)):
            return False
        for position, argument in enumerate(arguments):
            written = known.WHOLE.get(name) == position or (name in _COPYING and not position)
            filled = callee is not None and callee.taken(position) in ("filled", "ref") and not known.is_sdk(name)
            scanned = name.endswith("scanf") and position > 0
            writes = (written or filled or scanned) and name != "free" and is_pointer(argument.type)
            writes = writes and not is_null(argument)
            if writes and not self._own(argument, direct=False):
                return False
        return True

    def _called_back(self, argument: Node) -> bool:
        """Whether a function that a library is given, to call it, does so too."""
        inner = bare(argument)
        if inner.kind == "unary" and inner.name == "&":
            inner = bare(inner.kid(0))
        kind = inner.type.to if isinstance(inner.type, Pointer) else inner.type
        if not isinstance(kind, Function):
            return True
        decl = inner.decl
        return decl is not None and decl.scope == "function" and (decl.system or self.of(decl.name))

    def _own(self, node: Node, direct: bool) -> bool:
        """Whether what is written is a variable of the function, or a part of one."""
        target = bare(node)
        through = not direct
        while target.kind in ("index", "member", "unary", "binary") and target.kids:
            address = target.kind == "unary" and target.name == "&"
            through = through or target.kind in ("index", "unary", "binary")
            target = bare(target.kid(0))
            if address and target.kind == "name":
                through = False
        decl = target.decl
        if target.kind != "name" or decl is None or decl.scope not in ("local", "param"):
            return False
        if decl.scope == "param":
            return not through and not is_pointer(decl.type) and not isinstance(decl.type, Ref)
        return isinstance(decl.type, (Array, Struct)) or not through or not is_pointer(decl.type)
