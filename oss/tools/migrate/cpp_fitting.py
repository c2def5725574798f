"""Functions and values that algorithms are given, fitted to what the elements are: C++ converts them at each call."""

from __future__ import annotations

from collections.abc import Sequence

from oss.tools.migrate.c_types import CType, Float, Function, Int, Std, Struct, Void, pointee
from oss.tools.migrate.cpp_makers import CppMakers
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.cpp_walks import walked
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.values import Untranslatable, stored

__all__ = ["CppFitting"]

_NAMES = tuple("abcdefgh")


class CppFitting(CppMakers):
    """The part of the C++ writer that fits functions and values to elements."""

    @staticmethod
    def element_kind(node: Node) -> CType:
        """What an iterator of the library leads to."""
        kind = plain(node.type)
        if isinstance(kind, Std) and kind.of:
            return kind.of[0]
        to = pointee(kind)
        if to is None:
            raise Untranslatable("elements of which it is not known what they are")
        return to

    def suited(self, code: str, kind: CType, wanted: CType | None, node: Node) -> str:
        """A value as another type; as it is, where it is the same."""
        kind, wanted = plain(kind), plain(wanted) if wanted is not None else kind
        if kind == wanted or not isinstance(kind, (Int, Float)) or not isinstance(wanted, (Int, Float)):
            return code
        if isinstance(kind, Int) and isinstance(wanted, Int) and wanted.low <= kind.low and kind.high <= wanted.high:
            return code
        decl = Decl(code, kind, "local", node.place)
        decl.python = code
        return stored(self(Node("convert", node.place, wanted, [_name(decl)]))).code

    def suited_items(self, items: str, kind: CType, wanted: CType, node: Node) -> str:
        """Elements as those of another type."""
        made = self.suited("item", kind, wanted, node)
        return items if made == "item" else f"[{made} for item in {items}]"

    def span(self, first: Node, last: Node) -> str:
        """What is between two iterators, as a list or what may stand for one."""
        raise NotImplementedError

    def items_between(self, first: Node, last: Node) -> tuple[str, CType]:
        """What is between two iterators, once, and its type."""
        own = walked(self, first, last)
        return own if own is not None else (self.span(first, last), self.element_kind(first))

    def given_items(self, first: Node, last: Node, function: Node) -> tuple[str, CType]:
        """The elements that a function is given, and their type: letters as the bytes that it may want."""
        (items, of), known = self.items_between(first, last), self.signature(function)
        wanted = plain(known[0][0]) if known is not None and len(known[0]) == 1 else of
        if items.startswith("letters(") and isinstance(wanted, Int) and wanted.bits == 8 and not wanted.signed:
            return f"os.fsencode({items[len('letters(') :]}", wanted
        return items, of

    def function_code(self, node: Node, kinds: Sequence[CType] = (), result: CType | None = None) -> str:
        """A function that is given elements of some types, and what takes its result."""
        inner = bare(node)
        made = self(inner.kid(0) if inner.kind == "unary" and inner.name == "&" else node).code
        known = self.signature(node)
        if known is None or len(known[0]) != len(kinds) or len(kinds) > len(_NAMES):
            return made
        names = _NAMES[: len(kinds)]
        given = [self.suited(*row, node) for row in zip(names, kinds, known[0], strict=True)]
        called = f"{made if made.replace('.', '').isidentifier() else f'({made})'}({', '.join(given)})"
        given_back = known[1] if not isinstance(known[1], Void) else None
        shown = self.suited(called, given_back, result, node) if given_back is not None else called
        return made if shown == called and tuple(given) == names else f"lambda {', '.join(names)}: {shown}"

    def predicate(self, node: Node, name: str, kind: CType) -> str:
        """What a function makes of ``name``, which is of a type."""
        made, known = self(node), self.signature(node)
        given = self.suited(name, kind, known[0][0], node) if known is not None and len(known[0]) == 1 else name
        plainly = made.code.replace(".", "").isidentifier()
        return f"{made.code if plainly else f'({made.code})'}({given})"

    def signature(self, node: Node) -> tuple[list[CType], CType | None] | None:
        """What a function takes and gives, where that is known."""
        inner = bare(node)
        if inner.kind == "unary" and inner.name == "&":
            inner = bare(inner.kid(0))
        decl = inner.decl if inner.kind == "name" else None
        if decl is not None and isinstance(decl.type, Function):
            return list(decl.type.params), decl.type.result
        if decl is not None and decl.init is not None and bare(decl.init).kind == "lambda":
            inner = bare(decl.init)
        if inner.kind == "lambda":
            return [item.type for item in inner.decls], _given_back(inner)
        kind = plain(inner.type)
        if isinstance(kind, Struct) and (known := self.class_of(kind)) is not None:
            rows = [row for row in known.method("operator()") if isinstance(row.type, Function)]
            kind = rows[0].type if len(rows) == 1 else kind
        elif isinstance(kind, Std) and kind.name == "function" and kind.of:
            kind = kind.of[0]
        return (list(kind.params), kind.result) if isinstance(kind, Function) else None


def _name(decl: Decl) -> Node:
    return Node("name", decl.place, decl.type, name=decl.name, decl=decl)


def _given_back(node: Node) -> CType | None:
    """The type of what a lambda gives."""
    rows = [part.kid(0).type for part in walk(node.kid(0)) if part.kind == "return" and part.kids]
    return rows[0] if rows and all(row == rows[0] for row in rows) else None
