#include <stdio.h>
#include <string.h>
#include <stdlib.h>
struct cp { char upload_id[64]; long size; int parts; unsigned char done[8]; };
static int save(const char *path, const struct cp *c)
{
    char tmp[64];
    snprintf(tmp, sizeof tmp, "%s.tmp", path);
    FILE *f = fopen(tmp, "w");
    if (!f) return -1;
    fprintf(f, "id=%s\nsize=%ld\nparts=%d\ndone=", c->upload_id, c->size, c->parts);
    for (int i = 0; i < c->parts; i++) fprintf(f, "%d%s", c->done[i], i + 1 < c->parts ? "," : "\n");
    if (fclose(f)) return -1;
    return rename(tmp, path);
}
static int load(const char *path, struct cp *c)
{
    char line[128];
    FILE *f = fopen(path, "r");
    if (!f) return -1;
    memset(c, 0, sizeof *c);
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\r\n")] = '\0';
        char *v = strchr(line, '=');
        if (!v) continue;
        *v++ = '\0';
        if (strcmp(line, "id") == 0) snprintf(c->upload_id, sizeof c->upload_id, "%s", v);
        else if (strcmp(line, "size") == 0) c->size = atol(v);
        else if (!strcmp(line, "parts")) c->parts = atoi(v);
        else if (!strcmp(line, "done")) { int i = 0; for (char *t = strtok(v, ","); t && i < 8; t = strtok(NULL, ",")) c->done[i++] = (unsigned char)atoi(t); }
    }
    fclose(f);
    return 0;
}
int main(void)
{
    struct cp a = {"0004B9894A22E5B1888A1E29F823", 1234567890L, 5, {1, 0, 1}}, b;
    int r = save("cp.txt", &a);
    printf("%d %d\n", r, load("nothing", &b));
    r = load("cp.txt", &b);
    printf("%d %s %ld %d %d%d%d%d\n", r, b.upload_id, b.size, b.parts, b.done[0], b.done[1], b.done[2], b.done[3]);
    return strcmp(a.upload_id, b.upload_id);
}
