"""The texts that stand directly below definitions, which editors show with the name that is defined.

Python drops them when it compiles a module, so they are read from its source. A program that is shipped without has
none of them.
"""

from __future__ import annotations

import ast
import functools
import inspect
import sys
from itertools import pairwise

__all__ = ["texts_below"]


@functools.cache
def texts_below(module: str, scope: str = "") -> dict[str, str]:
    """Returns the texts by the names above them.

    :param module: name of an imported module
    :param scope: ``__qualname__`` of a class in it, whose definitions are meant in place of the module's own
    """
    found = {}
    for node, below in pairwise(_body(_tree(module), scope)):
        match node, below:
            case (
                (ast.Assign(targets=[ast.Name(name)]) | ast.AnnAssign(target=ast.Name(name))),
                ast.Expr(ast.Constant(str(text))),
            ):
                found[name] = " ".join(text.split())
    return found


@functools.cache
def _tree(module: str) -> ast.Module:
    try:
        return ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, SyntaxError, TypeError, ValueError):  # frozen, compiled, or typed at a prompt
        return ast.Module([], [])


def _body(module: ast.Module, scope: str) -> list[ast.stmt]:
    """Returns the statements of a class or a function, wherever in the module's own it is defined."""
    inside: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef = module
    for name in scope.replace("<locals>.", "").split(".") if scope else ():
        for node in ast.walk(inside):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name:
                inside = node
                break
        else:
            return []
    return inside.body
