/* part_io.c: a request and its answer, with the body of either, on top of fake system calls. */
#include "fake_system.h"

enum { SOCK = 3, FILE_ = 4, PART = 40, OFFSET = 5, ROOM = 9000 };

#define RANGE "bytes 5-44/99"
#define ETAG "\"e\""
#define HEAD_OF(length) "HTTP/1.1 206 P\r\nContent-Length: " length "\r\nContent-Range: " RANGE "\r\nETag: " ETAG "\r\n\r\n"

static const char request[] = "GET /key HTTP/1.1\r\nHost: h\r\n\r\n";
static const char head[] = HEAD_OF("40");
enum { REQUEST = sizeof request - 1, HEAD = sizeof head - 1 };

static unsigned char body[PART];
static char *buffer; /* exactly `room` bytes, so that the sanitizer sees an access beyond them */
static size_t room;

/* Returns a part whose peer answers with a head and the first `n` bytes of the body. */
static aos_part_io_t begin(const char *answer, size_t size, size_t n)
{
    memset(&fake, 0, sizeof fake);
    fake.now = SECOND;
    for (size_t i = 0; i < PART; i++)
        body[i] = (unsigned char)(i * 37 + 11);
    memcpy(fake.in, answer, size);
    memcpy(fake.in + size, body, n);
    fake.in_size = size + n;
    free(buffer);
    buffer = malloc(room = ROOM);
    CHECK(buffer != NULL);
    return (aos_part_io_t){.offset = OFFSET, .left = PART, .cancel = &fake.cancel};
}

static aos_part_io_t begin_expected(void)
{
    return begin(head, HEAD, PART);
}

/* Makes the buffer smaller. */
static void small_room(size_t size)
{
    free(buffer);
    buffer = malloc(room = size);
    CHECK(buffer != NULL);
}

static int get_part(aos_part_io_t *io)
{
    return aos_get_part(io, SOCK, FILE_, request, REQUEST, buffer, room, RANGE, ETAG);
}

static int run_send_request(aos_part_io_t *io)
{
    return send_request(io, SOCK, request, REQUEST, 0);
}

static int run_recv_head(aos_part_io_t *io)
{
    return recv_head(io, SOCK, buffer, room);
}

static int exchange(aos_part_io_t *io)
{
    return aos_part_exchange(io, SOCK, request, REQUEST, buffer, room);
}

static int again; /* how often the last run() had to call again */

/* Calls a function until it returns something else than AOS_PART_AGAIN. */
static int run(aos_part_io_t *io, int (*call)(aos_part_io_t *))
{
    int result;

    for (again = 0; (result = call(io)) == AOS_PART_AGAIN; again++)
        CHECK(io->head > 0 || io->request_sent == REQUEST || io->left == PART);
    return result;
}

static void check_request_sent(void)
{
    CHECK(fake.out_at == REQUEST && memcmp(fake.out, request, REQUEST) == 0);
}

/* The head is in the buffer, the first `n` bytes of the body are in the file, and the state says so. */
static void check_got(const aos_part_io_t *io, size_t n)
{
    check_request_sent();
    CHECK(io->head == HEAD && memcmp(buffer, head, HEAD) == 0);
    CHECK(io->done == (int64_t)n && io->left == PART - (int64_t)n && io->offset == OFFSET + (int64_t)n);
    CHECK(memcmp(fake.file + OFFSET, body, n) == 0 && fake.file[OFFSET + n] == 0);
    CHECK(io->crc == crc64_by_definition(0, body, n));
}

/* Nothing of the answer is in the file; its first `n` bytes are in the buffer. */
static void check_left_alone(const aos_part_io_t *io, size_t n)
{
    check_request_sent();
    CHECK(io->head == 0 && io->begin == 0 && io->end == n && memcmp(buffer, fake.in, n) == 0);
    CHECK(io->left == PART && io->offset == OFFSET && io->crc == 0);
    for (size_t i = 0; i < sizeof fake.file; i++)
        CHECK(fake.file[i] == 0);
}

