#pragma once
#include <_types.h>
#include <stdint.h>
#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#define _SC_PAGESIZE 30
#define _SC_NPROCESSORS_CONF 83
#define _SC_NPROCESSORS_ONLN 84
__BEGIN_DECLS
extern char *optarg;
extern int optind, opterr, optopt;
int getopt(int argc, char *const argv[], const char *options);
int access(const char *path, int mode);
int chdir(const char *path);
int close(int fd);
int dup(int fd);
int dup2(int fd, int as);
void _exit(int status) __attribute__((noreturn));
pid_t fork(void);
int pause(void);
unsigned int alarm(unsigned int seconds);
int fsync(int fd);
int fdatasync(int fd);
int ftruncate(int fd, off_t size);
int truncate(const char *path, off_t size);
char *getcwd(char *buf, size_t size);
uid_t geteuid(void);
uid_t getuid(void);
gid_t getgid(void);
int gethostname(char *name, size_t size);
pid_t getpid(void);
pid_t getppid(void);
int isatty(int fd);
int link(const char *from, const char *to);
off_t lseek(int fd, off_t offset, int whence);
off_t lseek64(int fd, off_t offset, int whence);
int pipe(int ends[2]);
ssize_t pread(int fd, void *buf, size_t size, off_t offset);
ssize_t pwrite(int fd, const void *buf, size_t size, off_t offset);
ssize_t read(int fd, void *buf, size_t size);
ssize_t readlink(const char *path, char *buf, size_t size);
int rmdir(const char *path);
unsigned int sleep(unsigned int seconds);
int symlink(const char *target, const char *path);
long sysconf(int name);
int unlink(const char *path);
int usleep(useconds_t microseconds);
ssize_t write(int fd, const void *buf, size_t size);
__END_DECLS
