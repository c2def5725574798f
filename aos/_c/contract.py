"""The types of a function's arguments: its annotations are its contract, and this is where they are enforced.

A module says at its end that its public functions check what they are given::

    check_arguments(globals(), late=("aos_buf_size",))

From then on an argument of a wrong type is a TypeError, before anything has been done: ``aos_list_get_first: list must
be an aos_list_t, not dict``. Which types a function has taken is remembered, so that checking a call is a look-up of
its arguments' types, whatever their number. ``late`` names functions that are called for every part or entry
and store nothing that they should not: their arguments are checked only when they have failed (0.1 µs a call instead of
0.3).

None (NULL) is for the function to judge. Where one that must not be None made it fail, that is a ValueError.
"""

from __future__ import annotations

import builtins
import functools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import FunctionType
from typing import Any, NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

__all__ = ["ArgumentError", "blame", "check_arguments", "check_types", "NullError", "one_of", "types_of"]


class ArgumentError(TypeError):
    """Says which parameter got a wrong type. The name of the function is added where the function ends."""


class NullError(ValueError):
    """Says which parameter must not be None. The function may have been called by another one."""


class _Rule(NamedTuple):
    """What a parameter takes, in words, and whether it takes a type."""

    words: str
    takes: Callable[[type], bool]


def _is_text(kind: type) -> bool:
    return issubclass(kind, _TEXTS) or (hasattr(kind, "len") and hasattr(kind, "data"))


def _is_integer(kind: type) -> bool:
    return hasattr(kind, "__index__") and not issubclass(kind, bool)


_BYTES = (bytes, bytearray, memoryview)
_TEXTS: tuple[type, ...] = (str, *_BYTES, os.PathLike)
_ANYTHING = _Rule("anything", lambda kind: True)
_NULL = _Rule("None", lambda kind: kind is type(None))
_INTEGER = _Rule("an int", _is_integer)
_TEXT = _Rule("text", _is_text)
_CALLABLE = _Rule("callable", lambda kind: issubclass(kind, Callable))  # type: ignore[arg-type]

_RULES: dict[object, _Rule] = {
    int: _INTEGER,
    float: _Rule("a number", lambda kind: _is_integer(kind) or issubclass(kind, float)),
    str: _TEXT,
    bytes: _Rule("bytes-like", lambda kind: issubclass(kind, _BYTES)),
    bytearray: _Rule("a bytearray", lambda kind: issubclass(kind, (bytearray, memoryview))),
    object: _ANYTHING,
    Any: _ANYTHING,
    Callable: _CALLABLE,
    "None": _NULL,
    "aos_text_t": _TEXT,
    "PathArgument": _TEXT,
}
"""Rules by the type, or by the name of an alias that is a union. Any other type is a class: its instances are taken."""


def _rules_of(annotation: str, scope: Mapping[str, Any]) -> list[_Rule]:
    """Makes a rule of each alternative of an annotation."""
    found = []
    for name in re.findall(r"(?:^|\| )(\w+)", re.sub(r"\[.*?\](?= \||$)", "", annotation)):
        meant = scope.get(name, getattr(builtins, name, None))
        meant = getattr(meant, "__origin__", meant)
        if isinstance(meant, TypeVar):
            found += [_rule_of(kind) for kind in meant.__constraints__] or [_ANYTHING]
        else:
            found.append(_RULES.get(name) or _rule_of(meant))
    return found


def _rule_of(meant: Any) -> _Rule:
    return _RULES.get(meant) or _Rule(one_of(meant), lambda kind: issubclass(kind, meant))


def one_of(kind: type) -> str:
    """Returns the name of a type behind its article: ``an aos_list_t``, ``a bytearray``."""
    return f"{'an' if kind.__name__[0] in 'aeio' else 'a'} {kind.__name__}"