static void test_send_request(void)
{
    aos_part_io_t io = begin_expected();

    PLAN(fake.send, 1, -EAGAIN, 3, -EINTR, 2, -EINTR);
    CHECK(run(&io, run_send_request) == AOS_PART_DONE && again == 3); /* two signals, one wait of a TICK */
    CHECK(fake.polls == 1 && fake.more == 0 && io.done == REQUEST && io.left == PART && fake.in_at == 0);
    check_request_sent();

    io = begin_expected();
    CHECK(send_request(&io, SOCK, request, REQUEST, 1) == AOS_PART_DONE && fake.more == 1);
    check_request_sent();
    io = begin_expected();
    CHECK(send_request(&io, SOCK, request, 0, 0) == AOS_PART_DONE && fake.out_at == 0);
}

static void test_nothing_is_sent_on_a_stale_connection(void)
{
    static const ssize_t waiting[] = {0, 1, -ECONNRESET, -ENOTCONN};
    int (*const calls[])(aos_part_io_t *) = {run_send_request, exchange, get_part};

    for (size_t i = 0; i < sizeof waiting / sizeof *waiting; i++)
        for (size_t j = 0; j < sizeof calls / sizeof *calls; j++) {
            aos_part_io_t io = begin_expected();

            PLAN(fake.peek, waiting[i]);
            CHECK(run(&io, calls[j]) == AOS_PART_EOF);
            CHECK(fake.out_at == 0 && fake.in_at == 0 && io.done == 0 && io.head == 0 && io.left == PART);
            io = begin_expected();
            PLAN(fake.peek, waiting[i]);
            fake.cancel = 1; /* the thread that cancels shuts the connection down */
            CHECK(run(&io, calls[j]) == AOS_PART_CANCELLED && fake.out_at == 0);
        }
}

static void test_an_answer_that_begins_before_the_request_is_sent(void)
{
    aos_part_io_t io = begin_expected();

    PLAN(fake.send, 5, -EINTR);
    PLAN(fake.peek, -EAGAIN, 1); /* it is looked for before the first byte only */
    CHECK(run(&io, get_part) == AOS_PART_DONE);
    check_got(&io, PART);
}

static void test_send_request_fails(void)
{
    aos_part_io_t io = begin_expected();

    PLAN(fake.send, 4, -EPIPE);
    CHECK(run(&io, get_part) == AOS_PART_SOCKET && io.error == EPIPE && io.head == 0 && io.done == 4 && fake.in_at == 0);
    io = begin_expected();
    PLAN(fake.send, 4, -ECONNRESET);
    fake.cancel_at_end = 1;
    CHECK(run(&io, get_part) == AOS_PART_CANCELLED && fake.in_at == 0);
}

static void test_recv_head(void)
{
    aos_part_io_t io = begin("HTTP/1.1 200 ", 13, 0);

    io.begin = 7; /* left over from the body of a request */
    PLAN(fake.recv, -EAGAIN, -EINTR, 9);
    CHECK(run(&io, run_recv_head) == AOS_PART_DONE && again == 2 && fake.quick_acks == 3);
    CHECK(io.begin == 0 && io.end == 9 && io.done == 9 && memcmp(buffer, "HTTP/1.1 ", 9) == 0);

    io = begin("HTTP/1.1 200 ", 13, 0);
    small_room(4);
    CHECK(run(&io, run_recv_head) == AOS_PART_DONE && io.end == 4 && fake.in_at == 4);

    io = begin("", 0, 0);
    CHECK(run(&io, run_recv_head) == AOS_PART_EOF && io.end == 0);
    io = begin("", 0, 0);
    PLAN(fake.recv, -ECONNRESET);
    CHECK(run(&io, run_recv_head) == AOS_PART_SOCKET && io.error == ECONNRESET);
    io = begin("", 0, 0);
    fake.cancel_at_end = 1;
    CHECK(run(&io, run_recv_head) == AOS_PART_CANCELLED);
}

