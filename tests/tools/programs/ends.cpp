#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>
#define HALF 3

class Part {
public:
    Part() : size(0) { memset(sum, 0, 16); }
    ~Part() { std::printf("end %d\n", size); }
    void set(int n) { size = n; }
    unsigned char sum[16];
    int size;
};

static void fill(unsigned char *sum) { sum[0] = 7; }
static const char *text(int n) { return n > 2 ? NULL : "x/"; }

static int last(const std::string &path) {
    std::vector<int> sizes;
    sizes.push_back(4);
    sizes.push_back(path.size());
    return *sizes.rbegin() + *path.crbegin();
}

static int run(int n) {
    Part parts[HALF * 2];
    for (int i = 0; i < HALF; i++) {
        parts[i].set(i);
        parts[i + HALF].size = i * 2;
    }
    fill(parts[1].sum);
    memcpy(parts[2].sum, parts[1].sum, 16);
    std::printf("%d %d %d\n", parts[2].size, parts[5].size, parts[2].sum[0]);
    return n + 1;
}

int main() {
    std::printf("%d\n", run(1));
    std::string path = text(1);
    if (*path.rbegin() != '/')
        path += "/";
    if (*path.rbegin() == '/')
        path = path.substr(0, path.size() - 1);
    std::printf("%s %d\n", path.c_str(), last(path));
    try {
        std::string other = text(3);
        std::printf("%s\n", other.c_str());
    } catch (const std::logic_error &) {
        std::printf("null\n");
    }
    if (path != text(2))
        std::printf("differs\n");
    return 0;
}
