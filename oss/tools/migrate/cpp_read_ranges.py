"""Loops over the program's own containers: what ``for (auto &x : c)`` means by ``begin()`` and ``end()``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from oss.tools.migrate.c_types import BOOL, CType, Function, Pointer, Ref, Std, Struct
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.nodes import ClassDef, Decl, Node, Program, bare, walk

__all__ = ["operator_on", "own_range"]


def own_range(made: Node, program: Program, function: str) -> Node:
    """A loop over an object of the program's as the ``for`` that it stands for; any other as it is."""
    owner, item = made.kid(0), made.decl
    kind = plain(owner.type)
    known = program.classes.get(kind.name) if isinstance(kind, Struct) else None
    ends = [_of_one_meaning(known.method(name)) if known is not None else None for name in ("begin", "end")]
    if item is None or ends[0] is None or ends[1] is None:
        return made
    place, before = made.place, []
    if bare(owner).kind not in ("name", "member") and not _behind_this(owner):
        whole = Decl(f"{item.name}_range", owner.type, "local", place, owner=function, init=owner)
        if owner.decl is not None and isinstance(_given(owner.decl), Ref):
            whole.type = Ref(kind)
        before = [Node("declare", place, decls=[whole])]
        owner = Node("name", place, kind, name=whole.name, decl=whole)
    at, last = (
        Decl(f"{item.name}_{word}", _given(method), "local", place, owner=function, init=_asked(owner, method))
        for word, method in zip(("at", "end"), ends, strict=True)
        if method is not None
    )
    names = [Node("name", place, decl.type, name=decl.name, decl=decl) for decl in (at, last)]
    test = operator_on("!=", names, BOOL, program.classes, program.functions.values())
    step = operator_on("++", names[:1], at.type, program.classes, program.functions.values())
    behind = operator_on("*", names[:1], plain(item.type), program.classes, program.functions.values())
    if test is None or step is None or behind is None:
        return made
    item.init = behind
    body = made.kid(1)
    items = [Node("declare", place, decls=[item]), *(body.kids if body.kind == "block" else [body])]
    first = Node("declare", place, decls=[at, last])
    onward = Node("expression", place, kids=[step])
    loop = Node("for", place, kids=[first, test, onward, Node("block", place, kids=items)], name="range")
    return Node("block", place, kids=[*before, loop]) if before else loop


def _of_one_meaning(rows: list[Decl]) -> Decl | None:
    """The first of methods that differ in what may be done with what they give alone."""
    texts = {repr([(part.kind, part.name) for part in walk(row.body)]) for row in rows if row.body is not None}
    return rows[0] if rows and len(texts) < 2 else None


def _behind_this(node: Node) -> bool:
    inner = bare(node)
    return inner.kind == "unary" and inner.name == "*" and bare(inner.kid(0)).kind in ("this", "name")


def _given(method: Decl) -> CType:
    return method.type.result if isinstance(method.type, Function) else method.type


def _asked(owner: Node, method: Decl) -> Node:
    """``c.begin()``."""
    return Node("method", owner.place, _given(method), [owner], method.name, decl=method)


def operator_on(
    op: str, kids: list[Node], kind: CType, classes: Mapping[str, ClassDef], functions: Iterable[Decl]
) -> Node | None:
    """An operator on places of a container; None where it is not known."""
    of = kids[0].type
    if isinstance(of, Pointer):
        words = {"!=": "binary", "++": "unary", "*": "unary"}
        return Node(words[op], kids[0].place, of if op == "++" else kind, [*kids], "++x" if op == "++" else op)
    if isinstance(of, Std):
        return Node("operator", kids[0].place, kind, [*kids], op)
    known = classes.get(of.name) if isinstance(of, Struct) else None
    rows = [row for row in known.method(f"operator{op}") if len(row.params) == len(kids) - 1] if known else []
    rows = rows or [row for row in functions if row.operator == op and _takes(row, kids)]
    if len(rows) != 1:
        return None
    return Node("operator", kids[0].place, plain(_given(rows[0])), [*kids], op, decl=rows[0])


def _takes(function: Decl, kids: list[Node]) -> bool:
    """Whether the parameters of a function are of the types of some values."""
    return [plain(item.type) for item in function.params] == [plain(kid.type) for kid in kids]
