/* See part_io.h. POSIX only, 64-bit file offsets. */
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#if !defined(_POSIX_C_SOURCE) && !defined(__APPLE__) && !defined(__FreeBSD__)
#define _POSIX_C_SOURCE 200809L
#endif

#include "part_io.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include "crc64.h"
#include "part_head.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* Python ignores SIGPIPE anyway */
#endif
#ifndef MSG_MORE
#define MSG_MORE 0 /* only saves a packet */
#endif

#ifdef CLOCK_MONOTONIC_COARSE
#define CLOCK CLOCK_MONOTONIC_COARSE /* some milliseconds' resolution, a few nanoseconds' cost */
#else
#define CLOCK CLOCK_MONOTONIC
#endif

_Static_assert(sizeof(off_t) == 8, "files beyond 2 GiB need 64-bit offsets");

#define SECOND INT64_C(1000000000)
#define TICK (SECOND / 4)
#define TICK_MS 250

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

static size_t at_most(size_t size, int64_t left)
{
    if (left <= 0)
        return 0;
    return (uint64_t)left < size ? (size_t)left : size;
}

static void count(aos_part_io_t *io, size_t n)
{
    __atomic_store_n(&io->done, io->done + (int64_t)n, __ATOMIC_RELAXED);
}

static int fail(aos_part_io_t *io, int result)
{
    io->error = errno;
    return result;
}

/* ---- the rule for stalled transfers and the other reasons to stop ---- */

static int stall_check_at(aos_stall_t *stall, int64_t done, int64_t now)
{
    int64_t window = now - stall->window_ns;

    if (stall->speed_limit <= 0 || stall->speed_time <= 0)
        return 0;
    if (stall->window_ns == 0)
        window = 0;
    else if (window < SECOND)
        return 0;
    if (window > 2 * SECOND) /* nobody looked: a blocked disk, say. The time beyond is not the peer's */
        window = 2 * SECOND;
    if (done < stall->window_done) /* the count began anew: the head is here, now the body */
        stall->window_done = 0;
    if ((double)(done - stall->window_done) * SECOND < (double)stall->speed_limit * (double)window)
        stall->slow_ns += window;
    else
        stall->slow_ns = 0;
    stall->window_ns = now;
    stall->window_done = done;
    return stall->slow_ns / SECOND >= stall->speed_time;
}

int aos_stall_check(aos_stall_t *stall, int64_t done)
{
    return stall_check_at(stall, done, now_ns());
}

static int cancelled(const aos_part_io_t *io)
{
    return io->cancel != NULL && __atomic_load_n(io->cancel, __ATOMIC_ACQUIRE) != 0;
}

/* AOS_PART_DONE: nothing speaks against going on. */
static int check_cancel(const aos_part_io_t *io, int64_t now, int64_t called)
{
    if (cancelled(io))
        return AOS_PART_CANCELLED;
    return now - called >= TICK ? AOS_PART_AGAIN : AOS_PART_DONE;
}

static int check_transfer(aos_part_io_t *io, int64_t called)
{
    int64_t now = now_ns();
    int result = check_cancel(io, now, called);

    if (result != AOS_PART_CANCELLED && io->stall != NULL && stall_check_at(io->stall, io->done, now))
        return AOS_PART_STALLED;
    return result;
}

/* The connection ended. Who cancels shuts it down, so that this may be the first that is seen of it. */
static int end_of_connection(aos_part_io_t *io, int result)
{
    return cancelled(io) ? AOS_PART_CANCELLED : fail(io, result);
}

/* After a socket call that failed: waits for `events` if that is all it takes. */
static int wait_or_fail(aos_part_io_t *io, int sock, short events)
{
    struct pollfd ready = {.fd = sock, .events = events, .revents = 0};

    if (errno == EINTR)
        return AOS_PART_AGAIN;
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        return end_of_connection(io, AOS_PART_SOCKET);
    if (poll(&ready, 1, TICK_MS) < 0)
        return errno == EINTR ? AOS_PART_AGAIN : fail(io, AOS_PART_SOCKET);
    return AOS_PART_DONE;
}

