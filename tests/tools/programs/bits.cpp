#include <bitset>
#include <iostream>
#include <string>

enum Flag { Read, Write, Exec, Count };

int main() {
    std::bitset<8> b;
    b.set(1);
    b.set(7);
    b[3] = true;
    std::cout << b << " " << b.count() << " " << b.any() << b.none() << b.all() << "\n";
    b.flip(0);
    b.reset(7);
    std::cout << b.to_string() << " " << b.to_ulong() << "\n";
    std::bitset<8> c("10100101"), d(0x0f);
    std::cout << (c & d) << " " << (c | d) << " " << (c ^ d) << " " << ~c << "\n";
    std::cout << (c << 2) << " " << (c >> 2) << "\n";
    c &= d;
    std::cout << c << (c == std::bitset<8>(5)) << "\n";
    for (size_t i = 0; i < c.size(); i++) std::cout << c[i];
    std::cout << "\n";
    if (c.test(2)) std::cout << "bit 2\n";
    try {
        c.test(9);
    } catch (const std::out_of_range &) {
        std::cout << "out of range\n";
    }
    std::bitset<Count> flags;
    flags.set(Write);
    flags.set(Exec, false);
    std::cout << flags << "\n";
    flags.set();
    std::cout << flags.to_ulong() << flags.all() << "\n";
    flags.reset();
    std::cout << flags.to_ullong() << flags.none() << "\n";
    std::string bits = std::bitset<16>(1234).to_string();
    std::cout << bits << "\n";
}
