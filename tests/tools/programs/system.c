#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>
#include <assert.h>
static volatile sig_atomic_t got; static void on_sig(int s) { got = s; }
static void cleanup(void) { printf("cleanup\n"); }
enum state { IDLE, RUN, DONE }; static const char *state_name(enum state s) { static const char *n[] = {"idle", "run", "done"}; return s <= DONE ? n[s] : "?"; }
static enum state step(enum state s) { switch (s) { case IDLE: return RUN; case RUN: return DONE; default: return s; } }
static int depth; static int rec(int n) { depth++; return n < 2 ? n : rec(n - 1) + rec(n - 2); }
const char *const levels[] = {"low", "high"}; static char msg[64] = "init"; static int table[3] = {1, 2, 3}; static double ratio = 1.5; extern int later; int later = 9; static long counters[4];
static void set_msg(const char *m) { strncpy(msg, m, sizeof(msg) - 1); msg[sizeof(msg) - 1] = '\0'; }
int main(void)
{
    atexit(cleanup); signal(SIGUSR1, on_sig); raise(SIGUSR1); printf("%d\n", got == SIGUSR1); signal(SIGINT, SIG_IGN);
    for (enum state s = IDLE; s != DONE; s = step(s)) printf("%s ", state_name(s)); puts(""); printf("%d %d\n", rec(10), depth); set_msg("changed"); printf("%s %s %d %.1f %d\n", msg, levels[1], table[2], ratio, later); ratio *= 2; table[0] += 5; counters[2]++; printf("%.2f %d %ld\n", ratio, table[0], counters[2]);
    time_t t = 1000000000; struct tm *g = gmtime(&t); printf("%04d-%02d-%02dT%02d:%02d:%02dZ %d %d\n", g->tm_year + 1900, g->tm_mon + 1, g->tm_mday, g->tm_hour, g->tm_min, g->tm_sec, g->tm_wday, g->tm_yday); time_t now = time(NULL); printf("%d\n", now > 1600000000); clock_t c = clock(); printf("%d\n", c >= 0); assert(got); srand(42); int r = rand() % 10; printf("%d\n", r >= 0 && r < 10); printf("%d\n", rand() == rand()); usleep(10); sleep(0);
    printf("%s\n", __func__); fprintf(stdout, "%d\n", __LINE__ > 0); fflush(stdout); write(1, "raw\n", 4); exit(7);
}
