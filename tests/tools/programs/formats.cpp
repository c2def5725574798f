#include <iomanip>
#include <iostream>
int main() {
    std::cout << std::setw(6) << 42 << "|" << std::left << std::setw(6) << "ab" << "|" << std::right << std::setw(4) << 'c' << "\n";
    std::cout << std::setfill('0') << std::setw(5) << 7 << std::setfill(' ') << "\n";
    std::cout << std::hex << 255 << " " << std::uppercase << 255 << std::nouppercase << std::dec << " " << 255 << " " << std::oct << 8 << std::dec << "\n";
    std::cout << 3.14159265 << " " << std::setprecision(3) << 3.14159265 << " " << std::fixed << 2.5 << " " << 1e10 << "\n";
    std::cout << std::defaultfloat << std::setprecision(6) << 1e10 << " " << 100000.0 << " " << 1234567.0 << " " << 0.00001 << " " << 1.0 << "\n";
    std::cout << std::boolalpha << true << false << std::noboolalpha << true << "\n";
    std::cout << std::showpos << 5 << std::noshowpos << " " << (unsigned char)65 << " " << (int)'A' << " " << (char)66 << "\n";
    std::cout << std::scientific << 12345.678 << std::endl;
    unsigned long long big = 18446744073709551615ull;
    long long neg = -9223372036854775807ll;
    std::cout << big << " " << neg << " " << -1 << " " << 1u - 2u << "\n";
    return 0;
}
