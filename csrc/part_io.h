/*
 * One part of a transfer: bytes between a socket and a file, with their CRC-64, in one call without Python.
 *
 * The caller fills an aos_part_io_t and passes it to the functions below. Each of them keeps `offset`, `left`, `done`,
 * `crc`, `begin` and `end` correct at every return, also when it fails, so that any other one can go on from there.
 * After AOS_PART_AGAIN the same call, with the same arguments and an untouched buffer, goes on with what is left.
 *
 * Everything that a pointer refers to belongs to the caller. Nothing here allocates or frees memory, or opens or closes
 * a descriptor. Sizes and offsets are in bytes. A socket is used without blocking, whatever its own mode.
 */
#ifndef AOS_PART_IO_H
#define AOS_PART_IO_H

#include <stddef.h>
#include <stdint.h>

/* The result of every function that takes an aos_part_io_t. */
enum {
    AOS_PART_DONE = 0,      /* nothing is left to do */
    AOS_PART_AGAIN = 1,     /* a quarter of a second has passed, or a signal came: call again */
    AOS_PART_EOF = 2,       /* the source ended early: the peer closed the connection, or the file is too short */
    AOS_PART_SOCKET = 3,    /* the socket failed, with the errno in `error` */
    AOS_PART_FILE = 4,      /* the file failed, with the errno in `error` */
    AOS_PART_CANCELLED = 5, /* the cancel flag is set; takes precedence over EOF and SOCKET */
    AOS_PART_STALLED = 6,   /* the transfer was too slow for too long */
    AOS_PART_HEAD = 7,      /* the answer is not the expected one; what was received of it is in the buffer */
    AOS_PART_EARLY = 8      /* the peer has sent something, or closed its side, before all of the body was sent */
};

/*
 * The rule for transfers that are too slow (libcurl's CURLOPT_LOW_SPEED_LIMIT and CURLOPT_LOW_SPEED_TIME). The transfer
 * is measured in windows of a second: a window with fewer than speed_limit bytes a second adds its length to slow_ns, a
 * better one sets slow_ns back to 0. The transfer has stalled when slow_ns reaches speed_time. With 0 for either
 * setting, the rule is off. The caller fills the two settings and leaves the rest 0.
 */
typedef struct aos_stall_s {
    int64_t speed_limit; /* bytes a second */
    int64_t speed_time;  /* seconds */
    int64_t window_ns;   /* monotonic time at which the current window began; 0: there is none yet */
    int64_t window_done; /* bytes done at that time */
    int64_t slow_ns;     /* nanoseconds for which the transfer has been too slow */
} aos_stall_t;

/*
 * The state of one part. The caller fills the first two members and what it needs of the others, and leaves the rest 0.
 *
 * buf[begin .. end) holds the bytes that have come into the buffer and have not left it: received and not yet written,
 * or read from the file and not yet sent. Bytes that follow this part in the same answer stay there; with a new
 * `offset`, `left` and `crc` the next part starts with them.
 */
typedef struct aos_part_io_s {
    int64_t offset;        /* position in the file of the next byte to read or write */
    int64_t left;          /* bytes still to do */
    int64_t body;          /* for aos_get_part: bytes of the answer's body, of which the part is the first; 0: `left` */
    int64_t done;          /* bytes done so far, for the stall rule; another thread may read it at any time */
    uint64_t crc;          /* CRC-64 of the bytes done, of the file only, on top of the value that the caller gave */
    aos_stall_t *stall;    /* NULL: no rule */
    const int32_t *cancel; /* another thread sets it to something else than 0 to stop the transfer. May be NULL */
    int32_t error;         /* errno; valid after AOS_PART_SOCKET and AOS_PART_FILE only */
    size_t request_sent;   /* bytes of the request that have been sent */
    size_t begin;
    size_t end;
    size_t head;           /* size of the answer's head at the start of the buffer; 0 unless it is the expected one */
    size_t etag;           /* after aos_put_part, when `head` is not 0: position of the ETag in the buffer, */
    size_t etag_size;      /* and its size */
} aos_part_io_t;

/*
 * Applies the stall rule, where `done` is the number of bytes done so far; the first call starts the first window.
 * Returns 1 when the transfer has stalled, else 0. To be called a few times a second. A count smaller than the one
 * before is that of a new stage of the same transfer, and counts from 0.
 */
int aos_stall_check(aos_stall_t *stall, int64_t done);

/*
 * Sends request[0 .. request_size), a request without a body, and receives the first bytes of its answer, at least one,
 * as buf[0 .. end). `left` and `offset` are not used, and `done` counts the bytes in both directions.
 *
 * AOS_PART_EOF while `request_sent` is 0: nothing was sent, because the peer had already closed the connection or sent
 * something that nobody asked for. AOS_PART_EOF later: the peer closed it before the first byte of an answer.
 */
