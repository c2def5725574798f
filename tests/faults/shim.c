/* Preloaded into a program, makes the n-th of its system calls of one kind fail, fall short, wait or be its last.
 *
 * Only calls that concern a transfer count: on files below one folder, on Internet sockets, on names and threads.
 * shim_arm says which call, and what becomes of it; shim_log tells what was called, line by line. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FD = 4096, NAME = 64, LOG = 1 << 22 };
/* TEAR: half of it is done, then the process is killed. HOLD: it waits until the shim is armed anew. */
enum deed { FAIL, SHORT, END, KILL, TEAR, HOLD };

static const char SOCKET[] = "socket";

static struct {
    char folder[4096], call[NAME];
    long nth, times, seen, fired;
    enum deed deed;
    int error;
    size_t logged;
    atomic_long turn;
} armed;
static char names[MAX_FD][NAME]; /* of what counts; empty for what does not */
static char log_text[LOG];
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

/* ---- for the program ---- */

/* call: its name, "file" for any call on files, "" for none. times: how many of them from the n-th (from 1) on. */
void shim_arm(const char *folder, const char *call, long nth, long times, int deed, int error) {
    snprintf(armed.folder, sizeof armed.folder, "%s", folder);
    snprintf(armed.call, sizeof armed.call, "%s", call);
    armed.nth = nth, armed.times = times, armed.deed = (enum deed)deed, armed.error = error;
    armed.seen = armed.fired = 0;
    armed.logged = 0, log_text[0] = 0;
    armed.turn++;
}

long shim_fired(void) { return armed.fired; }

const char *shim_log(void) { return log_text; }

/* ---- what counts ---- */

static void remember(int fd, const char *name) {
    if (fd >= 0 && fd < MAX_FD) snprintf(names[fd], NAME, "%s", name == NULL ? "" : name);
}

static const char *of_fd(int fd) { return fd >= 0 && fd < MAX_FD && names[fd][0] ? names[fd] : NULL; }

static const char *of_path(const char *path) {
    size_t length = strlen(armed.folder);
    if (length == 0 || path == NULL || strncmp(path, armed.folder, length) != 0) return NULL;
    const char *last = strrchr(path, '/');
    return last[1] ? last + 1 : last;
}

static const char *of_polled(const struct pollfd *fds, nfds_t count) {
    for (nfds_t i = 0; i < count; i++)
        if (of_fd(fds[i].fd)) return of_fd(fds[i].fd);
    return NULL;
}

static const char *of_process(void) { return armed.folder[0] ? "process" : NULL; }

/* ---- judgement ---- */

static void hold(long turn) {
    while (armed.turn == turn) nanosleep(&(struct timespec){0, 10000000}, NULL);
}

typedef struct {
    bool stop, last;
    long result;
} verdict_t;

static verdict_t judge(const char *call, const char *what, size_t *count) {
    verdict_t verdict = {false, false, -1};
    if (what == NULL) return verdict;
    bool on_file = strcmp(what, SOCKET) != 0 && strcmp(what, "process") != 0;
    pthread_mutex_lock(&guard);
    if (armed.logged + 2 * NAME < LOG)
        armed.logged += (size_t)sprintf(log_text + armed.logged, "%s %.63s\n", call, what);
    bool due = strcmp(armed.call, call) == 0 || (on_file && strcmp(armed.call, "file") == 0);
    due = due && ++armed.seen >= armed.nth && armed.seen < armed.nth + armed.times;
    armed.fired += due;
    long turn = armed.turn;
    pthread_mutex_unlock(&guard);
    if (!due) return verdict;
    if (armed.deed == HOLD) {
        hold(turn);
        return verdict;
    }
    if (armed.deed == KILL) kill(getpid(), SIGKILL);
    if (armed.deed == FAIL) verdict.stop = true, errno = armed.error;
    if (armed.deed == END) verdict.stop = true, verdict.result = 0;
    if ((armed.deed == SHORT || armed.deed == TEAR) && count != NULL) *count = (*count + 1) / 2;
    verdict.last = armed.deed == TEAR;
    return verdict;
}

/* A connection that the system calls dead is dead for the calls after, too. */
static ssize_t broken(int fd, long result) {
    const char *name = of_fd(fd);
    int error = errno;
    if (name != NULL && strcmp(name, SOCKET) == 0 && (error == ECONNRESET || error == EPIPE || error == ETIMEDOUT))
        shutdown(fd, SHUT_RDWR);
    errno = error;
    return result;
}

