"""Calls of the C library that give an error where Python raises one: ``stat``, ``fopen``."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING

from oss.tools.migrate.c_tree import c_ast, walk
from oss.tools.migrate.shapes import bare, callee
from oss.tools.migrate.values import Untranslatable, literal

if TYPE_CHECKING:
    from oss.tools.migrate.control import control

__all__ = ["FAILING", "branch", "hoisted", "set_to"]

FAILING = frozenset(("stat", "fopen"))
_FAILED = {
    ("<", "0"): True,
    ("!=", "0"): True,
    ("==", "-1"): True,
    ("==", "0"): False,
    (">=", "0"): False,
    ("!=", "-1"): False,
}


def _attempt(run: control, node: c_ast.FuncCall) -> tuple[str, str]:
    """What is set when a call goes well: the variable, if the call names it, and the value."""
    path = run.write.text_of(node.args.exprs[0])
    other = bare(node.args.exprs[1])
    if callee(node) == "stat":
        if not isinstance(other, c_ast.UnaryOp):
            raise Untranslatable("a stat() into what is not a variable")
        return run.write(other.expr).code, f"os.stat({path})"
    mode = run.write(other).constant if other is not None else None
    if not isinstance(mode, str):
        raise Untranslatable("a file that is opened in a mode that is computed")
    return "", f"open({path}, {literal(mode.replace('b', '').replace('t', '') + 'b')})"


def branch(run: control, node: c_ast.If) -> bool:
    """``if (stat(path, &s) < 0) A else B`` as ``try``; False where the condition is another one."""
    found = _failure(node.cond)
    if found is None:
        return False
    call, failed = found
    name, made = _attempt(run, call)
    run.emit("try:", node)
    with run.out.indented():
        run.out.add(f"{name} = {made}")
    bad, good = (node.iftrue, node.iffalse) if failed else (node.iffalse, node.iftrue)
    run.out.add("except OSError:")
    run.body(bad)
    if run.items(good):
        run.out.add("else:")
        run.body(good)
    return True


def _failure(test: c_ast.Node) -> tuple[c_ast.FuncCall, bool] | None:
    """The ``stat`` that a condition asks, and whether the condition is that it failed."""
    inner = bare(test)
    if callee(inner) == "stat":
        return inner, True
    if isinstance(inner, c_ast.UnaryOp) and inner.op == "!" and callee(bare(inner.expr)) == "stat":
        return bare(inner.expr), False
    if isinstance(inner, c_ast.BinaryOp) and callee(bare(inner.left)) == "stat":
        failed = _FAILED.get((inner.op, _number(inner.right)))
        return None if failed is None else (bare(inner.left), failed)
    return None


def _number(node: c_ast.Node) -> str:
    if isinstance(node, c_ast.UnaryOp) and node.op == "-":
        return "-" + _number(node.expr)
    return node.value if isinstance(node, c_ast.Constant) else ""


def set_to(run: control, left: str, call: c_ast.FuncCall, node: c_ast.Node) -> None:
    """``x = fopen(...)``, ``x = stat(...)``."""
    name, made = _attempt(run, call)
    run.emit("try:", node)
    with run.out.indented():
        run.out.add(f"{name or left} = {made}")
    run.out.add("except OSError:")
    with run.out.indented():
        run.out.add(f"{left} = {-1 if name else None}")
    if name:
        run.out.add("else:")
        with run.out.indented():
            run.out.add(f"{left} = 0")


def hoisted(node: c_ast.If, effects: frozenset[str]) -> tuple[c_ast.Assignment, c_ast.If] | None:
    """An assignment of such a call that stands in a condition, and the ``if`` without it."""
    found = next(_assigned(node.cond, effects), None)
    if found is None:
        return None
    plain = copy.copy(node)
    plain.cond = _without(node.cond, found)
    return found, plain


def _assigned(node: c_ast.Node, effects: frozenset[str]) -> Iterator[c_ast.Assignment]:
    for item in walk(node):
        if isinstance(item, c_ast.Assignment) and callee(bare(item.rvalue)) in effects:
            yield item


def _without(node: c_ast.Node, found: c_ast.Assignment) -> c_ast.Node:
    if node is found:
        return found.lvalue
    made = copy.copy(node)
    for name, child in node.children():
        if name.isidentifier():
            setattr(made, name, _without(child, found))
    return made
