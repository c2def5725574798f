"""The command line program, ``oss-c-sdk`` or ``python -m oss``, built on the public API."""
