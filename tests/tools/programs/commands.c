#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "string.h"
#define MAX_LINE 256
#define STREQ(a, b) (strcmp((a), (b)) == 0)
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
typedef enum { CMD_NONE, CMD_PUT, CMD_GET, CMD_LIST } cmd_t;
static const struct { const char *name; cmd_t cmd; int args; } commands[] = { {"put", CMD_PUT, 2}, {"get", CMD_GET, 1}, {"list", CMD_LIST, 0} };
static cmd_t lookup(const char *s, int *args) { size_t i; for (i = 0; i < ARRAY_LEN(commands); i++) if (STREQ(commands[i].name, s)) { if (args) *args = commands[i].args; return commands[i].cmd; } return CMD_NONE; }
static char *get_ext(char *path) { char *dot = strrchr(path, '.'); char *slash = strrchr(path, '/'); if (!dot || (slash && dot < slash)) return ""; return dot + 1; }
static const char *content_type(const char *ext) { static const char *map[][2] = { {"txt", "text/plain"}, {"jpg", "image/jpeg"}, {NULL, NULL} }; int i; for (i = 0; map[i][0] != NULL; i++) if (!strcasecmp(map[i][0], ext)) return map[i][1]; return "application/octet-stream"; }
static int join_path(char *out, size_t n, const char *dir, const char *name) { int len = snprintf(out, n, "%s%s%s", dir, dir[0] && dir[strlen(dir) - 1] != '/' ? "/" : "", name); return len < 0 || (size_t)len >= n ? -1 : len; }
static void human(long long bytes, char *out, size_t n) { const char *units[] = {"B", "KB", "MB", "GB"}; int u = 0; double v = bytes; while (v >= 1024 && u < 3) { v /= 1024; u++; } snprintf(out, n, u ? "%.1f%s" : "%.0f%s", v, units[u]); }
static int process(char *line, int no) { char *cmd, *arg; int args = 0; cmd_t c; line[strcspn(line, "\r\n")] = '\0'; if (!line[0] || line[0] == '#') return 0; cmd = strtok(line, " \t"); if ((c = lookup(cmd, &args)) == CMD_NONE) { printf("%d: unknown command '%s'\n", no, cmd); return -1; } printf("%d: %s/%d", no, cmd, args); while ((arg = strtok(NULL, " \t")) != NULL) printf(" <%s>", arg); printf("\n"); return c; }
int main(void)
{
    char p1[] = "/a.b/file", p2[] = "dir/x.JPG", out[32], h[16]; printf("[%s] [%s] %s %s\n", get_ext(p1), get_ext(p2), content_type(get_ext(p2)), content_type("bin"));
    printf("%d %s\n", join_path(out, sizeof out, "dir", "n"), out); printf("%d %s\n", join_path(out, 8, "longdir/", "name"), out); printf("%d\n", join_path(out, sizeof out, "", "n"));
    long long sizes[] = {0, 1023, 1024, 1536, 1048576, 5368709120LL}; for (size_t i = 0; i < ARRAY_LEN(sizes); i++) { human(sizes[i], h, sizeof h); printf("%s ", h); } puts("");
    const char *script[] = {"# comment\n", "put a b\r\n", "\n", "bogus x\n", "list"}; int errors = 0; for (size_t i = 0; i < ARRAY_LEN(script); i++) { char line[MAX_LINE]; strncpy(line, script[i], sizeof(line) - 1); line[sizeof(line) - 1] = 0; if (process(line, (int)i + 1) < 0) errors++; } return errors;
}
