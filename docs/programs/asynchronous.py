"""Downloads an object in an asyncio program; to cancel the task ends the download."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from docs.programs.download import make_options
from oss.oss_api import *

P = ParamSpec("P")
Result = TypeVar("Result")


async def in_thread(pool: aos_pool_t, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs) -> Result:
    """Makes a call in a thread. A cancellation destroys the pool of its options, which ends it within a second."""
    call = asyncio.ensure_future(asyncio.to_thread(function, *args, **kwargs))
    try:
        return await asyncio.shield(call)
    except asyncio.CancelledError:
        aos_pool_destroy(pool)
        await asyncio.wait([call])
        raise


async def download(bucket: str, key: str, path: Path) -> aos_status_t:
    """Downloads an object in three threads of the SDK's, with a checkpoint."""
    with aos_pool_t() as pool:
        options = make_options(pool)
        clt_params = oss_create_resumable_clt_params_content(pool, 1 << 20, 3, AOS_TRUE, None)
        return await in_thread(
            pool, oss_resumable_download_file, options, bucket, key, path, None, None, clt_params, None, None
        )


async def main() -> None:
    bucket, key, path = sys.argv[1:]
    try:
        status = await asyncio.wait_for(download(bucket, key, Path(path)), timeout=60)
    except asyncio.TimeoutError:
        print("not downloaded: it took more than a minute")
    else:
        print(f"status {status.code}, {Path(path).stat().st_size} bytes")


if __name__ == "__main__":
    asyncio.run(main())
