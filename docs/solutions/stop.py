"""Exercise 1: stop at half, look at the checkpoint, go on."""

import sys
import tempfile
from pathlib import Path

from docs.programs.download import make_options
from oss.oss_api import *

BUCKET, OBJECT, PART_SIZE = "examplebucket", "exampledir/exampleobject.bin", 100 * 1024


class Enough(Exception):
    pass


def stop_at_half(consumed_bytes: int, total_bytes: int) -> None:
    if consumed_bytes * 2 >= total_bytes:
        raise Enough


def main() -> int:
    moved: list[int] = []
    with aos_pool_t() as pool, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examplefile.bin"
        options, checkpoint = make_options(pool), oss_create_checkpoint_content(pool)
        clt_params = oss_create_resumable_clt_params_content(pool, PART_SIZE, 1, AOS_TRUE, None)
        try:
            oss_resumable_download_file(options, BUCKET, OBJECT, path, None, None, clt_params, stop_at_half, None)
        except Enough:
            print("stopped")
        if oss_load_checkpoint(pool, f"{path}.dcp", checkpoint) != AOSE_OK:
            return 1
        missing = [part for part in checkpoint.parts[: checkpoint.part_num] if not part.completed]
        print(f"missing: parts {[part.index for part in missing]}, {sum(part.size for part in missing)} bytes")
        s = oss_resumable_download_file(
            options, BUCKET, OBJECT, path, None, None, clt_params, lambda consumed, total: moved.append(consumed), None
        )
        print(
            f"status {s.code}, the second call moved {len(moved)} parts, the first of them gave {moved[0]} bytes in all"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
