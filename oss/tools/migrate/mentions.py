"""Where a function mentions its variables: what must be set at its declaration, and what is read after a loop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.moments import asked_clock
from oss.tools.migrate.nodes import Decl, Node, bare, walk

__all__ = ["Mentions"]


_WRITING = ("sprintf", "snprintf", "strcpy", "strncpy", "strftime", "memset")
_BODIES = ("block", "switch", "case", "default", "if", "while", "do", "for", "foreach", "try", "catch")


class Mentions:
    """The mentions of every local of one function, in the order of its text."""

    def __init__(self, body: Node) -> None:
        self.rows: dict[Decl, list[Node]] = defaultdict(list)
        self.order: dict[int, int] = {}
        self.block: dict[int, Node] = {}  # of a statement, the block that it stands in
        self.loops: dict[int, list[Node]] = {}  # of a statement, the loops around it
        self.last: dict[int, int] = {}
        self.switches: set[int] = set()  # blocks that are entered in their middle
        self.jumps = any(node.kind in ("goto", "label") for node in walk(body))
        self._number(body, body, [])

    def _number(self, node: Node, block: Node, loops: list[Node]) -> None:
        self.order[id(node)] = len(self.order)
        self.block[id(node)] = block
        self.loops[id(node)] = loops
        if node.kind == "switch":
            self.switches.add(id(node.kids[1]))
        if node.kind == "name" and node.decl is not None:
            self.rows[node.decl].append(node)
        inner = node if node.kind in _BODIES else block
        around = [*loops, node] if node.kind in ("for", "while", "do") else loops
        for decl in node.decls:
            for part in (*decl.rows, decl.length, decl.init):
                if part is not None:
                    self._number(part, inner, loops)
        for place, kid in enumerate(node.kids):
            if kid is not None:
                begins = node.kind == "for" and not place  # that runs always, the rest of a loop perhaps never
                self._number(kid, block if begins else inner, around)
        self.last[id(node)] = len(self.order)

    def inside(self, node: Node, outer: Node) -> bool:
        return self.order[id(outer)] <= self.order[id(node)] < self.last[id(outer)]

    def needed(self, decl: Decl, body: Node, text: bool = False) -> bool:
        """Whether a variable must have a value at its declaration: something may read it before it is set.

        ``text``: it is a str, which a function that writes a whole text sets.
        """
        rows = self.rows[decl]
        if not rows:
            return False
        setter = self._setter(rows[0], body, text)
        if setter is None or (self.jumps and decl.init is not None):
            return True
        block = self.block[id(setter)]
        if block.kind == "block" and id(block) not in self.switches and all(self.inside(row, block) for row in rows):
            return False
        return self.jumps or self._begins(body, decl) != "set"

    def _begins(self, node: Node | None, decl: Decl) -> str:
        """What the statements below a node do first with a variable: set, read, or nothing; ends: they go elsewhere."""
        if node is None or not any(self.inside(row, node) for row in self.rows[decl]):
            return "ends" if node is not None and node.kind == "return" else ""
        if node.kind == "block":
            return next((found for kid in node.kids if (found := self._begins(kid, decl))), "")
        if node.kind == "if":
            if any(self.inside(row, node.kid(0)) for row in self.rows[decl]):
                return "read"
            ways = {self._begins(kid, decl) for kid in (node.kid(1), node.kids[2] if len(node.kids) > 2 else None)}
            return "set" if ways <= {"set", "ends"} else "read"
        inner = self._assignment(node) if node.kind == "expression" else None
        if inner is None or inner.kind != "assign" or bare(inner.kid(0)).decl is not decl:
            return "read"
        return "set" if not any(part.decl is decl for part in walk(inner.kid(1))) else "read"

    def _setter(self, first: Node, body: Node, text: bool = False) -> Node | None:
        """The statement that sets a variable, if its first mention is the left side there."""
        for node in walk(body):
            found = self._assignment(node)
            if found is None or first.decl is None:
                continue
            if found.kind == "call":
                clock = asked_clock(found)
                targets, values = [clock.kid(0) if clock is not None else found.kid(1)], found.kids[2:]
                if not text and clock is None:
                    continue
            else:
                targets, values = self._chain(found)
            if any(bare(target) is first for target in targets):
                rest = [part for kid in values for part in _evaluated(kid) if part.kind == "name"]
                return node if not any(part.decl is first.decl for part in rest) else None
        return None

    @staticmethod
    def _assignment(node: Node) -> Node | None:
        inner: Node | None = None
        if node.kind == "expression":
            inner = node.kid(0)
            if inner.kind == "call" and (callee_name(inner) in _WRITING or asked_clock(inner) is not None):
                return inner
        elif node.kind == "for" and node.kids[0] is not None and node.kid(0).kind == "expression":
            inner = node.kid(0).kid(0)
        elif node.kind in ("if", "while"):
            inner = bare(node.kid(0))
            if inner.kind == "binary" and inner.name in ("==", "!=", "<", ">", "<=", ">="):
                inner = bare(inner.kid(0))
        if inner is not None and inner.kind == "binary" and inner.name == ",":
            inner = inner.kid(0)
        return inner if inner is not None and inner.kind == "assign" and inner.name == "=" else None

    @staticmethod
    def _chain(node: Node) -> tuple[list[Node], list[Node | None]]:
        """What ``a = b = c`` sets, and the value."""
        targets = [node.kid(0)]
        value = bare(node.kid(1))
        while value.kind == "assign" and value.name == "=":
            targets.append(value.kid(0))
            value = bare(value.kid(1))
        return targets, [value]

    def read_after(self, decl: Decl, loop: Node, body: Node) -> bool:
        """Whether what a loop counted is read when it is over, before something sets it again."""
        own = [node for node in walk(body) if node.kind == "for" and self._starts(node, decl)]
        rows = [row for row in self.rows[decl] if not any(self.inside(row, other) for other in own)]
        around = self.loops[id(loop)]
        if around:
            return any(self.inside(row, around[0]) for row in rows) or self._later(decl, rows, around[0], body)
        return self._later(decl, rows, loop, body)

    def _later(self, decl: Decl, rows: list[Node], loop: Node, body: Node) -> bool:
        later = [row for row in rows if self.order[id(row)] >= self.last[id(loop)]]
        if not later:
            return False
        setter = self._setter(later[0], body)
        return setter is None or self.block[id(setter)] is not self.block[id(loop)]

    @staticmethod
    def _starts(node: Node, decl: Decl) -> bool:
        """Whether a loop begins with setting a variable."""
        first = node.kids[0]
        if first is None:
            return False
        if first.kind == "declare":
            return decl in first.decls
        return any(
            part.kind == "assign"
            and part.name == "="
            and bare(part.kid(0)).decl is decl
            and bare(part.kid(0)).kind == "name"
            for part in walk(first)
        )


def _evaluated(node: Node | None) -> Iterator[Node]:
    """A node and all below it but what only a size is asked of."""
    if node is not None and node.kind != "sizeof":
        yield node
        for kid in node.kids:
            yield from _evaluated(kid)
