#include <iostream>
int main() {
    unsigned char big[4] = {1, 2, 3, 200};
    int s = 0;
    for (int x : big) s += x;
    for (auto x : big) s += x;
    for (auto &x : big) x += 100;
    for (const auto &x : big) s += x;
    for (signed char x : big) s += x;
    unsigned short us[2] = {65535, 1};
    for (short x : us) s += x;
    double ds[2] = {1.5, 2.5};
    for (int x : ds) s += x;
    signed char sc[2] = {-1, 5};
    for (int x : sc) s += x;
    for (unsigned char x : sc) s += x;
    for (auto &x : sc) x = static_cast<signed char>(x * 60);
    for (auto x : sc) s += x;
    char text[] = "abc";
    for (char c : text) s += c;
    for (char &c : text) if (c) c = 'x';
    static const char k[] = "abc";
    for (char c : k) s += c;


    std::cout << s << text << '\n';
    return 0;
}