int aos_part_exchange(aos_part_io_t *io, int sock, const void *request, size_t request_size, void *buf,
                      size_t buf_size);

/*
 * Receives `left` bytes from the socket, never more, and writes them to the file at `offset`. Those that are in
 * buf[begin .. end) already are written first.
 */
int aos_part_recv(aos_part_io_t *io, int sock, int file, void *buf, size_t buf_size);

/*
 * Downloads a part: sends a request as aos_part_exchange does, and if the head of the answer matches (see
 * aos_part_head_matches, with `body` as the length), receives the part as aos_part_recv does. `range` and `etag` are
 * C strings; the buffer must be larger than the head, which has up to 8 KiB. The parts that follow in the same answer
 * are received by aos_part_recv, one after the other.
 *
 * While `head` is 0, the head has not been found to match, and nothing has been written to the file. From then on the
 * head stays in buf[0 .. head), and `done` counts the body alone. After AOS_PART_HEAD, buf[0 .. end) has the first bytes
 * of an answer that does not match, that is longer than expected, or whose head is not complete.
 */
int aos_get_part(aos_part_io_t *io, int sock, int file, const void *request, size_t request_size, void *buf,
                 size_t buf_size, const char *range, const char *etag);

/*
 * Uploads a part: sends request[0 .. request_size), then `left` bytes of the file from `offset` on as its body, then
 * receives the first bytes of the answer as buf[0 .. end). If these are a complete answer that confirms the body (see
 * aos_part_head_accepts, with the CRC-64 of what was sent), `head` is its size and `etag` tells where its ETag is.
 *
 * While `left` is not 0, the body has not been sent completely. The peer may answer before it has read all of it: the
 * socket is watched meanwhile, and AOS_PART_EARLY leaves to the caller to receive what the peer has sent, and to send
 * the rest of the body or not. The buffer is empty then, with `begin` and `end` 0. A peer that has closed the connection
 * is AOS_PART_SOCKET with EPIPE or ECONNRESET; its answer can still be received. For AOS_PART_EOF see aos_part_exchange;
 * it is also the result when the file is too short.
 */
int aos_put_part(aos_part_io_t *io, int sock, int file, const void *request, size_t request_size, void *buf,
                 size_t buf_size);

/*
 * Parts of an object in a row, each of which is downloaded by a request of its own. They differ in their range alone,
 * as in `Range: bytes=0-99`, so that the request is what comes before these numbers, the numbers, and what comes after.
 * The caller fills all members up to `end`, and leaves the rest 0; to send the request for the part under way anew, on
 * another connection, it sets request_size to 0.
 */
typedef struct aos_series_s {
    const char *before; /* bytes of the request, not a C string */
    size_t before_size;
    const char *after;
    size_t after_size;
    char *request;      /* room for a request: before_size + after_size + AOS_RANGE_SIZE bytes */
    const char *etag;   /* C string */
    int64_t size;       /* of the object */
    int64_t part_size;  /* of each part; the last one of the object may be shorter */
    uint64_t *crcs;     /* room for the CRC-64 of each part */
    int records;        /* file in which each finished part is recorded; -1: none */
    const int64_t *places; /* where in it, by the number of the part */
    const char *record; /* what is written there after the 20 digits of the CRC-64; C string of up to 40 bytes */
    const int32_t *stop; /* another thread sets it to something else than 0 so that no further part is begun */
    int64_t next;       /* number of the part under way, or to be downloaded next */
    int64_t end;        /* number of the part after the last one */
    size_t finished;    /* CRCs that are in `crcs`; the caller may take them away */
    int unrecorded;     /* whether the last finished part could not be recorded */
    size_t request_size; /* of the request for the part under way; 0: there is none yet */
    char range[80];     /* value of Content-Range that is expected for it */
} aos_series_t;

#define AOS_RANGE_SIZE 48

/*
 * Downloads the parts of a series, each as aos_get_part does, and records each before it asks for the next one. For
 * every part `io` begins anew, but for `stall`, whose settings stay, and `cancel`.
 *
 * AOS_PART_DONE: none is left or to be begun, or some are finished and a fiftieth of a second has passed, or the last
 * finished one is `unrecorded`. Any other result is that of the part `next`, whose state is in `io`.
 */
int aos_get_series(aos_part_io_t *io, int sock, int file, void *buf, size_t buf_size, aos_series_t *series);

/* Writes data[0 .. size), at most `left` bytes of it, to the file at `offset`. Is never cancelled. */
int aos_part_write(aos_part_io_t *io, int file, const void *data, size_t size);

/* Reads `left` bytes of the file from `offset` on, only for their CRC-64. The buffer's content is overwritten. */
int aos_part_verify(aos_part_io_t *io, int file, void *buf, size_t buf_size);

#endif
