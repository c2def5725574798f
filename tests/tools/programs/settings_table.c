#include <stdio.h>
#include <string.h>
#include <stdlib.h>
typedef enum { TYPE_INT, TYPE_STR, TYPE_BOOL } type_e;
typedef struct { char host[32]; int port; int debug; } cfg_t;
static cfg_t cfg = {"localhost", 80, 0};
static const struct { const char *key; type_e type; void *where; size_t size; } spec[] = {
    {"host", TYPE_STR, cfg.host, sizeof cfg.host},
    {"port", TYPE_INT, &cfg.port, 0},
    {"debug", TYPE_BOOL, &cfg.debug, 0},
};
static int set(const char *key, const char *val)
{
    for (size_t i = 0; i < sizeof spec / sizeof spec[0]; i++) {
        if (strcmp(spec[i].key, key)) continue;
        switch (spec[i].type) {
        case TYPE_INT: *(int *)spec[i].where = atoi(val); break;
        case TYPE_STR: strncpy((char *)spec[i].where, val, spec[i].size - 1); break;
        case TYPE_BOOL: *(int *)spec[i].where = !strcmp(val, "yes") || !strcmp(val, "1"); break;
        }
        return 0;
    }
    return -1;
}
int main(void)
{
    printf("%d %d %d %d\n", set("port", "8080"), set("host", "example.com"), set("debug", "yes"), set("x", ""));
    printf("%s %d %d\n", cfg.host, cfg.port, cfg.debug);
    return 0;
}
