/* Structs that end with an array of no length of its own: they grow, and stand in a list. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct { int count; int cap; int items[]; } ilist_t;
static ilist_t *push(ilist_t *l, int v)
{
    if (!l || l->count == l->cap) {
        int cap = l ? l->cap * 2 : 2, count = l ? l->count : 0;
        ilist_t *n = realloc(l, sizeof(ilist_t) + cap * sizeof(int));
        if (!n) { free(l); return NULL; }
        n->cap = cap; n->count = count; l = n;
    }
    l->items[l->count++] = v;
    return l;
}
struct node { struct node *next; size_t len; char text[]; };
static struct node *cons(struct node *next, const char *s)
{
    struct node *n = malloc(sizeof(*n) + strlen(s) + 1);
    if (!n) return NULL;
    n->next = next; n->len = strlen(s); strcpy(n->text, s);
    return n;
}
int main(void)
{
    ilist_t *l = NULL;
    for (int i = 0; i < 7; i++) l = push(l, i * i);
    if (!l) return 1;
    int s = 0; for (int i = 0; i < l->count; i++) s += l->items[i];
    printf("%d %d %d\n", l->count, l->cap, s);
    free(l);
    struct node *h = cons(cons(cons(NULL, "c"), "bb"), "aaa"), *p;
    for (p = h; p; p = p->next) printf("%s/%zu ", p->text, p->len);
    printf("\n");
    while (h) { p = h->next; free(h); h = p; }
    return 0;
}
