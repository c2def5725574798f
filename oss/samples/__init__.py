"""One program for each sample of the C SDK, with its file name and its functions: ``python -m oss.samples.NAME``.

With nothing configured a program starts ``oss.local_server`` and works with that; ``oss_config`` names the environment
variables that make it work with another service.
"""
