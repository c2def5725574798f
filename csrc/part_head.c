/* See part_head.h. RFC 9112 has the syntax, RFC 9110 the header fields. */
#include "part_head.h"

#include <string.h>

#define HEAD_LIMIT 8192

/* What a line of the head can be: one of the fields that matter, or MISMATCH when its value is not the expected one. */
enum { LENGTH = 1, RANGE = 2, ETAG = 4, CRC = 8, KEEP_ALIVE = 16, MISMATCH = 32 };

/* A piece of the head: at[0 .. size), not a C string. */
typedef struct text_s {
    const char *at;
    size_t size;
} text_t;

/* What the head has to say. */
typedef struct expected_s {
    const char *status; /* start of the status line */
    unsigned fields;    /* bits of the fields that must be there */
    uint64_t length;
    uint64_t crc;
    const char *range;
    const char *etag;   /* NULL: any that is not empty */
    text_t *found_etag; /* where to store it then */
} expected_t;

size_t aos_part_head_size(const char *data, size_t size)
{
    const char *p = data, *end = data + (size < HEAD_LIMIT ? size : HEAD_LIMIT);

    while (end - p >= 4 && (p = memchr(p, '\r', (size_t)(end - p) - 3)) != NULL) {
        if (memcmp(p, "\r\n\r\n", 4) == 0)
            return (size_t)(p - data) + 4;
        p++;
    }
    return 0;
}

static int equals(text_t text, const char *expected)
{
    return text.size == strlen(expected) && memcmp(text.at, expected, text.size) == 0;
}

/* Compares without regard to case; `expected` is in lower case. strcasecmp would depend on the locale. */
static int equals_ignoring_case(text_t text, const char *expected)
{
    size_t i;

    if (text.size != strlen(expected))
        return 0;
    for (i = 0; i < text.size; i++) {
        char c = text.at[i];

        if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != expected[i])
            return 0;
    }
    return 1;
}

/* Whether the text is this number in decimal digits, without sign and leading zeros. */
static int equals_number(text_t text, uint64_t expected)
{
    uint64_t number = 0;
    size_t i;

    if (text.size == 0 || (text.at[0] == '0' && text.size > 1))
        return 0;
    for (i = 0; i < text.size; i++) {
        uint64_t digit = (uint64_t)(text.at[i] - '0');

        if (text.at[i] < '0' || text.at[i] > '9' || number > (UINT64_MAX - digit) / 10)
            return 0;
        number = number * 10 + digit;
    }
    return number == expected;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Whether every byte is a tab or between `low` and `high`, both included. */
static int all_between(text_t text, unsigned char low, unsigned char high)
{
    size_t i;

    for (i = 0; i < text.size; i++)
        if (((unsigned char)text.at[i] < low && text.at[i] != '\t') || (unsigned char)text.at[i] > high)
            return 0;
    return 1;
}

/* Splits a line into name and value, the latter without the blanks around it. Returns 0 when it is no plain header. */
static int split_header(text_t line, text_t *name, text_t *value)
{
    const char *colon = memchr(line.at, ':', line.size), *end = line.at + line.size;

    if (colon == NULL || colon == line.at)
        return 0;
    name->at = line.at;
    name->size = (size_t)(colon - line.at);
    for (colon++; colon < end && is_blank(*colon); colon++)
        ;
    for (; end > colon && is_blank(end[-1]); end--)
        ;
    value->at = colon;
    value->size = (size_t)(end - colon);
    return memchr(name->at, '\t', name->size) == NULL && all_between(*name, '!', '~') && all_between(*value, ' ', 0xFF);
}

static int matches_etag(text_t value, const expected_t *expected)
{
    if (expected->etag != NULL)
        return equals(value, expected->etag);
    *expected->found_etag = value;
    return value.size > 0;
}

/* Returns the bit of the field that a header is, 0 for a header that does not matter, or MISMATCH. */
static unsigned check_header(text_t name, text_t value, const expected_t *expected)
{
    if (equals_ignoring_case(name, "content-length"))
        return equals_number(value, expected->length) ? LENGTH : MISMATCH;
    if (equals_ignoring_case(name, "etag"))
        return matches_etag(value, expected) ? ETAG : MISMATCH;
    if (equals_ignoring_case(name, "connection"))
        return equals_ignoring_case(value, "keep-alive") ? KEEP_ALIVE : MISMATCH;
    if ((expected->fields & RANGE) != 0 && equals_ignoring_case(name, "content-range"))
        return equals(value, expected->range) ? RANGE : MISMATCH;
    if ((expected->fields & CRC) != 0 && equals_ignoring_case(name, "x-oss-hash-crc64ecma"))
        return equals_number(value, expected->crc) ? CRC : MISMATCH;
    return equals_ignoring_case(name, "transfer-encoding") ? MISMATCH : 0;
}

/* Whether head[0 .. size) is a complete head, ends there, and says what is expected, each field once. */
static int is_expected(const char *head, size_t size, const expected_t *expected)
{
    const char *p = head, *end = head + size, *eol;
    size_t status_size = strlen(expected->status);
    unsigned seen = 0;

    if (size < status_size || memcmp(head, expected->status, status_size) != 0)
        return 0;
    for (; (eol = memchr(p, '\r', (size_t)(end - p))) != NULL && end - eol >= 2 && eol[1] == '\n'; p = eol + 2) {
        text_t line = {p, (size_t)(eol - p)}, name, value;
        unsigned field = 0;

        if (line.size == 0)
            return (seen & expected->fields) == expected->fields && eol + 2 == end;
        if (p == head ? !all_between(line, ' ', 0xFF) : !split_header(line, &name, &value))
            return 0;
        if (p != head)
            field = check_header(name, value, expected);
        if (field == MISMATCH || (seen & field) != 0)
            return 0;
        seen |= field;
    }
    return 0;
}

int aos_part_head_matches(const char *head, size_t size, int64_t length, const char *range, const char *etag)
{
    expected_t expected = {.status = "HTTP/1.1 206 ", .fields = LENGTH | RANGE | ETAG, .range = range, .etag = etag};

    expected.length = (uint64_t)length;
    return length >= 0 && is_expected(head, size, &expected);
}

int aos_part_head_accepts(const char *head, size_t size, uint64_t crc, size_t *etag, size_t *etag_size)
{
    text_t found = {head, 0};
    expected_t expected = {.status = "HTTP/1.1 200 ", .fields = LENGTH | CRC | ETAG, .crc = crc, .found_etag = &found};

    if (!is_expected(head, size, &expected))
        return 0;
    *etag = (size_t)(found.at - head);
    *etag_size = found.size;
    return 1;
}
