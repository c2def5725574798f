"""Pools: order of the ends, reopening, context managers."""

from __future__ import annotations

import pytest

from aos.aos_define import AOSE_INVALID_ARGUMENT, AOSE_OK, aos_pool_create, aos_pool_destroy, aos_pool_t


def opened(parent: aos_pool_t | None = None) -> aos_pool_t:
    pool = aos_pool_t()
    assert aos_pool_create(pool, parent) == AOSE_OK
    return pool


def test_children_end_first_and_the_youngest_first() -> None:
    ends: list[str] = []
    parent = opened()
    parent.on_destroy(lambda: ends.append("parent 1"))
    for name in ("first child", "second child"):
        opened(parent).on_destroy(lambda name=name: ends.append(name))  # type: ignore[misc]
    parent.on_destroy(lambda: ends.append("parent 2"))
    aos_pool_destroy(parent)
    assert ends == ["second child", "first child", "parent 2", "parent 1"]


def test_a_pool_ends_once_and_opens_again() -> None:
    ends: list[int] = []
    pool = opened()
    pool.on_destroy(lambda: ends.append(1))
    aos_pool_destroy(pool)
    aos_pool_destroy(pool)
    assert (pool.is_open, ends) == (False, [1])
    assert aos_pool_create(pool, None) == AOSE_OK
    assert pool.is_open
    aos_pool_destroy(pool)
    assert ends == [1]


def test_a_destroyed_child_leaves_its_parent() -> None:
    ends: list[int] = []
    parent = opened()
    child = opened(parent)
    child.on_destroy(lambda: ends.append(1))
    aos_pool_destroy(child)
    aos_pool_destroy(parent)
    assert ends == [1]


def test_every_clean_up_runs_when_one_raises() -> None:
    ends: list[int] = []
    pool = opened()
    pool.on_destroy(lambda: ends.append(1))
    pool.on_destroy(lambda: 1 // 0)
    pool.on_destroy(lambda: ends.append(3))
    with pytest.raises(ZeroDivisionError):
        aos_pool_destroy(pool)
    assert (ends, pool.is_open) == ([3, 1], False)


def test_a_forgotten_clean_up_does_not_run() -> None:
    ends: list[int] = []
    pool, end = opened(), lambda: ends.append(1)
    pool.on_destroy(end)
    pool.forget(end)
    aos_pool_destroy(pool)
    assert not ends


def test_a_pool_is_a_context_manager() -> None:
    with aos_pool_t() as pool:
        assert pool.is_open
    assert not pool.is_open


def test_only_an_open_pool_is_a_parent() -> None:
    child, parent = aos_pool_t(), opened()
    aos_pool_destroy(parent)
    assert aos_pool_create(child, parent) == AOSE_INVALID_ARGUMENT
    assert not child.is_open
    with pytest.raises(ValueError, match="n must not be None"):
        aos_pool_create(None, None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        aos_pool_create(object(), None)  # type: ignore[arg-type]


def test_pools_in_a_ring_end() -> None:
    first = opened()
    second = opened(first)
    assert aos_pool_create(first, second) == AOSE_OK
    aos_pool_destroy(first)
    assert not first.is_open
    assert not second.is_open