static void test_exchange(void)
{
    aos_part_io_t io = begin_expected();

    PLAN(fake.send, 5, -EINTR, 6, -EAGAIN);
    PLAN(fake.recv, -EAGAIN, -EAGAIN, 50);
    CHECK(run(&io, exchange) == AOS_PART_DONE && again == 4);
    check_request_sent(); /* once, however often it was called again */
    CHECK(io.begin == 0 && io.end == 50 && io.done == REQUEST + 50 && memcmp(buffer, head, 50) == 0);
    CHECK(io.left == PART && io.offset == OFFSET && io.crc == 0);
}

static void test_get_part(void)
{
    aos_part_io_t io = begin_expected();

    memcpy(fake.in + fake.in_size, "HTTP", 4); /* of the next answer, which has to stay on the connection */
    CHECK(run(&io, get_part) == AOS_PART_DONE && again == 0);
    check_got(&io, PART);

    io = begin_expected();
    PLAN(fake.send, 1, -EINTR, 7, -EAGAIN);
    PLAN(fake.recv, -EAGAIN, -EINTR, HEAD, 1, -EINTR, -EAGAIN, 30);
    PLAN(fake.pwrite, 1, 3, -EINTR, 2);
    CHECK(run(&io, get_part) == AOS_PART_DONE && again == 6);
    check_got(&io, PART);
    CHECK(fake.polls == 3);
    CHECK(run(&io, get_part) == AOS_PART_DONE); /* nothing is left to do */
    check_got(&io, PART);
}

static void test_get_part_takes_what_came_with_the_head(void)
{
    for (ssize_t n = HEAD; n <= HEAD + PART; n++) {
        aos_part_io_t io = begin_expected();

        PLAN(fake.recv, n, -EINTR);
        PLAN(fake.pwrite, 3);
        CHECK(run(&io, get_part) == AOS_PART_DONE);
        check_got(&io, PART);
    }
}

static void test_get_part_with_little_room(void)
{
    for (size_t more = 1; more <= 3; more++) {
        aos_part_io_t io = begin_expected();

        small_room(HEAD + more);
        CHECK(run(&io, get_part) == AOS_PART_DONE);
        check_got(&io, PART);
    }
    for (size_t less = 1; less < HEAD; less += 7) {
        aos_part_io_t io = begin_expected();

        small_room(HEAD - less);
        CHECK(run(&io, get_part) == AOS_PART_HEAD);
        check_left_alone(&io, HEAD - less);
    }
}

static void test_get_part_leaves_other_answers_alone(void)
{
    static const char denied[] = "HTTP/1.1 403 F\r\nContent-Length: 40\r\n\r\n";
    static const char interim[] = "HTTP/1.1 100 Continue\r\n\r\n";
    static const char longer[] = HEAD_OF("41"), shorter[] = HEAD_OF("39");
    static const struct {
        const char *head;
        size_t size;
    } others[] = {{denied, sizeof denied - 1}, {interim, sizeof interim - 1}, {longer, sizeof longer - 1},
                  {shorter, sizeof shorter - 1}, {"", 0}};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        aos_part_io_t io = begin(others[i].head, others[i].size, PART);

        CHECK(run(&io, get_part) == AOS_PART_HEAD);
        check_left_alone(&io, others[i].size + PART);
    }
    for (ssize_t n = 1; n < HEAD; n++) { /* a head in two pieces is for Python to put together */
        aos_part_io_t io = begin_expected();

        PLAN(fake.recv, n);
        CHECK(run(&io, get_part) == AOS_PART_HEAD && io.done == REQUEST + n);
        check_left_alone(&io, (size_t)n);
    }
    for (size_t excess = 1; excess < 3; excess++) { /* more than the part, in the same packet */
        aos_part_io_t io = begin_expected();

        fake.in_size += excess;
        CHECK(run(&io, get_part) == AOS_PART_HEAD);
        check_left_alone(&io, HEAD + PART + excess);
    }
}

