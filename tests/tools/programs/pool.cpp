#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>
#include <condition_variable>
#include <deque>
#include <functional>
class Pool {
    std::vector<std::thread> ts_; std::deque<std::function<void()>> q_; std::mutex m_; std::condition_variable cv_; bool stop_ = false;
    void work() { for (;;) { std::function<void()> f; { std::unique_lock<std::mutex> l(m_); while (!stop_ && q_.empty()) cv_.wait(l); if (q_.empty()) return; f = std::move(q_.front()); q_.pop_front(); } f(); } }
public:
    explicit Pool(int n) { for (int i = 0; i < n; ++i) ts_.emplace_back(&Pool::work, this); }
    void add(std::function<void()> f) { { std::lock_guard<std::mutex> l(m_); q_.push_back(std::move(f)); } cv_.notify_one(); }
    ~Pool() { { std::lock_guard<std::mutex> l(m_); stop_ = true; } cv_.notify_all(); for (auto &t : ts_) t.join(); }
};
int main() {
    std::mutex m; int sum = 0;
    { Pool p(3); for (int i = 1; i <= 20; ++i) p.add([&m, &sum, i] { std::lock_guard<std::mutex> l(m); sum += i; }); }
    std::cout << sum << "\n";
}
