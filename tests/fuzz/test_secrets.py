"""Keys, tokens, passwords and signatures are told nobody: not a log at any level, a message, a repr, a traceback.

The main calls are made in each way of signing, and fail in each way a call can, while everything that anyone could
listen to is listened to: the SDK's log, every logger of Python at its lowest level, what ``http.client`` prints when
it is told to, standard output and error, statuses, the options, and exceptions with the variables of their frames.
"""

from __future__ import annotations

import base64
import contextlib
import copy
import http.client
import logging
import pickle
import re
import ssl
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
import requests
import trustme
from requests.adapters import HTTPAdapter

from aos import aos_http_io
from aos._c.redact import SecretBytes, SecretText, hide, remember_sent
from aos._http import client
from aos._http.connection import Connection
from oss.oss_api import (
    AOS_FALSE,
    AOS_LOG_ALL,
    AOS_LOG_WARN,
    AOSE_CONNECTION_FAILED,
    AOSE_FAILED_CONNECT,
    AOSE_FAILED_VERIFICATION,
    AOSE_INTERNAL_ERROR,
    AOSE_NAME_LOOKUP_ERROR,
    HTTP_GET,
    HTTP_PUT,
    aos_error,
    aos_http_controller_get_reason,
    aos_http_io_deinitialize,
    aos_http_io_initialize,
    aos_http_request_create,
    aos_http_transport_t,
    aos_log_print_default,
    aos_log_set_level,
    aos_log_set_print,
    aos_pstrdup,
    aos_str_set,
    aos_string_t,
    aos_table_elts,
    aos_table_t,
    apr_time_now,
    oss_create_list_object_params,
    oss_create_resumable_clt_params_content,
    oss_do_get_object_to_buffer,
    oss_do_put_object_from_buffer,
    oss_gen_signed_url,
    oss_get_object_to_buffer,
    oss_get_object_to_buffer_by_url,
    oss_get_object_to_file,
    oss_get_object_to_file_by_url,
    oss_head_object,
    oss_list_object,
    oss_put_object_from_buffer,
    oss_put_object_from_buffer_by_url,
    oss_request_options_t,
    oss_resumable_download_file,
)
from tests.fuzz.listener import FORMS, GIVEN_AWAY, KEY_SECRET, PASSWORD, TOKEN, Listener, undone
from tests.service import new_list, options_at
from tests.wire import Peer, WireServer, answer, say


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Listener]:
    made = Listener()
    perform = aos_http_io.aos_http_transport_perform

    def learning(t: aos_http_transport_t) -> int:
        made.learn(t)
        return perform(t)

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", learning)
    monkeypatch.setattr(http.client.HTTPConnection, "debuglevel", 2)
    root, levels = logging.getLogger(), {}
    for name in ("", "urllib3", "urllib3.connectionpool", "urllib3.connection", "requests", "http.client", "asyncio"):
        logger = logging.getLogger(name)
        levels[logger] = logger.level
        logger.setLevel(1)
    root.addHandler(made)
    aos_log_set_print(lambda message, length: made.heard.append(message))
    aos_log_set_level(AOS_LOG_ALL)
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            yield made
        made.hear(*(warning.message for warning in warned))
    finally:
        aos_log_set_level(AOS_LOG_WARN)
        aos_log_set_print(aos_log_print_default)
        root.removeHandler(made)
        for logger, level in levels.items():
            logger.setLevel(level)
        aos_http_io_deinitialize()
        aos_http_io_initialize(None, 0)
    made.heard += [*capfd.readouterr()]
    assert len(made.secrets) > len(GIVEN_AWAY), "there were signatures"
    assert made.told() == []


@pytest.fixture(params=[1, 4])
def options(request: pytest.FixtureRequest) -> oss_request_options_t:
    keys = {"access_key_secret": KEY_SECRET, "sts_token": TOKEN}
    return options_at(None, region="region", signature_version=request.param, **keys)


