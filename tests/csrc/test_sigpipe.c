/* sigpipe.c: with real signals. A write that goes unguarded ends this program. */
#define _POSIX_C_SOURCE 200809L
#include "sigpipe.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

static int caught;

static void count(int signal)
{
    (void)signal;
    caught++;
}

static void set_handler(void (*handler)(int))
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    CHECK(sigaction(SIGPIPE, &action, NULL) == 0);
}

/* Changes whether this thread blocks SIGPIPE. */
static void set_blocked(int blocked)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    CHECK(pthread_sigmask(blocked ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL) == 0);
}

static int is_blocked(void)
{
    sigset_t set;

    CHECK(pthread_sigmask(SIG_BLOCK, NULL, &set) == 0);
    return sigismember(&set, SIGPIPE);
}

static int pending(void)
{
    sigset_t set;

    CHECK(sigpending(&set) == 0);
    return sigismember(&set, SIGPIPE);
}

/* Writes to a pipe that nobody reads. */
static void write_in_vain(void)
{
    int ends[2];

    CHECK(pipe(ends) == 0 && close(ends[0]) == 0);
    CHECK(write(ends[1], "x", 1) == -1 && errno == EPIPE && close(ends[1]) == 0);
}

static void guarded(int broken)
{
    aos_sigpipe_t state = {0};

    aos_sigpipe_block(&state);
    if (broken)
        write_in_vain();
    aos_sigpipe_restore(&state, broken);
    aos_sigpipe_restore(&state, broken); /* does nothing more */
    CHECK(!state.active);
}

static void *in_a_thread(void *nothing)
{
    guarded(1);
    CHECK(!is_blocked() && !pending());
    return nothing;
}

static void test_the_default(void)
{
    pthread_t thread;

    set_handler(SIG_DFL);
    guarded(1);
    guarded(0);
    CHECK(!is_blocked() && !pending());
    CHECK(pthread_create(&thread, NULL, in_a_thread, NULL) == 0 && pthread_join(thread, NULL) == 0);
}

static void test_a_handler_of_the_program(void)
{
    aos_sigpipe_t state = {0};

    set_handler(count);
    guarded(1);
    CHECK(caught == 0 && !pending());
    aos_sigpipe_block(&state);
    CHECK(kill(getpid(), SIGPIPE) == 0 && caught == 0); /* somebody else's, meanwhile */
    aos_sigpipe_restore(&state, 0);
    CHECK(caught == 1);
    aos_sigpipe_block(&state);
    CHECK(kill(getpid(), SIGPIPE) == 0);
    write_in_vain();
    aos_sigpipe_restore(&state, 1); /* takes away the write's alone */
    CHECK(caught == 2);
    write_in_vain();
    CHECK(caught == 3);
}

static void test_a_program_that_blocks_it(void)
{
    set_blocked(1);
    guarded(1);
    CHECK(is_blocked() && !pending() && caught == 3);
    CHECK(raise(SIGPIPE) == 0);
    guarded(1);
    guarded(0);
    CHECK(is_blocked() && pending());
    set_blocked(0);
    CHECK(caught == 4);
}

static void test_a_program_that_ignores_it(void)
{
    aos_sigpipe_t state = {0};

    set_handler(SIG_IGN);
    aos_sigpipe_block(&state);
    CHECK(!state.active && !is_blocked());
    aos_sigpipe_restore(&state, 1);
    guarded(1);
    CHECK(!pending());
}

int main(void)
{
    test_the_default();
    test_a_handler_of_the_program();
    test_a_program_that_blocks_it();
    test_a_program_that_ignores_it();
    return 0;
}