static void test_get_part_of_a_long_head(void)
{
    for (size_t size = 8192 - 2; size <= 8192 + 2; size++) {
        aos_part_io_t io = begin_expected();
        size_t line = size - HEAD;

        memcpy(fake.in + line + 16, head + 16, HEAD - 16); /* makes room for a line of this size after the status line */
        memset(fake.in + 16, 'x', line);
        fake.in[17] = ':';
        memcpy(fake.in + 14 + line, "\r\n", 2);
        memcpy(fake.in + 14, "\r\n", 2);
        fake.in[16 + line - 2] = '\r';
        fake.in[16 + line - 1] = '\n';
        memcpy(fake.in + size, body, PART);
        fake.in_size = size + PART;
        if (size <= 8192) {
            CHECK(run(&io, get_part) == AOS_PART_DONE && io.head == size && io.done == PART);
            CHECK(memcmp(fake.file + OFFSET, body, PART) == 0 && memcmp(buffer, fake.in, size) == 0);
        } else {
            CHECK(run(&io, get_part) == AOS_PART_HEAD);
            check_left_alone(&io, size + PART);
        }
    }
}

static void test_get_part_ends_early(void)
{
    aos_part_io_t io = begin("", 0, 0);

    CHECK(run(&io, get_part) == AOS_PART_EOF && io.head == 0 && io.end == 0); /* before any byte of an answer */
    check_request_sent();
    io = begin("", 0, 0);
    PLAN(fake.recv, -ECONNRESET);
    CHECK(run(&io, get_part) == AOS_PART_SOCKET && io.error == ECONNRESET && io.head == 0);

    for (size_t n = 0; n < PART; n++) {
        io = begin(head, HEAD, n);
        CHECK(run(&io, get_part) == AOS_PART_EOF);
        check_got(&io, n);
    }
    io = begin_expected();
    PLAN(fake.recv, HEAD + 4, 9, -ECONNRESET);
    CHECK(run(&io, get_part) == AOS_PART_SOCKET && io.error == ECONNRESET);
    check_got(&io, 13);
}

static void test_get_part_cannot_write(void)
{
    aos_part_io_t io = begin_expected();

    PLAN(fake.pwrite, -ENOSPC); /* what came with the head */
    CHECK(run(&io, get_part) == AOS_PART_FILE && io.error == ENOSPC);
    check_got(&io, 0);
    io = begin_expected();
    PLAN(fake.recv, HEAD + 4);
    PLAN(fake.pwrite, 4, 20, -EIO);
    CHECK(run(&io, get_part) == AOS_PART_FILE && io.error == EIO);
    check_got(&io, 24);
}

static void test_get_part_is_cancelled(void)
{
    aos_part_io_t io = begin_expected();

    fake.cancel = 1;
    CHECK(run(&io, get_part) == AOS_PART_CANCELLED && fake.out_at == 0);
    for (int phase = 0; phase < 3; phase++) { /* while sending, waiting for the head, waiting for the body */
        io = begin_expected();
        if (phase == 0)
            PLAN(fake.send, 7, -EAGAIN, -EAGAIN, -EAGAIN);
        else if (phase == 1)
            PLAN(fake.recv, -EAGAIN, -EAGAIN, -EAGAIN);
        else
            PLAN(fake.recv, HEAD + 3, -EAGAIN, -EAGAIN, -EAGAIN);
        fake.cancel_at_poll = 2;
        CHECK(run(&io, get_part) == AOS_PART_CANCELLED && fake.polls == 2);
        CHECK(phase < 2 ? io.head == 0 && io.left == PART : io.head == HEAD && io.done == 3);
    }
    for (size_t n = 0; n <= 3; n += 3) { /* the flag, then the connection shut down */
        io = begin(head, HEAD, n);
        fake.cancel_at_end = 1;
        CHECK(run(&io, get_part) == AOS_PART_CANCELLED);
        check_got(&io, n);
    }
}

static void test_get_part_stalls(void)
{
    for (int phase = 0; phase < 3; phase++) {
        aos_stall_t rule = {.speed_limit = 1000, .speed_time = 1};
        aos_part_io_t io = begin_expected();

        io.stall = &rule;
        if (phase == 0)
            PLAN(fake.send, 7, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN);
        else if (phase == 1)
            PLAN(fake.recv, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN);
        else
            PLAN(fake.recv, HEAD + 3, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN, -EAGAIN);
        CHECK(run(&io, get_part) == AOS_PART_STALLED && fake.now == 2 * SECOND);
        CHECK(phase < 2 ? io.head == 0 && io.left == PART : io.head == HEAD && io.done == 3);
    }
}

