"""What is transferred and who serves it: nginx where there is one, else the local server; uploads go to ``sink``."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import trustme

from aos.aos_crc64 import aos_crc64
from oss.oss_api import OSS_ACL_PUBLIC_READ, aos_status_is_ok, oss_put_object_acl, oss_put_object_from_file
from tests.bench.contenders.port import BUCKET, options_for
from tests.bench.memory import kept
from tests.bench.shapes import MIB, SIZE, SPARSE, THROTTLE, THROTTLED, UPLOADED

ROOM = 5
"""How many times the object must fit: served, received, sent, and what the 100 GiB begin with."""
OBJECTS = {"object": SIZE, "throttled": THROTTLED, "small": 1024}
"""What is served, but for the sparse object, by its size."""
PATIENCE = 20.0
SINK = Path(__file__).with_name("sink.py")

NGINX = """
worker_processes {workers}; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 512; }}
http {{
    access_log off; sendfile on; tcp_nopush off; tcp_nodelay on; open_file_cache max=100;
    keepalive_requests 100000000; keepalive_timeout 300;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    map $uri $crc64 {{
        {crcs}
        default 0;
    }}
    server {{
        listen 127.0.0.1:{plain};
        listen 127.0.0.1:{tls} ssl;
        ssl_certificate {folder}/server.pem; ssl_certificate_key {folder}/server.key;
        ssl_protocols TLSv1.3;
        root {folder}/root;
        add_header x-oss-hash-crc64ecma $crc64 always;
        add_header x-oss-request-id 0123456789ABCDEF01234567 always;
        location /{bucket}/throttled {{ limit_rate {throttle}; }}
    }}
}}
"""


@dataclass(frozen=True)
class Service:
    """A service under way, and what it serves."""

    name: str
    folder: Path
    plain: str
    tls: str
    sink: str
    ca_file: str
    source: Path
    crcs: dict[str, int]

    @property
    def is_nginx(self) -> bool:
        return self.name != "local server"

    def endpoint(self, verb: str, tls: bool) -> str:
        return self.sink if verb == "upload" else self.tls if tls else self.plain

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def whole(self, object: str) -> bool:
        """Whether what was downloaded is the object."""
        with open(self.output / "file", "rb") as file:
            return crc64_of(iter(lambda: file.read(MIB), b"")) == self.crcs[object]

    def clean(self) -> None:
        """What the last run left behind is gone, its checkpoints too."""
        shutil.rmtree(self.output, ignore_errors=True)
        self.output.mkdir()

    def file(self, verb: str) -> Path:
        """What a transfer goes to, or comes from; alone in its folder."""
        path = self.output / "file"
        if verb == "upload":
            os.link(self.source, path)
        return path


def crc64_of(chunks: Iterator[bytes]) -> int:
    crc64 = 0
    for chunk in chunks:
        crc64 = aos_crc64(crc64, chunk, len(chunk))
    return crc64


def content(size: int) -> Iterator[bytes]:
    """The same bytes each time, no two MiB alike."""
    block = random.Random(size).randbytes(MIB)
    for start in range(0, size, MIB):
        yield (start.to_bytes(8, "big") + block[8:])[: size - start]


def write(path: Path, size: int) -> int:
    with open(path, "wb") as file:
        file.writelines(content(size))
    return crc64_of(content(size))


@contextlib.contextmanager
def room(size: int) -> Iterator[Path]:
    """A folder in memory, where there is enough for an object of a size, else on disk."""
    memory = Path("/dev/shm")
    fits = memory.is_dir() and shutil.disk_usage(memory).free > ROOM * size
    with tempfile.TemporaryDirectory(prefix="oss-bench-", dir=memory if fits else None) as folder:
        yield Path(folder)


@contextlib.contextmanager
def service(sizes: Mapping[str, int] = OBJECTS, uploaded: Iterable[int] = UPLOADED) -> Iterator[Service]:
    """Serves objects of some sizes. One of them, named "object", is the largest, and what is uploaded, in parts of the
    sizes ``uploaded``."""
    with kept(sizes["object"]), room(sizes["object"]) as folder:
        objects = folder / "root" / BUCKET
        objects.mkdir(parents=True)
        crcs = {name: write(objects / name, size) for name, size in sizes.items()}
        with open(objects / "sparse", "wb") as sparse, contextlib.suppress(OSError):
            sparse.truncate(SPARSE)
        ca = trustme.CA()
        ca.cert_pem.write_to_path(folder / "ca.pem")
        certificate = ca.issue_cert("127.0.0.1")
        certificate.private_key_pem.write_to_path(folder / "server.key")
        for pem in certificate.cert_chain_pems:
            pem.write_to_path(folder / "server.pem", append=True)
        program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        with contextlib.ExitStack() as stack:
            port = free_port()
            sink_of = map(str, (objects / "object", crcs["object"], *uploaded))
            stack.enter_context(started([sys.executable, str(SINK), str(port), *sink_of], port))
            serving = nginx(program, folder, crcs) if program else local_server(folder, crcs)
            name, plain, tls = stack.enter_context(serving)
            sink, ca_file = f"http://127.0.0.1:{port}", str(folder / "ca.pem")
            yield Service(name, folder, plain, tls, sink, ca_file, objects / "object", crcs)


@contextlib.contextmanager
def nginx(program: str, folder: Path, crcs: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    plain, tls = free_port(), free_port()
    text = NGINX.format(
        folder=folder,
        workers=os.environ.get("OSS_BENCH_NGINX_WORKERS", "1"),
        user="user root;" if os.geteuid() == 0 else "",
        crcs=" ".join(f"/{BUCKET}/{name} {crc};" for name, crc in crcs.items()),
        plain=plain,
        tls=tls,
        bucket=BUCKET,
        throttle=THROTTLE,
    )
    (folder / "nginx.conf").write_text(text)
    command = [program, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    with started(command, plain):
        version = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
        yield version.strip().rpartition(" ")[2], f"http://127.0.0.1:{plain}", f"https://127.0.0.1:{tls}"


@contextlib.contextmanager
def local_server(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """One for HTTP and one for HTTPS, each with the objects that are not sparse."""
    ports = free_port(), free_port()
    with contextlib.ExitStack() as stack:
        for port, more in (
            (ports[0], []),
            (ports[1], ["--tls-cert", f"{folder}/server.pem", "--tls-key", f"{folder}/server.key"]),
        ):
            root = [f"--root={folder}/local-{port}", f"--bucket={BUCKET}", f"--port={port}", "--length-beside-chunks"]
            stack.enter_context(started([sys.executable, "-m", "oss.local_server", *root, *more], port))
            options = options_for(f"http{'s' if more else ''}://127.0.0.1:{port}", f"{folder}/ca.pem")
            for name in names:
                status = oss_put_object_from_file(options, BUCKET, name, folder / "root" / BUCKET / name, None, None)
                assert aos_status_is_ok(status), status
                oss_put_object_acl(options, BUCKET, name, OSS_ACL_PUBLIC_READ, None)  # curl signs nothing
        yield "local server", f"http://127.0.0.1:{ports[0]}", f"https://127.0.0.1:{ports[1]}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def started(command: list[str], port: int) -> Iterator[None]:
    """A server's process, from when it listens."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + PATIENCE
            while True:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"{command[0]} does not listen")
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
