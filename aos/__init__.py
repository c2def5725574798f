"""The base layer of the Alibaba Cloud OSS C SDK: one module for each of its headers, and the APR types it hands out."""

import sys

if sys.platform == "win32":
    raise ImportError("oss-c-sdk-python runs on Linux and macOS, not on Windows; in WSL it runs as on Linux.")
