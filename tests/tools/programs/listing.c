#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <time.h>
typedef struct { char key[64]; long size; char etag[33]; } object_t;
typedef struct { object_t *items; int count; int capacity; } list_t;
static list_t *list_new(void) { list_t *l = malloc(sizeof(list_t)); if (l == NULL) return NULL; l->items = NULL; l->count = l->capacity = 0; return l; }
static int list_add(list_t *l, const char *key, long size) { object_t *o; if (l->count == l->capacity) { int cap = l->capacity == 0 ? 2 : l->capacity * 2; object_t *p = realloc(l->items, cap * sizeof(object_t)); if (!p) return -1; l->items = p; l->capacity = cap; } o = &l->items[l->count++]; snprintf(o->key, sizeof(o->key), "%s", key); o->size = size; snprintf(o->etag, sizeof(o->etag), "%08lX", size * 2654435761UL); return 0; }
static int by_size(const void *a, const void *b) { const object_t *x = (const object_t *)a, *y = (const object_t *)b; if (x->size != y->size) return x->size < y->size ? -1 : 1; return strcmp(x->key, y->key); }
static void list_free(list_t *l) { if (l) { free(l->items); free(l); } }
static long total(const list_t *l) { long t = 0; const object_t *o = l->items; for (int i = 0; i < l->count; i++, o++) t += o->size; return t; }
int main(void)
{
    list_t *l = list_new(); char name[32]; for (int i = 0; i < 5; i++) { sprintf(name, "obj-%d", i); list_add(l, name, (i * 7) % 4); } qsort(l->items, l->count, sizeof(object_t), by_size); for (int i = 0; i < l->count; i++) printf("%s %ld %s\n", l->items[i].key, l->items[i].size, l->items[i].etag); printf("%ld %d\n", total(l), l->capacity); object_t copy = l->items[0]; strcpy(copy.key, "copy"); printf("%s %s\n", copy.key, l->items[0].key); list_free(l); return 0;
}
