/* ARGS: dir/sub/a.tar.gz plain .hidden x/ k=v=w a:b */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct file {
    char name[12];
    long size;
};

/* only asked, and handed on from there: an index into a str */
static const char *base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *extension(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (!dot || dot == name) return "";
    return dot + 1;
}

static int is_archive(const char *name)
{
    const char *end;
    if ((end = strstr(name, ".tar")) == NULL) return 0;
    return strcmp(end, ".tar.gz") == 0 || strcmp(end, ".tar") == 0;
}

static const char *rest(const char *text)
{
    const char *colon = strchr(text, ':');
    return colon;
}

static int before(const char *text, const char *what)
{
    const char *place = strchr(text, '=');
    const char *found = what ? strstr(text, ":") : NULL;
    return (place ? (int)(place - text) : -1) + (found != NULL ? 100 : 0);
}

/* the place is in a text of the round before */
static void behind(const char *const *lines, int n)
{
    const char *found = NULL;
    for (int i = 0; i < n; i++) {
        const char *line = lines[i];
        if (found) printf("before: %s\n", found);
        found = strchr(line, '=');
        const char *in = strchr(line, '=');
        if (in) printf("now: %s\n", in + 1);
    }
}

/* the same functions where it moves, is written, or leads into a text that is set anew */
static int count(const char *text)
{
    int n = 0;
    const char *at = text;
    while ((at = strchr(at, '/')) != NULL) {
        n++;
        at++;
    }
    return n;
}

static void split(char *text)
{
    char *equal = strchr(text, '=');
    if (equal) *equal = '\0';
}

static const char *second(const char *text)
{
    const char *first = strchr(text, '=');
    text = first ? first + 1 : text;
    return first ? text : "none";
}

static char letter_behind(const char *text)
{
    const char *colon = strchr(text, ':');
    return colon ? colon[1] : '-';
}

static const char *or_else(const char *text, const char *other)
{
    return (text && *text) ? text : other;
}

static void show(const char *text)
{
    struct file file, copy;
    char path[8], whole[64];
    int n = snprintf(path, sizeof(path), "%s/%s", "up", text);
    printf("%d [%s] %d\n", n, path, (int)strlen(path));
    if (snprintf(path, sizeof path, "%s", text) >= (int)sizeof path) printf("cut to %s\n", path);
    snprintf(file.name, sizeof(file.name), "%s", text);
    file.size = (long)strlen(text);
    copy = file;
    snprintf(file.name, sizeof(file.name), "(%s)", copy.name);
    snprintf(whole, sizeof(whole), "%s and %s", file.name, copy.name);
    printf("%s %ld %d\n", whole, copy.size, strcmp(copy.name, text) == 0);
}

int main(int argc, char *argv[])
{
    const char *odd[] = {"\xff/\xc3", "\xc3\xa9t\xc3\xa9/\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9.\xff", "", "/", "a\xe4:\xb8"};
    char text[32] = "key=value", small[4], stamp[32], day[16];
    time_t moment = 86400 * 365, other;
    struct tm *broken;
    int i;

    for (i = 1; i < argc; i++) {
        const char *colon = rest(argv[i]);
        printf("%s: [%s] [%s] %d %s\n", argv[i], base(argv[i]), extension(argv[i]), is_archive(argv[i]), rest(argv[i]));
        printf("%d\n", before(argv[i], ":"));
        if (colon) printf("%s\n", colon);
        show(argv[i]);
    }
    for (i = 0; i < 5; i++) {
        printf("[%s] [%s] %d\n", base(odd[i]), extension(odd[i]), before(odd[i], NULL));
        show(odd[i]);
    }
    const char *lines[] = {"a=1", "bb=22", "c"};
    behind(lines, 3);
    printf("%s %s\n", or_else(NULL, "other"), or_else("", "empty"));
    printf("%s|%s\n", or_else("x", NULL), or_else(NULL, NULL));
    printf("%d %s %c%c\n", count(text), second(text), letter_behind(text), letter_behind("a:b"));
    split(text);
    puts(text);
    snprintf(small, sizeof(small), "%hhd", 300);
    printf("%s %s\n", small, argv[argc]);
    printf("%s\n", argv[0] ? "named" : "nameless");

    broken = gmtime(&moment);
    strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", broken);
    printf("%s %d\n", stamp, (int)strftime(day, sizeof(day), "%a %d %b", gmtime(&moment)));
    puts(day);
    time(&other);
    broken = gmtime(&moment);
    other = 0;
    gmtime(&other);
    printf("%d\n", broken->tm_year); /* C has one place for both */
    printf("%d %d\n", -7 / 2, (argc - 20) / 4);
    return 0;
}
