#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct { bool on; bool tries[3]; unsigned ok : 1; bool bit : 1; int n; } state_t;
static bool seen[4];
static bool flip(bool *p) { *p = !*p; return *p; }
static int sum(const bool *v, int n) { int t = 0; for (int i = 0; i < n; i++) t += v[i]; return t; }
static bool is_set(int flags, int bit) { return flags & bit; }
static bool has(const char *s, char c) { return strchr(s, c); }
static bool parse(const char *s, bool *out) {
    if (strcmp(s, "true") == 0) { *out = true; return true; }
    if (strcmp(s, "false") == 0) { *out = false; return true; }
    return false;
}
int main(void) {
    state_t s = {0}, copy;
    s.on = 5; s.tries[1] = true; s.bit = 4; s.n = s.on + s.bit;
    copy = s; copy.on = false;
    printf("%d %d %d %d %d\n", s.on, s.tries[0], s.tries[1], s.bit, s.n);
    printf("%d %d\n", copy.on, copy.bit);
    bool b = 0.5, c = 256, d = (uint8_t)256;
    printf("%d%d%d\n", b, c, d);
    printf("%d %d\n", flip(&b), b);
    seen[2] = true; memset(seen, 1, 2); printf("%d\n", sum(seen, 4));
    bool *heap = calloc(3, sizeof(bool)); heap[1] = b || c; heap[2] = is_set(6, 4);
    printf("%d %d%d%d\n", sum(heap, 3), heap[0], heap[1], heap[2]);
    free(heap);
    printf("%d %d\n", has("abc", 'b'), has("abc", 'z'));
    bool v = true; printf("%d", parse("false", &v)); printf("%d", v); printf("%d\n", parse("x", &v));
    int n = b + c * 2 + !d; n <<= c; printf("%d %s %5d|%-3d|%02d\n", n, c ? "yes" : "no", c, c, d);
    bool e = n > 3 ? b : c; e ^= 1; e |= n; printf("%d %zu %d\n", e, sizeof(bool), e == true);
    unsigned mask = 0; for (int i = 0; i < 4; i++) mask |= (unsigned)seen[i] << i; printf("%u %x\n", mask, mask);
    double x = c; printf("%.1f %d\n", x + d, (int)c - 2);
    char text[8]; sprintf(text, "%d", d); printf("%s %d\n", text, text[c]);
    bool done = false; int tries = 0; while (!done) { done = ++tries >= 3; } printf("%d\n", tries);
    if (done == c && done != d) puts("same");
    FILE *f = fopen("o", "wb"); fprintf(f, "%d\n", done); fputc('0' + done, f); fclose(f);
    return done + d;
}
