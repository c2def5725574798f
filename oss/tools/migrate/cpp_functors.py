"""Classes of the library whose objects are functions: ``std::plus`` and its like."""

from __future__ import annotations

from oss.tools.migrate.c_types import Float, Int, Std, Void
from oss.tools.migrate.cpp_types import is_string
from oss.tools.migrate.values import Untranslatable

__all__ = ["FUNCTORS", "functor"]

_SIGNS = {"plus": "+", "minus": "-", "multiplies": "*"}
_WHOLE = {"divides": "idiv(a, b)", "modulus": "imod(a, b)"}
_COMPARED = {"less": "<", "greater": ">", "less_equal": "<=", "greater_equal": ">=", "equal_to": "==",
             "not_equal_to": "!="}  # fmt: skip
_TRUTHS = {"logical_and": "and", "logical_or": "or"}
FUNCTORS = (*_SIGNS, *_WHOLE, *_COMPARED, *_TRUTHS)


def functor(kind: Std) -> str:
    """``std::plus<int>()`` as a lambda."""
    of = kind.of[0] if kind.of else None
    number = (isinstance(of, Float) and of.bits == 64) or (isinstance(of, Int) and of.signed and of.bits >= 32)
    text = of is not None and is_string(of)
    if kind.name in _COMPARED and (isinstance(of, (Void, Int)) or number or text):
        return f"lambda a, b: int(a {_COMPARED[kind.name]} b)"
    if kind.name in _TRUTHS and isinstance(of, Int):
        return f"lambda a, b: int(bool(a {_TRUTHS[kind.name]} b))"
    if kind.name in _SIGNS and (number or text):
        return f"lambda a, b: a {_SIGNS[kind.name]} b"
    if kind.name == "divides" and isinstance(of, Float) and number:
        return "lambda a, b: a / b"
    if kind.name in _WHOLE and isinstance(of, Int) and number:
        return f"lambda a, b: {_WHOLE[kind.name]}"
    raise Untranslatable(f"a std::{kind.name} of such values")
