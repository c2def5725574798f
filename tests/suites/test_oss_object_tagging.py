"""The C suite test_oss_object_tagging, by the names of its cases, as far as tests/oss does not have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from oss.oss_api import *
from tests.resumable import pattern
from tests.service import INVALID_BUCKETS, Service, new_list, table


def test_object_tagging_resumale_upload(service: Service, tmp_path: Path) -> None:
    key, data = "test_object_tagging_resumable_upload", pattern(250_000)
    (file := tmp_path / "file").write_bytes(data)
    params = oss_create_resumable_clt_params_content(None, 1024 * 100, 3, AOS_FALSE, None)
    tagging = table(x_oss_tagging="key1=value1&key2=value2")
    status = oss_resumable_upload_file(*service.where, key, str(file), tagging, None, params, None, None, None)
    assert status.code == 200, status
    assert service.get(key) == data
    tags = new_list()
    assert oss_get_object_tagging(*service.where, key, tags, service.headers).code == 200
    assert [(str(tag.key), str(tag.value)) for tag in tags] == [("key1", "value1"), ("key2", "value2")]
    assert "x-oss-request-id" in service.headers


@pytest.mark.parametrize("bucket", INVALID_BUCKETS)
def test_object_tagging_invalid_parameter(service: Service, bucket: Any) -> None:
    options, nothing, headers = service.options, None, service.headers
    calls: list[tuple[Any, ...]] = [
        (oss_put_object_tagging, nothing, nothing),
        (oss_get_object_tagging, nothing, nothing),
        (oss_delete_object_tagging, nothing),
    ]
    for function, *arguments in calls:
        status = function(options, bucket, *arguments, headers)
        assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, AOS_BUCKET_NAME_INVALID_ERROR)
    assert not service.server.requests
