/* Objects that last as long as the program, and end in the reverse order. */
#include <iostream>
#include <memory>
#include <string>
#include <vector>

class Registry {
public:
    static Registry &get() {
        static Registry r;
        return r;
    }
    void add(const std::string &n) { names_.push_back(n); }
    ~Registry() {
        for (const auto &n : names_) std::cout << n << " ";
        std::cout << "unregistered\n";
    }
private:
    Registry() { std::cout << "registry up\n"; }
    std::vector<std::string> names_;
};
struct Plugin {
    explicit Plugin(const char *n) : name(n) { Registry::get().add(name); }
    ~Plugin() { std::cout << "plugin " << name << " down\n"; }
    std::string name;
};
static Plugin first("first");
static Plugin second("second");
static std::vector<std::unique_ptr<Plugin>> more;
int calls() {
    static int n = 0;
    static std::unique_ptr<Plugin> lazy = std::make_unique<Plugin>("lazy");
    return ++n + static_cast<int>(lazy->name.size());
}
int main() {
    std::cout << "main\n";
    std::cout << calls() << "\n";
    more.push_back(std::make_unique<Plugin>("third"));
    std::cout << calls() << "\n";
    Plugin local("local");
    return 0;
}
