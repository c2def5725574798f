#pragma once
#include <_types.h>
#define WNOHANG 1
#define WUNTRACED 2
__BEGIN_DECLS
pid_t wait(int *status);
pid_t waitpid(pid_t pid, int *status, int options);
int WIFEXITED(int how);
int WEXITSTATUS(int how);
int WIFSIGNALED(int how);
int WTERMSIG(int how);
int WIFSTOPPED(int how);
__END_DECLS
