"""What a transfer is made of, one by one; the table is pytest-benchmark's own."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import alibabacloud_oss_v2 as oss  # type: ignore[import-untyped]
import pytest

from aos._native import crc64, crc64_combine, crc64_use
from oss._transfer.journal import Journal
from oss._transfer.plan import Plan
from oss.oss_api import (
    AOSE_OK,
    OSS_CP_DOWNLOAD,
    aos_buf_pack,
    aos_http_io_initialize,
    aos_http_request_create,
    aos_list_add_tail,
    aos_list_init,
    aos_list_t,
    aos_status_is_ok,
    oss_checkpoint_t,
    oss_get_object_to_buffer,
    oss_get_object_uri,
    oss_put_object_from_buffer,
)
from oss.oss_auth import oss_sign_request
from tests.bench.contenders.oss2_sdk import bucket_for
from tests.bench.contenders.port import BUCKET, options_for
from tests.bench.contenders.v2_sdk import client_for
from tests.bench.servers import Service

KERNELS = ("portable", "pclmul", "vpclmul", "avx512")
OTHERS = ("liblzma", "anycrc")
SIZES = {"1 KiB": 1 << 10, "64 KiB": 1 << 16, "1 MiB": 1 << 20, "64 MiB": 64 << 20}
MODULES = ("", "requests", "oss", "oss.oss_api", "oss2", "alibabacloud_oss_v2")
SMALL = b"x" * 1024


def other_crc64(name: str) -> Callable[[bytes], int]:
    if name == "anycrc":
        return importlib.import_module("anycrc").Model("CRC64-XZ").calc  # type: ignore[no-any-return]
    function = ctypes.CDLL(ctypes.util.find_library("lzma")).lzma_crc64
    function.restype, function.argtypes = ctypes.c_uint64, (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint64)
    return lambda data: int(function(data, len(data), 0))


@pytest.mark.parametrize("kernel", [*KERNELS, *OTHERS])
@pytest.mark.parametrize("size", SIZES)
def test_crc64(benchmark: Any, kernel: str, size: str) -> None:
    benchmark.group = f"CRC64 of {size}"
    data = (random.Random(0).randbytes(min(SIZES[size], 1 << 20)) * 64)[: SIZES[size]]  # zeros may be one page
    try:
        if kernel in OTHERS:
            benchmark(other_crc64(kernel), data)
        else:
            crc64_use(kernel)
            benchmark(crc64, 0, data)
    except (ValueError, ImportError, OSError, AttributeError) as error:
        pytest.skip(str(error))
    finally:
        crc64_use("auto")


@pytest.mark.benchmark(group="CRC64 of two parts, combined")
@pytest.mark.parametrize("length", [107_375, 8 << 20])
def test_crc64_combine(benchmark: Any, length: int) -> None:
    benchmark(crc64_combine, 0x1234567890ABCDEF, 0xFEDCBA0987654321, length)


@pytest.mark.benchmark(group="signature of a request")
@pytest.mark.parametrize("version", [1, 4])
def test_signature(benchmark: Any, version: int) -> None:
    options = options_for("http://127.0.0.1:1", "")
    options.config.signature_version, options.config.region = version, "cn-hangzhou"

    def sign() -> None:
        req = aos_http_request_create(None)
        oss_get_object_uri(options, BUCKET, "object", req)
        assert oss_sign_request(req, options.config) == AOSE_OK

    benchmark(sign)


@pytest.mark.benchmark(group="record of a finished part")
@pytest.mark.parametrize("count", [100, 1000, 10_000])
def test_record(benchmark: Any, tmp_path: Path, count: int) -> None:
    checkpoint, plan, etags = oss_checkpoint_t(), Plan(count << 20, 1 << 20), ['"0123"'] * count
    checkpoint.cp_type, checkpoint.object_etag = OSS_CP_DOWNLOAD, etags[0]
    journal = Journal(str(tmp_path / "cp"))
    journal.begin(checkpoint, plan, bytes(count), etags, [0] * count)
    benchmark(journal.complete, count - 1, etags[0], 0x1234567890ABCDEF)
    journal.close()


def port_calls(server: Service) -> tuple[Callable[[], object], Callable[[], object]]:
    aos_http_io_initialize(None, 0)
    reading, writing = options_for(server.plain, ""), options_for(server.sink, "")

    def get() -> None:
        buffer = aos_list_t()
        aos_list_init(buffer)
        assert aos_status_is_ok(oss_get_object_to_buffer(reading, BUCKET, "small", None, None, buffer, None))

    def put() -> None:
        buffer = aos_list_t()
        aos_list_init(buffer)
        aos_list_add_tail(aos_buf_pack(None, SMALL, len(SMALL)).node, buffer)
        assert aos_status_is_ok(oss_put_object_from_buffer(writing, BUCKET, "small", buffer, None, None))

    return get, put


def oss2_calls(server: Service) -> tuple[Callable[[], object], Callable[[], object]]:
    reading, writing = bucket_for(server.plain), bucket_for(server.sink)
    return lambda: reading.get_object("small").read(), lambda: writing.put_object("small", SMALL)


def v2_calls(server: Service) -> tuple[Callable[[], object], Callable[[], object]]:
    reading, writing = client_for(server.plain), client_for(server.sink)
    get, put = oss.GetObjectRequest(BUCKET, "small"), oss.PutObjectRequest(BUCKET, "small", body=SMALL)
    return lambda: reading.get_object(get).body.content, lambda: writing.put_object(put)


@pytest.mark.parametrize("calls", [port_calls, oss2_calls, v2_calls])
@pytest.mark.parametrize("what", ["get", "put"])
@pytest.mark.benchmark(timer=time.process_time)
def test_small_call(
    benchmark: Any, server: Service, what: str, calls: Callable[[Service], tuple[Callable[[], object], ...]]
) -> None:
    benchmark.group = f"CPU of a {what} of 1 KiB"
    call = calls(server)[what == "put"]
    call()
    benchmark.pedantic(call, rounds=20, iterations=50)


@pytest.mark.benchmark(group="import")
@pytest.mark.parametrize("module", MODULES)
def test_import(benchmark: Any, module: str) -> None:
    command = [sys.executable, "-c", f"import {module}" if module else ""]
    benchmark.pedantic(subprocess.run, args=(command,), kwargs={"check": True}, rounds=10, warmup_rounds=1)
