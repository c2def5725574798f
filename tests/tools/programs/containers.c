#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define CAP 16
typedef struct { char *key; int val; int used; } slot_t;
typedef struct map { slot_t slots[CAP]; int count; } map_t;
static unsigned hash(const char *k) { unsigned h = 0; while (*k) h = h * 33 + (unsigned char)*k++; return h; }
static slot_t *map_find(map_t *m, const char *k, int create)
{
    unsigned i = hash(k) % CAP, n;
    for (n = 0; n < CAP; n++, i = (i + 1) % CAP) {
        slot_t *s = &m->slots[i];
        if (!s->used) { if (!create) return NULL; s->used = 1; s->key = strdup(k); s->val = 0; m->count++; return s; }
        if (strcmp(s->key, k) == 0) return s;
    }
    return NULL;
}
typedef struct { int items[8]; int head, tail; } queue;
static int qput(queue *q, int v) { int n = (q->tail + 1) % 8; if (n == q->head) return 0; q->items[q->tail] = v; q->tail = n; return 1; }
static int qget(queue *q, int *v) { if (q->head == q->tail) return 0; *v = q->items[q->head]; q->head = (q->head + 1) % 8; return 1; }
typedef struct tree { int k; struct tree *l, *r; } tree;
static tree *ins(tree *t, int k) { if (!t) { t = calloc(1, sizeof *t); t->k = k; } else if (k < t->k) t->l = ins(t->l, k); else if (k > t->k) t->r = ins(t->r, k); return t; }
static void walk(const tree *t, int d) { if (!t) return; walk(t->l, d + 1); printf("%*s%d\n", d * 2, "", t->k); walk(t->r, d + 1); }
static int height(const tree *t) { if (!t) return 0; int a = height(t->l), b = height(t->r); return 1 + (a > b ? a : b); }
int main(void)
{
    map_t m; memset(&m, 0, sizeof m); const char *w[] = {"a", "b", "a", "cc", "a", "b"}; for (size_t i = 0; i < sizeof w / sizeof w[0]; i++) map_find(&m, w[i], 1)->val++;
    slot_t *s = map_find(&m, "a", 0); printf("%d %d %d\n", m.count, s ? s->val : -1, map_find(&m, "zz", 0) == NULL);
    queue q = {{0}, 0, 0}; for (int i = 0; i < 10; i++) if (!qput(&q, i * i)) { printf("full at %d\n", i); break; } int v; while (qget(&q, &v)) printf("%d ", v); puts("");
    tree *t = NULL; int ks[] = {5, 2, 8, 1, 9, 2}; for (int i = 0; i < 6; i++) t = ins(t, ks[i]); walk(t, 0); printf("%d\n", height(t));
    return 0;
}
