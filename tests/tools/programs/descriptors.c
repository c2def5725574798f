#include <stdio.h>
#include <fcntl.h>
#include <unistd.h>
#include <string.h>
#include <sys/stat.h>
static int write_all(int fd, const char *p, size_t n) { while (n > 0) { ssize_t w = write(fd, p, n); if (w < 0) return -1; p += w; n -= w; } return 0; }
int main(void)
{
    int fd = open("low.txt", O_RDWR | O_CREAT | O_TRUNC, 0644);
    char b[32];
    struct stat st;
    write_all(fd, "hello world\n", 12);
    printf("%ld\n", (long)lseek(fd, 6, SEEK_SET));
    ssize_t n = read(fd, b, sizeof b - 1);
    b[n] = 0;
    printf("%zd %s", n, b);
    ftruncate(fd, 5);
    fstat(fd, &st);
    printf("%lld %o %d\n", (long long)st.st_size, st.st_mode & 0777, S_ISREG(st.st_mode));
    pwrite(fd, "J", 1, 0);
    pread(fd, b, 5, 0);
    printf("%.5s\n", b);
    close(fd);
    printf("%d %d\n", access("low.txt", R_OK | W_OK), access("nope", F_OK));
    chmod("low.txt", 0400);
    stat("low.txt", &st);
    printf("%o\n", st.st_mode & 0777);
    write(1, "raw\n", 4);
    return 0;
}
