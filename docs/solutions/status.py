"""Exercise 5: what a status says of an object that is not there."""

import sys
import tempfile
from pathlib import Path

from docs.programs.download import make_options
from oss.oss_api import *

BUCKET, OBJECT = "examplebucket", "exampledir/nosuchobject.bin"


def main() -> int:
    body = aos_list_t()
    with aos_pool_t() as pool, tempfile.TemporaryDirectory() as folder:
        options, path = make_options(pool), Path(folder) / "examplefile.bin"
        clt_params = oss_create_resumable_clt_params_content(pool, 100 * 1024, 3, AOS_FALSE, None)
        s = oss_resumable_download_file(options, BUCKET, OBJECT, path, None, None, clt_params, None, None)
        print(f"resumable download: {s.code} {s.error_code}, {s.error_msg}, a request id: {bool(s.req_id)}")
        s = oss_get_object_to_buffer(options, BUCKET, OBJECT, None, None, body, None)
        print(f"plain GET:          {s.code} {s.error_code}, {s.error_msg}")
        s = oss_resumable_download_file(options, "Example", OBJECT, path, None, None, clt_params, None, None)
        print(f"an invalid name:    {s.code} {s.error_code}")
        s = oss_resumable_download_file(options, BUCKET, OBJECT, path, None, None, None, None, None)  # type: ignore[arg-type]
        print(f"a NULL pointer:     {s.code} {s.error_code}, {s.error_msg}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
