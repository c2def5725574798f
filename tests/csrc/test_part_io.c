/* part_io.c over a made-up system: short counts, signals, errors and a clock that the test moves. */
#define _GNU_SOURCE
#define _FILE_OFFSET_BITS 64
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "crc64.h"

/* A plan says what the next calls do: n > 0: at most n bytes; 0: end of file; n < 0: fail with errno -n. Then: anything. */
typedef struct {
    ssize_t steps[8];
    size_t count, at;
} plan_t;

#define PLAN(plan, ...) \
    ((plan) = (plan_t){.steps = {__VA_ARGS__}, .count = sizeof((ssize_t[]){__VA_ARGS__}) / sizeof(ssize_t), .at = 0})

static struct {
    plan_t recv, send, pread, pwrite;
    unsigned char file[64], in[64], out[64];
    size_t file_size, in_size, in_at, out_at;
    int64_t now, cost; /* nanoseconds: the time, and what a recv or send takes */
    int polls;
    int32_t cancel;
    int cancel_at_poll, cancel_at_end;
} fake;

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
    ssize_t n = follow(&fake.recv, size < there ? size : there);

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

    CHECK(fd == 3 && size > 0 && (flags & MSG_DONTWAIT));
    fake.now += fake.cost;
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
    if (fake.cancel_at_poll == fake.polls)
        fake.cancel = 1;
    return 0;
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
#define poll(...) fake_poll(__VA_ARGS__)
#define clock_gettime(...) fake_clock_gettime(__VA_ARGS__)
#include "part_io.c"

enum { SOCK = 3, FILE_ = 4, SIZE = 16, PART = 40, OFFSET = 5 };

static unsigned char buffer[SIZE];

static aos_part_io_t begin(void)
{
    memset(&fake, 0, sizeof fake);
    fake.now = SECOND;
    for (size_t i = 0; i < sizeof fake.in; i++)
        fake.in[i] = (unsigned char)(i * 37 + 11);
    fake.in_size = sizeof fake.in;
    return (aos_part_io_t){.offset = OFFSET, .left = PART, .cancel = &fake.cancel};
}

static aos_part_io_t begin_with_file(void)
{
    aos_part_io_t io = begin();

    memcpy(fake.file, fake.in, sizeof fake.in);
    fake.file_size = sizeof fake.file;
    return io;
}

static int again = 0; /* how often the last run() was told to come again */

static int run(aos_part_io_t *io, int (*call)(aos_part_io_t *, int, int, void *, size_t))
{
    int result;

    again = -1;
    do {
        result = call(io, SOCK, FILE_, buffer, SIZE);
        again++;
        CHECK(io->done + io->left == PART);
    } while (result == AOS_PART_AGAIN);
    return result;
}

static void check_received(const aos_part_io_t *io, int64_t n)
{
    CHECK(io->done == n && io->left == PART - n && io->offset == OFFSET + n);
    CHECK(memcmp(fake.file + OFFSET, fake.in, (size_t)n) == 0);
    CHECK(io->crc == crc64_by_definition(0, fake.in, (size_t)n));
}

static void test_recv(void)
{
    aos_part_io_t io = begin();

    PLAN(fake.recv, 1, -EINTR, 7, -EAGAIN, 16);
    PLAN(fake.pwrite, 1, 3, -EINTR, 2);
    CHECK(run(&io, aos_part_recv) == AOS_PART_DONE);
    check_received(&io, PART);
    CHECK(fake.in_at == PART); /* what follows on the connection is not ours */
    CHECK(fake.polls == 1 && again >= 1);
    CHECK(run(&io, aos_part_recv) == AOS_PART_DONE && fake.in_at == PART);
}

static void test_recv_ends_early(void)
{
    aos_part_io_t io = begin();

    PLAN(fake.recv, 9, 0);
    CHECK(run(&io, aos_part_recv) == AOS_PART_EOF);
    check_received(&io, 9);

    io = begin();
    PLAN(fake.recv, 9, -ECONNRESET);
    CHECK(run(&io, aos_part_recv) == AOS_PART_SOCKET && io.error == ECONNRESET);
    check_received(&io, 9);

    io = begin();
    PLAN(fake.pwrite, 16, 5, -ENOSPC);
    CHECK(run(&io, aos_part_recv) == AOS_PART_FILE && io.error == ENOSPC);
    check_received(&io, 21);

    io = begin();
    PLAN(fake.pwrite, 0);
    CHECK(run(&io, aos_part_recv) == AOS_PART_FILE && io.error == EIO);
    check_received(&io, 0);
}

