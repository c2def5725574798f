"""Exercise 2: count the requests."""

import sys
import tempfile
from pathlib import Path

from aos import aos_http_io
from docs.programs.download import make_options
from oss.oss_api import *

BUCKET, OBJECT, PART_SIZE = "examplebucket", "exampledir/exampleobject.bin", 100 * 1024

perform = aos_http_io.aos_http_transport_perform
counted = {HTTP_HEAD: 0, HTTP_GET: 0}


def count_and_perform(t: aos_http_transport_t) -> int:
    counted[t.req.method] += 1
    return perform(t)


def main() -> int:
    aos_http_io.aos_http_transport_perform = count_and_perform
    for part_size in (PART_SIZE, 2 * PART_SIZE):
        with aos_pool_t() as pool, tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "examplefile.bin"
            clt_params = oss_create_resumable_clt_params_content(pool, part_size, 3, AOS_FALSE, None)
            counted.update({HTTP_HEAD: 0, HTTP_GET: 0})
            s = oss_resumable_download_file(
                make_options(pool), BUCKET, OBJECT, path, None, None, clt_params, None, None
            )
            print(f"part size {part_size}: status {s.code}, {counted[HTTP_HEAD]} HEAD, {counted[HTTP_GET]} GET")
    return 0


if __name__ == "__main__":
    sys.exit(main())
