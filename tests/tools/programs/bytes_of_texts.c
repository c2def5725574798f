#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static const char *tail(const char *s) { return s + 1; }
static unsigned char *utail(unsigned char *s) { return s + 1; }
static int sum(const unsigned char *p, int n) { int t = 0; for (int i = 0; i < n; i++) t += p[i]; return t; }
static int ssum(const signed char *p, int n) { int t = 0; for (int i = 0; i < n; i++) t += p[i]; return t; }
static unsigned char table[] = "\x80\x81";
static const unsigned char *const words[] = {(const unsigned char *)"\x90", (const unsigned char *)"\x91"};
int main(void) {
    const char *text = "ab\xc3\xa9z";
    unsigned char *p = (unsigned char *)strchr(text, '\xc3');
    printf("%d %d\n", p[0], sum(p, 2));
    printf("%d\n", sum((const unsigned char *)tail(text), 3));
    char *copy = strdup(text);
    unsigned char *u = (unsigned char *)strdup(text);
    printf("%d %d %d\n", copy[2], u[2], sum((unsigned char *)copy, 4));
    printf("%d %d\n", table[0], words[1][0]);
    signed char *s = (signed char *)utail(u);
    printf("%d %d\n", s[1], ssum((const signed char *)u, 4));
    const unsigned char *q = (const unsigned char *)"\xff\xfe" + 1;
    printf("%d %d\n", *q, ((const unsigned char *)"\xaa")[0]);
    unsigned char *m = (unsigned char *)memchr(text, 0xa9, 5);
    printf("%d\n", m ? *m : -1);
    unsigned char buf[8]; memcpy(buf, "\xf0\xf1", 3); printf("%d %d\n", buf[0], (int)strlen((char *)buf));
    unsigned char *g = (unsigned char *)getenv("K4_NOT_SET"); printf("%d\n", g == NULL);
    const unsigned char *w = (const unsigned char *)(copy[0] == 'a' ? text : "no"); printf("%d\n", w[2]);
    free(copy); free(u);
    return 0;
}
