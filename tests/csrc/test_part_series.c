/* part_io.c: parts in a row, each by a request of its own, on top of fake system calls. */
#include "fake_system.h"

enum { SOCK = 3, FILE_ = 4, PART = 30, SIZE = 100, FIRST = 1, COUNT = 3, PLACES = 200, PLACE = 64, ROOM = 4096, HEAD = 81 };

#define BEFORE "GET /key HTTP/1.1\r\nRange: bytes="
#define AFTER "\r\nHost: h\r\n\r\n"
#define RECORD "</Crc64><Completed>1"

static unsigned char object[SIZE];
static char buffer[ROOM], request[sizeof BEFORE + sizeof AFTER + AOS_RANGE_SIZE - 2], sent[FAKE_SIZE];
static size_t sent_size;
static int64_t places[] = {PLACES, PLACES + PLACE, PLACES + 2 * PLACE, PLACES + 3 * PLACE};
static uint64_t crcs[COUNT];
static int32_t stop;

static size_t length_of(int64_t part)
{
    return part < SIZE / PART ? PART : SIZE % PART;
}

/* Has the peer answer with parts 1 to 3 of the object, and notes the requests that it must get. */
static void answer_all(void)
{
    memset(&fake, 0, sizeof fake);
    fake.now = SECOND;
    sent_size = 0;
    for (size_t i = 0; i < SIZE; i++)
        object[i] = (unsigned char)(i * 37 + 11);
    for (int64_t part = FIRST; part < FIRST + COUNT; part++) {
        size_t at = (size_t)part * PART, n = length_of(part);

        fake.in_size += (size_t)sprintf((char *)fake.in + fake.in_size,
                                        "HTTP/1.1 206 P\r\nContent-Length: %zu\r\nContent-Range: bytes %zu-%zu/%d\r\n"
                                        "ETag: \"e\"\r\n\r\n",
                                        n, at, at + n - 1, SIZE);
        memcpy(fake.in + fake.in_size, object + at, n);
        fake.in_size += n;
        sent_size += (size_t)sprintf(sent + sent_size, BEFORE "%zu-%zu" AFTER, at, at + n - 1);
    }
    /* An answer comes once it has been asked for: its head and body, each as one piece. */
    PLAN(fake.recv, HEAD, 30, HEAD, 30, HEAD, 10);
}

static aos_series_t begin(void)
{
    answer_all();
    return (aos_series_t){
        .before = BEFORE, .before_size = sizeof BEFORE - 1, .after = AFTER, .after_size = sizeof AFTER - 1,
        .request = request, .etag = "\"e\"", .size = SIZE, .part_size = PART, .crcs = crcs, .records = FILE_,
        .places = places, .stop = &stop, .record = RECORD, .next = FIRST, .end = FIRST + COUNT,
    };
}

static int again; /* how often the last run() had to call again */

static int run(aos_part_io_t *io, aos_series_t *series)
{
    int result;

    for (again = 0; (result = aos_get_series(io, SOCK, FILE_, buffer, ROOM, series)) == AOS_PART_AGAIN; again++)
        continue;
    return result;
}

/* `count` parts from the first one on are finished: in the file, in `crcs` and recorded; the next one is not. */
static void check_finished(const aos_series_t *series, int64_t count)
{
    char record[PLACE];

    CHECK(series->next == FIRST + count && series->finished == (size_t)count);
    for (int64_t part = FIRST; part < FIRST + count; part++) {
        uint64_t crc = crc64_by_definition(0, object + part * PART, length_of(part));
        int size = sprintf(record, "%020" PRIu64 RECORD, crc);

        CHECK(crcs[part - FIRST] == crc && memcmp(fake.file + part * PART, object + part * PART, length_of(part)) == 0);
        CHECK(memcmp(fake.file + places[part], record, (size_t)size) == 0 && fake.file[places[part] + size] == 0);
    }
    for (int64_t part = FIRST + count; part < FIRST + COUNT; part++)
        CHECK(fake.file[places[part]] == 0);
}

