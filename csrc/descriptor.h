/* Closes a file descriptor exactly once. */
#ifndef AOS_DESCRIPTOR_H
#define AOS_DESCRIPTOR_H

/* Closes *fd and sets it to -1; does nothing when it is negative already. Returns 0, or the errno of close(). */
int aos_descriptor_close(int *fd);

#endif
