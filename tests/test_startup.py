"""What an import loads: nothing is paid for by a program that does not use it.

Modules are counted, not milliseconds: which ones are loaded is the same on every machine.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TRANSFER = "import oss._transfer.download, oss._transfer.upload, aos._http.perform"

FOR_A_REQUEST = {"_socket", "_ssl", "ipaddress", "queue", "_queue", "heapq", "_heapq", "hmac", "select", "selectors"}
FOR_A_REQUEST |= {
    "atexit",
    "socket",
    "ssl",
    "base64",
    "binascii",
    "errno",
    "hashlib",
    "_hashlib",
    "_blake2",
    "array",
    "math",
}
"""What a transfer takes beside what the API has loaded, at most."""

HEAVY = ("requests", "urllib3", "http", "email", "ssl", "socket", "logging", "random", "inspect", "dataclasses", "ast")
"""What only a request takes, and what nothing here takes."""


def loaded(before: str, code: str) -> set[str]:
    """The modules that ``code`` loads in a process where ``before`` was run."""
    program = f"import sys\n{before}\nbefore = {{*sys.modules}}\n{code}\nprint(*({{*sys.modules}} - before))"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return set(done.stdout.split())


def others(modules: set[str]) -> set[str]:
    """Modules that are not the project's; parts of others' that nobody can import by name do not count."""
    return {name for name in modules if name.split(".")[0] not in ("aos", "oss")}


def top(modules: set[str]) -> set[str]:
    return {name.split(".")[0] for name in modules}


def test_the_api_is_imported_without_an_http_client() -> None:
    found = loaded("", "from oss.oss_api import *")
    assert "oss.oss_resumable" in found
    assert not top(others(found)) & {*HEAVY}
    assert not {"oss._transfer.transfer", "aos._http.client"} & found
    assert not {
        name for name in found if name.startswith(("oss._command", "oss.local_server", "oss.samples", "oss.tools"))
    }


def test_the_base_layer_is_imported_without_the_service() -> None:
    assert not {name for name in loaded("", "from aos.aos_http_io import *") if name.startswith("oss")}


def test_a_transfer_loads_no_http_client() -> None:
    """Requests and urllib3 are for programs that mount adapters, and for TLS through a proxy of TLS."""
    assert others(loaded("from oss.oss_api import *", TRANSFER)) <= FOR_A_REQUEST


@pytest.mark.parametrize("done", ["aos_http_io_deinitialize()", "oss_request_options_create(None)"])
def test_without_a_request_there_is_no_http_client(done: str) -> None:
    found = loaded("", f"from oss.oss_api import *\naos_http_io_initialize(None, 0)\n{done}")
    assert not {"requests", "aos._http.client"} & found


def test_the_rooms_are_few() -> None:
    found = loaded("import requests", "from oss.oss_api import *")
    assert len(found) <= 105
