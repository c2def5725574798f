"""The façade: one import brings what a program needs, and nothing that it would rather not have."""

from __future__ import annotations

import builtins
import inspect
from typing import Any

import pytest

from aos import aos_http_io
from oss import oss_api, oss_bucket, oss_live, oss_multipart, oss_object, oss_resumable
from oss._call.api import api
from oss._request.errors import invalid_argument
from oss.oss_api import (
    AOSE_OK,
    aos_http_controller_create,
    aos_http_transport_t,
    oss_config_create,
    oss_delete_object,
    oss_get_object_meta,
    oss_request_options_create,
)

NEEDED = """
AOSE_OK HTTP_PUT OSS_ACL_PRIVATE aos_buf_list_content aos_buf_pack aos_buf_size aos_buf_t aos_http_controller_create
aos_http_io_deinitialize aos_http_io_initialize aos_http_request_create aos_http_request_options_create aos_info_log
aos_list_add_tail aos_list_for_each_entry aos_list_init aos_list_t aos_log_set_level aos_pcalloc aos_pool_create
aos_pool_destroy aos_pool_t aos_ref_t aos_status_is_ok aos_status_t aos_str_set aos_string_t aos_table_make aos_table_t
apr_file_open apr_psprintf apr_sleep apr_table_add apr_table_get apr_table_set apr_time_now oss_config_create
oss_create_list_object_params oss_create_resumable_clt_params_content oss_request_options_create
oss_request_options_t oss_resumable_download_file
"""
REPLACEABLE = (
    "aos_http_transport_create",
    "aos_http_transport_perform",
    "aos_global_pool",
    "aos_stderr_file",
    "aos_log_level",
)


def names_of(module: Any) -> set[str]:
    return set(module.__all__)


def test_it_brings_what_a_program_needs() -> None:
    assert not set(NEEDED.split()) - names_of(oss_api)
    for room in (oss_bucket, oss_live, oss_multipart, oss_object, oss_resumable):
        assert not names_of(room) - names_of(oss_api)


def test_it_brings_no_builtin_and_no_variable() -> None:
    names = names_of(oss_api)
    assert not names & set(dir(builtins)) and not names & set(REPLACEABLE)
    assert all(hasattr(oss_api, name) and not name.startswith("_") for name in names)


def test_every_function_says_its_c_prototype() -> None:
    for room in (oss_bucket, oss_live, oss_multipart, oss_object):
        for name in names_of(room):
            function = getattr(room, name)
            first = (inspect.getdoc(function) or "").partition("\n\n")[0]
            names = [part.split()[-1].lstrip("*") for part in first.partition("(")[2].rstrip(")").split(",")]
            assert first.partition("(")[0].split()[-1].lstrip("*") == name
            assert names == list(inspect.signature(function).parameters)


def test_arguments_by_name_and_too_few() -> None:
    options = oss_request_options_create(None)
    status = oss_get_object_meta(object="k", bucket="?", resp_headers=None, options=options)
    assert status.error_code == "BucketNameInvalidError"
    with pytest.raises(TypeError, match="resp_headers"):
        oss_get_object_meta(options, "bucket", "k")  # type: ignore[call-arg]
    assert oss_get_object_meta(options, "bucket", "k", None).error_msg == "options.config is NULL"
    options.config = oss_config_create(None)
    assert oss_get_object_meta(options, "bucket", "k", None).error_msg == "options.ctl is NULL"


def test_a_function_without_a_status_raises() -> None:
    @api
    def answer(number: int) -> int:
        if number < 0:
            raise invalid_argument("number is negative")
        return number

    assert answer(1) == 1
    with pytest.raises(ValueError, match="number is negative"):
        answer(-1)
    with pytest.raises(TypeError, match="number must be an int, not bool"):
        answer(True)


def test_the_transport_is_looked_up_at_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    options = oss_request_options_create(None)
    options.config, options.ctl = oss_config_create(None), aos_http_controller_create(None, 0)
    options.config.endpoint = "oss.example.com"
    options.config.access_key_id = options.config.access_key_secret = "x"

    def perform(transport: aos_http_transport_t) -> int:
        transport.resp.status = 204
        return AOSE_OK

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", perform)
    assert oss_delete_object(options, "bucket", "k", None).code == 204
