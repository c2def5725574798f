/*
 * The head of the answer to a part, read as far as it takes to see that it is the one expected. Whatever is unusual
 * about a head is for Python to judge.
 */
#ifndef AOS_PART_HEAD_H
#define AOS_PART_HEAD_H

#include <stddef.h>
#include <stdint.h>

/* The head's size with its empty line, 0 when it does not end within `size` bytes, or is long. */
size_t aos_part_head_size(const char *data, size_t size);

/*
 * 1 when head[0 .. size) says 206, `length` as its Content-Length, `range` as its Content-Range and `etag` as its ETag,
 * each once, and leaves the connection open, without a transfer coding; every line must be a plain header.
 */
int aos_part_head_matches(const char *head, size_t size, int64_t length, const char *range, const char *etag);

/*
 * 1 when head[0 .. size) says in the same way 200, 0 as its Content-Length, `crc` as its x-oss-hash-crc64ecma and an
 * ETag, which is head[*etag .. *etag + *etag_size).
 */
int aos_part_head_accepts(const char *head, size_t size, uint64_t crc, size_t *etag, size_t *etag_size);

#endif
