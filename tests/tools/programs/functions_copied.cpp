// Copies of function objects: those without a state of their own, those that move, and those that go on by themselves.
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

struct Job {
    std::string name;
    std::function<bool(int)> wanted;
};

class Source {
  public:
    explicit Source(std::function<int()> pull) : pull_(std::move(pull)) {}
    int take() { return pull_(); }

  private:
    std::function<int()> pull_;
};

static std::function<int()> steps(int step) {
    int at = 0;
    return [=]() mutable { return at += step; };
}

static std::function<int()> named(int step) {
    std::function<int()> next = [step, at = 0]() mutable { return at += step; };
    return next;
}

template <typename F> static int twice(F f) {
    auto again = f;
    return f(1) + again(2);
}

int main() {
    Job small{"small", [](int size) { return size < 10; }};
    Job other = small;
    std::vector<Job> jobs{small, other};
    other.name = "other";
    std::cout << jobs[1].name << jobs[1].wanted(3) << other.wanted(30) << twice([](int x) { return x * 3; }) << '\n';

    auto a = steps(2);
    std::cout << a() << ' ';
    Source moved(std::move(a));
    std::cout << moved.take() << '\n';
    std::vector<std::function<int()>> rows;
    rows.push_back(steps(1));
    rows.emplace_back(named(7));
    for (auto &row : rows) {
        std::cout << row() << ' ';
        std::cout << row() << '\n';
    }
    std::map<std::string, std::function<int()>> table;
    table["k"] = steps(4);
    table["k"]();
    std::cout << table["k"]() << '\n';
    std::function<void(int)> show = [](int x) { std::cout << "=" << x << '\n'; };
    auto shown = show;
    shown(rows[0]());
    return 0;
}
