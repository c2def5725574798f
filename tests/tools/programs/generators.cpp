#include <cstdint>
#include <iostream>
#include <string>
class Rng { uint32_t s_; public: explicit Rng(uint32_t s) : s_(s) {} uint32_t next() { s_ ^= s_ << 13; s_ ^= s_ >> 17; s_ ^= s_ << 5; return s_; } int range(int lo, int hi) { return lo + (int)(next() % (uint32_t)(hi - lo + 1)); } double unit() { return next() / 4294967296.0; } };
class Lcg { int64_t s = 42; public: int operator()() { s = (s * 1103515245LL + 12345) % 2147483648LL; return (int)(s >> 16); } };
int main() { Rng r(2463534242u); for (int i = 0; i < 3; ++i) std::cout << r.next() << " "; std::cout << r.range(1, 6) << r.range(-5, 5) << " " << (r.unit() < 1) << "\n"; Lcg l; std::cout << l() << " " << l() << "\n"; uint64_t a = 0xFFFFFFFFFFFFFFFFull; a += 2; uint64_t b = a - 5; std::cout << a << " " << b << " " << (b > a) << " " << (uint16_t)b << " " << (int8_t)b << (int)(int8_t)b << "\n"; }
