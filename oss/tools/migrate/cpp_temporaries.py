"""Objects that clean up and live for one statement only: C++ ends them at its semicolon."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import CType, Function, Ref, Std, Struct
from oss.tools.migrate.cpp_copies import has_owner
from oss.tools.migrate.cpp_types import LISTS, MAPS, POINTERS, plain
from oss.tools.migrate.nodes import STATEMENTS, Decl, Node, bare, is_null, walk

__all__ = ["Temporaries"]

_CALLS = ("call", "method", "construct", "operator")
_KEEPERS = (*POINTERS, "pair", *LISTS, *MAPS)
"""What keeps the owners that it is made of."""
_PUTS = ("push_back", "emplace_back", "push_front", "emplace_front", "push", "insert", "emplace", "insert_or_assign")
_MAKERS = ("make_unique", "make_shared", "make_pair", "make_optional", "make_tuple")
"""What makes an object of what it is given."""
_NOTHING = ("convert", "cast", "unary", "cond")
"""What does nothing of its own with a value."""


_TELLS = ("begin", "end", "cbegin", "cend", "size", "length", "empty", "c_str", "has_value", "get", "operator bool")
"""The methods of the library that do nothing but to tell something."""


class Temporaries:
    """The expressions of a program that make an object which nothing keeps."""

    def __init__(
        self,
        bodies: Iterable[Node | None],
        ends: Callable[[CType], bool],
        takes: Callable[[Decl], bool],
        noticed: Callable[[CType], bool],
    ) -> None:
        self.ends, self.takes, self.noticed = ends, takes, noticed
        self.found: set[int] = set()
        self.dropped: set[int] = set()  # those that are all that a statement is
        self.early: set[int] = set()  # the arguments of calls after which the statement does more
        for body in bodies:
            if body is not None:
                self._visit(body)

    def makes(self, node: Node) -> bool:
        """Whether an expression makes an object that cleans up."""
        kind = node.type
        if has_owner(kind):
            return self.ends(kind) and _owns(node)
        if not isinstance(kind, Struct) or not self.ends(kind):
            return False
        if node.kind == "construct":
            kids = [kid for kid in node.kids if kid is not None]
            return not (len(kids) == 1 and plain(kids[0].type) == kind and self.makes(bare(kids[0])))
        if node.kind not in _CALLS:
            return False
        decl = _called(node)
        return (
            decl is not None and isinstance(decl.type, Function) and plain(decl.type.result) == kind == decl.type.result
        )

    def lone(self, node: Node) -> Node | None:
        """The one temporary of a statement, where all that is done before it is told apart from nothing."""
        rows = [part for part in walk(node) if id(part) in self.found]
        return rows[0] if len(rows) == 1 and _first(node, rows[0]) else None

    def _visit(self, node: Node, more: bool = False) -> None:
        """Looks at an expression or a statement; ``more``: the statement does more when it has its value."""
        if more and node.kind in _CALLS:
            self.early |= {id(bare(kid)) for kid in node.kids if kid is not None}
        for decl in node.decls:
            if decl.init is not None:
                self._visit(decl.init, node.kind == "declare" and _is_made(decl.type, decl.init))
        for index, kid in enumerate(node.kids):
            if kid is None:
                continue
            inner = _core(kid)
            if self.makes(inner):
                if node.kind == "expression":
                    self.dropped.add(id(inner))
                elif (not self._kept(node, index)) if has_owner(inner.type) else self._ends_early(node, index, inner):
                    self.found.add(id(inner))
            self._visit(kid, self._does_more(node, index, more))

    def _does_more(self, node: Node, index: int, more: bool) -> bool:
        """Whether a statement does something once it has the value of a part."""
        if node.kind in STATEMENTS:
            return False
        if node.kind in _NOTHING:
            return more
        if node.kind == "binary":
            rest = node.kids[index + 1 :]
            return more or any(part.kind in (*_CALLS, "assign") for kid in rest for part in walk(kid))
        if node.kind == "assign":
            return more or bare(node.kid(0)).kind != "name"
        if node.kind == "construct" and (isinstance(node.type, Std) or plain(node.kid(0).type) == node.type):
            return more
        if node.kind == "operator" and node.name in ("=", "+=") and node.decl is None:
            return more or self.ends(plain(node.kid(0).type))
        return more or not (_only_tells(node) and index == 0)

    def _kept(self, parent: Node, index: int) -> bool:
        """Whether something certainly keeps an owner that is made."""
        kind = plain(parent.type)
        if parent.kind in ("return", "list", "declare"):
            return True
        if (called := _called(parent) if parent.kind in _CALLS else None) is not None and not called.system:
            own = _taker(parent, index)
            return own is not None and not isinstance(own.type, Ref) and self.takes(own)
        if parent.kind in ("construct", "convert", "cast"):
            return isinstance(kind, Std) and kind.name in _KEEPERS
        if parent.kind == "call":
            return bare(parent.kid(0)).name == "make_pair"
        owner = plain(parent.kid(0).type) if parent.kind in ("method", "operator") and parent.kids else None
        if not isinstance(owner, Std) or index == 0:
            return False
        if parent.kind == "operator":
            return parent.name == "=" and owner.name != "weak_ptr"
        return parent.name in _PUTS and not any(isinstance(item, Struct) for item in owner.of[:2])

    def _ends_early(self, parent: Node, index: int, made: Node) -> bool:
        """Whether what holds an object does so for the statement alone."""
        if parent.kind in ("method", "operator", "member") and index == 0:
            return True
        if parent.kind in ("convert", "cast", "construct") and plain(parent.type) == made.type and parent.decl is None:
            return False
        if parent.kind not in _CALLS:
            return parent.kind == "assign" or (parent.kind == "binary" and parent.name == ",")
        if (called := _called(parent)) is None or called.system:
            return not self._put(parent, made.type) or self.noticed(made.type)
        kind = _parameter(parent, index)
        return isinstance(kind, Ref) and not (parent.kind == "construct" and plain(parent.type) == made.type)

    @staticmethod
    def _put(parent: Node, kind: CType) -> bool:
        """Whether the library makes another object of one, as of what it is given."""
        if parent.kind in ("construct", "operator"):
            return parent.kind == "construct" or parent.name == "="
        of = parent.type if parent.kind == "call" else plain(parent.kid(0).type)
        name = bare(parent.kid(0)).name if parent.kind == "call" else parent.name
        return name in (_MAKERS if parent.kind == "call" else _PUTS) and isinstance(of, Std) and kind in of.of


def _is_made(kind: CType, node: Node) -> bool:
    """Whether a variable is an object that is made of a value, and not the value itself."""
    inner = bare(node)
    return isinstance(kind, Struct) and (inner.kind == "list" or plain(inner.type) != kind)


def _owns(node: Node) -> bool:
    """Whether an expression makes an owner, and does not only lead to one."""
    if node.kind == "construct":
        kids = [kid for kid in node.kids if kid is not None]
        return bool(kids) and not (len(kids) == 1 and is_null(kids[0]))
    if node.kind not in _CALLS:
        return False
    decl = _called(node)
    if decl is None or not isinstance(decl.type, Function):
        return node.kind == "method" and node.name in ("lock", "shared_from_this")
    return not isinstance(decl.type.result, Ref)


def _core(node: Node) -> Node:
    inner = bare(node)
    if has_owner(inner.type):
        return inner
    while inner.kind == "construct" and len(inner.kids) == 1 and plain(inner.kid(0).type) == inner.type:
        inner = bare(inner.kid(0))
    return inner


def _called(node: Node) -> Decl | None:
    return bare(node.kid(0)).decl if node.kind == "call" else node.decl


def _parameter(node: Node, index: int) -> CType | None:
    """The type of the parameter that takes an argument; that of the library's is not known."""
    taker = _taker(node, index)
    return taker.type if taker is not None else None


