/* part_io.c: the body of a part, from socket to file and from file to socket, on top of fake system calls. */
#include "fake_system.h"

enum { SOCK = 3, FILE_ = 4, SIZE = 16, PART = 40, OFFSET = 5 };

static unsigned char buffer[SIZE];

/* Returns a part to receive from a peer that sends more than the part. */
static aos_part_io_t begin(void)
{
    memset(&fake, 0, sizeof fake);
    fake.now = SECOND;
    for (size_t i = 0; i < sizeof fake.in; i++)
        fake.in[i] = (unsigned char)(i * 37 + 11);
    fake.in_size = sizeof fake.in;
    return (aos_part_io_t){.offset = OFFSET, .left = PART, .cancel = &fake.cancel};
}

/* Returns a part of a file that is longer than the part. */
static aos_part_io_t begin_with_file(void)
{
    aos_part_io_t io = begin();

    memcpy(fake.file, fake.in, sizeof fake.in);
    fake.file_size = sizeof fake.file;
    return io;
}

static int again; /* how often the last run() had to call again */

/* Calls a function until it returns something else than AOS_PART_AGAIN. */
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

/* The first n bytes of the part have arrived in the file, and its state says so. */
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
    CHECK(fake.in_at == PART); /* what follows on the connection stays there */
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
    CHECK(run(&io, send_body) == AOS_PART_CANCELLED && fake.out_at == 0);
    CHECK(aos_part_verify(&io, FILE_, buffer, SIZE) == AOS_PART_CANCELLED && io.done == 0);
    io.cancel = NULL;
    CHECK(run(&io, send_body) == AOS_PART_DONE);
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

    CHECK(!stall_check_at(&rule, done, now)); /* starts the first window */
    CHECK(!stall_check_at(&rule, done, now += SECOND));
    CHECK(!stall_check_at(&rule, done += 99, now += SECOND));
    CHECK(!stall_check_at(&rule, done += 100, now += SECOND)); /* fast enough: slow_ns is 0 again */
    CHECK(!stall_check_at(&rule, done, now += SECOND));
    CHECK(!stall_check_at(&rule, done += 1000, now += SECOND / 2)); /* half a window */
    CHECK(!stall_check_at(&rule, done, now += SECOND / 2));
    CHECK(!stall_check_at(&rule, done, now += SECOND));
    CHECK(!stall_check_at(&rule, done, now += SECOND));
    CHECK(stall_check_at(&rule, done, now += SECOND));

    rule = (aos_stall_t){.speed_limit = 100, .speed_time = 3};
    CHECK(!stall_check_at(&rule, 50, now));
    CHECK(!stall_check_at(&rule, 50, now += 60 * SECOND)); /* no check for a minute counts as two seconds */
    CHECK(stall_check_at(&rule, 50, now += SECOND));

    rule = (aos_stall_t){.speed_limit = 100, .speed_time = 1};
    CHECK(!stall_check_at(&rule, 500, now));
    CHECK(!stall_check_at(&rule, 100, now += SECOND)); /* the count started again from 0 */
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

    rule = (aos_stall_t){.speed_limit = 1000, .speed_time = 2}; /* bytes come, but too slowly */
    io = begin_with_file();
    io.stall = &rule;
    fake.cost = SECOND;
    PLAN(fake.send, 1, 1, 1, 1, 1, 1, 1, 1);
    CHECK(run(&io, send_body) == AOS_PART_STALLED);
    CHECK(io.done == 2);
}

static void test_send(void)
{
    aos_part_io_t io = begin_with_file();

    PLAN(fake.pread, 3, -EINTR, 9);
    PLAN(fake.send, 1, -EAGAIN, 1, -EINTR, 1, 4);
    CHECK(run(&io, send_body) == AOS_PART_DONE);
    CHECK(io.done == PART && io.left == 0 && io.offset == OFFSET + PART && fake.out_at == PART);
    CHECK(memcmp(fake.out, fake.file + OFFSET, PART) == 0);
    CHECK(io.crc == crc64_by_definition(0, fake.file + OFFSET, PART));

    io = begin_with_file();
    PLAN(fake.send, 3, -EPIPE);
    CHECK(run(&io, send_body) == AOS_PART_SOCKET && io.error == EPIPE && io.done == 3);

    io = begin_with_file();
    PLAN(fake.pread, 16, -EIO);
    CHECK(run(&io, send_body) == AOS_PART_FILE && io.error == EIO && io.done == 16);

    io = begin_with_file();
    fake.file_size = OFFSET + 20;
    CHECK(run(&io, send_body) == AOS_PART_EOF && io.done == 20);
}

static void test_verify(void)
{
    aos_part_io_t io = begin_with_file();

    PLAN(fake.pread, 3, -EINTR, 4);
    CHECK(aos_part_verify(&io, FILE_, buffer, SIZE) == AOS_PART_DONE && io.done == PART && io.left == 0);
    CHECK(io.crc == crc64_by_definition(0, fake.file + OFFSET, PART));
    CHECK(aos_part_verify(&io, FILE_, buffer, SIZE) == AOS_PART_DONE && io.done == PART);

    io = begin_with_file();
    PLAN(fake.pread, 10, -EIO);
    CHECK(aos_part_verify(&io, FILE_, buffer, SIZE) == AOS_PART_FILE && io.error == EIO && io.done == 10);
    CHECK(io.crc == crc64_by_definition(0, fake.file + OFFSET, 10));

    io = begin_with_file();
    fake.file_size = OFFSET + 20;
    CHECK(aos_part_verify(&io, FILE_, buffer, SIZE) == AOS_PART_EOF && io.done == 20);
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
    test_verify();
    test_write_takes_no_more_than_is_left();
    return 0;
}
