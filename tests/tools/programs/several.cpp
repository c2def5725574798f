#include <cstdio>
#include <string>
#include <vector>

struct Part {
    static int alive;
    int number;
    explicit Part(int n) : number(n) { ++alive; }
    ~Part() { --alive; printf("-%d ", number); }
};
int Part::alive = 0;

class Buffer {
    std::vector<char> data_;
public:
    Buffer() = default;
    explicit Buffer(size_t n) : data_(n, 'b') {}
    Buffer(Buffer &&other) noexcept : data_(std::move(other.data_)) {}
    size_t size() const { return data_.size(); }
};

class Registry {
    static Registry *only_;
    std::string name_ = "default";
    ~Registry() { printf("closed %s\n", name_.c_str()); }
public:
    static Registry *get()
    {
        if (!only_) only_ = new Registry();
        return only_;
    }
    static void destroy()
    {
        delete only_;
        only_ = nullptr;
    }
    void rename(const std::string &name) { name_ = name; }
};
Registry *Registry::only_ = nullptr;

int main()
{
    Part a(1);
    {
        Part b(2), c(3);
        printf("%d ", Part::alive);
    }
    printf("%d\n", Part::alive);
    Buffer empty, full(3);
    Buffer moved(std::move(full));
    printf("%zu %zu %zu\n", empty.size(), full.size(), moved.size());
    Registry::destroy();
    Registry::get()->rename("other");
    Registry::destroy();
    Registry::destroy();
    Registry::get();
    Registry::destroy();
    return 0;
}
