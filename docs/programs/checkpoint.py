"""Downloads until the third part breaks off, and prints the checkpoint that is left."""

import os
import re
import sys
import tempfile
from pathlib import Path

from docs.programs.download import PART_SIZE, make_options
from oss.oss_api import *


def print_file(data: bytes) -> None:
    """The header, an element a line, then the records; the spaces that pad them are counted."""
    start = 0
    for end in (data.index(b"<Part>"), *(i + 1 for i, byte in enumerate(data) if byte == LF), len(data)):
        text = data[start:end].decode().rstrip("\n")
        spaces = len(text) - len(text.rstrip())
        if text:
            shown = text.rstrip() if start else re.sub("><(?!/)", ">\n           <", text.rstrip())
            print(f"byte {start:4}: {shown}{f' and {spaces} spaces' if spaces else ''}")
        start = end


def main() -> int:
    with aos_pool_t() as pool, tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        options = make_options(pool)
        clt_params = oss_create_resumable_clt_params_content(pool, PART_SIZE, 1, AOS_TRUE, None)
        s = oss_resumable_download_file(
            options,
            "examplebucket",
            "exampledir/exampleobject.bin",
            "examplefile.bin",
            None,
            None,
            clt_params,
            None,
            None,
        )
        print(f"{s.code} {s.error_code}; there are {' and '.join(sorted(os.listdir()))}")
        print_file(Path("examplefile.bin.dcp").read_bytes())
        os.chdir("/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
