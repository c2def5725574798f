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

struct Node { std::string n; std::vector<std::shared_ptr<Node>> kids; std::weak_ptr<Node> parent; Node(std::string s) : n(s) {} ~Node() { std::cout << "~" << n << "\n"; } };
void add(const std::shared_ptr<Node> &p, const std::shared_ptr<Node> &k) { p->kids.push_back(k); k->parent = p; }
int main() { auto root = std::make_shared<Node>("root"); { auto k = std::make_shared<Node>("k"); add(root, k); auto l = std::make_shared<Node>("l"); add(k, l); std::cout << k.use_count() << l.use_count() << "\n"; }
 auto k = root->kids[0]; if (auto p = k->parent.lock()) std::cout << "parent " << p->n << p.use_count() << "\n"; root.reset(); std::cout << k->parent.expired() << "\n"; if (auto p = k->parent.lock()) std::cout << "no\n"; else std::cout << "gone\n"; for (const auto &c : k->kids) std::cout << c->n << "\n"; }
