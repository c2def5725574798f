"""Runs a command with a local OSS service beside it: ``serve [--cut N] [--stall N] COMMAND ...``.

The service has one object, ``exampledir/exampleobject.bin`` of 460800 bytes in the bucket ``examplebucket``; the
command finds it by ``OSS_ENDPOINT``, ``OSS_REGION``, ``OSS_ACCESS_KEY_ID`` and ``OSS_ACCESS_KEY_SECRET``. With
``--cut N`` the answer to the N-th request for a part breaks off in the middle, with ``--stall N`` it is 5 seconds late.
"""

import argparse
import os
import random
import subprocess
import sys

from oss.local_server import Fault, LocalServer

BUCKET, OBJECT, SIZE = "examplebucket", "exampledir/exampleobject.bin", 460800


def main() -> int:
    parser = argparse.ArgumentParser(description="Runs a command with a local OSS service beside it.")
    parser.add_argument("--cut", type=int, default=0, metavar="N", help="break off the answer to the N-th part")
    parser.add_argument("--stall", type=int, default=0, metavar="N", help="hold the answer to the N-th part back")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    with LocalServer(buckets=[BUCKET]) as server:
        server.put(BUCKET, OBJECT, random.Random(3).randbytes(SIZE))
        if asked.cut:
            server.add_fault(Fault({"method": "GET", "key": OBJECT}, nth=asked.cut, action="reset", after=25600))
        if asked.stall:
            server.add_fault(Fault({"method": "GET", "key": OBJECT}, nth=asked.stall, action="stall", seconds=5))
        environment = {
            "OSS_ENDPOINT": server.endpoint,
            "OSS_REGION": server.region,
            "OSS_ACCESS_KEY_ID": server.access_key_id,
            "OSS_ACCESS_KEY_SECRET": server.access_key_secret,
        }
        return subprocess.run(asked.command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