static void test_cancel(void)
{
    aos_part_io_t io = begin();

    fake.cancel = 1;
    CHECK(run(&io, aos_part_recv) == AOS_PART_CANCELLED && fake.in_at == 0);

    io = begin();
    PLAN(fake.recv, 3, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN);
    fake.cancel_at_poll = 2;
    CHECK(run(&io, aos_part_recv) == AOS_PART_CANCELLED && fake.polls == 2);
    check_received(&io, 3);

    for (int error = 0; error <= ECONNRESET; error += ECONNRESET) { /* the flag, then the socket shut down */
        io = begin();
        fake.cancel_at_end = 1;
        PLAN(fake.recv, 3, -error);
        CHECK(run(&io, aos_part_recv) == AOS_PART_CANCELLED);
        check_received(&io, 3);
    }

    io = begin_with_file();
    fake.cancel = 1;
    CHECK(run(&io, aos_part_send) == AOS_PART_CANCELLED && fake.out_at == 0);
    CHECK(aos_part_verify(&io, FILE_, buffer, SIZE) == AOS_PART_CANCELLED && io.done == 0);
    io.cancel = NULL;
    CHECK(run(&io, aos_part_send) == AOS_PART_DONE);
}

static void test_comes_back_to_the_caller(void)
{
    aos_part_io_t io = begin();

    fake.cost = TICK / 2;
    PLAN(fake.recv, 5, 5, 5, 5, 5, 5, 5, 5);
    CHECK(run(&io, aos_part_recv) == AOS_PART_DONE && again == 3);
    check_received(&io, PART);
}

static void test_stall_rule(void)
{
    aos_stall_t rule = {.speed_limit = 100, .speed_time = 3};
    int64_t now = SECOND;
    int64_t done = 0;

    CHECK(!stall_check_at(&rule, done, now)); /* starts the clock */
    CHECK(!stall_check_at(&rule, done, now += SECOND));
    CHECK(!stall_check_at(&rule, done += 99, now += SECOND));
    CHECK(!stall_check_at(&rule, done += 100, now += SECOND)); /* fast enough: back to 0 */
    CHECK(!stall_check_at(&rule, done, now += SECOND));
    CHECK(!stall_check_at(&rule, done += 1000, now += SECOND / 2)); /* half a window */
    CHECK(!stall_check_at(&rule, done, now += SECOND / 2));
    CHECK(!stall_check_at(&rule, done, now += SECOND));
    CHECK(!stall_check_at(&rule, done, now += SECOND));
    CHECK(stall_check_at(&rule, done, now += SECOND));

    rule = (aos_stall_t){.speed_limit = 100, .speed_time = 3};
    CHECK(!stall_check_at(&rule, 50, now));
    CHECK(!stall_check_at(&rule, 50, now += 60 * SECOND)); /* a blocked disk is not the peer's fault */
    CHECK(stall_check_at(&rule, 50, now += SECOND));

    rule = (aos_stall_t){.speed_limit = 100, .speed_time = 1};
    CHECK(!stall_check_at(&rule, 500, now));
    CHECK(!stall_check_at(&rule, 100, now += SECOND)); /* the count began anew */
    CHECK(stall_check_at(&rule, 199, now += SECOND));

    rule = (aos_stall_t){.speed_limit = INT64_MAX, .speed_time = INT64_MAX};
    CHECK(!stall_check_at(&rule, INT64_MAX, now));
    CHECK(!stall_check_at(&rule, INT64_MAX, now += SECOND));

    for (int off = 0; off < 2; off++) {
        rule = (aos_stall_t){.speed_limit = off, .speed_time = !off};
        CHECK(!aos_stall_check(&rule, 0));
        fake.now += 100 * SECOND;
        CHECK(!aos_stall_check(&rule, 0));
    }
}

