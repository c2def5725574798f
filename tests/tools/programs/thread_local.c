/* Variables that each thread has: a struct, texts, a counter in a function, one whose address is taken. */
#include <stdio.h>
#include <string.h>
#include <pthread.h>
typedef struct { int count; char last[16]; } stats_t;
static __thread stats_t stats;
static __thread char errbuf[64];
static _Thread_local const char *stage = "start";
static const char *describe(int code) { snprintf(errbuf, sizeof errbuf, "%s: code %d", stage, code); return errbuf; }
static void bump(stats_t *s, const char *w) { s->count++; strncpy(s->last, w, sizeof s->last - 1); }
static int next(void) { static _Thread_local int n = 10; return ++n; }
static void add(int *p, int v) { *p += v; }
static _Thread_local int total = 1;
static void *run(void *arg)
{
    stage = arg;
    bump(&stats, "x"); bump(&stats, arg);
    add(&total, 5);
    printf("%s %d %s %d %d\n", describe(7), stats.count, stats.last, next() + next(), total);
    return NULL;
}
int main(void)
{
    pthread_t t;
    bump(&stats, "main"); add(&total, 1); next();
    pthread_create(&t, NULL, run, "one"); pthread_join(t, NULL);
    pthread_create(&t, NULL, run, "two"); pthread_join(t, NULL);
    printf("%s %d %s %d %d\n", describe(0), stats.count, stats.last, next(), total);
    return 0;
}
