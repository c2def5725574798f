/* A second process and its end, locks for many readers, and output that does not wait. */
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int shared;

static void *add(void *given)
{
    for (int i = 0; i < 100; i++) {
        pthread_rwlock_wrlock(&lock);
        shared += *(int *)given;
        pthread_rwlock_unlock(&lock);
    }
    return NULL;
}

int main(void)
{
    int ends[2], status;
    char text[32];
    if (pipe(ends) != 0)
        return 1;
    printf("before\n");
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        write(ends[1], "from the child", 14);
        printf("lost");
        _exit(7);
    }
    close(ends[1]);
    ssize_t n = read(ends[0], text, sizeof text - 1);
    text[n] = 0;
    waitpid(child, &status, 0);
    printf("%s %d %d\n", text, WIFEXITED(status) != 0, WEXITSTATUS(status));
    printf("%d\n", (int)wait(NULL));

    pthread_t threads[2];
    int steps[2] = {1, 2};
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, &steps[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    pthread_rwlock_rdlock(&lock);
    printf("%d\n", shared);
    pthread_rwlock_unlock(&lock);

    setbuf(stdout, NULL);
    printf("a");
    write(1, "b", 1);
    putchar('c');
    write(1, "d\n", 2);
    setvbuf(stdout, NULL, _IOLBF, 1024);
    printf("one\n");
    write(1, "two\n", 4);
    return 0;
}
