#include <cstdarg>
#include <cstdio>
#include <string>
#include <vector>

int base = 1;
enum class Mode { First, Second, Third };

int given(int a = base + 1) { return a; }

int grown(int v, std::vector<int> all = {})
{
    all.push_back(v);
    return (int)all.size();
}

std::string join(const std::string &a, const std::string &b = "x", char sep = '/', const std::string &c = std::string())
{
    return a + sep + b + c;
}

struct Log {
    int level;
    Log(int n = base * 2) : level(n) {}
    void write(const char *format, ...)
    {
        va_list ap;
        va_start(ap, format);
        vprintf(format, ap);
        va_end(ap);
    }
};

int main()
{
    printf("%d ", given());
    base = 10;
    printf("%d %d %d %d ", given(), given(3), grown(1), grown(2));
    printf("%s %s\n", join("a").c_str(), join("a", "b", '-', "!").c_str());
    std::vector<int> v{1, 2, 3};
    for (auto it = v.begin(); it != v.end(); ++it)
        *it *= 2;
    int a[] = {1, 2, 3};
    for (int &x : a)
        x *= v[1];
    printf("%d %d\n", v[2], a[2]);
    Mode mode = Mode::First;
    switch (mode) {
    case Mode::First:
        printf("first ");
        [[fallthrough]];
    case Mode::Second:
        printf("second\n");
        break;
    default:
        printf("other\n");
    }
    Log log;
    log.write("%d %s\n", log.level, "written");
    return 0;
}
