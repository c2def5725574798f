"""A built C SDK, called as if it were the port.

``library`` loads it, ``mirror`` copies the port's values to C and back. Calls are made in a child process (``child``,
driven by ``worker``), so that a crash costs one call and is reported.
"""
