"""All samples, one after the other (``main.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_append_object_sample import append_object_sample
from oss.samples.oss_callback_sample import callback_sample
from oss.samples.oss_crc_sample import crc_sample
from oss.samples.oss_delete_object_sample import delete_object_sample
from oss.samples.oss_get_object_sample import get_object_sample
from oss.samples.oss_head_object_sample import head_object_sample
from oss.samples.oss_image_sample import image_sample
from oss.samples.oss_list_object_sample import list_object_sample
from oss.samples.oss_multipart_upload_sample import multipart_object_sample
from oss.samples.oss_progress_sample import progress_sample
from oss.samples.oss_put_object_sample import put_object_sample
from oss.samples.oss_resumable_sample import resumable_download_sample, resumable_upload_sample
from oss.samples.oss_sample_util import run_sample
from oss.samples.oss_select_object_sample import select_object_sample


def main() -> None:
    if aos_http_io_initialize(None, 0) != AOSE_OK:
        sys.exit(1)
    put_object_sample()
    append_object_sample()
    get_object_sample()
    head_object_sample()
    list_object_sample()
    multipart_object_sample()
    delete_object_sample()
    callback_sample()
    progress_sample()
    crc_sample()
    image_sample()
    resumable_upload_sample()
    resumable_download_sample()
    select_object_sample()
    aos_http_io_deinitialize()


if __name__ == "__main__":
    sys.exit(run_sample(main))
