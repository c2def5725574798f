"""The C suite test_oss_select_object, by the names of its cases, as far as tests/oss does not have them."""

from __future__ import annotations

from typing import Any

from oss.oss_api import *
from tests.service import INVALID_BUCKETS, running


def test_select_object_invalid_parameter() -> None:
    calls: list[tuple[Any, int]] = [
        (oss_select_object_to_buffer, 4),
        (oss_select_object_to_file, 4),
        (oss_create_select_object_meta, 2),
    ]
    with running() as service:
        for bucket in INVALID_BUCKETS:
            for function, arguments in calls:
                status = function(service.options, bucket, *[None] * arguments, service.headers)
                found = (status.code, status.error_code)
                assert found == (AOSE_INVALID_ARGUMENT, AOS_BUCKET_NAME_INVALID_ERROR), (bucket, function)
        assert not service.server.requests
