"""Retries: what is tried again, after what, how long later, and what a request is put back to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aos import apr_time
from aos.aos_define import HTTP_GET, HTTP_PUT
from aos.aos_http_io import aos_http_request_create, aos_http_response_create
from aos.apr_tables import aos_table_t
from oss._request import retry
from oss.local_server import Fault
from oss.oss_api import (
    aos_pool_destroy,
    aos_status_t,
    aos_string_t,
    oss_append_object_from_buffer,
    oss_append_object_from_file,
    oss_copy_object,
    oss_delete_object,
    oss_delete_objects,
    oss_do_get_object_to_buffer,
    oss_do_put_object_from_buffer,
    oss_gen_signed_url,
    oss_get_object_acl,
    oss_get_object_to_buffer,
    oss_get_object_to_buffer_by_url,
    oss_get_object_to_file,
    oss_head_object,
    oss_init_multipart_upload,
    oss_list_object,
    oss_put_bucket_acl,
    oss_put_object_from_buffer,
    oss_put_object_from_buffer_by_url,
    oss_put_object_from_file,
    oss_put_symlink,
    oss_restore_object,
)
from oss.oss_util import OSS_ACL_PRIVATE, oss_create_list_object_params, oss_create_oss_object_key
from tests.resumable import DATA
from tests.service import BUCKET, Service, content, new_list, table

HOUR = 3600
Made = Callable[[Service], aos_status_t]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause of the port's own takes no time."""
    monkeypatch.setattr(retry, "BACKOFF_FIRST", 0.0)


