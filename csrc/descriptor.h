/* A file descriptor that is closed once. */
#ifndef AOS_DESCRIPTOR_H
#define AOS_DESCRIPTOR_H

/* Closes *fd unless it is -1, which it is afterwards; 0 or an errno. */
int aos_descriptor_close(int *fd);

#endif
