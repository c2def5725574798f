/* Texts that may be NULL, and where a test says that they are not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *name;
    const char *owner;
} entry_t;

static const char *found(const entry_t *rows, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (rows[i].name && strcmp(rows[i].name, name) == 0) {
            return rows[i].owner;
        }
    }
    return NULL;
}

static void renamed(entry_t *entry)
{
    entry->owner = NULL;
}

static void tested(const entry_t *rows, int count, const char *name)
{
    const char *owner = found(rows, count, name);
    printf("%s: ", owner);
    if (owner == NULL) {
        printf("nobody\n");
        return;
    }
    printf("[%s]\n", owner);
    owner = found(rows, count, owner);
    printf("then %s, %s\n", owner, owner ? owner : "-");
}

static void jumped(const char *text, int rounds)
{
    if (!text) goto behind;
again:
    printf("again %s\n", text);
behind:
    printf("behind %s\n", text);
    if (rounds-- > 0) goto again;
}

static void chosen(const char *text, int kind)
{
    const char *shown = text;
    if (shown == NULL && kind != 2) shown = "default";
    switch (kind) {
    case 0:
        shown = NULL;
        break;
    case 1:
        printf("one %s\n", shown);
    case 2:
        printf("two %s\n", shown);
        break;
    }
    printf("at last %s\n", shown);
    do {
        if (!shown) break;
        printf("still %s\n", shown);
        shown = kind > 1 ? NULL : "again";
        kind++;
    } while (kind < 4);
    printf("after %s\n", shown);
}

int main(void)
{
    entry_t rows[] = {{"a", "b"}, {"b", "c"}, {NULL, NULL}, {"d", NULL}, {"e", ""}};
    const char *names[] = {"a", "b", "d", "e", "x"};
    for (int i = 0; i < 5; i++) tested(rows, 5, names[i]);
    entry_t *first = &rows[0];
    if (first->owner) {
        printf("%s, %s\n", first->owner, first->name);
        renamed(first);
        printf("now %s\n", first->owner);
    }
    jumped(NULL, 3);
    jumped("t", 2);
    for (int kind = 0; kind < 4; kind++) {
        chosen(NULL, kind);
        chosen("text", kind);
    }
    return 0;
}
