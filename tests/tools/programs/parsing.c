#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <ctype.h>
typedef struct { const char *s; int pos; int err; } parser;
static void ws(parser *p) { while (p->s[p->pos] == ' ') p->pos++; }
static double expr(parser *p);
static double factor(parser *p)
{
    double v = 0; ws(p);
    if (p->s[p->pos] == '(') { p->pos++; v = expr(p); ws(p); if (p->s[p->pos] == ')') p->pos++; else p->err = 1; return v; }
    if (p->s[p->pos] == '-') { p->pos++; return -factor(p); }
    if (!isdigit((unsigned char)p->s[p->pos])) { p->err = 1; return 0; }
    char *end; v = strtod(p->s + p->pos, &end); p->pos = end - p->s; return v;
}
static double term(parser *p) { double v = factor(p); for (;;) { ws(p); char c = p->s[p->pos]; if (c == '*') { p->pos++; v *= factor(p); } else if (c == '/') { p->pos++; v /= factor(p); } else return v; } }
static double expr(parser *p) { double v = term(p); for (;;) { ws(p); char c = p->s[p->pos]; if (c == '+') { p->pos++; v += term(p); } else if (c == '-') { p->pos++; v -= term(p); } else return v; } }
static int tokens(const char *s) { int n = 0, in = 0; for (; *s; s++) { if (isspace((unsigned char)*s)) in = 0; else if (!in) { in = 1; n++; } } return n; }
static void rev(char *s) { int i = 0, j = strlen(s) - 1; while (i < j) { char t = s[i]; s[i++] = s[j]; s[j--] = t; } }
static int pal(const char *s) { const char *e = s + strlen(s); while (s < e) if (*s++ != *--e) return 0; return 1; }
static char *itoa10(int v, char *b) { char *p = b + 11; int neg = v < 0; unsigned u = neg ? -(unsigned)v : v; *p = 0; do { *--p = '0' + u % 10; } while (u /= 10); if (neg) *--p = '-'; return p; }
int main(void)
{
    const char *in[] = {"1 + 2 * 3", "(4 - 6) * -2.5", "2 *", "8/4/2"}; for (int i = 0; i < 4; i++) { parser p = {in[i], 0, 0}; double v = expr(&p); if (p.err) printf("error at %d\n", p.pos); else printf("%g\n", v); }
    char b[16] = "abcde"; rev(b); printf("%s %d %d %d\n", b, pal("racecar"), pal("abca"), tokens("  a bb  c ")); char n[16]; printf("%s %s\n", itoa10(-2147483647, n), itoa10(0, n));
    int counts[26] = {0}; for (const char *p = "hello world"; *p; p++) if (isalpha(*p)) counts[tolower(*p) - 'a']++; for (int i = 0; i < 26; i++) if (counts[i] > 1) printf("%c%d ", 'a' + i, counts[i]); puts("");
    char text[] = "The Quick"; for (char *p = text; *p; ++p) *p = isupper(*p) ? tolower(*p) : toupper(*p); puts(text); char *words[10]; int w = 0; char l[] = "one two three"; for (char *p = strtok(l, " "); p != NULL; p = strtok(NULL, " ")) words[w++] = p; while (w--) printf("%s ", words[w]); puts("");
    return 0;
}
