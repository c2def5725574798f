"""Runs a command and prints its wall seconds, CPU seconds and peak memory in MiB. A program, of ``measure``.

It is small, because the peak memory that the system tells of a process begins with that of the one it was forked from.
"""

import os
import signal
import sys
import time

LIMIT = 1800
"""Seconds after which the command is ended."""

if __name__ == "__main__":
    begin = time.perf_counter()
    child = os.fork()
    if not child:
        signal.alarm(LIMIT)  # outlives exec
        os.dup2(2, 1)
        os.execvp(sys.argv[1], sys.argv[1:])
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    if status:
        sys.exit(f"ended with {os.waitstatus_to_exitcode(status)}")
    print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20))