static void test_all(void)
{
    aos_series_t series = begin();
    aos_part_io_t io = {.cancel = &fake.cancel};

    CHECK(run(&io, &series) == AOS_PART_DONE && again == 0);
    check_finished(&series, COUNT);
    CHECK(!series.unrecorded && fake.in_at == fake.in_size);
    CHECK(fake.out_at == sent_size && memcmp(fake.out, sent, sent_size) == 0);
    CHECK(run(&io, &series) == AOS_PART_DONE && fake.out_at == sent_size); /* none is left */
}

static void test_it_is_continued(void)
{
    aos_series_t series = begin();
    aos_part_io_t io = {.cancel = &fake.cancel};

    PLAN(fake.recv, -EINTR, HEAD, -EINTR, 11, 19, HEAD, -EAGAIN);
    PLAN(fake.send, 5, -EINTR);
    PLAN(fake.pwrite, 30, -EINTR);
    CHECK(run(&io, &series) == AOS_PART_DONE && again == 4); /* three signals, one wait of a TICK */
    check_finished(&series, COUNT);
    CHECK(fake.out_at == sent_size && memcmp(fake.out, sent, sent_size) == 0);
}

static void test_the_crcs_may_be_taken_meanwhile(void)
{
    aos_series_t series = begin();
    aos_part_io_t io = {.cancel = &fake.cancel};

    PLAN(fake.recv, HEAD, 30, -EINTR, HEAD, 30, HEAD, 10);
    CHECK(aos_get_series(&io, SOCK, FILE_, buffer, ROOM, &series) == AOS_PART_AGAIN);
    check_finished(&series, 1);
    series.finished = 0;
    CHECK(run(&io, &series) == AOS_PART_DONE && series.finished == 2);
    CHECK(crcs[0] == crc64_by_definition(0, object + 2 * PART, PART));
}

static void test_it_returns_after_some_time(void)
{
    aos_series_t series = begin();
    aos_part_io_t io = {.cancel = &fake.cancel};

    fake.cost = SECOND / 100;
    CHECK(aos_get_series(&io, SOCK, FILE_, buffer, ROOM, &series) == AOS_PART_DONE);
    check_finished(&series, 1);
    CHECK(run(&io, &series) == AOS_PART_DONE);
    check_finished(&series, 2);
}

static void test_a_record_that_cannot_be_written(void)
{
    static const ssize_t results[] = {-ENOSPC, 7, 0};

    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        aos_series_t series = begin();
        aos_part_io_t io = {.cancel = &fake.cancel};

        PLAN(fake.pwrite, 30, results[i]);
        CHECK(run(&io, &series) == AOS_PART_DONE && series.unrecorded && series.finished == 1);
        CHECK(run(&io, &series) == AOS_PART_DONE && !series.unrecorded && series.finished == COUNT);
    }
}

static void test_none_is_recorded(void)
{
    aos_series_t series = begin();
    aos_part_io_t io = {.cancel = &fake.cancel};

    series.records = -1;
    CHECK(run(&io, &series) == AOS_PART_DONE && series.finished == COUNT && !series.unrecorded);
    for (size_t i = SIZE; i < FAKE_SIZE; i++)
        CHECK(fake.file[i] == 0);
}

static void test_one_fails(void)
{
    aos_series_t series = begin();
    aos_part_io_t io = {.cancel = &fake.cancel};

    PLAN(fake.recv, HEAD, 30, HEAD, 9, -ECONNRESET);
    CHECK(run(&io, &series) == AOS_PART_SOCKET && io.error == ECONNRESET && io.left == PART - 9 && io.head == HEAD);
    check_finished(&series, 1);

    series = begin();
    io = (aos_part_io_t){.cancel = &fake.cancel};
    PLAN(fake.pwrite, 30, 40, -ENOSPC);
    CHECK(run(&io, &series) == AOS_PART_FILE && io.error == ENOSPC);
    check_finished(&series, 1);

    series = begin();
    io = (aos_part_io_t){.cancel = &fake.cancel};
    memcpy(strstr((char *)fake.in + HEAD + PART, "206"), "500", 3);
    CHECK(run(&io, &series) == AOS_PART_HEAD && io.head == 0 && io.end == HEAD && memcmp(buffer, fake.in + HEAD + PART, HEAD) == 0);
    check_finished(&series, 1);

    series = begin();
    io = (aos_part_io_t){.cancel = &fake.cancel};
    fake.cancel_at_poll = 1;
    PLAN(fake.recv, HEAD, 30, HEAD, -EAGAIN);
    CHECK(run(&io, &series) == AOS_PART_CANCELLED);
    check_finished(&series, 1);
}