static void test_get_part_comes_back_to_the_caller(void)
{
    aos_part_io_t io = begin_expected();

    fake.cost = TICK / 2;
    PLAN(fake.send, 1, 1, 1, 1);
    PLAN(fake.recv, HEAD, 5, 5, 5, 5, 5, 5);
    CHECK(run(&io, get_part) == AOS_PART_DONE && again >= 4);
    check_got(&io, PART);
}

static void test_recv_goes_on_from_the_buffer(void)
{
    aos_part_io_t io = begin("", 0, PART);

    memcpy(buffer, "....", 4);
    memcpy(buffer + 4, body, 6);
    memcpy(fake.in, body + 6, PART - 6);
    fake.in_size = PART; /* with six bytes of the next answer */
    io.begin = 4, io.end = 10;
    PLAN(fake.recv, -EINTR, 1);
    CHECK(aos_part_recv(&io, SOCK, FILE_, buffer, room) == AOS_PART_AGAIN);
    CHECK(io.begin == io.end && io.done == 6); /* written once */
    CHECK(aos_part_recv(&io, SOCK, FILE_, buffer, room) == AOS_PART_DONE);
    CHECK(io.done == PART && fake.in_at == PART - 6 && memcmp(fake.file + OFFSET, body, PART) == 0);
    CHECK(io.crc == crc64_by_definition(0, body, PART));
}

static void test_recv_leaves_the_next_part_in_the_buffer(void)
{
    enum { FIRST = 15 };
    aos_part_io_t io = begin("", 0, PART);

    memcpy(buffer, body, PART - 3);
    memcpy(fake.in, body + PART - 3, 3);
    fake.in_size = 3;
    io.end = PART - 3, io.left = FIRST;
    CHECK(aos_part_recv(&io, SOCK, FILE_, buffer, room) == AOS_PART_DONE);
    CHECK(io.begin == FIRST && io.end == PART - 3 && io.done == FIRST && fake.in_at == 0);
    CHECK(io.crc == crc64_by_definition(0, body, FIRST) && fake.file[OFFSET + FIRST] == 0);
    io.left = PART - FIRST, io.crc = 0;
    CHECK(aos_part_recv(&io, SOCK, FILE_, buffer, room) == AOS_PART_DONE && io.begin == io.end);
    CHECK(io.done == PART && io.offset == OFFSET + PART && memcmp(fake.file + OFFSET, body, PART) == 0);
    CHECK(io.crc == crc64_by_definition(0, body + FIRST, PART - FIRST));
}

static void test_recv_keeps_what_it_could_not_write(void)
{
    aos_part_io_t io = begin("", 0, PART);

    memcpy(buffer, body, 10);
    memcpy(fake.in, body + 10, PART - 10);
    fake.in_size = PART - 10;
    io.end = 10;
    PLAN(fake.pwrite, 4, -ENOSPC);
    CHECK(aos_part_recv(&io, SOCK, FILE_, buffer, room) == AOS_PART_FILE && io.begin == 4 && io.end == 10);
    CHECK(aos_part_recv(&io, SOCK, FILE_, buffer, room) == AOS_PART_DONE);
    CHECK(memcmp(fake.file + OFFSET, body, PART) == 0 && io.crc == crc64_by_definition(0, body, PART));
}

static void test_send_goes_on_from_the_buffer(void)
{
    aos_part_io_t io = begin("", 0, 0);

    memcpy(fake.file + OFFSET, body, PART);
    fake.file_size = OFFSET + PART;
    PLAN(fake.pread, 10);
    PLAN(fake.send, 3, -EINTR, 4, -EINTR);
    CHECK(send_body(&io, SOCK, FILE_, buffer, room) == AOS_PART_AGAIN);
    CHECK(io.begin == 3 && io.end == 10 && io.done == 3 && io.offset == OFFSET + 10);
    CHECK(send_body(&io, SOCK, FILE_, buffer, room) == AOS_PART_AGAIN && io.begin == 7 && io.done == 7);
    CHECK(send_body(&io, SOCK, FILE_, buffer, room) == AOS_PART_DONE);
    CHECK(fake.out_at == PART && memcmp(fake.out, body, PART) == 0 && io.crc == crc64_by_definition(0, body, PART));
}