static void test_stalled(void)
{
    aos_stall_t rule = {.speed_limit = 4, .speed_time = 1};
    aos_part_io_t io = begin();

    io.stall = &rule;
    PLAN(fake.recv, 3, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN);
    CHECK(run(&io, aos_part_recv) == AOS_PART_STALLED);
    CHECK(fake.now == 2 * SECOND);
    check_received(&io, 3);

    rule = (aos_stall_t){.speed_limit = 1000, .speed_time = 2}; /* bytes flow, but too slowly */
    io = begin_with_file();
    io.stall = &rule;
    fake.cost = SECOND;
    PLAN(fake.send, 1, 1, 1, 1, 1, 1, 1, 1);
    CHECK(run(&io, aos_part_send) == AOS_PART_STALLED);
    CHECK(io.done == 2);
}

static void test_send(void)
{
    aos_part_io_t io = begin_with_file();

    PLAN(fake.pread, 3, -EINTR, 9);
    PLAN(fake.send, 1, -EAGAIN, 1, -EINTR, 1, 4);
    CHECK(run(&io, aos_part_send) == AOS_PART_DONE);
    CHECK(io.done == PART && io.left == 0 && io.offset == OFFSET + PART && fake.out_at == PART);
    CHECK(memcmp(fake.out, fake.file + OFFSET, PART) == 0);
    CHECK(io.crc == crc64_by_definition(0, fake.file + OFFSET, PART));

    io = begin_with_file();
    PLAN(fake.send, 3, -EPIPE);
    CHECK(run(&io, aos_part_send) == AOS_PART_SOCKET && io.error == EPIPE && io.done == 3);

    io = begin_with_file();
    PLAN(fake.pread, 16, -EIO);
    CHECK(run(&io, aos_part_send) == AOS_PART_FILE && io.error == EIO && io.done == 16);

    io = begin_with_file();
    fake.file_size = OFFSET + 20;
    CHECK(run(&io, aos_part_send) == AOS_PART_EOF && io.done == 20);
}

static void test_read_and_verify(void)
{
    aos_part_io_t io = begin_with_file();

    PLAN(fake.pread, 3, -EINTR, 4);
    CHECK(aos_part_read(&io, FILE_, buffer, SIZE) == AOS_PART_DONE && io.done == SIZE);
    CHECK(memcmp(buffer, fake.file + OFFSET, SIZE) == 0);
    CHECK(aos_part_verify(&io, FILE_, buffer, SIZE) == AOS_PART_DONE && io.done == PART);
    CHECK(io.crc == crc64_by_definition(0, fake.file + OFFSET, PART));
    CHECK(aos_part_read(&io, FILE_, buffer, SIZE) == AOS_PART_DONE && io.done == PART);

    io = begin_with_file();
    PLAN(fake.pread, 10, -EIO);
    CHECK(aos_part_verify(&io, FILE_, buffer, SIZE) == AOS_PART_FILE && io.error == EIO && io.done == 10);
    CHECK(io.crc == crc64_by_definition(0, fake.file + OFFSET, 10));

    io = begin_with_file();
    fake.file_size = OFFSET + 20;
    CHECK(aos_part_read(&io, FILE_, buffer, SIZE) == AOS_PART_DONE);
    CHECK(aos_part_read(&io, FILE_, buffer, SIZE) == AOS_PART_EOF && io.done == 20);
}

static void test_write_takes_no_more_than_is_left(void)
{
    aos_part_io_t io = begin();

    io.left = 3;
    CHECK(aos_part_write(&io, FILE_, fake.in, SIZE) == AOS_PART_DONE);
    CHECK(io.done == 3 && io.left == 0 && fake.file[OFFSET + 2] == fake.in[2] && fake.file[OFFSET + 3] == 0);
    io.left = -1;
    CHECK(aos_part_write(&io, FILE_, fake.in, SIZE) == AOS_PART_DONE && io.done == 3);
}

int main(void)
{
    test_recv();
    test_recv_ends_early();
    test_cancel();
    test_comes_back_to_the_caller();
    test_stall_rule();
    test_stalled();
    test_send();
    test_read_and_verify();
    test_write_takes_no_more_than_is_left();
    return 0;
}
