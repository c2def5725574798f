"""Forks at moments that nobody chose: while another thread imports, in a signal handler while a call waits, in a log's
printer in the middle of a transfer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

COMMON = """
import os, signal, socket, sys, tempfile, threading, time
from oss.oss_api import *

def options(endpoint):
    made = oss_request_options_create(None)
    made.config = oss_config_create(None)
    made.config.endpoint, made.config.access_key_id, made.config.access_key_secret = endpoint, "id", "secret"
    made.ctl = aos_http_controller_create(None, 0)
    return made

def left_alone():
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(30)  # a child that hangs
"""

WHILE_IMPORTING = """
import importlib.abc
begun = threading.Event()

class slow(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == LAST:
            begun.set()
            time.sleep(0.5)

sys.meta_path.insert(0, slow())
with socket.socket() as nobody:  # bound, and listening to nobody
    nobody.bind(("127.0.0.1", 0))
    endpoint = f"http://127.0.0.1:{nobody.getsockname()[1]}"
    path = os.path.join(tempfile.gettempdir(), "never-made")
    params = oss_create_resumable_clt_params_content(None, 100000, 1, AOS_FALSE, None)
    def call():
        where = options(endpoint), "bucket-a", "key"
        return MADE.code
    thread = threading.Thread(target=call)
    thread.start()
    begun.wait()
    child = os.fork()
    if not child:
        left_alone()
        os._exit(call() != AOSE_FAILED_CONNECT)
    print(os.waitpid(child, 0)[1])
    thread.join()
"""

WHILE_SIGNING = """
import hmac
digest, begun, forked = hmac.digest, threading.Event(), threading.Event()

def slow(*args):
    begun.set()
    forked.wait(0.5)  # it does not come
    said.append(forked.is_set())
    return digest(*args)

hmac.digest, said = slow, []
req = aos_http_request_create(None)
thread = threading.Thread(target=oss_gen_signed_url, args=(options("http://a"), "bucket-a", "key", 2000000000, req))
thread.start()
begun.wait()
child = os.fork()
if not child:
    os._exit(0)
forked.set()
thread.join()
os.waitpid(child, 0)
print(*said)
"""

IN_A_HANDLER = """
me, children = os.getpid(), []

def fork(*_):
    child = os.fork()
    if child:
        children.append(child)
    else:
        left_alone()

signal.signal(signal.SIGUSR1, fork)
with socket.socket() as silent, tempfile.TemporaryDirectory() as folder:
    silent.bind(("127.0.0.1", 0))
    silent.listen()
    def later():
        peer, _ = silent.accept()
        peer.recv(1000)
        os.kill(me, signal.SIGUSR1)
        while not children:
            time.sleep(0.01)
        os.waitid(os.P_PID, children[0], os.WEXITED | os.WNOWAIT)
        peer.close()
    threading.Thread(target=later, daemon=True).start()
    endpoint, path = f"http://127.0.0.1:{silent.getsockname()[1]}", os.path.join(folder, "target")
    params = oss_create_resumable_clt_params_content(None, 100000, 1, AOS_TRUE, None)
    where = options(endpoint), "bucket-a", "key"
    status = MADE
    if os.getpid() != me:
        os._exit(status.code != AOSE_ABORT_CALLBACK)
    print(os.waitpid(children[0], 0)[1])
"""
IN_A_PRINTER = """
from oss.local_server import LocalServer
me, found = os.getpid(), []

def fork(message, length):
    if os.getpid() == me and "HEAD" in message and not found:
        child = os.fork()
        if not child:
            return left_alone()  # and the call goes on, as in the parent
        found.append(os.waitpid(child, 0)[1])
        found.append(os.listdir(folder))

aos_log_set_level(AOS_LOG_DEBUG)
with LocalServer(buckets=["bucket-a"]) as server, tempfile.TemporaryDirectory() as folder:
    server.put("bucket-a", "key", bytes(100000))
    where, path = options(server.endpoint), os.path.join(folder, "target")
    where.config.access_key_id, where.config.access_key_secret = server.access_key_id, server.access_key_secret
    params = oss_create_resumable_clt_params_content(None, 10000, 2, AOS_TRUE, None)
    aos_log_set_print(fork)
    status = oss_resumable_download_file(where, "bucket-a", "key", path, None, None, params, None, None)
    print(*found, status.code, os.path.getsize(path))
"""
CALLS = {
    "download": "oss_resumable_download_file(*where, path, None, None, params, None, None)",
    "get_file": "oss_get_object_to_file(*where, None, None, path, None)",
    "head": "oss_head_object(*where, None, None)",
}


def said(program: str) -> str:
    command = [sys.executable, "-c", COMMON + program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("module", "call"), [("email.utils", "head"), ("aos._http.receive", "head"), ("oss._transfer.download", "download")]
)
def test_a_fork_while_another_thread_imports_waits_for_it(module: str, call: str) -> None:
    assert said(WHILE_IMPORTING.replace("LAST", repr(module)).replace("MADE", CALLS[call])) == "0"


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_child_forked_by_a_signal_handler_does_not_wait_for_the_parents_work(call: str) -> None:
    assert said(IN_A_HANDLER.replace("MADE", call)) == "0"


def test_a_child_forked_by_a_printer_takes_no_file_of_its_parents_call() -> None:
    assert said(IN_A_PRINTER) == "0 [] 200 100000"


def test_a_fork_waits_for_a_digest_that_openssl_is_making() -> None:
    assert said(WHILE_SIGNING) == "False"