static const char *moved(int fd, const char *on_socket, const char *on_file) {
    const char *name = of_fd(fd);
    return name != NULL && strcmp(name, SOCKET) == 0 ? on_socket : on_file;
}

#define FIND(name) \
    static __typeof__(name) *real; \
    if (real == NULL) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define JUDGED(type, call, what, count, args, stopped) \
    verdict_t verdict = judge(call, what, count); \
    if (verdict.stop) return (type)(stopped); \
    type got = real args; \
    if (verdict.last) kill(getpid(), SIGKILL)

#define HOOK(type, name, call, what, count, params, args, stopped) \
    type name params { \
        FIND(name); \
        JUDGED(type, call, what, count, args, stopped); \
        return got; \
    }

/* ---- files ---- */

#define OPEN(name, params, args) \
    int name params { \
        FIND(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | __O_TMPFILE)) { \
            va_list more; \
            va_start(more, flags); \
            mode = va_arg(more, mode_t); \
            va_end(more); \
        } \
        JUDGED(int, "open", of_path(path), NULL, args, verdict.result); \
        remember(got, of_path(path)); \
        return got; \
    }

OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN(open64, (const char *path, int flags, ...), (path, flags, mode))
OPEN(openat, (int at, const char *path, int flags, ...), (at, path, flags, mode))
OPEN(openat64, (int at, const char *path, int flags, ...), (at, path, flags, mode))

#define ON_PATH(name, call, params, args) HOOK(int, name, call, of_path(path), NULL, params, args, verdict.result)
ON_PATH(stat, "stat", (const char *path, struct stat *to), (path, to))
ON_PATH(stat64, "stat", (const char *path, struct stat64 *to), (path, to))
ON_PATH(lstat, "stat", (const char *path, struct stat *to), (path, to))
ON_PATH(lstat64, "stat", (const char *path, struct stat64 *to), (path, to))
ON_PATH(fstatat, "stat", (int at, const char *path, struct stat *to, int flags), (at, path, to, flags))
ON_PATH(fstatat64, "stat", (int at, const char *path, struct stat64 *to, int flags), (at, path, to, flags))
ON_PATH(rename, "rename", (const char *path, const char *to), (path, to))
ON_PATH(renameat, "rename", (int at, const char *path, int to_at, const char *to), (at, path, to_at, to))
ON_PATH(link, "link", (const char *path, const char *to), (path, to))
ON_PATH(linkat, "link", (int at, const char *path, int to_at, const char *to, int flags), (at, path, to_at, to, flags))
ON_PATH(unlink, "unlink", (const char *path), (path))
ON_PATH(unlinkat, "unlink", (int at, const char *path, int flags), (at, path, flags))

#define ON_FILE(name, call, params, args) HOOK(int, name, call, of_fd(fd), NULL, params, args, verdict.result)
ON_FILE(fstat, "stat", (int fd, struct stat *to), (fd, to))
ON_FILE(fstat64, "stat", (int fd, struct stat64 *to), (fd, to))
ON_FILE(ftruncate, "ftruncate", (int fd, off_t size), (fd, size))
ON_FILE(ftruncate64, "ftruncate", (int fd, off64_t size), (fd, size))
ON_FILE(fsync, "fsync", (int fd), (fd))
ON_FILE(fdatasync, "fsync", (int fd), (fd))
ON_FILE(fchmod, "chmod", (int fd, mode_t mode), (fd, mode))
ON_FILE(flock, "lock", (int fd, int operation), (fd, operation))

#define MOVE(name, call, count, params, args) \
    HOOK(ssize_t, name, call, of_fd(fd), count, params, args, broken(fd, verdict.result))
MOVE(pread, "pread", &n, (int fd, void *to, size_t n, off_t at), (fd, to, n, at))
MOVE(pread64, "pread", &n, (int fd, void *to, size_t n, off64_t at), (fd, to, n, at))
MOVE(pwrite, "pwrite", &n, (int fd, const void *from, size_t n, off_t at), (fd, from, n, at))
MOVE(pwrite64, "pwrite", &n, (int fd, const void *from, size_t n, off64_t at), (fd, from, n, at))
MOVE(read, moved(fd, "recv", "read"), &n, (int fd, void *to, size_t n), (fd, to, n))
MOVE(write, moved(fd, "send", "write"), &n, (int fd, const void *from, size_t n), (fd, from, n))

