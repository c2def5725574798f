#include <stdio.h>
#include <string.h>
static char last[16] = "none";
typedef struct { char name[16]; int n; } rec_t;
static int set(const char *s) { snprintf(last, sizeof last, "%s", s); return (int)strlen(s); }
static int fill(char *out, const char *s) { strcpy(out, s); return 7; }
static int touch(rec_t *r) { strcpy(r->name, "touched"); return ++r->n; }
static int both(const char *s, int n) { return (int)strlen(s) * 100 + n; }
static void show(const char *s, int n) { printf("%s-%d\n", s, n); }
int main(void) {
    char buf[16] = "abc"; rec_t r = {"rec", 1};
    printf("%s %d\n", last, set("changed"));
    printf("%s %d\n", buf, fill(buf, "filled"));
    printf("%s %d\n", r.name, touch(&r));
    show(last, set("again!"));
    show(buf, fill(buf, "x"));
    strcpy(r.name, "zz"); show(r.name, touch(&r));
    printf("%d\n", both(last, set("12")));
    char out[64]; snprintf(out, sizeof out, "%s|%d", buf, fill(buf, "yyyy")); puts(out);
    printf("%d %s\n", fill(buf, "before"), buf);
    printf("%s %s %d\n", buf + 1, &buf[2], fill(buf, "places"));
    char *p = buf; printf("%s %d %s\n", p, fill(p, "moved"), p);
    strcat(buf, fill(buf, "z") ? "!" : "?"); puts(buf);
    return 0;
}