@pytest.fixture
def service(service: Service) -> Service:
    service.put("key", DATA)
    service.options.retry_times = 2
    service.server.requests.clear()
    return service


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of the pauses, none of which is made."""
    seconds: list[float] = []

    def note(_options: Any, pause: float) -> bool:
        seconds.append(pause)
        return False

    monkeypatch.setattr("oss._call.api.ended_within", note)
    return seconds


def refuse(service: Service, times: int | None = 1, status: int = 503, **more: Any) -> Fault:
    """Lets the next requests fail."""
    return service.server.add_fault(Fault({}, action="status", times=times, status=status, **more))


def signed(service: Service, method: int) -> str:
    req = aos_http_request_create(None)
    req.method = method
    expires = apr_time.apr_time_now() // 1_000_000 + HOUR
    return oss_gen_signed_url(service.options, BUCKET, "key", expires, req) or ""


def _put(service: Service, *headers: tuple[str, str]) -> aos_status_t:
    return oss_put_object_from_buffer(*service.where, "new", new_list("x" * 9), table(*headers), None)


# ---- which requests ----

REPEATED: dict[str, Made] = {
    "HEAD": lambda service: oss_head_object(*service.where, "key", None, None),
    "GET": lambda service: oss_get_object_to_buffer(*service.where, "key", None, None, new_list(), None),
    "a list": lambda service: oss_list_object(*service.where, oss_create_list_object_params(None), None),
    "a setting of an object": lambda service: oss_get_object_acl(*service.where, "key", aos_string_t(), None),
    "PUT": _put,
    "a setting of a bucket": lambda service: oss_put_bucket_acl(*service.where, OSS_ACL_PRIVATE, None),
    "a copy": lambda service: oss_copy_object(service.options, BUCKET, "key", BUCKET, "copy", None, None),
    "a link": lambda service: oss_put_symlink(*service.where, "link", "key", None),
    "DELETE": lambda service: oss_delete_object(*service.where, "key", None),
    "several deletions": lambda service: oss_delete_objects(*service.where, _keys("key"), 1, None, None),
    "a signed GET": lambda service: oss_get_object_to_buffer_by_url(
        service.options, signed(service, HTTP_GET), None, None, new_list(), None
    ),
}
NOT_REPEATED: dict[str, Made] = {
    "an append": lambda service: oss_append_object_from_buffer(*service.where, "log", 0, new_list("line"), None, None),
    "the beginning of an upload": lambda service: oss_init_multipart_upload(
        *service.where, "key", aos_string_t(), None, None
    ),
    "a restoration": lambda service: oss_restore_object(*service.where, "key", None, None),
    "a PUT that must not overwrite": lambda service: _put(service, ("X-Oss-Forbid-Overwrite", "true")),
    "a PUT with a callback": lambda service: _put(service, ("x-oss-callback", "e30=")),
    "a signed PUT with a callback": lambda service: oss_put_object_from_buffer_by_url(
        service.options, signed(service, HTTP_PUT) + "&callback=e30%3D", new_list("x"), None, None
    ),
}


def _keys(*names: str) -> Any:
    keys = [oss_create_oss_object_key(None) for _ in names]
    for entry, name in zip(keys, names, strict=True):
        entry.key = name
    return new_list(*keys)


@pytest.mark.parametrize("name", REPEATED)
def test_what_is_repeated(service: Service, name: str) -> None:
    fault = refuse(service, 2)
    status = REPEATED[name](service)
    assert (status.code // 100, fault.fired, len(service.server.requests)) == (2, 2, 3), status


@pytest.mark.parametrize("name", NOT_REPEATED)
def test_what_is_not_repeated(service: Service, name: str) -> None:
    refuse(service)
    assert NOT_REPEATED[name](service).code == 503
    assert len(service.server.requests) == 1


@pytest.mark.parametrize("times", [0, -1])
def test_nothing_is_repeated_by_default(service: Service, times: int) -> None:
    service.options.retry_times = times
    refuse(service)
    assert REPEATED["HEAD"](service).code == 503
    assert len(service.server.requests) == 1


@pytest.mark.parametrize(("status", "again"), [(500, 1), (502, 1), (503, 1), (429, 1), (400, 0), (403, 0), (404, 0)])
def test_after_which_statuses(service: Service, status: int, again: int) -> None:
    refuse(service, status=status, code="Some")
    assert REPEATED["GET"](service).code == (200 if again else status)
    assert len(service.server.requests) == 1 + again


def test_after_failures_of_the_line(service: Service) -> None:
    fault = service.server.add_fault(Fault({}, times=2, action="reset"))
    assert _put(service).code == 200
    assert fault.fired == 2


def test_tries_end(service: Service) -> None:
    refuse(service, None)
    assert REPEATED["HEAD"](service).code == 503
    assert len(service.server.requests) == 3


# ---- what they start from ----


def test_the_body_is_whole_each_time(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(DATA)
    made: list[Made] = [
        lambda service: oss_put_object_from_buffer(*service.where, "new", new_list(DATA[:9], DATA[9:]), None, None),
        lambda service: oss_put_object_from_file(*service.where, "new", str(tmp_path / "file"), None, None),
    ]
    for call in made:
        service.server.put(BUCKET, "new", b"")
        refuse(service, 2)
        assert call(service).code == 200, "the CRC64 is compared too"
        assert service.get("new") == DATA
    assert {dict(request.headers)["Content-Length"] for request in service.server.requests} == {str(len(DATA))}


def test_progress_of_a_body_starts_anew(service: Service) -> None:
    told: list[tuple[int, int]] = []
    refuse(service)
    status = oss_do_put_object_from_buffer(
        *service.where, "new", new_list(DATA), None, None, lambda *so_far: told.append(so_far), None, None
    )
    assert (status.code, told.count((len(DATA), len(DATA))) >= 2, told[-1]) == (200, True, (len(DATA), len(DATA)))


@pytest.mark.parametrize("action", ["short_body", "reset"])
def test_an_answer_that_was_begun_starts_anew(service: Service, tmp_path: Path, action: Any) -> None:
    buffer = new_list()
    service.server.add_fault(Fault({}, action=action, after=1000))
    status = oss_get_object_to_buffer(*service.where, "key", None, None, buffer, service.headers)
    assert (status.code, content(buffer), service.headers["Content-Length"]) == (200, DATA, str(len(DATA)))
    service.server.clear_faults()
    service.server.add_fault(Fault({}, action=action, after=1000))
    assert oss_get_object_to_file(*service.where, "key", None, None, str(tmp_path / "f"), None).code == 200
    assert (tmp_path / "f").read_bytes() == DATA


def test_a_shorter_object_leaves_nothing_of_the_first_try(service: Service, tmp_path: Path) -> None:
    def replace(_call: object, server: Any) -> None:
        server.put(BUCKET, "key", b"short")

    service.server.add_fault(Fault({}, action="short_body", after=1000))
    service.server.add_fault(Fault({}, nth=2, action="hook", call=replace))
    assert oss_get_object_to_file(*service.where, "key", None, None, str(tmp_path / "f"), None).code == 200
    assert (tmp_path / "f").read_bytes() == b"short"


@pytest.mark.parametrize("begun", [True, False])
def test_what_the_program_was_told_is_not_told_again(service: Service, begun: bool) -> None:
    """A download whose progress function was called is not begun again; one that was refused is."""
    told: list[int] = []
    if begun:
        service.server.add_fault(Fault({}, action="short_body", after=1000))
    else:
        refuse(service)
    status = oss_do_get_object_to_buffer(
        *service.where, "key", None, None, new_list(), lambda done, total: told.append(done), None
    )
    assert (status.code == 200, told == sorted(told), len(service.server.requests)) == (not begun, True, 2 - begun)


def test_a_reader_and_a_writer_of_the_programs() -> None:
    req, resp = aos_http_request_create(None), aos_http_response_create(None)
    assert retry.Snapshot(req, resp).can_restore()
    resp.write_body = lambda resp, data, length: length
    assert retry.Snapshot(req, resp).can_restore(), "nothing has come yet"
    resp.status = 200
    assert not retry.Snapshot(req, resp).can_restore()
    resp.status, req.method = 503, HTTP_PUT
    assert retry.Snapshot(req, resp).can_restore()
    req.read_body = lambda req, buffer, length: 0
    assert not retry.Snapshot(req, resp).can_restore()


# ---- when ----


def test_pauses_grow_and_vary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "BACKOFF_FIRST", 0.2)
    nothing = aos_table_t()
    for tries, longest in ((0, 0.2), (1, 0.4), (2, 0.8), (9, 10.0), (5000, 10.0)):
        pauses = {retry.pause_after(tries, nothing) for _ in range(200)}
        assert longest / 2 <= min(pauses) < max(pauses) <= longest
        assert len(pauses) > 100


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        (" 0 ", 0),
        ("9" * 40, 60),
        ("Thu, 01 Jan 1970 00:16:43 GMT", 3),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 60),
        ("-3", 0),
        ("soon", 0),
        ("Thu, 99 Jan 1970 99:99:99 GMT", 0),
        ("", 0),
    ],
)
def test_retry_after(service: Service, asked_for: list[float], value: str, seconds: int) -> None:
    date = "Thu, 01 Jan 1970 00:16:40 GMT"
    refuse(service, headers=(("Retry-After", value),))
    service.server.add_fault(Fault({}, action="set_header", header="Date", value=date))
    assert REPEATED["GET"](service).code == 200
    assert asked_for == [seconds]


def test_a_pause_ends_with_the_pool(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "pause_after", lambda tries, headers: 1e6)
    timer = threading.Timer(0.05, lambda: aos_pool_destroy(service.options.pool))
    refuse(service)
    timer.start()
    assert REPEATED["HEAD"](service).code == 503
    timer.join()
    assert len(service.server.requests) == 1


def test_each_try_is_logged(service: Service, logged: list[str]) -> None:
    refuse(service, 2, code="ServiceUnavailable", message="try\nlater")
    assert REPEATED["GET"](service).code == 200
    first, second = logged
    assert "GET bucket-a/key: 503 " in first and "; retry 1 of 2 in 0.0 s" in first
    assert "retry 2 of 2" in second
    refuse(service)
    assert REPEATED["a signed GET"](service).code == 200
    assert f"GET {service.server.endpoint}/" in logged[-1].replace("%2F", "/") and "Signature" not in logged[-1]


# ---- the clock ----


@pytest.fixture
def late(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of this machine is an hour slow, that of the service is right."""
    right = apr_time.apr_time_now
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: right() - HOUR * 1_000_000)