/* ---- the file ---- */

static void advance_file(aos_part_io_t *io, const void *buf, size_t n)
{
    io->crc = aos_crc64(io->crc, buf, n);
    io->offset += (int64_t)n;
}

static void advance_done(aos_part_io_t *io, size_t n)
{
    io->left -= (int64_t)n;
    count(io, n);
}

int aos_part_write(aos_part_io_t *io, int file, const void *buf, size_t size)
{
    const char *p = buf;

    for (size = at_most(size, io->left); size > 0;) {
        ssize_t n = pwrite(file, p, size, io->offset);

        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            errno = EIO; /* cannot be for a file; never loop on it */
        if (n <= 0)
            return fail(io, AOS_PART_FILE);
        advance_file(io, p, (size_t)n);
        advance_done(io, (size_t)n);
        p += n;
        size -= (size_t)n;
    }
    return AOS_PART_DONE;
}

/* Reads up to `size` bytes and counts them as read, not as done. AOS_PART_EOF: none came. */
static int read_some(aos_part_io_t *io, int file, void *buf, size_t size, size_t *got)
{
    ssize_t n;

    do
        n = pread(file, buf, size, io->offset);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return fail(io, AOS_PART_FILE);
    if (n == 0)
        return AOS_PART_EOF;
    advance_file(io, buf, (size_t)n);
    *got = (size_t)n;
    return AOS_PART_DONE;
}

int aos_part_read(aos_part_io_t *io, int file, void *buf, size_t size)
{
    char *p = buf;
    size_t got;

    for (size = at_most(size, io->left); size > 0; p += got, size -= got) {
        int result = read_some(io, file, p, size, &got);

        if (result != AOS_PART_DONE)
            return result;
        advance_done(io, got);
    }
    return AOS_PART_DONE;
}

int aos_part_verify(aos_part_io_t *io, int file, void *buf, size_t size)
{
    int64_t called = now_ns();

    while (io->left > 0) {
        size_t got;
        int result = check_cancel(io, now_ns(), called);

        if (result == AOS_PART_DONE)
            result = read_some(io, file, buf, at_most(size, io->left), &got);
        if (result != AOS_PART_DONE)
            return result;
        advance_done(io, got);
    }
    return AOS_PART_DONE;
}

/* ---- the socket ---- */

/* One send of what is there from *begin to `end`. */
static int send_some(aos_part_io_t *io, int sock, const void *buf, size_t *begin, size_t end, int flags, size_t *sent)
{
    ssize_t n = send(sock, (const char *)buf + *begin, end - *begin, MSG_DONTWAIT | MSG_NOSIGNAL | flags);

    *sent = 0;
    if (n < 0)
        return wait_or_fail(io, sock, POLLOUT);
    *begin += *sent = (size_t)n;
    return AOS_PART_DONE;
}

/* One recv; AOS_PART_DONE with nothing got: wait no longer, look again. */
static int recv_some(aos_part_io_t *io, int sock, void *buf, size_t size, size_t *got)
{
    ssize_t n = recv(sock, buf, size, MSG_DONTWAIT);

    *got = 0;
    if (n == 0)
        return end_of_connection(io, AOS_PART_EOF);
    if (n < 0)
        return wait_or_fail(io, sock, POLLIN);
    *got = (size_t)n;
    return AOS_PART_DONE;
}

