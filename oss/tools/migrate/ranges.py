"""Which numbers a variable can hold: what its assignments and steps allow, whatever their order."""

from __future__ import annotations

from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.c_types import LONG, Int
from oss.tools.migrate.nodes import Decl, Node, bare
from oss.tools.migrate.uses import Uses
from oss.tools.migrate.values import Range

__all__ = ["LENGTH", "Ranges"]

LENGTH = (1 << 31) - 1
"""No text, and nothing that is read or written at once, is taken to be longer."""

_LARGEST = 1 << 46
"""No object is larger: OSS takes 10,000 parts of 5 GiB."""

_COUNTED = 1 << 62
"""No sum of steps this small is ever larger: it would take years to count so far."""
_STEP = 1 << 20
_LENGTHS = {"strlen", "strnlen", "strspn", "strcspn", "fread", "fwrite"}
_RESULTS = {
    "apr_time_now": Range(0, 1 << 60),
    "aos_buf_size": Range(0, LENGTH),
    "time": Range(0, 1 << 40),
    "fgetc": Range(-1, 255),
    "getc": Range(-1, 255),
    "getchar": Range(-1, 255),
    "rand": Range(0, 0x7FFFFFFF),
}


class Ranges:
    """Gives the range of an expression; of a variable it is worked out once."""

    def __init__(self, uses: Uses) -> None:
        self.uses = uses
        self.known: dict[Decl, Range] = {}

    def of_decl(self, decl: Decl) -> Range | None:
        kind = decl.type
        if not isinstance(kind, Int):
            return None
        if decl.bits is not None:
            return Range(Int(decl.bits, kind.signed).low, Int(decl.bits, kind.signed).high)
        whole = Range(kind.low, kind.high)
        if decl.value is not None and decl.scope == "enumerator":
            return Range(decl.value, decl.value)
        if decl.scope not in ("local", "static", "global", "param") or "boxed" in self.uses.slots.decl(decl).uses:
            return whole
        if self.progress(decl) is not None:
            return Range(0, _LARGEST)
        if decl.scope == "param" and (decl.owner in self.uses.taken or not self.uses.assigned[decl]):
            return whole
        if decl.scope == "global" and decl.extern:
            return whole
        if decl not in self.known:
            self.known[decl] = whole  # while it is being worked out
            self.known[decl] = self._worked_out(decl, kind)
        return self.known[decl]

    def progress(self, decl: Decl | None) -> int | None:
        """Which parameter of a function that the SDK alone calls, with the bytes that are done and those there are."""
        if decl is None or decl.scope != "param" or decl.owner not in self.uses.listeners - self.uses.kept:
            return None
        params = self.uses.functions[decl.owner].params
        whole = len(params) == 2 and all(param.type == LONG and not self.uses.assigned[param] for param in params)
        steady = whole and not any(self.uses.stepped[param] for param in params)
        return params.index(decl) if steady and decl in params else None

    def _share(self, left: Node, right: Node) -> Range | None:
        """``done * 100 / all`` in such a function: never more than 100."""
        done, whole = _wide(left), _wide(right)
        if done.kind != "binary" or done.name != "*" or self.progress(whole.decl) != 1:
            return None
        factors = [_wide(kid) for kid in done.kids if kid is not None]
        for one, other in (factors, factors[::-1]):
            if self.progress(one.decl) == 0 and isinstance(other.value, int) and 0 < other.value <= 1000:
                return Range(0, other.value)
        return None

    def _worked_out(self, decl: Decl, kind: Int) -> Range:
        rows = [self.of(value) for value in self.uses.assigned[decl]]
        zero = decl.scope in ("global", "static")
        found: Range | None = Range(0, 0) if zero else None
        for row in rows:
            if row is None:
                return Range(kind.low, kind.high)
            found = row if found is None else found.joined(row)
        if found is None:
            return Range(kind.low, kind.high)
        for step in self.uses.stepped[decl]:
            stepped = self._stepped(step, kind, found)
            if stepped is None:
                return Range(kind.low, kind.high)
            found = found.joined(stepped)
        if not found.within(kind.low, kind.high):
            return Range(kind.low, kind.high)
        return found

    def _stepped(self, step: Node, kind: Int, found: Range) -> Range | None:
        """Where a variable can get by a step; None where that is anywhere."""
        decl = bare(step.kid(0)).decl
        if id(step) in self.uses.limits and decl is not None and len(self.uses.stepped[decl]) == 1:
            limit, counted = self.uses.limits[id(step)]
            most = self.of(limit)
            if most is not None and most.high + counted <= kind.high:
                return Range(found.low, max(most.high + counted, found.high + 1))
        if step.kind == "unary":
            by: Range | None = Range(1, 1) if "+" in step.name else Range(-1, -1)
        elif step.name in ("+=", "-="):
            by = self.of(step.kid(1))
            if by is not None and step.name == "-=":
                by = Range(-by.high, -by.low)
        elif step.name in ("/=", ">>=", "%=", "&=") and found.low >= 0:
            return found if step.name in ("/=", ">>=") else None
        else:
            return None
        if by is None:
            return None
        top = kind.high if kind.signed else _COUNTED
        if by.low >= 0:  # signed numbers do not wrap; unsigned ones of 64 bits cannot be counted over
            slow = kind.signed or (kind.bits == 64 and by.high <= max(_STEP, LENGTH) and found.high <= _COUNTED)
            return Range(found.low, top) if slow else None
        if by.high <= 0 and kind.signed:
            return Range(kind.low, found.high)
        return Range(kind.low, kind.high) if kind.signed else None

    def of(self, node: Node | None) -> Range | None:
        """The range of a number; None where it is none."""
        if node is None or not isinstance(node.type, Int):
            return None
        reader = getattr(self, f"of_{node.kind}", None)
        found: Range | None = reader(node) if reader is not None else None
        whole = Range(node.type.low, node.type.high)
        return found if found is not None and found.within(whole.low, whole.high) else whole

    def of_number(self, node: Node) -> Range | None:
        return Range(node.value, node.value) if isinstance(node.value, int) else None

    of_char = of_number
    of_sizeof = of_number

    def of_name(self, node: Node) -> Range | None:
        return self.of_decl(node.decl) if node.decl is not None else None

    def of_member(self, node: Node) -> Range | None:
        return self.of_decl(node.decl) if node.decl is not None else None

    def of_convert(self, node: Node) -> Range | None:
        return self.of(node.kid(0))

    of_cast = of_convert

    def of_cond(self, node: Node) -> Range | None:
        yes, no = self.of(node.kid(1)), self.of(node.kid(2))
        return yes.joined(no) if yes is not None and no is not None else None

    def of_call(self, node: Node) -> Range | None:
        name = callee_name(node)
        if name in _LENGTHS:
            return Range(0, LENGTH)
        return _RESULTS.get(name)

    def of_binary(self, node: Node) -> Range | None:
        if node.name in ("<", ">", "<=", ">=", "==", "!=", "&&", "||"):
            return Range(0, 1)
        left, right = self.of(node.kid(0)), self.of(node.kid(1))
        if left is None or right is None:
            if node.name == "-" and not isinstance(node.kid(0).type, Int):
                return Range(-LENGTH, LENGTH)  # between two pointers
            return None
        share = self._share(node.kid(0), node.kid(1)) if node.name == "/" else None
        return share or computed(node.name, left, right)

    def of_unary(self, node: Node) -> Range | None:
        inner = self.of(node.kid(0))
        if node.name == "!":
            return Range(0, 1)
        if inner is None:
            return None
        if node.name == "-":
            return Range(-inner.high, -inner.low)
        return Range(~inner.high, ~inner.low) if node.name == "~" else inner if node.name == "+" else None


