/* Memory behind void * that is seen as bytes and as several types, arrays of arrays as one block, keys of searches. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { void *items; size_t n, cap, size; } vec;

static void *at(vec *v, size_t i) { return (char *)v->items + i * v->size; }
static void push(vec *v, const void *item)
{
    if (v->n == v->cap) {
        v->cap = v->cap ? v->cap * 2 : 2;
        v->items = realloc(v->items, v->cap * v->size);
    }
    memcpy((char *)v->items + v->n++ * v->size, item, v->size);
}
static void each(vec *v, void (*run)(void *, void *), void *with)
{
    for (size_t i = 0; i < v->n; i++)
        run(at(v, i), with);
}
static void sum(void *item, void *with) { *(long *)with += *(int *)item; }
static void twice(void *item, void *with) { *(double *)item *= 2; }

typedef struct { const char *name; unsigned age; } person;
static int by_age(const void *a, const void *b) { return (int)((const person *)a)->age - (int)((const person *)b)->age; }
static int find(const void *key, const void *item)
{
    unsigned k = *(const unsigned *)key;
    return k < ((const person *)item)->age ? -1 : k > ((const person *)item)->age;
}

typedef void (*sink)(void *with, const char *text, size_t n);
static void into_text(void *with, const char *text, size_t n) { strncat(with, text, n); }
static void into_file(void *with, const char *text, size_t n) { fwrite(text, 1, n, (FILE *)with); }
static void count(void *with, const char *text, size_t n) { *(size_t *)with += n; }
struct output { sink out; void *with; };

int main(void)
{
    vec a = {NULL, 0, 0, sizeof(int)}, b = {NULL, 0, 0, sizeof(double)};
    long total = 0;
    for (int i = 0; i < 5; i++) {
        int square = i * i;
        double half = i / 2.0;
        push(&a, &square);
        push(&b, &half);
    }
    each(&a, sum, &total);
    each(&b, twice, NULL);
    printf("%ld %d %g\n", total, *(int *)at(&a, 3), *(double *)at(&b, 3));
    int *plain = a.items;
    printf("%d %d\n", (int)((int *)at(&a, 4) - plain), plain[4]);
    free(a.items);
    free(b.items);

    int m[2][3] = {{1, 2, 3}, {4, 5, 6}}, *flat = &m[0][0];
    for (int i = 0; i < 6; i++)
        printf("%d", flat[i]++);
    printf(" %d\n", m[1][2]);

    person ps[] = {{"Amy", 41}, {"Bob", 18}, {"Cy", 30}};
    unsigned key = 41;
    qsort(ps, 3, sizeof *ps, by_age);
    person *hit = bsearch(&key, ps, 3, sizeof *ps, find);
    printf("%s %d\n", hit ? hit->name : "none", (int)(hit - ps));

    char text[32] = "";
    size_t length = 0;
    struct output outs[] = {{into_text, text}, {into_file, stdout}, {count, &length}};
    for (struct output *o = outs; o < outs + 3; o++) {
        o->out(o->with, "a line", 6);
        o->out(o->with, "\n", 1);
    }
    printf("%s%zu\n", text, length);
    return 0;
}
