"""SIGPIPE, which ends a process by default, does not reach a program whose connection breaks."""

from __future__ import annotations

import json
import signal
import ssl
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.authority import Authority
from tests.wire import Peer, Tunnel, WireServer, answer

ROOT = Path(__file__).resolve().parent.parent.parent.parent

PROGRAM = """
import json, os, signal, sys, threading, time
from aos._http.perform import connection_for
from aos.aos_http_io import *
from tests.wire import request_to

case, url, options = json.loads(sys.argv[1])
calls = []
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
aos_http_io_initialize(None, 0)
connection = connection_for(aos_http_request_options_create(None))
assert request_to(url, connection=connection, **options).resp.status == 200
sock, deadline = connection.sock, connection.deadline  # the server has reset it, or will soon

def write_in_vain():
    errors = 0
    while errors < 3:
        try:
            deadline.sendall(sock, bytes(1 << 16))
        except OSError:
            errors += 1

def is_pending():
    return signal.SIGPIPE in signal.sigpending()

def is_blocked():
    return signal.SIGPIPE in signal.pthread_sigmask(signal.SIG_BLOCK, ())

if case == "default":
    write_in_vain()
    assert not is_blocked() and not is_pending()
elif case == "thread":
    thread = threading.Thread(target=write_in_vain)
    thread.start()
    thread.join()
elif case == "handler":
    signal.signal(signal.SIGPIPE, lambda number, frame: calls.append(number))
    write_in_vain()
    assert not calls
    os.kill(os.getpid(), signal.SIGPIPE)
    assert calls == [signal.SIGPIPE]
elif case == "blocked":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPIPE})
    write_in_vain()
    assert is_blocked() and not is_pending()
    signal.raise_signal(signal.SIGPIPE)
    write_in_vain()
    assert is_blocked() and is_pending()
elif case == "request":
    found = request_to(url, HTTP_PUT, body=bytes(1 << 24), **options)
    assert found.code != AOSE_OK, found.outcome
print("alive")
"""


def resets(peer: Peer) -> None:
    """Answers a request without a body, and ends the connection as soon as another one comes."""
    peer.sock.recv(100)
    peer.send(answer())
    peer.reset()


def outcome(case: str, url: str, options: dict[str, Any]) -> tuple[int, str]:
    """Returns exit status and output of a program that has SIGPIPE at its default."""
    command = [sys.executable, "-c", PROGRAM, json.dumps([case, url, options])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize("case", ["default", "thread", "handler", "blocked", "request"])
@pytest.mark.parametrize("layers", ["plain", "TLS", "TLS in TLS"])
def test_a_broken_connection_leaves_the_program_alive(
    case: str, layers: str, authority: Authority, right: ssl.SSLContext
) -> None:
    """Nor does it call its handler, leave a signal or take away one of the program's."""
    tls, options = right if layers != "plain" else None, {"ca_file": authority.file}
    with WireServer(resets, tls=tls) as server, WireServer(Tunnel(server), tls=right) as proxy:
        if layers == "TLS in TLS":
            options["proxy_host"] = f"https://{proxy.authority}"
        assert outcome(case, server.url, options) == (0, "alive\n")


def test_an_unguarded_write_ends_the_program() -> None:
    """As the tests above rely on."""
    program = "import os, signal; signal.signal(signal.SIGPIPE, signal.SIG_DFL); r, w = os.pipe(); os.close(r)"
    command = [sys.executable, "-c", f"{program}; os.write(w, b'x')"]
    assert subprocess.run(command, timeout=60, check=False).returncode == -signal.SIGPIPE
