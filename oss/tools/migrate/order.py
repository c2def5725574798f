"""In which order the arguments of a call are evaluated, where that can be noticed.

C leaves it open; programs that can tell rely on what gcc does, which begins with the last.
"""

from __future__ import annotations

from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.c_types import Array, CType, Function, Pointer, Struct
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.quiet import Quiet
from oss.tools.migrate.uses import Uses

__all__ = ["Order"]

_PURE = frozenset(
    [
        "strlen",
        "strcmp",
        "strncmp",
        "strcasecmp",
        "strncasecmp",
        "strcoll",
        "memcmp",
        "strchr",
        "strrchr",
        "strstr",
        "strpbrk",
        "strspn",
        "strcspn",
        "memchr",
        "abs",
        "labs",
        "llabs",
        "fabs",
        "sqrt",
        "pow",
        "floor",
        "ceil",
        "isdigit",
        "isalpha",
        "isalnum",
        "isspace",
        "isupper",
        "islower",
        "isxdigit",
        "ispunct",
        "isprint",
        "toupper",
        "tolower",
        "atoi",
        "atol",
        "atoll",
        "atof",
        "getenv",
        "strerror",
        "ntohl",
        "htonl",
        "ntohs",
        "htons",
    ]
)
_ASKING = frozenset(
    [
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
    ]
)
_STEPS = ("x++", "x--", "++x", "--x")


class Order:
    """Tells which arguments must be evaluated before those to their left."""

    def __init__(self, uses: Uses) -> None:
        self.uses = uses
        self.known: dict[str, bool] = {}
        self.quiet = Quiet(uses.functions)

    def first(self, arguments: list[Node]) -> list[int]:
        """The places of the arguments that are evaluated first, from the right."""
        told = [
            index
            for index, one in enumerate(arguments)
            if any(self.differs(one, two) for two in arguments[index + 1 :])
        ]
        if not told:
            return []
        rest = range(len(arguments) - 1, told[0], -1)
        return [index for index in rest if self.acts(arguments[index]) or self.sees(arguments[index])]

    def differs(self, left: Node, right: Node) -> bool:
        """Whether it can be noticed which of two arguments is evaluated first."""
        if self.acts(left):
            return self.sees(right)
        return self.sees(left) and any(self._reaches(part) for part in walk(right))

    def _reaches(self, part: Node) -> bool:
        """Whether a node calls what can change the program's own memory."""
        if not self._calls(part) or part.kind != "call":
            return False
        name = callee_name(part)
        own = self.uses.functions.get(name)
        if own is None or not isinstance(own.type, Function):
            return True
        if not own.system:
            return not self.quiet.of(name)
        arguments = [kid for kid in part.kids[1:] if kid is not None]
        rest = arguments[len(own.type.params) :] if name.endswith("scanf") else []
        return bool(rest) or any(_filled(kind) for kind in own.type.params)

    def acts(self, node: Node) -> bool:
        """Whether an expression does what another one can see."""
        if node.kind == "written":
            return False
        return any(self._calls(part) for part in walk(node))

    def _calls(self, part: Node) -> bool:
        """Whether a node calls what does more than to return a value."""
        if part.kind == "call":
            return not self.pure(callee_name(part))
        own = part.kind in ("method", "construct", "operator", "new") and part.decl is not None
        return own or part.kind in ("new", "delete", "throw") or (part.kind == "method" and part.name not in _ASKING)

    def sees(self, node: Node) -> bool:
        """Whether an expression depends on what others do."""
        if node.kind == "written":
            return False
        for part in walk(node):
            if _argument(part):
                continue
            if part.kind in ("call", "member", "index") or (part.kind == "unary" and part.name == "*"):
                return True
            if part.kind == "name" and part.decl is not None and self._shared(part.decl) and not _taken(node, part):
                return True
        return False

    def _shared(self, decl: Decl) -> bool:
        if decl.scope in ("function", "enumerator") or isinstance(decl.type, (Array, Struct)):
            return False
        return decl.scope in ("global", "static") or "boxed" in self.uses.slots.decl(decl).uses

    def pure(self, name: str) -> bool:
        """Whether a function does nothing but to return a value."""
        own = self.uses.functions.get(name)
        if own is None or own.system or own.body is None:
            return name in _PURE
        if name not in self.known:
            self.known[name] = True  # while it is being asked
            self.known[name] = not any(self._does(part) for part in walk(own.body))
        return self.known[name]

    def _does(self, part: Node) -> bool:
        if self._calls(part):
            return True
        if part.kind == "assign" or (part.kind == "unary" and part.name in _STEPS):
            target = bare(part.kid(0))
            local = target.decl is not None and target.decl.scope in ("local", "param") and target.kind == "name"
            return not local
        return False


def _argument(part: Node) -> bool:
    """Whether an expression is one of the arguments of the program, which stay as they are."""
    base = bare(part.kid(0)) if part.kind == "index" else part
    return part.kind == "index" and base.decl is not None and base.decl.scope == "param" and base.decl.owner == "main"


def _filled(kind: CType) -> bool:
    """Whether a function of a library may write where a parameter leads."""
    to = kind.to if isinstance(kind, Pointer) and not kind.const else None
    return to is not None and not (isinstance(to, Struct) and to.name.endswith(("pool_t", "FILE")))


def _taken(node: Node, part: Node) -> bool:
    """Whether only the address of a variable is taken."""
    inner = bare(node)
    return inner.kind == "unary" and inner.name == "&" and bare(inner.kid(0)) is part
