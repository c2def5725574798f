"""The C suite test_oss_image, by the names of its cases.

The parameter goes out as it was given, the processed image comes back and is stored. Images are processed by the real
service alone, so a script on the wire plays it; the local one says clearly that it does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from oss.oss_api import *
from tests.service import BUCKET, Service, content, new_list, running, table
from tests.wire import WireServer, answer, say

ORIGINAL, PROCESSED = "example.jpg", "processed_example.jpg"
PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256))
CASES = {
    "test_resize_image": ("image/resize,m_fixed,w_100,h_100", "image/jpeg"),
    "test_crop_image": ("image/crop,w_100,h_100,x_100,y_100,r_1", "image/jpeg"),
    "test_rotate_image": ("image/rotate,90", "image/jpeg"),
    "test_sharpen_image": ("image/sharpen,100", "image/jpeg"),
    "test_watermark_image": ("image/watermark,text_SGVsbG8g5Zu-54mH5pyN5YqhIQ", "image/jpeg"),
    "test_format_image": ("image/format,png", "image/png"),
}
EACH = pytest.mark.parametrize(("process", "kind"), CASES.values(), ids=CASES.keys())


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running() as made:
        yield made


def query(target: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(target).query, keep_blank_values=True, strict_parsing=True)


@EACH
def test_image(service: Service, no_connections: None, process: str, kind: str) -> None:
    """Got processed, then stored: the second request's body is the first one's answer."""
    image, headers = new_list(), aos_table_t()
    with WireServer(say(answer(PICTURE, "200 OK", f"Content-Type: {kind}"), answer())) as wire:
        service.options.config.endpoint = wire.url
        try:
            where = service.where
            status = oss_get_object_to_buffer(*where, ORIGINAL, None, table((OSS_PROCESS, process)), image, headers)
            assert (status.code, content(image), headers["Content-Type"]) == (200, PICTURE, kind)
            assert oss_put_object_from_buffer(*where, PROCESSED, image, None, None).code == 200
        finally:
            service.options.config.endpoint = service.server.endpoint
    got, put = wire.peers[0].received.decode("latin-1").split("PUT ", 1)
    method, target, _ = got.split(" ", 2)
    assert (method, unquote(urlsplit(target).path)) == ("GET", f"/{BUCKET}/{ORIGINAL}")
    assert query(target) == [("x-oss-process", process)]
    assert unquote(put.split(" ")[0]) == f"/{BUCKET}/{PROCESSED}"
    assert put.encode("latin-1").endswith(b"\r\n\r\n" + PICTURE)


@EACH
def test_a_service_without_image_processing(service: Service, process: str, kind: str) -> None:
    service.put(ORIGINAL, PICTURE)
    image = new_list()
    status = oss_get_object_to_buffer(*service.where, ORIGINAL, None, table((OSS_PROCESS, process)), image, None)
    assert query(service.server.requests[-1].target) == [("x-oss-process", process)]
    assert (status.code, status.error_code) == (400, "InvalidArgument")
    assert status.error_msg and status.req_id
    assert PICTURE not in content(image)
