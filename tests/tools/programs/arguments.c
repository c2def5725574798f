/* ARGS: -v --name=bob file1 file2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct opts { int verbose; const char *name; char *files[8]; int nfiles; };
static void usage(const char *prog) { fprintf(stderr, "usage: %s [-v] [--name=N] files\n", prog); }
static int parse(int argc, char **argv, struct opts *o)
{
    int i;
    memset(o, 0, sizeof(*o));
    for (i = 1; i < argc; i++) {
        if (argv[i][0] != '-') { o->files[o->nfiles++] = argv[i]; continue; }
        if (strcmp(argv[i], "-v") == 0) o->verbose++;
        else if (strncmp(argv[i], "--name=", 7) == 0) o->name = argv[i] + 7;
        else { usage(argv[0]); return -1; }
    }
    return o->nfiles;
}
int main(int argc, char *argv[])
{
    struct opts o;
    int n = parse(argc, argv, &o), i;
    if (n < 0) return 2;
    printf("%d files, verbose %d, name %s\n", n, o.verbose, o.name ? o.name : "none");
    for (i = 0; i < n; i++) printf("  [%d] %s (%zu)\n", i, o.files[i], strlen(o.files[i]));
    return 0;
}
