/* See part_io.h. POSIX only, 64-bit file offsets. */
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#if !defined(_POSIX_C_SOURCE) && !defined(__APPLE__) && !defined(__FreeBSD__)
#define _POSIX_C_SOURCE 200809L
#endif

#include "part_io.h"

#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#include "crc64.h"
#include "part_head.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* Python ignores SIGPIPE by default */
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
#define TICK (SECOND / 4) /* after this time a call returns AOS_PART_AGAIN */
#define TICK_MS 250
#define SERIES_TIME (SECOND / 50) /* after this time a series returns what is finished */

/* Monotonic time in nanoseconds. */
static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

/* The smaller of a size and a count of bytes, which counts as 0 when it is negative. */
static size_t at_most(size_t size, int64_t left)
{
    if (left <= 0)
        return 0;
    return (uint64_t)left < size ? (size_t)left : size;
}

/* Adds n bytes to `done`, atomically, because other threads read it. */
static void add_done(aos_part_io_t *io, size_t n)
{
    __atomic_store_n(&io->done, io->done + (int64_t)n, __ATOMIC_RELAXED);
}

/* Stores errno in `error` and returns `result`. */
static int fail(aos_part_io_t *io, int result)
{
    io->error = errno;
    return result;
}

/* ---- reasons to stop ---- */

/* aos_stall_check at a given time, in nanoseconds. */
static int stall_check_at(aos_stall_t *stall, int64_t done, int64_t now)
{
    int64_t window = now - stall->window_ns;

    if (stall->speed_limit <= 0 || stall->speed_time <= 0)
        return 0;
    if (stall->window_ns == 0)
        window = 0;
    else if (window < SECOND)
        return 0;
    if (window > 2 * SECOND) /* no check for so long: a blocked disk, for example, for which the peer is not to blame */
        window = 2 * SECOND;
    if (done < stall->window_done) /* the count started again from 0 */
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

/* Returns AOS_PART_CANCELLED; AOS_PART_AGAIN when a TICK has passed since the call began at `called`; AOS_PART_DONE. */
static int check_cancel(const aos_part_io_t *io, int64_t now, int64_t called)
{
    if (cancelled(io))
        return AOS_PART_CANCELLED;
    return now - called >= TICK ? AOS_PART_AGAIN : AOS_PART_DONE;
}

/* Like check_cancel, now, and AOS_PART_STALLED by the stall rule. */
static int check_transfer(aos_part_io_t *io, int64_t called)
{
    int64_t now = now_ns();
    int result = check_cancel(io, now, called);

    if (result != AOS_PART_CANCELLED && io->stall != NULL && stall_check_at(io->stall, io->done, now))
        return AOS_PART_STALLED;
    return result;
}

/* Result for a connection that ended: a thread that cancels sets the flag and then shuts the socket down. */
static int end_of_connection(aos_part_io_t *io, int result)
{
    return cancelled(io) ? AOS_PART_CANCELLED : fail(io, result);
}

/*
 * Handles the errno of a send or recv that failed. AOS_PART_DONE: the socket was not ready, and has now been waited
 * for, for a TICK at most; AOS_PART_AGAIN: a signal came.
 */
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

/* Updates `crc`, `left` and `done` for n bytes of the file that have arrived where they were to go. */
static void advance_done(aos_part_io_t *io, const void *data, size_t n)
{
    io->crc = aos_crc64(io->crc, data, n);
    io->left -= (int64_t)n;
    add_done(io, n);
}

int aos_part_write(aos_part_io_t *io, int file, const void *data, size_t size)
{
    const char *p = data;

    for (size = at_most(size, io->left); size > 0;) {
        ssize_t n = pwrite(file, p, size, io->offset);

        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            errno = EIO; /* a file never does this; without an error the loop would not end */
        if (n <= 0)
            return fail(io, AOS_PART_FILE);
        io->offset += n;
        advance_done(io, p, (size_t)n);
        p += n;
        size -= (size_t)n;
    }
    return AOS_PART_DONE;
}

/*
 * Reads up to `size` bytes of the file, and updates `offset` alone. *got: how many, at least 1 after AOS_PART_DONE.
 * AOS_PART_EOF: the file has no more.
 */
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
    io->offset += n;
    *got = (size_t)n;
    return AOS_PART_DONE;
}

