"""The stack of functions."""

from __future__ import annotations

import pytest

from aos.aos_fstack import (
    aos_fstack_create,
    aos_fstack_destory,
    aos_fstack_item_t,
    aos_fstack_pop,
    aos_fstack_push,
    aos_func_u,
)


def test_last_in_first_out_by_order() -> None:
    calls: list[object] = []
    stack = aos_fstack_create(None, 4)
    one, none = aos_func_u(), aos_func_u()
    one.func1 = calls.append
    none.func2 = lambda: calls.append("none")
    for order, func in ((1, one), (2, none), (3, one), (4, none), (5, one)):
        aos_fstack_push(stack, order, func, order)
    item = aos_fstack_pop(stack)
    assert item is not None
    assert (item.order, item.data, calls) == (5, 5, [])
    aos_fstack_destory(stack)
    assert calls == ["none", 3, "none", 1]
    assert aos_fstack_pop(stack) is None


def test_members_of_the_union_are_one() -> None:
    func = aos_func_u()
    func.func3 = len
    assert func.func1 is func.func4 is len
    item = aos_fstack_item_t()
    item.func = func
    func.func1 = print
    assert item.func.func2 is len
    with pytest.raises(TypeError):
        aos_fstack_push(aos_fstack_create(None, 1), None, 5, 1)  # type: ignore[arg-type]