/* A kept-alive connection that has something to say, or has ended, before it is asked is of no use. */
static int is_idle(int sock)
{
    char byte;
    ssize_t n;

    do
        n = recv(sock, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

int aos_part_send_request(aos_part_io_t *io, int sock, const void *data, size_t size, int more)
{
    int64_t called = now_ns();

    if (io->request_sent == 0 && !is_idle(sock))
        return end_of_connection(io, AOS_PART_EOF);
    while (io->request_sent < size) {
        size_t sent;
        int result = check_transfer(io, called);

        if (result == AOS_PART_DONE)
            result = send_some(io, sock, data, &io->request_sent, size, more ? MSG_MORE : 0, &sent);
        if (result != AOS_PART_DONE)
            return result;
        count(io, sent);
    }
    return AOS_PART_DONE;
}

/* A server that corks its last segment sends it when the one before is acknowledged: 40 ms later, left to itself. */
static void acknowledge_at_once(int sock)
{
#ifdef TCP_QUICKACK
    int on = 1;

    (void)setsockopt(sock, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on); /* not every socket is TCP's */
#else
    (void)sock;
#endif
}

int aos_part_recv_head(aos_part_io_t *io, int sock, void *buf, size_t size)
{
    int64_t called = now_ns();
    size_t got;

    acknowledge_at_once(sock);
    do {
        int result = check_transfer(io, called);

        if (result == AOS_PART_DONE)
            result = recv_some(io, sock, buf, size, &got);
        if (result != AOS_PART_DONE)
            return result;
    } while (got == 0);
    count(io, got);
    io->begin = 0;
    io->end = got;
    return AOS_PART_DONE;
}

int aos_part_exchange(aos_part_io_t *io, int sock, const void *data, size_t size, void *buf, size_t room)
{
    int result = aos_part_send_request(io, sock, data, size, 0);

    return result == AOS_PART_DONE ? aos_part_recv_head(io, sock, buf, room) : result;
}

/* ---- socket and file ---- */

int aos_part_recv(aos_part_io_t *io, int sock, int file, void *buf, size_t size)
{
    int64_t called = now_ns();
    size_t buffered = io->end - io->begin, got;
    int result = aos_part_write(io, file, (char *)buf + io->begin, buffered);

    io->begin = io->end = 0;
    while (result == AOS_PART_DONE && io->left > 0) {
        result = check_transfer(io, called);
        if (result == AOS_PART_DONE)
            result = recv_some(io, sock, buf, at_most(size, io->left), &got);
        if (result == AOS_PART_DONE)
            result = aos_part_write(io, file, buf, got);
    }
    return result;
}

int aos_get_part(aos_part_io_t *io, int sock, int file, const void *request, size_t size, void *buf, size_t room,
                   const char *range, const char *etag)
{
    if (io->head == 0) {
        int result = aos_part_exchange(io, sock, request, size, buf, room);
        size_t head;

        if (result != AOS_PART_DONE)
            return result;
        head = aos_part_head_size(buf, io->end);
        if (head == 0 || io->end - head > (uint64_t)io->left || !aos_part_head_matches(buf, head, io->left, range, etag))
            return AOS_PART_HEAD;
        io->head = head;
        io->end -= head;
        io->done = 0;
    }
    return aos_part_recv(io, sock, file, (char *)buf + io->head, room - io->head);
}

int aos_part_send(aos_part_io_t *io, int sock, int file, void *buf, size_t size)
{
    int64_t called = now_ns();

    while (io->left > 0) {
        size_t sent;
        int result = check_transfer(io, called);

        if (result == AOS_PART_DONE && io->begin == io->end) {
            io->begin = io->end = 0;
            result = read_some(io, file, buf, at_most(size, io->left), &io->end);
        }
        if (result == AOS_PART_DONE)
            result = send_some(io, sock, buf, &io->begin, io->end, 0, &sent);
        if (result != AOS_PART_DONE)
            return result;
        advance_done(io, sent);
    }
    return AOS_PART_DONE;
}

int aos_put_part(aos_part_io_t *io, int sock, int file, const void *request, size_t size, void *buf, size_t room)
{
    int result = aos_part_send_request(io, sock, request, size, io->left > 0);

    if (result == AOS_PART_DONE)
        result = aos_part_send(io, sock, file, buf, room);
    if (result == AOS_PART_DONE)
        result = aos_part_recv_head(io, sock, buf, room);
    if (result == AOS_PART_DONE && aos_part_head_accepts(buf, io->end, io->crc, &io->etag, &io->etag_size))
        io->head = io->end;
    return result;
}
