#include <future>
#include <iostream>
#include <vector>
#include <string>
#include <queue>
#include <functional>
class Up { public: int send(int n) { return n * 2; } std::string name() const { return "up"; } };
static void work(std::promise<int> p, int v) { p.set_value(v * 3); }
class Once { public: void go() { std::call_once(f_, [this] { ++n_; }); } int n() const { return n_; } private: std::once_flag f_; int n_ = 0; };
int main() {
    Up u;
    auto f = std::async(std::launch::async, &Up::send, &u, 4);
    auto g = std::async([&u](int k) { return u.name() + std::to_string(k); }, 7);
    std::cout << f.get() << g.get() << "\n";
    std::promise<int> p; auto fp = p.get_future(); std::thread t(work, std::move(p), 5); std::cout << fp.get() << "\n"; t.join();
    Once o; o.go(); o.go(); std::cout << o.n() << "\n";
    std::packaged_task<int(int)> task([](int x) { if (x < 0) throw std::runtime_error("neg"); return x + 1; });
    auto ft = task.get_future(); task(4); std::cout << ft.get() << ft.valid() << "\n";
    std::promise<void> ready; std::future<void> rf = ready.get_future(); std::thread w([&] { ready.set_value(); }); rf.wait(); w.join();
    std::vector<std::future<void>> all; int total = 0; std::mutex m;
    for (int i = 0; i < 4; i++) all.emplace_back(std::async(std::launch::async, [&, i] { std::lock_guard<std::mutex> l(m); total += i; }));
    for (auto &x : all) x.get();
    std::cout << total << "\n";
}