def main_calls(options: oss_request_options_t, folder: Path) -> Iterator[Callable[[], Any]]:
    """As a program makes them; a signed URL is one text among others to it."""

    def signed(method: int) -> aos_string_t:
        req = aos_http_request_create(None)
        req.method = method
        url = oss_gen_signed_url(options, "bucket-a", "key", apr_time_now() // 1_000_000 + 60, req)
        return aos_string_t(url)

    clt = oss_create_resumable_clt_params_content(None, 4, 2, AOS_FALSE, None)
    headers = aos_table_t()
    headers["x-oss-meta-a"] = "b"
    where, path = (options, "bucket-a"), str(folder / "file")
    yield lambda: oss_head_object(*where, "key", headers, None)
    yield lambda: oss_get_object_to_buffer(*where, "key", headers, None, None, None)
    yield lambda: oss_get_object_to_file(*where, "key", None, None, path, None)
    yield lambda: oss_put_object_from_buffer(*where, "key", new_list(b"data"), headers, None)
    yield lambda: oss_list_object(*where, oss_create_list_object_params(None), None)
    yield lambda: oss_resumable_download_file(*where, "key", path, None, None, clt, None, None)
    yield lambda: oss_get_object_to_buffer_by_url(options, signed(HTTP_GET), None, None, None, None)
    yield lambda: oss_put_object_from_buffer_by_url(options, signed(HTTP_PUT), new_list(b"data"), None, None)
    yield lambda: oss_get_object_to_file_by_url(options, signed(HTTP_GET), None, None, path, None)


def make_all(listener: Listener, options: oss_request_options_t, folder: Path, *expected: int) -> None:
    for call in main_calls(options, folder):
        status = call()
        assert status.code in expected, status
        listener.hear(status, options, options.config, options.ctl, options.ctl.options)
        try:
            status.raise_for_status()
        except aos_error as error:
            listener.hear(error, error.status)
            listener.hear_exception(error)


def object_server(peer: Peer) -> None:
    while data := peer.request():
        whole = ("200 OK", "Last-Modified: then", 'ETag: "e"', "x-oss-request-id: id")
        if data.startswith(b"HEAD"):
            peer.send(answer(b"", *whole, length=8))
        elif found := re.search(rb"Range: bytes=(\d)-(\d)", data):
            piece = b"datadata"[int(found[1]) : int(found[2]) + 1]
            line = f"Content-Range: bytes {found[1].decode()}-{found[2].decode()}/8"
            peer.send(answer(piece, "206 Partial Content", *whole[1:], line))
        else:
            peer.send(answer(b"<R/>" if b"max-keys" in data else b"datadata", *whole))


def serve(options: oss_request_options_t, server: WireServer) -> None:
    options.config.endpoint = server.url.rstrip("/")


def test_calls_that_succeed(listener: Listener, options: oss_request_options_t, tmp_path: Path) -> None:
    with WireServer(object_server) as server:
        serve(options, server)
        make_all(listener, options, tmp_path, 200)


DENIED = b"<?xml version='1.0'?><Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>"


def echo(peer: Peer) -> None:
    """A proxy's page that repeats what was asked for."""
    while data := peer.request():
        page = b"<html><body>cannot get <![CDATA[" + data + b"]]></body></html>"
        peer.send(answer(b"" if data.startswith(b"HEAD") else page, "502 Bad Gateway", length=len(page)))


ANSWERS: dict[str, Any] = {
    "denied": (say(*[answer(DENIED, "403 Forbidden")] * 9), 403),
    "not found": (say(*[answer(b"", "404 Not Found")] * 9), 404),
    "moved": (say(*[answer(b"", "307 Moved", "Location: http://127.0.0.1:1/")] * 9), 307),
    "echo": (echo, 502),
    "a cut body": (say(answer(b"da", "200 OK", "ETag: e", "Last-Modified: l", length=8), then=None), -992, -996, 200),
    "a cut head": (say(b"HTTP/1.1 200 OK\r\nCont", then=None), -996),
    "garbage": (say(b"garbage\r\n\r\n", then=None), -996),
    "bad headers": (say(b"HTTP/1.1 200 OK\r\ngarbage\r\n\r\n", then=None), -996),
    "nothing": (say(then=None), -996),
    "reset": (lambda peer: (peer.request(), peer.reset()), -996),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_that_fail(listener: Listener, options: oss_request_options_t, tmp_path: Path, name: str) -> None:
    script, *codes = ANSWERS[name]
    with WireServer(script) as server:
        serve(options, server)
        make_all(listener, options, tmp_path, *codes)


def test_an_answer_that_does_not_come(listener: Listener, options: oss_request_options_t) -> None:
    options.ctl.options.speed_time = 1
    with WireServer(Peer.wait) as server:
        serve(options, server)
        status = oss_get_object_to_buffer(options, "bucket-a", "key", None, None, None, None)
        assert status.code == AOSE_CONNECTION_FAILED
        listener.hear(status, options.ctl)


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:{closed}", "http://a..b"])
def test_no_connection(listener: Listener, options: oss_request_options_t, tmp_path: Path, endpoint: str) -> None:
    with WireServer(say()) as server:
        closed = server.port
    options.config.endpoint = endpoint.format(closed=closed)
    make_all(listener, options, tmp_path, AOSE_FAILED_CONNECT, AOSE_NAME_LOOKUP_ERROR)


def test_tls_that_fails(listener: Listener, options: oss_request_options_t, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with WireServer(object_server, tls=context) as server:
        serve(options, server)
        make_all(listener, options, tmp_path, AOSE_FAILED_VERIFICATION)
        options.ctl.options.verify_ssl = 0
        make_all(listener, options, tmp_path, 200)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("form", ["proxy_auth", "in the name"])
@pytest.mark.parametrize("kind", ["works", "407", "closed", "no host", "no name"])
def test_proxies(
    listener: Listener, options: oss_request_options_t, tmp_path: Path, scheme: str, form: str, kind: str
) -> None:
    if kind == "works" and scheme == "https":
        kind = "502"
    refusing = say(*[answer(b"", f"{kind} No")] * 9)
    with WireServer(object_server if kind == "works" else refusing) as server:
        place = {"closed": "127.0.0.1:1", "no host": "[::1", "no name": "a..b"}.get(kind, server.authority)
        if form == "proxy_auth":
            options.ctl.options.proxy_host, options.ctl.options.proxy_auth = place, f"user:{PASSWORD}"
        else:
            options.ctl.options.proxy_host = f"user:{quote(PASSWORD, safe='')}@{place}"
        options.config.endpoint = f"{scheme}://oss.example"
        codes = (
            [200] if kind == "works" else [AOSE_FAILED_CONNECT, AOSE_NAME_LOOKUP_ERROR, AOSE_INTERNAL_ERROR, 407, 502]
        )
        make_all(listener, options, tmp_path, *codes)


def sent_texts(request: bytes) -> list[str]:
    """The secrets of a request as they came: Authorization, token, credentials for a proxy, parameters."""
    head = request.partition(b"\r\n\r\n")[0].decode()
    names = "authorization|x-oss-security-token|proxy-authorization"
    found = [value for _, value in re.findall(rf"(?im)^({names}): (.*?)\r?$", head)]
    return found + re.findall(r"[?&](?:x-oss-)?(?:[Ss]ignature|security-token)=([^& ]+)", head)


def document(words: str) -> bytes:
    error = f"<Error><Code>{words}</Code><Message>it was {words}, and old</Message></Error>"
    return b"<?xml version='1.0'?>" + error.encode()


def part_with(words: str, request: bytes) -> bytes:
    """The answer to a part whose ETag and Content-Range are not what they should be."""
    if request.startswith(b"HEAD"):
        return answer(b"", "200 OK", 'ETag: "e"', "Last-Modified: then", length=8)
    return answer(b"data", "206 Partial Content", f'ETag: "{words}"', f"Content-Range: bytes {words}")


PLACES: dict[str, Callable[[str, bytes], bytes]] = {
    "a status line": lambda words, _: words.encode() + b"\r\n\r\n",
    "the reason of a status line": lambda words, _: answer(b"", f"403 {words}"),
    "a document": lambda words, _: answer(document(words), "403 Forbidden"),
    "no document": lambda words, _: answer(f"<html>{words}</html>".encode(), "502 Bad Gateway"),
    "a header": lambda words, _: answer(b"", "403 Forbidden", f"x-oss-request-id: {words}", f"x-oss-err: {words}"),
    "a document in a header": lambda words, _: answer(
        b"", "403 Forbidden", f"x-oss-err: {base64.b64encode(document(words)).decode()}", f"x-oss-ec: {words}"
    ),
    "a header of a success": lambda words, _: answer(b"", "204 OK", f"x-oss-request-id: {words}"),
    "no length": lambda words, _: f"HTTP/1.1 200 OK\r\nContent-Length: {words}\r\n\r\n".encode(),
    "a header line": lambda words, _: f"HTTP/1.1 200 OK\r\n{words}\r\n\r\n".encode(),
    "a part": part_with,
}
"""Where a peer may say it."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", PLACES)
def test_a_peer_that_says_it_again(
    options: oss_request_options_t,
    listener: Listener,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    place: str,
    form: str,
) -> None:
    """In one word or in the middle of others, to every call, with a proxy's credentials among it."""
    sent: list[str] = []
    monkeypatch.setattr(http.client.HTTPConnection, "debuglevel", 0)  # which prints answers as they come

    def repeat(peer: Peer) -> None:
        while request := peer.request():
            sent.extend(texts := sent_texts(request))
            peer.send(PLACES[place](" ".join(FORMS[form](text) for text in texts), request))
            if place in ("a status line", "no length", "a header line"):
                return

    with WireServer(repeat) as server:
        options.ctl.options.proxy_host, options.ctl.options.proxy_auth = server.authority, f"user:{PASSWORD}"
        options.config.endpoint, options.config.is_cname = "http://oss.example", 1
        for call in main_calls(options, tmp_path):
            status, reason = call(), aos_http_controller_get_reason(options.ctl)
            listener.hear(status, reason, options.ctl)
    for text in sent:
        listener.secrets |= {text, unquote(text), re.split("[:=]", text.rstrip("="))[-1]}
    plain = [text for heard in listener.heard for text in undone(heard)]
    assert not [(secret, text) for text in plain for secret in listener.secrets if secret in text]
    assert "***" in "".join(listener.heard)


def test_only_the_secret_is_masked() -> None:
    signature = "3q2+7w/xyzABCDEFGHIJKLMNOPQ="
    remember_sent(f"Host: h\r\nAuthorization: OSS id:{signature}\r\n".encode(), "/k", None, "user:pass")
    for form in FORMS.values():
        masked = hide(f"before {form(signature)} after, and ({form(signature)})")
        one = r"[^,]{0,9}\*\*\*[^,]{0,24}"
        assert re.fullmatch(rf"before {one} after, and \({one}\)", masked), masked
        assert hide(masked) == masked
    words = "no pass-through, the passenger did not pass; bypass it: the key id of OSS is id, Zm9vYmFyYmF6 %2B &amp;"
    assert hide(words) == words.replace("no pass-", "no ***-").replace("not pass;", "not ***;")
    for _ in range(20):
        remember_sent(b"Host: h\r\n", "/k", None, None)
    assert hide(signature) == signature, "what was sent long ago is forgotten"


class RefusingAdapter(HTTPAdapter):
    """Somebody else's, whose exceptions quote the whole URL."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwds: Any) -> requests.Response:
        raise requests.exceptions.ConnectionError(
            f"Max retries exceeded with url: {request.url} headers: {dict(request.headers)}", request=request
        )


def test_an_adapter_of_somebody_else(listener: Listener, options: oss_request_options_t, tmp_path: Path) -> None:
    client.session().mount("http://mine.", RefusingAdapter())
    options.config.endpoint, options.config.is_cname = "http://mine.example", 1
    make_all(listener, options, tmp_path, -996)


def test_arguments_that_are_refused(listener: Listener, options: oss_request_options_t) -> None:
    with WireServer(object_server) as server:
        serve(options, server)
        assert oss_head_object(options, "bucket-a", "key", None, None).code == 200
        headers = aos_table_t()
        headers["x-oss-security-token"] = TOKEN + "\r\n"
        listener.hear(headers, oss_head_object(options, "bucket-a", "key", headers, None))
        for field in ("sts_token", "access_key_secret"):
            bad = copy.copy(options)
            bad.config = copy.copy(options.config)
            setattr(bad.config, field, KEY_SECRET + "\r\n")
            listener.hear(oss_head_object(bad, "bucket-a", "key", None, None), bad.config)
        for url in (
            "http://user:{0}@127.0.0.1:x/?Signature={0}",
            "ftp://user:{0}@h/?Signature={0}",
            "http:///{0}?\n{0}",
        ):
            text = aos_string_t(url.format(KEY_SECRET.replace("/", "")))
            listener.secrets.add(KEY_SECRET.replace("/", ""))
            status = oss_get_object_to_buffer_by_url(options, text, None, None, None, None)
            listener.hear(status.code, status.error_code, hide(status.error_msg or ""))


class Stop(Exception):
    """The caller's."""


@pytest.mark.parametrize("kind", [Stop, KeyboardInterrupt, SystemExit, MemoryError, UnicodeEncodeError])
@pytest.mark.parametrize("where", ["receiving", "sending", "writing", "in the network"])
def test_exceptions(
    listener: Listener,
    options: oss_request_options_t,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[BaseException],
    where: str,
) -> None:
    """Of the caller's functions and of signals, with all variables of all frames that the SDK adds."""
    error = kind("utf-8", "x", 0, 1, "y") if kind is UnicodeEncodeError else kind("mine")

    def fail(*_: Any) -> Any:
        raise error

    def in_the_network(*_: Any) -> None:
        exec(compile("raise error", "a signal", "exec"), {"error": error, "__name__": "socket"})

    progress = fail if where in ("receiving", "sending") else None
    if where == "in the network":
        monkeypatch.setattr(Connection, "_send", in_the_network)
    if where == "writing":
        monkeypatch.setattr(aos_http_io, "aos_write_http_body_memory", fail)
    with WireServer(object_server) as server:
        serve(options, server)
        calls: list[Callable[[], Any]] = [
            lambda: oss_do_get_object_to_buffer(options, "bucket-a", "key", None, None, None, progress, None),
            lambda: oss_do_put_object_from_buffer(
                options, "bucket-a", "key", new_list(b"data"), None, None, progress, None, None
            ),
        ]
        for call in calls:
            try:
                listener.hear(call())
            except BaseException as raised:
                assert raised is error
                listener.hear_exception(raised)


def test_reprs(options: oss_request_options_t) -> None:
    """Of what a program or a debugger may hold in its hands."""
    options.ctl.options.proxy_auth = f"user:{PASSWORD}"
    options.config.proxy_passwd = PASSWORD
    req = aos_http_request_create(None)
    req.headers["x-oss-security-token"], req.headers["Authorization"] = TOKEN, f"OSS id:{KEY_SECRET}"
    req.query_params["Signature"], req.query_params["x-oss-signature"] = KEY_SECRET, KEY_SECRET
    req.signed_url = f"http://h/k?Signature={KEY_SECRET}"
    transport = aos_http_io.aos_http_transport_create(None)
    transport.req = req
    transport.controller = options.ctl  # type: ignore[assignment]
    origin = client.Origin.of("https", "h", None, f"user:{PASSWORD}@p", f"user:{PASSWORD}", 1, None, None)
    url = aos_string_t(f"https://user:{PASSWORD.replace('@', '').replace('/', '')}@h/k?a=b&Signature={KEY_SECRET}&c=d")
    shown = repr([options, options.config, options.ctl, options.ctl.options, req, transport, origin, url])
    shown += repr([req.headers, list(aos_table_elts(req.headers).elts), copy.copy(options.config), SecretBytes(b"key")])
    assert not [secret for secret in GIVEN_AWAY if secret in shown.replace("Signature=***&c=d", "")]
    assert "a=b&Signature=***&c=d" in shown
    assert bytes(SecretBytes(b"key")) == b"key"
    with contextlib.suppress(TypeError, AttributeError, pickle.PicklingError):
        assert pickle.loads(pickle.dumps(SecretBytes(b"key"))) == b"key"


def pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


def test_values(options: oss_request_options_t) -> None:
    """The secrets themselves: what is shown of them, and what is sent."""
    config, ctl, req = options.config, options.ctl.options, aos_http_request_create(None)
    aos_str_set(config.access_key_secret, KEY_SECRET)
    config.sts_token.data = KEY_SECRET.encode()
    config.proxy_passwd.assign(aos_string_t(KEY_SECRET))
    ctl.proxy_auth, req.signed_url, ctl.proxy_host = KEY_SECRET, KEY_SECRET, f"user:{KEY_SECRET.replace('/', '')}@h:1"
    twin = copy.copy(config)
    strings = [config.access_key_secret, config.sts_token, config.proxy_passwd, twin.access_key_secret]
    strings += [copy.deepcopy(config.sts_token), pickled(twin).sts_token]
    strings += [aos_string_t(config.access_key_secret)]
    texts: list[Any] = [*(string.data for string in strings), ctl.proxy_auth, req.signed_url, str(config.sts_token)]
    texts += [aos_pstrdup(None, config.sts_token), *(f(ctl.proxy_auth) for f in (copy.copy, copy.deepcopy, pickled))]
    for text in texts:
        assert text == KEY_SECRET == "".join([text]) == f"{text}" == "%s" % text  # noqa: UP031
        assert (repr(text), repr([text]), str(text)) == ("'***'", "['***']", KEY_SECRET)
        assert type(str(SecretText(text))) is str
    assert repr(strings) == f"[{', '.join(['aos_string_t(' + repr('***') + ')'] * len(strings))}]"
    assert repr(ctl.proxy_host) == "'***@h:1'"
    config.sts_token = None
    assert (repr(config.sts_token), config.sts_token.data) == ("aos_string_t(None)", None)
    config.access_key_secret.len = 4
    assert (repr(config.access_key_secret.data), str(config.access_key_secret)) == ("'***'", KEY_SECRET[:4])


@pytest.mark.parametrize("field", ["access_key_secret", "sts_token", "proxy_passwd"])
def test_values_that_are_refused(options: oss_request_options_t, listener: Listener, field: str) -> None:
    config, bad = options.config, KEY_SECRET + "\ud800"
    listener.secrets.add(bad)
    for struct, name in ((config, field), (getattr(config, field), "data"), (options.ctl.options, "proxy_auth")):
        with pytest.raises(ValueError, match=r"U\+D800") as raised:
            setattr(struct, name, bad)
        listener.hear_exception(raised.value)


def test_a_signed_url_as_a_plain_text(
    options: oss_request_options_t, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(t: aos_http_transport_t) -> int:
        raise Stop

    options.config.endpoint = "http://127.0.0.1:1"
    expires = apr_time_now() // 1_000_000 + 60
    url = oss_gen_signed_url(options, "bucket-a", "key", expires, aos_http_request_create(None))
    found = re.findall(r"[Ss]ignature=([^&]+)", url or "")
    listener.secrets |= {*found, *map(unquote, found)}
    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", fail)
    with pytest.raises(Stop) as raised:
        oss_get_object_to_buffer_by_url(options, url, None, None, None, None)
    listener.hear_exception(raised.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://u:p@h/k", "http://***@h/k"),
        ("GET /k?a=b&Signature=x%2B&c=d HTTP", "GET /k?a=b&Signature=***&c=d HTTP"),
        ("?security-token=abc", "?security-token=***"),
        ("x-oss-signature=abc'", "x-oss-signature=***'"),
        ("{'Authorization': 'OSS a:b', 'c': 'd'}", "{'Authorization': ***"),
        ("Proxy-Authorization: Basic abc\nHost: h", "Proxy-Authorization: ***\nHost: h"),
        ("<SignatureProvided>abc</SignatureProvided>", "<SignatureProvided>***</SignatureProvided>"),
        ("the Signature was wrong", "the Signature was wrong"),
        ("key a@b, http://h/a@b?c=d@e", "key a@b, http://h/a@b?c=d@e"),
    ],
)
def test_hide(text: str, shown: str) -> None:
    assert hide(text) == shown
    assert hide(shown) == shown