int aos_part_verify(aos_part_io_t *io, int file, void *buf, size_t buf_size)
{
    int64_t called = now_ns();

    while (io->left > 0) {
        size_t got;
        int result = check_cancel(io, now_ns(), called);

        if (result == AOS_PART_DONE)
            result = read_some(io, file, buf, at_most(buf_size, io->left), &got);
        if (result != AOS_PART_DONE)
            return result;
        advance_done(io, buf, got);
    }
    return AOS_PART_DONE;
}

/* ---- the socket ---- */

/*
 * Sends what the socket takes of data[*begin .. end), and moves *begin on. *sent: how many bytes, perhaps none, after
 * one of the `events` of poll has been waited for.
 */
static int send_some(aos_part_io_t *io, int sock, const void *data, size_t *begin, size_t end, int flags, short events,
                     size_t *sent)
{
    ssize_t n = send(sock, (const char *)data + *begin, end - *begin, MSG_DONTWAIT | MSG_NOSIGNAL | flags);

    *sent = 0;
    if (n < 0)
        return wait_or_fail(io, sock, events);
    *begin += *sent = (size_t)n;
    return AOS_PART_DONE;
}

/* Receives what is there, up to `size` bytes; *got: how many, perhaps none after AOS_PART_DONE. */
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

/* Looks for what the peer has sent, and leaves it there. Returns what recv does. */
static ssize_t peek(int sock)
{
    char byte;
    ssize_t n;

    do
        n = recv(sock, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    return n;
}

/* Whether a kept-alive connection can be used: the peer has neither closed it nor sent anything before a request. */
static int is_idle(int sock)
{
    return peek(sock) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

/* Returns AOS_PART_DONE while the peer of a request that is being sent is silent; AOS_PART_EARLY when it is not. */
static int check_silence(aos_part_io_t *io, int sock)
{
    ssize_t n = peek(sock);

    if (n > 0)
        return AOS_PART_EARLY;
    if (n == 0)
        return end_of_connection(io, AOS_PART_EARLY);
    return errno == EAGAIN || errno == EWOULDBLOCK ? AOS_PART_DONE : end_of_connection(io, AOS_PART_SOCKET);
}

/*
 * Sends request[request_sent .. size). With `body_follows` the kernel may wait for the body before it sends the last
 * packet. AOS_PART_EOF: nothing was sent, because the connection was not idle.
 */
static int send_request(aos_part_io_t *io, int sock, const void *request, size_t size, int body_follows)
{
    int64_t called = now_ns();

    if (io->request_sent == 0 && !is_idle(sock))
        return end_of_connection(io, AOS_PART_EOF);
    while (io->request_sent < size) {
        size_t sent;
        int result = check_transfer(io, called);

        if (result == AOS_PART_DONE)
            result = send_some(io, sock, request, &io->request_sent, size, body_follows ? MSG_MORE : 0, POLLOUT, &sent);
        if (result != AOS_PART_DONE)
            return result;
        add_done(io, sent);
    }
    return AOS_PART_DONE;
}

/* Without this, a server that holds back its last packet until the one before is acknowledged would wait 40 ms. */
static void acknowledge_at_once(int sock)
{
#ifdef TCP_QUICKACK
    int on = 1;

    (void)setsockopt(sock, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on); /* fails for a socket that is not TCP's */
#else
    (void)sock;
#endif
}

/* Receives the first bytes of an answer, at least one, as buf[begin .. end) with `begin` 0. */
static int recv_head(aos_part_io_t *io, int sock, void *buf, size_t buf_size)
{
    int64_t called = now_ns();
    size_t got;

    acknowledge_at_once(sock);
    do {
        int result = check_transfer(io, called);

        if (result == AOS_PART_DONE)
            result = recv_some(io, sock, buf, buf_size, &got);
        if (result != AOS_PART_DONE)
            return result;
    } while (got == 0);
    add_done(io, got);
    io->begin = 0;
    io->end = got;
    return AOS_PART_DONE;
}

int aos_part_exchange(aos_part_io_t *io, int sock, const void *request, size_t request_size, void *buf,
                      size_t buf_size)
{
    int result = send_request(io, sock, request, request_size, 0);

    return result == AOS_PART_DONE ? recv_head(io, sock, buf, buf_size) : result;
}

/* ---- from socket to file ---- */

/* Writes buf[begin .. end), at most `left` bytes, to the file, and moves `begin` on. */
static int write_buffered(aos_part_io_t *io, int file, const void *buf)
{
    int64_t left = io->left;
    int result = aos_part_write(io, file, (const char *)buf + io->begin, io->end - io->begin);

    io->begin += (size_t)(left - io->left);
    return result;
}

/* Receives some bytes of the part, perhaps none, as buf[begin .. end), which has to be empty; the head stays. */
static int recv_buffered(aos_part_io_t *io, int sock, void *buf, size_t buf_size)
{
    size_t got;
    int result = recv_some(io, sock, (char *)buf + io->head, at_most(buf_size - io->head, io->left), &got);

    io->begin = io->head;
    io->end = io->head + got;
    return result;
}

int aos_part_recv(aos_part_io_t *io, int sock, int file, void *buf, size_t buf_size)
{
    int64_t called = now_ns();
    int result = write_buffered(io, file, buf);

    while (result == AOS_PART_DONE && io->left > 0) {
        result = check_transfer(io, called);
        if (result == AOS_PART_DONE)
            result = recv_buffered(io, sock, buf, buf_size);
        if (result == AOS_PART_DONE)
            result = write_buffered(io, file, buf);
    }
    return result;
}

/* Sets `head`, and `begin` to the first byte after it, if buf[0 .. end) starts with a head that matches. */
static int match_head(aos_part_io_t *io, const char *buf, const char *range, const char *etag)
{
    size_t head = aos_part_head_size(buf, io->end);
    int64_t body = io->body > io->left ? io->body : io->left;

    if (head == 0 || io->end - head > (uint64_t)body || !aos_part_head_matches(buf, head, body, range, etag))
        return AOS_PART_HEAD;
    io->begin = io->head = head;
    return AOS_PART_DONE;
}

int aos_get_part(aos_part_io_t *io, int sock, int file, const void *request, size_t request_size, void *buf,
                 size_t buf_size, const char *range, const char *etag)
{
    if (io->head == 0) {
        int result = aos_part_exchange(io, sock, request, request_size, buf, buf_size);

        if (result == AOS_PART_DONE)
            result = match_head(io, buf, range, etag);
        if (result != AOS_PART_DONE)
            return result;
        io->done = 0;
    }
    return aos_part_recv(io, sock, file, buf, buf_size);
}

/* ---- parts in a row ---- */

/* Prepares `io` and the request for the part `next`. */
static void begin_part(aos_part_io_t *io, aos_series_t *series)
{
    int64_t offset = series->next * series->part_size, rest = series->size - offset;
    int64_t length = rest < series->part_size ? rest : series->part_size;
    char span[AOS_RANGE_SIZE];
    int size = snprintf(span, sizeof span, "%" PRId64 "-%" PRId64, offset, offset + length - 1);

    memcpy(series->request, series->before, series->before_size);
    memcpy(series->request + series->before_size, span, (size_t)size);
    memcpy(series->request + series->before_size + size, series->after, series->after_size);
    series->request_size = series->before_size + (size_t)size + series->after_size;
    snprintf(series->range, sizeof series->range, "bytes %s/%" PRId64, span, series->size);
    *io = (aos_part_io_t){.offset = offset, .left = length, .stall = io->stall, .cancel = io->cancel};
    if (io->stall != NULL)
        io->stall->window_ns = io->stall->window_done = io->stall->slow_ns = 0;
}

/* Writes the record of a part with this CRC. Returns whether all of it is written. */
static int write_record(const aos_series_t *series, uint64_t crc, int64_t place)
{
    char data[64];
    int size = snprintf(data, sizeof data, "%020" PRIu64 "%s", crc, series->record);
    ssize_t n;

    do
        n = pwrite(series->records, data, (size_t)size, place);
    while (n < 0 && errno == EINTR);
    return n == size;
}

/* Counts and records the part `next`, whose bytes are all in the file. */
static void finish_part(const aos_part_io_t *io, aos_series_t *series)
{
    series->crcs[series->finished++] = io->crc;
    if (series->records >= 0)
        series->unrecorded = !write_record(series, io->crc, series->places[series->next]);
    series->next++;
    series->request_size = 0;
}

/* Whether the part `next` is to be downloaded. */
static int goes_on(const aos_series_t *series)
{
    int stopped = __atomic_load_n(series->stop, __ATOMIC_ACQUIRE) != 0;

    return series->next < series->end && (series->request_size > 0 || !stopped);
}

int aos_get_series(aos_part_io_t *io, int sock, int file, void *buf, size_t buf_size, aos_series_t *series)
{
    int64_t called = now_ns();

    while (goes_on(series)) {
        int result;

        if (series->request_size == 0)
            begin_part(io, series);
        result = aos_get_part(io, sock, file, series->request, series->request_size, buf, buf_size, series->range,
                              series->etag);
        if (result != AOS_PART_DONE)
            return result;
        finish_part(io, series);
        if (series->unrecorded || now_ns() - called >= SERIES_TIME)
            break;
    }
    return AOS_PART_DONE;
}

/* ---- from file to socket ---- */

/* Forgets what was read from the file and not sent. */
static void empty_buffer(aos_part_io_t *io)
{
    io->offset -= (int64_t)(io->end - io->begin);
    io->begin = io->end = 0;
}

/* Sends `left` bytes of the file from `offset` on, through the buffer, while the peer is silent. */
static int send_body(aos_part_io_t *io, int sock, int file, void *buf, size_t buf_size)
{
    int64_t called = now_ns();

    while (io->left > 0) {
        size_t sent;
        int result = check_transfer(io, called);

        if (result == AOS_PART_DONE)
            result = check_silence(io, sock);
        if (result == AOS_PART_EARLY)
            empty_buffer(io);
        if (result == AOS_PART_DONE && io->begin == io->end) {
            io->begin = io->end = 0;
            result = read_some(io, file, buf, at_most(buf_size, io->left), &io->end);
        }
        if (result == AOS_PART_DONE)
            result = send_some(io, sock, buf, &io->begin, io->end, 0, POLLIN | POLLOUT, &sent);
        if (result != AOS_PART_DONE)
            return result;
        advance_done(io, (const char *)buf + io->begin - sent, sent);
    }
    return AOS_PART_DONE;
}

int aos_put_part(aos_part_io_t *io, int sock, int file, const void *request, size_t request_size, void *buf,
                 size_t buf_size)
{
    int result = send_request(io, sock, request, request_size, io->left > 0);

    if (result == AOS_PART_DONE)
        result = send_body(io, sock, file, buf, buf_size);
    if (result == AOS_PART_DONE)
        result = recv_head(io, sock, buf, buf_size);
    if (result == AOS_PART_DONE && aos_part_head_accepts(buf, io->end, io->crc, &io->etag, &io->etag_size))
        io->head = io->end;
    return result;
}
