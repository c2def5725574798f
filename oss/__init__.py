"""The service layer of the Alibaba Cloud OSS C SDK; `from oss.oss_api import *` brings what `oss_api.h` declares."""
