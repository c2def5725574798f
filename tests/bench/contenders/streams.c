/* What a line can do: streams PORT TARGET FILE SIZE THREADS [PART_SIZE]
 *
 * Downloads SIZE bytes of TARGET from PORT of 127.0.0.1, by one request for each part, on a connection for each thread,
 * from the socket into a buffer and from there to its place in FILE. Without a PART_SIZE each thread gets one part.
 * Nothing is checked but that all of it came. */
#define _GNU_SOURCE /* memmem */
#define _FILE_OFFSET_BITS 64

#include <arpa/inet.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER = 1 << 18, MOST_THREADS = 64 };

typedef struct {
    in_port_t port;
    const char *target;
    int file;
    int64_t size, part_size;
    atomic_int_fast64_t next; /* where the first part begins that no thread has yet */
} job_t;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int connect_to(in_port_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        fail("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static void send_request(int fd, const char *target, int64_t begin, int64_t end)
{
    char request[1024];
    int size = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes=%" PRId64 "-%" PRId64 "\r\n\r\n",
                        target, begin, end - 1);

    if (size >= (int)sizeof request || send(fd, request, (size_t)size, 0) != size)
        fail("send");
}

/* Receives the head of the answer. Returns how many bytes after it are in the buffer, at its beginning. */
static size_t receive_head(int fd, char *buffer)
{
    size_t size = 0;
    char *end = NULL;

    while (end == NULL) {
        ssize_t more = recv(fd, buffer + size, BUFFER - size, 0);

        if (more <= 0)
            fail("head");
        size += (size_t)more;
        end = memmem(buffer, size, "\r\n\r\n", 4);
    }
    if (size < 12 || memcmp(buffer + 8, " 206", 4) != 0) {
        fprintf(stderr, "%.*s\n", (int)(end - buffer), buffer);
        exit(1);
    }
    size -= (size_t)(end + 4 - buffer);
    memmove(buffer, end + 4, size);
    return size;
}

static void get_part(const job_t *job, int fd, char *buffer, int64_t at, int64_t end)
{
    ssize_t size;

    send_request(fd, job->target, at, end);
    size = (ssize_t)receive_head(fd, buffer);
    for (;;) {
        if (pwrite(job->file, buffer, (size_t)size, (off_t)at) != size)
            fail("pwrite");
        at += size;
        if (at >= end)
            break;
        size = recv(fd, buffer, BUFFER, 0);
        if (size <= 0)
            fail("recv");
    }
}

static void *get_parts(void *argument)
{
    job_t *job = argument;
    char *buffer = malloc(BUFFER);
    int fd = connect_to(job->port);
    int64_t begin;

    if (buffer == NULL)
        fail("malloc");
    while ((begin = atomic_fetch_add(&job->next, job->part_size)) < job->size) {
        int64_t end = begin + job->part_size;

        get_part(job, fd, buffer, begin, end < job->size ? end : job->size);
    }
    close(fd);
    free(buffer);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[MOST_THREADS];
    job_t job = {0};
    int count;

    if (argc < 6 || argc > 7 || (count = atoi(argv[5])) < 1 || count > MOST_THREADS) {
        fprintf(stderr, "usage: streams PORT TARGET FILE SIZE THREADS [PART_SIZE]\n");
        return 2;
    }
    job.port = (in_port_t)atoi(argv[1]);
    job.target = argv[2];
    job.size = strtoimax(argv[4], NULL, 10);
    job.part_size = argc == 7 ? strtoimax(argv[6], NULL, 10) : (job.size + count - 1) / count;
    job.file = open(argv[3], O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (job.file < 0 || job.part_size < 1)
        fail(argv[3]);
    for (int i = 0; i < count; i++)
        if (pthread_create(&threads[i], NULL, get_parts, &job) != 0)
            fail("pthread_create");
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    return close(job.file) != 0;
}
