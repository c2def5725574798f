/* What has a plain word in Python: lengths of literals, the smaller of two, prefixes, texts alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAST(a, b) ((a) < (b) ? (a) : (b))
#define KIND "kind-"

static int calls;

static int next(void)
{
    return ++calls;
}

static void prefix(const char *text)
{
    if (0 != strncmp(KIND, text, strlen(KIND))) {
        printf("%s is of no kind\n", text ? text : "nothing");
        return;
    }
    printf("%s is of a kind\n", text ? text : "nothing");
}

int main(void)
{
    const char *plain = "fourteen bytes", *wide = "na\xc3\xafve", *cut = "be\0hind";
    char copied[32];
    int big = 70000, small = -3;
    unsigned char narrow = 200;
    unsigned int wrapped = (unsigned int)(int)strlen(plain);
    printf("%d %d %d %u\n", (int)strlen(plain), (int)strlen(wide), (int)strlen(cut), wrapped);
    printf("%d %d %d\n", LEAST(big, small), big > small ? big : small, small >= narrow ? narrow : small);
    printf("%d\n", LEAST(next(), 5));
    printf("%d\n", calls);
    printf("%d\n", (unsigned)small < (unsigned)big ? small : big);
    prefix("kind-of");
    prefix("other");
    snprintf(copied, sizeof copied, "%s", plain);
    printf("%s\n", copied);
    return 0;
}
