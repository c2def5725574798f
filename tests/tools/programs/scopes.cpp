#include <iostream>
#include <string>
#include <stdexcept>
static int level = 0;
struct Scope { const std::string name; explicit Scope(std::string n) : name(std::move(n)) { std::cout << std::string(level++, '.') << "in " << name << "\n"; } ~Scope() { std::cout << std::string(--level, '.') << "out " << name << "\n"; } Scope(const Scope &) = delete; };
static int rec(int n) { Scope s("r" + std::to_string(n)); if (n == 0) throw std::length_error("deep"); try { return rec(n - 1) + 1; } catch (const std::length_error &) { if (n == 2) return 40; throw; } }
int main() { Scope m("main"); try { std::cout << rec(3) << "\n"; rec(1); } catch (const std::exception &e) { std::cout << "caught " << e.what() << "\n"; } if (level == 1) return 5; return 0; }
