#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
typedef struct { int id; int from, to; long sum; } job_t;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long total;
static void *work(void *arg)
{
    job_t *j = (job_t *)arg;
    for (int i = j->from; i < j->to; i++) j->sum += i;
    pthread_mutex_lock(&lock); total += j->sum; pthread_mutex_unlock(&lock);
    return NULL;
}
int main(void)
{
    pthread_t t[4]; job_t jobs[4];
    for (int i = 0; i < 4; i++) { jobs[i].id = i; jobs[i].from = i * 10; jobs[i].to = (i + 1) * 10; jobs[i].sum = 0;
        if (pthread_create(&t[i], NULL, work, &jobs[i]) != 0) return 1; }
    for (int i = 0; i < 4; i++) pthread_join(t[i], NULL);
    printf("%ld\n", total);
    for (int i = 0; i < 4; i++) printf("%d:%ld ", jobs[i].id, jobs[i].sum); puts("");
    return 0;
}
