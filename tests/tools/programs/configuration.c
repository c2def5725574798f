#include <stdio.h>
#include <string.h>
#include <ctype.h>
#include <stdlib.h>
static char *trim(char *s)
{
    char *e;
    while (isspace((unsigned char)*s)) s++;
    if (*s == 0) return s;
    e = s + strlen(s) - 1;
    while (e > s && isspace((unsigned char)*e)) e--;
    e[1] = '\0';
    return s;
}
static int read_conf(const char *path, char keys[][32], char vals[][32], int max)
{
    char line[128];
    int n = 0;
    FILE *f = fopen(path, "r");
    if (!f) return -1;
    while (n < max && fgets(line, sizeof(line), f)) {
        char *p = trim(line), *eq;
        if (*p == '#' || *p == '\0') continue;
        eq = strchr(p, '=');
        if (!eq) continue;
        *eq++ = '\0';
        strncpy(keys[n], trim(p), 31); keys[n][31] = 0;
        strncpy(vals[n], trim(eq), 31); vals[n][31] = 0;
        n++;
    }
    fclose(f);
    return n;
}
int main(void)
{
    char k[4][32], v[4][32];
    FILE *f = fopen("conf.txt", "w");
    fputs("# comment\n\n endpoint = http://x \nbucket=b\n  key =  v w \n", f);
    fclose(f);
    int n = read_conf("conf.txt", k, v, 4);
    for (int i = 0; i < n; i++) printf("%s=>%s|\n", k[i], v[i]);
    printf("%d\n", read_conf("nope", k, v, 4));
    return 0;
}
