"""The service layer of the Alibaba Cloud OSS C SDK; `from oss.oss_api import *` brings what `oss_api.h` declares."""

__version__ = "3.11.2"
"""That of the C SDK whose API this is; what is released again for the same API has a further number: 3.11.2.1."""