static int put_part(aos_part_io_t *io)
{
    return aos_put_part(io, SOCK, FILE_, request, REQUEST, buffer, room);
}

static aos_part_io_t begin_with_file(void)
{
    aos_part_io_t io = begin("HTTP/1.1 200 ", 13, 0);

    memcpy(fake.file + OFFSET, body, PART);
    fake.file_size = OFFSET + PART;
    return io;
}

/* The request and the first `n` bytes of the body have been sent. */
static void check_put(const aos_part_io_t *io, size_t n)
{
    CHECK(fake.out_at == REQUEST + n && memcmp(fake.out, request, REQUEST) == 0);
    CHECK(memcmp(fake.out + REQUEST, body, n) == 0 && io->left == PART - (int64_t)n);
}

static void test_put_part(void)
{
    aos_part_io_t io = begin_with_file();

    CHECK(run(&io, put_part) == AOS_PART_DONE && fake.more == 1);
    check_put(&io, PART);
    CHECK(io.begin == 0 && io.end == 13 && memcmp(buffer, "HTTP/1.1 200 ", 13) == 0);
    CHECK(io.done == REQUEST + PART + 13 && io.crc == crc64_by_definition(0, body, PART));

    for (size_t size = 1; size <= PART; size += 13) { /* signals in every phase */
        io = begin_with_file();
        small_room(size);
        PLAN(fake.send, 3, -EINTR, REQUEST - 3, 5, -EINTR, 1, -EAGAIN);
        PLAN(fake.pread, 9, -EINTR, 4);
        PLAN(fake.recv, -EINTR, -EAGAIN);
        CHECK(run(&io, put_part) == AOS_PART_DONE);
        check_put(&io, PART);
        CHECK(io.begin == 0 && io.end == (size < 13 ? size : 13) && memcmp(buffer, "HTTP/1.1 200 ", io.end) == 0);
        CHECK(io.crc == crc64_by_definition(0, body, PART));
    }

    io = begin_with_file();
    io.left = 0;
    CHECK(put_part(&io) == AOS_PART_DONE && fake.out_at == REQUEST && fake.more == 0 && io.end == 13);
}

static void test_put_part_knows_an_answer_that_accepts(void)
{
    char answer[200];
    uint64_t crc = crc64_by_definition(0, body, PART);

    for (unsigned wrong = 0; wrong < 3; wrong++) { /* 0: nothing, 1: the CRC, 2: a byte too many */
        aos_part_io_t io = begin_with_file();
        int size = snprintf(answer, sizeof answer,
                            "HTTP/1.1 200 OK\r\nETag: e1\r\nContent-Length: 0\r\nx-oss-hash-crc64ecma: %llu\r\n\r\n%s",
                            (unsigned long long)(crc ^ (wrong == 1)), wrong == 2 ? "X" : "");

        memcpy(fake.in, answer, (size_t)size);
        fake.in_size = (size_t)size;
        small_room(sizeof answer);
        CHECK(run(&io, put_part) == AOS_PART_DONE && io.begin == 0 && io.end == (size_t)size);
        check_put(&io, PART);
        CHECK(io.head == (wrong ? 0 : (size_t)size));
        CHECK(wrong || (io.etag_size == 2 && memcmp(buffer + io.etag, "e1", 2) == 0));
    }
}

