/* part_head.c: which heads match. Each is in memory of its exact size, so that the sanitizer sees a read beyond it. */
#include "part_head.h"

#include <string.h>

#include "check.h"

#define RANGE "bytes 10-14/99"
#define ETAG "\"A1B2\""
#define STATUS_LINE "HTTP/1.1 206 Partial Content\r\n"
#define NEEDED "Content-Length: 5\r\nContent-Range: " RANGE "\r\nETag: " ETAG "\r\n"

static char *copy_of(const char *text, size_t size)
{
    char *copy = malloc(size > 0 ? size : 1);

    CHECK(copy != NULL);
    memcpy(copy, text, size);
    return copy;
}

static int matches_n(const char *head, size_t size)
{
    char *copy = copy_of(head, size);
    int result = aos_part_head_matches(copy, size, 5, RANGE, ETAG);

    free(copy);
    return result;
}

static int matches(const char *head)
{
    return matches_n(head, strlen(head));
}

static void test_a_head_that_matches(void)
{
    CHECK(matches(STATUS_LINE NEEDED "\r\n"));
    CHECK(matches("HTTP/1.1 206 \r\n" NEEDED "\r\n"));
    CHECK(matches(STATUS_LINE NEEDED "Connection: Keep-Alive\r\nServer: x\r\nDate: \r\nx-oss-meta-a: \xc3\xa9\tb\r\n\r\n"));
    CHECK(matches(STATUS_LINE "A: 1\r\nA: 2\r\n" NEEDED "A: 3\r\n\r\n"));
    CHECK(matches(STATUS_LINE "cONTENT-lENGTH:5\r\ncontent-range: \t" RANGE " \t\r\nETAG:" ETAG "\r\n\r\n"));
}

static void test_heads_that_do_not_match(void)
{
    static const char *const instead_of_status[] = {
        "HTTP/1.1 200 OK\r\n", "HTTP/1.1 416 X\r\n", "HTTP/1.0 206 X\r\n", "http/1.1 206 X\r\n", "HTTP/1.1 206\r\n",
        "HTTP/1.1  206 X\r\n", "HTTP/1.1 206 X\x7f\x01\r\n", "HTTP/1.1 206 X\r\n\r\n", "\r\n", "",
    };
    static const char *const added[] = {
        "Transfer-Encoding: chunked\r\n", "transfer-encoding: identity\r\n", "Connection: close\r\n",
        "Connection: keep-alive, x\r\n", "Connection: keep-alive\r\nConnection: keep-alive\r\n", "Connection:\r\n",
        "Content-Length: 5\r\n", "Content-Range: " RANGE "\r\n", "etag: " ETAG "\r\n", "A: b\r\n folded\r\n",
        " folded at once\r\n", "\tfolded at once\r\n", "no colon\r\n", ": no name\r\n", "A : b\r\n", "A\t: b\r\n", "A: b\rc\r\n",
        "A: b\nc\r\n", "A: \x01\r\n", "\xc3\xa9: a\r\n", "A: b\n", "A: b\r", "\r\n",
    };
    static const char *const needed[][3] = {
        {"4", RANGE, ETAG}, {"+5", RANGE, ETAG}, {"-5", RANGE, ETAG}, {"5_0", RANGE, ETAG}, {"0x5", RANGE, ETAG},
        {"5.", RANGE, ETAG}, {"5 5", RANGE, ETAG}, {"5, 5", RANGE, ETAG}, {"", RANGE, ETAG}, {"\xd9\xa5", RANGE, ETAG},
        {"05", RANGE, ETAG}, {"18446744073709551621", RANGE, ETAG}, /* 2^64 + 5 */
        {"5", "bytes 10-14/98", ETAG}, {"5", "bytes 10-14/*", ETAG}, {"5", "bytes 10-14/999", ETAG},
        {"5", "bytes 10-14/9", ETAG}, {"5", "Bytes 10-14/99", ETAG}, {"5", "bytes  10-14/99", ETAG}, {"5", "", ETAG},
        {"5", RANGE, "A1B2"}, {"5", RANGE, "\"a1b2\""}, {"5", RANGE, "W/" ETAG}, {"5", RANGE, ""},
    };
    char head[512];

    for (size_t i = 0; i < sizeof instead_of_status / sizeof *instead_of_status; i++) {
        snprintf(head, sizeof head, "%s" NEEDED "\r\n", instead_of_status[i]);
        CHECK(!matches(head));
    }
    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        snprintf(head, sizeof head, STATUS_LINE "%s" NEEDED "\r\n", added[i]);
        CHECK(!matches(head));
        snprintf(head, sizeof head, STATUS_LINE NEEDED "%s\r\n", added[i]);
        CHECK(!matches(head));
    }
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        snprintf(head, sizeof head, STATUS_LINE "Content-Length: %s\r\nContent-Range: %s\r\nETag: %s\r\n\r\n",
                 needed[i][0], needed[i][1], needed[i][2]);
        CHECK(!matches(head));
    }
    CHECK(!matches(STATUS_LINE "Content-Range: " RANGE "\r\nETag: " ETAG "\r\n\r\n"));
    CHECK(!matches(STATUS_LINE "Content-Length: 5\r\nETag: " ETAG "\r\n\r\n"));
    CHECK(!matches(STATUS_LINE "Content-Length: 5\r\nContent-Range: " RANGE "\r\n\r\n"));
    CHECK(!matches(STATUS_LINE NEEDED "\r\nX"));
}

