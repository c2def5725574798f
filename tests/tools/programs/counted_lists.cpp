#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>
#include <functional>
#include <stdexcept>
#include <cstdlib>
#include <algorithm>
struct R { std::string n; explicit R(const std::string &s) : n(s) { std::cout << "+" << n << "\n"; } ~R() { std::cout << "-" << n << "\n"; } void hi() const { std::cout << "hi " << n << "\n"; } };
using P = std::shared_ptr<R>;
int main() { std::vector<P> v; for (int i = 0; i < 3; i++) { auto p = std::make_shared<R>(std::to_string(i)); v.push_back(p); if (i == 1) v.push_back(p); } for (auto &p : v) std::cout << p->n << p.use_count() << " "; std::cout << "\n"; for (size_t i = 0; i < v.size(); ) { if (v[i]->n == "1") v.erase(v.begin() + i); else ++i; } std::cout << v.size() << "\n"; v[0] = v[1]; v[1].reset(); std::cout << v[0].use_count() << "\n"; v.pop_back(); v.insert(v.begin(), std::make_shared<R>("q")); std::cout << "end\n"; }
