/* Structs in a file: written and read several at once, compared as bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
typedef struct { int id; double score; char tag[4]; } rec_t;
static void save(const char *path, const rec_t *r, size_t n)
{
    FILE *f = fopen(path, "wb");
    uint32_t count = (uint32_t)n;
    if (!f) exit(1);
    fwrite(&count, sizeof count, 1, f);
    fwrite(r, sizeof(*r), n, f);
    fclose(f);
}
static rec_t *load(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    uint32_t count;
    if (!f) return NULL;
    if (fread(&count, sizeof count, 1, f) != 1) { fclose(f); return NULL; }
    rec_t *r = malloc(count * sizeof(rec_t));
    *n = r ? fread(r, sizeof(rec_t), count, f) : 0;
    fclose(f);
    return r;
}
int main(void)
{
    rec_t v[3]; size_t n = 0;
    memset(v, 0, sizeof v);
    for (int i = 0; i < 3; i++) { v[i].id = i + 1; v[i].score = i * 1.5; snprintf(v[i].tag, sizeof v[i].tag, "t%d", i); }
    save("recs.bin", v, 3);
    rec_t *r = load("recs.bin", &n);
    if (!r) return 1;
    for (size_t i = 0; i < n; i++) printf("%d %.1f %s\n", r[i].id, r[i].score, r[i].tag);
    printf("%d\n", memcmp(v, r, sizeof v));
    for (rec_t *p = r; p < r + n; p++) p->id *= 2;
    printf("%d %d\n", r[2].id, memcmp(v, r, sizeof v) != 0);
    free(r);
    return 0;
}