def _wide(node: Node) -> Node:
    """An expression without the conversions that leave every number of 64 bits as it is."""
    while node.kind in ("convert", "cast") and isinstance(node.type, Int) and node.type.bits == 64:
        node = node.kid(0)
    return node


def computed(op: str, left: Range, right: Range) -> Range | None:
    """The range of an operation on numbers that does not wrap; None where it is not known."""
    if op == "+":
        return Range(left.low + right.low, left.high + right.high)
    if op == "-":
        return Range(left.low - right.high, left.high - right.low)
    if op == "*":
        corners = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]
        return Range(min(corners), max(corners))
    positive = left.low >= 0 and right.low >= 0
    if op == "/" and positive:
        return Range(0, left.high)
    if op == "%" and right.low > 0:
        return Range(0 if left.low >= 0 else -(right.high - 1), right.high - 1)
    if op == "&" and (left.low >= 0 or right.low >= 0):
        return Range(0, min(side.high for side in (left, right) if side.low >= 0))
    if op in ("|", "^") and positive:
        return Range(0, (1 << max(left.high, right.high).bit_length()) - 1)
    if op == ">>" and positive:
        return Range(left.low >> min(right.high, 64), left.high >> right.low)
    if op == "<<" and positive and right.high < 64:
        return Range(left.low << right.low, left.high << right.high)
    return None