static void test_put_part_leaves_an_early_answer_alone(void)
{
    for (int end = 0; end < 2; end++) { /* the peer says something, or closes its side, before the second send */
        aos_part_io_t io = begin_with_file();

        PLAN(fake.peek, -EAGAIN, -EINTR, -EAGAIN, !end);
        PLAN(fake.send, REQUEST, 7);
        PLAN(fake.pread, 10);
        CHECK(run(&io, put_part) == AOS_PART_EARLY && fake.in_at == 0);
        check_put(&io, 7);
        CHECK(io.begin == 0 && io.end == 0 && io.head == 0 && io.offset == OFFSET + 7);
        CHECK(io.crc == crc64_by_definition(0, body, 7) && io.done == REQUEST + 7);
        CHECK(run(&io, put_part) == AOS_PART_DONE); /* it was nothing that ends the sending */
        check_put(&io, PART);
        CHECK(io.crc == crc64_by_definition(0, body, PART) && io.end == 13);
    }
    for (int waits = 0; waits < 2; waits++) { /* before the first byte of the body, and while it cannot be sent */
        aos_part_io_t io = begin_with_file();

        PLAN(fake.send, REQUEST, -EAGAIN, -EAGAIN);
        PLAN(fake.peek, -EAGAIN, waits ? -EAGAIN : 1, 1);
        CHECK(run(&io, put_part) == AOS_PART_EARLY && fake.polls == waits);
        CHECK(!waits || fake.events == (POLLIN | POLLOUT));
        check_put(&io, 0);
        CHECK(io.end == 0 && io.offset == OFFSET && io.crc == 0);
    }
}

static void test_put_part_to_a_peer_that_is_gone(void)
{
    aos_part_io_t io = begin_with_file();

    PLAN(fake.peek, -EAGAIN, -ECONNRESET);
    CHECK(run(&io, put_part) == AOS_PART_SOCKET && io.error == ECONNRESET);
    check_put(&io, 0);
    for (ssize_t seen = -ECONNRESET; seen <= 0; seen += ECONNRESET) { /* the flag, then the socket shut down */
        io = begin_with_file();
        PLAN(fake.peek, -EAGAIN, seen);
        fake.cancel_at_end = 1;
        CHECK(run(&io, put_part) == AOS_PART_CANCELLED);
        check_put(&io, 0);
    }
}

static void test_put_part_fails(void)
{
    aos_part_io_t io = begin_with_file();

    PLAN(fake.peek, 0); /* stale */
    CHECK(run(&io, put_part) == AOS_PART_EOF && io.request_sent == 0 && fake.out_at == 0);
    io = begin_with_file();
    fake.file_size = OFFSET + 11;
    CHECK(run(&io, put_part) == AOS_PART_EOF && io.request_sent == REQUEST && fake.in_at == 0);
    check_put(&io, 11);
    io = begin_with_file();
    PLAN(fake.pread, -EIO);
    CHECK(run(&io, put_part) == AOS_PART_FILE && io.error == EIO && fake.in_at == 0);
    io = begin_with_file();
    PLAN(fake.send, REQUEST, 6, -EPIPE);
    CHECK(run(&io, put_part) == AOS_PART_SOCKET && io.error == EPIPE && fake.in_at == 0);
    check_put(&io, 6);
    io = begin_with_file();
    PLAN(fake.recv, 0);
    CHECK(run(&io, put_part) == AOS_PART_EOF && io.left == 0);
    io = begin_with_file();
    fake.cancel_at_poll = 1;
    PLAN(fake.recv, -EAGAIN, -EAGAIN);
    CHECK(run(&io, put_part) == AOS_PART_CANCELLED);
}

int main(void)
{
    test_put_part();
    test_put_part_knows_an_answer_that_accepts();
    test_put_part_leaves_an_early_answer_alone();
    test_put_part_to_a_peer_that_is_gone();
    test_put_part_fails();
    test_send_request();
    test_nothing_is_sent_on_a_stale_connection();
    test_an_answer_that_begins_before_the_request_is_sent();
    test_send_request_fails();
    test_recv_head();
    test_exchange();
    test_get_part();
    test_get_part_takes_what_came_with_the_head();
    test_get_part_with_little_room();
    test_get_part_leaves_other_answers_alone();
    test_get_part_of_a_long_head();
    test_get_part_ends_early();
    test_get_part_cannot_write();
    test_get_part_is_cancelled();
    test_get_part_stalls();
    test_get_part_comes_back_to_the_caller();
    test_recv_goes_on_from_the_buffer();
    test_recv_leaves_the_next_part_in_the_buffer();
    test_recv_keeps_what_it_could_not_write();
    test_send_goes_on_from_the_buffer();
    free(buffer);
    return 0;
}
