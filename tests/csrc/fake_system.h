/*
 * part_io.c on top of fake system calls: they return short counts, signals and errors as the test has planned, and only
 * they move the clock on. A test includes this file in place of part_io.h. The socket is 3, the file is 4.
 */
#ifndef FAKE_SYSTEM_H
#define FAKE_SYSTEM_H

#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "crc64.h"

/*
 * What the next calls of a function do: n > 0: at most n bytes; 0: end of file; n < 0: failure with errno -n. After the
 * last step, calls move as many bytes as they can.
 */
typedef struct {
    ssize_t steps[8];
    size_t count, at;
} plan_t;

#define PLAN(plan, ...) \
    ((plan) = (plan_t){.steps = {__VA_ARGS__}, .count = sizeof((ssize_t[]){__VA_ARGS__}) / sizeof(ssize_t), .at = 0})

enum { FAKE_SIZE = 16384 };

static struct {
    plan_t recv, send, peek, pread, pwrite;
    unsigned char file[FAKE_SIZE], in[FAKE_SIZE], out[FAKE_SIZE];
    size_t file_size, in_size, in_at, out_at;
    int64_t now, cost;   /* nanoseconds: the time, and how long a recv or send takes */
    int polls, more, quick_acks; /* calls of poll, of send with MSG_MORE, of setsockopt */
    short events;        /* what the last call of poll waited for */
    int32_t cancel;      /* the cancel flag */
    int cancel_at_poll;  /* sets the flag in the call of poll with this number, counted from 1 */
    int cancel_at_end;   /* sets the flag when the connection ends */
} fake;

/* Returns what a call that could move `size` bytes has to return by the plan, and sets errno. */
static ssize_t follow(plan_t *plan, size_t size)
{
    ssize_t step = plan->at < plan->count ? plan->steps[plan->at++] : (ssize_t)size;

    if (step < 0) {
        errno = (int)-step;
        return -1;
    }
    return (size_t)step < size ? step : (ssize_t)size;
}

static ssize_t fake_pwrite(int fd, const void *buf, size_t size, off_t offset)
{
    ssize_t n = follow(&fake.pwrite, size);

    CHECK(fd == 4 && offset >= 0 && (size_t)offset + size <= sizeof fake.file);
    if (n > 0)
        memcpy(fake.file + offset, buf, (size_t)n);
    return n;
}

static ssize_t fake_pread(int fd, void *buf, size_t size, off_t offset)
{
    size_t there = (size_t)offset < fake.file_size ? fake.file_size - (size_t)offset : 0;
    ssize_t n = follow(&fake.pread, size < there ? size : there);

    CHECK(fd == 4 && size > 0);
    if (n > 0)
        memcpy(buf, fake.file + offset, (size_t)n);
    return n;
}

static ssize_t fake_recv(int fd, void *buf, size_t size, int flags)
{
    size_t there = fake.in_size - fake.in_at;
    ssize_t n;

    if (flags & MSG_PEEK) { /* without a plan, the peer sends nothing before a request */
        errno = EAGAIN;
        n = fake.peek.at < fake.peek.count ? follow(&fake.peek, size) : -1;
        if ((n == 0 || (n < 0 && errno == ECONNRESET)) && fake.cancel_at_end)
            fake.cancel = 1;
        return n;
    }
    n = follow(&fake.recv, size < there ? size : there);
    CHECK(fd == 3 && size > 0 && (flags & MSG_DONTWAIT));
    fake.now += fake.cost;
    if (n <= 0 && fake.cancel_at_end)
        fake.cancel = 1;
    if (n > 0) {
        memcpy(buf, fake.in + fake.in_at, (size_t)n);
        fake.in_at += (size_t)n;
    }
    return n;
}

static ssize_t fake_send(int fd, const void *buf, size_t size, int flags)
{
    ssize_t n = follow(&fake.send, size);

    CHECK(fd == 3 && size > 0 && (flags & MSG_DONTWAIT) && (flags & MSG_NOSIGNAL));
    fake.now += fake.cost;
    fake.more += (flags & MSG_MORE) != 0;
    if (n < 0 && fake.cancel_at_end)
        fake.cancel = 1;
    if (n > 0) {
        memcpy(fake.out + fake.out_at, buf, (size_t)n);
        fake.out_at += (size_t)n;
    }
    return n;
}

static int fake_poll(struct pollfd *fds, nfds_t count, int timeout)
{
    CHECK(count == 1 && fds->fd == 3 && timeout > 0 && timeout <= 250);
    fake.now += (int64_t)timeout * 1000000;
    fake.polls++;
    fake.events = fds->events;
    if (fake.cancel_at_poll == fake.polls)
        fake.cancel = 1;
    return 0;
}

static int fake_setsockopt(int fd, int level, int option, const void *value, socklen_t size)
{
    CHECK(fd == 3 && level == IPPROTO_TCP && size == sizeof(int) && *(const int *)value == 1);
    fake.quick_acks++;
    (void)option;
    errno = EOPNOTSUPP; /* as a socket that is not TCP's says */
    return -1;
}

static int fake_clock_gettime(clockid_t clock, struct timespec *now)
{
    (void)clock;
    now->tv_sec = fake.now / 1000000000;
    now->tv_nsec = fake.now % 1000000000;
    return 0;
}

#define pwrite(...) fake_pwrite(__VA_ARGS__)
#define pread(...) fake_pread(__VA_ARGS__)
#define recv(...) fake_recv(__VA_ARGS__)
#define send(...) fake_send(__VA_ARGS__)
#define setsockopt(...) fake_setsockopt(__VA_ARGS__)
#define poll(...) fake_poll(__VA_ARGS__)
#define clock_gettime(...) fake_clock_gettime(__VA_ARGS__)
#include "part_io.c"

#endif
