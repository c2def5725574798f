"""The service: finds the bucket and key of a request, authenticates and authorizes it, and calls its handler."""

from __future__ import annotations

import base64
import contextlib
import math
import os
import re
import shutil
import ssl
import tempfile
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from types import TracebackType

from oss.local_server.auth import Authenticator, Credentials, Identity
from oss.local_server.compression import compress, compressible
from oss.local_server.context import OWNER, Call, check_key
from oss.local_server.delivery import Delivery
from oss.local_server.errors import OssError, error_document
from oss.local_server.faults import Fault, FaultScript, after, before
from oss.local_server.handlers_bucket import BUCKET_NAME
from oss.local_server.http_message import Disconnected, Headers, HttpError, Request, Response
from oss.local_server.http_server import MAX_CONNECTIONS, HttpServer
from oss.local_server.root_lock import RootLock
from oss.local_server.routes import Level, Route, find_route
from oss.local_server.store import Bucket, ObjectInfo, Store

__all__ = ["LocalServer", "RequestRecord"]

_IP = re.compile(r"[0-9.]+|\[.*\]|.*:.*:.*")
_SERVICE_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)??(oss-[a-z0-9-]+\.aliyuncs\.com)")


@dataclass
class RequestRecord:
    """A request that was answered."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    status: int
    connection: int
    time: float
    delivery: Delivery

    @classmethod
    def of(cls, request: Request, response: Response, time: float, delivery: Delivery) -> RequestRecord:
        items, connection = request.headers.items, request.connection
        return cls(request.method, request.target, items, response.status, connection, time, delivery)

    @property
    def sent(self) -> int:
        """The number of body bytes sent so far."""
        return self.delivery.sent


class LocalServer:
    """An OSS service on one address. A context manager: started on entry, stopped on exit.

    ``root`` is the folder that keeps everything (None: a temporary one, removed at the end), OSError when another
    server is using it; ``tls`` is (certificate file, key file); ``now`` replaces the clock; ``buckets`` are created at
    the start; ``faults`` is the script of what goes wrong; with ``signature_required`` false every request counts as
    the owner's. ``domains`` are further names below which ``bucket.name`` addresses a bucket; ``localhost`` always is
    one. ``restore_seconds`` is how long it takes to restore an archived object; ``new_id`` returns the 32 hexadecimal
    digits that request and upload ids are made of. Connections beyond ``max_connections`` at a time are answered 503.
    A Content-Length beside a chunked body is refused, unless ``length_beside_chunks``: the C SDK sends both."""

    def __init__(
        self,
        root: str | os.PathLike[str] | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        access_key_id: str = "local-ak",
        access_key_secret: str = "local-sk-secret",
        region: str = "cn-hangzhou",
        tls: tuple[str, str] | None = None,
        now: Callable[[], float] | None = None,
        buckets: Iterable[str] = (),
        faults: Iterable[Fault] = (),
        signature_required: bool = True,
        domains: Iterable[str] = (),
        restore_seconds: float = 1.0,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
        max_connections: int = MAX_CONNECTIONS,
        length_beside_chunks: bool = False,
    ) -> None:
        self.host, self.region, self.tls = host, region, tls is not None
        self.access_key_id, self.access_key_secret = access_key_id, access_key_secret
        self.requests: deque[RequestRecord] = deque(maxlen=100_000)
        self.now = now or time.time
        self.restore_seconds = restore_seconds
        self.new_id = new_id
        self._domains = sorted({"localhost", *(domain.lower() for domain in domains)}, key=len, reverse=True)
        self._cnames: dict[str, str] = {}
        self._faults = FaultScript(tuple(faults))
        self._signature_required = signature_required
        self._auth = Authenticator(region, self.now)
        self.add_user(access_key_id, access_key_secret)
        self._stopped = threading.Event()
        self._process = os.getpid()
        with contextlib.ExitStack() as undo:
            self.root = Path(undo.enter_context(_temporary_root()) if root is None else root)
            undo.callback(RootLock(self.root).release)
            self.store = Store(self.root)
            undo.callback(self.store.close)
            for name in buckets:
                self.create_bucket(name)
            self._http = HttpServer(host, port, _tls_context(tls), self._handle, max_connections, length_beside_chunks)
            undo.callback(self._http.stop)
            self._undo = undo.pop_all()
        self.port = self._http.port

    # life

    def start(self) -> LocalServer:
        try:
            self._http.start()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """End every connection and thread; a temporary root is removed. A forked child's copy is left alone."""
        if self._stopped.is_set() or self._process != os.getpid():
            return
        self._stopped.set()
        self._undo.close()

    def __enter__(self) -> LocalServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def endpoint_host(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def stopping(self) -> bool:
        return self._stopped.is_set()

    @property
    def scheme(self) -> str:
        return "https" if self.tls else "http"

    @property
    def endpoint(self) -> str:
        return f"{self.scheme}://{self.endpoint_host}"

    @property
    def connections(self) -> int:
        """The number of connections accepted so far."""
        return self._http.accepted

    # set-up by the program that runs the server

    def add_user(self, access_key_id: str, access_key_secret: str, owner: str = OWNER) -> None:
        """Add a key; one of another ``owner`` has no rights to the buckets of this server."""
        self._auth.add(access_key_id, Credentials(access_key_secret, owner))

    def add_sts(self, token: str, access_key_id: str, access_key_secret: str, expires: float = math.inf) -> None:
        """Add a temporary key of the owner, valid with its token only, until ``expires`` by the server's clock."""
        self._auth.add(access_key_id, Credentials(access_key_secret, OWNER, token, expires))

    def add_cname(self, host: str, bucket: str) -> None:
        """Make a host name stand for a bucket."""
        self._cnames[host.lower()] = bucket

    def add_fault(self, fault: Fault) -> Fault:
        self._faults.add(fault)
        return fault

    def clear_faults(self) -> None:
        self._faults.clear()

    def create_bucket(self, name: str, acl: str = "private", storage_class: str = "Standard") -> None:
        if not BUCKET_NAME.fullmatch(name):
            raise OssError("InvalidBucketName", BucketName=name)
        self.store.create_bucket(Bucket(name, OWNER, acl, self.now(), storage_class))

    def put(
        self,
        bucket: str,
        key: str,
        data: bytes | str | os.PathLike[str],
        headers: dict[str, str] | None = None,
        kind: str = "Normal",
        storage_class: str = "Standard",
    ) -> ObjectInfo:
        """Store an object directly; a path stands for the file's content. The bucket is created when missing."""
        check_key(key, new=True)
        if self.store.bucket(bucket) is None:
            self.create_bucket(bucket)
        blob = self.store.receive([data] if isinstance(data, bytes) else _file_chunks(data))
        info = ObjectInfo(
            bucket,
            key,
            blob.file,
            blob.size,
            blob.md5,
            blob.crc,
            self.now(),
            kind,
            storage_class,
            {"Content-Type": "application/octet-stream"} | (headers or {}),
        )
        self.store.put_object(info)
        return info

    replace = put

    def get(self, bucket: str, key: str) -> bytes:
        """The content of an object; KeyError when there is none."""
        info = self.store.object(bucket, key)
        if info is None:
            raise KeyError(f"{bucket}/{key}")
        body = self.store.slice(info)
        with body.file:
            return b"".join(body.chunks())

    # requests

    def _handle(self, request: Request) -> tuple[Response, Delivery]:
        call = self._call(request)
        delivery = Delivery()
        faults: list[Fault] = []
        try:
            level = self._address(call)
            faults = self._faults.due(call)
            for fault in faults:
                before(fault, call, self._http.wait)
            response = self._answer(call, level)
        except OssError as error:
            response = self._failure(call, error)
        except (HttpError, Disconnected):
            raise
        except Exception as error:
            if self._stopped.is_set():
                raise Disconnected("stopped") from error
            response = self._failure(call, OssError("InternalError", f"{type(error).__name__}: {error}"))
        self._complete(call, response)
        if compressible(request, response):
            compress(response, delivery)
        for fault in faults:
            after(fault, response, delivery)
        self.requests.append(RequestRecord.of(request, response, call.now, delivery))
        return response, delivery

    def _call(self, request: Request) -> Call:
        query: dict[str, str] = {}
        for name, value in request.query_pairs:
            query.setdefault(name, value)
        request_id = self.new_id()[:24].upper()
        return Call(self, self.store, request, "", "", query, request_id, self.now())

    def _address(self, call: Call) -> Level:
        """Fill in bucket and key: by the host's name, or else by the path."""
        path = call.request.path
        bucket = self._bucket_of(call.request.host)
        if bucket is not None:
            call.bucket_name, call.key = bucket, path[1:]
        else:
            call.bucket_name, _, call.key = path[1:].partition("/")
        for text in (call.bucket_name, *call.query, *call.query.values()):
            with contextlib.suppress(UnicodeEncodeError):
                text.encode()
                continue
            raise OssError("InvalidArgument", "The request is not valid UTF-8.")
        call.by_host = bucket is not None
        return "object" if call.key else "bucket" if call.bucket_name else "service"

    def _bucket_of(self, host: str) -> str | None:
        """The bucket that a host name stands for; None when the path names it."""
        if _IP.fullmatch(host.rpartition(":")[0] or host) or host.startswith("["):
            return None
        name = host.partition(":")[0].rstrip(".").lower()
        if name in self._cnames:
            return self._cnames[name]
        if name in self._domains:
            return None
        for domain in self._domains:  # the longest first
            if name.endswith("." + domain):
                return name[: -len(domain) - 1]
        if match := _SERVICE_DOMAIN.fullmatch(name):
            return None if match.group(1) == name else name.partition(".")[0]
        label, dot, _ = name.partition(".")
        return label if dot and BUCKET_NAME.fullmatch(label) else None

    def _answer(self, call: Call, level: Level) -> Response:
        call.identity = self._identify(call)
        route = find_route(call.request.method, level, call.query, "x-oss-copy-source" in call.request.headers)
        self._authorize(call, route)
        return route.handler(call)

    def _identify(self, call: Call) -> Identity | None:
        if not self._signature_required:
            return Identity(self.access_key_id, OWNER)
        # The path that the sender had to sign; some leave out the slash after a bucket in the path.
        resource = f"/{call.bucket_name}/{call.key}" if call.bucket_name else "/"
        resources = [resource] if call.key or call.by_host else [resource, resource.rstrip("/") or "/"]
        return self._auth.identify(call.request, call.query, resources)

    def _authorize(self, call: Call, route: Route) -> None:
        if route.right == "create" or route.level == "service":
            if call.identity is None:
                raise OssError("AccessDenied", "Anonymous access is forbidden for this operation.")
            return
        bucket = call.bucket()
        if route.right in ("read", "write"):
            self._authorize_object(call, bucket, call.key, route.right == "write")
        elif call.owner != bucket.owner:
            raise OssError("AccessDenied", "You do not have the permission to perform this operation on the bucket.")

    def authorize_read(self, call: Call, bucket: Bucket, key: str) -> None:
        """Raise an OssError, unless the sender may read the object, which may be another than the one addressed."""
        self._authorize_object(call, bucket, key, writing=False)

    def _authorize_object(self, call: Call, bucket: Bucket, key: str, writing: bool) -> None:
        if call.owner == bucket.owner:
            return
        if key:
            check_key(key)  # the database has no others
        info = self.store.object(bucket.name, key) if key else None
        own = info is not None and info.acl != "default"
        acl = info.acl if info and own else bucket.acl
        if acl == "public-read-write" or (acl == "public-read" and not writing):
            return
        what = "object" if own else "bucket"
        raise OssError("AccessDenied", f"You have no right to access this object because of {what} acl.")

    # what every answer has

    def _failure(self, call: Call, error: OssError) -> Response:
        document = error_document(error, call.request_id, call.request.host or self.endpoint_host)
        headers = Headers([("Content-Type", "application/xml"), ("x-oss-ec", error.cause), *error.headers])
        if error.status == 304:
            return Response(304, Headers(error.headers))
        if call.request.method == "HEAD":
            headers.set("x-oss-err", base64.b64encode(document).decode())
            document = b""
        return Response(error.status, headers, document)

    def _complete(self, call: Call, response: Response) -> None:
        given = response.headers
        first = [("Server", "AliyunOSS"), ("Date", formatdate(call.now, usegmt=True))]
        if response.status not in (204, 304) and "Content-Length" not in given:
            first.append(("Content-Length", str(response.length)))
        first.append(("x-oss-request-id", call.request_id))
        spent = max(0, int((self.now() - call.now) * 1000))
        given.items = [*first, *given.items, ("x-oss-server-time", str(spent))]


@contextlib.contextmanager
def _temporary_root() -> Iterator[str]:
    root = tempfile.mkdtemp(prefix="oss-local-")
    try:
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _tls_context(tls: tuple[str, str] | None) -> ssl.SSLContext | None:
    if tls is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(*tls)
    except OSError as error:  # which names no file
        raise OSError(f"certificate {tls[0]}, key {tls[1]}: {error.strerror or error}") from None
    return context


def _file_chunks(path: str | os.PathLike[str]) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk
