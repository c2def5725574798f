// The settings of a stream, asked for, changed and put back as they were.
#include <iomanip>
#include <iostream>
#include <sstream>

struct Day {
    int month;
    int day;
};

static std::ostream &operator<<(std::ostream &os, const Day &of) {
    char old = os.fill('0');
    os << std::setw(2) << of.month << '-' << std::setw(2) << of.day;
    os.fill(old);
    return os;
}

int main() {
    std::streamsize digits = std::cout.precision(3);
    std::cout << 3.14159 << ' ' << digits << '\n';
    std::cout.precision(digits);
    std::cout << 3.14159 << ' ' << std::cout.precision() << '\n';
    std::cout << Day{7, 4} << std::setw(4) << 1 << '\n';
    auto width = std::cout.width(5);
    std::cout << 1 << ' ' << width << '\n';
    std::ostringstream text;
    char fill = text.fill('*');
    text << std::setw(3) << 1;
    std::cout << text.str() << (fill == ' ' ? "blank" : "other") << text.fill() << '\n';
    return 0;
}
