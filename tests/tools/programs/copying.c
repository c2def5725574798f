#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/stat.h>
static int copy(const char *from, const char *to)
{
    char buf[4]; ssize_t n; int in = -1, out = -1, rc = -1;
    if ((in = open(from, O_RDONLY)) < 0) { fprintf(stderr, "open %s: %s\n", from, strerror(errno)); goto done; }
    out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (out == -1) goto done;
    while ((n = read(in, buf, sizeof buf)) > 0) { if (write(out, buf, n) != n) goto done; }
    if (n < 0) goto done;
    rc = 0;
done:
    if (in >= 0) close(in);
    if (out >= 0) close(out);
    return rc;
}
static char *slurp(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb"); char *b; long n;
    if (!f) return NULL;
    fseek(f, 0, SEEK_END); n = ftell(f); rewind(f);
    b = malloc(n + 1); if (!b) { fclose(f); return NULL; }
    if (fread(b, 1, n, f) != (size_t)n) { free(b); fclose(f); return NULL; }
    b[n] = '\0'; fclose(f); if (len) *len = n; return b;
}
int main(void)
{
    size_t n = 0; struct stat st; char *t;
    printf("%d %d\n", copy("x", "y"), copy("nofile", "z"));
    t = slurp("y", &n); printf("%zu %s\n", n, t); free(t);
    printf("%s\n", slurp("none", NULL) == NULL ? "null" : "some");
    int rc = stat("y", &st); printf("%d %d\n", rc, (int)st.st_size); printf("%d %d\n", access("y", F_OK), access("q", R_OK));
    rename("y", "w"); printf("%d %d\n", access("y", F_OK), errno == ENOENT); unlink("w"); mkdir("dd", 0755);
    if (stat("dd", &st) == 0 && S_ISDIR(st.st_mode)) puts("dir"); rmdir("dd");
    FILE *f = fopen("num.txt", "w"); for (int i = 0; i < 3; i++) fprintf(f, "%d %s\n", i, i % 2 ? "odd" : "even"); fclose(f);
    f = fopen("num.txt", "r"); int k; char w[16]; while (fscanf(f, "%d %15s", &k, w) == 2) printf("<%d:%s>", k, w); fclose(f); puts("");
    return 0;
}
