#pragma once
#include <_types.h>
#define FD_SETSIZE 1024
__BEGIN_DECLS
typedef struct { int __opaque; } fd_set;
void FD_ZERO(fd_set *set);
void FD_SET(int fd, fd_set *set);
void FD_CLR(int fd, fd_set *set);
int FD_ISSET(int fd, const fd_set *set);
int select(int nfds, fd_set *readfds, fd_set *writefds, fd_set *exceptfds, struct timeval *timeout);
__END_DECLS
