/* The C library, asked line by line: a command and its arguments in hexadecimal, one line of answer each. */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#define ARGS 40
static char *arg[ARGS];
static size_t size[ARGS];
static int args;

static int digit(int c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

static void split(char *line)
{
    args = 0;
    for (char *word = strtok(line, " \n"); word; word = strtok(NULL, " \n")) {
        size_t n = word[0] == '-' ? 0 : strlen(word) / 2;
        char *made = calloc(n + 64, 1);
        for (size_t i = 0; i < n; i++) made[i] = digit(word[2 * i]) << 4 | digit(word[2 * i + 1]);
        arg[args] = made;
        size[args++] = n;
    }
}

static long long number(int i) { return (long long)strtoull(arg[i], NULL, 10); }

static void show(const void *data, size_t n)
{
    for (size_t i = 0; i < n; i++) printf("%02x", ((const unsigned char *)data)[i]);
    printf(" ");
}

static long offset(const char *p, const char *from) { return p ? p - from : -1; }

/* integers and pointers come in registers of their own, so that their order among doubles is of no account */
static void do_printf(void)
{
    char buf[4096];
    void *w[3] = {0};
    double d[3] = {0};
    int ws = 0, ds = 0;
    for (int i = 3; i < args; i++) {
        char kind = arg[i][0];
        if (kind == 'i') w[ws++] = (void *)strtoll(arg[i] + 1, NULL, 10);
        if (kind == 'u') w[ws++] = (void *)strtoull(arg[i] + 1, NULL, 10);
        if (kind == 's') w[ws++] = arg[i] + 1;
        if (kind == 'n') w[ws++] = NULL;
        if (kind == 'd') d[ds++] = strtod(arg[i] + 1, NULL);
    }
    memset(buf, 0x7e, sizeof buf);
    int n = snprintf(buf, number(2), arg[1], w[0], w[1], w[2], d[0], d[1], d[2]);
    printf("%d ", n);
    show(buf, number(2));
}

static void do_convert(void)
{
    char *end = NULL, *s = arg[2];
    errno = 0;
    if (!strcmp(arg[1], "strtol")) printf("%ld", strtol(s, &end, number(3)));
    if (!strcmp(arg[1], "strtoul")) printf("%lu", strtoul(s, &end, number(3)));
    if (!strcmp(arg[1], "strtod")) printf("%a", strtod(s, &end));
    if (!strcmp(arg[1], "strtof")) printf("%a", strtof(s, &end));
    if (!strcmp(arg[1], "atoi")) printf("%d", atoi(s));
    printf(" %ld %d", offset(end, s), errno);
}

static int sign(int n) { return (n > 0) - (n < 0); }

static void do_text(void)
{
    char *a = arg[2], *b = arg[3];
    long n = args > 4 ? number(4) : 0;
    const char *f = arg[1];
    if (!strcmp(f, "strcmp")) printf("%d", sign(strcmp(a, b)));
    if (!strcmp(f, "strncmp")) printf("%d", sign(strncmp(a, b, n)));
    if (!strcmp(f, "strcasecmp")) printf("%d", sign(strcasecmp(a, b)));
    if (!strcmp(f, "strncasecmp")) printf("%d", sign(strncasecmp(a, b, n)));
    if (!strcmp(f, "strspn")) printf("%ld", strspn(a, b));
    if (!strcmp(f, "strcspn")) printf("%ld", strcspn(a, b));
    if (!strcmp(f, "strpbrk")) printf("%ld", offset(strpbrk(a, b), a));
    if (!strcmp(f, "strstr")) printf("%ld", offset(strstr(a, b), a));
    if (!strcmp(f, "strcasestr")) printf("%ld", offset(strcasestr(a, b), a));
    if (!strcmp(f, "strchr")) printf("%ld", offset(strchr(a, b[0]), a));
    if (!strcmp(f, "strrchr")) printf("%ld", offset(strrchr(a, b[0]), a));
    if (!strcmp(f, "strchrnul")) printf("%ld", offset(strchrnul(a, b[0]), a));
    if (!strcmp(f, "strnlen")) printf("%ld", strnlen(a, n));
    if (!strcmp(f, "strtok")) {
        char *place;
        for (char *p = strtok_r(a, b, &place); p; p = strtok_r(NULL, b, &place)) show(p, strlen(p));
        show(a, size[2]);
    }
    if (!strcmp(f, "strsep")) {
        char *place = a;
        for (char *p = strsep(&place, b); p; p = strsep(&place, b)) show(p, strlen(p)), printf("; ");
        show(a, size[2]);
    }
    if (!strcmp(f, "basename")) { char *p = basename(a); show(p, strlen(p)); show(a, size[2]); }
    if (!strcmp(f, "dirname")) { char *p = dirname(a); show(p, strlen(p)); show(a, size[2]); }
    char room[256];
    memset(room, 0x7e, sizeof room);
    if (!strcmp(f, "strncpy")) { strncpy(room, a, n); show(room, 200); }
    if (!strcmp(f, "strcpy")) { strcpy(room, a); show(room, 200); }
    if (!strcmp(f, "strcat")) { strcpy(room, a); strcat(room, b); show(room, 200); }
    if (!strcmp(f, "strncat")) { strcpy(room, a); strncat(room, b, n); show(room, 200); }
}

static void do_scan(void)
{
    char room[3][128];
    memset(room, 0x7e, sizeof room);
    errno = 0;
    printf("%d ", sscanf(arg[1], arg[2], room[0], room[1], room[2]));
    for (int i = 0; i < 3; i++) show(room[i], 40);
}

static void show_tm(const struct tm *tm)
{
    printf("%d %d %d %d %d %d %d %d %d %ld ", tm->tm_sec, tm->tm_min, tm->tm_hour, tm->tm_mday, tm->tm_mon, tm->tm_year,
           tm->tm_wday, tm->tm_yday, tm->tm_isdst, tm->tm_gmtoff);
}

static void do_time(void)
{
    struct tm tm = {0};
    int *field[] = {&tm.tm_sec, &tm.tm_min, &tm.tm_hour, &tm.tm_mday, &tm.tm_mon, &tm.tm_year, &tm.tm_wday, &tm.tm_yday, &tm.tm_isdst};
    char text[512];
    if (!strcmp(arg[1], "gmtime") || !strcmp(arg[1], "localtime")) {
        time_t t = number(2);
        struct tm *found = arg[1][0] == 'g' ? gmtime_r(&t, &tm) : localtime_r(&t, &tm);
        if (!found) { printf("none"); return; }
        show_tm(&tm);
        show(asctime(&tm), strlen(asctime(&tm)));
        return;
    }
    if (!strcmp(arg[1], "strptime")) {
        char *end = strptime(arg[2], arg[3], &tm);
        printf("%ld ", offset(end, arg[2]));
        if (end) show_tm(&tm);
        return;
    }
    for (int i = 0; i < 9; i++) *field[i] = number(3 + i);
    if (!strcmp(arg[1], "mktime")) { printf("%ld ", mktime(&tm)); show_tm(&tm); }
    if (!strcmp(arg[1], "timegm")) { printf("%ld ", timegm(&tm)); show_tm(&tm); }
    if (!strcmp(arg[1], "strftime")) {
        size_t n = strftime(text, sizeof text, arg[2], &tm);
        printf("%zu ", n);
        show(text, n);
    }
}

static void do_getopt(void)
{
    static struct option longs[] = {{"bucket", 1, 0, 'b'}, {"verbose", 0, 0, 'v'}, {"output", 2, 0, 'o'}, {"bulk", 0, 0, 'B'}, {0, 0, 0, 0}};
    char *argv[ARGS] = {"prog"};
    int argc = 1, c, index;
    for (int i = 3; i < args; i++) argv[argc++] = arg[i];
    optind = 0;
    opterr = 0;
    while (index = -1, (c = arg[1][0] == 'l' ? getopt_long(argc, argv, arg[2], longs, &index) : getopt(argc, argv, arg[2])) != -1)
        printf("%d:%s:%d:%d ", c, optarg ? optarg : "(null)", optind, c == '?' || c == ':' ? optopt : index);
    printf("| %d", optind);
    for (int i = 0; i < argc; i++) printf(" %s", argv[i]);
}

static void do_file(void)
{
    char buf[8192];
    FILE *f = fopen(arg[1], arg[2]);
    if (!f) { printf("none %d", errno); return; }
    for (int i = 3; i + 1 < args; i += 2) {
        const char *op = arg[i];
        char *given = arg[i + 1];
        long n = number(i + 1);
        if (!strcmp(op, "read")) { size_t got = fread(buf, 1, n, f); printf("%zu ", got); show(buf, got); }
        if (!strcmp(op, "gets")) { char *got = fgets(buf, n, f); printf("%d ", got != NULL); if (got) show(buf, strlen(buf)); }
        if (!strcmp(op, "getc")) printf("%d ", fgetc(f));
        if (!strcmp(op, "ungetc")) printf("%d ", ungetc(n, f));
        if (!strcmp(op, "write")) printf("%zu ", fwrite(given, 1, size[i + 1], f));
        if (!strcmp(op, "puts")) printf("%d ", fputs(given, f) >= 0);
        if (!strcmp(op, "set")) printf("%d ", fseek(f, n, SEEK_SET));
        if (!strcmp(op, "cur")) printf("%d ", fseek(f, n, SEEK_CUR));
        if (!strcmp(op, "end")) printf("%d ", fseek(f, n, SEEK_END));
        if (!strcmp(op, "tell")) printf("%ld ", ftell(f));
        if (!strcmp(op, "flush")) printf("%d ", fflush(f));
        printf("%d%d ", feof(f) != 0, ferror(f) != 0);
    }
    printf("%d ", fclose(f));
    f = fopen(arg[1], "rb");
    show(buf, fread(buf, 1, sizeof buf, f));
    fclose(f);
}

static int mode;
static int compare(const void *a, const void *b)
{
    int x = *(const unsigned char *)a, y = *(const unsigned char *)b;
    return mode == 0 ? x - y : mode == 1 ? x > y : mode == 2 ? (x >> 4) - (y >> 4) : (x * 7 ^ y * 13) % 5 - 2;
}

static void do_sort(void)
{
    mode = number(1);
    qsort(arg[2], size[2] / 2, 2, compare);
    show(arg[2], size[2]);
    if (mode == 0) printf("%ld", offset(bsearch(arg[3], arg[2], size[2] / 2, 2, compare), arg[2]));
}

static void do_random(void)
{
    unsigned seed = number(1);
    srand(seed);
    for (int i = 0; i < 40; i++) printf("%d ", rand());
    for (int i = 0; i < 5; i++) printf("%d ", rand_r(&seed));
    printf("%u", seed);
}

static void do_ctype(void)
{
    for (int c = -128; c < 256; c++)
        printf("%d %d %d %d %d %d %d %d %d %d %d %d %d %d;", isupper(c), islower(c), isalpha(c), isdigit(c), isxdigit(c), isspace(c),
               isprint(c), isgraph(c), isblank(c), iscntrl(c), ispunct(c), isalnum(c), tolower(c), toupper(c));
}

#define OPERATE(T) { T x = (T)a, y = (T)b; printf("%lld ", (long long)(T)(x + y)); printf("%lld ", (long long)(T)(x - y)); \
    printf("%lld ", (long long)(T)(x * y)); if (y && !(y == (T)-1)) printf("%lld %lld ", (long long)(T)(x / y), (long long)(T)(x % y)); \
    printf("%lld %lld ", (long long)(T)((uint64_t)x << (b & 7)), (long long)(T)(x >> (b & 7))); printf("%lld ", (long long)(T)~x); }

