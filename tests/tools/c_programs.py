"""Random small C programs over integers, strings, buffers and structs, without undefined behaviour."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.tools.random_programs import TYPES, WORDS, RandomProgram

__all__ = ["program"]

HEAD = """#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
typedef struct { int n; unsigned char tag; char name[16]; long values[3]; } item_t;
typedef struct node { int v; struct node *next; } node_t;
typedef int (*op_t)(int, int);
struct bits { unsigned a : 3; int b : 4; unsigned c : 11; };
typedef struct { item_t inner; struct { short x, y; } at; } outer_t;
static int counter;
static uint32_t seed = 7;
static unsigned next(void) { seed = seed * 1103515245u + 12345u; return seed >> 8; }
static int count(const char *s, char c) { int n = 0; while (*s) if (*s++ == c) n++; return n; }
static void upper(char *s) { for (; *s; s++) *s = toupper((unsigned char)*s); }
static long total(const item_t *items, int n)
{
    long t = 0;
    for (int i = 0; i < n; i++) t += items[i].n + items[i].values[i % 3];
    return t;
}
static void bump(int *p, int by) { *p += by; counter++; }
static int op_add(int a, int b) { return a % 1000 + b % 1000; }
static int op_mix(int a, int b) { return a % 100 * 3 - b % 100; }
static int op_min(int a, int b) { return a < b ? a : b; }
static const op_t ops[] = {op_add, op_mix, op_min};
static int folded(op_t op, const int *v, int n) { int r = 0; while (n--) r = op(r, *v++); return r; }
static int serial(void) { static int n = 5; n = (n * 7 + 3) % 1000; return n; }
static int *largest(int *v, int n)
{
    int *best = v;
    for (int *p = v; p < v + n; p++) if (*p > *best) best = p;
    return best;
}
static void rotate(int *v, int n) { int first = v[0]; memmove(v, v + 1, (n - 1) * sizeof(int)); v[n - 1] = first; }
static int parsed(const char *s)
{
    char *end;
    long v = strtol(s, &end, 10);
    return end == s ? -1 : (int)(v % 1000) + (int)strlen(end);
}
static int steps(int n)
{
    int k = 0;
again:
    if (n > 1 && k < 20) { n = n % 2 ? n * 3 + 1 : n / 2; k++; goto again; }
    return k;
}
static int placed(int grid[2][3], int x)
{
    int found = -1, i, j;
    for (i = 0; i < 2; i++)
        for (j = 0; j < 3; j++)
            if (grid[i][j] == x) { found = i * 3 + j; goto out; }
    counter++;
out:
    return found;
}
static node_t *pushed(node_t *list, int v)
{
    node_t *made = malloc(sizeof(node_t));
    made->v = v;
    made->next = list;
    return made;
}
static node_t *reversed(node_t *list)
{
    node_t *done = NULL;
    while (list) { node_t *next = list->next; list->next = done; done = list; list = next; }
    return done;
}
static int summed(const node_t *list)
{
    int t = 0;
    for (; list; list = list->next) t = (t * 2 + list->v) % 10007;
    return t;
}
static int by_value(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}
static int fields(char *text, char *out[], int most)
{
    int n = 0;
    for (char *t = strtok(text, " ,/"); t && n < most; t = strtok(NULL, " ,/")) out[n++] = t;
    return n;
}
static const char *base(const char *s) { const char *p = strrchr(s, '/'); return p ? p + 1 : s; }
static const char *from(const char *s, int n)
{
    const char *p = NULL, *q = strstr(s, "a");
    if (n % 2) p = strchr(s, '=');
    else if ((p = strstr(s, "/b")) == NULL) return "none";
    return q == s ? "start" : q && !p ? q : p ? p : "none";
}
static int before(const char *s) { const char *p = strchr(s, 'e'); return p != NULL ? (int)(p - s) : -1; }
static item_t made(int n, const char *s)
{
    item_t it = {n, (unsigned char)n, "", {1, 2, n}};
    strncpy(it.name, s, 15);
    return it;
}
"""


class _Program(RandomProgram):
    # what numbers and conditions there are

    def leaves(self) -> list[Callable[[], str]]:
        return [
            self.element,
            lambda: f"(int)strlen({self.text()})",
            lambda: f"count({self.text()}, 'a')",
            self.asked,
        ]

    def conditions(self) -> list[Callable[[], str]]:
        return [
            lambda: f"strcmp({self.text()}, {self.text()}) == 0",
            lambda: f"strchr({self.text()}, 'b') != NULL",
            lambda: f"isalpha((unsigned char)({self.number(1)}))",
        ]

    def kinds(self) -> list[Callable[[], None]]:
        kinds = [self.shown, self.shown_text, self.written, self.stored, self.called]
        kinds += [self.pointed, self.copied, self.noted]
        return kinds if self.depth > 3 else [*kinds, self.walked]

    def asked(self) -> str:
        """What a function, an array of two dimensions, a bit field or a struct within another says."""
        row = self.random.choice(
            (
                f"ops[(unsigned){self.variable()} % 3]({self.number(1)}, {self.constant()})",
                f"op((int)({self.number(1)}), 7)",
                f"grid[(unsigned){self.variable()} % 2][(unsigned){self.variable()} % 3]",
                "flags.a",
                "flags.b",
                "(int)flags.c",
                "outer.at.x",
                "outer.inner.n",
                "*walk",
                "walk[0]",
                "(int)(walk - values)",
                "list->v",
                f"before({self.random.choice(('word', 'small'))})",
                f"parsed({self.text()})",
                f"steps((int)({self.number(1)}) % 50)",
                f'(int)strspn({self.text()}, "ab/")',
                f'(int)strcspn({self.text()}, "=c")',
                '(strstr(buf, "a") ? 3 : 4)',
                f"(counter, {self.variable()})",
                f"(int)sizeof({self.random.choice(('values', 'buf', 'grid', 'int', 'long'))})",
            )
        )
        return f"({row})"

    def element(self) -> str:
        return self.pick(
            lambda: f"values[(unsigned){self.variable()} % 4]",
            lambda: "bytes[(unsigned char)counter % 8]",
            lambda: f"item.{self.random.choice(('n', 'tag', 'values[1]'))}",
            lambda: "items[1].n",
            lambda: "buf[0]",
            lambda: "other->n",
        )

    def text(self) -> str:
        if self.random.random() < 0.2:
            word = self.random.choice((f'"{self.random.choice(WORDS)}"', "word", "small"))
            return self.random.choice((f"base({word})", f"from({word}, {self.variable()})", "small"))
        return self.random.choice(("buf", "item.name", "word", "items[0].name", f'"{self.random.choice(WORDS)}"'))

    # statements

    def shown(self) -> None:
        name = self.random.choice(list(self.numbers) or [""])
        if name:
            self.emit(f'printf("{name} {TYPES[self.numbers[name]]}\\n", {name});')
        self.emit(f'printf("%d\\n", (int)({self.number()}));')

    def shown_text(self) -> None:
        self.emit(
            self.random.choice(
                (
                    f'printf("[%s]\\n", {self.text()});',
                    f'printf("%-6s|%.3s|%x\\n", {self.text()}, {self.text()}, {self.number(1)} & 0xFFu);',
                    f"puts({self.text()});",
                    'printf("%s %d\\n", cursor, (int)(cursor - buf));',
                )
            )
        )

    def written(self) -> None:
        self.emit(
            self.random.choice(
                (
                    'snprintf(buf, sizeof(buf), "%s-%d", '
                    f"{self.text().replace('buf', 'word')}, (int)({self.number(1)}));",
                    f'strcpy(buf, "{self.random.choice(WORDS)}"); cursor = buf;',
                    f'snprintf(item.name, sizeof item.name, "n%u", (unsigned){self.atom(1)});',
                    "upper(buf);",
                    'snprintf(small, sizeof(small), "%s/%d", '
                    f"{self.random.choice(('buf', 'item.name', 'word'))}, (int)({self.number(1)}));",
                    'if (strlen(buf) < 20) strcat(buf, "+x");',
                    "cursor = strchr(buf, 'a'); if (!cursor) cursor = buf;",
                    "if (*cursor) cursor++;",
                    "memcpy(bytes, buf, 4);",
                    f"memset(bytes + 2, (int)({self.number(1)}), 3);",
                )
            )
        )

    def stored(self) -> None:
        self.emit(
            self.random.choice(
                (
                    f"values[(unsigned)({self.number(1)}) % 4] = {self.number()};",
                    f"bytes[(unsigned)({self.number(1)}) % 8] = {self.number(1)};",
                    f"item.n = (int)({self.number(1)}) % 5000;",
                    f"item.tag = {self.number(1)};",
                    "items[0] = item;",
                    "*other = items[1];",
                    f'item = made((int)({self.number(1)}) % 99, "{self.random.choice(WORDS)}");',
                    "other = &items[counter & 1];",
                    "other->values[2] += 3;",
                    f"item.values[1] = {self.number(1)};",
                )
            )
        )

    def called(self) -> None:
        self.emit(
            self.random.choice(
                (
                    f"bump(&item.n, (int)({self.number(1)}) % 50);",
                    "bump(&local, 3);",
                    'printf("%ld %d\\n", total(items, 2), local);',
                    'printf("%u\\n", next() % 1000);',
                    "counter = count(buf, 'x');",
                    f"local = (int)({self.number(1)}) % 77;",
                )
            )
        )

    def pointed(self) -> None:
        """A pointer into an array, a list, or one to a function."""
        self.emit(
            self.random.choice(
                (
                    "walk = values;",
                    "if (walk < values + 3) walk++;",
                    "if (walk > values) --walk;",
                    f"*walk = (int)({self.number(1)}) % 3000;",
                    "if (walk < values + 3) *walk++ += 2;",
                    "walk = largest(values, 4);",
                    "rotate(values, 4);",
                    "qsort(values, 4, sizeof(int), by_value);",
                    f"list = pushed(list, (int)({self.number(1)}) % 100);",
                    "list = reversed(list);",
                    "if (list->next) list = list->next;",
                    'printf("%d\\n", summed(list));',
                    f"op = ops[(unsigned)({self.number(1)}) % 3];",
                    'printf("%d %d\\n", folded(op, values, 4), serial());',
                    'printf("%d\\n", op == op_add);',
                )
            )
        )

    def copied(self) -> None:
        """Memory that is copied, a text that is taken apart."""
        self.emit(
            self.random.choice(
                (
                    f"strncpy(copy, {self.text()}, sizeof(copy) - 1); copy[sizeof(copy) - 1] = 0;",
                    "memmove(copy + 1, copy, 20);  copy[31] = 0;",
                    "memcpy(copy, bytes, 8); copy[8] = 0;",
                    "if (strlen(copy) < 20) strncat(copy, buf, 5);",
                    f"strcpy(copy, {self.text()}); for (int k = 0, n = fields(copy, parts, 3); k < n; k++) "
                    'printf("<%s>", parts[k]);',
                    "memcpy(row, values, sizeof(row)); values[3] = row[0];",
                    'printf("%s|%d\\n", copy, memcmp(copy, buf, 3) == 0);',
                    "{ char *at = strrchr(copy, '/'); if (at) *at = '\\\\'; }",
                    "for (char *c = copy; *c; c++) if (*c == ' ') *c = '_';",
                )
            )
        )

    def noted(self) -> None:
        """Fields of bits, of structs within structs, and of arrays of two dimensions."""
        self.emit(
            self.random.choice(
                (
                    f"flags.a = {self.number(1)};",
                    f"flags.b = (int)({self.number(1)}) % 8;",
                    "flags.c++;",
                    "flags.c ^= flags.a;",
                    f"outer.at.x = (short)({self.number(1)});",
                    "outer.inner = item;",
                    "item = outer.inner;",
                    "outer.inner.values[0] += outer.at.y--;",
                    f"grid[(unsigned)({self.number(1)}) % 2][1] = (int)({self.number(1)}) % 400;",
                    "grid[1][2] += grid[0][1] & 3;",
                    f'printf("%d\\n", placed(grid, (int)({self.number(1)}) % 9));',
                    'printf("%u %d %u %d %d\\n", flags.a, flags.b, flags.c, outer.at.x, outer.at.y);',
                )
            )
        )

    def walked(self) -> None:
        name = self.fresh("p")
        self.emit(f"for (const char *{name} = {self.text()}; *{name}; {name}++) {{")
        self.emit(f"    counter = (counter * 3 + *{name}) % 1009;")
        if self.random.random() < 0.3:
            self.emit(f"    if (*{name} == 'l') break;")
        self.emit("}")


def program(random: Random) -> str:
    """A program that prints what it comes to."""
    made = _Program(random)
    for row in (
        'char buf[64] = "start";',
        "char *cursor = buf;",
        'char small[7] = "s/m";',
        'const char *word = "word";',
        "int values[4] = {1, -2, 3};",
        "int local = 4;",
        "unsigned char bytes[8] = {9, 8, 250};",
        'item_t item = made(3, "first");',
        'item_t items[2] = {{1, 2, "one", {3}}, {4}};',
        "item_t *other = &items[1];",
        "int grid[2][3] = {{1, 2, 3}, {4, 5}};",
        "int row[4] = {0};",
        "int *walk = values;",
        "struct bits flags = {1, -2, 3};",
        'outer_t outer = {{7, 8, "in", {9}}, {3, -4}};',
        "op_t op = op_mix;",
        'char copy[32] = "a b/c,d";',
        "char *parts[3] = {NULL, NULL, NULL};",
        "node_t *list = pushed(pushed(NULL, 4), 9);",
    ):
        made.emit(row)
    for _ in range(random.randint(4, 14)):
        made.statement()
    made.emit('printf("%d %s %d %d %d %s %d\\n", counter, buf, item.n, item.tag, values[2], item.name, local);')
    made.emit('printf("%d %d %s %d %d\\n", summed(list), grid[1][1], copy, flags.b, outer.inner.n);')
    made.emit('printf("%d %d %ld %d %u\\n", bytes[3], items[0].n, items[1].values[2], other->n, seed);')
    body = "\n".join(made.rows)
    return f"{HEAD}int main(void)\n{{\n{body}\n    return counter & 63;\n}}\n"
