#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct { char name[16]; int age; double score; } person;
static int by_age(const void *a, const void *b) { const person *x = a, *y = b; return x->age - y->age; }
static int by_name(const void *a, const void *b) { return strcmp(((const person *)a)->name, ((const person *)b)->name); }
static int cmpstr(const void *a, const void *b) { return strcmp(*(const char **)a, *(const char **)b); }
static int cmpi(const void *a, const void *b) { int x = *(int *)a, y = *(int *)b; return (x > y) - (x < y); }
static void show(person *p, int n) { for (int i = 0; i < n; i++) printf("%-8s|%3d|%6.2f\n", p[i].name, p[i].age, p[i].score); }
int main(void)
{
    person people[] = { {"zed", 30, 1.5}, {"amy", 25, 2.25}, {"bob", 41, 3.125} };
    int n = sizeof(people) / sizeof(people[0]);
    qsort(people, n, sizeof(person), by_age); show(people, n);
    qsort(people, n, sizeof(people[0]), by_name); show(people, n);
    const char *words[] = {"pear", "apple", "fig"};
    qsort(words, 3, sizeof(char *), cmpstr);
    for (int i = 0; i < 3; i++) printf("%s ", words[i]);
    int v[] = {5, -1, 9, 3};
    qsort(v, 4, sizeof *v, cmpi);
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) printf("%d ", v[i]);
    int key = 9; int *hit = bsearch(&key, v, 4, sizeof(int), cmpi);
    printf("%d\n", hit ? (int)(hit - v) : -1);
    person copy = people[1]; copy.age++; person *pp = &people[1]; *pp = copy; printf("%d %s\n", people[1].age, pp->name);
    person *dyn = calloc(3, sizeof(person)); memcpy(dyn, people, sizeof people); dyn[0].age = 99; printf("%d %d\n", dyn[0].age, people[0].age); free(dyn);
    return 0;
}
