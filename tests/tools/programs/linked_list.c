#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct node { int value; struct node *next; char tag[8]; } node_t;
static node_t *push(node_t *head, int v)
{
    node_t *n = (node_t *)malloc(sizeof(*n));
    if (!n) return head;
    n->value = v; n->next = head;
    snprintf(n->tag, sizeof n->tag, "n%d", v);
    return n;
}
static void reverse(node_t **head)
{
    node_t *prev = NULL, *cur = *head, *next;
    while (cur) { next = cur->next; cur->next = prev; prev = cur; cur = next; }
    *head = prev;
}
static int sum(const node_t *n) { int s = 0; for (; n != NULL; n = n->next) s += n->value; return s; }
static void free_all(node_t *n) { while (n) { node_t *t = n->next; free(n); n = t; } }
int main(void)
{
    node_t *head = NULL, *p;
    for (int i = 0; i < 5; i++) head = push(head, i * i);
    for (p = head; p; p = p->next) printf("%d/%s ", p->value, p->tag);
    printf("\n%d\n", sum(head));
    reverse(&head);
    for (p = head; p; p = p->next) printf("%d ", p->value);
    puts("");
    node_t **pp = &head;
    while (*pp) { if ((*pp)->value == 4) { node_t *d = *pp; *pp = d->next; free(d); } else pp = &(*pp)->next; }
    for (p = head; p; p = p->next) printf("%d ", p->value);
    putchar('\n');
    free_all(head);
    return 0;
}
