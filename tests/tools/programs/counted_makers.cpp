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
struct Log { std::string n; Log(std::string s) : n(s) {} ~Log() { std::cout << "~Log " << n << "\n"; } void put(const std::string &m) { std::cout << n << ":" << m << "\n"; } };
class Svc { std::shared_ptr<Log> log_; std::string name_; public: Svc(std::shared_ptr<Log> log, const std::string &n) : log_(log), name_(n) {} ~Svc() { log_->put("bye " + name_); } void run() { log_->put("run " + name_); } long n() const { return log_.use_count(); } };
int main() { auto log = std::make_shared<Log>("main"); Svc a(log, "a"); { Svc b(log, "b"); b.run(); std::cout << b.n() << "\n"; } auto c = std::make_unique<Svc>(log, "c"); std::cout << log.use_count() << "\n"; c.reset(); log.reset(); a.run(); std::cout << a.n() << "\n"; }
