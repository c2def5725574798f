/*
 * One part of a transfer: bytes between a socket and a file, with their CRC-64, in one call without Python.
 *
 * A part is a struct that the caller fills and then hands to any of the functions below, which all keep
 * `offset`, `left`, `done` and `crc` true at every return, so that a part may be continued by another of them
 * (a socket's bytes that came with the head, then the socket itself). None allocates memory.
 */
#ifndef AOS_PART_IO_H
#define AOS_PART_IO_H

#include <stddef.h>
#include <stdint.h>

/* What the functions return. */
enum {
    AOS_PART_DONE = 0,      /* nothing is left to do */
    AOS_PART_AGAIN = 1,     /* a quarter of a second has passed, or a signal came: call again */
    AOS_PART_EOF = 2,       /* the source ended early: the peer closed, or the file is too short */
    AOS_PART_SOCKET = 3,    /* the socket failed: `error` is the errno */
    AOS_PART_FILE = 4,      /* the file failed: `error` is the errno */
    AOS_PART_CANCELLED = 5, /* the cancel flag is set; said rather than EOF or SOCKET */
    AOS_PART_STALLED = 6,   /* too slow for too long */
    AOS_PART_HEAD = 7       /* the answer is not the one expected: what is there of it is in the buffer */
};

/*
 * The rule for transfers that are too slow (libcurl's CURLOPT_LOW_SPEED_LIMIT and _TIME). Windows of a second are
 * looked at: one with fewer than speed_limit bytes a second lets a clock run on, a better one sets it back; the
 * transfer has stalled when the clock shows speed_time seconds. 0 for either switches the rule off.
 */
typedef struct aos_stall_s {
    int64_t speed_limit; /* bytes a second */
    int64_t speed_time;  /* seconds */
    int64_t window_ns;   /* when the open window began; 0: not yet */
    int64_t window_done; /* bytes done by then */
    int64_t slow_ns;     /* the clock */
} aos_stall_t;

typedef struct aos_part_io_s {
    int64_t offset; /* where in the file the next byte goes to or comes from */
    int64_t left;   /* bytes still to do */
    int64_t done;   /* bytes done so far; another thread may read it at any time */
    uint64_t crc;   /* of the bytes before `offset` */
    aos_stall_t *stall;    /* may be NULL: no rule */
    const int32_t *cancel; /* not zero: stop; another thread sets it. May be NULL */
    int32_t error;         /* errno; has a meaning after AOS_PART_SOCKET and AOS_PART_FILE only */
    size_t request_sent;           /* bytes of the request that are sent */
    size_t begin;          /* what came into the buffer and has not gone out of it is buf[begin .. end) */
    size_t end;
    size_t head;           /* bytes of the head at the buffer's start, once it is found to be the one expected */
    size_t etag;           /* aos_put_part: where in such a head the ETag is, and how long */
    size_t etag_size;
} aos_part_io_t;

/*
 * Applies the rule when `done` bytes have been done by now; the first call starts the clock. 1: stalled.
 * To be called a few times a second. A count smaller than the last one has buffered anew.
 */
int aos_stall_check(aos_stall_t *stall, int64_t done);

/*
 * Buffer to socket: data[request_sent .. size); `more` says that a body follows. `left` has no meaning here. AOS_PART_EOF
 * before the first byte: the peer has ended the connection, or sent what nobody asked for.
 */
int aos_part_send_request(aos_part_io_t *io, int sock, const void *data, size_t size, int more);

/* Socket to buffer: the first bytes of an answer are then buf[begin .. end). `left` has no meaning here. */
int aos_part_recv_head(aos_part_io_t *io, int sock, void *buf, size_t size);

/* Tell, then hear: a request without a body, and the beginning of its answer. */
int aos_part_exchange(aos_part_io_t *io, int sock, const void *data, size_t size, void *buf, size_t room);

/*
 * Tell, send, then hear: a request with a stretch of a file as its body, and the beginning of its answer. While `left`
 * is not 0, the body has not been sent; a peer that answers before it has all of it may end the connection
 * (AOS_PART_SOCKET with EPIPE), and its answer may still be heard. `head` is then that of an answer that accepts the
 * body, see aos_part_head_accepts, if it is one, else 0.
 */
int aos_put_part(aos_part_io_t *io, int sock, int file, const void *request, size_t size, void *buf, size_t room);

/*
 * Socket to file, `left` bytes, never more; buf[begin .. end) came before and goes first. The socket may be blocking
 * or not; it is used without blocking.
 */
int aos_part_recv(aos_part_io_t *io, int sock, int file, void *buf, size_t size);

/*
 * Ask, then receive the body, if the head of the answer is the one expected: see aos_part_head_matches, whose length is
 * `left`. The head stays in buf[0 .. head), and `done` counts the body alone. While `head` is 0, nothing of the body
 * has been taken, and after AOS_PART_HEAD the answer's first bytes are buf[0 .. end).
 */
int aos_get_part(aos_part_io_t *io, int sock, int file, const void *request, size_t size, void *buf, size_t room,
                   const char *range, const char *etag);

/* File to socket, `left` bytes. The buffer must be the same, and untouched, until the part is done. */
int aos_part_send(aos_part_io_t *io, int sock, int file, void *buf, size_t size);

/* Buffer to file: all of buf[0 .. size), at most `left` bytes. */
int aos_part_write(aos_part_io_t *io, int file, const void *buf, size_t size);

/* File to buffer: fills buf[0 .. size), at most `left` bytes; the count is the growth of `done`. */
int aos_part_read(aos_part_io_t *io, int file, void *buf, size_t size);

/* The CRC alone: reads `left` bytes of the file through the buffer. */
int aos_part_verify(aos_part_io_t *io, int file, void *buf, size_t size);

#endif
