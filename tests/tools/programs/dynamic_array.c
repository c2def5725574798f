#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct { char *name; unsigned size; } file_t;
typedef struct { file_t *v; int n, cap; } files_t;
static file_t *add(files_t *f, const char *name, unsigned size)
{
    if (f->n == f->cap) {
        f->cap = f->cap ? f->cap * 2 : 2;
        f->v = realloc(f->v, f->cap * sizeof(*f->v));
    }
    file_t *it = &f->v[f->n++];
    it->name = strdup(name);
    it->size = size;
    return it;
}
static void del(files_t *f, int i) { free(f->v[i].name); memmove(&f->v[i], &f->v[i + 1], (f->n - i - 1) * sizeof(file_t)); f->n--; }
int main(void)
{
    files_t fs = {0};
    char nm[16];
    for (int i = 0; i < 5; i++) { sprintf(nm, "f%d", i); add(&fs, nm, i * 100)->size += 1; }
    del(&fs, 1);
    unsigned total = 0;
    for (file_t *p = fs.v; p < fs.v + fs.n; p++) { printf("%s=%u ", p->name, p->size); total += p->size; }
    printf("%u %d %d\n", total, fs.n, fs.cap);
    while (fs.n) del(&fs, fs.n - 1);
    free(fs.v);
    int *a = malloc(3 * sizeof *a);
    for (int i = 0; i < 3; i++) a[i] = i;
    a = realloc(a, 6 * sizeof(int));
    for (int i = 3; i < 6; i++) a[i] = a[i - 3] * 10;
    printf("%d %d\n", a[2], a[5]);
    free(a);
    return 0;
}
