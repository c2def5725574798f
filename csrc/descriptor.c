/*
 * Closing belongs to what a garbage collector does when the last reference goes, so it is done here, where no exception
 * of a Python signal handler can come between letting go of the number and closing it.
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
    return errno; /* EINTR too: on Linux the number is free all the same, and may be another file's by now */
}
