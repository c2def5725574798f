/* See part_head.h. RFC 9112 (syntax), RFC 9110 (fields). */
#include "part_head.h"

#include <string.h>

#define HEAD_LIMIT 8192
#define STATUS "HTTP/1.1 206 "

enum { LENGTH = 1, RANGE = 2, ETAG = 4, OPEN = 8, REFUSED = 16, NEEDED = LENGTH | RANGE | ETAG };

typedef struct text_s {
    const char *at;
    size_t size;
} text_t;

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

static int is(text_t text, const char *wanted)
{
    return text.size == strlen(wanted) && memcmp(text.at, wanted, text.size) == 0;
}

/* The same without regard to case; `wanted` is in lower case. Not strcasecmp, which asks the locale. */
static int names(text_t text, const char *wanted)
{
    size_t i;

    if (text.size != strlen(wanted))
        return 0;
    for (i = 0; i < text.size; i++) {
        char c = text.at[i];

        if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != wanted[i])
            return 0;
    }
    return 1;
}

static int is_number(text_t text, int64_t wanted)
{
    int64_t number = 0;
    size_t i;

    if (text.size == 0 || text.size > 18 || (text.at[0] == '0' && text.size > 1))
        return 0;
    for (i = 0; i < text.size; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return 0;
        number = number * 10 + (text.at[i] - '0');
    }
    return number == wanted;
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

/* What a line says about the answer: 0 nothing, REFUSED that it is another one. */
static unsigned said(text_t name, text_t value, int64_t length, const char *range, const char *etag)
{
    if (names(name, "content-length"))
        return is_number(value, length) ? LENGTH : REFUSED;
    if (names(name, "content-range"))
        return is(value, range) ? RANGE : REFUSED;
    if (names(name, "etag"))
        return is(value, etag) ? ETAG : REFUSED;
    if (names(name, "connection"))
        return names(value, "keep-alive") ? OPEN : REFUSED;
    return names(name, "transfer-encoding") ? REFUSED : 0;
}

int aos_part_head_fits(const char *head, size_t size, int64_t length, const char *range, const char *etag)
{
    const char *p = head, *end = head + size, *eol;
    unsigned seen = 0;

    if (size < sizeof STATUS - 1 || memcmp(head, STATUS, sizeof STATUS - 1) != 0)
        return 0;
    for (; (eol = memchr(p, '\r', (size_t)(end - p))) != NULL && end - eol >= 2 && eol[1] == '\n'; p = eol + 2) {
        text_t line = {p, (size_t)(eol - p)}, name, value;
        unsigned now = 0;

        if (line.size == 0)
            return (seen & NEEDED) == NEEDED && eol + 2 == end;
        if (p == head ? !all_between(line, ' ', 0xFF) : !split(line, &name, &value))
            return 0;
        if (p != head)
            now = said(name, value, length, range, etag);
        if (now == REFUSED || (seen & now) != 0)
            return 0;
        seen |= now;
    }
    return 0;
}
