"""Tables, against a model that is a plain list of pairs."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aos.aos_define import (
    aos_array_header_t,
    aos_is_empty_table,
    aos_table_add_int,
    aos_table_add_int64,
    aos_table_elts,
    aos_table_make,
    aos_table_set_int64,
    aos_table_t,
    apr_table_add,
    apr_table_addn,
    apr_table_clear,
    apr_table_get,
    apr_table_make,
    apr_table_set,
    apr_table_unset,
)

KEYS = st.sampled_from(["a", "A", "b", "Content-Type", "content-type", "é", "É"])
STEPS = st.lists(st.tuples(st.sampled_from(["set", "add", "unset"]), KEYS, st.text("xyz", max_size=2)))


def fold(key: str) -> str:
    return "".join(c.lower() if c < "\x80" else c for c in key)


def table(*pairs: tuple[str, str]) -> aos_table_t:
    t = apr_table_make(None, 0)
    for key, value in pairs:
        apr_table_add(t, key, value)
    return t


@given(STEPS)
def test_a_table_is_a_list_of_pairs(steps: list[tuple[str, str, str]]) -> None:
    t, model = aos_table_make(None, 5), list[tuple[str, str]]()
    for step, key, value in steps:
        places = [i for i, (k, _) in enumerate(model) if fold(k) == fold(key)]
        if step == "add":
            apr_table_add(t, key, value)
            model.append((key, value))
        elif step == "set":
            apr_table_set(t, key, value)
            if places:
                model[places[0]] = (model[places[0]][0], value)
                model = [pair for i, pair in enumerate(model) if i not in places[1:]]
            else:
                model.append((key, value))
        else:
            apr_table_unset(t, key)
            model = [pair for i, pair in enumerate(model) if i not in places]
        assert t.items() == model
        assert apr_table_get(t, key) == next((v for k, v in model if fold(k) == fold(key)), None)
    assert len(t) == len(model) == aos_table_elts(t).nelts
    assert aos_is_empty_table(t) == (not model)


def test_the_mapping_protocol() -> None:
    t = table(("A", "1"), ("b", "2"), ("a", "3"))
    assert (t["a"], t.get("x"), t.get("x", "y"), "B" in t, list(t)) == ("1", None, "y", True, ["A", "b", "a"])
    assert (t.keys(), t.values()) == (["A", "b", "a"], ["1", "2", "3"])
    t["a"] = "4"
    assert t.items() == [("A", "4"), ("b", "2")]
    del t["A"]
    assert t.items() == [("b", "2")]
    with pytest.raises(KeyError):
        del t["A"]
    with pytest.raises(KeyError):
        t["A"]


def test_entries_are_the_table_s_own() -> None:
    t = table(("a", "1"))
    aos_table_elts(t).elts[0].val = "2"
    assert t["a"] == "2"


def test_entries_stay_the_table_s_own_whatever_is_done_to_it() -> None:
    def change(t: aos_table_t) -> None:
        t.add("B", "3")
        t["a"] = "4"
        t.extend([("c", None), ("d", "5")])
        del t["b"]
        t["e"] = "6"

    plain, seen = table(("a", "1"), ("b", "2"), ("A", "7")), table(("a", "1"), ("b", "2"), ("A", "7"))
    elts = aos_table_elts(seen).elts
    change(plain)
    change(seen)
    assert plain.items() == seen.items() == [(entry.key, entry.val) for entry in elts]
    assert plain.items() == [("a", "4"), ("c", None), ("d", "5"), ("e", "6")]
    elts[0].key = "z"
    assert (seen.get("a"), seen["Z"], len(seen)) == (None, "4", 4)
    seen.clear()
    assert (elts, seen.items()) == ([], [])


def test_numbers_are_stored_as_text() -> None:
    t = aos_table_t()
    aos_table_add_int(t, "n", -1)
    aos_table_add_int64(t, "n", 1 << 40)
    assert t.items() == [("n", "-1"), ("n", "1099511627776")]
    aos_table_set_int64(t, "n", 7)
    assert t.items() == [("n", "7")]
    with pytest.raises(TypeError):
        aos_table_add_int(t, "n", 1.5)  # type: ignore[arg-type]


def test_tables_compare_by_identity_and_are_true() -> None:
    t = aos_table_t()
    assert t != aos_table_t()
    assert t
    twin = copy.copy(table(("a", "1")))
    assert twin.items() == [("a", "1")]


def test_a_copy_is_independent() -> None:
    t = table(("a", "1"))
    twin = t.copy()
    apr_table_set(twin, "a", "2")
    assert t["a"] == "1"


def test_clear_and_null() -> None:
    t = table(("a", "1"))
    apr_table_clear(t)
    assert (len(t), aos_is_empty_table(None)) == (0, 1)
    apr_table_addn(t, "k", None)
    assert (t["k"], apr_table_get(t, "k")) == (None, None)
    with pytest.raises(ValueError, match="t must not be None"):
        apr_table_get(None, "k")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="key must not be None"):
        apr_table_set(t, None, "v")  # type: ignore[arg-type]


def test_secrets_do_not_show() -> None:
    t = table(("authorization", "OSS id:sig"), ("x-oss-security-token", "tok"), ("Host", "h"))
    assert "sig" not in repr(t)
    assert "tok" not in repr(t).replace("token", "")
    assert "'h'" in repr(t)
    assert "sig" not in repr(aos_table_elts(t).elts)


@pytest.mark.parametrize("value", [1.5, object(), "text", (), 1])
def test_the_elements_of_an_array_are_a_list(value: Any) -> None:
    array = aos_array_header_t()
    with pytest.raises(TypeError, match=r"aos_array_header_t\.elts must be a list"):
        array.elts = value
    assert (array.elts, array.nelts) == ([], 0)
    array.elts = [1, 2]
    assert (array.nelts, repr(array)) == (2, "<aos_array_header_t of 2>")


def test_the_count_of_an_array_is_that_of_its_elements() -> None:
    array = aos_array_header_t(["a", "b", "c"])
    assert array.nelts == 3
    array.nelts = 1
    assert (array.elts, array.nelts) == (["a"], 1)
    for wrong in (2, -1):
        with pytest.raises(ValueError, match=f"nelts is {wrong}, but there are 1 elements"):
            array.nelts = wrong
    assert aos_array_header_t().nelts == 0
