/* Spans of time that are counted, divided, compared and limited, in units of several sizes. */
#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <vector>

using namespace std::chrono;
using namespace std::chrono_literals;

class Backoff {
    milliseconds now_, most_;

public:
    Backoff(milliseconds base, milliseconds most) : now_(base), most_(most) {}
    milliseconds next() {
        milliseconds given = now_;
        now_ = std::min(now_ * 2, most_);
        return given;
    }
    milliseconds slower() {
        now_ = std::min(duration_cast<milliseconds>(now_ * 1.7), most_);
        return now_;
    }
};

static std::string clock(milliseconds span) {
    const auto h = duration_cast<hours>(span);
    span -= h;
    const auto m = duration_cast<minutes>(span);
    const seconds s = duration_cast<seconds>(span % 1min);
    return std::to_string(h.count()) + ":" + std::to_string(m.count()) + ":" + std::to_string(s.count()) + "." +
           std::to_string((span % 1s).count());
}

int main() {
    Backoff waits(100ms, 1s);
    milliseconds total{0};
    for (int i = 0; i < 6; ++i) total += waits.next();
    std::cout << total.count() << '\n';
    Backoff slow(7ms, 100ms);
    for (int i = 0; i < 5; ++i) std::cout << slow.slower().count() << ' ';
    std::cout << '\n' << clock(3723004ms) << ' ' << clock(90min) << '\n';
    seconds span = 2h + 30s;
    std::cout << span / 1min << ' ' << (span % 1min).count() << ' ' << (span / 7).count() << ' ' << (span % 7).count()
              << ' ' << (-span / 7).count() << ' ' << (-7500ms / 2s) << ' ' << (-7500ms % 2s).count() << '\n';
    span *= 3;
    std::cout << span.count() << ' ';
    span /= 4;
    std::cout << span.count() << ' ';
    span %= 1min;
    std::cout << span.count() << ' ';
    span %= 7;
    std::cout << span.count() << ' ';
    ++span;
    span++;
    --span;
    std::cout << span.count() << '\n';
    const std::vector<microseconds> taken{1500us, 2ms, 999us};
    microseconds sum{0};
    for (const auto &each : taken) sum += each;
    std::cout << (sum / taken.size()).count() << ' ' << std::max(taken[0], taken[1]).count() << ' '
              << std::max_element(taken.begin(), taken.end())->count() << '\n';
    std::cout << (1500ms > 1s) << (60s == 1min) << (60s != 1min) << (nanoseconds(1) < 1us) << '\n';
    std::cout << duration_cast<minutes>(duration_cast<seconds>(119999ms)).count() << ' '
              << std::max<milliseconds>(2s, 1500ms).count() << ' ' << std::clamp(5s, 1s, 3s).count() << '\n';
}