def _taker(node: Node, index: int) -> Decl | None:
    decl = _called(node)
    if decl is None or decl.system:
        return None
    place = index if node.kind == "construct" or (node.kind == "operator" and decl.scope == "function") else index - 1
    return decl.params[place] if 0 <= place < len(decl.params) else None


def _first(node: Node, wanted: Node) -> bool:
    """Whether nothing that a statement does comes before an object is made."""
    for part in _before(node, wanted):
        plainly = part.kind in ("name", "string", "number", "char", "convert", "cast", "member", "unary", "construct")
        streams = part.kind == "operator" and part.name == "<<" and isinstance(plain(part.kid(0).type), Std)
        if not plainly and not streams and not is_pointer(part.type) and not _only_tells(part):
            return False
    return True


def _only_tells(part: Node) -> bool:
    """Whether the library only tells something of a container, a text or a pointer."""
    kind = plain(part.kid(0).type) if part.kind in ("method", "operator") and part.kids else None
    if not isinstance(kind, Std) or not (part.decl is None or part.decl.system):
        return False
    if part.kind == "method":
        return part.name in _TELLS
    return part.name in ("[]", "*", "->") and kind.name not in MAPS


def _before(node: Node, wanted: Node) -> Iterable[Node]:
    """What is evaluated before an expression; the whole statement where that is not certain to be evaluated."""
    for decl in node.decls:
        if decl.init is not None and any(part is wanted for part in walk(decl.init)):
            yield from () if decl.init is wanted else _before(decl.init, wanted)
            return
    assigns = node.kind in ("assign", "operator") and node.name == "=" and len(node.kids) == 2
    for kid in reversed(node.kids) if assigns else node.kids:  # the right side comes first
        if kid is None:
            continue
        if kid is wanted:
            return
        if any(part is wanted for part in walk(kid)):
            if kid.kind in ("cond", "lambda") or (kid.kind == "binary" and kid.name in ("&&", "||")):
                yield Node("block", kid.place)
            yield from _before(kid, wanted)
            return
        yield from walk(kid)
