"""Of a secret that a peer gives back in part, or of which only a part is shown, nothing is told."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import quote

import pytest

from aos._c.redact import hide, remember_sent
from oss.oss_api import (
    aos_status_t,
    oss_get_object_to_buffer,
)
from tests.service import new_list, options_at
from tests.wire import WireServer, answer, say

TOKEN = "CAIS+tok/en0123456789ABCDEFGHabcdefghXYZ=="
TELLING = 8
FORMS: dict[str, Callable[[str], str]] = {
    "bare": str,
    "percent": lambda text: quote(text, safe=""),
    "every letter": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "octal": lambda text: "".join(f"\\{byte:03o}" for byte in text.encode()),
    "quoted-printable": lambda text: "".join(letter if letter.isalnum() else f"={ord(letter):02X}" for letter in text),
    "base64 of the percent-encoded": lambda text: base64.b64encode(quote(text, safe="").encode()).decode(),
    "hexadecimal": lambda text: text.encode().hex(":"),
}


def pieces(text: str) -> set[str]:
    return {text[at : at + 3 * TELLING] for at in range(len(text) - 3 * TELLING + 1)}


def status_for(*said: bytes) -> aos_status_t:
    with WireServer(say(*said)) as server:
        options = options_at(server.url, sts_token=TOKEN)
        return oss_get_object_to_buffer(options, "bucket-a", "key", None, None, new_list(), None)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_part_that_is_quoted_in_a_message_shows_no_part_of_a_secret(form: Callable[[str], str]) -> None:
    said = form(TOKEN).encode()
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for status in (status_for(said + b"\r\n\r\n"), status_for(chunked + said + b"\r\n")):
        assert status.code < 0
        text = str(status.error_msg)
        assert not [piece for piece in pieces(form(TOKEN)) if piece in text], text
        assert TOKEN[:TELLING] not in text


@pytest.mark.parametrize("name", sorted(FORMS.keys() - {"base64 of the percent-encoded"}))  # known as a whole only
def test_a_secret_that_comes_in_two_fields_is_in_neither(name: str) -> None:
    form, half = FORMS[name], len(TOKEN) // 2
    first, second = form(TOKEN[:half]), form(TOKEN[half:])
    document = f"<Error><Code>{first}</Code><Message>the rest is {second}.</Message></Error>".encode()
    status = status_for(answer(document, "403 Forbidden"))
    assert status.code == 403
    assert TOKEN[1 : half - 1] not in str(status.error_code)
    for text, whole in ((status.error_code, first), (status.error_msg, second)):
        assert "***" in str(text), text
        assert whole[3:-3] not in str(text)


def test_what_says_whose_a_signature_is_can_still_be_told() -> None:
    scope = "Credential=LTAIkeyOfSomebody/20250101/cn-hangzhou/oss/aliyun_v4_request"
    line = f"Authorization: OSS4-HMAC-SHA256 {scope},Signature={'0123456789abcdef' * 4}\r\n"
    remember_sent(line.encode(), "/", None, None)
    text = "bucket.oss-cn-hangzhou.aliyuncs.com: aliyun_v4_request of LTAIkeyOfSomebody"
    assert hide(text) == text
    assert hide(f"{'0123456789abcdef' * 2}") == "***"
