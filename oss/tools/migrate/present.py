"""Which mentions of a pointer are certainly not NULL: it was tested before, and nothing can have set it since."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from oss.tools.migrate import known
from oss.tools.migrate.asked import callee_name, is_pointer
from oss.tools.migrate.c_types import Int
from oss.tools.migrate.nodes import STEPS, Decl, Node, bare, is_null, walk

__all__ = ["present"]

Path = tuple[Decl | int, ...]
"""A variable, then the members that are taken of it; of the arguments of a program, which one: its number, or what
has that."""

Facts = frozenset[Path] | None
"""What is not NULL at a place; None where no run of the program comes."""

_READING = frozenset(
    ("printf", "fprintf", "puts", "fputs", "perror", "strlen", "strcmp", "strncmp", "strcasecmp", "strncasecmp",
     "strchr", "strrchr", "strstr", "atoi", "atol", "atoll", "aos_status_is_ok", "apr_table_get")
)  # fmt: skip
"""Functions that leave all that a program can name as it is."""

_ENDING = frozenset(("exit", "_exit", "_Exit", "abort"))
_LEAST = {"==": (0, None), "!=": (None, 0), "<": (None, 0), "<=": (None, 1), ">": (1, None), ">=": (0, None)}
"""How many arguments there are at least, more than the number that ``argc`` is compared with: if so, and if not."""

_ENTRIES = ("label", "case", "default")


def present(function: Decl, boxed: Callable[[Decl], bool]) -> set[int]:
    """The ids of these mentions in a function; ``boxed`` tells of which variables a reference has the address."""
    body = function.body
    if body is None or any(part.kind == "lambda" for part in walk(body)):
        return set()
    taken = {bare(part.kid(0)).decl for part in walk(body) if part.kind == "unary" and part.name == "&"}
    reader = _Reader(lambda decl: decl in taken or boxed(decl), _arguments(function))
    reader.visit(body, frozenset((argv, 0) for argv in reader.arguments[1:]))
    return reader.found


def _arguments(function: Decl) -> list[Decl]:
    """``argc`` and ``argv`` of ``main``, where they stay as they are."""
    params = function.params
    changed = {bare(part.kid(0)).decl for part in walk(function.body) if part.kind in ("assign", "unary")}
    written = {bare(node.kid(0)).decl for node in _written(function.body) if bare(node).kind == "index"}
    rows = (value for part in walk(function.body) for value in (*(decl.init for decl in part.decls), _set_to(part)))
    copied = {bare(value).decl for value in rows if value is not None}
    steady = len(params) == 2 and not {*params} & changed and not {params[1]} & (written | copied)
    return params if function.name == "main" and function.scope == "function" and steady else []


def _set_to(node: Node) -> Node | None:
    return node.kid(1) if node.kind == "assign" else None


class _Reader:
    def __init__(self, boxed: Callable[[Decl], bool], arguments: list[Decl]) -> None:
        self.boxed, self.arguments = boxed, arguments
        self.found: set[int] = set()
        self.breaks: list[list[Facts]] = []
        self.cases: list[Facts] = []

    def visit(self, node: Node | None, facts: Facts) -> Facts:
        """Goes through a statement or an expression: what holds behind it."""
        if node is None or facts is None:
            return facts
        reader: Callable[[Node, frozenset[Path]], Facts] | None = getattr(self, f"_{node.kind}", None)
        if reader is not None:
            return reader(node, facts)
        for decl in node.decls:
            facts = self._set((decl,), decl.init, self.visit(decl.init, facts))
        for kid in node.kids:
            facts = self.visit(kid, facts)
        return facts

    # expressions

    def _name(self, node: Node, facts: frozenset[Path]) -> Facts:
        if self._path(node) in facts:
            self.found.add(id(node))
        return facts

    def _member(self, node: Node, facts: frozenset[Path]) -> Facts:
        return self._name(node, self.visit(node.kid(0), facts) or frozenset())

    def _index(self, node: Node, facts: frozenset[Path]) -> Facts:
        behind = self.visit(node.kid(1), self.visit(node.kid(0), facts))
        return self._name(node, behind) if behind is not None else None

    def _assign(self, node: Node, facts: frozenset[Path]) -> Facts:
        behind = self.visit(node.kid(0), self.visit(node.kid(1), facts))
        target = self._path(node.kid(0))
        if target is None:
            return self._loud(behind)
        return self._set(target, node.kid(1) if node.name == "=" else None, behind)

    def _unary(self, node: Node, facts: frozenset[Path]) -> Facts:
        behind = self.visit(node.kid(0), facts)
        target = self._path(node.kid(0)) if node.name in STEPS else None
        return self._set(target, None, behind) if target is not None else behind

    def _call(self, node: Node, facts: frozenset[Path]) -> Facts:
        behind: Facts = facts
        for kid in node.kids:
            behind = self.visit(kid, behind)
        name = callee_name(node)
        if name in _ENDING:
            return None
        lent = any(bare(kid).name == "&" for kid in node.kids[1:] if kid is not None)
        return behind if name in _READING and not lent else self._loud(behind)

    def _method(self, node: Node, facts: frozenset[Path]) -> Facts:
        behind: Facts = facts
        for kid in node.kids:
            behind = self.visit(kid, behind)
        return self._loud(behind)

    _operator = _new = _delete = _method

    def _binary(self, node: Node, facts: frozenset[Path]) -> Facts:
        if node.name in ("&&", "||"):
            return _joined(*self.test(node, facts))
        return self.visit(node.kid(1), self.visit(node.kid(0), facts))

    def _cond(self, node: Node, facts: frozenset[Path]) -> Facts:
        yes, no = self.test(node.kid(0), facts)
        return _joined(self.visit(node.kid(1), yes), self.visit(node.kid(2), no))

    def test(self, node: Node, facts: Facts) -> tuple[Facts, Facts]:
        """What holds where a condition is true, and where it is not."""
        while node.kind == "convert" and isinstance(node.type, Int):
            node = node.kid(0)
        if node.kind == "unary" and node.name == "!":
            yes, no = self.test(node.kid(0), facts)
            return no, yes
        if node.kind == "binary" and node.name == "&&":
            one, other = self.test(node.kid(0), facts)
            yes, no = self.test(node.kid(1), one)
            return yes, _joined(other, no)
        if node.kind == "binary" and node.name == "||":
            one, other = self.test(node.kid(0), facts)
            yes, no = self.test(node.kid(1), other)
            return _joined(one, yes), no
        asked, opposite = _asked(node)
        behind = self.visit(node, facts)
        if behind is not None and self.arguments and (counted := self._counted(node)) is not None:
            return behind | counted[0], behind | counted[1]
        path = self._path(asked) if asked is not None else None
        if path is None or behind is None:
            return behind, behind
        there = behind | {path}
        return (behind, there) if opposite else (there, behind)

    def _counted(self, node: Node) -> tuple[frozenset[Path], frozenset[Path]] | None:
        """The arguments that are there where a comparison of ``argc`` is true, and where it is not."""
        if node.kind != "binary" or node.name not in _LEAST:
            return None
        argc, argv = self.arguments
        left, right = bare(node.kid(0)), bare(node.kid(1))
        if argc in (left.decl, right.decl) and (place := self._place(right if left.decl is argc else left)) is not None:
            below = node.name in (("<", ">=") if right.decl is argc else (">", "<="))
            there, nothing = frozenset({(argv, place)} if below else {}), frozenset[Path]()
            return (there, nothing) if node.name in "<>" else (nothing, there)
        count = right.value if left.decl is argc else None
        if not isinstance(count, int):
            return None
        rows = [count + more if more is not None else 1 for more in _LEAST[node.name]]
        yes, no = (frozenset((argv, index) for index in range(most)) for most in rows)
        return yes, no

    # statements

    def _if(self, node: Node, facts: frozenset[Path]) -> Facts:
        yes, no = self.test(node.kid(0), facts)
        return _joined(self.visit(node.kid(1), yes), self.visit(node.kids[2], no) if len(node.kids) > 2 else no)

    def _while(self, node: Node, facts: frozenset[Path]) -> Facts:
        return self._loop(node, facts, node.kid(0), [node.kid(1)])

    def _for(self, node: Node, facts: frozenset[Path]) -> Facts:
        start, test, step, body = node.kids
        return self._loop(node, self.visit(start, facts), test, [body, step])

    def _do(self, node: Node, facts: frozenset[Path]) -> Facts:
        base = self._forgotten(node, facts)
        self.breaks.append([])
        self.visit(node.kid(0), base)
        _, behind = self.test(node.kid(1), base)
        return _joined(behind, *self.breaks.pop())

    def _loop(self, node: Node, facts: Facts, test: Node | None, body: list[Node | None]) -> Facts:
        base = self._forgotten(node, facts)
        self.breaks.append([])
        yes, no = self.test(test, base) if test is not None else (base, base)
        first, *rest = body
        self.visit(first, yes)
        for item in rest:
            self.visit(item, base)
        return _joined(no, *self.breaks.pop())

    def _switch(self, node: Node, facts: frozenset[Path]) -> Facts:
        base = self._loud(self.visit(node.kid(0), facts))
        base = frozenset() if base is None or _labelled(node) else self._changed(node, base)
        self.breaks.append([])
        self.cases.append(base)
        self.visit(node.kid(1), base)
        self.cases.pop()
        self.breaks.pop()
        return base

    def _case(self, node: Node, facts: frozenset[Path]) -> Facts:
        return self.visit(node.kids[-1], self.cases[-1]) if node.kids and self.cases else frozenset()

    _default = _case

    def _block(self, node: Node, facts: frozenset[Path]) -> Facts:
        """What follows a jump is not run, but for what is jumped to."""
        behind: Facts = facts
        for kid in node.kids:
            if behind is not None or any(part.kind in _ENTRIES for part in walk(kid)):
                behind = self.visit(kid, behind or frozenset())
        return behind

    def _label(self, node: Node, facts: frozenset[Path]) -> Facts:
        return self.visit(node.kids[0], frozenset()) if node.kids else frozenset()

    def _break(self, node: Node, facts: frozenset[Path]) -> Facts:
        if self.breaks:
            self.breaks[-1].append(facts)
        return None

    def _return(self, node: Node, facts: frozenset[Path]) -> Facts:
        for kid in node.kids:
            self.visit(kid, facts)
        return None

    _goto = _continue = _throw = _return

    def _foreach(self, node: Node, facts: frozenset[Path]) -> Facts:
        return self._loop(node, facts, None, [None, *node.kids])

    def _try(self, node: Node, facts: frozenset[Path]) -> Facts:
        base = self._forgotten(node, facts)
        for kid in node.kids:
            self.visit(kid, base)
        return base

    def _unknown(self, node: Node, facts: frozenset[Path]) -> Facts:
        return frozenset()

    _asm = _unknown

    # facts

    def _path(self, node: Node | None) -> Path | None:
        """What an expression names, if that stays the same while nothing sets it."""
        inner = bare(node) if node is not None else None
        if inner is not None and inner.kind == "index" and self.arguments:
            at = bare(inner.kid(1))
            place = at.value if isinstance(at.value, int) else self._place(at)
            known = bare(inner.kid(0)).decl is self.arguments[1] and place is not None
            return (self.arguments[1], place) if known and place is not None else None
        if inner is None or inner.decl is None:
            return None
        if inner.kind == "name":
            known = inner.decl.scope in ("local", "param", "global", "static") and not self.boxed(inner.decl)
            return (inner.decl,) if known else None
        owner = self._path(inner.kid(0)) if inner.kind == "member" else None
        return (*owner, inner.decl) if owner is not None else None

    def _place(self, node: Node) -> Decl | None:
        """A counter of this function, which tells an argument of the program."""
        decl = node.decl if node.kind == "name" else None
        counts = decl is not None and isinstance(decl.type, Int) and decl.scope in ("local", "param")
        return decl if decl is not None and counts and not self.boxed(decl) else None

    def _set(self, path: Path, value: Node | None, facts: Facts) -> Facts:
        """Something is set: what was known of it, and of what it leads to, is not any more."""
        if facts is None:
            return None
        last, first = path[-1], path[0]
        left = frozenset(item for item in facts if last not in item)
        if isinstance(last, int) or isinstance(first, int) or value is None or not is_pointer(last.type):
            return left
        return left | {path} if self._certain(value, facts) and not self.boxed(first) else left

    def _certain(self, value: Node, facts: frozenset[Path]) -> bool:
        inner = bare(value)
        if inner.kind == "string" or (inner.kind == "unary" and inner.name == "&"):
            return True
        if inner.kind == "call":
            name = callee_name(inner)
            callee = known.callee(name)
            if name in known.FRESH:
                return name.startswith(("aos_", "apr_"))
            return callee is not None and not callee.nullable and callee.gives in ("text", "memory")
        return self._path(inner) in facts

    def _loud(self, facts: Facts) -> Facts:
        """After something that may set what is not a variable of this function alone."""
        if facts is None:
            return None
        return frozenset(item for item in facts if self._own(item))

    def _own(self, path: Path) -> bool:
        first = path[0]
        whole = len(path) == 1 and isinstance(first, Decl) and first.scope in ("local", "param")
        return whole or first in self.arguments

    def _forgotten(self, node: Node, facts: Facts) -> Facts:
        """What no round of a loop, in whatever order, can change."""
        left = self._loud(facts)
        if left is None or any(map(_entered, node.kids)):
            return left and frozenset()
        return self._changed(node, left)

    def _changed(self, node: Node, facts: frozenset[Path]) -> frozenset[Path]:
        """Without what something in a statement sets."""
        gone = {path[-1] for path in map(self._path, _written(node)) if path is not None}
        gone |= {decl for part in walk(node) for decl in part.decls}
        return frozenset(item for item in facts if not gone.intersection(item))


def _written(node: Node | None) -> Iterator[Node]:
    for part in walk(node):
        if part.kind == "assign" or (part.kind == "unary" and part.name in STEPS):
            yield part.kid(0)


def _labelled(node: Node) -> bool:
    return any(part.kind == "label" for part in walk(node))


def _entered(node: Node | None) -> bool:
    """Whether a jump from outside may lead into a statement."""
    if node is None or node.kind in _ENTRIES:
        return node is not None
    if node.kind == "switch":
        return _labelled(node)
    return any(map(_entered, node.kids))


def _asked(node: Node) -> tuple[Node | None, bool]:
    """The pointer that a condition compares with NULL, and whether it asks for NULL."""
    inner, opposite = node, False
    if inner.kind == "binary" and inner.name in ("==", "!="):
        left, right = inner.kid(0), inner.kid(1)
        if is_null(left) or is_null(right):
            inner, opposite = right if is_null(left) else left, inner.name == "=="
    inner = bare(inner)
    if inner.kind == "assign" and inner.name == "=":
        inner = bare(inner.kid(0))
    return (inner, opposite) if is_pointer(inner.type) else (None, False)


def _joined(*rows: Facts) -> Facts:
    """What holds where several ways come together."""
    found: Facts = None
    for row in rows:
        found = row if found is None else found if row is None else found & row
    return found
