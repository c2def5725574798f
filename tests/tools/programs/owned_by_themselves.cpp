/* Objects that give owners of themselves to threads and callbacks. */
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class Worker : public std::enable_shared_from_this<Worker> {
public:
    explicit Worker(std::string name) : name_(std::move(name)) {}
    ~Worker() { std::cout << name_ << " destroyed, total " << total_ << "\n"; }
    std::thread start(int n) {
        auto self = shared_from_this();
        return std::thread([self, n] {
            for (int i = 1; i <= n; i++) self->add(i);
        });
    }
    std::function<void(int)> callback() {
        std::weak_ptr<Worker> weak = shared_from_this();
        return [weak](int v) {
            if (auto self = weak.lock())
                self->add(v);
            else
                std::cout << "too late for " << v << "\n";
        };
    }

private:
    void add(int v) {
        std::lock_guard<std::mutex> guard(m_);
        total_ += v;
    }
    std::string name_;
    std::mutex m_;
    int total_ = 0;
};

int main() {
    std::function<void(int)> cb;
    {
        auto w = std::make_shared<Worker>("w1");
        std::thread a = w->start(10), b = w->start(20);
        a.join();
        b.join();
        cb = w->callback();
        cb(100);
        std::cout << "leaving\n";
    }
    cb(5);
    std::vector<std::thread> ts;
    auto w = std::make_shared<Worker>("w2");
    for (int i = 0; i < 3; i++) ts.push_back(w->start(i));
    for (auto &t : ts) t.join();
    std::cout << "end\n";
}
