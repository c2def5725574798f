"""The fields of all structs say what they mean, where programmers look."""

from __future__ import annotations

import pydoc

import pytest

from aos import aos_http_io
from aos._c.structs import CStruct
from oss import oss_api, oss_resumable, oss_xml

PUBLIC = vars(oss_api) | vars(oss_xml) | vars(oss_resumable) | vars(aos_http_io)
STRUCTS = {
    name: value
    for name, value in sorted(PUBLIC.items())
    if isinstance(value, type) and issubclass(value, CStruct) and name.endswith(("_t", "_u"))
}


def test_there_are_structs() -> None:
    assert {"aos_list_t", "aos_string_t", "aos_func_u", "oss_checkpoint_t", "oss_config_t"} <= set(STRUCTS)
    assert len(STRUCTS) > 60


@pytest.mark.parametrize("name", STRUCTS)
def test_every_field_has_a_meaning_of_its_own(name: str) -> None:
    kind = STRUCTS[name]
    meanings = [item.meaning for item in kind.c_fields]
    assert all(len(meaning) > 3 and not meaning.endswith((" ", ".")) for meaning in meanings)
    assert len({*meanings}) == len(meanings) or name == "oss_checkpoint_t"  # two of its fields are not used
    shown = pydoc.plain(pydoc.render_doc(kind))
    for item in kind.c_fields:
        assert getattr(kind, item.name).__doc__ == item.description()
        assert f" {item.name}\n |      {item.description()}\n" in shown
    assert "attrgetter" not in shown


def test_what_is_not_cs_says_so() -> None:
    params = STRUCTS["oss_resumable_clt_params_t"]
    python_only = [item.name for item in params.c_fields if item.python_only]
    assert python_only == ["retry_times", "parts_per_request", "verify_file", "durable"]
    assert all("(Python-only)" in getattr(params, name).__doc__ for name in python_only)


def test_a_list_says_what_it_holds() -> None:
    (objects,) = (item for item in STRUCTS["oss_list_object_params_t"].c_fields if item.name == "object_list")
    assert objects.description().endswith("(a list of ``oss_list_object_content_t``)")