static void do_integers(void)
{
    long long a = number(1), b = number(2);
    OPERATE(int8_t) OPERATE(uint8_t) OPERATE(int16_t) OPERATE(uint16_t) OPERATE(int32_t) OPERATE(uint32_t) OPERATE(int64_t) OPERATE(uint64_t)
    printf("%a ", (double)(float)strtod(arg[3], NULL));
}

static void do_math(void)
{
    double x = strtod(arg[1], NULL), y = strtod(arg[2], NULL), whole;
    int n;
    double found[] = {acos(x), asin(x), atan(x), atan2(x, y), ceil(x), cos(x), cosh(x), exp(x), fabs(x), floor(x), fmax(x, y), fmin(x, y),
        fmod(x, y), log(x), log10(x), log2(x), pow(x, y), round(x), sin(x), sinh(x), sqrt(x), tan(x), tanh(x), trunc(x), ldexp(x, 40),
        frexp(x, &n), modf(x, &whole), whole, ceilf(x), fabsf(x), floorf(x), roundf(x), sqrtf(x), isfinite(x), isinf(x), isnan(x) != 0};
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) printf("%a ", found[i]);
}

int main(void)
{
    static char line[1 << 18];
    while (fgets(line, sizeof line, stdin)) {
        split(line);
        const char *c = arg[0];
        if (!strcmp(c, "printf")) do_printf();
        if (!strcmp(c, "convert")) do_convert();
        if (!strcmp(c, "text")) do_text();
        if (!strcmp(c, "scan")) do_scan();
        if (!strcmp(c, "time")) do_time();
        if (!strcmp(c, "getopt")) do_getopt();
        if (!strcmp(c, "file")) do_file();
        if (!strcmp(c, "sort")) do_sort();
        if (!strcmp(c, "random")) do_random();
        if (!strcmp(c, "ctype")) do_ctype();
        if (!strcmp(c, "integers")) do_integers();
        if (!strcmp(c, "math")) do_math();
        printf("\n");
        fflush(stdout);
        for (int i = 0; i < args; i++) free(arg[i]);
    }
    return 0;
}
