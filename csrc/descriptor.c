/*
 * Python closes a file when the last reference to it goes. That is done in C because an exception from a Python signal
 * handler, which can come between any two steps in Python, must not come between forgetting the number and closing it.
 */
#include "descriptor.h"

#include <errno.h>
#include <unistd.h>

int aos_descriptor_close(int *fd)
{
    int closed = *fd;

    *fd = -1;
    if (closed < 0 || close(closed) == 0)
        return 0;
    return errno; /* also for EINTR: on Linux the number is free even then, and may already be another file's */
}