class _Parameter(NamedTuple):
    """One parameter of a function."""

    name: str
    rules: list[_Rule]

    def takes(self, kind: type) -> bool:
        """Says whether an argument of a type is passed on to the function; None is, wherever C has a pointer."""
        if any(rule.takes(kind) for rule in self.rules):
            return True
        return kind is type(None) and self.rules != [_INTEGER]

    def must_not_be_null(self) -> bool:
        return not any(rule.takes(type(None)) for rule in self.rules)

    def refusal(self, kind: type) -> ArgumentError:
        words = " or ".join(dict.fromkeys(rule.words for rule in self.rules if rule is not _NULL))
        return ArgumentError(f"{self.name} must be {words}, not {kind.__name__}")


@functools.cache
def _contract(function: Callable[..., Any]) -> list[_Parameter]:
    """Reads the parameters of a function, at its first call."""
    plain = _plain(function)
    names = plain.__code__.co_varnames[: plain.__code__.co_argcount]
    return [_Parameter(name, _rules_of(plain.__annotations__[name], plain.__globals__)) for name in names]


def _plain(function: Any) -> FunctionType:
    """Takes the decorators off a function."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    plain: FunctionType = function
    return plain


@functools.lru_cache(maxsize=4096)
def check_types(function: Callable[..., Any], name: str, /, *kinds: type, **named: type) -> None:
    """Refuses the types of a call's arguments. A wrong number of arguments is for Python to refuse."""
    for item, kind in _given(function, kinds, named):
        if not item.takes(kind):
            raise TypeError(f"{name}: {item.refusal(kind)}")


def _given(function: Callable[..., Any], values: Iterable[T], named: Mapping[str, T]) -> Iterator[tuple[_Parameter, T]]:
    """Pairs the parameters that a call gives with what it gives for them."""
    parameters = _contract(function)
    yield from zip(parameters, values, strict=False)
    yield from ((item, named[item.name]) for item in parameters if item.name in named)


def types_of(values: Mapping[str, object]) -> dict[str, type]:
    """The types of arguments that are given by name."""
    return {name: type(value) for name, value in values.items()}


def blame(function: Callable[..., Any], name: str, problem: Exception, args: Any, kwds: Any) -> None:
    """Raises a better exception than the one a function ended with, where an argument is to blame for that."""
    check_types(function, name, *map(type, args), **types_of(kwds))
    if isinstance(problem, ArgumentError):
        raise TypeError(f"{name}: {problem}") from problem
    if isinstance(problem, (AttributeError, TypeError, NullError)):
        for item, value in _given(function, args, kwds):
            if value is None and item.must_not_be_null():
                raise NullError(f"{name}: {item.name} must not be None") from problem


def checked(function: Callable[P, R], name: str, late: bool = False) -> Callable[P, R]:
    """Wraps a function so that it checks its arguments; messages call it ``name``, which may be an alias of it."""

    def call(*args: P.args, **kwds: P.kwargs) -> R:
        if not late:
            check_types(function, name, *map(type, args), **(types_of(kwds) if kwds else kwds))
        try:
            return function(*args, **kwds)
        except Exception as problem:
            blame(function, name, problem, args, kwds)
            raise

    made = functools.update_wrapper(call, function)
    made.__qualname__ = name
    return made


def check_arguments(module: dict[str, Any], late: Iterable[str] = ()) -> None:
    """Makes the public functions that a module defines, or gives another name, check their arguments."""
    public, late = set(module["__all__"]), set(late)
    for name, value in list(module.items()):
        if name not in public or not isinstance(value, FunctionType) or not value.__code__.co_varnames:
            continue
        if value.__module__ == module["__name__"] or value.__qualname__ != name:
            module[name] = checked(_unchecked(value), name, name in late)


def _unchecked(function: Any) -> Any:
    """Takes the wrapper of :func:`checked` off a function, and leaves other decorators on."""
    while function.__code__.co_filename == __file__:
        function = function.__wrapped__
    return function
