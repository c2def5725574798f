/* Arrays whose length is computed. */
#include <stdio.h>
#include <string.h>
static int fill(int n, const char *s) {
    char buf[n + 1];
    int rows[n * 2];
    unsigned char raw[n];
    for (int i = 0; i < n; i++) { rows[i] = i * i; rows[n + i] = -i; raw[i] = 250 + i; }
    memset(buf, 'x', n);
    buf[n] = 0;
    buf[0] = s[0];
    printf("%s %d %d %d\n", buf, rows[n - 1], rows[2 * n - 1], raw[n - 1]);
    char name[strlen(s) + 12];
    sprintf(name, "%s-%d", s, n);
    printf("%s %d\n", name, (int)strlen(name));
    return rows[n - 1];
}
static int once(void) {
    int length = 3, sum = 0;
    int rows[length];
    for (int i = 0; i < 3; i++) rows[i] = i + 1;
    for (int i = 0; i < 3; i++) sum += rows[i];
    return sum;
}
int main(void) { for (int i = 1; i < 8; i += 3) printf("%d\n", fill(i, "hello")); printf("%d\n", once()); return 0; }
