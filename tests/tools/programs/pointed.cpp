#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>
static void add(std::vector<std::string> *names, const std::string &name) {
    names->push_back(name);
    if (names->size() > 2)
        names->clear();
}
static void say(std::string *text) {
    text->append("x");
    *text += "y";
    text->push_back('z');
    if (!text->empty() && text->back() == 'z')
        text->insert(0, "<");
}
static size_t count(const std::map<std::string, int> *sizes, const std::string *name) {
    return sizes->count(*name) + name->length() + name->substr(1).size();
}
struct Meta { int size; long time; };
static void forget(Meta &meta) { memset(&meta, 0, sizeof(meta)); }
struct Log { std::string *text; std::vector<int> *numbers; };
int main() {
    std::vector<std::string> names;
    add(&names, "a");
    add(&names, "b");
    std::printf("%zu %s\n", names.size(), names[0].c_str());
    add(&names, "c");
    std::printf("%zu\n", names.size());
    std::string text = "t";
    say(&text);
    std::printf("%s\n", text.c_str());
    std::map<std::string, int> sizes;
    sizes[text] = 4;
    std::printf("%zu\n", count(&sizes, &text));
    std::vector<int> numbers;
    Log log;
    log.text = &text;
    log.numbers = &numbers;
    log.text->append("!");
    log.numbers->push_back(7);
    std::printf("%s %d %zu\n", text.c_str(), numbers[0], log.numbers->size());
    Meta meta;
    meta.size = 5;
    forget(meta);
    std::printf("%d\n", meta.size);
    srandom(4);
    std::printf("%ld\n", random() % 4096);
    return 0;
}
