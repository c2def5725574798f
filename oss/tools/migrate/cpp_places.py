"""Places in strings: ``s.begin() + n``, variables that are such a place, and what stands between two.

A place in a string is the number of the bytes before it. A variable is one where all that it is ever set to are places
in one string, and where it is used in no other way than such a number can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oss.tools.migrate.c_types import CHAR, CType, Int, Std
from oss.tools.migrate.cpp_types import is_string, plain
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.values import ATOM, SUM, Untranslatable, Value
from oss.tools.migrate.writer import Writer

__all__ = ["CppPlaces", "core", "place_value", "string_place", "string_span"]

_SEARCHES = ("find", "find_if", "find_if_not")
_SPANS = ("count", "count_if", "all_of", "any_of", "none_of", "copy", "copy_if", "accumulate", "distance", "advance",
          "next", "prev", *_SEARCHES)  # fmt: skip
_OPERATORS = ("*", "++", "--", "+=", "-=", "+", "-", "==", "!=", "<", ">", "<=", ">=", "=")
_METHODS = ("erase", "insert", "replace", "append", "assign")
_STARTS, _ENDS = ("begin", "cbegin"), ("end", "cend")


def core(node: Node) -> Node:
    """An iterator without what makes it one that only reads."""
    inner = bare(node)
    while inner.kind == "construct" and inner.name.startswith("__") and len(inner.kids) == 1:
        inner = bare(inner.kid(0))
    return inner


def _of_letters(kind: CType) -> bool:
    kind = plain(kind)
    return isinstance(kind, Std) and kind.name == "__iterator" and kind.of[:1] == (Int(8, True, "char"),)


class CppPlaces(Writer):
    """The part of the C++ writer that knows which variables are places in strings."""

    def function_code(self, node: Node, kinds: Sequence[CType] = (), result: CType | None = None) -> str:
        """A function that is given to an algorithm or a container."""
        raise NotImplementedError

    def text_owner(self, decl: Decl | None) -> Node | None:
        """The string that a variable is a place in."""
        function = self.context.function
        if decl is None or function is None or decl.scope != "local" or not _of_letters(decl.type):
            return None
        known: dict[Decl, dict[Decl, Node]] = self.__dict__.setdefault("_text_owners", {})
        if function not in known:
            known[function] = _owners(function)
        return known[function].get(decl)


def _owners(function: Decl) -> dict[Decl, Node]:
    """The variables of a function that are places in strings."""
    rows = list(walk(function.body))
    decls = {decl for part in rows for decl in part.decls if _of_letters(decl.type) and decl.scope == "local"}
    given: dict[Decl, list[Node]] = {decl: [decl.init] if decl.init is not None else [] for decl in decls}
    for part in rows:
        target = core(part.kid(0)).decl if part.kind == "operator" and part.name == "=" and part.kids else None
        if target in given:
            given[target].append(part.kid(1))
    found: dict[Decl, Node] = {}
    for _ in range(len(decls)):
        for decl in decls - found.keys():
            owners = [owner for value in given[decl] if (owner := _owner(value, found)) is not None]
            if owners:
                found[decl] = owners[0]
    bad = {decl for decl in found if not _agrees(decl, given[decl], found)}
    bad |= {decl for decl, use in _uses(function.body, None) if decl in found and not _may(use)}
    bad |= {decl for decl, owner in found.items() if _replaced(owner, rows)}
    texts = {decl: _text(owner) for decl, owner in found.items()}
    spoilt = {texts[decl] for decl in bad}
    return {decl: owner for decl, owner in found.items() if texts[decl] not in spoilt}


def _agrees(decl: Decl, values: list[Node], found: dict[Decl, Node]) -> bool:
    return bool(values) and all(
        (owner := _owner(value, found)) is not None and _text(owner) == _text(found[decl]) for value in values
    )


def _owner(node: Node, found: dict[Decl, Node]) -> Node | None:
    """The string that an expression is a place in."""
    inner = core(node)
    if inner.kind == "name":
        return found.get(inner.decl) if inner.decl is not None else None
    if inner.kind == "operator" and inner.name in ("+", "-", "++", "--", "+=", "-="):
        return _owner(inner.kid(0), found)
    if inner.kind == "call" and bare(inner.kid(0)).name in (*_SEARCHES, "next", "prev") and len(inner.kids) > 1:
        return _owner(inner.kid(1), found)
    if inner.kind != "method" or inner.decl is not None or not is_string(plain(inner.kid(0).type)):
        return None
    if inner.name not in (*_STARTS, *_ENDS, "erase", "insert"):
        return None
    owner = bare(inner.kid(0))
    return owner if _is_path(owner) else None


def _is_path(node: Node) -> bool:
    """Whether an expression is a variable, or a field of one."""
    while node.kind == "member" and node.kids:
        node = bare(node.kid(0))
    return node.kind in ("name", "this")


def _text(node: Node) -> tuple[object, ...]:
    return tuple((part.kind, part.name, part.decl) for part in walk(node))


def _uses(node: Node | None, parent: Node | None) -> Iterator[tuple[Decl, Node | None]]:
    """The variables in an expression or statement, each with what it stands in."""
    if node is None:
        return
    if node.kind == "name" and node.decl is not None:
        yield node.decl, parent
    wraps = node.kind in ("convert", "cast") or (node.kind == "construct" and node.name.startswith("__"))
    around = parent if wraps else node
    if node.kind == "lambda":
        around = node
        yield from ((decl, node) for part in walk(node) if part.kind == "name" and (decl := part.decl) is not None)
        return
    for decl in node.decls:
        yield from _uses(decl.init, node)
    for kid in node.kids:
        yield from _uses(kid, around)


def _may(use: Node | None) -> bool:
    """Whether a place in a string may stand in an expression or a statement."""
    if use is None or use.kind in ("declare", "expression"):
        return use is not None
    if use.kind == "operator":
        return use.decl is None and use.name in _OPERATORS
    if use.kind == "call":
        return bare(use.kid(0)).name in _SPANS and (bare(use.kid(0)).decl is None or bare(use.kid(0)).decl.system)  # type: ignore[union-attr]
    if use.kind == "construct":
        return is_string(use.type)
    if use.kind != "method" or use.decl is not None:
        return False
    owner = plain(use.kid(0).type)
    made = isinstance(owner, Std) and use.name in ("emplace_back", "emplace") and is_string(plain(owner.of[0]))
    return made or (use.name in _METHODS and is_string(owner))


def _replaced(owner: Node, rows: list[Node]) -> bool:
    """Whether the variable that a string is a field of may become another object."""
    if owner.kind != "member":
        return False
    root = owner
    while root.kind == "member":
        root = bare(root.kid(0))
    steps = ("=", "++", "--", "x++", "++x", "x--", "--x")
    return root.kind == "name" and any(
        part.kind in ("assign", "operator", "unary") and part.name in steps and bare(part.kid(0)).decl is root.decl
        for part in rows if part.kids
    )  # fmt: skip


def string_place(write: CppPlaces, node: Node, *, moving: bool = False) -> tuple[Node, str] | None:
    """A place in a string: the string, and the number of the bytes before it; nothing for other iterators.

    ``moving``: the place is asked for once, so that it may be one that a step or a change of the string gives.
    """
    inner = core(node)
    if inner.kind == "name":
        owner = write.text_owner(inner.decl)
        return (owner, write.context.name(inner.decl)) if owner is not None and inner.decl is not None else None
    if inner.kind == "operator":
        return _computed(write, inner, moving)
    if inner.kind == "call" and len(inner.kids) > 1:
        return _called(write, inner)
    return _asked(write, inner, moving) if inner.kind == "method" and inner.decl is None else None


def _computed(write: CppPlaces, inner: Node, moving: bool) -> tuple[Node, str] | None:
    """``it + n`` and ``++it``."""
    if inner.name in ("+", "-") and len(inner.kids) == 2:
        found = string_place(write, inner.kid(0), moving=moving)
        if found is None or not isinstance(plain(inner.kid(1).type), Int):
            return None
        by = write.number(write.unsized(inner.kid(1)))
        if found[1] == "0" and inner.name == "+":
            return found[0], by.code
        return found[0], f"{found[1]} {inner.name} {by.at(SUM + 1)}"
    if inner.name not in ("++", "--") or not moving:
        return None
    found = string_place(write, inner.kid(0))
    return (found[0], write(inner).code) if found is not None else None


def _asked(write: CppPlaces, inner: Node, moving: bool) -> tuple[Node, str] | None:
    """A place that a method gives."""
    owner = inner.kid(0)
    if inner.name == "base":
        return _behind_last(write, core(owner))
    if not is_string(plain(owner.type)):
        return None
    if inner.name in ("erase", "insert"):
        return _changed(write, owner, inner) if moving else None
    if inner.name not in (*_STARTS, *_ENDS):
        return None
    return owner, "0" if "begin" in inner.name else f"len(os.fsencode({write(owner).code}))"


def _called(write: CppPlaces, node: Node) -> tuple[Node, str] | None:
    """``std::find(it, s.end(), c)`` and ``std::next(it)``."""
    function, kids = bare(node.kid(0)), [kid for kid in node.kids[1:] if kid is not None]
    own = function.decl is not None and not function.decl.system
    if function.name not in (*_SEARCHES, "next", "prev") or own or (first := string_place(write, kids[0])) is None:
        return None
    if function.name in ("next", "prev"):
        by = write.number(write.unsized(kids[1])).at(SUM + 1) if len(kids) == 2 else "1"
        return first[0], f"{first[1]} {'+' if function.name == 'next' else '-'} {by}"
    last = string_place(write, kids[1])
    text = write(first[0]).code
    if last is None or write(last[0]).code != text or len(kids) != 3:
        raise Untranslatable("places in two strings")
    wanted = write.number(kids[2]).code if function.name == "find" else write.function_code(kids[2], [CHAR])
    word = "find_letter" if function.name == "find" else f"{function.name}_letter"
    return first[0], f"{word}({text}, {first[1]}, {last[1]}, {wanted})"


def _behind_last(write: CppPlaces, node: Node) -> tuple[Node, str] | None:
    """``std::find_if(s.rbegin(), s.rend(), f).base()``."""
    kids = [kid for kid in node.kids[1:] if kid is not None] if node.kind == "call" else []
    if len(kids) != 3 or bare(node.kid(0)).name not in _SEARCHES:
        return None
    one, other = core(kids[0]), core(kids[1])
    if (one.name, other.name) not in (("rbegin", "rend"), ("crbegin", "crend")) or not is_string(
        plain(one.kid(0).type)
    ):
        return None
    text = write(one.kid(0)).code
    if text != write(other.kid(0)).code:
        raise Untranslatable("places in two strings")
    if bare(node.kid(0)).name == "find":
        wanted = f"lambda c: c == {write.number(kids[2]).code}"
    else:
        wanted = write.function_code(kids[2], [CHAR])
    return one.kid(0), f"behind_last({text}, {wanted}{', False' if node.name == 'find_if_not' else ''})"


def _changed(write: CppPlaces, owner: Node, node: Node) -> tuple[Node, str] | None:
    """``s.erase(it)``, which gives the place where what comes next is then."""
    found = string_place(write, node.kid(1))
    if found is None or write.context.pure:
        return None
    at = found[1]
    if not at.isidentifier() and not at.isdigit():
        at = write.context.temporary("at")
        write.context.hoist(f"{at} = {found[1]}")
    write.context.hoist(*write.alone(node))
    return owner, at


def place_value(write: CppPlaces, node: Node) -> Value | None:
    """A place in a string as a number."""
    found = string_place(write, node, moving=True)
    return Value(found[1], "int", SUM if " " in found[1] else ATOM, node.type) if found is not None else None


def string_span(write: CppPlaces, first: Node, last: Node) -> str | None:
    """The text between two places in a string."""
    one, other = string_place(write, first), string_place(write, last)
    if one is None or other is None:
        return None
    text = write(one[0]).code
    if text != write(other[0]).code:
        raise Untranslatable("places in two strings")
    start = "" if one[1] == "0" else one[1]
    stop = "" if other[1] == f"len(os.fsencode({text}))" else other[1]
    return text if not start and not stop else f"os.fsdecode(os.fsencode({text})[{start}:{stop}])"
