"""The constructors of the service's structs: defaults, empty lists, elements that append themselves."""

from __future__ import annotations

from typing import Any

import pytest

from oss import oss_util
from oss._define import create
from oss.oss_util import (
    aos_list_t,
    aos_string_t,
    oss_create_and_add_refer,
    oss_create_api_result_content,
    oss_create_checkpoint_content,
    oss_create_cors_rule,
    oss_create_lifecycle_rule_content,
    oss_create_live_channel_configuration_content,
    oss_create_resumable_clt_params_content,
    oss_create_select_object_params,
    oss_create_sub_cors_rule,
    oss_object_key_t,
    oss_referer_config_t,
    oss_referer_t,
)

INT_MAX = 2**31 - 1


DEFAULTS: dict[str, dict[str, Any]] = {
    "oss_create_list_object_params": {"prefix": "", "max_ret": 1000, "truncated": 1, "next_marker": None},
    "oss_create_list_buckets_params": {"max_keys": 0, "truncated": 0, "next_marker": "", "owner_id": ""},
    "oss_create_list_live_channel_params": {"max_keys": 1000, "truncated": 1, "next_marker": None},
    "oss_create_lifecycle_rule_content": {"id": "", "days": INT_MAX, "date": ""},
    "oss_create_cors_rule": {"max_age_seconds": INT_MAX},
    "oss_create_live_channel_configuration_content": {"name": "", "status": "enabled"},
    "oss_create_select_object_meta_params": {"compression_type": "None", "over_write_if_existing": -1},
    "oss_create_oss_object_key": {"key": None},
    "oss_create_list_object_content": {"key": None, "storage_class": None},
}


@pytest.mark.parametrize("function", DEFAULTS)
def test_defaults(function: str) -> None:
    made = getattr(oss_util, function)(None)
    found = {name: getattr(made, name) for name in DEFAULTS[function]}
    assert {name: v.data if isinstance(v, aos_string_t) else v for name, v in found.items()} == DEFAULTS[function]


def test_defaults_of_embedded_structs() -> None:
    rule, other = oss_create_lifecycle_rule_content(None), oss_create_lifecycle_rule_content(None)
    rule.abort_multipart_upload_dt.days = 3
    assert other.abort_multipart_upload_dt.days == INT_MAX
    target = oss_create_live_channel_configuration_content(None).target
    assert (str(target.type), target.frag_duration, target.frag_count) == ("HLS", 5, 3)
    output = oss_create_select_object_params(None).output_param
    assert (output.keep_all_columns, output.output_header, output.record_delimiter.data) == (-1, 0, "")


def test_every_constructor_starts_with_empty_lists() -> None:
    for name in create.__all__:
        if name.startswith("oss_create_list_") or name == "oss_create_cors_rule":
            made = getattr(create, name)(None)
            lists = [v for v in (getattr(made, f.name) for f in made.c_fields) if isinstance(v, aos_list_t)]
            assert all(head.next is head for head in lists), name


def test_checkpoint_and_client_parameters() -> None:
    checkpoint = oss_create_checkpoint_content(None)
    assert (len(checkpoint.parts), checkpoint.parts[9999].index, checkpoint.upload_id.data) == (10000, 0, "")
    with_path = oss_create_resumable_clt_params_content(None, 1 << 20, 3, 1, "x.cp")
    without = oss_create_resumable_clt_params_content(None, 1 << 20, 3, 0, "x.cp")
    assert (with_path.part_size, with_path.thread_num, with_path.checkpoint_path.data) == (1 << 20, 3, "x.cp")
    assert without.checkpoint_path.data is None


def test_elements_that_append_themselves() -> None:
    config = oss_referer_config_t()
    refer = oss_create_and_add_refer(None, config, "http://x")
    assert [item.referer.data for item in config.referer_list] == ["http://x"]
    assert isinstance(refer, oss_referer_t)
    rule = oss_create_cors_rule(None)
    oss_create_sub_cors_rule(None, rule.allowed_method_list, "GET")
    oss_create_sub_cors_rule(None, rule.allowed_method_list, "PUT")
    assert [item.rule.data for item in rule.allowed_method_list] == ["GET", "PUT"]
    with pytest.raises(ValueError, match="refer_config"):
        oss_create_and_add_refer(None, None, "x")  # type: ignore[arg-type]


def test_create_by_size() -> None:
    assert isinstance(oss_create_api_result_content(None, oss_object_key_t), oss_object_key_t)
    assert oss_create_api_result_content(None, 3) == bytearray(3)
