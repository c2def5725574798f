/* Commands of the shell that are read from and written to, and how they ended. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
int main(void)
{
    char buf[32]; size_t n, total = 0;
    FILE *p = popen("sort", "w");
    if (!p) return 1;
    fprintf(p, "pear\n"); fputs("apple\n", p);
    fflush(stdout);
    int rc = pclose(p);
    printf("exit %d\n", WEXITSTATUS(rc));
    p = popen("printf 'a b c'; exit 3", "r");
    if (!p) return 1;
    while ((n = fread(buf, 1, 2, p)) > 0) total += n;
    rc = pclose(p);
    printf("%zu %d %d\n", total, WIFEXITED(rc), WEXITSTATUS(rc));
    p = popen("cat /nonexistent 2>/dev/null", "r");
    printf("%d\n", fgetc(p)); printf("%d\n", pclose(p) != 0);
    int v; p = popen("echo 42", "r"); if (fscanf(p, "%d", &v) == 1) printf("%d\n", v); pclose(p);
    fflush(stdout);
    return WEXITSTATUS(system("exit 5"));
}
