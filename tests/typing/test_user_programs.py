"""What a type checker knows of a user's program.

Each function runs, and is read by mypy: an ``assert_type`` that is wrong is an error there, and so is an ignored error
that does not occur.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from oss.oss_api import *

if TYPE_CHECKING:
    from typing_extensions import assert_type
else:

    def assert_type(value: object, kind: object) -> None:
        """Asks nothing when the program runs."""


def a_page() -> oss_list_object_params_t:
    params = oss_create_list_object_params(None)
    content = oss_create_list_object_content(None)
    content.key = "name"
    aos_list_add_tail(content.node, params.object_list)
    return params


def test_the_entries_of_a_list_are_known() -> None:
    for content in a_page().object_list:
        assert_type(content, oss_list_object_content_t)
        assert_type(content.key.data, "str | None")
        assert content.key.data == "name"
        with pytest.raises(AttributeError):
            content.name  # type: ignore[attr-defined]  # noqa: B018


def test_a_loop_names_what_the_list_holds() -> None:
    params = a_page()
    for content in aos_list_for_each_entry(oss_list_object_content_t, params.object_list, "node"):
        assert_type(content, oss_list_object_content_t)
    with pytest.raises(TypeError, match="must hold oss_tag_content_t"):
        list(aos_list_for_each_entry(oss_tag_content_t, params.object_list))  # type: ignore[misc]


def test_a_list_of_ones_own() -> None:
    plain: aos_list_t = aos_list_t()
    keys: aos_list_t[oss_object_key_t] = aos_list_t()
    aos_list_init(keys)
    assert_type(list(plain), "list[Any]")
    assert_type(list(keys), "list[oss_object_key_t]")
    found: list[Any] = [*plain, *keys]
    assert not found


def test_wrong_fields_and_wrong_values() -> None:
    params = oss_create_resumable_clt_params_content(None, 1024 * 1024, 3, AOS_TRUE, None)
    assert_type(params.part_size, int)
    assert_type(params.checkpoint_path, aos_string_t)
    with pytest.raises(AttributeError):
        params.partsize = 1  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        params.thread_num = "3"  # type: ignore[assignment]


def test_wrong_arguments() -> None:
    with pytest.raises(TypeError):
        aos_list_init(oss_object_key_t())  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        oss_config_create(None, 1)  # type: ignore[call-arg]
