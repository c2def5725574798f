#include <iostream>
#include <string>
#include <variant>
#include <vector>
#include <map>
struct Ping {}; struct Data { int id; std::string body; }; struct Close { int code; };
using Msg = std::variant<Ping, Data, Close>;
struct Handler { int seen = 0; void operator()(const Ping &) { seen++; } void operator()(const Data &d) { seen += d.id; std::cout << d.body << "\n"; } void operator()(const Close &c) { std::cout << "close " << c.code << "\n"; } };
static std::variant<int, std::string> parse(const std::string &s) { if (!s.empty() && isdigit((unsigned char)s[0])) return std::stoi(s); return "not a number: " + s; }
using Json = std::variant<std::monostate, bool, double, std::string, std::vector<int>>;
static std::string dump(const Json &j) { return std::visit([](const auto &v) -> std::string { using T = std::decay_t<decltype(v)>; if constexpr (std::is_same_v<T, std::monostate>) return "null"; else if constexpr (std::is_same_v<T, bool>) return v ? "true" : "false"; else if constexpr (std::is_same_v<T, double>) return std::to_string(v); else if constexpr (std::is_same_v<T, std::string>) return "'" + v + "'"; else { std::string out = "["; for (int n : v) out += std::to_string(n) + " "; return out + "]"; } }, j); }
template <class... Ts> struct over : Ts... { using Ts::operator()...; };
template <class... Ts> over(Ts...) -> over<Ts...>;
int main() {
    std::vector<Msg> q; q.push_back(Ping{}); q.push_back(Data{4, "hello"}); q.emplace_back(Close{7});
    Handler h; for (auto &m : q) std::visit(h, m); std::cout << h.seen << "\n";
    for (const auto &m : q) { if (const Data *d = std::get_if<Data>(&m)) std::cout << "data " << d->id << "\n"; else if (std::holds_alternative<Close>(m)) std::cout << "c" << std::get<Close>(m).code << "\n"; }
    std::get<Data>(q[1]).id = 9; if (auto *d = std::get_if<Data>(&q[1])) d->body += "!"; std::cout << std::get<1>(q[1]).id << std::get<1>(q[1]).body << "\n";
    for (auto s : {"12", "x"}) { auto r = parse(s); if (r.index() == 0) std::cout << std::get<int>(r) + 1 << "\n"; else std::cout << std::get<std::string>(r) << "\n"; }
    Json j; std::cout << dump(j); j = true; std::cout << dump(j); j = 2.5; std::cout << dump(j); j = "text"; std::cout << dump(j); j = std::vector<int>{1, 2}; std::cout << dump(j); Json k = j; std::get<std::vector<int>>(k).push_back(3); std::cout << dump(j) << dump(k) << "\n";
    std::variant<int, std::string> v = 5, w = v; w = std::string("w"); std::cout << (v == w) << v.index() << w.index() << "\n"; std::swap(v, w); std::cout << std::get<std::string>(v) << std::get<int>(w) << "\n";
    std::map<std::string, std::variant<int, double, std::string>> cfg{{"a", 1}, {"b", 2.5}, {"c", std::string("s")}}; for (auto &[key, val] : cfg) { std::cout << key << "="; std::visit([](auto &&x) { std::cout << x; }, val); std::cout << " "; } std::cout << "\n";
    int ints = 0, others = 0; for (auto &[key, val] : cfg) std::visit(over{[&](int n) { ints += n; }, [&](auto &) { others++; }}, val); std::cout << ints << others << "\n";
    if (int *p = std::get_if<int>(&cfg["a"])) { *p += 41; } std::cout << std::get<int>(cfg["a"]) << "\n";
    try { std::get<int>(cfg["b"]); } catch (const std::bad_variant_access &e) { std::cout << "bad " << e.what() << "\n"; }
}
