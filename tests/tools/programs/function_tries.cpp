#include <iostream>
#include <stdexcept>
struct S { int n; int f(int k) try { if (k > 1) throw std::out_of_range("big"); return k; } catch (const std::exception &e) { std::cout << e.what() << k; return -1; } };
void g(int k) try { if (k) throw k; std::cout << "fine"; } catch (int n) { std::cout << "caught " << n << k; }
int main() try { S s{1}; std::cout << s.f(1) << s.f(2) << std::endl; g(0); g(5); throw std::runtime_error("end"); } catch (const std::exception &e) { std::cout << e.what() << std::endl; return 2; }
