"""``math.h``: where Python raises or gives an int, these give C's infinity, NaN or float.

What a parameter is, unless a function says otherwise:

:param x: the number
:param y: the other number
"""

from __future__ import annotations

import math as python
from collections.abc import Callable

from aos._c.refs import aos_ref_t
from oss.c_runtime.numbers import float_, int64_t

__all__ = [
    "acos",
    "asin",
    "atan",
    "atan2",
    "ceil",
    "ceilf",
    "cos",
    "cosh",
    "exp",
    "fabs",
    "fabsf",
    "floor",
    "floorf",
    "fmax",
    "fmin",
    "fmod",
    "hypot",
    "frexp",
    "isfinite",
    "isinf",
    "isnan",
    "ldexp",
    "llround",
    "log",
    "log10",
    "log2",
    "lround",
    "modf",
    "pow",
    "round",
    "roundf",
    "signbit",
    "sin",
    "sinh",
    "sqrt",
    "sqrtf",
    "tan",
    "tanh",
    "trunc",
]

atan, atan2, fabs, tanh = python.atan, python.atan2, python.fabs, python.tanh
"""What is the same in Python."""


def _or_nan(function: Callable[[float], float], x: float) -> float:
    try:
        return function(x)
    except ValueError:
        return python.nan


def acos(x: float) -> float:
    """Returns the arc cosine."""
    return _or_nan(python.acos, x)


def asin(x: float) -> float:
    """Returns the arc sine."""
    return _or_nan(python.asin, x)


def sin(x: float) -> float:
    """Returns the sine."""
    return _or_nan(python.sin, x)


def cos(x: float) -> float:
    """Returns the cosine."""
    return _or_nan(python.cos, x)


def tan(x: float) -> float:
    """Returns the tangent."""
    return _or_nan(python.tan, x)


def sqrt(x: float) -> float:
    """Returns the square root."""
    return _or_nan(python.sqrt, x)


def _logarithm(function: Callable[[float], float], x: float) -> float:
    return -python.inf if x == 0 else _or_nan(function, x)


def log(x: float) -> float:
    """Returns the natural logarithm."""
    return _logarithm(python.log, x)


def log2(x: float) -> float:
    """Returns the logarithm to the base 2."""
    return _logarithm(python.log2, x)


def log10(x: float) -> float:
    """Returns the logarithm to the base 10."""
    return _logarithm(python.log10, x)


def _or_infinite(function: Callable[..., float], *arguments: float, sign: float = 1.0) -> float:
    try:
        return function(*arguments)
    except OverflowError:
        return python.copysign(python.inf, sign)


def exp(x: float) -> float:
    """Returns the exponential."""
    return _or_infinite(python.exp, x)


def cosh(x: float) -> float:
    """Returns the hyperbolic cosine."""
    return _or_infinite(python.cosh, x)


def sinh(x: float) -> float:
    """Returns the hyperbolic sine."""
    return _or_infinite(python.sinh, x, sign=x)


def _is_odd(y: float) -> bool:
    return python.isfinite(y) and python.fmod(y, 2) in (1, -1)


def pow(x: float, y: float) -> float:
    """Returns ``x`` to the power of ``y``."""
    try:
        return python.pow(x, y)
    except OverflowError:
        return -python.inf if x < 0 and _is_odd(y) else python.inf
    except ValueError:
        if x == 0:
            return python.copysign(python.inf, x) if _is_odd(y) else python.inf
        return python.nan


def hypot(x: float, y: float) -> float:
    """Returns the length of the way that goes ``x`` along and ``y`` up."""
    return python.hypot(x, y)


def fmod(x: float, y: float) -> float:
    """Returns what is left of ``x`` when it is divided by ``y``, with the sign of ``x``."""
    try:
        return python.fmod(x, y)
    except ValueError:
        return python.nan


def fmax(x: float, y: float) -> float:
    """Returns the larger one; a NaN does not count."""
    return x if x > y or python.isnan(y) else y


def fmin(x: float, y: float) -> float:
    """Returns the smaller one; a NaN does not count."""
    return x if x < y or python.isnan(y) else y


def _whole(function: Callable[[float], int], x: float) -> float:
    return python.copysign(float(function(x)), x) if python.isfinite(x) else x


def ceil(x: float) -> float:
    """Returns the whole number that is not less."""
    return _whole(python.ceil, x)


def floor(x: float) -> float:
    """Returns the whole number that is not more."""
    return _whole(python.floor, x)


def trunc(x: float) -> float:
    """Returns the whole number towards zero."""
    return _whole(python.trunc, x)


def round(x: float) -> float:
    """Returns the nearest whole number, of two the one away from zero."""
    if not python.isfinite(x):
        return x
    part, whole = python.modf(x)
    return whole + python.copysign(1.0, x) if abs(part) >= 0.5 else whole


def lround(x: float) -> int:
    """Returns the nearest ``long``, of two the one away from zero."""
    return int64_t(round(x))


llround = lround


def frexp(x: float, exponent: aos_ref_t[int]) -> float:
    """Returns the mantissa, from 0.5 to 1.

    :param exponent: gets the power of 2
    """
    mantissa, exponent.value = python.frexp(x)
    return mantissa


def ldexp(x: float, exponent: int) -> float:
    """Returns ``x`` times a power of 2.

    :param exponent: the power
    """
    return _or_infinite(python.ldexp, x, exponent, sign=x)


def modf(x: float, whole: aos_ref_t[float]) -> float:
    """Returns what is behind the point.

    :param whole: gets what is before it
    """
    part, whole.value = python.modf(x)
    return part


def isfinite(x: float) -> int:
    """1 for what is neither infinite nor NaN."""
    return int(python.isfinite(x))


def signbit(x: float) -> int:
    """Whether a number is negative, as -0.0 is."""
    return int(python.copysign(1, x) < 0)


def isinf(x: float) -> int:
    """1 for infinity, -1 for negative infinity."""
    return int(python.copysign(1, x)) if python.isinf(x) else 0


def isnan(x: float) -> int:
    """1 for NaN."""
    return int(python.isnan(x))


def ceilf(x: float) -> float:
    """Returns as ``ceil``, for a ``float``."""
    return ceil(float_(x))


def fabsf(x: float) -> float:
    """Returns as ``fabs``, for a ``float``."""
    return fabs(float_(x))


def floorf(x: float) -> float:
    """Returns as ``floor``, for a ``float``."""
    return floor(float_(x))


def roundf(x: float) -> float:
    """Returns as ``round``, for a ``float``."""
    return round(float_(x))


def sqrtf(x: float) -> float:
    """Returns as ``sqrt``, for a ``float``."""
    return float_(sqrt(float_(x)))