static void test_every_byte_counts(void)
{
    static const char head[] = STATUS_LINE NEEDED "\r\n";
    size_t size = sizeof head - 1;
    char other[sizeof head];

    CHECK(matches_n(head, size));
    for (size_t n = 0; n < size; n++) /* cut short anywhere */
        CHECK(!matches_n(head, n));
    for (size_t i = 0; i < size; i++) { /* a NUL, CR or LF in place of any other byte */
        for (const char *p = "\0\r\n"; p < "\0\r\n" + 3; p++) {
            memcpy(other, head, size);
            other[i] = *p;
            CHECK(matches_n(other, size) == (other[i] == head[i]));
        }
    }
}

static void test_size(void)
{
    static const char head[] = STATUS_LINE NEEDED "\r\n";
    static char large[3 * 8192];

    for (size_t n = 0; n < sizeof head + 20; n++) {
        char *copy = calloc(n + 1, 1);

        memcpy(copy, head, n < sizeof head ? n : sizeof head);
        CHECK(aos_part_head_size(copy, n) == (n < sizeof head - 1 ? 0 : sizeof head - 1));
        free(copy);
    }
    CHECK(aos_part_head_size("\r\n\r\n\r\n\r\n", 8) == 4); /* the first one counts */
    CHECK(aos_part_head_size("\r\r\n\r\n", 5) == 5);
    CHECK(aos_part_head_size("\r\n\r\r\n\r\n", 7) == 7);
    CHECK(aos_part_head_size("\n\n\r\r\n\n", 6) == 0);
    for (size_t end = 8192 - 6; end <= 8192 + 6; end++) { /* a head may have 8 KiB */
        memset(large, 'a', sizeof large);
        memcpy(large + end - 4, "\r\n\r\n", 4);
        CHECK(aos_part_head_size(large, sizeof large) == (end <= 8192 ? end : 0));
    }
}

static void test_numbers_at_their_bounds(void)
{
    static const char format[] = STATUS_LINE "Content-Length: %s\r\nContent-Range: r\r\nETag: e\r\n\r\n";
    char head[256];

    snprintf(head, sizeof head, format, "999999999999999999");
    CHECK(aos_part_head_matches(head, strlen(head), INT64_C(999999999999999999), "r", "e"));
    CHECK(!aos_part_head_matches(head, strlen(head), INT64_MAX, "r", "e"));
    snprintf(head, sizeof head, format, "0");
    CHECK(aos_part_head_matches(head, strlen(head), 0, "r", "e"));
    CHECK(!aos_part_head_matches(head, strlen(head), 0, "r", ""));
    CHECK(!aos_part_head_matches(head, strlen(head), 0, "r", "e\x80"));
}

