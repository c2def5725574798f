/*
 * Reads the head of the answer to a part's request, only as far as it takes to see that it is the expected one. A head
 * that is unusual in any way does not match; Python then reads it completely.
 */
#ifndef AOS_PART_HEAD_H
#define AOS_PART_HEAD_H

#include <stddef.h>
#include <stdint.h>

/*
 * Returns the size of the head at the start of data[0 .. size), with the empty line that ends it; 0 when it does not
 * end within `size` bytes or within 8 KiB.
 */
size_t aos_part_head_size(const char *data, size_t size);

/*
 * Returns 1 when head[0 .. size) is the expected answer to the request for a part, else 0: status 206, and exactly one
 * each of Content-Length with `length` in bytes, Content-Range with `range`, and ETag with `etag`. There must be no
 * Transfer-Encoding, at most one Connection header, which says keep-alive, and no line that is not a plain header.
 * `range` and `etag` are C strings.
 */
int aos_part_head_matches(const char *head, size_t size, int64_t length, const char *range, const char *etag);

/*
 * Returns 1 when head[0 .. size) confirms that an uploaded part is stored, else 0: status 200, and exactly one each of
 * Content-Length with 0, x-oss-hash-crc64ecma with `crc`, and an ETag that is not empty. For the other lines the rules
 * of aos_part_head_matches hold. *etag and *etag_size are set to the position and size of the ETag in `head` when the
 * result is 1, and left alone otherwise.
 */
int aos_part_head_accepts(const char *head, size_t size, uint64_t crc, size_t *etag, size_t *etag_size);

#endif
