"""What the samples work with (``oss_config.h``), from the environment.

``OSS_ENDPOINT``, ``OSS_ACCESS_KEY_ID``, ``OSS_ACCESS_KEY_SECRET`` and ``OSS_BUCKET`` name a service and an existing
bucket; ``OSS_SESSION_TOKEN`` is the token of a temporary key; with ``OSS_REGION`` requests have V4 signatures;
``OSS_CALLBACK_URL`` is what the callback sample has the service call. Without ``OSS_ENDPOINT`` a local server is
started, and the values that are not in ``__all__`` are then its own: read them as ``oss_config.OSS_ENDPOINT``.
"""

from __future__ import annotations

import os

__all__ = ["BUCKET_NAME", "DIR_NAME", "MULTIPART_UPLOAD_FILE_PATH", "OBJECT_NAME"]

OSS_ENDPOINT = os.environ.get("OSS_ENDPOINT", "")
ACCESS_KEY_ID = os.environ.get("OSS_ACCESS_KEY_ID", "")
ACCESS_KEY_SECRET = os.environ.get("OSS_ACCESS_KEY_SECRET", "")
SESSION_TOKEN = os.environ.get("OSS_SESSION_TOKEN", "")
REGION = os.environ.get("OSS_REGION", "")
CALLBACK_URL = os.environ.get("OSS_CALLBACK_URL", "")

BUCKET_NAME = os.environ.get("OSS_BUCKET", "") or "oss-sample-bucket"
OBJECT_NAME = "oss_sample_object.txt"
DIR_NAME = "dir/"  # ends with a slash
MULTIPART_UPLOAD_FILE_PATH = "multipart_upload_file.dat"


def missing(*needed: str) -> list[str]:
    """Those of the ``needed`` variables, and of the keys, that the service at ``OSS_ENDPOINT`` still lacks."""
    names = ("OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET", *needed) if OSS_ENDPOINT else ()
    return [name for name in names if not os.environ.get(name)]
