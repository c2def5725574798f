#include <stdio.h>
static int run(const char *ops)
{
    int acc = 0, skip = 0;
    for (; *ops; ops++) {
        if (skip) { skip--; continue; }
        switch (*ops) {
        case '+': acc++; break;
        case '-': acc--; break;
        case '2': case '3':
            acc *= *ops - '0';
            /* fall through */
        case 'n':
            switch (acc & 1) { case 0: continue; case 1: acc += 100; }
            break;
        case 's': skip = 1; continue;
        case 'q': goto end;
        case 'a' ... 'c': acc += 1000; break;
        default: { int d = *ops; acc += d; }
        }
        if (acc > 5000) break;
    }
end:
    return acc;
}
int main(void) { printf("%d %d %d %d %d\n", run("++2"), run("+3+"), run("s+-b"), run("+q++"), run("z\x01")); return 0; }
