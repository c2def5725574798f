// Exceptions that are copied, and those whose constructors are the library's own.
#include <iostream>
#include <stdexcept>
#include <string>

struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class ConfigFault : public Fault {
  public:
    using Fault::Fault;
    int code() const { return 4; }
};

struct Coded : std::runtime_error {
    explicit Coded(int n) : std::runtime_error("code " + std::to_string(n)), code(n) {}
    int code;
};

struct Status : Coded {
    explicit Status(int n) : Coded(n + 100) {}
};

int main() {
    try {
        throw Fault("plain");
    } catch (const std::exception &e) {
        std::cout << e.what() << '\n';
    }
    try {
        throw ConfigFault(std::string("config"));
    } catch (const Fault &e) {
        Fault kept = e;
        std::cout << e.what() << ' ' << kept.what() << '\n';
    }
    Coded first(7);
    Coded second = first;
    second.code = 8;
    std::cout << first.what() << first.code << ' ' << second.what() << second.code << '\n';
    Status status(3);
    Status again = status;
    std::cout << again.what() << again.code << status.code << '\n';
    return 0;
}
