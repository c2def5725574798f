#pragma once
#include <_types.h>
#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGTRAP 5
#define SIGABRT 6
#define SIGBUS 7
#define SIGFPE 8
#define SIGKILL 9
#define SIGUSR1 10
#define SIGSEGV 11
#define SIGUSR2 12
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15
#define SIGCHLD 17
#define SIGCONT 18
#define SIGSTOP 19
#define SIGTSTP 20
#define SIGTTIN 21
#define SIGTTOU 22
#define SA_RESTART 0x10000000
#define SA_NOCLDSTOP 1
#define SA_RESETHAND 0x80000000
__BEGIN_DECLS
typedef int sig_atomic_t;
typedef void (*sighandler_t)(int);
typedef void (*__sighandler_t)(int);
typedef struct { unsigned long __bits; } sigset_t;
#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2
void SIG_DFL(int number);
void SIG_IGN(int number);
void SIG_ERR(int number);
struct sigaction { __sighandler_t sa_handler; sigset_t sa_mask; int sa_flags; };
__sighandler_t signal(int number, __sighandler_t handler);
__sighandler_t sysv_signal(int number, __sighandler_t handler);
#if (defined _POSIX_C_SOURCE || defined _XOPEN_SOURCE) && !defined _GNU_SOURCE && !defined _DEFAULT_SOURCE
#define signal(number, handler) sysv_signal(number, handler)
#endif
int sigaction(int number, const struct sigaction *action, struct sigaction *old);
int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int number);
int sigdelset(sigset_t *set, int number);
int sigismember(const sigset_t *set, int number);
int sigprocmask(int how, const sigset_t *set, sigset_t *old);
int sigpending(sigset_t *set);
int kill(pid_t pid, int number);
int raise(int number);
__END_DECLS
