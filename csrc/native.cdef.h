/* The declarations that Python uses, for build_ffi.py. The headers in this folder document them. */

uint64_t aos_crc64(uint64_t crc, const void *buf, size_t len);
uint64_t aos_crc64_combine(uint64_t crc1, uint64_t crc2, uint64_t len2);
uint64_t aos_crc64_combine_parts(const uint64_t *crcs, size_t count, uint64_t size, uint64_t last);
const char *aos_crc64_kernel(void);
int aos_crc64_use(const char *name);

int aos_descriptor_close(int *fd);

typedef struct {
    int active;
    ...;
} aos_sigpipe_t;

void aos_sigpipe_block(aos_sigpipe_t *state);
void aos_sigpipe_restore(aos_sigpipe_t *state, int broken);

enum {
    AOS_PART_DONE, AOS_PART_AGAIN, AOS_PART_EOF, AOS_PART_SOCKET, AOS_PART_FILE, AOS_PART_CANCELLED, AOS_PART_STALLED,
    AOS_PART_HEAD, AOS_PART_EARLY, ...
};

typedef struct {
    int64_t speed_limit;
    int64_t speed_time;
    ...;
} aos_stall_t;

typedef struct {
    int64_t offset;
    int64_t left;
    int64_t body;
    int64_t done;
    uint64_t crc;
    aos_stall_t *stall;
    const int32_t *cancel;
    int32_t error;
    size_t request_sent;
    size_t begin;
    size_t end;
    size_t head;
    size_t etag;
    size_t etag_size;
    ...;
} aos_part_io_t;

typedef struct {
    const char *before;
    size_t before_size;
    const char *after;
    size_t after_size;
    char *request;
    const char *etag;
    int64_t size;
    int64_t part_size;
    uint64_t *crcs;
    int records;
    const int64_t *places;
    const char *record;
    const int32_t *stop;
    int64_t next;
    int64_t end;
    size_t finished;
    int unrecorded;
    size_t request_size;
    ...;
} aos_series_t;

#define AOS_RANGE_SIZE ...

int aos_part_head_matches(const char *head, size_t size, int64_t length, const char *range, const char *etag);
int aos_part_head_accepts(const char *head, size_t size, uint64_t crc, size_t *etag, size_t *etag_size);
int aos_stall_check(aos_stall_t *stall, int64_t done);
int aos_part_exchange(aos_part_io_t *io, int sock, const void *request, size_t request_size, void *buf,
                      size_t buf_size);
int aos_part_recv(aos_part_io_t *io, int sock, int file, void *buf, size_t buf_size);
int aos_get_part(aos_part_io_t *io, int sock, int file, const void *request, size_t request_size, void *buf,
                 size_t buf_size, const char *range, const char *etag);
int aos_put_part(aos_part_io_t *io, int sock, int file, const void *request, size_t request_size, void *buf,
                 size_t buf_size);
int aos_part_write(aos_part_io_t *io, int file, const void *data, size_t size);
int aos_part_verify(aos_part_io_t *io, int file, void *buf, size_t buf_size);
int aos_get_series(aos_part_io_t *io, int sock, int file, void *buf, size_t buf_size, aos_series_t *series);
