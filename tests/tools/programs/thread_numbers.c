#include <stdio.h>
#include <pthread.h>
#include <stdint.h>
static int results[4]; static pthread_mutex_t mu;
static void *sq(void *arg) { int n = (int)(intptr_t)arg; pthread_mutex_lock(&mu); results[n] = n * n; pthread_mutex_unlock(&mu); if (n == 0) return NULL; return (void *)(intptr_t)(n * 100); }
int main(void) { pthread_t th[4]; long total = 0; pthread_mutex_init(&mu, NULL); for (int i = 0; i < 4; i++) pthread_create(&th[i], NULL, sq, (void *)(intptr_t)i); for (int i = 0; i < 4; i++) { void *r = NULL; pthread_join(th[i], &r); if (r != NULL) total += (long)(intptr_t)r; else total += 1; } printf("%ld %d %d\n", total, results[3], results[0]); return 0; }
