#include <cstdio>
#include <deque>
#include <list>
#include <map>
#include <queue>
#include <set>
#include <stack>
#include <string>
#include <unordered_map>
#include <vector>
int main() {
    std::vector<std::string> words = {"b", "a", "b"};
    std::set<std::string> st(words.begin(), words.end());
    std::set<std::string> part(words.begin() + 1, words.begin() + 2);
    std::set<std::string> other(st), third = other; third.insert("z");
    std::map<std::string, int> m = {{"k", 1}}; std::map<std::string, int> n(m); n["q"] = 2;
    printf("%zu %zu %zu %zu %zu %zu\n", st.size(), part.size(), other.size(), third.size(), m.size(), n.size());
    int raw[] = {3, 1, 3}; std::set<int> numbers(raw, raw + 3); std::vector<int> copy(raw, raw + 2); printf("%zu %d %zu\n", numbers.size(), *numbers.begin(), copy.size());
    unsigned char bytes[4] = {0x80, 0x7f, 0xff, 1}; signed char *s = (signed char *)bytes; const char *c = (const char *)bytes; int t = 0; for (int i = 0; i < 4; i++) t += s[i]; printf("%d %d %d\n", t, c[0], bytes[2]);
    char text[] = "\xe9z"; unsigned char *u = (unsigned char *)text; printf("%d %d\n", u[0], text[0]);
    return 0;
}
