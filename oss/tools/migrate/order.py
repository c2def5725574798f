"""In which order the arguments of a call are evaluated, where that can be noticed.

C leaves it open; programs that can tell rely on what gcc does, which begins with the last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.c_types import Array, CType, Function, Pointer, Ref, Std, Struct
from oss.tools.migrate.cpp_types import LISTS, MAPS, SETS, is_string
from oss.tools.migrate.nodes import STEPS, Decl, Node, bare, walk
from oss.tools.migrate.quiet import ASKING, SETTING, Quiet
from oss.tools.migrate.uses import Uses

__all__ = ["Order", "braced"]

_PURE = frozenset(
    [
        "find",
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
        "to_string",
        "min",
        "max",
        "move",
        "make_pair",
        "make_tuple",
        "tie",
    ]
)


class Order:
    """Tells which arguments must be evaluated before those to their left."""

    def __init__(self, uses: Uses) -> None:
        self.uses = uses
        self.known: dict[str, bool] = {}
        self.idly: dict[Decl, bool] = {}
        self.quiet = Quiet(uses.functions)

    def first(
        self, arguments: Sequence[Node], params: Sequence[CType] = (), late: Collection[int] = frozenset()
    ) -> list[int]:
        """The places of the arguments that are evaluated first, from the right.

        What a reference among ``params`` is bound to is read when the function does so, as is a text in memory, which
        those at the places ``late`` are.
        """
        told = [
            index
            for index, one in enumerate(arguments)
            if any(self.differs(one, two, late=index in late) for two in arguments[index + 1 :])
        ]
        if not told:
            return []
        rest = range(len(arguments) - 1, told[0], -1)
        bound = {index for index, kind in enumerate(params) if isinstance(kind, Ref) and _is_place(arguments[index])}
        return [
            index
            for index in rest
            if self.acts(arguments[index])
            or (
                index not in bound and index not in late and (self.sees(arguments[index]) or _objects(arguments[index]))
            )
        ]

    def differs(self, left: Node, right: Node, *, late: bool = False) -> bool:
        """Whether it can be noticed which of two arguments is evaluated first."""
        both = bool(_objects(left) & _objects(right))
        if self.acts(left):
            return both or self.sees(right)
        return (both or late or self.sees(left)) and any(self._reaches(part) for part in _left(right))

    def _reaches(self, part: Node) -> bool:
        """Whether a node calls what can change the program's own memory."""
        if not self._calls(part):
            return False
        if part.kind != "call":
            return part.decl is not None or part.kind == "method"
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
        return any(self._calls(part) for part in _left(node))

    def _calls(self, part: Node) -> bool:
        """Whether a node calls what does more than to return a value."""
        if part.kind == "call":
            return not self.pure(callee_name(part))
        if part.kind in ("method", "construct", "operator") and part.decl is not None:
            return not self.idle(part.decl)
        changes = part.kind == "method" and part.name not in ASKING and not _on_new(part)
        return changes or part.kind in ("new", "delete", "throw")

    def sees(self, node: Node) -> bool:
        """Whether an expression depends on what others do."""
        for part in _left(node):
            if _argument(part):
                continue
            if part.kind in ("call", "member", "index") or (part.kind == "unary" and part.name == "*"):
                return True
            if part.kind in ("method", "operator") and part.decl is not None:
                return True
            if part.kind == "construct" and part.decl is not None and not self.idle(part.decl):
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

    def idle(self, decl: Decl) -> bool:
        """Whether a method, whichever class's it is, does nothing but to return a value; a constructor, to make it."""
        if decl not in self.idly:
            self.idly[decl] = True  # while it is being asked
            alone = decl.scope != "method" or decl.name == "__init__"
            rows = [decl] if alone else [decl, *self.uses.methods.get(decl.name, [])]
            self.idly[decl] = all(map(self._idle, rows))
        return self.idly[decl]

    def _idle(self, decl: Decl) -> bool:
        if decl.body is None:
            return decl.extern or decl.pure
        makes = decl.name == "__init__"
        parts = [*walk(decl.body), *(part for _, value in decl.inits for part in walk(value))]
        return not any(self._does(part, makes=makes) for part in parts)

    def _does(self, part: Node, *, makes: bool = False) -> bool:
        """Whether a node does more than to compute; ``makes``: besides setting the fields of its own object."""
        if part.kind == "method" and part.decl is None and _on_own(part):
            return False
        if part.kind in ("unknown", "asm") or self._calls(part):
            return True
        sets = part.kind == "operator" and part.decl is None and part.name in SETTING
        if sets or part.kind == "assign" or (part.kind == "unary" and part.name in STEPS):
            target = bare(part.kid(0))
            while sets and target.kind == "operator" and target.name in SETTING:
                target = bare(target.kid(0))
            if makes and target.kind == "member" and target.kid(0).kind == "this":
                return False
            local = target.decl is not None and target.decl.scope in ("local", "param") and target.kind == "name"
            return not local or (target.decl is not None and isinstance(target.decl.type, Ref))
        return False


def braced(arguments: Sequence[Node], sources: Mapping[str, bytes]) -> bool:
    """Whether arguments stand in braces, where they are evaluated as they stand."""
    place = arguments[0].place if arguments else None
    return place is not None and sources[place.file][: place.start].rstrip().endswith(b"{")


def _left(node: Node) -> Iterator[Node]:
    """The parts of an expression that are not evaluated yet."""
    left: list[Node | None] = [node]
    while left:
        found = left.pop()
        if found is not None and found.kind != "written":
            yield found
            left += reversed(found.kids)


def _root(part: Node) -> Node:
    """What a chain of methods of the library begins with."""
    while part.kind == "method" and part.decl is None:
        part = bare(part.kid(0))
    return part


def _on_new(part: Node) -> bool:
    """Whether methods of the library are those of a new object, which nobody else sees."""
    root = _root(part)
    kind = bare(root.kid(0)).type if root.kind == "call" else None
    plain = isinstance(kind, Function) and not isinstance(kind.result, Ref)
    return (root.kind == "construct" or plain) and _holds(root.type)


def _on_own(part: Node) -> bool:
    """Whether methods of the library are those of a local, or of a new object."""
    decl = _root(part).decl if _root(part).kind == "name" else None
    return _on_new(part) or (decl is not None and decl.scope in ("local", "param") and _holds(decl.type))


def _holds(kind: CType) -> bool:
    """Whether a value of the library is no more than what it holds."""
    return is_string(kind) or (isinstance(kind, Std) and kind.name in (*LISTS, *MAPS, *SETS, "stringstream"))


def _objects(node: Node) -> set[Decl]:
    """The locals in an expression that are objects or containers."""
    return {
        part.decl
        for part in _left(node)
        if part.kind == "name" and part.decl is not None and isinstance(part.decl.type, (Std, Struct))
        and part.decl.scope in ("local", "param")
    }  # fmt: skip


def _is_place(node: Node) -> bool:
    """Whether an expression is something that is there, and not a new value."""
    inner = bare(node)
    return inner.kind in ("name", "member", "index") or (inner.kind == "unary" and inner.name == "*")


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