static void test_a_connection_that_is_closed_in_between(void)
{
    aos_series_t series = begin();
    aos_part_io_t io = {.cancel = &fake.cancel};

    PLAN(fake.peek, -EAGAIN, 0); /* as a server does after so many requests */
    CHECK(run(&io, &series) == AOS_PART_EOF && io.request_sent == 0 && io.head == 0);
    check_finished(&series, 1);
    series.request_size = 0; /* goes on by another one */
    CHECK(run(&io, &series) == AOS_PART_DONE);
    check_finished(&series, COUNT);
    CHECK(fake.out_at == sent_size && memcmp(fake.out, sent, sent_size) == 0);
}

static void test_no_further_part_is_begun(void)
{
    aos_series_t series = begin();
    aos_part_io_t io = {.cancel = &fake.cancel};

    PLAN(fake.recv, HEAD, 9, -EINTR);
    CHECK(aos_get_series(&io, SOCK, FILE_, buffer, ROOM, &series) == AOS_PART_AGAIN);
    stop = 1;
    CHECK(run(&io, &series) == AOS_PART_DONE);
    check_finished(&series, 1);
    CHECK(run(&io, &series) == AOS_PART_DONE && fake.in_at == HEAD + PART);
    stop = 0;
}

static void test_the_stall_rule_begins_anew(void)
{
    aos_stall_t stall = {.speed_limit = 1000, .speed_time = 3};
    aos_series_t series = begin();
    aos_part_io_t io = {.cancel = &fake.cancel, .stall = &stall};

    fake.cost = SECOND; /* each part takes three seconds, all of them too slow */
    for (int64_t part = 1; part <= COUNT; part++) {
        CHECK(run(&io, &series) == AOS_PART_DONE);
        check_finished(&series, part);
    }
    series = begin();
    io = (aos_part_io_t){.cancel = &fake.cancel, .stall = &stall};
    fake.cost = SECOND;
    PLAN(fake.recv, HEAD, 30, HEAD, 1, 1, 1, 1);
    CHECK(run(&io, &series) == AOS_PART_DONE);
    CHECK(run(&io, &series) == AOS_PART_STALLED);
    check_finished(&series, 1);
}

static void test_the_largest_numbers(void)
{
    int64_t place = PLACES;
    aos_series_t series = begin();
    aos_part_io_t io = {.cancel = &fake.cancel};

    series.size = INT64_MAX;
    series.part_size = (INT64_MAX >> 1) + 1;
    series.places = &place - 1;
    series.next = 1;
    series.end = 2;
    CHECK(run(&io, &series) == AOS_PART_HEAD);
    CHECK(strcmp(series.range, "bytes 4611686018427387904-9223372036854775806/9223372036854775807") == 0);
    CHECK(fake.out_at == sizeof BEFORE - 1 + 39 + sizeof AFTER - 1);
}

int main(void)
{
    test_all();
    test_it_is_continued();
    test_the_crcs_may_be_taken_meanwhile();
    test_it_returns_after_some_time();
    test_a_record_that_cannot_be_written();
    test_none_is_recorded();
    test_one_fails();
    test_a_connection_that_is_closed_in_between();
    test_no_further_part_is_begun();
    test_the_stall_rule_begins_anew();
    test_the_largest_numbers();
    return 0;
}
