/* Keys of threads: texts and numbers behind void *, and what a thread returns. */
#include <stdio.h>
#include <pthread.h>
static pthread_key_t name_key, level_key;
static void say(const char *m) { printf("[%s %ld] %s\n", (const char *)pthread_getspecific(name_key), (long)pthread_getspecific(level_key), m); }
static void *run(void *a) { pthread_setspecific(name_key, a); pthread_setspecific(level_key, (void *)3L); say("hi"); return (void *)"done"; }
int main(void)
{
    pthread_t t; void *r;
    pthread_key_create(&name_key, NULL); pthread_key_create(&level_key, NULL);
    pthread_setspecific(name_key, "main");
    pthread_create(&t, NULL, run, "worker"); pthread_join(t, &r);
    say("bye"); printf("%s %c\n", (char *)r, ((char *)r)[1]);
    return 0;
}