/* The descriptor is gone whatever close says. */
int close(int fd) {
    FIND(close);
    verdict_t verdict = judge("close", of_fd(fd), NULL);
    int error = errno;
    remember(fd, NULL);
    int got = real(fd);
    if (verdict.last) kill(getpid(), SIGKILL);
    if (verdict.stop) errno = error;
    return verdict.stop ? (int)verdict.result : got;
}

#define FCNTL(name) \
    int name(int fd, int command, ...) { \
        FIND(name); \
        va_list more; \
        va_start(more, command); \
        void *argument = va_arg(more, void *); \
        va_end(more); \
        bool lock = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW; \
        JUDGED(int, "lock", lock ? of_fd(fd) : NULL, NULL, (fd, command, argument), verdict.result); \
        if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) remember(got, of_fd(fd)); \
        return got; \
    }

FCNTL(fcntl)
FCNTL(fcntl64)

/* ---- sockets ---- */

int socket(int domain, int type, int protocol) {
    FIND(socket);
    const char *what = domain == AF_INET || domain == AF_INET6 ? SOCKET : NULL;
    JUDGED(int, "socket", armed.folder[0] ? what : NULL, NULL, (domain, type, protocol), verdict.result);
    remember(got, what);
    return got;
}

MOVE(send, "send", &n, (int fd, const void *from, size_t n, int flags), (fd, from, n, flags))
MOVE(sendto, "send", &n,
     (int fd, const void *from, size_t n, int flags, __CONST_SOCKADDR_ARG to, socklen_t size),
     (fd, from, n, flags, to, size))
MOVE(sendmsg, "send", NULL, (int fd, const struct msghdr *from, int flags), (fd, from, flags))
MOVE(writev, "send", NULL, (int fd, const struct iovec *from, int n), (fd, from, n))
MOVE(sendfile, "send", &n, (int fd, int from, off_t *at, size_t n), (fd, from, at, n))
MOVE(sendfile64, "send", &n, (int fd, int from, off64_t *at, size_t n), (fd, from, at, n))
MOVE(recv, "recv", &n, (int fd, void *to, size_t n, int flags), (fd, to, n, flags))
MOVE(recvfrom, "recv", &n,
     (int fd, void *to, size_t n, int flags, __SOCKADDR_ARG from, socklen_t *size),
     (fd, to, n, flags, from, size))
MOVE(recvmsg, "recv", NULL, (int fd, struct msghdr *to, int flags), (fd, to, flags))
MOVE(readv, "recv", NULL, (int fd, const struct iovec *to, int n), (fd, to, n))

/* Interrupted, it goes on in the background. */
int connect(int fd, __CONST_SOCKADDR_ARG to, socklen_t size) {
    FIND(connect);
    verdict_t verdict = judge("connect", of_fd(fd), NULL);
    int error = errno;
    int got = verdict.stop && error != EINTR ? -1 : real(fd, to, size);
    if (verdict.stop) errno = error;
    return verdict.stop ? (int)verdict.result : got;
}

ON_FILE(getsockopt, "getsockopt", (int fd, int level, int name, void *to, socklen_t *size), (fd, level, name, to, size))
ON_FILE(setsockopt, "setsockopt", (int fd, int level, int name, const void *from, socklen_t size),
        (fd, level, name, from, size))

#define POLL(name, params, args) HOOK(int, name, "poll", of_polled(fds, n), NULL, params, args, verdict.result)
POLL(poll, (struct pollfd *fds, nfds_t n, int timeout), (fds, n, timeout))
POLL(ppoll, (struct pollfd *fds, nfds_t n, const struct timespec *timeout, const sigset_t *mask), (fds, n, timeout, mask))

/* ---- names and threads: their result is the error ---- */

#define TELLING(name, call, params, args) \
    int name params { \
        FIND(name); \
        if (judge(call, of_process(), NULL).stop) return armed.error; \
        return real args; \
    }

TELLING(getaddrinfo, "getaddrinfo",
        (const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **found),
        (node, service, hints, found))
TELLING(pthread_create, "thread",
        (pthread_t * made, const pthread_attr_t *attributes, void *(*start)(void *), void *argument),
        (made, attributes, start, argument))
