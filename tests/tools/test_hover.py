"""An editor shows what a field, a function and a constant mean when the pointer rests on its name."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from aos._c.structs import CStruct
from oss import oss_api
from oss.tools.explain.constants import CONSTANTS
from tests.waiting import PATIENCE

pytest.importorskip("pyright", reason="the language server comes with it")

ROOT = Path(__file__).resolve().parents[2]
HEAD = "from oss.oss_api import *\n"
FIELDS = [
    "oss_resumable_clt_params_t.part_size",
    "oss_resumable_clt_params_t.durable",
    "oss_config_t.endpoint",
    "oss_config_t.credentials_callback",
    "oss_list_object_params_t.object_list",
    "oss_live_channel_configuration_t.target",
    "aos_http_controller_ex_t.options",  # which it inherits
    "aos_http_controller_ex_t.reason",
    "aos_http_request_options_t.proxy_host",
    "aos_string_t.len",
    "aos_string_t.data",
]


class Editor:
    """Asks a language server as an editor does (https://microsoft.github.io/language-server-protocol)."""

    def __init__(self, server: subprocess.Popen[bytes]) -> None:
        assert server.stdin and server.stdout
        self.to_server, self.from_server = server.stdin, server.stdout
        self.numbers, self.end = itertools.count(1), time.monotonic() + PATIENCE

    def send(self, method: str, number: int | None = None, **params: Any) -> None:
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(message if number is None else message | {"id": number}).encode()
        self.to_server.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.to_server.flush()

    def ask(self, number: int, method: str, **params: Any) -> Any:
        self.send(method, number, **params)
        while True:
            head = dict(line.split(b": ", 1) for line in iter(self.from_server.readline, b"\r\n"))
            message = json.loads(self.from_server.read(int(head[b"Content-Length"])))
            if message.get("id") == number and "method" not in message:
                return message["result"]

    def hover(self, uri: str, line: int, character: int) -> str:
        """Returns what is shown at a place, once the server has read what the program imports."""
        position = {"line": line, "character": character}
        while True:
            asked = {"textDocument": {"uri": uri}, "position": position}
            found = self.ask(next(self.numbers), "textDocument/hover", **asked)
            shown = " ".join(found["contents"]["value"].split()) if found else ""
            if (shown and not shown.endswith("Unknown")) or time.monotonic() > self.end:
                return shown
            time.sleep(0.1)


def kill(server: subprocess.Popen[bytes]) -> None:
    """Ends the server with the process that it started."""
    os.killpg(server.pid, signal.SIGKILL)


@contextmanager
def editor() -> Iterator[Editor]:
    command = [sys.executable, "-m", "pyright.langserver", "--stdio"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT, start_new_session=True) as server:
        late = threading.Timer(2 * PATIENCE, kill, [server])
        late.start()
        try:
            yield Editor(server)
        finally:
            late.cancel()
            kill(server)


def hovers(code: list[str]) -> list[str]:
    """Returns what is shown at the end of each line of a program."""
    uri = (ROOT / "program.py").as_uri()  # which no disk has
    document = {"uri": uri, "languageId": "python", "version": 1, "text": HEAD + "\n".join(code)}
    capabilities = {"textDocument": {"hover": {"contentFormat": ["plaintext"]}}}
    folder = {"uri": ROOT.as_uri(), "name": ROOT.name}
    with editor() as asking:
        asking.ask(0, "initialize", processId=None, workspaceFolders=[folder], capabilities=capabilities)
        asking.send("initialized")
        asking.send("textDocument/didOpen", textDocument=document)
        return [asking.hover(uri, line, len(text) - 1) for line, text in enumerate(code, 1)]


def meaning(field: str) -> str:
    struct, _, name = field.partition(".")
    kind: type[CStruct] = getattr(oss_api, struct)
    return {item.name: item for item in kind.c_fields}[name].meaning


def test_what_a_name_means_is_shown_with_it() -> None:
    expected = {field.replace(".", "()."): meaning(field) for field in FIELDS}
    expected["OSS_ACL_PRIVATE"] = CONSTANTS["OSS_ACL_PRIVATE"]
    expected["oss_put_object_from_file"] = "Stores a file as an object."
    for (code, text), shown in zip(expected.items(), hovers(list(expected)), strict=True):
        assert text and text in shown, code
