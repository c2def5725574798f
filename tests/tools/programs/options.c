/* ARGS: -b mybucket -o obj --verbose --num=5 rest1 -x rest2 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <getopt.h>
#include <unistd.h>
static struct option longopts[] = { {"bucket", required_argument, NULL, 'b'}, {"verbose", no_argument, 0, 'v'}, {"num", required_argument, 0, 'n'}, {0, 0, 0, 0} };
int main(int argc, char **argv)
{
    int c, num = 0, verbose = 0; const char *bucket = NULL; char *object = NULL; opterr = 0;
    while ((c = getopt_long(argc, argv, "b:o:vn:", longopts, NULL)) != -1) {
        switch (c) { case 'b': bucket = optarg; break; case 'o': object = strdup(optarg); break; case 'v': verbose = 1; break; case 'n': num = atoi(optarg); break;
        case '?': default: printf("unknown option\n"); break; }
    }
    printf("%s %s %d %d\n", bucket ? bucket : "-", object ? object : "-", num, verbose);
    for (; optind < argc; optind++) printf("rest %s\n", argv[optind]);
    free(object); return 0;
}
