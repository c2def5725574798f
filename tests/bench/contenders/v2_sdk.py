"""alibabacloud-oss-v2."""

import sys
from pathlib import Path

import alibabacloud_oss_v2 as oss  # type: ignore[import-untyped]

ACCESS_KEY_ID, ACCESS_KEY_SECRET, BUCKET = "local-ak", "local-sk-secret", "bucket"


def client_for(endpoint: str) -> oss.Client:
    config = oss.config.load_default()
    config.credentials_provider = oss.credentials.StaticCredentialsProvider(ACCESS_KEY_ID, ACCESS_KEY_SECRET)
    config.region, config.endpoint, config.use_path_style = "cn-hangzhou", endpoint, True
    return oss.Client(config)


def main(verb: str, endpoint: str, object: str, file: str, part_size: str, threads: str, cp: str, ca_file: str) -> None:
    client = client_for(endpoint)
    how = {
        "part_size": int(part_size),
        "parallel_num": int(threads),
        "enable_checkpoint": cp == "1",
        "checkpoint_dir": str(Path(file).parent),
    }
    if verb == "download":
        client.downloader(**how).download_file(
            oss.GetObjectRequest(bucket=BUCKET, key=object), file, use_temp_file=True
        )
    elif verb == "upload":
        client.uploader(**how).upload_file(oss.PutObjectRequest(bucket=BUCKET, key=object), file)


if __name__ == "__main__":
    main(*sys.argv[1:])