SKEWED: dict[str, Made] = {
    **{name: REPEATED[name] for name in ("HEAD", "GET", "PUT", "several deletions")},
    **{name: NOT_REPEATED[name] for name in ("an append", "the beginning of an upload")},
}


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize("version", [1, 4])
@pytest.mark.parametrize("name", SKEWED)
def test_a_wrong_clock(service: Service, name: str, version: int) -> None:
    """What was refused for its time was not done, so that any request may be sent once more."""
    config = service.options.config
    config.signature_version, service.options.retry_times = version, 0
    assert SKEWED[name](service).error_code == "RequestTimeTooSkewed"
    config.adjust_clock = 1
    service.server.requests.clear()
    assert SKEWED[name](service).code // 100 == 2
    assert len(service.server.requests) == 2
    assert HOUR - 60 < config.clock_offset < HOUR + 60
    assert REPEATED["HEAD"](service).code in (200, 404)
    assert len(service.server.requests) == 3, "the difference is kept"


@pytest.mark.usefixtures("late")
def test_a_wrong_clock_and_a_file(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(DATA)
    service.options.config.adjust_clock = 1
    assert oss_append_object_from_file(*service.where, "log", 0, str(tmp_path / "file"), None, None).code == 200
    assert service.get("log") == DATA


@pytest.mark.usefixtures("late")
def test_a_clock_that_cannot_be_read(service: Service) -> None:
    service.options.config.adjust_clock = 1
    service.server.add_fault(Fault({}, times=None, action="set_header", header="Date", value="yesterday"))
    assert REPEATED["HEAD"](service).error_code == "RequestTimeTooSkewed"
    assert (len(service.server.requests), service.options.config.clock_offset) == (1, 0)


def test_a_service_that_never_agrees(service: Service) -> None:
    service.options.config.adjust_clock, service.options.retry_times = 1, 0
    refuse(service, None, 403, code="RequestTimeTooSkewed")
    assert REPEATED["HEAD"](service).error_code == "RequestTimeTooSkewed"
    assert len(service.server.requests) == 2


@pytest.mark.usefixtures("late")
def test_a_url_signed_by_a_wrong_clock(service: Service) -> None:
    """Its life is as long as was asked for, from the time of the service on."""
    config = service.options.config
    config.signature_version, config.clock_offset = 4, HOUR
    url = signed(service, HTTP_GET)
    assert f"x-oss-expires={HOUR}" in url
    buffer = new_list()
    assert oss_get_object_to_buffer_by_url(service.options, url, None, None, buffer, None).code == 200
    assert content(buffer) == DATA
