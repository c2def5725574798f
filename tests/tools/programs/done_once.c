/* What C does once, in the order that it has; a float that holds a large integer. */
#include <stdio.h>
#include <string.h>

#define MAX(a, b) ((a) > (b) ? (a) : (b))

typedef struct { int n; char text[8]; } row;

static int calls;
static int next(void) { return ++calls; }
static int place(row *r) { return r->n++; }

int main(void)
{
    int a = 4, b;
    row rows[3] = {{0, "one"}, {0, "two"}}, *r = rows;
    printf("%d\n", MAX(a++, 3));
    printf("%d\n", a);
    b = (a++, a);
    printf("%d %d\n", MAX(next(), 0), b);
    a++ > 6 ? printf("more %d\n", a) : printf("less %d\n", a);
    memset(rows[r->n++].text, 'x', 2);
    memcpy(rows[1].text + r->n++, "o", 1);
    printf("%s %s %d\n", rows[0].text, rows[1].text, r->n);
    rows[0].n = 0;
    rows[0].text[place(rows)] = 'A' + place(&rows[1]);
    printf("%s %d %d\n", rows[0].text, rows[0].n, rows[1].n);
    float f = 16777217;
    int big = 33554433;
    printf("%.1f %.1f %d\n", f, (float)big, f == 16777216);
    return calls;
}
