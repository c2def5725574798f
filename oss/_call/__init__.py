"""The functions of ``oss_api.h``, by subject."""
