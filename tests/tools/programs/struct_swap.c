/* A sort and a swap of bytes, for structs, numbers and variables. */
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
typedef struct { char name[8]; int age; } person_t;
static void swap(void *a, void *b, size_t n)
{
    unsigned char *p = a, *q = b;
    while (n--) { unsigned char t = *p; *p++ = *q; *q++ = t; }
}
static void sort(void *base, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
    char *b = base;
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && cmp(b + (k - 1) * size, b + k * size) > 0; k--) swap(b + (k - 1) * size, b + k * size, size);
}
static int by_age(const void *a, const void *b) { return ((const person_t *)a)->age - ((const person_t *)b)->age; }
static int by_int(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
int main(void)
{
    person_t p[3] = { {"ann", 40}, {"bob", 20}, {"cy", 30} }; int v[] = {3, 1, 2}; double x = 1.5, y = 2.5;
    sort(p, 3, sizeof p[0], by_age); sort(v, 3, sizeof(int), by_int); swap(&x, &y, sizeof x);
    for (int i = 0; i < 3; i++) printf("%s %d %d\n", p[i].name, p[i].age, v[i]);
    printf("%.1f %.1f\n", x, y);
    person_t a = {"dan", 1}, b = {"eve", 2}; swap(&a, &b, sizeof a); printf("%s %s\n", a.name, b.name);
    return 0;
}
