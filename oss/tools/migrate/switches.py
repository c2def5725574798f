"""``switch``: its cases, and whether they are an ``if`` with ``elif``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from oss.tools.migrate.asked import callee_name
from oss.tools.migrate.c_types import INT
from oss.tools.migrate.nodes import UNREAD, Node, bare, walk
from oss.tools.migrate.values import Untranslatable

__all__ = ["Case", "breaks", "cases", "chain", "continues", "ends", "flat"]

_FALLEN = 8  # a case of so many statements is repeated where another one falls into it


@dataclass(frozen=True, slots=True)
class Case:
    """The values of a case, None for ``default``, and its statements."""

    tests: list[Node | None]
    body: list[Node]


def flat(node: Node | None) -> list[Node]:
    """The statements of a body; ``do { } while (0)`` without a jump is one."""
    if node is None or node.kind == "empty":
        return []
    if node.kind == "block":
        return [part for kid in node.kids if kid is not None for part in _opened(kid)]
    return list(_opened(node))


def _opened(node: Node) -> Iterator[Node]:
    once = node.kind == "do" and bare(node.kid(1)).kind == "number" and not bare(node.kid(1)).value
    if once and not breaks(node.kid(0)) and not continues(node.kid(0)):
        yield from flat(node.kid(0))
        return
    if node.kind == "empty":
        return
    yield node


def ends(items: list[Node]) -> bool:
    """Whether nothing runs after these statements."""
    if not items:
        return False
    last = items[-1]
    if last.kind == "block":
        return ends(flat(last))
    if last.kind == "if" and len(last.kids) == 3:
        return ends(flat(last.kids[1])) and ends(flat(last.kids[2]))
    if last.kind == "expression" and last.kid(0).kind == "call":
        return callee_name(last.kid(0)) in ("exit", "abort", "_exit")
    return last.kind in ("return", "break", "continue", "goto")


def breaks(node: Node | None) -> bool:
    """Whether a ``break`` in here leaves what is around it."""
    if node is None or node.kind in ("for", "while", "do", "switch"):
        return False
    return node.kind == "break" or any(breaks(kid) for kid in node.kids)


def continues(node: Node | None) -> bool:
    """Whether a ``continue`` in here is one of the loop around it."""
    if node is None or node.kind in ("for", "while", "do"):
        return False
    return node.kind == "continue" or any(continues(kid) for kid in node.kids)


def cases(node: Node) -> list[Case]:
    """The cases of a switch; those that share a body are one."""
    found: list[Case] = []
    for labelled in flat(node.kid(1)):
        item, tests = _labels(labelled)
        if item.kind == "unknown" and (item.value or item.name != UNREAD):
            raise Untranslatable(item.reason)  # which may have been a case, or the end of one
        body = [] if item.kind in ("case", "default", "empty") else flat(item)
        if tests:
            if found and not found[-1].body:
                found[-1].tests.extend(tests)
                found[-1].body.extend(body)
            else:
                found.append(Case(tests, body))
        elif not found:
            if item.kind != "declare" or any(decl.init is not None for decl in item.decls):
                raise Untranslatable("a switch with statements before its first case")
        else:
            found[-1].body.extend(body)
    inside = [inner for case in found for part in case.body for inner in _own(part)]
    if any(inner.kind in ("case", "default") for inner in inside):
        raise Untranslatable("a case within another statement")
    return found


def _labels(item: Node) -> tuple[Node, list[Node | None]]:
    """The statement behind the labels of a case, and their values."""
    tests: list[Node | None] = []
    while item.kind in ("case", "default"):
        tests.append(item.kid(0) if item.kind == "case" else None)
        rest = item.kids[-1] if item.kids else None
        if rest is None:
            break
        item = rest
    return item, tests


def _own(node: Node) -> Iterator[Node]:
    """What belongs to the switch around a statement."""
    if node.kind == "switch":
        return
    yield node
    for kid in node.kids:
        if kid is not None:
            yield from _own(kid)


def chain(found: list[Case]) -> list[Case] | None:
    """The cases with what each of them runs, without the ``break`` that ends it; None where that is no ``if``."""
    rows = []
    for index, case in enumerate(found):
        body = list(case.body)
        for other in found[index + 1 :]:
            if ends(body):
                break
            body += other.body
        if len(body) > len(case.body) and sum(1 for part in body[len(case.body) :] for _ in walk(part)) > _FALLEN * 12:
            return None
        bare_body = _without_breaks(body)
        if bare_body is None:
            return None
        rows.append(Case(case.tests, bare_body))
    return rows


def _without_breaks(items: list[Node]) -> list[Node] | None:
    """Statements without the ``break`` that ends them, also in an ``if``: what follows it goes into the else."""
    rows: list[Node] = []
    for index, item in enumerate(items):
        if item.kind == "break":
            return rows
        if item.kind == "block" and breaks(item):
            inner = _without_breaks([*flat(item), *items[index + 1 :]])
            return None if inner is None else [*rows, *inner]
        if item.kind == "if" and breaks(item):
            made = _split(item, items[index + 1 :])
            return None if made is None else [*rows, made]
        if breaks(item):
            return None
        rows.append(item)
        if ends([item]):
            return rows
    return rows


def _split(item: Node, rest: list[Node]) -> Node | None:
    first, second = flat(item.kids[1]), flat(item.kids[2]) if len(item.kids) == 3 else []
    yes = _without_breaks([*first, *([] if ends(first) else rest)])
    no = _without_breaks([*second, *([] if ends(second) else rest)])
    if yes is None or no is None or (not ends(first) and not ends(second) and len(rest) > 2):
        return None
    test = item.kid(0)
    if not yes and no:
        test, yes, no = Node("unary", test.place, INT, [test], "!"), no, []
    kids: list[Node | None] = [test, Node("block", item.place, kids=[*yes])]
    if no:
        kids.append(Node("block", item.place, kids=[*no]))
    return Node("if", item.place, kids=kids)
