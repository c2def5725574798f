"""Runs an OSS service on this machine, for trying and for tests, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from oss.local_server.errors import OssError
from oss.local_server.server import LocalServer


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m oss.local_server", description=__doc__)
    parser.add_argument("--root", help="folder that keeps everything (default: a temporary one)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8280, help="where to listen (8280); 0 takes a free one")
    parser.add_argument("--tls-cert", help="certificate chain, PEM; with --tls-key: HTTPS")
    parser.add_argument("--tls-key", help="private key, PEM")
    parser.add_argument("--access-key-id", default="local-ak")
    parser.add_argument("--access-key-secret", default="local-sk-secret")
    parser.add_argument("--region", default="cn-hangzhou")
    parser.add_argument("--domain", action="append", default=[], help="BUCKET.DOMAIN addresses a bucket; repeatable")
    parser.add_argument(
        "--cname", action="append", default=[], metavar="HOST=BUCKET", help="a domain of a bucket's own; repeatable"
    )
    parser.add_argument("--bucket", action="append", default=[], help="create this bucket; repeatable")
    parser.add_argument(
        "--length-beside-chunks", action="store_true", help="accept what the C SDK sends: Content-Length and chunks"
    )
    options = parser.parse_args()
    if bool(options.tls_cert) != bool(options.tls_key):
        parser.error("--tls-cert and --tls-key go together")
    if any("=" not in cname for cname in options.cname):
        parser.error("--cname takes HOST=BUCKET")
    return options


def _server(options: argparse.Namespace) -> LocalServer:
    try:
        return LocalServer(
            root=options.root,
            host=options.host,
            port=options.port,
            access_key_id=options.access_key_id,
            access_key_secret=options.access_key_secret,
            region=options.region,
            tls=(options.tls_cert, options.tls_key) if options.tls_cert else None,
            buckets=options.bucket,
            domains=options.domain,
            length_beside_chunks=options.length_beside_chunks,
        )
    except (OSError, OssError) as error:
        sys.exit(f"the server cannot start: {error}")


def main() -> None:
    options = _arguments()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with _server(options) as server:
        for cname in options.cname:
            server.add_cname(*cname.split("=", 1))
        print(f"endpoint           {server.endpoint}")
        print(f"access key id      {server.access_key_id}")
        print(f"access key secret  {server.access_key_secret}")
        print(f"region             {server.region}")
        print(f"root               {server.root}", flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
