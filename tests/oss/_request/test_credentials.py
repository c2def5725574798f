"""Credentials that a callback gives: when it is asked, by whom, and what becomes of its failures."""

from __future__ import annotations

import copy
import functools
import os
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from aos import apr_time
from oss.local_server import LocalServer
from oss.oss_api import (
    AOSE_INVALID_ARGUMENT,
    AOSE_OK,
    aos_http_request_create,
    aos_status_t,
    aos_string_t,
    oss_config_t,
    oss_gen_signed_url,
    oss_get_object_to_buffer,
    oss_get_object_to_buffer_by_url,
    oss_head_object,
    oss_request_options_t,
)
from oss.oss_auth import oss_get_rtmp_signed_url, oss_sign_request
from oss.oss_util import oss_get_rtmp_uri
from tests.service import BUCKET, content, new_list, options_at
from tests.waiting import PATIENCE

NOW = 1_795_225_144
OLD, NEW = ("old-id", "old-secret", "old-token"), ("new-id", "new-secret", "new-token")


class Clock:
    """The clock of the SDK, which stands until it is moved."""

    seconds = NOW


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: made.seconds * 1_000_000)
    return made


class Issuer:
    """A callback that gives what it has been told to, and counts how often it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self) -> Any:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        if isinstance(answer, BaseException):
            raise answer
        return answer


def config_of(callback: Callable[[], Any] | None, **fields: Any) -> oss_config_t:
    return options_at("http://oss.example.com", credentials_callback=callback, **fields).config


def signed(config: oss_config_t) -> tuple[str, str | None]:
    """Signs a request; returns the id that it is signed with, and its token."""
    req = aos_http_request_create(None)
    assert oss_sign_request(req, config) == AOSE_OK
    return str(req.headers["Authorization"])[4:].partition(":")[0], req.headers.get("x-oss-security-token")


# ---- when it is asked ----


@pytest.mark.parametrize(("life", "used"), [(3600, 3539), (300, 239), (100, 79), (2, 1), (None, 10**9)], ids=str)
def test_it_is_asked_before_the_credentials_expire(clock: Clock, life: int | None, used: int) -> None:
    issuer = Issuer((*OLD, life and NOW + life), (*NEW, None))
    config = config_of(issuer)
    assert (signed(config), issuer.asked) == (("old-id", "old-token"), 1)
    clock.seconds += used
    assert (signed(config), issuer.asked) == (("old-id", "old-token"), 1)
    clock.seconds += 1
    assert signed(config) == (("new-id", "new-token") if life else ("old-id", "old-token"))


def test_what_has_expired_already_is_for_the_service_to_judge(clock: Clock, logged: list[str]) -> None:
    issuer = Issuer((*OLD, NOW - 1))
    config = config_of(issuer)
    assert signed(config) == signed(config) == ("old-id", "old-token")
    assert issuer.asked == 2
    assert "credentials_callback gave credentials that have expired" in logged[0]


def test_copies_of_the_configuration_share_what_was_given() -> None:
    issuer = Issuer((*OLD, None))
    config = config_of(issuer)
    assert config.credentials_callback is issuer
    twin = copy.copy(config)
    assert signed(config) == signed(twin) == ("old-id", "old-token")
    assert issuer.asked == 1
    config.credentials_callback = issuer  # another one, as far as anybody knows
    assert (signed(config), signed(twin), issuer.asked) == (("old-id", "old-token"),) * 2 + (2,)
    config.credentials_callback = None
    assert signed(config) == ("id", None)


def test_a_copy_for_another_process_asks_anew() -> None:
    config = config_of(given)
    assert signed(config) == ("old-id", "old-token")
    there = pickle.loads(pickle.dumps(config))
    assert there.credentials_callback is given
    assert signed(there) == ("old-id", "old-token")


def given() -> tuple[str, str, str, None]:
    return (*OLD, None)


def test_a_forked_child_asks_anew() -> None:
    config = config_of(lambda: (f"id-{os.getpid()}", "secret", None, None))
    assert signed(config) == (f"id-{os.getpid()}", None)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, signed(config)[0].encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 100) == f"id-{child}".encode()
    os.close(reader)
    os.close(writer)
    assert signed(config) == (f"id-{os.getpid()}", None)


def test_a_child_that_is_forked_while_somebody_asks(clock: Clock) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def slow() -> Any:
        if threading.current_thread() is not threading.main_thread():
            asked.set()
            assert go_on.wait(PATIENCE)
        return (*NEW, None)

    config = config_of(slow)
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(signed, config)
        assert asked.wait(PATIENCE)
        child = os.fork()
        if child == 0:
            os._exit(signed(config) != ("new-id", "new-token"))
        assert os.waitpid(child, 0)[1] == 0
        go_on.set()
        assert asking.result(PATIENCE) == ("new-id", "new-token")


# ---- threads ----


class Gate:
    """A callback that waits until it may answer; the first answers can be given at once."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.threads = list(answers), list[int]()
        self.begun, self.open = threading.Event(), threading.Event()

    def __call__(self) -> Any:
        self.threads.append(threading.get_ident())
        if self.answers:
            return self.answers.pop(0)
        self.begun.set()
        assert self.open.wait(PATIENCE)
        return (*NEW, None)


