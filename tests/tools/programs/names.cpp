#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>
static int list_(int n) { return n + 1; }
static int list(int n) { return n * 2; }
static void show(const std::string &object, int len) {
    std::string object_ = object + "!";
    int len_ = len + 1;
    printf("%s %s %d %d\n", object.c_str(), object_.c_str(), len, len_);
}
int open_ = 5;
int main() {
    show("a", 3);
    int open = 7;
    printf("%d %d %d %d %d %d\n", 1, 2, list(3), list_(3), open, open_);
    const char *text = "abcdef";
    int n = 2, m = 3;
    std::string whole(text, 0, n - m);
    std::string part(text, 1, 3);
    std::string sub = part.substr(0, n - m);
    printf("%s %s %s\n", whole.c_str(), part.c_str(), sub.c_str());
    std::string cut = whole; cut.erase(4, n - m);
    std::string rep = whole; rep.replace(1, n - m, "Z");
    printf("%s %s\n", cut.c_str(), rep.c_str());
    std::string app; app.append(whole, 2, n - m);
    printf("%s %d %zu\n", app.c_str(), whole.compare(1, n - m, "bcdef"), whole.find('c', n - m));
    std::vector<int> v(3, 1);
    for (int i = 0; i < 2; i++) {
        try { printf("%d\n", v.at(i - 1)); } catch (const std::out_of_range &e) { printf("vector\n"); }
        try { printf("%c\n", whole.at(i - 1)); } catch (const std::out_of_range &e) { printf("string\n"); }
        try { printf("%s\n", whole.substr(i - 1, 2).c_str()); } catch (const std::out_of_range &e) { printf("substr\n"); }
    }
    int value_1 = 4, n_2 = 9;
    { int n = 6; value_1 += n + n_2; }
    printf("%d %d\n", value_1, n_2);
    return 0;
}
