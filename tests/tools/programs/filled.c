/* ARGS: short exactly-seven é-and-more */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char name[8];
    char path[16];
    int port;
} settings_t;

static char last[8];

static void set(settings_t *settings, const char *name, const char *path)
{
    strncpy(settings->name, name, sizeof(settings->name) - 1);
    strncpy(settings->path, path, sizeof(settings->path));
    settings->path[sizeof(settings->path) - 1] = '\0';
}

/* what is not the whole text, or not known to be it */
static void partly(const char *text)
{
    char some[8] = "abcdefg", raw[4], tail[8] = "";
    strncpy(some, text, 3);
    strncpy(raw, text, sizeof(raw));
    strncpy(tail, text, sizeof(tail) - 1);
    tail[3] = '\0';
    printf("%s %.4s %s %d\n", some, raw, tail, memcmp(raw, "shor", 4) == 0);
}

static const char *kept(const char *text)
{
    char made[8] = {0};
    strncpy(made, text, sizeof(made) - 1);
    made[0] = made[0] == 'e' ? 'E' : made[0];
    snprintf(last, sizeof(last), "%s", made);
    return last;
}

static void show(const char *text)
{
    settings_t settings = {"", "", 1}, other;
    char buf[12], line[16];

    memset(buf, 0, sizeof(buf));
    sprintf(buf, "%.5s", text);
    memset(&other, 0, sizeof(other));
    set(&settings, text, text);
    other = settings;
    settings.name[0] = '\0';
    strncpy(line, text, sizeof(line) - 1);
    line[sizeof(line) - 1] = 0;
    if (line[0] == '\0') strncpy(line, "nothing", sizeof(line) - 1);
    strcat(settings.name, "+");
    printf("[%s] [%s] [%s] [%s] [%s] %d\n", settings.name, other.name, other.path, buf, line, other.port);
    snprintf(buf, sizeof(buf) - 1, "%s|%s", other.name, "0123456789");
    printf("%s %d\n", buf, (int)strlen(buf));
    memset(buf, 0, sizeof buf);
    printf("<%s> %d\n", buf, other.name[0] == '\0');
    memset(buf, 'x', 3);
    printf("<%s>\n", buf);
}

int main(int argc, char *argv[])
{
    char text[] = "in place", end[4] = "abc", full[3] = "abc";
    int i;

    for (i = 0; i < argc; i++) {
        const char *each = i ? argv[i] : "";
        show(each);
        partly(each);
    }
    text[sizeof(text) - 1] = '\0';
    text[2] = '\0';
    end[3] = 0;
    full[sizeof full - 1] = 0;
    printf("%s\n", full);
    printf("%s %s %s\n", kept("echo"), text, end);
    return 0;
}