def test_one_thread_asks_and_the_others_wait_for_it() -> None:
    gate = Gate()
    options = options_at("http://oss.example.com", credentials_callback=gate)
    with ThreadPoolExecutor(8) as pool:
        found = [pool.submit(lambda: (signed(copy.copy(options).config), threading.get_ident())) for _ in range(8)]
        assert gate.begun.wait(PATIENCE)
        gate.open.set()
        results = [one.result(PATIENCE) for one in found]
    assert {result for result, _ in results} == {("new-id", "new-token")}
    assert len(gate.threads) == 1 and gate.threads[0] in {thread for _, thread in results}


def test_what_is_still_valid_is_used_while_another_thread_asks(clock: Clock) -> None:
    gate = Gate((*OLD, NOW + 600))
    config = config_of(gate)
    assert signed(config) == ("old-id", "old-token")
    clock.seconds += 550
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(signed, config)
        assert gate.begun.wait(PATIENCE)
        assert signed(config) == ("old-id", "old-token")
        gate.open.set()
        assert asking.result(PATIENCE) == ("new-id", "new-token")
    assert signed(config) == ("new-id", "new-token")
    assert len(gate.threads) == 2


# ---- failures ----

NO_TIME = "what it returned has an expiry that is no number of seconds since 1970"
WRONG: list[tuple[Any, str]] = [
    (None, "what it returned must be a tuple (id, secret, token, expiry)"),
    (("old-id", "old-secret"), "what it returned must be a tuple (id, secret, token, expiry)"),
    ("four", "what it returned must be a tuple (id, secret, token, expiry)"),
    (("", "old-secret", None, None), "what it returned has no id"),
    (("old-id", None, "old-token", None), "what it returned has no secret"),
    ((1, "old-secret", None, None), "what it returned has a int for the id, which is no text"),
    (("old-id", "old-secret", 5, None), "what it returned has a int for the token, which is no text"),
    (("old-id", "old-secret\ud800", None, None), "what it returned has a str for the secret, which is no text"),
    ((*OLD, "2026-11-25"), NO_TIME),
    ((*OLD, True), NO_TIME),
    ((*OLD, float("nan")), NO_TIME),
]


def head(options: oss_request_options_t) -> aos_status_t:
    return oss_head_object(options, BUCKET, "key", None, None)


@pytest.mark.parametrize(("answer", "why"), WRONG)
def test_an_answer_that_cannot_be_used(answer: Any, why: str) -> None:
    options = options_at("http://oss.example.com", credentials_callback=Issuer(answer))
    status = head(options)
    assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "ClientError")
    assert status.error_msg == f"credentials_callback: {why}"


@pytest.mark.parametrize("expiry", [10**400, float("inf")], ids=["huge", "infinite"])
def test_an_expiry_that_never_comes(expiry: Any) -> None:
    issuer = Issuer((*OLD, expiry))
    config = config_of(issuer)
    assert signed(config) == signed(config) == ("old-id", "old-token")
    assert issuer.asked == 1


def test_what_it_raises_is_a_status_and_it_is_asked_again(clock: Clock) -> None:
    issuer = Issuer(ValueError("no answer\nfrom STS"), (*OLD, None))
    options = options_at("http://oss.example.com", credentials_callback=issuer)
    status = head(options)
    assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "ClientError")
    assert status.error_msg == "credentials_callback raised ValueError: no answer\\nfrom STS"
    assert signed(options.config) == ("old-id", "old-token")


