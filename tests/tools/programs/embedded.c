/* Structs that begin with another, container_of, and pointers into structs that are set as a whole. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define container_of(p, type, member) ((type *)((char *)(p) - offsetof(type, member)))

struct shape;
struct methods {
    double (*area)(const struct shape *);
    void (*show)(const struct shape *, FILE *);
};
struct shape { const struct methods *methods; int id; };
struct rect { struct shape base; double w, h; };
struct circle { struct shape base; double r; };

static double rect_area(const struct shape *s)
{
    const struct rect *r = (const struct rect *)s;
    return r->w * r->h;
}
static void rect_show(const struct shape *s, FILE *f) { fprintf(f, "rect#%d %g\n", s->id, ((struct rect *)s)->w); }
static double circle_area(const struct shape *s) { return 3 * ((struct circle *)s)->r * ((struct circle *)s)->r; }
static void circle_show(const struct shape *s, FILE *f) { fprintf(f, "circle#%d\n", s->id); }
static const struct methods rects = {rect_area, rect_show}, circles = {.show = circle_show, .area = circle_area};

typedef struct link { struct link *next, *prev; } link_t;
typedef struct { int pid; link_t running, all; } task;

static void init(link_t *l) { l->next = l->prev = l; }
static void append(link_t *n, link_t *head)
{
    n->prev = head->prev;
    n->next = head;
    head->prev->next = n;
    head->prev = n;
}

struct box { char text[8]; int n; };

int main(void)
{
    struct rect r = {{&rects, 1}, 3, 4.5};
    struct circle c = {{&circles, 2}, 2};
    struct shape *all[] = {&r.base, (struct shape *)&c};
    for (int i = 0; i < 2; i++) {
        all[i]->methods->show(all[i], stdout);
        printf("%.2f\n", all[i]->methods->area(all[i]));
    }
    struct rect other = r, *stays = &r;
    other.w = 10;
    r = other;
    printf("%g %g\n", rect_area(&r.base), rect_area((struct shape *)stays));

    link_t tasks, running;
    init(&tasks);
    init(&running);
    for (int i = 1; i <= 4; i++) {
        task *t = malloc(sizeof *t);
        t->pid = i * 10;
        append(&t->all, &tasks);
        if (i % 2 == 0)
            append(&t->running, &running);
    }
    for (link_t *l = running.next; l != &running; l = l->next)
        printf("%d ", container_of(l, task, running)->pid);
    for (link_t *l = tasks.next, *next; l != &tasks; l = next) {
        next = l->next;
        free(container_of(l, task, all));
    }
    printf("%zu\n", offsetof(task, running));

    struct box a = {"one", 1}, b = {"two", 2};
    char *text = a.text;
    int *n = &a.n;
    a = b;
    printf("%s %d\n", text, *n);
    char letter[2] = {text[0]};
    struct tm day = {.tm_year = 100, .tm_mon = 1, .tm_mday = 30};
    printf("%s %ld\n", letter, (long)timegm(&day));
    return 0;
}
