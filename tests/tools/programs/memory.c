#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <ctype.h>
static char *strdup_upper(const char *s) { char *r = strdup(s), *p; for (p = r; *p; p++) *p = toupper((unsigned char)*p); return r; }
static void copy(char *dst, const char *src, int n) { while (n-- > 1 && *src) *dst++ = *src++; *dst = '\0'; }
static int hexval(int c) { if (c >= '0' && c <= '9') return c - '0'; c = tolower(c); if (c >= 'a' && c <= 'f') return c - 'a' + 10; return -1; }
static int unhex(const char *s, unsigned char *out, int max) { int n = 0; while (s[0] && s[1] && n < max) { int h = hexval(s[0]), l = hexval(s[1]); if (h < 0 || l < 0) return -1; out[n++] = h << 4 | l; s += 2; } return n; }
static char buffer[64]; static char *append(const char *s) { static int used = 0; char *at = buffer + used; int n = strlen(s); memcpy(at, s, n + 1); used += n; return at; }
static const char *const LEVELS[] = {"debug", "info", NULL}; static int level_of(const char *s) { const char *const *p; for (p = LEVELS; *p; p++) if (strcmp(*p, s) == 0) return (int)(p - LEVELS); return -1; }
static void fill(int *v, int n, int x) { for (int *p = v; p < v + n; p++) *p = x++; } static int *max(int *v, int n) { int *m = v; for (int i = 1; i < n; i++) if (v[i] > *m) m = &v[i]; return m; }
static void rot(char s[], int k) { for (int i = 0; s[i] != '\0'; ++i) { if (isalpha(s[i])) { char b = islower(s[i]) ? 'a' : 'A'; s[i] = (s[i] - b + k + 26) % 26 + b; } } }
int main(void)
{
    char *u = strdup_upper("mixed Case"); printf("%s\n", u); free(u); char d[6]; copy(d, "longer text", sizeof d); printf("%s|%zu\n", d, strlen(d)); unsigned char raw[4]; int n = unhex("DEADbe", raw, 4); printf("%d %02x%02x%02x %d\n", n, raw[0], raw[1], raw[2], unhex("zz", raw, 4)); char *a1 = append("one"); char *a2 = append("two"); printf("%s %s %s %d\n", buffer, a1, a2, (int)(a2 - a1)); printf("%d %d\n", level_of("info"), level_of("none")); int v[5]; fill(v, 5, 3); v[2] = 99; int *m = max(v, 5); printf("%d %d\n", *m, (int)(m - v)); *m = 0; printf("%d\n", v[2]); char c[] = "Hello, World"; rot(c, 13); puts(c); rot(c, -13); puts(c);
    const char *s = "key1=v1;key2=v2"; while (*s) { const char *eq = strchr(s, '='), *end = strchr(s, ';'); int kl = eq - s, vl; if (!end) end = s + strlen(s); vl = end - eq - 1; printf("%.*s -> %.*s\n", kl, s, vl, eq + 1); s = *end ? end + 1 : end; } char w[3][8] = {"aa", "b"}; strcpy(w[2], w[0]); w[0][0] = 'X'; for (int i = 0; i < 3; i++) printf("%s,", w[i]); printf("%zu\n", sizeof w); char *names[3] = {w[0], "lit", NULL}; names[2] = names[1]; for (int i = 0; i < 3; i++) printf("%s.", names[i]); puts(""); if ("abc"[1] == 'b') printf("%c\n", *("xyz" + 2)); char e[10] = {'o', 'k'}; printf("%s %d\n", e, e[5]); printf("%s\n", strlen("") ? "non-empty" : "empty"); return 0;
}
