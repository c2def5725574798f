"""Exercise 3: the CRC64 of the whole from those of its parts."""

import sys
import tempfile
from pathlib import Path

from aos.aos_crc64 import *
from docs.programs.download import make_options
from oss.oss_api import *

BUCKET, OBJECT, PART_SIZE = "examplebucket", "exampledir/exampleobject.bin", 100 * 1024


def main() -> int:
    resp_headers = aos_table_t()
    with aos_pool_t() as pool, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examplefile.bin"
        clt_params = oss_create_resumable_clt_params_content(pool, PART_SIZE, 3, AOS_FALSE, None)
        s = oss_resumable_download_file(
            make_options(pool), BUCKET, OBJECT, path, None, None, clt_params, None, resp_headers
        )
        if not aos_status_is_ok(s):
            return 1
        data = path.read_bytes()
    whole = 0
    for start in range(0, len(data), PART_SIZE):
        part = data[start : start + PART_SIZE]
        whole = aos_crc64_combine(whole, aos_crc64(0, part, len(part)), len(part))
    print(f"from the parts {whole}")
    print(f"in one piece   {aos_crc64(0, data, len(data))}")
    print(f"the service's  {apr_table_get(resp_headers, OSS_HASH_CRC64_ECMA)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
