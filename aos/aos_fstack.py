"""A stack of functions to call later (``aos_fstack.h``).

What a parameter is, unless a function says otherwise:

:param fstack: stack that ``aos_fstack_create`` has made
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from aos import aos_define
from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.structs import CallbackField, CStruct, PointerField, StructField, index_of, int_field, pointer_field
from aos.aos_define import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "aos_fstack_create",
        "aos_fstack_destory",
        "aos_fstack_item_t",
        "aos_fstack_pop",
        "aos_fstack_push",
        "aos_func1_pt",
        "aos_func2_pt",
        "aos_func3_pt",
        "aos_func4_pt",
        "aos_func_u",
    ]
    __all__ += aos_define.__all__

aos_func1_pt: TypeAlias = Callable[[Any], object]
aos_func2_pt: TypeAlias = Callable[[], object]
aos_func3_pt: TypeAlias = Callable[[Any], int]
aos_func4_pt: TypeAlias = Callable[[], int]

_WITH_DATA, _WITHOUT_DATA = (1, 3), (2, 4)  # the orders, by what the function takes


class _Member(CallbackField):
    """A member of a union: all of them are one slot."""

    def bind(self, name: str) -> None:
        self.name, self.slot = name, "_function"


class aos_func_u(CStruct):
    """``aos_func_u``: one function, under the name that says what it takes. A plain function may be assigned to one."""

    func1 = _Member("aos_func1_pt")
    """takes the data, returns nothing"""
    func2 = _Member("aos_func2_pt")
    """takes nothing, returns nothing"""
    func3 = _Member("aos_func3_pt")
    """takes the data, returns an int"""
    func4 = _Member("aos_func4_pt")
    """takes nothing, returns an int"""

    def assign(self, other: object) -> None:
        if isinstance(other, aos_func_u):
            super().assign(other)
        else:
            self.func1 = cast(aos_func1_pt, other)  # the field refuses what cannot be called


class _FunctionField(StructField[aos_func_u]):
    """The union by value; a plain function may be assigned."""

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> aos_func_u: ...
        def __set__(self, instance: CStruct, value: aos_func_u | Callable[..., object]) -> None: ...


class aos_fstack_item_t(CStruct):
    """``aos_fstack_item_t``: a function to call later, and its data."""

    data: PointerField[Any] = pointer_field(object)
    """what a function of order 1 or 3 is called with"""
    func = _FunctionField(aos_func_u)
    """the function to call"""
    order = int_field()
    """which member of ``func`` is called, 1 to 4; 1 and 3 get ``data``"""


def aos_fstack_create(p: aos_pool_t | None, size: int) -> aos_array_header_t:
    """aos_array_header_t *aos_fstack_create(aos_pool_t *p, int size)

    Returns an empty stack; ``size`` is a hint.

    :param size: how many entries to make room for
    """
    return aos_array_header_t()


def aos_fstack_push(
    fstack: aos_array_header_t, data: Any, func: aos_func_u | Callable[..., object], order: int
) -> None:
    """void aos_fstack_push(aos_array_header_t *fstack, void *data, aos_func_u func, int order)

    Puts a function and its data on the stack.

    :param data: what the function gets
    :param func: function to be called when the entry is taken off
    :param order: what the function takes and returns, 1 to 4, as the members of ``aos_func_u``
    """
    item = aos_fstack_item_t()
    item.data, item.func, item.order = data, func, index_of(order, "order")
    required(fstack, aos_array_header_t, "fstack").elts.append(item)


def aos_fstack_pop(fstack: aos_array_header_t) -> aos_fstack_item_t | None:
    """aos_fstack_item_t *aos_fstack_pop(aos_array_header_t *fstack)

    Takes the last entry off and calls its function. Returns the entry; None when there is none.
    """
    stack = required(fstack, aos_array_header_t, "fstack").elts
    if not stack:
        return None
    item: aos_fstack_item_t = stack.pop()
    if item.order in _WITH_DATA:
        item.func.func1(item.data)
    elif item.order in _WITHOUT_DATA:
        item.func.func2()
    return item


def aos_fstack_destory(fstack: aos_array_header_t) -> None:
    """void aos_fstack_destory(aos_array_header_t *fstack)

    Takes the entries off and calls their functions, the last one first, until the stack is empty.
    """
    while aos_fstack_pop(fstack) is not None:
        pass


check_arguments(globals())
