/* See part_head.h. RFC 9112 (syntax), RFC 9110 (fields). */
#include "part_head.h"

#include <string.h>

#define HEAD_LIMIT 8192
enum { LENGTH = 1, RANGE = 2, ETAG = 4, CRC = 8, OPEN = 16, REFUSED = 32 };

typedef struct text_s {
    const char *at;
    size_t size;
} text_t;

/* The answer that is expected. */
typedef struct expected_s {
    const char *status;  /* the beginning of its status line */
    unsigned needed;     /* what it has to say */
    uint64_t length;
    uint64_t crc;
    const char *range;
    const char *etag;    /* NULL: any */
    text_t *found_etag;
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

static int is(text_t text, const char *expected)
{
    return text.size == strlen(expected) && memcmp(text.at, expected, text.size) == 0;
}

/* The same without regard to case; `expected` is in lower case. Not strcasecmp, which asks the locale. */
static int names(text_t text, const char *expected)
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

static int is_number(text_t text, uint64_t expected)
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

static int all_between(text_t text, unsigned char low, unsigned char high)
{
    size_t i;

    for (i = 0; i < text.size; i++)
        if (((unsigned char)text.at[i] < low && text.at[i] != '\t') || (unsigned char)text.at[i] > high)
            return 0;
    return 1;
}

/* Name and value of a line, 0 when it is no plain header. */
static int split(text_t line, text_t *name, text_t *value)
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

static int is_etag(text_t value, const expected_t *expected)
{
    if (expected->etag != NULL)
        return is(value, expected->etag);
    *expected->found_etag = value;
    return value.size > 0;
}

/* What a line says about the answer: 0 nothing, REFUSED that it is another one. */
static unsigned said(text_t name, text_t value, const expected_t *expected)
{
    if (names(name, "content-length"))
        return is_number(value, expected->length) ? LENGTH : REFUSED;
    if (names(name, "etag"))
        return is_etag(value, expected) ? ETAG : REFUSED;
    if (names(name, "connection"))
        return names(value, "keep-alive") ? OPEN : REFUSED;
    if ((expected->needed & RANGE) != 0 && names(name, "content-range"))
        return is(value, expected->range) ? RANGE : REFUSED;
    if ((expected->needed & CRC) != 0 && names(name, "x-oss-hash-crc64ecma"))
        return is_number(value, expected->crc) ? CRC : REFUSED;
    return names(name, "transfer-encoding") ? REFUSED : 0;
}

static int is_expected(const char *head, size_t size, const expected_t *expected)
{
    const char *p = head, *end = head + size, *eol;
    size_t status = strlen(expected->status);
    unsigned seen = 0;

    if (size < status || memcmp(head, expected->status, status) != 0)
        return 0;
    for (; (eol = memchr(p, '\r', (size_t)(end - p))) != NULL && end - eol >= 2 && eol[1] == '\n'; p = eol + 2) {
        text_t line = {p, (size_t)(eol - p)}, name, value;
        unsigned now = 0;

        if (line.size == 0)
            return (seen & expected->needed) == expected->needed && eol + 2 == end;
        if (p == head ? !all_between(line, ' ', 0xFF) : !split(line, &name, &value))
            return 0;
        if (p != head)
            now = said(name, value, expected);
        if (now == REFUSED || (seen & now) != 0)
            return 0;
        seen |= now;
    }
    return 0;
}

int aos_part_head_matches(const char *head, size_t size, int64_t length, const char *range, const char *etag)
{
    expected_t expected = {.status = "HTTP/1.1 206 ", .needed = LENGTH | RANGE | ETAG, .range = range, .etag = etag};

    expected.length = (uint64_t)length;
    return length >= 0 && is_expected(head, size, &expected);
}

int aos_part_head_accepts(const char *head, size_t size, uint64_t crc, size_t *etag, size_t *etag_size)
{
    text_t found = {head, 0};
    expected_t expected = {.status = "HTTP/1.1 200 ", .needed = LENGTH | CRC | ETAG, .crc = crc, .found_etag = &found};

    if (!is_expected(head, size, &expected))
        return 0;
    *etag = (size_t)(found.at - head);
    *etag_size = found.size;
    return 1;
}