def test_a_callback_that_needs_what_it_is_to_give() -> None:
    def callback() -> Any:
        found.append(head(options))
        raise LookupError("in vain")

    found: list[aos_status_t] = []
    options = options_at("http://oss.example.com", credentials_callback=callback)
    assert head(options).error_msg == "credentials_callback raised LookupError: in vain"
    (inner,) = found
    assert inner.error_msg == "credentials_callback makes a call that needs the credentials which it is to give"


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_what_is_no_exception_passes(kind: type[BaseException]) -> None:
    options = options_at("http://oss.example.com", credentials_callback=Issuer(kind("now"), (*OLD, None)))
    with pytest.raises(kind, match="now"):
        head(options)
    assert signed(options.config) == ("old-id", "old-token")


# ---- secrets ----


def test_secrets_do_not_show_in_what_is_said_of_it(clock: Clock) -> None:
    told = "old-secret old-token own-secret 'SecurityToken': 'fresh-token', AccessKeySecret=fresh-secret&x"
    issuer = Issuer((*OLD, NOW + 600), ValueError(told))
    options = options_at("http://oss.example.com", access_key_secret="own-secret", credentials_callback=issuer)
    assert signed(options.config) == ("old-id", "old-token")
    clock.seconds += 600
    said = head(options).error_msg
    assert said == "credentials_callback raised ValueError: *** *** *** 'SecurityToken': '***', AccessKeySecret=***&x"


def test_no_repr_shows_them() -> None:
    config = config_of(functools.partial(lambda secret: ("id", secret, "a-token", None), "a-secret"))
    assert signed(config) == ("id", "a-token")
    config.credentials_callback.__self__ = None  # type: ignore[attr-defined]
    assert "a-secret" not in repr(config) and "a-token" not in repr(config)
    assert repr(config).endswith("credentials_callback=partial)")
    config.credentials_callback = given
    assert repr(config).endswith("credentials_callback=given)")
    config.credentials_callback = None
    assert repr(config).endswith("credentials_callback=None)")


# ---- what is signed ----


@pytest.fixture
def sts(server: LocalServer) -> LocalServer:
    """The server with two temporary keys and a permanent one."""
    for key, secret, token in (OLD, NEW):
        server.add_sts(token, key, secret)
    server.put(BUCKET, "key", b"data")
    return server


@pytest.mark.parametrize("version", [1, 4])
def test_a_signature_is_of_one_set(sts: LocalServer, version: int) -> None:
    """Id, secret and token change with each request, and the last ones have no token."""
    last = (sts.access_key_id, sts.access_key_secret, None)
    issuer = Issuer(*((*keys, 1) for keys in (OLD, NEW, OLD, last)))
    options = options_at(
        sts.endpoint, region=sts.region, signature_version=version, sts_token="unused", credentials_callback=issuer
    )
    for _ in range(4):
        body = new_list()
        assert oss_get_object_to_buffer(options, BUCKET, "key", None, None, body, None).code == 200
        assert content(body) == b"data"
    tokens = [dict(record.headers).get("x-oss-security-token") for record in sts.requests]
    assert tokens == ["old-token", "new-token", "old-token", None]


@pytest.mark.parametrize("version", [1, 4])
def test_a_signed_url_is_of_one_set(sts: LocalServer, version: int) -> None:
    last = (sts.access_key_id, sts.access_key_secret, None)
    issuer, req = Issuer(*((*keys, 1) for keys in (OLD, NEW, last))), aos_http_request_create(None)
    options = options_at(sts.endpoint, region=sts.region, signature_version=version, credentials_callback=issuer)
    for _ in range(3):  # the request has what signing has added before
        url = oss_gen_signed_url(options, BUCKET, "key", apr_time.apr_time_now() // 1_000_000 + 60, req)
        for name in list(req.query_params) if version == 1 else ():
            if "oken" not in name:
                del req.query_params[name]
        body = new_list()
        assert oss_get_object_to_buffer_by_url(options, url, None, None, body, None).code == 200
    targets = [record.target for record in sts.requests]
    assert ["old-token" in targets[0], "new-token" in targets[1], "oken" in targets[2]] == [True, True, False]


def test_an_rtmp_url_is_of_one_set() -> None:
    options, url = (
        options_at("http://oss.example.com", credentials_callback=Issuer((*OLD, 1), (*NEW, 1))),
        aos_string_t(),
    )
    plain, expected = options_at("http://oss.example.com"), aos_string_t()
    for key, secret, _ in (OLD, NEW):
        plain.config.access_key_id, plain.config.access_key_secret = key, secret
        for each, made in ((options, url), (plain, expected)):
            req = aos_http_request_create(None)
            oss_get_rtmp_uri(each, BUCKET, "channel", req)
            assert oss_get_rtmp_signed_url(each, req, "9", "list.m3u8", None, made) == AOSE_OK
        assert url.data == expected.data and key in str(url)
