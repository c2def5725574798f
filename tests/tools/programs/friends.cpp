#include <iostream>
#include <sstream>
#include <string>

namespace store {

class Money {
    long cents_;

public:
    explicit Money(long cents = 0) : cents_(cents) {}
    friend Money operator+(Money a, Money b);
    friend Money operator-(const Money &a, const Money &b);
    friend Money operator*(const Money &a, int n);
    friend Money operator*(int n, const Money &a);
    Money &operator+=(const Money &o) { cents_ += o.cents_; return *this; }
    friend bool operator!=(const Money &a, const Money &b) { return a.cents_ != b.cents_; }
    friend std::ostream &operator<<(std::ostream &os, const Money &m);
    friend std::istream &operator>>(std::istream &is, Money &m);
    friend void reset(Money &m);
};

Money operator+(Money a, Money b) { return Money(a.cents_ + b.cents_); }
Money operator-(const Money &a, const Money &b) { return Money(a.cents_ - b.cents_); }
Money operator*(const Money &a, int n) { return Money(a.cents_ * n); }
Money operator*(int n, const Money &a) { return a * n; }

std::ostream &operator<<(std::ostream &os, const Money &m) {
    os << (m.cents_ < 0 ? "-" : "") << std::abs(m.cents_) / 100 << ".";
    long rest = std::abs(m.cents_) % 100;
    if (rest < 10) os << '0';
    os << rest;
    return os;
}

std::istream &operator>>(std::istream &is, Money &m) {
    long whole = 0, part = 0;
    char dot = 0;
    if (is >> whole >> dot >> part && dot == '.') m.cents_ = whole * 100 + part;
    return is;
}

void reset(Money &m) { m.cents_ = 0; }

}  // namespace store

int main() {
    using store::Money;
    Money price(1999), fee(5);
    Money sum = price + fee;
    std::cout << price << " + " << fee << " = " << sum << "\n";
    std::cout << "three: " << 3 * price << " " << price * 3 << "\n";
    sum += Money(100);
    std::cout << "refund " << (fee - sum) << "\n";
    if (sum != price) std::cout << "differ\n";
    std::istringstream in("12.34");
    Money read;
    in >> read;
    std::ostringstream out;
    out << "[" << read << "]";
    std::cout << out.str() << "\n";
    reset(read);
    std::cout << read << "\n";
}
