#include <cstdio>
#include <cstring>
#include <vector>
#include <stdexcept>
static int f(int n) { std::vector<int> v(n - 1, 3); v.push_back(1); return (int)v.size(); }
int main() {
    for (int i = 2; i >= 0; i--) {
        try { printf("%d\n", f(i)); } catch (const std::length_error &e) { printf("%s\n", e.what()); } catch (const std::exception &e) { printf("other\n"); }
    }
    std::vector<int> v(3);
    int k = -1;
    try { v.resize(k); printf("%zu\n", v.size()); } catch (const std::exception &e) { printf("%s\n", e.what()); }
    return 0;
}
