/* Lambdas behind objects that clean up, and with names of their own: what they set is the function's. */
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

struct Guard {
    std::string name;
    explicit Guard(const std::string &name) : name(name) {}
    ~Guard() { std::cout << "end of " << name << "\n"; }
};

static int tried(const std::string &word, int e)
{
    auto length = [=](int by) {
        try {
            if (word.size() > 3) throw std::runtime_error(word);
            return by;
        } catch (const std::exception &e) {
            std::cout << "too long: " << e.what() << "\n";
        }
        for (int e : {1, 2}) by += e;
        return by;
    };
    return length(4) + e;
}

int main()
{
    std::string text = "before";
    int n = 1;
    Guard first("first");
    auto set = [&](const std::string &to) { text = to; n++; };
    set("after");
    {
        auto shared = std::make_shared<int>(5);
        std::string text = "inner";
        auto set_inner = [&](int by) { text += "!"; n += by + *shared; };
        set_inner(2);
        std::cout << text << "\n";
    }
    std::cout << text << n << tried("word", 1) << tried("abc", 2) << "\n";
    return 0;
}
