#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>
#include <errno.h>
static int ends_with(const char *s, const char *suf) { size_t n = strlen(s), m = strlen(suf); return n >= m && strcmp(s + n - m, suf) == 0; }
static void walk(const char *dir, int depth, int *files, long *bytes)
{
    DIR *d = opendir(dir); struct dirent *e; struct stat st; char path[256];
    if (d == NULL) { fprintf(stderr, "%s: %s\n", dir, strerror(errno)); return; }
    while ((e = readdir(d)) != NULL) {
        if (strcmp(e->d_name, ".") == 0 || !strcmp(e->d_name, "..")) continue;
        snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
        if (lstat(path, &st) != 0) continue;
        if (S_ISDIR(st.st_mode)) walk(path, depth + 1, files, bytes);
        else if (ends_with(e->d_name, ".txt")) { (*files)++; *bytes += (long)st.st_size; }
    }
    closedir(d);
}
int main(void)
{
    int n = 0; long b = 0; FILE *f; mkdir("a", 0700); mkdir("a/b", 0700);
    f = fopen("a/1.txt", "w"); fputs("hello", f); fclose(f); f = fopen("a/b/2.txt", "w"); fprintf(f, "%s", "wonderful"); fclose(f); f = fopen("a/3.dat", "w"); fputc('x', f); fclose(f);
    walk("a", 0, &n, &b); printf("%d %ld\n", n, b); walk("missing", 0, &n, &b);
    remove("a/1.txt"); unlink("a/b/2.txt"); unlink("a/3.dat"); printf("%d %d\n", rmdir("a/b"), rmdir("a")); perror("p"); printf("%d\n", rmdir("zz") == -1 && errno == ENOENT);
    char cwd[512]; if (getcwd(cwd, sizeof cwd)) printf("%d\n", cwd[0] == '/'); printf("%s\n", getenv("NOPE_X") ? "set" : "unset"); setenv("AB", "cd", 1); printf("%s\n", getenv("AB"));
    return 0;
}
