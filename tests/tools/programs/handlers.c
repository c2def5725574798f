#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
typedef void (*fn)(int);
static volatile sig_atomic_t hits;
static void h(int s) { hits += s; }
static struct sigaction fixed = { .sa_handler = SIG_IGN };
static fn set(int n, fn f) { fn old = signal(n, f); if (old == SIG_ERR) printf("error\n"); return old; }
int main(void) {
    printf("%d\n", signal(SIGUSR2, h) == SIG_DFL);
    printf("%d\n", signal(SIGUSR2, SIG_IGN) == h);
    if (signal(SIGINT, SIG_IGN) == SIG_DFL) puts("was default");
    fn old = signal(SIGTERM, h);
    if (old != SIG_DFL) puts("not default"); else puts("default");
    if (signal(SIGKILL, h) == SIG_ERR) puts("refused");
    struct sigaction sa, prev;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = h; sigemptyset(&sa.sa_mask); sa.sa_flags = 0;
    printf("%d ", sigaction(SIGUSR1, &sa, &prev)); printf("%d %d\n", prev.sa_handler == SIG_DFL, prev.sa_handler != SIG_IGN);
    raise(SIGUSR1);
    sa.sa_handler = SIG_IGN; sigaction(SIGUSR1, &sa, &prev); printf("%d %d\n", prev.sa_handler == h, prev.sa_handler == SIG_DFL);
    raise(SIGUSR1);
    sigaction(SIGUSR1, NULL, &prev); printf("%d\n", prev.sa_handler == SIG_IGN);
    sa.sa_handler = SIG_DFL; sigaction(SIGUSR1, &sa, NULL);
    sigaction(SIGHUP, &fixed, NULL); raise(SIGHUP);
    printf("%d %d\n", set(SIGHUP, h) == SIG_IGN, set(SIGHUP, SIG_DFL) == h);
    sigset_t set1, was; sigemptyset(&set1); sigaddset(&set1, SIGTERM); sigaddset(&set1, SIGUSR2);
    printf("%d %d %d\n", sigismember(&set1, SIGTERM), sigismember(&set1, SIGINT), (int)hits);
    signal(SIGTERM, h); hits = 0;
    sigprocmask(SIG_BLOCK, &set1, &was); raise(SIGTERM);
    sigset_t pend; sigpending(&pend); printf("%d %d %d\n", sigismember(&pend, SIGTERM), sigismember(&was, SIGTERM), (int)hits);
    sigprocmask(SIG_SETMASK, &was, NULL); printf("%d\n", (int)hits);
    printf("%d\n", (int)hits);
    return 0;
}
