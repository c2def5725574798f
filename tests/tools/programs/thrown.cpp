#include <iostream>
#include <stdexcept>
#include <string>
class OssError : public std::runtime_error {
    int code_;
public:
    OssError(int code, const std::string &msg) : std::runtime_error(msg), code_(code) {}
    int code() const { return code_; }
};
static void fail(int n) {
    if (n == 1) throw OssError(404, "NoSuchKey");
    if (n == 2) throw std::invalid_argument("bad");
    if (n == 3) throw 42;
    if (n == 4) throw std::string("text");
    if (n == 5) throw std::out_of_range("range");
}
int main() {
    for (int i = 0; i <= 5; ++i) {
        try {
            fail(i);
            std::cout << i << " ok\n";
        } catch (const OssError &e) {
            std::cout << e.code() << " " << e.what() << "\n";
        } catch (const std::invalid_argument &e) {
            std::cout << "invalid " << e.what() << "\n";
        } catch (const std::exception &e) {
            std::cout << "std " << e.what() << "\n";
        } catch (int n) {
            std::cout << "int " << n << "\n";
        } catch (...) {
            std::cout << "other\n";
        }
    }
    try {
        try {
            fail(1);
        } catch (const std::exception &e) {
            std::cout << "inner " << e.what() << "\n";
            throw;
        }
    } catch (const OssError &e) {
        std::cout << "outer " << e.code() << "\n";
    }
    return 0;
}
