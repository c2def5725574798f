/* A vector of whatever has a size: structs with pointers, copied as bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct { unsigned char *data; size_t size, count, cap; } vec_t;
static void vec_init(vec_t *v, size_t size) { v->data = NULL; v->size = size; v->count = v->cap = 0; }
static int vec_push(vec_t *v, const void *item)
{
    if (v->count == v->cap) {
        size_t cap = v->cap ? v->cap * 2 : 2;
        unsigned char *d = realloc(v->data, cap * v->size);
        if (!d) return -1;
        v->data = d; v->cap = cap;
    }
    memcpy(v->data + v->count++ * v->size, item, v->size);
    return 0;
}
static void *vec_at(const vec_t *v, size_t i) { return v->data + i * v->size; }
typedef struct { int id; const char *name; } item_t;
int main(void)
{
    vec_t v; item_t it; vec_init(&v, sizeof(item_t));
    const char *names[] = { "alpha", "beta", "gamma" };
    for (int i = 0; i < 3; i++) { it.id = i; it.name = names[i]; vec_push(&v, &it); }
    it.id = 99;
    item_t *p = vec_at(&v, 1); p->id += 10;
    for (size_t i = 0; i < v.count; i++) { item_t *q = vec_at(&v, i); printf("%d %s\n", q->id, q->name); }
    free(v.data);
    return 0;
}
