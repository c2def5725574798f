"""The base layer of the Alibaba Cloud OSS C SDK: one module for each of its headers, and the APR types it hands out."""
