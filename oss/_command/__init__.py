"""The command line, ``oss-c-sdk`` or ``python -m oss``: a user of the public API like any other."""