#define ACCEPTED "HTTP/1.1 200 OK\r\n"
#define CRC "x-oss-hash-crc64ecma: 18446744073709551615\r\n"
#define EMPTY "Content-Length: 0\r\n"

static int accepts(const char *head, uint64_t crc, const char *expected)
{
    size_t size = strlen(head), etag, etag_size;
    char *copy = copy_of(head, size);
    int result = aos_part_head_accepts(copy, size, crc, &etag, &etag_size);

    if (result)
        CHECK(etag_size == strlen(expected) && memcmp(copy + etag, expected, etag_size) == 0);
    free(copy);
    return result;
}

static void test_one_that_accepts(void)
{
    static const char *const others[] = {
        STATUS_LINE CRC EMPTY "ETag: " ETAG "\r\n\r\n", ACCEPTED EMPTY "ETag: " ETAG "\r\n\r\n",
        ACCEPTED CRC "ETag: " ETAG "\r\n\r\n", ACCEPTED CRC EMPTY "\r\n", ACCEPTED CRC EMPTY "ETag: \t\r\n\r\n",
        ACCEPTED CRC EMPTY "ETag: a\r\nETag: a\r\n\r\n", ACCEPTED CRC CRC EMPTY "ETag: a\r\n\r\n",
        ACCEPTED CRC EMPTY EMPTY "ETag: a\r\n\r\n", ACCEPTED CRC "Content-Length: 1\r\nETag: a\r\n\r\n",
        ACCEPTED CRC EMPTY "ETag: a\r\nConnection: close\r\n\r\n", ACCEPTED CRC EMPTY "ETag: a\r\n\r\nX",
        ACCEPTED CRC EMPTY "ETag: a\r\nTransfer-Encoding: chunked\r\n\r\n", ACCEPTED CRC EMPTY "ETag: a\r\n",
        ACCEPTED CRC EMPTY "ETag: a\x01\r\n\r\n", ACCEPTED CRC EMPTY "ETag: a\r\n folded\r\n\r\n",
        ACCEPTED "x-oss-hash-crc64ecma: 36893488147419103231\r\n" EMPTY "ETag: a\r\n\r\n", /* 2^65 - 1 */
        ACCEPTED "x-oss-hash-crc64ecma: 184467440737095516150\r\n" EMPTY "ETag: a\r\n\r\n",
        ACCEPTED "x-oss-hash-crc64ecma: -1\r\n" EMPTY "ETag: a\r\n\r\n",
        ACCEPTED "x-oss-hash-crc64ecma:\r\n" EMPTY "ETag: a\r\n\r\n",
    };

    CHECK(accepts(ACCEPTED CRC EMPTY "ETag: " ETAG "\r\n\r\n", UINT64_MAX, ETAG));
    CHECK(accepts(ACCEPTED "etag:\tx \r\nContent-Range: y\r\n" CRC EMPTY "Connection: keep-alive\r\n\r\n", UINT64_MAX, "x"));
    CHECK(accepts(ACCEPTED "x-oss-hash-crc64ecma: 0\r\n" EMPTY "ETag: a\r\n\r\n", 0, "a"));
    CHECK(!accepts(ACCEPTED CRC EMPTY "ETag: " ETAG "\r\n\r\n", UINT64_MAX - 1, ETAG));
    CHECK(!accepts(ACCEPTED CRC EMPTY "ETag: " ETAG "\r\n\r\n", 0, ETAG));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        CHECK(!accepts(others[i], UINT64_MAX, ""));
}

int main(void)
{
    test_one_that_accepts();
    test_a_head_that_matches();
    test_heads_that_do_not_match();
    test_every_byte_counts();
    test_size();
    test_numbers_at_their_bounds();
    return 0;
}
