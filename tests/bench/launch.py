"""Runs a command and prints its wall seconds, CPU seconds and peak memory in MiB. A program, of ``measure``, whose
first argument is the seconds after which the command is ended.

It is small, because the peak memory that the system tells of a process begins with that of the one it was forked from.
"""

import os
import signal
import sys
import time

if __name__ == "__main__":
    limit, command = int(sys.argv[1]), sys.argv[2:]
    begin = time.perf_counter()
    child = os.fork()
    if not child:
        signal.alarm(limit)  # outlives exec
        os.dup2(2, 1)
        os.execvp(command[0], command)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    if status:
        code = os.waitstatus_to_exitcode(status)
        sys.exit(f"ended after {limit} s" if code == -signal.SIGALRM else f"ended with {code}")
    print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1 << 20))
