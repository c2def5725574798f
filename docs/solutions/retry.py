"""Exercise 4: one part fails once."""

import sys
import tempfile
from pathlib import Path

from aos import aos_http_io
from docs.programs.download import make_options
from oss.oss_api import *

BUCKET, OBJECT, PART_SIZE = "examplebucket", "exampledir/exampleobject.bin", 100 * 1024

perform = aos_http_io.aos_http_transport_perform
failed: set[str] = set()


def fail_once(t: aos_http_transport_t) -> int:
    asked = apr_table_get(t.req.headers, "Range")
    if asked is not None and asked.startswith("bytes=204800-") and asked not in failed:
        failed.add(asked)
        t.controller.error_code, t.controller.reason = AOSE_CONNECTION_FAILED, "the exercise says so"
        return AOSE_CONNECTION_FAILED
    return perform(t)


def main() -> int:
    aos_http_io.aos_http_transport_perform = fail_once
    aos_log_set_level(AOS_LOG_ERROR)  # the log has a warning for each retry
    for retry_times in (0, 1):
        failed.clear()
        with aos_pool_t() as pool, tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "examplefile.bin"
            clt_params = oss_create_resumable_clt_params_content(pool, PART_SIZE, 3, AOS_FALSE, None)
            clt_params.retry_times = retry_times
            s = oss_resumable_download_file(
                make_options(pool), BUCKET, OBJECT, path, None, None, clt_params, None, None
            )
            print(f"retry_times {retry_times}: {s.code} {s.error_code}, {s.error_msg}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
