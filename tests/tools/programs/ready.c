/* Pipes of which select says that they can be read. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/select.h>
#include <sys/time.h>
static int wait_for(int fd, int ms)
{
    fd_set set; struct timeval tv = { ms / 1000, (ms % 1000) * 1000 };
    FD_ZERO(&set); FD_SET(fd, &set);
    int n = select(fd + 1, &set, NULL, NULL, &tv);
    return n > 0 && FD_ISSET(fd, &set);
}
int main(void)
{
    int a[2], b[2]; char buf[16];
    if (pipe(a) || pipe(b)) return 1;
    printf("%d\n", wait_for(a[0], 10));
    if (write(a[1], "hi", 2) != 2) return 1;
    printf("%d %d\n", wait_for(a[0], 10), wait_for(b[0], 0));
    fd_set master, ready; FD_ZERO(&master); FD_SET(a[0], &master); FD_SET(b[0], &master);
    if (write(b[1], "there", 5) != 5) return 1;
    int max = a[0] > b[0] ? a[0] : b[0];
    for (int left = 2; left > 0; ) {
        ready = master;
        int n = select(max + 1, &ready, NULL, NULL, NULL);
        printf("ready %d\n", n);
        for (int fd = 0; fd <= max; fd++) if (FD_ISSET(fd, &ready)) { ssize_t k = read(fd, buf, sizeof buf); printf("%.*s\n", (int)k, buf); FD_CLR(fd, &master); left--; }
    }
    printf("%d\n", FD_ISSET(a[0], &master));
    return 0;
}
