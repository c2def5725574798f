/* See sigpipe.h. A write to a broken connection sends SIGPIPE to the thread that writes. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include "sigpipe.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

static void only_sigpipe(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGPIPE);
}

static int is_pending(void)
{
    sigset_t pending;

    return sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
}

/* Removes one SIGPIPE: the thread's own before one of the process, which is somebody else's. */
static void take_pending(const sigset_t *sigpipe)
{
#ifdef __APPLE__
    int taken;

    sigwait(sigpipe, &taken);
#else
    static const struct timespec at_once = {0, 0};

    while (sigtimedwait(sigpipe, NULL, &at_once) < 0 && errno == EINTR)
        ;
#endif
}

void aos_sigpipe_block(aos_sigpipe_t *state)
{
    struct sigaction action;
    sigset_t sigpipe, before;

    if (sigaction(SIGPIPE, NULL, &action) != 0 || action.sa_handler == SIG_IGN)
        return;
    only_sigpipe(&sigpipe);
    if (pthread_sigmask(SIG_BLOCK, &sigpipe, &before) != 0)
        return;
    state->was_blocked = sigismember(&before, SIGPIPE) == 1;
    state->was_pending = state->was_blocked && is_pending();
    state->active = 1;
}

void aos_sigpipe_restore(aos_sigpipe_t *state, int broken)
{
    sigset_t sigpipe;

    if (!state->active)
        return;
    only_sigpipe(&sigpipe);
    if (broken && !state->was_pending && is_pending())
        take_pending(&sigpipe);
    if (!state->was_blocked)
        pthread_sigmask(SIG_UNBLOCK, &sigpipe, NULL);
    state->active = 0;
}
