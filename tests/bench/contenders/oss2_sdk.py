"""oss2. It cannot do without a checkpoint, so it has one in every shape."""

import sys
from pathlib import Path
from typing import Any

import oss2  # type: ignore[import-untyped]

ACCESS_KEY_ID, ACCESS_KEY_SECRET, BUCKET = "local-ak", "local-sk-secret", "bucket"


class QuotingSession(oss2.Session):  # type: ignore[misc]
    """OSS takes an ETag without its quotes, nginx does not."""

    def do_request(self, req: Any, timeout: Any) -> Any:
        if "If-Match" in req.headers:
            req.headers["If-Match"] = f'"{req.headers["If-Match"]}"'
        return super().do_request(req, timeout)


def bucket_for(endpoint: str) -> oss2.Bucket:
    return oss2.Bucket(oss2.Auth(ACCESS_KEY_ID, ACCESS_KEY_SECRET), endpoint, BUCKET, session=QuotingSession())


def main(verb: str, endpoint: str, object: str, file: str, part_size: str, threads: str, cp: str, ca_file: str) -> None:
    bucket, folder = bucket_for(endpoint), str(Path(file).parent)
    how = {"part_size": int(part_size), "num_threads": int(threads)}
    if verb == "download":
        store = oss2.ResumableDownloadStore(root=folder)
        oss2.resumable_download(bucket, object, file, multiget_threshold=0, store=store, **how)
    elif verb == "upload":
        store = oss2.ResumableStore(root=folder)
        oss2.resumable_upload(bucket, object, file, multipart_threshold=0, store=store, **how)


if __name__ == "__main__":
    main(*sys.argv[1:])
